"""The index of one source in memory: columns of numbers, and the derived file that spares a scan.

44 bytes an article. A row's number never changes; rows are only added, altered or marked dead. The
first `sorted_rows` of them are in order of id, so that the file can be used as it is read.
"""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from tui_news.cache.codec import dumps, frame, loads, unframe
from tui_news.cache.journal import replace_file

INDEX_FORMAT = 1
MAX_TOMBS = 5_000
_COLUMNS = (("ids", "Q"), ("times", "q"), ("offs", "Q"), ("lens", "I"), ("prints", "Q"), ("alts", "Q"))


@dataclass(slots=True)
class Rows:
    """Articles of a source by row: id, time (microseconds), place of the head record, fingerprint of what
    the feed said, and the second identity (canonical permalink with headline; 0 for none)."""

    ids: array[int] = field(default_factory=lambda: array("Q"))
    times: array[int] = field(default_factory=lambda: array("q"))
    offs: array[int] = field(default_factory=lambda: array("Q"))
    lens: array[int] = field(default_factory=lambda: array("I"))
    prints: array[int] = field(default_factory=lambda: array("Q"))
    alts: array[int] = field(default_factory=lambda: array("Q"))
    alive: bytearray = field(default_factory=bytearray)
    tombs: dict[int, tuple[int, int]] = field(default_factory=dict)
    """Dropped ids with their second identity and time, oldest first."""
    flags: bytearray | None = None
    """The reader's flags of each row; None until somebody needs them."""
    unread: int = 0
    """Living rows without the read flag; true while `flags` is there."""
    flag_of: Callable[[int], int] | None = None
    sorted_rows: int = 0
    total: int = 0
    _extra: dict[int, int] = field(default_factory=dict)
    _by_alt: dict[int, list[int]] | None = None
    _order: array[int] | None = None

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
        self.tombs.pop(id, None)
        if row >= 0:
            if self.alts[row] != alt:
                self._by_alt = None
            if self.times[row] != time:
                self._order = None
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
        self._order = None
        if self._by_alt is not None and alt:
            self._by_alt.setdefault(alt, []).append(row)
        if self.flags is not None:
            value = self.flag_of(id) if self.flag_of else 0
            self.flags.append(value)
            self.unread += not value & 1
        return row

    def drop(self, id: int) -> None:
        """Mark an article dead."""
        row = self.find(id)
        if row < 0:
            return
        self.alive[row] = 0
        self._extra.pop(id, None)
        self.total -= 1
        self._order = None
        self._by_alt = None
        if self.flags is not None:
            self.unread -= not self.flags[row] & 1

    def bury(self, id: int, alt: int, time: int) -> None:
        """Note a tombstone; the oldest ones go when there are too many."""
        self.tombs.pop(id, None)
        self.tombs[id] = (alt, time)
        if len(self.tombs) > MAX_TOMBS:
            del self.tombs[next(iter(self.tombs))]

    def wear(self, flag_of: Callable[[int], int], flags: Mapping[int, int]) -> bytearray:
        """The reader's flags of each row, taken from `flags` the first time."""
        if self.flags is None:
            get = flags.get
            self.flags = bytearray([get(id, 0) for id in self.ids])
            self.flag_of = flag_of
            read = sum(1 for value, alive in zip(self.flags, self.alive, strict=True) if value & alive)
            self.unread = self.total - read
        return self.flags

    def change(self, id: int, value: int) -> bool:
        """Note new flags of an article; whether it stands here."""
        row = self.find(id)
        if row < 0:
            return False
        if self.flags is not None:
            self.unread += (self.flags[row] & 1) - (value & 1)
            self.flags[row] = value
        return True

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

    def order(self) -> array[int]:
        """The living rows, newest first by (time, id)."""
        if self._order is None:
            ids, times, alive = self.ids, self.times, self.alive
            rows = [row for row in range(len(ids)) if alive[row]]
            rows.sort(key=lambda row: (times[row], ids[row]), reverse=True)
            self._order = array("I", rows)
        return self._order

    def newest(self, count: int) -> list[int]:
        """The newest living rows, without sorting all of them when the order is not known."""
        if self._order is None and len(self.ids) > 4 * count:
            from heapq import nlargest

            living = [row for row in range(len(self.ids)) if self.alive[row]]
            return nlargest(count, living, key=lambda row: (self.times[row], self.ids[row]))
        return self.order()[:count].tolist()

    # --- the derived file -----------------------------------------------------------------------------

    def save(self, path: Path, gen: str, covers: int) -> None:
        """Write the index of journal generation `gen` up to offset `covers`. Raises `CacheError`."""
        living = [row for row in range(len(self.ids)) if self.alive[row]]
        living.sort(key=self.ids.__getitem__)
        blob = b"".join(
            array(code, [getattr(self, name)[row] for row in living]).tobytes() for name, code in _COLUMNS
        )
        blob += array("Q", self.tombs).tobytes()
        blob += array("Q", [alt for alt, _ in self.tombs.values()]).tobytes()
        blob += array("q", [time for _, time in self.tombs.values()]).tobytes()
        head = {
            "index": INDEX_FORMAT, "gen": gen, "covers": covers, "rows": len(living),
            "tombs": len(self.tombs), "crc": crc32(blob), "order": sys.byteorder,
        }  # fmt: skip
        replace_file(path, (frame(dumps(head)), blob), sync=False)

    @classmethod
    def load(cls, path: Path) -> tuple[Rows, str, int] | None:
        """Rows, generation and covered offset; None when the file is absent, damaged or another's."""
        try:
            data = path.read_bytes()
        except OSError:
            return None
        line, _, blob = data.partition(b"\n")
        try:
            head: dict[str, Any] = loads(unframe(line) or b"null")
            if head["index"] != INDEX_FORMAT or head["order"] != sys.byteorder or head["crc"] != crc32(blob):
                return None
            rows, count, at = cls(), int(head["rows"]), 0
            for name, _ in _COLUMNS:
                column: array[int] = getattr(rows, name)
                size = count * column.itemsize
                column.frombytes(blob[at : at + size])
                at += size
            size = 8 * int(head["tombs"])
            tombs, alts, times = array("Q"), array("Q"), array("q")
            tombs.frombytes(blob[at : at + size])
            alts.frombytes(blob[at + size : at + 2 * size])
            times.frombytes(blob[at + 2 * size :])
            rows.tombs = dict(zip(tombs, zip(alts, times, strict=True), strict=True))
            gen, covers = str(head["gen"]), int(head["covers"])
        except (ValueError, KeyError, TypeError):
            return None
        rows.alive = bytearray(b"\1") * count
        rows.sorted_rows = rows.total = count
        return rows, gen, covers
