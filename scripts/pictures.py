#!/usr/bin/env python3
"""Take the pictures for README and docs: of the real app, on the project's own newsroom.

    python scripts/pictures.py [FOLDER]        (default: docs/pictures)

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
from datetime import UTC, datetime
from html import unescape
from pathlib import Path
from xml.sax.saxutils import escape

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.newsroom import Newsroom as Room  # noqa: E402
from tui_news.newsroom import Newsroom  # noqa: E402
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


async def take(
    newsroom: Newsroom, folder: Path, name: str, size: tuple[int, int], keys: str, theme: str
) -> None:
    """One picture: a size in cells, and keys separated by spaces."""
    from tui_news.ui.app import NewsApp

    app = NewsApp(newsroom)
    async with app.run_test(size=size) as pilot:
        app.theme = theme
        await pilot.pause()
        for key in keys.split():
            await pilot.press(key)
            await pilot.pause()
        await pilot.pause(0.3)
        svg = straighten(app.export_screenshot(title="tui-news"))
    path = folder / f"{name}.svg"
    path.write_text(svg, "utf-8")
    to_png(path)
    print(path)


PICTURES = (
    # name, size, keys, theme
    ("front", (120, 34), "2 right_square_bracket j j enter", "ink"),
    ("list", (80, 24), "3 j j", "paper"),
    ("article", (80, 28), "4 enter", "salmon"),
    ("chinese", (120, 34), "8 enter", "paper"),
    ("sources", (100, 28), "e", "ink"),
    ("help", (100, 34), "question_mark", "dusk"),
)


async def main(folder: Path) -> None:
    """Fill a cache from the newsroom and take all pictures."""
    from tests.newsroom.__main__ import sources_toml

    folder.mkdir(parents=True, exist_ok=True)
    os.environ["TUI_NEWS_HOME"] = tempfile.mkdtemp()
    with Room(seed=7, now=datetime.now(UTC)) as room:
        places = Places.of_user()
        places.config.mkdir(parents=True)
        places.sources_file.write_text(sources_toml(room), "utf-8")
        with Newsroom.open(places) as newsroom:
            await newsroom.refresh()
            await newsroom.leave()
        for name, size, keys, theme in PICTURES:
            with Newsroom.open(places) as newsroom:
                await take(newsroom, folder, name, size, keys, theme)


if __name__ == "__main__":
    asyncio.run(main(Path(sys.argv[1]).absolute() if len(sys.argv) > 1 else ROOT / "docs" / "pictures"))
