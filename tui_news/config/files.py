"""Reads the reader's own files, bounded in size; `writing` replaces them."""

from __future__ import annotations

from tui_news.folders import plain
from tui_news.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path

_MARK = b"\xef\xbb\xbf"
"""The byte-order mark of UTF-8."""


class FileError(Exception):
    """A file could not be read or written; the message is one plain line."""


def read_text(path: Path, limit: int) -> str | None:
    """A UTF-8 file's text, byte-order mark dropped; None when there is no such file.

    Raises FileError for what cannot be read, is longer than `limit` bytes or is not UTF-8.
    """
    try:
        with open(path, "rb", opener=plain) as file:
            data = file.read(limit + 1)
    except FileNotFoundError:
        return None
    except OSError as error:
        raise FileError(
            _("{name} cannot be read: {error}", name=path.name, error=error.strerror or error)
        ) from error
    if len(data) > limit:
        raise FileError(_("{name} is longer than {limit} MB", name=path.name, limit=limit // 1000000))
    try:
        return data.removeprefix(_MARK).decode()
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
        raise FileError(
            _("{name}:{line}: not UTF-8; save the file as UTF-8", name=path.name, line=line)
        ) from error
