"""Backup and move: the reader's whole state as one documented file, out and in (docs/export.md)."""

from __future__ import annotations

from tui_news.newsroom.moving.giving import PARTS, give
from tui_news.newsroom.moving.lines import MoveError
from tui_news.newsroom.moving.taking import Taken, take

__all__ = ["PARTS", "MoveError", "Taken", "give", "take"]
