"""`python -m tui_news` and the command `tui-news`."""

from __future__ import annotations

import gc
import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    # What is imported stays: looking through it for garbage again and again is a twentieth of a start.
    gc.disable()
    if len(sys.argv) == 1:
        from tui_news import early

        early.show()
        try:
            code = _run()
        except KeyboardInterrupt:
            code = 130
        finally:
            early.give_back()
    else:
        code = _run()
    if "multiprocessing" in sys.modules:  # its end has children to see off
        sys.exit(code)
    for stream in (sys.stdout, sys.stderr):
        try:  # noqa: SIM105 - contextlib takes longer than this
            stream.flush()
        except (OSError, ValueError):
            pass
    # All is closed and written by now. Python would take 7 ms to give back piece by piece what the system
    # takes back as a whole, and would wait for a name look-up that hangs in a thread.
    os._exit(code)


def _run() -> int:
    from tui_news.light import spare

    spare()
    from tui_news.cli import run

    # A terminal's text is UTF-8 whatever the locale says; under LANG=C Python takes it for ASCII.
    return run([os.fsencode(argument).decode("utf-8", "surrogateescape") for argument in sys.argv[1:]])


if __name__ == "__main__":
    main()
