"""The browser: everything on screen, and its work with the network."""

from __future__ import annotations

from dataclasses import replace
from functools import partial
from typing import TYPE_CHECKING, ClassVar

from textual.binding import Binding, BindingType
from textual.timer import Timer
from textual.worker import Worker, WorkerState

from tui_news.i18n import _, many
from tui_news.model import Article, Source
from tui_news.newsroom import Report, View
from tui_news.newsroom.events import Event, Finished
from tui_news.newsroom.memory import give_back
from tui_news.newsroom.portal import older, pieces_of
from tui_news.newsroom.reading import (
    PAGE_ERRORS,
    full_text,
    is_private_source,
    page_problem,
    read_web_page,
    wants_full_text,
    without_page,
)
from tui_news.newsroom.setting import lacking
from tui_news.ui.frame import failed_sources
from tui_news.ui.keys import bindings
from tui_news.ui.screens.fronting import Fronting

if TYPE_CHECKING:
    from tui_news.cache.folder import Synced

POLL_SECONDS = 2.0
PREFETCH = 10
"""Articles that one request for the next unread ones fetches."""
GATHER_SECONDS, SLOW_GATHER_SECONDS = 0.3, 3.0
"""New articles of many sources are shown together, not source by source; over a slow line less often."""
SLOW_STEP = 10
"""Sources of a refresh after which its progress is said over a slow line."""


class Browser(Fronting):
    """Refreshing, full texts, other programs on the same cache, and the way to the other screens."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "full_text",
                "charset",
                "prefetch",
                "older",
                "pieces",
                "refresh",
                "refresh_all",
                "stop",
                "tree",
                "sources",
                "catalog",
                "add",
                "help",
            )
        ),
        *(Binding(str(number), f"section({number})", show=False, system=True) for number in range(1, 10)),
    ]

    _pending: Timer | None = None
    _refreshing: Worker[Report] | None = None

    def on_mount(self) -> None:
        self.begin()
        front = self.newsroom.front
        self._front_made = front.made if front else 0.0
        if front is None:
            self.call_after_refresh(self.make_front)
        self.set_interval(POLL_SECONDS, self._poll)
        problems = (*self.news.key_problems, *self.newsroom.problems, *lacking(self.newsroom.config))
        if problems:
            more = _(" (and {value} more)", value=len(problems) - 1) if len(problems) > 1 else ""
            self.say(problems[0] + more, serious=True)
        self._show_failures()
        if self.newsroom.config.flag("refresh.on_start") and not self.newsroom.cache.read_only:
            due = self.newsroom.due()
            if due:
                self.call_after_refresh(self.start_refresh, due, force=False)

    def _poll(self) -> None:
        # What a cron refresh or another window did; draws only when something changed.
        if self.newsroom.cache.poll():
            self.reload()
            self.headlines.update_all()
        if (syncer := self.newsroom.syncer) is not None:
            self._synced(syncer.news())
        self.look_at_front()

    def _synced(self, told: Synced | str | None) -> None:
        """Say what came from other machines, or why it did not."""
        if isinstance(told, str):
            self.say(told, serious=True)
        elif told is not None and told.merged:
            articles = many(len(told.merged.ids), "{count} article", "{count} articles")
            others = ", ".join(told.machines)
            self.say(_("Synced with {others}: {articles} changed", others=others, articles=articles))

    # --- refreshing --------------------------------------------------------------------------------

    def start_refresh(self, sources: list[Source] | None = None, *, force: bool = True) -> None:
        """Ask sources for news in the background; keys go on working."""
        if self._refreshing is not None and self._refreshing.is_running:
            self.say(_("Already refreshing · {stop} stops it", stop=self.news.key_of("stop")))
            return
        self._refreshing = self.run_worker(
            partial(self.newsroom.refresh, sources, force=force, listener=self._heard),
            name="refresh",
            group="refresh",
            exit_on_error=False,
        )

    def _heard(self, event: Event) -> None:
        if not isinstance(event, Finished):
            return
        slow = self.news.slow
        if not slow or event.done % SLOW_STEP == 1:
            said = _("refreshing {done}/{total}", done=event.done, total=event.total)
            self.status.work(said, self._failures())
        if (event.new or event.changed) and self._pending is None:
            self._pending = self.set_timer(SLOW_GATHER_SECONDS if slow else GATHER_SECONDS, self._show_new)

    def _show_new(self) -> None:
        self._pending = None
        self.reload()

    def _failures(self) -> int:
        return failed_sources(self.newsroom)

    def _show_failures(self) -> None:
        self.status.work("", self._failures())

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.worker.group != "refresh":
            if event.state is WorkerState.ERROR:
                self._show_failures()
                self.say(_("That failed: {error}", error=event.worker.error), serious=True)
            return
        if event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        event.stop()
        self._show_failures()
        if event.state is WorkerState.SUCCESS and isinstance(event.worker.result, Report):
            self.newsroom.let_go()
            if self.news.painter is not None:
                self.news.painter.let_go()
            self.run_worker(give_back, group="memory", thread=True, exit_on_error=False)
            self._show_new()
            self._tell(event.worker.result)
        elif event.state is WorkerState.ERROR:
            self.say(_("Refresh stopped: {error}", error=event.worker.error), serious=True)
        else:
            self.say(_("Refresh stopped"))

    def _tell(self, report: Report) -> None:
        new = _("{count} new", count=report.new) if report.new else _("Nothing new")
        if not report.failed:
            if report.asked:
                asked = report.asked
                said = many(asked, "{new} from {count} source", "{new} from {count} sources", new=new)
                if report.revised:
                    count = report.revised
                    changed = many(count, "{count} changed since you read it", "{count} changed since read")
                    said = f"{said} · {changed}"
                self.say(said)
            elif report.outcomes and report.outcomes[0].skipped:
                self.say(f"{report.outcomes[0].source.name}: {report.outcomes[0].skipped}")
            return
        key = self.news.key_of("sources")
        if len(report.failed) == report.asked and report.asked > 1:
            offline = _("No source could be reached: are you offline? {key} shows each error", key=key)
            self.say(offline, serious=True)
        elif len(report.failed) == 1:
            self.say(f"{new} · {report.failed[0].source.name}: {report.failed[0].status.error}", serious=True)
        else:
            failed = len(report.failed)
            said = _("{new} · {count} sources failed, {key} shows why", new=new, count=failed, key=key)
            self.say(said, serious=True)

    def action_refresh(self) -> None:
        ids = set(self.newsroom.source_ids(self.view))
        sources = [source for source in self.newsroom.subscriptions.sources if source.id in ids]
        if sources:
            self.start_refresh(sources)
        else:
            self.say(
                _(
                    "The starter edition comes with the program and is not refreshed · {refresh_all} "
                    "refreshes your sources",
                    refresh_all=self.news.key_of("refresh_all"),
                )
            )

    def action_refresh_all(self) -> None:
        self.start_refresh()

    def action_stop(self) -> None:
        if self._refreshing is not None and self._refreshing.is_running:
            self._refreshing.cancel()
        else:
            self.say(_("Nothing is being refreshed"))

    # --- full text ---------------------------------------------------------------------------------

    def opened(self, article: Article) -> None:
        source = self.newsroom.source(article.source)
        if source and wants_full_text(article, source):
            self._fetch_full(article)

    def action_full_text(self) -> None:
        article = self.viewer.article if self.reading else None
        if article is None:
            self.say(_("Open an article first · {open}", open=self.news.key_of("open")))
        elif not article.url:
            self.say(_("This article has no link to fetch its text from"))
        else:
            self._fetch_full(article)

    def action_charset(self) -> None:
        article = self.viewer.article if self.reading else None
        if article is None or not article.url:
            self.say(_("Open an article that has a link first · {open}", open=self.news.key_of("open")))
            return

        def done(value: str | None) -> None:
            if value and value.strip():
                self._fetch_full(article, value.strip())

        self.ask(
            _("Charset (now {value}):", value=article.charset or _("unknown")),
            done,
            placeholder="utf-8, gb18030, big5, shift_jis, euc-jp, euc-kr, windows-1252 …",
        )

    def action_prefetch(self) -> None:
        wanted = self.newsroom.stubs(self.headlines.rows, self.headlines.cursor, PREFETCH)
        if not wanted:
            self.say(_("The next unread articles are here in full already"))
            return
        _worker: Worker[None] = self.run_worker(
            partial(self._prefetch, wanted), group="prefetch", exclusive=True, exit_on_error=False
        )

    async def _prefetch(self, articles: list[Article]) -> None:
        failed = 0
        for number, article in enumerate(articles, 1):
            said = _("fetching {number}/{count}", number=number, count=len(articles))
            self.status.work(said, self._failures())
            try:
                await full_text(self.newsroom, article)
            except PAGE_ERRORS:
                failed += 1
        self._show_failures()
        done = many(len(articles) - failed, "{count} article fetched", "{count} articles fetched")
        self.say(_("{done}, {failed} failed", done=done, failed=failed) if failed else done)

    def _fetch_full(self, article: Article, charset: str = "") -> None:
        self.viewer.replace(self.page_of(article, _("Fetching the full text …")))
        # A worker that is cancelled before it starts must not leave a coroutine that nobody awaits.
        _worker: Worker[None] = self.run_worker(
            partial(self._full, article, charset), group="full-text", exclusive=True, exit_on_error=False
        )

    async def _full(self, article: Article, charset: str) -> None:
        try:
            full = await full_text(self.newsroom, article, charset)
            page = self.page_of(full)
        except PAGE_ERRORS as error:
            full = self.newsroom.article(article.id) or article
            page = self.page_of(full, without_page(article, error))
        if full.standing != article.standing:
            self.headlines.update_row(article.id)
        # The reader may have gone on meanwhile.
        if self.viewer.article and self.viewer.article.id == article.id:
            self.viewer.replace(page)
            self.looked_at(full)

    # --- channel pages -----------------------------------------------------------------------------

    @property
    def _page_source(self) -> Source | None:
        """The channel page that a key means: the one in view, else the one of the article."""
        chosen = self.view.source or (self.subject.source if self.subject else "")
        source = self.newsroom.source(chosen)
        return source if source and source.kind == "page" else None

    def action_older(self) -> None:
        source = self._page_source
        if source is None:
            self.say(_("Only pages without a feed have older headlines to fetch; feeds send what they have"))
            return
        self.say(_("Fetching older headlines of {name} …", name=source.name))
        self.run_worker(self._older(source), group="older", exclusive=True, exit_on_error=False)

    async def _older(self, source: Source) -> None:
        try:
            new = await older(self.newsroom, source)
        except PAGE_ERRORS as error:
            self.say(str(error), serious=True)
            return
        self.reload()
        self.say(
            many(new, "{count} older headline", "{count} older headlines")
            if new
            else _("Nothing older that is not here already")
        )

    def action_pieces(self) -> None:
        from tui_news.ui.screens.choose import ChooseScreen

        source = self._page_source
        pieces = pieces_of(self.newsroom, source.id) if source else []
        if source is None or not pieces:
            self.say(_("No hot searches, rankings or tags were found on this source's page"))
            return
        rows: list[tuple[str, str]] = []
        for piece in pieces:
            rows.append((piece.label or piece.kind, ""))
            # A hot search or a tag leads to what all sources say of it; the rest are pages to read.
            search = piece.kind in ("searches", "tags")
            rows += [(f"  {run.text}", f"?{run.text}" if search else run.href) for run in piece.links]

        def chosen(value: str | None) -> None:
            if value and value.startswith("?"):
                phrase = value[1:].replace('"', " ")
                self.go(View(query=f'"{phrase}"'))
            elif value:
                self.read_url(value, source)

        self.app.push_screen(ChooseScreen(source.name, rows, _("Enter reads it here")), chosen)

    def read_url(self, url: str, source: Source) -> None:
        """Read a page from a link in the viewer; it is not kept in the cache."""
        self.say(_("Fetching {url} …", url=url))
        self.run_worker(self._read_url(url, source), group="full-text", exclusive=True, exit_on_error=False)

    async def _read_url(self, url: str, source: Source) -> None:
        try:
            article = await read_web_page(self.newsroom, url, allow_private=is_private_source(source))
        except PAGE_ERRORS as error:
            self.say(f"{url}: {page_problem(error)}", serious=True)
            return
        self.leave_article()
        self.step_away()
        self.viewer.show(self.page_of(replace(article, id="", source=source.id)))
        self.reading = True
        self.say("")
        self.show_pane()

    # --- other screens -----------------------------------------------------------------------------

    def action_help(self) -> None:
        from tui_news.ui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.news.keys))

    def action_tree(self) -> None:
        from tui_news.ui.screens.tree import TreeScreen

        def chosen(view: View | None) -> None:
            if view is not None:
                self.go(view)
            else:
                self.reload()

        self.app.push_screen(TreeScreen(self.newsroom, self.view, self.news.key_of), chosen)

    def action_sources(self) -> None:
        from tui_news.ui.screens.sources import SourcesScreen

        def closed(refresh: list[Source] | None) -> None:
            self.reload()
            self._show_failures()
            if refresh:
                self.start_refresh(refresh)

        self.app.push_screen(SourcesScreen(self.newsroom, self.news.key_of), closed)

    def action_catalog(self) -> None:
        from tui_news.ui.screens.catalog import CatalogScreen

        screen = CatalogScreen(self.newsroom, self.news.key_of)

        def closed(sources: list[Source] | None) -> None:
            self._followed(sources)
            if (search := screen.asked) is not None:
                self.ask_engine(search.name, search.scope)

        self.app.push_screen(screen, closed)

    def action_add(self) -> None:
        if self.keep_search():
            return
        from tui_news.ui.screens.add import AddScreen

        self.app.push_screen(AddScreen(self.newsroom, self.view.section), self._followed)

    def _followed(self, sources: list[Source] | None) -> None:
        self.reload()
        if sources:
            self.say(_("Following {names}", names=", ".join(source.name for source in sources[:3])))
            self.start_refresh(sources)
