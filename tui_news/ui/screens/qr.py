"""A QR code that fills the screen: black on white whatever the theme, two modules in a cell."""

from __future__ import annotations

from typing import ClassVar, Final

from rich.segment import Segment
from rich.style import Style
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.screen import Screen
from textual.strip import Strip
from textual.widget import Widget

from tui_news.i18n import _
from tui_news.newsroom.qr import Modules
from tui_news.text.width import cell_len, fit
from tui_news.ui.widgets.words import break_at

QUIET: Final = 4
"""Modules of white around the code, by the standard."""
LEAST_QUIET: Final = 2
"""What telephones are content with."""
_HALVES: Final = {(False, False): " ", (True, False): "▀", (False, True): "▄", (True, True): "█"}


def qr_lines(modules: Modules, quiet: int) -> list[str]:
    """The code with its quiet zone in half blocks, dark being what is drawn."""
    size = len(modules)
    side = size + 2 * quiet
    rows = [[False] * side for _ in range(side + side % 2)]
    for y, row in enumerate(modules):
        rows[quiet + y][quiet : quiet + size] = row
    return [
        "".join(_HALVES[upper, lower] for upper, lower in zip(rows[y], rows[y + 1], strict=True))
        for y in range(0, len(rows), 2)
    ]


def size_needed(modules: Modules, quiet: int = LEAST_QUIET) -> tuple[int, int]:
    """Columns and lines that a code takes."""
    side = len(modules) + 2 * quiet
    return side, (side + 1) // 2


class QrView(Widget):
    """The code in the middle, or what is in the way of it."""

    def __init__(self, url: str, modules: Modules) -> None:
        super().__init__()
        self._url = url
        self._modules = modules

    def render_line(self, y: int) -> Strip:
        width, height = self.size
        base = self.rich_style
        for quiet in range(QUIET, LEAST_QUIET - 1, -1):
            columns, lines = size_needed(self._modules, quiet)
            if columns <= width and lines <= height:
                return self._code_line(y, quiet, width, height)
        columns, lines = size_needed(self._modules)
        rest = _(
            "The QR code of this link needs {columns} columns and {lines} lines; this window has "
            "{width} and {height}. Make it larger, or Esc and y copies the link.",
            columns=columns,
            lines=lines,
            width=width,
            height=height,
        )
        for _line in range(y):
            _head, rest = break_at(rest, max(1, width - 2)) if rest else ("", "")
        line = break_at(rest, max(1, width - 2))[0] if rest else ""
        return Strip([Segment(f" {line}", base)]).adjust_cell_length(width, base)

    def _code_line(self, y: int, quiet: int, width: int, height: int) -> Strip:
        base = self.rich_style
        lines = qr_lines(self._modules, quiet)
        # A line for the address under it, where there is one.
        spare = height - len(lines)
        top = max(0, spare - 1) // 2
        if 0 <= y - top < len(lines):
            text = lines[y - top]
            left = (width - len(text)) // 2
            if self.app.no_color:
                # Without colours the terminal's own are taken to be light on dark.
                text = "".join("█▄▀ "[" ▀▄█".index(char)] for char in text)
                code = Segment(text, Style())
            else:
                code = Segment(text, Style(color="#000000", bgcolor="#ffffff"))
            return Strip([Segment(" " * left, base), code]).adjust_cell_length(width, base)
        if y == top + len(lines):
            caption = fit(self._url, max(0, width - 2))
            left = (width - cell_len(caption)) // 2
            return Strip([Segment(" " * left + caption, base)]).adjust_cell_length(width, base)
        return Strip.blank(width, base)


class QrScreen(Screen[None]):
    """Shows a QR code until a key is pressed."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape,q,Q,h,left,enter,space", "close", show=False)]

    def __init__(self, url: str, modules: Modules) -> None:
        super().__init__()
        self._url = url
        self._modules = modules

    def compose(self) -> ComposeResult:
        yield QrView(self._url, self._modules)

    def action_close(self) -> None:
        self.dismiss()
