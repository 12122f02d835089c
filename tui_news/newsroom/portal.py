"""Channel pages as sources: the page with the headlines before these, and the page's own lists."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.fetch import FetchError
from tui_news.model import FeedStatus, Run, Source

if TYPE_CHECKING:
    from tui_news.extract.pieces import Piece
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.gather import Gathered

MAX_PIECES = 20
MAX_LINKS = 30


def remember(newsroom: Newsroom, source: Source, gathered: Gathered) -> None:
    """Keep what a channel page said besides its headlines; an older page's lists are not the site's now."""
    newsroom.cache.put_memory(f"older:{source.id}", gathered.older)
    if gathered.pieces:
        newsroom.cache.put_memory(
            f"pieces:{source.id}",
            [
                [piece.label, piece.kind, [[run.text, run.href] for run in piece.links[:MAX_LINKS]]]
                for piece in gathered.pieces[:MAX_PIECES]
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
    from tui_news.newsroom import in_order, now
    from tui_news.newsroom.gather import gather

    address = newsroom.cache.get_memory(f"older:{source.id}")
    if source.kind != "page" or not isinstance(address, str) or not address:
        raise ValueError(f"{newsroom.source_name(source.id)} names no page with older headlines")
    gathered = await gather(
        await newsroom.fetcher(),
        replace(source, url=address),
        FeedStatus(source.id),
        now=now(),
        interval=newsroom.interval(source),
        limit=newsroom.config.integer("cache.per_feed"),
        have_articles=False,
    )
    if gathered.status.error:
        raise FetchError("content", gathered.status.error, url=address)
    newsroom.cache.put_memory(f"older:{source.id}", gathered.older)
    oldest = newsroom.cache.listing([source.id])
    # What has no date of its own belongs below what the first page listed.
    moment = oldest[-1].when if oldest else now()
    stored = newsroom.cache.store(source.id, in_order(gathered.articles, moment or now()), now=now())
    return len(stored.new)
