"""`tui-news refresh` and `sources check`: every failure is named, and none hides another."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, sources_toml
from tests.newsroom import Newsroom as Loopback

# Every mode that fails, by what its error says of it. The slow ones end by the source's deadline.
FAILING = {
    "404": "404",
    "410": "410",
    "500": "500",
    "503:120": "503",
    "429:60": "429",
    "slow:30": "",
    "hang": "",
    "drip:9": "",
    "reset": "broke",
    "close": "",
    "short": "broke off",
    "chunk-cut": "broke off",
    "html": "",
    "empty": "",
    "garbage": "",
    "loop": "redirect",
    "file": "",
    "script": "",
    "bomb": "",
    "layered": "",
    "bad-coding": "",
    "unknown-coding": "",
    "headers": "headers",
    "endless": "",
    "flaky:1": "503",
}
SOUND = "/feeds/world.rss"


def write_home(home: Path, text: str, config: str = "") -> None:
    (home / "config").mkdir(parents=True, exist_ok=True)
    (home / "config" / "sources.toml").write_text(text, encoding="utf-8")
    (home / "config" / "config.toml").write_text(config, encoding="utf-8")


def test_every_error_mode_is_one_named_line_and_the_rest_arrives(
    home: Path, cli: Cli, room: Loopback
) -> None:
    tables = [
        f'[[source]]\nurl = "{room.url(f"/feeds/sized/{number}/3.rss")}"\ntitle = "Paper {mode}"\n'
        for number, mode in enumerate(FAILING)
    ]
    for number, mode in enumerate(FAILING):
        room.fault(f"/feeds/sized/{number}/3.rss", mode)
    write_home(
        home,
        "\n".join([sources_toml(room, {SOUND: "World"}), *tables]),
        "[refresh]\ntimeout = 2\nper_host = 16\njobs = 64\n",
    )
    result = cli("refresh", "--format", "json")
    assert result.code == 3
    document = result.json
    assert (document["version"], document["asked"]) == (1, len(FAILING) + 1)
    assert document["new"] == len(room.stories(SOUND))
    by_name = {row["source"]: row for row in document["sources"]}
    complaints = {line.partition(": ")[2].partition(": ")[0]: line for line in result.complaints}
    assert set(complaints) == {f"Paper {mode}" for mode in FAILING}
    for mode, words in FAILING.items():
        error = by_name[f"Paper {mode}"]["error"]
        assert error, mode
        assert words in error, mode
        assert f"Paper {mode}: {error}" in complaints[f"Paper {mode}"]
        assert by_name[f"Paper {mode}"]["new"] == 0
    # The bodies of the errors are no tracebacks, and everything else works.
    assert "report it" not in result.err
    assert cli("headlines", "-n", "0").code == 0
    listed = {row["title"]: row for row in cli("sources", "list", "--format", "json").json["sources"]}
    assert listed["Paper 410"]["status"] == "gone"
    assert listed["Paper 500"]["error"] == by_name["Paper 500"]["error"]


@pytest.mark.parametrize("mode", ["truncated", "type:text/plain", "charset:koi8-r", "slow:0.05", "drip:0"])
def test_what_is_odd_but_readable_is_read(home: Path, cli: Cli, room: Loopback, mode: str) -> None:
    write_home(home, sources_toml(room, {SOUND: "World"}))
    room.fault(SOUND, mode)
    result = cli("refresh", "--format", "json")
    assert (result.code, result.err) == (0, "")
    assert result.json["sources"][0]["damaged"] is (mode == "truncated")
    assert result.json["new"] > 5


def test_all_sources_failing_is_code_1(home: Path, cli: Cli, room: Loopback) -> None:
    write_home(home, sources_toml(room, {SOUND: "World"}))
    room.fault(SOUND, "500")
    result = cli("refresh")
    assert result.code == 1
    assert result.lines == ["0 new articles from 1 source, 1 failed"]


def test_what_was_there_stays_when_the_source_fails(filled: Path, cli: Cli, room: Loopback) -> None:
    before = cli("headlines", "-n", "0", "--format", "json").out
    for path, mode in {SOUND: "empty", "/feeds/briefs.rss": "html", "/feeds/podcast.rss": "garbage"}.items():
        room.fault(path, mode)
    assert cli("refresh").code == 3
    assert cli("headlines", "-n", "0", "--format", "json").out == before


def test_unchanged_sources_cost_one_conditional_request(filled: Path, cli: Cli, room: Loopback) -> None:
    result = cli("refresh", "--format", "json")
    assert result.code == 0
    assert all(row["unchanged"] and row["new"] == 0 for row in result.json["sources"])
    assert all(
        "if-none-match" in request.headers or "if-modified-since" in request.headers
        for request in room.requests
    )


def test_names_and_due(filled: Path, cli: Cli, room: Loopback) -> None:
    assert cli("refresh", "--due", "--format", "json").json["asked"] == 0
    assert room.requests == []
    assert cli("refresh", "World", "Nordpost", "--jobs", "2", "--format", "json").json["asked"] == 3
    unknown = cli("refresh", "Atlantis")
    assert (unknown.code, unknown.out) == (4, "")


def test_retry_after_holds_though_asked_again(home: Path, cli: Cli, room: Loopback) -> None:
    write_home(home, sources_toml(room, {SOUND: "World"}))
    room.fault(SOUND, "503:3600")
    assert cli("refresh").code == 1
    asked = len(room.requests)
    cli("refresh")
    assert len(room.requests) == asked
    (row,) = cli("refresh", "--format", "json").json["sources"]
    assert "as the server asks" in row["skipped"]


def test_check_asks_the_gone_again(home: Path, cli: Cli, room: Loopback) -> None:
    write_home(home, sources_toml(room, {SOUND: "World", "/feeds/briefs.rss": "World"}))
    room.fault(SOUND, "410", times=1)
    assert cli("refresh").code == 3
    again = cli("refresh")
    assert "410" in again.err
    checked = cli("sources", "check", "--format", "json")
    assert checked.code == 0
    assert [row["error"] for row in checked.json["sources"]] == [None, None]
    plain = cli("sources", "check")
    assert (plain.code, plain.err) == (0, "")
    assert len(plain.lines) == 2
    assert all(line.endswith("ok") for line in plain.lines)


def test_a_permanent_redirect_is_written_down(home: Path, cli: Cli, room: Loopback) -> None:
    write_home(home, f'# mine\n[[source]]\nurl = "{room.url("/moved/301" + SOUND)}"\n')
    assert cli("refresh").code == 0
    text = (home / "config" / "sources.toml").read_text()
    assert room.url(SOUND) in text
    assert "/moved/" not in text
    assert text.startswith("# mine")


def test_refresh_and_marks_at_the_same_time_lose_nothing(filled: Path, cli: Cli, room: Loopback) -> None:
    ids = [a["id"] for a in cli("headlines", "-n", "20", "--format", "json").json["articles"]]
    for path in (SOUND, "/feeds/briefs.rss", "/feeds/podcast.rss"):
        room.publish(path, 5)
        room.fault(path, "slow:0.5")
    program = [sys.executable, "-m", "tui_news"]
    environment = {**os.environ, "TUI_NEWS_HOME": str(filled)}
    refreshing = subprocess.Popen([*program, "refresh", "--format", "json"], stdout=-1, env=environment)
    marking = [
        subprocess.Popen([*program, "mark", "star", *ids[n::4]], stdout=-1, env=environment) for n in range(4)
    ]
    assert [process.wait(30) for process in marking] == [0] * 4
    output, _ = refreshing.communicate(timeout=30)
    for process in marking:
        assert process.stdout is not None
        process.stdout.close()
    assert refreshing.returncode == 0
    assert b'"new": 15' in output
    starred = cli("search", "is:starred", "-n", "0", "--format", "json").json["articles"]
    assert {a["id"] for a in starred} == set(ids)
    assert len(cli("headlines", "World", "Audio", "-n", "0", "--format", "json").json["articles"]) == (
        sum(len(room.stories(path)) for path in (SOUND, "/feeds/briefs.rss", "/feeds/podcast.rss"))
    )
