"""What the cache answers with."""

from __future__ import annotations

from datetime import datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from dataclasses import dataclass, field
else:
    from tui_news.records import dataclass, field


@dataclass(frozen=True, slots=True)
class Stored:
    """What a `store` did: the ids of articles that are new, and of those that changed."""

    new: tuple[str, ...] = ()
    changed: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    """Of those, the ones that the reader has read, and that say something else now."""
    withdrawn: tuple[str, ...] = ()
    """Those that their source lists no more, or says to be deleted."""

    def __bool__(self) -> bool:
        return bool(self.new or self.changed)


@dataclass(frozen=True, slots=True)
class Tombstone:
    """What a feed says of an entry that it has deleted (RFC 6721)."""

    id: str
    when: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class Listed:
    """What is known of the list in which articles came."""

    window: bool = False
    """They are all that a feed lists, in its order: what it listed before can be missed."""
    deleted: tuple[Tombstone, ...] = ()


@dataclass(frozen=True, slots=True)
class Count:
    """How many articles of a source are cached, and how many of them are unread."""

    total: int = 0
    unread: int = 0


@dataclass(frozen=True, slots=True)
class Changes:
    """What other programs changed: sources whose articles or status did, ids whose state did."""

    sources: tuple[str, ...] = ()
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sources or self.ids)


@dataclass(frozen=True, slots=True)
class Retained:
    """What one step of retention did."""

    dropped: tuple[str, ...] = ()
    compacted: tuple[str, ...] = ()
    """Sources whose files were rewritten without what is history."""
    done: bool = True
    """False when the budget ran out before every source was seen."""


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the reader, as undo sees it."""

    id: int
    what: str
    ids: tuple[str, ...]
    time: datetime


@dataclass(frozen=True, slots=True)
class Merged:
    """What a merge changed of the reader's state: how many articles by field, and which."""

    fields: Mapping[str, int] = field(default_factory=dict)
    ids: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.ids)
