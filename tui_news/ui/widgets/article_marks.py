"""What lies over an article's lines: labels of links, hits of a search."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

LETTERS: Final = "asdfghjklweruioxcvnm"
"""Letters of labels: the home row first; none that is hard to tell from another."""


class Hits:
    """The places that a search found in an article, and which of them the reader is at."""

    __slots__ = ("_at", "index", "places")

    def __init__(self, places: Sequence[tuple[int, int, int]] = ()) -> None:
        self.places = places
        """Line, first cell, cell after the last, in order."""
        self.index = -1
        self._at: dict[int, list[int]] = {}
        for index, (line, _, _) in enumerate(places):
            self._at.setdefault(line, []).append(index)

    def __len__(self) -> int:
        return len(self.places)

    def in_line(self, line: int) -> Iterator[tuple[int, int, bool]]:
        """Start and end of each hit in a line, and whether it is the one that the reader is at."""
        for index in self._at.get(line, ()):
            yield self.places[index][1], self.places[index][2], index == self.index

    def before(self, line: int) -> None:
        """Be just before the first hit from a line on, or before the first of all."""
        self.index = next((index for index, hit in enumerate(self.places) if hit[0] >= line), 0) - 1

    def step(self, step: int) -> int:
        """Go on by so many hits, and round again; the line of the hit that was reached."""
        self.index = (self.index + step) % len(self.places)
        return self.places[self.index][0]


class Hint(NamedTuple):
    """A label on a link: where it lies (line of the whole article, cell of the view) and what it is on."""

    label: str
    line: int
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
