"""A sheet of text over the browser: help, facts about an article."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui_news.text.width import cell_len, pad
from tui_news.ui.screens.modal import Modal


class Sheet(Modal[None]):
    """Shows a title and a text that scrolls; Esc or q closes it."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left,question_mark,enter", "close", show=False),
        Binding("j,down", "scroll(1)", show=False),
        Binding("k,up", "scroll(-1)", show=False),
        Binding("space,pagedown", "page(1)", show=False),
        Binding("pageup", "page(-1)", show=False),
    ]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__()
        self._title = title
        self._text = text

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content(self._title), classes="sheet-title")
            with VerticalScroll(classes="sheet-body"):
                yield Static(self._text)
            yield Static(Content("Esc closes · j k scroll"), classes="sheet-hint")

    @property
    def _body(self) -> VerticalScroll:
        return self.query_one(VerticalScroll)

    def action_close(self) -> None:
        self.dismiss()

    def action_scroll(self, lines: int) -> None:
        self._body.scroll_relative(y=lines, animate=False)

    def action_page(self, pages: int) -> None:
        self._body.scroll_relative(y=pages * max(1, self._body.size.height - 1), animate=False)


def table(rows: Sequence[tuple[str, str]]) -> Content:
    """Names and values in two columns, as text that is never parsed as markup."""
    width = max((cell_len(name) for name, _ in rows), default=0) + 2
    parts: list[Content | tuple[str, str]] = []
    for name, value in rows:
        parts += [(pad(name, width), "$news-muted"), Content(value), Content("\n")]
    return Content.assemble(*parts)
