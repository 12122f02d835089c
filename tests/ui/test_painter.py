"""The painter: the terminal shows what Textual's compositor says, after every step, for few bytes."""

from __future__ import annotations

import os
import random

import pytest

from tests.emulator import Emulator
from tests.ui.painter_app import PainterApp
from tests.ui.painter_stage import differences, resize, said, stage_driver

STEPS = int(os.environ.get("TUI_NEWS_STEPS", "120"))
KEYS = ["j"] * 8 + ["k"] * 4 + ["space"] * 3 + ["b", "b", "g", "G", "enter", "enter", "q", "s", "t"]
KEYS += ["question_mark", "slash", "escape", "ctrl+l", "中", "é", "👍", "x", "left", "backspace"]
SIZES = [(80, 24), (120, 40), (40, 10), (79, 24), (21, 5), (80, 25)]


@pytest.mark.parametrize("theme", ["textual-dark", "ansi-dark"])
@pytest.mark.parametrize("seed", [1, 2])
async def test_the_terminal_shows_what_the_compositor_says(seed: int, theme: str) -> None:
    chance = random.Random(seed)
    emulator = Emulator(24, 80)
    written: list[str] = []
    app = PainterApp(theme, count=60, driver_class=stage_driver(emulator, written))
    history: list[str] = []
    async with app.run_test(headless=False, size=(80, 24)) as pilot:
        await pilot.pause()
        assert differences(emulator, said(app)) == []
        for _ in range(STEPS):
            if chance.random() < 0.06:
                width, height = chance.choice(SIZES)
                history.append(f"{width}x{height}")
                resize(app, emulator, width, height)
                await pilot.resize_terminal(width, height)
            else:
                key = chance.choice(KEYS)
                if key == "q" and not app.screen.has_class("reading"):
                    continue
                history.append(key)
                await pilot.press(key)
            await pilot.pause()
            wrong = differences(emulator, said(app))
            assert not wrong, f"after {history}: {wrong[:4]}"
    assert emulator.cursor.attrs == emulator.default_char
