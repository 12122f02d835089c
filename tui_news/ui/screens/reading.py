"""What the reader does with articles: open, mark, undo, search."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from contextlib import suppress
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, many, mark
from tui_news.model import Article
from tui_news.newsroom import KEPT, View
from tui_news.ui.keys import bindings
from tui_news.ui.screens.keeping import Keeping
from tui_news.ui.widgets.article_view import ArticleView
from tui_news.ui.widgets.headline_list import HeadlineList

UNDO_HINT = "undo"


class Reading(Keeping):
    """The verbs on articles; all of them work on the open article, else on the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "open", "next_unread", "previous_unread", "next_article", "previous_article", "star", "later",
                "toggle_read", "mark_all", "undo",
            )
        )
    ]  # fmt: skip

    # --- opening -----------------------------------------------------------------------------------

    @on(HeadlineList.Opened)
    def _opened(self, event: HeadlineList.Opened) -> None:
        if not event.by_space:
            self.action_open()
            return
        if all(self.newsroom.state(id).read for id in self.headlines.chosen):
            index = self.headlines.next_unread()
            if index is not None:
                self.headlines.cursor = index
        self._open_row(self.headlines.unread_here)

    def action_open(self) -> None:
        article = self.headlines.current
        if article:
            self._open_row(article.id)

    def _open_row(self, id: str) -> None:
        """Open an article of the row under the cursor, and say how to come to the others of its story."""
        story = self.headlines.chosen
        self.open_article(id, story)
        if self.reading and len(story) > 1 and not self.status.message:
            self.say(
                _("{number} reports of this story · {story} compares them · {back}, then {unfold} lists them",
                  number=len(story), story=self.news.key_of("story"), back=self.news.key_of("back"),
                  unfold=self.news.key_of("unfold"))
            )  # fmt: skip

    def open_article(self, id: str, story: Sequence[str] = ()) -> None:
        """Show an article in the viewer, at the place where the reader left it. With `ui.mark_read = "story"`
        the others of its row count as read with it."""
        article = self.newsroom.article(id)
        if article is None:
            self.say(
                _("This article is no longer in the cache; refresh brings back what the source still lists")
            )
            return
        self.leave_article()
        self._way.clear()
        state = self.newsroom.state(id)
        self.viewer.show(self.page_of(article), position=state.position)
        self.headlines.opened_id = id
        self.reading = True
        done = True
        setting = self.newsroom.config.text("ui.mark_read")
        ids = {"open": (id,), "story": tuple(dict.fromkeys((id, *story)))}.get(setting, ())
        unread = [one for one in ids if not self.newsroom.state(one).read]
        if unread:
            what = mark("marked read")
            done, _step = self.kept(lambda: self.newsroom.mark(unread, what, durable=False, read=True))
            self.call_after_refresh(self._settle)
            self.headlines.update_row(id)
            self.show_bars()
        if done:
            self.say("")
        self.show_pane()
        self.opened(article)

    def _settle(self) -> None:
        """Wait for the disk when the article is on screen, and not in the way of the next key."""

        def settle() -> None:
            with suppress(CacheError):
                self.newsroom.cache.settle()

        asyncio.get_running_loop().run_in_executor(None, settle)

    def opened(self, article: Article) -> None:
        """An article is on screen. `browser` fetches its full text when the feed has a stub only."""

    def leave_article(self) -> None:
        article = self.viewer.article
        if article and article.id and self.reading:
            position = 0 if self.viewer.at_end else self.viewer.position
            if self.newsroom.state(article.id).position != position:
                self.kept(lambda: self.newsroom.mark([article.id], "position", position=position))

    @on(ArticleView.AtEnd)
    def _at_end(self) -> None:
        self.action_next_unread()

    def action_next_unread(self) -> None:
        if self.to_hit(1):
            return
        self._to_unread(1)

    def action_previous_unread(self) -> None:
        if self.to_hit(-1):
            return
        self._to_unread(-1)

    def _to_unread(self, step: int) -> None:
        index = self.headlines.next_unread(step)
        if index is None:
            self.say(
                _(
                    "Nothing unread here · {next_section} next section · {refresh_all} refresh",
                    next_section=self.news.key_of("next_section"),
                    refresh_all=self.news.key_of("refresh_all"),
                )
            )
            return
        self._to_row(index, unread=True)

    def _to_row(self, index: int, *, unread: bool = False) -> None:
        self.headlines.cursor = index
        if self.reading and self.headlines.current:
            # A story of which the best is read already comes again with the next best.
            self._open_row(self.headlines.unread_here if unread else self.headlines.current.id)

    def action_next_article(self) -> None:
        self._neighbour(1)

    def action_previous_article(self) -> None:
        self._neighbour(-1)

    def _neighbour(self, step: int) -> None:
        index = self.headlines.cursor + step
        if 0 <= index < len(self.headlines.rows):
            self._to_row(index)
        else:
            self.say(_("That was the last article") if step > 0 else _("This is the first article"))

    # --- marks -------------------------------------------------------------------------------------

    @property
    def targets(self) -> tuple[str, ...]:
        """The ids that a mark is for: the open article's, else those of the row under the cursor."""
        article = self.subject
        if article is None or self.reading or self.at_front:
            return (article.id,) if article else ()
        return self.headlines.chosen

    def _mark(self, what: str, **changes: bool) -> None:
        article = self.subject
        if article is None:
            return
        if not article.id:
            self.say(_("This page is not one of your articles: it cannot be marked, but saved"))
            return
        ids = self.targets
        done, _step = self.kept(lambda: self.newsroom.mark(ids, what, **changes))
        if not done:
            return
        for id in ids:
            self.headlines.update_row(id)
        self.show_bars()
        said = _(what)
        said = f"{said[:1].upper()}{said[1:]}"
        if len(ids) > 1:
            said = f"{said} ({many(len(ids), '{count} article', '{count} articles')})"
        self.say(_("{done} · {undo} undoes it", done=said, undo=self.news.key_of("undo")))

    def action_star(self) -> None:
        if self.subject:
            starred = not any(self.newsroom.state(id).starred for id in self.targets)
            self._mark(mark("starred") if starred else mark("star removed"), starred=starred)

    def action_later(self) -> None:
        if self.subject:
            later = not any(self.newsroom.state(id).later for id in self.targets)
            self._mark(mark("kept for later") if later else mark("no longer kept for later"), later=later)

    def action_toggle_read(self) -> None:
        if self.subject:
            read = not all(self.newsroom.state(id).read for id in self.targets)
            self._mark(mark("marked read") if read else mark("marked unread"), read=read)
            if not self.reading:
                self.headlines.cursor += 1

    def action_mark_all(self) -> None:
        articles = self.headlines.articles
        ids = getattr(articles, "ids", None) or [article.id for article in articles]
        unread = [id for id in ids if not self.newsroom.state(id).read]
        if not unread:
            self.say(_("Everything here is read already"))
            return
        done, _step = self.kept(lambda: self.newsroom.mark(unread, mark("mark all read"), read=True))
        if not done:
            return
        self.headlines.update_all()
        self.show_bars()
        self.say(
            _("{count} marked read · {undo} undoes it", count=len(unread), undo=self.news.key_of("undo"))
        )

    def action_undo(self) -> None:
        done, step = self.kept(self.newsroom.undo)
        if not done:
            return
        if step is None:
            self.say(_("Nothing to undo"))
            return
        if step.what.startswith(KEPT):
            # A section or a rule went with it.
            there = not self.view.section or self.newsroom.node(self.view.section)
            self.reload() if there else self.go(View())
        self.headlines.update_all()
        self._changed(step.ids[:1])
        if not step.ids:
            self.say(_("Undone: {what}", what=_(step.what)))
            return
        articles = many(len(step.ids), "{count} article", "{count} articles")
        self.say(_("Undone: {what} ({articles})", what=_(step.what), articles=articles))
