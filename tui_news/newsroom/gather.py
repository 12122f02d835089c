"""One source, from its URL to articles: fetch, parse, decide. Nothing is stored here."""

from __future__ import annotations

import asyncio
import random
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from datetime import datetime
from functools import cache, partial
from typing import TYPE_CHECKING

from tui_news.model import Article, FeedStatus, Source

if TYPE_CHECKING:
    from tui_news.extract import Piece
    from tui_news.fetch import Fetcher, Response


@dataclass(frozen=True, slots=True)
class Gathered:
    """What asking a source gave: the articles to store, and the status to keep."""

    status: FeedStatus
    articles: tuple[Article, ...] = ()
    unchanged: bool = False
    older: str = ""
    """A channel page's next page, with the headlines before these."""
    pieces: tuple[Piece, ...] = ()
    """A channel page's own lists: hot searches, rankings, tags, blogs."""


@dataclass(frozen=True, slots=True)
class _Parsed:
    articles: tuple[Article, ...]
    title: str = ""
    home: str = ""
    damaged: bool = False
    older: str = ""
    pieces: tuple[Piece, ...] = ()


def _parse(source: Source, response: Response, now: datetime, limit: int) -> _Parsed:
    """The bytes of an answer as articles, by the source's kind. Raises FeedError or PageError."""
    if source.kind == "page":
        from tui_news.sources.channel import read_channel

        channel = read_channel(
            response.body,
            url=response.url,
            source=source.id,
            http_charset=response.charset,
            charset=source.charset,
            language=source.language,
            now=now,
            selectors=dict(source.selectors),
        )
        return _Parsed(
            channel.articles[:limit],
            channel.title,
            response.url,
            older=channel.next_url,
            pieces=channel.pieces,
        )
    if source.kind == "sitemap":
        from tui_news.sources.sitemap import read_sitemap

        sitemap = read_sitemap(response.body, url=response.url, source=source.id, now=now, limit=limit)
        return _Parsed(sitemap.articles)
    from tui_news.sources.feed import parse_feed

    feed = parse_feed(
        response.body,
        source=source.id,
        url=response.url,
        content_type=response.content_type,
        http_charset=response.charset,
        charset=source.charset,
        language=source.language,
        now=now,
        limit=limit,
    )
    return _Parsed(feed.articles, feed.title, feed.home, feed.damaged)


@cache
def _desk() -> ThreadPoolExecutor:
    """Where answers are parsed. Two at once: Python runs one of them anyway, and with more of them the loop
    comes to its turn so seldom that downloads run into their deadline and a key is answered late."""
    return ThreadPoolExecutor(2, thread_name_prefix="parse")


async def gather(
    fetcher: Fetcher,
    source: Source,
    status: FeedStatus,
    *,
    now: datetime,
    interval: int,
    limit: int,
    have_articles: bool,
) -> Gathered:
    """Ask a source once. `interval` is in minutes, `limit` the most entries taken of one answer.

    Validators are sent only when the cache still holds what they stand for (`have_articles`). Never
    raises for what a server does: a failure is in `Gathered.status.error`.
    """
    from tui_news.fetch import FetchError
    from tui_news.fetch.schedule import after_failure, after_success

    rng = random.Random()  # noqa: S311 - spreads retries in time; no secret hangs on it
    try:
        response = await fetcher.get(
            source.url,
            etag=status.etag if have_articles else "",
            last_modified=status.last_modified if have_articles else "",
        )
    except FetchError as error:
        return Gathered(after_failure(status, error, now, interval, rng))
    if response.not_modified:
        return Gathered(after_success(status, response, now, interval), unchanged=True)
    try:
        # Parsing is bounded, but a megabyte of XML would hold a key press up.
        work = partial(_parse, source, response, now, limit)
        parsed = await asyncio.get_running_loop().run_in_executor(_desk(), work)
    except Exception as error:
        # FeedError and PageError are ValueErrors that say what is wrong. Anything else is a fault of ours,
        # which must not take the other sources along.
        known = isinstance(error, ValueError) and str(error)
        what = str(error) if known else f"could not be read ({type(error).__name__}); please report it"
        failure = FetchError("content", what, status=response.status, url=source.url)
        failed = after_failure(status, failure, now, interval, rng)
        return Gathered(replace(failed, latency=response.latency, received=response.received))
    kept = after_success(status, response, now, interval)
    kept = replace(
        kept,
        title=parsed.title or kept.title,
        home=parsed.home or kept.home,
        damaged=parsed.damaged,
    )
    return Gathered(kept, parsed.articles, older=parsed.older, pieces=parsed.pieces)
