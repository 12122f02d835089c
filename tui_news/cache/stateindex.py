"""The derived index of the reader's state: opens at 100,000 marks as fast as at none."""

from __future__ import annotations

from array import array
from bisect import bisect_left
from itertools import compress

from tui_news.cache import derived, sound
from tui_news.cache.bits import HIDDEN
from tui_news.cache.codec import dumps, loads

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

Place = tuple[int, int, int]
"""A step's number, and the offset and length of its record."""


class StateIndex:
    """Flags by id in two sorted columns, and the little that is kept as it is."""

    def __init__(self) -> None:
        self.ids = array("Q")
        self.flags = b""
        self.notes: dict[int, str] = {}
        self.positions: dict[int, int] = {}
        self.done: list[Place] = []
        self.undone: list[Place] = []
        self.last_step = 0
        self.last_time = 0
        self.gen = ""
        self.covers = 0

    def take(self, flags: Mapping[int, int]) -> None:
        """Take the flags from a mapping."""
        ids = sorted(flags)
        values = bytes(map(flags.__getitem__, ids))
        if 0 in values:
            ids, values = list(compress(ids, values)), values.replace(b"\0", b"")
        self.ids, self.flags = array("Q", ids), values

    @property
    def hides(self) -> bool:
        """Whether any article is hidden."""
        return max(self.flags, default=0) >= HIDDEN

    def find(self, id: int) -> int:
        """The flags of an id, 0 when it has none."""
        at = bisect_left(self.ids, id)
        return self.flags[at] if at < len(self.ids) and self.ids[at] == id else 0

    def as_dict(self) -> dict[int, int]:
        """The flags by id."""
        return dict(zip(self.ids, self.flags, strict=True))

    def save(self, path: Path) -> None:
        """Write it. Raises `CacheError`."""
        rest = dumps(
            [
                list(self.notes.items()), list(self.positions.items()), self.done, self.undone,
                self.last_step, self.last_time,
            ]
        )  # fmt: skip
        head = {"gen": self.gen, "covers": self.covers, "rows": len(self.ids)}
        derived.save(path, head, self.ids.tobytes() + self.flags + rest)

    @classmethod
    def load(cls, path: Path) -> StateIndex | None:
        """None when the file is absent, damaged or another's."""
        found = derived.load(path)
        if found is None:
            return None
        head, blob = found
        try:
            count = int(head["rows"])
            index = cls()
            index.gen, index.covers = str(head["gen"]), int(head["covers"])
            index.ids.frombytes(blob[: 8 * count])
            index.flags = blob[8 * count : 9 * count]
            notes, positions, done, undone, index.last_step, index.last_time = loads(blob[9 * count :])
            index.notes = {int(id): sound.body(str(note)) for id, note in notes}
            index.positions = {int(id): int(place) for id, place in positions}
            index.done = [(int(a), int(b), int(c)) for a, b, c in done]
            index.undone = [(int(a), int(b), int(c)) for a, b, c in undone]
        except (ValueError, KeyError, TypeError, OverflowError):
            return None
        return index
