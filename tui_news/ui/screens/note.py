"""A footnote over the article that refers to it, so that nobody has to leave the sentence."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import ClassVar

from textual.binding import Binding, BindingType
from textual.containers import VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Static

from tui_news.i18n import _
from tui_news.model import Block
from tui_news.ui.screens.sheet import Sheet

LONGEST = 6
"""Blocks that a note has at most."""


def note_of(blocks: Sequence[Block], place: int) -> str:
    """The text of the note that begins at a block, without its way back: up to the next that has a name."""
    end = place + 1
    while end < min(len(blocks), place + LONGEST) and not blocks[end].anchors:
        if blocks[end].kind != "paragraph" or blocks[place].kind != "item":
            break
        end += 1
    texts = [
        "".join(run.text for run in block.runs if run.href[:1] != "#").strip() for block in blocks[place:end]
    ]
    return "\n\n".join(text for text in texts if text)


class NoteScreen(Sheet[bool]):
    """Shows a note; Enter goes to it in the text."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("semicolon", "back", show=False)]

    def __init__(self, mark: str, text: str) -> None:
        super().__init__(_("Note {mark}", mark=mark), _("Enter goes there · Esc reads on"))
        self._text = text

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(Static(Content(self._text)), classes="sheet-body")

    def _scroll(self, lines: int) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    def action_down(self) -> None:
        self._scroll(1)

    def action_up(self) -> None:
        self._scroll(-1)

    def action_open(self) -> None:
        self.dismiss(True)
