"""Writing in the reader's own editor: an argument vector, a private file, no shell."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import tempfile
from collections.abc import Mapping
from pathlib import Path

from tui_news.i18n import _
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
                raise EditError(
                    _("${name} has a quote that is not closed: {value}", name=name, value=value)
                ) from None
    for name in EDITORS:
        if shutil.which(name):
            return [name]
    raise EditError(_("no editor found; set EDITOR to one"))


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
            raise EditError(
                _("{command} could not be started ({reason}); set EDITOR", command=command[0], reason=reason)
            ) from error
        if code:
            raise EditError(
                _("{command} ended with {code}; the text is as it was", command=command[0], code=code)
            )
        try:
            data = path.read_bytes()[: MAX_BYTES + 1]
        except OSError as error:
            raise EditError(
                _("{name}: {error}; the text is as it was", name=name, error=error.strerror)
            ) from error
    finally:
        path.unlink(missing_ok=True)
    if len(data) > MAX_BYTES:
        raise EditError(_("longer than a megabyte; the text is as it was"))
    return clean_body(data.decode("utf-8", "replace")).rstrip("\n")
