"""A table laid out in columns: which of them are in sight, and where its cells stand."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tui_news.typeset.find import Place, hits
from tui_news.typeset.lines import Line, Options

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

GAP: Final = 2
"""Cells between columns; one more behind the first of a table that is moved, for the mark of what is out of
sight."""
MIN_COLUMN: Final = 6
"""No column is made narrower, unless it needs no more."""
WIDEST: Final = 32
"""Cells of a column of a table that is moved sideways, at most."""
LEAST_IN_SIGHT: Final = 4
"""With fewer columns than this in sight a table is easier read stacked."""


@dataclass(frozen=True, slots=True)
class CellPlace:
    """Where a cell of a table stands."""

    column: int
    text: str
    lines: tuple[tuple[int, int, Line], ...]
    """Of each of its lines the number among the table's, the cell of the screen that it begins at, and the
    line itself; none when the cell is out of sight."""


@dataclass(frozen=True, slots=True)
class Laid:
    """A table as it is laid out."""

    lines: list[Line]
    options: Options
    cells: tuple[CellPlace, ...] = ()
    """In the order of reading; none when the table is stacked."""
    head: range = range(0)
    """The lines of its head with the rule under it, when it stands in columns."""
    shift: int = -1
    """Columns that are out of sight between the first, which always stays, and the next; -1: stacked."""
    last_shift: int | None = None
    """The shift that brings up the last column; None when the table need not be moved."""

    def hits(self, pattern: re.Pattern[str]) -> list[list[Place]]:
        """The places of each match in the cells of a table that stands in columns; no place for a match in
        a cell that is out of sight."""
        out: list[list[Place]] = []
        for cell in self.cells:
            count = len(pattern.findall(cell.text))
            if count:
                found = hits(pattern, [line for _, _, line in cell.lines], 0, 1, self.options)[:count]
                out += [[_moved(place, cell.lines) for place in places] for places in found]
                out += [[]] * (count - len(found))
        return out

    def shift_for(self, pattern: re.Pattern[str], number: int) -> int | None:
        """The shift that brings up the cell with a match; None when it is in sight."""
        for cell in self.cells:
            number -= len(pattern.findall(cell.text))
            if number < 0:
                return None if cell.lines else min(self.last_shift or 0, max(0, cell.column - 1))
        return None


def _moved(place: Place, lines: Sequence[tuple[int, int, Line]]) -> Place:
    """A place within a cell as one within the table."""
    number, at, _line = lines[place[0]]
    return number, at + place[1], at + place[2]


def kept_widths(most: Sequence[int], room: int) -> list[int]:
    """Cells of each column of a table that is moved sideways: each can be seen whole beside the first."""
    first = min(most[0], max(MIN_COLUMN, room // 3))
    rest = max(1, min(WIDEST, room - first - 2 * GAP - 1))
    return [first, *(min(size, rest) for size in most[1:])]


def in_sight(widths: Sequence[int], shift: int, room: int) -> list[int]:
    """The columns that are shown of a table when `shift` of them are left out behind the first; one beside
    the first in any case. While there are more, room is kept for the mark at the edge."""
    out = [0]
    used = widths[0] + 1
    for column in range(1 + shift, len(widths)):
        used += GAP + widths[column]
        if used + (GAP if column < len(widths) - 1 else 0) > room and len(out) > 1:
            break
        out.append(column)
    return out
