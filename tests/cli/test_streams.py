"""The verbs as processes: pipes, locales, colours, signals, full disks, homes that are only read."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.cli.conftest import Cli, spawn
from tests.newsroom import Newsroom as Loopback
from tests.terminal import Terminal

PROGRAM = [sys.executable, "-m", "tui_news"]


def pipe(home: Path, *arguments: str) -> tuple[int, bytes, bytes]:
    """Code and output of a verb whose reader goes away after the first line."""
    process = subprocess.Popen(
        [*PROGRAM, *arguments],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TUI_NEWS_HOME": str(home)},
    )
    assert process.stdout is not None
    first = process.stdout.readline()
    process.stdout.close()
    assert process.stderr is not None
    with process.stderr:
        complaints = process.stderr.read()
    return process.wait(30), first, complaints


@pytest.mark.parametrize(
    "arguments",
    [
        ["headlines", "-n", "0"],
        ["sources", "catalog"],
        ["sources", "catalog", "--format", "json"],
        ["headlines", "-n", "0", "--format", "json"],
        ["--help"],
    ],
)
def test_a_pipe_that_closes_early_is_no_error(filled: Path, arguments: list[str]) -> None:
    code, first, complaints = pipe(filled, *arguments)
    assert (code, complaints) == (0, b"")
    assert first


def test_utf_8_whatever_the_locale(filled: Path) -> None:
    # No UTF-8 mode and no coercion: what a cron job on an old system gets.
    locale = {
        "LC_ALL": "C",
        "LANG": "C",
        "PYTHONUTF8": "0",
        "PYTHONCOERCECLOCALE": "0",
        "PYTHONIOENCODING": "",
    }
    result = spawn(
        "headlines", "中文", "-n", "1", "--format", "json", env={"TUI_NEWS_HOME": str(filled), **locale}
    )
    assert result.code == 0
    assert result.json["articles"][0]["section"] == "中文/国内/要闻"
    page = filled / "页.html"
    page.write_text("<h1>标题</h1><p>" + "正文。" * 60, encoding="utf-8")
    assert "正文" in spawn("read", str(page), env={"TUI_NEWS_HOME": str(filled), **locale}).out
    unknown = spawn("headlines", "水星", env={"TUI_NEWS_HOME": str(filled), **locale})
    assert (unknown.code, "水星" in unknown.err) == (4, True)


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="no /dev/full here")
def test_a_full_disk_behind_the_output_is_one_line(filled: Path) -> None:
    with open("/dev/full", "wb") as full:
        done = subprocess.run(
            [*PROGRAM, "headlines"],
            stdout=full,
            stderr=subprocess.PIPE,
            env={**os.environ, "TUI_NEWS_HOME": str(filled)},
            timeout=30,
            check=False,
        )
    assert done.returncode == 1
    assert done.stderr.decode().splitlines() == ["tui-news: output: No space left on device"]


def test_output_that_was_closed_beforehand(filled: Path) -> None:
    command = f'exec "{sys.executable}" -m tui_news headlines >&-'
    done = subprocess.run(
        ["/bin/sh", "-c", command],
        stderr=subprocess.PIPE,
        env={**os.environ, "TUI_NEWS_HOME": str(filled)},
        timeout=30,
        check=False,
    )
    assert (done.returncode, done.stderr) == (0, b"")


@pytest.mark.parametrize(
    ("environment", "bold"), [({}, True), ({"NO_COLOR": "1"}, False), ({"TERM": "dumb"}, False)]
)
def test_looks_only_where_they_are_wanted(filled: Path, environment: dict[str, str], bold: bool) -> None:
    with Terminal(
        [*PROGRAM, "headlines", "-n", "5"], env={"TUI_NEWS_HOME": str(filled), **environment}
    ) as term:
        assert term.wait(30) == 0
        term.settle()
        assert (b"\x1b[1m" in term.raw) is bold
        assert (b"\x1b" in term.raw) is bold
        assert len([line for line in term.screen if line]) == 5
    assert "\x1b" not in spawn("headlines", env={"TUI_NEWS_HOME": str(filled)}).out


def test_on_a_narrow_terminal_each_headline_is_one_line(filled: Path) -> None:
    with Terminal([*PROGRAM, "headlines", "中文"], cols=40, env={"TUI_NEWS_HOME": str(filled)}) as term:
        assert term.wait(30) == 0
        term.settle()
        shown = [line for line in term.screen if line]
    assert len(shown) >= 20
    assert all(line[:2].strip().isdigit() for line in shown)


def test_ctrl_c_ends_a_refresh_at_once(filled: Path, room: Loopback) -> None:
    for path in ("/feeds/world.rss", "/feeds/briefs.rss"):
        room.fault(path, "hang")
    process = subprocess.Popen(
        [*PROGRAM, "refresh"],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        env={**os.environ, "TUI_NEWS_HOME": str(filled)},
        start_new_session=True,
    )
    try:
        deadline = time.monotonic() + 20
        while room.hits("/feeds/world.rss") == 0 and time.monotonic() < deadline:
            time.sleep(0.02)
        process.send_signal(signal.SIGINT)
        out, err = process.communicate(timeout=20)
    finally:
        process.kill()
    assert process.returncode == 130
    assert (out, err) == (b"", b"")
    assert spawn("headlines", env={"TUI_NEWS_HOME": str(filled)}).code == 0


def without_powers() -> tuple[str, ...]:
    """A prefix under which root, too, is refused what the permissions refuse."""
    if os.geteuid() != 0:
        return ()
    if not shutil.which("setpriv"):
        pytest.skip("root without setpriv writes everywhere")
    return ("setpriv", "--bounding-set=-all", "--inh-caps=-all")


def test_a_home_that_can_only_be_read(filled: Path, room: Loopback) -> None:
    prefix = without_powers()
    environment = {"TUI_NEWS_HOME": str(filled)}
    assert spawn("headlines", env=environment).code == 0
    paths = [filled, *filled.rglob("*")]
    for path in paths:
        path.chmod(path.stat().st_mode & ~0o222)
    try:
        shown = spawn("headlines", "--format", "json", env=environment, prefix=prefix)
        assert shown.code == 0
        assert len(shown.json["articles"]) == 30
        assert all("read-only" in line for line in shown.complaints)
        assert spawn("read", "1", env=environment, prefix=prefix).code == 0
        for verb in (["mark", "read", "1"], ["refresh"], ["sources", "remove", "Nordpost"]):
            refused = spawn(*verb, env=environment, prefix=prefix)
            assert (refused.code, refused.out) == (1, ""), verb
            assert "fault of the program" not in refused.err
            assert "written" in refused.complaints[-1], verb
        assert room.hits("/feeds/world.rss") == 0
        doctor = spawn("doctor", env=environment, prefix=prefix)
        assert doctor.code == 1
        assert doctor.out.count("NOT writable") == 3
    finally:
        for path in paths:
            path.chmod(path.stat().st_mode | 0o200)


def test_a_new_home_where_none_can_be_made(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text("a file, not a folder")
    result = spawn("headlines", "-n", "1", env={"TUI_NEWS_HOME": str(blocked)})
    assert result.code == 0
    assert "Start here" in result.out
    assert spawn("doctor", env={"TUI_NEWS_HOME": str(blocked)}).code == 1


def test_a_fault_of_the_program_is_one_line(filled: Path, cli: Cli, monkeypatch: pytest.MonkeyPatch) -> None:
    from tui_news.newsroom import Newsroom

    def broken(*arguments: object, **options: object) -> None:
        raise RuntimeError("a \x1b[31mfault\nof ours")

    monkeypatch.setattr(Newsroom, "find_sources", broken)
    result = cli("headlines", "World")
    assert (result.code, result.out) == (1, "")
    assert len(result.complaints) == 1
    assert "RuntimeError: a fault of ours" in result.err
    assert "\x1b" not in result.err


def test_no_network(filled: Path) -> None:
    # A proxy at a closed port: every way out is shut.
    environment = {"TUI_NEWS_HOME": str(filled), "HTTP_PROXY": "http://127.0.0.1:9", "NO_PROXY": ""}
    assert spawn("headlines", env=environment).code == 0
    result = spawn("refresh", env=environment)
    assert result.code == 1
    assert len(result.complaints) == 5
    assert all("127.0.0.1" in line for line in result.complaints)


def test_links_that_a_terminal_opens(home: Path, tmp_path: Path) -> None:
    page = tmp_path / "page.html"
    text = "The ferry had stopped in the night, and so had the mill; nobody knew of it before breakfast."
    story = "".join(f"<p>{number}. {text}</p>" for number in range(4))
    link = '<p>It says so in <a href="https://e.example/x">a link</a>, which was put there at noon.</p>'
    page.write_text(
        f"<html><head><title>Head</title></head><body><article>{story}{link}{story}</article></body></html>"
    )
    command = [*PROGRAM, "read", str(page)]
    escaped = b"\x1b]8;;https://e.example/x\x1b\\a link\x1b]8;;\x1b\\"
    for env, there in (
        ({"TERM": "xterm-kitty"}, True),
        ({"TERM": "xterm"}, False),
        ({"TUI_NEWS_SLOW": "1", "TERM": "xterm-kitty"}, False),
    ):
        clean = {"KITTY_WINDOW_ID": None, "VTE_VERSION": None, "TERM_PROGRAM": None, "WT_SESSION": None}
        with Terminal(command, env={"TUI_NEWS_HOME": str(home), **clean, **env}) as term:
            assert term.wait(20) == 0
            assert (escaped in term.raw) is there
            assert b"[1]" in term.raw
    assert b"\x1b]8" not in spawn("read", str(page)).out.encode()
