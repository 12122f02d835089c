"""A sheet to write in: a text area or the reader's own editor; sheets made of it use the text."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar, TypeVar

from textual.app import ComposeResult, SuspendNotSupported
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Static, TextArea

from tui_news.i18n import _
from tui_news.ui.keys import bindings
from tui_news.ui.screens.modal import Modal

T = TypeVar("T")


class WritingSheet(Modal[T]):
    """A title, a text area, and a line for what is to be said."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the text area, which has keys of its own.
        *(replace(binding, priority=True) for binding in bindings(("finish", "editor"))),
        Binding("escape", "back", show=False, priority=True),
    ]

    def __init__(self, title: str, text: str) -> None:
        super().__init__()
        self._title = title
        self.area = TextArea(text, id="writing", soft_wrap=True)
        self.area.cursor_blink = False
        self._hint = Static(classes="sheet-hint")
        self._word = Static(id="detail")

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content(self._title), classes="sheet-title")
            yield self.area
            yield from self.more()
            yield self._word
            yield self._hint

    def more(self) -> ComposeResult:
        """What stands below the text."""
        yield from ()

    def on_mount(self) -> None:
        self.area.move_cursor(self.area.document.end)
        self.area.focus()

    def say(self, text: str, *, serious: bool = False) -> None:
        self._word.update(Content.styled(text, "$text-error") if serious else Content(text))

    def hint(self, text: str) -> None:
        self._hint.update(Content(text))

    def key_of(self, action: str) -> str:
        """The first key of an action, as it is printed."""
        return str(self.app.key_of(action))  # type: ignore[attr-defined]

    def action_editor(self) -> None:
        from tui_news.newsroom.editing import EditError, edit

        try:
            with self.app.suspend():
                try:
                    text, problem = edit(self.area.text), ""
                except EditError as error:
                    text, problem = self.area.text, str(error)
        except SuspendNotSupported:
            text, problem = self.area.text, _("This terminal cannot be given away")
        self.area.text = text
        self.area.move_cursor(self.area.document.end)
        self.app.action_redraw()  # type: ignore[attr-defined]
        self.say(problem, serious=bool(problem))

    def action_finish(self) -> None:
        # Behind the letters that were typed just before, which wait for the text area.
        self.area.call_later(self.finish)

    def finish(self) -> None:
        """The reader is done."""
        raise NotImplementedError

    def action_back(self) -> None:
        self.dismiss(None)
