"""Reading a journal from end to end, and saving what is whole of a damaged one."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

from tui_news.cache.codec import salvage, split
from tui_news.cache.errors import disk_error
from tui_news.cache.files import set_aside
from tui_news.cache.journal import FORMAT, Journal, peek
from tui_news.folders import plain
from tui_news.i18n import _

_CHUNK = 1 << 20


def scan(path: Path, start: int = 0) -> Iterator[tuple[int, int, bytes | None]]:
    """Every complete record from offset `start` on as the file stands now, header included: offset, length,
    payload; None for a damaged one. Nothing when there is no file. Raises `CacheError` when it cannot be
    read."""
    at, rest = start, b""
    try:
        fd = plain(path, os.O_RDONLY)
    except FileNotFoundError:
        return
    except OSError as error:
        raise disk_error(path, error) from error
    try:
        if start:
            os.lseek(fd, start, os.SEEK_SET)
        while data := os.read(fd, _CHUNK):
            rest += data
            cut = rest.rfind(b"\n") + 1
            yield from split(rest[:cut], at)
            at, rest = at + cut, rest[cut:]
    except OSError as error:
        raise disk_error(path, error) from error
    finally:
        os.close(fd)


def whole(path: Path) -> Iterator[bytes]:
    """The payloads that can be saved, without the header."""
    with open(path, "rb", opener=plain) as file:
        for offset, length, payload in scan(path):
            if payload is None:
                for at, _, inner in salvage(os.pread(file.fileno(), length, offset), offset):
                    if at:
                        yield inner
            elif offset or not payload.startswith(b'{"tui-news"'):
                yield payload


def examine(path: Path, kind: str) -> str:
    """What is wrong with a journal, in one line; '' when nothing is or there is no such file. An unfinished
    record at the end is no damage: a writer was stopped, and what it had committed stands before."""
    bad = total = 0
    for _at, _length, payload in scan(path):
        total += 1
        bad += payload is None
    if bad:
        return _("{path}: {bad} of {total} records damaged", path=path, bad=bad, total=total)
    try:
        size = path.stat().st_size
    except OSError:
        return ""
    if size and not total:
        return _("{path}: {size} bytes and no whole record in them", path=path, size=size)
    if total and not peek(path, kind):
        return _("{path}: its first record is not a header", path=path)
    return ""


def mend(journal: Journal) -> str:
    """Set a damaged file aside and go on with its whole records; a plain line that says so, '' when there
    was nothing to mend. The caller holds the lock and catches up afterwards. Raises `CacheError`."""
    found = examine(journal.path, journal.kind)
    if not found or peek(journal.path, journal.kind).get("format", 0) > FORMAT:
        return ""
    copy = set_aside(journal.path)
    if copy is None:
        return _(
            "{found}; they are skipped. There is no room for a copy, so the file is left as it is.",
            found=found,
        )
    journal.rewrite(whole(journal.path))
    return _(
        "{found}; the rest goes on, and the damaged file is kept as {name}.", found=found, name=copy.name
    )
