"""The painter proper: it remembers what the terminal shows and says what to write to make it show the next.

Knows nothing of Textual: rows of cells go in, a string goes out. Several ways to the same screen are
composed (in place or after a shift; in reading order or pen by pen) and the shortest is taken, so that
every trick is used exactly when it pays.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

from tui_news.ui.painter import shift
from tui_news.ui.painter.cells import UNKNOWN, Row, blank_row, let_go
from tui_news.ui.painter.pens import CLEAN, Pen, Pens
from tui_news.ui.painter.policy import Policy
from tui_news.ui.painter.strokes import Sheet, Stroke, by_pen, draw, erasable, strokes
from tui_news.ui.painter.stylus import Stylus

__all__ = ["Painter", "Stats"]

_FEW = 16  # strokes; for fewer, ordering them by column is not worth trying
_LONG = 30  # cells of a stroke, from which on the same
_WIPE = 64  # bytes that a wipe must save where it can be seen
_SIDES = 12  # bytes that margins at the sides cost each time
_FRESH = 4  # rows that scroll in, up to which it is tried to erase them first


@dataclass(slots=True)
class Stats:
    """What the painter wrote: `updates` that wrote anything, `idle` ones that had no need to, bytes."""

    updates: int = 0
    idle: int = 0
    repaints: int = 0
    shifts: int = 0
    bytes: int = 0
    recent: deque[int] = field(default_factory=lambda: deque(maxlen=256))

    @property
    def last(self) -> int:
        """Bytes of the latest update that wrote anything."""
        return self.recent[-1] if self.recent else 0


@dataclass(slots=True)
class _Draft:
    """A way to begin: the stylus after it, what the terminal then shows, what is left, and that drawn."""

    start: Stylus
    old: list[Row]
    found: list[Stroke]
    wary: set[int]
    drawn: Stylus
    moved: bool
    columns: bool
    """Whether it scrolls between columns, so that DECLRMM is set after it."""
    ordered: Stylus | None = None
    """The same drawn in the best order, once that has been looked for."""

    def size(self) -> int:
        return _size(self.drawn)


class Painter:
    """The memory of one terminal."""

    def __init__(self, policy: Policy | None = None) -> None:
        self.policy = policy or Policy()
        self.pens = Pens(self.policy.colors, self.policy.links)
        self.stats = Stats()
        self._rows: list[Row] = []
        self._width = 0
        self._known = False
        self._x: int | None = None
        self._y: int | None = None
        self._pen: Pen | None = None
        self._margins: tuple[int, int] | None = None
        """What is set to scroll, for the next time: mostly the same rows scroll again."""
        self._columns = False
        self.synchronized = False
        """Whether larger updates are shown at once (DEC 2026)."""

    def use(self, policy: Policy) -> None:
        """Follow another policy from the next update on."""
        self.policy = policy
        self.pens.use(policy.colors, policy.links)

    def forget(self) -> None:
        """Know nothing of the terminal any more: the next update repaints it in full."""
        self._known = False

    def let_go(self) -> None:
        """Keep nothing that only makes drawing faster. It is found again when it is needed."""
        self.pens.let_go()
        let_go()

    def forget_cursor(self) -> None:
        """Cursor and pen were moved by somebody else; what the cells show is still known."""
        self._x = self._y = self._pen = None

    def adopt(self, rows: list[Row]) -> None:
        """Take it that the terminal shows `rows`, with a clean pen: somebody else has painted them."""
        self._rows, self._width, self._known = rows, len(rows[0]), True
        self._x = self._y = None
        self._pen = CLEAN
        self.stats.repaints += 1

    def knows(self, width: int, height: int) -> bool:
        """Whether the memory is of a terminal of this size; else `paint` needs every row."""
        return self._known and self._width == width and len(self._rows) == height

    @property
    def rows(self) -> list[Row]:
        """What the terminal shows, as a list to put new rows into. Rows themselves are never changed."""
        return self._rows.copy()

    def paint(self, rows: list[Row], park: tuple[int, int] | None = None) -> str:
        """What to write to make the terminal show `rows` (all of one width, at least one cell).

        `park` is where to leave the cursor; None leaves it where it happens to be. "" when nothing changed.
        """
        width, height = len(rows[0]), len(rows)
        fresh = not self.knows(width, height)
        old = [blank_row(width)] * height if fresh else self._rows
        start = Stylus(width, height, self.pens, self._x, self._y, self._pen, self.policy.linefeed)
        if self._margins is not None and not fresh:
            start.keep_margins(*self._margins)
        if fresh:
            # The pen first: erasing fills with its background.
            start.out.append("\x1b[r\x1b[m\x1b[H\x1b[J" if self.stats.repaints else "\x1b[m\x1b[H\x1b[J")
            if self._columns:
                start.out.insert(0, "\x1b[?69l")
                self._columns = False
            start.x = start.y = 0
            start.pen = CLEAN
        sheet = Sheet(rows, self.policy)
        draft = self._draft(start, old, sheet, fresh)
        best = self._ordered(draft, sheet)
        self._finish(best, park)
        text = best.text
        self._rows, self._width, self._known = rows, width, True
        self._x, self._y, self._pen = best.x, best.y, best.pen
        self._margins = (best.top, best.bottom) if best.margins else None
        self._columns = self._columns or draft.columns
        self._count(text, fresh, draft.moved)
        return text

    def farewell(self) -> str:
        """What to write before the terminal is given back: pen and margins as they were found."""
        text = "" if self._pen is CLEAN else "\x1b[m"
        self._pen = CLEAN
        return text + self.whole()

    def whole(self) -> str:
        """What to write so that all of the screen scrolls, for others who write to it; "" where it does."""
        text = "\x1b[?69l" if self._columns else ""
        if self._margins is not None:
            self._margins = self._x = self._y = None
            text += "\x1b[r"
        self._columns = False
        return text

    def _draft(self, start: Stylus, old: list[Row], sheet: Sheet, fresh: bool) -> _Draft:
        """The cheapest way to begin."""
        if fresh:
            return self._plain(start, old, sheet)
        new = sheet.rows
        found = shift.find(old, new, self._margins)
        if self.policy.columns:
            beside = shift.find_columns(old, new, self._margins)
            if beside is not None and (found is None or beside.spared > found.spared + _SIDES):
                found = beside
        moved = self._shifted(start, old, sheet, found) if found is not None else None
        if moved is not None and found is not None and found.clear:
            return moved
        best = self._plain(start, old, sheet)
        if moved is not None:
            best = self._shorter(best, moved, sheet)
        wiped = self._wiped(start.copy(), old, sheet, best)
        if wiped is None:
            return best
        # Where the terminal has no synchronized output the blank may be seen: not for a few bytes.
        seen = not self.synchronized and wiped.size() >= self.policy.sync_from
        return self._shorter(best, wiped, sheet, _WIPE if seen else 0)

    def _shorter(self, one: _Draft, other: _Draft, sheet: Sheet, least: int = 0) -> _Draft:
        """The one, unless the other is shorter by more than `least` bytes when both are in their best order.

        One that is much longer as we read is not ordered: that seldom saves a quarter.
        """
        sizes = one.size(), other.size()
        if max(sizes) > 1.5 * min(sizes) + least:
            return one if sizes[0] < sizes[1] else other
        shorter = _size(self._ordered(other, sheet)) < _size(self._ordered(one, sheet)) - least
        return other if shorter else one

    def _plain(
        self, start: Stylus, old: list[Row], sheet: Sheet, moved: bool = False, columns: bool = False
    ) -> _Draft:
        found, wary = strokes(old, sheet)
        drawn = start.copy()
        draw(drawn, found, sheet, old)
        return _Draft(start, old, found, wary, drawn, moved, columns)

    def _ordered(self, draft: _Draft, sheet: Sheet) -> Stylus:
        """The shortest of three orders: as we read, pen by pen, and pen by pen down the columns."""
        if draft.ordered is None:
            draft.ordered = self._order(draft, sheet)
        return draft.ordered

    def _order(self, draft: _Draft, sheet: Sheet) -> Stylus:
        best = draft.drawn
        if len(draft.found) < 2:
            return best
        # A doubtful cluster may be drawn over what follows, so such rows keep their order.
        start = draft.start.copy()
        draw(start, [stroke for stroke in draft.found if stroke.y in draft.wary], sheet, draft.old)
        rest = [stroke for stroke in draft.found if stroke.y not in draft.wary]
        # Down the columns is for a few cells in each of many rows.
        many = len(rest) >= _FEW and sum(end - begin for _, begin, end, *_ in rest) <= _LONG * len(rest)
        for columns in (False, True) if many else (False,):
            other = start.copy()
            draw(other, by_pen(rest, sheet, start.pen, columns), sheet, draft.old)
            best = min(best, other, key=_size)
        return best

    def _wiped(self, stylus: Stylus, old: list[Row], sheet: Sheet, best: _Draft) -> _Draft | None:
        """Erase from the first row that changed to the screen's end and draw all of that; if most changed,
        and if that is not many more cells to draw than the best way so far."""
        new = sheet.rows
        changed = [y for y, row in enumerate(new) if row is not old[y] and row != old[y]]
        if 2 * len(changed) < len(new):
            return None
        blank, _ = Counter(row[-1] for row in new[changed[0] :]).most_common(1)[0]
        if blank[0] != " " or not erasable(blank[1], self.policy):
            return None
        below = new[changed[0] :]
        # What is not blank is written whatever the order.
        if len("".join([text for row in below for text, _ in row]).replace(" ", "").encode()) >= best.size():
            return None
        stylus.go(0, changed[0])
        stylus.dip_eraser(blank[1])
        stylus.out.append("\x1b[J")
        empty = [blank] * len(new[0])
        inked = sum(len(row) - row.count(blank) for row in below)
        if inked > 1.25 * sum(stroke.end - stroke.start for stroke in best.found):
            return None
        return self._plain(stylus, [*old[: changed[0]], *[empty] * len(below)], sheet)

    def _shifted(self, start: Stylus, old: list[Row], sheet: Sheet, found: shift.Shift) -> _Draft:
        stylus, new = start.copy(), sheet.rows
        width = len(new[0])
        whole = found.right - found.left == width
        if not whole and not self._columns:
            stylus.out.append("\x1b[?69h")
        stylus.set_margins(found.top, found.bottom)
        size = found.right - found.left
        if whole:
            stylus.scroll(found.by)
        else:
            stylus.scroll_columns(found.left, found.right - 1, found.by)

        def drawn(stylus: Stylus, fresh: Row) -> _Draft:
            return self._plain(stylus, shift.shifted(old, found, fresh), sheet, True, not whole)

        if whole and stylus.pen is not None and stylus.pen.clean and not stylus.pen.bg:
            return drawn(stylus, blank_row(width))
        moved = drawn(stylus, [UNKNOWN] * size)
        count = min(abs(found.by), found.bottom + 1 - found.top)
        if count > _FRESH or found.right < width:
            return moved
        # A row that is erased before may cost less than the blanks within it.
        rows = (
            range(found.bottom, found.bottom - count, -1)
            if found.by > 0
            else range(found.top, found.top + count)
        )
        blank = new[rows[0]][-1]
        if blank[0] != " " or not erasable(blank[1], self.policy):
            return moved
        stylus = stylus.copy()
        for y in rows:
            stylus.go(found.left, y)
            stylus.dip_eraser(blank[1])
            stylus.out.append("\x1b[K")
        return self._shorter(moved, drawn(stylus, [blank] * size), sheet)

    def _finish(self, stylus: Stylus, park: tuple[int, int] | None) -> None:
        """Close an open link, so that nothing written by others becomes one, and park the cursor."""
        if stylus.pen is not None and stylus.pen.link:
            stylus.dip(self.pens.pen(stylus.pen.attributes, stylus.pen.fg, stylus.pen.bg))
        if park is not None:
            stylus.go(*park)

    def _count(self, text: str, fresh: bool, moved: bool) -> None:
        stats = self.stats
        if not text:
            stats.idle += 1
            return
        size = len(text.encode())
        stats.updates += 1
        stats.bytes += size
        stats.recent.append(size)
        stats.repaints += fresh
        stats.shifts += moved


def _size(stylus: Stylus) -> int:
    return len(stylus.text.encode())
