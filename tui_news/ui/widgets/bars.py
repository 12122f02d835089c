"""One-line bars: the masthead with section tabs, the breadcrumb with subsections, the status line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_news.model import SectionPath
from tui_news.text.width import cell_len, fit
from tui_news.ui.bar_lines import NARROW, Tab, failures, hints_line, tabs_line, trail_line
from tui_news.ui.drawn import Piece, spread
from tui_news.ui.widgets.plain_lines import PlainLines
from tui_news.ui.widgets.words import break_at

MESSAGE_LINES = 3
"""Lines that an error may take: its next step stands at its end."""
MESSAGE_FROM = 10
"""Lines of the screen from which it may."""


class Bar(Widget):
    """A single line made of styled pieces, some of which can be clicked."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "bar--name",
        "bar--active",
        "bar--muted",
        "bar--error",
        "bar--key",
    }

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles_cache = PlainLines()
        self._targets: list[tuple[int, int, SectionPath]] = []
        self._looks: dict[str, Style] = {}

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, path: SectionPath) -> None:
            self.path = path
            super().__init__()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()

    def look(self, name: str) -> Style:
        style = self._looks.get(name)
        if style is None:
            found = self.rich_style if name == "base" else self.get_component_rich_style(f"bar--{name}")
            style = self._looks[name] = found
        return style

    def pieces(self, width: int) -> list[Piece[Style]]:
        """The line's content; what is too long is cut."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        if y:
            return Strip.blank(self.size.width, self.look("base"))
        pieces = [Segment(*piece) for piece in self.pieces(self.size.width)]
        return Strip(pieces).adjust_cell_length(self.size.width, self.look("base"))

    async def _on_click(self, event: events.Click) -> None:
        for start, end, path in self._targets:
            if start <= event.x < end:
                self.post_message(self.Chosen(path))
                return


class SectionTabs(Bar):
    """The masthead: the paper's name, the top-level sections, the date."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id)
        self._tabs: Sequence[Tab] = ()
        self._active = 0
        self._date = ""
        self._paper = "tui-news"

    def show(self, tabs: Sequence[Tab], active: int, date: str, name: str = "") -> None:
        """`name` is the paper's: the site's where there are several."""
        name = name or "tui-news"
        if (tabs, active, date, name) != (self._tabs, self._active, self._date, self._paper):
            self._tabs, self._active, self._date, self._paper = tabs, active, date, name
            self.refresh()

    def pieces(self, width: int) -> list[Piece[Style]]:
        pieces, self._targets = tabs_line(self._tabs, self._active, self._date, self._paper, width, self.look)
        return pieces


class Breadcrumb(Bar):
    """Where the reader is, the subsections from here, and how much there is."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id)
        self._trail: Sequence[Tab] = ()
        self._below: Sequence[Tab] = ()
        self._right = ""

    def show(self, trail: Sequence[Tab], below: Sequence[Tab], right: str) -> None:
        """`trail` is the way from the top to here, `below` the subsections, `right` the counts."""
        if (trail, below, right) != (self._trail, self._below, self._right):
            self._trail, self._below, self._right = trail, below, right
            self.refresh()

    def tell(self, right: str) -> None:
        """Change what stands at the right end alone."""
        if right != self._right:
            self._right = right
            self.refresh()

    def pieces(self, width: int) -> list[Piece[Style]]:
        pieces, self._targets = trail_line(self._trail, self._below, self._right, width, self.look)
        return pieces


class StatusLine(Bar):
    """The last line: a message or what the keys do; what is being fetched; what failed."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id)
        self._message = ""
        self._serious = False
        self._hints: Sequence[tuple[str, str]] = ()
        self._work = ""
        self._failed = 0
        self.errors_key = ""
        """The key that shows what failed."""

    def say(self, message: str, *, serious: bool = False) -> None:
        """Show a message until the next one; the empty one brings the hints back."""
        if (message, serious) != (self._message, self._serious):
            self._message, self._serious = message, serious
            self._grow()
            self.refresh()

    def on_resize(self) -> None:
        self._grow()

    def _grow(self) -> None:
        """Take as many lines as the message needs."""
        height = max(1, len(self._lines()))
        if self._height != height:
            self._height = height
            self.styles.height = height

    _height = 1

    def _lines(self) -> list[str]:
        """A message that does not fit into one line, as lines; none when it does, or may not take more."""
        room = self.size.width - 2
        if not self._serious or room < NARROW - 2 or self.app.size.height < MESSAGE_FROM:
            return []
        if cell_len(self._message) <= room - cell_len(self._right()) - 1:
            return []
        lines: list[str] = []
        rest = self._message
        while cell_len(rest) > room and len(lines) < MESSAGE_LINES - 1:
            head, rest = break_at(rest, room)
            lines.append(head)
        return [*lines, fit(rest, room)] if lines else [rest, ""]

    def render_line(self, y: int) -> Strip:
        lines = self._lines()
        if not lines:
            return super().render_line(y)
        pieces = [Piece(f" {lines[y] if y < len(lines) else ''}", self.look("error"))]
        if y == len(lines) - 1:
            pieces = spread(pieces, self._right(), self.look("error"), self.look("base"), self.size.width)
        return Strip([Segment(*piece) for piece in pieces]).adjust_cell_length(
            self.size.width, self.look("base")
        )

    def _right(self) -> str:
        return failures(self._work, self._failed, self.errors_key, self.size.width)

    def hint(self, hints: Sequence[tuple[str, str]]) -> None:
        if hints != self._hints:
            self._hints = hints
            self.refresh()

    def work(self, work: str, failed: int) -> None:
        """What is being fetched (empty when nothing is), and how many sources are in error."""
        if (work, failed) != (self._work, self._failed):
            self._work, self._failed = work, failed
            self.refresh()

    @property
    def message(self) -> str:
        return self._message

    def pieces(self, width: int) -> list[Piece[Style]]:
        right, alarm = self._right(), bool(self._failed and not self._work)
        if not self._message:
            return hints_line(self._hints, right, alarm, width, self.look)
        room = width - cell_len(right) - 3
        text = fit(self._message, max(0, room if width >= NARROW else width - 2))
        base = self.look("base")
        left = [Piece(" ", base), Piece(text, self.look("error") if self._serious else base)]
        return spread(left, right, self.look("error" if alarm else "muted"), base, width)
