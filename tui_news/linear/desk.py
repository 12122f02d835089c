"""The desk of linear mode: the view, its headlines, the open article, and what the next number means."""

from __future__ import annotations

from collections.abc import Callable, Coroutine, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import TYPE_CHECKING, Any, TypeVar

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, many
from tui_news.keys import resolve, shown
from tui_news.linear.line import Line
from tui_news.linear.spoken import fact, headline_line, joined
from tui_news.model import Article
from tui_news.newsroom import WELCOME, Newsroom, View, now
from tui_news.newsroom.folding import fold
from tui_news.newsroom.told import told_by

if TYPE_CHECKING:
    import asyncio

    from tui_news.linear.opened import Opened
    from tui_news.newsroom.folded import Folded

T = TypeVar("T")

PAGE = 10
"""Rows of a list that are said at once, unless the reader wants another number."""
PAGE_MEMORY = "linear_page"


class RefusedError(Exception):
    """A command cannot be done; the message says why and what to do."""


class LeaveError(Exception):
    """The reader quits."""


@dataclass(slots=True)
class Menu:
    """A list that was said last: its next number is a choice from it. Without `chosen` it is only text."""

    title: str
    rows: Sequence[str]
    chosen: Callable[[int], None] | None = None
    said: int = 0
    """Rows that have been said."""


class Desk:
    """What linear mode knows between two lines of the reader."""

    def __init__(self, newsroom: Newsroom, line: Line) -> None:
        self.newsroom = newsroom
        self.line = line
        self.since: datetime | None = newsroom.since_last_visit()
        self.keys, self.key_problems = resolve(newsroom.config.text("ui.preset"), newsroom.config.keys)
        self.view = self._first_view()
        self.articles: Sequence[Article] = ()
        self.at = -1
        """Row of the headline that a command without a number means; -1 for none."""
        self.told = False
        """The reader was just told of one headline: Enter opens it."""
        self.next_row = 0
        self.menu: Menu | None = None
        self.opened: Opened | None = None
        self._runner: asyncio.Runner | None = None

    def _first_view(self) -> View:
        site = self.newsroom.cache.get_memory("site")
        if isinstance(site, str):
            self.newsroom.show_site(site)
        if self.newsroom.show_starter:
            return View(WELCOME)
        last = self.newsroom.cache.get_memory("section")
        path = tuple(str(part) for part in last) if isinstance(last, list) else ()
        return View(path if self.newsroom.node(path) else ())

    # --- saying ------------------------------------------------------------------------------------

    def say(self, *texts: str) -> None:
        self.line.say(*texts)

    def key(self, action: str) -> str:
        """The letter of an action, as it is said."""
        keys = [shown(key) for key in self.keys.get(action, "").split(",") if key]
        return next((key for key in keys if len(key) == 1), action.replace("_", " "))

    @property
    def prompt(self) -> str:
        if self.menu is not None:
            left = self.menu.said < len(self.menu.rows)
            return f"{self.menu.title}, {_('more')}> " if left else f"{self.menu.title}> "
        if self.opened is not None:
            return _("Article, more") + "> " if self.opened.left else _("End of article") + "> "
        if self.told:
            return _("{number}, Enter opens", number=self.at + 1) + "> "
        return f"{self.place}> "

    @property
    def place(self) -> str:
        """Where the reader is, in words."""
        view = self.view
        node = self.newsroom.node(view.section)
        parts = [node.title if node else " / ".join(view.section) if view.section else _("All sections")]
        if view.source:
            parts.append(self.newsroom.source_name(view.source))
        if view.mark:
            parts.append({"starred": _("starred"), "later": _("for later")}.get(view.mark, view.mark))
        if view.unread:
            parts.append(_("unread"))
        if view.query:
            parts.append(f"“{view.query}”")
        return joined(parts)

    @property
    def page(self) -> int:
        """Rows of a list that are said at once."""
        kept = self.newsroom.cache.get_memory(PAGE_MEMORY)
        return kept if isinstance(kept, int) and 0 < kept <= 1_000 else PAGE

    # --- lists -------------------------------------------------------------------------------------

    def go(self, view: View) -> None:
        """Go to another view and say its first headlines. Raises `portal.query.QueryError`."""
        articles = fold(self.newsroom, view, self.newsroom.listing(view))
        self.put_away()
        if view.section != self.view.section:
            self.remember("section", list(view.section))
        self.view, self.articles = view, articles
        self.at, self.told, self.next_row = -1, False, 0
        self.say(self.summary())
        self.say_rows()

    def reload(self) -> None:
        """Read the view again, staying at the same headline."""
        current = self.articles[self.at].id if 0 <= self.at < len(self.articles) else ""
        self.articles = fold(self.newsroom, self.view, self.newsroom.listing(self.view))
        self.at = self.row_of(current)
        self.next_row = min(self.next_row, len(self.articles))

    def summary(self) -> str:
        """The view in one line: its name and how much is in it."""
        folded = self.folded
        total = (
            many(len(self.articles), "{count} article", "{count} articles")
            if folded is None
            else many(folded.stories, "{count} story", "{count} stories")
        )
        if self.view.query or self.view.mark or self.view.unread:
            return fact(self.place, total) + _(".")
        unread = self.newsroom.counts(self.view).unread
        if folded is not None:
            folded.touch()
            unread -= folded.spare
        return fact(self.place, joined((total, _("{count} unread", count=unread)))) + _(".")

    def say_rows(self) -> None:
        """The next page of headlines."""
        total = len(self.articles)
        if not total:
            self.say(self.why_empty())
            return
        if self.next_row >= total:
            self.say(_("That was the last headline. {key} says them from the top.", key=self.key("top")))
            return
        end = min(total, self.next_row + self.page)
        for row in range(self.next_row, end):
            self.say(self.row(row))
        self.next_row = end
        if self.line.typed:
            left = total - end
            more = many(left, "Enter says {count} more.", "Enter goes on, {count} more.") if left else ""
            self.say(_("A number opens.") + (f" {more}" if more else ""))

    def row(self, row: int) -> str:
        """A headline of the list as it is said; of a story the one that stands for it."""
        article, ids = self.articles[row], self.ids_at(row)
        source = self.newsroom.source_name(article.source)
        from tui_news.newsroom.folded import together

        if len(ids) == 1 or (folded := self.folded) is None or (pile := folded.pile(row)) is None:
            return headline_line(row + 1, article, self.newsroom.state(article.id), source, now(), self.since)
        states = [self.newsroom.state(id) for id in ids]
        unread = sum(not state.read for state in states)
        some = 0 < unread < len(ids)
        reports = many(len(ids), "{count} report", "{count} reports")
        told = [
            told_by(len(pile.sources)) if len(pile.sources) > 1 else source,
            reports if len(ids) > len(pile.sources) else "",
            _("{count} unread", count=unread) if some else "",
        ]
        latest = replace(article, published=folded.latest(row), updated=None)
        # How many are unread is said already.
        state = replace(together(states), read=unread == 0 or some)
        return headline_line(row + 1, latest, state, joined(told), now(), self.since)

    @property
    def folded(self) -> Folded | None:
        """The list, where its stories are folded."""
        from tui_news.newsroom.folded import Folded

        return self.articles if isinstance(self.articles, Folded) else None

    def ids_at(self, row: int) -> tuple[str, ...]:
        """The ids of all articles that a row stands for."""
        folded = self.folded
        return folded.ids_at(row) if folded else (self.articles[row].id,)

    def row_of(self, id: str) -> int:
        """The row in which an article is said; -1 when it is in none."""
        from tui_news.newsroom.folded import ids_of

        if (folded := self.folded) is not None:
            row = folded.row_of(id)
            return -1 if row is None else row
        ids = ids_of(self.articles)
        return ids.index(id) if id in ids else -1

    def why_empty(self) -> str:
        """Why a list is empty and what to do."""
        view, key = self.view, self.key
        if view.query:
            return _("Nothing here matches. {key} goes back to the whole list.", key=key("quit"))
        if view.mark:
            return _("None yet. {star} stars an article, {later} keeps it for later.",
                     star=key("star"), later=key("later"))  # fmt: skip
        if view.unread:
            return _("All read. {key} says read ones too.", key=key("unread_only"))
        ids = self.newsroom.source_ids(view)
        if not ids:
            return _("No sources here. {catalog} says the catalogue, {add} adds an address.",
                     catalog=key("catalog"), add=key("add"))  # fmt: skip
        failed = sum(1 for id in ids if self.newsroom.cache.status(id).error)
        if failed:
            return _("No articles: {failed} of {total} sources failed. {key} says why.",
                     failed=failed, total=len(ids), key=key("sources"))  # fmt: skip
        return _("No articles yet. {key} asks for news.", key=key("refresh"))

    def say_menu(self, menu: Menu) -> None:
        """Say a list from which the next number chooses."""
        self.told = False
        self.menu = menu
        if not menu.rows:
            self.menu = None
            self.say(_("{title}: none.", title=menu.title))
            return
        self.more_of_menu()

    def more_of_menu(self) -> None:
        """The next page of the menu; at its end the menu is left."""
        menu = self.menu
        assert menu is not None
        if menu.said >= len(menu.rows):
            self.menu = None
            self.say(self.summary() if self.opened is None else self.opened.page.article.headline)
            return
        size = max(self.page, self.line.height) if menu.chosen is None else self.page
        end = min(len(menu.rows), menu.said + size)
        for number in range(menu.said, end):
            self.say(f"{number + 1}. {menu.rows[number]}" if menu.chosen else menu.rows[number])
        menu.said = end
        if menu.chosen is None and end == len(menu.rows):
            self.menu = None

    # --- articles ----------------------------------------------------------------------------------

    @property
    def subject(self) -> Article:
        """The article that a command without a number means. Raises RefusedError when there is none."""
        if self.opened is not None:
            return self.opened.page.article
        if 0 <= self.at < len(self.articles):
            return self.articles[self.at]
        raise RefusedError(_("Which one? Write its number behind the command, as in “{key} 3”.", key="s"))

    def rows_of(self, text: str) -> list[int]:
        """The rows that numbers such as `3 5-7` name. Raises RefusedError for what is none."""
        total = len(self.articles)
        rows: list[int] = []
        for part in text.replace(",", " ").split():
            first, dash, last = part.partition("-")
            if not (first.isdecimal() and (last.isdecimal() or not dash)):
                raise RefusedError(_("“{text}” is no number of a headline", text=part))
            low, high = int(first), int(last or first)
            if not 1 <= low <= high <= total:
                raise RefusedError(_("There is no headline {number}; this list has {total}",
                                number=part, total=total))  # fmt: skip
            rows += range(low - 1, high)
        return list(dict.fromkeys(rows))

    def put_away(self) -> None:
        """LeaveError what is open: an article's place is remembered."""
        self.menu = None
        opened, self.opened = self.opened, None
        if opened is not None and opened.page.article.id and opened.page.comparison is None:
            id, position = opened.page.article.id, opened.position
            if self.newsroom.state(id).position != position:
                self.kept(lambda: self.newsroom.mark([id], "position", position=position))

    # --- keeping -----------------------------------------------------------------------------------

    def kept(self, what: Callable[[], T]) -> T | None:
        """Do what writes; what the disk refuses is said, and reading goes on."""
        try:
            return what()
        except CacheError as error:
            self.say(str(error))
            return None

    def remember(self, name: str, value: object) -> None:
        if not self.newsroom.cache.read_only:
            self.kept(lambda: self.newsroom.cache.put_memory(name, value))

    # --- the network -------------------------------------------------------------------------------

    def wait(self, work: Coroutine[Any, Any, T]) -> T:
        """Run what waits for the network; Ctrl-c stops it (KeyboardInterrupt)."""
        import asyncio

        if self._runner is None:
            self._runner = asyncio.Runner()
        return self._runner.run(work)

    def close(self) -> None:
        """Remember the place, leave the network."""
        self.put_away()
        if not self.newsroom.cache.read_only:
            self.kept(self.newsroom.visited)
        if self._runner is not None:
            self._runner.run(self.newsroom.leave())
            self._runner.close()
            self._runner = None
