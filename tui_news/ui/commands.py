"""The command palette: every action, every section and source, every theme."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from typing import TYPE_CHECKING, cast

from textual.command import DiscoveryHit, Hit, Hits, Provider
from textual.content import Content
from textual.types import IgnoreReturnCallbackType

from tui_news.i18n import _, names
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

    def _all(self) -> Iterator[tuple[str, str, IgnoreReturnCallbackType, bool]]:
        """Each command's name, its keys, what it does, and whether it is listed before anything is typed."""
        app = self._app
        for action in ACTIONS:
            if action.command:
                keys = " ".join(shown(key) for key in app.keys[action.id].split(",") if key)
                yield _(action.command), keys, partial(app.do, action.id), True
        for theme in NAMES:
            yield _("Theme: {theme}", theme=theme), "", partial(app.choose_theme, theme), False
        yield _("Starter edition: open the guide"), "", app.open_starter, True
        yield _("Most discussed"), "", app.browser.show_discussed, True
        yield _("Up for debate"), "", partial(app.go, View(mark="debate")), True
        yield _("Articles with a note"), "", partial(app.go, View(query="is:noted")), True
        yield _("Changed since read"), "", partial(app.go, View(query="is:changed")), True
        yield _("Withdrawn"), "", partial(app.go, View(query="is:withdrawn")), True
        for code, name in names().items():
            # In its own words too: who cannot read the present one finds it all the same.
            text = f"{_('Language: {name}', name=name)} · Language: {code}"
            yield text, "", partial(app.choose_language, code), False
        for path in app.newsroom.subscriptions.sections:
            text = _("Section: {path}", path=" › ".join(path))
            yield text, "", partial(app.go, View(path)), False
        for source in app.newsroom.subscriptions.sources:
            text = _("Source: {name}", name=app.newsroom.source_name(source.id))
            yield text, "", partial(app.go, View(source.section, source.id)), False

    async def discover(self) -> Hits:
        for name, keys, run, listed in self._all():
            if listed:
                yield DiscoveryHit(_shown(name, keys), run, text=name)

    async def search(self, query: str) -> Hits:
        matcher = self.matcher(query)
        for name, keys, run, _listed in self._all():
            score = matcher.match(name)
            if score > 0:
                yield Hit(score, _shown(name, keys), run, text=name)


def _shown(name: str, keys: str) -> Content:
    """A command with its keys on the same line."""
    return Content.assemble(pad(name, NAME_WIDTH), (f" {keys}", "$news-muted")) if keys else Content(name)
