"""The styles of a widget's parts, looked up once until the theme changes."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_news.ui.drawn import Line
from tui_news.ui.widgets.plain_lines import PlainLines


def strip_of(line: Line[Style]) -> Strip:
    """A drawn line as Textual has it."""
    return Strip([Segment(*piece) for piece in line])


class Looks(ScrollView):
    """A view that draws its own lines in the looks of its component classes, `<looks>--<name>`."""

    looks: ClassVar[str]
    plain: ClassVar[str] = "base"
    """The name under which the widget's own style is had."""

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles_cache = PlainLines()
        self._looked_up: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looked_up.clear()

    def _look(self, name: str) -> Style:
        style = self._looked_up.get(name)
        if style is None:
            style = self._looked_up[name] = (
                self.rich_style
                if name == self.plain
                else self.get_component_rich_style(f"{self.looks}--{name}")
            )
        return style
