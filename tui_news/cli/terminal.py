"""The terminal's part of `tui-news doctor`: what it answers, what keys cost, which setting to change."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from tui_news.text.width import pad

if TYPE_CHECKING:
    from collections.abc import Iterator

    from tui_news.newsroom import Newsroom
    from tui_news.terminal import Abilities

NEAR, FAR = 0.05, 0.15
"""Seconds of round trip: under the first a key feels local, over the second every byte is worth saving."""
NAME_WIDTH, VALUE_WIDTH = 22, 12


def ask(newsroom: Newsroom) -> dict[str, Any] | None:
    """What is found out about the terminal, as the JSON report carries it; None where there is none.

    `error` says why it was not found out; `settings` is what should be changed, key to value.
    """
    if not (sys.stdin is not None and sys.stdin.isatty() and (sys.stdout.isatty() or sys.stderr.isatty())):
        return None
    from tui_news.terminal import Silent, ask_terminal

    size = os.get_terminal_size(sys.stdin.fileno())
    found: dict[str, Any] = {
        "term": os.environ.get("TERM", ""),
        "columns": size.columns,
        "lines": size.lines,
        "multiplexer": "tmux" if os.environ.get("TMUX") else "screen" if os.environ.get("STY") else None,
    }
    if os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        return found | {"error": "a dumb terminal; tui-news talks in lines there (linear mode)"}
    try:
        trip, abilities = ask_terminal()
    except Silent as error:
        return found | {"error": str(error), "settings": {}} | _bytes(newsroom, size)
    found |= {"round_trip_ms": round(trip * 1000, 1)}
    found |= {name: getattr(abilities, name) for name in abilities.__slots__}
    found |= {"settings": _settings(newsroom, trip, abilities)}
    return found | _bytes(newsroom, size)


def _bytes(newsroom: Newsroom, size: os.terminal_size) -> dict[str, Any]:
    """Bytes that keys cost at this size; nothing where it cannot be measured."""
    from tui_news.ui.meter import measure

    try:
        spent = measure(newsroom, (size.columns, size.lines))
    except Exception as error:
        # A check must not fail for what it checks; what went wrong is a finding.
        return {"bytes": None, "bytes_error": f"{type(error).__name__}: {error}"}
    return {"bytes": {name: getattr(spent, name) for name in spent.__slots__}}


def _settings(newsroom: Newsroom, trip: float, abilities: Abilities) -> dict[str, Any]:
    """The settings that should be changed for this terminal, and to what."""
    changes: dict[str, Any] = {}
    wide = newsroom.config.flag("ui.ambiguous_wide")
    if abilities.ambiguous is not None and (abilities.ambiguous == 2) is not wide:
        changes["ui.ambiguous_wide"] = not wide
    return changes


def lines(found: dict[str, Any] | None) -> Iterator[str]:
    """The same in words, a line for each fact."""
    if found is None:
        return
    if "error" in found:
        yield _line("answers", "none", f"{found['error']}; nothing is taken for granted")
    else:
        trip = found["round_trip_ms"] / 1000
        if trip <= NEAR:
            what = "keys feel local"
        elif trip <= FAR:
            what = "keys are felt; the painter keeps them to a few bytes"
        else:
            what = "a slow line: ui.slow = auto takes the leaner screen, on always does"
        yield _line("round trip", f"{found['round_trip_ms']:.1f} ms", what)
        yield _line("terminal", found["name"] or "gives no name", "")
        yield from _ability_lines(found)
    if spent := found.get("bytes"):
        told = (
            ("first", "first screen", "once at the start"), ("inside", "j in the window", "one headline on"),
            ("scrolls", "j that scrolls", "the list moves by a headline"),
            ("opened", "Enter", "an article opens"), ("page", "Space", "a page of its text"),
        )  # fmt: skip
        for name, key, what in told:
            yield _line(key, f"{spent[name]:,} bytes", what)
    elif found.get("bytes_error"):
        yield _line("bytes of a key", "unknown", found["bytes_error"])
    for key, value in found.get("settings", {}).items():
        word = str(value).lower() if isinstance(value, bool) else value
        yield f"Change a setting for this terminal: tui-news config set {key} {word}"


def _ability_lines(found: dict[str, Any]) -> Iterator[str]:
    tmux = found["multiplexer"] == "tmux"
    copying = (
        "set -g set-clipboard on in tmux.conf lets y copy to your own machine"
        if tmux
        else "if y copies nothing, allow OSC 52 in the terminal's settings"
    )
    table = (
        ("truecolor", "24-bit colour", "themes look as they were drawn",
         "themes are shown in the nearest of 256 colours; COLORTERM=truecolor says otherwise"),
        ("sync", "synchronized output", "a screen appears whole", "large changes may be seen on their way"),
        ("margins", "left-right margins", "one column can be scrolled by itself",
         "a column beside another is written anew when it scrolls"),
        ("clipboard", "clipboard (OSC 52)", "y copies to your own machine", copying),
        ("links", "hyperlinks (OSC 8)", "links can be clicked",
         "links are opened by number (#), or by o"),
        ("kitty_graphics", "kitty graphics", "pictures can be shown", "pictures are drawn in half blocks"),
        ("sixel", "sixel", "pictures can be shown", "no sixel pictures"),
    )  # fmt: skip
    for name, title, if_so, if_not in table:
        value = found[name]
        state = "unknown" if value is None else "yes" if value else "no"
        yield _line(title, state, if_so if value else if_not)
    width = found["ambiguous"]
    if width is not None:
        yield _line("ambiguous width", f"{width} column{'s' if width != 1 else ''}",
                    "what — … “ ” ① take here; ui.ambiguous_wide must say the same")  # fmt: skip
    if found["emoji"] is not None:
        meaning = "as it should be"
        if found["emoji"] != 2:
            meaning = "2 would be right: lines with such emoji may be a little off"
        yield _line("joined emoji", f"{found['emoji']} columns", meaning)


def _line(name: str, value: str, meaning: str) -> str:
    return f"  {pad(name, NAME_WIDTH)}{value:<{VALUE_WIDTH}}  {meaning}".rstrip()
