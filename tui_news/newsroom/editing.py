"""Writing in the reader's own editor: an argument vector, a private file, no shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tui_news.text.clean import clean_body

EDITORS = ("nano", "vi", "ed")
MAX_BYTES = 1_000_000


class EditError(Exception):
    """Nothing was changed; the message says why and what to do."""


def editor_command(environment: Mapping[str, str] | None = None) -> list[str]:
    """`$VISUAL`, `$EDITOR`, or the first editor found. Raises EditError for none."""
    where = os.environ if environment is None else environment
    for name in ("VISUAL", "EDITOR"):
        if value := where.get(name, "").strip():
            try:
                return shlex.split(value)
            except ValueError:
                raise EditError(f"${name} has a quote that is not closed: {value}") from None
    for name in EDITORS:
        if shutil.which(name):
            return [name]
    raise EditError("no editor found; set EDITOR to one")


def edit(text: str, *, suffix: str = ".md") -> str:
    """The text after the reader has edited it; the editor has the terminal meanwhile. Raises EditError."""
    command = editor_command()
    # mkstemp makes a file that only its owner can read.
    handle, name = tempfile.mkstemp(prefix="tui-news-", suffix=suffix)
    path = Path(name)
    try:
        with os.fdopen(handle, "w", encoding="utf-8", errors="replace") as file:
            file.write(text)
        try:
            code = subprocess.run([*command, name], check=False).returncode  # noqa: S603
        except (OSError, ValueError) as error:
            reason = getattr(error, "strerror", None) or error
            raise EditError(f"{command[0]} could not be started ({reason}); set EDITOR") from error
        if code:
            raise EditError(f"{command[0]} ended with {code}; the text is as it was")
        try:
            data = path.read_bytes()[: MAX_BYTES + 1]
        except OSError as error:
            raise EditError(f"{name}: {error.strerror}; the text is as it was") from error
    finally:
        path.unlink(missing_ok=True)
    if len(data) > MAX_BYTES:
        raise EditError("longer than a megabyte; the text is as it was")
    return clean_body(data.decode("utf-8", "replace")).rstrip("\n")
