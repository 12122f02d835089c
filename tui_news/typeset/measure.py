"""Widths for the typesetter: cells up to each offset of a text, and where grapheme clusters begin."""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from itertools import accumulate
from typing import Final

from rich.cells import get_character_cell_size

from tui_news.text.width import graphemes

LONGEST_CLUSTER: Final = 32
"""Characters."""
# What only a cluster's neighbours give a width: joiner and emoji selector.
_JOINERS = ("\u200d", "\ufe0f")


class _Widths(dict[str, int]):
    """Character to cells, filled as characters are met; the table is Textual's (through rich)."""

    def __init__(self, ambiguous: int) -> None:
        super().__init__({chr(point): 1 for point in range(0x20, 0x7F)})
        self._ambiguous = ambiguous

    def __missing__(self, char: str) -> int:
        if "\u4e00" <= char <= "\u9fff":
            width = 2
        else:
            width = get_character_cell_size(char)
            if width == 1 and unicodedata.east_asian_width(char) == "A":
                width = self._ambiguous
        self[char] = width
        return width


_NARROW, _WIDE = _Widths(1), _Widths(2)


def advances(text: str, ambiguous_wide: bool = False) -> Sequence[int]:
    """Cells of `text[:i]` for each i from 0 to the length. Inside a cluster it is what the cluster's
    start has, so that nothing that fits ends there."""
    if text.isascii():
        return range(len(text) + 1)
    widths = _WIDE if ambiguous_wide else _NARROW
    if not any(joiner in text for joiner in _JOINERS):
        return list(accumulate(map(widths.__getitem__, text), initial=0))
    out: list[int] = []
    total = 0
    for cluster, width in graphemes(text):
        out += [total] * len(cluster)
        if width == 1 and ambiguous_wide and len(cluster) == 1:
            width = widths[cluster]
        total += width
    out.append(total)
    return out


def cells(text: str, ambiguous_wide: bool = False) -> int:
    """Cells of a text."""
    return advances(text, ambiguous_wide)[-1]


def boundary(text: str, index: int, known: int = 0) -> bool:
    """Whether a grapheme cluster begins at `index` (UAX #29), told from what stands close by: no mark,
    joiner, selector, skin tone, second half of a flag, later part of a syllable or stacked consonant.
    `known` is a place before it where one is known to begin: flags are counted from there."""
    if index <= 0 or index >= len(text):
        return True
    char, before = text[index], text[index - 1]
    if char < "\u0300" and before < "\u0300":
        return True
    if char in "\u200d\u200c" or before == "\u200d" or unicodedata.category(char) in ("Mn", "Me", "Mc"):
        return False
    if "\U0001f3fb" <= char <= "\U0001f3ff" or "\U000e0020" <= char <= "\U000e007f":
        return False
    if _flag(char) and _flag(before):
        start = index
        while start > known and _flag(text[start - 1]):
            start -= 1
        return (index - start) % 2 == 0
    if get_character_cell_size(char) == 0:
        return False
    return unicodedata.combining(before) != 9


def cluster_end(text: str, start: int, reach: int) -> int:
    """Where the cluster that begins at `start` ends, when that is not before `reach`; `reach` itself for a
    chain longer than any script has, which must not make a line without end."""
    if reach - start > LONGEST_CLUSTER:
        return reach
    for place in range(reach, min(len(text), reach + LONGEST_CLUSTER) + 1):
        if boundary(text, place, start):
            return place
    return reach


def _flag(char: str) -> bool:
    return "\U0001f1e6" <= char <= "\U0001f1ff"
