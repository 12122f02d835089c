"""The report that a reader sends: what it tells, and what it must not."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from tests.cli.conftest import Cli
from tests.newsroom import Newsroom as Loopback
from tui_news.newsroom.log import MOST, last_lines, log_path, note
from tui_news.paths import Places


def test_the_report_holds_nothing_of_the_readers(
    cli: Cli, filled: Path, room: Loopback, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("USER", "wilhelmina")
    sources = filled / "config" / "sources.toml"
    secret = f'\n[[source]]\nurl = "http://reader:hunter2@{room.base[7:]}/private/gazette.rss"\n'
    text = sources.read_text(encoding="utf-8")
    sources.write_text(text + secret + 'title = "Gazette of Dr. Quill"\nsection = "Clinic/Diagnosis"\n')
    (filled / "config" / "config.toml").write_text(
        '[open]\ncommand = ["/home/wilhelmina/bin/browse"]\n[refresh]\njobs = 7\n', encoding="utf-8"
    )
    for path in ("/feeds/world.rss", "/private/gazette.rss"):
        room.fault(path, "html")
    cli("refresh")
    cli("headlines", "-n", "3")
    cli("mark", "star", "1")
    headlines = [row["headline"] for row in cli("headlines", "-n", "0", "--format", "json").json["articles"]]
    listed = cli("sources", "list", "--format", "json").json["sources"]
    note(
        Places(filled / "config", filled / "cache", filled / "data"),
        f"fault at {filled}/x for {listed[0]['url']}",
    )
    report = tmp_path / "report.json"
    assert cli("doctor", "--bundle", str(report)).code == 0
    told = report.read_text(encoding="utf-8")
    planted = [
        "hunter2", "reader:", "Quill", "gazette", "Clinic", "Diagnosis", "wilhelmina", "browse", *headlines,
        str(filled), "127.0.0.1", str(room.port),
        *(row[key] for row in listed for key in ("id", "title", "url")),
        *(part for row in listed for part in row["section"].split("/") if part),
    ]  # fmt: skip
    assert [text for text in planted if text in told] == []
    data = json.loads(told)
    assert data["settings"] == {"open.command": "(set)", "refresh.jobs": 7}
    assert len(data["sources"]) == len(listed)
    assert any(row["error"] and "instead of the feed" in row["error"] for row in data["sources"])
    assert data["log"]
    assert data["libraries"]["textual"]
    # Nothing is written over.
    assert cli("doctor", "--bundle", str(report)).code == 1
    assert json.loads(cli("doctor", "--bundle", "-").out)["version"] == 1


def test_the_log_is_bounded_and_clean(tmp_path: Path) -> None:
    places = Places(tmp_path / "c", tmp_path / "cache", tmp_path / "d")
    note(places, "no folder, no log")
    assert last_lines(places, 5) == []
    places.cache.mkdir()
    for number in range(3_000):
        note(places, f"{number} \x1b]0;HXQ\x07 \u202e {'x' * 300}\nsecond line")
    files = sorted(path.name for path in places.cache.iterdir())
    assert files == ["log.old.txt", "log.txt"]
    assert all(path.stat().st_size <= MOST for path in places.cache.iterdir())
    last = last_lines(places, 2)
    assert len(last) == 2
    assert " 2999 x" in last[-1]
    assert "\x1b" not in log_path(places).read_text()


def test_doctor_says_what_a_setting_lacks(cli: Cli, filled: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cli("config", "set", "text.hyphenate", "true")
    assert "pyphen" not in cli("doctor").err
    monkeypatch.setattr("tui_news.newsroom.setting.installed", lambda: False)
    found = cli("doctor")
    assert found.code == 1
    assert "pip install 'tui-news[hyphens]'" in found.err


def test_doctor_names_a_damaged_index(cli: Cli, filled: Path) -> None:
    cli("search", "tide")
    index = filled / "cache" / "index.sqlite3"
    if not index.exists():
        pytest.skip("no index was made yet")
    index.write_bytes(b"\0" * 5000)
    found = cli("doctor")
    assert found.code == 1
    assert "index.sqlite3" in found.err
