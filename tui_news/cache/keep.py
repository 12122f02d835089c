"""Upkeep: retention and compaction in bounded steps, sources put aside, leftovers removed."""

from __future__ import annotations

import os
import time
from contextlib import suppress
from datetime import datetime, timedelta
from pathlib import Path

from tui_news.cache.bits import KEEP, SEEN
from tui_news.cache.codec import hex_id, micros
from tui_news.cache.library import Library
from tui_news.cache.results import Retained
from tui_news.cache.shelf import Shelf

_SLACK = 1 << 16
_SPARED = 50
"""Articles of a source that are kept however old they are: what its feed still lists is among them."""
_SPARED_OVER_QUOTA = 10
_SPARED_WITHDRAWN = 200
"""Withdrawn articles of a source that are kept until they are read."""
_REWRITES = 8
DROPPED_FOR = 24 * 3600
_LEFTOVER = 3600


class Keeper:
    """Retention over a library, going on where the last step stopped."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._next = 0

    def retain(self, *, days: int, per_source: int, now: datetime, budget: int, quota: int = 0) -> Retained:
        """Drop what is older than `days` or beyond the newest `per_source` (0: no limit), at most `budget`
        articles, and rewrite at most eight sources' files.

        The newest 50 of a source stay however old they are: a quiet blog must not empty itself; 10 when all
        articles take more than `quota` bytes, for which the oldest of all go. What the reader keeps (starred,
        later, debate, a note) stays, and what was withdrawn until it is read. Raises `CacheError`.
        """
        library = self.library
        oldest = micros(now - timedelta(days=days)) if days > 0 else -(1 << 62)
        spared, history = _SPARED, 1.0
        if quota and self._taken() > quota:
            history = 0.1  # rewriting comes before dropping
            cutoff = self._cutoff(quota)
            if cutoff is not None:
                oldest, spared = max(oldest, cutoff), _SPARED_OVER_QUOTA
        sources = sorted(library.shelves)
        dropped: list[str] = []
        compacted: list[str] = []
        begin = self._next if self._next < len(sources) else 0
        for number in range(begin, len(sources)):
            shelf = library.shelves[sources[number]]
            with library.lock:
                shelf.refresh()
                doomed = self._doomed(shelf, oldest, per_source, spared)
                part = doomed[: max(0, budget - len(dropped))]
                if part:
                    shelf.commit({}, [hex_id(id) for id in part])
                    dropped += [hex_id(id) for id in part]
                full = len(part) < len(doomed)
                if not full and len(compacted) < _REWRITES and due(shelf, history):
                    shelf.compact()
                    compacted.append(shelf.source)
                library.noted(shelf)
            if full or (len(dropped) >= budget or len(compacted) >= _REWRITES):
                self._next = number if full else number + 1
                if self._next < len(sources):
                    return Retained(tuple(dropped), tuple(compacted), False)
        self._next = 0
        clear_leftovers(library.folder, time.time())
        return Retained(tuple(dropped), tuple(compacted), True)

    def _taken(self) -> int:
        """Bytes that all articles take on the disk."""
        total = sum(size for size, _ in self.library.signatures().values())
        with suppress(OSError), os.scandir(self.library.folder / "bodies") as entries:
            total += sum(entry.stat().st_size for entry in entries if entry.name.endswith(".jsonl"))
        return total

    def _cutoff(self, quota: int) -> int | None:
        """The time before which articles have to go so that the rest takes four fifths of the quota; None
        when what is alive is within it. Bodies count as long as their source's are on the average."""
        found: list[tuple[int, float]] = []
        for shelf in self.library.shelves.values():
            rows = shelf.rows
            if not rows.total:
                continue
            share = 1 + shelf.bodies.signature()[0] / max(1, shelf.heads.end)
            found += [(rows.times[row], (rows.lens[row] + 1) * share) for row in rows.living()]
        if sum(size for _, size in found) <= quota * 0.9:
            return None
        found.sort(reverse=True)
        room = quota * 0.8
        for moment, size in found:
            room -= size
            if room < 0:
                return moment
        return None

    def _doomed(self, shelf: Shelf, oldest: int, per_source: int, spared: int) -> list[int]:
        """The ids that may go, oldest first."""
        rows, flags = shelf.rows, self.library.book.flags
        found: list[int] = []
        withdrawn = _SPARED_WITHDRAWN
        for at, row in enumerate(rows.order()):
            old = at >= spared and rows.times[row] < oldest
            if old or (0 < per_source <= at):
                id = rows.ids[row]
                if flags(id) & KEEP:
                    continue
                if withdrawn and id in rows.gone and not flags(id) & SEEN:
                    withdrawn -= 1  # nobody will send it again
                    continue
                found.append(id)
        found.reverse()
        return found


def due(shelf: Shelf, history: float = 1.0) -> bool:
    """Whether a shelf's journals hold more history than `history` times what is alive."""
    live = shelf.live_bytes()
    if shelf.heads.end > (1 + history) * live + _SLACK:
        return True
    size = shelf.bodies.signature()[0]
    if size < _SLACK or shelf.heads.end < (1 + history / 4) * live:
        return False
    heads = [shelf.head(row) for row in shelf.rows.living()]
    bodies = sum(
        int(place[1]) + 1
        for head in heads
        if head
        for place in (head.get("_b"), head.get("_v", {}).get("b"))
        if place
    )
    return size > (1 + history) * bodies + _SLACK


def put_aside(library: Library, source: str) -> None:
    """Move a source's files to `dropped/`, from where `take_back` brings them again."""
    shelf = library.shelves.get(source)
    if shelf is None:
        return
    with library.lock:
        shelf.close()
        for part in ("bodies", "heads"):
            path = library.folder / part / shelf.heads.path.name
            target = library.folder / "dropped" / part / path.name
            target.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            with suppress(FileNotFoundError):
                os.replace(path, target)
                os.utime(target)
        with suppress(OSError):
            shelf.index_path.unlink()
    library.discover()


def take_back(library: Library, source: str) -> bool:
    """Undo `put_aside`; False when nothing is left of the source or it is there again."""
    shelf = Shelf(library.folder, source)
    name = shelf.heads.path.name
    with library.lock:
        kept = library.folder / "dropped" / "heads" / name
        if shelf.heads.path.exists() or not kept.exists():
            return False
        for part in ("bodies", "heads"):
            with suppress(FileNotFoundError):
                os.replace(library.folder / "dropped" / part / name, library.folder / part / name)
    library.discover()
    return True


def clear_leftovers(folder: Path, now: float) -> None:
    """Remove sources put aside more than a day ago, and files that a killed rewrite never finished."""
    for part, age, ending in (
        ("dropped/heads", DROPPED_FOR, ""), ("dropped/bodies", DROPPED_FOR, ""),
        ("heads", _LEFTOVER, ".new"), ("bodies", _LEFTOVER, ".new"), (".", _LEFTOVER, ".new"),
    ):  # fmt: skip
        with suppress(OSError), os.scandir(folder / part) as entries:
            for entry in entries:
                if entry.name.endswith(ending) and now - entry.stat().st_mtime > age and entry.is_file():
                    os.unlink(entry.path)
