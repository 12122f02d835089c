"""One-line bars: the masthead with section tabs, the breadcrumb with subsections, the status line."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.message import Message
from textual.strip import Strip
from textual.widget import Widget

from tui_news.i18n import _
from tui_news.model import SectionPath
from tui_news.text.width import cell_len, fit
from tui_news.ui.widgets.words import break_at

NARROW = 40
"""Cells below which counts are left out."""
MESSAGE_LINES = 3
"""Lines that an error may take: its next step stands at its end."""
MESSAGE_FROM = 10
"""Lines of the screen from which it may."""


@dataclass(frozen=True, slots=True)
class Tab:
    """A section as a bar shows it."""

    path: SectionPath
    title: str
    unread: int = 0


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
        self._targets: list[tuple[int, int, SectionPath]] = []

    class Chosen(Message):
        """A section was clicked."""

        def __init__(self, path: SectionPath) -> None:
            self.path = path
            super().__init__()

    def look(self, name: str) -> Style:
        return self.rich_style if name == "base" else self.get_component_rich_style(f"bar--{name}")

    def pieces(self, width: int) -> list[Segment]:
        """The line's content; what is too long is cut."""
        raise NotImplementedError

    def render_line(self, y: int) -> Strip:
        if y:
            return Strip.blank(self.size.width, self.look("base"))
        pieces = self.pieces(self.size.width)
        return Strip(pieces).adjust_cell_length(self.size.width, self.look("base"))

    async def _on_click(self, event: events.Click) -> None:
        for start, end, path in self._targets:
            if start <= event.x < end:
                self.post_message(self.Chosen(path))
                return


def _spread(left: list[Segment], right: str, style: Style, base: Style, width: int) -> list[Segment]:
    """`left`, and `right` at the other end when both fit."""
    used = sum(cell_len(segment.text) for segment in left)
    space = width - used - cell_len(right) - 1
    if not right or space < 1:
        return left
    return [*left, Segment(" " * space, base), Segment(right, style)]


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

    def pieces(self, width: int) -> list[Segment]:
        self._targets = []
        name = f" {fit(self._paper, 16).rstrip()} " if width >= 60 else ""
        left = [Segment(name, self.look("name"))] if name else []
        labels = [f" {tab.title} " for tab in self._tabs]
        room = width - cell_len(name) - 2
        first, last = _window(labels, self._active, room)
        at = cell_len(name)
        if first > 0:
            left.append(Segment("‹", self.look("muted")))
            at += 1
        for index in range(first, last):
            label = fit(labels[index], max(1, room))
            look = "active" if index == self._active else "base"
            left.append(Segment(label, self.look(look)))
            self._targets.append((at, at + cell_len(label), self._tabs[index].path))
            at += cell_len(label)
        if last < len(labels):
            left.append(Segment("›", self.look("muted")))
        return _spread(left, self._date, self.look("muted"), self.look("base"), width)


def _window(labels: Sequence[str], active: int, room: int) -> tuple[int, int]:
    """The range of labels around the active one that fits into `room` cells."""
    if not labels:
        return 0, 0
    first = last = min(active, len(labels) - 1)
    last += 1
    used = cell_len(labels[first])
    while True:
        grown = False
        if first > 0 and used + cell_len(labels[first - 1]) <= room:
            first -= 1
            used += cell_len(labels[first])
            grown = True
        if last < len(labels) and used + cell_len(labels[last]) <= room:
            used += cell_len(labels[last])
            last += 1
            grown = True
        if not grown:
            return first, last


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

    def pieces(self, width: int) -> list[Segment]:
        self._targets = []
        muted, base = self.look("muted"), self.look("base")
        left: list[Segment] = [Segment(" ", base)]
        at = 1
        # Where it is narrow, the way counts more than the numbers.
        right = self._right if width >= NARROW else ""
        room = width - cell_len(right) - (3 if right else 1)
        for index, tab in enumerate(self._trail):
            if index:
                left.append(Segment(" › ", muted))
                at += 3
            title = fit(tab.title, max(0, room - at))
            self._targets.append((at, at + cell_len(title), tab.path))
            left.append(Segment(title, self.look("active") if index == len(self._trail) - 1 else base))
            at += cell_len(title)
        for index, tab in enumerate(self._below):
            lead = "   " if index == 0 else " · "
            title = tab.title
            if at + cell_len(lead) + cell_len(title) > room:
                left.append(Segment(" …", muted))
                break
            left.append(Segment(lead, muted))
            at += cell_len(lead)
            self._targets.append((at, at + cell_len(title), tab.path))
            left.append(Segment(title, muted))
            at += cell_len(title)
        return _spread(left, right + " " if right else "", muted, base, width)


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
        text = Segment(f" {lines[y] if y < len(lines) else ''}", self.look("error"))
        pieces = [text]
        if y == len(lines) - 1:
            pieces = _spread(pieces, self._right(), self.look("error"), self.look("base"), self.size.width)
        return Strip(pieces).adjust_cell_length(self.size.width, self.look("base"))

    def _right(self) -> str:
        """What is being fetched and what failed."""
        if not self._failed or self.size.width < NARROW:
            return self._work
        key = f" ({self.errors_key})" if self.errors_key else ""
        failed = _("{count} failed", count=self._failed)
        return f"{self._work}  {failed}{key}".strip()

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

    def pieces(self, width: int) -> list[Segment]:
        base, muted = self.look("base"), self.look("muted")
        right = self._right()
        room = width - cell_len(right) - 3
        if self._message:
            text = fit(self._message, max(0, room if width >= NARROW else width - 2))
            left = [Segment(" ", base), Segment(text, self.look("error" if self._serious else "base"))]
        else:
            left = [Segment(" ", base)]
            at = 1
            for key, what in self._hints:
                piece = f"{key} {what}"
                if at + cell_len(piece) > room:
                    break
                left += [Segment(key, self.look("key")), Segment(f" {what}  ", muted)]
                at += cell_len(piece) + 2
        style = self.look("error") if self._failed and not self._work else muted
        return _spread(left, right, style, base, width)
