"""A list of articles that is a sequence of numbers until a row is looked at."""

from __future__ import annotations

from array import array
from collections.abc import Callable, Sequence
from typing import overload

from tui_news.cache.codec import hex_id
from tui_news.cache.rows import Rows
from tui_news.model import Article

_ROW = (1 << 32) - 1
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
            self._ids = tuple([f"{columns[ref >> 32][ref & _ROW]:012x}" for ref in self._refs])
        return self._ids


class Order:
    """All living rows of some sources, newest first: made once, kept up as articles come."""

    def __init__(self, rows: Sequence[Rows]) -> None:
        self.rows = tuple(rows)
        self.sizes = [(len(r.ids), r.total) for r in rows]
        refs: list[int] = []
        keys: list[int] = []
        for number, column in enumerate(rows):
            order = column.order()
            times = column.times
            base = number << 32
            refs.extend([base | row for row in order])
            keys.extend([times[row] for row in order])
        # Sorted runs: the merge is nearly linear. Equal times are put in order of id afterwards.
        at = sorted(range(len(refs)), key=keys.__getitem__, reverse=True)
        self.times = array("q", [keys[i] for i in at])
        self.refs = array("Q", [refs[i] for i in at])
        self._settle_ties()

    def _settle_ties(self) -> None:
        times, refs, rows = self.times, self.refs, self.rows
        ties = [i for i, (a, b) in enumerate(zip(times, times[1:], strict=False)) if a == b]
        at = 0
        while at < len(ties):
            begin = ties[at]
            end = begin + 2
            while at + 1 < len(ties) and ties[at + 1] == end - 1:
                at += 1
                end += 1
            at += 1
            part = sorted(refs[begin:end], key=lambda ref: rows[ref >> 32].ids[ref & _ROW], reverse=True)
            refs[begin:end] = array("Q", part)

    def fits(self, rows: Sequence[Rows]) -> bool:
        """Whether it is still true of these rows."""
        return (
            len(rows) == len(self.rows)
            and all(a is b for a, b in zip(rows, self.rows, strict=True))
            and self.sizes == [(len(r.ids), r.total) for r in rows]
            and all(r._order is not None for r in rows)
        )

    def since(self, moment: int) -> int:
        """How many rows are not older than `moment` (microseconds)."""
        low, high = 0, len(self.times)
        while low < high:
            middle = (low + high) // 2
            if self.times[middle] >= moment:
                low = middle + 1
            else:
                high = middle
        return low


def with_flags(order: Order, count: int, mask: int, wanted: int) -> array[int]:
    """The first `count` refs of an order whose reader's flags, under `mask`, are `wanted`."""
    flags = [rows.flags or b"" for rows in order.rows]
    refs = order.refs if count == len(order.refs) else order.refs[:count]
    return array("Q", [ref for ref in refs if flags[ref >> 32][ref & _ROW] & mask == wanted])
