"""Merging what another machine, or a backup, knows of the reader's state: the later value of a field wins."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Any

from tui_news.cache.bits import BITS
from tui_news.cache.codec import hex_ids, pack_ids
from tui_news.cache.latest import Change, Latest, Value
from tui_news.cache.results import Merged

if TYPE_CHECKING:
    from tui_news.cache.reader import ReaderBook

AHEAD = 10 * 366 * 86_400_000
"""Milliseconds that a change may be ahead of this clock: what claims more comes from a broken one, or from
somebody who wants the last word for ever, and is not taken. Every later change claims to be later still:
counted from now on, and not up to a fixed year, there is always room for it."""


def last_time() -> int:
    """The time from which on no change is taken."""
    return time.time_ns() // 1_000_000 + AHEAD


def merge(
    book: ReaderBook,
    changes: Iterable[Change],
    *,
    what: str = "",
    always: bool = False,
    steps: Sequence[Mapping[str, Any]] = (),
    dry: bool = False,
) -> Merged:
    """Take over the changes that count more than what is here, with their own times. With `what` they are one
    step of undo, with `always` also when they change nothing. `steps` are those of another machine (`w`, `t`,
    `c` as in the journal); they are kept for undo where there are none yet. Nothing is written with `dry`.
    Raises `CacheError`."""
    last = last_time()
    incoming = list(Latest(change for change in changes if 0 < change.time < last).changes())
    if not (incoming or steps or (what and always)):
        return Merged()
    book.refresh()
    here = Latest()
    here.follow(book.journal)
    winners = _winners(here, incoming)
    if dry or not (winners or steps or (what and always)):
        return _told(book, winners)
    with book.lock:
        book.ready()
        if here.follow(book.journal):
            # Somebody has written meanwhile; the lock is held, so this is the last time.
            winners = _winners(here, incoming)
        result = _told(book, winners)
        records: list[dict[str, Any]] = []
        for change in winners:
            row = [change.field, change.value, pack_ids(change.ids)]
            if records and records[-1]["t"] == change.time:
                records[-1]["b"].append(row)
            else:
                records.append({"b": [row], "t": change.time})
        book.saw(max((change.time for change in winners), default=0))
        fresh = not book.has_steps
        entries = _entries(book, winners) if what else []
        if entries or (what and always):
            records.append(book.step_record(what, entries, done=True))
        if fresh:
            records += [
                book.step_record(str(step["w"]), step["c"], done=True, number=number, time=int(step["t"]))
                for number, step in enumerate(steps, 1)
            ]
        book.write(records, [(c.field, c.value, c.ids) for c in winners], sync=True)
        return result


def _winners(here: Latest, incoming: Iterable[Change]) -> list[Change]:
    found = (change._replace(ids=here.beaten(change)) for change in incoming)
    return [change for change in found if change.ids]


def _entries(book: ReaderBook, winners: Iterable[Change]) -> list[list[Any]]:
    """What a step of undo holds: field, value before, value after, ids."""
    groups: dict[tuple[str, Value, Value], list[int]] = {}
    for change in winners:
        for id in change.ids:
            old = value_of(book, change.field, id)
            if old != change.value:
                groups.setdefault((change.field, old, change.value), []).append(id)
    return [[field, old, new, pack_ids(ids)] for (field, old, new), ids in groups.items()]


def value_of(book: ReaderBook, field: str, id: int) -> Value:
    """What a field of an article is now."""
    match field:
        case "note":
            return book.notes.get(id, "")
        case "position":
            return book.positions.get(id, 0)
        case _:
            return bool(book.flags(id) & BITS.get(field, 0))


def _told(book: ReaderBook, winners: Iterable[Change]) -> Merged:
    """What the winners change that a reader can see."""
    fields: dict[str, int] = {}
    ids: dict[int, None] = {}
    for change in winners:
        altered = [id for id in change.ids if value_of(book, change.field, id) != change.value]
        if altered:
            fields[change.field] = fields.get(change.field, 0) + len(altered)
            ids.update(dict.fromkeys(altered))
    return Merged(fields, tuple(hex_ids(list(ids))))
