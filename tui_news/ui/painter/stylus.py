"""The stylus: a terminal's cursor and pen as they stand, and the cheapest sequences to change them."""

from __future__ import annotations

from tui_news.ui.painter.pens import CLEAN, Pen, Pens

__all__ = ["Stylus"]


class Stylus:
    """Writes a sequence while it keeps track of cursor and pen.

    `x` is None when the column is not known (after the last column, or after a cluster on whose width
    terminals disagree), `y` when the row is not; `pen` is None when the pen is not. `top` and `bottom`
    are the scrolling margins, inclusive; `margins` says whether they are set to less than the screen.
    With `linefeed` a line feed goes straight down, as nothing between here and the terminal adds a return.
    """

    __slots__ = ("bottom", "height", "linefeed", "margins", "out", "pen", "pens", "top", "width", "x", "y")

    def __init__(
        self,
        width: int,
        height: int,
        pens: Pens,
        x: int | None,
        y: int | None,
        pen: Pen | None,
        linefeed: bool = False,
    ) -> None:
        self.width = width
        self.height = height
        self.pens = pens
        self.x = x
        self.y = y
        self.pen = pen
        self.top = 0
        self.bottom = height - 1
        self.margins = False
        self.linefeed = linefeed
        self.out: list[str] = []

    def copy(self) -> Stylus:
        """One that goes on from the same state, with the same output so far."""
        other = Stylus(self.width, self.height, self.pens, self.x, self.y, self.pen, self.linefeed)
        other.top, other.bottom, other.margins = self.top, self.bottom, self.margins
        other.out = self.out.copy()
        return other

    @property
    def text(self) -> str:
        """All that was written."""
        return "".join(self.out)

    def write(self, text: str, x: int) -> None:
        """Write text that leaves the cursor at column `x`."""
        self.out.append(text)
        self.x = x if x < self.width else None

    def dip(self, pen: Pen) -> None:
        """Change to this pen."""
        if self.pen is None:
            self.out.append("\x1b[m")
            self.pen = CLEAN
        if self.pen is not pen:
            self.out.append(self.pen.route(pen))
            self.pen = pen

    def dip_blank(self, blank: Pen) -> None:
        """Change to any pen that draws blanks like `blank` (a blank's own pen), as cheaply as can be."""
        if self.pen is None:
            self.dip(blank)
        elif self.pen.blank is not blank:
            near = self.pens.bare(self.pen, blank.bg)
            if near.blank is blank and len(self.pen.route(near)) < len(self.pen.route(blank)):
                self.dip(near)
            else:
                self.dip(blank)

    def dip_eraser(self, blank: Pen) -> None:
        """Change to a pen that erases to `blank`, which must be clean."""
        if self.pen is None or not self.pen.clean or self.pen.bg != blank.bg:
            self.dip_blank(blank)

    def go(self, x: int, y: int) -> None:
        """Move the cursor."""
        if x != self.x or y != self.y:
            self.out.append(self.way(x, y))
            self.x, self.y = x, y

    def go_between(self, left: int, right: int, y: int) -> None:
        """Move the cursor to whichever of these columns is nearest."""
        places = [right]
        if self.x is not None and left <= self.x < right:
            places.append(self.x)
        if left == 0:
            places.append(0)
        self.go(min(places, key=lambda x: len(self.way(x, y))), y)

    def way(self, x: int, y: int) -> str:
        """The shortest sequence that moves the cursor there."""
        if self.y is None:
            return _absolute(x, y)
        if y == self.y:
            return self._across(x)
        steps = self._steps(y)
        if steps is None:
            return _absolute(x, y)
        return min(_absolute(x, y), steps + self._across(x), key=len)

    def _steps(self, y: int) -> str | None:
        """The shortest way to another row that keeps the column; None where a margin may be in the way.

        Nothing scrolls here: the row that is led to lies between the same margins, or is led to from the
        side where they do not stop.
        """
        assert self.y is not None
        down = y - self.y
        if self.margins and not (y <= self.bottom if down > 0 else y >= self.top):
            return None
        if down > 0:
            if self.linefeed and down <= 3:
                return "\n" * down
            return "\x1bD" if down == 1 else f"\x1b[{down}B"
        return "\x1bM" if down == -1 else f"\x1b[{-down}A"

    def _across(self, x: int) -> str:
        """The shortest way to a column of the same row."""
        if x == self.x:
            return ""
        if x == 0:
            return "\r"
        ways = [f"\x1b[{x + 1}G"]
        if self.x is not None:
            right = x - self.x
            if right > 0:
                ways.append("\x1b[C" if right == 1 else f"\x1b[{right}C")
            elif right >= -4:
                ways.append("\b" * -right)
            else:
                ways.append(f"\x1b[{-right}D")
        return min(ways, key=len)

    def keep_margins(self, top: int, bottom: int) -> None:
        """Take it that these margins are set."""
        self.top, self.bottom, self.margins = top, bottom, True

    def set_margins(self, top: int, bottom: int) -> None:
        """Set the scrolling margins (DECSTBM), which also moves the cursor home, if they are not so set.

        They stay, for the same rows will scroll again. Emulators differ in whether the cursor goes home when
        they are reset to the whole screen.
        """
        if (top, bottom) == (self.top, self.bottom):
            return
        first, last = str(top + 1) if top else "", "" if bottom == self.height - 1 else f";{bottom + 1}"
        self.out.append(f"\x1b[{first}{last}r")
        self.top, self.bottom, self.margins = top, bottom, bool(first or last)
        self.x = self.y = 0 if self.margins else None

    def scroll(self, by: int) -> None:
        """Scroll what lies between the margins up by `by` rows (down if negative).

        What comes in is blank with the terminal's own background if the pen is clean and without one;
        with any other pen terminals differ, and its cells must be taken as unknown.
        """
        if self.pen is None:
            self.dip(CLEAN)
        step = "\x1bM" if by < 0 else "\n" if self.linefeed else "\x1bD"
        edge = self.top if by < 0 else self.bottom
        # SU and SD would spare the way to the edge, but the Linux console and others lack them.
        lines = f"\x1b[{by}M" if by > 0 else f"\x1b[{-by}L"
        if len(self._to_row(edge)) + len(step) * abs(by) <= len(self._to_row(self.top)) + len(lines):
            self._go_row(edge)
            self.out.append(step * abs(by))
        else:
            self._go_row(self.top)
            self.out.append(lines)
            self.x = None  # in some terminals the first column

    def scroll_columns(self, left: int, right: int, by: int) -> None:
        """The same between two columns (inclusive) only, by DECSLRM; DECLRMM must be set.

        With these margins set the cursor stops at them, and a return leads to the left one: they are reset
        at once. What comes in is taken as unknown.
        """
        if self.pen is None:
            self.dip(CLEAN)
        self.out.append(f"\x1b[{left + 1};{right + 1}s")
        step = "\x1bM" if by < 0 else "\n" if self.linefeed else "\x1bD"
        if len(step) * abs(by) <= 4:
            self.out.append(_absolute(left, self.top if by < 0 else self.bottom) + step * abs(by))
        else:
            self.out.append(_absolute(left, self.top) + (f"\x1b[{by}M" if by > 0 else f"\x1b[{-by}L"))
        self.out.append("\x1b[s")
        self.x = self.y = None

    def _go_row(self, y: int) -> None:
        """Move to a row, whatever the column."""
        if y != self.y:
            way = self._to_row(y)
            self.out.append(way)
            if way.endswith("H"):
                self.x = 0
            self.y = y

    def _to_row(self, y: int) -> str:
        if self.y == y:
            return ""
        steps = self._steps(y) if self.y is not None else None
        return min((_absolute(0, y), steps), key=len) if steps is not None else _absolute(0, y)


def _absolute(x: int, y: int) -> str:
    if x:
        return f"\x1b[{y + 1};{x + 1}H" if y else f"\x1b[;{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"
