"""How the reader's terminal draws pictures, told from its environment or asked; how large its cells are."""

from __future__ import annotations

import contextlib
import fcntl
import struct
import sys
import termios
from collections.abc import Mapping
from typing import Final, Literal

from tui_news.terminal.abilities import DA1, DA1_ANSWER
from tui_news.terminal.probe import Silent, ask, open_line

Way = Literal["kitty", "sixel", "blocks"]
CELL: Final = (10, 20)
"""Pixels of a cell, width and height, where the terminal does not say."""
SECONDS: Final = 0.5

_QUERY: Final = b"\x1b_Gi=31,s=1,v=1,a=q,t=d,f=24;AAAA\x1b\\"
_KITTY_TERMS: Final = ("xterm-kitty", "xterm-ghostty", "wezterm")
_KITTY_PROGRAMS: Final = frozenset({"ghostty", "wezterm"})
_SIXEL_TERMS: Final = ("foot", "mlterm", "contour", "yaft")
_SIXEL_PROGRAMS: Final = frozenset({"iterm.app", "mintty", "contour"})
_NEITHER_TERMS: Final = ("linux", "dumb", "vt1", "vt2", "screen", "alacritty", "rxvt")
_NEITHER_PROGRAMS: Final = frozenset({"apple_terminal", "hyper"})


def known_way(environment: Mapping[str, str]) -> Way | None:
    """How pictures are drawn, as far as the environment tells; None: the terminal would have to be asked.

    A multiplexer swallows or misplaces graphics: within one there are characters only.
    """
    term, program = environment.get("TERM", ""), environment.get("TERM_PROGRAM", "").lower()
    if environment.get("TMUX") or environment.get("STY") or environment.get("ZELLIJ") or program == "tmux":
        return "blocks"
    if term.startswith(_KITTY_TERMS) or program in _KITTY_PROGRAMS or environment.get("KITTY_WINDOW_ID"):
        return "kitty"
    if term.startswith(_SIXEL_TERMS) or program in _SIXEL_PROGRAMS:
        return "sixel"
    if not term or term.startswith(_NEITHER_TERMS) or program in _NEITHER_PROGRAMS:
        return "blocks"
    return None


def ask_way() -> Way:
    """The same from the terminal's own mouth. Nothing else may read from it meanwhile. "blocks" when it does
    not answer."""
    try:
        with open_line() as line:
            return way_of(ask(line, _QUERY + DA1, SECONDS)[0])
    except Silent:
        return "blocks"


def way_of(answer: bytes) -> Way:
    """The best way that an answer to the question speaks of."""
    if b"\x1b_Gi=31;OK" in answer:
        return "kitty"
    found = DA1_ANSWER.findall(answer)
    return "sixel" if found and b"4" in found[-1].split(b";") else "blocks"


def cell_pixels() -> tuple[int, int]:
    """Pixels of a cell, as the system knows them from the terminal (TIOCGWINSZ)."""
    for stream in (sys.__stdout__, sys.__stderr__, sys.__stdin__):
        if stream is None:
            continue
        with contextlib.suppress(OSError, ValueError):
            size = fcntl.ioctl(stream.fileno(), termios.TIOCGWINSZ, b"\0" * 8)
            rows, columns, width, height = struct.unpack("HHHH", size)
            if rows and columns and width >= 2 * columns and height >= 4 * rows:
                return width // columns, height // rows
    return CELL
