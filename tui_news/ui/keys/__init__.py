"""The table of actions as Textual takes it: `tui_news.keys`, and bindings made from it."""

from __future__ import annotations

from collections.abc import Iterable

from textual.binding import Binding

from tui_news.keys import ACTIONS, BY_ID, GROUPS, IN_SHEETS, SHOWN, Action, named, resolve, shown

__all__ = [
    "ACTIONS", "BY_ID", "GROUPS", "IN_SHEETS", "SHOWN", "Action", "bindings", "named", "resolve", "shown",
]  # fmt: skip


def bindings(ids: Iterable[str]) -> list[Binding]:
    """Textual bindings of actions with their default keys; the app's keymap lays the reader's over them."""
    return [
        Binding(BY_ID[name].keys, name, BY_ID[name].help, show=False, id=name, system=True) for name in ids
    ]
