"""What the verbs print, and how: machine formats and text on stdout, progress and complaints on stderr."""

from __future__ import annotations

import io
import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from typing import Any

DONE, FAILED, USAGE, PARTLY, NOTHING = 0, 1, 2, 3, 4

_TSV = str.maketrans({"\\": "\\\\", "\t": "\\t", "\n": "\\n", "\r": "\\r"})


class CommandError(Exception):
    """An error that the command line ends with: one line for stderr, and the exit code."""

    def __init__(self, message: str, code: int = FAILED) -> None:
        super().__init__(message)
        self.code = code


def prepare_streams() -> None:
    """UTF-8 out whatever the locale says (also under LANG=C), and no lone surrogate ends a verb."""
    for name in ("stdout", "stderr"):
        if getattr(sys, name) is None:  # closed by whoever started us (`>&-`)
            setattr(sys, name, open(os.devnull, "w", encoding="utf-8"))  # noqa: SIM115 - as long as we run
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def complain(message: str) -> None:
    """One line on stderr, under the program's name, whatever a file's name or a server's words hold."""
    import contextlib

    from tui_news.text.clean import clean_line

    with contextlib.suppress(OSError):
        print(f"tui-news: {clean_line(message, 2_000)}", file=sys.stderr)  # noqa: T201


def progress(message: str) -> None:
    """One line of progress on stderr; only where somebody is watching."""
    if sys.stderr.isatty():
        import contextlib

        with contextlib.suppress(OSError):
            print(message, file=sys.stderr)  # noqa: T201


def write(text: str) -> None:
    """A text on stdout, with a newline at its end."""
    sys.stdout.write(text if text.endswith("\n") else text + "\n")


def write_json(**fields: Any) -> None:
    """One JSON document on stdout: `{"version": 1, …}`."""
    import json

    write(json.dumps({"version": 1, **fields}, ensure_ascii=False, indent=1))


def write_tsv(header: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Tab-separated values with a header line; tab, newline and backslash are written `\\t \\n \\\\`."""
    write("\t".join(header))
    for row in rows:
        write("\t".join("" if value is None else str(value).translate(_TSV) for value in row))


def is_terminal() -> bool:
    return sys.stdout.isatty()


def terminal_width() -> int:
    """Columns of the terminal; 80 where there is none."""
    import shutil

    return max(20, shutil.get_terminal_size((80, 24)).columns)


def bold(text: str) -> str:
    """The text in bold on a terminal that wants looks (NO_COLOR, no-color.org, and TERM=dumb do not)."""
    plain = not is_terminal() or os.environ.get("NO_COLOR") or os.environ.get("TERM") == "dumb"
    return text if plain else f"\x1b[1m{text}\x1b[0m"
