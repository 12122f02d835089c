"""The reader's own notes and the debate, in the app and on the shell."""

from __future__ import annotations

from pathlib import Path

from tests.ui.desk import open_desk, places_in
from tui_news.newsroom import Newsroom, View
from tui_news.newsroom.notes import as_markdown, noted, write_note
from tui_news.ui.screens.browser import Browser


async def test_a_note_is_written_shown_found_and_undone(home: Path) -> None:
    async with open_desk(home, (100, 30)) as desk:
        await desk.press("2", "j", "N")
        assert "Note · " in desk.text
        await desk.type("Ask the harbour", "enter")
        await desk.type("about the ice", "ctrl+s")
        assert desk.message.startswith("Note kept · u undoes it")
        head = desk.browser.headlines.current
        assert head is not None
        assert desk.newsroom.state(head.id).note == "Ask the harbour\nabout the ice"
        assert any("✎" in line for line in desk.lines)
        await desk.press("enter", "G")
        assert "✎ Your note" in desk.text
        assert "▎ Ask the harbour" in desk.text or "Ask the harbour" in desk.text
        await desk.press("N")
        await desk.type(" again")
        await desk.press("escape")
        assert "Not kept yet" in " ".join(desk.text.split())
        await desk.press("escape")
        assert desk.newsroom.state(head.id).note == "Ask the harbour\nabout the ice"
        await desk.press("h", "slash")
        await desk.type("is:noted", "enter")
        assert desk.rows == [head.headline]
        await desk.press("h", "u", "u")
        assert "Undone: note kept" in desk.message
        assert desk.newsroom.state(head.id).note == ""
    with Newsroom.open(places_in(home)) as newsroom:
        assert noted(newsroom) == []


async def test_an_undone_note_leaves_the_open_article(home: Path) -> None:
    async with open_desk(home, (100, 30)) as desk:
        await desk.press("2", "enter", "N")
        await desk.type("For a moment", "ctrl+s", "G")
        await desk.until(lambda: "For a moment" in desk.text)
        await desk.press("u", "G")
        await desk.until(lambda: "For a moment" not in desk.text)


async def test_a_debate_is_a_section_of_its_own(home: Path) -> None:
    async with open_desk(home, (100, 30)) as desk:
        await desk.press("apostrophe", "apostrophe", "apostrophe")
        assert "Nothing is up for debate yet." in desk.text
        await desk.press("apostrophe", "2", "d")
        head = desk.headline
        assert desk.message.startswith("Put up for debate · N adds what you think")
        await desk.press("N")
        await desk.type("Both sides are wrong", "ctrl+s")
        await desk.press("t")
        assert "⚑ Up for debate (1)" in desk.text
        await desk.press("g", "j", "enter")
        assert desk.browser.view == View(mark="debate")
        assert desk.rows == [head]
        assert "⚑" in desk.text
        await desk.press("d")
        assert "No longer up for debate" in desk.message
        await desk.press("u")
        assert "Undone: no longer up for debate" in desk.message
        await desk.press("q", "t")
        assert "Up for debate (1)" in desk.text
        await desk.press("escape")
        assert isinstance(desk.app.screen, Browser)
        page = as_markdown(desk.newsroom, "debate")
        assert page.startswith("# Debate\n\n## ")
        assert "Both sides are wrong" in page
        assert page.count("\n## ") == 1


def test_a_note_of_any_length_and_kind(home: Path) -> None:
    with Newsroom.open(places_in(home)) as newsroom:
        id = newsroom.listing(View())[0].id
        step = write_note(newsroom, id, "  \x1b[31mred\x1b[0m\r\n“說”  \n")
        assert step is not None
        assert newsroom.state(id).note == "red\n“說”"
        assert write_note(newsroom, id, "red\n“說”") is None
        assert write_note(newsroom, id, "") is not None
        assert newsroom.state(id).note == ""
