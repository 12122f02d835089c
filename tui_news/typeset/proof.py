"""An open article as one column: its head, its text and what stands under it, set where it is looked at."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from tui_news.typeset.article import Page, colophon, masthead
from tui_news.typeset.galley import Galley
from tui_news.typeset.lines import Line, Options


class Proof:
    """The lines of an article for a width, numbered from 0. Numbers below what is not set yet are guesses,
    as those of `Galley` are: `settle` first, then ask."""

    def __init__(self, page: Page, width: int, setting: Options) -> None:
        article = page.article
        self._page = page
        self._width = width
        self._head = masthead(page, width)
        self._foot: list[Line] | None = None
        self.galley = Galley(page.blocks, width, replace(setting, language=article.language))

    @property
    def top(self) -> int:
        """The first line of the text."""
        return len(self._head)

    @property
    def height(self) -> int:
        return len(self._head) + self.galley.height + len(self.foot)

    @property
    def foot(self) -> list[Line]:
        if self._foot is None:
            self._foot = colophon(self._page, self.galley.links, self._width)
        return self._foot

    def settle(self, line: int, before: int = 0, after: int = 1) -> int:
        """Set what stands around a line, `before` lines above it and `after` from it on; returns its number
        then."""
        inner = line - self.top
        text = self.galley.height
        if inner < 0:
            self.galley.settle(0, 0, max(0, inner + after))
            return line
        if inner >= text:
            self.galley.settle(text, max(0, before - (inner - text)), 0)
            return self.top + self.galley.height + inner - text
        return self.top + self.galley.settle(inner, before, after)

    def line(self, number: int) -> Line | None:
        """A line; None beyond the end."""
        if number < self.top:
            return self._head[number] if number >= 0 else None
        number -= self.top
        text = self.galley.height
        if number < text:
            lines = self.galley.lines(number, 1)
            return lines[0] if lines else None
        return self.foot[number - text] if number - text < len(self.foot) else None

    def position(self, line: int) -> int:
        """The block that a line belongs to; 0 for the head."""
        return self.galley.block_at(line - self.top) if line > self.top else 0

    def line_of(self, block: int) -> int:
        """Where a block begins; the head belongs to the first."""
        return self.top + self.galley.line_of(block) if block > 0 else 0

    def place(self, line: int) -> tuple[int, int, int]:
        """A line by its block, whatever its number; block -1 is the head, what stands under the text its last
        block."""
        inner = line - self.top
        return self.galley.place(inner) if inner >= 0 else (-1, line, 0)

    def line_at(self, place: tuple[int, int, int]) -> int:
        """The line of a place."""
        return self.top + self.galley.line_at(place) if place[0] >= 0 else place[1]

    # --- tables ------------------------------------------------------------------------------------

    def shift(self, line: int, count: int, step: int) -> tuple[bool | None, int]:
        """Move the tables among some lines sideways; whether any did (None: there is none), and the number
        that the first of the lines has then."""
        place = self.place(line)
        moved = self.galley.shift(max(0, line - self.top), count - max(0, self.top - line), step)
        return moved, self.line_at(place)

    def head_over(self, line: int) -> range:
        """The lines of a table's head that is shown over its rows when the window begins at a line."""
        if line < self.top:
            return range(0)
        head = self.galley.head_over(line - self.top)
        return range(head.start + self.top, head.stop + self.top)

    # --- finding -----------------------------------------------------------------------------------

    def hits_in(self, line: int) -> tuple[int, Sequence[Sequence[tuple[int, int, int]]]]:
        """The block of a line, and the places of each hit in it; no places where the line is no text."""
        inner = line - self.top
        if not 0 <= inner < self.galley.height:
            return -1, ()
        block = self.galley.block_at(inner)
        return block, self.places(block)

    def places(self, block: int) -> list[list[tuple[int, int, int]]]:
        """The places of each hit in a block: line, first cell, cell after the last."""
        return [
            [(self.top + line, start, end) for line, start, end in places]
            for places in self.galley.places(block)
        ]

    def line_of_hit(self, block: int, number: int) -> int:
        """The line of a hit in a block, which is brought in sight when it is in a table that was moved."""
        self.galley.show(block, number)
        places = self.galley.places(block)
        if number < len(places) and places[number]:
            return self.top + places[number][0][0]
        return self.top + self.galley.line_of(block)
