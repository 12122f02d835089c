"""What one text has that another has not: words in Latin script, characters in Chinese and Japanese."""

from __future__ import annotations

import re
from difflib import SequenceMatcher
from typing import NamedTuple

from tui_news.text.fold import UNSPACED

_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|\s+|[^\w\s]")
MOST = 3_000
"""Tokens of a text that are compared; what follows counts as unchanged."""


class Piece(NamedTuple):
    """A piece of a comparison; `sign` is `=` for what both have, `-` for the old's, `+` for the new's."""

    sign: str
    text: str


def compare(old: str, new: str) -> list[Piece]:
    """The way from one text to the other. What is equal, what is gone and what has come, in the new's order;
    put together, the pieces without `-` are the new text and those without `+` the old."""
    before, after = _TOKEN.findall(old), _TOKEN.findall(new)
    # A character that no token takes (none is known) must not be lost.
    if "".join(before) != old or "".join(after) != new:
        before, after = list(old), list(new)
    rest_old, rest_new = "".join(before[MOST:]), "".join(after[MOST:])
    before, after = before[:MOST], after[:MOST]
    pieces: list[Piece] = []
    matcher = SequenceMatcher(None, before, after, autojunk=len(before) > 500)
    for kind, i1, i2, j1, j2 in matcher.get_opcodes():
        if kind == "equal":
            pieces.append(Piece("=", "".join(after[j1:j2])))
            continue
        if i2 > i1:
            pieces.append(Piece("-", "".join(before[i1:i2])))
        if j2 > j1:
            pieces.append(Piece("+", "".join(after[j1:j2])))
    if rest_old == rest_new:
        return [*pieces, Piece("=", rest_new)] if rest_new else pieces
    return pieces + [Piece(sign, text) for sign, text in (("-", rest_old), ("+", rest_new)) if text]
