"""Asking the terminal: the line is opened raw for a moment, questions go out, answers come in or do not.

Nothing here waits longer than it says: a terminal that stays silent (a console, a recorder, a braille screen)
costs one timeout and is then left alone.
"""

from __future__ import annotations

import os
import select
import sys
import termios
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from typing import Final

from tui_news.terminal.abilities import (
    ABILITIES,
    AMBIGUOUS,
    DA1,
    DA1_ANSWER,
    EMOJI,
    Abilities,
    read_abilities,
    read_column,
    width_question,
)

TIMEOUT: Final = 1.0
"""Seconds that the first answer may take."""
TRIPS: Final = 5
_MOST: Final = 65_536
"""Bytes of answers that are read."""
_SAVE, _RESTORE = b"\x1b7\r", b"\x1b8\x1b[0m\x1b[J"


class Silent(Exception):  # noqa: N818 - it is an answer, if a poor one
    """There is no terminal to ask, or it does not answer; the message says which."""


@contextmanager
def open_line() -> Iterator[int]:
    """The terminal's file descriptor, raw: what it answers is neither echoed nor a signal. It is as it was
    afterwards. Raises Silent when there is none, or when it is another program's just now."""
    try:
        line = os.open("/dev/tty", os.O_RDWR | os.O_NOCTTY)
    except OSError:
        raise Silent("there is no terminal to ask") from None
    try:
        # A program in the background that touches the terminal's settings is stopped.
        if os.tcgetpgrp(line) != os.getpgrp():
            raise Silent("the terminal belongs to the program in the foreground")
        before = termios.tcgetattr(line)
    except (OSError, termios.error):
        os.close(line)
        raise Silent("the terminal cannot be asked") from None
    except Silent:
        os.close(line)
        raise
    raw = termios.tcgetattr(line)
    raw[0] &= ~(termios.ICRNL | termios.IXON)
    raw[3] &= ~(termios.ICANON | termios.ECHO)
    raw[6][termios.VMIN], raw[6][termios.VTIME] = 0, 0
    try:
        termios.tcsetattr(line, termios.TCSADRAIN, raw)
        yield line
    finally:
        # An answer that comes too late must not be read as a command by the shell.
        termios.tcsetattr(line, termios.TCSAFLUSH, before)
        os.close(line)


def ask(line: int, question: bytes, timeout: float) -> tuple[bytes, float]:
    """Send a question that ends with DA1; what came back up to the answer to that, and the seconds it took.
    Raises Silent when no such answer comes."""
    os.write(line, question)
    start = time.monotonic()
    answer = b""
    while not DA1_ANSWER.search(answer, max(0, len(answer) - 4_096)):
        left = start + timeout - time.monotonic()
        if left <= 0 or len(answer) > _MOST or not select.select([line], [], [], left)[0]:
            raise Silent(f"the terminal did not answer within {timeout:.1f} s")
        data = os.read(line, 4_096)
        if not data:
            raise Silent("the terminal has gone")
        answer += data
    return answer, time.monotonic() - start


def round_trip(trips: int = TRIPS, timeout: float = TIMEOUT) -> float:
    """Seconds from a query to its answer, the median of some. Raises Silent."""
    with open_line() as line:
        return _round_trip(line, trips, timeout)


def _round_trip(line: int, trips: int, timeout: float) -> float:
    times = sorted(ask(line, DA1, timeout)[1] for _ in range(max(1, trips)))
    return times[len(times) // 2]


def ask_terminal(
    environment: Mapping[str, str] | None = None, timeout: float = TIMEOUT
) -> tuple[float, Abilities]:
    """The round trip in seconds and the abilities. What is printed to measure widths is wiped at once.

    Raises Silent when nobody answers.
    """
    environment = os.environ if environment is None else environment
    sys.stdout.flush()
    with open_line() as line:
        trip = _round_trip(line, TRIPS, timeout)
        patience = max(timeout, 5 * trip)
        os.write(line, _SAVE)
        try:
            # The Linux console prints what it does not know of strings: it is not asked in them.
            if environment.get("TERM", "").startswith("linux"):
                abilities = Abilities(truecolor=False, links=False, kitty_graphics=False, sixel=False)
            else:
                abilities = read_abilities(ask(line, ABILITIES, patience)[0], environment)
            widths = []
            for text in (AMBIGUOUS, EMOJI):
                column = read_column(ask(line, width_question(text) + DA1, patience)[0])
                widths.append(column - 1 if column else None)
        finally:
            os.write(line, _RESTORE)
    return trip, replace(abilities, ambiguous=widths[0], emoji=widths[1])
