"""`doctor` asks the terminal: what it makes of answers, of silence and of nonsense."""

from __future__ import annotations

import json
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.cli.conftest import Cli
from tests.terminal import Terminal
from tui_news.cli.terminal import lines
from tui_news.terminal.abilities import ABILITIES, Abilities, read_abilities, read_column

ROOT = Path(__file__).parents[2]
DOCTOR = [sys.executable, "-m", "tui_news", "doctor"]


def doctor(home: Path, *arguments: str, answers: bool = True, delay: float = 0.0) -> Terminal:
    return Terminal(
        [*DOCTOR, *arguments], rows=40, cols=100, env={"TUI_NEWS_HOME": str(home)}, cwd=ROOT,
        answers=answers, delay=delay,
    )  # fmt: skip


def test_a_terminal_that_answers_is_described(filled: Path) -> None:
    with doctor(filled) as term:
        assert term.wait(60) == 0
        text = term.text
    for said in ("round trip", "tui-news tests 1", "24-bit colour", "synchronized output", "ambiguous width",
                 "1 column ", "j in the window", "bytes", "All is well."):  # fmt: skip
        assert said in text, text
    # What was printed to measure widths is gone, and so is every answer.
    assert "±" not in text
    assert "[?62" not in text
    assert "Gi=31" not in text


def test_a_terminal_that_stays_silent_costs_one_wait_and_no_more(filled: Path) -> None:
    with doctor(filled, answers=False) as term:
        assert term.wait(60) == 0
        assert "did not answer within 1.0 s" in term.text
        assert "All is well." in term.text
        asked = term.raw.count(b"\x1b[c")
    assert asked == 1


def test_a_slow_line_is_told_with_its_setting() -> None:
    found = dict.fromkeys(Abilities.__slots__) | {
        "name": "", "round_trip_ms": 310.0, "multiplexer": "tmux", "ambiguous": 2, "bytes": None,
        "settings": {"ui.ambiguous_wide": True},
    }  # fmt: skip
    said = list(lines(found))
    assert "310.0 ms" in said[0]
    assert "ui.slow" in said[0]
    assert any("set-clipboard" in line for line in said)
    assert said[-1].endswith("tui-news config set ui.ambiguous_wide true")


def test_the_report_for_programs(filled: Path, tmp_path: Path) -> None:
    out = tmp_path / "report.json"
    command = ["/bin/sh", "-c", f'{" ".join(DOCTOR)} --format json >"{out}"']
    with Terminal(command, rows=24, cols=80, env={"TUI_NEWS_HOME": str(filled)}, cwd=ROOT) as term:
        assert term.wait(60) == 0
    report = json.loads(out.read_text("utf-8"))
    assert report["version"] == 1
    assert report["wrong"] == []
    terminal = report["terminal"]
    assert (terminal["columns"], terminal["lines"], terminal["name"]) == (80, 24, "tui-news tests 1")
    assert terminal["ambiguous"] == 1
    assert terminal["round_trip_ms"] >= 0
    assert 0 < terminal["bytes"]["inside"] < terminal["bytes"]["first"]


def test_without_a_terminal_nothing_is_asked(filled: Path, cli: Cli) -> None:
    report = cli("doctor", "--format", "json").json
    assert report["terminal"] is None
    assert report["articles"] > 0
    assert list(lines(None)) == []


ANSWERS = (
    b"\x1bP>|Example 1.2\x1b\\\x1b[?2026;2$y\x1b[?69;0$y\x1b[?2048;1$y\x1bP1+r4D73=1B\x1b\\"
    b"\x1bP1$r0;48:2::1:2:3m\x1b\\\x1b_Gi=31;OK\x1b\\\x1b[?62;4;22c"
)


def test_answers_become_facts() -> None:
    facts = read_abilities(ANSWERS, {"TERM": "xterm-256color"})
    assert (facts.name, facts.truecolor, facts.sync, facts.margins) == ("Example 1.2", True, True, False)
    assert (facts.resize_in_band, facts.clipboard, facts.kitty_graphics, facts.sixel) == (True,) * 4
    assert facts.links is None
    poor = read_abilities(b"\x1bP1$r48;5;16m\x1b\\\x1b[?1;2c", {"TERM": "linux"})
    assert (poor.name, poor.truecolor, poor.sync, poor.sixel, poor.links) == ("", False, None, False, False)
    assert read_column(b"\x1b[12;3R\x1b[?1c") == 3
    assert read_column(b"\x1b[?1c") is None


@pytest.mark.parametrize("name", ["\x1b]0;owned\x07", "a\x9d0;owned\x9c", "\u202egnp.exe", "x" * 500])
def test_a_hostile_name_is_cleaned(name: str) -> None:
    answer = b"\x1bP>|" + name.encode("utf-8", "replace") + b"\x1b\\\x1b[?1c"
    said = read_abilities(answer, {}).name
    assert said.isprintable()
    assert len(said) <= 80
    assert "\u202e" not in said


@given(st.lists(st.sampled_from([ANSWERS[:40], ANSWERS[20:90], b"\x1b", b"\x1b[?", b";" * 9, b"9" * 30, b"R"])
                | st.binary(max_size=20), max_size=12))  # fmt: skip
def test_no_answer_breaks_it(parts: list[bytes]) -> None:
    answer = b"".join(parts)
    facts = read_abilities(answer, {})
    assert facts.name.isprintable()
    assert read_column(answer) is None or read_column(answer) is not None


def test_questions_end_with_the_one_that_all_answer() -> None:
    assert ABILITIES.endswith(b"\x1b[c")
