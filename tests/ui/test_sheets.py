"""What opens over the browser: tree, help, palette, sources, catalogue, adding; refreshing; the mouse."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.ui.desk import CONFIG, open_desk, places_in, write_sources
from tui_news.ui.screens.add import AddScreen
from tui_news.ui.screens.browser import Browser
from tui_news.ui.screens.catalog import CatalogScreen
from tui_news.ui.screens.sources import SourcesScreen
from tui_news.ui.widgets.prompt import Prompt


def configure(home: Path, text: str) -> None:
    places_in(home).config_file.write_text(f"{CONFIG}\n{text}", encoding="utf-8")


# --- tree, help, palette ------------------------------------------------------------------------------


async def test_tree_goes_to_sections_and_sources(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("t")
        assert "Sections and sources" in desk.text
        assert "Elder Courier World" in desk.text
        await desk.press("j", "enter")
        assert desk.browser.view.section == ("World",)
        await desk.press("t", "slash")
        await desk.type("observ", "enter", "enter")
        assert desk.newsroom.source_name(desk.browser.view.source) == "Glass Observatory"
        assert desk.lines[1].startswith(" Science › Glass Observatory")
        assert len(desk.rows) == 24
        await desk.press("t", "escape", "escape")
        assert desk.browser.view.source == ""
        await desk.press("t", "k", "q")
        assert isinstance(desk.app.screen, Browser)


async def test_help_lists_the_keys_as_they_are_now(home: Path) -> None:
    configure(home, '[keys]\nstar = ["S", "ctrl-x"]\nhelp = ["H"]\n')
    async with open_desk(home, (100, 160)) as desk:
        await desk.press("H")
        assert re.search(r"│ S Ctrl-x +star or unstar", desk.text)
        assert re.search(r"│ H +this help", desk.text)
        assert not re.search(r"│ \? +this help", desk.text)
        await desk.press("escape", "3", "s")
        first = desk.browser.headlines.articles[0].id
        assert not desk.newsroom.state(first).starred
        await desk.press("ctrl+x")
        assert desk.newsroom.state(first).starred
        await desk.press("S")
        assert not desk.newsroom.state(first).starred


async def test_help_scrolls_on_a_small_screen(home: Path) -> None:
    async with open_desk(home, (60, 12)) as desk:
        await desk.press("question_mark")
        assert "Esc closes" in desk.text
        for _ in range(20):
            await desk.press("space")
        assert "config.toml" in desk.text
        await desk.press("pageup", "k", "j", "q")
        assert isinstance(desk.app.screen, Browser)


async def test_the_preset_of_newsboat(home: Path) -> None:
    configure(home, '[ui]\npreset = "newsboat"\n')
    async with open_desk(home) as desk:
        await desk.press("3", "N")
        assert desk.newsroom.state(desk.browser.headlines.articles[0].id).read
        await desk.press("l")
        assert len(desk.rows) == 23
        await desk.press("l", "F")
        assert "Filter:" in desk.text


async def test_a_wrong_key_in_the_config_is_said(home: Path) -> None:
    configure(home, '[keys]\nfly = ["w"]\n')
    async with open_desk(home) as desk:
        assert "keys.fly" in desk.message


async def test_palette_finds_actions_sections_sources_and_themes(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("colon")
        await desk.type("section culture books")
        await desk.until(lambda: "Culture › Books" in desk.text, "the section")
        await desk.press("enter")
        await desk.until(lambda: desk.browser.view.section == ("Culture", "Books"), "the section")
        await desk.press("ctrl+p")
        await desk.type("theme paper")
        await desk.until(lambda: "Theme: paper" in desk.text, "the theme")
        await desk.press("enter")
        await desk.until(lambda: desk.app.theme == "paper", "the theme")
        await desk.press("colon")
        await desk.type("star or")
        await desk.until(lambda: "Star or unstar" in desk.text, "the action")
        await desk.press("enter")
        await desk.until(lambda: desk.message.startswith("Starred"), "the star")
        await desk.press("colon")
        await desk.until(lambda: "a command, a section" in desk.text, "the palette")
        await desk.press("escape")
        assert isinstance(desk.app.screen, Browser)


async def test_facts_about_an_article(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("8", "i")
        for word in ("Source", "Section", "Published", "Charset", "Link", "Id", "晨星网"):
            assert word in desk.text
        await desk.press("i", "escape")
        assert isinstance(desk.app.screen, Browser)


# --- refreshing ---------------------------------------------------------------------------------------


async def test_new_articles_arrive_while_the_reader_goes_on(home: Path, room: Loopback) -> None:
    path = "/feeds/science.rdf"
    async with open_desk(home) as desk:
        await desk.press("3", "j", "j", "j")
        here, top = desk.headline, desk.browser.headlines.scroll_offset.y
        row = desk.browser.headlines.cursor - top
        # One source hangs: everything else is there all the same, and keys are answered.
        room.fault("/feeds/world.rss", "hang")
        fresh = room.publish(path, 3)
        await desk.press("R")
        await desk.until(lambda: fresh[0].headline in desk.rows, "the news")
        assert "refreshing" in desk.lines[-1]
        assert desk.headline == here
        assert desk.browser.headlines.cursor - desk.browser.headlines.scroll_offset.y == row
        await desk.press("j")
        assert desk.headline != here
        await desk.press("enter")
        assert desk.browser.reading
        await desk.press("R")
        assert desk.message == "Already refreshing · x stops it"
        await desk.press("x")
        await desk.until(lambda: desk.message == "Refresh stopped", "the end")
        assert desk.browser.reading
        await desk.press("x")
        assert desk.message == "Nothing is being refreshed"


async def test_refreshing_one_section_asks_only_its_sources(home: Path, room: Loopback) -> None:
    async with open_desk(home) as desk:
        await desk.press("3", "r")
        await desk.until(lambda: "from 1 source" in desk.message, "the end")
        assert {request.path for request in room.requests} == {"/feeds/science.rdf"}
        assert desk.message.startswith("Nothing new")


async def test_at_the_top_the_news_stand_on_top(home: Path, room: Loopback) -> None:
    async with open_desk(home) as desk:
        await desk.press("3")
        fresh = room.publish("/feeds/science.rdf", 1)[0]
        await desk.press("r")
        await desk.until(lambda: "1 new from 1 source" in desk.message, "the news")
        assert desk.rows[0] == fresh.headline
        assert fresh.headline[:20] in desk.lines[2]


async def test_errors_and_their_panel(home: Path, room: Loopback) -> None:
    room.fault("/feeds/science.rdf", "503:120")
    room.fault("/feeds/essays.atom", "html")
    async with open_desk(home, (120, 40)) as desk:
        await desk.press("3", "r")
        await desk.until(lambda: desk.message.startswith("Nothing new · Glass Observatory: "), "the error")
        await desk.press("4", "r")
        await desk.until(lambda: "2 failed (e)" in desk.lines[-1], "the second error")
        # What was there is there.
        assert len(desk.rows) == 48
        await desk.press("e")
        assert isinstance(desk.app.screen, SourcesScreen)
        failing = [line for line in desk.lines if "✗" in line]
        assert len(failing) == 2
        assert any("503" in line for line in failing)
        assert "503" in desk.text
        await desk.press("j", "k")
        room.reset()
        await desk.press("R")
        await desk.until(lambda: "2 failed" not in desk.lines[-1], "the second try")
        await desk.press("e", "x")
        assert "‖" in desk.text
        assert "paused" in desk.text
        await desk.press("x")
        assert "‖" not in desk.text
        count = len(desk.newsroom.subscriptions.sources)
        await desk.press("D", "j", "D")
        assert len(desk.newsroom.subscriptions.sources) == count
        await desk.press("D")
        assert len(desk.newsroom.subscriptions.sources) == count - 1


async def test_when_nothing_can_be_reached(home: Path, room: Loopback) -> None:
    room.fault("*", "reset")
    async with open_desk(home, (120, 24)) as desk:
        await desk.press("2", "r")
        await desk.until(lambda: "are you offline?" in desk.message, "the message")
        assert "e shows each error" in desk.message
        assert len(desk.rows) == 96


# --- catalogue and adding -----------------------------------------------------------------------------


async def test_catalogue_follows_and_unfollows(home: Path) -> None:
    async with open_desk(home) as desk:
        count = len(desk.newsroom.subscriptions.sources)
        await desk.press("C")
        screen = desk.app.screen
        assert isinstance(screen, CatalogScreen)
        assert "all categories" in desk.text
        await desk.press("tab", "tab", "L")
        assert "all categories" not in desk.text
        await desk.press("shift+tab", "shift+tab", "escape", "C")
        await desk.press("slash")
        await desk.type("guardian", "enter")
        assert "The Guardian" in desk.text
        await desk.press("space")
        assert "✓" in desk.text
        assert len(desk.newsroom.subscriptions.sources) == count + 1
        await desk.press("space")
        assert "✓" not in desk.text
        assert len(desk.newsroom.subscriptions.sources) == count
        await desk.press("slash")
        await desk.type("zzzzzz", "enter")
        assert "Nothing found" in desk.text
        await desk.press("escape", "escape")
        assert isinstance(desk.app.screen, Browser)
        assert "guardian" not in places_in(home).sources_file.read_text().lower()


async def test_a_search_of_the_catalogue_is_asked_and_followed(home: Path, room: Loopback) -> None:
    address = room.url("/feeds/world.rss") + "?q={searchTerms}"
    with places_in(home).config_file.open("a", encoding="utf-8") as file:
        file.write(f'\n[[search.web]]\nname = "Hacker News"\nurl = "{address}"\nscope = "forum"\n')
    async with open_desk(home) as desk:
        await desk.press("C", "slash")
        await desk.type("stories and their discussion", "enter")
        assert "Hacker News" in desk.text
        await desk.press("enter")
        assert isinstance(desk.app.screen, Browser)
        assert "Hacker News: search for" in desk.text
        await desk.type("bridge", "enter")
        await desk.until(lambda: "on the web" in desk.message)
        await desk.press("a")
        assert any("Hacker News: bridge" in own.title for own in desk.newsroom.subscriptions.sources)


async def test_adding_by_the_address_of_a_site_with_several_feeds(home: Path, room: Loopback) -> None:
    write_sources(home, [{"url": room.url("/feeds/science.rdf"), "title": "Glass", "section": "Science"}])
    async with open_desk(home, (100, 30)) as desk:
        await desk.press("2", "a")
        assert isinstance(desk.app.screen, AddScreen)
        await desk.type(room.url("/site/zh/"), "enter")
        await desk.until(lambda: "Which of these?" in desk.text, "the choice")
        assert "晨星网 · 科技" in desk.text
        await desk.press("down", "enter")
        await desk.until(lambda: "Section (" in desk.text, "the section")
        chosen = desk.app.screen._chosen  # type: ignore[union-attr]
        assert chosen is not None
        await desk.press(*["backspace"] * 8)
        await desk.type("News / China", "enter")
        await desk.until(lambda: isinstance(desk.app.screen, Browser), "the end")
        source = desk.newsroom.subscriptions.sources[-1]
        assert (source.url, source.section) == (chosen.url, ("News", "China"))
        await desk.until(lambda: "new from 1 source" in desk.message, "its articles")
        assert "News" in desk.lines[0]
        # The same again, and an address where nothing is.
        await desk.press("a")
        await desk.type(source.url, "enter")
        await desk.until(lambda: "Section (" in desk.text, "the section")
        await desk.press("enter")
        assert "among your sources already" in desk.text
        await desk.press("escape")
        await desk.type(room.url("/site/none/"), "enter")
        await desk.until(lambda: "announces no feed" in desk.text, "the refusal")
        await desk.press("escape")
        assert isinstance(desk.app.screen, Browser)


@pytest.mark.parametrize("address", ["ftp://example.org/", "::::"])
async def test_an_address_that_is_none_is_refused(home: Path, address: str) -> None:
    async with open_desk(home) as desk:
        await desk.press("a")
        desk.app.screen.query_one("Input").value = address  # type: ignore[attr-defined]
        await desk.press("enter")
        await desk.until(lambda: "is no web address" in desk.text, "the refusal")
        await desk.press("escape")
        assert isinstance(desk.app.screen, Browser)


async def test_a_sources_file_that_cannot_be_changed_is_said(home: Path) -> None:
    async with open_desk(home) as desk:
        places_in(home).sources_file.write_text("this is = no [toml", encoding="utf-8")
        await desk.press("C", "space")
        assert "sources.toml" in desk.text
        await desk.press("escape", "e", "x")
        assert "sources.toml" in desk.text
        await desk.press("D", "D")
        assert "sources.toml" in desk.text
        assert desk.app.is_running
        assert places_in(home).sources_file.read_text() == "this is = no [toml"


# --- the mouse ----------------------------------------------------------------------------------------


async def test_mouse(home: Path) -> None:
    async with open_desk(home, (100, 24)) as desk:
        await desk.click("World")
        assert desk.browser.view.section == ("World",)
        await desk.click("Asia")
        assert desk.browser.view.section == ("World", "Asia")
        await desk.click("World ›")
        assert desk.browser.view.section == ("World",)
        await desk.click("Europe")
        rows = desk.rows
        await desk.click(rows[3][:30])
        assert desk.headline == rows[3]
        assert not desk.browser.reading
        await desk.click(rows[3][:30])
        assert desk.opened == rows[3]
        await desk.press("escape")
        await desk.click(rows[2][:30], times=2)
        assert desk.opened == rows[2]
        viewer = desk.browser.viewer
        await desk.wheel(rows[2][:20])
        assert viewer.scroll_offset.y > 0
        await desk.press("g")
        number, text, _ = viewer.links[0]
        while text.split()[0] not in desk.text:
            await desk.press("j")
        await desk.click(text.split()[0], below=3)
        # A click asks for the picture: over the browser, where Esc leads back.
        assert desk.app.screen is not desk.browser
        await desk.press("escape", "escape")
        await desk.wheel(rows[1][:20])
        assert desk.browser.headlines.scroll_offset.y > 0
        assert desk.headline == rows[2]
        assert number == 1


@pytest.mark.parametrize("sheet", ["e", "t", "C", "a", "i", "?"])
async def test_keys_that_come_faster_than_a_sheet_closes_end_nothing(home: Path, sheet: str) -> None:
    async with open_desk(home) as desk:
        await desk.press(sheet)
        screen = desk.app.screen
        # As in one burst on the line: what was on its way while the sheet closed.
        for _ in range(3):
            await screen.run_action("screen.close" if hasattr(screen, "action_close") else "screen.back")
        screen.dismiss(None)
        await desk.pilot.pause()
        assert desk.app.is_running
        assert desk.app.screen is desk.browser


async def test_a_sheet_that_closes_before_it_is_drawn(home: Path) -> None:
    async with open_desk(home) as desk:
        for action in ("tree", "sources", "catalog", "add", "help"):
            getattr(desk.browser, f"action_{action}")()
            desk.app.screen.dismiss(None)
            desk.browser.action_search()
            desk.browser.action_back()
        await desk.pilot.pause()
        assert desk.app.is_running
        assert desk.app.screen is desk.browser


async def test_two_enters_in_one_piece_answer_a_question_once(home: Path) -> None:
    async with open_desk(home) as desk:
        answers: list[str | None] = []
        desk.browser.ask("Which?", answers.append)
        await desk.pilot.pause()
        prompt = desk.browser.query_one(Prompt)
        prompt._finish("one")
        prompt._finish("one")
        await desk.pilot.pause()
        assert answers == ["one"]


async def test_what_was_closed_is_forgotten(home: Path) -> None:
    import gc

    from textual._styles_cache import StylesCache

    def caches() -> int:
        gc.collect()
        return sum(isinstance(each, StylesCache) for each in gc.get_objects())

    async with open_desk(home) as desk:
        await desk.press("e", "escape", "t", "escape", "question_mark", "escape")
        before = caches()
        for _ in range(3):
            await desk.press("e", "escape", "t", "escape", "question_mark", "escape")
        assert caches() <= before + 2


async def test_any_certificate_is_taken_when_asked_twice(tmp_path: Path) -> None:
    home = write_sources(tmp_path / "tls", [{"url": "https://127.0.0.1:9/feed", "title": "Over TLS"}])
    async with open_desk(home, (100, 30)) as desk:
        await desk.press("e", "exclamation_mark")
        assert "Take any certificate of 127.0.0.1?" in desk.text
        assert "insecure" not in places_in(home).sources_file.read_text()
        await desk.press("exclamation_mark")
        assert "insecure = true" in places_in(home).sources_file.read_text()
        assert "Its certificate is not checked" in desk.text
        await desk.press("exclamation_mark")
        assert "insecure" not in places_in(home).sources_file.read_text()
