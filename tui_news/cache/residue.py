"""What a compaction of the reader's journal keeps: the last value of each field, and the last steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from typing import Any

from tui_news.cache.bits import BITS
from tui_news.cache.codec import dumps, pack_ids
from tui_news.cache.latest import Latest
from tui_news.cache.stateindex import Place, StateIndex

_KEPT_STEPS = 200
_KEPT_BYTES = 2 << 20


def base_records(latest: Latest) -> Iterator[bytes]:
    """The last value of each field of each article, grouped by the time it was set at, so that journals of
    two machines can still be merged field by field."""
    for moment, group in groupby(latest.changes(), key=lambda change: change.time):
        rows = [[change.field, change.value, pack_ids(change.ids)] for change in group]
        yield dumps({"b": rows, "t": moment})


def history_records(
    done: Sequence[Place], undone: Sequence[Place], recall: Callable[[Place], dict[str, Any] | None]
) -> list[bytes]:
    """The last steps, oldest first, marked as having no effect of their own (`h`; 2 when undone)."""
    kept: list[bytes] = []
    budget = _KEPT_BYTES
    stacks = [(place, 1) for place in done[-_KEPT_STEPS:]] + [(place, 2) for place in reversed(undone)]
    for place, mark in reversed(stacks):
        if (record := recall(place)) is None:
            continue
        payload = dumps({**record, "h": mark})
        budget -= len(payload)
        if budget < 0:
            break
        kept.append(payload)
    return kept[::-1]


def restored_records(index: StateIndex) -> Iterator[bytes]:
    """A journal's records made from its index, when the journal itself is lost. When each value was set is
    lost with it: they count as old, so that what another machine or a backup knows better wins."""
    rows: list[list[Any]] = []
    for field, bit in BITS.items():
        ids = [id for id, flags in zip(index.ids, index.flags, strict=True) if flags & bit]
        if ids:
            rows.append([field, True, pack_ids(ids)])
    rows += _each("note", index.notes.items())
    rows += _each("position", index.positions.items())
    if rows:
        yield dumps({"b": rows, "t": 1})


def _each(field: str, items: Iterable[tuple[int, Any]]) -> Iterator[list[Any]]:
    for id, value in items:
        yield [field, value, pack_ids([id])]
