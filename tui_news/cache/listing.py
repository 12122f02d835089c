"""A list of articles that is a sequence of numbers until a row is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Iterable, Sequence
from itertools import pairwise
from typing import overload

from tui_news.cache.codec import hex_id, hex_ids
from tui_news.cache.rows import Rows
from tui_news.model import Article

_ROW = (1 << 32) - 1
_FEW = 1_000
Decode = Callable[[Rows, int], Article]


class Listing(Sequence[Article]):
    """Heads of articles, newest first, as they stood when it was made; each is decoded when asked for.

    An article that has been dropped since comes as one with its id and no headline.
    """

    __slots__ = ("_decode", "_ids", "_refs", "_rows")

    def __init__(self, rows: Sequence[Rows], refs: array[int], decode: Decode) -> None:
        self._rows = rows
        self._refs = refs
        self._decode = decode
        self._ids: tuple[str, ...] | None = None

    def __len__(self) -> int:
        return len(self._refs)

    @overload
    def __getitem__(self, index: int) -> Article: ...

    @overload
    def __getitem__(self, index: slice) -> Listing: ...

    def __getitem__(self, index: int | slice) -> Article | Listing:
        if isinstance(index, slice):
            return Listing(self._rows, self._refs[index], self._decode)
        ref = self._refs[index]
        return self._decode(self._rows[ref >> 32], ref & _ROW)

    def id(self, index: int) -> str:
        """The id of one row, without decoding it."""
        ref = self._refs[index]
        return hex_id(self._rows[ref >> 32].ids[ref & _ROW])

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all rows."""
        if self._ids is None:
            columns = [rows.ids for rows in self._rows]
            self._ids = tuple(hex_ids([columns[ref >> 32][ref & _ROW] for ref in self._refs]))
        return self._ids


class Order:
    """All living rows of some sources, newest first: made once, kept up as articles come and go."""

    def __init__(self, rows: Sequence[Rows]) -> None:
        self.rows = tuple(rows)
        self.known = [(len(r.ids), r.dropped, r.moved) for r in rows]
        refs: list[int] = []
        keys: list[int] = []
        for number, column in enumerate(rows):
            order = column.order()
            times = column.times
            base = number << 32
            refs += [base | row for row in order]
            keys += [times[row] for row in order]
        if len(rows) > 1:
            # Sorted runs, so the sort only merges; floats compare fastest and are exact until 2255.
            floats = list(map(float, keys))
            at = sorted(range(len(refs)), key=floats.__getitem__, reverse=True)
            keys = [keys[i] for i in at]
            refs = [refs[i] for i in at]
        self.times = array("q", keys)
        self.refs = array("Q", refs)
        if len(rows) > 1:
            self._settle_ties()

    def _id(self, ref: int) -> int:
        return self.rows[ref >> 32].ids[ref & _ROW]

    def _settle_ties(self) -> None:
        """Put rows of the same time in order of id."""
        times, refs = self.times.tolist(), self.refs
        ties = [i for i, (a, b) in enumerate(pairwise(times)) if a <= b]
        at = 0
        while at < len(ties):
            begin = ties[at]
            end = begin + 2
            while at + 1 < len(ties) and ties[at + 1] == end - 1:
                at += 1
                end += 1
            at += 1
            part = sorted(
                zip(times[begin:end], map(self._id, refs[begin:end]), refs[begin:end], strict=True),
                reverse=True,
            )
            refs[begin:end] = array("Q", [ref for _, _, ref in part])
            self.times[begin:end] = array("q", [time for time, _, _ in part])

    def follow(self, rows: Sequence[Rows]) -> bool:
        """Take in what came and went since; False when it is better made anew."""
        if len(rows) != len(self.rows) or any(a is not b for a, b in zip(rows, self.rows, strict=True)):
            return False
        now = [(len(r.ids), r.dropped, r.moved) for r in rows]
        if now == self.known:
            return True
        came: list[int] = []
        gone = False
        for number, (old, new) in enumerate(zip(self.known, now, strict=True)):
            if old[2] != new[2] or new[0] - old[0] > _FEW:
                return False
            gone = gone or old[1] != new[1]
            came += [number << 32 | row for row in range(old[0], new[0]) if rows[number].alive[row]]
        if len(came) > _FEW:
            return False
        if gone:
            alive = [r.alive for r in rows]
            kept = [at for at, ref in enumerate(self.refs) if alive[ref >> 32][ref & _ROW]]
            self.times = array("q", [self.times[at] for at in kept])
            self.refs = array("Q", [self.refs[at] for at in kept])
        for ref in came:
            time = rows[ref >> 32].times[ref & _ROW]
            at = self._place(time, self._id(ref))
            self.times.insert(at, time)
            self.refs.insert(at, ref)
        self.known = now
        return True

    def _place(self, time: int, id: int) -> int:
        low, high = 0, len(self.refs)
        while low < high:
            middle = (low + high) // 2
            if (self.times[middle], self._id(self.refs[middle])) > (time, id):
                low = middle + 1
            else:
                high = middle
        return low

    def since(self, moment: int) -> int:
        """How many rows are not older than `moment` (microseconds)."""
        return self._place(moment - 1, 1 << 62)

    def with_flags(self, count: int, mask: int, wanted: int) -> array[int]:
        """The first `count` refs whose reader's flags, under `mask`, are `wanted`."""
        flags = [rows.flags or b"" for rows in self.rows]
        refs: Iterable[int] = self.refs if count == len(self.refs) else self.refs[:count]
        return array("Q", [ref for ref in refs if flags[ref >> 32][ref & _ROW] & mask == wanted])
