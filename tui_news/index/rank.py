"""Which hits come first: how well the words fit, and how old the article is."""

from __future__ import annotations

import math
from collections.abc import Sequence

from tui_news.index.find import Search, both, matching, words
from tui_news.index.tokens import phrase
from tui_news.index.types import Condition, Found

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


def scores(search: Search, conditions: Sequence[Condition], found: Found, now: int) -> list[float]:
    """How well each article in `found` answers, from 0 to 1; without words by age alone."""
    wanted = words(conditions, negated=False)
    fits: dict[int, float] = {}
    if wanted and found.rows:
        fits = _bm25(search, both(wanted)) if len(found.rows) <= _MANY else _tiers(search, wanted)
    best = max(fits.values(), default=1.0) or 1.0
    return [
        max(_LEAST, fits.get(row, 0.0) / best) * aging(now, time)
        for row, time in zip(found.rows, found.times, strict=True)
    ]


def _bm25(search: Search, expression: str) -> dict[int, float]:
    """BM25 of each row."""
    fits: dict[int, float] = {}
    for (num,) in search.db.execute("SELECT num FROM part").fetchall():
        table = f"text{num}"
        sql = f"SELECT rowid, -bm25({table}, {_WEIGHTS}) FROM {table} WHERE {table} MATCH ?"  # noqa: S608
        fits.update(search.db.execute(sql, (expression,)))
    return fits


def _tiers(search: Search, wanted: Sequence[Condition]) -> dict[int, float]:
    """For words that are everywhere, where scores would be slow and say little: where they stand."""
    fits: dict[int, float] = {}
    for one in wanted:
        for row in matching(search, phrase(str(one.value), "title")):
            fits[row] = fits.get(row, 0.0) + 1.0
    return fits
