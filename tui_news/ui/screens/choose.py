"""A list to choose one thing from: a page's links, an article's subheads, sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import Generic, TypeVar

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_news.i18n import _, mark
from tui_news.text.fold import fold
from tui_news.ui.screens.sheet import Sheet

T = TypeVar("T")


class Choosing(Sheet[T], Generic[T]):
    """Rows to choose from below headings, narrowed down by what they are called. The option of a row has the
    row's place among all as its id."""

    narrowing = mark("type to narrow down")

    def __init__(self, title: str, hint: str, called: Sequence[tuple[str, bool]]) -> None:
        """`called` are the rows' names, each with whether it can be chosen or is a heading."""
        super().__init__(title, hint)
        self._called = called
        self.rows = self._options = OptionList(id="choices", markup=False)

    def label(self, index: int) -> Content:
        """How a row that can be chosen looks."""
        return Content(self._called[index][0])

    def body(self) -> Iterable[Widget]:
        yield self._options

    def on_mount(self) -> None:
        self.narrow("")
        self._options.focus()
        self._options.action_first()

    def narrow(self, wanted: str) -> None:
        self._options.clear_options()
        for index, (text, choice) in enumerate(self._called):
            if not wanted or (choice and fold(wanted) in fold(text)):
                label = self.label(index) if choice else Content.styled(text, "bold $primary")
                self._options.add_option(Option(label, id=str(index), disabled=not choice))
        if wanted:
            self._options.action_first()


class ChooseScreen(Choosing[str]):
    """Shows rows of text; gives back the value of the chosen one. A row without a value is a heading."""

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], hint: str = "") -> None:
        hint = _("{hint} · / narrows down · Esc closes", hint=hint or _("Enter opens"))
        super().__init__(title, hint, [(text, bool(value)) for text, value in rows])
        self._choices = rows

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[int(event.option.id or 0)][1])
