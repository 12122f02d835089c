"""Runs a program on a real pseudo-terminal, types at it, and sees what it shows.

    with Terminal([sys.executable, "-m", "tui_news"], rows=24, cols=80, env={"TUI_NEWS_HOME": home}) as term:
        term.wait_for("World")              # until the text is on the screen; says how long it took
        term.settle()                       # until it writes no more
        term.send("j")
        written = term.settle()             # the bytes that this one key cost
        term.press("down", "enter")         # keys by name, see KEYS
        term.resize(20, 5)
        assert term.screen[0].startswith("…")
        term.send("q")
        assert term.wait() == 0
    assert hostile_bytes(term.raw, osc={2, 11}) == {}

The program has its own session with the terminal as its controlling one, so that Ctrl-c, SIGWINCH and
SIGHUP work as they do for a user. A thread reads all the time: the program never waits for the test.
"""

from __future__ import annotations

import contextlib
import errno
import fcntl
import os
import re
import signal
import struct
import subprocess
import termios
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from types import TracebackType
from typing import Self

from tests.emulator import Emulator

KEYS: dict[str, str] = {
    "up": "\x1b[A", "down": "\x1b[B", "right": "\x1b[C", "left": "\x1b[D", "home": "\x1b[H", "end": "\x1b[F",
    "pageup": "\x1b[5~", "pagedown": "\x1b[6~", "insert": "\x1b[2~", "delete": "\x1b[3~", "enter": "\r",
    "escape": "\x1b", "tab": "\t", "shift+tab": "\x1b[Z", "space": " ", "backspace": "\x7f", "f1": "\x1bOP",
    **{f"ctrl+{chr(c + 96)}": chr(c) for c in range(1, 27)},
}  # fmt: skip
"""What the keys of a keyboard send (xterm, normal mode)."""

# The shell opens the terminal by its name: as a session's leader it makes it the controlling one.
_TAKE_TERMINAL = 'exec <>"$0" >&0 2>&0; exec "$@"'


class Terminal:
    """A program on a PTY of `rows` × `cols`, from construction to `close` (or the end of the context).

    `env` is laid over this process' environment (a value of None takes a variable away), with TERM
    xterm-256color, COLORTERM truecolor and LANG C.UTF-8 unless it says otherwise. With `answers` the
    terminal answers queries (DA1, DA2, DSR, DECRQM, XTVERSION, XTGETTCAP, kitty keyboard, OSC 10/11,
    in-band size), each after `delay` seconds, as over a slow line; without, it is as silent as the Linux
    console. Raises FileNotFoundError when there is no such program.
    """

    def __init__(
        self,
        argv: Sequence[str],
        rows: int = 24,
        cols: int = 80,
        env: Mapping[str, str | None] | None = None,
        cwd: str | os.PathLike[str] | None = None,
        answers: bool = True,
        delay: float = 0.0,
    ) -> None:
        self._changed = threading.Condition()
        self._closed = False
        self._chunks: list[tuple[float, bytes]] = []
        self._seen = 0
        self._timers: list[threading.Timer] = []
        self._answers, self._delay = answers, delay
        self._emulator = Emulator(rows, cols, self._reply)
        if os.sep not in argv[0] and not any(
            os.access(os.path.join(folder, argv[0]), os.X_OK) for folder in os.get_exec_path()
        ):
            raise FileNotFoundError(errno.ENOENT, os.strerror(errno.ENOENT), argv[0])
        self._master, slave = os.openpty()
        self._set_size(rows, cols)
        self.started = time.monotonic()
        self._last = self.started
        try:
            self._process = subprocess.Popen(
                ["/bin/sh", "-c", _TAKE_TERMINAL, os.ttyname(slave), *argv],
                stdin=slave,
                stdout=slave,
                stderr=slave,
                env=self._environment(env or {}),
                cwd=cwd,
                start_new_session=True,
            )
        except BaseException:
            os.close(self._master)
            raise
        finally:
            os.close(slave)
        self._reader = threading.Thread(target=self._read, name="terminal", daemon=True)
        self._reader.start()

    # --- what the program did ---

    @property
    def screen(self) -> list[str]:
        """The lines on the screen, without trailing blanks."""
        with self._changed:
            return self._emulator.text

    @property
    def text(self) -> str:
        """The screen as one string."""
        return "\n".join(self.screen)

    @property
    def emulator(self) -> Emulator:
        """The screen itself: `cell(row, column)` with colours, `cursor`, `modes`, `osc`, `bells`. Look at it
        after `settle`, since the reading thread changes it."""
        return self._emulator

    @property
    def raw(self) -> bytes:
        """Every byte that the program wrote."""
        with self._changed:
            return b"".join(data for _, data in self._chunks)

    @property
    def chunks(self) -> list[tuple[float, bytes]]:
        """The same as it came, each piece with its `time.monotonic()`; `started` is on the same clock."""
        with self._changed:
            return list(self._chunks)

    @property
    def title(self) -> str:
        """The window's title as the program set it."""
        with self._changed:
            return self._emulator.title

    @property
    def pid(self) -> int:
        return self._process.pid

    @property
    def exit_code(self) -> int | None:
        """The exit status, minus the signal's number after a kill; None while it runs."""
        return self._process.poll()

    # --- doing something ---

    def send(self, keys: str | bytes) -> None:
        """Types: text or bytes, as they are. Raises OSError when the program has gone."""
        data = keys.encode() if isinstance(keys, str) else keys
        with self._changed:
            self._last = time.monotonic()
        while data:
            data = data[os.write(self._master, data) :]

    def press(self, *names: str) -> None:
        """Types keys by their names in `KEYS`, or single characters."""
        self.send("".join(KEYS.get(name, name) for name in names))

    def click(self, row: int, column: int, button: int = 0) -> None:
        """A mouse button (0 left, 64/65 wheel up/down) pressed and released on a cell, counted from 0."""
        place = f"{button};{column + 1};{row + 1}"
        self.send(f"\x1b[<{place}M" + ("" if button >= 64 else f"\x1b[<{place}m"))

    def paste(self, text: str) -> None:
        """A bracketed paste."""
        self.send(f"\x1b[200~{text}\x1b[201~")

    def resize(self, rows: int, cols: int) -> None:
        """Another size; the program gets SIGWINCH."""
        with self._changed:
            self._last = time.monotonic()
            self._emulator.resize(rows, cols)
        self._set_size(rows, cols)

    def kill(self, number: int = signal.SIGKILL) -> None:
        """A signal to the program, if it still runs."""
        if self._process.poll() is None:
            with contextlib.suppress(ProcessLookupError):
                os.kill(self.pid, number)

    # --- waiting ---

    def settle(self, quiet: float = 0.15, timeout: float = 10.0, some: bool = False) -> bytes:
        """Waits until nothing has been written or typed for `quiet` seconds, or the program has ended; gives
        what was written since the last `settle`. `some` waits for a first byte before that: for a program
        that may think longer than `quiet`. Raises TimeoutError, with the screen, after `timeout` seconds."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                now = time.monotonic()
                idle = now - max(self._last, self._chunks[-1][0] if self._chunks else 0.0)
                news = len(self._chunks) > self._seen
                if self._closed or (idle >= quiet and (news or not some)):
                    break
                if now >= deadline:
                    raise TimeoutError(self._complaint(f"still busy after {timeout} s"))
                self._changed.wait(min(deadline - now, quiet - idle if idle < quiet else quiet))
            written = b"".join(data for _, data in self._chunks[self._seen :])
            self._seen = len(self._chunks)
            return written

    def wait_for(
        self, what: str | re.Pattern[str] | Callable[[Self], bool], timeout: float = 10.0, gone: bool = False
    ) -> float:
        """Waits until a text or pattern is on the screen, or a function of this terminal is true (with
        `gone`: is so no more). Gives the seconds since the last key, resize or start. Raises TimeoutError,
        with the screen, after `timeout` seconds or when the program ends without it."""
        deadline = time.monotonic() + timeout
        with self._changed:
            while True:
                if self._holds(what) is not gone:
                    at = self._chunks[-1][0] if self._chunks else time.monotonic()
                    return max(0.0, at - self._last)
                left = deadline - time.monotonic()
                if self._closed or left <= 0:
                    why = "ended" if self._closed else f"not in {timeout} s"
                    raise TimeoutError(self._complaint(f"waiting for {what!r}: {why}"))
                # A function may look at more than the screen: ask it again now and then.
                self._changed.wait(min(left, 0.05) if callable(what) else left)

    def wait(self, timeout: float = 10.0) -> int:
        """Waits for the program's end and gives its exit status. Raises TimeoutError, with the screen."""
        try:
            code = self._process.wait(timeout)
        except subprocess.TimeoutExpired:
            raise TimeoutError(self._complaint(f"still running after {timeout} s")) from None
        self._reader.join(1.0)
        return code

    def _holds(self, what: str | re.Pattern[str] | Callable[[Self], bool]) -> bool:
        if callable(what):
            return bool(what(self))
        shown = "\n".join(self._emulator.text)
        return what in shown if isinstance(what, str) else what.search(shown) is not None

    def _complaint(self, why: str) -> str:
        lines = [f"|{line}" for line in self._emulator.text]
        return "\n".join([why, f"exit code: {self._process.poll()}", *lines])

    # --- the end ---

    def close(self) -> None:
        """Hangs up, then kills the program and what it started in its group, and reaps it."""
        for timer in self._timers:
            timer.cancel()
        for number in (signal.SIGHUP, signal.SIGKILL):
            with contextlib.suppress(ProcessLookupError, PermissionError):
                if self._process.poll() is None:
                    os.killpg(self.pid, number)
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._process.wait(0.5)
        self._process.wait()
        # What it left running may hold the terminal open: the reader is stopped, not waited for.
        self._reader.join(0.2)
        self._stop = True
        self._reader.join()
        with self._changed:
            if self._master >= 0:
                os.close(self._master)
                self._master = -1

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, value: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    # --- inside ---

    _stop = False

    def _read(self) -> None:
        import select

        while not self._stop:
            if not select.select([self._master], [], [], 0.05)[0]:
                continue
            try:
                data = os.read(self._master, 65_536)
            except OSError:  # EIO: nobody has the other side open any more
                data = b""
            with self._changed:
                if data:
                    self._chunks.append((time.monotonic(), data))
                    self._emulator.feed(data)
                else:
                    self._stop = True
                self._closed = not data
                self._changed.notify_all()

    def _reply(self, text: str) -> None:
        """Called by the emulator while it is fed."""
        if not self._answers:
            return

        def answer() -> None:
            with contextlib.suppress(OSError):
                os.write(self._master, text.encode())

        if self._delay:
            timer = threading.Timer(self._delay, answer)
            timer.daemon = True
            self._timers.append(timer)
            timer.start()
        else:
            answer()

    def _set_size(self, rows: int, cols: int) -> None:
        fcntl.ioctl(self._master, termios.TIOCSWINSZ, struct.pack("HHHH", rows, cols, cols * 8, rows * 16))

    @staticmethod
    def _environment(changes: Mapping[str, str | None]) -> dict[str, str]:
        unwanted = {
            "LINES",
            "COLUMNS",
            "NO_COLOR",
            "FORCE_COLOR",
            "LC_ALL",
            "LC_CTYPE",
            "TERM_PROGRAM",
            "TMUX",
            "STY",
        }
        made = {name: value for name, value in os.environ.items() if name not in unwanted}
        made |= {"TERM": "xterm-256color", "COLORTERM": "truecolor", "LANG": "C.UTF-8"}
        for name, value in changes.items():
            if value is None:
                made.pop(name, None)
            else:
                made[name] = value
        return made


# --- looking at what was written --------------------------------------------------------------------

_HOSTILE: dict[str, re.Pattern[bytes]] = {
    # C1 controls in UTF-8, which some terminals obey.
    "c1": re.compile(rb"\xc2[\x80-\x9f]"),
    # Bytes that are not UTF-8; among them are C1 controls in their 8-bit form.
    "not utf-8": re.compile(rb"(?<![\x80-\xff])[\x80-\xbf]|[\xc0\xc1\xf5-\xff]"),
    "bidi": re.compile(rb"\xe2\x80[\x8e\x8f\xaa-\xae]|\xe2\x81[\xa6-\xa9]|\xd8\x9c"),
    "invisible": re.compile(
        rb"\xe2\x80[\x8b\xa8\xa9]|\xe2\x81[\xa0-\xa4]|\xef\xbb\xbf|\xf3\xa0[\x80\x81][\x80-\xbf]|\xe3\x85\xa4|\xc2\xad"
    ),
    # Everything in C0 but BEL, BS, TAB, LF, CR and ESC; DEL.
    "c0": re.compile(rb"[\x00-\x06\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]"),
    # DCS, SOS, PM, APC.
    "string": re.compile(rb"\x1b[PX^_][^\x1b]{0,40}"),
    # Reset, alignment test, identification, and any character set but ASCII.
    "escape": re.compile(rb"\x1b[cZ]|\x1b#.|\x1b[()*+][^B]"),
    # Parameters that only hostile test data sends.
    "marker": re.compile(rb"\x1b\[[<=>?]?(?:[0-9]+;)*77[0-9]{2}[0-9;]*|\x1b\]77[0-9]{2}\b"),
}
_OSC = re.compile(rb"\x1b\]([0-9]*)([^\x07\x1b]{0,300})(?:\x07|\x1b\\)?")


def hostile_bytes(
    raw: bytes, osc: set[int] | frozenset[int] = frozenset(), mark: bytes = b"HXQ"
) -> dict[str, list[bytes]]:
    """What in a capture an honest program would not send, by kind; empty when there is nothing.

    `osc` lists the OSC codes that the program may use (2 title, 8 links, 11 background, 52 clipboard);
    even those are reported when they carry `mark`, the word that hostile test data is marked with. A
    bell on its own is reported too. Kinds: c1, not utf-8, bidi, invisible, c0, string, escape, marker,
    osc, bell.
    """
    found: dict[str, list[bytes]] = {}
    for kind, pattern in _HOSTILE.items():
        if hits := [match[0] for match in pattern.finditer(raw)]:
            found[kind] = hits
    commands = [
        match[0]
        for match in _OSC.finditer(raw)
        if not match[1] or int(match[1]) not in osc or (mark and mark in match[2])
    ]
    if commands:
        found["osc"] = commands
    if bells := re.findall(rb"\x07", _OSC.sub(b"", raw)):
        found["bell"] = bells
    return found
