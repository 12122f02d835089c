"""The line discipline between the program and its terminal: line feeds are to arrive as they are written."""

from __future__ import annotations

import os
import sys

from textual.driver import Driver

__all__ = ["unprocessed"]


def unprocessed(driver: Driver) -> bool:
    """Turn off what the system does to output (OPOST: a carriage return before each line feed), and say
    whether it is off. Then a line feed is the shortest way down, one byte.

    The driver puts back what it found when it gives the terminal back. Where it reads from one terminal and
    writes to another, or has none, nothing is done.
    """
    number = getattr(driver, "fileno", None)
    file = getattr(driver, "_file", None)
    if sys.platform == "win32" or not isinstance(number, int) or file is None:
        return False
    import termios

    try:
        if os.fstat(number).st_rdev != os.fstat(file.fileno()).st_rdev or not os.isatty(number):
            return False
        attributes = termios.tcgetattr(number)
        attributes[1] &= ~termios.OPOST
        termios.tcsetattr(number, termios.TCSANOW, attributes)
        return not termios.tcgetattr(number)[1] & termios.OPOST
    except (OSError, ValueError, AttributeError, termios.error):
        return False
