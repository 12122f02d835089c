"""Replaces the reader's own files: never half written, one writer at a time."""

from __future__ import annotations

import contextlib
import fcntl
import os
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Final

from tui_news.config.files import FileError
from tui_news.i18n import _

LOCK_PATIENCE: Final = 5.0
"""Seconds that an edit waits for another program's edit."""


def replace_text(path: Path, text: str) -> None:
    """Put `text` in the file's place at once: a reader or a crash sees the old one or the new one whole.

    A symbolic link stays and what it points to is replaced; permissions stay; a new file is private to
    its user. Raises FileError, and the old file is then as it was.
    """
    import tempfile

    target = Path(os.path.realpath(path))
    temporary = ""
    try:
        target.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(prefix=f".{target.name}.", suffix=".new", dir=target.parent)
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            with contextlib.suppress(FileNotFoundError):
                os.fchmod(file.fileno(), target.stat().st_mode & 0o7777)
            file.flush()
            os.fsync(file.fileno())
        os.replace(temporary, target)
        temporary = ""
        _sync_folder(target.parent)
    except (OSError, UnicodeEncodeError) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise FileError(
            _("{name} was not written: {reason}; it is as it was before", name=path.name, reason=reason)
        ) from error
    finally:
        if temporary:
            with contextlib.suppress(OSError):
                os.unlink(temporary)


def _sync_folder(folder: Path) -> None:
    with contextlib.suppress(OSError):  # some file systems cannot sync a folder
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)


@contextlib.contextmanager
def edit_lock(folder: Path) -> Iterator[None]:
    """Hold the folder for a read-change-write, so that two programs do not lose each other's edits.

    Raises FileError when another one holds it longer than `LOCK_PATIENCE`. Where the file system has no
    locks the edit goes on without.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        handle = os.open(folder, os.O_RDONLY)
    except OSError as error:
        raise FileError(
            _("{folder} cannot be used: {error}", folder=folder, error=error.strerror or error)
        ) from error
    try:
        deadline = time.monotonic() + LOCK_PATIENCE
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    raise FileError(
                        _("another program is changing the files in {folder}; try again", folder=folder)
                    ) from None
                time.sleep(0.02)
            except OSError:
                break
        yield
    finally:
        os.close(handle)
