"""What others and the reader say of an article: the thread of its comments, his own note, the debate."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable
from typing import ClassVar

from textual.binding import BindingType
from textual.worker import Worker

from tui_news.i18n import _
from tui_news.model import Article
from tui_news.newsroom.notes import put_up, write_note
from tui_news.typeset.article import Page
from tui_news.ui.keys import bindings
from tui_news.ui.screens.seeing import Seeing

RANKED = 100
"""Rows of the ranking."""


class Discussing(Seeing):
    """The verbs on what is said of an article."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("comments", "note", "debate"))]

    def page_of(self, article: Article, notice: str = "") -> Page:
        from dataclasses import replace

        state = self.newsroom.state(article.id)
        return replace(super().page_of(article, notice), note=state.note, debate=state.debate)

    # --- comments ----------------------------------------------------------------------------------

    def action_comments(self) -> None:
        head = self.subject
        if head is None:
            return
        article = self.newsroom.article(head.id) or head
        from tui_news.ui.screens.thread import ThreadScreen

        def closed(_: None) -> None:
            self.headlines.update_row(article.id)
            self.show_pane()

        self.app.push_screen(ThreadScreen(self.newsroom, article), closed)

    def show_discussed(self) -> None:
        """The most discussed articles (说吧排行), to choose one from."""
        self.say(_("Counting comments …"))
        _worker: Worker[None] = self.run_worker(
            self._show_discussed, group="discussed", exclusive=True, exit_on_error=False
        )

    async def _show_discussed(self) -> None:
        from tui_news.newsroom.discussed import most_discussed
        from tui_news.ui.screens.choose import ChooseScreen

        ranked = await asyncio.to_thread(most_discussed, self.newsroom, None, RANKED)
        if not ranked:
            self.say(_("No article of the last 30 days has comments"))
            return
        self.say("")
        rows = [
            (f"{one.comments:>5}  {one.article.headline} · {self.newsroom.source_name(one.article.source)}",
             one.article.id)
            for one in ranked
        ]  # fmt: skip

        def chosen(id: str | None) -> None:
            if id:
                self.open_article(id)

        self.app.push_screen(ChooseScreen(_("Most discussed"), rows), chosen)

    def open_article(self, id: str) -> None:
        """Show an article in the viewer. `reading` does it."""
        raise NotImplementedError

    # --- notes and debate ----------------------------------------------------------------------------

    def _kept_article(self) -> Article | None:
        """The article that a key means, when it is one of the cache. Says so when it is not."""
        article = self.subject
        if article is None:
            self.say(_("No article here"))
        elif not article.id or self.newsroom.article(article.id) is None:
            self.say(_("This page is not one of your articles; follow its source to keep notes on it"))
        else:
            return article
        return None

    def action_note(self) -> None:
        article = self._kept_article()
        if article is None:
            return
        from tui_news.ui.screens.noting import NoteScreen

        def closed(text: str | None) -> None:
            if text is None:
                self.say(_("The note is as it was"))
                return
            try:
                done, step = self.kept(lambda: write_note(self.newsroom, article.id, text))
            except ValueError as error:
                self.say(str(error), serious=True)
                return
            if done:
                self._changed([article.id])
                self._told(step.what if step else "")

        note = self.newsroom.state(article.id).note
        self.app.push_screen(NoteScreen(article.headline, note), closed)

    def action_debate(self) -> None:
        article = self._kept_article()
        if article is None:
            return
        debate = not self.newsroom.state(article.id).debate
        done, step = self.kept(lambda: put_up(self.newsroom, article.id, debate))
        if not done:
            return
        self._changed([article.id])
        self._told(step.what if step else "")
        if debate and not self.newsroom.state(article.id).note:
            self.say(_("Put up for debate · {note} adds what you think · {starred} shows all of them",
                       note=self.news.key_of("note"), starred=self.news.key_of("starred")))  # fmt: skip

    def _told(self, what: str) -> None:
        self.say(_("{what} · {undo} undoes it", what=_(what)[:1].upper() + _(what)[1:],
                   undo=self.news.key_of("undo")) if what else _("Nothing changed"))  # fmt: skip

    def _changed(self, ids: Iterable[str]) -> None:
        """Show the state of some articles anew, also in the viewer."""
        ids = set(ids)
        for id in ids:
            self.headlines.update_row(id)
        self.show_bars()
        page = self.viewer.page
        if page is not None and page.article.id in ids:
            self.viewer.replace(self.page_of(page.article, page.notice))
