"""All sources' shelves: found in the folder, loaded when needed, listed newest first, counted."""

from __future__ import annotations

import os
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from tui_news.cache.codec import hex_id
from tui_news.cache.edition import SIZE, Edition, Signature
from tui_news.cache.journal import peek
from tui_news.cache.listing import Listing, Order, with_flags
from tui_news.cache.locks import Lock
from tui_news.cache.reader import READ, ReaderBook
from tui_news.cache.rows import Rows
from tui_news.cache.shelf import Shelf, file_name
from tui_news.cache.storing import micros
from tui_news.model import Article, article_from_dict

_DECODED = 2_000


class Library:
    """The shelves of a cache folder, and those of the starter edition beside them."""

    def __init__(
        self, folder: Path, starter: Path | None, book: ReaderBook, lock: Lock, *, read_only: bool
    ) -> None:
        self.folder = folder
        self.book = book
        self.lock = lock
        self.read_only = read_only
        self.shelves: dict[str, Shelf] = {}
        """By source id, the reader's own."""
        self.starter: dict[str, Shelf] = {}
        self._by_file: dict[str, Shelf] = {}
        self._seen: dict[str, Signature] | None = None
        self._orders: OrderedDict[tuple[str, ...] | None, Order] = OrderedDict()
        self._shelf_of: dict[int, Shelf] = {}
        self._articles: OrderedDict[tuple[str, int, int, int], Article] = OrderedDict()
        self._edition: Edition | None = None
        self._edition_read = False
        if starter is not None:
            for name in _journals(starter / "heads"):
                shelf = self._open(starter, name, read_only=True)
                if shelf is not None:
                    self.starter[shelf.source] = shelf

    # --- shelves ------------------------------------------------------------------------------------

    def _open(self, folder: Path, name: str, *, read_only: bool) -> Shelf | None:
        """The shelf of a file; its header tells the source when the name is a hash."""
        stem = name.removesuffix(".jsonl")
        source = stem
        if stem.startswith("_"):
            source = str(peek(folder / "heads" / name, "heads").get("source", ""))
            if not source or file_name(source) != stem:
                return None
        elif file_name(stem) != stem:
            return None
        return Shelf(folder, source, read_only=read_only)

    def signatures(self) -> dict[str, Signature]:
        """Size and time of change of each heads journal."""
        found: dict[str, Signature] = {}
        try:
            with os.scandir(self.folder / "heads") as entries:
                for entry in entries:
                    if entry.name.endswith(".jsonl"):
                        stat = entry.stat()
                        found[entry.name] = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            pass
        return found

    def discover(self) -> set[str]:
        """Look at the folder; the sources whose files changed since the last look."""
        now = self.signatures()
        old = self._seen
        if now == old:
            return set()
        changed: set[str] = set()
        for name, signature in now.items():
            if old is not None and old.get(name) == signature:
                continue
            shelf = self._by_file.get(name)
            if shelf is None:
                shelf = self._open(self.folder, name, read_only=self.read_only)
                if shelf is None:
                    continue
                self._adopt(name, shelf)
            changed.add(shelf.source)
        for name in set(old or ()) - set(now):
            if (shelf := self._by_file.pop(name, None)) is not None:
                changed.add(shelf.source)
                self.shelves.pop(shelf.source, None)
                shelf.load()
                shelf.close()
        self._seen = now
        return changed

    def _adopt(self, name: str, shelf: Shelf) -> None:
        self._by_file[name] = shelf
        self.shelves[shelf.source] = shelf

    def shelf(self, source: str) -> Shelf:
        """The shelf of a source, made when there is none."""
        if self._seen is None:
            self.discover()
        shelf = self.shelves.get(source)
        if shelf is None:
            shelf = Shelf(self.folder, source, read_only=self.read_only)
            self._adopt(f"{file_name(source)}.jsonl", shelf)
        return shelf

    def noted(self, shelf: Shelf) -> None:
        """What this process has just written is no news to it."""
        if self._seen is not None:
            self._seen[shelf.heads.path.name] = shelf.heads.signature()

    def select(self, sources: Sequence[str] | None) -> list[Shelf]:
        """The shelves of some sources, or of all, with their index loaded."""
        if self._seen is None:
            self.discover()
        if sources is None:
            found = [*self.shelves.values(), *(s for id, s in self.starter.items() if id not in self.shelves)]
        else:
            found = []
            for source in dict.fromkeys(sources):
                shelf = self.shelves.get(source) or self.starter.get(source)
                if shelf is not None:
                    found.append(shelf)
        for shelf in found:
            shelf.load()
        return found

    def find(self, number: int) -> tuple[Shelf, int] | None:
        """The shelf and row of an article."""
        shelf = self._shelf_of.get(number)
        if shelf is not None:
            shelf.load()
            if (row := shelf.rows.find(number)) >= 0:
                return shelf, row
        for shelf in self.select(None):
            if (row := shelf.rows.find(number)) >= 0:
                if len(self._shelf_of) > 5_000:
                    self._shelf_of.clear()
                self._shelf_of[number] = shelf
                return shelf, row
        return None

    def resolve(self, prefix: str) -> tuple[str, ...]:
        """The ids that begin with a prefix of hex digits, in order."""
        prefix = prefix.lower()
        if not 0 < len(prefix) <= 12 or prefix.strip("0123456789abcdef"):
            return ()
        low = int(prefix.ljust(12, "0"), 16)
        high = int(prefix.ljust(12, "f"), 16)
        found: set[int] = set()
        for shelf in self.select(None):
            found.update(shelf.rows.between(low, high))
        return tuple(hex_id(number) for number in sorted(found))

    # --- lists --------------------------------------------------------------------------------------

    def decode(self, shelf: Shelf, rows: Rows, row: int) -> Article:
        """The head of a row as an article."""
        id = rows.ids[row]
        if rows is not shelf.rows:
            shelf.load()
            row = shelf.rows.find(id)
            if row < 0:
                return Article(hex_id(id), shelf.source)
        key = (shelf.source, id, shelf.rows.offs[row], shelf.rows.prints[row])
        if (article := self._articles.get(key)) is not None:
            self._articles.move_to_end(key)
            return article
        head = shelf.head(row)
        article = to_article(head, shelf.source) if head else None
        if article is None:
            return Article(hex_id(id), shelf.source)
        self._articles[key] = article
        if len(self._articles) > _DECODED:
            self._articles.popitem(last=False)
        return article

    def listing(
        self, sources: Sequence[str] | None, mask: int, wanted: int, since: datetime | None
    ) -> Listing:
        """Rows newest first, filtered by the reader's flags and by time."""
        shelves = self.select(sources)
        order = self._order(None if sources is None else tuple(sources), shelves)
        owner = {id(shelf.rows): shelf for shelf in shelves}
        count = len(order.refs) if since is None else order.since(micros(since))
        if mask:
            flags = self.book.all_flags()
            for shelf in shelves:
                shelf.rows.wear(self.book.flags, flags)
            refs = with_flags(order, count, mask, wanted)
        else:
            refs = order.refs[:count]
        return Listing(order.rows, refs, lambda rows, row: self.decode(owner[id(rows)], rows, row))

    def _order(self, key: tuple[str, ...] | None, shelves: Sequence[Shelf]) -> Order:
        rows = [shelf.rows for shelf in shelves]
        order = self._orders.get(key)
        if order is None or not order.fits(rows):
            order = self._orders[key] = Order(rows)
        self._orders.move_to_end(key)
        if len(self._orders) > 4:
            self._orders.popitem(last=False)
        return order

    def counts(self, sources: Sequence[str] | None) -> dict[str, tuple[int, int]]:
        """Total and unread by source."""
        shelves = self.select(sources)
        flags = self.book.all_flags()
        result = {}
        for shelf in shelves:
            shelf.rows.wear(self.book.flags, flags)
            result[shelf.source] = (shelf.rows.total, shelf.rows.unread)
        return result

    @property
    def warm(self) -> bool:
        """Whether most of it is in memory already, so that counting is cheaper than reading the edition."""
        return bool(self.shelves) and all(s.rows.flags is not None for s in self.shelves.values())

    def marked(self, numbers: Iterable[int], count: int) -> None:
        """The reader's flags of some articles changed: bring the loaded shelves up to date."""
        loaded = [s for s in (*self.shelves.values(), *self.starter.values()) if s.rows.flags is not None]
        if not loaded:
            return
        if count > 256:
            for shelf in loaded:
                shelf.rows.flags = None
            return
        for number in numbers:
            value = self.book.flags(number)
            for shelf in loaded:
                shelf.rows.change(number, value)

    # --- the prepared edition -------------------------------------------------------------------------

    def prepared(self) -> tuple[Edition | None, list[Shelf]]:
        """The prepared edition, if there is one, and the shelves that have changed since."""
        if not self._edition_read:
            self._edition_read = True
            self._edition = Edition.load(self.folder / "edition.jsonl")
        edition = self._edition
        if edition is None:
            return None, []
        if self._seen is None:
            self.discover()
        now = self.signatures()
        moved: list[Shelf] = []
        for name in {*now, *edition.files}:
            if now.get(name) != edition.files.get(name):
                shelf = self._by_file.get(name)
                if shelf is None or name not in now:
                    # A source came or went in another process, or was dropped here: made anew.
                    return None, []
                shelf.load()
                moved.append(shelf)
        if any(source not in edition.counts for source in self.starter):
            return None, []
        return edition, moved

    def newest(self, limit: int) -> list[dict[str, Any]] | None:
        """The newest head records from the prepared edition; None when it does not reach that far."""
        edition, moved = self.prepared()
        if edition is None or len(moved) > 100:
            return None
        heads = edition.heads
        if moved:
            fresh = {shelf.source for shelf in moved}
            heads = [head for head in heads if head["source"] not in fresh]
            for shelf in moved:
                rows = [shelf.head(row) for row in shelf.rows.newest(max(limit, SIZE))]
                heads += [head for head in rows if head is not None]
            heads.sort(key=lambda head: (head["_t"], head["id"]), reverse=True)
            if not edition.complete:
                heads = [head for head in heads if head["_t"] >= edition.floor]
        return heads[:limit] if edition.complete or len(heads) >= limit else None

    def quick_counts(self) -> dict[str, tuple[int, int]] | None:
        """Counts from the prepared edition; None when too much has changed since."""
        edition, moved = self.prepared()
        if edition is None or len(moved) > 100:
            return None
        touched = self.book.changed_since(edition.state_gen, edition.state_end)
        if touched is None or len(touched) > 200:
            return None
        stale = {shelf.source for shelf in moved}
        if touched:
            known = {head["id"]: head["source"] for head in edition.heads}
            for number in touched:
                source = known.get(hex_id(number))
                if source is None and (place := self.find(number)):
                    source = place[0].source
                if source is not None:
                    stale.add(source)
        counts = {**edition.counts}
        for shelf in self.select(sorted(stale)):
            unread = sum(1 for row in shelf.rows.order() if not self.book.flags(shelf.rows.ids[row]) & READ)
            counts[shelf.source] = (shelf.rows.total, unread)
        return counts

    def prepare(self) -> None:
        """Write the prepared edition as of now. Raises `CacheError`."""
        heads = self.newest(SIZE)
        counts = self.quick_counts() if heads is not None else None
        if heads is None or counts is None:
            listing = self.listing(None, 0, 0, None)[:SIZE]
            heads = []
            for id in listing.ids:
                if (place := self.find(int(id, 16))) and (head := place[0].head(place[1])):
                    heads.append(head)
            counts = self.counts(None)
        total = sum(count for count, _ in counts.values())
        edition = Edition(
            heads,
            total <= len(heads),
            counts,
            self.signatures(),
            self.book.journal.gen,
            self.book.journal.end,
        )
        edition.save(self.folder / "edition.jsonl")
        self._edition, self._edition_read = edition, True

    def close(self) -> None:
        for shelf in (*self.shelves.values(), *self.starter.values()):
            shelf.close()


def _journals(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(".jsonl"))
    except OSError:
        return []


def to_article(head: dict[str, Any], source: str, blocks: Sequence[Any] = ()) -> Article | None:
    """An article from its head record; None when the record is not one."""
    try:
        data = {key: value for key, value in head.items() if key[0] != "_"}
        data["source"] = source
        if blocks:
            data["blocks"] = blocks
        return article_from_dict(data)
    except (KeyError, TypeError, ValueError, IndexError):
        return None
