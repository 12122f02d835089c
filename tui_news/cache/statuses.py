"""Feed statuses as documents: fields with their default value are left out."""

from __future__ import annotations

import os
from datetime import datetime

from tui_news.cache import sound
from tui_news.cache.journal import peek
from tui_news.cache.shelf import file_name
from tui_news.model import FeedStatus

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

_TIMES = ("checked", "succeeded", "next_try", "hold")


def status_out(status: FeedStatus) -> dict[str, Any]:
    """A status as a document."""
    doc: dict[str, Any] = {}
    blank = FeedStatus(status.source)
    for name in FeedStatus.__match_args__:
        value = getattr(status, name)
        if value != getattr(blank, name):
            doc[name] = value.isoformat() if name in _TIMES else value
    return doc


def trusted(doc: dict[str, Any], folder: Path, source: str) -> dict[str, Any]:
    """The document without its validators when the articles they stand for are not (all) there any more,
    so that the next refresh fetches them again."""
    gen: Any
    end: Any
    try:
        gen, end = doc.get("_heads") or ("", 0)
    except (TypeError, ValueError):
        gen = end = None
    if end == 0:
        return doc
    path = folder / "heads" / f"{file_name(source)}.jsonl"
    try:
        size = os.stat(path).st_size
    except OSError:
        size = 0
    if sound.number(end) and (size >= end or peek(path, "heads").get("gen", gen) != gen):
        return doc
    return {key: value for key, value in doc.items() if key not in ("etag", "last_modified")}


def status_in(source: str, doc: dict[str, Any]) -> FeedStatus:
    """The status of a source from its document; unknown fields are ignored, nonsense gives an empty one."""
    try:
        blank = FeedStatus(source)
        values: dict[str, Any] = {}
        for name in FeedStatus.__match_args__:
            if name not in doc or name == "source":
                continue
            value, kind = doc[name], type(getattr(blank, name))
            if name in _TIMES:
                values[name] = datetime.fromisoformat(value)
            elif kind is str and type(value) is str:
                values[name] = sound.line(value)
            elif type(value) is kind or (kind is float and type(value) is int):
                values[name] = value
        return FeedStatus(source, **values)
    except (TypeError, ValueError):
        return FeedStatus(source)
