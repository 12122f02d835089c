"""The painter in an app: after every step the terminal shows what Textual's compositor says."""

from __future__ import annotations

import os
import random
from collections.abc import Callable
from dataclasses import replace

import pytest
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Region
from textual.widgets import Input, Static

from tests.ui.painter_app import Article, Dialog, Lines, PainterApp
from tests.ui.painter_stage import (
    Contrary,
    StageDriver,
    Terminal,
    WithoutBce,
    differences,
    press,
    resize,
    said,
    settle,
    stage_driver,
    texts,
)
from tui_news.early import drawn, screen_of, surroundings
from tui_news.ui.painter import Painter
from tui_news.ui.painter.cells import reach
from tui_news.ui.painter.frame import pack, unpack
from tui_news.ui.painter.pens import Cell

STEPS = int(os.environ.get("TUI_NEWS_STEPS", "40"))
KEYS = ["j"] * 8 + ["k"] * 4 + ["space"] * 3 + ["b", "b", "g", "G", "enter", "enter", "q", "s", "t"]
KEYS += ["question_mark", "slash", "escape", "ctrl+l", "中", "é", "👍", "x", "left", "backspace"]
SIZES = [(80, 24), (120, 40), (40, 10), (79, 24), (21, 5), (80, 25), (7, 3)]


@pytest.fixture(autouse=True)
def _environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "xterm-256color")
    monkeypatch.setenv("COLORTERM", "truecolor")
    for name in ("NO_COLOR", "TUI_NEWS_SLOW", "TUI_NEWS_PAINTER", "TMUX"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("textual.screen.UPDATE_PERIOD", 0.001)


class Stage:
    """An app on an emulated terminal."""

    def __init__(self, emulator: Terminal, theme: str = "textual-dark", count: int = 60) -> None:
        self.emulator = emulator
        self.written: list[str] = []
        self.app = PainterApp(theme, count=count, driver_class=stage_driver(emulator, self.written))

    def cost(self) -> int:
        """Bytes written since the last call."""
        size = len("".join(self.written).encode())
        self.written.clear()
        return size


async def _random_steps(stage: Stage, seed: int, steps: int, check: Callable[[], list[str]]) -> None:
    chance = random.Random(seed)
    app = stage.app
    history: list[str] = []
    for _ in range(steps):
        if chance.random() < 0.06:
            width, height = chance.choice(SIZES)
            history.append(f"{width}x{height}")
            await resize(app, stage.emulator, width, height)
        else:
            key = chance.choice(KEYS)
            if key == "q" and not app.screen.has_class("reading"):
                continue
            history.append(key)
            await press(app, key)
        wrong = check()
        assert not wrong, f"after {history}: {wrong[:4]}"


@pytest.mark.parametrize(
    ("seed", "theme", "term", "colorterm"),
    [
        (1, "textual-dark", "xterm-256color", "truecolor"),
        (2, "ansi-dark", "xterm-256color", "truecolor"),
        (3, "textual-light", "xterm-256color", ""),
        (4, "textual-dark", "xterm", ""),
    ],
)
async def test_the_terminal_shows_what_the_compositor_says(
    seed: int, theme: str, term: str, colorterm: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TERM", term)
    monkeypatch.setenv("COLORTERM", colorterm)
    stage = Stage(Terminal(24, 80), theme)
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        assert differences(stage.emulator, said(stage.app)) == []
        await _random_steps(stage, seed, STEPS, lambda: differences(stage.emulator, said(stage.app)))


async def test_a_terminal_that_does_not_erase_in_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TERM", "screen-256color")
    stage = Stage(WithoutBce(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        await _random_steps(stage, 5, STEPS // 2, lambda: differences(stage.emulator, said(stage.app)))


@pytest.mark.parametrize(
    ("seed", "theme", "make"), [(6, "textual-dark", Terminal), (7, "ansi-dark", WithoutBce)]
)
async def test_a_kept_screen_is_drawn_and_gone_on_from_as_the_compositor_says(
    seed: int, theme: str, make: type[Terminal]
) -> None:
    """After random keys and resizes: the screen packed, drawn on another terminal as an early one is, and
    adopted by a painter that then has next to nothing to write."""
    stage = Stage(make(24, 80), theme)

    def check() -> list[str]:
        rows = stage.app.all_rows()
        data = pack({"d": rows}, "true", fills=make is Terminal)
        if data is None:
            return []  # links, or characters that are not written unasked
        truth = [surroundings(), f"{len(rows[0])} {len(rows)}", "true"]
        found = screen_of(data, truth, "d")
        assert found is not None
        emulator = make(len(rows), len(rows[0]))
        emulator.feed(("\x1b[?7l" + drawn(*found)).encode())
        wrong = differences(emulator, said(stage.app))
        assert stage.app.painter is not None
        painter = Painter(replace(stage.app.painter.policy, erase_colored=make is Terminal))
        painter.adopt(unpack(found[0], painter.pens))
        rest = painter.paint([[_in(cell, painter) for cell in row] for row in rows])
        emulator.feed(("\x1b[m" + rest).encode())
        doubtful = sum(any(reach(cell[0]) for cell in row) for row in rows)
        assert doubtful or not rest
        return wrong + differences(emulator, said(stage.app))

    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        await _random_steps(stage, seed, STEPS, check)


def _in(cell: Cell, painter: Painter) -> Cell:
    """The same cell with the pens of another painter."""
    pen = painter.pens.pen(cell[1].attributes, cell[1].fg, cell[1].bg)
    return pen.cells[cell[0]]


async def test_a_terminal_with_other_widths_is_wrong_only_where_it_disagrees() -> None:
    """One that draws each code point of an emoji sequence on its own, up to six cells for two."""
    stage = Stage(Contrary(24, 80))

    def check() -> list[str]:
        wrong = []
        for y, row in enumerate(texts(stage.app)):
            doubtful = 0
            for x, text in enumerate(row):
                if reach(text):
                    doubtful = x + (2 if row[x + 1 : x + 2] == [""] else 1)
                if x >= doubtful and (shown := stage.emulator.cell(y, x).data) != text:
                    wrong.append(f"({x},{y}): {shown!r} is not {text!r}")
        return wrong

    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        assert check() == []
        await _random_steps(stage, 6, STEPS, check)


async def test_bytes_per_key() -> None:
    """Bounds with room to spare over 2,483, 8, 80 to 162 and 2,242 bytes; a screen of text alone is 1,800."""
    stage = Stage(Terminal(24, 80), "ansi-dark")
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        assert stage.cost() < 2600
        await press(stage.app, "j")
        stage.cost()
        await press(stage.app, "j")
        assert stage.cost() <= 14
        for _ in range(20):
            await press(stage.app, "j")
        stage.cost()
        await press(stage.app, "j")
        assert stage.cost() < 180
        await press(stage.app, "space")
        assert stage.cost() < 2600


async def test_nothing_is_written_when_nothing_changed() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        assert stage.app.painter is not None
        idle = stage.app.painter.stats.idle
        stage.cost()
        stage.app.screen.refresh()
        stage.app.query_one(Lines).refresh(Region(0, 0, 80, 5))
        await settle(stage.app)
        assert stage.cost() == 0
        assert stage.app.painter.stats.idle > idle


async def test_a_screen_that_another_program_wrote_over_is_repainted_on_demand() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        stage.emulator.feed(b"\x1b[7m\x1b[5;5Hwall: going down\x1b[3;9r")
        await press(stage.app, "ctrl+l")
        assert differences(stage.emulator, said(stage.app)) == []
        assert stage.emulator.margins is None


async def test_a_terminal_resized_there_and_back_is_repainted() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        await resize(stage.app, stage.emulator, 80, 24)  # the report of the start, which says nothing new
        stage.emulator.resize(10, 30)
        await resize(stage.app, stage.emulator, 80, 24)
        assert differences(stage.emulator, said(stage.app)) == []


async def test_a_suspended_app_leaves_a_clean_terminal_and_comes_back_whole() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await press(stage.app, "j")
        assert stage.emulator.cursor.attrs != stage.emulator.default_char
        with stage.app.suspend():
            assert stage.emulator.cursor.attrs == stage.emulator.default_char
            stage.emulator.feed(b"\x1b[2Jsome editor")
        await settle(stage.app)
        assert differences(stage.emulator, said(stage.app)) == []
    assert stage.emulator.cursor.attrs == stage.emulator.default_char


async def test_the_cursor_is_where_a_field_has_it_and_else_where_it_costs_nothing() -> None:
    stage = Stage(Terminal(24, 80))
    app, emulator = stage.app, stage.emulator
    async with app.run_test(headless=False, size=(80, 24)):
        await settle(app)
        await press(app, "slash")
        for key in "新x闻":
            await press(app, key)
            assert (emulator.cursor.x, emulator.cursor.y) == tuple(app.query_one(Input).cursor_screen_offset)
        assert app.query_one(Input).value == "新x闻"
        await press(app, "escape")
        await press(app, "j")
        stage.cost()
        await press(app, "j")
        assert stage.cost() <= 14


async def test_links_reach_the_terminal_and_are_closed() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await press(stage.app, "enter")
        links = [osc for osc in stage.emulator.osc if osc.startswith("8;")]
        assert any(osc.endswith(";https://example.org/") for osc in links)
        assert links[-1] == "8;;"


async def test_a_lean_painter_writes_less_and_the_same_text(monkeypatch: pytest.MonkeyPatch) -> None:
    costs = []
    shown = []
    for slow in ("", "1"):
        monkeypatch.setenv("TUI_NEWS_SLOW", slow)
        stage = Stage(Terminal(24, 80))
        async with stage.app.run_test(headless=False, size=(80, 24)):
            await settle(stage.app)
            await press(stage.app, "enter")
            costs.append(stage.cost())
            shown.append(stage.emulator.text)
            assert any(osc.startswith("8;id") for osc in stage.emulator.osc) == (slow == "")
    assert costs[1] < costs[0]
    assert shown[0] == shown[1]


async def test_leaner_from_now_on() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        stage.app.lean()
        await settle(stage.app)
        stage.cost()
        await press(stage.app, "space")
        assert ";2;" not in "".join(stage.written)
        stage.app.lean(False)
        await settle(stage.app)
        assert differences(stage.emulator, said(stage.app)) == []


async def test_large_updates_only_are_synchronized() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        stage.app._sync_available = True
        stage.written.clear()
        await press(stage.app, "j")
        assert "2026" not in "".join(stage.written)
        await press(stage.app, "space")
        assert stage.written[-1].startswith("\x1b[?2026h")
        assert stage.written[-1].endswith("\x1b[?2026l")


async def test_the_switch_gives_the_terminal_back_to_textual(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_NEWS_PAINTER", "0")
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        assert stage.app.painter is None
        assert differences(stage.emulator, said(stage.app)) == []
        await press(stage.app, "ctrl+l")
        stage.app.lean()
        stage.app.write_past_painter("\x1b[H")
        await settle(stage.app)
        assert differences(stage.emulator, said(stage.app)) == []


async def test_something_written_past_the_painter_does_not_mislead_it() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        stage.app.write_past_painter("\x1b[20;70H\x1b[4;31m")
        await press(stage.app, "j")
        assert differences(stage.emulator, said(stage.app)) == []
        stage.app.write_past_painter("\x1b[2Jpicture", repaint=True)
        await press(stage.app, "j")
        assert differences(stage.emulator, said(stage.app)) == []


async def test_controls_in_a_strip_do_not_reach_the_terminal() -> None:
    stage = Stage(Terminal(24, 80))
    async with stage.app.run_test(headless=False, size=(80, 24)):
        await settle(stage.app)
        stage.written.clear()
        stage.app.query_one("#status", Static).update(
            "a\x1b]0;owned\x07b\u202ec\x9b31md\u2066e\r\n\tf\x00\u200b"
        )
        await settle(stage.app)
        text = "".join(stage.written)
        assert "\x07" not in text
        assert stage.emulator.title == ""
        assert not any(char in text for char in "\u202e\u2066\x9b\t\n\x00\u200b")


async def test_the_headless_driver_of_other_tests_is_left_alone() -> None:
    app = PainterApp("textual-dark")
    async with app.run_test() as pilot:
        await pilot.press("j")
        assert isinstance(app._driver, HeadlessDriver)
        assert not isinstance(app._driver, StageDriver)
        assert app.painter is not None
        assert app.painter.stats.updates == 0
        assert app.query_one(Article).count > 0
        await pilot.press("question_mark")
        assert isinstance(app.screen, Dialog)
