"""The line to the terminal, and what happens when it breaks: no traceback, no hanging, no busy waiting."""

from __future__ import annotations

import os
import select
import sys
from collections.abc import Iterable
from typing import IO, Any, cast

from textual._ansi_sequences import ANSI_SEQUENCES_KEYS
from textual.driver import Driver
from textual.keys import Keys

POINTER_PIXELS_OFF = "\x1b[?1016l"
"""Textual turns the mouse's pixel mode on where it can and never off."""


class Patient:
    """A file to the terminal that takes what is written, also when nobody is there any more.

    Textual writes from a thread with a queue of bounded length: an error there would end the thread, and
    the program would then wait for ever for room in the queue.
    """

    def __init__(self, file: IO[str]) -> None:
        self._file = file
        self._gone = False

    def write(self, text: str) -> int:
        if not self._gone:
            try:
                self._file.write(text)
            except (OSError, ValueError):
                self._gone = True
        return len(text)

    def flush(self) -> None:
        if not self._gone:
            try:
                self._file.flush()
            except (OSError, ValueError):
                self._gone = True

    def __getattr__(self, name: str) -> Any:
        return getattr(self._file, name)


def guard(driver: Driver) -> None:
    """Make a driver survive a terminal that goes away, and leave the terminal as it was found."""
    file = getattr(driver, "_file", None)
    if file is not None:
        driver._file = cast("IO[str]", Patient(file))  # type: ignore[attr-defined]
    run = getattr(driver, "run_input_thread", None)
    if run is not None:

        def run_input_thread() -> None:
            while True:
                try:
                    run()
                except OSError:
                    # Nobody types any more. The app finds out by `hung_up` and leaves.
                    return
                except Exception:  # noqa: S112
                    # Bytes that are no UTF-8 (a terminal in another charset) or a nonsense answer: what was
                    # typed with them is lost, and it goes on.
                    continue
                return

        driver.run_input_thread = run_input_thread  # type: ignore[attr-defined]
    stop = driver.stop_application_mode

    def stopped() -> None:
        driver.write(POINTER_PIXELS_OFF)
        stop()

    driver.stop_application_mode = stopped  # type: ignore[method-assign]


def hung_up() -> bool:
    """Whether the terminal on stdin has gone."""
    stdin = sys.__stdin__
    if stdin is None:
        return True
    try:
        poll = select.poll()
        poll.register(stdin.fileno(), 0)
        return any(event & (select.POLLHUP | select.POLLERR | select.POLLNVAL) for _, event in poll.poll(0))
    except (OSError, ValueError):
        return True


def silence() -> None:
    """Let what Python still writes at its end go nowhere: the terminal is gone."""
    for stream in (sys.__stdout__, sys.__stderr__):
        if stream is not None:
            try:
                stream.flush()
            except (OSError, ValueError):
                os.dup2(os.open(os.devnull, os.O_WRONLY), stream.fileno())


def take_newline_for_enter(keys: Iterable[str]) -> None:
    """Take a newline, which is also Ctrl-J, for Enter, unless one of the reader's keys is `ctrl+j`.

    An Enter that is typed before the terminal is in raw mode comes as a newline, and so it does from programs
    that type. Terminals with the keyboard protocol of kitty tell Ctrl-J from it.
    """
    if not any("ctrl+j" in key.split(",") for key in keys):
        table = cast("dict[str, Any]", ANSI_SEQUENCES_KEYS)
        table["\n"] = (Keys.Enter,)
