"""What long work reports while it runs; the screen shows it, the shell prints it."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.model import FeedStatus, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass


@dataclass(frozen=True, slots=True)
class Started:
    """A source's turn has come."""

    source: Source


@dataclass(frozen=True, slots=True)
class Finished:
    """A source has been asked. A failure is a value, not an exception: `status.error` tells it."""

    source: Source
    status: FeedStatus
    new: tuple[str, ...] = ()
    """Ids of the articles that were not known before."""
    changed: tuple[str, ...] = ()
    revised: tuple[str, ...] = ()
    """Those that the reader has read and that say something else now."""
    withdrawn: tuple[str, ...] = ()
    """Those that the source lists no more, or has deleted."""
    unchanged: bool = False
    """The server answered 304, or the source was not due yet."""
    skipped: str = ""
    """Why it was not asked at all (not due, paused, gone); empty when it was."""
    done: int = 0
    total: int = 0

    @property
    def failed(self) -> bool:
        return bool(self.status.error) and not self.skipped


Event = Started | Finished
Listener = Callable[[Event], None]


@dataclass(frozen=True, slots=True)
class Report:
    """The end of a refresh."""

    outcomes: tuple[Finished, ...]

    @property
    def failed(self) -> tuple[Finished, ...]:
        return tuple(outcome for outcome in self.outcomes if outcome.failed)

    @property
    def asked(self) -> int:
        return sum(1 for outcome in self.outcomes if not outcome.skipped)

    @property
    def new(self) -> int:
        return sum(len(outcome.new) for outcome in self.outcomes)

    @property
    def revised(self) -> int:
        """Articles that say something else now than when they were read."""
        return sum(len(outcome.revised) for outcome in self.outcomes)
