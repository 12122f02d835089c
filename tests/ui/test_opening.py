"""The screen painted from the cache is, cell for cell, the one that Textual shows right after."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from rich.color import ColorSystem

from tests.ui.conftest import NOW
from tests.ui.desk import CONFIG, places_in
from tui_news import early
from tui_news.newsroom import Newsroom
from tui_news.newsroom.frontmaking import build
from tui_news.ui.app import NewsApp
from tui_news.ui.looks_table import Table
from tui_news.ui.opening import SIGNS, UnknownError, screen
from tui_news.ui.painter.cells import UNKNOWN, Row, reach
from tui_news.ui.painter.frame import unpack
from tui_news.ui.painter.pens import Pens
from tui_news.ui.themes import NAMES

ROOT = Path(__file__).parents[2]
TRUE = {"TERM": "xterm-256color", "COLORTERM": "truecolor"}
SYSTEMS = {
    "truecolor": (TRUE, ColorSystem.TRUECOLOR),
    "256": ({"TERM": "screen-256color"}, ColorSystem.EIGHT_BIT),
    "16": ({"TERM": "xterm"}, ColorSystem.STANDARD),
}


def text_of(row: Row) -> str:
    return "".join(text for text, _pen in row)


async def compare(home: Path, size: tuple[int, int], colors: str = "truecolor") -> tuple[int, list[str]]:
    """How many rows were painted for sure, and where they are not what the app shows."""
    environ, system = SYSTEMS[colors]
    with Newsroom.open(places_in(home)) as newsroom:
        shown, _fills = screen(newsroom, size, environ)
        assert early.drawn(shown, True)
        assert early.drawn(shown, False)
    app = NewsApp(Newsroom.open(places_in(home)))
    assert app.painter is not None
    pens = Pens(system, links=False)
    async with app.run_test(size=size) as pilot:
        await pilot.pause()
        app.painter.pens = pens
        theirs = app.all_rows()
        app.newsroom.close()
    wrong: list[str] = []
    sure = 0
    for y, (mine, other) in enumerate(zip(unpack(shown, pens), theirs, strict=True)):
        sure += UNKNOWN not in mine
        known = [pair for pair in zip(mine, other, strict=True) if pair[0] is not UNKNOWN]
        if any(one != two for one, two in known):
            at = next(x for x, pair in enumerate(known) if pair[0] != pair[1])
            wrong.append(f"{y}:{at} {mine[at]} {other[at]}\n{text_of(mine)}\n{text_of(other)}")
    return sure, wrong


def settle(home: Path, *lines: str, front: bool) -> None:
    where = "front" if front else "last"
    config = CONFIG + f'\n[ui]\nstart = "{where}"\n' + "".join(f"{line}\n" for line in lines)
    (home / "config" / "config.toml").write_text(config, encoding="utf-8")


@pytest.mark.parametrize("width", [20, 59, 77, 80, 111, 133, 174])
async def test_the_list_at_every_width(home: Path, width: int) -> None:
    settle(home, front=False)
    sure, wrong = await compare(home, (width, 24))
    assert not wrong
    assert sure > 15


@pytest.mark.parametrize(("density", "height"), [("one", 8), ("two", 13), ("cards", 14), ("cards", 41)])
async def test_every_density_and_height(home: Path, density: str, height: int) -> None:
    settle(home, f'density = "{density}"', front=False)
    _sure, wrong = await compare(home, (96, height))
    assert not wrong


@pytest.mark.parametrize(
    ("theme", "colors"),
    [("ink", "256"), ("ink", "16"), ("paper", "truecolor"), ("contrast-dark", "256"),
     ("sixteen", "truecolor"), ("mono", "256")],
)  # fmt: skip
async def test_themes_and_colours(home: Path, theme: str, colors: str) -> None:
    settle(home, f'theme = "{theme}"', front=False)
    _sure, wrong = await compare(home, (120, 20), colors)
    assert not wrong


@pytest.mark.parametrize("width", [40, 100, 132])
async def test_the_front_page(home: Path, width: int) -> None:
    settle(home, front=True)
    with Newsroom.open(places_in(home)) as newsroom:
        build(newsroom, NOW)
        assert newsroom.front is not None
    sure, wrong = await compare(home, (width, 40))
    assert not wrong
    assert sure > 20


async def test_what_the_reader_did_is_seen(home: Path) -> None:
    settle(home, front=False)
    with Newsroom.open(places_in(home)) as newsroom:
        ids = [article.id for article in newsroom.cache.edition(9)]
        newsroom.mark(ids[:3], "read", read=True)
        newsroom.mark(ids[3:4], "star", starred=True)
        newsroom.mark(ids[4:5], "later", later=True)
        newsroom.mark(ids[5:6], "note", note="mine")
        newsroom.mark(ids[6:7], "debate", debate=True)
        newsroom.cache.put_memory("section", ["World"])
    for width in (80, 130):
        _sure, wrong = await compare(home, (width, 24))
        assert not wrong


async def test_an_empty_newspaper_and_the_starter_edition(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    (tmp_path / "config" / "sources.toml").write_text("")
    settle(tmp_path, front=False)
    for width in (80, 120):
        _sure, wrong = await compare(tmp_path, (width, 24))
        assert not wrong


def test_signs_of_our_own_are_a_cell_wide() -> None:
    assert [reach(chr(sign)) for sign in SIGNS] == [0] * len(SIGNS)


def test_what_is_not_known_is_not_painted(home: Path) -> None:
    settle(home, front=False)
    with Newsroom.open(places_in(home)) as newsroom:
        for environ, size in (
            ({"TERM": "dumb"}, (80, 24)), ({}, (80, 24)), (TRUE | {"FORCE_COLOR": "1"}, (80, 24)),
            (TRUE, (80, 7)), (TRUE, (9, 24)),
        ):  # fmt: skip
            with pytest.raises(UnknownError):
                screen(newsroom, size, environ)
    settle(home, 'theme = ["what"]', front=False)
    with Newsroom.open(places_in(home)) as newsroom, pytest.raises(UnknownError):
        screen(newsroom, (80, 24), TRUE)


def test_the_table_of_looks_is_what_the_app_looks_like() -> None:
    subprocess.run([sys.executable, ROOT / "scripts" / "make_looks.py", "--check"], check=True, timeout=60)
    assert Table().themes == set(NAMES)


def test_the_opening_knows_neither_textual_nor_rich(home: Path) -> None:
    settle(home, front=False)
    code = (
        "import os, sys\n"
        "from tui_news.newsroom import Newsroom\n"
        "from tui_news.ui.opening import screen\n"
        "with Newsroom.open() as newsroom:\n"
        "    screen(newsroom, (130, 40), {'TERM': 'xterm', 'COLORTERM': 'truecolor'})\n"
        "print(sorted({'textual', 'rich.style', 'rich.segment', 'httpx', 'asyncio'} & set(sys.modules)))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], env={"TUI_NEWS_HOME": str(home), "PATH": "/usr/bin"}, cwd=ROOT,
        capture_output=True, check=True, timeout=60,
    )  # fmt: skip
    assert done.stdout == b"[]\n"
