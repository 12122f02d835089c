"""The table of actions: rebinding, presets, and the page that is made from it."""

from __future__ import annotations

import runpy
from itertools import combinations
from pathlib import Path

import pytest

from tui_news.keys import ACTIONS, meet, named, resolve, shown

ROOT = Path(__file__).parent.parent.parent


@pytest.mark.parametrize("preset", ["default", "newsboat"])
def test_no_key_has_two_meanings(preset: str) -> None:
    keys, problems = resolve(preset, {})
    assert problems == []
    for one, other in combinations(ACTIONS, 2):
        if meet(one, other):
            both = set(keys[one.id].split(",")) & set(keys[other.id].split(",")) - {""}
            assert not both, (one.id, other.id)


def test_a_key_of_the_sheets_is_free_in_the_browser() -> None:
    keys, _ = resolve("default", {"star": ["x"], "rename": ["j"]})
    assert keys["pause"] == "x"
    assert keys["stop"] == ""
    assert keys["down"] == "down"


def test_a_key_given_to_one_action_is_taken_from_the_other() -> None:
    keys, problems = resolve("default", {"browser": ["s"]})
    assert keys["browser"] == "s"
    assert "s" not in keys["star"].split(",")
    assert problems == []


def test_an_unknown_action_is_named_with_the_next_step() -> None:
    _, problems = resolve("default", {"brwser": ["s"]})
    assert problems == ["config.toml: keys.brwser is no action; `?` in the app lists them"]


@pytest.mark.parametrize(
    ("written", "name"),
    [("?", "question_mark"), ("Ctrl-d", "ctrl+d"), ("^d", "ctrl+d"), ("G", "G"), ("Space", "space")],
)
def test_keys_as_readers_write_them(written: str, name: str) -> None:
    assert named(written) == name


def test_what_is_shown_can_be_written() -> None:
    for action in ACTIONS:
        for key in action.keys.split(","):
            assert named(shown(key)) == key


def test_the_page_of_keys_is_up_to_date() -> None:
    page = runpy.run_path(str(ROOT / "scripts" / "make_keys.py"))["keys_page"]()
    assert (ROOT / "docs" / "keys.md").read_text("utf-8") == page, "run scripts/make_keys.py"


def test_every_action_is_bound_and_does_something() -> None:
    from tui_news.ui.app import NewsApp
    from tui_news.ui.front.page import FrontPage
    from tui_news.ui.screens.browser import Browser
    from tui_news.ui.screens.catalog import CatalogScreen
    from tui_news.ui.screens.sources import SourcesScreen
    from tui_news.ui.screens.thread import ThreadScreen
    from tui_news.ui.screens.tree import TreeScreen
    from tui_news.ui.screens.writing import WritingSheet
    from tui_news.ui.widgets.article_view import ArticleView
    from tui_news.ui.widgets.headline_list import HeadlineList
    from tui_news.ui.widgets.search_prompt import SearchPrompt
    from tui_news.ui.widgets.thread_view import ThreadView

    homes = (
        FrontPage,
        HeadlineList,
        ArticleView,
        Browser,
        NewsApp,
        TreeScreen,
        SourcesScreen,
        CatalogScreen,
        ThreadView,
        ThreadScreen,
        WritingSheet,
        SearchPrompt,
    )
    bound = {
        binding.id: home
        for home in homes
        for parent in home.__mro__
        for binding in getattr(parent, "BINDINGS", ())
        if getattr(binding, "id", None)
    }
    for action in ACTIONS:
        assert action.id in bound, action.id
        assert any(hasattr(home, f"action_{action.id}") for home in homes), action.id
