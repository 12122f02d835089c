"""The app under test: a home full of the newsroom's news, and a desk to type at and look at."""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from textual.events import MouseScrollDown, MouseScrollUp
from textual.pilot import Pilot

from tests.newsroom import Newsroom as Loopback
from tui_news.newsroom import Newsroom
from tui_news.paths import Places
from tui_news.text.width import cell_len
from tui_news.ui.app import NewsApp
from tui_news.ui.screens.browser import Browser

PATIENCE = 10.0
CONFIG = "[refresh]\non_start = false\n\n[cache]\ndays = 100000\n"


def places_in(home: Path) -> Places:
    """Where `TUI_NEWS_HOME=home` puts everything."""
    return Places(home / "config", home / "cache", home / "data")


def quoted(text: str) -> str:
    """A text as TOML, with everything that TOML forbids to stand raw escaped."""
    return '"' + "".join(c if c.isalnum() or c in " -./:·" else f"\\U{ord(c):08X}" for c in text) + '"'


def write_sources(home: Path, sources: Sequence[dict[str, str]], config: str = CONFIG) -> Path:
    """A home with these sources and that `config.toml`."""
    places = places_in(home)
    places.config.mkdir(parents=True, exist_ok=True)
    tables = [
        "[[source]]\n" + "".join(f"{key} = {quoted(value)}\n" for key, value in source.items())
        for source in sources
    ]
    places.sources_file.write_text("\n".join(tables), encoding="utf-8")
    places.config_file.write_text(config, encoding="utf-8")
    return home


def feeds_of(room: Loopback, *starts: str) -> list[dict[str, str]]:
    """The newsroom's feeds; with `starts`, those whose path begins so."""
    return [
        source
        for source in room.sources()
        if "kind" not in source
        and (not starts or any(source["url"].startswith(room.url(start)) for start in starts))
    ]


def refresh(home: Path) -> None:
    """Ask all sources of a home for news."""

    async def work() -> None:
        with Newsroom.open(places_in(home)) as newsroom:
            await newsroom.refresh()
            await newsroom.leave()

    asyncio.run(work())


def copy_home(home: Path, to: Path) -> Path:
    shutil.copytree(home, to)
    return to


class Desk:
    """The running app, as a reader has it: keys, mouse and what stands on the screen."""

    def __init__(self, app: NewsApp, pilot: Pilot[Any]) -> None:
        self.app = app
        self.pilot = pilot

    @property
    def browser(self) -> Browser:
        return self.app.browser

    @property
    def newsroom(self) -> Newsroom:
        return self.app.newsroom

    @property
    def lines(self) -> list[str]:
        """The screen, without trailing blanks."""
        return [strip.text.rstrip() for strip in self.app.screen._compositor.render_strips()]

    @property
    def text(self) -> str:
        return "\n".join(self.lines)

    @property
    def message(self) -> str:
        """What the status line says."""
        return self.browser.status.message

    @property
    def rows(self) -> list[str]:
        """The headlines in the list."""
        return [article.headline for article in self.browser.headlines.articles]

    @property
    def ids(self) -> list[str]:
        """The ids of the articles in the list."""
        return [article.id for article in self.browser.headlines.articles]

    @property
    def headline(self) -> str:
        """The headline under the cursor."""
        current = self.browser.headlines.current
        return current.headline if current else ""

    @property
    def opened(self) -> str:
        """The headline of the article that is open."""
        return self.browser.viewer.article.headline if self.browser.viewer.article else ""

    async def press(self, *keys: str) -> Desk:
        await self.pilot.press(*keys)
        await self.pilot.pause()
        return self

    async def type(self, text: str, *keys: str) -> Desk:
        """Type a text, then keys."""
        names = {
            " ": "space",
            "/": "slash",
            ":": "colon",
            ".": "full_stop",
            "-": "minus",
            "?": "question_mark",
        }
        return await self.press(*(names.get(char, char) for char in text), *keys)

    async def until(self, true: Callable[[], object], what: str = "") -> None:
        """Wait until something is true. Raises AssertionError, with the screen, when it does not come."""
        deadline = asyncio.get_running_loop().time() + PATIENCE
        while not true():
            if asyncio.get_running_loop().time() > deadline:
                raise AssertionError(f"waited in vain for {what}\n{self.message}\n{self.text}")
            await asyncio.sleep(0.02)
            await self.pilot.pause()

    def at(self, text: str, below: int = 0) -> tuple[int, int]:
        """Column and row of a text on the screen, in cells, from row `below` on. Raises AssertionError when
        it is not there."""
        for row, line in enumerate(self.lines):
            if row >= below and text in line:
                return cell_len(line[: line.index(text)]), row
        raise AssertionError(f"{text!r} is not on the screen\n{self.text}")

    async def click(self, text: str, right: int = 0, times: int = 1, below: int = 0) -> Desk:
        """Click on a text on the screen, `right` cells into it."""
        column, row = self.at(text, below)
        await self.pilot.click(offset=(column + right, row), times=times)
        await self.pilot.pause()
        return self

    async def wheel(self, text: str, down: bool = True) -> Desk:
        """One notch of the wheel over a text."""
        column, row = self.at(text)
        kind = MouseScrollDown if down else MouseScrollUp
        await self.pilot._post_mouse_events([kind], widget=None, offset=(column, row))
        await self.pilot.pause()
        return self


@asynccontextmanager
async def open_desk(home: Path, size: tuple[int, int] = (80, 24)) -> AsyncIterator[Desk]:
    """The app on a home, until the end of the context; what it kept is on the disk afterwards."""
    with Newsroom.open(places_in(home)) as newsroom:
        app = NewsApp(newsroom)
        async with app.run_test(size=size) as pilot:
            await pilot.pause()
            yield Desk(app, pilot)
            if app.is_running:
                await newsroom.leave()
