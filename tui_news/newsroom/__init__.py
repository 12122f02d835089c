"""The verbs of the product, the same for the screen and the shell.

A `Newsroom` holds the reader's sources, settings and cache. What waits for the network is async and
reports its progress as events (`newsroom.events`); everything else is a plain call. It is used from one
thread: the screen's, or the shell's.
"""

from __future__ import annotations

from datetime import UTC, datetime

from tui_news.config import Config, load_config
from tui_news.i18n import AUTO, use
from tui_news.model import Article, ReaderState, Source
from tui_news.newsroom.paper import WELCOME, Paper
from tui_news.newsroom.views import FRONT, View
from tui_news.paths import Places, shipped
from tui_news.sources.subscriptions import Subscriptions

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from pathlib import Path
    from types import TracebackType
    from typing import Any, Self

    from tui_news.cache import Cache, Count, Step
    from tui_news.fetch import Fetcher
    from tui_news.newsroom.events import Finished, Listener, Report, Started
    from tui_news.newsroom.finding import Finder
    from tui_news.newsroom.syncing import Syncer
    from tui_news.newsroom.told import Told
    from tui_news.newsroom.trust import Trust
    from tui_news.portal.front import Front
    from tui_news.workers import Pool

__all__ = ["WELCOME", "Finished", "Newsroom", "Report", "Started", "View"]


def __getattr__(name: str) -> Any:
    # Events are for what waits for the network; most verbs of the shell do without.
    if name not in ("Finished", "Report", "Started"):
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tui_news.newsroom import events

    return getattr(events, name)


EDITION = 100
"""So many of the newest articles a start looks at before it looks at all of them."""
FILLS = 60
"""So many fill every screen."""

SYNC_SECONDS = 2.0
"""How long quitting waits for the shared folder."""
KEPT = ("rule: ", "kept search ", "import: ")
"""How the steps begin that changed `sources.toml` too."""


def now() -> datetime:
    """The present, aware, in UTC."""
    return datetime.now(UTC)


class Newsroom(Paper):
    """The reader's newspaper: open it, read from it, refresh it, close it."""

    def __init__(self, places: Places, config: Config, subscriptions: Subscriptions, cache: Cache) -> None:
        super().__init__(places, subscriptions, cache)
        self.config = config
        self.jobs = config.integer("refresh.jobs")
        """How many sources are asked at once."""
        self._fetcher: Fetcher | None = None
        self._trust: Trust | None = None
        self._finder: Finder | None = None
        self._workers: Pool | None = None
        self._front: tuple[object, Front | None] = (None, None)
        self._told: tuple[object, Told | None] = (None, None)
        self.makes_front = False
        """Whether a refresh has the front page worked out again, by a process of its own."""
        self._syncer: Syncer | None = None

    @classmethod
    def open(cls, places: Places | None = None, *, read_only: bool = False) -> Self:
        """Open the reader's newspaper, or a new one. Raises `cache.CacheError` when nothing can be read."""
        from tui_news.cache import Cache

        places = places or Places.of_user()
        config = load_config(places)
        if (language := config.text("ui.language")) != AUTO:
            use(language)
            if config.problems:
                config = load_config(places)  # told in the language that it sets
        subscriptions = Subscriptions.load(places)
        return cls(
            places, config, subscriptions, Cache.open(places, starter=shipped("cache"), read_only=read_only)
        )

    def close(self) -> None:
        """Write what is still to be written and let go of the cache. The network is left by `leave`."""
        if self._workers is not None:
            self._workers.kill()
        if self._finder is not None:
            self._finder.close()
        self.cache.close()
        if self._syncer is not None:
            # What was done since the last time; a folder that does not answer is not waited for.
            self.sync_soon()
            self._syncer.wait(SYNC_SECONDS)

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    @property
    def problems(self) -> tuple[str, ...]:
        """What is wrong with the reader's files, one line each."""
        kept: tuple[str, ...] = ()
        if self.subscriptions.searches or self.subscriptions.rules:
            from tui_news.newsroom.rules import problems

            kept = problems(self.subscriptions)
        return (*self.config.problems, *self.subscriptions.problems, *kept, *self.cache.messages)

    # --- reading -----------------------------------------------------------------------------------

    def listing(self, view: View) -> Sequence[Article]:
        """The articles of a view, newest first, without their bodies; a long one is decoded as it is read."""
        if view == View(FRONT):
            from tui_news.newsroom.front import articles_of

            return articles_of(self.front)
        view = self.plain(view)
        if not view.query:
            return self.cache.listing(self.source_ids(view), unread=view.unread, mark=view.mark)
        from tui_news.portal.query import Query

        return self.finder.find(view, Query.parse(view.query, now=now()))

    def first_listing(self, view: View, fills: int = FILLS, looked_at: int = EDITION) -> Sequence[Article]:
        """The same for a start: from the prepared edition as far as that goes, which is all that is shown.
        `fills` is how many fill the screen, `looked_at` of how many of the newest they are taken."""
        if not view.chosen and view.section != FRONT:
            own = set(self.source_ids(view))
            head = [article for article in self.cache.edition(looked_at) if article.source in own]
            count = self.counts(view).total
            if len(head) >= fills and count > len(head):
                from tui_news.newsroom.firstlist import FirstList

                return FirstList(head, count, lambda: self.listing(view))
            if looked_at < EDITION:
                return self.first_listing(view)
        return self.listing(view)

    @property
    def front(self) -> Front | None:
        """The front page of the site that is shown, read again when another program has made it anew."""
        from tui_news.newsroom.front import front_of, stamp_of

        stamp = self.site, stamp_of(self.places, self.site)
        if stamp != self._front[0]:
            self._front = (stamp, front_of(self))
        return self._front[1]

    @property
    def told(self) -> Told:
        """Which articles are one story, as the page's worker left it, read again when it did anew."""
        from tui_news.newsroom.told import NONE, read, stamp_of

        stamp = stamp_of(self.places)
        if stamp != self._told[0] or self._told[1] is None:
            self._told = (stamp, read(self.places) if stamp else NONE)
        assert self._told[1] is not None
        return self._told[1]

    @property
    def finder(self) -> Finder:
        """What finds by the index."""
        if self._finder is None:
            from tui_news.newsroom.finding import Finder

            self._finder = Finder(self)
        return self._finder

    # --- other machines ----------------------------------------------------------------------------

    @property
    def syncer(self) -> Syncer | None:
        """What keeps the state the same on the reader's machines; None where no folder is set."""
        if self._syncer is None and (folder := self.config.text("sync.folder")):
            from pathlib import Path

            from tui_news.newsroom.syncing import Syncer

            self._syncer = Syncer(self.places, Path(folder).expanduser())
        return self._syncer

    def sync_soon(self) -> None:
        """Sync in the background, where a folder is set. Returns at once."""
        if not self.cache.read_only and (syncer := self.syncer) is not None:
            syncer.start()

    def keep_index(self) -> None:
        """Bring the search index up to date in the background. Returns at once."""
        if not self.cache.read_only:
            self.finder.worker.start()

    def let_go(self) -> None:
        """Keep nothing that only makes the next look faster: a program that stays open would grow by it."""
        self.cache.library.let_go()
        if self._finder is not None:
            self._finder.let_go()

    def matches(self, query: object, article: Article) -> bool:
        """Whether an article, with what the reader did with it, answers a `portal.query.Query`."""
        from tui_news.portal.query import Query

        assert isinstance(query, Query)
        return query.matches(
            article,
            self.cache.state(article.id),
            source_name=self.source_name(article.source),
            section=self.section_name(article.source),
            body=lambda: self._body_text(article.id),
        )

    def _body_text(self, id: str) -> str:
        article = self.cache.article(id)
        return "\n".join(block.text for block in article.blocks) if article else ""

    def article(self, id: str) -> Article | None:
        """An article with its text."""
        return self.cache.article(id)

    def head(self, article: Article) -> Article:
        """An article without its text as the cache has it now; as it was when it is gone."""
        return self.cache.head(article.source, int(article.id, 16)) or article

    def stubs(self, articles: Sequence[Article], start: int, count: int) -> list[Article]:
        """The next `count` unread articles from row `start` on whose full text is still to be fetched."""
        from tui_news.newsroom.reading import wants_full_text

        found: list[Article] = []
        for index in range(start, min(len(articles), start + 20 * count)):
            head = articles[index]
            if self.state(head.id).read or not (article := self.article(head.id)):
                continue
            source = self._by_id.get(article.source)
            if source and wants_full_text(article, source):
                found.append(article)
                if len(found) == count:
                    break
        return found

    def state(self, id: str) -> ReaderState:
        return self.cache.state(id)

    def counts(self, view: View) -> Count:
        """How many articles a view's sources hold, and how many of them are unread; for a saved search, how
        many it finds."""
        from tui_news.cache import Count

        node = self._nodes.get(view.section)
        if node is not None and node.query and not view.source:
            return self.finder.count(node.query)
        counts = self.cache.counts(self.source_ids(view)).values()
        return Count(sum(count.total for count in counts), sum(count.unread for count in counts))

    def mark(
        self, ids: Sequence[str], what: str, *, durable: bool = True, **changes: bool | str | int
    ) -> Step | None:
        """Change the reader's state of articles, as one step that `undo` takes back. What is not `durable` on
        return is once `cache.settle` has run."""
        return self.cache.mark(ids, what, durable=durable, **changes)

    def undo(self) -> Step | None:
        """Take back the reader's last step, with the rule or the saved search that came with it."""
        step = self.cache.undo()
        if step is not None and step.what.startswith(KEPT):
            from tui_news.newsroom.rules import take_back

            take_back(self, step.what)
        return step

    # --- the network -------------------------------------------------------------------------------

    @property
    def trust(self) -> Trust:
        """The passwords of the sources, and whose certificates are not checked."""
        if self._trust is None:
            from tui_news.newsroom.trust import Trust

            self._trust = Trust(self)
        return self._trust

    async def fetcher(self) -> Fetcher:
        """The one fetcher, made when the first thing is fetched."""
        if self._fetcher is None:
            from tui_news.fetch import Fetcher

            # Set before it is awaited: two that ask at once get the same one.
            self._fetcher = Fetcher(
                jobs=self.jobs,
                per_host=self.config.integer("refresh.per_host"),
                deadline=self.config.integer("refresh.timeout"),
                userinfo=self.trust.userinfo,
                trusted=self.trust.is_trusted,
            )
            await self._fetcher.__aenter__()
        return self._fetcher

    @property
    def workers(self) -> Pool:
        """The processes in which everything from outside is read; they start when there is something."""
        if self._workers is None:
            from tui_news.workers import Pool

            self._workers = Pool()
        return self._workers

    async def leave(self) -> None:
        """Close the connections, end the workers."""
        if self._workers is not None:
            workers, self._workers = self._workers, None
            await workers.close()
        if self._fetcher is not None:
            fetcher, self._fetcher = self._fetcher, None
            await fetcher.__aexit__(None, None, None)

    def interval(self, source: Source) -> int:
        """Minutes between two refreshes of a source."""
        return source.interval or self.config.integer("refresh.interval")

    def due(self, sources: Iterable[Source] | None = None) -> list[Source]:
        """The sources whose time has come."""
        from tui_news.fetch.schedule import is_due

        moment = now()
        return [
            source
            for source in (self.subscriptions.sources if sources is None else sources)
            if not source.paused
            and not self.is_starter(source.id)
            and is_due(self.cache.status(source.id), moment, self.interval(source))
        ]

    async def refresh(
        self, sources: Sequence[Source] | None = None, *, force: bool = True, listener: Listener | None = None
    ) -> Report:
        """Ask sources for news, many at once, and store each answer as it comes.

        With `force` a source is asked although its interval has not passed; a server's Retry-After and a
        410 hold all the same. `listener` is called with each event, in this task's thread. Raises
        `CacheError` when nothing can be stored; a disk that fills up meanwhile is the error of each source
        whose answer it does not hold.
        """
        from tui_news.newsroom.refresh import Refresh

        report = await Refresh(self, listener).run(
            self.subscriptions.sources if sources is None else sources, force=force
        )
        self.sync_soon()
        return report

    def retain(self) -> bool:
        """One bounded step of retention: what is old and was not kept by the reader goes. True when there is
        nothing more to do."""
        return self.cache.retain(
            days=self.config.integer("cache.days"),
            per_source=self.config.integer("cache.per_source"),
            now=now(),
            budget=200,
            quota=self.config.integer("cache.megabytes") * 1_000_000,
        ).done

    def since_last_visit(self) -> datetime | None:
        """When the reader last looked; None on the first visit."""
        seen = self.cache.get_memory("last_visit")
        try:
            return datetime.fromisoformat(seen) if isinstance(seen, str) else None
        except ValueError:
            return None

    def visited(self) -> None:
        """Note that the reader looked just now."""
        self.cache.put_memory("last_visit", now().isoformat(timespec="seconds"))


def files_of(places: Places) -> dict[str, Path]:
    """The reader's files by the names that `tui-news config path` prints."""
    return {
        "config": places.config_file,
        "sources": places.sources_file,
        "cache": places.cache,
        "data": places.data,
    }
