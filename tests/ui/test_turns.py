"""Keys of one packet do what they do one by one, whatever opens and closes between them."""

from __future__ import annotations

from pathlib import Path

import pytest
from textual.events import Key
from textual.widgets import Input

from tests.ui.desk import Desk, copy_home, open_desk
from tui_news.ui.screens.sheet import Sheet
from tui_news.ui.widgets.prompt import Prompt

PACKETS = [
    ["f", *"saint", "escape", "j", "j", "s"],
    ["slash", *"bridge", "enter", "enter", "escape", "j", "s"],
    ["t", "slash", *"worl", "escape", "escape", "j", "s"],
    ["enter", "slash", *"saint", "enter", "N", "escape", "s"],
    ["T", "y", "j", "s"],
]
CHARACTERS = {"slash": "/", "space": " "}


def stands(desk: Desk) -> dict[str, object]:
    """What the reader has before him."""
    browser, screen = desk.browser, desk.app.screen
    return {
        "screen": type(screen).__name__,
        "focus": type(desk.app.focused).__name__,
        "view": browser.view,
        "opened": desk.opened if browser.reading else "",
        "headline": desk.headline,
        "row": browser.headlines.cursor,
        "starred": sorted(id for id in desk.ids if desk.newsroom.state(id).starred),
        "typed": [each.value for each in screen.query(Input) if each.display and each.parent.display],
        "asked": sum(not each.answered for each in screen.query(Prompt)),
        "narrowed": screen.field.value if isinstance(screen, Sheet) and screen.field else "",
    }


async def after(home: Path, keys: list[str], at_once: bool) -> dict[str, object]:
    async with open_desk(home) as desk:
        await desk.press("0", "1")
        if at_once:
            for key in keys:
                desk.app.post_message(Key(key, CHARACTERS.get(key, key if len(key) == 1 else None)))
        else:
            for key in keys:
                await desk.press(key)
        for _ in range(40):
            await desk.pilot.pause()
        return stands(desk)


@pytest.mark.parametrize("number", range(len(PACKETS)))
async def test_keys_in_one_packet_are_those_keys_one_by_one(home: Path, tmp_path: Path, number: int) -> None:
    keys = PACKETS[number]
    singly = await after(copy_home(home, tmp_path / "singly"), keys, at_once=False)
    assert await after(home, keys, at_once=True) == singly, keys
