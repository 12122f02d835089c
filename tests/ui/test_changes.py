"""Articles that changed since they were read, and withdrawn ones, on the screen."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.ui.desk import Desk, copy_home, feeds_of, open_desk, refresh, write_sources
from tui_news.newsroom import View
from tui_news.text.width import cell_len

WORLD, YAOWEN = "/feeds/world.rss", "/feeds/zh/yaowen.rss"


@pytest.fixture(scope="module")
def _asked(_room: Loopback, clock: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home with an English and a Chinese feed, which have been asked."""
    _room.reset()
    home = write_sources(tmp_path_factory.mktemp("asked") / "home", feeds_of(_room, WORLD, YAOWEN))
    refresh(home)
    return home


@pytest.fixture
def own(_asked: Path, room: Loopback, tmp_path: Path) -> Path:
    """A copy of it."""
    return copy_home(_asked, tmp_path / "own")


def revise(room: Loopback, path: str, index: int, sentence: str) -> str:
    """Give a story another headline and its second paragraph a sentence more; the old headline."""
    old = room.stories(path)[index]
    blocks = list(old.blocks)
    blocks[1] = (blocks[1][0], blocks[1][1] + sentence)
    room.revise(path, index, f"2 {old.headline}", blocks)
    return old.headline


def marks(desk: Desk, sign: str) -> list[int]:
    """The cells in which a sign stands."""
    return [cell_len(line[: line.index(sign)]) for line in desk.lines if sign in line]


async def again(desk: Desk) -> None:
    """Ask the sources for news."""
    await desk.newsroom.refresh()
    desk.browser.reload()
    await desk.pilot.pause()


async def read_all(desk: Desk) -> None:
    desk.browser.go(View())
    await desk.press("A")


@pytest.mark.parametrize(("path", "sentence"), [(WORLD, " It was wrong."), (YAOWEN, "数字有误。")])
async def test_what_changed_is_marked_shown_and_seen(
    own: Path, room: Loopback, path: str, sentence: str
) -> None:
    async with open_desk(own, (100, 30)) as desk:
        desk.app.theme = "mono"
        await read_all(desk)
        old = revise(room, path, 0, sentence)
        room.withdraw(WORLD, 5)
        await again(desk)
        await desk.until(lambda: "∆" in desk.text, "the mark of a change")
        assert len(marks(desk, "∆")) == 1
        await desk.press("slash")
        await desk.type("is:changed", "enter")
        assert len(desk.rows) == 1
        assert desk.newsroom.state(desk.ids[0]).read
        await desk.press("enter")
        assert "Changed since you read it" in desk.text
        assert "headline, 1 paragraph" in " ".join(desk.text.split())
        assert "B shows what" in " ".join(desk.text.split())
        await desk.press("B")
        assert desk.message == "What changed · B goes back to the article"
        said = "".join(desk.text.split())
        assert "{+" + "".join(sentence.split()) + "+}" in said
        assert "{+2" in said
        assert "as before" in desk.text
        await desk.press("escape")
        assert "{+" not in desk.text
        assert desk.browser.reading
        await desk.press("h", "h")
        await desk.until(lambda: "∆" not in desk.text, "the mark to go")
        # What was stays to be looked at.
        desk.browser.open_article(desk.newsroom.listing(View(query=f'"{old[:6]}"'))[0].id)
        await desk.press("B")
        assert "Former headlines" in desk.text or "{+" in desk.text


async def test_marks_stand_one_under_the_other_in_every_density(own: Path, room: Loopback) -> None:
    async with open_desk(own, (80, 24)) as desk:
        await read_all(desk)
        for index in (0, 1):
            revise(room, WORLD, index, " Once more.")
        revise(room, YAOWEN, 0, "更正。")
        await again(desk)
        await desk.pilot.pause()
        for density in ("one", "two"):
            desk.browser.headlines.density = density  # type: ignore[assignment]
            await desk.pilot.pause()
            assert marks(desk, "∆") == [79] * 3
        desk.browser.headlines.density = "cards"
        await desk.pilot.pause()
        assert set(marks(desk, "∆")) == {3}
        assert "∆ changed since read ·" in desk.text


async def test_with_colours_looks_tell_what_went_and_what_came(own: Path, room: Loopback) -> None:
    async with open_desk(own, (100, 30)) as desk:
        await read_all(desk)
        revise(room, WORLD, 0, " It was wrong.")
        await again(desk)
        desk.browser.go(View(query="is:changed"))
        await desk.press("enter", "B")
        assert "{+" not in desk.text
        looks = {
            segment.text.strip(): segment.style
            for strip in desk.app.screen._compositor.render_strips()
            for segment in strip
            if segment.text.strip() and segment.style
        }
        assert looks["It was wrong."].underline
        assert not looks["blue, which divides opinion."].underline


async def test_withdrawn_articles_are_said_so_and_can_be_read(own: Path, room: Loopback) -> None:
    async with open_desk(own, (100, 30)) as desk:
        room.withdraw(WORLD, 2)
        await again(desk)
        desk.browser.go(View(query="is:unlisted"))
        await desk.pilot.pause()
        assert len(marks(desk, "⊘")) == 1
        await desk.press("enter")
        assert "No longer in its feed" in desk.text
        await desk.press("F")
        await desk.until(lambda: "Withdrawn: its page is gone" in desk.text, "the page's answer")
        assert desk.newsroom.article(desk.opened and desk.browser.viewer.article.id).blocks  # type: ignore
        await desk.press("h")
        await desk.until(lambda: "✗" in desk.text, "the sign of it")


async def test_without_a_change_the_key_says_so(own: Path) -> None:
    async with open_desk(own, (100, 30)) as desk:
        desk.browser.go(View())
        await desk.press("enter", "B")
        assert desk.message == "It has not changed since you read it"
        await desk.press("h")
        assert not desk.browser.reading


async def test_the_place_in_the_article_is_kept_and_not_that_in_the_comparison(
    own: Path, room: Loopback
) -> None:
    async with open_desk(own, (80, 12)) as desk:
        await read_all(desk)
        revise(room, WORLD, 0, " Corrected.")
        await again(desk)
        desk.browser.go(View(query="is:changed"))
        await desk.press("enter", "space", "space")
        place = desk.browser.viewer.position
        assert place > 0
        await desk.press("B", "G", "B")
        assert desk.browser.viewer.position == place
        id = desk.browser.viewer.article.id  # type: ignore[union-attr]
        await desk.press("B", "G")
        desk.browser.go(View())
        assert desk.newsroom.state(id).position == place
