"""What a terminal answers, and what that says of it. Pure: bytes in, facts out."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tui_news.text.clean import clean_line

# Primary device attributes (DA1), the one query that every terminal answers: it closes each question.
DA1 = b"\x1b[c"
DA1_ANSWER = re.compile(rb"\x1b\[\?([0-9;]*)c")
_POSITION = re.compile(rb"\x1b\[([0-9]+);([0-9]+)R")
_MODE = re.compile(rb"\x1b\[\?([0-9]+);([0-4])\$y")
_NAME = re.compile(rb"\x1bP>\|([^\x1b\x07\x9c]{0,200})(?:\x1b\\|\x9c|\x07)")
_CAPABILITY = re.compile(rb"\x1bP1\+r([0-9A-Fa-f]{0,40})")
_PEN = re.compile(rb"\x1bP1\$r([0-9;:]{0,80})m")
_GRAPHICS = re.compile(rb"\x1b_Gi=31;([^\x1b]{0,80})\x1b\\")

SYNC, MARGINS, RESIZE = 2026, 69, 2048
"""DEC private modes: synchronized output, left and right margins (DECLRMM), size reported in band."""
CLIPBOARD = "Ms"
"""The terminfo name of OSC 52."""
AMBIGUOUS, EMOJI = "±", "👩‍🚀"
"""What is printed to measure its width: U+00B1 (East Asian ambiguous, UAX #11), an emoji of three parts."""

ABILITIES = (
    b"\x1b[>q"  # XTVERSION
    + b"".join(b"\x1b[?%d$p" % mode for mode in (SYNC, MARGINS, RESIZE))  # DECRQM
    + b"\x1bP+q%s\x1b\\" % CLIPBOARD.encode().hex().encode()  # XTGETTCAP
    # A pen in a 24-bit colour, asked back (DECRQSS): it comes back as it was set, or as the nearest of 256.
    + b"\x1b[48;2;1;2;3m\x1bP$qm\x1b\\\x1b[0m"
    + b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"  # kitty's graphics, a query that draws nothing
    + DA1
)


def width_question(text: str) -> bytes:
    """Print a text at the line's beginning, ask where the cursor is, and wipe the line."""
    return b"\r" + text.encode() + b"\x1b[6n\r\x1b[K"


@dataclass(frozen=True, slots=True)
class Abilities:
    """What is known of a terminal. None: it did not say."""

    name: str = ""
    """Name and version as it gives them (XTVERSION); empty when it gives none."""
    truecolor: bool | None = None
    sync: bool | None = None
    """Synchronized output (DEC private mode 2026)."""
    margins: bool | None = None
    """Left and right margins (DECLRMM), so that one column can be scrolled."""
    resize_in_band: bool | None = None
    clipboard: bool | None = None
    """OSC 52."""
    links: bool | None = None
    """OSC 8; told from the terminal's name, there is no way to ask."""
    kitty_graphics: bool | None = None
    sixel: bool | None = None
    ambiguous: int | None = None
    """Columns that a character of ambiguous width takes."""
    emoji: int | None = None
    """Columns that an emoji of several parts takes; 2 is right."""


def read_abilities(answer: bytes, environment: Mapping[str, str]) -> Abilities:
    """Facts from what came back after `ABILITIES`."""
    attributes = _attributes(answer)
    modes = {int(match[1]): int(match[2]) for match in _MODE.finditer(answer)}
    name = match[1].decode("utf-8", "replace") if (match := _NAME.search(answer)) else ""
    name = clean_line(name, 80)
    capabilities = [_from_hex(match[1]) for match in _CAPABILITY.finditer(answer)]
    pen = match[1] if (match := _PEN.search(answer)) else b""
    graphics = _GRAPHICS.search(answer)
    truecolor: bool | None = environment.get("COLORTERM", "") in ("truecolor", "24bit") or None
    if b"48" in pen:
        truecolor = bool(re.search(rb"48[:;]2[:;]+(?:0?[:;])?1[:;]2[:;]3", pen)) or truecolor or False
    clipboard = True if CLIPBOARD in capabilities or "52" in attributes else None
    return Abilities(
        name=name,
        truecolor=truecolor,
        sync=_mode(modes, SYNC),
        margins=_mode(modes, MARGINS),
        resize_in_band=_mode(modes, RESIZE),
        clipboard=clipboard,
        links=_links(name, environment),
        kitty_graphics=graphics[1].startswith(b"OK") if graphics else False if attributes else None,
        sixel="4" in attributes if attributes else None,
    )


def read_column(answer: bytes) -> int | None:
    """The column of the last cursor position report, from 1; None when there is none."""
    found = _POSITION.findall(answer)
    return int(found[-1][1][:6]) if found else None


def _attributes(answer: bytes) -> list[str]:
    found = DA1_ANSWER.findall(answer)
    return found[-1].decode().split(";") if found else []


def _mode(modes: Mapping[int, int], number: int) -> bool | None:
    """DECRPM: 0 not recognized, 1 set, 2 reset, 3 set for good, 4 reset for good. None without an answer."""
    state = modes.get(number)
    return None if state is None else state in (1, 2, 3)


def _from_hex(digits: bytes) -> str:
    try:
        return bytes.fromhex(digits.decode()).decode()
    except ValueError:
        return ""


_LINKS = (
    "xterm.js", "kitty", "wezterm", "foot", "ghostty", "iterm2", "contour", "konsole", "vte", "tmux",
    "mintty", "alacritty", "rio", "windows terminal", "hyper",
)  # fmt: skip
_LINK_VARIABLES = ("KITTY_WINDOW_ID", "WT_SESSION", "VTE_VERSION", "KONSOLE_VERSION", "ITERM_SESSION_ID")


def _links(name: str, environment: Mapping[str, str]) -> bool | None:
    own = name.casefold()
    if own.startswith(_LINKS) or any(environment.get(each) for each in _LINK_VARIABLES):
        return True
    if environment.get("TERM") in ("linux", "dumb"):
        return False
    return None
