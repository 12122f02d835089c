"""A slow line is noticed behind the first screen, remembered, and given less to carry."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui_news.ui.distance import is_measured
from tui_news.ui.frame import known_as_slow, line_name

ROOT = Path(__file__).parents[2]
MOVES_OFF = b"\x1b[?1003l\x1b[?1000h"


def app(home: Path, delay: float = 0.0, **env: str | None) -> Terminal:
    environment = {
        "TUI_NEWS_HOME": str(home),
        "TUI_NEWS_SLOW": None,
        "SSH_CONNECTION": "192.0.2.7 1 2 3",
        **env,
    }
    proxy = "http://127.0.0.1:9"
    environment |= {"HTTPS_PROXY": proxy, "HTTP_PROXY": proxy}
    return Terminal(
        [sys.executable, "-m", "tui_news"], rows=24, cols=80, env=environment, cwd=ROOT, delay=delay
    )


def test_a_slow_line_is_noticed_and_remembered_and_no_key_is_lost(tmp_path: Path) -> None:
    home = tmp_path / "home"
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text('[refresh]\non_start = false\n[ui]\ntheme = "dusk"\n')
    with app(home, delay=0.25) as term:
        # A key that is typed before any answer is there reaches the app.
        term.send("?")
        term.wait_for("keys", timeout=40)
        term.press("escape")
        term.wait_for("Slow line (", timeout=20)
        assert MOVES_OFF not in term.raw
        term.send("q")
        assert term.wait(20) == 0
    with app(home) as term:
        # Remembered: lean from the first frame on, and forgotten when it has become fast.
        term.wait_for("Start here", timeout=40)
        term.wait_for(lambda shown: MOVES_OFF in shown.raw, timeout=40)
        term.settle(1.0)  # the line is measured behind the first screen
        assert b"38;2;" not in term.raw
        term.send("q")
        assert term.wait(20) == 0
    with app(home) as term:
        term.wait_for("Start here", timeout=40)
        term.wait_for(lambda shown: b"38;2;" in shown.raw, timeout=40)
        term.settle(0.5)
        assert MOVES_OFF not in term.raw
        assert "Slow line" not in term.text


def test_who_says_how_the_line_is(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("TUI_NEWS_SLOW", raising=False)
    monkeypatch.setenv("SSH_CONNECTION", "192.0.2.7 50000 192.0.2.1 22")
    assert line_name() == "192.0.2.7"
    assert [known_as_slow(choice, "192.0.2.7") for choice in ("auto", "on", "off")] == [True, True, False]
    assert not known_as_slow("auto", None)
    assert not known_as_slow("auto", "198.51.100.1")
    assert [is_measured(choice) for choice in ("auto", "on", "off")] == [True, False, False]
    monkeypatch.setenv("TUI_NEWS_SLOW", "1")
    assert known_as_slow("off", None)
    assert not is_measured("auto")
    monkeypatch.setenv("TUI_NEWS_SLOW", "0")
    assert not known_as_slow("on", "192.0.2.7")
