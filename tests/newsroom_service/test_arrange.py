"""Arranging sections and sources: what `sources.toml` says then, and that all of it can be taken back."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.newsroom import Newsroom as Loopback
from tests.newsroom_service.conftest import BRIEFS, WORLD, Opener
from tui_news.newsroom import Newsroom, View, arrange
from tui_news.newsroom.follow import FollowError
from tui_news.paths import Places

FILE = """# The paper that I read.

[[section]]
path = "World"      # first things first

[[source]]
url = "https://a.example/feed"
id = "a"
title = "Able"
section = "World/Asia"

# A comment of Baker's.
[[source]]
url = "https://b.example/feed"
id = "b"
title = "Baker"
section = "World/Asia"

[[source]]
url = "https://c.example/feed"
id = "c"
title = "Charlie"
section = "Leisure"
"""


@pytest.fixture
def mine(places: Places) -> Newsroom:
    places.config.mkdir(parents=True, exist_ok=True)
    places.sources_file.write_text(FILE)
    return Newsroom.open(places)


def source(newsroom: Newsroom, id: str):  # type: ignore[no-untyped-def]
    found = newsroom.source(id)
    assert found is not None
    return found


def sections(newsroom: Newsroom) -> list[str]:
    return ["/".join(path) for path in newsroom.subscriptions.sections]


def test_each_change_is_written_with_comments_kept_and_taken_back(mine: Newsroom, places: Places) -> None:
    arrange.rename_source(mine, source(mine, "a"), "Abel")
    assert mine.source_name("a") == "Abel"
    arrange.move_source(mine, source(mine, "a"), ("Leisure", "New place"))
    assert mine.source_ids(View(("Leisure",))) == ["c", "a"]
    arrange.shift_section(mine, ("Leisure",), -1)
    assert sections(mine)[0] == "Leisure"
    arrange.rename_section(mine, ("World",), "Abroad")
    arrange.rename_section(mine, ("Abroad", "Asia"), ("Leisure", "Asia"))
    assert source(mine, "b").section == ("Leisure", "Asia")
    arrange.new_section(mine, ("Empty",))
    text = places.sources_file.read_text()
    assert "# A comment of Baker's." in text
    assert "# first things first" in text
    arrange.remove_section(mine, ("Leisure",))
    assert [own.id for own in mine.subscriptions.sources] == []
    done = [arrange.take_back(mine) for _ in range(7)]
    assert done[0] == "removed section Leisure"
    assert done[-1] == "changed Able"
    assert places.sources_file.read_text() == FILE
    with pytest.raises(FollowError, match="no change of the sources is left to undo"):
        arrange.take_back(mine)


def test_undo_outlives_a_restart_but_not_an_edit_by_hand(mine: Newsroom, places: Places) -> None:
    arrange.shift_source(mine, source(mine, "b"), -1)
    arrange.rename_source(mine, source(mine, "c"), "Carol")
    mine.close()
    with Newsroom.open(places) as again:
        assert arrange.take_back(again) == "changed Charlie"
        changed = places.sources_file.read_text() + "# mine\n"
        places.sources_file.write_text(changed)
        with pytest.raises(FollowError, match=r"was changed since “moved Baker”"):
            arrange.take_back(again)
        assert places.sources_file.read_text() == changed


def test_damaged_versions_are_no_reason_to_fail(mine: Newsroom, places: Places) -> None:
    places.data.mkdir(parents=True, exist_ok=True)
    for damage in ("{", "[1, 2]", '[{"what": 1, "before": "", "after": ""}]', "[" * 100_000):
        (places.data / "sources.versions.json").write_text(damage)
        with pytest.raises(FollowError, match="no change of the sources is left"):
            arrange.take_back(mine)
        arrange.rename_source(mine, source(mine, "a"), damage[:5])
        arrange.take_back(mine)
        assert places.sources_file.read_text() == FILE


async def test_a_removed_source_comes_back_with_its_articles(reader: Opener, room: Loopback) -> None:
    async with reader(BRIEFS, WORLD) as newsroom:
        await newsroom.refresh()
        before = [head.id for head in newsroom.listing(View(source="s0"))]
        newsroom.mark(before[:1], "starred", starred=True)
        arrange.remove_source(newsroom, source(newsroom, "s0"))
        assert newsroom.source("s0") is None
        assert arrange.take_back(newsroom).startswith("removed")
        assert [head.id for head in newsroom.listing(View(source="s0"))] == before
        assert newsroom.state(before[0]).starred


def test_sites_are_newspapers_of_their_own(mine: Newsroom) -> None:
    assert mine.sites == ()
    arrange.put_into_site(mine, ["c"], "晨星网")
    assert mine.sites == ("", "晨星网")
    mine.show_site("晨星网")
    assert mine.source_ids(View()) == ["c"]
    assert [node.title for node in mine.tree] == ["Leisure"]
    mine.show_site("")
    assert mine.source_ids(View()) == ["a", "b"]
    mine.show_site("gone")
    assert mine.site is None
    assert [id for id in mine.source_ids(View()) if not mine.is_starter(id)] == ["a", "b", "c"]
    mine.show_site("晨星网")
    arrange.take_back(mine)
    assert (mine.site, mine.sites) == (None, ())


@settings(max_examples=40)
@given(
    steps=st.lists(
        st.tuples(st.sampled_from("rmsxn"), st.sampled_from("abc"), st.text(max_size=12), st.integers(-2, 2)),
        max_size=6,
    )
)
def test_any_steps_can_all_be_taken_back(steps: list[tuple[str, str, str, int]]) -> None:
    import tempfile
    from pathlib import Path

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder)
        places = Places(home, home / "cache", home / "data")
        places.sources_file.write_text(FILE)
        with Newsroom.open(places) as newsroom:
            done = 0
            for verb, id, text, offset in steps:
                own = newsroom.source(id)
                before = places.sources_file.read_bytes()
                try:
                    if verb == "n":
                        arrange.new_section(newsroom, (text,))
                    elif own is None:
                        continue
                    elif verb == "r":
                        arrange.rename_source(newsroom, own, text)
                    elif verb == "m":
                        arrange.move_source(newsroom, own, tuple(text.split("/")))
                    elif verb == "s":
                        arrange.shift_source(newsroom, own, offset)
                    else:
                        arrange.remove_source(newsroom, own)
                except FollowError:
                    assert places.sources_file.read_bytes() == before
                    continue
                done += places.sources_file.read_bytes() != before
            for _ in range(done):
                arrange.take_back(newsroom)
            assert places.sources_file.read_text() == FILE
        asyncio.run(newsroom.leave())
