"""The painter: stands between Textual's compositor and its driver, and writes only the cells that changed."""

from __future__ import annotations

from tui_news.ui.painter.door import PaintedApp
from tui_news.ui.painter.memory import Painter, Stats
from tui_news.ui.painter.policy import Policy

__all__ = ["PaintedApp", "Painter", "Policy", "Stats"]
