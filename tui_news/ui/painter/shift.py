"""Shifts: which band of full-width rows moved up or down between two screens, if any did."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from tui_news.ui.painter.cells import Row, blank_row

__all__ = ["Shift", "find", "shifted"]

_OVERHEAD = 16  # about what it costs in bytes to set the margins, scroll and reset them
_TRIES = 2
_MAX_TWINS = 4  # a row found in more places says nothing about a shift


@dataclass(frozen=True, slots=True)
class Shift:
    """Rows `top` to `bottom` (inclusive) move up by `by` rows (down if negative).

    `clear` when it spares so much that no other way to the same screen need be tried.
    """

    top: int
    bottom: int
    by: int
    spared: int
    clear: bool


def find(old: list[Row], new: list[Row]) -> Shift | None:
    """The shift that spares most cells, if one looks worth while."""
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
    shifts = [_best(old, new, by) for by, count in votes.most_common(_TRIES) if count > 1]
    return max((shift for shift in shifts if shift is not None), key=lambda shift: shift.spared, default=None)


def shifted(old: list[Row], shift: Shift, fresh: Row) -> list[Row]:
    """`old` after the shift, with `fresh` where rows come in."""
    band = old[shift.top : shift.bottom + 1]
    new = [fresh] * min(abs(shift.by), len(band))
    band = [*band[shift.by :], *new] if shift.by > 0 else [*new, *band[: shift.by]]
    return [*old[: shift.top], *band, *old[shift.bottom + 1 :]]


def _best(old: list[Row], new: list[Row], by: int) -> Shift | None:
    """The band for which shifting by `by` rows spares most cells, if it spares any."""
    height = len(old)
    first, last = max(0, -by), min(height, height - by)
    best, best_start, best_end = 0, -1, -1
    total, start = 0, first
    # The contiguous rows with the greatest sum of what each spares.
    for y in range(first, last):
        total += _differ(new[y], old[y]) - _differ(new[y], old[y + by])
        if total <= 0:
            total, start = 0, y + 1
        elif total > best:
            best, best_start, best_end = total, start, y
    if best_start < 0:
        return None
    top, bottom = (best_start, best_end + by) if by > 0 else (best_start + by, best_end)
    blank = blank_row(len(old[0]))
    fresh = range(best_end + 1, bottom + 1) if by > 0 else range(top, best_start)
    lost = sum(_differ(new[y], blank) - _differ(new[y], old[y]) for y in fresh)
    spared = best - lost
    if spared <= _OVERHEAD:
        return None
    whole = sum(map(_differ, new, old))
    return Shift(top, bottom, by, spared, clear=4 * spared > 3 * whole)


def _differ(row: Row, other: Row) -> int:
    if row is other:
        return 0
    return sum(1 for one, two in zip(row, other, strict=True) if one is not two and one != two)
