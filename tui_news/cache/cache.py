"""The cache as the rest of the program sees it."""

from __future__ import annotations

import threading
from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Literal

from tui_news.cache.codec import hex_ids, parse_id, parse_ids
from tui_news.cache.errors import CacheError
from tui_news.cache.frontdoor import FrontDoor
from tui_news.cache.layout import read_format, settle, writable, write_format
from tui_news.cache.ledger import Ledger
from tui_news.cache.library import Library, to_article
from tui_news.cache.listing import Listing
from tui_news.cache.locks import Lock
from tui_news.cache.reader import BITS, READ, ReaderBook
from tui_news.cache.results import Changes, Count, Retained, Step, Stored
from tui_news.cache.shelf import Shelf
from tui_news.cache.statuses import status_in, status_out
from tui_news.model import Article, FeedStatus, ReaderState
from tui_news.paths import Places

if TYPE_CHECKING:
    from tui_news.cache.keep import Keeper

Mark = Literal["starred", "later", "debate", ""]
_EDITION_MARKS = 64


class Cache:
    """Articles, the reader's state, feed statuses and the program's memory, shared between processes.

    Safe to call from several threads. What cannot be written raises `CacheError`, one plain line; what
    was committed before is intact. `messages` holds plain lines about what was found and done.
    """

    def __init__(self, places: Places, starter: Path | None, read_only: bool) -> None:
        self._guard = threading.RLock()
        self.places = places
        self.messages: list[str] = []
        self._cache_lock = Lock(places.cache)
        self._data_lock = Lock(places.data)
        self._articles_writable = self._settle(places.cache, self._cache_lock, read_only)
        self._state_writable = self._settle(places.data, self._data_lock, read_only)
        self._named: set[Path] = set()
        self.book = ReaderBook(places.data, self._data_lock, read_only=not self._state_writable)
        self.library = Library(
            places.cache, starter, self.book, self._cache_lock, read_only=not self._articles_writable
        )
        self._door = FrontDoor(self.library)
        self._keeper: Keeper | None = None
        self._statuses = Ledger(
            places.cache / "status.jsonl", "status", self._cache_lock, read_only=not self._articles_writable
        )
        self._memory = Ledger(
            places.data / "memory.jsonl", "memory", self._data_lock, read_only=not self._state_writable
        )
        self._stored = False
        self._marks = 0
        self._closed = False

    @classmethod
    def open(cls, places: Places, *, starter: Path | None = None, read_only: bool = False) -> Cache:
        """Open the reader's cache; the folders need not exist yet. `starter` is a folder in the same format
        that is only read. Raises `CacheError` when an old format cannot be brought up to date."""
        return cls(places, starter, read_only)

    def _settle(self, folder: Path, lock: Lock, read_only: bool) -> bool:
        can_write = not read_only and writable(folder)
        if not can_write and not read_only:
            self.messages.append(f"{folder}: cannot be written, so it is opened read-only.")
        allowed, messages = settle(folder, lock, read_only=not can_write)
        self.messages += messages
        return allowed and can_write

    @property
    def read_only(self) -> bool:
        """True when articles or the reader's state cannot be written."""
        return not (self._articles_writable and self._state_writable)

    def _begin(self, folder: Path, allowed: bool) -> None:
        if not allowed:
            raise CacheError(f"{folder}: opened read-only, so nothing is written there.")
        if folder not in self._named:
            if read_format(folder) is None:
                write_format(folder)
            self._named.add(folder)

    def __enter__(self) -> Cache:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Make durable what is not yet, prepare the next start, let go of the files. Never raises."""
        with self._guard:
            if self._closed:
                return
            self._closed = True
            try:
                self.flush()
            except CacheError as error:
                self.messages.append(str(error))
            self.library.close()
            for journal in (self.book.journal, self._statuses.journal, self._memory.journal):
                journal.close()

    def flush(self) -> None:
        """Write derived files (indices, the prepared edition), make positions durable. Raises CacheError."""
        with self._guard:
            if self._state_writable:
                self.book.journal.sync()
                self.book.compact_if_due()
                self.book.save_index()
            if not self._articles_writable:
                return
            for shelf in self.library.shelves.values():
                if shelf.loaded:
                    shelf.save_index()
            if self._stored or self._marks > _EDITION_MARKS:
                self._door.prepare()
                self._stored, self._marks = False, 0

    # --- articles -------------------------------------------------------------------------------------

    def store(self, source: str, articles: Sequence[Article], *, now: datetime) -> Stored:
        """Keep what a source gave. Unchanged entries write nothing. Raises `CacheError`; ValueError on an id
        that is not 12 hex digits."""
        from tui_news.cache.storing import plan, prepare

        entries = prepare(source, articles)
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            shelf = self.library.shelf(source)
            self.library.select([source])
            self._heal()
            with self._cache_lock:
                shelf.refresh()
                todo = plan(shelf, entries, now)
                if not todo.heads:
                    return Stored()
                shelf.add(todo.heads, todo.bodies)
            shelf.save_index()
            self.library.noted(shelf)
            self._stored = True
            return todo.told

    def listing(
        self,
        sources: Sequence[str] | None = None,
        *,
        unread: bool = False,
        mark: Mark = "",
        since: datetime | None = None,
    ) -> Listing:
        """Articles without their blocks, newest first by (when, id); of all sources when None."""
        bit = BITS[mark] if mark else 0
        with self._guard:
            found = self.library.listing(sources, bit | (READ if unread else 0), bit, since)
            if self.library.damaged:
                self._heal()
                found = self.library.listing(sources, bit | (READ if unread else 0), bit, since)
            return found

    def edition(self, limit: int = 100) -> list[Article]:
        """The newest articles of all sources, from the prepared edition when there is one."""
        with self._guard:
            heads = self._door.newest(limit)
            if heads is None:
                self._stored = self._articles_writable  # The next start finds a prepared edition again.
                return list(self.library.listing(None, 0, 0, None)[:limit])
            found = [to_article(head, head["source"]) for head in heads]
            return [article for article in found if article is not None]

    def article(self, id: str) -> Article | None:
        """An article with its blocks; None when it is not cached. One whose text was lost comes without it,
        and the next refresh of its source brings it again."""
        with self._guard:
            place = self._find(id)
            head = self.library.head(*place) if place else None
            if place is None or head is None:
                self._heal()
                return None
            blocks = place[0].blocks(head)
            if blocks is None:
                self.library.damaged[place[0].source] = place[0]
                self._heal()
            return to_article(head, place[0].source, blocks or ())

    def _find(self, id: str) -> tuple[Shelf, int] | None:
        number = parse_id(id)
        if number is None:
            return None
        return self.library.find(number, None if self.library.warm else self._door.source_of(id))

    def _heal(self) -> None:
        """Deal with the damage that was met on the way."""
        while self.library.damaged:
            _, shelf = self.library.damaged.popitem()
            if not self._articles_writable or shelf.read_only:
                self._say(f"{shelf.heads.path}: has damaged records, which are skipped.")
                continue
            from tui_news.cache.heal import heal_shelf

            try:
                for line in heal_shelf(self.library, shelf, self._statuses):
                    self._say(line)
            except CacheError as error:
                self._say(str(error))
            self._stored = True

    def _say(self, line: str) -> None:
        if line and line not in self.messages:
            self.messages.append(line)

    def put_body(self, id: str, article: Article) -> None:
        """Keep the full text that was read from an article's page. Nothing happens when the article is not
        cached any more. Raises `CacheError`."""
        from tui_news.cache.storing import filled

        with self._guard:
            place = self._find(id)
            if place is None or place[0].read_only:
                return
            self._begin(self.places.cache, self._articles_writable)
            shelf = place[0]
            with self._cache_lock:
                shelf.refresh()
                row = shelf.rows.find(int(id, 16))
                head = shelf.head(row) if row >= 0 else None
                if head is None:
                    return
                doc, blocks = filled(head, article)
                shelf.add([doc], {id: blocks} if blocks else {})
            self.library.noted(shelf)
            self._stored = True

    def resolve(self, prefix: str) -> tuple[str, ...]:
        """The ids of cached articles that start with `prefix`."""
        with self._guard:
            return self.library.resolve(prefix)

    def counts(self, sources: Sequence[str] | None = None) -> dict[str, Count]:
        """Articles and unread ones of each source that has any files."""
        with self._guard:
            found = None if self.library.warm else self._door.counts()
            if found is None:
                self._stored = self._stored or (self._articles_writable and not self.library.warm)
                found = self.library.counts(sources)
            elif sources is not None:
                found = {source: found[source] for source in sources if source in found}
            self._heal()
            return {source: Count(*pair) for source, pair in found.items()}

    # --- sources --------------------------------------------------------------------------------------

    def status(self, source: str) -> FeedStatus:
        """What the last tries at a source gave."""
        with self._guard:
            return status_in(source, self._ledger(self._statuses).get(source) or {})

    def put_status(self, status: FeedStatus) -> None:
        """Keep it. Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            self._statuses.commit({status.source: status_out(status)})

    def statuses(self) -> dict[str, FeedStatus]:
        """Those of all sources that were ever tried."""
        with self._guard:
            docs = self._ledger(self._statuses).docs()
            return {source: status_in(source, doc) for source, doc in docs.items()}

    def drop_source(self, source: str) -> None:
        """Put a source's articles aside, forget its status; `restore_source` undoes it within a day."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            from tui_news.cache.keep import put_aside

            put_aside(self.library, source)
            if self._statuses.get(source) is not None:
                self._statuses.commit({}, [source])
            self._stored = True

    def restore_source(self, source: str) -> bool:
        """Undo `drop_source`; False when it is too late."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            from tui_news.cache.keep import take_back

            self._stored = True
            return take_back(self.library, source)

    # --- the reader -----------------------------------------------------------------------------------

    def state(self, id: str) -> ReaderState:
        """What the reader has done with an article."""
        number = parse_id(id)
        with self._guard:
            self._say(self.book.load())
            return self.book.state(number) if number is not None else ReaderState()

    def mark(self, ids: Sequence[str], what: str, **changes: bool | str | int) -> Step | None:
        """Change `read`, `starred`, `later`, `debate`, `note` or `position` of articles: one step of undo
        with the label `what`, None when nothing changes. A position alone is kept and is no step. Durable
        on return. Raises `CacheError`; ValueError on an unknown field or id."""
        if unknown := set(changes) - {*BITS, "note", "position"}:
            raise ValueError(f"unknown field {sorted(unknown)[0]!r}")
        numbers = parse_ids(ids)
        with self._guard:
            self._begin(self.places.data, self._state_writable)
            self._say(self.book.load())
            step = self.book.mark(numbers, what, changes)
            self._marked(numbers)
            return step

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

    def _ledger(self, ledger: Ledger) -> Ledger:
        ledger.docs()
        if ledger.journal.damaged:
            try:
                self._say(
                    ledger.repair() or f"{ledger.journal.path}: has damaged records, which are skipped."
                )
            except CacheError as error:
                self._say(str(error))
        return ledger

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

    # --- sharing and upkeep -----------------------------------------------------------------------------

    def poll(self) -> Changes:
        """What other processes changed since the last poll. Costs a look at the folder, not at the files."""
        with self._guard:
            self.book.refresh()
            self._statuses.docs()
            sources = self.library.discover() | self._statuses.changed
            self._statuses.changed.clear()
            touched, self.book.touched = sorted(self.book.touched), set()
            self.library.marked(touched)
            return Changes(tuple(sorted(sources)), tuple(hex_ids(touched)))

    def retain(self, *, days: int, per_source: int, now: datetime, budget: int) -> Retained:
        """One bounded step of retention: at most `budget` articles go. Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            self.book.refresh()
            self.library.discover()
            self.library.select(None)
            self._heal()
            if self._keeper is None:
                from tui_news.cache.keep import Keeper

                self._keeper = Keeper(self.library)
            result = self._keeper.retain(days=days, per_source=per_source, now=now, budget=budget)
            self._stored = self._stored or bool(result.dropped or result.compacted)
            return result

    def check(self, repair: bool = False) -> list[str]:
        """Read every record and say what is wrong; with `repair`, set damaged files aside and go on with
        what is whole. Plain lines, none when all is well. Raises `CacheError`."""
        from tui_news.cache.heal import heal_shelf, inspect

        with self._guard:
            ledgers = [self._statuses, self._memory]
            lines = list(inspect(self.library, self.book, ledgers))
            if not lines or not repair:
                return lines
            self._begin(self.places.cache, self._articles_writable)
            self._begin(self.places.data, self._state_writable)
            done = [self.book.mend(), *(ledger.repair() for ledger in ledgers)]
            for shelf in list(self.library.shelves.values()):
                done += heal_shelf(self.library, shelf, self._statuses)
            self._stored = True
            return [line for line in done if line]
