"""Pens: what a terminal draws with (attributes, colours, link), and the shortest way from one to another.

A pen is the part of a Rich style that the terminal can see, reduced to the terminal's own number of colours.
Two styles that look alike are one pen, so cells compare by identity. SGR codes are those of ECMA-48, with
the 256 and 24-bit colours of ISO 8613-6; links are OSC 8.
"""

from __future__ import annotations

from rich.color import Color, ColorSystem
from rich.color_triplet import ColorTriplet
from rich.style import Style

from tui_news import sgr
from tui_news.sgr import INKED, change

__all__ = ["CLEAN", "Cell", "Cells", "Pen", "Pens"]

_MAX_PENS = 4096
_MAX_LINKS = 128
"""Pens of links: each address has its own, and no screen shows that many."""
_MAX_STYLES = 8192
_MAX_CELLS = 1024
_MAX_URL = 2083  # longer ones are refused by VTE and others


class Cells(dict[str, tuple[str, "Pen"]]):
    """The cells of one pen by their text, made when first asked for, so that equal cells are one object."""

    __slots__ = ("pen",)

    def __init__(self, pen: Pen) -> None:
        super().__init__()
        self.pen = pen

    def __missing__(self, text: str) -> tuple[str, Pen]:
        if len(self) >= _MAX_CELLS:
            self.clear()
        cell = (text, self.pen.blank if text == " " else self.pen)
        self[text] = cell
        return cell


class Pen:
    """Attributes (Rich's bits), colour codes ("" is the terminal's own) and link. Compared by identity."""

    __slots__ = ("attributes", "bg", "blank", "cells", "clean", "fg", "link", "look", "routes")

    blank: Pen
    """The pen of a blank drawn with this one: only what shows on a blank."""

    def __init__(self, attributes: int, fg: str, bg: str, link: str) -> None:
        self.attributes = attributes
        self.fg = fg
        self.bg = bg
        self.link = link
        self.clean = not attributes & INKED and not link
        """Whether erasing with this pen leaves nothing but the background."""
        self.look: sgr.Pen = (attributes, fg, bg)
        self.cells = Cells(self)
        self.routes: dict[Pen, str] = {}

    def __repr__(self) -> str:
        return f"Pen({sgr.codes(self.look)!r}, {self.link!r})"

    def route(self, to: Pen) -> str:
        """The shortest sequence that changes a terminal from this pen to the other."""
        found = self.routes.get(to)
        if found is None:
            found = self.routes[to] = _link(self, to) + change(self.look, to.look)
        return found


Cell = tuple[str, Pen]
"""A cell's text (a grapheme cluster; "" for the right half of a wide one) and its pen."""


def _link(start: Pen, to: Pen) -> str:
    if start.link == to.link:
        return ""
    return f"\x1b]8;{to.link}\x1b\\" if to.link else "\x1b]8;;\x1b\\"


CLEAN = Pen(0, "", "", "")
"""The terminal's own pen, that of `CSI m`."""
CLEAN.blank = CLEAN


class Pens:
    """All pens in use, for terminals with `colors` (None: no colour at all), with links or without."""

    def __init__(self, colors: ColorSystem | None, links: bool = True) -> None:
        self.colors = colors
        self.links = links
        self._pens: dict[tuple[int, str, str, str], Pen] = {(0, "", "", ""): CLEAN}
        self._styles: dict[tuple[object, ...], Pen] = {}
        self._linked: list[Pen] = []
        self._link_ids: dict[str, int] = {}

    def use(self, colors: ColorSystem | None, links: bool) -> None:
        """Change what the terminal can do. Pens already given out stay what they are."""
        self.colors = colors
        self.links = links
        self._styles.clear()

    def pen(self, attributes: int, fg: str, bg: str, link: str = "") -> Pen:
        """The one pen with these properties."""
        key = (attributes, fg, bg, link)
        pen = self._pens.get(key)
        if pen is None:
            if len(self._pens) >= _MAX_PENS:
                self._pens = {(0, "", "", ""): CLEAN}
                self._styles.clear()
                self._linked.clear()
                CLEAN.routes.clear()
            if link and len(self._linked) >= _MAX_LINKS:
                self._forget_links()
            pen = self._pens[key] = Pen(*key)
            if link:
                self._linked.append(pen)
            pen.blank = pen if attributes & INKED else self.pen(0, "", bg, link)
        return pen

    def let_go(self) -> None:
        """Forget the cells of all pens: equal ones are then made again, and no longer one object."""
        for pen in self._pens.values():
            if pen is not CLEAN:
                pen.cells.clear()

    def _forget_links(self) -> None:
        """Let go of the addresses read so far. What of them is on the screen gets a new pen and is drawn once
        more."""
        for pen in self._linked:
            self._pens.pop((pen.attributes, pen.fg, pen.bg, pen.link), None)
        self._linked.clear()
        self._link_ids.clear()
        self._styles = {key: pen for key, pen in self._styles.items() if not pen.link}
        for pen in self._pens.values():
            pen.routes.clear()

    def of(self, style: Style | None) -> Pen:
        """The pen for a Rich style."""
        if style is None:
            return CLEAN
        attributes = style._attributes & style._set_attributes
        key = (style._color, style._bgcolor, attributes, style._link)
        pen = self._styles.get(key)
        if pen is None:
            if len(self._styles) >= _MAX_STYLES:
                self._styles.clear()
            fg = bg = ""
            if self.colors is not None:
                if style._color is not None and not style._color.is_default:
                    fg = self._color(style._color, foreground=True)
                if style._bgcolor is not None and not style._bgcolor.is_default:
                    bg = self._color(style._bgcolor, foreground=False)
            pen = self.pen(attributes, fg, bg, self._link(style._link) if style._link and self.links else "")
            self._styles[key] = pen
        return pen

    def bare(self, pen: Pen, bg: str) -> Pen:
        """`pen` with another background and without what would show on a blank."""
        return self.pen(pen.attributes & ~INKED, pen.fg, bg)

    def _color(self, color: Color, foreground: bool) -> str:
        """The codes of a colour; a true colour that is one of the 256 by its number: 8 bytes shorter."""
        assert self.colors is not None
        if self.colors is ColorSystem.TRUECOLOR and color.triplet is not None:
            number = _number(color.triplet)
            if number is not None:
                return f"{38 if foreground else 48};5;{number}"
        return ";".join(color.downgrade(self.colors).get_ansi_codes(foreground=foreground))

    def _link(self, url: str) -> str:
        """Parameters of OSC 8 for a URL; "" for one that a terminal would not take.

        The id ties the parts of a link that runs over several lines together; a small number does.
        """
        if len(url) > _MAX_URL or any(char <= " " or "\x7f" <= char <= "\x9f" for char in url):
            return ""
        try:
            text = url if url.isascii() else "".join(_percent(char) for char in url)
        except UnicodeEncodeError:
            return ""
        if len(self._link_ids) >= _MAX_PENS:
            self._link_ids.clear()
        return f"id={self._link_ids.setdefault(text, len(self._link_ids))};{text}"


_LEVELS = (0, 95, 135, 175, 215, 255)
"""Of the cube of 216 colours that xterm has from number 16 on."""
_REDEFINED = range(16, 22)  # popular sets of colours put more than the first 16 of their own here


def _number(color: ColorTriplet) -> int | None:
    """The number of exactly this colour among the 256 that all terminals with as many have alike."""
    red, green, blue = color
    if red == green == blue and 8 <= red <= 238 and (red - 8) % 10 == 0:
        return 232 + (red - 8) // 10
    if red in _LEVELS and green in _LEVELS and blue in _LEVELS:
        number = 16 + 36 * _LEVELS.index(red) + 6 * _LEVELS.index(green) + _LEVELS.index(blue)
        return None if number in _REDEFINED else number
    return None


def _percent(char: str) -> str:
    return char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode())
