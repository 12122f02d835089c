"""The browser's frame: tabs, breadcrumb, list, viewer, status line, and which view they show."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, TypeVar, cast

from textual.app import ComposeResult
from textual.containers import Horizontal
from textual.events import Resize
from textual.geometry import Size

from tui_news.cache.errors import CacheError
from tui_news.i18n import _
from tui_news.model import Article, SectionPath
from tui_news.newsroom import Newsroom, View, now
from tui_news.newsroom.folding import fold
from tui_news.newsroom.views import FRONT
from tui_news.portal import QueryError
from tui_news.text.when import day, short_time
from tui_news.ui.bar_lines import Tab
from tui_news.ui.frame import (
    below_of,
    chosen_tab,
    counts_of,
    first_density,
    first_view,
    hints_of,
    tabs_of,
    trail_of,
    viewer_hint,
)  # fmt: skip
from tui_news.ui.front.page import FrontPage
from tui_news.ui.screens.asking import Asking
from tui_news.ui.screens.empty import why_empty
from tui_news.ui.screens.text_setting import set_up
from tui_news.ui.widgets.article_view import ArticleView
from tui_news.ui.widgets.bars import Breadcrumb, SectionTabs, StatusLine
from tui_news.ui.widgets.headline_list import HeadlineList
from tui_news.ui.widgets.sites import SiteStrip

if TYPE_CHECKING:
    from tui_news.ui.app import NewsApp

T = TypeVar("T")


class Layout(Asking):
    """What is where, and which view it shows. How the reader moves between views is in `moving`."""

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        self.newsroom = newsroom
        self.view = first_view(newsroom)
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
        return viewer_hint(self.news.key_of)

    def begin(self) -> None:
        """Show what the start shows. The browser's `on_mount` calls it: Textual calls that of each class a
        screen is made of, and one that called its parent's would show everything several times."""
        self.front.display, self.headlines.display = self.at_front, not self.at_front
        self._suit_density(self.app.size)
        self.set_focus(self.front if self.at_front else self.headlines)
        self.show_view(self.view, first=True)
        # Before the first frame: otherwise it would be painted twice.
        self._hints()

    def on_resize(self, event: Resize) -> None:
        self.set_class(self.is_wide(event.size.width), "wide")
        self._suit_density(event.size)
        self.show_pane()

    def _suit_density(self, size: Size) -> None:
        """As dense as suits the terminal, unless the reader has chosen."""
        self.headlines.density = first_density(self.newsroom, self.news.began_slow, size)

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
            # Not by `focus()`, which comes later, and took the keys from a prompt that had come meanwhile.
            self.set_focus(self.viewer if self.reading else self.front if front else self.headlines)
        self._hints()

    def _hints(self) -> None:
        key = self.news.key_of
        self.status.hint(hints_of(key, reading=self.reading, at_front=self.at_front))
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
        self.show_view(first_view(self.newsroom), first=True)
        self.show_pane()

    # --- views -------------------------------------------------------------------------------------

    def tabs(self) -> list[Tab]:
        """The top level: everything, then the sections."""
        return tabs_of(self.newsroom)

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
        from tui_news.portal.query import Query, marked

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
        active = chosen_tab(tabs, self.view)
        date = day(self.now().astimezone()) + " "
        self.query_one("#sites", SiteStrip).show(self.newsroom.unread_by_site(), self.newsroom.site)
        self.query_one("#tabs", SectionTabs).show(tabs, active, date, self.newsroom.site or "")
        self.query_one("#breadcrumb", Breadcrumb).show(
            trail_of(self.newsroom, self.view, self.searched(self.view)),
            below_of(self.newsroom, self.view),
            self._counts(),
        )

    def _counts(self) -> str:
        """How much is in the list, in articles, or in stories where they are folded."""
        listed = self.headlines
        return counts_of(self.newsroom, self.view, listed.folded, lambda: len(listed.articles))

    def searched(self, view: View) -> str:
        """What the web was searched for, where a view shows that."""
        source = self.newsroom.source(view.searches[0]) if view.searches else None
        if source is None:
            return ""
        from tui_news.newsroom.websearch import text_of

        return text_of(source)

    def trail_of(self, article: Article) -> SectionPath:
        """The section that an article's source belongs to."""
        source = self.newsroom.source(article.source)
        return source.section if source else ()
