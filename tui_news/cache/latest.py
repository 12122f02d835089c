"""Which value each field of each article has, and since when: what two journals are merged by.

Of two values the one with the later time counts; of two with the same time the greater one, so that every
machine comes to the same end, in whatever order it hears of them.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, NamedTuple

from tui_news.cache.codec import loads, parse_id, unpack_ids
from tui_news.cache.journal import Journal
from tui_news.cache.repair import scan

Value = bool | str | int
Rank = tuple[int, str, Value]


class Change(NamedTuple):
    """A value that a field of some articles was given at a time (milliseconds since 1970)."""

    field: str
    time: int
    value: Value
    ids: list[int]

    @property
    def rank(self) -> Rank:
        """What it is compared by."""
        return self.time, type(self.value).__name__, self.value


def changes_of(record: Mapping[str, Any]) -> Iterator[Change]:
    """What a record of the reader's journal sets."""
    moment = int(record.get("t", 0))
    for field, value, packed in record.get("b", ()):
        yield Change(field, moment, value, unpack_ids(packed))
    if not record.get("h"):
        for field, _, value, packed in record.get("c", ()):
            yield Change(field, moment, value, unpack_ids(packed))
    for text, value in record.get("p", {}).items():
        if (id := parse_id(text)) is not None:
            yield Change("position", moment, value, [id])


class Latest:
    """The last value of each field of each article."""

    def __init__(self, changes: Iterable[Change] = ()) -> None:
        self._last: dict[str, dict[int, int]] = {}
        self._told: list[tuple[str, int, Value]] = []
        self._gen = ""
        self._at = 0
        for change in sorted(changes, key=lambda change: change.rank):
            self.put(change)

    def put(self, change: Change) -> None:
        """Take a change that counts, whatever was there."""
        self._last.setdefault(change.field, {}).update(dict.fromkeys(change.ids, len(self._told)))
        self._told.append((change.field, change.time, change.value))

    def follow(self, journal: Journal) -> bool:
        """Take in what the journal has told so far and is not in yet; True when that was anything. Needs no
        lock. Raises `CacheError`."""
        if journal.gen != self._gen:
            self._last, self._told, self._gen, self._at = {}, [], journal.gen, 0
        begin = self._at
        for offset, length, payload in scan(journal.path, begin):
            if offset + length >= journal.end:
                break
            self._at = offset + length + 1
            try:
                record = loads(payload) if payload else {}
                for change in changes_of(record):
                    self.put(change)
            except (ValueError, KeyError, TypeError, IndexError, AttributeError):
                continue
        return self._at != begin

    def changes(self) -> Iterator[Change]:
        """The last values, grouped as they were set, in order of time."""
        groups: dict[int, list[int]] = {}
        for by_id in self._last.values():
            for id, number in by_id.items():
                groups.setdefault(number, []).append(id)
        found = [Change(*self._told[number], ids) for number, ids in groups.items()]
        found.sort(key=lambda change: change.rank)
        yield from found

    def beaten(self, change: Change) -> list[int]:
        """The articles of a change for which it counts more than what is here."""
        by_id = self._last.get(change.field)
        if not by_id:
            return change.ids
        rank, ranks = change.rank, self._ranks
        return [id for id in change.ids if (number := by_id.get(id)) is None or ranks(number) < rank]

    def _ranks(self, number: int) -> Rank:
        _, moment, value = self._told[number]
        return moment, type(value).__name__, value
