"""The frame that every sheet over the browser stands in: its keys, its cursor, narrowing down, asking."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Hashable, Iterable, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic, TypeAlias, TypeVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static

from tui_news.i18n import _
from tui_news.text.width import cell_len, pad
from tui_news.ui.keys import IN_SHEETS, bindings
from tui_news.ui.screens.modal import Modal
from tui_news.ui.widgets.prompt import Field, Prompt, listen

if TYPE_CHECKING:
    from textual.widgets import DataTable

T = TypeVar("T")
Rows: TypeAlias = "OptionList | DataTable[Text]"


class Sheet(Modal[T | None], Generic[T]):
    """A title, a body and a hint in a frame; Esc or q closes it.

    The movements are the browser's own actions, so that they have the keys that the reader gave them. A
    subclass makes the body, names the widget that has the cursor in `rows`, and may set `narrowing` to let
    the reader narrow the rows down by typing.
    """

    BINDINGS: ClassVar[list[BindingType]] = [*bindings((*IN_SHEETS, "narrow"))]

    frame: ClassVar[str] = "sheet"
    narrowing: ClassVar[str] = ""
    """What the field to narrow down says while it is empty; without it there is none."""
    rows: Rows | None = None
    opening: Awaitable[object] | None = None
    """A prompt that comes or goes (see `Opens`)."""

    def __init__(self, title: str, hint: str) -> None:
        super().__init__()
        self.heading = Static(Content(title), classes="sheet-title")
        self._hint = hint
        self._asked: Hashable = None
        """What the reader would do if he asked for it again."""
        self.field: Input | None = None
        if self.narrowing:
            self.field = Field(
                self._leave,
                self.action_back,
                placeholder=_(self.narrowing),
                compact=True,
                id="narrow",
            )
            self.field.cursor_blink = False  # a cursor that blinks writes to the line for ever
            self.field.display = False

    def body(self) -> Iterable[Widget]:
        """The widgets between title and hint."""
        raise NotImplementedError

    def compose(self) -> ComposeResult:
        with Vertical(classes=self.frame):
            yield self.heading
            if self.field is not None:
                yield self.field
            yield from self.body()
            yield Static(Content(self._hint), classes="sheet-hint")

    # --- moving ------------------------------------------------------------------------------------

    def action_down(self) -> None:
        if self.rows is not None:
            self.rows.action_cursor_down()

    def action_up(self) -> None:
        if self.rows is not None:
            self.rows.action_cursor_up()

    def action_top(self) -> None:
        if isinstance(self.rows, OptionList):
            self.rows.action_first()
        elif self.rows is not None:
            self.rows.action_scroll_top()

    def action_bottom(self) -> None:
        if isinstance(self.rows, OptionList):
            self.rows.action_last()
        elif self.rows is not None:
            self.rows.action_scroll_bottom()

    def action_page_down(self) -> None:
        if self.rows is not None:
            self.rows.action_page_down()

    def action_page_up(self) -> None:
        if self.rows is not None:
            self.rows.action_page_up()

    def action_half_down(self) -> None:
        self.action_page_down()

    def action_half_up(self) -> None:
        self.action_page_up()

    def action_space(self) -> None:
        self.action_page_down()

    def action_open(self) -> None:
        if self.rows is not None:
            if isinstance(self.rows, OptionList):
                self.rows.action_select()
            else:
                self.rows.action_select_cursor()

    # --- narrowing down ----------------------------------------------------------------------------

    def narrow(self, wanted: str) -> None:
        """Show the rows that the reader's words leave."""

    def action_narrow(self) -> None:
        if self.field is not None:
            self.field.display = True
            self.set_focus(self.field)

    def _leave(self) -> None:
        if self.rows is not None:
            self.set_focus(self.rows)

    def on_input_changed(self, event: Input.Changed) -> None:
        if event.input is self.field:
            self.narrow(event.value)

    # --- asking ------------------------------------------------------------------------------------

    def listen(self) -> None:
        listen(self)

    def ask(self, label: str, done: Callable[[str], None], *, value: str = "", placeholder: str = "") -> None:
        """Ask for a line at the foot of the screen; Esc asks no more and changes nothing."""

        def finish(answer: str | None) -> None:
            if self.rows is not None:
                self.set_focus(self.rows)
            if answer is not None:
                done(answer)

        if not self.query(Prompt):
            self.opening = self.mount(Prompt(label, finish, value=value, placeholder=placeholder))

    def sure(self, what: Hashable) -> bool:
        """Whether the reader asks for something a second time, with nothing between: what cannot be taken
        lightly is done then. The first time the sheet says what it would do."""
        again = self._asked == what
        self._asked = None if again else what
        return again

    def unsure(self) -> None:
        """Something else came between."""
        self._asked = None

    # --- closing -----------------------------------------------------------------------------------

    def outcome(self) -> T | None:
        """What the sheet gives back when it is closed."""
        return None

    def action_back(self) -> None:
        """Out of the narrowed rows first, then out of the sheet."""
        field = self.field
        if field is not None and (field.has_focus or field.value):
            field.value = ""
            field.display = False
            if self.rows is not None:
                self.set_focus(self.rows)
        else:
            self.dismiss(self.outcome())

    def action_quit(self) -> None:
        self.dismiss(self.outcome())


class TextSheet(Sheet[None]):
    """A text that scrolls: help, facts about an article."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("help", "info"))]

    def __init__(self, title: str, text: Content) -> None:
        super().__init__(title, _("Esc closes · j k scroll"))
        self._text = text

    def body(self) -> Iterable[Widget]:
        yield VerticalScroll(Static(self._text), classes="sheet-body")

    def _scroll(self, lines: float) -> None:
        self.query_one(VerticalScroll).scroll_relative(y=lines, animate=False)

    @property
    def _page(self) -> int:
        return max(1, self.query_one(VerticalScroll).size.height - 1)

    def action_down(self) -> None:
        self._scroll(1)

    def action_up(self) -> None:
        self._scroll(-1)

    def action_page_down(self) -> None:
        self._scroll(self._page)

    def action_page_up(self) -> None:
        self._scroll(-self._page)

    def action_half_down(self) -> None:
        self._scroll(self._page // 2)

    def action_half_up(self) -> None:
        self._scroll(-(self._page // 2))

    def action_top(self) -> None:
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def action_bottom(self) -> None:
        self.query_one(VerticalScroll).scroll_end(animate=False)

    def action_open(self) -> None:
        self.dismiss(None)

    def action_help(self) -> None:
        self.dismiss(None)

    def action_info(self) -> None:
        self.dismiss(None)


def table(rows: Sequence[tuple[str, str]]) -> Content:
    """Names and values in two columns, as text that is never parsed as markup."""
    width = max((cell_len(name) for name, _ in rows), default=0) + 2
    parts: list[Content | tuple[str, str]] = []
    for name, value in rows:
        parts += [(pad(name, width), "$news-muted"), Content(value), Content("\n")]
    return Content.assemble(*parts)
