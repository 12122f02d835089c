"""Which hits come first: how well the words fit, and how old the article is."""

from __future__ import annotations

import math
from collections.abc import Sequence

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


def aging(now: int, time: int) -> float:
    """What an article's age leaves of its score: 1 when it is new, never less than a part that lasts."""
    return _LASTING + (1 - _LASTING) * math.exp2(-max(0, now - time) / (_DAY * _HALF_LIFE))


def scores(search: Search, conditions: Sequence[Condition], found: Sequence[Hit], now: int) -> list[float]:
    """How well each article in `found` answers, from 0 to 1; without words by age alone."""
    wanted = words(conditions, negated=False)
    if not wanted or not found:
        return [aging(now, hit[0]) for hit in found]
    if matching(search, both(wanted)).count(",") >= _MANY:
        # Everywhere: exact scores would be slow and say little.
        titles = [numbers(matching(search, phrase(str(one.value), "title"))) for one in wanted]
        share = (1 - _LEAST) / len(titles)
        return [
            (_LEAST + share * sum([hit[3] in title for title in titles])) * aging(now, hit[0])
            for hit in found
        ]
    fits = _bm25(search, both(wanted))
    best = max(fits.values(), default=1.0) or 1.0
    return [max(_LEAST, fits.get(hit[3], 0.0) / best) * aging(now, hit[0]) for hit in found]


def _bm25(search: Search, expression: str) -> dict[int, float]:
    """The score of each row."""
    fits: dict[int, float] = {}
    for (num,) in search.db.execute("SELECT num FROM part").fetchall():
        table = f"text{num}"
        sql = f"SELECT rowid, -bm25({table}, {_WEIGHTS}) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        fits.update(search.db.execute(sql, (expression,)))
    return fits
