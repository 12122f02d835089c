"""Most discussed (说吧排行): a ranking by the comments that an article gets, and how fast it got them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime
from heapq import nlargest

from tui_news.model import Article


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
        return f"{self.comments} comments, score {self.score:.1f} (halved every {HALF_LIFE_DAYS} days)"


HALF_LIFE_DAYS = 2


def most_discussed(
    articles: Iterable[Article], *, now: datetime, limit: int, count: Callable[[Article], int]
) -> list[Discussed]:
    """The `limit` most discussed of some articles. `count` tells how many comments one has.

    A discussion of yesterday with 200 comments stands before one of last week with 300: what counts is
    comments, halved for every two days since the article appeared.
    """
    found: list[Discussed] = []
    for article in articles:
        comments = count(article)
        if comments > 0:
            age = max(0.0, (now - article.when).total_seconds() / 86_400) if article.when else 30.0
            found.append(Discussed(article, comments, comments * 0.5 ** (age / HALF_LIFE_DAYS)))
    return nlargest(limit, found, key=lambda one: (one.score, one.article.id))
