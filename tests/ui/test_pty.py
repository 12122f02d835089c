"""The real program on a real terminal: what sources send, signals, cut lines, poor terminals, full disks."""

from __future__ import annotations

import os
import re
import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from tests.newsroom import Newsroom as Loopback
from tests.newsroom.hostile import MARK, SEQUENCES, attacks
from tests.terminal import Terminal, hostile_bytes
from tests.ui.desk import CONFIG, copy_home, open_desk, places_in, refresh, write_sources
from tui_news.newsroom import Newsroom, View

ROOT = Path(__file__).parents[2]
PROGRAM = [sys.executable, "-m", "tui_news"]
HONEST_OSC = {2, 8, 11, 22}
"""Title, background colour and pointer shape, which Textual itself asks for; and links."""
LINK = re.compile(rb"\x1b\]8;([^\x1b\x07]*)(?:\x1b\\\\|\x07)")
HONEST_LINK = re.compile(
    rb";|id=\d+;(?:https?://[^@/\x00-\x20\x7f-\xff]+(?:[/?#][\x21-\x7e]*)?|mailto:[\x21-\x7e]+)"
)
RESTORED = {7, 25}
"""What a terminal has on when a program leaves it: wrapping, and a cursor that is seen."""
BREAKING = re.compile(r"[\x00-\x1f\x7f-\x9f\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ufeff]")


@contextmanager
def program(
    home: Path, env: dict[str, str | None] | None = None, argv: list[str] | None = None, **more: object
) -> Iterator[Terminal]:
    # No test goes out into the world: a proxy that is not there.
    dead = "http://127.0.0.1:9"
    mine = {"TUI_NEWS_HOME": str(home), "TZ": "UTC", "https_proxy": dead, "PYTHONUNBUFFERED": None}
    more.setdefault("cwd", ROOT)
    with Terminal(argv or PROGRAM, env=mine | (env or {}), **more) as terminal:  # type: ignore[arg-type]
        yield terminal


def quit_from(terminal: Terminal) -> int:
    """Leave by the key, from wherever the reader is."""
    for _ in range(6):
        if terminal.exit_code is not None:
            break
        try:
            terminal.send("q")
            terminal.settle(some=False)
        except (OSError, TimeoutError):
            break
    return terminal.wait(20)


def left_clean(terminal: Terminal) -> None:
    """Nothing was printed over the reader's shell, and the terminal is as it was."""
    assert set(terminal.emulator.modes) == RESTORED
    assert "Traceback" not in terminal.text
    assert "Warning" not in terminal.text
    assert hostile_bytes(terminal.raw, osc=HONEST_OSC) == {}
    links = LINK.findall(terminal.raw)
    assert [link for link in links if not HONEST_LINK.fullmatch(link)] == []


def test_an_empty_home_without_a_network_shows_the_starter_edition(empty_home: Path) -> None:
    with program(empty_home, {"http_proxy": "http://127.0.0.1:9"}) as terminal:
        terminal.wait_for("Welcome", 20)
        terminal.wait_for("unread of", 20)
        terminal.press("enter")
        terminal.wait_for("Space page", 20)
        assert quit_from(terminal) == 0
        left_clean(terminal)


# --- what sources send --------------------------------------------------------------------------------


@pytest.fixture(scope="module")
def _hostile(_room: Loopback, clock: object, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose sources attack by everything that they can say."""
    _room.reset()
    names = [text[:80] for text in SEQUENCES.values()]
    sources = [
        {
            "url": _room.url(f"/feeds/hostile.{kind}"),
            "title": names[number] + f" source {number}",
            "section": f"{names[number + 4]} top/{names[number + 9]} below",
        }
        for number, kind in enumerate(("rss", "atom", "json"))
    ]
    # Without a title of the reader's own the feed's is shown; and sources whose errors are hostile.
    sources.append({"url": _room.url("/feeds/hostile.json?untitled"), "section": "[@click=app.quit]Quit"})
    for number, text in enumerate((f"\x1b]0;{MARK}\x07", "\u009b7709J", "[@click=app.quit]")):
        path = f"/feeds/odd/growing.rss?{number}"
        sources.append({"url": _room.url(path), "title": f"{text} failing", "section": f"Errors {text}"})
    home = write_sources(tmp_path_factory.mktemp("hostile") / "home", sources)
    _room.fault("/feeds/odd/growing.rss", f"type:text/{MARK}\u009b7709J[@click=app.quit]")
    _room.fault("/feeds/odd/growing.rss", "script", 1)
    refresh(home)
    _room.reset()
    return home


@pytest.fixture
def hostile(_hostile: Path, tmp_path: Path) -> Path:
    return copy_home(_hostile, tmp_path / "hostile")


@pytest.mark.parametrize("presses", [1, 2, 3], ids="{} times v".format)
async def test_every_attack_is_harmless_in_every_form_of_the_list(hostile: Path, presses: int) -> None:
    async with open_desk(hostile, (100, 90)) as desk:
        count = len(desk.rows)
        assert count >= 2 * len(attacks())
        await desk.press(*["v"] * presses, "g")
        for _ in range(count // (80 if desk.browser.headlines.density == "one" else 17)):
            assert not BREAKING.search(desk.text.replace("\n", ""))
            await desk.press("pagedown")


PARTS = 3


@pytest.mark.parametrize("part", range(PARTS))
async def test_every_attack_is_harmless_in_viewer_and_info(hostile: Path, part: int) -> None:
    # JSON carries every control as it is: each attack of that source is opened.
    async with open_desk(hostile, (100, 90)) as desk:
        source = next(each for each in desk.newsroom.sources if each.url.endswith("hostile.json"))
        desk.app.go(View(source.section, source.id))
        await desk.press("g")
        count = len(desk.rows)
        first, end = (count * part // PARTS, count * (part + 1) // PARTS)
        assert count == len(attacks())
        desk.browser.headlines.cursor = first
        await desk.press("enter")
        for number in range(first, end):
            assert desk.opened == desk.rows[number]
            assert not BREAKING.search(desk.text.replace("\n", "")), desk.opened
            if number % 8 == 0:
                await desk.press("i")
                assert not BREAKING.search(desk.text.replace("\n", "")), desk.opened
                await desk.press("escape")
            await desk.press("J")
        assert (desk.message == "That was the last article") is (part == PARTS - 1)


def test_no_control_of_a_source_reaches_the_terminal(hostile: Path) -> None:
    with program(hostile, rows=40, cols=132) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.settle()
        first = terminal.text
        for key in ("v", "v", "v", "G", "pagedown", "t", "G", "escape", "e", "j", "j", "j", "j", "j"):
            terminal.press(key)
            terminal.settle(0.04)
        terminal.press("escape", "tab")
        for _ in range(6):
            terminal.settle(0.04)
            terminal.press("]")
        terminal.press("1")
        terminal.settle()
        terminal.press("enter")
        for number in range(60):
            terminal.settle(0.02)
            terminal.press("J")
            if number % 10 == 0:
                terminal.press("i")
                terminal.settle(0.04)
                terminal.press("escape")
        terminal.press("R")
        terminal.settle(0.5)
        assert MARK in first + terminal.text
        assert quit_from(terminal) == 0
        assert MARK not in terminal.title
        left_clean(terminal)


async def test_markup_is_shown_as_it_is_and_a_click_on_it_does_nothing(hostile: Path) -> None:
    # In the list's own rows, the viewer, the tree, the sources, a tab and the breadcrumb.
    async with open_desk(hostile, (160, 40)) as desk:
        await desk.press("f")
        await desk.type('"read on"', "enter")
        attack = "[@click=app.quit]read on[/]"
        await desk.click(attack, 3)
        await desk.click("read on[/]", 2)
        await desk.press("enter")
        assert desk.text.count(attack) >= 2
        await desk.click(attack, 3, times=2)
        await desk.press("i")
        await desk.click(attack, 3)
        await desk.press("escape", "escape", "1", "t")
        await desk.click("[@click=app.quit]Quit", 3, below=2)
        await desk.pilot.pause()
        assert desk.browser.view.section == ("[@click=app.quit]Quit",)
        assert "[@click=app.quit]Quit" in desk.lines[1]
        await desk.click("[@click=app.quit]Quit", 3)
        await desk.press("e")
        failing = "[@click=app.quit] failing"
        await desk.click(failing, 3)
        await desk.press("escape")
        assert desk.app.is_running


# --- signals and cut lines ----------------------------------------------------------------------------


def kept(home: Path) -> tuple[int, list[int]]:
    """How many articles are read, and the positions that are remembered."""
    with Newsroom.open(places_in(home), read_only=True) as newsroom:
        states = [newsroom.state(article.id) for article in newsroom.listing(View())]
        return sum(state.read for state in states), [state.position for state in states if state.position]


def read_a_bit(terminal: Terminal) -> None:
    """Open the second article of a section with long texts, and read on."""
    terminal.wait_for("unread of", 20)
    terminal.settle()
    terminal.press("4", "]", "j", "enter")
    terminal.wait_for("Space page", 20)
    terminal.press("pagedown", "pagedown", "pagedown")
    terminal.settle()


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGHUP, signal.SIGINT], ids=lambda each: each.name)
def test_a_signal_ends_it_with_everything_kept(home: Path, number: signal.Signals) -> None:
    with program(home, rows=16) as terminal:
        read_a_bit(terminal)
        terminal.kill(number)
        code = terminal.wait(20)
        assert code == (0 if number is signal.SIGINT else 128 + number)
        left_clean(terminal)
    read, positions = kept(home)
    assert read == 1
    if number is not signal.SIGINT:
        assert len(positions) == 1


def test_a_cut_line_ends_it(home: Path) -> None:
    with program(home, rows=16) as terminal:
        read_a_bit(terminal)
        os.close(terminal._master)
        terminal._stop = True
        terminal._master = -1
        assert terminal._process.wait(20) == 128 + signal.SIGHUP
    read, positions = kept(home)
    assert (read, len(positions)) == (1, 1)


def test_stopped_and_continued(home: Path) -> None:
    with program(home, rows=16) as terminal:
        read_a_bit(terminal)
        before = terminal.screen
        terminal.press("ctrl+z")
        stat = Path(f"/proc/{terminal.pid}/stat")
        terminal.wait_for(lambda term: stat.read_text().rsplit(")", 1)[1].split()[0] == "T", 20)
        terminal.settle()
        assert 1049 not in terminal.emulator.modes
        os.kill(terminal.pid, signal.SIGCONT)
        terminal.wait_for(lambda term: term.screen == before, 20)
        assert quit_from(terminal) == 0
        left_clean(terminal)


# --- poor terminals -----------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "env",
    [
        {"LANG": "C"},
        {"NO_COLOR": "1"},
        {"TERM": "vt100", "COLORTERM": None},
        {"TERM": "linux", "COLORTERM": None},
    ],
    ids=lambda env: "-".join(f"{name}={value}" for name, value in env.items() if name != "COLORTERM"),
)
def test_poor_terminals_that_never_answer(home: Path, env: dict[str, str | None]) -> None:
    with program(home, env, answers=False) as terminal:
        read_a_bit(terminal)
        terminal.press("escape")
        terminal.settle()
        terminal.press("8")
        terminal.wait_for("国内", 20)
        if "NO_COLOR" in env:
            pens = b";".join(re.findall(rb"\x1b\[([0-9;]*)m", terminal.raw)).split(b";")
            assert set(pens) <= {b"", b"0", b"1", b"3", b"4", b"7", b"22", b"23", b"24", b"27"}
        assert quit_from(terminal) == 0
        left_clean(terminal)
    assert kept(home)[0] == 1


def test_a_slow_line_and_nonsense_for_answers(home: Path) -> None:
    with program(home, delay=0.15) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.wait_for(lambda terminal: 1006 in terminal.emulator.modes, 20)
        for nonsense in (
            b"\x1b[?2026;9$y",
            b"\x1b[?1;2;99999999c",
            b"\x1bP>|\xff\xfe\x1b\\",
            b"\x1b[48;0;0;0;0t",
        ):
            terminal.send(nonsense)
        terminal.send(b"\x1b]11;rgb:zz/zz/zz\x1b\\\x1b[999;999R\x80\x81\xfe")
        terminal.settle(0.5)
        terminal.press("3", "enter")
        terminal.wait_for("Space page", 20)
        assert quit_from(terminal) == 0
        left_clean(terminal)


def test_copying_reaches_the_terminal_and_links_are_clean(home: Path) -> None:
    with program(home) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.press("3", "y")
        terminal.wait_for("Copied http", 20)
        terminal.settle()
        import base64

        found = re.search(rb"\x1b\]52;c;([A-Za-z0-9+/=]+)\x07", terminal.raw)
        assert found
        assert base64.b64decode(found[1]).startswith(b"http://127.0.0.1:")
        assert quit_from(terminal) == 0


# --- the disk -----------------------------------------------------------------------------------------


def test_a_disk_that_takes_nothing_more_is_said_and_ends_nothing(home: Path) -> None:
    # A size limit of nothing: each write to a file fails with EFBIG.
    argv = ["/bin/sh", "-c", 'ulimit -f 0; exec "$@"', "sh", *PROGRAM]
    with program(home, argv=argv, cols=160) as terminal:
        terminal.wait_for("unread of", 20)
        terminal.settle()
        terminal.press("s")
        terminal.wait_for("not written", 20)
        terminal.press("3", "enter")
        terminal.wait_for("Glass Observatory ·", 20)
        terminal.press("v", "ctrl+t", "u", "A", "L")
        terminal.settle()
        assert terminal.exit_code is None
        assert quit_from(terminal) in (0, 1)
        assert "Traceback" not in terminal.text
        assert set(terminal.emulator.modes) == RESTORED
    assert kept(home) == (0, [])


def test_two_apps_on_one_home(home: Path) -> None:
    places_in(home).config_file.write_text(CONFIG)
    with program(home) as one, program(home) as two:
        for terminal in (one, two):
            terminal.wait_for("unread of", 20)
            terminal.settle()
            terminal.press("3")
            terminal.wait_for("24 unread of 24", 20)
        one.press("A")
        two.wait_for("0 unread of 24", 20)
        two.press("u")
        one.wait_for("24 unread of 24", 20)
        assert quit_from(one) == quit_from(two) == 0
