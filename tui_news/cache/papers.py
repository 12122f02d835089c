"""Small documents beside the articles, a file each: threads of comments, and what the reader left in them."""

from __future__ import annotations

import os

from tui_news.cache.codec import dumps, loads, parse_id
from tui_news.cache.errors import CacheError
from tui_news.cache.files import replace_file
from tui_news.folders import plain
from tui_news.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path
    from typing import Any

MAX_BYTES = 20_000_000
"""A larger file is none of ours."""


class Papers:
    """JSON objects by article id in a folder. A file is whole or as it was before; of two programs that write
    one, the later wins."""

    def __init__(self, folder: Path, *, writable: bool, keep: int = 0) -> None:
        self.folder = folder
        self._writable = writable
        self._keep = keep
        """So many of the newest stay; 0 for all."""

    def _path(self, id: str) -> Path:
        if parse_id(id) is None:
            raise ValueError(f"article id {id!r} is not 12 lower-case hex digits")
        return self.folder / f"{id}.json"

    def get(self, id: str) -> dict[str, Any] | None:
        """A document; None when there is none, or none that can be read."""
        try:
            with open(self._path(id), "rb", opener=plain) as file:
                data = file.read(MAX_BYTES + 1)
            found = loads(data) if len(data) <= MAX_BYTES else None
        except (OSError, ValueError):
            return None
        return found if isinstance(found, dict) else None

    def stamp(self, id: str) -> list[int]:
        """Size and time of change of a document's file: equal as long as it is the same. [0, 0] for none."""
        try:
            found = self._path(id).stat()
        except OSError:
            return [0, 0]
        return [found.st_size, found.st_mtime_ns]

    def put(self, id: str, document: dict[str, Any], spare: Callable[[str], bool] = lambda id: False) -> None:
        """Keep a document; an empty one is removed. The oldest beyond the number kept go, unless `spare` says
        that theirs is to stay. Raises `CacheError`."""
        path = self._path(id)
        if not self._writable:
            raise CacheError(
                _("{folder}: opened read-only, so nothing is written there.", folder=self.folder)
            )
        if not document:
            from contextlib import suppress

            with suppress(OSError):
                path.unlink()
            return
        replace_file(path, [dumps(document)])
        if self._keep:
            self._thin(spare)

    def _thin(self, spare: Callable[[str], bool]) -> None:
        from contextlib import suppress

        names = self._names()
        if len(names) <= self._keep + self._keep // 10:
            return
        ages: list[tuple[float, str]] = []
        for id in names:
            with suppress(OSError):
                ages.append(((self.folder / f"{id}.json").stat().st_mtime, id))
        ages.sort()
        for _age, id in ages[: len(ages) - self._keep]:
            if not spare(id):
                with suppress(OSError):
                    (self.folder / f"{id}.json").unlink()

    def _names(self) -> list[str]:
        try:
            found = [name[:-5] for name in os.listdir(self.folder) if name.endswith(".json")]
        except OSError:
            return []
        return [id for id in found if parse_id(id) is not None]

    def ids(self) -> list[str]:
        """The ids of all articles that have a document, in order."""
        return sorted(self._names())
