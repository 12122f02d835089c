"""What a story is worth on the front page, as a sum of reasons that can be told in words.

Everything comes from what the sources published and how the reader arranged them; no popularity is known and
none is asked for.
"""

from __future__ import annotations

from math import log2
from typing import NamedTuple

HALF_LIFE = 10.0
"""Hours after which a story counts half for being new."""


class Reason(NamedTuple):
    """Why something stands where it stands: the reason, its `points`, and the `value` they come from."""

    kind: str
    points: float
    value: float


class Facts(NamedTuple):
    """What is known of a story: `age` in hours since its latest report, `position` of its best report in
    its source (0 is the top, -1 unknown), `order` of its section among the reader's (0 is the first)."""

    sources: int
    articles: int
    age: float
    position: int
    comments: int
    order: int
    followed: bool = False
    starred: int = 0


def reasons(facts: Facts) -> tuple[Reason, ...]:
    """The reasons for a story's place, the weightiest first; those that give nothing are left out."""
    found = [
        Reason("sources", 3.0 * log2(max(1, facts.sources)), facts.sources),
        Reason("recency", 4.0 * 0.5 ** (max(0.0, facts.age) / HALF_LIFE), max(0.0, facts.age)),
        Reason("discussion", 0.35 * log2(1 + max(0, facts.comments)), facts.comments),
        Reason("section", max(0.0, 1.0 - 0.15 * facts.order), facts.order),
        Reason("followed", 2.5 if facts.followed else 0.0, float(facts.followed)),
        Reason("starred", 0.8 * min(2, facts.starred), facts.starred),
    ]
    if facts.position >= 0:
        found.append(Reason("position", 1.5 / (1 + facts.position), facts.position))
    return tuple(
        sorted((r for r in found if r.points >= 0.005), key=lambda reason: (-reason.points, reason.kind))
    )


def total(given: tuple[Reason, ...]) -> float:
    """What the reasons come to."""
    return sum(reason.points for reason in given)
