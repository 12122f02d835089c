"""The first screen as it was when the program last ended, shown before the program is loaded.

The door is three calls: `show` from `__main__`, before anything is imported; `take` from the painter, when it
takes the terminal over and writes only what differs; `give_back` when the program ends without having done
so. docs/painter.md says why and how it is kept true. What imports this module pays for it at every start:
it must go on importing next to nothing.

The file holds data, no sequences: rows of pens and texts, each text printable and each pen made of numbers,
so that a damaged or forged one can show a wrong screen but never steer the terminal.
"""

from __future__ import annotations

import os
import sys
import time
from zlib import crc32

from tui_news import __version__
from tui_news.folders import folders, plain
from tui_news.sgr import INKED, PLAIN, Pen, change

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

FILE = "screen"
FORMAT = "tui-news screen 1"
MARK = "\x1f"
"""Stands between the fields of a line; no text holds it."""
LIMIT = 4_000_000
ALTERNATE = "\x1b[?1049h"
_OPEN = ALTERNATE + "\x1b[?25l\x1b[?7l\x1b[m\x1b[H"
_CLOSE = "\x1b[m\x1b[?7h\x1b[?1049l\x1b[?25h"

# What decides, besides the settings, what the first screen looks like in a terminal.
_ENVIRONMENT = (
    "TERM", "COLORTERM", "TERM_PROGRAM", "NO_COLOR", "FORCE_COLOR", "TZ", "LANG", "LC_ALL",
    "LC_MESSAGES", "LC_TIME", "LANGUAGE",
)  # fmt: skip

# Terminals whose erasing does not reliably fill with the current background ("bce" in terminfo).
_WITHOUT_BCE = ("screen", "vt100", "vt102", "vt220", "vt320", "ansi", "cygwin", "sun", "dumb")


class Shown:
    """What the terminal shows, and how it was before. `resized` once its size has changed since."""

    def __init__(self, size: tuple[int, int], pens: list[Pen], rows: list[str]) -> None:
        self.size = size
        self.pens = pens
        self.rows = rows
        self.attributes: list[int | list[bytes | int]] = []
        self.resized = False


_shown: Shown | None = None


# --- the door ---------------------------------------------------------------------------------------


def show() -> None:
    """Paint the kept screen, when there is one and it is true: same terminal, size, settings and cache.

    Never raises; where anything is odd, nothing is painted.
    """
    try:
        if (size := free()) is not None and (found := _read(folders(), size)) is not None:
            paint(*found)
    except (OSError, ValueError, LookupError):
        give_back()


def free() -> tuple[int, int] | None:
    """The size of the terminal, columns first, where it may be painted on; None where it may not, or somebody
    does already. Raises OSError."""
    missing = sys.platform == "win32" or sys.stdin is None or sys.stderr is None
    if missing or _shown is not None or os.environ.get("TUI_NEWS_PAINTER") == "0":
        return None
    if {"COLUMNS", "LINES"} & os.environ.keys() or not all(map(os.isatty, (0, 1, 2))):
        return None
    if os.tcgetpgrp(0) != os.getpgrp():
        return None
    columns, rows = os.get_terminal_size(1)
    return columns, rows


def take() -> Shown | None:
    """What is shown, for whoever goes on from there and gives the terminal back at the end."""
    global _shown
    shown, _shown = _shown, None
    return shown


def give_back() -> None:
    """Leave the terminal as it was found, unless somebody took it over."""
    if (shown := take()) is not None:
        import termios

        try:
            _write(_CLOSE)
            termios.tcsetattr(0, termios.TCSANOW, shown.attributes)
        except (OSError, termios.error):
            pass  # the terminal has gone


# --- whether it is true -----------------------------------------------------------------------------


def surroundings() -> str:
    """What the screen depends on outside the reader's folders, in one line."""
    kept = [f"{name}={os.environ[name]}" for name in _ENVIRONMENT if name in os.environ]
    kept += sorted(f"{name}={value}" for name, value in os.environ.items() if name.startswith("TUI_NEWS_"))
    line = os.environ.get("SSH_CONNECTION", "").partition(" ")[0]  # a slow line has colours of its own
    # Of TMUX only whether it is there: its value names the very session, which changes nothing on the screen.
    where = [__version__, str(time.localtime().tm_gmtoff), line, str("TMUX" in os.environ)]
    return MARK.join([*where, *kept]).replace("\n", " ")


def stamp(config: str, cache: str, data: str) -> str:
    """What changes whenever settings, sources, articles, marks or the front page do: of their files' sizes
    and times."""
    paths = [os.path.join(config, name) for name in ("config.toml", "sources.toml")]
    seen = []
    for path in (*paths, os.path.join(data, "state.jsonl"), os.path.join(cache, "front.json")):
        try:
            stat = os.stat(path)
        except FileNotFoundError:
            seen.append("none")
        else:
            seen.append(f"{stat.st_size} {stat.st_mtime_ns}")
    heads = []
    try:
        with os.scandir(os.path.join(cache, "heads")) as entries:
            for entry in entries:
                if entry.name.endswith(".jsonl"):
                    stat = entry.stat()
                    heads.append(f"{entry.name} {stat.st_size} {stat.st_mtime_ns}")
    except FileNotFoundError:
        pass
    return f"{crc32(' '.join([*seen, *sorted(heads)]).encode('utf-8', 'replace')):08x} {len(heads)}"


def day(moment: float | None = None) -> str:
    """The reader's date: headlines of the day show their time, those of other days do not."""
    return time.strftime("%Y-%m-%d", time.localtime(moment))


# --- the file ---------------------------------------------------------------------------------------


def _read(places: tuple[str, str, str], size: tuple[int, int]) -> tuple[Shown, bool] | None:
    """The kept screen when it is true. Raises OSError where there is none, see also `screen_of`."""
    with open(os.path.join(places[1], FILE), "rb", opener=plain) as file:
        data = file.read(LIMIT)
    return screen_of(data, [surroundings(), "{} {}".format(*size), stamp(*places)], day())


def screen_of(data: bytes, truth: list[str], day: str) -> tuple[Shown, bool] | None:
    """The screen of a day in a file, and whether erasing fills with the pen's background.

    None when the file is damaged or its first lines are not `truth`. Raises ValueError and LookupError when
    there is none of that day, or nonsense with a right checksum.
    """
    first, _, body = data.partition(b"\n")
    if first != f"{FORMAT} {crc32(body):08x}".encode():
        return None
    lines = body.decode().split("\n")
    if lines[:3] != truth:
        return None
    columns, height = map(int, truth[1].split())
    start = lines.index(f"day {day}", 4) + 1
    fills, *pens = lines[3].split(MARK)
    if len(rows := lines[start : start + height]) < height:
        return None
    return Shown((columns, height), [_pen(field) for field in pens], rows), fills == "1"


def _pen(field: str) -> Pen:
    attributes, fg, bg = field.split(",")
    if not all(code.isascii() and code.isdecimal() for code in ";".join((fg, bg)).split(";") if code):
        raise ValueError("no pen")
    return int(attributes), fg, bg


def printable(text: str) -> bool:
    """Whether a text may be written as it is: no control or format character but the joiner of emoji."""
    return text.replace("\u200d", "").replace("\u3000", "").isprintable()


def fills(environ: Mapping[str, str]) -> bool:
    """Whether erasing fills with the current background in a terminal."""
    term = environ.get("TERM", "")
    # tmux calls itself "screen" too in old set-ups, and does fill; GNU screen does only when told to.
    return not term.startswith(_WITHOUT_BCE) or ("TMUX" in environ and term.startswith("screen"))


# --- painting ---------------------------------------------------------------------------------------


def paint(shown: Shown, fills: bool) -> None:
    """Show a screen. Raises OSError; ValueError and LookupError on what is none, and shows nothing then."""
    global _shown
    text = _OPEN + drawn(shown, fills) + "\x1b[m"
    import termios

    shown.attributes = termios.tcgetattr(0)
    raw = list(shown.attributes)
    # As Textual sets it: keys are neither echoed nor lost, they wait until it reads them.
    raw[3] &= ~(termios.ECHO | termios.ICANON | termios.IEXTEN | termios.ISIG)  # type: ignore[operator]
    raw[0] &= ~(termios.IXON | termios.IXOFF | termios.ICRNL | termios.INLCR | termios.IGNCR)  # type: ignore[operator]
    termios.tcsetattr(0, termios.TCSANOW, raw)
    _shown = shown
    _write(text)
    _watch(shown)


def drawn(shown: Shown, fills: bool) -> str:
    """The rows as a terminal takes them, pen by pen. Raises ValueError and LookupError on what is no row."""
    runs: dict[Pen, list[tuple[int, int, str]]] = {}
    ends: list[str] = []
    for y, row in enumerate(shown.rows, 1):
        fields = row.split(MARK)[1:]
        for x, name, text in zip(fields[::3], fields[1::3], fields[2::3], strict=True):
            if not printable(text) or not 0 <= int(x) < shown.size[0]:
                raise ValueError("no text, or beside the screen")
            pen = shown.pens[int(name)]
            runs.setdefault(pen, []).append((y, int(x) + 1, text))
            if not text and fills:
                ends.append(pen[2])
    # The ground is what most rows end in: it is laid first, and blanks of it need not be written.
    now: Pen = (0, "", max(ends, key=ends.count, default=""))
    ground = now[2]
    out = [change(PLAIN, now), "\x1b[J"]
    for pen, places in runs.items():
        for y, column, text in places:
            if pen[2] == ground and not text.strip(" ") and not pen[0] & INKED:
                continue
            out.append(f"\x1b[{y};{column}H" + change(now, pen))
            now = pen
            # A text of none is blanks up to the edge.
            out.append(text or ("\x1b[K" if fills or not pen[2] else " " * shown.size[0]))
    return "".join(out)


def _write(text: str) -> None:
    data = text.encode()
    while data:
        data = data[os.write(2, data) :]


def _watch(shown: Shown) -> None:
    """Until Textual looks after them: a resize is noticed, a signal that ends the program or stops it leaves
    no terminal behind that nobody can type at."""
    import signal

    def ended(number: int, _: object) -> None:
        give_back()
        signal.signal(number, signal.SIG_DFL)
        os.kill(os.getpid(), number)

    def resized(*_: object) -> None:
        shown.resized = True

    signal.signal(signal.SIGWINCH, resized)
    signal.signal(signal.SIGTSTP, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP, signal.SIGQUIT):
        signal.signal(number, ended)
