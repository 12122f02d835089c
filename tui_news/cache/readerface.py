"""What the reader does: marks, notes, positions, undo; and the small things that the program remembers."""

from __future__ import annotations

import os

from tui_news.cache.bits import FIELDS
from tui_news.cache.codec import parse_id, parse_ids
from tui_news.cache.errors import disk_error
from tui_news.cache.files import fsync
from tui_news.cache.opened import Opened
from tui_news.cache.results import Merged, Step
from tui_news.model import ReaderState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence
    from typing import Any

    from tui_news.cache.latest import Change


class ReaderFace(Opened):
    """The reader's side of a cache."""

    def state(self, id: str) -> ReaderState:
        """What the reader has done with an article."""
        number = parse_id(id)
        with self._guard:
            self._say(self.book.load())
            return self.book.state(number) if number is not None else ReaderState()

    def unread_in(self, groups: Iterable[Sequence[str]]) -> list[int]:
        """How many articles of each group of ids are unread. For many at once: an eighth of what asking for
        the state of each costs. Raises ValueError on an unknown id."""
        with self._guard:
            self._say(self.book.load())
            return self.book.unread_in([int(id, 16) for id in group] for group in groups)

    def mark(
        self, ids: Sequence[str], what: str, *, durable: bool = True, **changes: bool | str | int
    ) -> Step | None:
        """Change `read`, `starred`, `later`, `debate`, `hidden`, `note` or `position` of articles: one step
        of undo with the label `what`, None when nothing changes. A position alone is kept and is no step.
        Durable on return, or else once `settle` has run: what a crash of the system may undo before. Raises
        `CacheError`; ValueError on an unknown field or id."""
        return self.mark_all([(ids, changes)], what, durable=durable)

    def mark_all(
        self,
        groups: Sequence[tuple[Sequence[str], Mapping[str, bool | str | int]]],
        what: str,
        *,
        quiet: bool = False,
        always: bool = False,
        durable: bool = True,
    ) -> Step | None:
        """As `mark`, of several groups of articles, each with changes of its own, as one step. With `quiet`
        it is no step and is not undone; with `always` it is one even when nothing changes."""
        ready = []
        for ids, changes in groups:
            if unknown := set(changes) - set(FIELDS):
                raise ValueError(f"unknown field {sorted(unknown)[0]!r}")
            ready.append((parse_ids(ids), changes))
        with self._guard:
            self._begin(self.places.data, self._state_writable)
            self._say(self.book.load())
            step = self.book.mark(ready, what, quiet=quiet, always=always, durable=durable)
            for numbers, _ in ready:
                self._marked(numbers)
            return step

    def settle(self) -> None:
        """Make marks durable that are not. For a thread of its own: a disk takes 10 ms, during which all else
        goes on. Raises `CacheError`."""
        with self._guard:
            file = self.book.journal.unsynced()
        if file is not None:
            try:
                fsync(file)
            except OSError as error:
                raise disk_error(self.book.journal.path, error) from error
            finally:
                os.close(file)

    def undo(self) -> Step | None:
        """Take back the reader's last step; None when there is none. Raises `CacheError`."""
        return self._swing(self.book.undo)

    def redo(self) -> Step | None:
        """Do again what was taken back last; None when there is nothing. Raises `CacheError`."""
        return self._swing(self.book.redo)

    def _swing(self, action: Callable[[], Step | None]) -> Step | None:
        with self._guard:
            self._begin(self.places.data, self._state_writable)
            self._say(self.book.load())
            step = action()
            if step is not None:
                self._marked(parse_ids(step.ids))
            return step

    def _marked(self, numbers: Sequence[int]) -> None:
        # What others changed came in with the lock: it is true at once, and told by the next poll.
        self.library.marked([*numbers, *self.book.touched])
        self._marks += len(numbers)

    def history(self, limit: int = 20) -> list[Step]:
        """The last steps that `undo` would take back, newest first."""
        with self._guard:
            self._say(self.book.load())
            return self.book.history(limit)

    # --- other machines, backups ------------------------------------------------------------------------

    def changes(self) -> list[Change]:
        """The last value of each field of each article, with the time it was set at, in order of time. Raises
        `CacheError`."""
        from tui_news.cache.latest import Latest

        with self._guard:
            self.book.refresh()
            latest = Latest()
            latest.follow(self.book.journal)
            return list(latest.changes())

    def steps(self) -> list[dict[str, Any]]:
        """The steps that can be undone, oldest first, as the journal has them (`w`, `t`, `c`)."""
        with self._guard:
            self._say(self.book.load())
            return self.book.steps()

    def merge(
        self,
        changes: Iterable[Change],
        *,
        what: str = "",
        always: bool = False,
        steps: Sequence[Mapping[str, Any]] = (),
        dry: bool = False,
    ) -> Merged:
        """Take over changes made elsewhere, each with its own time: the later value of a field counts. With
        `what` they are one step of undo, with `always` also when they change nothing. `steps` are kept for
        undo where there are none yet. With `dry` nothing is written. Durable on return. Raises
        `CacheError`."""
        from tui_news.cache.merging import merge

        with self._guard:
            if not dry:
                self._begin(self.places.data, self._state_writable)
            self._say(self.book.load())
            result = merge(self.book, changes, what=what, always=always, steps=steps, dry=dry)
            if not dry:
                self._marked(parse_ids(result.ids))
            return result

    def compact_state(self, *, force: bool = False) -> bool:
        """Rewrite the reader's journal if it is mostly history; True when that was done. It takes half a
        second at 100,000 articles, nearly all of it without the lock. Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.data, self._state_writable)
            self._say(self.book.load())
            return self.book.compact_if_due(force=force)

    # --- memory -----------------------------------------------------------------------------------------

    def numbers(self) -> tuple[str, ...]:
        """The ids of the last listing that was numbered for the reader."""
        value = self.get_memory("numbers")
        return tuple(map(str, value)) if isinstance(value, list) else ()

    def put_numbers(self, ids: Sequence[str]) -> None:
        """Remember them, so that `read 3` works. Raises `CacheError`."""
        self.put_memory("numbers", list(ids))

    def get_memory(self, key: str) -> Any:
        """A small thing that the program remembers; None when it does not."""
        with self._guard:
            return (self._ledger(self._memory).get(key) or {}).get("v")

    def put_memory(self, key: str, value: Any) -> None:
        """Remember a JSON value; None forgets it. Raises `CacheError`."""
        with self._guard:
            if self.get_memory(key) == value:
                return
            self._begin(self.places.data, self._state_writable)
            if value is None:
                self._memory.commit({}, [key])
            else:
                self._memory.commit({key: {"v": value}}, sync=key != "numbers")
