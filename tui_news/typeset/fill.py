"""Filling lines: each ends at the last permitted place that fits; what to do when none does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from tui_news.typeset.breaks import opportunities
from tui_news.typeset.classes import PROPERTIES, letters
from tui_news.typeset.hyphens import available, division
from tui_news.typeset.inline import Inline
from tui_news.typeset.lines import Options
from tui_news.typeset.measure import advances, boundary, cluster_end

SPACES: Final = " \u3000"
"""What vanishes at a line's end."""
HANG: Final = 2
"""Cells that a closing mark may stand in the margin."""
HANGING: Final = frozenset("、。，．：；！？…」』）】》〉〕”’,.;:!?)]")
# In an address or a file's name a line may end after these, before a letter, digit or the like.
_SENSIBLE = re.compile(r"[/?&=#._\-~+:;,@%|](?=[^\s/?&=#._\-~+:;,@%|])")


# Lacking fewer cells than this, or after two divided words, a line is left as it is.
_WORTH_DIVIDING: Final = 4
_DIVIDED_IN_A_ROW: Final = 2
_LOOK_BACK: Final = 32
"""Characters gone back for a better place; more marks than that in a row are no text."""


class Piece(NamedTuple):
    """One line's part of a text: from `start` to `end`; the next line goes on at `resume`."""

    start: int
    end: int
    resume: int
    divided: bool = False
    """The line ends within a word and wants a hyphen."""


def fill(
    text: Inline, first: int, rest: int, options: Options, hang: int = HANG, divide: bool = False
) -> tuple[list[Piece], int]:
    """Break a text without newlines into lines of at most `first` and then `rest` cells.

    Returns the pieces and how many cells the first line really has: more than `first`, up to `rest`,
    when an indent would have cut the first word. At most `hang` cells of closing marks stand out.
    `divide` lets words be divided as the options' language does.
    """
    words = text.text
    start = len(words) - len(words.lstrip(SPACES))
    if start == len(words):
        return [], first
    sizes = advances(words, options.ambiguous_wide)
    stop = len(words.rstrip(SPACES))
    if sizes[stop] - sizes[start] <= first:
        return [Piece(start, stop, len(words))], first
    places = opportunities(words, options.language)
    if text.whole:
        places = [place for place in places if place not in text.whole]
    if first < rest:
        place = places[bisect_right(places, start)]
        if sizes[len(words[:place].rstrip(SPACES))] - sizes[start] > first:
            first = rest
    return _Filler(words, places, sizes, options.language, hang, divide).run(start, first, rest), first


class _Filler:
    __slots__ = ("divide", "hang", "language", "places", "sizes", "text")

    def __init__(
        self, text: str, places: list[int], sizes: Sequence[int], language: str, hang: int, divide: bool
    ) -> None:
        self.text, self.places, self.sizes, self.language, self.hang = text, places, sizes, language, hang
        self.divide = divide and available(language)

    def run(self, start: int, room: int, rest: int) -> list[Piece]:
        text, places, sizes = self.text, self.places, self.sizes
        length = len(text)
        out: list[Piece] = []
        index = 0
        while start < length:
            limit = sizes[start] + room
            room = rest
            reach = bisect_right(sizes, limit) - 1
            # Spaces at the end take no room.
            while reach < length and text[reach] in SPACES:
                reach += 1
            index = bisect_right(places, reach, index) - 1
            place = places[index] if index >= 0 else 0
            if place <= start:
                index += 1
                place = self._forced(start, reach, limit, places[index])
                if place < places[index]:
                    index = max(0, index - 1)
            elif self.divide and place < length:
                divided = self._division(out, place, places[index + 1], limit)
                if divided:
                    out.append(Piece(start, divided, divided, True))
                    start = divided
                    continue
            end = place
            while end > start and text[end - 1] in SPACES:
                end -= 1
            out.append(Piece(start, end, place))
            start = place
        return out

    def _division(self, out: list[Piece], place: int, following: int, limit: int) -> int:
        """Where to divide the word after the last place that fits; 0 for not at all."""
        if limit - self.sizes[len(self.text[:place].rstrip(SPACES))] < _WORTH_DIVIDING:
            return 0
        if all(piece.divided for piece in out[-_DIVIDED_IN_A_ROW:]) and len(out) >= _DIVIDED_IN_A_ROW:
            return 0
        # One cell is the hyphen's.
        return division(self.text, place, following, bisect_right(self.sizes, limit - 1) - 1, self.language)

    def _forced(self, start: int, reach: int, limit: int, following: int) -> int:
        """Where to end a line on which no permitted place fits."""
        text = self.text
        end = following
        while end > start and text[end - 1] in SPACES:
            end -= 1
        if self.sizes[end] <= limit + self.hang and all(char in HANGING for char in text[reach:end]):
            return following
        sensible = start
        for match in _SENSIBLE.finditer(text, start, min(reach + 1, following)):
            if (
                match.end() <= reach
                and boundary(text, match.end(), start)
                and not self._bad(start, match.end())
            ):
                sensible = match.end()
        if sensible > start:
            return sensible
        return self._between_clusters(start, max(reach, start + 1))

    def _between_clusters(self, start: int, reach: int) -> int:
        """The last cluster's start that fits and makes no bad beginning or end, or any that fits; after one
        cluster at least, though it stick out."""
        text = self.text
        fallback = 0
        for place in range(reach, max(start, reach - _LOOK_BACK), -1):
            if boundary(text, place, start):
                if not self._bad(start, place):
                    return place
                fallback = fallback or place
        if fallback:
            return fallback
        return cluster_end(text, start, reach)

    def _bad(self, start: int, place: int) -> bool:
        """Whether ending a line at `place` parts a dash or ellipsis, or strands a mark."""
        text, table = self.text, letters(self.language)
        if place >= len(text):
            return False
        after = PROPERTIES[table[ord(text[place])]]
        last = place - 1
        while last > start and not boundary(text, last, start):
            last -= 1
        before = PROPERTIES[table[ord(text[last])]]
        if after.no_start or before.no_end or before.name == "OP" or "SP" in (before.name, after.name):
            return True
        return before.name == after.name and before.name in ("B2", "IN")
