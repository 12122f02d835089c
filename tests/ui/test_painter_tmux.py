"""The painter on a terminal that is not ours, tmux: what it built up equals what a full repaint shows."""

from __future__ import annotations

import re
import shutil
import subprocess
import sys
import time
from pathlib import Path
from uuid import uuid4

import pytest

from tests.emulator import Emulator
from tests.ui.painter_stage import differences

ROOT = Path(__file__).parents[2]
TMUX = shutil.which("tmux")

pytestmark = pytest.mark.skipif(TMUX is None, reason="tmux is not installed")


class Tmux:
    """A server of its own with one window of 80x24."""

    def __init__(self, command: str) -> None:
        self._socket = f"painter-{uuid4().hex[:8]}"
        self.run("new-session", "-d", "-x", "80", "-y", "24", command)

    def run(self, *arguments: str) -> str:
        argv = [str(TMUX), "-L", self._socket, "-f", "/dev/null", *arguments]
        return subprocess.run(argv, capture_output=True, text=True, check=True, encoding="utf-8").stdout

    def settled(self) -> str:
        """The pane with its styles, once it has not changed for a while."""
        before = ""
        for _ in range(100):
            time.sleep(0.15)
            shown = self.run("capture-pane", "-p", "-e")
            if shown == before and shown.strip():
                return shown
            before = shown
        raise TimeoutError(before)


def screen(captured: str) -> Emulator:
    """The capture as cells. It leaves erased blanks at the end of a line out, with their background."""
    lines = captured.rstrip("\n").split("\n")
    terminal = Emulator(24, 130)
    terminal.feed(b"\x1b[?7l")
    for y, line in enumerate(lines[:24]):
        terminal.feed(f"\x1b[{y + 1}H{line.rstrip()}".encode())
    for y in range(24):
        x = terminal.columns - 1
        while x >= 0 and terminal.cell(y, x).data == " ":
            terminal.buffer[y].pop(x, None)
            x -= 1
    return terminal


def test_what_was_built_up_is_what_a_repaint_shows() -> None:
    shell = f"cd '{ROOT}' && exec env COLORTERM=truecolor TUI_NEWS_PAINTER=1 TUI_NEWS_SLOW= LC_ALL=C.UTF-8"
    tmux = Tmux(f"{shell} '{sys.executable}' -m tests.ui.painter_app")
    try:
        assert "harbour" in tmux.settled()
        for keys in (["j", "j"], ["G", "k"], ["b"], ["s"], ["j", "Space"], ["?"], ["?", "q", "s", "b", "j"]):
            tmux.run("send-keys", *keys)
            built = tmux.settled()
            assert re.search("harbour|source|example", built)
            tmux.run("send-keys", "C-l")
            assert differences(screen(built), screen(tmux.settled())) == [], keys
    finally:
        tmux.run("kill-server")
