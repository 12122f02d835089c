"""A list to choose one thing from: a page's links, an article's subheads, sections."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList
from textual.widgets.option_list import Option

from tui_news.i18n import _, mark
from tui_news.text.fold import fold
from tui_news.ui.screens.sheet import Sheet


class ChooseScreen(Sheet[str]):
    """Shows rows of text; gives back the value of the chosen one. A row without a value is a heading."""

    narrowing = mark("type to narrow down")

    def __init__(self, title: str, rows: Sequence[tuple[str, str]], hint: str = "") -> None:
        super().__init__(title, _("{hint} · / narrows down · Esc closes", hint=hint or _("Enter opens")))
        self._choices = rows
        self.rows = self._options = OptionList(id="choices", markup=False)

    def body(self) -> Iterable[Widget]:
        yield self._options

    def on_mount(self) -> None:
        self.narrow("")
        self._options.focus()
        self._options.action_first()

    def narrow(self, wanted: str) -> None:
        self._options.clear_options()
        for index, (text, value) in enumerate(self._choices):
            label = Content(text) if value else Content.styled(text, "bold $primary")
            if not wanted or (value and fold(wanted) in fold(text)):
                self._options.add_option(Option(label, id=str(index), disabled=not value))
        if wanted:
            self._options.action_first()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._choices[int(event.option.id or 0)][1])
