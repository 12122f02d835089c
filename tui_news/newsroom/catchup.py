"""What is new since the reader last looked, as stops for a catching up."""

from __future__ import annotations

from datetime import datetime, timedelta

from tui_news.newsroom import Newsroom, View
from tui_news.newsroom.told import stories_of
from tui_news.portal.catchup import Entry, entries

FIRST_HOURS = 24
"""How far back the first visit looks."""
MOST = 2_000


def since_last(newsroom: Newsroom, now: datetime) -> tuple[datetime | None, list[Entry], int]:
    """When the reader last looked, the new stories since, the most told first, and how many
    articles they are. What was first seen since then is new, whatever date it bears; what is read already is
    not."""
    last = newsroom.since_last_visit()
    edge = last or now - timedelta(hours=FIRST_HOURS)
    listing = newsroom.cache.listing(newsroom.source_ids(View()), unread=True, since=edge - timedelta(days=2))
    new = [
        article
        for article in listing[:MOST]
        if (seen := article.fetched or article.when) is not None and seen >= edge
    ]
    if not new and last is None:
        new = list(listing[:200])
    front = newsroom.front
    score = {id: item.score for item in (front.items() if front else ()) for id in (item.id, *item.story)}
    return last, entries(new, stories_of(newsroom), score), len(new)
