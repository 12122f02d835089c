"""What `[text]` in the settings makes of an open article."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.desk import open_desk
from tests.ui.shop import open_shop, stock
from tui_news.model import Article, Block, Run
from tui_news.newsroom.documents import document
from tui_news.newsroom.setting import text_setting

WORDS = (
    "Extraordinary circumstances notwithstanding, the international organisation reconsidered its "
    "recommendations concerning transportation infrastructure, unquestionably disappointing many, for it "
    "was a warm day and the sea lay as flat as a plate, so that all of us went down to look at it again. "
)
HEBREW = "שלום עולם"


async def test_it_is_said_once_when_words_cannot_be_divided(
    tmp_path: Path, clock: object, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_news.newsroom.setting.installed", lambda: False)
    article = Article("eeee00000002", "", headline="Words", blocks=(Block("paragraph", (Run(WORDS),)),))
    with open_shop() as shop:
        home = stock(tmp_path / "home", shop, [article], "\n[text]\nhyphenate = true\n")
    async with open_desk(home, (100, 20)) as desk:
        assert "pip install 'tui-news[hyphens]'" in desk.message
        await desk.press("enter")
        assert "hyphens" not in desk.text


@pytest.mark.parametrize("setting", ["", "hyphenate = true", "justify = true", 'bidi = "reorder"'])
async def test_text_is_set_as_the_settings_say(tmp_path: Path, clock: object, setting: str) -> None:
    article = Article(
        "eeee00000001",
        "",
        headline="Words",
        language="en",
        blocks=(Block("paragraph", (Run(WORDS * 2),)), Block("paragraph", (Run(f"A {HEBREW} b."),))),
    )
    with open_shop() as shop:
        home = stock(tmp_path / "home", shop, [article], f"\n[text]\n{setting}\n")
    async with open_desk(home, (44, 30)) as desk:
        await desk.press("enter")
        first = next(row for row, line in enumerate(desk.lines) if "Extraordinary" in line)
        body = [line[2:] for line in desk.lines[first : first + 12]]
        assert any(line.endswith("-") for line in body) is ("hyphenate" in setting)
        assert (sum(len(line) == 40 for line in body) >= 4) is ("justify" in setting)
        assert (HEBREW[::-1] in desk.text) is ("reorder" in setting)
        # The same on paper.
        text = document(article, "text", width=40, setting=text_setting(desk.newsroom.config))
        assert "\n".join(body) in text
