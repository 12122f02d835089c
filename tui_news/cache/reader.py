"""What the reader has done: a journal of steps, the state they add up to, undo and redo.

Records, in the order in which they count (clocks may jump, the order does not):

- `{"s": n, "t": ms, "w": what, "c": changes}`: a step. A change is `[field, from, to, ids]`.
- `{"u": n, "t", "c"}`, `{"r": n, "t", "c"}`: step n undone, done again, with its changes spelled out.
- `{"p": {id: position}, "t"}`: reading positions; no step.
- `{"b": [[field, value, ids], ...], "t"}`: what a compaction kept of older records, by time, so that
  journals of two machines can be merged field by field (the later `t` wins).
- a step with `"h": 1` (2: undone) after a compaction: only for the history, its effect is in the base.
"""

from __future__ import annotations

import time
from bisect import bisect_left
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui_news.cache.codec import dumps, hex_id, loads, pack_ids, parse_id, split, unpack_ids
from tui_news.cache.journal import Journal
from tui_news.cache.locks import Lock
from tui_news.cache.stateindex import StateIndex
from tui_news.model import UNTOUCHED, ReaderState

READ, STARRED, LATER, DEBATE, NOTED = 1, 2, 4, 8, 16
KEEP = STARRED | LATER | DEBATE | NOTED
BITS = {"read": READ, "starred": STARRED, "later": LATER, "debate": DEBATE}
MAX_STEPS = 1_000
_KEPT_STEPS = 200
_KEPT_BYTES = 2 << 20
_SLACK = 1 << 20
_TAIL = 1 << 15

Change = tuple[str, Any, Any, list[int]]


@dataclass(frozen=True, slots=True)
class Step:
    """One action of the reader, as undo sees it."""

    id: int
    what: str
    ids: tuple[str, ...]
    time: datetime


@dataclass(frozen=True, slots=True)
class _Ref:
    """Where a step stands in the journal."""

    number: int
    offset: int
    length: int


class ReaderBook:
    """The reader's state by article id (numbers of 48 bits)."""

    def __init__(self, folder: Path, lock: Lock, *, read_only: bool = False) -> None:
        self.lock = lock
        self.index_path = folder / "state.idx"
        self.journal = Journal(folder / "state.jsonl", "state", self._take, self._reset, read_only=read_only)
        self.touched: set[int] = set()
        """Ids that other processes changed since it was last cleared."""
        self._loaded = False
        self._indexed = 0
        self._reset()

    def _reset(self) -> None:
        self._base = StateIndex()
        self._over: dict[int, int] = {}
        self._warm = False
        self.notes: dict[int, str] = {}
        self.positions: dict[int, int] = {}
        self._done: list[_Ref] = []
        self._undone: list[_Ref] = []
        self._last_step = 0
        self._last_time = 0
        self._indexed = 0

    def load(self) -> bool:
        """Take in what the journal holds beyond what is known; True when something was new."""
        if not self._loaded:
            self._loaded = True
            index = StateIndex.load(self.index_path)
            if index and self.journal.start(index.covers, index.gen):
                self._base = index
                self.notes = index.notes
                self.positions = index.positions
                self._done = [_Ref(*ref) for ref in index.done]
                self._undone = [_Ref(*ref) for ref in index.undone]
                self._last_step, self._last_time = index.last_step, index.last_time
                self._indexed = index.covers
            changed = self.journal.catch_up()
            self.touched = set()
            return changed
        return self.journal.catch_up()

    # --- state --------------------------------------------------------------------------------------

    def flags(self, id: int) -> int:
        """The flag bits of an article."""
        value = self._over.get(id)
        if value is None:
            return 0 if self._warm else self._base.find(id)
        return value

    def all_flags(self) -> dict[int, int]:
        """The flags of every article that has any, by id. Not to be changed."""
        if not self._warm:
            merged = self._base.as_dict()
            merged.update(self._over)
            self._over, self._base, self._warm = merged, StateIndex(), True
        return self._over

    def state(self, id: int) -> ReaderState:
        flags = self.flags(id)
        position = self.positions.get(id, 0)
        if not flags and not position:
            return UNTOUCHED
        return ReaderState(
            bool(flags & READ), bool(flags & STARRED), bool(flags & LATER), bool(flags & DEBATE),
            self.notes.get(id, ""), position,
        )  # fmt: skip

    def changed_since(self, gen: str, offset: int) -> set[int] | None:
        """The ids changed by what stands behind `offset` of generation `gen`; None when that is unknown or
        much."""
        self.load()
        if gen != self.journal.gen or offset > self.journal.end:
            return None
        if self.journal.end - offset > _TAIL or not offset:
            return set() if offset == self.journal.end else None
        found: set[int] = set()
        for _, _, payload in split(self.journal.tail(offset), offset):
            record = loads(payload or b"{}")
            found.update(id for text in record.get("p", ()) if (id := parse_id(text)) is not None)
            for change in record.get("c", ()):
                found.update(unpack_ids(change[3]))
        return found

    # --- replay -------------------------------------------------------------------------------------

    def _take(self, offset: int, length: int, payload: bytes) -> None:
        try:
            record = loads(payload)
            self._apply(record, offset, length)
        except (ValueError, KeyError, TypeError, IndexError):
            self.journal.bad.append((offset, length))

    def _apply(self, record: dict[str, Any], offset: int, length: int, *, mine: bool = False) -> None:
        self._last_time = max(self._last_time, int(record.get("t", 0)))
        if "p" in record:
            for text, value in record["p"].items():
                if (id := parse_id(text)) is not None:
                    self._position(id, int(value))
                    if not mine:
                        self.touched.add(id)
            return
        for field, value, packed in record.get("b", ()):
            self._set(field, value, unpack_ids(packed), mine)
        if not record.get("h"):
            for field, _, value, packed in record.get("c", ()):
                self._set(field, value, unpack_ids(packed), mine)
        if "s" in record:
            ref = _Ref(int(record["s"]), offset, length)
            self._last_step = max(self._last_step, ref.number)
            if record.get("h") == 2:
                self._undone.insert(0, ref)
                return
            self._done.append(ref)
            self._undone.clear()
            if len(self._done) > 2 * MAX_STEPS:
                del self._done[:MAX_STEPS]
        elif "u" in record:
            _move(int(record["u"]), self._done, self._undone)
        elif "r" in record:
            _move(int(record["r"]), self._undone, self._done)

    def _set(self, field: str, value: Any, ids: Sequence[int], mine: bool) -> None:
        if not mine:
            self.touched.update(ids)
        if len(ids) > 2_000:
            self.all_flags()
        over = self._over
        if bit := BITS.get(field, 0):
            if value:
                for id in ids:
                    over[id] = self.flags(id) | bit
            else:
                for id in ids:
                    over[id] = self.flags(id) & ~bit
        elif field == "note":
            for id in ids:
                if value:
                    self.notes[id] = str(value)
                    over[id] = self.flags(id) | NOTED
                else:
                    self.notes.pop(id, None)
                    over[id] = self.flags(id) & ~NOTED
        elif field == "position":
            for id in ids:
                self._position(id, int(value))

    def _position(self, id: int, value: int) -> None:
        if value > 0:
            self.positions[id] = value
        else:
            self.positions.pop(id, None)

    # --- doing ---------------------------------------------------------------------------------------

    def _now(self) -> int:
        self._last_time = max(time.time_ns() // 1_000_000, self._last_time + 1)
        return self._last_time

    def mark(self, ids: Sequence[int], what: str, changes: dict[str, bool | str | int]) -> Step | None:
        """Change fields of articles as one step; None when nothing changes. Raises `CacheError`."""
        with self.lock:
            self.load()
            position = changes.get("position")
            records: list[dict[str, Any]] = []
            if position is not None:
                moved = {hex_id(id): position for id in ids if self.positions.get(id, 0) != position}
                if moved:
                    records.append({"p": moved, "t": self._now()})
            entries = [
                [field, old, new, pack_ids(group)]
                for field, value in changes.items()
                if field != "position"
                for old, new, group in self._groups(field, value, ids)
            ]
            if entries:
                records.append({"s": self._last_step + 1, "t": self._now(), "w": what, "c": entries})
            places = self._write(records, sync=bool(entries))
            return self._step(records[-1], places[-1]) if entries else None

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
        if len(ids) > 2_000:
            self.all_flags()
        flags = self.flags
        if value:
            group = [id for id in dict.fromkeys(ids) if not flags(id) & bit]
        else:
            group = [id for id in dict.fromkeys(ids) if flags(id) & bit]
        if group:
            yield not value, bool(value), group

    def _write(self, records: Sequence[dict[str, Any]], *, sync: bool) -> list[tuple[int, int]]:
        if not records:
            return []
        places = self.journal.append([dumps(record) for record in records], sync=sync)
        for record, (offset, length) in zip(records, places, strict=True):
            self._apply(record, offset, length, mine=True)
        return places

    def _step(self, record: dict[str, Any], place: tuple[int, int]) -> Step:
        ids: dict[int, None] = {}
        for change in record.get("c", ()):
            ids.update(dict.fromkeys(unpack_ids(change[3])))
        moment = datetime.fromtimestamp(record.get("t", 0) / 1000, UTC)
        return Step(int(record["s"]), str(record.get("w", "")), tuple(map(hex_id, ids)), moment)

    def _recall(self, ref: _Ref) -> dict[str, Any] | None:
        payload = self.journal.read(ref.offset, ref.length)
        try:
            record = loads(payload) if payload else None
        except ValueError:
            return None
        return record if isinstance(record, dict) and record.get("s") == ref.number else None

    def undo(self) -> Step | None:
        """Take back the last step, whoever did it; None when there is none left."""
        return self._swing(self._done, "u", 1)

    def redo(self) -> Step | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._swing(self._undone, "r", 2)

    def _swing(self, stack: list[_Ref], letter: str, to: int) -> Step | None:
        with self.lock:
            self.load()
            stack = self._done if letter == "u" else self._undone
            while stack:
                record = self._recall(stack[-1])
                if record is None:
                    # Damaged since: the steps before it can still be taken back.
                    stack.pop()
                    continue
                entries = [[c[0], c[3 - to], c[to], c[3]] for c in record["c"]]
                swung = {letter: record["s"], "t": self._now(), "w": record.get("w", ""), "c": entries}
                self._write([swung], sync=True)
                return self._step(record, (0, 0))
            return None

    def history(self, limit: int) -> list[Step]:
        """The last steps that can be taken back, newest first."""
        self.load()
        steps = []
        for ref in reversed(self._done[-limit:] if limit else []):
            if (record := self._recall(ref)) is not None:
                steps.append(self._step(record, (ref.offset, ref.length)))
        return steps

    # --- upkeep ---------------------------------------------------------------------------------------

    def save_index(self, *, force: bool = False) -> None:
        """Write the derived index when much has been appended since the last one."""
        if self.journal.read_only or not self.journal.gen or self.journal.bad:
            return
        if self.journal.end - self._indexed <= (0 if force else _TAIL):
            return
        StateIndex.save(
            self.index_path, self.journal.gen, self.journal.end, self.all_flags(), self.notes, self.positions,
            [(r.number, r.offset, r.length) for r in self._done[-MAX_STEPS:]],
            [(r.number, r.offset, r.length) for r in self._undone],
            self._last_step, self._last_time,
        )  # fmt: skip
        self._indexed = self.journal.end

    def compact_if_due(self, *, force: bool = False) -> bool:
        """Rewrite the journal when it is mostly history; the last steps stay undoable."""
        self.load()
        floor = int(self.journal.header.get("floor", 0))
        if self.journal.read_only or not (force or self.journal.end > 3 * floor + _SLACK):
            return False
        with self.lock:
            self.load()
            payloads = [*self._base_records(), *self._history_records()]
            self.journal.extra = {"floor": sum(map(len, payloads))}
            touched = set(self.touched)
            self.journal.rewrite(payloads)
            self.journal.catch_up()
            self.touched = touched
        self.save_index(force=True)
        return True

    def _base_records(self) -> Iterator[bytes]:
        """The last value of each field of each article, grouped by the time it was set at."""
        latest: dict[str, dict[int, int]] = {}
        values: list[tuple[int, Any]] = []
        for offset, _, payload in self.journal.scan():
            if payload is None or not offset:
                continue
            record = loads(payload)
            moment = int(record.get("t", 0))
            changes: Iterable[tuple[str, Any, list[int]]] = [
                (b[0], b[1], unpack_ids(b[2])) for b in record.get("b", ())
            ]
            if not record.get("h"):
                changes = [*changes, *((c[0], c[2], unpack_ids(c[3])) for c in record.get("c", ()))]
            for text, value in record.get("p", {}).items():
                if (id := parse_id(text)) is not None:
                    changes = [*changes, ("position", value, [id])]
            for field, value, ids in changes:
                latest.setdefault(field, {}).update(dict.fromkeys(ids, len(values)))
                values.append((moment, value))
        groups: dict[int, dict[int, tuple[str, list[int]]]] = {}
        for field, by_id in latest.items():
            for id, number in by_id.items():
                groups.setdefault(values[number][0], {}).setdefault(number, (field, []))[1].append(id)
        for moment in sorted(groups):
            rows = [
                [field, values[number][1], pack_ids(ids)] for number, (field, ids) in groups[moment].items()
            ]
            yield dumps({"b": rows, "t": moment})

    def _history_records(self) -> Iterator[bytes]:
        kept: list[bytes] = []
        budget = _KEPT_BYTES
        stacks = [(ref, 1) for ref in self._done[-_KEPT_STEPS:]] + [
            (ref, 2) for ref in reversed(self._undone)
        ]
        for ref, mark in reversed(stacks):
            if (record := self._recall(ref)) is None:
                continue
            payload = dumps({**record, "h": mark})
            budget -= len(payload)
            if budget < 0:
                break
            kept.append(payload)
        yield from reversed(kept)


def _move(number: int, source: list[_Ref], target: list[_Ref]) -> None:
    for at in range(len(source) - 1, -1, -1):
        if source[at].number == number:
            target.append(source.pop(at))
            return


def search(ids: Sequence[int], id: int) -> int:
    """Index of `id` in a sorted sequence, -1 when it is not there."""
    at = bisect_left(ids, id)
    return at if at < len(ids) and ids[at] == id else -1
