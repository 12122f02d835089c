"""A small keyed store in one journal, all of it in memory: feed statuses, the program's memory."""

from __future__ import annotations

from tui_news.cache.codec import dumps, loads
from tui_news.cache.journal import Journal
from tui_news.cache.locks import Lock

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Any

_SLACK = 1 << 16


class Ledger:
    """Documents by key. A change costs one record; the file is rewritten when it is mostly history.

    Records: `{"k": key, "d": document}`, `{"k": key}` when it was removed.
    """

    def __init__(self, path: Path, kind: str, lock: Lock, *, read_only: bool = False) -> None:
        self.lock = lock
        self.changed: set[str] = set()
        """Keys that other processes changed since it was last cleared."""
        self._docs: dict[str, dict[str, Any]] = {}
        self._stash: dict[str, dict[str, Any]] | None = None
        self._rewrite_due = False
        self._look_again = 0
        self._looked = False
        self.journal = Journal(path, kind, self._take, self._reset, read_only=read_only)

    def _reset(self) -> None:
        if self.journal.lost and self._docs:
            # The file vanished or was cut while we hold what was in it: it is written again.
            self._stash = dict(self._docs)
        self._docs = {}

    def _take(self, offset: int, length: int, payload: bytes) -> None:
        try:
            record = loads(payload)
            key = record["k"]
            if not isinstance(key, str):
                raise TypeError
        except (ValueError, KeyError, TypeError):
            self.journal.bad.append((offset, length))
            return
        doc = record.get("d")
        self.changed.add(key)
        if isinstance(doc, dict):
            self._docs[key] = doc
        else:
            self._docs.pop(key, None)

    def _look(self) -> None:
        self.journal.catch_up()
        if self._stash is not None:
            self._docs.update(self._stash)
            self._stash, self._rewrite_due = None, True
        if not self._looked:
            self._looked = True
            self.changed.clear()

    def docs(self) -> Mapping[str, dict[str, Any]]:
        """All documents as of now. Not to be changed in place."""
        self._look()
        return self._docs

    def get(self, key: str) -> dict[str, Any] | None:
        """One document."""
        return self.docs().get(key)

    def commit(
        self, puts: Mapping[str, Mapping[str, Any]], drops: Iterable[str] = (), *, sync: bool = False
    ) -> None:
        """Write changes as one append. Raises `CacheError`."""
        drops = list(drops)
        records = [dumps({"k": key, "d": dict(doc)}) for key, doc in puts.items()]
        records += [dumps({"k": key}) for key in drops]
        if not records:
            return
        with self.lock:
            self._look()
            if self._rewrite_due:
                self._rewrite()
            self.journal.append(records, sync=sync)
            for key, doc in puts.items():
                self._docs[key] = dict(doc)
            for key in drops:
                self._docs.pop(key, None)
            self._compact_if_due()

    def _compact_if_due(self) -> None:
        size = self.journal.end
        if size < max(_SLACK, self._look_again, 64 * len(self._docs)):
            return
        live = sum(len(dumps(doc)) + len(key) + 32 for key, doc in self._docs.items())
        if size > _SLACK + 4 * live:
            self._rewrite()
        else:
            self._look_again = size + _SLACK // 4  # weighing all of it costs more than a change

    def _rewrite(self) -> None:
        changed = set(self.changed)
        records = [dumps({"k": key, "d": doc}) for key, doc in self._docs.items()]
        self.journal.rewrite(records)
        self.journal.catch_up()
        self.changed, self._rewrite_due, self._look_again = changed, False, 0

    def repair(self) -> str:
        """Set a damaged file aside and go on with what is whole; a plain line that says so, else ''."""
        self._look()
        if self.journal.read_only or not self.journal.damaged:
            return ""
        from tui_news.cache.repair import mend

        with self.lock:
            message = mend(self.journal)
            self._look()
        return message
