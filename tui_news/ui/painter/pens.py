"""Pens: what a terminal draws with (attributes, colours, link), and the shortest way from one to another.

A pen is the part of a Rich style that the terminal can see, reduced to the terminal's own number of colours.
Two styles that look alike are one pen, so cells compare by identity. SGR codes are those of ECMA-48, with
the 256 and 24-bit colours of ISO 8613-6; links are OSC 8.
"""

from __future__ import annotations

from rich.color import ColorSystem
from rich.style import Style

__all__ = ["CLEAN", "Cell", "Cells", "Pen", "Pens"]

(
    BOLD,
    DIM,
    ITALIC,
    UNDERLINE,
    BLINK,
    BLINK2,
    REVERSE,
    CONCEAL,
    STRIKE,
    UNDERLINE2,
    FRAME,
    ENCIRCLE,
    OVERLINE,
) = (1 << bit for bit in range(13))

# In the order of Rich's bits: the code that turns an attribute on.
_ON = ("1", "2", "3", "4", "5", "6", "7", "8", "9", "21", "51", "52", "53")

# A code that turns attributes off, and all those that it turns off.
_OFF = (
    ("22", BOLD | DIM),
    ("23", ITALIC),
    ("24", UNDERLINE | UNDERLINE2),
    ("25", BLINK | BLINK2),
    ("27", REVERSE),
    ("28", CONCEAL),
    ("29", STRIKE),
    ("54", FRAME | ENCIRCLE),
    ("55", OVERLINE),
)

# What shows on a cell that holds no more than a blank; then the foreground shows as well.
_INKED = UNDERLINE | UNDERLINE2 | STRIKE | OVERLINE | FRAME | ENCIRCLE | REVERSE

_MAX_PENS = 4096
_MAX_STYLES = 8192
_MAX_CELLS = 8192
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

    __slots__ = ("attributes", "bg", "blank", "cells", "clean", "codes", "fg", "link", "routes")

    blank: Pen
    """The pen of a blank drawn with this one: only what shows on a blank."""

    def __init__(self, attributes: int, fg: str, bg: str, link: str) -> None:
        self.attributes = attributes
        self.fg = fg
        self.bg = bg
        self.link = link
        self.clean = not attributes & _INKED and not link
        """Whether erasing with this pen leaves nothing but the background."""
        on = [code for bit, code in enumerate(_ON) if attributes >> bit & 1]
        self.codes = ";".join([*on, *(color for color in (fg, bg) if color)])
        self.cells = Cells(self)
        self.routes: dict[Pen, str] = {}

    def __repr__(self) -> str:
        return f"Pen({self.codes!r}, {self.link!r})"

    def route(self, to: Pen) -> str:
        """The shortest sequence that changes a terminal from this pen to the other."""
        found = self.routes.get(to)
        if found is None:
            found = self.routes[to] = _link(self, to) + _sgr(self, to)
        return found


Cell = tuple[str, Pen]
"""A cell's text (a grapheme cluster; "" for the right half of a wide one) and its pen."""


def _link(start: Pen, to: Pen) -> str:
    if start.link == to.link:
        return ""
    return f"\x1b]8;{to.link}\x1b\\" if to.link else "\x1b]8;;\x1b\\"


def _sgr(start: Pen, to: Pen) -> str:
    if (start.attributes, start.fg, start.bg) == (to.attributes, to.fg, to.bg):
        return ""
    if not to.codes:
        return "\x1b[m"
    codes: list[str] = []
    have = start.attributes
    for code, bits in _OFF:
        if have & bits & ~to.attributes:
            codes.append(code)
            have &= ~bits
    missing = to.attributes & ~have
    codes += [code for bit, code in enumerate(_ON) if missing >> bit & 1]
    if start.fg != to.fg:
        codes.append(to.fg or "39")
    if start.bg != to.bg:
        codes.append(to.bg or "49")
    changed = ";".join(codes)
    afresh = f"0;{to.codes}"
    return f"\x1b[{changed if len(changed) <= len(afresh) else afresh}m"


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
                CLEAN.routes.clear()
            pen = self._pens[key] = Pen(*key)
            pen.blank = pen if attributes & _INKED else self.pen(0, "", bg, link)
        return pen

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
                    fg = ";".join(style._color.downgrade(self.colors).get_ansi_codes())
                if style._bgcolor is not None and not style._bgcolor.is_default:
                    bg = ";".join(style._bgcolor.downgrade(self.colors).get_ansi_codes(foreground=False))
            pen = self.pen(attributes, fg, bg, self._link(style._link) if style._link and self.links else "")
            self._styles[key] = pen
        return pen

    def bare(self, pen: Pen, bg: str) -> Pen:
        """`pen` with another background and without what would show on a blank."""
        return self.pen(pen.attributes & ~_INKED, pen.fg, bg)

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


def _percent(char: str) -> str:
    return char if char.isascii() else "".join(f"%{byte:02X}" for byte in char.encode())
