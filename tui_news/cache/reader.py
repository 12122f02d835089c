"""What the reader does, written into the journal: marks, undo and redo, and the journal's upkeep."""

from __future__ import annotations

import time
from datetime import UTC, datetime

from tui_news.cache import sound
from tui_news.cache.bits import BITS
from tui_news.cache.book import MANY, MAX_STEPS, Book
from tui_news.cache.codec import dumps, hex_id, hex_ids, loads, pack_ids, split, unpack_ids
from tui_news.cache.results import Step
from tui_news.cache.stateindex import Place

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

_SLACK = 1 << 20

Group: TypeAlias = "tuple[Sequence[int], Mapping[str, bool | str | int]]"
"""Articles, and what is to be changed of each of them."""


class ReaderBook(Book):
    """The reader's state, to be changed."""

    # --- doing ---------------------------------------------------------------------------------------

    def _now(self) -> int:
        # Never backwards, whatever the clock does: the later of two marks must win a merge.
        self._last_time = max(time.time_ns() // 1_000_000, self._last_time + 1)
        return self._last_time

    def ready(self) -> None:
        """With the lock held: everything that others wrote is in, and the journal is there."""
        self.refresh()
        if self._lost_gen is not None:
            self._rescue()

    def mark(
        self,
        groups: Sequence[Group],
        what: str,
        *,
        quiet: bool = False,
        always: bool = False,
        durable: bool = True,
    ) -> Step | None:
        """Change fields of articles as one step; None when nothing changes. With `quiet` it is no step and is
        not undone; with `always` it is one even when nothing changes. Raises `CacheError`."""
        self.load()
        with self.lock:
            self.ready()
            records: list[dict[str, Any]] = []
            sets: list[tuple[str, Any, list[int]]] = []
            entries: list[list[Any]] = []
            touched: dict[int, None] = {}
            for ids, changes in groups:
                for field, value in changes.items():
                    if field == "position":
                        moved = [id for id in ids if self.positions.get(id, 0) != value]
                        if moved:
                            records.append({"p": {hex_id(id): value for id in moved}, "t": self._now()})
                            sets.append((field, value, moved))
                        continue
                    for old, new, group in self._groups(field, value, ids):
                        entries.append([field, old, new, pack_ids(group)])
                        sets.append((field, new, group))
                        touched.update(dict.fromkeys(group))
            step = None
            if quiet and entries:
                rows = [[field, new, packed] for field, _, new, packed in entries]
                records.append({"b": rows, "t": self._now()})
            elif entries or always:
                record = self.step_record(what, entries)
                records.append(record)
                step = _step(record, list(touched))
            self.write(records, sets, sync=durable and bool(entries or always))
            return step

    def step_record(
        self, what: str, entries: Sequence[Any], *, done: bool = False, number: int = 0, time: int = 0
    ) -> dict[str, Any]:
        """The record of a step; with `done` its effect stands in other records. `number` is its place behind
        the last one, `time` when it was done, if not now."""
        record: dict[str, Any] = {"s": self._last_step + number + 1, "t": time or self._now(), "w": what}
        return {**record, **({"h": 1} if done else {}), "c": entries}

    @property
    def has_steps(self) -> bool:
        """Whether there is anything to be undone."""
        return bool(self._done)

    def saw(self, moment: int) -> None:
        """Something happened elsewhere at that time: what is done from now on is later."""
        self._last_time = max(self._last_time, moment)

    def _groups(
        self, field: str, value: bool | str | int, ids: Sequence[int]
    ) -> Iterator[tuple[Any, Any, list[int]]]:
        """The ids that a change alters, by the value they have."""
        if field == "note":
            by_old: dict[str, list[int]] = {}
            for id in dict.fromkeys(ids):
                if (old := self.notes.get(id, "")) != value:
                    by_old.setdefault(old, []).append(id)
            for old, group in by_old.items():
                yield old, str(value), group
            return
        bit = BITS[field]
        if len(ids) > MANY:
            self.all_flags()
        get = self._over.get if self._warm else lambda id, _: self.flags(id)
        wanted = 0 if value else bit
        group = [id for id in dict.fromkeys(ids) if get(id, 0) & bit == wanted]
        if group:
            yield not value, bool(value), group

    def write(
        self, records: Sequence[dict[str, Any]], sets: Sequence[tuple[str, Any, list[int]]], *, sync: bool
    ) -> None:
        if not records:
            return
        places = self.journal.append([dumps(record) for record in records], sync=sync)
        for field, value, ids in sets:
            self._set(field, value, ids, mine=True)
        for record, (offset, length) in zip(records, places, strict=True):
            self._note(record, offset, length)

    def _recall(self, place: Place) -> dict[str, Any] | None:
        payload = self.journal.read(place[1], place[2])
        try:
            record = loads(payload) if payload else None
        except ValueError:
            return None
        return record if isinstance(record, dict) and record.get("s") == place[0] and _whole(record) else None

    def undo(self) -> Step | None:
        """Take back the last step, whoever did it; None when there is none left."""
        return self._swing("u", 1)

    def redo(self) -> Step | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._swing("r", 2)

    def _swing(self, letter: str, to: int) -> Step | None:
        self.load()
        with self.lock:
            self.ready()
            stack = self._done if letter == "u" else self._undone
            while stack:
                record = self._recall(stack[-1])
                if record is None:
                    # Damaged since: the steps before it can still be taken back.
                    stack.pop()
                    continue
                entries = [[c[0], c[3 - to], c[to], c[3]] for c in record["c"]]
                sets = [(c[0], c[2], unpack_ids(c[3])) for c in entries]
                swung = {letter: record["s"], "t": self._now(), "w": record.get("w", ""), "c": entries}
                self.write([swung], sets, sync=True)
                return _step(record, list(dict.fromkeys(id for _, _, ids in sets for id in ids)))
            return None

    def history(self, limit: int) -> list[Step]:
        """The last steps that can be taken back, newest first."""
        self.load()
        steps = []
        for place in reversed(self._done[-limit:] if limit > 0 else []):
            if (record := self._recall(place)) is not None:
                ids = dict.fromkeys(id for c in record["c"] for id in unpack_ids(c[3]))
                steps.append(_step(record, list(ids)))
        return steps

    def steps(self) -> list[dict[str, Any]]:
        """The steps that can be taken back, as they stand in the journal, oldest first."""
        self.load()
        found = (self._recall(place) for place in self._done[-MAX_STEPS:])
        return [record for record in found if record is not None]

    # --- upkeep ---------------------------------------------------------------------------------------

    @property
    def _floor(self) -> int:
        """Bytes that the last compaction could not do without."""
        return int(self.journal.header.get("floor", 0))

    @property
    def overgrown(self) -> bool:
        """Whether the journal is so long that it is better to wait for its compaction than to go on."""
        return self.journal.end > 12 * self._floor + 16 * _SLACK

    def compact_if_due(self, *, force: bool = False) -> bool:
        """Rewrite the journal when it is mostly history; the last steps stay undoable."""
        journal = self.journal
        if journal.read_only or journal.future or not (force or journal.end > 3 * self._floor + _SLACK):
            return False
        from tui_news.cache.latest import Latest
        from tui_news.cache.residue import base_records, history_records

        # What takes its time is done without the lock, on what is there now; what comes meanwhile is behind.
        self.refresh()
        if self._lost_gen is not None:
            return False
        gen, end = journal.gen, journal.end
        latest = Latest()
        latest.follow(journal)
        base = list(base_records(latest))
        history = history_records(self._done, self._undone, self._recall)
        with self.lock:
            self.refresh()
            if journal.gen != gen or self._lost_gen is not None:
                return False  # Another program was faster.
            added = [payload for _, _, payload in split(journal.tail(end), end) if payload]
            journal.extra = {"floor": sum(map(len, (*base, *history)))}
            places = journal.replace([*base, *history, *added])
            # The state is what it was; only the steps stand elsewhere.
            self._done, self._undone = [], []
            for payload, place in zip((*history, *added), places[len(base) :], strict=True):
                self._note(loads(payload), *place)
        self.save_index(force=True)
        return True


def _step(record: dict[str, Any], ids: list[int]) -> Step:
    # A clock that ran ahead, here or elsewhere, has put our times ahead as well: nobody acts in the future.
    moment = datetime.fromtimestamp(min(max(record.get("t", 0), 0) / 1000, time.time()), UTC)
    return Step(int(record["s"]), sound.line(str(record.get("w", ""))), tuple(hex_ids(ids)), moment)


def _whole(record: Mapping[str, Any]) -> bool:
    """Whether a record is a step, and not something with the number of one: it is about to be acted on."""
    try:
        for field, old, new, ids in record["c"]:
            if type(field) is not str or type(old) is not type(new) or type(new) not in (bool, str, int):
                return False
            unpack_ids(ids)
        return sound.number(record.get("t", 0), 1 << 53)
    except (ValueError, KeyError, TypeError):
        return False
