"""Searching in the app: scopes by Tab, the web on request, a search followed by one key."""

from __future__ import annotations

from pathlib import Path

from tests.newsroom import Newsroom as Loopback
from tests.ui.desk import CONFIG, open_desk, places_in
from tui_news.newsroom.scopes import SCOPES


def searches(home: Path, room: Loopback) -> None:
    places_in(home).config_file.write_text(
        CONFIG + f'[[search.web]]\nname = "Hacker"\nscope = "forum"\n'
        f'url = "{room.url("/hn/api/v1/search")}?q={{searchTerms}}"\n\n'
        f'[[search.web]]\nname = "Shut"\nscope = "news"\nurl = "{room.url("/nothing")}?q={{searchTerms}}"\n'
    )


async def test_scopes_are_switched_in_the_prompt(home: Path) -> None:
    async with open_desk(home, (100, 24)) as desk:
        await desk.press("slash")
        assert "[all] news" in desk.lines[-1]
        await desk.press("tab", "tab", "tab", "tab")
        assert "[audio]" in desk.lines[-1]
        await desk.press("shift+tab", "tab")
        await desk.type("the", "enter")
        found = desk.browser.headlines.articles
        assert all(any(e.type.startswith("audio/") for e in article.enclosures) for article in found)
        assert len(found)
        assert "found · audio" in desk.message
        assert " audio › “the”" in desk.lines[1]
        await desk.press("slash")
        assert "[audio]" in desk.lines[-1]
        for _ in SCOPES:
            await desk.press("tab")
        assert "[audio]" in desk.lines[-1]
        await desk.press("escape", "q")
        assert desk.browser.view.scope == ""


async def test_the_web_is_asked_only_on_request_and_followed_by_a_key(home: Path, room: Loopback) -> None:
    searches(home, room)
    async with open_desk(home, (100, 24)) as desk:
        before = len(room.requests)
        await desk.press("slash")
        await desk.type("the", "enter")
        assert len(room.requests) == before
        await desk.press("slash", *["tab"] * 6)
        assert "[forum]" in desk.lines[-1]
        await desk.type("the", "ctrl+o")
        await desk.until(lambda: "on the web" in desk.message, "the answer")
        assert "a follows this search" in desk.message
        assert "on the web › forum › “the”" in desk.lines[1]
        assert all("the" in headline.casefold() for headline in desk.rows)
        await desk.press("enter", "s")
        assert desk.opened == desk.rows[0]
        await desk.press("h", "a")
        assert "Following Hacker: the" in desk.message
        assert desk.browser.view.section == ("Searches",)
        assert "Searches" in desk.lines[0]
        assert any(line.startswith("▌★") for line in desk.lines)


async def test_what_the_web_does_not_answer(home: Path, room: Loopback) -> None:
    searches(home, room)
    async with open_desk(home, (100, 24)) as desk:
        await desk.press("slash", "tab")
        await desk.type("the", "ctrl+o")
        await desk.until(lambda: "Shut: " in desk.message, "the failure")
        assert "The web has nothing on “the”" in desk.text
        await desk.press("q", "slash", *["tab"] * 5)
        await desk.type("the", "ctrl+o")
        await desk.until(lambda: "no web search is set for pictures" in desk.message, "what to do")
        await desk.press("slash", *["tab"] * 2)
        await desk.type("the", "enter")
        await desk.until(lambda: "one search failed: Shut" in desk.message, "both")
        assert desk.rows
