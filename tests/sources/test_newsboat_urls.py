"""newsboat's `urls` file: addresses, titles and tags come over; nothing in it is run."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.model import source_id
from tui_news.paths import Places
from tui_news.sources.newsboat_urls import read_urls, split_line
from tui_news.sources.subscriptions import Subscriptions, import_sources

URLS = rb'''
# my feeds
https://a.example/feed
https://b.example/feed World "far away" "~The Bee" World   # read daily
http://c.example/rss "~Say \"hi\" \\ all" "!hidden" tech
"query:Unread:unread = \"yes\"" quick
"exec:rm -rf /" bad
filter:~/bin/clean:https://d.example/feed
file:///etc/passwd
"https://e.example/f" ~E
https://A.example/feed/ again
'''  # fmt: skip


def test_a_file_is_read() -> None:
    result = read_urls(URLS)
    assert [(s.url, s.title, s.section, s.tags) for s in result.sources] == [
        ("https://a.example/feed", "", (), ()),
        ("https://b.example/feed", "The Bee", ("World",), ("World", "far away")),
        ("http://c.example/rss", 'Say "hi" \\ all', ("hidden",), ("hidden", "tech")),
        ("https://e.example/f", "E", (), ()),
    ]
    assert result.sources[0].id == source_id("https://a.example/feed")


def test_what_is_not_taken_is_said_by_line() -> None:
    result = read_urls(URLS)
    assert [problem.split(": ")[0] for problem in result.problems] == ["line 6", "line 7", "line 8", "line 9"]
    assert "runs a program" in result.problems[1]
    assert "only http and https" in result.problems[3]
    assert [note.split(": ")[0] for note in result.notes] == ["line 5", "line 11"]


@pytest.mark.parametrize(
    ("line", "words"),
    [
        ("", []),
        ("   # all of it", []),
        ("a#b c", ["a#b", "c"]),
        ('a "b c"d "', ["a", "b c", "d", ""]),
        ('"a\\tb\\n\\"" c', ['a\tb\n"', "c"]),
        ('"never closed', ["never closed"]),
        ('"ends \\', ["ends \\"]),
        ("a\tb  c", ["a", "b", "c"]),
    ],
)
def test_lines_are_split_as_newsboat_does(line: str, words: list[str]) -> None:
    assert split_line(line) == words


def test_controls_reach_neither_sources_nor_messages() -> None:
    result = read_urls(
        b'https://a.example/ "~\x1b]0;owned\x07Top" "\xe2\x80\xaetag\x1b[2J"\nexec:\x1b[31mx\n\xc2\x9b\n'
    )
    assert (result.sources[0].title, result.sources[0].section) == ("Top", ("tag",))
    said = "".join((*result.problems, *result.notes))
    assert not any(ord(char) < 32 or 0x7F <= ord(char) < 0xA0 for char in said)


@pytest.mark.parametrize("data", [b"", b"\n\n# only a comment\n", b"\0", b"x" * 8_000_001, b"\xef\xbb\xbf"])
def test_a_file_without_sources_says_so(data: bytes) -> None:
    result = read_urls(data)
    assert result.sources == []
    assert len(result.problems) == 1


@pytest.mark.parametrize(
    "data", [b'"' * 1_000_000, b"https://a.example/ " + b"t " * 500_000, b"exec:x\n" * 100_000]
)
def test_floods_end(data: bytes) -> None:
    result = read_urls(data)
    assert len(result.sources) <= 1
    assert len(result.problems) <= 101
    assert all(len(source.tags) <= 50 for source in result.sources)


@given(st.binary(max_size=300))
def test_any_bytes_are_read_or_named(data: bytes) -> None:
    result = read_urls(data)
    assert result.sources or result.problems


def test_a_second_import_adds_nothing(tmp_path: Path) -> None:
    places = Places(tmp_path, tmp_path, tmp_path)
    places.sources_file.write_text("", "utf-8")
    sources = read_urls(URLS).sources
    assert len(import_sources(places, sources).added) == 4
    assert import_sources(places, sources).added == ()
    assert Subscriptions.load(places).sources == tuple(sources)
