"""All sections and sources as a tree, with their unread counts; Enter goes there."""

from __future__ import annotations

from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import Input, OptionList, Static
from textual.widgets.option_list import Option

from tui_news.newsroom import Newsroom, View
from tui_news.portal.query import fold
from tui_news.sources.subscriptions import SectionNode
from tui_news.text.width import pad
from tui_news.ui.screens.modal import Modal

NAME_WIDTH = 46


class TreeScreen(Modal[View | None]):
    """A list to choose a section or a source from; typing after `/` narrows it down."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left,t", "close", show=False),
        Binding("j", "cursor(1)", show=False),
        Binding("k", "cursor(-1)", show=False),
        Binding("l,right", "choose", show=False),
        Binding("slash,f", "filter", show=False),
    ]

    def __init__(self, newsroom: Newsroom, here: View) -> None:
        super().__init__()
        self._newsroom = newsroom
        self._here = here
        self._rows: list[tuple[View, str, int, int]] = []
        self._field = Input(placeholder="type to narrow down", compact=True, id="narrow")
        self._field.cursor_blink = False
        self._field.display = False
        self._options = OptionList(id="tree", markup=False)

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content("Sections and sources"), classes="sheet-title")
            yield self._field
            yield self._options
            yield Static(Content("Enter goes there · / narrows down · Esc closes"), classes="sheet-hint")

    def on_mount(self) -> None:
        self._rows = [(View(), "All", 0, self._newsroom.counts(View()).unread)]
        waiting: list[tuple[SectionNode, int]] = [(node, 0) for node in reversed(self._newsroom.tree)]
        while waiting:
            node, depth = waiting.pop()
            view = View(node.path)
            self._rows.append((view, node.title, depth, self._newsroom.counts(view).unread))
            for id in node.source_ids:
                source = View(node.path, id)
                unread = self._newsroom.counts(source).unread
                self._rows.append((source, self._newsroom.source_name(id), depth + 1, unread))
            waiting.extend((child, depth + 1) for child in reversed(node.children))
        self._fill("")
        self._options.focus()

    def _fill(self, wanted: str) -> None:
        options = self._options
        options.clear_options()
        width = max(4, min(NAME_WIDTH, self.app.size.width - 16))
        for index, (view, name, depth, unread) in enumerate(self._rows):
            if fold(wanted) in fold(name):
                indent = "  " * depth
                label = pad(f"{indent}{name}", width)
                style = "" if view.source else "bold"
                count = f" {unread:>5}" if unread else ""
                options.add_option(
                    Option(Content.assemble((label, style), (count, "$news-muted")), id=str(index))
                )
                if view.place == self._here.place:
                    options.highlighted = options.option_count - 1

    def on_input_changed(self, event: Input.Changed) -> None:
        self._fill(event.value)

    def on_input_submitted(self) -> None:
        self._options.focus()
        self._options.action_first()

    def action_filter(self) -> None:
        self._field.display = True
        self._field.focus()

    def action_cursor(self, step: int) -> None:
        options = self._options
        if step > 0:
            options.action_cursor_down()
        else:
            options.action_cursor_up()

    def action_choose(self) -> None:
        self._options.action_select()

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        if event.option.id is not None:
            self.dismiss(self._rows[int(event.option.id)][0])

    def action_close(self) -> None:
        self.dismiss(None)
