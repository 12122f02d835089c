"""The line that asks what to search for, and in which scope: 新闻 网页 博客 音乐 图片 说吧."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widgets import Static

from tui_news.i18n import _
from tui_news.newsroom.scopes import LABELS, SCOPES
from tui_news.newsroom.views import Scope
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.prompt import Prompt

Done = Callable[[str | None, Scope, bool], None]


class SearchPrompt(Prompt):
    """`done` gets the text (None: given up), the scope, and whether the web is to be asked."""

    BINDINGS: ClassVar[list[BindingType]] = [
        # Before the field, and before what Tab does in other prompts.
        *(replace(binding, priority=True) for binding in bindings(("scope", "scope_back", "ask_web")))
    ]

    def __init__(self, done: Done, *, text: str, scope: Scope, placeholder: str) -> None:
        super().__init__("", self._told, value=text, placeholder=placeholder)
        self._tell = done
        self._scope: Scope = scope
        self._web = False

    def _told(self, value: str | None) -> None:
        self._tell(value, self._scope, self._web or self._scope == "web")

    def on_mount(self) -> None:
        super().on_mount()
        self._show()

    def _show(self) -> None:
        """The scopes, the chosen one between brackets."""
        parts: list[Content | str] = [" "]
        for scope in SCOPES:
            name = _(LABELS[scope])
            chosen = scope == self._scope
            parts.append(Content.styled(f"[{name}]" if chosen else f" {name} ", "reverse" if chosen else ""))
        if self.app.size.width < 76:
            parts = [f" [{_(LABELS[self._scope])}]"]
        self.query_one("#prompt-label", Static).update(Content.assemble(*parts, " "))

    def action_scope(self) -> None:
        self._step(1)

    def action_scope_back(self) -> None:
        self._step(-1)

    def _step(self, step: int) -> None:
        self._scope = SCOPES[(SCOPES.index(self._scope) + step) % len(SCOPES)]
        self._show()

    def action_ask_web(self) -> None:
        # Behind the letters that were typed just before, which wait for the field.
        self._field.call_later(self._finish_on_web)

    def _finish_on_web(self) -> None:
        self._web = True
        self._finish(self._field.value)
