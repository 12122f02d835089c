"""What a compaction of the reader's journal keeps: the last value of each field, and the last steps."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

from tui_news.cache.codec import dumps, loads, pack_ids, parse_id, unpack_ids
from tui_news.cache.repair import scan
from tui_news.cache.stateindex import Place, StateIndex

BITS = {"read": 1, "starred": 2, "later": 4, "debate": 8}
_KEPT_STEPS = 200
_KEPT_BYTES = 2 << 20


def changes_of(record: Mapping[str, Any]) -> Iterator[tuple[str, Any, list[int]]]:
    """The fields that a record of the reader's journal sets: field, value, ids."""
    for field, value, packed in record.get("b", ()):
        yield field, value, unpack_ids(packed)
    if not record.get("h"):
        for field, _, value, packed in record.get("c", ()):
            yield field, value, unpack_ids(packed)
    for text, value in record.get("p", {}).items():
        if (id := parse_id(text)) is not None:
            yield "position", value, [id]


def base_records(path: Path) -> Iterator[bytes]:
    """The last value of each field of each article, grouped by the time it was set at, so that journals of
    two machines can still be merged field by field."""
    latest: dict[str, dict[int, int]] = {}
    values: list[tuple[int, Any]] = []
    for _, _, payload in scan(path):
        if payload is None:
            continue
        record = loads(payload)
        moment = int(record.get("t", 0))
        for field, value, ids in changes_of(record):
            latest.setdefault(field, {}).update(dict.fromkeys(ids, len(values)))
            values.append((moment, value))
    groups: dict[int, dict[int, tuple[str, list[int]]]] = {}
    for field, by_id in latest.items():
        for id, number in by_id.items():
            groups.setdefault(values[number][0], {}).setdefault(number, (field, []))[1].append(id)
    for moment in sorted(groups):
        rows = [[field, values[n][1], pack_ids(ids)] for n, (field, ids) in groups[moment].items()]
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
    """A journal's records made from its index, when the journal itself is lost."""
    rows: list[list[Any]] = []
    for field, bit in BITS.items():
        ids = [id for id, flags in zip(index.ids, index.flags, strict=True) if flags & bit]
        if ids:
            rows.append([field, True, pack_ids(ids)])
    rows += _each("note", index.notes.items())
    rows += _each("position", index.positions.items())
    if rows:
        yield dumps({"b": rows, "t": index.last_time})


def _each(field: str, items: Iterable[tuple[int, Any]]) -> Iterator[list[Any]]:
    for id, value in items:
        yield [field, value, pack_ids([id])]
