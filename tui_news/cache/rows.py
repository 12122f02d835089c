"""The index of one source in memory: columns of numbers, and the derived file that spares a scan.

About 50 bytes an article. A row's number never changes; rows are only added, altered or marked dead.
The first `sorted_rows` of them are in order of id, so that the file can be used as it is read.
"""

from __future__ import annotations

from _operator import and_
from array import array
from bisect import bisect_left

from tui_news.cache import derived
from tui_news.cache.bits import HIDDEN, SEEN

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from pathlib import Path

MAX_TOMBS = 5_000
_IS_SEEN = bytes([bool(value & SEEN) for value in range(256)])
_IS_HIDDEN = bytes([bool(value & HIDDEN) for value in range(256)])
_COLUMNS = ("ids", "times", "offs", "lens", "prints", "alts")


class Rows:
    """Articles of a source by row."""

    def __init__(self) -> None:
        self.ids = array("Q")
        self.times = array("q")
        """When each was published (microseconds)."""
        self.offs = array("Q")
        self.lens = array("I")
        """Where its head record stands."""
        self.prints = array("Q")
        """Fingerprint of what the feed said of it."""
        self.alts = array("Q")
        """Its second identity: canonical permalink with headline; 0 for none."""
        self.alive = bytearray()
        self.tombs: dict[int, tuple[int, int]] = {}
        """Dropped ids with their second identity and time, oldest first."""
        self.gone: set[int] = set()
        """The ids of living articles that were withdrawn."""
        self.flags: bytearray | None = None
        """The reader's flags of each row; None until somebody needs them."""
        self.unread = 0
        """Living rows neither read nor hidden; true while `flags` is there."""
        self.hidden = 0
        """Living rows that are hidden; true while `flags` is there."""
        self.sorted_rows = 0
        self.total = 0
        self.dropped = 0
        """How many rows have died."""
        self.moved = 0
        """How many times a row's time has changed."""
        self._flag_of: Callable[[int], int] | None = None
        self._extra: dict[int, int] = {}
        self._by_alt: dict[int, list[int]] | None = None
        self._order: array[int] | None = None

    def find(self, id: int) -> int:
        """The row of an id, -1 when there is none (alive)."""
        row = self._extra.get(id, -1)
        if row < 0:
            at = bisect_left(self.ids, id, 0, self.sorted_rows)
            row = at if at < self.sorted_rows and self.ids[at] == id else -1
        return row if row >= 0 and self.alive[row] else -1

    def put(self, id: int, time: int, off: int, length: int, print_: int, alt: int) -> int:
        """Add a row, or alter the one of this id; its number."""
        row = self.find(id)
        if self.tombs:
            self.tombs.pop(id, None)
        if row >= 0:
            if self.alts[row] != alt:
                self._by_alt = None
            if self.times[row] != time:
                self._order = None
                self.moved += 1
            self.times[row], self.offs[row], self.lens[row] = time, off, length
            self.prints[row], self.alts[row] = print_, alt
            return row
        row = len(self.ids)
        self.ids.append(id)
        self.times.append(time)
        self.offs.append(off)
        self.lens.append(length)
        self.prints.append(print_)
        self.alts.append(alt)
        self.alive.append(1)
        if row == self.sorted_rows and (row == 0 or self.ids[row - 1] < id):
            self.sorted_rows += 1
        else:
            self._extra[id] = row
        self.total += 1
        if self._order is not None:
            self._order.insert(self._place(time, id), row)
        if self._by_alt is not None and alt:
            self._by_alt.setdefault(alt, []).append(row)
        if self.flags is not None:
            value = self._flag_of(id) if self._flag_of else 0
            self.flags.append(value)
            self.unread += not value & SEEN
            self.hidden += bool(value & HIDDEN)
        return row

    def drop(self, id: int) -> None:
        """Mark an article dead."""
        row = self.find(id)
        if row < 0:
            return
        self.alive[row] = 0
        self.gone.discard(id)
        self._extra.pop(id, None)
        self.total -= 1
        self.dropped += 1
        self._order = None
        self._by_alt = None
        if self.flags is not None:
            self.unread -= not self.flags[row] & SEEN
            self.hidden -= bool(self.flags[row] & HIDDEN)

    def bury(self, id: int, alt: int, time: int) -> None:
        """Note a tombstone; the oldest ones go when there are too many."""
        self.tombs.pop(id, None)
        self.tombs[id] = (alt, time)
        if len(self.tombs) > MAX_TOMBS:
            del self.tombs[next(iter(self.tombs))]

    def wear(self, flag_of: Callable[[int], int], flags: Mapping[int, int]) -> None:
        """Take the reader's flags of each row from `flags`, the first time."""
        if self.flags is None:
            get = flags.get
            self.flags = bytearray([get(id, 0) for id in self.ids])
            self._flag_of = flag_of
            self.unread = self.total - sum(map(and_, self.flags.translate(_IS_SEEN), self.alive))
            any_hidden = max(self.flags, default=0) >= HIDDEN
            self.hidden = sum(map(and_, self.flags.translate(_IS_HIDDEN), self.alive)) if any_hidden else 0

    def change(self, row: int, value: int) -> None:
        """Note new flags of a row, if flags are kept."""
        if self.flags is not None:
            old = self.flags[row]
            self.unread += (not value & SEEN) - (not old & SEEN)
            self.hidden += bool(value & HIDDEN) - bool(old & HIDDEN)
            self.flags[row] = value

    def between(self, low: int, high: int) -> list[int]:
        """The living ids from `low` to `high`, both included."""
        begin = bisect_left(self.ids, low, 0, self.sorted_rows)
        end = bisect_left(self.ids, high + 1, begin, self.sorted_rows)
        found = [self.ids[row] for row in range(begin, end) if self.alive[row]]
        return found + [id for id in self._extra if low <= id <= high]

    def by_alt(self, alt: int) -> list[int]:
        """The living rows of a second identity."""
        if self._by_alt is None:
            self._by_alt = {}
            for row, value in enumerate(self.alts):
                if value and self.alive[row]:
                    self._by_alt.setdefault(value, []).append(row)
        return self._by_alt.get(alt, [])

    def living(self) -> list[int]:
        """The rows that are alive, by number."""
        if not self.dropped:
            return list(range(len(self.ids)))
        return [row for row, alive in enumerate(self.alive) if alive]

    def order(self) -> array[int]:
        """The living rows, newest first by (time, id)."""
        if self._order is None:
            ids, times = self.ids, self.times
            rows = self.living()
            rows.sort(key=ids.__getitem__, reverse=True)
            rows.sort(key=times.__getitem__, reverse=True)
            self._order = array("I", rows)
        return self._order

    def newer_than(self, time: int) -> int:
        """How many living rows are newer."""
        order = self.order()
        return self._place(time, 1 << 62) if len(order) else 0

    def _place(self, time: int, id: int) -> int:
        """Where a new row belongs in the order."""
        order = self._order or array("I")
        low, high = 0, len(order)
        while low < high:
            middle = (low + high) // 2
            row = order[middle]
            if (self.times[row], self.ids[row]) > (time, id):
                low = middle + 1
            else:
                high = middle
        return low

    # --- the derived file -----------------------------------------------------------------------------

    def save(self, path: Path, gen: str, covers: int) -> None:
        """Write the index of journal generation `gen` up to offset `covers`. Raises `CacheError`."""
        living = self.living()
        living.sort(key=self.ids.__getitem__)
        place = {row: at for at, row in enumerate(living)}
        parts = []
        for name in _COLUMNS:
            column: array[int] = getattr(self, name)
            parts.append(array(column.typecode, [column[row] for row in living]).tobytes())
        parts += [
            array("I", [place[row] for row in self.order()]).tobytes(),
            array("Q", self.tombs).tobytes(),
            array("Q", [alt for alt, _ in self.tombs.values()]).tobytes(),
            array("q", [time for _, time in self.tombs.values()]).tobytes(),
        ]
        gone = sorted(self.gone)
        parts.append(array("Q", gone).tobytes())
        head = {
            "gen": gen, "covers": covers, "rows": len(living), "tombs": len(self.tombs), "gone": len(gone)
        }  # fmt: skip
        blob = b"".join(parts)
        derived.save(path, head, blob)

    @classmethod
    def load(cls, path: Path) -> tuple[Rows, str, int] | None:
        """Rows, generation and covered offset; None when the file is absent, damaged or another's."""
        found = derived.load(path)
        if found is None:
            return None
        head, blob = found
        try:
            rows, count, at = cls(), int(head["rows"]), 0
            rows._order = array("I")
            columns: list[array[int]] = [getattr(rows, name) for name in _COLUMNS]
            for column in (*columns, rows._order):
                size = count * column.itemsize
                column.frombytes(blob[at : at + size])
                at += size
                if len(column) != count:
                    return None
            if at < len(blob):
                size = 8 * int(head["tombs"])
                tombs, alts, times = array("Q"), array("Q"), array("q")
                tombs.frombytes(blob[at : at + size])
                alts.frombytes(blob[at + size : at + 2 * size])
                times.frombytes(blob[at + 2 * size : at + 3 * size])
                rows.tombs = dict(zip(tombs, zip(alts, times, strict=True), strict=True))
                gone = array("Q", blob[at + 3 * size :])
                if len(gone) != int(head.get("gone", 0)):
                    return None
                rows.gone = set(gone)
            gen, covers = str(head["gen"]), int(head["covers"])
        except (ValueError, KeyError, TypeError, OverflowError):
            return None
        rows.alive = bytearray(b"\1") * count
        rows.sorted_rows = rows.total = count
        return rows, gen, covers
