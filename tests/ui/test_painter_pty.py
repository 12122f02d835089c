"""The painter on a real PTY: next to Textual's own painting, over a stop and a resize, byte by byte."""

from __future__ import annotations

import contextlib
import os
import signal
import sys
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


def test_side_by_side_with_textuals_own_painting() -> None:
    with contextlib.ExitStack() as stack:
        ours = stack.enter_context(start("1", "textual-dark"))
        theirs = stack.enter_context(start("0", "textual-dark"))
        both = (ours, theirs)
        costs: list[list[int]] = []
        for terminal in both:
            terminal.wait_for("harbour")
            terminal.settle(0.3)
        for step in ["j", "jjj", "G", "k", "b", " ", "\r", "j", " ", "q", "s", (10, 40), (30, 100), "s", "g"]:
            for terminal in both:
                if isinstance(step, str):
                    terminal.send(step)
                else:
                    terminal.resize(*step)
            costs.append([len(terminal.settle()) for terminal in both])
            # The emulator does not clear what a cluster widened by its selector had grown over; the painter
            # blanks both cells before, Textual does not.
            assert differences(ours.emulator, theirs.emulator, without="\ufe0f") == [], step
        assert all(one < two / 2 for one, two in costs)
        for terminal in both:
            terminal.send("q")
            assert terminal.wait() == 0


def test_bytes_on_the_wire() -> None:
    with start() as terminal:
        terminal.wait_for("harbour")
        first = terminal.settle(0.3)
        # The text alone is 1,535 bytes, and what Textual says to any terminal first is about 260.
        assert len(first) < 2700
        terminal.send("j")
        terminal.settle()
        for key in "jjkk":
            terminal.send(key)
            assert len(terminal.settle()) <= 14


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
        terminal.settle()
        assert 1049 not in terminal.emulator.modes
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
