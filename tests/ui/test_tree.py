"""The tree arranges the newspaper from the keyboard, and sites are switched."""

from __future__ import annotations

from pathlib import Path

from textual.widgets import OptionList

from tests.ui.desk import open_desk, places_in
from tui_news.ui.screens.tree import TreeScreen


async def test_reorder_rename_move_and_undo(home: Path) -> None:
    before = places_in(home).sources_file.read_text()
    async with open_desk(home) as desk:
        await desk.press("t", "j", "J")
        assert [node.title for node in desk.newsroom.tree][:2] == ["Science", "World"]
        await desk.press("n")
        await desk.type("Abroad", "enter")
        assert "World is Abroad now" in desk.text
        # The cursor stayed at the section that was renamed.
        await desk.press("m", "slash")
        await desk.type("cult", "enter", "enter")
        await desk.pilot.pause()
        assert desk.newsroom.node(("Culture", "Abroad")) is not None
        assert "Abroad stands in Culture now" in desk.text
        await desk.press("a")
        await desk.type("Asides", "enter")
        assert desk.newsroom.node(("Culture", "Abroad", "Asides")) is not None
        for _ in range(4):
            await desk.press("u")
        assert "Undone: moved section World" in desk.text
        await desk.press("u")
        assert "no change of the sources is left to undo" in desk.text
        await desk.press("escape")
        assert desk.newsroom.tree[0].title == "World"
    assert places_in(home).sources_file.read_text() == before


async def test_removing_asks_once_and_the_articles_come_back(home: Path) -> None:
    async with open_desk(home) as desk:
        articles = desk.newsroom.counts(desk.browser.view).total
        await desk.press("t", "j", "D")
        assert "Remove “World” with" in desk.text
        await desk.press("j", "k", "D")
        assert desk.newsroom.node(("World",)) is not None
        await desk.press("D")
        assert desk.newsroom.node(("World",)) is None
        assert desk.newsroom.counts(desk.browser.view).total < articles
        await desk.press("u", "q")
        assert desk.newsroom.node(("World",)) is not None
        assert desk.newsroom.counts(desk.browser.view).total == articles


async def test_a_site_of_ones_own(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("S")
        assert "All sources are one site" in desk.message
        await desk.press("t", "j", "S")
        await desk.type("Elder Press", "enter")
        assert "World is in site Elder Press" in desk.text
        await desk.press("escape", "S")
        assert desk.newsroom.site == ""
        assert "Site: main" in desk.message
        assert desk.lines[0].startswith(" all of them · main 530 · Elder Press 96")
        await desk.press("S")
        assert desk.lines[1].startswith(" Elder Press  All  World")
        assert {desk.newsroom.source(id).site for id in desk.newsroom.source_ids(desk.browser.view)} == {
            "Elder Press"
        }
        # The next start is at the same site.
    async with open_desk(home) as desk:
        assert desk.lines[1].startswith(" Elder Press  All  World")
        await desk.press("S")
        assert desk.newsroom.site is None
        assert desk.lines[1].startswith(" tui-news  All")
        await desk.click("Elder Press")
        assert desk.newsroom.site == "Elder Press"
        await desk.pilot.resize_terminal(60, 10)
        await desk.pilot.pause()
        assert desk.lines[0].startswith(" Elder Press  All")


async def test_the_sheet_takes_the_readers_own_keys(home: Path) -> None:
    from tests.ui.desk import CONFIG

    places_in(home).config_file.write_text(f'{CONFIG}\n[keys]\ndown = ["w"]\nrename = ["z"]\n')
    async with open_desk(home) as desk:
        await desk.press("t", "w", "w")
        assert isinstance(desk.app.screen, TreeScreen)
        assert "z rename" in desk.text
        await desk.press("z")
        await desk.type("Other", "enter")
        assert "Other" in [child.title for node in desk.newsroom.tree for child in (node, *node.children)]


async def test_what_was_chosen_is_gone_to_though_the_list_has_been_narrowed_since(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("t")
        tree = desk.app.screen
        assert isinstance(tree, TreeScreen)
        options = tree.query_one(OptionList)
        chosen = tree._shown[-1].view
        options.highlighted = len(tree._shown) - 1
        options.action_select()
        tree.narrow("zzz")  # before the choice has come: keys of one packet
        await desk.pilot.pause()
        assert desk.app.is_running
        assert desk.browser.view == chosen
