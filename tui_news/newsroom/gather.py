"""One source, from its URL to articles: fetch, have it read, decide. Nothing is stored here."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui_news.i18n import _
from tui_news.model import FeedStatus, Source
from tui_news.newsroom.desk import Batch, read_source
from tui_news.workers import WorkerError

if TYPE_CHECKING:
    from tui_news.cache.ready import Ready
    from tui_news.fetch import Fetcher, FetchError
    from tui_news.workers import Pool


MAX_CHILDREN = 5
"""Sitemaps of an index that are read."""


@dataclass(frozen=True, slots=True)
class Gathered:
    """What asking a source gave: the articles to store, if there are any, and the status to keep."""

    status: FeedStatus
    batch: Batch | None = None
    unchanged: bool = False


async def gather(
    fetcher: Fetcher,
    workers: Pool,
    source: Source,
    status: FeedStatus,
    *,
    now: datetime,
    seen: datetime,
    interval: int,
    limit: int,
    have_articles: bool,
) -> Gathered:
    """Ask a source once. `interval` is in minutes, `limit` the most entries taken of one answer, `seen` the
    time of first sight for what is new.

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
            gate=workers.breathe,
        )
    except FetchError as error:
        return Gathered(after_failure(status, advised(error, source), now, interval, rng))
    if response.not_modified:
        return Gathered(after_success(status, response, now, interval), unchanged=True)
    failure: FetchError | None = None
    try:
        batch = await read_source(
            workers, source, response, now=now, seen=seen, limit=limit, first=not have_articles
        )
        if batch.children and not batch.entries:
            batch = await _through(fetcher, workers, source, batch, now=now, seen=seen, limit=limit)
            # That the index has not changed says nothing of the sitemaps that it names.
            response = replace(response, etag="", last_modified="")
    except WorkerError as error:
        failure = FetchError("content", str(error), status=response.status, url=source.url)
    except FetchError as error:
        failure = error
    if failure is not None:
        failed = after_failure(status, failure, now, interval, rng)
        return Gathered(replace(failed, latency=response.latency, received=response.received))
    kept = after_success(status, response, now, interval)
    kept = replace(
        kept,
        title=batch.title or kept.title,
        home=(response.url if source.kind == "page" else batch.home) or kept.home,
        damaged=batch.damaged,
    )
    return Gathered(kept, batch)


def advised(error: FetchError, source: Source) -> FetchError:
    """The error with the command that helps this very source, where there is one."""
    if error.status in (401, 403):
        error.message += f": `tui-news sources password {source.id}`"
    elif error.kind == "tls":
        error.message += f": `tui-news sources certificate {source.id} any`"
    return error


async def _through(
    fetcher: Fetcher,
    workers: Pool,
    source: Source,
    index: Batch,
    *,
    now: datetime,
    seen: datetime,
    limit: int,
) -> Batch:
    """The articles of the sitemaps that an index names, MAX_CHILDREN of them, those that speak of news and
    the newest first. One that fails is passed over; raises FetchError or WorkerError when all do."""
    from tui_news.fetch import FetchError
    from tui_news.newsroom.reading import is_private_source

    entries: dict[int, Ready] = {}
    title, damaged = index.title, index.damaged
    problem: FetchError | WorkerError | None = None
    for url in index.children[:MAX_CHILDREN]:
        try:
            response = await fetcher.get(url, allow_private=is_private_source(source), gate=workers.breathe)
            batch = await read_source(workers, source, response, now=now, seen=seen, limit=limit)
        except (FetchError, WorkerError) as error:
            problem = problem or error
            continue
        title, damaged = title or batch.title, damaged or batch.damaged
        for entry in batch.entries:
            if len(entries) < limit:
                entries.setdefault(entry.number, entry)
        if len(entries) >= limit:
            break
    if problem is not None and not entries:
        raise problem
    if not entries:
        raise WorkerError(
            _("the index names no sitemap that lists articles; give the address of one"), "content"
        )
    return replace(index, entries=tuple(entries.values()), title=title, damaged=damaged)
