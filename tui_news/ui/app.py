"""The Textual app: opens the newsroom, themes and keys, and shows the browser."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import Provider
from textual.screen import Screen

from tui_news.newsroom import WELCOME, Newsroom, View
from tui_news.paths import shipped
from tui_news.ui.commands import Commands
from tui_news.ui.keys import bindings, resolve, shown
from tui_news.ui.painter import PaintedApp
from tui_news.ui.screens.browser import Browser
from tui_news.ui.themes import DEFAULT, NAMES, THEMES


class NewsApp(PaintedApp[None]):
    """The newspaper on screen."""

    TITLE = "tui-news"
    CSS_PATH = shipped("styles") / "app.tcss"
    COMMANDS: ClassVar[set[type[Provider]]] = {Commands}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("palette", "theme", "redraw"))]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    INLINE_PADDING = 0

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        # Smooth scrolling costs half a second and 80 KB a page over a line (DESIGN, section 5).
        self.animation_level = "none"
        self.newsroom = newsroom
        self.keys, self.key_problems = resolve(newsroom.config.text("ui.preset"), newsroom.config.keys)
        if self.painter is not None and newsroom.config.flag("ui.ambiguous_wide"):
            self.painter.use(replace(self.painter.policy, ambiguous_wide=True))
        for theme in THEMES:
            self.register_theme(theme)
        self.set_keymap(self.keys)
        self.theme = self._first_theme()

    def _first_theme(self) -> str:
        chosen = self.newsroom.config.text("ui.theme")
        remembered = self.newsroom.cache.get_memory("theme")
        for name in (remembered, chosen):
            if name in NAMES:
                return str(name)
        return DEFAULT

    def get_default_screen(self) -> Screen[Any]:
        return Browser(self.newsroom)

    @property
    def browser(self) -> Browser:
        """The one browser screen, whatever lies over it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, Browser))

    def on_mount(self) -> None:
        if self.key_problems:
            self.browser.say(self.key_problems[0], serious=True)

    # --- keys --------------------------------------------------------------------------------------

    def key_of(self, action: str) -> str:
        """The first key of an action, as it is printed."""
        return shown(self.keys.get(action, "").split(",")[0])

    async def do(self, action: str) -> None:
        """Run an action of the table by its name."""
        await self.run_action(action, default_namespace=self.browser)

    def action_palette(self) -> None:
        self.action_command_palette()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return ()

    # --- themes ------------------------------------------------------------------------------------

    def action_theme(self) -> None:
        index = NAMES.index(self.theme) if self.theme in NAMES else -1
        self.choose_theme(NAMES[(index + 1) % len(NAMES)])

    def choose_theme(self, name: str) -> None:
        """Change the theme and remember it."""
        self.theme = name
        self.newsroom.cache.put_memory("theme", name)
        self.browser.say(f"Theme {name}")

    # --- going places ------------------------------------------------------------------------------

    def go(self, view: View) -> None:
        self.browser.go(view)

    def open_starter(self) -> None:
        """Show the starter edition, also when there is news."""
        self.newsroom.open_starter()
        self.go(View(WELCOME))

    def leave(self) -> None:
        """Quit: the place in the open article is remembered, connections are closed."""
        self.browser.leave_article()
        self.newsroom.visited()
        self.run_worker(self._close(), exit_on_error=False)

    async def _close(self) -> None:
        await self.newsroom.leave()
        self.exit()


def run() -> int:
    """Open the newspaper in the terminal and stay until the reader quits; the program's exit code.

    Raises `cache.CacheError` when the cache cannot be opened at all.
    """
    newsroom = Newsroom.open()
    try:
        app = NewsApp(newsroom)
        app.run(mouse=newsroom.config.flag("ui.mouse"))
        return app.return_code or 0
    finally:
        newsroom.close()
