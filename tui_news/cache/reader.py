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
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from tui_news.cache.codec import dumps, hex_id, hex_ids, loads, pack_ids, parse_id, split, unpack_ids
from tui_news.cache.journal import Journal, peek
from tui_news.cache.locks import Lock
from tui_news.cache.results import Step
from tui_news.cache.stateindex import Place, StateIndex
from tui_news.model import UNTOUCHED, ReaderState

READ, STARRED, LATER, DEBATE, NOTED = 1, 2, 4, 8, 16
KEEP = STARRED | LATER | DEBATE | NOTED
BITS = {"read": READ, "starred": STARRED, "later": LATER, "debate": DEBATE}
MAX_STEPS = 1_000
_MANY = 2_000
_SLACK = 1 << 20
_TAIL = 1 << 15


class ReaderBook:
    """The reader's state by article id (numbers of 48 bits)."""

    def __init__(self, folder: Path, lock: Lock, *, read_only: bool = False) -> None:
        self.lock = lock
        self.index_path = folder / "state.idx"
        self.journal = Journal(folder / "state.jsonl", "state", self._take, self._reset, read_only=read_only)
        self.touched: set[int] = set()
        """Ids that other processes changed since it was last cleared."""
        self._loaded = False
        self._lost_gen: str | None = None
        self._clear()

    def _clear(self) -> None:
        self._base = StateIndex()
        self._over: dict[int, int] = {}
        self._warm = False
        self.notes: dict[int, str] = {}
        self.positions: dict[int, int] = {}
        self._done: list[Place] = []
        self._undone: list[Place] = []
        self._last_step = 0
        self._last_time = 0
        self._indexed = 0

    def _reset(self) -> None:
        if self.journal.lost:
            # Vanished or cut while we know what was in it: kept, and written again by the next change.
            self._lost_gen = self.journal.lost_gen
        else:
            self._clear()

    # --- loading ------------------------------------------------------------------------------------

    def load(self) -> str:
        """Read the state, once; a plain line when it had to be restored or mended, else ''."""
        if self._loaded:
            return ""
        self._loaded = True
        index = StateIndex.load(self.index_path)
        if index and self.journal.start(index.covers, index.gen):
            self._take_index(index)
        elif index and self._cut_short(index):
            return self._restore_from(index)
        self.journal.catch_up()
        self.touched = set()
        return self.mend() if self.journal.damaged else ""

    def refresh(self) -> None:
        """Take in what other processes have written since."""
        self.load()
        if self._lost_gen is None:
            self.journal.catch_up()
        if self._lost_gen is not None and peek(self.journal.path, "state").get("gen") not in (
            None,
            self._lost_gen,
        ):
            # Another program has written it anew.
            self._lost_gen = None
            self._clear()
            self.journal.catch_up()

    def _take_index(self, index: StateIndex) -> None:
        self._base = index
        self.notes, self.positions = index.notes, index.positions
        self._done, self._undone = index.done, index.undone
        self._last_step, self._last_time = index.last_step, index.last_time
        self._indexed = index.covers

    def _cut_short(self, index: StateIndex) -> bool:
        """Whether the journal lacks what its index has seen (and was not simply written anew)."""
        gen = peek(self.journal.path, "state").get("gen")
        return gen in (None, index.gen) and self.journal.signature()[0] < index.covers

    def _restore_from(self, index: StateIndex) -> str:
        self._take_index(index)
        self._done, self._undone = [], []
        self._lost_gen = index.gen
        self.touched = set()
        if self.journal.read_only:
            return f"{self.journal.path}: cut short; the state is read from {self.index_path.name}."
        with self.lock:
            return self._rescue()

    def _rescue(self) -> str:
        """Write a lost journal again from what is known. The lock is held."""
        from tui_news.cache.files import set_aside
        from tui_news.cache.residue import restored_records

        copy = set_aside(self.journal.path) if self.journal.signature()[0] else None
        index = self._index()
        self._lost_gen = None
        self.journal.rewrite(list(restored_records(index)))
        self.journal.catch_up()
        self.touched = set()
        kept = f", what was left of it is kept as {copy.name}" if copy else ""
        return f"{self.journal.path}: was lost or cut short; written again from its index{kept}."

    def mend(self) -> str:
        """Set a damaged journal aside and go on with what is whole; a plain line, '' when all is well."""
        if self.journal.read_only:
            return f"{self.journal.path}: has damaged records, which are skipped."
        from tui_news.cache.repair import mend

        with self.lock:
            message = mend(self.journal)
            self.journal.catch_up()
        return message

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
        """What the reader has done with an article."""
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
        if gen != self.journal.gen or offset > self.journal.end or self.journal.end - offset > _TAIL:
            return None
        found: set[int] = set()
        for _, _, payload in split(self.journal.tail(offset), offset):
            record = loads(payload or b"{}")
            found.update(id for text in record.get("p", ()) if (id := parse_id(text)) is not None)
            for change in record.get("c", ()):
                found.update(unpack_ids(change[3]))
            for change in record.get("b", ()):
                found.update(unpack_ids(change[2]))
        return found

    # --- replay -------------------------------------------------------------------------------------

    def _take(self, offset: int, length: int, payload: bytes) -> None:
        if self._lost_gen is not None:
            return  # What is left of a file that was cut: we know more.
        try:
            record = loads(payload)
            for field, value, packed in record.get("b", ()):
                self._set(field, value, unpack_ids(packed), mine=False)
            if not record.get("h"):
                for field, _, value, packed in record.get("c", ()):
                    self._set(field, value, unpack_ids(packed), mine=False)
            for text, value in record.get("p", {}).items():
                if (id := parse_id(text)) is not None:
                    self._set("position", value, [id], mine=False)
            self._note(record, offset, length)
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            self.journal.bad.append((offset, length))

    def _note(self, record: dict[str, Any], offset: int, length: int) -> None:
        """What a record means for undo and redo."""
        self._last_time = max(self._last_time, int(record.get("t", 0)))
        if "s" in record:
            place = (int(record["s"]), offset, length)
            self._last_step = max(self._last_step, place[0])
            if record.get("h") == 2:
                self._undone.insert(0, place)
                return
            self._done.append(place)
            self._undone.clear()
            if len(self._done) > 2 * MAX_STEPS:
                del self._done[:MAX_STEPS]
        elif "u" in record:
            _move(int(record["u"]), self._done, self._undone)
        elif "r" in record:
            _move(int(record["r"]), self._undone, self._done)

    def _set(self, field: str, value: Any, ids: Sequence[int], *, mine: bool) -> None:
        if not mine:
            self.touched.update(ids)
        if len(ids) > _MANY:
            self.all_flags()
        over = self._over
        if field == "position":
            for id in ids:
                if int(value) > 0:
                    self.positions[id] = int(value)
                else:
                    self.positions.pop(id, None)
            return
        if field == "note":
            for id in ids:
                if value:
                    self.notes[id] = str(value)
                else:
                    self.notes.pop(id, None)
        bit = NOTED if field == "note" else BITS.get(field, 0)
        old = over.get if self._warm else lambda id, _: self.flags(id)
        if value:
            over.update([(id, old(id, 0) | bit) for id in ids])
        else:
            over.update([(id, old(id, 0) & ~bit) for id in ids])

    # --- doing ---------------------------------------------------------------------------------------

    def _now(self) -> int:
        # Never backwards, whatever the clock does: the later of two marks must win a merge.
        self._last_time = max(time.time_ns() // 1_000_000, self._last_time + 1)
        return self._last_time

    def _ready(self) -> None:
        """With the lock held: everything that others wrote is in, and the journal is there."""
        self.refresh()
        if self._lost_gen is not None:
            self._rescue()

    def mark(self, ids: Sequence[int], what: str, changes: dict[str, bool | str | int]) -> Step | None:
        """Change fields of articles as one step; None when nothing changes. Raises `CacheError`."""
        self.load()
        with self.lock:
            self._ready()
            records: list[dict[str, Any]] = []
            sets: list[tuple[str, Any, list[int]]] = []
            if (position := changes.get("position")) is not None:
                moved = [id for id in ids if self.positions.get(id, 0) != position]
                if moved:
                    records.append({"p": {hex_id(id): position for id in moved}, "t": self._now()})
                    sets.append(("position", position, moved))
            entries = []
            touched: dict[int, None] = {}
            for field, value in changes.items():
                if field == "position":
                    continue
                for old, new, group in self._groups(field, value, ids):
                    entries.append([field, old, new, pack_ids(group)])
                    sets.append((field, new, group))
                    touched.update(dict.fromkeys(group))
            step = None
            if entries:
                record = {"s": self._last_step + 1, "t": self._now(), "w": what, "c": entries}
                records.append(record)
                step = _step(record, list(touched))
            self._write(records, sets, sync=bool(entries))
            return step

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
        if len(ids) > _MANY:
            self.all_flags()
        get = self._over.get if self._warm else lambda id, _: self.flags(id)
        wanted = 0 if value else bit
        group = [id for id in dict.fromkeys(ids) if get(id, 0) & bit == wanted]
        if group:
            yield not value, bool(value), group

    def _write(
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
        return record if isinstance(record, dict) and record.get("s") == place[0] else None

    def undo(self) -> Step | None:
        """Take back the last step, whoever did it; None when there is none left."""
        return self._swing("u", 1)

    def redo(self) -> Step | None:
        """Do again what was taken back last; None when there is nothing."""
        return self._swing("r", 2)

    def _swing(self, letter: str, to: int) -> Step | None:
        self.load()
        with self.lock:
            self._ready()
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
                self._write([swung], sets, sync=True)
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

    # --- upkeep ---------------------------------------------------------------------------------------

    def _index(self) -> StateIndex:
        index = StateIndex()
        index.take(self.all_flags())
        index.notes, index.positions = self.notes, self.positions
        index.done, index.undone = self._done[-MAX_STEPS:], self._undone
        index.last_step, index.last_time = self._last_step, self._last_time
        index.gen, index.covers = self.journal.gen, self.journal.end
        return index

    def save_index(self, *, force: bool = False) -> None:
        """Write the derived index when much has been appended since the last one."""
        journal = self.journal
        if journal.read_only or not self._loaded or not journal.gen or journal.bad or journal.future:
            return
        if journal.end - self._indexed > (0 if force else _TAIL):
            self._index().save(self.index_path)
            self._indexed = journal.end

    def compact_if_due(self, *, force: bool = False) -> bool:
        """Rewrite the journal when it is mostly history; the last steps stay undoable."""
        journal = self.journal
        floor = int(journal.header.get("floor", 0))
        if journal.read_only or journal.future or not (force or journal.end > 3 * floor + _SLACK):
            return False
        from tui_news.cache.residue import base_records, history_records

        with self.lock:
            self._ready()
            payloads = [
                *base_records(journal.path), *history_records(self._done, self._undone, self._recall)
            ]  # fmt: skip
            journal.extra = {"floor": sum(map(len, payloads))}
            touched, last = set(self.touched), self._last_step
            journal.rewrite(payloads)
            journal.catch_up()
            self.touched = touched
            self._last_step = max(self._last_step, last)
        self.save_index(force=True)
        return True


def _move(number: int, source: list[Place], target: list[Place]) -> None:
    for at in range(len(source) - 1, -1, -1):
        if source[at][0] == number:
            target.append(source.pop(at))
            return


def _step(record: dict[str, Any], ids: list[int]) -> Step:
    moment = datetime.fromtimestamp(record.get("t", 0) / 1000, UTC)
    return Step(int(record["s"]), str(record.get("w", "")), tuple(hex_ids(ids)), moment)
