"""Stories as one row: what lists show of them, against a plain model, and how they are kept."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.stories import NAMES, id_of, plant
from tui_news.model import Article
from tui_news.newsroom import Newsroom, View
from tui_news.newsroom.firstlist import FirstList
from tui_news.newsroom.folded import Folded
from tui_news.newsroom.folding import choose, fold, folds
from tui_news.newsroom.frontmaking import build
from tui_news.newsroom.telling import tell
from tui_news.newsroom.told import NONE, Story, read, stories_of, story_of, told_of, write

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
SOURCES = ("a", "b", "c")


def article(number: int) -> Article:
    when = NOW - timedelta(minutes=number)
    return Article(f"{number:012x}", SOURCES[number % 3], headline=f"Number {number}", published=when)


def told(groups: Sequence[Sequence[int]], since: int = 10_000) -> object:
    return told_of(
        [Story.of([article(n).id for n in group], [article(n).source for n in group]) for group in groups],
        (NOW - timedelta(minutes=since)).timestamp(),
    )


def folded(
    articles: Sequence[Article], groups: Sequence[Sequence[int]], read: set[str] | None = None
) -> Folded:
    by_id = {one.id: one for one in map(article, range(60))}
    return Folded(
        articles, told(groups), sources=set(SOURCES),  # type: ignore[arg-type]
        unread=lambda groups: [sum(id not in (read or ()) for id in group) for group in groups],
        find=lambda id, source: by_id.get(id),
    )  # fmt: skip


def model(numbers: Sequence[int], groups: Sequence[Sequence[int]], opened: set[int]) -> list[tuple[int, int]]:
    """The rows as number and depth: what a list of so many articles should show."""
    rows: list[tuple[int, int]] = []
    done: set[int] = set()
    for number in numbers:
        if number in done:
            continue
        group = next((group for group in groups if number in group), (number,))
        own = [one for one in numbers if one in group]
        if len({one % 3 for one in own}) < 2:
            # One source alone is no story among others.
            group = own = [number]
        done.update(own)
        face = next(one for one in group if one in own)
        rows.append((face, 0))
        if face in opened and len(own) > 1:
            rows += [(one, 1) for one in own if one != face]
    return rows


def shown(rows: Folded) -> list[tuple[int, int]]:
    assert [rows.id(row) for row in range(len(rows))] == [one.id for one in rows]
    return [(int(rows.id(row), 16), int(rows.above(row) is not None)) for row in range(len(rows))]


@st.composite
def grouped(draw: st.DrawFn) -> tuple[list[int], list[list[int]]]:
    """Numbers of articles in a list's order, and stories among all there are."""
    numbers = draw(st.permutations(range(24)))[: draw(st.integers(0, 24))]
    if draw(st.booleans()):
        numbers = sorted(numbers)
    rest = list(draw(st.permutations(range(24))))
    groups: list[list[int]] = []
    while len(rest) > 1 and len(groups) < 6:
        size = draw(st.integers(2, 5))
        groups.append(rest[:size])
        rest = rest[size:]
    return list(numbers), [group for group in groups if len(group) > 1]


@given(grouped(), st.lists(st.integers(0, 30), max_size=8))
@settings(max_examples=150, deadline=None)
def test_rows_are_those_of_the_model_whatever_is_opened(
    drawn: tuple[list[int], list[list[int]]], presses: list[int]
) -> None:
    numbers, groups = drawn
    rows = folded([article(number) for number in numbers], groups)
    opened: set[int] = set()
    assert shown(rows) == model(numbers, groups, opened)
    for press in presses:
        if press >= len(rows):
            continue
        pile = rows.pile(press) or rows.above(press)
        at = rows.toggle(press)
        if pile is None:
            assert at is None
            continue
        opened ^= {int(pile.ids[0], 16)}
        assert at is not None
        assert rows.id(at) == pile.ids[0]
        assert shown(rows) == model(numbers, groups, opened)
        assert rows.stories == len(model(numbers, groups, set()))
    for number in numbers:
        row = rows.row_of(article(number).id)
        assert row is not None
        assert article(number).id in rows.ids_at(row) or rows.pile(row)
    alone = {"a"}
    own = [number for number in numbers if number % 3 == 0]
    single = Folded(
        [article(number) for number in own], told(groups), sources=alone,  # type: ignore[arg-type]
        unread=lambda groups: [0 for _ in groups], find=lambda id, source: None,
    )  # fmt: skip
    stories = [[one for one in own if one in group] for group in groups]
    assert len(single) == len(own) - sum(max(0, len(story) - 1) for story in stories)
    assert rows.row_of("ffffffffffff") is None


@given(grouped(), st.integers(1, 10))
@settings(max_examples=80, deadline=None)
def test_the_beginning_of_a_list_folds_as_the_whole_does(
    drawn: tuple[list[int], list[list[int]]], head: int
) -> None:
    numbers, groups = drawn
    numbers = sorted(numbers)
    # Stories of what the list holds: at a start nobody looks which articles are gone.
    groups = [own for group in groups if len(own := [n for n in group if n in numbers]) > 1]
    everything = [article(number) for number in numbers]
    if len(numbers) <= head:
        return
    whole = folded(everything, groups)
    first = folded(FirstList(everything[:head], len(numbers), lambda: everything), groups)
    assert len(first) == len(whole)
    assert (first.stories, first.spare) == (whole.stories, whole.spare)
    known = len({whole.row_of(article(number).id) for number in numbers[:head]})
    assert [first.id(row) for row in range(known)] == [whole.id(row) for row in range(known)]
    assert [first[row] for row in range(known)] == [whole[row] for row in range(known)]
    assert not first.articles.made  # type: ignore[attr-defined]
    assert shown(first) == shown(whole)


def test_counts_are_of_stories_and_follow_marks() -> None:
    read: set[str] = set()
    rows = folded([article(number) for number in range(6)], [[4, 0, 2]], read)
    assert (len(rows), rows.stories, rows.spare) == (4, 4, 2)
    read |= {article(4).id, article(0).id}
    assert rows.spare == 2
    rows.touch(article(4).id)
    assert rows.spare == 0
    assert rows.toggle(0) == 0
    assert (len(rows), rows.stories) == (6, 4)
    assert rows.latest(0) == article(4).when
    rows.toggle(2)
    assert rows.latest(0) == article(0).when


def test_stories_are_kept_and_a_damaged_file_has_none(tmp_path: Path) -> None:
    places = plant(tmp_path / "home", NOW, [(0, 5, "One"), (1, 6, "Uno")], [[id_of(0, 0), id_of(1, 0)]])
    kept = read(places)
    assert kept.stories[0].ids == (id_of(0, 0), id_of(1, 0))
    assert kept.since == (NOW - timedelta(minutes=6)).timestamp()
    path = places.cache / "told"
    whole = path.read_bytes()
    for damaged in (whole[:-1], b"", whole.replace(b"0", b"1"), b"\xff" * 40):
        path.write_bytes(damaged)
        assert read(places) == NONE
    write(places, NONE)
    assert read(places).stories == ()
    path.unlink()
    assert read(places) == NONE


@pytest.fixture
def home(tmp_path: Path) -> Path:
    plant(
        tmp_path / "home", NOW,
        [(0, 5, "Bridge shut"), (0, 90, "Ferry late"), (1, 7, "The bridge is shut"), (2, 60, "No way across"),
         (3, 3, "大桥关闭"), (4, 8, "A comet"), (5, 9, "The comet"), (4, 2, "A moss")],
        [[id_of(2, 0), id_of(0, 0), id_of(1, 0)], [id_of(5, 0), id_of(4, 0)]],
    )  # fmt: skip
    return tmp_path / "home"


def opened(home: Path) -> Newsroom:
    from tui_news.paths import Places

    return Newsroom.open(Places(home / "config", home / "cache", home / "data"))


def heads(rows: Sequence[Article]) -> list[str]:
    return [one.headline for one in rows]


def test_lists_of_several_sources_fold_and_the_reader_has_the_last_word(home: Path) -> None:
    with opened(home) as newsroom:
        everything = fold(newsroom, View(), newsroom.listing(View()))
        assert heads(everything) == ["A moss", "大桥关闭", "No way across", "The comet", "Ferry late"]
        europe = View(("World", "Europe"))
        assert not folds(newsroom, europe)
        source = View(source=newsroom.sources[0].id)
        assert heads(fold(newsroom, source, newsroom.listing(source))) == ["Bridge shut", "Ferry late"]
        # What was searched for stands for its story: the others were no hits.
        hits = View(query="bridge")
        found = fold(newsroom, hits, newsroom.listing(hits))
        assert heads(found) == ["Bridge shut"]
        assert isinstance(found, Folded)
        assert found.ids_at(0) == (id_of(0, 0), id_of(1, 0))
        assert not isinstance(fold(newsroom, View(query="comet -the"), []), Folded)
        choose(newsroom, View(), False)
        assert not folds(newsroom, View())
        assert folds(newsroom, hits)
        assert not folds(newsroom, View(unread=True))
        assert len(fold(newsroom, View(), newsroom.listing(View()))) == 8
    with opened(home) as newsroom:
        assert not folds(newsroom, View())
        assert story_of(newsroom, id_of(1, 0)) == (id_of(2, 0), id_of(0, 0), id_of(1, 0))
        assert story_of(newsroom, id_of(3, 0)) == (id_of(3, 0),)
        assert len(stories_of(newsroom)) == 5


def test_what_rules_hide_is_in_no_row(home: Path) -> None:
    with opened(home) as newsroom:
        newsroom.mark([id_of(2, 0)], "hidden", hidden=True)
        rows = fold(newsroom, View(), newsroom.listing(View()))
        assert "Bridge shut" in heads(rows)
        assert isinstance(rows, Folded)
        assert all(id_of(2, 0) not in pile.ids for pile in rows.piles)


def test_a_story_stays_folded_when_it_is_too_old_to_be_compared(home: Path) -> None:
    with opened(home) as newsroom:
        comet, bridge = id_of(4, 0), id_of(0, 0)
        fresh = replace(newsroom.cache.article(id_of(3, 0)) or article(0))
        # The comet and one report of the bridge have left the days in which articles are compared.
        folded = {bridge, id_of(1, 0), fresh.id}
        after = tell(newsroom, [(bridge, id_of(1, 0))], folded, {fresh.id: fresh})
        assert {frozenset(story.ids) for story in after.stories} == {
            frozenset((bridge, id_of(1, 0), id_of(2, 0))), frozenset((comet, id_of(5, 0)))
        }  # fmt: skip
        # Every report has a deck: the newest stands for the story.
        assert after.stories[0].ids[0] == bridge
        assert after.since == newsroom.told.since


def test_the_worker_leaves_the_stories_before_the_page(home: Path) -> None:
    with opened(home) as newsroom:
        (newsroom.places.cache / "told").unlink()
        assert newsroom.told == NONE
        build(newsroom, NOW)
        page, stories = (newsroom.places.cache / name for name in ("front.json", "told"))
        assert stories.stat().st_mtime_ns <= page.stat().st_mtime_ns
        items = (
            {item.id: item.story for item in newsroom.front.items() if item.story} if newsroom.front else {}
        )
        for face, ids in items.items():
            assert newsroom.told.of(face) is not None
            assert set(story_of(newsroom, face)) == set(ids)
            assert story_of(newsroom, face)[0] == face
        assert len(NAMES) == 6
