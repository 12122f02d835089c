"""The first screen before the program: true or not shown, no key lost, the terminal always given back."""

from __future__ import annotations

import os
import re
import signal
import sys
import termios
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from zlib import crc32

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.emulator import Emulator
from tests.terminal import Terminal
from tests.ui.painter_stage import differences
from tui_news import early
from tui_news.folders import folders

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "tui_news"]
LATE = """
import sys, time

class Slow:
    def find_spec(self, name, path=None, target=None):
        if name == "{at}":
            time.sleep({seconds})

sys.meta_path.insert(0, Slow())
sys.argv = ["tui-news"]
from tui_news.__main__ import main
{patch}
main()
"""
"""The program on a machine on which it takes long to load."""


@contextmanager
def program(
    home: Path, argv: list[str] | None = None, env: dict[str, str | None] | None = None, **more: object
) -> Iterator[Terminal]:
    mine = {"TUI_NEWS_HOME": str(home), "TZ": "UTC", "https_proxy": "http://127.0.0.1:9"}
    with Terminal(argv or PROGRAM, env=mine | (env or {}), cwd=ROOT, **more) as terminal:  # type: ignore[arg-type]
        yield terminal


def late(seconds: float = 0.5, patch: str = "", at: str = "tui_news.cli") -> list[str]:
    """It takes long at the import of `at`: of the shell's part before anything but a kept screen is shown, of
    `tui_news.ui.app` after the opening."""
    return [sys.executable, "-c", LATE.format(seconds=seconds, patch=patch, at=at)]


def loaded(terminal: Terminal) -> bool:
    """Whether Textual has the terminal: it asks for the mouse then."""
    return 1006 in terminal.emulator.modes


def differ(ours: Terminal, theirs: Terminal) -> list[str]:
    """What differs once both have said all; on a busy machine that is not at the first silence."""
    for _ in range(30):
        for terminal in (ours, theirs):
            terminal.settle(0.2)
        if not (found := differences(ours.emulator, theirs.emulator, without="\ufe0f")):
            break
    return found


def first_screen(terminal: Terminal) -> list[str]:
    """What the terminal showed until Textual had it."""
    emulator = Emulator(len(terminal.screen), terminal.emulator.columns)
    emulator.feed(terminal.raw.partition(b"\x1b[?1000h")[0])
    return emulator.text


def read_and_leave(home: Path, keys: str = "", **more: object) -> None:
    """Open the program, type, and end it: it keeps its next first screen."""
    with program(home, **more) as terminal:  # type: ignore[arg-type]
        terminal.wait_for(loaded, 20)
        terminal.wait_for("unread of", 20)
        terminal.settle()
        for key in keys:
            terminal.send(key)
            terminal.settle(0.05)
        for _ in range(6):
            if terminal.exit_code is not None:
                break
            terminal.send("q")
            terminal.settle(0.3)
        assert terminal.wait(20) == 0


@pytest.fixture
def kept(home: Path) -> Path:
    """A home that the program has been in."""
    read_and_leave(home)
    assert (home / "cache" / early.FILE).stat().st_mode & 0o777 == 0o600
    return home


def test_the_screen_is_there_before_the_program_and_the_program_changes_next_to_nothing(kept: Path) -> None:
    with program(kept, late()) as terminal:
        terminal.wait_for("unread of")
        assert not loaded(terminal)
        terminal.wait_for(loaded, 20)
        terminal.settle(0.5)
        assert first_screen(terminal) == terminal.screen
        early_bytes, _, rest = terminal.raw.partition(b"\x1b[?1000h")
        # What Textual says to every terminal, and a row with emoji, whose width is never sure.
        assert len(rest) < 800 < 2000 < len(early_bytes)


def test_keys_typed_meanwhile_are_not_lost_and_mean_what_was_shown(kept: Path) -> None:
    with program(kept, late()) as terminal:
        terminal.wait_for("unread of")
        third = re.sub(r"\W+", "", terminal.screen[4][28:50])
        terminal.send("jj\r")
        terminal.wait_for(loaded, 20)
        terminal.wait_for("Space page", 20)
        terminal.settle()
        assert third in re.sub(r"\W+", "", terminal.text)
        terminal.send("q")
        terminal.wait_for("Enter read")


@pytest.mark.parametrize("keys", ["\r", "\n"], ids=["Enter", "as a line's end"])
def test_an_enter_from_before_the_terminal_was_raw_is_an_enter(home: Path, keys: str) -> None:
    with program(home, late()) as terminal:
        terminal.send(keys)  # the terminal makes a newline of it
        terminal.wait_for(" min · ", 40)


@pytest.mark.parametrize("change", ["mark", "refresh", "config", "front", "size", "damage", "day", "term"])
def test_what_is_no_longer_true_is_not_shown(kept: Path, change: str) -> None:
    file = kept / "cache" / early.FILE
    rows = 24
    if change == "mark":
        with program(kept, [*PROGRAM, "headlines", "-n", "3"]) as terminal:
            assert terminal.wait(20) == 0
        with program(kept, [*PROGRAM, "mark", "read", "1"]) as terminal:
            assert terminal.wait(20) == 0
    elif change == "refresh":
        head = next((kept / "cache" / "heads").glob("*.jsonl"))
        head.write_bytes(head.read_bytes() + head.read_bytes().splitlines(keepends=True)[-1])
    elif change == "front":
        (kept / "cache" / "front.json").write_text("{}")
    elif change == "config":
        (kept / "config" / "config.toml").write_text("[refresh]\non_start = false\n[ui]\ndensity = 'one'\n")
    elif change == "size":
        rows = 30
    elif change == "damage":
        file.write_bytes(file.read_bytes().replace(b"tui-news", b"tui-olds"))
    elif change == "day":
        data = re.sub(rb"(?m)^day .*$", b"day 2020-02-02", file.read_bytes().partition(b"\n")[2])
        file.write_bytes(f"{early.FORMAT} {crc32(data):08x}\n".encode() + data)
    more: dict[str, object] = {"rows": rows} if rows != 24 else {}
    with program(kept, late(), {"COLORTERM": None} if change == "term" else None, **more) as terminal:
        time.sleep(0.4)
        assert not terminal.raw
        terminal.wait_for("unread of", 20)
        assert "tui-olds" not in terminal.text


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_a_program_that_dies_meanwhile_leaves_the_terminal_as_it_was(kept: Path, number: int) -> None:
    with program(kept, late(20)) as terminal:
        before = termios.tcgetattr(terminal._master)
        terminal.wait_for("unread of")
        terminal.wait_for(lambda t: termios.tcgetattr(t._master)[3] & termios.ECHO == 0)
        time.sleep(0.1)
        terminal.kill(number)
        assert terminal.wait() != 0
        assert terminal.emulator.modes == {7, 25}
        assert termios.tcgetattr(terminal._master)[3] & termios.ECHO
        assert before[3] & termios.ICANON
        assert "unread of" not in terminal.text


NO_ROOM = """
def fail():
    raise OSError(28, "No space left on device", "cache")

class Full:
    def find_spec(self, name, path=None, target=None):
        if name == "tui_news.ui.app":
            fail()

sys.meta_path.insert(0, Full())
"""


def test_a_complaint_is_made_on_the_readers_own_screen(kept: Path) -> None:
    with program(kept, late(0.3, NO_ROOM)) as terminal:
        terminal.wait_for("unread of")
        assert terminal.wait(20) == 1
        assert terminal.emulator.modes == {7, 25}
        assert "No space left on device" in terminal.text


def test_a_resize_meanwhile_and_one_there_and_back(kept: Path) -> None:
    for sizes in ([(30, 100)], [(30, 100), (24, 80)]):
        with program(kept, late()) as terminal:
            terminal.wait_for("unread of")
            terminal.settle(0.1)
            for size in sizes:
                terminal.resize(*size)
                time.sleep(0.1)
            terminal.wait_for(loaded, 20)
            with program(kept, rows=sizes[-1][0], cols=sizes[-1][1]) as fresh:
                fresh.wait_for(loaded, 20)
                assert differ(terminal, fresh) == []


def test_after_any_keys_the_next_start_shows_what_it_then_is(home: Path) -> None:
    """Cell for cell as Textual itself paints it, whatever the reader did before he left."""
    for keys in ("j\rjq\t", "\t\tvvjjsL"):
        read_and_leave(home, keys)
        with program(home) as ours, program(home, env={"TUI_NEWS_PAINTER": "0"}) as theirs:
            for terminal in (ours, theirs):
                terminal.wait_for(loaded, 20)
            assert differ(ours, theirs) == [], keys
            assert first_screen(ours) == ours.screen, keys


# --- the file is not trusted --------------------------------------------------------------------------

HARMLESS = re.compile(r"\x1b\[[0-9;]*m|\x1b\[\d+;\d+H|\x1b\[[JK]")
FIELDS = st.text(
    alphabet=st.sampled_from("0123456789;,-~ ab中🎉\x1b\x07\x9b\u202e\u200d[]m\x1f\n\r"), max_size=9
)


@settings(max_examples=300, deadline=None)
@given(
    st.lists(FIELDS, min_size=2, max_size=4),
    st.lists(st.lists(FIELDS, max_size=7).map(early.MARK.join), min_size=3, max_size=3),
)
def test_no_file_steers_the_terminal(pens: list[str], rows: list[str]) -> None:
    body = "\n".join(["here", "20 3", "stamp", early.MARK.join(["1", "0,,", *pens]), "day 1", *rows])
    data = body.encode("utf-8", "replace")
    data = f"{early.FORMAT} {crc32(data):08x}\n".encode() + data
    try:
        found = early.screen_of(data, ["here", "20 3", "stamp"], "1")
        text = early.drawn(*found) if found else ""
    except (ValueError, LookupError):
        return
    left = HARMLESS.sub("", text).replace("\u200d", "").replace("\u3000", "")
    assert left.isprintable()


def test_the_folders_are_those_of_platformdirs(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    import platformdirs

    def theirs() -> tuple[str, str, str]:
        return (
            platformdirs.user_config_dir("tui-news"),
            platformdirs.user_cache_dir("tui-news"),
            platformdirs.user_data_dir("tui-news"),
        )

    monkeypatch.delenv("TUI_NEWS_HOME", raising=False)
    for value in (str(tmp_path), "relative", "", None):
        for name in ("XDG_CONFIG_HOME", "XDG_CACHE_HOME", "XDG_DATA_HOME"):
            if value is None:
                monkeypatch.delenv(name, raising=False)
            else:
                monkeypatch.setenv(name, value)
        assert folders() == theirs()
    monkeypatch.setenv("TUI_NEWS_HOME", "here")
    assert folders() == tuple(os.path.join(os.getcwd(), "here", name) for name in ("config", "cache", "data"))
