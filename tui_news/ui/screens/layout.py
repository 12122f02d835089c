"""The browser's frame: tabs, breadcrumb, list, viewer, status line, and which view they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING, ClassVar, TypeVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Resize

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, many, mark
from tui_news.model import Article, SectionPath
from tui_news.newsroom import WELCOME, Newsroom, View, now
from tui_news.newsroom.scopes import LABELS
from tui_news.newsroom.views import FRONT
from tui_news.portal.query import Query, QueryError, marked
from tui_news.sources.subscriptions import paths_of
from tui_news.text.when import day, short_time
from tui_news.ui.front.page import FrontPage
from tui_news.ui.keys import bindings
from tui_news.ui.screens.asking import Asking
from tui_news.ui.screens.text_setting import set_up
from tui_news.ui.widgets.article_view import ArticleView
from tui_news.ui.widgets.bars import Bar, Breadcrumb, SectionTabs, StatusLine, Tab
from tui_news.ui.widgets.headline_list import Density, HeadlineList
from tui_news.ui.widgets.sites import SiteStrip, site_name

if TYPE_CHECKING:
    from tui_news.ui.app import NewsApp

ALL = mark("All")
T = TypeVar("T")


class Layout(Asking):
    """What is where, and moving between sections. What can be done with articles is in `reading`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "back", "next_section", "previous_section", "next_subsection", "previous_subsection",
                "next_site", "unread_only", "starred", "filter", "density", "quit",
            )
        )
    ]  # fmt: skip

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        self.newsroom = newsroom
        self.view = self._first_view()
        self.reading = False
        """Narrow screens show one thing at a time: True shows the viewer."""
        self.now = now
        """What the time is."""

    # --- parts -------------------------------------------------------------------------------------

    def compose(self) -> ComposeResult:
        strip = SiteStrip(id="sites")
        strip.set_class(not self.newsroom.sites, "-alone")
        yield strip
        yield SectionTabs(id="tabs")
        yield Breadcrumb(id="breadcrumb")
        with Horizontal(id="desk"):
            yield FrontPage(state=self.newsroom.state, time=self._short, id="front")
            yield HeadlineList(
                state=self.newsroom.state,
                source_name=self.newsroom.source_name,
                now=lambda: self.now(),
                id="headlines",
            )
            viewer = ArticleView(empty=self._viewer_hint(), id="article")
            # Right from the first frame: laying it out twice would show, and cost a screen of bytes.
            set_up(viewer, self.newsroom)
            viewer.display = self.is_wide() and not self.at_front
            self.set_class(self.is_wide(), "wide")
            yield viewer
        yield StatusLine(id="status")

    @property
    def news(self) -> NewsApp:
        return cast("NewsApp", self.app)

    def _short(self, moment: float) -> str:
        return short_time(datetime.fromtimestamp(moment, UTC), self.now()) if moment else ""

    @property
    def front(self) -> FrontPage:
        return self.query_one("#front", FrontPage)

    @property
    def at_front(self) -> bool:
        """Whether the front page is what is shown, and not a list."""
        return self.view == View(FRONT)

    @property
    def headlines(self) -> HeadlineList:
        return self.query_one("#headlines", HeadlineList)

    @property
    def viewer(self) -> ArticleView:
        return self.query_one("#article", ArticleView)

    def say(self, message: str, *, serious: bool = False) -> None:
        """Put a message into the status line."""
        self.status.say(message, serious=serious)

    def kept(self, change: Callable[[], T]) -> tuple[bool, T | None]:
        """Do a change of what is kept, and give back whether it was done, and what it gave.

        What cannot be written (a full disk) is said, and the app goes on.
        """
        try:
            return True, change()
        except CacheError as error:
            self.say(str(error), serious=True)
            return False, None

    def remember(self, name: str, value: object) -> None:
        """Keep a choice of the reader's for the next start."""
        self.kept(lambda: self.newsroom.cache.put_memory(name, value))

    def speak(self) -> None:
        """Say all that is on screen in the language that is spoken from now on."""
        self.viewer.say_empty(self._viewer_hint())
        self.reload()
        self._hints()
        self.headlines.update_all()
        self.say(_("Language: {name}", name=_("English")))

    def _viewer_hint(self) -> str:
        key = self.news.key_of
        return _(
            "Nothing is open.\n\n{open} opens a headline · {space} reads on\n{next_unread} next "
            "unread · {help} help",
            open=key("open"),
            space=key("space"),
            next_unread=key("next_unread"),
            help=key("help"),
        )

    def on_mount(self) -> None:
        self.front.display, self.headlines.display = self.at_front, not self.at_front
        density = "one" if self.news.slow else self.newsroom.config.text("ui.density")
        remembered = self.newsroom.cache.get_memory("density")
        self.headlines.density = cast(
            Density, remembered if remembered in ("one", "two", "cards") else density
        )
        (self.front if self.at_front else self.headlines).focus()
        self.show_view(self.view, first=True)
        # Before the first frame: otherwise it would be painted twice.
        self._hints()

    def on_resize(self, event: Resize) -> None:
        self.set_class(self.is_wide(event.size.width), "wide")
        self.show_pane()

    def is_wide(self, width: int | None = None) -> bool:
        """Whether list and viewer stand side by side."""
        return (self.app.size.width if width is None else width) >= self.newsroom.config.integer(
            "ui.split_from"
        )

    def show_pane(self) -> None:
        """Show list or viewer when there is room for one only, and put the focus where the reader is."""
        wide = self.is_wide()
        front = self.at_front
        # The front page takes all the room there is, and so does an article opened from it.
        self.front.display = front and not self.reading
        self.headlines.display = not front and (wide or not self.reading)
        self.viewer.display = self.reading or (wide and not front)
        if not self.asking:
            (self.viewer if self.reading else self.front if front else self.headlines).focus()
        self._hints()

    def _hints(self) -> None:
        key = self.news.key_of
        names = (
            [("space", mark("read on")), ("back", mark("back")), ("next_unread", mark("next unread")),
             ("help", mark("help")), ("star", mark("star")), ("browser", mark("browser")),
             ("links", mark("links"))]
            if self.reading
            else [("open", mark("read")), ("help", mark("help")), ("next_block", mark("block")),
                  ("catch_up", mark("catch up")), ("topics", mark("topics")), ("story", mark("story")),
                  ("why", mark("why here")), ("quit", mark("quit"))]
            if self.at_front
            else [("open", mark("read")), ("help", mark("help")), ("next_section", mark("section")),
                  ("quit", mark("quit")), ("next_unread", mark("next unread")), ("refresh", mark("refresh")),
                  ("search", mark("search")), ("tree", mark("all sections"))]
        )  # fmt: skip
        self.status.hint([(key(name), _(what)) for name, what in names if key(name)])
        self.status.errors_key = key("sources")

    def rewind(self, now: Callable[[], datetime]) -> None:
        """Everything as a start would find it, at a time of one's own."""
        self.now = now
        self.reading = False
        self.viewer.show(None)
        self.headlines.opened_id = ""
        self.say("")
        self.headlines.show(())
        self.show_view(self._first_view(), first=True)
        self.show_pane()

    # --- views -------------------------------------------------------------------------------------

    def _first_view(self) -> View:
        if self.newsroom.show_starter:
            return View(WELCOME)
        site = self.newsroom.cache.get_memory("site")
        if isinstance(site, str):
            self.newsroom.show_site(site)
        if self.newsroom.config.text("ui.start") == "front" and self.newsroom.front is not None:
            return View(FRONT)
        last = self.newsroom.cache.get_memory("section")
        path = tuple(str(part) for part in last) if isinstance(last, list) else ()
        return View(path if self.newsroom.node(path) else ())

    def tabs(self) -> list[Tab]:
        """The top level: everything, then the sections."""
        front = [Tab(FRONT, _("Front"))] if self.newsroom.front is not None else []
        return [*front, Tab((), _(ALL)), *(Tab(node.path, node.title) for node in self.newsroom.tree)]

    def show_view(self, view: View, *, keep: str = "", first: bool = False) -> None:
        """Show the articles of a view; `keep` is the id of the one to stay at, `first` says that it is the
        start, at which nobody waits for more than the first rows."""
        moved = view.place != self.view.place
        self.view = view
        try:
            articles = (self.newsroom.first_listing if first else self.newsroom.listing)(view)
            marks = self._marks(view.query)
        except QueryError as error:
            self.say(str(error), serious=True)
            return
        if moved:
            self.headlines.cursor = 0
            self.remember("section", list(view.section))
        self.headlines.empty = self.empty_text(view)
        self.headlines.show(articles, keep=keep, marks=marks)
        if self.at_front:
            last = self.newsroom.since_last_visit()
            self.front.seen_until = last.timestamp() if last else 0.0
            self.front.empty = self.empty_text(view)
            self.front.show(self.newsroom.front, keep=keep)
        self.show_bars()

    def _marks(self, query: str) -> Callable[[str], list[tuple[int, int]]] | None:
        if not query:
            return None
        words = Query.parse(query, now=now()).words
        return lambda text: marked(text, words)

    def reload(self) -> None:
        """Read the view again (new articles, changed sources), staying at the same article."""
        current = self.headlines.current
        self.show_view(self.view, keep=current.id if current else "")

    def empty_text(self, view: View) -> str:
        """What an empty list says: why it is empty and what to do."""
        key = self.news.key_of
        if view.searches and not view.query:
            return _("The web has nothing on “{query}”.\n\n{search} searches again · {back} goes back.",
                     query=self.searched(view), search=key("search"), back=key("back"))  # fmt: skip
        if view.query:
            return _(
                "Nothing here matches “{query}”.\n\n{back} shows the whole list again.",
                query=view.query,
                back=key("back"),
            )
        if view.mark:
            if view.mark == "starred":
                return _("Nothing is starred yet.\n\n{star} on a headline does it · {back} goes back.",
                         star=key("star"), back=key("back"))  # fmt: skip
            if view.mark == "debate":
                return _("Nothing is up for debate yet.\n\n{debate} on a headline puts it up, {note} writes "
                         "what you think · {back} goes back.",
                         debate=key("debate"), note=key("note"), back=key("back"))  # fmt: skip
            return _("Nothing is kept for later yet.\n\n{later} on a headline does it · {back} goes back.",
                     later=key("later"), back=key("back"))  # fmt: skip
        if view.unread:
            return _(
                "All read.\n\n{unread_only} shows read articles too · {next_section} goes to the next "
                "section · {refresh_all} asks for news.",
                unread_only=key("unread_only"),
                next_section=key("next_section"),
                refresh_all=key("refresh_all"),
            )
        if not self.newsroom.source_ids(view):
            return _(
                "No sources in this section yet.\n\n{catalog} opens the catalogue · {add} adds an address.",
                catalog=key("catalog"),
                add=key("add"),
            )
        errors = [
            id for id in self.newsroom.source_ids(view) if self.newsroom.cache.status(id).error
        ]  # fmt: skip
        if errors:
            return _(
                "No articles: {failed} of {total} sources failed.\n\n{sources} says why · {refresh} "
                "tries again.",
                failed=len(errors),
                total=len(self.newsroom.source_ids(view)),
                sources=key("sources"),
                refresh=key("refresh"),
            )
        return _(
            "No articles yet.\n\n{refresh} asks for news · {sources} shows the sources.",
            refresh=key("refresh"),
            sources=key("sources"),
        )

    def show_bars(self) -> None:
        """Bring tabs and breadcrumb up to date."""
        tabs = self.tabs()
        top = self.view.section[:1]
        active = next((index for index, tab in enumerate(tabs) if tab.path == top), 0)
        date = day(self.now().astimezone()) + " "
        self.query_one("#sites", SiteStrip).show(self.newsroom.unread_by_site(), self.newsroom.site)
        self.query_one("#tabs", SectionTabs).show(tabs, active, date, self.newsroom.site or "")
        counts = self.newsroom.counts(self.view)
        right = _("{unread} unread of {total}", unread=counts.unread, total=counts.total)
        if self.view.chosen and not self.view.unread:
            right = many(len(self.headlines.articles), "{count} article", "{count} articles")
        self.query_one("#breadcrumb", Breadcrumb).show(self._trail(), self._below(), right)

    def _trail(self) -> Sequence[Tab]:
        view = self.view
        trail = [Tab((), _(ALL))] if not view.section else []
        for depth in range(1, len(view.section) + 1):
            path = view.section[:depth]
            node = self.newsroom.node(path)
            trail.append(Tab(path, node.title if node else _("Front") if path == FRONT else path[-1]))
        if view.source:
            trail.append(Tab(view.section, self.newsroom.source_name(view.source)))
        extra = {"starred": _("★ Starred"), "later": _("◷ Later"), "debate": _("Debate")}.get(view.mark, "")
        scope = _(LABELS[view.scope]) if view.scope else ""
        web = _("on the web") if view.searches else ""
        query = view.query or self.searched(view)
        narrowed = (extra, web, scope, _("unread") if view.unread else "", f"“{query}”" if query else "")
        return [*trail, *(Tab(view.section, text) for text in narrowed if text)]

    def searched(self, view: View) -> str:
        """What the web was searched for, where a view shows that."""
        source = self.newsroom.source(view.searches[0]) if view.searches else None
        if source is None:
            return ""
        from tui_news.newsroom.websearch import text_of

        return text_of(source)

    def _below(self) -> Sequence[Tab]:
        if self.view.source or self.view.mark or self.view.scope or self.view.searches:
            return []
        node = self.newsroom.node(self.view.section)
        return [Tab(child.path, child.title) for child in node.children] if node else []

    def trail_of(self, article: Article) -> SectionPath:
        """The section that an article's source belongs to."""
        source = self.newsroom.source(article.source)
        return source.section if source else ()

    # --- moving between sections -------------------------------------------------------------------

    def go(self, view: View) -> None:
        """Go to another view: the list comes to the front."""
        self.leave_article()
        self.reading = False
        self.say("")
        self.show_view(view)
        self.show_pane()

    def leave_article(self) -> None:
        """The open article is about to be left. `reading` remembers the place."""

    @on(Bar.Chosen)
    def _chosen(self, event: Bar.Chosen) -> None:
        self.go(View(event.path))

    def _step(self, step: int) -> None:
        tabs = self.tabs()
        top = self.view.section[:1]
        active = next((index for index, tab in enumerate(tabs) if tab.path == top), 0)
        self.go(View(tabs[(active + step) % len(tabs)].path))

    def action_next_section(self) -> None:
        self._step(1)

    def action_previous_section(self) -> None:
        self._step(-1)

    def action_section(self, number: int) -> None:
        tabs = self.tabs()
        # The front page has the 0.
        tabs = [tab for tab in tabs if tab.path != FRONT]
        if 0 < number <= len(tabs):
            self.go(View(tabs[number - 1].path))
        else:
            self.say(
                _(
                    "There is no section {number}; {tree} lists all",
                    number=number,
                    tree=self.news.key_of("tree"),
                )
            )

    def _step_below(self, step: int) -> None:
        """Through a section's subsections in the order of the tree, depth first, and round again."""
        if not self.view.section:
            self._step(step)
            return
        node = self.newsroom.node(self.view.section[:1])
        order = paths_of(node) if node else []
        if len(order) < 2:
            self.say(_("This section has no subsections"))
        else:
            self.go(View(order[(order.index(self.view.section) + step) % len(order)]))

    def action_next_subsection(self) -> None:
        self._step_below(1)

    def action_previous_subsection(self) -> None:
        self._step_below(-1)

    def action_next_site(self) -> None:
        """The newspaper of the next group of sources, and after the last one that of all."""
        sites: list[str | None] = [*self.newsroom.sites, None]
        if len(sites) == 1:
            self.say(
                _(
                    "All sources are one site; in {tree}, {site} puts some into another",
                    tree=self.news.key_of("tree"),
                    site=self.news.key_of("site"),
                )
            )
            return
        self.show_site(sites[(sites.index(self.newsroom.site) + 1) % len(sites)])

    def show_site(self, site: str | None) -> None:
        """Show a site's newspaper, or with None that of all."""
        self.newsroom.show_site(site)
        self.remember("site", site)
        self.go(View())
        names = ", ".join(site_name(own) for own in self.newsroom.sites)
        self.say(_("Site: {here} · there are {names}", here=site_name(site), names=names))

    @on(SiteStrip.Switched)
    def _switched(self, event: SiteStrip.Switched) -> None:
        self.show_site(event.site)

    def action_unread_only(self) -> None:
        current = self.headlines.current
        view = replace(self.view, unread=not self.view.unread)
        self.show_view(view, keep=current.id if current else "")

    def action_starred(self) -> None:
        order = {"": "starred", "starred": "later", "later": "debate", "debate": ""}
        self.go(View(self.view.section, self.view.source, order.get(self.view.mark, "")))  # type: ignore[arg-type]

    def action_density(self) -> None:
        order: dict[Density, Density] = {"one": "two", "two": "cards", "cards": "one"}
        self.headlines.density = order[self.headlines.density]
        self.remember("density", self.headlines.density)

    def action_filter(self) -> None:
        if self.reading and not self.is_wide():
            self.reading = False
            self.show_pane()
        before = self.view.query

        def done(value: str | None) -> None:
            self.show_view(self.view.narrowed(before if value is None else value))
            self.show_pane()

        self.ask(
            _("Filter:"),
            done,
            value=before,
            placeholder=_("words, -word, source:bbc, is:unread, after:2d"),
            changed=lambda value: self.show_view(self.view.narrowed(value)),
        )

    def action_back(self) -> None:
        """One step out: from article to list, from a narrowed list to the whole, to the section above."""
        view = self.view
        if self.reading:
            self.leave_article()
            self.reading = False
            self.show_pane()
        elif view.chosen:
            self.go(View(view.section, view.source))
        elif view.source:
            self.go(View(view.section))
        elif len(view.section) > 1:
            self.go(View(view.section[:-1]))
        else:
            self.say("")

    def action_quit(self) -> None:
        if self.reading or self.view.chosen:
            self.action_back()
        else:
            self.news.leave()
