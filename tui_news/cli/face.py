"""Which face the reader gets without a verb: the screen, or linear mode."""

from __future__ import annotations

import os

_WITH_CURSOR = (
    "xterm", "screen", "tmux", "linux", "rxvt", "vt1", "vt2", "vt3", "alacritty", "foot", "wezterm",
    "ghostty", "kitty", "konsole", "gnome", "st-", "eterm", "contour", "mintty", "iterm", "putty",
)  # fmt: skip
"""Kinds that are known to move their cursor; looking them up would take a part of the start."""


def is_linear(choice: str) -> bool:
    """Whether the terminal is one for linear mode, as `ui.linear` says: `on`, `off`, or `auto` for one that
    cannot move its cursor (TERM is dumb, missing, or of a kind without cursor addressing)."""
    if choice != "auto":
        return choice == "on"
    term = os.environ.get("TERM", "")
    if term in ("", "dumb", "unknown"):
        return True
    if term.startswith(_WITH_CURSOR):
        return False
    try:
        import curses

        curses.setupterm(term, 1)
        return not curses.tigetstr("cup")
    except (ImportError, OSError):
        return False
    except curses.error:
        # Nothing is known of it: it is taken for a usual one, as before.
        return False
