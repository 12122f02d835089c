"""What became of the open article: that it has changed or was withdrawn, and what has changed in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import ClassVar

from textual.binding import BindingType

from tui_news.i18n import _
from tui_news.model import Article
from tui_news.typeset.article import Page
from tui_news.ui.keys import bindings
from tui_news.ui.screens.reading import Reading


class Comparing(Reading):
    """An article and what it was when it was read, by turns in the viewer."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("changes",))]

    _place = 0
    """Where the reader was in the article while he looks at what changed."""

    @property
    def comparing(self) -> bool:
        """Whether the viewer shows what changed, and not the article."""
        page = self.viewer.page
        return self.reading and page is not None and page.comparison is not None

    def page_of(self, article: Article, notice: str = "") -> Page:
        page = super().page_of(article, notice)
        if not article.id or self.newsroom.cache.past(article.id) is None:
            return page
        from tui_news.newsroom.past import fate, versions_of

        found = versions_of(self.newsroom, article)
        if found is None:
            return page
        line = found.line()
        if line and found.any:
            line = _("{line} · {key} shows what", line=line, key=self.news.key_of("changes"))
        return replace(page, standing=tuple(one for one in (*fate(found.past), line) if one))

    def looked_at(self, article: Article) -> None:
        """The article, as it is now, is on screen: its changes are no news any more."""
        if article.changed:
            self.kept(lambda: self.newsroom.cache.saw(article.id))
            self.headlines.update_row(article.id)

    def open_article(self, id: str, story: Sequence[str] = ()) -> None:
        super().open_article(id, story)
        if (article := self.viewer.article) is not None and article.id == id:
            self.looked_at(article)

    def action_changes(self) -> None:
        """Show what changed since the article was read, or the article again."""
        if not self.reading:
            self.action_open()
        article = self.viewer.article if self.reading else None
        if article is None:
            self.say(_("Open an article first · {open}", open=self.news.key_of("open")))
        elif self.comparing:
            self._show_article()
        else:
            self._show_changes(article)

    def _show_changes(self, article: Article) -> None:
        from tui_news.newsroom.past import versions_of
        from tui_news.portal.revision import SIGNS

        found = versions_of(self.newsroom, article)
        if found is None or not found.any:
            self.say(_("It has not changed since you read it"))
            return
        self._place = self.viewer.position
        plain = self.app.no_color or self.app.theme == "mono" or not self.viewer.setting.strike
        compared = found.compared(SIGNS if plain else None)
        self.viewer.show(replace(self.page_of(article), comparison=compared, standing=(found.line(),)))
        self.say(_("What changed · {key} goes back to the article", key=self.news.key_of("changes")))

    def _show_article(self) -> None:
        article = self.viewer.article
        if article is not None:
            self.viewer.show(self.page_of(article), position=self._place)
            self.say("")

    def action_back(self) -> None:
        if self.comparing and not self.viewer.hits:
            self._show_article()
            return
        super().action_back()

    def leave_article(self) -> None:
        if self.comparing:
            self._show_article()  # the place in the comparison is none in the article
        super().leave_article()
