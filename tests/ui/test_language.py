"""The app in Chinese: from the settings, and changed by the palette while it runs."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.ui.desk import CONFIG, open_desk
from tui_news.i18n import use


@pytest.fixture(autouse=True)
def _english_again() -> Iterator[None]:
    yield
    use("en")


async def test_the_palette_changes_the_language_at_once_and_for_good(home: Path) -> None:
    config = home / "config" / "config.toml"
    async with open_desk(home) as desk:
        assert "unread of" in desk.text
        await desk.press("colon")
        await desk.type("zh")
        await desk.until(lambda: "zh_CN" in desk.text, "the language")
        await desk.press("down", "enter")
        await desk.until(lambda: "全部" in desk.lines[0], "Chinese")
        assert "篇未读" in desk.lines[1]
        assert desk.message == "语言：简体中文"
        assert 'language = "zh_CN"' in config.read_text("utf-8")
    async with open_desk(home) as desk:
        # At the next start as well, whatever the locale says.
        assert "Enter 阅读" in desk.text
        await desk.press("question_mark")
        assert "上移一行" in desk.text
        await desk.press("escape", "s")
        assert desk.message == "已加星 · u 可撤销"
        await desk.press("u")
        assert desk.message == "已撤销：已加星（1 篇文章）"
        desk.app.choose_language("en")
        await desk.pilot.pause()
        assert "unread of" in desk.text


async def test_a_language_that_nobody_translated_is_english(home: Path) -> None:
    (home / "config" / "config.toml").write_text(CONFIG + '\n[ui]\nlanguage = "tlh"\n')
    async with open_desk(home) as desk:
        assert "Enter read" in desk.text
