"""What lies over an article's lines: labels of links, hits of a search."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_news.typeset.proof import Proof

LETTERS: Final = "asdfghjklweruioxcvnm"
"""Letters of labels: the home row first; none that is hard to tell from another."""


class Hits:
    """The places that a search found in an article, and which of them the reader is at."""

    __slots__ = ("_blocks", "_firsts", "index")

    def __init__(self, blocks: Sequence[int] = ()) -> None:
        """`blocks` has the block of each hit, in order."""
        self._blocks = blocks
        self.index = -1
        self._firsts: dict[int, int] = {}
        for index, block in enumerate(blocks):
            self._firsts.setdefault(block, index)

    def __len__(self) -> int:
        return len(self._blocks)

    def in_line(self, proof: Proof, line: int) -> Iterator[tuple[int, int, bool]]:
        """First cell and cell after the last of each hit in a line, and whether the reader is at it."""
        block, hits = proof.hits_in(line)
        first = self._firsts.get(block)
        if first is None:
            return
        for number, places in enumerate(hits, first):
            for at, start, end in places:
                if at == line:
                    yield start, end, number == self.index

    def before(self, proof: Proof, line: int) -> None:
        """Be just before the first hit from a line on, or before the first of all."""
        block = proof.position(line)
        index = bisect_left(self._blocks, block)
        if block in self._firsts:
            for places in proof.places(block):
                if places and places[0][0] < line:
                    index += 1
        self.index = (index if index < len(self._blocks) else 0) - 1

    def step(self, step: int) -> tuple[int, int]:
        """Go on by so many hits, and round again: the block of the hit that was reached, and which of the
        hits in the block it is."""
        self.index = (self.index + step) % len(self._blocks)
        block = self._blocks[self.index]
        return block, self.index - self._firsts[block]


class Hint(NamedTuple):
    """A label on a link: where it lies (row and cell of the view) and what it is on."""

    label: str
    row: int
    cell: int
    href: str
    text: str


def labels(count: int) -> list[str]:
    """So many different labels, as short as can be, none the beginning of another."""
    length, room = 1, len(LETTERS)
    while room < count:
        length, room = length + 1, room * len(LETTERS)
    out: list[str] = []
    for number in range(count):
        label = ""
        for _ in range(length):
            number, digit = divmod(number, len(LETTERS))
            label += LETTERS[digit]
        out.append(label)
    return out


def overlaid(strip: Strip, start: int, end: int, style: Style, text: str = "") -> Strip:
    """The strip with the cells from `start` to before `end` in another style, or with `text` over them."""
    length = strip.cell_length
    if end <= start or (start >= length and not text):
        return strip
    if end > length and text:
        strip = strip.extend_cell_length(end)
        length = end
    before, hit, after = strip.divide([start, min(end, length), length])
    middle = [Segment(text, style)] if text else [Segment(part.text, style) for part in hit]
    return Strip([*before, *middle, *after])
