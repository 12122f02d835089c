"""The front page on screen: from the keyboard, at every size, and after the page was made anew."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.ui.desk import Desk, copy_home, open_desk, places_in
from tui_news.newsroom import Newsroom, View
from tui_news.newsroom.frontmaking import build
from tui_news.newsroom.phrases import choices
from tui_news.newsroom.views import FRONT


@pytest.fixture(scope="module")
def _fronted(_printed: Path, clock: datetime, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose front page was worked out: once, for it takes longer than all that is done with it."""
    home = copy_home(_printed, tmp_path_factory.mktemp("fronted") / "home")
    with Newsroom.open(places_in(home)) as newsroom:
        build(newsroom, clock)
    return home


@pytest.fixture
def printed(_fronted: Path, room: Loopback, tmp_path: Path) -> Path:
    """The same, for one test alone."""
    return copy_home(_fronted, tmp_path / "home")


def lead(desk: Desk) -> str:
    spot = desk.browser.front.spots[0]
    assert spot.item is not None
    return spot.item.headline


async def test_the_front_page_opens_first_and_its_lead_is_read_in_place(printed: Path) -> None:
    async with open_desk(printed) as desk:
        assert desk.browser.at_front
        assert "Front" in desk.lines[0]
        assert desk.browser.front.current == desk.browser.front.spots[0]
        await desk.press("enter")
        assert desk.opened == lead(desk)
        assert desk.browser.reading
        await desk.press("escape")
        assert not desk.browser.reading
        assert desk.newsroom.state(desk.browser.headlines.articles[0].id).read
        await desk.press("j", "enter")
        assert desk.opened != lead(desk)
        await desk.press("J", "h")
        assert desk.browser.front.display


async def test_columns_blocks_and_sections_are_reached_by_keys(printed: Path) -> None:
    async with open_desk(printed, (160, 50)) as desk:
        front = desk.browser.front
        await desk.press("l")
        assert front.current is not None
        assert front.current.column == 1
        await desk.press("h")
        assert front.cursor == 0
        seen = {front.spots[0].block}
        for _ in range(40):
            await desk.press("tab")
            if not desk.browser.at_front:
                break
            assert front.current is not None
            seen.add(front.current.block)
        assert seen == {spot.block for spot in front.spots}
        assert desk.browser.view == View()
        await desk.press("0")
        assert desk.browser.at_front
        await desk.press("G", "g", "ctrl+d")
        # What leads depends on the newsroom's port: half a page down may be a topic, which opens a list.
        while front.current is not None and front.current.item is None:
            await desk.press("j")
        await desk.press("space")
        assert desk.browser.reading
        await desk.press("escape", "2")
        assert desk.browser.view.section == ("World",)


async def test_every_story_of_the_page_can_be_walked_to(printed: Path) -> None:
    async with open_desk(printed, (120, 40)) as desk:
        front = desk.browser.front
        for index in range(len(front.spots)):
            front.go(index)
            spot = front.current
            assert spot is not None
            assert front.scroll_offset.y <= spot.y < front.scroll_offset.y + front.size.height
        await desk.pilot.resize_terminal(60, 20)
        await desk.pilot.pause()
        assert front.current is not None


async def test_why_here_and_topics(printed: Path) -> None:
    async with open_desk(printed) as desk:
        await desk.press("W")
        assert "Why here?" in desk.text
        assert "together" in desk.text
        assert "The most points of all stories" in desk.text
        await desk.press("escape")
        front, page = desk.browser.front, desk.newsroom.front
        assert page is not None
        said = {"strip": "of its section", "discussed": "Among the most discussed", "topics": "usual",
                "tags": "newer articles"}  # fmt: skip
        for index, spot in enumerate(front.spots):
            if what := said.pop(page.blocks[spot.block].kind, ""):
                front.go(index)
                await desk.press("W")
                assert what in desk.text
                await desk.press("escape")
        assert "topics" not in said
        await desk.press("T")
        assert "Hot topics and tags" in desk.text
        await desk.press("enter")
        assert desk.browser.view.query
        assert desk.rows


async def test_a_topic_is_followed_and_muted(printed: Path, clock: datetime) -> None:
    async with open_desk(printed) as desk:
        await desk.press("T", "M")
        (followed,) = choices(desk.newsroom, "followed")
        assert desk.newsroom.node((followed,)) is not None
        await desk.press("0")
    with Newsroom.open(places_in(printed)) as newsroom:
        front = build(newsroom, clock)
        assert any(block.kind == "followed" and block.title == followed for block in front.blocks)
    async with open_desk(printed) as desk:
        await desk.press("T", "j", "j", "m")
        (muted,) = choices(desk.newsroom, "muted")
    with Newsroom.open(places_in(printed)) as newsroom:
        front = build(newsroom, clock)
        assert muted not in [phrase.text for block in front.blocks for phrase in block.phrases]


async def test_a_storys_reports_are_compared(printed: Path) -> None:
    async with open_desk(printed, (120, 40)) as desk:
        front = desk.browser.front
        index = next(i for i, spot in enumerate(front.spots) if spot.item and spot.item.sources > 1)
        front.go(index)
        await desk.pilot.pause()
        await desk.press("ampersand")
        assert "sources tell this story" in desk.text
        assert "One story by what they share" in desk.text
        item = front.spots[index].item
        assert item is not None
        await desk.press("j", "v", "d", "tab", "A", "enter")
        assert desk.browser.reading
        assert all(desk.newsroom.state(id).read for id in item.story)


async def test_catching_up_with_space_alone(printed: Path) -> None:
    async with open_desk(printed) as desk:
        await desk.press("E")
        assert "new since" in desk.text
        await desk.press("5")
        assert "1/" in desk.text
        for _ in range(80):
            if "You are up to date" in desk.text:
                break
            await desk.press("space")
        assert "You are up to date" in desk.text
        await desk.press("space")
        assert desk.browser.front.display


async def test_a_page_made_meanwhile_is_shown(printed: Path, clock: datetime) -> None:
    async with open_desk(printed) as desk:
        before = desk.newsroom.front
        with Newsroom.open(places_in(printed)) as other:
            build(other, clock.replace(microsecond=1))
        desk.browser.look_at_front()
        assert desk.newsroom.front != before
        assert desk.browser.front.current is not None


async def test_a_damaged_page_is_none(printed: Path) -> None:
    path = places_in(printed).cache / "front.json"
    path.write_bytes(path.read_bytes()[:-100])
    async with open_desk(printed) as desk:
        assert not desk.browser.at_front
        assert desk.rows
        assert View(FRONT) != desk.browser.view
        await desk.press("0")
        assert "being worked out" in desk.message


async def test_the_next_site_is_gone_to_on_its_own_front_page(printed: Path, clock: datetime) -> None:
    places = places_in(printed)
    text = places.sources_file.read_text("utf-8")
    places.sources_file.write_text(text.replace("section =", 'site = "Night"\nsection =', 1), "utf-8")
    with Newsroom.open(places) as newsroom:
        build(newsroom, clock)
        ours = {source.id for source in newsroom.sources if source.site == "Night"}
    async with open_desk(printed) as desk:
        assert desk.browser.at_front
        await desk.press("S", "S")
        assert desk.newsroom.site == "Night"
        assert desk.browser.at_front
        shown = {spot.item.origin for spot in desk.browser.front.spots if spot.item}
        assert shown == ours
        await desk.press("S")
        assert desk.browser.at_front
        assert len({spot.item.origin for spot in desk.browser.front.spots if spot.item}) > 1
