"""Filling lines: each ends at the last permitted place that fits; what to do when none does."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence
from typing import Final, NamedTuple

from tui_news.typeset.breaks import opportunities
from tui_news.typeset.classes import PROPERTIES, letters
from tui_news.typeset.inline import Inline
from tui_news.typeset.lines import Options
from tui_news.typeset.measure import advances, boundary

SPACES: Final = " \u3000"
"""What vanishes at a line's end."""
HANG: Final = 2
"""Cells that a closing mark may stand in the margin."""
HANGING: Final = frozenset("、。，．：；！？…」』）】》〉〕”’,.;:!?)]")
# In an address or a file's name a line may end after these, before a letter, digit or the like.
_SENSIBLE = re.compile(r"[/?&=#._\-~+:;,@%|](?=[^\s/?&=#._\-~+:;,@%|])")


class Piece(NamedTuple):
    """One line's part of a text: from `start` to `end`; the next line goes on at `resume`."""

    start: int
    end: int
    resume: int


def fill(text: Inline, first: int, rest: int, options: Options, hang: int = HANG) -> tuple[list[Piece], int]:
    """Break a text without newlines into lines of at most `first` and then `rest` cells.

    Returns the pieces and how many cells the first line really has: more than `first`, up to `rest`,
    when an indent would have cut the first word. At most `hang` cells of closing marks stand out.
    """
    words = text.text
    start = len(words) - len(words.lstrip(SPACES))
    if start == len(words):
        return [], first
    places = opportunities(words, options.language)
    if text.whole:
        places = [place for place in places if place not in text.whole]
    sizes = advances(words, options.ambiguous_wide)
    if sizes[-1] - sizes[start] <= first:
        end = len(words.rstrip(SPACES))
        return [Piece(start, end, len(words))], first
    if first < rest and sizes[len(words[: places[0]].rstrip(SPACES))] - sizes[start] > first:
        first = rest
    return _Filler(words, places, sizes, options.language, hang).run(start, first, rest), first


class _Filler:
    __slots__ = ("hang", "language", "places", "sizes", "text")

    def __init__(self, text: str, places: list[int], sizes: Sequence[int], language: str, hang: int) -> None:
        self.text, self.places, self.sizes, self.language, self.hang = text, places, sizes, language, hang

    def run(self, start: int, room: int, rest: int) -> list[Piece]:
        text, places, sizes = self.text, self.places, self.sizes
        length = len(text)
        out: list[Piece] = []
        index = 0
        while start < length:
            limit = sizes[start] + room
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
            end = place
            while end > start and text[end - 1] in SPACES:
                end -= 1
            out.append(Piece(start, end, place))
            start = place
            room = rest
        return out

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
            if match.end() <= reach and boundary(text, match.end()):
                sensible = match.end()
        if sensible > start:
            return sensible
        return self._between_clusters(start, max(reach, start + 1))

    def _between_clusters(self, start: int, reach: int) -> int:
        """The last cluster's start that fits, before an opening mark or a bad beginning if there is one;
        after one cluster at least, though it stick out."""
        text = self.text
        table = letters(self.language)
        fallback = 0
        place = reach
        while place > start:
            if boundary(text, place):
                fallback = fallback or place
                after = PROPERTIES[table[ord(text[place])]] if place < len(text) else None
                before = PROPERTIES[table[ord(text[place - 1])]]
                bad = before.no_end or before.name == "OP" or (after is not None and after.no_start)
                if not bad and not (before.name == "B2" and after is not None and after.name == "B2"):
                    return place
            place -= 1
        if fallback:
            return fallback
        place = reach + 1
        while not boundary(text, place):
            place += 1
        return place
