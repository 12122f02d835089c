"""The terminal harness, with small real programs."""

from __future__ import annotations

import os
import re
import signal
import sys
import time

import pytest

from tests.emulator import Emulator
from tests.terminal import Terminal, hostile_bytes

# Written without a buffer: a signal may come while a print is not yet done.
SIZE = "import os; s = os.get_terminal_size(); os.write(1, f'{s.lines}x{s.columns} '.encode())"


def python(code: str) -> list[str]:
    return [sys.executable, "-c", code]


def screen(data: str | bytes, rows: int = 4, columns: int = 20) -> list[str]:
    emulator = Emulator(rows, columns)
    emulator.feed(data.encode() if isinstance(data, str) else data)
    return emulator.text


# --- the PTY ----------------------------------------------------------------------------------------


def test_what_is_typed_is_echoed_and_answered() -> None:
    with Terminal(["cat"]) as term:
        term.send("hello\r")
        term.wait_for(re.compile(r"hello\nhello"))
        assert term.settle() == b"hello\r\nhello\r\n"
        assert term.settle() == b""
        term.press("ctrl+d")
        assert term.wait() == 0
    assert term.raw == b"hello\r\nhello\r\n"
    assert term.exit_code == 0


def test_the_program_has_the_terminal_as_its_own() -> None:
    with Terminal(["cat"]) as term:
        term.send("x")
        term.wait_for("x")
        term.press("ctrl+c")
        assert term.wait() == -signal.SIGINT
    with Terminal(python("import os; print(os.getsid(0) == os.getpid(), open('/dev/tty').isatty())")) as term:
        term.wait_for("True True")


def test_size_and_resize() -> None:
    handler = f"import signal, time\nsignal.signal(signal.SIGWINCH, lambda *a: exec({SIZE!r}))"
    code = f"{handler}\n{SIZE}\ntime.sleep(30)"
    with Terminal(python(code), rows=30, cols=100) as term:
        term.wait_for("30x100")
        term.resize(5, 20)
        assert term.wait_for("5x20", timeout=5) < 5
        assert len(term.screen) == 5


def test_exit_codes_and_a_missing_program() -> None:
    with Terminal(python("raise SystemExit(3)")) as term:
        assert term.wait() == 3
        assert term.settle() == b""
    with pytest.raises(FileNotFoundError):
        Terminal(["there-is-no-such-program"])


def test_environment() -> None:
    code = "import os; print(*(os.environ.get(n) for n in ('TERM', 'COLORTERM', 'LANG', 'MINE', 'HOME')))"
    with Terminal(python(code), env={"MINE": "yes", "HOME": None, "TERM": "xterm"}) as term:
        term.wait_for("xterm truecolor C.UTF-8 yes None")


def test_waiting_in_vain_says_what_was_on_the_screen() -> None:
    with Terminal(["cat"]) as term:
        term.send("abc")
        with pytest.raises(TimeoutError, match=r"(?s)'xyz'.*\|abc"):
            term.wait_for("xyz", timeout=0.3)
        assert term.wait_for("xyz", gone=True) >= 0
    with Terminal(["true"]) as term, pytest.raises(TimeoutError, match="ended"):
        term.wait_for("never", timeout=20)


def test_settle_can_wait_for_a_slow_first_byte() -> None:
    code = (
        "import sys, time\nsys.stdin.readline(); time.sleep(0.4); print('late', flush=True); time.sleep(30)"
    )
    with Terminal(python(code)) as term:
        term.send("\r")
        term.settle(quiet=0.05)
        assert b"late" in term.settle(quiet=0.05, some=True)
    with Terminal(["yes"]) as term, pytest.raises(TimeoutError, match="busy"):
        term.settle(timeout=0.3)


def test_closing_ends_what_will_not_end() -> None:
    deaf = "import signal, time\nsignal.signal(signal.SIGHUP, signal.SIG_IGN)"
    code = f"{deaf}\nprint('up', flush=True)\ntime.sleep(60)"
    term = Terminal(python(code))
    term.wait_for("up")
    term.close()
    assert term.exit_code == -signal.SIGKILL
    with pytest.raises(ProcessLookupError):
        os.kill(term.pid, 0)


def test_much_output_arrives_whole() -> None:
    with Terminal(python("import sys; sys.stdout.write('0123456789' * 20_000)")) as term:
        term.wait()
        term.settle()
        assert term.raw == b"0123456789" * 20_000
        assert sum(len(data) for _, data in term.chunks) == 200_000


ASK = """
import os, sys, termios, tty, select, time
tty.setraw(0)
os.write(1, {query!r})
got = b""
end = time.monotonic() + {wait}
while time.monotonic() < end and select.select([0], [], [], max(0, end - time.monotonic()))[0]:
    got += os.read(0, 999)
    if {answer!r} in got: break
os.write(1, b"GOT " + repr(got).encode())
"""

QUERIES = [
    (b"\x1b[c", b"\x1b[?62;22c"),
    (b"\x1b[>c", b"\x1b[>1;10;0c"),
    (b"ab\x1b[6n", b"\x1b[1;3R"),
    (b"\x1b[5n", b"\x1b[0n"),
    (b"\x1b[?2026$p", b"\x1b[?2026;2$y"),
    (b"\x1b[?2048h\x1b[?2048$p", b"\x1b[48;24;80;384;640t\x1b[?2048;1$y"),
    (b"\x1b[?9999$p", b"\x1b[?9999;0$y"),
    (b"\x1b[>q", b"\x1bP>|tui-news tests 1\x1b\\"),
    (b"\x1b[?u", b"\x1b[?0u"),
    (b"\x1b]10;?\x07", b"\x1b]10;rgb:e5e5/e5e5/e5e5\x1b\\"),
    (b"\x1b]11;?\x1b\\", b"\x1b]11;rgb:1010/1010/1010\x1b\\"),
    (b"\x1b[18t", b"\x1b[8;24;80t"),
    (b"\x1bP+q544e\x1b\\", b"\x1bP0+r\x1b\\"),
]


def test_all_queries_are_answered() -> None:
    query = b"".join(query for query, _ in QUERIES)
    answer = b"".join(answer for _, answer in QUERIES)
    with Terminal(python(ASK.format(query=query, wait=10, answer=answer))) as term:
        term.wait()
        assert ("GOT " + repr(answer)).encode() in term.raw


def test_answers_can_be_late_or_missing() -> None:
    with Terminal(python(ASK.format(query=b"\x1b[c", wait=10, answer=b"c")), delay=0.3) as term:
        term.wait()
        asked = next(at for at, data in term.chunks if b"\x1b[c" in data)
        told = next(at for at, data in term.chunks if b"GOT" in data)
        assert told - asked >= 0.3
    with Terminal(python(ASK.format(query=b"\x1b[c", wait=0.3, answer=b"c")), answers=False) as term:
        term.wait()
        assert b"GOT b''" in term.raw


def test_mouse_paste_and_title() -> None:
    with Terminal(["cat", "-v"]) as term:
        term.click(2, 4)
        term.paste("two words")
        term.send("\r")
        term.wait_for("^[[<0;5;3M^[[<0;5;3m^[[200~two words^[[201~")
    with Terminal(python(r"print('\x1b]2;the title\x07there', flush=True)")) as term:
        term.wait_for("there")
        assert term.title == "the title"
        assert term.emulator.osc == ["2;the title"]


def test_times_are_those_of_arrival() -> None:
    with Terminal(python("import time; time.sleep(0.3); print('now', flush=True); time.sleep(30)")) as term:
        took = term.wait_for("now")
        assert 0.3 <= took <= time.monotonic() - term.started


# --- the screen -------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("data", "line"),
    [
        ("新闻 news", "新闻 news"),
        ("新闻\x1b[1;2H|", " |闻"),  # writing over the second half blanks the first
        ("新闻\x1b[1;1H|", "| 闻"),
        ("a\u0301e", "a\u0301e"),
        ("👩\u200d🚀|", "👩\u200d🚀|"),
        ("👍🏽|", "👍🏽|"),
        ("🇪🇺🇯🇵|", "🇪🇺🇯🇵|"),
        ("❤\ufe0f|", "❤\ufe0f|"),
        ("ab\x1b[1;2Hc\x1b[K", "ac"),
        ("x\x1b[3b|", "xxxx|"),
        ("\x1b[<u\x1b[>1u\x1b[>4;2mok", "ok"),
        ("\x1bPsome string\x1b\\ok", "ok"),
        ("\x1b[38:2::1:2:3mok\x1b[4:3m!", "ok!"),
        ("\x1b[38;2;1;2;3mok\x1b(B", "ok"),
        ("\x1b[?2026hok\x1b[?2026l", "ok"),
    ],
)
def test_lines(data: str, line: str) -> None:
    assert screen(data)[0] == line


def test_widths_in_cells() -> None:
    emulator = Emulator(2, 20)
    for data, column in (("新", 2), ("👩\u200d🚀", 4), ("❤\ufe0f", 6), ("🇪🇺", 8), ("e\u0301", 9), ("｡", 10)):
        emulator.feed(data.encode())
        assert emulator.cursor.x == column, data
    assert emulator.cell(0, 1).data == ""


def test_sequences_and_characters_may_be_cut_anywhere() -> None:
    data = "\x1b[31m新\x1b]2;a\x1b\\闻\x1b[0m\x1bPq\x1b\\👩\u200d🚀\x1b[2;1Hend".encode()
    for cut in range(len(data)):
        emulator = Emulator(3, 20)
        emulator.feed(data[:cut])
        emulator.feed(data[cut:])
        assert emulator.text == ["新闻👩\u200d🚀", "end", ""], cut
        assert emulator.cell(0, 0).fg == "red"


def test_a_wide_character_wraps_whole() -> None:
    assert screen("abc新", 2, 4) == ["abc", "新"]
    assert screen("abcd新\x1b[?7l", 2, 4) == ["abcd", "新"]
    assert screen("\x1b[?7labcdefg", 2, 4) == ["abcg", ""]


def test_regions_scroll() -> None:
    lines = "1\r\n2\r\n3\r\n4"
    assert screen(lines + "\x1b[2;3r\x1b[S") == ["1", "3", "", "4"]
    assert screen(lines + "\x1b[2;3r\x1b[T") == ["1", "", "2", "4"]
    assert screen(lines + "\x1b[2;4r\x1b[4;1H\n5") == ["1", "3", "4", "5"]
    assert screen(lines + "\x1b[1;3r\x1b[1;1H\x1bM0") == ["0", "1", "2", "4"]
    assert screen(lines + "\x1b[2;1H\x1b[M\x1b[r\x1b[4;1Hx") == ["1", "3", "4", "x"]


def test_the_alternate_screen_gives_the_first_one_back() -> None:
    emulator = Emulator(3, 20)
    emulator.feed(b"shell$ \x1b[?1049h\x1b[H\x1b[2Japp\x1b[?25l")
    assert emulator.text[0] == "app"
    assert 1049 in emulator.modes
    assert 25 not in emulator.modes
    emulator.feed(b"\x1b[?25h\x1b[?1049lback")
    assert emulator.text[0] == "shell$ back"
    assert emulator.modes == {7, 25}


def test_resizing_cuts_at_the_bottom_and_the_right() -> None:
    emulator = Emulator(4, 20)
    emulator.feed(b"one two\r\n2\r\n3\r\n4")
    emulator.resize(2, 3)
    assert emulator.text == ["one", "2"]
    emulator.resize(3, 30)
    assert emulator.text == ["one", "2", ""]


# --- hostile bytes ----------------------------------------------------------------------------------

HONEST = (
    "\x1b[?1049h\x1b[?1000h\x1b[?2026h\x1b[H\x1b[38;2;1;2;3m新闻 — Ünïcödé\r\n"
    "👩\u200d🚀 ❤\ufe0f\x1b[0m\r\n\t\x08"
    "\x1b[>1u\x1b[<u\x1b(B\x1b7\x1b8\x1b[1;24r\x1b[?2026l"
)


def test_an_honest_program_passes() -> None:
    assert hostile_bytes(HONEST.encode()) == {}
    assert hostile_bytes(b"\x1b]2;tui-news\x07\x1b]11;?\x1b\\", osc={2, 11}) == {}


@pytest.mark.parametrize(
    ("kind", "data"),
    [
        ("c1", "\u009b31m"),
        ("c1", "\u0085"),
        ("not utf-8", b"a\x9b31m"),
        ("not utf-8", b"\xff"),
        ("bidi", "\u202e"),
        ("bidi", "\u2066"),
        ("bidi", "\u061c"),
        ("invisible", "\u200b"),
        ("invisible", "\ufeff"),
        ("invisible", "\U000e0041"),
        ("c0", "\0"),
        ("c0", "\x05"),
        ("c0", "\x0e"),
        ("c0", "\x7f"),
        ("string", "\x1bPq\x1b\\"),
        ("string", "\x1b_G\x1b\\"),
        ("string", "\x1b^x\x1b\\"),
        ("string", "\x1bXx\x1b\\"),
        ("escape", "\x1bc"),
        ("escape", "\x1b#8"),
        ("escape", "\x1b(0"),
        ("marker", "\x1b[7701J"),
        ("marker", "\x1b[1;7702H"),
        ("marker", "\x1b[?7749h"),
        ("osc", "\x1b]52;c;AAAA\x07"),
        ("osc", "\x1b]2;HXQowned\x07"),
        ("osc", "\x1b]0;never closed"),
        ("bell", "\x07"),
    ],
)
def test_hostile_bytes_are_found(kind: str, data: str | bytes) -> None:
    raw = data.encode() if isinstance(data, str) else data
    found = hostile_bytes(HONEST.encode() + raw + b" tail", osc={2})
    assert list(found) == [kind]
