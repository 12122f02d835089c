"""The beginning of a long list is there at once, and the rest fits to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.ui.desk import open_desk, places_in
from tui_news.model import Article
from tui_news.newsroom import EDITION, Newsroom, View
from tui_news.newsroom.firstlist import FirstList


def articles(*names: str) -> list[Article]:
    return [Article(name, "s", headline=name) for name in names]


def test_the_whole_list_is_made_when_a_row_behind_the_head_is_asked_for() -> None:
    made = []

    def whole() -> list[Article]:
        made.append(1)
        return articles("new", "a", "b", "c")

    found = FirstList(articles("a", "b"), 3, whole)
    assert (len(found), found[1].id, found.id(0)) == (3, "b", "a")
    assert not made
    # An article that came meanwhile does not move the rows.
    assert [article.id for article in found] == ["a", "b", "c"]
    assert found.ids == ["a", "b", "c"]
    assert found[-1].id == "c"
    assert [article.id for article in found[1:]] == ["b", "c"]
    assert made == [1]


def test_a_start_shows_the_same_list_as_later(home: Path) -> None:
    with Newsroom.open(places_in(home)) as newsroom:
        newsroom.cache.flush()
        for view in (View(), View(newsroom.tree[0].path), View(unread=True)):
            first, later = newsroom.first_listing(view), newsroom.listing(view)
            assert len(first) == len(later) > EDITION or not isinstance(first, FirstList)
            assert [a.id for a in first] == [a.id for a in later]


async def test_a_start_makes_its_list_once(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    made: list[View] = []
    original = Newsroom.first_listing

    def counted(newsroom: Newsroom, view: View) -> object:
        made.append(view)
        return original(newsroom, view)

    monkeypatch.setattr(Newsroom, "first_listing", counted)
    async with open_desk(home) as desk:
        assert made == [desk.browser.view]


def test_a_screen_that_needs_few_rows_looks_at_few_and_has_the_same(home: Path) -> None:
    with Newsroom.open(places_in(home)) as newsroom:
        newsroom.cache.flush()
        for view in (View(), View(newsroom.tree[0].path)):
            few, later = newsroom.first_listing(view, 8, 8), newsroom.listing(view)
            assert len(few) == len(later)
            assert [few[at].id for at in range(8)] == [later[at].id for at in range(8)]
