"""A refresh: ask sources for news, many at once, store each answer as it comes, tell what happens."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Final

from tui_news.cache import CacheError
from tui_news.cache.results import Listed, Stored
from tui_news.fetch.schedule import held, is_due
from tui_news.i18n import _
from tui_news.model import Source
from tui_news.newsroom import now
from tui_news.newsroom.events import Finished, Listener, Report, Started
from tui_news.newsroom.gather import Gathered, gather
from tui_news.newsroom.log import note
from tui_news.text.when import long_time

if TYPE_CHECKING:
    from tui_news.fetch import Fetcher
    from tui_news.newsroom import Newsroom

UNDATED: Final = timedelta(days=1)
"""How old what has no date counts in a source's first answer: it may be from any time, and must not lie above
the day's news. What comes later without a date is as new as its coming."""
RETAIN_SECONDS: Final = 0.3
INDEX_SECONDS: Final = 0.2
"""How long a refresh waits for the search index: enough for a few hundred articles, the rest comes later."""


class Refresh:
    """One refresh of some sources. `listener` is called with each event, in the task's own thread."""

    def __init__(self, newsroom: Newsroom, listener: Listener | None = None) -> None:
        self.newsroom = newsroom
        self.tell: Listener = listener or (lambda event: None)
        self.outcomes: list[Finished] = []
        self.total = 0

    async def run(self, sources: Sequence[Source], *, force: bool) -> Report:
        """Ask them all. Raises `CacheError` when nothing can be stored."""
        newsroom = self.newsroom
        chosen = [source for source in sources if not newsroom.is_starter(source.id)]
        self.total = len(chosen)
        if newsroom.cache.read_only:
            raise CacheError(
                _("{cache}: cannot be written, so nothing was asked for.", cache=newsroom.places.cache)
            )
        ready = self._ready(chosen, force)
        if not ready:
            return Report(tuple(self.outcomes))
        counts = newsroom.cache.counts([source.id for source in ready])
        held = {id for id, count in counts.items() if count.total}
        # A source without articles is sure to send some: its reader starts while the network is set up.
        if empty := sum(1 for source in ready if source.id not in held):
            newsroom.workers.warm("feed", empty)
        fetcher = await newsroom.fetcher()
        async with asyncio.TaskGroup() as tasks:
            for source in ready:
                tasks.create_task(self._ask(fetcher, source, source.id in held))
        if failed := [outcome for outcome in self.outcomes if outcome.failed]:
            note(newsroom.places, *(f"refresh {one.source.id}: {one.status.error}" for one in failed))
        await self._retain()
        if any(outcome.new or outcome.changed for outcome in self.outcomes):
            newsroom.keep_index()
            if newsroom.makes_front:
                from tui_news.newsroom.frontchild import start

                start(newsroom)
            await asyncio.to_thread(newsroom.finder.worker.wait, INDEX_SECONDS)
        return Report(tuple(self.outcomes))

    async def _retain(self) -> None:
        """Drop what is too old or too much, for a moment at most; the next refresh goes on with it."""
        loop = asyncio.get_running_loop()
        end = loop.time() + RETAIN_SECONDS
        with contextlib.suppress(CacheError):  # each source's error has said so
            while not self.newsroom.retain() and loop.time() < end:  # noqa: ASYNC110 - it does the work
                await asyncio.sleep(0)  # a key may be waiting

    def _ready(self, chosen: Sequence[Source], force: bool) -> list[Source]:
        """Those that are to be asked; the others are finished."""
        ready: list[Source] = []
        for source in chosen:
            status = self.newsroom.cache.status(source.id)
            if source.paused:
                self._finish(Finished(source, status, skipped=_("paused")))
            elif status.gone:
                skipped = _("gone (410); `tui-news sources check` asks again")
                self._finish(Finished(source, status, skipped=skipped))
            elif not is_due(status, now(), self.newsroom.interval(source), force=force):
                skipped = _("not due yet")
                if status.hold is not None and held(status, now()):
                    skipped = _(
                        "left alone until {time}, as the server asks",
                        time=long_time(status.hold),
                    )
                self._finish(Finished(source, status, skipped=skipped, unchanged=True))
            else:
                ready.append(source)
        return ready

    def _finish(self, outcome: Finished) -> None:
        outcome = replace(outcome, done=len(self.outcomes) + 1, total=self.total)
        self.outcomes.append(outcome)
        self.tell(outcome)

    async def _ask(self, fetcher: Fetcher, source: Source, held: bool) -> None:
        """One source, from the question to the shelf."""
        newsroom = self.newsroom
        self.tell(Started(source))
        moment = now()
        gathered = await gather(
            fetcher,
            newsroom.workers,
            source,
            newsroom.cache.status(source.id),
            now=moment,
            seen=moment if held else moment - UNDATED,
            interval=newsroom.interval(source),
            limit=newsroom.config.integer("cache.per_feed"),
            have_articles=held,
        )
        try:
            outcome = self._keep(source, gathered)
            if newsroom.subscriptions.rules and (outcome.new or outcome.changed):
                from tui_news.newsroom.rules import sort_in

                await sort_in(newsroom, source.id, outcome.new, outcome.changed)
        except CacheError as error:
            # What is not stored must come again: nothing of the answer's validators is kept.
            status = replace(newsroom.cache.status(source.id), error=str(error))
            outcome = Finished(source, status)
        else:
            if gathered.status.moved and not gathered.status.error:
                self._moved(source, gathered.status.moved)
        self._finish(outcome)

    def _keep(self, source: Source, gathered: Gathered) -> Finished:
        """Store what was gathered. Raises CacheError."""
        cache, batch = self.newsroom.cache, gathered.batch
        stored = Stored()
        if batch is not None and (batch.entries or batch.deleted):
            listed = Listed(source.kind == "feed" and not batch.damaged, batch.deleted)
            stored = cache.store_ready(source.id, batch.entries, now=now(), listed=listed)
            if stored.revised and self.newsroom.config.text("ui.changed") == "unread":
                cache.mark_all([(stored.revised, {"read": False})], "changed", quiet=True)
        cache.put_status(gathered.status)
        if source.kind == "page" and batch is not None and batch.entries:
            from tui_news.newsroom import portal

            portal.remember(self.newsroom, source, batch)
        return Finished(
            source, gathered.status, stored.new, stored.changed, stored.revised, stored.withdrawn,
            gathered.unchanged,
        )  # fmt: skip

    def _moved(self, source: Source, url: str) -> None:
        """A permanent redirect: the next refresh goes to the new place at once (RFC 9110, 15.4.2)."""
        newsroom = self.newsroom
        if url != source.url and any(own.id == source.id for own in newsroom.subscriptions.sources):
            from tui_news.sources.subscriptions import SubscriptionsError, update

            # Where the file cannot be written, or the new place is followed already, the old address
            # still redirects: nothing is lost.
            with contextlib.suppress(SubscriptionsError):
                newsroom.reload(update(newsroom.places, source.id, url=url))
