"""A message in the middle of an otherwise empty widget."""

from __future__ import annotations

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_news.text.width import cell_len
from tui_news.ui.widgets.words import break_at


def message_line(text: str, y: int, width: int, height: int, style: Style, base: Style) -> Strip:
    """Line `y` of the message; its long lines are wrapped."""
    room = max(1, width - 4)
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while cell_len(rest) > room:
            head, rest = break_at(rest, room)
            lines.append(head)
        lines.append(rest)
    index = y - max(0, (height - len(lines)) // 2)
    if not 0 <= index < len(lines):
        return Strip.blank(width, base)
    left = " " * max(0, (width - cell_len(lines[index])) // 2)
    return Strip([Segment(left, base), Segment(lines[index], style)]).adjust_cell_length(width, base)
