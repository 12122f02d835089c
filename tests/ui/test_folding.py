"""Stories as one row of a list: how they look, opening them up, marks, the next unread one, the switch."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

import pytest

from tests.stories import CONFIG, id_of, plant
from tests.ui.desk import Desk, open_desk, places_in
from tui_news.newsroom import EDITION, View
from tui_news.newsroom.firstlist import FirstList
from tui_news.newsroom.folded import Folded
from tui_news.newsroom.frontmaking import build
from tui_news.newsroom.told import Story, read, told_of, write
from tui_news.text.width import cell_len

ARTICLES = (
    (0, 5, "Bridge shut after a crack is found"), (0, 90, "Ferry late"), (1, 7, "The bridge is shut"),
    (2, 60, "No way across the water"), (3, 3, "大桥关闭"), (4, 8, "A comet"),
    (5, 9, "The comet comes back"), (4, 2, "A moss that eats glass"),
)  # fmt: skip
BRIDGE = (id_of(2, 0), id_of(0, 0), id_of(1, 0))
"""The one of the Harbour Post stands for the story; the newest is the Elder Courier's."""
COMET = (id_of(5, 0), id_of(4, 0))
HEADS = [
    "A moss that eats glass", "大桥关闭", "No way across the water", "The comet comes back", "Ferry late",
]  # fmt: skip


@pytest.fixture
def home(tmp_path: Path, clock: datetime) -> Path:
    plant(tmp_path / "known", clock, ARTICLES, (BRIDGE, COMET))
    return tmp_path / "known"


def heads(desk: Desk) -> list[str]:
    return [article.headline for article in desk.browser.headlines.rows]


def line(desk: Desk, text: str) -> str:
    return desk.lines[desk.at(text)[1]]


def read_of(desk: Desk, ids: Sequence[str]) -> list[bool]:
    return [desk.newsroom.state(id).read for id in ids]


async def test_a_story_is_one_row_with_its_sources_in_their_column(home: Path) -> None:
    async with open_desk(home, (90, 24)) as desk:
        assert heads(desk) == HEADS
        assert "5 unread of 5 stories" in desk.lines[1]
        for density in ("one", "two", "cards"):
            assert desk.browser.headlines.density == density
            told = line(desk, "3 sources")
            if density == "cards":
                assert "3 sources: Harbour Post, Elder Courier, Tramway Bulletin" in told
            else:
                column = cell_len(line(desk, "北港晚报").split("北港晚报")[0])
                assert cell_len(told.split("3 sources")[0]) == column
                assert told.endswith("No way across the water")
                # The row stands where the newest of its reports does, and tells that one's time.
                assert "08:55" in told
            await desk.press("v")
        await desk.pilot.resize_terminal(60, 24)
        await desk.pilot.pause()
        assert desk.browser.headlines.density == "one"
        assert line(desk, "No way across").rstrip("│").endswith("3 sources")


async def test_a_row_opens_up_in_place_and_folds_again(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "j", "z")
        assert "3 reports" in desk.message
        assert heads(desk)[2:6] == [
            "No way across the water", "Bridge shut after a crack is found", "The bridge is shut",
            "The comet comes back",
        ]  # fmt: skip
        assert "├ Bridge shut" in line(desk, "Elder Courier ")
        assert "└ The bridge" in line(desk, "Tramway Bulle")
        assert "Harbour Post" in line(desk, "No way across")
        assert "5 unread of 5 stories" in desk.lines[1]
        # Open, each row is an article by itself.
        await desk.press("j", "m")
        assert read_of(desk, BRIDGE) == [False, True, False]
        assert desk.headline == "The bridge is shut"
        await desk.press("z")
        assert desk.headline == "No way across the water"
        assert heads(desk) == HEADS
        assert "3 sources •2" in desk.text
        await desk.press("j", "j", "z")
        assert desk.message == "Nobody else in this list tells this story"
        # What was open is open again after news came.
        await desk.press("k", "z")
        desk.browser.reload()
        assert len(heads(desk)) == 6
        await desk.press("tab", "shift+tab")
        assert heads(desk) == HEADS


async def test_marks_on_a_folded_row_are_for_the_story_and_one_undo_takes_them_back(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "j", "s")
        assert all(desk.newsroom.state(id).starred for id in BRIDGE)
        assert line(desk, "3 sources").startswith("▌★")
        assert desk.message == "Starred (3 articles) · u undoes it"
        await desk.press("u")
        assert not any(desk.newsroom.state(id).starred for id in BRIDGE)
        await desk.press("L")
        assert all(desk.newsroom.state(id).later for id in BRIDGE)
        await desk.press("L", "m")
        assert read_of(desk, BRIDGE) == [True] * 3
        assert "4 unread of 5 stories" in desk.lines[1]
        assert desk.headline == "The comet comes back"
        await desk.press("k", "m")
        assert read_of(desk, BRIDGE) == [False] * 3
        # One of them with a star is a story with a star, and it takes all off.
        desk.newsroom.mark([BRIDGE[2]], "starred", starred=True)
        desk.browser.headlines.update_all()
        await desk.pilot.pause()
        assert line(desk, "3 sources").startswith(" ★")
        await desk.press("k", "s")
        assert not any(desk.newsroom.state(id).starred for id in BRIDGE)
        await desk.press("A")
        assert "0 unread of 5 stories" in desk.lines[1]


async def test_a_star_on_a_story_is_one_row_among_the_starred(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "j", "s", "apostrophe")
        assert heads(desk) == ["No way across the water"]
        assert "1 story" in desk.lines[1]


async def test_the_best_report_opens_and_next_unread_comes_back_for_the_others(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "j", "enter")
        assert desk.opened == "No way across the water"
        assert "3 reports of this story · & compares them" in desk.message
        assert read_of(desk, BRIDGE) == [True, False, False]
        await desk.press("ampersand")
        assert "3 sources tell this story" in desk.text
        await desk.press("escape", "J")
        assert desk.opened == "The comet comes back"
        await desk.press("K")
        assert desk.opened == "No way across the water"
        await desk.press("n")
        assert desk.opened == "A comet"
        await desk.press("n", "n", "n")
        assert desk.opened == "大桥关闭"
        # All other stories were seen: now what is left of this one, the best first.
        await desk.press("n")
        assert desk.opened == "Bridge shut after a crack is found"
        await desk.press("n")
        assert desk.opened == "The bridge is shut"
        await desk.press("n")
        assert "Nothing unread here" in desk.message
        await desk.press("escape", "escape")
        assert "0 unread of 5 stories" in desk.lines[1]


async def test_space_reads_stories_to_their_end(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "j", "space")
        assert desk.opened == "No way across the water"
        await desk.press("escape", "space")
        assert desk.opened == "Bridge shut after a crack is found"


async def test_a_story_may_count_as_read_with_one_of_it(home: Path) -> None:
    places_in(home).config_file.write_text(CONFIG + '\n[ui]\nmark_read = "story"\n')
    async with open_desk(home) as desk:
        await desk.press("j", "j", "enter")
        assert read_of(desk, BRIDGE) == [True] * 3
        await desk.press("escape", "u")
        assert read_of(desk, BRIDGE) == [False] * 3


async def test_the_switch_is_kept_for_each_list(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("j", "j", "V")
        assert len(heads(desk)) == len(ARTICLES)
        assert desk.headline == "No way across the water"
        assert "8 unread of 8" in desk.lines[1]
        await desk.press("z")
        assert "V folds them" in desk.message
        await desk.press("tab")
        assert desk.browser.view.section == ("World",)
        assert heads(desk) == ["No way across the water", "Ferry late"]
    async with open_desk(home) as desk:
        desk.app.go(View())
        await desk.pilot.pause()
        assert len(heads(desk)) == len(ARTICLES)
        await desk.press("G", "V")
        assert heads(desk) == HEADS
        assert desk.headline == "Ferry late"
        # A single source has nothing to fold, unless it is wanted.
        desk.app.go(View(source=desk.newsroom.sources[4].id))
        await desk.pilot.pause()
        assert heads(desk) == ["A moss that eats glass", "A comet"]
        await desk.press("V")
        assert "no two articles tell of the same" in desk.message


async def test_a_search_shows_each_hit_in_its_story(home: Path) -> None:
    async with open_desk(home) as desk:
        await desk.press("f")
        await desk.type("bridge", "enter")
        # The report that stands for the story has no such word: the best of those that have does.
        assert heads(desk) == ["Bridge shut after a crack is found"]
        assert "2 sources" in desk.text
        assert "1 story" in desk.lines[1]
        await desk.press("z")
        assert heads(desk) == ["Bridge shut after a crack is found", "The bridge is shut"]
        await desk.press("escape")
        assert "5 unread of 5 stories" in desk.lines[1]


async def test_stories_that_are_found_meanwhile_fold_under_a_steady_cursor(
    home: Path, clock: datetime
) -> None:
    places = places_in(home)
    known = read(places)
    write(places, told_of([], 0.0))
    async with open_desk(home) as desk:
        assert len(heads(desk)) == len(ARTICLES)
        await desk.press("G", "k")
        assert desk.headline == "No way across the water"
        write(places, known)
        build(desk.newsroom, clock)
        write(places, known)
        desk.browser.look_at_front()
        await desk.pilot.pause()
        assert heads(desk) == HEADS
        assert desk.headline == "No way across the water"


async def test_the_mouse_and_a_narrow_list_take_folded_rows(home: Path) -> None:
    async with open_desk(home, (120, 30)) as desk:
        await desk.click("No way across", times=1)
        assert desk.headline == "No way across the water"
        await desk.press("z", "G")
        assert desk.headline == "Ferry late"
        await desk.press("g", "ctrl+d", "pageup")
        assert desk.browser.headlines.cursor == 0


async def test_a_long_list_is_folded_from_the_first_frame_on(tmp_path: Path, clock: datetime) -> None:
    """The first frame knows a hundred articles; the rest is the same list."""
    home = tmp_path / "long"
    count = 3 * EDITION
    articles = [(number % 6, number, f"Number {number}") for number in range(count)]
    ids = [id_of(number % 6, number // 6) for number in range(count)]
    # Each tenth article, the one three below it and one far below tell of the same.
    stories = [(ids[at + 3], ids[at], ids[at + 200]) for at in range(0, 90, 10)]
    stories.append((ids[255], ids[256]))
    plant(home, clock, articles, stories)
    async with open_desk(home) as desk:
        await desk.press("1")
    async with open_desk(home) as desk:
        rows = desk.browser.headlines.rows
        assert isinstance(rows, Folded)
        assert isinstance(rows.articles, FirstList)
        await desk.press("j", "j", "k")
        assert len(rows) == count - 2 * 9 - 1
        assert not rows.articles.made
        assert heads(desk)[0] == "Number 3"
        assert len(rows) == count - 2 * 9 - 1
        assert f"{len(rows)} unread of {len(rows)} stories" in desk.lines[1]
        await desk.press("G")
        assert desk.headline == f"Number {count - 1}"
        await desk.press("g", "z")
        assert heads(desk)[:4] == ["Number 3", "Number 0", "Number 200", "Number 1"]


async def test_articles_that_are_gone_shorten_the_list_when_it_is_looked_at(
    tmp_path: Path, clock: datetime
) -> None:
    home = tmp_path / "gone"
    count = 2 * EDITION
    articles = [(number % 6, number, f"Number {number}") for number in range(count)]
    ids = [id_of(number % 6, number // 6) for number in range(count)]
    places = plant(home, clock, articles, [(ids[at], ids[at + 7]) for at in range(0, 30, 10)])
    known = read(places)
    # The file still names articles of the view's sources that retention has dropped.
    gone = [Story.of((id_of(0, 9_000 + n), id_of(1, 9_000 + n)), known.sources[:2]) for n in range(9)]
    write(places, told_of([*known.stories, *gone], known.since - 1))
    async with open_desk(home) as desk:
        desk.app.go(View())
        await desk.pilot.pause()
        await desk.press("G", "k", "G", "v", "G")
        assert desk.headline == f"Number {count - 1}"
        assert len(desk.browser.headlines.rows) == count - 3


async def test_one_source_that_tells_a_thing_twice_is_folded_where_it_is_alone(
    tmp_path: Path, clock: datetime
) -> None:
    home = tmp_path / "twice"
    plant(home, clock, [(0, 1, "A flood"), (0, 9, "The flood rises"), (1, 5, "A fair")],
          [(id_of(0, 1), id_of(0, 0))])  # fmt: skip
    async with open_desk(home, (90, 24)) as desk:
        desk.app.go(View())
        await desk.pilot.pause()
        assert heads(desk) == ["A flood", "A fair", "The flood rises"]
        desk.app.go(View(source=desk.newsroom.sources[0].id))
        await desk.press("V")
        assert heads(desk) == ["The flood rises"]
        assert "Elder Cour… ×2" in desk.text
        assert "1 unread of 1 story" in desk.lines[1]
