"""Channel pages as sources: the page with the headlines before these, and the page's own lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.fetch import FetchError
from tui_news.i18n import _
from tui_news.model import FeedStatus, Run, Source

if TYPE_CHECKING:
    from tui_news.extract.pieces import Piece
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.desk import Batch

MAX_PIECES = 20
MAX_LINKS = 30


def remember(newsroom: Newsroom, source: Source, batch: Batch) -> None:
    """Keep what a channel page said besides its headlines; an older page's lists are not the site's now."""
    newsroom.cache.put_memory(f"older:{source.id}", batch.older)
    if batch.pieces:
        newsroom.cache.put_memory(
            f"pieces:{source.id}",
            [
                [label, kind, [list(link) for link in links[:MAX_LINKS]]]
                for label, kind, links in batch.pieces[:MAX_PIECES]
            ],
        )


def pieces_of(newsroom: Newsroom, source: str) -> list[Piece]:
    """The lists that a channel page printed when it was last read: hot searches, rankings, tags, blogs."""
    kept = newsroom.cache.get_memory(f"pieces:{source}")
    if not isinstance(kept, list):
        return []
    # Late: the screen knows this module from its start, and the extractor is a tenth of that.
    from tui_news.extract.pieces import Piece

    return [
        Piece(label, kind, tuple(Run(text, href=href) for text, href in links)) for label, kind, links in kept
    ]


async def older(newsroom: Newsroom, source: Source) -> int:
    """Fetch the next page of a channel (更多, older) and store its headlines; how many were new.

    Raises FetchError or ValueError with one plain line when there is none or it cannot be read.
    """
    from tui_news.newsroom import now
    from tui_news.newsroom.gather import gather

    address = newsroom.cache.get_memory(f"older:{source.id}")
    if source.kind != "page" or not isinstance(address, str) or not address:
        raise ValueError(_("{name} names no page with older headlines", name=newsroom.source_name(source.id)))
    oldest = newsroom.cache.listing([source.id])
    # What has no date of its own belongs below what the first page listed.
    moment = (oldest[-1].when if oldest else None) or now()
    gathered = await gather(
        await newsroom.fetcher(),
        newsroom.workers,
        replace(source, url=address),
        FeedStatus(source.id),
        now=now(),
        seen=moment,
        interval=newsroom.interval(source),
        limit=newsroom.config.integer("cache.per_feed"),
        have_articles=bool(oldest),
    )
    if gathered.status.error:
        raise FetchError("content", gathered.status.error, url=address)
    assert gathered.batch is not None
    newsroom.cache.put_memory(f"older:{source.id}", gathered.batch.older)
    return len(newsroom.cache.store_ready(source.id, gathered.batch.entries, now=now()).new)
