"""The painter proper: it remembers what the terminal shows and says what to write to make it show the next.

Knows nothing of Textual: rows of cells go in, a string goes out. Several ways to the same screen are
composed (in place or after a shift; in reading order or pen by pen) and the shortest is taken, so that
every trick is used exactly when it pays.
"""

from __future__ import annotations

from collections import Counter, deque
from dataclasses import dataclass, field

from tui_news.ui.painter import shift
from tui_news.ui.painter.cells import UNKNOWN, Row, blank_row
from tui_news.ui.painter.pens import CLEAN, Pen, Pens
from tui_news.ui.painter.policy import Policy
from tui_news.ui.painter.strokes import by_pen, draw, erasable, strokes
from tui_news.ui.painter.stylus import Stylus

__all__ = ["Painter", "Stats"]

_FEW = 16  # strokes; for fewer, ordering them by column is not worth trying


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

    def use(self, policy: Policy) -> None:
        """Follow another policy from the next update on."""
        self.policy = policy
        self.pens.use(policy.colors, policy.links)

    def forget(self) -> None:
        """Know nothing of the terminal any more: the next update repaints it in full."""
        self._known = False

    def forget_cursor(self) -> None:
        """Cursor and pen were moved by somebody else; what the cells show is still known."""
        self._x = self._y = self._pen = None

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
        start = Stylus(width, height, self.pens, self._x, self._y, self._pen)
        if fresh:
            # The pen first: erasing fills with its background.
            start.out.append("\x1b[r\x1b[m\x1b[H\x1b[J" if self.stats.repaints else "\x1b[m\x1b[H\x1b[J")
            start.x = start.y = 0
            start.pen = CLEAN
        best = self._in_place(start.copy(), old, rows)
        moved = False
        if not fresh:
            for found in shift.find(old, rows):
                other = self._shifted(start.copy(), old, rows, found)
                if _size(other) < _size(best):
                    best, moved = other, True
            wiped = self._wiped(start.copy(), old, rows)
            # Where the terminal has no synchronized output the blank may be seen: not for a few bytes.
            if wiped is not None and 10 * _size(wiped) < 9 * _size(best):
                best, moved = wiped, False
        self._finish(best, park)
        text = best.text
        self._rows, self._width, self._known = rows, width, True
        self._x, self._y, self._pen = best.x, best.y, best.pen
        self._count(text, fresh, moved)
        return text

    def farewell(self) -> str:
        """What to write before the terminal is given back: the pen as it was found."""
        text = "" if self._pen is CLEAN else "\x1b[m"
        self._pen = CLEAN
        return text

    def _in_place(self, stylus: Stylus, old: list[Row], new: list[Row]) -> Stylus:
        """The shortest of the orders."""
        found, wary = strokes(old, new, self.policy)
        plain = stylus.copy()
        draw(plain, found, old, new, self.policy)
        if len(found) < 2:
            return plain
        # A doubtful cluster may be drawn over what follows, so such rows keep their order.
        draw(stylus, [stroke for stroke in found if stroke.y in wary], old, new, self.policy)
        rest = [stroke for stroke in found if stroke.y not in wary]
        best = plain
        for columns in (False, True) if len(rest) >= _FEW else (False,):
            other = stylus.copy()
            draw(other, by_pen(rest, new, stylus.pen, columns), old, new, self.policy)
            best = min(best, other, key=_size)
        return best

    def _wiped(self, stylus: Stylus, old: list[Row], new: list[Row]) -> Stylus | None:
        """Erase from the first row that changed to the screen's end and draw all of that; if most changed."""
        changed = [y for y, row in enumerate(new) if row is not old[y] and row != old[y]]
        if 2 * len(changed) < len(new):
            return None
        blank, _ = Counter(row[-1] for row in new[changed[0] :]).most_common(1)[0]
        if blank[0] != " " or not erasable(blank[1], self.policy):
            return None
        stylus.go(0, changed[0])
        stylus.dip_eraser(blank[1])
        stylus.out.append("\x1b[J")
        empty = [blank] * len(new[0])
        return self._in_place(stylus, [*old[: changed[0]], *[empty] * (len(new) - changed[0])], new)

    def _shifted(self, stylus: Stylus, old: list[Row], new: list[Row], found: shift.Shift) -> Stylus:
        if found.top or found.bottom < len(old) - 1:
            stylus.set_margins(found.top, found.bottom)
        stylus.scroll(found.by)
        width = len(new[0])
        known = stylus.pen is not None and stylus.pen.clean and not stylus.pen.bg
        fresh = blank_row(width) if known else [UNKNOWN] * width
        stylus = self._in_place(stylus, shift.shifted(old, found, fresh), new)
        stylus.reset_margins()
        return stylus

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
