"""Lines that ask at the bottom of the screen: for a text (a search, a file), or for one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.widget import Widget
from textual.widgets import Input, Static


class Prompt(Horizontal):
    """Asks for one line. Enter gives it to `done`, Esc gives None, each change goes to `changed`.

    Up and Down go through `history`, newest first. With `complete`, Tab lengthens what is typed as far as
    it is given back, and the label tells what it may become.
    """

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape", "cancel", show=False),
        Binding("up,ctrl+p", "older(1)", show=False, priority=True),
        Binding("down,ctrl+n", "older(-1)", show=False, priority=True),
        Binding("tab", "complete", show=False, priority=True),
    ]

    def __init__(
        self,
        label: str,
        done: Callable[[str | None], None],
        *,
        value: str = "",
        placeholder: str = "",
        changed: Callable[[str], None] | None = None,
        history: Sequence[str] = (),
        complete: Callable[[str], tuple[str, Sequence[str]]] | None = None,
    ) -> None:
        super().__init__(id="prompt", classes="prompt")
        self.answered = False
        self._label = label
        self._done = done
        self._changed = changed
        self._value = value
        self._history = history
        self._complete = complete
        self._at = -1
        self._typed = value
        self._field = Input(value, placeholder=placeholder, select_on_focus=False, compact=True)
        self._field.cursor_blink = False  # a cursor that blinks writes to the line for ever

    def compose(self) -> ComposeResult:
        yield Static(Content(f" {self._label} "), id="prompt-label")
        yield self._field

    def on_mount(self) -> None:
        # Not by `focus()`, which comes after the keys that wait already.
        self.screen.set_focus(self._field)
        # Once: whenever the focus came back, the next letter would take the place of all that was typed.
        self._field.action_select_all()

    def on_input_changed(self, event: Input.Changed) -> None:
        event.stop()
        if self._changed and event.value != self._value:
            self._value = event.value
            self._changed(event.value)

    def on_input_submitted(self, event: Input.Submitted) -> None:
        event.stop()
        self._finish(event.value)

    def _put(self, value: str) -> None:
        self._field.value = value
        self._field.cursor_position = len(value)

    def action_older(self, step: int) -> None:
        if not self._history:
            return
        if self._at < 0:
            self._typed = self._field.value
        self._at = max(-1, min(len(self._history) - 1, self._at + step))
        self._put(self._typed if self._at < 0 else self._history[self._at])

    def action_complete(self) -> None:
        if self._complete is None:
            return
        longer, names = self._complete(self._field.value)
        self._put(longer)
        several = f" ({', '.join(names[:4])}{' …' if len(names) > 4 else ''})" if len(names) > 1 else ""
        self.query_one("#prompt-label", Static).update(Content(f" {self._label}{several} "))

    def action_cancel(self) -> None:
        self._finish(None)

    def _finish(self, value: str | None) -> None:
        # Two Enters in one piece come here twice before the line is gone.
        if not self.answered:
            self.answered = True
            # Textual 8.2.8 has a field subscribe at the screen, which then holds it for ever.
            self.screen.text_selection_started_signal.unsubscribe(self._field)
            self.remove()
            self._done(value)


class KeyPrompt(Widget, can_focus=True):
    """Asks for single keys. Each goes to `pressed`, which gives back what to ask next; None is the end.
    Esc ends it too, and is given as "escape"."""

    def __init__(self, label: str, pressed: Callable[[str], str | None]) -> None:
        super().__init__(id="prompt", classes="prompt")
        self.answered = False
        self._label = label
        self._pressed = pressed

    def render(self) -> Content:
        return Content.styled(f" {self._label} ", "bold $primary")

    def on_mount(self) -> None:
        self.screen.set_focus(self)

    def on_key(self, event: events.Key) -> None:
        event.stop()
        event.prevent_default()
        key = event.character if event.character and event.character.isprintable() else event.key
        if self.answered:
            return
        # Before it is asked: what is done with the key may ask the next thing.
        self.answered = True
        label = self._pressed(key)
        if label is None or key == "escape":
            self.remove()
        else:
            self.answered = False
            self._label = label
            self.refresh()
