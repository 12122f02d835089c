"""What a key costs: the app on a screen of memory, painted as on a terminal, its bytes counted."""

from __future__ import annotations

import asyncio
import statistics
from collections.abc import Sequence
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from textual.driver import Driver
from textual.drivers.headless_driver import HeadlessDriver
from textual.pilot import Pilot

from tui_news.cache import Cache
from tui_news.model import Article
from tui_news.newsroom import Newsroom, now
from tui_news.paths import Places, shipped
from tui_news.ui.app import NewsApp

ARTICLES = 300
"""Headlines in the copy that is looked at."""


@dataclass(frozen=True, slots=True)
class Spent:
    """Bytes to the terminal."""

    first: int
    """The first screen."""
    inside: int
    """A `j` inside the window, the median of some."""
    scrolls: int
    """A `j` that scrolls the list."""
    opened: int
    """Opening an article."""
    page: int
    """A page of its text."""


class _Counter(HeadlessDriver):
    """A driver that is taken for a terminal's, and only counts."""

    spent = 0

    @property
    def is_headless(self) -> bool:
        return False

    def write(self, data: str) -> None:
        self.spent += len(data.encode("utf-8", "replace"))


class _Meter(NewsApp):
    """The app as it is, on a counter in place of a terminal."""

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        self.driver_class = _Counter
        return super()._build_driver(headless, inline, mouse, size)

    def _look_at_line(self) -> None:
        """There is no line that could break."""


def measure(newsroom: Newsroom, size: tuple[int, int]) -> Spent:
    """Bytes that keys cost with the reader's own headlines, settings and terminal, at `size` (columns,
    lines). It is done on a copy of the newest articles: nothing of the reader's is marked, remembered or
    fetched."""
    with TemporaryDirectory(prefix="tui-news-") as folder:
        home = Path(folder)
        places = Places(home / "config", home / "cache", home / "data")
        config = replace(newsroom.config, own={**newsroom.config.own, "refresh.on_start": False})
        with Cache.open(places, starter=shipped("cache")) as cache:
            _copy(newsroom, cache)
            copy = Newsroom(places, config, newsroom.subscriptions, cache)
            return asyncio.run(_drive(_Meter(copy), size))


def _copy(newsroom: Newsroom, cache: Cache) -> None:
    by_source: dict[str, list[Article]] = {}
    for head in newsroom.cache.edition(ARTICLES):
        article = newsroom.article(head.id)
        if article and not newsroom.is_starter(article.source):
            # A stub would be completed from its page: here nothing is fetched.
            by_source.setdefault(article.source, []).append(replace(article, full=True))
    for source, articles in by_source.items():
        cache.store(source, articles, now=now())


async def _drive(app: _Meter, size: tuple[int, int]) -> Spent:
    async with app.run_test(headless=False, size=size) as pilot:
        await pilot.pause()
        counter = app._driver
        assert isinstance(counter, _Counter)
        first = counter.spent
        inside = await _keys(pilot, counter, ["j"] * 3)
        scrolls = 0
        for _ in range(size[1]):
            scrolls = await _keys(pilot, counter, ["j"])
            if scrolls > 2 * inside:  # past the window's last row
                scrolls = await _keys(pilot, counter, ["j"] * 2)
                break
        opened = await _keys(pilot, counter, ["enter"])
        page = await _keys(pilot, counter, ["space"])
    return Spent(first, inside, scrolls, opened, page)


async def _keys(pilot: Pilot[None], counter: _Counter, keys: Sequence[str]) -> int:
    spent = []
    for key in keys:
        before = counter.spent
        await pilot.press(key)
        await pilot.pause()
        spent.append(counter.spent - before)
    return round(statistics.median(spent))
