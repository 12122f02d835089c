"""`tui-news headlines`: what it shows, in which form, and what it leaves alone."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.conftest import FEEDS, Cli
from tests.newsroom import Newsroom as Loopback
from tui_news.cli.output import write_tsv

FIELDS = {
    "id", "number", "headline", "deck", "source", "section", "published", "url", "read", "starred", "tags",
    "comments",
}  # fmt: skip


def test_a_new_reader_sees_the_starter_edition(home: Path, cli: Cli) -> None:
    result = cli("headlines")
    assert result.code == 0
    assert "Start here" in result.lines[0]
    assert result.lines[0].lstrip().startswith("1 •")
    assert not result.err


def test_json_carries_exactly_the_promised_fields(filled: Path, cli: Cli, room: Loopback) -> None:
    result = cli("headlines", "--format", "json", "-n", "0")
    document = result.json
    assert (result.code, result.err, document["version"]) == (0, "", 1)
    articles = document["articles"]
    assert len(articles) == sum(len(room.stories(path)) for path in FEEDS)
    assert all(set(article) == FIELDS for article in articles)
    assert [article["number"] for article in articles] == list(range(1, len(articles) + 1))
    assert len({article["id"] for article in articles}) == len(articles)
    moments = [datetime.fromisoformat(article["published"]) for article in articles]
    assert all(moment.tzinfo for moment in moments)
    assert moments == sorted(moments, reverse=True)
    assert {article["section"] for article in articles} == set(FEEDS.values())
    first = articles[0]
    assert first["read"] is False
    assert first["starred"] is False
    assert isinstance(first["tags"], list)


def test_ids_stay_the_same_over_a_second_refresh(filled: Path, cli: Cli) -> None:
    before = [article["id"] for article in cli("headlines", "--format", "json").json["articles"]]
    assert cli("refresh").code == 0
    assert [article["id"] for article in cli("headlines", "--format", "json").json["articles"]] == before


def test_tsv_has_a_header_and_one_line_for_each(filled: Path, cli: Cli) -> None:
    result = cli("headlines", "--format", "tsv", "-n", "7")
    header, *rows = (line.split("\t") for line in result.lines)
    assert set(header) == FIELDS
    assert len(rows) == 7
    assert all(len(row) == len(header) for row in rows)


def test_tsv_escapes_what_would_break_it(capsys: pytest.CaptureFixture[str]) -> None:
    write_tsv(("one", "two"), [("a\tb\\c\nd", None)])
    assert capsys.readouterr().out == "one\ttwo\na\\tb\\\\c\\nd\t\n"


@pytest.mark.parametrize(
    ("arguments", "sections"),
    [
        (["World"], {"World/Europe", "World/Asia"}),
        (["world/asia"], {"World/Asia"}),
        (["中文"], {"中文/国内/要闻"}),
        (["Audio"], {"Leisure/Audio"}),
        (["World/Asia", "Deutsch"], {"World/Asia", "Deutsch/Politik"}),
        (["--source", "Nordpost"], {"Deutsch/Politik"}),
    ],
)
def test_sections_and_sources_narrow(
    filled: Path, cli: Cli, arguments: list[str], sections: set[str]
) -> None:
    result = cli("headlines", *arguments, "-n", "0", "--format", "json")
    assert {article["section"] for article in result.json["articles"]} == sections


def test_an_unknown_section_is_named(filled: Path, cli: Cli) -> None:
    result = cli("headlines", "Atlantis")
    assert (result.code, result.out) == (4, "")
    assert result.complaints == [
        "tui-news: no source or section is called Atlantis; `tui-news sources list` shows them"
    ]


def test_tags_unread_and_number(filled: Path, cli: Cli) -> None:
    articles = cli("headlines", "--format", "json", "-n", "0").json["articles"]
    tag = next(article["tags"][0] for article in articles if article["tags"])
    tagged = cli("headlines", "--tag", tag.upper(), "-n", "0", "--format", "json").json["articles"]
    assert [a["id"] for a in tagged] == [a["id"] for a in articles if tag in a["tags"]]
    assert cli("headlines", "-n", "3").lines[-1].split()[0] == "3"
    assert cli("mark", "read", "1", "2", "3").code == 0
    unread = cli("headlines", "--unread", "-n", "0", "--format", "json").json["articles"]
    assert [a["id"] for a in unread] == [a["id"] for a in articles[3:]]
    # However few are asked for, and whether or not the prepared edition holds enough of them.
    few = cli("headlines", "--unread", "-n", "2", "--format", "json").json["articles"]
    assert [a["id"] for a in few] == [a["id"] for a in articles[3:5]]


def test_nothing_that_matches_is_code_4(filled: Path, cli: Cli) -> None:
    for arguments in (["--tag", "no such tag"], ["--since", "2999-01-01"]):
        assert cli("headlines", *arguments).code == 4
    assert cli("headlines", "--tag", "x", "--format", "json").json == {"version": 1, "articles": []}


def test_since_takes_ages_dates_and_the_last_visit(filled: Path, cli: Cli, room: Loopback) -> None:
    moment = datetime.now(UTC) - timedelta(hours=2)
    found = cli("headlines", "--since", "2h", "-n", "0", "--format", "json").json["articles"]
    everything = cli("headlines", "-n", "0", "--format", "json").json["articles"]
    expected = [a["id"] for a in everything if datetime.fromisoformat(a["published"]) >= moment]
    assert [a["id"] for a in found] == expected
    assert 0 < len(expected) < len(everything)
    assert cli("headlines", "--since", "last", "-n", "0").code == 0
    assert cli("headlines", "--since", "last", "-n", "0").code == 4
    wrong = cli("headlines", "--since", "yesteryear")
    assert wrong.code == 2
    assert "yesteryear" in wrong.err


def test_no_network_unless_asked(filled: Path, cli: Cli, room: Loopback) -> None:
    cli("headlines")
    assert room.requests == []
    room.publish("/feeds/world.rss", 2)
    # Not due yet: `--refresh` asks only those whose time has come.
    cli("headlines", "--refresh")
    assert room.requests == []


def test_refresh_asks_what_is_due(home: Path, cli: Cli, room: Loopback) -> None:
    (home / "config").mkdir(parents=True)
    (home / "config" / "sources.toml").write_text(f'[[source]]\nurl = "{room.url("/feeds/world.rss")}"\n')
    result = cli("headlines", "--refresh", "-n", "0", "--format", "json")
    assert result.code == 0
    assert len(result.json["articles"]) == len(room.stories("/feeds/world.rss"))
    assert result.json["articles"][0]["source"] == "Elder Courier World"


def test_articles_of_a_source_that_was_struck_out_by_hand_are_gone(filled: Path, cli: Cli) -> None:
    file = filled / "config" / "sources.toml"
    kept = [table for table in file.read_text().split("\n[[source]]") if "briefs" not in table]
    file.write_text("\n[[source]]".join(kept))
    sections = {a["section"] for a in cli("headlines", "--format", "json", "-n", "5").json["articles"]}
    assert "World/Asia" not in sections
    assert "" not in sections
