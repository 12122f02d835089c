"""Looking at an article's pictures: which one, and how this terminal draws it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, ClassVar, cast

from textual.app import SuspendNotSupported
from textual.binding import BindingType

from tui_news.i18n import _
from tui_news.ui.frame import line_name
from tui_news.ui.keys import bindings
from tui_news.ui.screens.taking import Taking

if TYPE_CHECKING:
    from tui_news.terminal.graphics import Way


class Seeing(Taking):
    """Nothing is fetched before the reader asks for it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("pictures",))]

    def action_pictures(self) -> None:
        self.show_pictures()

    def show_pictures(self, src: str = "") -> bool:
        """Show the article's pictures, from one of them or from where the reader is; False when it has none,
        or not that one."""
        from tui_news.newsroom.pictures import pictures_of

        article = self.whole()
        pictures = pictures_of(article) if article else ()
        index = 0
        if src:
            index = next((number for number, picture in enumerate(pictures) if picture.src == src), -1)
        elif self.reading:
            place = self.viewer.position
            index = next((number for number, picture in enumerate(pictures) if picture.block >= place), 0)
        if article is None or not pictures or index < 0:
            if not src:
                self.say(_("No pictures in this article"))
            return False
        setting = self.newsroom.config.text("pictures.show")
        if setting == "never":
            self.say(
                _(
                    "Pictures are switched off (pictures.show) · {links} opens its link",
                    links=self.news.key_of("links"),
                )
            )
            return True
        from tui_news.ui.screens.picture import PictureScreen

        way = self._way_to_draw() if setting == "auto" else cast("Way", setting)
        self.app.push_screen(PictureScreen(self.newsroom, article, pictures, index, way))
        return True

    def follow(self, href: str, text: str = "") -> None:
        # A link on a picture of the article leads to the picture.
        if not self.show_pictures(href):
            super().follow(href, text)

    def _way_to_draw(self) -> Way:
        """The best way of this terminal: known, remembered, or asked while the app is out of the way."""
        from tui_news.terminal.graphics import ask_way, known_way

        if self.app.is_headless or self.app.no_color:
            return "blocks"
        way = known_way(os.environ)
        if way is not None:
            return way
        terminal = " ".join(
            (os.environ.get("TERM", ""), os.environ.get("TERM_PROGRAM", ""), line_name())
        ).strip()
        kept = self.newsroom.cache.get_memory("graphics")
        known = dict(kept) if isinstance(kept, dict) else {}
        if known.get(terminal) in ("kitty", "sixel", "blocks"):
            return cast("Way", known[terminal])
        try:
            # The app reads what the terminal says: it must not, for a moment.
            with self.app.suspend():
                way = ask_way()
        except SuspendNotSupported:
            return "blocks"
        self.news.action_redraw()
        self.remember("graphics", {**known, terminal: way})
        return way
