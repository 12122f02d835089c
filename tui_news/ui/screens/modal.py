"""What every sheet over the browser is: a screen that closes once, however fast the keys come."""

from __future__ import annotations

from typing import TypeVar

from textual.await_complete import AwaitComplete
from textual.screen import ModalScreen

T = TypeVar("T")


class Modal(ModalScreen[T]):
    """A modal screen. A key or a click that was on its way while the screen closed finds it closed: Textual
    would close what lies under it then, or end the app when that is the browser.

    What `on_mount` needs is made in `__init__`: a screen that is closed before it was composed is mounted
    all the same, without its widgets.
    """

    def dismiss(self, result: T | None = None) -> AwaitComplete:
        if self.app.screen is not self:
            closed: AwaitComplete = AwaitComplete.nothing()  # type: ignore[no-untyped-call]
            return closed
        return super().dismiss(result)
