"""An article as one long column of lines, of which only what is asked for is set."""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterator, Sequence
from typing import Final

from tui_news.model import Block
from tui_news.typeset.columns import Laid
from tui_news.typeset.find import Place, hits, pattern_of
from tui_news.typeset.heights import Heights
from tui_news.typeset.inline import is_numbered, link_groups
from tui_news.typeset.lines import BLANK, DEFAULT, Line, Options, Span
from tui_news.typeset.setter import (
    bar,
    belonging,
    indented,
    is_empty,
    is_reordered,
    is_spaced,
    line_width,
    links_in,
    logical_lines,
    picture_name,
    set_block,
)
from tui_news.typeset.tables import lay_table

KEPT: Final = 512
"""Blocks whose lines are kept; the others are set again when they are asked for."""
_SAMPLE: Final = 200
_PLAIN = frozenset(("paragraph", "subhead", "item", "quote", "pre"))
"""Kinds whose lines hold the block's text in its order: it can be searched before it is set."""
LAID: Final = 16
"""Tables that are kept as they are laid out."""
STICKY: Final = 4
"""Lines of a table's head that stay over its rows, at most."""


class Galley:
    """The lines of an article's blocks for a window's width.

    A block is set when a question is about it, wherever it stands. Those that are not set yet count as many
    lines as their length lets expect, so that `height` and the numbers of lines are guesses until all
    are set: setting a block renumbers the lines below it, never those above. `settle` sets what stands
    around a line and says which number it has then. Lines and blocks count from 0.
    """

    def __init__(self, blocks: Sequence[Block], width: int, options: Options = DEFAULT) -> None:
        self._blocks = blocks
        self._width = line_width(width, options)
        self._options = options
        self._heights = Heights(self._guesses())
        self._leads = [0] * len(blocks)
        """Blank lines before each block that has been set."""
        self._first_link = [1]
        """The number of the first link of each block, as far as that was asked for."""
        self._kept: OrderedDict[int, list[Line]] = OrderedDict()
        self._links: tuple[tuple[int, str, str], ...] | None = None
        self._shifts: dict[int, int] = {}
        """How tables are looked at that the reader moved sideways."""
        self._laid: OrderedDict[int, Laid] = OrderedDict()
        self._pattern: re.Pattern[str] | None = None
        self._places: dict[int, list[list[Place]]] = {}

    # --- height ------------------------------------------------------------------------------------

    @property
    def estimated(self) -> bool:
        """Whether `height` is an estimate still."""
        return self._heights.left > 0

    @property
    def height(self) -> int:
        """Lines of the whole."""
        return self._heights.start(len(self._blocks))

    def _guesses(self) -> Iterator[float]:
        """Lines that each block will take, by its length; how wide letters beyond ASCII are is told from
        some blocks."""
        letters = cells = 1
        for block in self._blocks[:: 1 | len(self._blocks) // _SAMPLE]:
            text = block.text
            if not text.isascii():
                letters += len(text)
                # In UTF-8 a Latin letter is one byte, an ideograph three: half the sum is the width.
                cells += (len(text) + len(text.encode("utf-8", "replace"))) // 2
        plain, other = 1 / self._width, cells / letters / self._width
        for block in self._blocks:
            lines = 0.0
            for run in block.runs:
                text = run.text
                lines += len(text) * (plain if text.isascii() else other)
            # A paragraph's last line is half full on the average; a blank one stands over it in Latin text.
            close = block.kind == "item" or not block.runs or (other > 1.5 * plain and not text.isascii())
            lead = 0.2 if close else 1.0
            yield max(1.0, lines + 0.5) + lead + len(block.rows)

    # --- setting -----------------------------------------------------------------------------------

    def _set(self, index: int) -> None:
        """Set a block that has not been set."""
        if not self._heights.known(index):
            self._lines_of(index)

    def _link_of(self, index: int) -> int:
        """The number of a block's first link."""
        first = self._first_link
        while len(first) <= index:
            first.append(first[-1] + links_in(self._blocks[len(first) - 1]))
        return first[index]

    def _above(self, index: int) -> Block | None:
        """The block over a block: the next one that is not empty."""
        index -= 1
        while index >= 0 and is_empty(self._blocks[index]):
            index -= 1
        return self._blocks[index] if index >= 0 else None

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

    def _lines_of(self, index: int) -> list[Line]:
        """A block's lines with the blank ones before it."""
        lines = self._kept.get(index)
        if lines is not None:
            self._kept.move_to_end(index)
            return lines
        block = self._blocks[index]
        lines = []
        if (laid := self._table(index)) is not None:
            lines = belonging(laid.lines, index)
        elif not is_empty(block):
            lines = set_block(block, self._width, self._options, self._link_of(index), index)
        if lines and (above := self._above(index)) is not None:
            lead = self._between(above, block, index)
            self._leads[index] = len(lead)
            lines = lead + lines
        self._heights[index] = len(lines)
        self._kept[index] = lines
        if len(self._kept) > KEPT:
            self._kept.popitem(last=False)
        return lines

    def set_all(self) -> None:
        """Set all blocks: every number is exact from then on."""
        for index in range(len(self._blocks)):
            self._set(index)

    def settle(self, line: int, before: int = 0, after: int = 1) -> int:
        """Set what stands around a line: `before` lines above it, and `after` from it on. Returns the number
        that the line has then. `height` is no line, but may be asked about: it is the end's number."""
        heights = self._heights
        block = heights.at(max(0, line))
        if block < len(self._blocks):
            within = max(0, line) - heights.start(block)
            self._set(block)
            within = min(within, max(0, heights[block] - 1))
        else:
            within = 0
        above, got = block - 1, within
        while got < before and above >= 0:
            self._set(above)
            got += heights[above]
            above -= 1
        line = heights.start(block) + within
        self._set_from(line, after)
        return line

    def _set_from(self, line: int, count: int) -> int:
        """Set the blocks of some lines; returns the first of them."""
        heights = self._heights
        first = index = heights.at(line)
        end = line + count
        start = heights.start(index)
        while index < len(self._blocks) and start < end:
            self._set(index)
            start += heights[index]
            if start <= line:
                first = index + 1
            index += 1
        return first

    # --- asking ------------------------------------------------------------------------------------

    def lines(self, start: int, count: int) -> list[Line]:
        """At most `count` lines from line `start` on; fewer at the end."""
        start = max(0, start)
        out: list[Line] = []
        if count <= 0:
            return out
        index = self._set_from(start, count)
        skip = start - self._heights.start(index)
        while len(out) < count and index < len(self._blocks):
            # What was set may have been shorter than it was guessed to be: there is more to set then.
            lines = self._lines_of(index)
            out += lines[max(0, skip) : max(0, skip) + count - len(out)]
            skip -= len(lines)
            index += 1
        return out

    def block_at(self, line: int) -> int:
        """The block that a line belongs to; the last one for lines beyond the end."""
        return max(0, min(self._heights.at(max(0, line)), len(self._blocks) - 1))

    def line_of(self, block: int) -> int:
        """The first line of a block's text."""
        if not self._blocks:
            return 0
        block = max(0, min(block, len(self._blocks) - 1))
        self._set(block)
        line = self._heights.start(block) + self._leads[block]
        return min(line, max(0, self.height - 1))

    # --- finding -----------------------------------------------------------------------------------

    def find(self, text: str) -> list[int]:
        """The block of each place where a text stands, whatever its case, in order. `places` says where in
        the block; what need not be set for that is not."""
        self._pattern = pattern_of(text)
        self._places.clear()
        out: list[int] = []
        if self._pattern is not None:
            for index, block in enumerate(self._blocks):
                out += [index] * self._count(block, index)
        return out

    def _count(self, block: Block, index: int) -> int:
        assert self._pattern is not None
        if block.kind in _PLAIN:
            text = block.text
            return len(self._pattern.findall(text)) if text and not text.isspace() else 0
        return len(self.places(index))

    def places(self, block: int) -> list[list[Place]]:
        """Where in a block each place is that `find` found: line, first cell, cell after the last; one entry
        for each line that it runs over. A place that is not shown has none: `show` brings it up."""
        if self._pattern is None:
            return []
        found = self._places.get(block)
        if found is None:
            found = self._places[block] = self._hits(self._pattern, block)
        start = self._heights.start(block)
        return [[(start + line, left, right) for line, left, right in places] for places in found]

    def _hits(self, pattern: re.Pattern[str], index: int) -> list[list[Place]]:
        """The hits in a block, lines counted from its first (blank) one."""
        block, options = self._blocks[index], self._options
        lines = self._lines_of(index)
        lead = self._leads[index]
        if not lines:
            return []
        if block.kind == "table" and (laid := self._table(index)) is not None and laid.cells:
            found = laid.hits(pattern)
            return [[(lead + line, start, end) for line, start, end in places] for places in found]
        if is_reordered(block, options):
            # Found in the order of reading.
            lines = logical_lines(block, self._width, options, self._link_of(index))
            step = 1 + (options.spacing if is_spaced(block, options) else 0)
            return hits(pattern, lines, lead, step, options, self._width)
        return hits(pattern, lines, 0, 1, options)

    def show(self, block: int, number: int) -> None:
        """Move a table sideways as far as it takes to show one of the places that were found in it."""
        laid = self._table(block)
        if laid is not None and self._pattern is not None:
            shift = laid.shift_for(self._pattern, number)
            if shift is not None:
                self._shift_to(block, shift)

    # --- tables ------------------------------------------------------------------------------------

    def _table(self, index: int) -> Laid | None:
        """A table as it is laid out; None for what is none."""
        block = self._blocks[index]
        if block.kind != "table" or is_empty(block):
            return None
        laid = self._laid.get(index)
        if laid is None:
            laid = lay_table(block, self._width, self._options, self._link_of(index), self._shifts.get(index))
            self._laid[index] = laid
            if len(self._laid) > LAID:
                self._laid.popitem(last=False)
        return laid

    def shift(self, start: int, count: int, step: int) -> bool | None:
        """Move the tables among some lines sideways by a column; False when they are at their end already,
        None when there is none that could be moved."""
        first, last = self.block_at(start), self.block_at(start + max(0, count - 1))
        moved: bool | None = None
        for index in range(first, last + 1):
            laid = self._table(index)
            if laid is None or laid.last_shift is None:
                continue
            to = max(-1, min(laid.last_shift, laid.shift + step))
            moved = bool(moved) or to != laid.shift
            self._shift_to(index, to)
        return moved

    def _shift_to(self, index: int, shift: int) -> None:
        self._shifts[index] = shift
        self._laid.pop(index, None)
        self._kept.pop(index, None)
        self._places.pop(index, None)
        self._lines_of(index)

    @property
    def shifts(self) -> dict[int, int]:
        """How the tables are looked at that were moved, by block: to be given to another galley."""
        return self._shifts

    @shifts.setter
    def shifts(self, shifts: dict[int, int]) -> None:
        self._shifts = shifts

    def head_over(self, line: int) -> range:
        """The lines of the table's head that stays on top when the window begins at a line among its rows;
        none elsewhere."""
        index = self._heights.at(line)
        if not 0 <= index < len(self._blocks) or self._blocks[index].kind != "table":
            return range(0)
        laid = self._table(index)
        if laid is None or not 0 < len(laid.head) <= STICKY:
            return range(0)
        start = self._heights.start(index) + self._leads[index]
        if not laid.head.start < line - start <= len(laid.lines) - len(laid.head) - 1:
            return range(0)
        return range(start + laid.head.start, start + laid.head.stop)

    def place(self, line: int) -> tuple[int, int, int]:
        """A line by its block, whatever its number: the block, the line in it, of how many."""
        index = self.block_at(line)
        return index, line - self._heights.start(index), self._heights[index] if self._blocks else 0

    def line_at(self, place: tuple[int, int, int]) -> int:
        """The line of a place; at the same part of the block when that takes more lines now, or fewer."""
        index, within, size = place
        now = self._heights[index] if self._blocks else 0
        if within >= size:
            within += now - size
        elif now != size and within > 0:
            within = within * now // size
        return self._heights.start(index) + within

    # --- links, outline ----------------------------------------------------------------------------

    @property
    def links(self) -> tuple[tuple[int, str, str], ...]:
        """All links: number, text, address."""
        if self._links is None:
            out: list[tuple[int, str, str]] = []
            for block in self._blocks:
                if block.kind == "picture" and block.src:
                    out.append((len(out) + 1, picture_name(block), block.src))
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
