"""Most discussed (说吧排行): a ranking by the comments that an article gets, and how fast it got them.

A discussion of yesterday with 200 comments stands before one of last week with 300: what counts is comments,
halved for every two days since the article appeared. Of two articles the one before the other today is before
it for ever, as long as their comments stay the same (`lasting`), so that a ranking can be kept.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import log2

from tui_news.i18n import many
from tui_news.model import Article

HALF_LIFE_DAYS = 2
_DAY = 86_400


@dataclass(frozen=True, slots=True)
class Discussed:
    """An article at its place in the ranking."""

    article: Article
    comments: int
    score: float
    """What it is ranked by: comments, halved for each two days of age."""

    @property
    def why(self) -> str:
        """The reason for its place, in words."""
        return many(
            self.comments, "{count} comment; {score} when halved for every {days} days of age",
            "{count} comments; {score} when halved for every {days} days of age",
            score=f"{self.score:.1f}", days=HALF_LIFE_DAYS,
        )  # fmt: skip


def lasting(comments: int, when: float) -> float:
    """What orders articles for ever, from comments (1 and more) and when they appeared (seconds)."""
    return log2(comments) + when / (HALF_LIFE_DAYS * _DAY)


def score(comments: int, when: float, now: datetime) -> float:
    """Comments, halved for every two days from `when` (seconds) until now; what is from tomorrow is new."""
    age = max(0.0, now.timestamp() - when)
    return float(comments * 0.5 ** min(1_000.0, age / (HALF_LIFE_DAYS * _DAY)))
