"""Bytes on the wire, counted: what a key may cost on a real terminal, at two sizes.

The news are the newsroom's own feeds in Chinese and English, the clock stands still and addresses are fixed,
so that the same keys write the same bytes on every machine. Budgets lie a little over what is measured; a
change that breaks one costs every reader behind a slow line. benchmarks/wire.py compares with newsboat.
"""

from __future__ import annotations

import shutil
import statistics
import sys
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from tests.newsroom import EPOCH, Newsroom
from tests.newsroom.feeds import render
from tests.terminal import Terminal
from tui_news.cache import Cache
from tui_news.model import source_id
from tui_news.newsroom.told import Story, told_of, write
from tui_news.paths import Places
from tui_news.sources.feed import parse_feed

SITE = "https://news.example"
FEEDS = ("/feeds/zh/yaowen.rss", "/feeds/world.rss", "/feeds/zh/keji.atom", "/feeds/essays.atom")
CONFIG = "[refresh]\non_start = false\n\n[cache]\ndays = 100000\n"
NOW = EPOCH + timedelta(hours=1)
FROZEN = f"""
import datetime, sys
import tui_news.newsroom
tui_news.newsroom.now = lambda: datetime.datetime.fromisoformat({NOW.isoformat()!r})
from tui_news.cli import run
sys.exit(run([]))
"""
ROOT = Path(__file__).resolve().parent.parent

# Bytes at most, by the screen. Next to each stands what was measured; docs/benchmarks.md has newsboat's.
BUDGETS = {
    (80, 24): {
        "first": 3850,  # 3,741
        "inside": 10,  # 9
        "scrolls": 162,  # 155
        "page": 2080,  # 2,021
        "open": 1210,  # 1,161
        "text": 1150,  # 1,106
    },
    (120, 40): {
        "first": 4230,  # 4,112
        "inside": 19,  # 18
        "scrolls": 180,  # 163
        "page": 2240,  # 2,168
        "open": 1870,  # 1,800
        "text": 1650,  # 1,588
    },
}
SIZES = {f"{cols}x{rows}": (cols, rows) for cols, rows in BUDGETS}


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with four of the newsroom's feeds in its cache."""
    home = tmp_path_factory.mktemp("budget") / "home"
    places = Places(home / "config", home / "cache", home / "data")
    places.config.mkdir(parents=True)
    places.config_file.write_text(CONFIG, encoding="utf-8")
    room = Newsroom()
    tables = []
    with Cache.open(places) as cache:
        for path in FEEDS:
            feed, url = room.feed(path), SITE + path
            _, body = render(feed, SITE, room.stories(path), room.now)
            parsed = parse_feed(body, source=source_id(url), url=url, now=NOW)
            cache.store(source_id(url), parsed.articles, now=NOW)
            section = "/".join(feed.section)
            tables.append(f'[[source]]\nurl = "{url}"\ntitle = "{feed.title}"\nsection = "{section}"\n')
    places.sources_file.write_text("\n".join(tables), encoding="utf-8")
    return home


class Meter:
    """The app on a terminal, and what it wrote."""

    def __init__(self, terminal: Terminal) -> None:
        self.terminal = terminal

    def key(self, key: str) -> int:
        """The bytes that one key cost."""
        self.terminal.send(key)
        return len(self.terminal.settle(some=True))

    def keys(self, keys: str) -> float:
        """The median of a row of keys."""
        return statistics.median(self.key(key) for key in keys)


def begun(terminal: Terminal, text: str) -> int:
    """Bytes of the start: what is painted from the cache, and what the program adds when it is loaded."""
    terminal.wait_for(text, timeout=60)
    terminal.wait_for(lambda terminal: 1006 in terminal.emulator.modes, timeout=60)
    terminal.settle(0.5)
    return len(terminal.raw)


@pytest.fixture
def size(request: pytest.FixtureRequest) -> tuple[int, int]:
    return SIZES[request.param]


@pytest.fixture
def meter(home: Path, size: tuple[int, int], tmp_path: Path) -> Iterator[Meter]:
    own = shutil.copytree(home, tmp_path / "home")
    environment = {"TUI_NEWS_HOME": str(own), "TZ": "UTC", "TUI_NEWS_SLOW": None, "TUI_NEWS_PAINTER": None}
    command = [sys.executable, "-c", FROZEN]
    with Terminal(command, rows=size[1], cols=size[0], env=environment, cwd=ROOT) as terminal:
        yield Meter(terminal)


@pytest.mark.parametrize("size", SIZES, indirect=True)
def test_every_key_stays_within_its_bytes(meter: Meter, size: tuple[int, int]) -> None:
    terminal, budget = meter.terminal, BUDGETS[size]
    first = begun(terminal, "unread of")
    assert "Enter read" in terminal.text
    spent: dict[str, float] = {"first": first, "inside": meter.keys("jjjkkkjjjkkk")}
    shown = terminal.screen
    terminal.send("j" * 21)  # past the window's last row
    terminal.settle(some=True)
    spent["scrolls"] = meter.keys("jjjjj")
    assert terminal.screen[2:-1] != shown[2:-1]
    terminal.send("g")
    terminal.settle(some=True)
    assert terminal.screen[2:] == shown[2:]
    spent["page"] = meter.key("\x1b[6~")
    terminal.send("g")
    terminal.settle(some=True)
    spent["open"] = meter.key("\r")
    assert "Space page" in terminal.text
    spent["text"] = meter.key(" ")
    over = {name: (bytes_, budget[name]) for name, bytes_ in spent.items() if bytes_ > budget[name]}
    assert not over, f"{size}: bytes and budget: {over}; all: {spent}"


@pytest.mark.parametrize("size", ["80x24"], indirect=True)
def test_a_row_of_a_story_costs_what_another_does(home: Path, size: tuple[int, int], tmp_path: Path) -> None:
    own = shutil.copytree(home, tmp_path / "folded")
    places = Places(own / "config", own / "cache", own / "data")
    with Cache.open(places) as cache:
        newest = list(cache.listing()[:60])
    first, *others = dict.fromkeys(article.source for article in newest)
    apart = [[a for a in newest if a.source == source] for source in (first, others[0])]
    pairs = list(zip(*apart, strict=False))
    assert len(pairs) > 5
    stories = [Story.of([a.id, b.id], [a.source, b.source]) for a, b in pairs]
    write(places, told_of(stories, min(a.when.timestamp() for a in newest if a.when)))
    environment = {"TUI_NEWS_HOME": str(own), "TZ": "UTC", "TUI_NEWS_SLOW": None, "TUI_NEWS_PAINTER": None}
    command, budget = [sys.executable, "-c", FROZEN], BUDGETS[size]
    with Terminal(command, rows=size[1], cols=size[0], env=environment, cwd=ROOT) as terminal:
        first_bytes = begun(terminal, "stories")
        assert "2 sources" in terminal.text
        meter = Meter(terminal)
        spent = {"first": first_bytes, "inside": meter.keys("jjjkkkjjjkkk")}
        opened = meter.key("z")
        closed = meter.key("z")
    assert all(spent[name] <= budget[name] for name in spent), spent
    # A story in place: rows below it move down, and few are new.
    assert max(opened, closed) <= budget["first"], (opened, closed)


@pytest.mark.parametrize("size", ["80x24"], indirect=True)
def test_nothing_is_written_while_nothing_happens(meter: Meter) -> None:
    meter.terminal.wait_for("unread of", timeout=60)
    meter.terminal.wait_for(lambda terminal: 1006 in terminal.emulator.modes, timeout=60)
    meter.terminal.settle(1.0)
    # Longer than the looks at other programs' changes and at the line.
    assert meter.terminal.settle(2.5) == b""
