"""Which hits come first: how well the words fit, and how old the article is."""

from __future__ import annotations

import math
from bisect import bisect_left
from collections.abc import Sequence
from operator import mul

from tui_news.index.find import Search, both, matching, numbers, words
from tui_news.index.tokens import phrase
from tui_news.index.types import Condition, Hit

_WEIGHTS = "10.0, 4.0, 5.0, 1.0, 0.0"
"""Of title, deck, tags, body and keys in BM25."""
_MANY = 3_000
_DAY = 86_400_000_000
_HALF_LIFE = 14.0
"""Days in which the part of the score that ages is halved."""
_LASTING = 0.4
_LEAST = 0.1
_OLD = 400


def aging(now: int, time: int) -> float:
    """What an article's age leaves of its score: 1 when it is new, never less than a part that lasts."""
    return _LASTING + (1 - _LASTING) * math.exp2(-max(0, now - time) / (_DAY * _HALF_LIFE))


def scores(search: Search, conditions: Sequence[Condition], found: Sequence[Hit], now: int) -> list[float]:
    """How well each article in `found` answers, from 0 to 1; without words by age alone."""
    wanted = words(conditions, negated=False)
    if not wanted or not found:
        return [aging(now, hit[0]) for hit in found]
    if len(found) > _MANY or matching(search, both(wanted)).count(",") > _MANY:
        return _tiers(search, wanted, found, now)
    fits = _bm25(search, both(wanted))
    best = max(fits.values(), default=1.0) or 1.0
    return [max(_LEAST, fits.get(hit[3], 0.0) / best) * aging(now, hit[0]) for hit in found]


def _tiers(search: Search, wanted: Sequence[Condition], found: Sequence[Hit], now: int) -> list[float]:
    """For words that are everywhere, where BM25 would be slow and say little: how many of them stand in the
    title, and the age in whole days. `found` is newest first."""
    share = (1 - _LEAST) / len(wanted)
    tiers = [_LEAST] * len(found)
    for one in wanted:
        titles = numbers(matching(search, phrase(str(one.value), "title")))
        tiers = [tier + share if hit[3] in titles else tier for tier, hit in zip(tiers, found, strict=True)]
    ages: list[float] = []
    for days in range(_OLD):
        newer = bisect_left(found, days * _DAY - now, len(ages), key=lambda hit: -hit[0])
        ages += [aging(now, now - days * _DAY)] * (newer - len(ages))
    ages += [_LASTING] * (len(found) - len(ages))
    return list(map(mul, tiers, ages))


def _bm25(search: Search, expression: str) -> dict[int, float]:
    """The score of each row."""
    fits: dict[int, float] = {}
    for (num,) in search.db.execute("SELECT num FROM part").fetchall():
        table = f"text{num}"
        sql = f"SELECT rowid, -bm25({table}, {_WEIGHTS}) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        fits.update(search.db.execute(sql, (expression,)))
    return fits
