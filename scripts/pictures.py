#!/usr/bin/env python3
"""Take the pictures for README and docs: of the real app, on the project's own newsroom.

    python scripts/pictures.py [NAME …]        (without names, all of them)

Starts the newsroom on the loopback, fills a cache from it in a home of its own, drives the app with keys
and writes what it shows as SVG, and as PNG where Chromium is installed (Debian: chromium fonts-firacode
fonts-noto-cjk fonts-noto-color-emoji).
"""

from __future__ import annotations

import asyncio
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.newsroom import Newsroom as Room  # noqa: E402
from tests.newsroom.events import tuned  # noqa: E402
from tests.newsroom.events.edition import make as make_events  # noqa: E402
from tui_news.cache import Cache  # noqa: E402
from tui_news.i18n import use  # noqa: E402
from tui_news.model import Article  # noqa: E402
from tui_news.newsroom import Newsroom, View  # noqa: E402
from tui_news.newsroom.frontmaking import build  # noqa: E402
from tui_news.paths import Places  # noqa: E402
from tui_news.text.width import graphemes  # noqa: E402

TEXT = re.compile(r'<text([^>]*?) x="([\d.]+)"([^>]*?) textLength="([\d.]+)"([^>]*)>([^<]*)</text>')
SIZE = re.compile(r'viewBox="0 0 ([\d.]+) ([\d.]+)"')
CELL = 12.2
"""Width of a cell in Rich's SVG."""


def straighten(svg: str) -> str:
    """Give each character its own place: Rich's `textLength` counts characters where it means cells, so
    that browsers squeeze Chinese text."""

    def place(match: re.Match[str]) -> str:
        before, x, middle, _, after, text = match.groups()
        at = float(x)
        places: list[str] = []
        for cluster, width in graphemes(unescape(text)):
            # Every code point of a cluster but the first is drawn on it.
            places += [f"{at:.1f}"] + [f"{at:.1f}"] * (len(cluster) - 1)
            at += width * CELL
        return f'<text{before} x="{" ".join(places)}"{middle}{after}>{escape(unescape(text))}</text>'

    svg = TEXT.sub(place, svg)
    fonts = "Fira Code, Noto Sans Mono CJK SC, Noto Sans Mono CJK JP, Noto Color Emoji, monospace"
    return re.sub(r"font-family: Fira Code, monospace", f"font-family: {fonts}", svg)


def to_png(svg: Path) -> None:
    """Draw an SVG with Chromium; says so and goes on where there is none."""
    chromium = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    if chromium is None:
        print("no chromium: SVG only")
        return
    found = SIZE.search(svg.read_text("utf-8"))
    assert found
    width, height = (round(float(number)) for number in found.groups())
    with tempfile.TemporaryDirectory() as profile:
        subprocess.run(
            [
                chromium, "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
                "--disable-background-networking", "--disable-component-update", "--disable-sync",
                f"--user-data-dir={profile}", f"--window-size={width},{height}", "--hide-scrollbars",
                "--default-background-color=00000000", f"--screenshot={svg.with_suffix('.png')}",
                svg.as_uri(),
            ],
            check=True, capture_output=True, timeout=120,
        )  # fmt: skip
    svg.unlink()
    from PIL import Image

    png = svg.with_suffix(".png")
    with Image.open(png) as image:
        # A terminal has few colours: a palette halves the file.
        small = image.convert("RGB").quantize(128, dither=Image.Dither.NONE)
    small.save(png, optimize=True)


async def take(
    newsroom: Newsroom, folder: Path, name: str, size: tuple[int, int], keys: str, theme: str
) -> None:
    """One picture: a size in cells, and keys with spaces between; `+text` types, `>A/B` goes to a section,
    `*` to the row on screen that most sources tell."""
    from tui_news.ui.app import NewsApp

    app = NewsApp(newsroom)
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await pilot.pause()
        for key in keys.split():
            if key.startswith(">"):
                app.go(View(tuple(key[1:].split("/"))))
            elif key == "*":
                headlines = app.browser.headlines
                assert headlines.folded is not None
                told = [
                    len(pile.sources) if (pile := headlines.folded.pile(row)) else 0
                    for row in range(headlines.page)
                ]
                headlines.cursor = told.index(max(told))
            elif key.startswith("+"):
                await pilot.press(*key[1:])
            else:
                await pilot.press(key)
            await pilot.pause(0.2)
        with suppress(TimeoutError):
            await asyncio.wait_for(app.workers.wait_for_complete(), WAIT)
        await pilot.pause(0.5)
        svg = straighten(app.export_screenshot(title="tui-news"))
    path = folder / f"{name}.svg"
    path.write_text(svg, "utf-8")
    to_png(path)
    print(path)


WAIT = 10.0
"""Seconds that a full text or a thread from the loopback may take at the most."""

PICTURES = (
    # name, size, keys, theme
    ("front", (120, 34), "2 right_square_bracket j j enter", "ink"),
    ("list", (80, 24), "3 j j", "paper"),
    ("article", (80, 28), "4 enter", "salmon"),
    ("chinese", (120, 34), "8 enter", "paper"),
    ("sources", (100, 28), "e", "ink"),
    ("help", (100, 34), "question_mark", "dusk"),
)

# The whole portal in Chinese, most of it in GB2312 and GB18030: path, title, section, kind, site.
PORTAL_SOURCES = (
    ("/feeds/legacy/gb2312.rss", "晨星网 · 要闻", "新闻中心/国内新闻/国内要闻", "feed", ""),
    ("/portal/gb2312/channel1/index.shtml", "晨星网 · 亚洲", "新闻中心/国际新闻/亚洲", "page", ""),
    ("/portal/gb2312/channel2/index.shtml", "晨星网 · 民生", "新闻中心/社会新闻/民生", "page", ""),
    ("/portal/gb18030/channel3/index.shtml", "晨星网 · 互联网", "科技/互联网", "page", ""),
    ("/feeds/zh/keji.atom", "晨星网 · 科技", "科技", "feed", ""),
    ("/feeds/zh/boke.json", "星友博客", "博客", "feed", ""),
    ("/portal/gb2312/channel9/index.shtml", "晨星网 · 茶余饭后", "茶余饭后", "page", ""),
    ("/feeds/legacy/gb18030.rss", "星友说吧", "说吧", "feed", "星友社区"),
    ("/feeds/legacy/big5.rss", "晨星日報", "臺灣", "feed", "晨星日報"),
)

PORTAL_PICTURES = (
    ("portal-front", (120, 42), "0", "paper"),
    ("portal-front-foot", (120, 42), "0 G", "paper"),
    ("portal-front-80", (80, 24), "0", "paper"),
    ("portal-article", (90, 40), ">新闻中心/国际新闻/亚洲 enter z", "paper"),
    ("portal-channel", (120, 34), ">新闻中心/国际新闻/亚洲 H", "paper"),
    ("portal-tree", (100, 30), "t", "paper"),
    ("portal-comments", (100, 34), ">科技 enter c", "paper"),
    ("portal-debate", (100, 30), ">新闻中心/国内新闻 d", "paper"),
    ("portal-search", (120, 34), "slash +图书 enter slash", "paper"),
    ("portal-topics", (100, 34), "T", "paper"),
    ("portal-catalogue", (100, 30), "C", "paper"),
    ("portal-searches", (100, 30), "C shift+tab", "paper"),
    ("portal-why", (100, 30), "0 W", "paper"),
)


STORY_SOURCES = (
    "北港晚报", "晨星网", "南浦日报", "白鹿新闻", "临江早报", "青屿时报", "云川电讯", "东湾晨报", "海川周刊",
    "星友社区", "长堤观察", "远山报", "灯塔网",
)  # fmt: skip
"""What the Chinese sources of the edition of events are called."""

STORY_PICTURES = (("portal-stories", (100, 30), "1 * z", "paper"),)


def portal_toml(room: Room) -> str:
    """The portal's `sources.toml`."""
    tables = [
        f'[[source]]\nurl = "{room.url(path)}"\ntitle = "{title}"\nsection = "{section}"\nkind = "{kind}"\n'
        f'site = "{site}"\n'
        for path, title, section, kind, site in PORTAL_SOURCES
    ]
    return "\n".join(tables)


def home_of(sources: str) -> Places:
    """A home of its own with these sources."""
    os.environ["TUI_NEWS_HOME"] = tempfile.mkdtemp()
    places = Places.of_user()
    places.config.mkdir(parents=True)
    places.sources_file.write_text(sources, "utf-8")
    return places


def events() -> Places:
    """A home with the Chinese part of the edition in which the same events are told by several sources."""
    made = make_events(tuned, 1, now=datetime.now(UTC))
    articles: dict[str, list[Article]] = {}
    for article in made.articles:
        if article.language == "zh":
            articles.setdefault(article.source, []).append(article)
    places = home_of(
        "\n".join(
            f'[[source]]\nid = "{id}"\nurl = "https://{id}.example/feed"\ntitle = "{title}"\n'
            'section = "新闻"\n'
            for id, title in zip(articles, STORY_SOURCES, strict=False)
        )
    )
    places.config_file.write_text("[refresh]\non_start = false\n", "utf-8")
    with Cache.open(places) as cache:
        for id, own in articles.items():
            cache.store(id, own, now=datetime.now(UTC))
    return places


async def edition(
    folder: Path, sources: str, pictures: Iterable[tuple[str, tuple[int, int], str, str]], only: set[str]
) -> None:
    """Fill a cache from these sources and take these pictures."""
    places = home_of(sources)
    with Newsroom.open(places) as newsroom:
        await newsroom.refresh()
        await newsroom.leave()
    await taken(folder, places, pictures, only)


async def taken(
    folder: Path, places: Places, pictures: Iterable[tuple[str, tuple[int, int], str, str]], only: set[str]
) -> None:
    """Work the front page of a home out and take these pictures."""
    with Newsroom.open(places) as newsroom:
        build(newsroom)
    for name, size, keys, theme in pictures:
        if not only or name in only:
            with Newsroom.open(places) as newsroom:
                await take(newsroom, folder, name, size, keys, theme)
                await newsroom.leave()


async def main(folder: Path, only: set[str]) -> None:
    """Take all pictures, or those of these names."""
    from tests.newsroom.__main__ import sources_toml

    folder.mkdir(parents=True, exist_ok=True)
    with Room(seed=7, now=datetime.now(UTC)) as room:
        use("en")
        await edition(folder, sources_toml(room), PICTURES, only)
        use("zh_CN")
        await edition(folder, portal_toml(room), PORTAL_PICTURES, only)
        await taken(folder, events(), STORY_PICTURES, only)


if __name__ == "__main__":
    asyncio.run(main(ROOT / "docs" / "pictures", set(sys.argv[1:])))
