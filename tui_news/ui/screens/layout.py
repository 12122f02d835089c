"""The browser's frame: tabs, breadcrumb, list, viewer, status line, and which view they show."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, many, mark
from tui_news.model import Article, SectionPath
from tui_news.newsroom import WELCOME, Newsroom, View, now
from tui_news.newsroom.folding import fold
from tui_news.newsroom.scopes import LABELS
from tui_news.newsroom.views import FRONT
from tui_news.portal.query import Query, QueryError, marked
from tui_news.text.when import day, short_time
from tui_news.ui.bar_lines import Tab
from tui_news.ui.front.page import FrontPage
from tui_news.ui.screens.asking import Asking
from tui_news.ui.screens.empty import why_empty
from tui_news.ui.screens.text_setting import set_up
from tui_news.ui.widgets.article_view import ArticleView
from tui_news.ui.widgets.bars import Breadcrumb, SectionTabs, StatusLine
from tui_news.ui.widgets.headline_list import HeadlineList
from tui_news.ui.widgets.headline_rows import Density
from tui_news.ui.widgets.sites import SiteStrip

if TYPE_CHECKING:
    from tui_news.ui.app import NewsApp

ALL = mark("All")
T = TypeVar("T")


class Layout(Asking):
    """What is where, and which view it shows. How the reader moves between views is in `moving`."""

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
                head=self.newsroom.head,
                id="headlines",
            )
            viewer = ArticleView(empty=self._viewer_hint(), id="article")
            # Right from the first frame: laying it out twice would show, and cost a screen of bytes.
            set_up(viewer, self.newsroom)
            viewer.display = self.is_wide() and not self.at_front
            self.set_class(self.is_wide(), "wide")
            yield viewer
        yield StatusLine(id="status")

    def leave_article(self) -> None:
        """The open article is about to be left. `reading` remembers the place."""

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
        self.headlines.unfolded.clear()
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
            self.headlines.unfolded.clear()
            self.remember("section", list(view.section))
        self.headlines.empty = self.empty_text(view)
        rows = fold(self.newsroom, view, articles, self.headlines.unfolded)
        self.headlines.show(rows, keep=keep, marks=marks)
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
        return why_empty(self.newsroom, view, self.news.key_of, self.searched(view))

    def show_bars(self) -> None:
        """Bring tabs and breadcrumb up to date."""
        tabs = self.tabs()
        top = self.view.section[:1]
        active = next((index for index, tab in enumerate(tabs) if tab.path == top), 0)
        date = day(self.now().astimezone()) + " "
        self.query_one("#sites", SiteStrip).show(self.newsroom.unread_by_site(), self.newsroom.site)
        self.query_one("#tabs", SectionTabs).show(tabs, active, date, self.newsroom.site or "")
        self.query_one("#breadcrumb", Breadcrumb).show(self._trail(), self._below(), self._counts())

    def _counts(self) -> str:
        """How much is in the list, in articles, or in stories where they are folded."""
        folded, chosen = self.headlines.folded, self.view.chosen and not self.view.unread
        if chosen and folded is not None:
            return many(folded.stories, "{count} story", "{count} stories")
        if chosen:
            return many(len(self.headlines.articles), "{count} article", "{count} articles")
        counts = self.newsroom.counts(self.view)
        if folded is None:
            return _("{unread} unread of {total}", unread=counts.unread, total=counts.total)
        unread = max(0, counts.unread - folded.spare)
        if self.view.unread:
            return many(unread, "{count} unread story", "{count} unread stories")
        return many(folded.stories, "{unread} unread of {count} story", "{unread} unread of {count} stories",
                    unread=unread)  # fmt: skip

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
