"""How far away the terminal is: asked once behind the first screen, without a key being lost or awaited.

The question is where the cursor is (DSR 6), which every terminal answers and Textual's own parser tells from
keys. The answers come in Textual's input thread; one that never comes is not waited for.
"""

from __future__ import annotations

import os
import time
from collections.abc import Callable

from textual.driver import Driver
from textual.events import CursorPosition
from textual.message import Message

SLOW_SECONDS = 0.15
"""A round trip from which a line counts as slow: an answer to a key is felt as late."""
ASKED = 3
"""Questions, one after the other; the shortest answer counts, for the first waits behind the screen."""
_QUESTION = "\x1b[6n"


class Measured(Message):
    """The line's round trip is known, in seconds."""

    def __init__(self, seconds: float) -> None:
        self.seconds = seconds
        super().__init__()


class Distance:
    """Measures the way to a driver's terminal and back. `told` is called once, in the input thread."""

    def __init__(self, driver: Driver, told: Callable[[Measured], object]) -> None:
        self._driver = driver
        self._told = told
        self._asked = 0.0
        self._trips: list[float] = []
        self._process = driver.process_message
        driver.process_message = self._heard  # type: ignore[method-assign]

    def ask(self) -> None:
        """Send the question; the answer leads to the next one."""
        self._asked = time.monotonic()
        self._driver.write(_QUESTION)
        self._driver.flush()

    def _heard(self, message: Message) -> None:
        if not isinstance(message, CursorPosition):
            self._process(message)
        elif self._asked:
            self._trips.append(time.monotonic() - self._asked)
            self._asked = 0.0
            if len(self._trips) < ASKED:
                self.ask()
            else:
                self._told(Measured(min(self._trips)))


def calm_mouse(driver: Driver) -> None:
    """No report of every move of the mouse: over a slow line each of them is a packet. Clicks and the wheel
    stay."""
    enable = getattr(driver, "_enable_mouse_support", None)
    if enable is None:
        return

    def enabled() -> None:
        enable()
        if getattr(driver, "_mouse", False):
            # Taking one mode of reporting away takes all away in some terminals: the plain one comes again.
            driver.write("\x1b[?1003l\x1b[?1000h\x1b[?1006h")

    driver._enable_mouse_support = enabled  # type: ignore[attr-defined]


def is_measured(choice: str) -> bool:
    """Whether the line is to be measured: nobody has said how it is."""
    return choice == "auto" and not os.environ.get("TUI_NEWS_SLOW")
