"""An opened cache: its folders and their formats, what it is made of, closing and healing."""

from __future__ import annotations

from tui_news.cache.errors import CacheError
from tui_news.cache.frontdoor import FrontDoor
from tui_news.cache.layout import read_format, settle, writable, write_format
from tui_news.cache.ledger import Ledger
from tui_news.cache.library import Library
from tui_news.cache.locks import Lock
from tui_news.cache.papers import Papers
from tui_news.cache.reader import ReaderBook
from tui_news.i18n import _
from tui_news.paths import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from threading import RLock
    from types import TracebackType
    from typing import Self

    from tui_news.cache.keep import Keeper
else:
    from _thread import RLock  # What threading itself hands out, without 2 ms of importing it.

_EDITION_MARKS = 64
_SMALL = 3 << 19
KEPT_THREADS = 500
"""Threads of comments that are kept, the newest."""


class Opened:
    """The parts that articles, sources and the reader's state are kept by, and their life."""

    def __init__(self, places: Places, starter: Path | None, read_only: bool) -> None:
        self._guard = RLock()
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
        self.threads = Papers(places.cache / "threads", writable=self._articles_writable, keep=KEPT_THREADS)
        """Comments of articles, as they were last read."""
        self.talk = Papers(places.data / "talk", writable=self._state_writable)
        """What the reader left in discussions: which comments were seen, drafts."""
        self._stored = False
        self._marks = 0
        self._closed = False

    def _settle(self, folder: Path, lock: Lock, read_only: bool) -> bool:
        can_write = not read_only and writable(folder)
        if not can_write and not read_only:
            self.messages.append(_("{folder}: cannot be written, so it is opened read-only.", folder=folder))
        allowed, messages = settle(folder, lock, read_only=not can_write)
        self.messages += messages
        return allowed and can_write

    @property
    def read_only(self) -> bool:
        """True when articles or the reader's state cannot be written."""
        return not (self._articles_writable and self._state_writable)

    def _begin(self, folder: Path, allowed: bool) -> None:
        if not allowed:
            raise CacheError(_("{folder}: opened read-only, so nothing is written there.", folder=folder))
        if folder not in self._named:
            if read_format(folder) is None:
                write_format(folder)
            self._named.add(folder)

    def __enter__(self) -> Self:
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
                # A large journal is rewritten in the background (`compact_state`): nobody waits for it here,
                # unless nothing else ever gets at it.
                if self.book.journal.end < _SMALL or self.book.overgrown:
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

    def _say(self, line: str) -> None:
        if line and line not in self.messages:
            self.messages.append(line)

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
