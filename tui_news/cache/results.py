"""What the cache answers with."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple


class Stored(NamedTuple):
    """What a `store` did: the ids of articles that are new, and of those that changed."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


class Count(NamedTuple):
    """How many articles of a source are cached, and how many of them are unread."""

    total: int = 0
    unread: int = 0


class Changes(NamedTuple):
    """What other programs changed: sources whose articles or status did, ids whose state did."""

    sources: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sources or self.ids)


class Retained(NamedTuple):
    """What one step of retention did."""

    dropped: tuple[str, ...] = ()
    compacted: tuple[str, ...] = ()
    """Sources whose files were rewritten without what is history."""
    done: bool = True
    """False when the budget ran out before every source was seen."""


class Step(NamedTuple):
    """One action of the reader, as undo sees it."""

    id: int
    what: str
    ids: tuple[str, ...]
    time: datetime
