"""The index of everything cached: which articles a query finds, in milliseconds. It is derived from the cache
and may be thrown away at any time. SQLite is loaded when an index is opened, not before."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.index.types import CARRIES, Condition, Entry, Hit, IndexGone, Known, Mark, Version

if TYPE_CHECKING:
    from tui_news.index.store import Index


def open_index(path: Path, *, read_only: bool = False) -> Index:
    """Open the index in a file, or make a new one; one that is damaged or of another version is made anew.
    Raises `IndexGone` when there is none and none can be made."""
    from tui_news.index.store import Index

    return Index(path, read_only=read_only)


__all__ = ["CARRIES", "Condition", "Entry", "Hit", "IndexGone", "Known", "Mark", "Version", "open_index"]
