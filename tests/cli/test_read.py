"""`tui-news read`: whatever it is pointed at, as text, Markdown or JSON."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Cli, spawn
from tests.newsroom import Newsroom as Loopback
from tui_news.text.width import cell_len

FIELDS = {
    "headline", "kicker", "deck", "agency", "place", "authors", "editor", "published", "breadcrumb", "tags",
    "language", "charset", "url", "blocks",
}  # fmt: skip


@pytest.fixture(scope="module")
def truth(shared: Loopback) -> dict[str, Any]:
    """A Chinese page of the portal whose bytes are more than its label gb2312 has."""
    return next(item for item in shared.truth if item["edition"] == "gb2312" and len(item["pages"]) == 1)


def test_json_carries_the_article_at_its_top(
    home: Path, cli: Cli, room: Loopback, truth: dict[str, Any]
) -> None:
    result = cli("read", str(truth["url"]), "--format", "json")
    document = result.json
    assert (result.code, document["version"]) == (0, 1)
    assert set(document) >= FIELDS
    for name in ("headline", "kicker", "deck", "agency", "place", "editor", "published"):
        assert document[name] == truth[name], name
    assert document["authors"] == truth["authors"]
    assert document["breadcrumb"] == truth["breadcrumb"]
    assert document["url"] == truth["url"]
    # A dash that opens an item is its bullet.
    texts = [block["text"] for block in document["blocks"] if block["type"] != "picture"]
    assert texts == [text.removeprefix("——") for text in truth["body"]]
    assert {block["type"] for block in document["blocks"]} >= {"paragraph", "subhead"}
    assert all(block["level"] for block in document["blocks"] if block["type"] == "subhead")


@pytest.mark.parametrize("width", [20, 33, 40, 72])
def test_no_line_is_wider_than_asked(
    home: Path, cli: Cli, room: Loopback, truth: dict[str, Any], width: int
) -> None:
    result = cli("read", str(truth["url"]), "--width", str(width))
    assert result.code == 0
    text = result.out.replace("\n", "")
    assert str(truth["headline"]) in text.replace(" ", "")
    # A URL has no place where it may break: it alone may be longer.
    assert [line for line in result.lines if cell_len(line) > width and "http" not in line] == []
    assert not result.out.startswith("\n")


def test_files_and_stdin_are_pages_too(
    home: Path, cli: Cli, room: Loopback, truth: dict[str, Any], tmp_path: Path
) -> None:
    import httpx

    data = httpx.get(str(truth["url"]), trust_env=False).content
    file = tmp_path / "page 1.html"
    file.write_bytes(data)
    from_file = cli("read", str(file), "--format", "json")
    assert from_file.json["headline"] == truth["headline"]
    assert from_file.json["url"].startswith("file://")
    from_stdin = spawn(
        "read", "-", "--format", "json", "--base-url", "https://paper.example/1.html",
        stdin=data, env={"TUI_NEWS_HOME": str(home)},
    )  # fmt: skip
    assert from_stdin.code == 0
    assert from_stdin.json["headline"] == truth["headline"]
    assert from_stdin.json["url"] == "https://paper.example/1.html"
    wrong = cli("read", str(file), "--charset", "latin1", "--format", "json")
    assert wrong.json["headline"] != truth["headline"]


def test_markdown(home: Path, cli: Cli, room: Loopback, truth: dict[str, Any]) -> None:
    result = cli("read", str(truth["url"]), "--format", "markdown")
    assert result.lines[0] == f"# {truth['headline']}"
    assert f"*{truth['deck']}*" in result.lines
    assert f"<{truth['url']}>" in result.lines


def test_numbers_ids_and_beginnings_of_ids_mean_the_same(filled: Path, cli: Cli) -> None:
    article = cli("headlines", "World/Europe", "--format", "json").json["articles"][1]
    for target in ("2", "#2", article["id"], article["id"][:8]):
        result = cli("read", target, "--format", "json")
        assert result.code == 0, target
        assert result.json["headline"] == article["headline"]


def test_reading_marks_as_read_and_can_be_undone(filled: Path, cli: Cli) -> None:
    cli("headlines", "World/Europe")
    assert cli("read", "1").code == 0
    assert cli("headlines", "World/Europe", "--format", "json").json["articles"][0]["read"] is True
    assert cli("undo").lines == ["Undone: marked read (1 article)"]
    assert cli("headlines", "World/Europe", "--format", "json").json["articles"][0]["read"] is False


def test_a_stub_is_completed_from_its_page(filled: Path, cli: Cli, room: Loopback) -> None:
    article = cli("headlines", "World/Asia", "--format", "json").json["articles"][0]
    text = "".join(b["text"] for b in cli("read", article["id"], "--format", "json").json["blocks"])
    assert len(text) > 600
    hits = len(room.requests)
    assert hits == 1
    # It is kept: no second request, and none is needed when the network has gone.
    assert "".join(b["text"] for b in cli("read", article["id"], "--format", "json").json["blocks"]) == text
    assert len(room.requests) == hits


def test_without_its_page_the_summary_is_shown_and_said_to_be_one(
    filled: Path, cli: Cli, room: Loopback
) -> None:
    room.fault("/articles/*", "reset")
    cli("headlines", "World/Asia")
    result = cli("read", "1")
    assert result.code == 0
    assert result.out.strip()
    assert len(result.complaints) == 1
    assert "only the feed's summary" in result.err


@pytest.mark.parametrize(
    ("target", "code", "words"),
    [
        ("99", 4, "no number 99"),
        ("0", 4, "no number 0"),
        ("deadbeef", 4, "no article in the cache"),
        ("no/such/file.html", 4, "no such file"),
        ("/", 4, "is a folder"),
        ("ftp://host.example/a", 1, "http and https"),
        ("http://127.0.0.1:1/a", 1, "cannot be reached"),
        ("http://", 1, "http://"),
        ("x" * 5_000, 4, "no article"),
        ("\x1b]0;x\x07", 4, "no article"),
        ("", 4, "no article"),
    ],
)
def test_what_cannot_be_read_is_one_line(home: Path, cli: Cli, target: str, code: int, words: str) -> None:
    result = cli("read", target)
    assert (result.code, result.out) == (code, "")
    assert len(result.complaints) == 1
    assert words in result.err
    assert "\x1b" not in result.err


def test_pages_that_are_none(home: Path, cli: Cli, room: Loopback, tmp_path: Path) -> None:
    gone = cli("read", room.url("/articles/none.html"))
    assert gone.code == 1
    assert "check the address" in gone.err
    empty = tmp_path / "empty.html"
    empty.write_bytes(b"")
    assert cli("read", str(empty)).code == 1
    charset = cli("read", str(empty), "--charset", "klingon")
    assert charset.code == 1
    assert "klingon" in charset.err


def test_html_and_files(
    home: Path,
    cli: Cli,
    room: Loopback,
    truth: dict[str, Any],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.chdir(tmp_path)
    url = str(truth["url"])
    shown = cli("read", url, "--format", "html")
    assert shown.code == 0
    assert shown.out.startswith("<!DOCTYPE html>")
    assert f"<h1>{truth['headline']}</h1>" in shown.out
    # The ending says the form; what is there stays.
    saved = cli("read", url, "--output", "story.html")
    assert (saved.code, saved.out) == (0, "")
    assert Path("story.html").read_text(encoding="utf-8") == shown.out
    again = cli("read", url, "--output", "story.html")
    assert (again.code, again.complaints) == (
        2,
        [f"tui-news: {tmp_path}/story.html exists already; --force writes over it"],
    )
    assert cli("read", url, "--output", "story.html", "--format", "text", "--force").code == 0
    assert not Path("story.html").read_text(encoding="utf-8").startswith("<")
    # In a folder it is called by its headline.
    Path("folder").mkdir()
    assert cli("read", url, "--output", "folder", "--format", "markdown").code == 0
    assert [path.name for path in Path("folder").iterdir()] == [f"{truth['headline']}.md"]
    assert cli("read", url, "--output", "-").out == cli("read", url).out
    failed = cli("read", url, "--output", "/proc/none/x.md")
    assert failed.code == 1
    assert "not saved" in failed.err
