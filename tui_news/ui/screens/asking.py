"""Asking the reader for something in place of the status line: a text, or single keys."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Sequence

from textual.reactive import Reactive
from textual.screen import Screen
from textual.widget import Widget

from tui_news.ui.widgets.bars import StatusLine
from tui_news.ui.widgets.prompt import KeyPrompt, Prompt, listen


class Asking(Screen[None]):
    """A screen with a status line that can ask. One thing is asked at a time."""

    # Textual draws all of the screen again when the focus moves. What then looks otherwise draws itself.
    focused: Reactive[Widget | None] = Reactive(None, repaint=False)

    opening: Awaitable[object] | None = None
    """What was asked last: keys that come in the same packet are for it (see `turns`)."""

    @property
    def status(self) -> StatusLine:
        return self.query_one("#status", StatusLine)

    @property
    def asking(self) -> bool:
        """Whether something is asked at the bottom of the screen."""
        return any(
            child.has_class("prompt") and not getattr(child, "answered", False) for child in self.children
        )

    def listen(self) -> None:
        listen(self)

    def _put(self, prompt: Prompt | KeyPrompt) -> None:
        """Show a prompt; while one that has been answered is on its way out, a moment later."""
        there = self.query(".prompt")
        if not there:
            self.status.display = False
            self.opening = self.mount(prompt)
        elif all(getattr(other, "answered", False) for other in there):
            self.opening = asyncio.create_task(self._follow_up(prompt))

    async def _follow_up(self, prompt: Prompt | KeyPrompt) -> None:
        await self.query(".prompt").remove()
        self.status.display = False
        await self.mount(prompt)

    def show_pane(self) -> None:
        """Put the focus back to where the reader is. `layout` knows."""

    def ask(
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
        """Ask for a line of text; `done` gets it, or None. See `Prompt` for the rest."""

        def finish(answer: str | None) -> None:
            self.status.display = True
            done(answer)
            self.show_pane()

        self._put(
            Prompt(
                label,
                finish,
                value=value,
                placeholder=placeholder,
                changed=changed,
                history=history,
                complete=complete,
            )
        )

    def ask_key(self, label: str, pressed: Callable[[str], str | None]) -> None:
        """Ask for keys until `pressed`, which gets each, gives back no further question. Esc is the end."""

        def finish(key: str) -> str | None:
            self.status.display = True
            asked = pressed(key)
            if asked is None or key == "escape":
                self.show_pane()
            else:
                self.status.display = False
            return asked

        self._put(KeyPrompt(label, finish))
