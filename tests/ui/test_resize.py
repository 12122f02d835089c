"""Any size, any keys, in any order: nothing ends the app, and nothing is drawn outside of the screen."""

from __future__ import annotations

from pathlib import Path
from random import Random

import pytest
from textual.screen import Screen

from tests.newsroom import Newsroom as Loopback
from tests.ui.desk import Desk, open_desk
from tui_news.text.width import cell_len
from tui_news.ui.keys import ACTIONS

# What leaves the app, stops the process or asks the network; the rest is fair.
AVOIDED = {"quit", "suspend", "refresh", "refresh_all", "full_text", "prefetch", "browser", "comments"}
AVOIDED |= {"play", "older", "charset"}
KEYS = [key for action in ACTIONS if action.id not in AVOIDED for key in action.keys.split(",") if key]
KEYS += ["1", "2", "8", "9", "j", "j", "enter", "enter", "escape", "escape", "中", "x", "backspace", "delete"]
SIZES = [
    *((1, 1), (2, 1), (1, 60), (3, 2), (4, 3), (8, 4)),
    *((20, 5), (200, 1), (200, 60), (109, 30), (110, 30), (80, 24)),
]


def check(desk: Desk, size: tuple[int, int]) -> None:
    assert desk.app.is_running
    lines = [strip.cell_length for strip in desk.app.screen._compositor.render_strips()]
    assert len(lines) == size[1]
    assert set(lines) == {size[0]}


@pytest.mark.parametrize("seed", range(2))
async def test_random_keys_in_random_sizes(home: Path, room: Loopback, seed: int) -> None:
    random = Random(seed)
    done: list[object] = []
    async with open_desk(home) as desk:
        try:
            for _ in range(9):
                size = (
                    random.choice(SIZES)
                    if random.random() < 0.4
                    else (random.randint(1, 200), random.randint(1, 60))
                )
                done.append(size)
                await desk.pilot.resize_terminal(*size)
                await desk.pilot.pause()
                check(desk, size)
                keys = [random.choice(KEYS) for _ in range(random.randint(0, 6))]
                done += keys
                await desk.pilot.press(*keys)
                check(desk, size)
        except BaseException:
            print(f"seed {seed}:", *done)
            raise


@pytest.mark.parametrize("size", [(1, 1), (4, 3), (20, 5), (110, 30)])
async def test_every_screen_at_every_size(home: Path, size: tuple[int, int]) -> None:
    async with open_desk(home, size) as desk:
        check(desk, size)
        await desk.press("8", "j", "j")  # 中文
        for keys in (("enter",), ("escape", "v"), ("v",), ("v", "f", "中"), ("enter", "escape")):
            await desk.press(*keys)
            check(desk, size)
        for key in ("question_mark", "t", "e", "C", "a", "i", "colon"):
            await desk.press(key)
            check(desk, size)
            await desk.press("escape")
        desk.browser.say("这里没有更多新闻，请稍后再试，或者打开目录。" * 9, serious=True)
        await desk.pilot.pause()
        check(desk, size)


async def test_the_empty_list_with_wide_characters(home: Path) -> None:
    async with open_desk(home, (40, 10)) as desk:
        await desk.press("f", *"无此新闻", "enter")
        assert "Nothing here matches “无此新闻”." in desk.text
        for width in range(8, 0, -1):
            await desk.pilot.resize_terminal(width, 6)
            await desk.pilot.pause()
            check(desk, (width, 6))
        assert all(cell_len(line) <= 1 for line in desk.lines)


async def test_a_resize_keeps_the_place(home: Path) -> None:
    async with open_desk(home, (60, 16)) as desk:
        await desk.press("4", "right_square_bracket", "enter", "pagedown", "pagedown")
        block = desk.browser.viewer.position
        assert block > 1
        for size in ((80, 24), (100, 10), (40, 12), (60, 16)):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
            assert desk.browser.viewer.position == block
        await desk.press("escape")
        await desk.press(*["j"] * 15)
        here = desk.headline
        for size in ((120, 40), (30, 6), (80, 24)):
            await desk.pilot.resize_terminal(*size)
            await desk.pilot.pause()
            assert desk.headline == here
            assert any("▌" in line for line in desk.lines)


@pytest.mark.parametrize("size", [(80, 5), (1, 1)])
@pytest.mark.parametrize("sheet", ["t", "e", "C", "a", "i", "question_mark", "colon"])
async def test_keys_in_sheets_without_room_end_nothing(home: Path, sheet: str, size: tuple[int, int]) -> None:
    async with open_desk(home, size) as desk:
        await desk.press(sheet, "pagedown", "pageup", "end", "home", "j", "k", "space", "escape", "escape")
        assert desk.app.is_running


@pytest.mark.parametrize("size", [(1, 1), (3, 40), (15, 30)])
async def test_a_sheet_in_few_columns_comes_to_rest(
    empty_home: Path, monkeypatch: pytest.MonkeyPatch, size: tuple[int, int]
) -> None:
    # Its scrollbar took the column for which it was needed: it came and went without end.
    laid: list[object] = []
    lay = Screen._refresh_layout
    monkeypatch.setattr(
        Screen, "_refresh_layout", lambda *given, **more: (laid.append(given), lay(*given, **more))
    )
    async with open_desk(empty_home, size) as desk:
        await desk.press("question_mark")
        for _ in range(50):
            before = len(laid)
            await desk.pilot.pause(0.1)
            if len(laid) == before:
                break
        assert len(laid) == before
        assert laid
