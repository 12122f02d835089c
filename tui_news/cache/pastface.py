"""What became of articles: what was read of them, that they were withdrawn, and that the reader knows."""

from __future__ import annotations

import os
from datetime import UTC, datetime

from tui_news.cache.codec import loads, micros, pack_ids, parse_id, unframe
from tui_news.cache.readerface import ReaderFace
from tui_news.cache.shelf import Shelf
from tui_news.folders import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Any

    from tui_news.cache.versions import Past
    from tui_news.model import Withdrawn

_LOOKED_AT = 32 << 20
"""Bytes of the reader's journal, its end, in which a mark is looked for."""
_HITS = 64


class PastFace(ReaderFace):
    """The part of a cache that knows former versions."""

    def _find(self, id: str) -> tuple[Shelf, int] | None:
        raise NotImplementedError

    def past(self, id: str) -> Past | None:
        """What became of an article since it was read; None when it is as it was, or not cached."""
        with self._guard:
            place = self._find(id)
            head = self.library.head(*place) if place else None
            if place is None or head is None or ("_v" not in head and "_w" not in head):
                return None
            from tui_news.cache.versions import past_of

            return past_of(head, place[0].former)

    def saw(self, id: str) -> None:
        """The reader has looked at an article that had changed since he read it. Raises `CacheError`."""

        def seen(head: Mapping[str, Any]) -> dict[str, Any] | None:
            kept = head.get("_v")
            if not isinstance(kept, dict) or "s" in kept:
                return None
            return {**head, "_v": {**kept, "s": micros(datetime.now(UTC)) // 1000}}

        self._change_head(id, seen)

    def put_withdrawn(self, id: str, kind: Withdrawn, *, now: datetime) -> None:
        """An article's page is gone, or leads elsewhere. Raises `CacheError`."""
        from tui_news.cache.withdrawn import withdraw

        self._change_head(id, lambda head: withdraw(head, kind, micros(now) // 1000))

    def _change_head(self, id: str, change: Callable[[Mapping[str, Any]], dict[str, Any] | None]) -> None:
        """Write another head record for an article, if it is cached and the change makes one."""

        def write(shelf: Shelf, head: dict[str, Any]) -> bool:
            changed = change(head)
            if changed is not None:
                shelf.commit({id: changed})
            return changed is not None

        self._rewrite(id, write)

    def _rewrite(self, id: str, write: Callable[[Shelf, dict[str, Any]], bool]) -> None:
        """Give an article's shelf and head, as they are now, to what writes; it says whether it did. Nothing
        happens when the article is not cached any more. Raises `CacheError`."""
        with self._guard:
            place = self._find(id)
            if place is None or place[0].read_only:
                return
            self._begin(self.places.cache, self._articles_writable)
            shelf = place[0]
            with self._cache_lock:
                shelf.refresh()
                row = shelf.rows.find(int(id, 16))
                head = shelf.head(row) if row >= 0 else None
                if head is None or not write(shelf, head):
                    return
            self.library.noted(shelf)
            self._stored = True

    def read_at(self, id: str) -> int:
        """When an article was last marked read, in milliseconds since 1970; 0 when that is not known. Looks
        through the journal's bytes, in which an id stands in one form: no index is kept for it."""
        from tui_news.cache.latest import changes_of

        number = parse_id(id)
        if number is None:
            return 0
        try:
            with open(self.book.journal.path, "rb", opener=plain) as file:
                size = file.seek(0, os.SEEK_END)
                file.seek(max(0, size - _LOOKED_AT))
                data = file.read(_LOOKED_AT)
        except OSError:
            return 0
        needle, end = pack_ids([number]).encode(), len(data)
        for _ in range(_HITS):
            at = data.rfind(needle, 0, end)
            if at < 0:
                break
            begin = data.rfind(b"\n", 0, at) + 1
            payload = unframe(data[begin : data.find(b"\n", at)])
            try:
                for change in changes_of(loads(payload) if payload else {}):
                    if change.field == "read" and change.value and number in change.ids:
                        return change.time if change.time > 1 else 0
            except (ValueError, KeyError, TypeError, IndexError, AttributeError):
                pass
            end = begin
        return 0
