"""The stylus: a terminal's cursor and pen as they stand, and the cheapest sequences to change them."""

from __future__ import annotations

from tui_news.ui.painter.pens import CLEAN, Pen, Pens

__all__ = ["Stylus"]


class Stylus:
    """Writes a sequence while it keeps track of cursor and pen.

    `x` is None when the column is not known (after the last column, or after a cluster on whose width
    terminals disagree), `y` when the row is not; `pen` is None when the pen is not. `top` and `bottom`
    are the scrolling margins, inclusive; `margins` says whether they are set to less than the screen.
    """

    __slots__ = ("bottom", "height", "margins", "out", "pen", "pens", "top", "width", "x", "y")

    def __init__(
        self, width: int, height: int, pens: Pens, x: int | None, y: int | None, pen: Pen | None
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
        self.out: list[str] = []

    def copy(self) -> Stylus:
        """One that goes on from the same state, with the same output so far."""
        other = Stylus(self.width, self.height, self.pens, self.x, self.y, self.pen)
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

    def way(self, x: int, y: int) -> str:
        """The shortest sequence that moves the cursor there."""
        if self.y is None:
            return _absolute(x, y)
        if y == self.y:
            return self._across(x)
        ways = [_absolute(x, y)]
        down = y - self.y
        inside = self.top <= self.y <= self.bottom and self.top <= y <= self.bottom
        if not self.margins or inside:
            # IND and RI keep the column; neither can scroll here, for the row they lead to is inside.
            if down == 1:
                steps = "\x1bD"
            elif down == -1:
                steps = "\x1bM"
            else:
                steps = f"\x1b[{down}B" if down > 0 else f"\x1b[{-down}A"
            ways.append(steps + self._across(x))
        return min(ways, key=len)

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

    def set_margins(self, top: int, bottom: int) -> None:
        """Set the scrolling margins (DECSTBM), which also moves the cursor home; not for the whole screen."""
        last = "" if bottom == self.height - 1 else f";{bottom + 1}"
        self.out.append(f"\x1b[{top + 1}{last}r" if top else f"\x1b[{last}r")
        self.top, self.bottom, self.margins = top, bottom, True
        self.x = self.y = 0

    def reset_margins(self) -> None:
        """Give the whole screen back to scrolling. Emulators differ in whether the cursor then goes home."""
        if self.margins:
            self.out.append("\x1b[r")
            self.top, self.bottom, self.margins = 0, self.height - 1, False
            self.x = self.y = None

    def scroll(self, by: int) -> None:
        """Scroll what lies between the margins up by `by` rows (down if negative).

        What comes in is blank with the terminal's own background if the pen is clean and without one;
        with any other pen terminals differ, and its cells must be taken as unknown.
        """
        if self.pen is None:
            self.dip(CLEAN)
        if 0 < by <= 2:
            self.go(0, self.bottom)
            self.out.append("\x1bD" * by)
        elif -2 <= by < 0:
            self.go(0, self.top)
            self.out.append("\x1bM" * -by)
        else:
            self.go(0, self.top)
            self.out.append(f"\x1b[{by}M" if by > 0 else f"\x1b[{-by}L")


def _absolute(x: int, y: int) -> str:
    if x:
        return f"\x1b[{y + 1};{x + 1}H" if y else f"\x1b[;{x + 1}H"
    return f"\x1b[{y + 1}H" if y else "\x1b[H"
