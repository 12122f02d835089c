"""One source, from its URL to articles: fetch, have it read, decide. Nothing is stored here."""

from __future__ import annotations

import random
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING

from tui_news.model import FeedStatus, Source
from tui_news.newsroom.desk import Batch, read_source
from tui_news.workers import WorkerError

if TYPE_CHECKING:
    from tui_news.fetch import Fetcher
    from tui_news.workers import Pool


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
        return Gathered(after_failure(status, error, now, interval, rng))
    if response.not_modified:
        return Gathered(after_success(status, response, now, interval), unchanged=True)
    try:
        batch = await read_source(workers, source, response, now=now, seen=seen, limit=limit)
    except WorkerError as error:
        failure = FetchError("content", str(error), status=response.status, url=source.url)
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
