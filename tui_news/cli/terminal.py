"""The terminal's part of `tui-news doctor`: what it answers, what keys cost, which setting to change."""

from __future__ import annotations

import os
import sys
from typing import TYPE_CHECKING, Any

from tui_news.i18n import _, many
from tui_news.text.clean import clean_line
from tui_news.text.width import cell_len, pad

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
        "term": clean_line(os.environ.get("TERM", ""), 80),
        "columns": size.columns,
        "lines": size.lines,
        "multiplexer": "tmux" if os.environ.get("TMUX") else "screen" if os.environ.get("STY") else None,
    }
    if os.environ.get("TERM", "dumb") in ("", "dumb", "unknown"):
        return found | {"error": _("a dumb terminal; tui-news talks in lines there (linear mode)")}
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
        yield _line(_("answers"), _("none"), _("{why}; nothing is taken for granted", why=found["error"]))
    else:
        trip = found["round_trip_ms"] / 1000
        if trip <= NEAR:
            what = _("keys feel local")
        elif trip <= FAR:
            what = _("keys are felt; the painter keeps them to a few bytes")
        else:
            what = _("a slow line: ui.slow = auto takes the leaner screen, on always does")
        yield _line(_("round trip"), f"{found['round_trip_ms']:.1f} ms", what)
        yield _line(_("terminal"), found["name"] or _("gives no name"), "")
        yield from _ability_lines(found)
    if spent := found.get("bytes"):
        told = (
            ("first", _("first screen"), _("once at the start")),
            ("inside", _("j in the window"), _("one headline on")),
            ("scrolls", _("j that scrolls"), _("the list moves by a headline")),
            ("opened", _("Enter"), _("an article opens")), ("page", _("Space"), _("a page of its text")),
        )  # fmt: skip
        for name, key, what in told:
            yield _line(key, _("{count} bytes", count=f"{spent[name]:,}"), what)
    elif found.get("bytes_error"):
        yield _line(_("bytes of a key"), _("unknown"), found["bytes_error"])
    for key, value in found.get("settings", {}).items():
        word = str(value).lower() if isinstance(value, bool) else value
        yield _("Change a setting for this terminal: tui-news config set {key} {word}", key=key, word=word)


def _ability_lines(found: dict[str, Any]) -> Iterator[str]:
    tmux = found["multiplexer"] == "tmux"
    copying = (
        _("set -g set-clipboard on in tmux.conf lets y copy to your own machine")
        if tmux
        else _("if y copies nothing, allow OSC 52 in the terminal's settings")
    )
    table = (
        ("truecolor", _("24-bit colour"), _("themes look as they were drawn"),
         _("themes are shown in the nearest of 256 colours; COLORTERM=truecolor says otherwise")),
        ("sync", _("synchronized output"), _("a screen appears whole"),
         _("large changes may be seen on their way")),
        ("margins", _("left-right margins"), _("one column can be scrolled by itself"),
         _("a column beside another is written anew when it scrolls")),
        ("clipboard", _("clipboard (OSC 52)"), _("y copies to your own machine"), copying),
        ("links", _("hyperlinks (OSC 8)"), _("links can be clicked"),
         _("links are opened by number (#), or by o")),
        ("kitty_graphics", _("kitty graphics"), _("pictures can be shown"),
         _("pictures are drawn in half blocks")),
        ("sixel", "sixel", _("pictures can be shown"), _("no sixel pictures")),
    )  # fmt: skip
    for name, title, if_so, if_not in table:
        value = found[name]
        state = _("unknown") if value is None else _("yes") if value else _("no")
        yield _line(title, state, if_so if value else if_not)
    width = found["ambiguous"]
    if width is not None:
        yield _line(_("ambiguous width"), many(width, "{count} column", "{count} columns"),
                    _("what — … “ ” ① take here; ui.ambiguous_wide must say the same"))  # fmt: skip
    if found["emoji"] is not None:
        meaning = _("as it should be")
        if found["emoji"] != 2:
            meaning = _("2 would be right: lines with such emoji may be a little off")
        yield _line(_("joined emoji"), many(found["emoji"], "{count} column", "{count} columns"), meaning)


def _line(name: str, value: str, meaning: str) -> str:
    room = max(VALUE_WIDTH, cell_len(value))
    return f"  {pad(name, NAME_WIDTH)}{pad(value, room)}  {meaning}".rstrip()
