"""Writing files so that they are whole or as they were before."""

from __future__ import annotations

import os
import time

from tui_news.cache.errors import disk_error

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from pathlib import Path

_CHUNK = 1 << 20

# The seam by which tests make a disk that is full or broken.
write = os.write
fsync = getattr(os, "fdatasync", os.fsync)


def sync_folder(folder: Path) -> None:
    """Make a rename in `folder` durable."""
    from contextlib import suppress

    with suppress(OSError):
        fd = os.open(folder, os.O_RDONLY | os.O_CLOEXEC)
        try:
            os.fsync(fd)
        finally:
            os.close(fd)


def write_all(fd: int, data: bytes) -> None:
    """Write every byte, or raise OSError."""
    view = memoryview(data)
    while view:
        view = view[write(fd, view) :]


def replace_file(path: Path, pieces: Iterable[bytes], *, sync: bool = True) -> None:
    """Atomically put `pieces` in the place of `path`. Raises `CacheError`; then the old file stands."""
    temporary = path.parent / f".{path.name}.{os.getpid()}.new"
    try:
        os.makedirs(path.parent, mode=0o700, exist_ok=True)
        fd = os.open(temporary, os.O_WRONLY | os.O_CREAT | os.O_TRUNC | os.O_CLOEXEC, 0o600)
        try:
            buffer = bytearray()
            for piece in pieces:
                buffer += piece
                if len(buffer) > _CHUNK:
                    write_all(fd, bytes(buffer))
                    buffer.clear()
            write_all(fd, bytes(buffer))
            if sync:
                fsync(fd)
        finally:
            os.close(fd)
        os.replace(temporary, path)
    except OSError as error:
        from contextlib import suppress

        with suppress(OSError):
            os.unlink(temporary)
        raise disk_error(path, error) from error
    if sync:
        sync_folder(path.parent)


def set_aside(path: Path) -> Path | None:
    """Copy a damaged file beside itself as `name.damaged-<time>`; None when that cannot be done."""
    import shutil

    stamp = time.strftime("%Y%m%dT%H%M%S", time.gmtime())
    for number in range(100):
        copy = path.with_name(f"{path.name}.damaged-{stamp}{f'-{number}' if number else ''}")
        if not copy.exists():
            try:
                shutil.copy2(path, copy)
            except OSError:
                return None
            return copy
    return None
