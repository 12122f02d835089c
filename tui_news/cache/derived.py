"""Derived files of numbers: a checked header line, then columns as they stand in memory."""

from __future__ import annotations

import sys
from zlib import crc32

from tui_news.cache.codec import dumps, frame, loads, unframe
from tui_news.cache.files import replace_file
from tui_news.folders import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

INDEX_FORMAT = 1


def save(path: Path, head: dict[str, Any], blob: bytes) -> None:
    """Write it. Raises `CacheError`."""
    head = {"index": INDEX_FORMAT, **head, "crc": crc32(blob), "order": sys.byteorder}
    replace_file(path, (frame(dumps(head)), blob), sync=False)


def load(path: Path) -> tuple[dict[str, Any], bytes] | None:
    """Header and columns; None when the file is absent, damaged or another machine's."""
    try:
        with open(path, "rb", buffering=0, opener=plain) as file:
            data = file.readall()
    except OSError:
        return None
    line, _, blob = data.partition(b"\n")
    try:
        head: dict[str, Any] = loads(unframe(line) or b"null")
        same = head["index"] == INDEX_FORMAT and head["order"] == sys.byteorder
        return (head, blob) if same and head["crc"] == crc32(blob) else None
    except (ValueError, KeyError, TypeError):
        return None
