"""Searching through the newsroom: with the index, without it, and while it lags behind."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from tests.index.corpus import NOW
from tui_news.cache import Cache
from tui_news.model import Article, Block, Run, article_id
from tui_news.newsroom import Newsroom, View
from tui_news.newsroom.finding import Hits
from tui_news.newsroom.indexing import index_path
from tui_news.newsroom.searching import search_cache
from tui_news.paths import Places

SOURCES = """
[[source]]
id = "times"
url = "https://times.example/feed"
title = "The Times"
section = "World"

[[source]]
id = "bao"
url = "https://bao.example/feed"
title = "晨報"
section = "World/Asia"
"""


def story(source: str, number: int, headline: str, body: str = "", hours: int = 0) -> Article:
    return Article(
        id=article_id(source, str(number)),
        source=source,
        headline=headline,
        published=NOW - timedelta(hours=hours or number),
        blocks=(Block("paragraph", (Run(body),)),) if body else (),
    )


STORIES = {
    "times": [
        story("times", 1, "Rover finds water", "Basalt lies over ice."),
        story("times", 2, "Nothing new", "Except the price of basalt and of rover parts."),
        story("times", 3, "Trains leave late"),
    ],
    "bao": [
        story("bao", 4, "臺灣總統訪問", "關於經濟的發展"),
        story("bao", 5, "天气预报", "明天下雨，带water伞"),
    ],
}


@pytest.fixture
def places(tmp_path: Path) -> Places:
    found = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    found.config.mkdir()
    found.sources_file.write_text(SOURCES, "utf-8")
    with Cache.open(found) as cache:
        for source, articles in STORIES.items():
            cache.store(source, articles, now=NOW)
    return found


@pytest.fixture
def newsroom(places: Places) -> Iterator[Newsroom]:
    with Newsroom.open(places) as found:
        yield found


def catch_up(newsroom: Newsroom) -> None:
    newsroom.keep_index()
    newsroom.finder.worker.wait(20)


def heads(newsroom: Newsroom, query: str, **view: object) -> list[str]:
    return [article.headline for article in newsroom.listing(View(query=query, **view))]  # type: ignore[arg-type]


QUERIES = {
    "water": ["Rover finds water", "天气预报"],
    "basalt": ["Rover finds water", "Nothing new"],
    "台湾": ["臺灣總統訪問"],
    "经济": ["臺灣總統訪問"],
    "-water": ["Nothing new", "Trains leave late", "臺灣總統訪問"],
    "source:times basalt": ["Rover finds water", "Nothing new"],
    "source:晨报": ["臺灣總統訪問", "天气预报"],
    "-section:asia": ["Rover finds water", "Nothing new", "Trains leave late"],
    "is:read": ["Nothing new"],
    "basalt is:unread": ["Rover finds water"],
    "-is:unread": ["Nothing new"],
    "is:noted": ["Trains leave late"],
    "is:starred -is:starred": [],
    "is:starred": ["Trains leave late"],
}


def marked(newsroom: Newsroom) -> None:
    newsroom.mark([STORIES["times"][1].id], "read", read=True)
    newsroom.mark([STORIES["times"][2].id], "star", starred=True, note="mine")


@pytest.mark.parametrize("indexed", [True, False])
def test_the_whole_language_with_the_index_and_without(newsroom: Newsroom, indexed: bool) -> None:
    marked(newsroom)
    if indexed:
        catch_up(newsroom)
        assert isinstance(newsroom.listing(View(query="water")), Hits)
    assert {query: heads(newsroom, query) for query in QUERIES} == QUERIES
    assert heads(newsroom, "basalt", unread=True) == ["Rover finds water"]
    assert heads(newsroom, "trains", mark="starred") == ["Trains leave late"]
    assert heads(newsroom, "water", section=("World", "Asia")) == ["天气预报"]
    assert heads(newsroom, "water", source="times") == ["Rover finds water"]


def test_what_came_went_and_changed_since_is_found_as_it_is(newsroom: Newsroom) -> None:
    catch_up(newsroom)
    first, *others = STORIES["times"]
    newsroom.cache.store("times", [story("times", 1, "Rover finds sand"), *others], now=NOW)
    newsroom.cache.store("times", [story("times", 9, "Water again", "w", 1)], now=NOW)
    assert heads(newsroom, "water") == ["Water again", "天气预报"]
    assert heads(newsroom, "sand") == ["Rover finds sand"]
    newsroom.cache.put_body(first.id, story("times", 1, "", "The page spoke of gypsum."))
    assert heads(newsroom, "gypsum") == ["Rover finds sand"]
    for _ in range(2):
        newsroom.cache.retain(days=0, per_source=2, now=NOW, budget=9)
        assert heads(newsroom, "-water") == ["Rover finds sand", "臺灣總統訪問"]
        catch_up(newsroom)
    newsroom.cache.drop_source("times")
    assert heads(newsroom, "-water") == ["臺灣總統訪問"]
    assert newsroom.cache.restore_source("times")
    assert heads(newsroom, "sand") == ["Rover finds sand"]


def test_a_long_backlog_is_looked_through_and_filled_in_the_background(newsroom: Newsroom) -> None:
    def batch(first: int) -> list[Article]:
        return [
            story("times", number, f"Report {number} on rain", hours=1)
            for number in range(first, first + 120)
        ]

    newsroom.cache.store("times", batch(100), now=NOW)
    newsroom.cache.store("bao", [story("bao", n, f"Snow {n}", hours=2) for n in range(500, 700)], now=NOW)
    catch_up(newsroom)
    newsroom.cache.store("times", batch(300), now=NOW)
    assert len(heads(newsroom, "rain")) == 240
    assert len(set(heads(newsroom, '"report 3"'))) == 100
    newsroom.finder.worker.wait(20)
    assert not newsroom.finder.worker.busy
    assert isinstance(newsroom.listing(View(query="rain")), Hits)
    assert len(heads(newsroom, "rain", source="times")) == 240


def test_what_died_is_given_up_and_what_lives_is_kept(
    newsroom: Newsroom, places: Places, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("tui_news.index.store._WORTH", 50)
    for edition in range(3):
        stories = [story("times", n, f"Report {n}", f"Edition {edition}", 1) for n in range(10, 50)]
        newsroom.cache.store("times", stories, now=NOW)
        catch_up(newsroom)
        assert len(heads(newsroom, f'report "edition {edition}"')) == 40
        assert heads(newsroom, "water") == QUERIES["water"]
    with closing(sqlite3.connect(index_path(places))) as db:
        assert db.execute("SELECT num FROM part").fetchall() == [(2,)]
        assert db.execute("SELECT count(*) FROM dead").fetchone()[0] < 50
    assert isinstance(newsroom.listing(View(query="report")), Hits)


def test_another_process_indexes_and_this_one_finds(newsroom: Newsroom, places: Places) -> None:
    code = (
        "import sys; from pathlib import Path; from tui_news.paths import Places\n"
        "from tui_news.newsroom import Newsroom; root = Path(sys.argv[1])\n"
        "with Newsroom.open(Places(*(root / name for name in ('config', 'cache', 'data')))) as newsroom:\n"
        "    newsroom.keep_index(); newsroom.finder.worker.wait(20)"
    )
    assert heads(newsroom, "water") == QUERIES["water"]
    subprocess.run([sys.executable, "-c", code, str(places.cache.parent)], check=True)
    assert heads(newsroom, "water") == QUERIES["water"]
    assert isinstance(newsroom.listing(View(query="water")), Hits)


def test_a_lost_or_damaged_index_costs_nothing_but_time(newsroom: Newsroom, places: Places) -> None:
    catch_up(newsroom)
    path = index_path(places)
    assert heads(newsroom, "water") == QUERIES["water"]
    path.unlink()
    assert heads(newsroom, "water") == QUERIES["water"]
    catch_up(newsroom)
    path.write_bytes(b"rubbish" * 2000)
    assert heads(newsroom, "water") == QUERIES["water"]
    catch_up(newsroom)
    assert isinstance(newsroom.listing(View(query="water")), Hits)


def test_without_a_place_to_write_everything_is_still_found(places: Places) -> None:
    with Newsroom.open(places, read_only=True) as newsroom:
        newsroom.keep_index()
        assert heads(newsroom, "water") == QUERIES["water"]
    assert not index_path(places).exists()


def test_searching_ranks_and_filtering_goes_by_time(newsroom: Newsroom) -> None:
    newsroom.cache.store("bao", [story("bao", 6, "Else", "where a rover was seen, far away", 1)], now=NOW)
    catch_up(newsroom)
    assert heads(newsroom, "rover")[0] == "Rover finds water" or heads(newsroom, "rover")[0] == "Else"
    assert search_cache(newsroom, "rover")[0].headline == "Rover finds water"
    assert len(list(search_cache(newsroom, "rover"))) == 3


def test_the_starter_edition_is_found_though_it_is_never_indexed(tmp_path: Path) -> None:
    with Newsroom.open(Places(tmp_path / "c", tmp_path / "d", tmp_path / "e")) as newsroom:
        everything = newsroom.listing(View())
        word = everything[0].headline.split()[0].strip("“”，。,.:")
        assert everything[0].id in [article.id for article in newsroom.listing(View(query=f'"{word}"'))]


def test_headlines_and_a_plain_list_load_no_database() -> None:
    code = (
        "import sys, tui_news.newsroom, tui_news.index\n"
        "from tui_news.paths import Places; from pathlib import Path; import tempfile\n"
        "root = Path(tempfile.mkdtemp())\n"
        "with tui_news.newsroom.Newsroom.open(Places(root / 'a', root / 'b', root / 'c')) as newsroom:\n"
        "    newsroom.listing(tui_news.newsroom.View())\n"
        "assert 'sqlite3' not in sys.modules and 'tui_news.text.hans' not in sys.modules"
    )
    subprocess.run([sys.executable, "-c", code], check=True)


def test_where_locks_do_not_work_the_index_lies_on_a_disk_of_the_host(
    places: Places, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_NEWS_LOCK", "file")
    host = tmp_path / "run"
    monkeypatch.setenv("XDG_RUNTIME_DIR", str(host))
    host.mkdir(mode=0o700)
    with Newsroom.open(places) as newsroom:
        catch_up(newsroom)
        assert heads(newsroom, "water") == QUERIES["water"]
        assert isinstance(newsroom.listing(View(query="water")), Hits)
    assert index_path(places).is_relative_to(host)
    assert index_path(places).exists()
    assert not (places.cache / "index.sqlite3").exists()
    # Where others could put a file of theirs in its place there is none, and everything is looked at.
    host.chmod(0o777)
    with Newsroom.open(places) as newsroom:
        assert heads(newsroom, "water") == QUERIES["water"]
        assert not isinstance(newsroom.listing(View(query="water")), Hits)
