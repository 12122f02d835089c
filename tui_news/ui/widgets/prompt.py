"""Lines that ask at the bottom of the screen: for a text (a search, a file), or for one key."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any, ClassVar

from textual import events
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal
from textual.content import Content
from textual.screen import Screen
from textual.widget import Widget
from textual.widgets import Input, Static

LINGER = 0.5
"""Seconds for which a prompt that has been answered is kept, unseen."""


def listen(screen: Screen[Any]) -> None:
    """Put the focus into what asks on a screen, unless it is there: a list that has come meanwhile may have
    taken it, and no key would reach anything."""
    for prompt in screen.query(".prompt"):
        held = screen.focused is not None and prompt in screen.focused.ancestors_with_self
        if getattr(prompt, "answered", False) or held:
            continue
        field = next((each for each in (prompt, *prompt.query(Widget)) if each.focusable), None)
        if field is not None:
            screen.set_focus(field)


class Field(Input):
    """A field that Enter and Esc leave at once. Keys behind them in one packet go back to the app, which
    gives them to what has the focus then."""

    def __init__(
        self, enter: Callable[[], None], escape: Callable[[], None], value: str = "", **more: Any
    ) -> None:
        super().__init__(value, **more)
        self._ways_out = {"enter": enter, "escape": escape}

    def _on_key(self, event: events.Key) -> None:  # type: ignore[override]
        if self.screen.focused is not self:
            event.prevent_default()
        elif event.key in self._ways_out:
            event.stop()
            event.prevent_default()
            self._ways_out[event.key]()


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
        self._field = Field(
            lambda: self._finish(self._field.value),
            self.action_cancel,
            value,
            placeholder=placeholder,
            select_on_focus=False,
            compact=True,
        )
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
        # The last letters may be told behind the answer.
        if self._changed and not self.answered and event.value != self._value:
            self._value = event.value
            self._changed(event.value)

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
            self.display = False
            # Keys behind the answer are on their way through the field still.
            self.set_timer(LINGER, self.remove)
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
        event.prevent_default()
        if self.answered:
            return  # what comes behind the answer is for others
        event.stop()
        key = event.character if event.character and event.character.isprintable() else event.key
        # Before it is asked: what is done with the key may ask the next thing.
        self.answered = True
        label = self._pressed(key)
        if label is None or key == "escape":
            self.remove()
        else:
            self.answered = False
            self._label = label
            self.refresh()
