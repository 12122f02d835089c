"""One comment of a thread as lines: rails down its side, a head, its text set for the width that is left."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui_news.model import Block
from tui_news.typeset.galley import Galley
from tui_news.typeset.lines import Line, Options, Span

RAIL: Final = "│ "
LEAST: Final = 28
"""Cells of text that are left however deep a comment stands; deeper ones stand no further in."""
MAX_LINES: Final = 2_000


def indent(depth: int, width: int) -> int:
    """How many rails stand before a comment of a depth; one more runs down beside its text."""
    return max(0, min(depth, (width - LEAST) // len(RAIL) - 1))


def rails(count: int) -> tuple[Span, ...]:
    """So many rails, each in the colour of its depth: roles `rail0` to `rail3` by turns."""
    return tuple(Span(RAIL, f"rail{level % 4}") for level in range(count))


def remark_head(spans: Sequence[Span], sign: str, depth: int, width: int) -> Line:
    """A comment's head: rails, the sign whether its answers are shown, who and when; how deep, where that
    no longer shows."""
    steps = indent(depth, width)
    deep = (Span(f"{depth + 1}↳ ", "caption"),) if depth > steps else ()
    return Line((*rails(steps), Span(f"{sign} ", f"rail{steps % 4}"), *deep, *spans))


def remark_lines(blocks: Sequence[Block], depth: int, width: int, options: Options) -> list[Line]:
    """A comment's text under its head, at most `MAX_LINES` lines; the last says when that was not all."""
    steps = indent(depth, width) + 1
    room = max(8, width - steps * len(RAIL))
    galley = Galley(blocks, room, options)
    lines = list(galley.lines(0, MAX_LINES))
    side = rails(steps)
    made = [line._replace(spans=(*side, *line.spans)) for line in lines]
    if galley.height > MAX_LINES:
        made.append(Line((*side, Span("…", "caption"))))
    return made
