"""The reader's state as its journal tells it: loading, replay, what is known of an article, the index.

Records, in the order in which they count (clocks may jump, the order does not):

- `{"s": n, "t": ms, "w": what, "c": changes}`: a step. A change is `[field, from, to, ids]`.
- `{"u": n, "t", "c"}`, `{"r": n, "t", "c"}`: step n undone, done again, with its changes spelled out.
- `{"p": {id: position}, "t"}`: reading positions; no step.
- `{"b": [[field, value, ids], ...], "t"}`: what a compaction kept of older records, or a merge took from
  another machine, by the time at which it was set there (the later `t` wins).
- a step with `"h": 1` (2: undone) after a compaction: only for the history, its effect is in the base.
"""

from __future__ import annotations

from tui_news.cache import sound
from tui_news.cache.bits import BITS, DEBATE, HIDDEN, LATER, NOTED, POSITION_LIMIT, READ, STARRED
from tui_news.cache.codec import loads, parse_id, split, unpack_ids
from tui_news.cache.journal import Journal, peek
from tui_news.cache.locks import Lock
from tui_news.cache.stateindex import Place, StateIndex
from tui_news.i18n import _
from tui_news.model import UNTOUCHED, ReaderState

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from typing import Any

MAX_STEPS = 1_000
MANY = 2_000
_TAIL = 1 << 15


class Book:
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
        self.hides = False
        """Whether an article may be hidden; False is sure."""
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
        self._base, self.hides = index, index.hides
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
            return _(
                "{path}: cut short; the state is read from {name}.",
                path=self.journal.path,
                name=self.index_path.name,
            )
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
        kept = _(", what was left of it is kept as {name}", name=copy.name) if copy else ""
        return _(
            "{path}: was lost or cut short; written again from its index{kept}.",
            path=self.journal.path,
            kept=kept,
        )

    def mend(self) -> str:
        """Set a damaged journal aside and go on with what is whole; a plain line, '' when all is well."""
        if self.journal.read_only:
            return _("{path}: has damaged records, which are skipped.", path=self.journal.path)
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

    def unread_in(self, groups: Iterable[Iterable[int]]) -> list[int]:
        """How many of each group of ids are unread."""
        over, find = self._over.get, self._base.find
        found: list[int] = []
        for ids in groups:
            count = 0
            for id in ids:
                value = over(id)
                if not (find(id) if value is None else value) & READ:
                    count += 1
            found.append(count)
        return found

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
            self.notes.get(id, ""), position, bool(flags & HIDDEN),
        )  # fmt: skip

    def changed_since(self, gen: str, offset: int) -> set[int] | None:
        """The ids changed by what stands behind `offset` of generation `gen`; None when that is unknown or
        much."""
        self.load()
        if gen != self.journal.gen or offset > self.journal.end or self.journal.end - offset > _TAIL:
            return None
        found: set[int] = set()
        try:
            for _at, _length, payload in split(self.journal.tail(offset), offset):
                record = loads(payload or b"{}")
                found.update(id for text in record.get("p", ()) if (id := parse_id(text)) is not None)
                for change in record.get("c", ()):
                    found.update(unpack_ids(change[3]))
                for change in record.get("b", ()):
                    found.update(unpack_ids(change[2]))
        except (ValueError, KeyError, TypeError, IndexError, AttributeError):
            return None
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
        except (ValueError, KeyError, TypeError, IndexError, AttributeError, OverflowError):
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
        if len(ids) > MANY:
            self.all_flags()
        over = self._over
        if field == "position":
            for id in ids:
                if int(value) > 0:
                    self.positions[id] = min(int(value), POSITION_LIMIT)
                else:
                    self.positions.pop(id, None)
            return
        if field == "note":
            text = sound.body(str(value or ""))
            for id in ids:
                if text:
                    self.notes[id] = text
                else:
                    self.notes.pop(id, None)
        if field == "hidden" and value:
            self.hides = True
        bit = NOTED if field == "note" else BITS.get(field, 0)
        old = over.get if self._warm else lambda id, _: self.flags(id)
        if value:
            over.update([(id, old(id, 0) | bit) for id in ids])
        else:
            over.update([(id, old(id, 0) & ~bit) for id in ids])

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


def _move(number: int, source: list[Place], target: list[Place]) -> None:
    for at in range(len(source) - 1, -1, -1):
        if source[at][0] == number:
            target.append(source.pop(at))
            return
