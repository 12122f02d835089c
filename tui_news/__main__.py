"""`python -m tui_news` and the command `tui-news`."""

from __future__ import annotations

import gc
import os
import sys
from contextlib import suppress


def main() -> None:
    """Run the command line and exit with its code."""
    # What is imported stays: looking through it for garbage again and again is a twentieth of a start.
    gc.disable()
    from tui_news.cli import run

    # A terminal's text is UTF-8 whatever the locale says; under LANG=C Python takes it for ASCII.
    arguments = [os.fsencode(argument).decode("utf-8", "surrogateescape") for argument in sys.argv[1:]]
    code = run(arguments)
    if "multiprocessing" in sys.modules:  # its end has children to see off
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        with suppress(OSError, ValueError):
            stream.flush()
    # All is closed and written by now. Python would take 7 ms to give back piece by piece what the system
    # takes back as a whole, and would wait for a name look-up that hangs in a thread.
    os._exit(code)


if __name__ == "__main__":
    main()
