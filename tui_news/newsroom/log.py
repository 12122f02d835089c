"""A short log of what went wrong, for whoever looks into it later: bounded, cleaned, without passwords."""

from __future__ import annotations

import contextlib
import os
from datetime import UTC, datetime
from pathlib import Path
from typing import Final

from tui_news.folders import plain
from tui_news.paths import Places
from tui_news.text.clean import clean_line

NAME: Final = "log.txt"
MOST: Final = 200_000
"""Bytes after which the log is set aside as `log.old.txt`, over the one before: two such files are all."""


def log_path(places: Places) -> Path:
    return places.cache / NAME


def note(places: Places, *lines: str) -> None:
    """Append lines, each cleaned and with the time before it. What cannot be written is let go: a log must
    not be the reason for a fault of its own."""
    path = log_path(places)
    stamp = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")
    text = "".join(f"{stamp} {clean_line(line, 500)}\n" for line in lines)
    with contextlib.suppress(OSError, ValueError):
        if path.parent.is_dir():
            if path.exists() and path.stat().st_size + len(text) > MOST:
                os.replace(path, path.with_name("log.old.txt"))
            with open(path, "a", encoding="utf-8", errors="replace", opener=plain) as file:
                file.write(text)


def note_fault(places: Places, error: BaseException) -> None:
    """A fault of the program: what it is, and where, innermost place last."""
    import traceback

    where = [
        f"{Path(frame.filename).name}:{frame.lineno} {frame.name}"
        for frame in traceback.extract_tb(error.__traceback__)[-8:]
    ]
    note(places, f"fault: {type(error).__name__}: {error} at {' < '.join(reversed(where))}")


def last_lines(places: Places, count: int) -> list[str]:
    """The newest lines, oldest first."""
    with contextlib.suppress(OSError), open(log_path(places), "rb", opener=plain) as file:
        file.seek(max(0, file.seek(0, os.SEEK_END) - 200 * count))
        return file.read().decode("utf-8", "replace").splitlines()[-count:]
    return []
