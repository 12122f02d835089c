"""Linear mode on a PTY: chosen by the terminal's kind, its prompt, Ctrl-c, hanging up, and a broken pipe."""

from __future__ import annotations

import os
import re
import signal
import subprocess
import sys
from pathlib import Path

from tests.linear.conftest import DRAWING
from tests.terminal import Terminal

COMMAND = [sys.executable, "-m", "tui_news"]
ROOT = Path(__file__).parents[2]


def terminal(home: Path, *arguments: str, term: str | None = "dumb", cols: int = 80) -> Terminal:
    env = {"TERM": term, "TUI_NEWS_HOME": str(home)}
    return Terminal([*COMMAND, *arguments], rows=24, cols=cols, env=env, cwd=ROOT)


def test_a_dumb_terminal_gets_it_by_itself(filled: Path) -> None:
    with terminal(filled) as term:
        term.wait_for("All sections>", timeout=30)
        term.send("1\r")
        term.wait_for("Published: ")
        # A page, then its prompt with the real cursor behind it.
        term.settle()
        assert term.text.rstrip().endswith(("Article, more>", "End of article>"))
        row, column = term.emulator.cursor.y, term.emulator.cursor.x
        assert term.screen[row].rstrip().endswith(">")
        assert column == len(term.screen[row].rstrip()) + 1
        term.send("exit\r")
        assert term.wait() == 0
        assert not DRAWING.search(term.raw.decode())


def test_a_missing_term_and_the_setting_choose_it_too(filled: Path) -> None:
    with terminal(filled, term=None) as term:
        term.wait_for("All sections>", timeout=30)
        term.send("\x04")
        assert term.wait() == 0
    (filled / "config" / "config.toml").write_text('[ui]\nlinear = "on"\n')
    with terminal(filled, term="xterm-256color", cols=50) as term:
        term.wait_for("All sections>", timeout=30)
        term.send("q\r")
        assert term.wait() == 0
        assert max(map(len, term.screen)) < 50


def test_control_c_gives_up_the_line_and_not_the_program(filled: Path) -> None:
    with terminal(filled, "--linear", term="xterm") as term:
        term.wait_for("All sections>", timeout=30)
        term.send("starr\x03")
        term.wait_for(re.compile("^q quits", re.MULTILINE), timeout=30)
        term.send("t World\r")
        term.wait_for("World>")
        term.send("q\r")
        assert term.wait() == 0


def test_a_signal_remembers_the_place(filled: Path) -> None:
    with terminal(filled) as term:
        term.wait_for("All sections>", timeout=30)
        term.send("t 要闻\r")
        term.wait_for("要闻>")
        term.send("1\r")
        term.wait_for("Published: ")
        term.settle()
        term.kill(signal.SIGHUP)
        assert term.wait() == 128 + signal.SIGHUP
        assert "Traceback" not in term.text
    with terminal(filled) as term:
        term.wait_for("要闻>", timeout=30)


def test_a_reader_that_goes_away_ends_it_quietly(filled: Path) -> None:
    lines = b"".join(b"t World\n" for _ in range(3_000))
    done = subprocess.run(
        ["/bin/sh", "-c", f"{sys.executable} -m tui_news --linear | head -2"],
        input=lines,
        capture_output=True,
        env={**os.environ, "TUI_NEWS_HOME": str(filled)},
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    assert done.stderr == b""
    assert len(done.stdout.splitlines()) == 2
