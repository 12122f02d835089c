"""Adding a source: an address, then which of the things found there, then the section."""

from __future__ import annotations

from collections.abc import Iterable
from functools import partial

from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option
from textual.worker import Worker

from tui_news.i18n import _, mark
from tui_news.model import SectionPath, Source
from tui_news.newsroom import Newsroom
from tui_news.newsroom.follow import FollowError, Found, as_source, discover, follow
from tui_news.ui.screens.sheet import Sheet

ADDRESS = mark("Address of a feed or of a site:")


class AddScreen(Sheet[list[Source]]):
    """Three steps in one sheet; Esc goes back a step. Gives back what was added."""

    def __init__(self, newsroom: Newsroom, section: SectionPath) -> None:
        super().__init__(_("Add a source"), _("Enter goes on · Esc goes back"))
        self._newsroom = newsroom
        own = newsroom.subscriptions.sections
        self._section = section if section in own else ()
        self._found: list[Found] = []
        self._chosen: Found | None = None
        self._question = Static(Content(_(ADDRESS)), id="question")
        self._address = Input(placeholder="https://example.org", id="address")
        self.rows = self._options = OptionList(id="found", markup=False)
        self._about = Static(id="detail")

    def body(self) -> Iterable[Widget]:
        yield self._question
        yield self._address
        yield self._options
        yield self._about

    def on_mount(self) -> None:
        self._options.display = False
        self._address.cursor_blink = False
        self._address.focus()

    def _say(self, text: str) -> None:
        self._about.update(Content(text))

    def _ask(self, question: str) -> None:
        self._question.update(Content(question))

    def on_input_submitted(self, event: Input.Submitted) -> None:
        if self._chosen is not None:
            self._add(self._chosen, event.value)
        elif event.value.strip():
            self._say(_("Looking at {address} …", address=event.value))
            _worker: Worker[None] = self.run_worker(
                partial(self._look, event.value), group="discover", exclusive=True, exit_on_error=False
            )

    async def _look(self, address: str) -> None:
        told: list[str] = []
        try:
            self._found = await discover(self._newsroom, address, told.append)
        except FollowError as error:
            self._say(str(error))
            return
        if len(self._found) == 1:
            self._choose(self._found[0], *told)
            return
        self._ask(_("Which of these?"))
        self._say("\n".join(told))
        self._options.clear_options()
        self._options.add_options(
            Option(Content.assemble((found.title, "bold"), f"\n  {found.what} · {found.url}"))
            for found in self._found
        )
        self._options.display = True
        self._address.display = False
        self._options.highlighted = 0
        self._options.focus()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option_index < len(self._found):  # Esc may have come before the answer
            self._choose(self._found[event.option_index])

    def _choose(self, found: Found, *told: str) -> None:
        self._chosen = found
        self._options.display = False
        self._ask(_("Section (“World / Asia” for one inside another):"))
        self._say("\n".join((*told, found.title, found.url, found.what)))
        self._address.display = True
        self._address.value = " / ".join(self._section)
        self._address.placeholder = "section"
        self._address.focus()

    def _add(self, found: Found, section: str) -> None:
        path = tuple(part.strip() for part in section.split("/") if part.strip())
        try:
            added = follow(self._newsroom, [as_source(found, path)])
        except FollowError as error:
            self._say(str(error))
            return
        if added:
            self.dismiss(added)
        else:
            self._say(_("{url} is among your sources already.", url=found.url))

    def action_back(self) -> None:
        if self._chosen is None and not self._found:
            self.dismiss(None)
            return
        self._chosen, self._found = None, []
        self._options.display = False
        self._ask(_(ADDRESS))
        self._say("")
        self._address.display = True
        self._address.value = ""
        self._address.focus()
