"""The Textual app: opens the newsroom, themes and keys, and shows the browser."""

from __future__ import annotations

import asyncio
import gc
import signal
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, ClassVar

from textual import on
from textual import screen as textual_screen
from textual.app import SystemCommand
from textual.binding import BindingType
from textual.command import CommandPalette, Provider
from textual.driver import Driver
from textual.filter import Monochrome, NoColor
from textual.screen import Screen
from textual.worker import Worker

from tui_news.i18n import _, use
from tui_news.newsroom import WELCOME, Newsroom, View
from tui_news.newsroom.memory import hold_little
from tui_news.paths import shipped
from tui_news.ui.commands import Commands
from tui_news.ui.distance import (
    SLOW_SECONDS,
    Distance,
    Measured,
    calm_mouse,
    is_measured,
)
from tui_news.ui.frame import SLOW_MEMORY, first_theme, line_name, slow_at_first
from tui_news.ui.frugal import (
    draw_only_what_shows,
    forget_closed_widgets,
    parse_styles_once,
    turn_pages_only_where_there_are_lines,
)
from tui_news.ui.keep import Screens, keep, rehearse
from tui_news.ui.keys import BY_ID, bindings, resolve, shown
from tui_news.ui.line import guard, hung_up, silence, take_newline_for_enter
from tui_news.ui.painter import PaintedApp
from tui_news.ui.screens.browser import Browser
from tui_news.ui.themes import NAMES, THEMES
from tui_news.ui.turns import TurnsApp

# Textual draws at most 120 times a second, and a key that lays the screen out anew waits for two of those.
# What does not change is not painted here, so there is no need to wait that long.
textual_screen.UPDATE_PERIOD = 1 / 400  # type: ignore[misc]

UPKEEP_SECONDS = 1.0
"""When the start is over and what is done in the background may begin."""
HANG_UP_SECONDS = 1.0
"""How often the app looks whether its terminal is still there."""


class NewsApp(TurnsApp[None], PaintedApp[None]):
    """The newspaper on screen."""

    TITLE = "tui-news"
    CSS_PATH = str(shipped("styles") / "app.tcss")
    COMMANDS: ClassVar[set[type[Provider]]] = {Commands}  # type: ignore[assignment]
    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("palette", "theme", "redraw", "suspend"))]
    COMMAND_PALETTE_BINDING = "ctrl+p"
    INLINE_PADDING = 0
    # Lines of the screen from which it has these classes: where there are few, frames and gaps go.
    VERTICAL_BREAKPOINTS = [(0, "-tiny"), (8, "-low"), (14, "-tall")]  # noqa: RUF012
    HORIZONTAL_BREAKPOINTS = [(0, "-slim"), (16, "-broad")]  # noqa: RUF012

    _distance: Distance | None = None

    def __init__(self, newsroom: Newsroom) -> None:
        forget_closed_widgets()
        parse_styles_once()
        turn_pages_only_where_there_are_lines()
        draw_only_what_shows()
        super().__init__()
        self._begin_turns()
        # Smooth scrolling costs half a second and 80 KB a page over a line (DESIGN, section 5).
        self.animation_level = "none"
        self.newsroom = newsroom
        self.screens: Screens = {}
        """What the next start shows at once."""
        self.keys, self.key_problems = resolve(newsroom.config.text("ui.preset"), newsroom.config.keys)
        if self.painter is not None and newsroom.config.flag("ui.ambiguous_wide"):
            self.painter.use(replace(self.painter.policy, ambiguous_wide=True))
        self.slow = self.began_slow = slow_at_first(newsroom)
        """The leaner screen, for a slow line (docs/painter.md)."""
        if self.slow and self.painter is not None:
            self.painter.use(self.painter.policy.lean())
        for theme in THEMES:
            self.register_theme(theme)
        # Textual lays the keymap over the bindings anew at every key: only what differs goes into it.
        self.set_keymap({name: keys for name, keys in self.keys.items() if keys != BY_ID[name].keys})
        self.theme = first_theme(newsroom, NAMES, self.no_color)
        if self.no_color:
            # Textual's own filter makes greys of colours, and black of the terminal's own colour.
            self._filters = [NoColor() if isinstance(each, Monochrome) else each for each in self._filters]

    @property
    def looks_otherwise_next_time(self) -> bool:
        """Whether the next start has other colours and rows, the line having become slow or fast."""
        return self.began_slow is not slow_at_first(self.newsroom)

    def get_default_screen(self) -> Screen[Any]:
        return Browser(self.newsroom)

    @property
    def browser(self) -> Browser:
        """The one browser screen, whatever lies over it."""
        return next(screen for screen in self.screen_stack if isinstance(screen, Browser))

    def on_mount(self) -> None:
        if not self.is_headless:
            for number in (signal.SIGTERM, signal.SIGHUP):
                asyncio.get_running_loop().add_signal_handler(number, self.hang_up, number)
            self.set_interval(HANG_UP_SECONDS, self._look_at_line)
            self.call_after_refresh(self._started)
            self.set_timer(UPKEEP_SECONDS, self._keep_up)
            if self._distance is not None:
                self.call_after_refresh(self._distance.ask)

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        if not headless:
            guard(driver)
            if self.slow:
                calm_mouse(driver)
            if is_measured(self.newsroom.config.text("ui.slow")):
                self._distance = Distance(driver, self.post_message)
        return driver

    @on(Measured)
    def _measured(self, event: Measured) -> None:
        # What is on screen stays as it is: painting it again would cost more than it saves, so colours and
        # density follow at the next start over this line.
        slow, known = event.seconds > SLOW_SECONDS, self.newsroom.cache.get_memory(SLOW_MEMORY)
        if slow and known != line_name():
            self.browser.remember(SLOW_MEMORY, line_name())
        elif not slow and known == line_name():
            self.browser.remember(SLOW_MEMORY, None)
        if slow and not self.slow:
            self.slow = True
            if self.painter is not None:
                self.painter.use(replace(self.painter.policy, links=False, slow=True))
            said = _(
                "Slow line ({time} ms): leaner from now on · ui.slow changes that",
                time=f"{event.seconds * 1000:.0f}",
            )
            self.browser.say(said)

    @staticmethod
    def _started() -> None:
        # What the start has made stays: garbage is looked for among what comes after it only.
        gc.freeze()
        gc.enable()

    def _keep_up(self) -> None:
        """Behind the first screen: the index of searches, the journal's length, other machines, memory."""
        hold_little()
        self.newsroom.keep_index()
        self.newsroom.sync_soon()

    def _look_at_line(self) -> None:
        if hung_up():
            self.hang_up(signal.SIGHUP)

    # --- keys --------------------------------------------------------------------------------------

    def key_of(self, action: str) -> str:
        """The first key of an action, as it is printed."""
        return shown(self.keys.get(action, "").split(",")[0])

    async def do(self, action: str) -> None:
        """Run an action of the table by its name."""
        await self.run_action(action, default_namespace=self.browser)

    def action_palette(self) -> None:
        if self.use_command_palette and not isinstance(self.screen, CommandPalette):
            field = _("a command, a section or a source")
            self.push_screen(CommandPalette(id="--command-palette", placeholder=field))

    def action_suspend(self) -> None:
        # The process is stopped here: what is remembered must be on the disk before.
        self.browser.leave_article()
        self.action_suspend_process()

    def get_system_commands(self, screen: Screen[Any]) -> Iterable[SystemCommand]:
        return ()

    # --- themes ------------------------------------------------------------------------------------

    def action_theme(self) -> None:
        index = NAMES.index(self.theme) if self.theme in NAMES else -1
        self.choose_theme(NAMES[(index + 1) % len(NAMES)])

    def choose_theme(self, name: str) -> None:
        """Change the theme and remember it."""
        self.theme = name
        self.browser.say(_("Theme {name}", name=name))
        self.browser.remember("theme", name)

    def choose_language(self, name: str) -> None:
        """Speak another language from now on, and at the next start."""
        from tui_news.config import ConfigError, config_set

        try:
            config_set(self.newsroom.places, "ui.language", name)
        except ConfigError as error:
            self.browser.say(str(error), serious=True)
        use(name)
        self.browser.speak()

    # --- going places ------------------------------------------------------------------------------

    def go(self, view: View) -> None:
        self.browser.go(view)

    def open_starter(self) -> None:
        """Show the starter edition, also when there is news."""
        self.newsroom.open_starter()
        self.go(View(WELCOME))

    def leave(self) -> None:
        """Quit: the place in the open article is remembered, connections are closed."""
        if self.still:
            return  # already leaving
        self._put_down()
        _worker: Worker[None] = self.run_worker(self._close, exit_on_error=False)

    def hang_up(self, number: int) -> None:
        """Quit at once, as on a signal: the place is remembered, the network is not waited for."""
        self._put_down()
        self.exit(return_code=128 + number)

    def _put_down(self) -> None:
        self.browser.leave_article()
        self.browser.kept(self.newsroom.visited)

    async def _close(self) -> None:
        await self.newsroom.leave()
        self.screens = await rehearse(self)
        self.exit()


def run(newsroom: Newsroom) -> int:
    """Show the newspaper in the terminal and stay until the reader quits; the program's exit code. The
    newsroom is closed then."""
    newsroom.makes_front = not newsroom.cache.read_only
    try:
        app = NewsApp(newsroom)
        take_newline_for_enter(app.keys.values())
        app.run(mouse=newsroom.config.flag("ui.mouse"))
        silence()
        if app._exception is not None:
            from tui_news.newsroom.log import note_fault

            note_fault(newsroom.places, app._exception)
        newsroom.close()
        keep(app, newsroom.places, app.screens)
        return app.return_code or 0
    finally:
        newsroom.close()
