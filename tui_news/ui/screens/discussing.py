"""What others and the reader say of an article: the thread of its comments."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui_news.ui.keys import bindings
from tui_news.ui.screens.seeing import Seeing


class Discussing(Seeing):
    """The verbs on what is said of an article."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("comments",))]

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
