"""Articles that were withdrawn: told by their feed, missed in it, or not to be had at their page any more.

A head's `_w` is `{"k": how (`model.Withdrawn`), "t": when, in milliseconds since 1970, "c": what the source
says}`. An article that is withdrawn stays as it was read; when it is listed again, or its page answers again,
that is taken back.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from itertools import pairwise
from typing import TYPE_CHECKING, Any, Final

from tui_news.cache.codec import hex_id, micros, parse_id
from tui_news.cache.results import Listed, Tombstone
from tui_news.model import Withdrawn

if TYPE_CHECKING:
    from tui_news.cache.shelf import Shelf
    from tui_news.cache.storing import Plan

LEAST: Final = 4
"""A feed that lists fewer entries does not tell what is missing from it."""
COMMENT_LIMIT: Final = 300
_WEIGHT: Final[Mapping[str, int]] = {"unlisted": 1, "moved": 2, "gone": 2, "deleted": 3}
_BY_LIST: Final = ("unlisted", "deleted")
"""What a list tells, and takes back."""

Order = Sequence[tuple[int, int]]
"""The entries of a feed as it lists them: row (-1 for a new one) and time (microseconds; 0 for unknown)."""


def settle(result: Plan, shelf: Shelf, order: Order, listed: Listed, moment: int) -> None:
    """Add to a plan what a feed's list says of articles that it has dropped, deleted or put back."""
    rows = shelf.rows
    deleted = {number: tomb for tomb in listed.deleted if (number := parse_id(tomb.id)) is not None}
    fates: dict[int, dict[str, Any] | None] = {}
    for row, when in order:
        if row < 0:
            continue
        number = rows.ids[row]
        tomb = deleted.pop(number, None)
        if tomb is not None and tomb.when is not None and micros(tomb.when) >= when:
            fates[row] = _deleted(tomb, moment)  # still listed, and deleted after that
        elif number in rows.gone:
            fates[row] = None
    for number, tomb in deleted.items():
        if (row := rows.find(number)) >= 0:
            fates[row] = _deleted(tomb, moment)
    if listed.window:
        for row in missing(shelf, order):
            fates.setdefault(row, {"k": "unlisted", "t": moment})
    changed = {head["id"]: head for head in result.heads} if fates else {}
    for row, fate in fates.items():
        head = changed.get(hex_id(rows.ids[row])) or shelf.head(row)
        if head is None or not _turns(head, fate):
            continue
        if head["id"] not in changed:
            result.heads.append(head)
            result.changed.append(head["id"])
        if fate is not None:
            result.withdrawn.append(head["id"])


def _deleted(tomb: Tombstone, moment: int) -> dict[str, Any]:
    when = micros(tomb.when) // 1000 if tomb.when is not None else 0
    fate = {"k": "deleted", "t": when if 0 < when <= moment else moment}
    return {**fate, "c": tomb.comment[:COMMENT_LIMIT]} if tomb.comment else fate


def _turns(head: dict[str, Any], fate: dict[str, Any] | None) -> bool:
    """Put a fate into a head record, or with None take what a list told out of it; False when nothing
    changes."""
    old = head.get("_w")
    kind = str(old.get("k", "")) if isinstance(old, dict) else ""
    if fate is None:
        if kind not in _BY_LIST:
            return False
        del head["_w"]
        return True
    if _WEIGHT.get(kind, 0) >= _WEIGHT[fate["k"]]:
        return False
    head["_w"] = fate
    return True


def withdraw(head: Mapping[str, Any], kind: Withdrawn, moment: int) -> dict[str, Any] | None:
    """The head record with what its page told; None when that is known, or something more is."""
    found = dict(head)
    return found if _turns(found, {"k": kind, "t": moment}) else None


def missing(shelf: Shelf, order: Order) -> list[int]:
    """The rows that a feed lists no more although it still lists older ones.

    Only a feed in order of time, newest or oldest first, tells that; one that is ordered otherwise (by rank,
    by what was changed last) loses articles all the time. Its last entries set the time from which nothing
    may be missing. When much is missing it is another list, and nothing is.
    """
    rows = shelf.rows
    times = [when or (rows.times[row] if row >= 0 else 0) for row, when in order]
    if len(times) < LEAST or 0 in times:
        return []
    odd = max(1, len(times) // 10)
    ups = sum(one < other for one, other in pairwise(times))
    downs = sum(one > other for one, other in pairwise(times))
    if min(ups, downs) > odd:
        return []
    oldest = times[-min(3, len(times) // 4) :] if ups <= downs else times[: min(3, len(times) // 4)]
    floor = max(oldest)
    known = {row for row, _ in order if row >= 0}
    newer = rows.newer_than(floor)
    if newer <= sum(1 for row in known if rows.times[row] > floor):
        return []
    found = [row for row in rows.order()[:newer] if row not in known]
    return found if len(found) <= max(3, len(times) // 4) else []
