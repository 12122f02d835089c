"""An article as one long column of lines, of which only what is asked for is set."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections import OrderedDict
from collections.abc import Sequence
from typing import Final

from tui_news.model import Block
from tui_news.typeset.find import hits
from tui_news.typeset.inline import is_numbered, link_groups
from tui_news.typeset.lines import BLANK, DEFAULT, Line, Options, Span
from tui_news.typeset.setter import (
    bar,
    indented,
    is_empty,
    is_reordered,
    is_spaced,
    line_width,
    links_in,
    logical_lines,
    set_block,
)

KEPT: Final = 512
"""Blocks whose lines are kept; the others are set again when they are asked for."""
_SAMPLE: Final = 200


class Galley:
    """The lines of an article's blocks for a window's width.

    Blocks are set in order, as far as a question needs: the height is an estimate until the last one is
    set, everything that has been answered stays true. Lines and blocks count from 0.
    """

    def __init__(self, blocks: Sequence[Block], width: int, options: Options = DEFAULT) -> None:
        self._blocks = blocks
        self._width = line_width(width, options)
        self._options = options
        self._starts = [0]
        """First line of each block that has been set, its blank line included, and of the next."""
        self._leads: list[int] = []
        """Blank lines before each block that has been set."""
        self._first_link = [1]
        self._last: Block | None = None
        self._kept: OrderedDict[int, list[Line]] = OrderedDict()
        self._rest: float | None = None
        self._links: tuple[tuple[int, str, str], ...] | None = None

    # --- height ------------------------------------------------------------------------------------

    @property
    def estimated(self) -> bool:
        """Whether `height` is an estimate still."""
        return len(self._leads) < len(self._blocks)

    @property
    def height(self) -> int:
        """Lines of the whole."""
        left = len(self._blocks) - len(self._leads)
        if not left:
            return self._starts[-1]
        if self._rest is None:
            self._rest = self._guess()
        return self._starts[-1] + max(left and 1, round(left * self._rest))

    def _guess(self) -> float:
        """Lines of a block on the average, from the length of some."""
        step = max(1, len(self._blocks) // _SAMPLE)
        sample = self._blocks[::step]
        lines = 0.0
        for block in sample:
            text = block.text
            size = len(text) + len(text.encode("utf-8", "replace"))
            # UTF-8 takes one byte for a Latin letter and three for an ideograph: half the sum is the width.
            lines += max(1, -(-size // 2 // self._width)) + (0.2 if block.kind == "item" else 0.8)
        return lines / max(1, len(sample))

    # --- setting -----------------------------------------------------------------------------------

    def _set_through(self, block: int) -> None:
        while len(self._leads) <= block:
            self._set_next()

    def _set_next(self) -> None:
        index = len(self._leads)
        block = self._blocks[index]
        lines: list[Line] = []
        if not is_empty(block):
            lines = set_block(block, self._width, self._options, self._first_link[index], index)
        lead: list[Line] = []
        if lines and self._last is not None:
            lead = self._between(self._last, block, index)
        if lines:
            self._last = block
        self._leads.append(len(lead))
        self._starts.append(self._starts[-1] + len(lead) + len(lines))
        self._first_link.append(self._first_link[index] + links_in(block))
        self._keep(index, lead + lines)

    def _between(self, above: Block, below: Block, index: int) -> list[Line]:
        """The blank lines between two blocks."""
        blank = BLANK._replace(block=index)
        if above.kind == "item" and below.kind == "item":
            return [blank] * self._options.spacing
        if above.kind == "quote" and below.kind == "quote":
            bars = min(bar(above, self._width), bar(below, self._width), key=len).rstrip()
            return [Line((Span(bars, "marker"),), index, False, len(bars))]
        if above.kind == "subhead" and below.kind != "subhead":
            return [blank] * self._options.spacing
        if above.kind == "paragraph" and below.kind == "paragraph" and indented(below, self._options):
            return [blank] * self._options.spacing
        return [blank] * (1 + self._options.spacing)

    def _keep(self, index: int, lines: list[Line]) -> None:
        self._kept[index] = lines
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)

    def _lines_of(self, index: int) -> list[Line]:
        """A set block's lines with the blank ones before it."""
        lines = self._kept.get(index)
        if lines is None:
            lines = set_block(self._blocks[index], self._width, self._options, self._first_link[index], index)
            lead = self._leads[index]
            if lead:
                above = index - 1
                while is_empty(self._blocks[above]):
                    above -= 1
                lines = self._between(self._blocks[above], self._blocks[index], index) + lines
            self._keep(index, lines)
        else:
            self._kept.move_to_end(index)
        return lines

    # --- asking ------------------------------------------------------------------------------------

    def lines(self, start: int, count: int) -> list[Line]:
        """At most `count` lines from line `start` on; fewer at the end."""
        start = max(0, start)
        end = start + max(0, count)
        while self._starts[-1] < end and self.estimated:
            self._set_next()
        out: list[Line] = []
        index = bisect_right(self._starts, start) - 1
        while len(out) < end - start and index < len(self._leads):
            lines = self._lines_of(index)
            skip = max(0, start - self._starts[index])
            out += lines[skip : skip + end - start - len(out)]
            index += 1
        return out

    def block_at(self, line: int) -> int:
        """The block that a line belongs to; the last one for lines beyond the end."""
        line = max(0, line)
        while self._starts[-1] <= line and self.estimated:
            self._set_next()
        return max(0, min(bisect_right(self._starts, line) - 1, len(self._blocks) - 1))

    def line_of(self, block: int) -> int:
        """The first line of a block's text."""
        if not self._blocks:
            return 0
        block = max(0, min(block, len(self._blocks) - 1))
        self._set_through(block)
        line = self._starts[block] + self._leads[block]
        return min(line, max(0, self._starts[-1] - 1)) if not self.estimated else line

    def find(self, text: str) -> list[tuple[int, int, int]]:
        """Where a text stands, whatever its case: line, first cell, cell after the last, in order. A place
        that runs over a line's end gives one entry for each line."""
        words = text.split()
        if not words:
            return []
        pattern = re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE)
        out: list[tuple[int, int, int]] = []
        for index, block in enumerate(self._blocks):
            self._set_through(index)
            if self._starts[index + 1] > self._starts[index]:
                if is_reordered(block, self._options):
                    out += self._hits_in_order(pattern, index)
                else:
                    lines = self._lines_of(index)
                    out += hits(pattern, lines, self._starts[index], 1, self._options)
        return out

    def _hits_in_order(self, pattern: re.Pattern[str], index: int) -> list[tuple[int, int, int]]:
        """Hits in a block that is shown in visual order: found in the order of reading."""
        block = self._blocks[index]
        lines = logical_lines(block, self._width, self._options, self._first_link[index])
        step = 1 + (self._options.spacing if is_spaced(block, self._options) else 0)
        return hits(pattern, lines, self.line_of(index), step, self._options, self._width)

    @property
    def links(self) -> tuple[tuple[int, str, str], ...]:
        """All links: number, text, address."""
        if self._links is None:
            out: list[tuple[int, str, str]] = []
            for block in self._blocks:
                if block.kind == "picture" and block.src:
                    out.append((len(out) + 1, f"Picture: {block.alt}" if block.alt else "Picture", block.src))
                for runs in (block.runs, *(cell for row in block.rows for cell in row)):
                    if any(run.href for run in runs):
                        for href, group in link_groups(runs):
                            if is_numbered(href):
                                words = " ".join("".join(run.text for run in group).split())
                                out.append((len(out) + 1, words, href))
            self._links = tuple(out)
        return self._links

    @property
    def outline(self) -> tuple[tuple[int, int, str], ...]:
        """The subheads: block, level, text."""
        return tuple(
            (index, block.level, " ".join(block.text.split()))
            for index, block in enumerate(self._blocks)
            if block.kind == "subhead" and not is_empty(block)
        )
