"""Strokes: the runs of cells to write between two screens, and the writing of them."""

from __future__ import annotations

from itertools import compress, groupby
from operator import itemgetter, ne
from typing import NamedTuple

from tui_news.ui.painter.cells import Row, reach
from tui_news.ui.painter.pens import CLEAN, Cell, Pen
from tui_news.ui.painter.policy import Policy
from tui_news.ui.painter.stylus import Stylus

__all__ = ["Sheet", "Stroke", "by_pen", "draw", "erasable", "strokes"]

_LEAST = 3  # bytes of the shortest jump to the right
_SHORT = 6  # blanks that are written, whatever follows
_GAP = 8  # unchanged cells that may be cheaper to write again than to jump over


_text = itemgetter(0)
_pen = itemgetter(1)


class Stroke(NamedTuple):
    """Cells `start` to `end` (exclusive) of row `y`; with `tail`, erase from `start` to the row's end, or
    from any cell between `blank` and it, for they are blank already."""

    y: int
    start: int
    end: int
    tail: bool = False
    blank: int = 0


class Piece(NamedTuple):
    """Cells `start` to `end` (exclusive) that are written at once: text of one pen, blanks of one (`text` is
    then None), or a single cluster of doubtful width, which may be drawn over as many as `reach` cells."""

    pen: Pen
    text: str | None
    start: int
    end: int
    reach: int = 0


class Sheet:
    """The rows that are to be shown, and what several ways to write them have in common."""

    def __init__(self, rows: list[Row], policy: Policy) -> None:
        self.rows = rows
        self.policy = policy
        self._doubtful: dict[int, bool] = {}
        self._pieces: dict[tuple[int, int, int], list[Piece]] = {}

    def doubtful(self, y: int) -> bool:
        """Whether there is a cluster in the row on whose width terminals disagree."""
        found = self._doubtful.get(y)
        if found is None:
            found = False
            texts = list(map(_text, self.rows[y]))
            if not "".join(texts).isascii():
                wide = self.policy.ambiguous_wide
                found = any(reach(text, wide) for text in set(texts))
            self._doubtful[y] = found
        return found

    def pieces(self, y: int, start: int, end: int) -> list[Piece]:
        """The cells as pieces."""
        key = (y, start, end)
        found = self._pieces.get(key)
        if found is None:
            cut = self._cut if self.doubtful(y) else _cut_agreed
            found = self._pieces[key] = cut(self.rows[y], start, end)
        return found

    def _cut(self, row: Row, start: int, end: int) -> list[Piece]:
        pieces: list[Piece] = []
        text: list[str] = []
        pen = CLEAN
        at = x = start
        while x < end:
            cell = row[x]
            if cell[0] == " ":
                stop = x + 1
                while stop < end and (row[stop] is cell or row[stop] == cell):
                    stop += 1
                if text and stop - x <= _SHORT and pen.blank is cell[1]:
                    text.append(" " * (stop - x))
                else:
                    if text:
                        pieces.append(Piece(pen, "".join(text), at, x))
                        text = []
                    pieces.append(Piece(cell[1], None, x, stop))
                x = stop
                continue
            wide = x + 1 < len(row) and row[x + 1][0] == ""
            far = 0 if cell[0].isascii() else reach(cell[0], self.policy.ambiguous_wide)
            if text and (far or pen is not cell[1]):
                pieces.append(Piece(pen, "".join(text), at, x))
                text = []
            if far:
                pieces.append(Piece(cell[1], cell[0], x, x + 2 if wide else x + 1, far))
            else:
                if not text:
                    pen, at = cell[1], x
                text.append(cell[0])
            x += 2 if wide else 1
        if text:
            pieces.append(Piece(pen, "".join(text), at, x))
        return pieces


def _cut_agreed(row: Row, start: int, end: int) -> list[Piece]:
    """The same for a row of whose widths terminals agree: by runs of one pen, in place of cell by cell."""
    pieces: list[Piece] = []
    text: list[str] = []
    pen = CLEAN
    at = x = start
    for own, run in groupby(row[start:end], _pen):
        texts = list(map(_text, run))
        # Only a pen that draws blanks as they are can have blanks and text in one run.
        parts = [list(part) for _, part in groupby(texts, " ".__eq__)] if own.blank is own else [texts]
        for part in parts:
            size = len(part)
            if part[0] == " ":
                if not (text and size <= _SHORT and pen.blank is own):
                    if text:
                        pieces.append(Piece(pen, "".join(text), at, x))
                        text = []
                    pieces.append(Piece(own, None, x, x + size))
                    x += size
                    continue
            elif pen is not own or not text:
                if text:
                    pieces.append(Piece(pen, "".join(text), at, x))
                    text = []
                pen, at = own, x
            text += part
            x += size
    if text:
        # The right half of a wide cluster may be no change, but is written with the left one.
        half = text[-1] not in ("", " ") and end < len(row) and row[end][0] == ""
        pieces.append(Piece(pen, "".join(text), at, x + half))
    return pieces


def strokes(old: list[Row], sheet: Sheet) -> tuple[list[Stroke], set[int]]:
    """What differs, in reading order, and the rows in which some of it is of doubtful width."""
    new, policy = sheet.rows, sheet.policy
    found: list[Stroke] = []
    wary: set[int] = set()
    for y, row in enumerate(new):
        before = old[y]
        if row is before:
            continue
        flags = bytes(map(ne, row, before))
        if 1 not in flags:
            continue
        changed = list(compress(range(len(row)), flags))
        if sheet.doubtful(y) and (spread := _spread(row, changed, policy)):
            wary.add(y)
            changed = spread
        tail = _tail(row, policy)
        if tail < len(row):
            inside = [x for x in changed if x >= tail]
            if inside and inside[-1] - inside[0] >= 3:
                changed = changed[: -len(inside)]
                found += _runs(y, changed, row)
                found.append(Stroke(y, inside[0], len(row), tail=True, blank=tail))
                continue
        found += _runs(y, changed, row)
    return found, wary


def _runs(y: int, changed: list[int], row: Row) -> list[Stroke]:
    """Neighbouring columns joined, over gaps that no jump is shorter than."""
    if not changed:
        return []
    runs: list[Stroke] = []
    start = before = changed[0]
    for x in changed:
        gap = x - before
        if gap > 1 and (gap > _LEAST + 1 or not _plain_gap(row, before + 1, x)):
            runs.append(Stroke(y, start, before + 1))
            start = x
        before = x
    runs.append(Stroke(y, start, before + 1))
    return runs


def _plain_gap(row: Row, start: int, end: int) -> bool:
    """Whether cells that did not change take a byte each, with the pen of the cells before and after."""
    pen = row[start - 1][1]
    for text, own in row[start:end]:
        if not (own is pen or (text == " " and own is pen.blank)) or not text or not text.isascii():
            return False
    text, own = row[end]
    return own is pen or (text == " " and own is pen.blank)


def _spread(row: Row, changed: list[int], policy: Policy) -> list[int] | None:
    """`changed` and what a doubtful cluster may be drawn over; None if there is no such cluster."""
    dirty: set[int] = set(changed)
    wary = False
    until = 0  # cells before this one are to be written again
    for x in range(changed[0], len(row)):
        text = row[x][0]
        if x < until or (text == "" and x - 1 in dirty):
            dirty.add(x)
        if x in dirty and not text.isascii() and (cells := reach(text, policy.ambiguous_wide)):
            wary = True
            until = max(until, x + cells)
    return sorted(dirty) if wary else None


def _tail(row: Row, policy: Policy) -> int:
    """Where the blanks begin that reach to the row's end and may be erased; the row's length if none may."""
    last = row[-1]
    if last[0] != " " or not erasable(last[1], policy):
        return len(row)
    x = len(row) - 1
    while x and (row[x - 1] is last or row[x - 1] == last):
        x -= 1
    return x


def erasable(blank: Pen, policy: Policy) -> bool:
    """Whether erasing leaves such a blank on this terminal."""
    return blank.clean and (not blank.bg or policy.erase_colored)


def by_pen(found: list[Stroke], sheet: Sheet, pen: Pen | None, columns: bool) -> list[Stroke]:
    """The same cells cut where the pen changes and ordered by pen, so that each is dipped into once.

    With `columns`, what one pen draws is ordered downwards: in a list most rows change at the same places,
    and from one row to the next it is two bytes and some backspaces.
    """
    groups: dict[Pen, list[Stroke]] = {}
    if pen is not None:
        groups[pen] = []
    for stroke in found:
        row = sheet.rows[stroke.y]
        if stroke.tail:
            _group(groups, row[stroke.start][1]).append(stroke)
            continue
        start = stroke.start
        current: Pen | None = None
        for own, text, x, _, _ in sheet.pieces(stroke.y, start, stroke.end):
            blank = text is None
            if current is None or (current.blank is current and own.blank is current):
                current = own
            elif own is not current and not (blank and current.blank is own):
                _group(groups, current).append(Stroke(stroke.y, start, x))
                start, current = x, own
        if current is not None:
            _group(groups, current).append(Stroke(stroke.y, start, stroke.end))
    if columns:
        for group in groups.values():
            group.sort(key=lambda stroke: (stroke.start, stroke.y))
    return [stroke for group in groups.values() for stroke in group]


def _group(groups: dict[Pen, list[Stroke]], pen: Pen) -> list[Stroke]:
    """The group of a pen; a blank's pen goes with a pen that draws such blanks."""
    found = groups.get(pen)
    if found is None:
        if pen.blank is pen:
            for other, group in groups.items():
                if other.blank is pen:
                    return group
        found = groups[pen] = []
    return found


def draw(stylus: Stylus, found: list[Stroke], sheet: Sheet, old: list[Row]) -> None:
    """Write the strokes in their order."""
    for stroke in found:
        row = sheet.rows[stroke.y]
        if stroke.tail:
            stylus.go_between(stroke.blank, stroke.start, stroke.y)
            stylus.dip_eraser(row[-1][1])
            stylus.out.append("\x1b[K")
            continue
        if not _bridge(stylus, stroke, row, sheet.policy):
            stylus.go(stroke.start, stroke.y)
        _draw_run(stylus, stroke, sheet, old[stroke.y])


def _fits(pen: Pen | None, cell: Cell) -> bool:
    return pen is not None and (pen is cell[1] or (cell[0] == " " and pen.blank is cell[1]))


def _bridge(stylus: Stylus, stroke: Stroke, row: Row, policy: Policy) -> bool:
    """Write the unchanged cells between cursor and stroke again, where that is shorter than a jump."""
    x = stylus.x
    if stylus.y != stroke.y or x is None or not 0 < stroke.start - x <= _GAP:
        return False
    cells = row[x : stroke.start]
    if cells[0][0] == "" or not all(_fits(stylus.pen, cell) for cell in cells):
        return False
    if any(reach(cell[0], policy.ambiguous_wide) for cell in cells):
        return False
    text = "".join(cell[0] for cell in cells)
    if len(text.encode()) > len(stylus.way(stroke.start, stroke.y)):
        return False
    stylus.write(text, stroke.start)
    return True


def _draw_run(stylus: Stylus, stroke: Stroke, sheet: Sheet, before: Row) -> None:
    row, y, policy = sheet.rows[stroke.y], stroke.y, sheet.policy
    until = 0  # how far a doubtful cluster before may have been drawn
    for pen, text, x, stop, far in sheet.pieces(y, stroke.start, stroke.end):
        if stylus.x != x:
            stylus.go(x, y)
        if text is None:
            if not _erase(stylus, pen, x, stop, stroke, before, row, policy):
                if not _fits(stylus.pen, row[x]):
                    stylus.dip_blank(pen)
                stylus.write(" " * (stop - x), stop)
        elif far:
            stylus.dip(pen)
            if stop - x == 2 and (x < until or before[x + 1] != pen.cells[" "]):
                _clear_under(stylus, x, y)
            until = max(until, x + far)
            stylus.out.append(text)
            stylus.x = None
        else:
            stylus.dip(pen)
            stylus.write(text, stop)


def _erase(
    stylus: Stylus, pen: Pen, x: int, stop: int, stroke: Stroke, before: Row, row: Row, policy: Policy
) -> bool:
    """Erase blanks, where that is shorter than to write them."""
    count = stop - x
    if count <= _SHORT or not erasable(pen, policy):
        return False
    # Erasing the left half of a wide cluster would leave its right half, which tmux, once that is written,
    # blanks together with the left one and without colours.
    if stop < len(row) and before[stop][0] == "":
        return False
    erase = f"\x1b[{count}X"
    if len(erase) + (len(f"\x1b[{count}C") if stop < stroke.end else 0) >= count:
        return False
    stylus.dip_eraser(pen)
    stylus.out.append(erase)
    return True


def _clear_under(stylus: Stylus, x: int, y: int) -> None:
    """Blank both cells of a wide doubtful cluster, in case the terminal draws it on one only."""
    if stylus.x != x:
        stylus.go(x, y)
    stylus.write("  ", x + 2)
    stylus.go(x, y)
