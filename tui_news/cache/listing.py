"""A list of articles that is a sequence of numbers until a row is looked at."""

from __future__ import annotations

from array import array
from itertools import compress

from tui_news.cache.codec import hex_id, hex_ids
from tui_news.cache.rows import Rows
from tui_news.model import Article

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import TypeAlias, overload
else:
    from _collections_abc import Sequence  # what collections.abc hands out, without all of collections

_ROW = (1 << 32) - 1
_FEW = 1_000
Decode: TypeAlias = "Callable[[Rows, int], Article]"


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

    if TYPE_CHECKING:

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
        self.flags: bytearray | None = None
        """The reader's flags, row by row; None until they are asked for."""
        refs: list[int] = []
        keys: list[int] = []
        for number, column in enumerate(rows):
            order = column.order()
            times, ids = column.times, column.ids
            base = number << 32
            refs += [base | row for row in order]
            # Time and id in one number; sorted runs, so the sort only merges.
            keys += [(times[row] << 48) + ids[row] for row in order]
        if len(rows) > 1:
            at = sorted(range(len(refs)), key=keys.__getitem__, reverse=True)
            keys = [keys[i] for i in at]
            refs = [refs[i] for i in at]
        self.times = array("q", [key >> 48 for key in keys])
        self.refs = array("Q", refs)

    def _id(self, ref: int) -> int:
        return self.rows[ref >> 32].ids[ref & _ROW]

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
            self.flags = None
        for ref in came:
            time = rows[ref >> 32].times[ref & _ROW]
            at = self._place(time, self._id(ref))
            self.times.insert(at, time)
            self.refs.insert(at, ref)
            if self.flags is not None:
                column = rows[ref >> 32].flags
                self.flags.insert(at, column[ref & _ROW] if column else 0)
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
        """The first `count` refs whose reader's flags, under `mask`, are `wanted`. The rows wear them."""
        if self.flags is None:
            columns = [rows.flags or b"" for rows in self.rows]
            self.flags = bytearray([columns[ref >> 32][ref & _ROW] for ref in self.refs])
        table = bytes([value & mask == wanted for value in range(256)])
        refs = self.refs if count == len(self.refs) else self.refs[:count]
        return array("Q", compress(refs, self.flags.translate(table)))

    def change(self, id: int, time: int, value: int) -> None:
        """Note new flags of an article that was published at `time`."""
        if self.flags is not None:
            at = self._place(time, id)
            if at < len(self.refs) and self._id(self.refs[at]) == id:
                self.flags[at] = value
