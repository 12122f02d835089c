"""`tui-news sources`: list, catalog, add, remove, import, export."""

from __future__ import annotations

import sys
import xml.etree.ElementTree as ET
from pathlib import Path

import pytest

from tests.cli.conftest import FEEDS, Cli, spawn
from tests.newsroom import Newsroom as Loopback
from tests.terminal import Terminal

HOSTILE = (
    "<opml version='2.0'><body><outline text='Bad &#27;[31m name' xmlUrl='https://ok.example/f'/>"
    "<outline xmlUrl='file:///etc/passwd'/><outline xmlUrl='javascript:alert(1)'/>"
    "<outline text='-o ProxyCommand' xmlUrl='-oProxy=x'/></body></opml>"
)


def urls(cli: Cli) -> list[str]:
    return [row["url"] for row in cli("sources", "list", "--format", "json").json["sources"]]


def test_list_says_how_each_source_is(filled: Path, cli: Cli) -> None:
    rows = cli("sources", "list", "--format", "json").json["sources"]
    assert [row["section"] for row in rows] == list(FEEDS.values())
    assert all(row["articles"] == row["unread"] > 0 for row in rows)
    assert {(row["status"], row["error"]) for row in rows} == {("200", None)}
    header, *lines = cli("sources", "list", "--format", "tsv").lines
    assert header.split("\t")[0] == "id"
    assert [line.split("\t")[0] for line in lines] == [row["id"] for row in rows]
    assert len(cli("sources", "list").lines) == len(rows)


def test_a_new_reader_has_sources_already(home: Path, cli: Cli) -> None:
    assert len(urls(cli)) >= 14
    assert not (home / "config").exists()


def test_catalog_by_word_category_and_language(home: Path, cli: Cli) -> None:
    everything = cli("sources", "catalog", "--format", "json").json["sources"]
    assert len(everything) >= 120
    assert {row["language"] for row in everything} >= {
        "en",
        "zh-Hans",
        "zh-Hant",
        "ja",
        "ko",
        "de",
        "fr",
        "es",
    }
    found = cli("sources", "catalog", "--language", "zh", "--category", "technology", "--format", "json")
    assert {row["category"] for row in found.json["sources"]} == {"technology"}
    assert {row["language"] for row in found.json["sources"]} == {"zh-Hans", "zh-Hant"}
    assert len(cli("sources", "catalog", "BBC", "world").lines) >= 1
    assert cli("sources", "catalog", "no such paper").code == 4
    assert len(cli("sources", "catalog", "--format", "tsv").lines) == len(everything) + 1


def test_add_an_entry_of_the_catalogue(home: Path, cli: Cli) -> None:
    entry = cli("sources", "catalog", "Heise", "--format", "json").json["sources"][0]
    added = cli("sources", "add", entry["id"])
    assert added.code == 0
    assert entry["name"] in added.out
    assert entry["url"] in urls(cli)


def test_add_a_feed_then_read_it(home: Path, cli: Cli, room: Loopback) -> None:
    url = room.url("/feeds/science.rdf")
    added = cli("sources", "add", url, "--section", "Science/Sky", "--title", "Mine")
    assert (added.code, added.err) == (0, "")
    assert added.out.startswith("Added Mine (")
    row = next(r for r in cli("sources", "list", "--format", "json").json["sources"] if r["url"] == url)
    assert (row["title"], row["section"]) == ("Mine", "Science/Sky")
    assert cli("refresh", row["id"]).code == 0
    assert cli("headlines", "Science/Sky").code == 0
    again = cli("sources", "add", url)
    assert (again.code, again.out) == (0, "")
    assert "already" in again.err


def test_a_page_with_several_feeds_asks_which(home: Path, cli: Cli, room: Loopback) -> None:
    page = room.url("/site/zh/")
    asked = cli("sources", "add", page)
    assert (asked.code, asked.out) == (2, "")
    assert asked.complaints[-1] == "tui-news: 3 feeds found; choose one with --choose N"
    assert not (home / "config").exists()
    for wrong in ("0", "4"):
        assert cli("sources", "add", page, "--choose", wrong).code == 2
    assert cli("sources", "add", page, "--choose", "2", "--section", "中文").code == 0
    assert urls(cli)[-1] == room.url("/feeds/zh/keji.atom") or room.url("/feeds/zh/keji.atom") in urls(cli)


@pytest.mark.parametrize(("answer", "code"), [("3", 0), ("9", 1), ("", 1)])
def test_on_a_terminal_the_reader_is_asked(home: Path, room: Loopback, answer: str, code: int) -> None:
    command = [sys.executable, "-m", "tui_news", "sources", "add", room.url("/site/zh/")]
    with Terminal(command, env={"TUI_NEWS_HOME": str(home)}) as term:
        term.wait_for("Which one? 1-3:", timeout=30)
        term.send(answer + "\r")
        assert term.wait(30) == code
        term.settle()
        assert ("Added 星友博客" in term.text) is (code == 0)
        assert ("nothing added" in term.text) is (code == 1)


@pytest.mark.parametrize(
    ("address", "words"),
    [
        ("/site/none/", "announces no feed"),
        ("/nothing/here", "404"),
        ("/fault/html/feeds/world.rss", "announces no feed"),
        ("/fault/reset/feeds/world.rss", "connection"),
        ("ftp://a.example/", "no web address"),
        ("two words", "no web address"),
        ("javascript:alert(1)", "no web address"),
        ("", "no web address"),
    ],
)
def test_what_cannot_be_added_is_one_line(
    home: Path, cli: Cli, room: Loopback, address: str, words: str
) -> None:
    result = cli("sources", "add", room.url(address) if address.startswith("/") else address)
    assert (result.code, result.out) == (1, "")
    assert len(result.complaints) == 1
    assert words in result.err
    assert not (home / "config").exists()


def test_remove_by_id_url_and_title(filled: Path, cli: Cli, room: Loopback) -> None:
    rows = cli("sources", "list", "--format", "json").json["sources"]
    result = cli("sources", "remove", rows[0]["id"], rows[1]["url"], rows[2]["title"].upper(), "Atlantis")
    assert result.code == 3
    assert len(result.lines) == 3
    assert "Atlantis" in result.err
    assert urls(cli) == [row["url"] for row in rows[3:]]
    shown = {a["section"] for a in cli("headlines", "-n", "0", "--format", "json").json["articles"]}
    assert shown == {row["section"] for row in rows[3:]}
    assert cli("sources", "remove", "Atlantis").code == 4


def test_opml_goes_out_and_in_once(filled: Path, cli: Cli, tmp_path: Path) -> None:
    exported = cli("sources", "export")
    assert (exported.code, exported.err) == (0, "")
    tree = ET.fromstring(exported.out.encode())
    assert [o.get("xmlUrl") for o in tree.iter("outline") if o.get("xmlUrl")] == urls(cli)
    file = tmp_path / "mine.opml"
    file.write_text(exported.out, encoding="utf-8")
    (filled / "config" / "sources.toml").write_text("# empty\n")
    assert cli("sources", "import", str(file)).lines == ["5 sources added, 0 were there already"]
    assert cli("sources", "import", str(file)).lines == ["0 sources added, 5 were there already"]
    rows = cli("sources", "list", "--format", "json").json["sources"]
    assert [row["section"] for row in rows] == list(FEEDS.values())
    assert (filled / "config" / "sources.toml").read_text().startswith("# empty")
    assert cli("sources", "export").out == exported.out


def test_newsboat_urls_from_stdin(home: Path) -> None:
    lines = b'https://a.example/feed "~Alpha" news\nhttps://b.example/rss\n# no\nexec:ls\n'
    environment = {"TUI_NEWS_HOME": str(home)}
    first = spawn("sources", "import", "-", stdin=lines, env=environment)
    assert (first.code, first.out) == (3, "2 sources added, 0 were there already\n")
    assert "stdin" in first.err
    assert "exec" in first.err
    second = spawn("sources", "import", "-", stdin=lines, env=environment)
    assert second.out == "0 sources added, 2 were there already\n"


def test_a_hostile_list_brings_only_what_is_harmless(home: Path, cli: Cli, tmp_path: Path) -> None:
    file = tmp_path / "bad.opml"
    file.write_text(HOSTILE)
    result = cli("sources", "import", str(file))
    assert (result.code, result.lines) == (3, ["1 source added, 0 were there already"])
    assert len(result.complaints) == 4  # three addresses, and that the list is no XML as it stands
    assert "\x1b" not in cli("sources", "list").out
    added = [url for url in urls(cli) if "ok.example" in url]
    assert added == ["https://ok.example/f"]


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (
            b"<!DOCTYPE o [<!ENTITY a 'A'>]><opml><body><outline xmlUrl='https://a.example/'/></body></opml>",
            "DOCTYPE",
        ),
        (b"", "no source"),
        (b"\x00\xff" * 300, "OPML and newsboat"),
        (b"dear diary\n" * 500, "OPML and newsboat"),
        (b"<opml><body><outline text='empty'/></body></opml>", "no source"),
        (b"<html><p>sign in</p></html>", ""),
    ],
)
def test_a_file_that_is_no_list_is_one_line(
    home: Path, cli: Cli, tmp_path: Path, content: bytes, words: str
) -> None:
    file = tmp_path / "list"
    file.write_bytes(content)
    result = cli("sources", "import", str(file))
    assert (result.code, result.out) == (1, "")
    assert len(result.complaints) == 1
    assert words in result.err
    assert not (home / "config").exists()


def test_a_file_that_is_not_there(home: Path, cli: Cli, tmp_path: Path) -> None:
    for path in (tmp_path, tmp_path / "none"):
        result = cli("sources", "import", str(path))
        assert result.code == 1
        assert len(result.complaints) == 1
        assert str(path) in result.err
