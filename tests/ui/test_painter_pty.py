"""The painter on a real PTY: next to Textual's own painting, over a stop and a resize, byte by byte."""

from __future__ import annotations

import os
import signal
import sys
import termios
import time
from pathlib import Path

from tests.terminal import Terminal
from tests.ui.painter_stage import differences

ROOT = Path(__file__).parents[2]


def start(painter: str = "1", theme: str = "ansi-dark", rows: int = 24, cols: int = 80) -> Terminal:
    env = {"TUI_NEWS_PAINTER": painter, "TUI_NEWS_SLOW": None}
    argv = [sys.executable, "-m", "tests.ui.painter_app", theme]
    return Terminal(argv, rows=rows, cols=cols, env=env, cwd=ROOT)


def stopped(terminal: Terminal) -> bool:
    return Path(f"/proc/{terminal.pid}/stat").read_text().rsplit(")", 1)[1].split()[0] == "T"


def differ(ours: Terminal, theirs: Terminal) -> list[str]:
    """What differs once both have said all; on a busy machine that is not at the first silence."""
    for _ in range(20):
        for terminal in (ours, theirs):
            terminal.settle(0.2)
        # The emulator does not clear what a cluster widened by its selector had grown over; the painter
        # blanks both cells before, Textual does not.
        if not (found := differences(ours.emulator, theirs.emulator, without="\ufe0f")):
            break
    return found


def test_side_by_side_with_textuals_own_painting() -> None:
    with start("1", "textual-dark") as ours, start("0", "textual-dark") as theirs:
        for terminal in (ours, theirs):
            terminal.wait_for("harbour")
        assert differ(ours, theirs) == []
        for step in ["j", "jjj", "G", "k", "b", " ", "\r", "j", " ", "q", "s", (10, 40), (30, 100), "s", "g"]:
            for terminal in (ours, theirs):
                if isinstance(step, str):
                    terminal.send(step)
                else:
                    terminal.resize(*step)
            assert differ(ours, theirs) == [], step
        assert len(ours.raw) < len(theirs.raw) / 4
        for terminal in (ours, theirs):
            terminal.send("q")
            assert terminal.wait() == 0


def test_bytes_on_the_wire() -> None:
    with start() as terminal:
        terminal.wait_for("harbour")
        first = terminal.settle(0.3)
        # The text alone is 1,535 bytes, and what Textual says to any terminal first is about 260.
        assert len(first) < 2700
        terminal.send("j")
        terminal.settle(some=True)
        for key in "jjkk":
            terminal.send(key)
            assert 0 < len(terminal.settle(some=True)) <= 14


def test_a_stopped_app_comes_back_with_the_whole_screen() -> None:
    with start() as terminal:
        terminal.wait_for("harbour")
        terminal.send("jj")
        terminal.settle(0.3)
        before = terminal.screen
        terminal.kill(signal.SIGTSTP)
        for _ in range(500):
            if stopped(terminal):
                break
            time.sleep(0.01)
        assert stopped(terminal)
        # The last bytes may still be on their way when the process has stopped.
        terminal.wait_for(lambda _: 1049 not in terminal.emulator.modes)
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for("harbour")
        terminal.settle(0.3)
        assert terminal.screen == before
        terminal.send("j")
        assert len(terminal.settle(some=True)) < 40
        assert terminal.screen[3].startswith("▌") or terminal.screen[4].startswith("▌")
        terminal.send("q")
        assert terminal.wait() == 0
        assert terminal.emulator.cursor.attrs == terminal.emulator.default_char


def test_line_feeds_go_straight_down_while_it_runs_and_the_terminal_is_left_as_it_was() -> None:
    with start() as terminal:
        before = termios.tcgetattr(terminal._master)
        terminal.wait_for("harbour")
        terminal.settle(0.3)
        assert not termios.tcgetattr(terminal._master)[1] & termios.OPOST
        terminal.send("jj")
        assert b"\n" in terminal.settle(0.3)
        terminal.send("q")
        assert terminal.wait() == 0
        assert before[1] & termios.OPOST
        assert termios.tcgetattr(terminal._master) == before


def test_a_pane_is_scrolled_alone_where_the_terminal_says_that_it_can() -> None:
    for unknown in (set(), {69}):
        with start() as terminal:
            terminal.emulator.unknown |= unknown
            terminal.wait_for("harbour")
            terminal.settle(0.3)
            assert b"\x1b[?69$p" in terminal.raw
            terminal.send("G")
            terminal.settle(0.3)
            assert 69 not in terminal.emulator.modes or not unknown
            terminal.send("q")
            assert terminal.wait() == 0
            assert 69 not in terminal.emulator.modes
