"""Faults of the line that only a real terminal has: no room at all, storms of sizes, an end of input."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from pathlib import Path
from random import Random

import pytest

from tests.hostile.product import worked
from tests.ui.test_pty import ROOT, left_clean, program, quit_from


@pytest.mark.parametrize(("rows", "cols"), [(5, 20), (1, 1)])
def test_a_terminal_with_no_room(home: Path, rows: int, cols: int) -> None:
    with program(home, rows=rows, cols=cols) as terminal:
        terminal.settle(1.0, timeout=20, some=True)
        for key in (
            "j",
            "enter",
            "pagedown",
            "escape",
            "t",
            "pagedown",
            "escape",
            "e",
            "escape",
            "?",
            "escape",
        ):
            terminal.press(key)
            terminal.settle(0.05)
        assert terminal.exit_code is None
        assert quit_from(terminal) == 0
        left_clean(terminal)


def test_keys_before_the_program_is_there_leave_it_a_keyboard(home: Path) -> None:
    with program(home) as terminal:
        terminal.wait_for("unread of", 20)  # painted, but nobody listens yet
        terminal.press("f", *["pagedown"] * 30, *"river")
        terminal.wait_for("Filter: river", 20)
        terminal.press("escape")
        terminal.wait_for("Filter:", 20, gone=True)
        terminal.press("s")
        terminal.wait_for("Starred", 20)
        assert quit_from(terminal) == 0


def test_what_follows_a_slash_in_one_packet_is_what_a_sheet_looks_for(home: Path) -> None:
    with program(home) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.settle()
        terminal.press("t")
        terminal.wait_for("Sections and sources", 20)
        terminal.settle()
        terminal.press("/", *"nomad")
        terminal.wait_for("│ nomad", 20)  # and no n, m or D of the sheet's own was done
        terminal.press("escape")
        terminal.wait_for("│ nomad", 20, gone=True)
        terminal.wait_for("Cult", 20)
        # The first Enter leaves the field, what comes behind it is for the rows.
        terminal.press("/", *"worl", "enter", "j", "k", "enter")
        terminal.wait_for("│ worl", 20, gone=True)
        terminal.wait_for(lambda terminal: terminal.screen[1].startswith(" World"), 20)
        assert quit_from(terminal) == 0


@pytest.mark.skipif(sys.platform != "linux", reason="reads /proc")
def test_a_flood_of_keys_at_a_prompt_comes_to_rest(home: Path) -> None:
    with program(home) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.settle()
        terminal.press("f", *["pagedown"] * 100, *["tab"] * 100, *"river")
        terminal.wait_for("Filter: river", 20)
        deadline = time.monotonic() + 30
        before, now = -1.0, worked(terminal.pid)
        while before != now:
            assert time.monotonic() < deadline, "it goes round and round"
            time.sleep(0.5)
            before, now = now, worked(terminal.pid)
        terminal.press("escape")
        terminal.wait_for("Filter:", 20, gone=True)
        assert quit_from(terminal) == 0


def test_a_storm_of_sizes(home: Path) -> None:
    chance = Random(5)
    with program(home) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.settle()
        for number in range(60):
            terminal.resize(chance.choice((1, 2, 5, 24, 50)), chance.choice((1, 9, 20, 80, 132)))
            if number % 6 == 0:
                terminal.press(chance.choice(("j", "enter", "escape", "t", "e")))
        terminal.resize(24, 80)
        terminal.settle(0.5, timeout=30)
        for _ in range(3):
            terminal.press("escape")
            terminal.settle(0.2)
        terminal.wait_for(lambda shown: any(line.strip() for line in shown.screen), 20)
        assert quit_from(terminal) == 0
        left_clean(terminal)


@pytest.mark.parametrize("words", [(), ("--linear",)], ids=["screen", "linear"])
def test_an_input_that_has_ended_is_no_endless_loop(home: Path, words: tuple[str, ...]) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "tui_news", *words],
        stdin=subprocess.DEVNULL,
        capture_output=True,
        env={**os.environ, "TUI_NEWS_HOME": str(home)},
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode in (0, 2)
    assert b"Traceback" not in done.stderr
    assert len(done.stderr.splitlines()) <= 1


def test_killed_while_it_refreshes_nothing_is_lost(home: Path) -> None:
    with program(home) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.settle()
        terminal.press("3", "s")
        terminal.wait_for("Starred", 20)
        terminal.press("R")
        terminal.kill(signal.SIGKILL)
        terminal.wait(20)
    done = subprocess.run(
        [sys.executable, "-m", "tui_news", "search", "is:starred", "--format", "tsv"],
        capture_output=True,
        text=True,
        env={**os.environ, "TUI_NEWS_HOME": str(home)},
        cwd=ROOT,
        timeout=60,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    assert len(done.stdout.splitlines()) == 2
