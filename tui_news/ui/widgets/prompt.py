"""A line that asks for a text at the bottom of the screen: a search, a filter, a number."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widgets import Input, Static


class Prompt(Horizontal):
    """Asks for one line. Enter gives it to `done`, Esc gives None, each change goes to `changed`."""

    BINDINGS: ClassVar[list[BindingType]] = [Binding("escape", "cancel", show=False)]

    def __init__(
        self,
        label: str,
        done: Callable[[str | None], None],
        *,
        value: str = "",
        placeholder: str = "",
        changed: Callable[[str], None] | None = None,
    ) -> None:
        super().__init__(id="prompt")
        self._label = label
        self._done = done
        self._finished = False
        self._changed = changed
        self._value = value
        self._field = Input(value, placeholder=placeholder, compact=True)
        self._field.cursor_blink = False  # a cursor that blinks writes to the line for ever

    def compose(self) -> ComposeResult:
        yield Static(Content(f" {self._label} "), id="prompt-label")
        yield self._field

    def on_mount(self) -> None:
        self._field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._changed and event.value != self._value:
            self._value = event.value
            self._changed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._finish(event.value)

    def action_cancel(self) -> None:
        self._finish(None)

    def _finish(self, value: str | None) -> None:
        # Two Enters in one piece come here twice before the line is gone.
        if not self._finished:
            self._finished = True
            self.remove()
            self._done(value)
