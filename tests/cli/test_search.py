"""`tui-news search` and `topics`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.newsroom import Newsroom as Loopback
from tui_news.model import Article
from tui_news.newsroom import Newsroom
from tui_news.paths import Places


def ids(cli: Cli, *arguments: str) -> list[str]:
    return [a["id"] for a in cli(*arguments, "-n", "0", "--format", "json").json["articles"]]


def test_words_phrases_and_fields(filled: Path, cli: Cli, room: Loopback) -> None:
    everything = ids(cli, "headlines")
    story = room.stories("/feeds/zh/yaowen.rss")[0]
    found = cli("search", story.headline, "--format", "json")
    assert (found.code, found.err) == (0, "")
    assert found.json["articles"][0]["headline"] == story.headline
    german = ids(cli, "search", "source:Nordpost")
    assert german == ids(cli, "headlines", "Deutsch")
    both = {*ids(cli, "search", "is:unread")}
    assert both == {*everything}
    assert {*ids(cli, "search", "section:World", "-lindfield")} < {*ids(cli, "search", "section:World")}


def test_scopes(filled: Path, cli: Cli) -> None:
    audio = cli("search", "the", "--scope", "audio", "-n", "0", "--format", "json").json["articles"]
    assert {a["section"] for a in audio} == {"Leisure/Audio"}
    news = cli("search", "the", "--scope", "news", "-n", "0", "--format", "json").json["articles"]
    assert news
    assert "Leisure/Audio" not in {a["section"] for a in news}


def test_nothing_found_and_wrong_queries(filled: Path, cli: Cli) -> None:
    nothing = cli("search", "zyzzyva")
    assert (nothing.code, nothing.out) == (4, "")
    for query in ("is:bogus", "after:never"):
        wrong = cli("search", query)
        assert (wrong.code, wrong.out) == (2, "")
        assert len(wrong.complaints) == 1


def test_numbers_of_a_search_can_be_read(filled: Path, cli: Cli) -> None:
    found = cli("search", "source:Nordpost", "--format", "json").json["articles"]
    assert cli("read", "2", "--format", "json").json["headline"] == found[1]["headline"]


def test_the_web_is_asked_by_its_template(filled: Path, cli: Cli, room: Loopback) -> None:
    (filled / "config" / "config.toml").write_text(
        f'[[search.web]]\nname = "Room"\nurl = "{room.url("/feeds/science.rdf")}?q={{searchTerms}}"\n\n'
        f'[[search.web]]\nname = "Shut"\nurl = "{room.url("/nothing")}?q={{searchTerms}}"\n'
    )
    result = cli("search", "night tram & sea", "--scope", "web", "--format", "json", "-n", "0")
    assert result.code == 3
    assert [line.split()[1] for line in result.complaints] == ["Shut:"]
    assert len(result.json["articles"]) == len(room.stories("/feeds/science.rdf"))
    assert room.requests[0].query == "q=night%20tram%20%26%20sea"


def plant_a_burst(home: Path) -> None:
    """The same new event in the headlines of every source of a home."""
    with Newsroom.open(Places(home / "config", home / "cache", home / "data")) as newsroom:
        for number, source in enumerate(newsroom.subscriptions.sources):
            moment = datetime.now(UTC) - timedelta(minutes=number)
            headline = (
                f"Viaduct Collapse {('stops trains', 'injures nobody', 'puzzles engineers')[number % 3]}"
            )
            article = Article(
                f"{number:012x}", source.id, headline=headline, published=moment, fetched=moment
            )
            newsroom.cache.store(source.id, [article], now=moment)


@pytest.mark.parametrize("form", ["plain", "json", "tsv"])
def test_topics(filled: Path, cli: Cli, form: str) -> None:
    plant_a_burst(filled)
    result = cli("topics", "--format", form, "-n", "5")
    assert (result.code, result.err) == (0, "")
    if form == "json":
        document = result.json
        assert document["version"] == 1
        assert 0 < len(document["topics"]) <= 5
        every = cli("topics", "--format", "json", "-n", "0").json["topics"]
        assert "Viaduct Collapse" in [topic["phrase"] for topic in every]
        known = {*ids(cli, "headlines")}
        assert {id for topic in document["topics"] for id in topic["articles"]} <= known
        assert all(tag["tag"] and tag["articles"] for tag in document["tags"])
    elif form == "tsv":
        assert result.lines[0].split("\t") == ["kind", "phrase", "score", "articles", "sources"]
        assert {line.split("\t")[0] for line in result.lines[1:]} == {"topic", "tag"}
    else:
        assert result.lines[0] == "Hot topics"


def test_a_scope_of_the_web_is_asked_and_followed(filled: Path, cli: Cli, room: Loopback) -> None:
    (filled / "config" / "config.toml").write_text(
        f'[[search.web]]\nname = "Hacker"\nscope = "forum"\n'
        f'url = "{room.url("/hn/api/v1/search")}?q={{searchTerms}}"\n'
    )
    assert cli("search", "the", "--save").code == 2
    saved = ("--save", "--section", "Looked up/Tech", "--format", "json")
    found = cli("search", "the", "--scope", "forum", "--web", *saved)
    assert (found.code, found.err) == (0, "")
    assert {row["source"] for row in found.json["articles"]} == {"Hacker: the"}
    listed = cli("headlines", "Looked up", "-n", "0", "--format", "json").json["articles"]
    assert {row["id"] for row in found.json["articles"]} == {row["id"] for row in listed}
    assert cli("comments", "1", "--format", "json").json["kind"] == "hackernews"
    none = cli("search", "the", "--engine", "Nonesuch")
    assert (none.code, none.out) == (1, "")
    assert "there are Hacker" in none.err
