"""What the first screen needs, from the prepared edition and what has changed since it was made."""

from __future__ import annotations

from tui_news.cache.bits import HIDDEN, SEEN
from tui_news.cache.codec import dumps, hex_id
from tui_news.cache.edition import SIZE, Edition
from tui_news.cache.library import Library
from tui_news.cache.shelf import Shelf

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

_MOVED = 100
_TOUCHED = 200
_ALWAYS = -(1 << 62)


class FrontDoor:
    """Answers about the newest articles and the counts without reading everything; None where it cannot."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self.path = library.folder / "edition.jsonl"
        self._edition: Edition | None = None
        self._read = False
        self._counted: tuple[object, dict[str, tuple[int, int]]] | None = None
        """The counts as they were last worked out, and what was true then."""

    def _prepared(self) -> tuple[Edition, list[Shelf]] | None:
        """The edition and the shelves whose files have changed since; None when it is of no use."""
        if not self._read:
            self._read = True
            self._edition = Edition.load(self.path)
        edition, library = self._edition, self.library
        if edition is None:
            return None
        now = library.seen()
        if not edition.files.keys() <= now.keys():
            return None
        names = [name for name, signature in now.items() if edition.files.get(name) != signature]
        if len(names) > _MOVED or any(name not in library.by_file for name in names):
            return None
        if (
            not library.starter.keys()
            <= edition.counts.keys()
            <= library.starter.keys() | library.shelves.keys()
        ):
            return None
        moved = [library.by_file[name] for name in names]
        library.select([shelf.source for shelf in moved])
        return edition, moved

    def newest(self, limit: int) -> list[dict[str, Any]] | None:
        """The newest head records."""
        found = self._prepared()
        if found is None:
            return None
        edition, moved = found
        complete = edition.floor == _ALWAYS
        if not moved and not self.library.book.hides:
            return edition.heads(limit) if complete or limit <= len(edition.payloads) else None
        fresh = {shelf.source for shelf in moved}
        heads = [head for head in edition.heads(SIZE) if head["source"] not in fresh]
        for shelf in moved:
            rows = [self.library.head(shelf, row) for row in shelf.rows.order()[: max(limit, SIZE)]]
            heads += [head for head in rows if head is not None]
        heads = [head for head in heads if head["_t"] >= edition.floor]
        heads = self._shown(heads)
        heads.sort(key=lambda head: (head["_t"], head["id"]), reverse=True)
        return heads[:limit] if complete or len(heads) >= limit else None

    def _shown(self, heads: list[dict[str, Any]]) -> list[dict[str, Any]]:
        """The heads of articles that are not hidden."""
        book = self.library.book
        if not book.hides:
            return heads
        return [head for head in heads if not book.flags(int(head["id"], 16)) & HIDDEN]

    def source_of(self, id: str) -> str | None:
        """Where to look first for an article."""
        if not self._read:
            self._read = True
            self._edition = Edition.load(self.path)
        return self._edition.source_of(id) if self._edition else None

    def counts(self) -> dict[str, tuple[int, int]] | None:
        """Total and unread of each source."""
        found = self._prepared()
        if found is None:
            return None
        edition, moved = found
        book = self.library.book
        book.load()
        stamp = (
            edition.gen,
            edition.end,
            book.journal.gen,
            book.journal.end,
            frozenset(self.library.seen().items()),
        )
        if self._counted is not None and self._counted[0] == stamp:
            return dict(self._counted[1])
        touched = book.changed_since(edition.gen, edition.end)
        if touched is None or len(touched) > _TOUCHED:
            return None
        stale = {shelf.source for shelf in moved}
        for number in touched:
            if place := self.library.find(number, edition.source_of(hex_id(number))):
                stale.add(place[0].source)
        counts = dict(edition.counts)
        for shelf in self.library.select(sorted(stale)):
            rows = shelf.rows
            flags = [book.flags(rows.ids[row]) for row in rows.living()]
            hidden = sum(1 for value in flags if value & HIDDEN) if book.hides else 0
            counts[shelf.source] = (rows.total - hidden, sum(1 for value in flags if not value & SEEN))
        self._counted = stamp, counts
        return dict(counts)

    def prepare(self) -> None:
        """Write the prepared edition as of now. Raises `CacheError`."""
        library = self.library
        library.book.refresh()
        heads = self.newest(SIZE)
        counts = None if heads is None or library.warm else self.counts()
        if heads is None:
            listing = library.listing(None, HIDDEN, 0, None)[:SIZE]
            places = [library.find(int(id, 16)) for id in listing.ids]
            found = [library.head(*place) for place in places if place]
            heads = [head for head in found if head is not None]
        if counts is None:
            counts = library.counts(None)
        total = sum(count for count, _ in counts.values())
        floor = _ALWAYS if total <= len(heads) or not heads else int(heads[-1]["_t"])
        payloads = [dumps(head) for head in heads]
        journal = library.book.journal
        edition = Edition(payloads, floor, counts, library.signatures(), journal.gen, journal.end)
        edition.save(self.path)
        self._edition, self._read = edition, True
