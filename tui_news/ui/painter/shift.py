"""Shifts: which band of rows moved up or down between two screens, whole or between two columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from itertools import accumulate
from operator import ne

from tui_news.ui.painter.cells import Row, blank_row

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

__all__ = ["Shift", "find", "find_columns", "shifted"]

_OVERHEAD = 12  # about what it costs in bytes to scroll, where the margins may have to be set
_COLUMNS = 24  # the same with margins at the sides, which are set and reset each time
_WAY = 3
_MARGINS = 10  # bytes to set other margins now, and back the next time
_TRIES = 2
_MAX_TWINS = 4  # a row found in more places says nothing about a shift
_TELLING = 16  # cells of text in a row that tells a shift all by itself
_NARROW = 3  # columns; for fewer, scrolling them alone is not looked at


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows `top` to `bottom` (inclusive) move up by `by` rows (down if negative), between the columns `left`
    and `right` (exclusive).

    `clear` when it spares so much that no other way to the same screen need be tried.
    """

    top: int
    bottom: int
    by: int
    spared: int
    clear: bool
    left: int
    right: int


def find(
    old: Sequence[Row], new: Sequence[Row], kept: tuple[int, int] | None = None, overhead: int = _OVERHEAD
) -> Shift | None:
    """The shift of whole rows that spares most, if one looks worth it. `kept`: the margins that are set."""
    changed = [y for y, row in enumerate(new) if row is not old[y] and row != old[y]]
    if len(changed) < 3:
        return None
    places: dict[tuple[object, ...], list[int]] = {}
    for y, row in enumerate(old):
        if row.count(row[0]) != len(row):
            places.setdefault(tuple(row), []).append(y)
    votes: Counter[int] = Counter()
    for y in changed:
        found = places.get(tuple(new[y]), ())
        if len(found) <= _MAX_TWINS:
            votes.update(at - y for at in found)
            if len(found) == 1 and len(new[y]) - new[y].count(new[y][-1]) >= _TELLING:
                votes[found[0] - y] += 1  # a page of text goes on from the last line of the one before
    tried = [by for by, count in votes.most_common(_TRIES) if count > 1 and by]
    if not tried:
        return None
    costs = _Costs(old, new)
    shifts = [_best(costs, by, overhead, kept) for by in tried]
    return max((shift for shift in shifts if shift is not None), key=lambda shift: shift.spared, default=None)


def find_columns(old: Sequence[Row], new: Sequence[Row], kept: tuple[int, int] | None = None) -> Shift | None:
    """The shift between those columns outside of which nothing changed, if that is not the whole width."""
    width = len(new[0])
    left, right = width, 0
    for before, row in zip(old, new, strict=True):
        if row is before:
            continue
        for x in range(left):
            if row[x] is not before[x] and row[x] != before[x]:
                left = x
                break
        for x in range(width - 1, right - 1, -1):
            if row[x] is not before[x] and row[x] != before[x]:
                right = x + 1
                break
    # No wide cluster may be cut in two.
    while 0 < left < right and any(row[left][0] == "" for rows in (old, new) for row in rows):
        left -= 1
    while right < width and any(row[right][0] == "" for rows in (old, new) for row in rows):
        right += 1
    if right - left < _NARROW or (left == 0 and right == width):
        return None
    found = find([row[left:right] for row in old], [row[left:right] for row in new], kept, _COLUMNS)
    if found is None:
        return None
    return Shift(found.top, found.bottom, found.by, found.spared, found.clear, left, right)


def shifted(old: list[Row], shift: Shift, fresh: Row) -> list[Row]:
    """`old` after the shift, with `fresh`, a row as wide as the shift, where rows come in."""
    left, right = shift.left, shift.right
    whole = left == 0 and right == len(old[0])
    band = [row if whole else row[left:right] for row in old[shift.top : shift.bottom + 1]]
    new = [fresh] * min(abs(shift.by), len(band))
    band = [*band[shift.by :], *new] if shift.by > 0 else [*new, *band[: shift.by]]
    if not whole:
        band = [[*row[:left], *part, *row[right:]] for row, part in zip(old[shift.top :], band, strict=False)]
    return [*old[: shift.top], *band, *old[shift.bottom + 1 :]]


class _Costs:
    """About what it costs to write each new row, in bytes."""

    def __init__(self, old: Sequence[Row], new: Sequence[Row]) -> None:
        self.old, self.new = old, new
        self._ends = [_end(row) for row in new]
        blank = blank_row(len(old[0]))
        self.stays = [self.over(y, row) for y, row in enumerate(old)]
        """In place."""
        self.anew = [self.over(y, blank) for y in range(len(new))]
        """On a row of blanks."""

    def over(self, y: int, other: Row) -> int:
        """Over another row: a byte a character that differs (blanks at the end are erased), and the way to
        each run of them."""
        row = self.new[y]
        if row is other:
            return 0
        flags = bytes(map(ne, row, other))
        if 1 not in flags:
            return 0
        end = self._ends[y]
        erased = min(_WAY, flags.count(1, end))
        # Over one cell in between, such as the blank between two words, is written, not jumped.
        flags = flags[:end].replace(b"\1\0\1", b"\1\1\1").replace(b"\1\0\1", b"\1\1\1")
        return erased + flags.count(1) + _WAY * (flags.count(b"\0\1") + flags[:1].count(1))


def _end(row: Row) -> int:
    """Where the blanks at the end begin."""
    end = len(row)
    while end and row[end - 1][0] == " ":
        end -= 1
    return end


def _best(costs: _Costs, by: int, overhead: int, kept: tuple[int, int] | None) -> Shift | None:
    """The band for which shifting by `by` rows spares most, if it spares any; rather that between the margins
    `kept`, which are set already."""
    old, stays, anew = costs.old, costs.stays, costs.anew
    height = len(old)
    # In the direction in which the text moves away, so that what comes in follows the band.
    order = range(height - by) if by > 0 else range(height - 1, -by - 1, -1)
    gains = [stays[y] - costs.over(y, old[y + by]) for y in order]
    rows = range(height) if by > 0 else range(height - 1, -1, -1)
    losses = [0, *accumulate(anew[y] - stays[y] for y in rows)]
    count = abs(by)

    def lost(end: int) -> int:
        return losses[end + 1 + count] - losses[end + 1]

    best, best_start, best_end = 0, -1, -1
    total, start = 0, 0
    for at, gain in enumerate(gains):
        total += gain
        if total <= 0:
            total, start = 0, at + 1
        elif total - lost(at) > best:
            best, best_start, best_end = total - lost(at), start, at
    if best_start < 0:
        return None
    if kept is not None:
        first, last = (kept[0], kept[1] - by) if by > 0 else (height - 1 - kept[1], height - 1 - kept[0] + by)
        if 0 <= first <= last < len(gains):
            spared = sum(gains[first : last + 1]) - lost(last)
            if spared + _MARGINS >= best:
                best, best_start, best_end = spared, first, last
    if best <= overhead:
        return None
    near, far = rows[best_start], rows[best_end + count]
    top, bottom = min(near, far), max(near, far)
    return Shift(top, bottom, by, best, 4 * best > 3 * sum(stays), 0, len(old[0]))
