"""A list to choose one thing from: a page's links, an article's subheads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui_news.ui.screens.modal import Modal


class ChooseScreen(Modal[str | None]):
    """Shows rows of text; gives back the value of the chosen one. A row without a value is a heading."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left", "close", show=False),
        Binding("j", "cursor(1)", show=False),
        Binding("k", "cursor(-1)", show=False),
        Binding("l,right", "choose", show=False),
        Binding("g", "first", show=False),
        Binding("G", "last", show=False),
    ]

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], hint: str = "Enter opens") -> None:
        super().__init__()
        self._title = title
        self._rows = rows
        self._hint = hint
        self._options = OptionList(id="choices", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content(self._title), classes="sheet-title")
            yield self._options
            yield Static(Content(f"{self._hint} · Esc closes"), classes="sheet-hint")

    def on_mount(self) -> None:
        for text, value in self._rows:
            label = Content(text) if value else Content.styled(text, "bold $primary")
            self._options.add_option(Option(label, disabled=not value))
        self._options.focus()
        self._options.action_first()

    def action_cursor(self, step: int) -> None:
        if step > 0:
            self._options.action_cursor_down()
        else:
            self._options.action_cursor_up()

    def action_first(self) -> None:
        self._options.action_first()

    def action_last(self) -> None:
        self._options.action_last()

    def action_choose(self) -> None:
        self._options.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._rows[event.option_index][1])

    def action_close(self) -> None:
        self.dismiss(None)
