"""`tui-news comments`."""

from __future__ import annotations

from pathlib import Path

from tests.cli.conftest import Cli
from tests.newsroom import Newsroom as Loopback


def most_discussed(cli: Cli) -> str:
    return str(cli("comments", "--format", "json").json["articles"][0]["id"])


def test_a_thread_in_every_format(filled: Path, cli: Cli, room: Loopback) -> None:
    id = most_discussed(cli)
    told = cli("comments", id, "--format", "json")
    assert (told.code, told.err) == (0, "")
    rows = told.json["comments"]
    assert told.json["count"] == len(rows) > 3
    assert {row["depth"] for row in rows} > {0}
    for row in rows:
        if row["parent"]:
            assert row["parent"] in [above["id"] for above in rows[: row["number"] - 1]]
    plain = cli("comments", id, "--width", "60")
    assert plain.lines[0] == told.json["headline"]
    assert plain.lines[1].startswith("○ " + rows[0]["author"])
    assert plain.lines[2].startswith("│ ")
    assert all(len(line) <= 60 for line in plain.lines[1:])
    tsv = cli("comments", id, "--format", "tsv")
    assert tsv.lines[0].split("\t")[:4] == ["number", "id", "parent", "depth"]
    assert len(tsv.lines) == len(rows) + 1
    markdown = cli("comments", id, "--format", "markdown")
    assert markdown.lines[0].startswith("# ")
    assert f"**{rows[0]['author']}**" in markdown.out
    assert len(cli("comments", id, "-n", "2", "--format", "json").json["comments"]) == 2


def test_offline_what_was_kept(filled: Path, cli: Cli, room: Loopback) -> None:
    id = most_discussed(cli)
    before = cli("comments", id, "--cached")
    assert (before.code, before.out) == (4, "")
    assert "--cached" in before.err
    told = cli("comments", id)
    room.fault("/comments/*", "500")
    assert cli("comments", id, "--cached").out == told.out
    stale = cli("comments", id)
    assert stale.out == told.out
    assert "HTTP 500" in stale.err
    assert "as of" in stale.err


def test_a_url_and_what_is_none(filled: Path, cli: Cli, room: Loopback) -> None:
    at = cli("comments", room.url("/lobsters/s/p1001"), "--format", "json")
    assert at.json["kind"] == "lobsters"
    nothing = cli("comments", room.url("/site/none/"))
    assert (nothing.code, nothing.out) == (1, "")
    assert len(nothing.complaints) == 1
    assert cli("comments", "999").code == 4


def test_ranking(filled: Path, cli: Cli) -> None:
    listed = cli("comments", "-n", "3", "--format", "json").json["articles"]
    assert len(listed) == 3
    assert all(article["comments"] for article in listed)
    assert cli("comments", "1", "--format", "json").json["article"] == listed[0]["id"]


def test_no_comments_anywhere(home: Path, cli: Cli) -> None:
    nothing = cli("comments")
    assert (nothing.code, nothing.out) == (4, "")
