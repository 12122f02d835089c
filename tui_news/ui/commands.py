"""The command palette: every action, every section and source, every theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from tui_news.newsroom import View
from tui_news.text.width import pad
from tui_news.ui.keys import ACTIONS, shown
from tui_news.ui.themes import NAMES

if TYPE_CHECKING:
    from tui_news.ui.app import NewsApp

NAME_WIDTH = 32


class Commands(Provider):
    """Finds what the reader types among all that can be done."""

    @property
    def _app(self) -> NewsApp:
        return cast("NewsApp", self.app)

    def _all(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType]]:
        app = self._app
        for action in ACTIONS:
            if action.command:
                keys = " ".join(shown(key) for key in app.keys[action.id].split(",") if key)
                yield action.command, keys, partial(app.do, action.id)
        for theme in NAMES:
            yield f"Theme: {theme}", "", partial(app.choose_theme, theme)
        yield "Starter edition: open the guide", "", app.open_starter
        for path in app.newsroom.subscriptions.sections:
            yield f"Section: {' › '.join(path)}", "", partial(app.go, View(path))
        for source in app.newsroom.subscriptions.sources:
            name = app.newsroom.source_name(source.id)
            yield f"Source: {name}", "", partial(app.go, View(source.section, source.id))

    async def discover(self) -> Hits:
        for name, keys, run in self._all():
            if not name.startswith(("Section:", "Source:", "Theme:")):
                yield DiscoveryHit(_shown(name, keys), run, text=name)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, keys, run in self._all():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, _shown(name, keys), run, text=name)


def _shown(name: str, keys: str) -> Content:
    """A command with its keys on the same line."""
    return Content.assemble(pad(name, NAME_WIDTH), (f" {keys}", "$news-muted")) if keys else Content(name)
