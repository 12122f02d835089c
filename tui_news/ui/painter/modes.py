"""A mode that a terminal is asked for (DECRQM), and whose answer Textual has no message for."""

from __future__ import annotations

import os
import re
from collections.abc import Callable

from textual import _xterm_parser
from textual.driver import Driver

__all__ = ["COLUMNS", "ask"]

COLUMNS = 69
"""DECLRMM: margins at the left and right, so that a part of the width can be scrolled."""
_CHANGEABLE = ("1", "2")

_ANSWER: re.Pattern[str] = _xterm_parser._re_terminal_mode_response


class _Listening:
    """In place of the pattern for such answers: matches the same, and tells of one mode."""

    def __init__(self, mode: int, known: Callable[[], object]) -> None:
        self._mode = str(mode)
        self._known = known

    def match(self, sequence: str) -> re.Match[str] | None:
        found = _ANSWER.match(sequence)
        if found and found["mode_id"] == self._mode and found["setting_parameter"] in _CHANGEABLE:
            self._known()
        return found


def ask(driver: Driver, mode: int, known: Callable[[], object]) -> None:
    """Ask whether the terminal can set `mode`; `known` is then called, in the thread that reads keys."""
    # Apple's terminal shows the last letter of the question.
    if os.environ.get("TERM_PROGRAM") == "Apple_Terminal" or not getattr(driver, "input_tty", False):
        return
    _xterm_parser._re_terminal_mode_response = _Listening(mode, known)  # type: ignore[assignment]
    driver.write(f"\x1b[?{mode}$p")
    driver.flush()
