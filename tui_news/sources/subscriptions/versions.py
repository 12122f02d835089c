"""Former versions of `sources.toml`, so that a change of sections and sources can be taken back."""

from __future__ import annotations

import contextlib
import json
from pathlib import Path
from typing import Any, Final

from tui_news.config.files import FileError, read_text
from tui_news.config.writing import replace_text
from tui_news.paths import Places
from tui_news.text.clean import clean_line

KEPT: Final = 20
LIMIT: Final = 16_000_000
"""Bytes of all versions together; the oldest go first."""


def _file(places: Places) -> Path:
    return places.data / "sources.versions.json"


def _read(places: Places) -> list[dict[str, str]]:
    """The versions, oldest first; none when the file is missing or not what was written."""
    try:
        found: Any = json.loads(read_text(_file(places), LIMIT) or "[]")
    except (FileError, ValueError, RecursionError):
        return []
    keys = {"what", "before", "after"}
    return [
        own
        for own in (found if isinstance(found, list) else [])
        if isinstance(own, dict) and set(own) == keys and all(isinstance(text, str) for text in own.values())
    ]


def keep(places: Places, what: str, before: str, after: str) -> None:
    """Remember that `what` turned one text into another. What cannot be kept is no reason to fail."""
    versions = [*_read(places), {"what": clean_line(what, 120), "before": before, "after": after}][-KEPT:]
    while versions and sum(len(own["before"]) + len(own["after"]) for own in versions) * 2 > LIMIT:
        versions.pop(0)
    with contextlib.suppress(FileError):
        replace_text(_file(places), json.dumps(versions, ensure_ascii=False))


def last(places: Places) -> tuple[str, str, str] | None:
    """The last change: what it was, the text before and the text after."""
    versions = _read(places)
    return (versions[-1]["what"], versions[-1]["before"], versions[-1]["after"]) if versions else None


def forget_last(places: Places) -> None:
    """The last change was taken back."""
    with contextlib.suppress(FileError):
        replace_text(_file(places), json.dumps(_read(places)[:-1], ensure_ascii=False))
