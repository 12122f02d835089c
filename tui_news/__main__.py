"""`python -m tui_news` and the command `tui-news`."""

from __future__ import annotations

import os
import sys


def main() -> None:
    """Run the command line and exit with its code."""
    from tui_news.cli import run

    # A terminal's text is UTF-8 whatever the locale says; under LANG=C Python takes it for ASCII.
    arguments = [os.fsencode(argument).decode("utf-8", "surrogateescape") for argument in sys.argv[1:]]
    sys.exit(run(arguments))


if __name__ == "__main__":
    main()
