"""All sources' shelves: found in the folder, loaded when needed, listed newest first, counted."""

from __future__ import annotations

import os
from datetime import datetime

from tui_news.cache.codec import hex_id, micros
from tui_news.cache.edition import Signature
from tui_news.cache.journal import peek
from tui_news.cache.listing import Listing, Order
from tui_news.cache.locks import Lock
from tui_news.cache.reader import ReaderBook
from tui_news.cache.rows import Rows
from tui_news.cache.shelf import Shelf, file_name
from tui_news.model import WITHDRAWN, Article, article_from_dict

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path
    from typing import Any

_DECODED = 2_000
_MANY = 256


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
        self.by_file: dict[str, Shelf] = {}
        self.damaged: dict[str, Shelf] = {}
        """Shelves in which something unreadable was met."""
        self._seen: dict[str, Signature] | None = None
        self._orders: dict[tuple[str, ...] | None, Order] = {}
        """The last ones asked for, the latest behind all others."""
        self._shelf_of: dict[int, Shelf] = {}
        self._articles: dict[tuple[str, int, int, int], Article] = {}
        if starter is not None:
            for name in _journals(starter / "heads"):
                shelf = _open(starter, name, read_only=True)
                if shelf is not None:
                    self.starter[shelf.source] = shelf

    # --- shelves ------------------------------------------------------------------------------------

    def signatures(self) -> dict[str, Signature]:
        """Size and time of change of each heads journal."""
        found: dict[str, Signature] = {}
        try:
            with os.scandir(self.folder / "heads") as entries:
                for entry in entries:
                    if entry.name.endswith(".jsonl") and entry.name[0] != ".":
                        stat = entry.stat()
                        found[entry.name] = (stat.st_size, stat.st_mtime_ns)
        except OSError:
            pass
        return found

    def discover(self) -> set[str]:
        """Look at the folder; the sources whose files changed since the last look."""
        now = self.signatures()
        old = self._seen
        self._seen = now
        if now == old:
            return set()
        changed: set[str] = set()
        for name, signature in now.items():
            if old is not None and old.get(name) == signature:
                continue
            shelf = self.by_file.get(name)
            if shelf is None:
                shelf = _open(self.folder, name, read_only=self.read_only)
                if shelf is None:
                    continue
                self._adopt(name, shelf)
            elif shelf.loaded:
                shelf.refresh()
            changed.add(shelf.source)
        for name in set(old or ()) - set(now):
            if (shelf := self.by_file.pop(name, None)) is not None:
                changed.add(shelf.source)
                self.shelves.pop(shelf.source, None)
                shelf.close()
                shelf.rows = Rows()
        return changed if old is not None else set()

    def _known(self) -> None:
        if self._seen is None:
            self.discover()

    def _adopt(self, name: str, shelf: Shelf) -> None:
        self.by_file[name] = shelf
        self.shelves[shelf.source] = shelf

    def shelf(self, source: str) -> Shelf:
        """The shelf of a source, made when there is none."""
        self._known()
        shelf = self.shelves.get(source)
        if shelf is None:
            shelf = Shelf(self.folder, source, read_only=self.read_only)
            self._adopt(f"{file_name(source)}.jsonl", shelf)
        return shelf

    def noted(self, shelf: Shelf) -> None:
        """What this process has just written is no news to it."""
        if self._seen is not None:
            self._seen[f"{shelf.name}.jsonl"] = shelf.heads.signature()

    def seen(self) -> dict[str, Signature]:
        """The signatures as of the last look."""
        self._known()
        return self._seen or {}

    def all(self) -> list[Shelf]:
        """Every shelf; the starter's where the reader has no source of that id."""
        self._known()
        return [*self.shelves.values(), *(s for id, s in self.starter.items() if id not in self.shelves)]

    def select(self, sources: Sequence[str] | None) -> list[Shelf]:
        """The shelves of some sources, or of all, with their index loaded."""
        if sources is None:
            found = self.all()
        else:
            self._known()
            found = [
                shelf
                for source in dict.fromkeys(sources)
                if (shelf := self.shelves.get(source) or self.starter.get(source)) is not None
            ]
        for shelf in found:
            if not shelf.loaded:
                shelf.load()
                if shelf.heads.damaged:
                    self.damaged[shelf.source] = shelf
        return found

    def find(self, number: int, source: str | None = None) -> tuple[Shelf, int] | None:
        """The shelf and row of an article; `source` is where to look first."""
        shelf = self._shelf_of.get(number)
        if shelf is not None and (row := shelf.rows.find(number)) >= 0:
            return shelf, row
        for shelves in (self.select([source] if source else []), self.select(None)):
            for shelf in shelves:
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

    def head(self, shelf: Shelf, row: int) -> dict[str, Any] | None:
        """A head record; None, and the shelf noted as damaged, when it cannot be read."""
        head = shelf.head(row)
        if head is None:
            # Perhaps only moved, by a compaction in another process.
            id = shelf.rows.ids[row]
            shelf.heads.close()
            shelf.refresh()
            row = shelf.rows.find(id)
            head = shelf.head(row) if row >= 0 else None
            if head is None and row >= 0:
                self.damaged[shelf.source] = shelf
        return head

    def let_go(self) -> None:
        """Forget the heads that were decoded."""
        self._articles = {}

    def decode(self, shelf: Shelf, rows: Rows, row: int) -> Article:
        """The head of a row as an article."""
        id = rows.ids[row]
        if rows is not shelf.rows:
            row = shelf.rows.find(id)
            if row < 0:
                return Article(hex_id(id), shelf.source)
        decoded = self._articles  # another thread may let go of it
        key = (shelf.source, id, shelf.rows.offs[row], shelf.rows.prints[row])
        if (article := decoded.pop(key, None)) is not None:
            decoded[key] = article
            return article
        head = self.head(shelf, row)
        article = to_article(head, shelf.source) if head else None
        if article is None:
            return Article(hex_id(id), shelf.source)
        decoded[key] = article
        if len(decoded) > _DECODED:
            del decoded[next(iter(decoded))]
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
            self.book.load()
            flags = self.book.all_flags()
            for shelf in shelves:
                shelf.rows.wear(self.book.flags, flags)
            refs = order.with_flags(count, mask, wanted)
        else:
            refs = order.refs[:count]
        return Listing(order.rows, refs, lambda rows, row: self.decode(owner[id(rows)], rows, row))

    def _order(self, key: tuple[str, ...] | None, shelves: Sequence[Shelf]) -> Order:
        rows = [shelf.rows for shelf in shelves]
        order = self._orders.pop(key, None)
        if order is None or not order.follow(rows):
            order = Order(rows)
        self._orders[key] = order
        if len(self._orders) > 4:
            del self._orders[next(iter(self._orders))]
        return order

    def counts(self, sources: Sequence[str] | None) -> dict[str, tuple[int, int]]:
        """Total and unread by source."""
        shelves = self.select(sources)
        self.book.load()
        flags = self.book.all_flags()
        result = {}
        for shelf in shelves:
            shelf.rows.wear(self.book.flags, flags)
            result[shelf.source] = (shelf.rows.total - shelf.rows.hidden, shelf.rows.unread)
        return result

    @property
    def warm(self) -> bool:
        """Whether it is all in memory already, so that counting is cheaper than reading the edition."""
        return bool(self.shelves) and all(s.rows.flags is not None for s in self.all())

    def marked(self, numbers: Collection[int]) -> None:
        """The reader's flags of some articles changed: bring the loaded shelves up to date."""
        worn = [s for s in (*self.shelves.values(), *self.starter.values()) if s.rows.flags is not None]
        if len(numbers) > _MANY:
            for shelf in worn:
                shelf.rows.flags = None
            for order in self._orders.values():
                order.flags = None
            return
        for number in numbers if worn else ():
            value = self.book.flags(number)
            for shelf in worn:
                if (row := shelf.rows.find(number)) >= 0:
                    shelf.rows.change(row, value)
                    for order in self._orders.values():
                        order.change(number, shelf.rows.times[row], value)

    def close(self) -> None:
        """Let go of all files."""
        for shelf in (*self.shelves.values(), *self.starter.values()):
            shelf.close()


def _open(folder: Path, name: str, *, read_only: bool) -> Shelf | None:
    """The shelf of a file; its header tells the source when the name is a hash."""
    source = name.removesuffix(".jsonl")
    if source.startswith("_"):
        header = peek(folder / "heads" / name, "heads") or peek(folder / "bodies" / name, "bodies")
        source = str(header.get("source", ""))
    return Shelf(folder, source, read_only=read_only) if f"{file_name(source)}.jsonl" == name else None


def _journals(folder: Path) -> list[str]:
    try:
        return sorted(name for name in os.listdir(folder) if name.endswith(".jsonl") and name[0] != ".")
    except OSError:
        return []


def to_article(head: dict[str, Any], source: str, blocks: Sequence[Any] = ()) -> Article | None:
    """An article from its head record; None when the record is not one."""
    try:
        data = {key: value for key, value in head.items() if key[0] != "_"}
        data["source"] = source
        if own := head.get("_k"):
            data["tags"] = list(dict.fromkeys((*data.get("tags", ()), *own)))
        if blocks:
            data["blocks"] = blocks
        known = _standing(head) if "_v" in head or "_w" in head or "_o" in head else {}
        return article_from_dict(data, **known)
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None


def _standing(head: dict[str, Any]) -> dict[str, Any]:
    """What became of an article since it was read, as the fields of `Article` that say it."""
    kept, fate = head.get("_v"), head.get("_w", {}).get("k", "")
    return {
        "changed": isinstance(kept, dict) and "s" not in kept,
        "withdrawn": fate if fate in WITHDRAWN else "",
        "stale": bool(head.get("_o")),
    }
