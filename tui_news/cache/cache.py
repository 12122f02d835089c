"""The cache as the rest of the program sees it."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from types import TracebackType
from typing import Any, Literal

from tui_news.cache.codec import hex_id, parse_id
from tui_news.cache.errors import CacheError
from tui_news.cache.keep import Keeper, Retained, check_shelf, examine, put_aside, take_back
from tui_news.cache.layout import read_format, settle, writable, write_format
from tui_news.cache.ledger import Ledger
from tui_news.cache.library import Library, to_article
from tui_news.cache.listing import Listing
from tui_news.cache.locks import Lock
from tui_news.cache.reader import BITS, READ, ReaderBook, Step
from tui_news.cache.storing import Stored as Stored
from tui_news.cache.storing import filled, plan, prepare
from tui_news.model import Article, FeedStatus, ReaderState
from tui_news.paths import Places

Mark = Literal["starred", "later", "debate", ""]
_STATUS_TIMES = ("checked", "succeeded", "next_try")
_EDITION_MARKS = 64


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
        self._keeper = Keeper(self.library)
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
        """Write derived files (indices, the prepared edition) and make positions durable. Raises CacheError."""
        with self._guard:
            if self._state_writable:
                self.book.journal.sync()
                self.book.compact_if_due()
                self.book.save_index()
            if not self._articles_writable:
                return
            for shelf in self.library.shelves.values():
                shelf.save_index()
            if self._stored or self._marks > _EDITION_MARKS:
                self.library.prepare()
                self._stored, self._marks = False, 0

    # --- articles -------------------------------------------------------------------------------------

    def store(self, source: str, articles: Sequence[Article], *, now: datetime) -> Stored:
        """Keep what a source gave. Unchanged entries write nothing. Raises `CacheError`; ValueError on an id
        that is not 12 hex digits."""
        entries = prepare(source, articles)
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            shelf = self.library.shelf(source)
            with self._cache_lock:
                shelf.load()
                todo = plan(shelf, entries, now)
                if not todo.heads:
                    return Stored()
                shelf.add(todo.heads, todo.bodies)
            shelf.save_index()
            self.library.noted(shelf)
            self._stored = True
            return Stored(tuple(todo.new), tuple(todo.changed))

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
            return self.library.listing(sources, bit | (READ if unread else 0), bit, since)

    def edition(self, limit: int = 100) -> list[Article]:
        """The newest articles of all sources, from the prepared edition when there is one."""
        with self._guard:
            heads = self.library.newest(limit)
            if heads is None:
                return list(self.library.listing(None, 0, 0, None)[:limit])
            found = [to_article(head, head["source"]) for head in heads]
            return [article for article in found if article is not None]

    def article(self, id: str) -> Article | None:
        """An article with its blocks; None when it is not cached."""
        number = parse_id(id)
        with self._guard:
            place = self.library.find(number) if number is not None else None
            head = place[0].head(place[1]) if place else None
            if place is None or head is None:
                return None
            return to_article(head, place[0].source, place[0].blocks(head) or ())

    def put_body(self, id: str, article: Article) -> None:
        """Keep the full text that was read from an article's page. Nothing happens when the article is not
        cached any more. Raises `CacheError`."""
        number = parse_id(id)
        with self._guard:
            place = self.library.find(number) if number is not None else None
            if place is None or number is None or place[0].source not in self.library.shelves:
                return
            self._begin(self.places.cache, self._articles_writable)
            shelf = place[0]
            with self._cache_lock:
                shelf.load()
                row = shelf.rows.find(number)
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
            found = self.library.quick_counts() if not self.library.warm else None
            if found is None:
                found = self.library.counts(sources)
            elif sources is not None:
                found = {source: found[source] for source in sources if source in found}
            return {source: Count(*pair) for source, pair in found.items()}

    # --- sources --------------------------------------------------------------------------------------

    def status(self, source: str) -> FeedStatus:
        """What the last tries at a source gave."""
        with self._guard:
            return _status_in(source, self._statuses.get(source) or {})

    def put_status(self, status: FeedStatus) -> None:
        """Keep it. Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            self._statuses.commit({status.source: _status_out(status)})

    def statuses(self) -> dict[str, FeedStatus]:
        """Those of all sources that were ever tried."""
        with self._guard:
            return {source: _status_in(source, doc) for source, doc in self._statuses.docs().items()}

    def drop_source(self, source: str) -> None:
        """Put a source's articles and status aside; `restore_source` brings the articles back within a day."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            put_aside(self.library, source)
            if self._statuses.get(source) is not None:
                self._statuses.commit({}, [source])
            self._stored = True

    def restore_source(self, source: str) -> bool:
        """Undo `drop_source`; False when it is too late."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            self._stored = True
            return take_back(self.library, source)

    # --- the reader -----------------------------------------------------------------------------------

    def state(self, id: str) -> ReaderState:
        """What the reader has done with an article."""
        number = parse_id(id)
        with self._guard:
            self.book.load()
            return self.book.state(number) if number is not None else ReaderState()

    def mark(self, ids: Sequence[str], what: str, **changes: bool | str | int) -> Step | None:
        """Change `read`, `starred`, `later`, `debate`, `note` or `position` of articles: one step of undo
        with the label `what`, None when nothing changes. A position alone is kept and is no step. Durable
        on return. Raises `CacheError`; ValueError on an unknown field or id."""
        if unknown := set(changes) - {*BITS, "note", "position"}:
            raise ValueError(f"unknown field {sorted(unknown)[0]!r}")
        numbers = [_number(id) for id in ids]
        with self._guard:
            self._begin(self.places.data, self._state_writable)
            step = self.book.mark(numbers, what, changes)
            self._marked(numbers)
            return step

    def undo(self) -> Step | None:
        """Take back the reader's last step; None when there is none. Raises `CacheError`."""
        return self._swing(self.book.undo)

    def redo(self) -> Step | None:
        """Do again what was taken back last; None when there is nothing. Raises `CacheError`."""
        return self._swing(self.book.redo)

    def _swing(self, action: Any) -> Step | None:
        with self._guard:
            self._begin(self.places.data, self._state_writable)
            step: Step | None = action()
            if step is not None:
                self._marked([_number(id) for id in step.ids])
            return step

    def _marked(self, numbers: Sequence[int]) -> None:
        # What others changed came in with the lock: it is shown at the next poll, and is true at once.
        self.library.marked([*numbers, *self.book.touched], len(numbers) + len(self.book.touched))
        self._marks += len(numbers)

    def history(self, limit: int = 20) -> list[Step]:
        """The last steps that `undo` would take back, newest first."""
        with self._guard:
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
            return (self._memory.get(key) or {}).get("v")

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
            self.book.load()
            self._statuses.docs()
            sources = self.library.discover()
            for source in sources:
                if (shelf := self.library.shelves.get(source)) and shelf.loaded:
                    shelf.load()
            sources |= self._statuses.changed
            self._statuses.changed.clear()
            touched = self.book.touched
            self.library.marked(touched, len(touched))
            ids = tuple(map(hex_id, sorted(touched)))
            self.book.touched = set()
            return Changes(tuple(sorted(sources)), ids)

    def retain(self, *, days: int, per_source: int, now: datetime, budget: int) -> Retained:
        """One bounded step of retention: at most `budget` articles go. Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            self.book.load()
            self.library.discover()
            result = self._keeper.retain(days=days, per_source=per_source, now=now, budget=budget)
            self._stored = self._stored or bool(result.dropped or result.compacted)
            return result

    def check(self, repair: bool = False) -> list[str]:
        """Read every record and say what is wrong; with `repair`, set damaged files aside and go on with
        what is whole. Plain lines, none when all is well. Raises `CacheError`."""
        with self._guard:
            lines: list[str] = []
            journals = [self.book.journal, self._memory.journal, self._statuses.journal]
            shelves = self.library.select(None)
            for shelf in shelves:
                lines += check_shelf(shelf)
            lines += [line for journal in journals if (line := examine(journal))]
            return lines


def _number(id: str) -> int:
    number = parse_id(id)
    if number is None:
        raise ValueError(f"article id {id!r} is not 12 lower-case hex digits")
    return number


def _status_out(status: FeedStatus) -> dict[str, Any]:
    doc: dict[str, Any] = {}
    for field in fields(status):
        value = getattr(status, field.name)
        if field.name != "source" and value != field.default:
            doc[field.name] = value.isoformat() if field.name in _STATUS_TIMES else value
    return doc


def _status_in(source: str, doc: dict[str, Any]) -> FeedStatus:
    try:
        known = {field.name for field in fields(FeedStatus)} - {"source"}
        values = {key: value for key, value in doc.items() if key in known}
        for name in _STATUS_TIMES:
            if name in values:
                values[name] = datetime.fromisoformat(values[name])
        return FeedStatus(source, **values)
    except (TypeError, ValueError):
        return FeedStatus(source)
