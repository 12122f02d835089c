"""The reader's terminal, asked: how far away it is, what it can do, and what it is called."""

from __future__ import annotations

from tui_news.terminal.abilities import Abilities
from tui_news.terminal.probe import Silent, ask_terminal, round_trip

__all__ = ["Abilities", "Silent", "ask_terminal", "round_trip"]
