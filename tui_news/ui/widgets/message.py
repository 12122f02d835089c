"""A message in the middle of an otherwise empty part of the screen."""

from __future__ import annotations

from tui_news.text.width import cell_len
from tui_news.ui.drawn import L, Line, Piece
from tui_news.ui.widgets.words import break_at


def message_line(text: str, y: int, width: int, height: int, look: L, base: L) -> Line[L]:
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
        return Line([Piece(" " * width, base)])
    left = " " * max(0, (width - cell_len(lines[index])) // 2)
    return Line([Piece(left, base), Piece(lines[index], look)]).fitted(width, base)
