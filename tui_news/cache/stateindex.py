"""The derived index of the reader's state: opens at 100,000 marks as fast as at none."""

from __future__ import annotations

import sys
from array import array
from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from zlib import crc32

from tui_news.cache.codec import dumps, frame, loads, unframe
from tui_news.cache.journal import replace_file

INDEX_FORMAT = 1


@dataclass(slots=True)
class StateIndex:
    """Flags by id in two sorted columns, and the little that is kept as it is."""

    ids: array[int] = field(default_factory=lambda: array("Q"))
    flags: bytes = b""
    notes: dict[int, str] = field(default_factory=dict)
    positions: dict[int, int] = field(default_factory=dict)
    done: list[tuple[int, int, int]] = field(default_factory=list)
    undone: list[tuple[int, int, int]] = field(default_factory=list)
    last_step: int = 0
    last_time: int = 0
    gen: str = ""
    covers: int = 0

    def find(self, id: int) -> int:
        """The flags of an id, 0 when it has none."""
        at = bisect_left(self.ids, id)
        return self.flags[at] if at < len(self.ids) and self.ids[at] == id else 0

    def as_dict(self) -> dict[int, int]:
        return dict(zip(self.ids, self.flags, strict=True))

    @staticmethod
    def save(
        path: Path,
        gen: str,
        covers: int,
        flags: Mapping[int, int],
        notes: Mapping[int, str],
        positions: Mapping[int, int],
        done: Sequence[tuple[int, int, int]],
        undone: Sequence[tuple[int, int, int]],
        last_step: int,
        last_time: int,
    ) -> None:
        """Write it. Raises `CacheError`."""
        ids = sorted(id for id, value in flags.items() if value)
        rest = dumps([list(notes.items()), list(positions.items()), done, undone, last_step, last_time])
        blob = array("Q", ids).tobytes() + bytes(flags[id] for id in ids) + rest
        head = {
            "index": INDEX_FORMAT, "gen": gen, "covers": covers, "rows": len(ids),
            "crc": crc32(blob), "order": sys.byteorder,
        }  # fmt: skip
        replace_file(path, (frame(dumps(head)), blob), sync=False)

    @classmethod
    def load(cls, path: Path) -> StateIndex | None:
        """None when the file is absent, damaged or another's."""
        try:
            data = path.read_bytes()
        except OSError:
            return None
        line, _, blob = data.partition(b"\n")
        try:
            head: dict[str, Any] = loads(unframe(line) or b"null")
            if head["index"] != INDEX_FORMAT or head["order"] != sys.byteorder or head["crc"] != crc32(blob):
                return None
            count = int(head["rows"])
            index = cls(gen=str(head["gen"]), covers=int(head["covers"]))
            index.ids.frombytes(blob[: 8 * count])
            index.flags = blob[8 * count : 9 * count]
            notes, positions, done, undone, index.last_step, index.last_time = loads(blob[9 * count :])
            index.notes = {int(id): str(note) for id, note in notes}
            index.positions = {int(id): int(place) for id, place in positions}
            index.done = [(int(a), int(b), int(c)) for a, b, c in done]
            index.undone = [(int(a), int(b), int(c)) for a, b, c in undone]
        except (ValueError, KeyError, TypeError):
            return None
        return index
