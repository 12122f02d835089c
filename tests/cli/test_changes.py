"""What changed since it was read, and what was withdrawn, on the shell and in linear mode."""

from __future__ import annotations

import json
from pathlib import Path

from tests.cli.conftest import Cli
from tests.linear.conftest import Talk, talk
from tests.newsroom import Newsroom as Loopback

__all__ = ["talk"]

WORLD = "/feeds/world.rss"
TWELVE = {
    "id", "number", "headline", "deck", "source", "section", "published", "url", "read", "starred", "tags",
    "comments",
}  # fmt: skip


def changed(cli: Cli, room: Loopback) -> str:
    """A home's newest article of the world, read and revised since; its id."""
    (row,) = cli("headlines", "World/Europe", "-n", "1", "--format", "json").json["articles"]
    cli("read", row["id"])
    old = room.stories(WORLD)[0]
    blocks = [old.blocks[0], ("paragraph", "The desk adds a line."), *old.blocks[1:]]
    room.revise(WORLD, 0, old.headline + " (corrected)", blocks)
    room.withdraw(WORLD, 4)
    result = cli("refresh")
    assert "1 changed since you read it" in result.out
    return str(row["id"])


def test_headlines_say_it_in_words_and_json_beside_the_twelve_fields(
    filled: Path, cli: Cli, room: Loopback
) -> None:
    id = changed(cli, room)
    rows = cli("headlines", "World/Europe", "-n", "0", "--format", "json").json["articles"]
    assert all(row.keys() >= TWELVE for row in rows)
    assert [(row["id"] == id, row["standing"]) for row in rows if row.keys() != TWELVE] == [
        (True, ["changed"]), (False, ["unlisted"]),
    ]  # fmt: skip
    plain = cli("headlines", "World/Europe", "-n", "6").lines
    assert plain[0].endswith("(corrected) [changed since read]")
    assert plain[4].endswith("[no longer listed]")
    assert len(cli("headlines", "-n", "1", "--format", "tsv").lines[0].split("\t")) == 12
    assert [row["id"] for row in cli("search", "is:changed", "--format", "json").json["articles"]] == [id]


def test_read_shows_the_changes_as_text_markdown_and_json(filled: Path, cli: Cli, room: Loopback) -> None:
    id = changed(cli, room)
    text = cli("read", id, "--changes").out
    assert "{+The desk adds a line.+}" in text
    assert "{+(corrected)+}" in text or "{+ (corrected)+}" in text
    assert "Changed since you read it on " in text
    assert "as before" in text
    assert "{+The desk adds a line.+}" in cli("read", id, "--changes", "--format", "markdown").out
    told = cli("read", id, "--changes", "--format", "json").json
    assert told["version"] == 1
    assert told["changes"]["parts"] == {
        "headline": True, "deck": False, "altered": 0, "added": 1, "removed": 0,
    }  # fmt: skip
    assert {"sign": "+", "text": "The desk adds a line."} in told["changes"]["text"]
    # Having been read it is no news, and can still be looked at.
    assert "[changed since read]" not in cli("headlines", "-n", "0").out
    assert "{+The desk adds a line.+}" in cli("read", id, "--changes").out
    assert "Changed since you read it on " in cli("read", id).out


def test_what_has_not_changed_is_said_and_is_exit_code_four(filled: Path, cli: Cli) -> None:
    result = cli("read", "1", "--changes") if cli("headlines", "-n", "2").code == 0 else None
    assert result is not None
    assert (result.code, result.out) == (4, "")
    assert "It has not changed since you read it" in result.err


def test_an_export_takes_what_was_read_along(
    filled: Path, cli: Cli, room: Loopback, tmp_path: Path, monkeypatch: object
) -> None:
    id = changed(cli, room)
    cli("mark", "star", id)
    file = tmp_path / "all.jsonl"
    assert cli("export", str(file)).code == 0
    lines = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    (article,) = [line for line in lines if line.get("id") == id]
    assert article["past"]["headlines"][0][1] in article["past"]["headline"]
    monkeypatch.setenv("TUI_NEWS_HOME", str(tmp_path / "other"))  # type: ignore[attr-defined]
    assert cli("import", str(file)).code == 0
    assert "{+The desk adds a line.+}" in cli("read", id, "--changes").out
    assert cli("export", "--without", "articles", str(tmp_path / "less.jsonl")).code == 0
    assert '"past"' not in (tmp_path / "less.jsonl").read_text(encoding="utf-8")


def test_linear_mode_says_it_in_words(filled: Path, cli: Cli, room: Loopback, talk: Talk) -> None:
    changed(cli, room)
    lines = talk("t World/Europe", "1", "B", "q", "q")
    text = " ".join(lines)
    assert "changed since read" in text
    assert "no longer listed" in text
    assert "B says what changed." in text
    assert "[added: The desk adds a line.]" in text
    assert "{+" not in text
    again = " ".join(talk("t World/Europe", "q"))
    assert "changed since read" not in again
