"""The cache as that sees it which is derived from it: the search index, the front page, rankings."""

from __future__ import annotations

from tui_news.cache.codec import loads
from tui_news.cache.edition import Signature
from tui_news.cache.readerface import ReaderFace
from tui_news.cache.shelf import Shelf
from tui_news.model import Article

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping, Set
    from dataclasses import dataclass
    from typing import Any
else:
    from tui_news.records import dataclass


@dataclass(frozen=True, slots=True)
class Flags:
    """The reader's state as bits."""

    hides: bool
    """Whether an article may be hidden; False is sure."""
    by_id: Callable[[], Mapping[int, int]]
    """Those of every article that has any, by its id as a number. Not to be changed."""


@dataclass(frozen=True, slots=True)
class Written:
    """What was written to a source's journal of heads since a place in it."""

    gen: str
    end: int
    """Where the journal stands now, to ask from the next time."""
    whole: bool
    """The journal is another one than that which was asked for: these are all articles there are."""
    heads: list[tuple[int, int, dict[str, Any] | None]]
    """Each article by its id as a number, when it appeared (microseconds), and its record; None for a record
    that does not hold what was asked for."""


class DerivedFace(ReaderFace):
    """Articles and their places in the journals, for what follows them."""

    @property
    def own_sources(self) -> Set[str]:
        """The ids of the sources that have files here, without the starter edition's."""
        with self._guard:
            self.library.seen()
            return self.library.shelves.keys()

    def head(self, source: str, number: int) -> Article | None:
        """An article without its blocks by its source and its id as a number; None when it is gone."""
        with self._guard:
            for shelf in self.library.select([source]):
                row = shelf.rows.find(number)
                if row < 0 and shelf.refresh():
                    row = shelf.rows.find(number)
                if row >= 0:
                    return self.library.decode(shelf, shelf.rows, row)
            return None

    def flags(self) -> Flags:
        """The reader's state as bits (`cache.bits`), of all articles at once."""
        with self._guard:
            self._say(self.book.load())
            return Flags(self.book.hides, self.book.all_flags)

    def shelves(self) -> list[tuple[Shelf, Signature]]:
        """Each source's shelf as it is known here, with size and time of change of its journal as it is now.
        News of other programs are for `poll` to tell."""
        with self._guard:
            now = self.library.signatures()
            self.library.all()
            return [(shelf, now.get(name, (0, 0))) for name, shelf in self.library.by_file.items()]

    def shelf_of(self, source: str) -> Shelf | None:
        """The shelf of a source, its rows loaded; None when it has none."""
        with self._guard:
            return next(iter(self.library.select([source])), None)

    def written(self, source: str, gen: str, place: int, holding: bytes = b"") -> Written:
        """The articles of a source of which something was written behind `place` of generation `gen` of its
        journal; only records that hold some bytes are decoded."""
        with self._guard:
            shelf = next(iter(self.library.select([source])), None)
            if shelf is None or shelf.source not in self.library.shelves:
                return Written("", 0, True, [])
            rows, heads = shelf.rows, shelf.heads
            whole = gen != heads.gen or place > heads.end
            start = 0 if whole else place
            found: list[tuple[int, int, dict[str, Any] | None]] = []
            if whole or place < heads.end:
                for row in rows.living():
                    if rows.offs[row] >= start:
                        payload = heads.read(rows.offs[row], rows.lens[row]) or b""
                        record = _record(payload) if holding in payload else None
                        found.append((rows.ids[row], rows.times[row], record))
            return Written(heads.gen, heads.end, whole, found)

    def cached(self, source: str, number: int) -> bool:
        """Whether a source still has an article of this number, as far as is known here."""
        with self._guard:
            return any(shelf.rows.find(number) >= 0 for shelf in self.library.select([source]))


def _record(payload: bytes) -> dict[str, Any] | None:
    try:
        found = loads(payload)
    except ValueError:
        return None
    return found if isinstance(found, dict) else None
