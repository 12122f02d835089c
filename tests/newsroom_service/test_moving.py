"""The whole state as one file: out and in, twice is once, and nothing in it is trusted."""

from __future__ import annotations

import gzip
import io
import json
from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import zstandard
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.cache.material import make, some
from tui_news.cache import files as disk
from tui_news.model import Article, Block, Enclosure, ReaderState, Run
from tui_news.newsroom import Newsroom
from tui_news.newsroom.moving import MoveError, Taken, give, take
from tui_news.newsroom.moving import lines as moving_lines
from tui_news.newsroom.moving.lines import packed
from tui_news.paths import Places

SOURCES = """\
# mine
[[section]]
path = "World"
title = "The World"

[[source]]
url = "https://me:secret@a.example/feed?x=1"
id = "s"
section = "World/Asia"
tags = ["one"]
selectors = { item = "li" }

[[search]]
name = "Reports"
query = "report"
section = "World"

[[rule]]
match = "title:casino"
do = ["hide", "tag:casino"]
"""
IDS = [article.id for article in some("s", 20)]
RICH = make(
    "s", 3, tags=("ein", "zwei"), authors=("Ann Ä.",), comments=4,
    enclosures=(Enclosure("https://s.example/a.mp3", "audio/mpeg", 9, 60, "A"),),
    blocks=(
        Block("subhead", (Run("Head"),), 2),
        Block("paragraph", (Run("one "), Run("two", "es", "https://s.example/x"))),
        Block("table", rows=(((Run("a"),), (Run("b"),)),), header=True),
        Block("picture", (Run("Seen"),), src="https://s.example/p.png", alt="p"),
    ),
)  # fmt: skip


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(disk, "fsync", lambda fd: None)
    monkeypatch.setattr(disk, "sync_folder", lambda folder: None)


Opener = Callable[[str], Newsroom]


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Opener]:
    """Opens a machine's newsroom by a name."""
    opened: list[Newsroom] = []

    def open_one(name: str) -> Newsroom:
        root = tmp_path / name
        newsroom = Newsroom.open(Places(root / "config", root / "cache", root / "data"))
        opened.append(newsroom)
        return newsroom

    yield open_one
    for newsroom in opened:
        newsroom.close()


@pytest.fixture
def old(home: Opener) -> Newsroom:
    """A machine with all that can be moved."""
    newsroom = home("old")
    newsroom.places.config.mkdir(parents=True)
    newsroom.places.sources_file.write_text(SOURCES)
    newsroom.reload(type(newsroom.subscriptions).load(newsroom.places))
    cache = newsroom.cache
    cache.store("s", [RICH if a.id == RICH.id else a for a in some("s", 20)], now=datetime.now(UTC))
    cache.mark(IDS[:10], "mark all read", read=True)
    cache.mark(IDS[3:4], "star", starred=True)
    cache.mark(IDS[4:5], "note", note="a\nnote 看")
    cache.mark(IDS[4:5], "", position=3)
    cache.mark_all([(IDS[6:7], {"hidden": True})], "", quiet=True)
    cache.mark(IDS[7:8], "later", later=True)
    cache.undo()
    cache.put_tags("s", {IDS[3]: ("mine",)})
    return newsroom


def out(newsroom: Newsroom, *without: str) -> bytes:
    return b"".join(give(newsroom, without))


def into(newsroom: Newsroom, data: bytes, **options: Any) -> Taken:
    return take(newsroom, io.BytesIO(data), "backup.jsonl", **options)


def states(newsroom: Newsroom) -> list[ReaderState]:
    return [newsroom.state(id) for id in IDS]


@pytest.mark.parametrize("ending", ["", ".gz", ".zst"])
def test_a_new_machine_has_all_of_it(old: Newsroom, home: Opener, ending: str) -> None:
    data = b"".join(packed(give(old), f"x.jsonl{ending}"))
    new = home("new")
    would = into(new, data, dry=True)
    assert not new.places.sources_file.exists()
    assert states(new) == [ReaderState()] * 20
    taken = into(new, data)
    assert taken == would
    assert (taken.sources, taken.sections, taken.searches, taken.rules, taken.articles) == (1, 2, 1, 1, 2)
    assert taken.fields == {"read": 10, "starred": 1, "note": 1, "position": 1, "hidden": 1}
    assert taken.problems == []
    assert states(new) == states(old)
    assert new.cache.changes() == old.cache.changes()
    kept = new.article(IDS[3])
    assert kept is not None
    assert replace(kept, fetched=None) == RICH
    mine, theirs = old.subscriptions, new.subscriptions
    assert replace(theirs.sources[0], url=mine.sources[0].url) == mine.sources[0]
    assert (theirs.sections, theirs.titles) == (mine.sections, mine.titles)
    assert (theirs.searches, theirs.rules) == (mine.searches, mine.rules)
    # The steps of the old machine can be taken back here, and last of all the import.
    assert [step.what for step in new.cache.history()] == [
        "note", "star", "mark all read", "import: backup.jsonl"
    ]  # fmt: skip
    while new.undo():
        pass
    assert states(new) == [ReaderState()] * 20
    assert new.subscriptions.sources == ()


def test_twice_is_once_and_back_again_is_nothing(old: Newsroom, home: Opener) -> None:
    data = out(old)
    new = home("new")
    into(new, data)
    before = (out(new), new.places.sources_file.read_bytes(), new.cache.history())
    assert not into(new, data)
    assert not into(old, out(new))
    after = (out(new), new.places.sources_file.read_bytes(), new.cache.history())
    assert [part if i else lines_of(part) for i, part in enumerate(before)] == [
        part if i else lines_of(part) for i, part in enumerate(after)
    ]


def lines_of(data: object) -> list[bytes]:
    assert isinstance(data, bytes)
    return data.split(b"\n")[1:]  # The head holds the time.


def test_no_password_leaves(old: Newsroom) -> None:
    assert b"secret" not in out(old)
    assert b"https://a.example/feed?x=1" in out(old)


def test_the_later_word_stays_and_one_undo_takes_the_rest_back(old: Newsroom, home: Opener) -> None:
    data = out(old)
    new = home("new")
    new.mark(IDS[:2], "unread", read=True)
    new.mark(IDS[:2], "unread", read=False)
    new.mark(IDS[15:16], "star", starred=True)
    before = states(new)
    taken = into(new, data)
    assert taken.fields["read"] == 8
    assert not new.state(IDS[0]).read
    assert new.state(IDS[15]).starred
    step = new.undo()
    assert step is not None
    assert step.what == "import: backup.jsonl"
    assert states(new) == before
    assert new.subscriptions.sources == ()
    assert new.cache.history(1)[0].what == "star"


def test_parts_are_left_out(old: Newsroom, home: Opener) -> None:
    assert b'"type":"article"' not in out(old, "articles")
    data = out(old)
    new = home("new")
    taken = into(new, data, without=("state", "history", "sources"))
    assert (taken.fields, taken.sources, taken.searches, taken.rules, taken.articles) == ({}, 0, 1, 1, 2)


def test_a_kept_article_that_was_dropped_here_comes_back(old: Newsroom, home: Opener) -> None:
    data = out(old)
    new = home("new")
    new.cache.store("s", [RICH], now=datetime.now(UTC))
    new.cache.retain(days=0, per_source=0, now=datetime.now(UTC), budget=10)
    shelf = new.cache.library.shelf("s")
    with new.cache.library.lock:
        shelf.commit({}, [RICH.id])
    assert new.cache.article(RICH.id) is None
    assert into(new, data).articles == 2
    assert new.cache.article(RICH.id) is not None


def test_a_bad_line_is_named_and_the_others_are_taken(old: Newsroom, home: Opener) -> None:
    lines = out(old).split(b"\n")
    bad = [
        b"{", b"7", b'{"type":"wish"}', b'{"type":"state","field":"read","value":"yes","time":5,"ids":[]}',
        b'{"type":"state","field":"read","value":true,"time":9000000000000,"ids":["%b"]}' % IDS[0].encode(),
        b'{"type":"state","field":"read","value":true,"time":5,"ids":["../../etc"]}',
        b'{"type":"article","id":"zz","source":"s"}',
        b'{"type":"article","id":"000000000001","source":"../x"}',
        b'{"type":"source","url":"file:///etc/passwd"}', b'{"type":"rule","match":"x","do":"explode"}',
        b'{"type":"source","url":{"a":{"b":1}}}', b"[" * 100_000,
        b'{"type":"step","what":"x","time":5,"changes":[{"field":"id"}]}',
    ]  # fmt: skip
    new = home("new")
    taken = into(new, b"\n".join([lines[0], *bad, *lines[1:]]))
    assert states(new) == states(old)
    assert taken.bad == len(bad)
    assert sum(problem.startswith("line ") for problem in taken.problems) == len(bad) - 2
    assert taken.problems[0] == "line 2: not JSON; skipped"
    assert all("\n" not in problem for problem in taken.problems)


def test_texts_are_cleaned(home: Opener) -> None:
    head = {"tui-news": "export", "version": 1}
    article = {
        "type": "article", "id": IDS[0], "source": "s", "headline": "a\x1b]0;x\x07b", "url": "javascript:x",
        "blocks": [{"k": "paragraph", "r": ["x\x1b[31my", ["z", "nonsense", "file:///x"]]}],
        "published": "9999-12-31T23:59:59-23:59",
    }  # fmt: skip
    note = {"type": "state", "field": "note", "value": "n\x1b[2Jo", "time": 5, "ids": IDS[:1]}
    step = {"type": "step", "what": "w\x9b31m", "time": 5, "changes": []}
    new = home("new")
    into(new, "\n".join(map(json.dumps, (head, article, note, step))).encode())
    found = new.article(IDS[0])
    assert found is not None
    assert (found.headline, found.url, found.published) == ("ab", "", None)
    assert found.blocks[0].text == "xyz"
    assert new.state(IDS[0]).note == "no"
    assert all("\x9b" not in step.what for step in new.cache.history())


@pytest.mark.parametrize("press", [bytes, gzip.compress, zstandard.compress], ids=["plain", "gz", "zst"])
def test_a_file_cut_anywhere_is_taken_as_far_as_it_goes(
    old: Newsroom, home: Opener, press: Callable[[bytes], bytes]
) -> None:
    data = press(out(old))
    new = home("new")
    before = -1
    for size in range(1, len(data), max(1, len(data) // 60)):
        try:
            taken = into(new, data[:size], dry=True)
        except MoveError:
            continue
        assert taken.problems
        assert taken.lines >= before
        before = taken.lines
    assert into(new, data).problems == []


def test_a_bomb_is_not_unfolded(home: Opener, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(moving_lines, "TOTAL_LIMIT", 600_000)
    monkeypatch.setattr(moving_lines, "LINE_LIMIT", 100_000)
    head = b'{"tui-news":"export","version":1}\n'
    new = home("new")
    for bomb in (head + bytes(5_000_000), head + b"[\n" * 400_000):
        for press in (gzip.compress, zstandard.compress):
            taken = into(new, press(bomb))
            assert any("unfolds to more than" in problem for problem in taken.problems)
    taken = into(new, gzip.compress(head + b"x" * 200_000 + b'\n{"type":"end"}\n'))
    assert taken.problems == ["line 2: longer than any of ours; skipped"]


@pytest.mark.parametrize(
    "data", [b"", b"hello", b"<opml/>", b'{"a":1}\n', b"\x1f\x8bxx", b"\x28\xb5\x2f\xfdxx"]
)
def test_what_is_no_export_is_refused(home: Opener, data: bytes) -> None:
    with pytest.raises(MoveError, match=r"backup\.jsonl: "):
        into(home("new"), data)


def test_a_newer_file_is_read_as_far_as_it_is_known(old: Newsroom, home: Opener) -> None:
    lines = out(old).replace(b'"version":1', b'"version":7', 1).split(b"\n")
    lines.insert(1, b'{"type":"mood","value":"fine"}')
    lines[2] = lines[2][:-1] + b',"colour":"red"}'
    new = home("new")
    taken = into(new, b"\n".join(lines))
    assert "written by a newer tui-news" in taken.problems[0]
    assert taken.bad == 1
    assert states(new) == states(old)


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8) | st.sampled_from(IDS),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=5,
)
KEYS = (
    "field", "value", "time", "ids", "id", "source", "headline", "blocks", "published", "url", "path", "name",
    "query", "match", "do", "section", "what", "changes", "enclosures", "related", "tags", "comments",
)  # fmt: skip
LINE = st.builds(
    lambda kind, rest: {"type": kind, **rest},
    st.sampled_from(["state", "step", "article", "source", "section", "search", "rule", "end"]),
    st.dictionaries(st.sampled_from(KEYS), JSON, max_size=8),
)


@given(st.lists(LINE, max_size=4))
@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
def test_any_lines_are_taken_or_named(
    tmp_path_factory: pytest.TempPathFactory, found: list[dict[str, Any]]
) -> None:
    root = tmp_path_factory.mktemp("any")
    data = "\n".join(map(json.dumps, [{"tui-news": "export", "version": 1}, *found])).encode()
    with Newsroom.open(Places(root / "c", root / "k", root / "d")) as newsroom:
        into(newsroom, data)
        assert not into(newsroom, data)
        for article in newsroom.cache.listing():
            assert isinstance(newsroom.article(article.id), Article)
