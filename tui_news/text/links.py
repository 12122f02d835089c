"""Links that a terminal opens itself (OSC 8): which addresses it is given, and which terminals take them.

A click on one acts where the terminal runs, so over SSH on the reader's own machine.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final
from urllib.parse import urlsplit

LONGEST: Final = 2_000
"""Characters of an address; VTE takes 2083 bytes and drops longer ones."""

# Consoles and old terminals that print what they do not know, or draw over the text.
_CHOKE: Final = ("linux", "dumb", "vt", "ansi", "cons25", "eterm", "sun", "cygwin", "rxvt", "wsvt", "teken")
_KNOWN_PROGRAMS: Final = frozenset(
    {"iterm.app", "wezterm", "vscode", "ghostty", "mintty", "contour", "rio", "tabby"}
)
_KNOWN_TERMS: Final = ("xterm-kitty", "foot", "alacritty", "wezterm", "xterm-ghostty", "contour", "mintty")
_KNOWN_MARKS: Final = (
    "KITTY_WINDOW_ID",
    "WT_SESSION",
    "KONSOLE_VERSION",
    "WEZTERM_PANE",
    "GHOSTTY_RESOURCES_DIR",
)


def terminal_link(url: str) -> str:
    """The address as a terminal may be given it: http, https or mailto, printable ASCII, its host in
    Punycode; '' for what must not or cannot be one."""
    if not url or len(url) > LONGEST or any(char <= " " or "\x7f" <= char <= "\xa0" for char in url):
        return ""
    try:
        parts = urlsplit(url)
        host = parts.hostname or ""
        port = f":{parts.port}" if parts.port else ""
        if parts.scheme in ("http", "https"):
            # A name before the host is there to be taken for the host.
            if not host or "@" in parts.netloc:
                return ""
            if not host.isascii():
                url = parts._replace(netloc=host.encode("idna").decode("ascii") + port).geturl()
        elif parts.scheme != "mailto" or not parts.path:
            return ""
        text = "".join(
            char if char.isascii() else "".join(f"%{b:02X}" for b in char.encode()) for char in url
        )
    except (ValueError, UnicodeError):
        return ""
    return text if len(text) <= LONGEST else ""


def linked(text: str, url: str) -> str:
    """The text as an OSC 8 link; as it is when the address is none. `text` must be clean."""
    target = terminal_link(url)
    return f"\x1b]8;;{target}\x1b\\{text}\x1b]8;;\x1b\\" if target else text


def may_link(setting: str, environ: Mapping[str, str], *, known: bool = False) -> bool:
    """Whether to write OSC 8. `setting` is `text.links`; "auto" leaves out slow lines and terminals that
    choke on it, and with `known` all but those that are known to take it."""
    if setting != "auto":
        return setting == "always"
    if environ.get("TUI_NEWS_SLOW", "") not in ("", "0"):
        return False
    term = environ.get("TERM", "")
    old_vte = environ.get("VTE_VERSION", "").isdigit() and int(environ["VTE_VERSION"]) < 5_000
    if not term or term.startswith(_CHOKE) or old_vte:
        return False
    return not known or _known(term, environ)


def _known(term: str, environ: Mapping[str, str]) -> bool:
    return (
        term.startswith(_KNOWN_TERMS)
        or environ.get("TERM_PROGRAM", "").lower() in _KNOWN_PROGRAMS
        or any(environ.get(mark) for mark in _KNOWN_MARKS)
        or environ.get("VTE_VERSION", "").isdigit()
    )


def may_strike(setting: str, environ: Mapping[str, str]) -> bool:
    """Whether the terminal draws a line through text (SGR 9). `setting` is `text.strike`; where the line
    is not drawn, struck-out text would say the opposite, so "auto" is careful."""
    if setting != "auto":
        return setting == "line"
    term = environ.get("TERM", "")
    if not term or term.startswith((*_CHOKE, "screen")) or environ.get("TERM_PROGRAM") == "Apple_Terminal":
        return False
    return "TMUX" not in environ
