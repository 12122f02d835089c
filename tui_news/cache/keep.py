"""Upkeep: retention and compaction in bounded steps, dropped sources, checking and repairing."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from tui_news.cache.codec import hex_id
from tui_news.cache.journal import Journal
from tui_news.cache.library import Library
from tui_news.cache.reader import KEEP
from tui_news.cache.shelf import Shelf
from tui_news.cache.storing import micros

_SLACK = 1 << 16
DROPPED_FOR = 24 * 3600


@dataclass(frozen=True, slots=True)
class Retained:
    """What one step of retention did."""

    dropped: tuple[str, ...] = ()
    compacted: tuple[str, ...] = ()
    """Sources whose files were rewritten without what is history."""
    done: bool = True
    """False when the budget ran out before every source was seen."""


class Keeper:
    """Retention over a library, going on where the last step stopped."""

    def __init__(self, library: Library) -> None:
        self.library = library
        self._next = 0

    def retain(self, *, days: int, per_source: int, now: datetime, budget: int) -> Retained:
        """Drop what is older than `days` or beyond the newest `per_source` (0: no limit), at most `budget`
        articles. What the reader keeps (starred, later, debate, a note) stays and does not count."""
        library = self.library
        oldest = micros(now - timedelta(days=days)) if days > 0 else -(1 << 62)
        sources = sorted(library.shelves)
        dropped: list[str] = []
        compacted: list[str] = []
        begin = self._next if self._next < len(sources) else 0
        for number in range(begin, len(sources)):
            shelf = library.shelves[sources[number]]
            with library.lock:
                shelf.load()
                doomed = self._doomed(shelf, oldest, per_source)
                part = doomed[: max(0, budget - len(dropped))]
                if part:
                    shelf.commit({}, [hex_id(id) for id in part])
                    dropped += [hex_id(id) for id in part]
                if len(part) < len(doomed):
                    self._next = number
                    library.noted(shelf)
                    return Retained(tuple(dropped), tuple(compacted), False)
                if len(compacted) < 8 and due(shelf):
                    shelf.compact()
                    compacted.append(shelf.source)
                library.noted(shelf)
            if (len(dropped) >= budget or len(compacted) >= 8) and number + 1 < len(sources):
                self._next = number + 1
                return Retained(tuple(dropped), tuple(compacted), False)
        self._next = 0
        clear_dropped(library.folder, time.time())
        return Retained(tuple(dropped), tuple(compacted), True)

    def _doomed(self, shelf: Shelf, oldest: int, per_source: int) -> list[int]:
        """The ids that may go, oldest first."""
        rows, flags = shelf.rows, self.library.book.flags
        over = rows.total - per_source if per_source > 0 else 0
        found: list[int] = []
        kept = 0
        for row in rows.order():
            id = rows.ids[row]
            if rows.times[row] >= oldest and not (over > 0 and kept >= per_source):
                kept += 1
            elif not flags(id) & KEEP:
                found.append(id)
        found.reverse()
        return found


def due(shelf: Shelf) -> bool:
    """Whether more than half of a shelf's journals is history."""
    live = shelf.live_bytes()
    if shelf.heads.end > 2 * live + _SLACK:
        return True
    size = shelf.bodies.signature()[0]
    if size < _SLACK or shelf.heads.end < 1.25 * live:
        return False
    rows = shelf.rows
    heads = [shelf.head(row) for row in range(len(rows.ids)) if rows.alive[row]]
    bodies = sum(int(head["_b"][1]) + 1 for head in heads if head and head.get("_b"))
    return size > 2 * bodies + _SLACK


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


def clear_dropped(folder: Path, now: float) -> None:
    """Remove what was put aside more than a day ago."""
    for part in ("heads", "bodies"):
        with suppress(OSError), os.scandir(folder / "dropped" / part) as entries:
            for entry in entries:
                if now - entry.stat().st_mtime > DROPPED_FOR:
                    os.unlink(entry.path)


def examine(journal: Journal) -> str:
    """What is wrong with a journal, in one line; '' when nothing is."""
    bad = total = 0
    for _, _, payload in journal.scan():
        total += 1
        bad += payload is None
    if bad:
        return f"{journal.path}: {bad} of {total} records damaged"
    return ""


def check_shelf(shelf: Shelf) -> Iterator[str]:
    """What is wrong with a source's files, a line each."""
    for journal in (shelf.heads, shelf.bodies):
        if line := examine(journal):
            yield line
    places = {(at, length) for at, length, payload in shelf.bodies.scan() if payload is not None}
    lost = 0
    for row in range(len(shelf.rows.ids)):
        if shelf.rows.alive[row]:
            head = shelf.head(row)
            if head and head.get("_b") and tuple(head["_b"]) not in places:
                lost += shelf.blocks(head) is None
    if lost:
        yield f"{shelf.bodies.path}: the text of {lost} article(s) is missing"
