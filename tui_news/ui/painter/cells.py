"""Cells: Textual's strips of styled text cut into what a terminal stores, one cluster for each cell.

Widths are Textual's own (`rich.cells`), for it laid the screen out by them. Terminals agree with them on
most text; where they are known not to (emoji sequences, variation selectors, conjoining and reordering
scripts), a cluster is *wary*: `reach` says how far a terminal might draw it, so that the painter can put
the cursor right afterwards and write again what was drawn over.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Iterable
from functools import lru_cache

from rich.cells import split_graphemes
from rich.segment import Segment

from tui_news.ui.painter.pens import CLEAN, Cell, Pens

__all__ = ["UNKNOWN", "Row", "blank_row", "clusters", "cut", "let_go", "reach", "splice"]

Row = list[Cell]

UNKNOWN: Cell = ("\0", CLEAN)
"""What equals no cell, for those of which it is not known what the terminal shows."""

_BLANK: Cell = CLEAN.cells[" "]
_ZWNJ, _ZWJ = "\u200c", "\u200d"
_TAGS = ("\U000e0020", "\U000e007f")
_FLAGS = ("\U0001f1e6", "\U0001f1ff")
_MAX_CLUSTER = 32  # code points; a cluster longer than any real one ("zalgo") is cut
_pairs: dict[tuple[str, int], tuple[str, int]] = {}
"""Each cluster with its width once: a line of Chinese is a hundred bytes for each character otherwise."""
_MAX_PAIRS = 8192


def blank_row(width: int) -> Row:
    """A row of the terminal's own blanks."""
    return [_BLANK] * width


def cut(segments: Iterable[Segment], width: int, pens: Pens) -> Row:
    """Exactly `width` cells of the text in `segments`: what is longer is cut, what is shorter filled up."""
    row: Row = []
    for text, style, control in segments:
        if control or not text:
            continue
        cells = pens.of(style).cells
        if text.isascii() and text.isprintable():
            row += [cells[char] for char in text]
            continue
        for cluster, cells_wide in clusters(text):
            if cells_wide == 0:
                # A mark that opens a segment belongs to what the segment before ends with.
                if row and row[-1][0] not in ("", " "):
                    last, pen = row[-1]
                    row[-1] = pen.cells[last + cluster]
            else:
                row.append(cells[cluster])
                if cells_wide == 2:
                    row.append(cells[""])
    if len(row) > width:
        del row[width:]
        if width and row[-1][0] and _is_wide(row[-1][0]):
            row[-1] = row[-1][1].cells[" "]
    elif len(row) < width:
        row += [_BLANK] * (width - len(row))
    return row


def splice(row: Row, x: int, cells: Row) -> Row:
    """A copy of `row` with `cells` put over it at `x`. A wide cluster that loses a half becomes a blank."""
    end = x + len(cells)
    result = [*row[:x], *cells, *row[end:]]
    if x and cells and row[x][0] == "":
        result[x - 1] = row[x - 1][1].cells[" "]
    if end < len(result) and result[end][0] == "":
        result[end] = result[end][1].cells[" "]
    return result


def _is_wide(cluster: str) -> bool:
    found = clusters(cluster)
    return bool(found) and found[0][1] == 2


@lru_cache(maxsize=1024)  # a few screens: what is kept for longer only makes the program grow
def clusters(text: str) -> tuple[tuple[str, int], ...]:
    """Clusters that a terminal may be given, each with its width: 1 or 2, or 0 for lone marks.

    No control character, bidi control, lone surrogate or other invisible format character comes through:
    a cluster that has nothing else becomes blanks of its width.
    """
    found: list[tuple[str, int]] = []
    spans, _ = split_graphemes(text)
    for start, end, width in spans:
        raw = text[start:end]
        if len(raw) == 1 and width and raw.isprintable():
            # Two regional indicators are one flag.
            if _in(raw, _FLAGS) and found and _in(found[-1][0], _FLAGS) and width + found[-1][1] == 2:
                found[-1] = (found[-1][0] + raw, 2)
            else:
                found.append((raw, width))
            continue
        kept = "".join(char for char in raw[:_MAX_CLUSTER] if _drawable(char)).rstrip(_ZWJ + _ZWNJ)
        if width == 0:
            kept = "".join(char for char in kept if unicodedata.combining(char))
            if kept:
                found.append((kept, 0))
        elif (
            kept and kept != " " and unicodedata.category(kept[0])[0] != "M" and kept[0] not in (_ZWJ, _ZWNJ)
        ):
            found.append((kept, min(width, 2)))
        else:
            found += [(" ", 1)] * width
    if len(_pairs) > _MAX_PAIRS:
        _pairs.clear()
    return tuple([_pairs.setdefault(pair, pair) for pair in found])


def let_go() -> None:
    """Forget the clusters of all texts met so far."""
    clusters.cache_clear()
    reach.cache_clear()
    _pairs.clear()


def _in(text: str, ends: tuple[str, str]) -> bool:
    return len(text) == 1 and ends[0] <= text <= ends[1]


def _is_mark(char: str) -> bool:
    return unicodedata.category(char)[0] == "M"


def _drawable(char: str) -> bool:
    if char in (_ZWJ, _ZWNJ) or _in(char, _TAGS):
        return True
    return unicodedata.category(char) not in ("Cc", "Cf", "Cs", "Zl", "Zp")


@lru_cache(maxsize=4096)
def reach(cluster: str, ambiguous_wide: bool = False) -> int:
    """How many cells a terminal may take for the cluster; 0 when all agree with Textual's width."""
    first = cluster[:1]
    if not first or cluster.isascii():
        return 0
    if len(cluster) == 1:
        if _agreed(first):
            return 2 if ambiguous_wide and unicodedata.east_asian_width(first) == "A" else 0
        return 2
    if (
        len(cluster) <= 4
        and first.isalpha()
        and first < "\u0900"
        and (_agreed(first) or first.isascii())
        and all(unicodedata.combining(char) and unicodedata.category(char) == "Mn" for char in cluster[1:])
    ):
        return 0
    return max(2, sum(_cells_alone(char) for char in cluster))


def _agreed(char: str) -> bool:
    """Whether terminals agree on the width of a character that stands alone."""
    point = ord(char)
    if point < 0x300:
        return True
    if 0x4E00 <= point < 0xA000 or 0x3041 <= point < 0x3100 or 0xAC00 <= point < 0xD7A4:
        return True
    if 0x1100 <= point < 0x1200 or 0xA960 <= point < 0xA980 or 0xD7B0 <= point < 0xD800:
        return False  # jamo: some terminals compose them
    category = unicodedata.category(char)
    if category[0] in "MC" or 0x1F000 <= point < 0x20000:
        return False
    wide = unicodedata.east_asian_width(char) in "WF"
    if wide and point < 0x2E80:
        return False  # emoji of the basic plane: wide since Unicode 9 only
    spans, total = split_graphemes(char)
    return len(spans) == 1 and total == (2 if wide else 1)


def _cells_alone(char: str) -> int:
    """The most that a terminal takes for one code point of a cluster."""
    if char == "\ufe0f":
        return 1
    if unicodedata.category(char) in ("Mn", "Me", "Cf", "Cc"):
        return 0
    return 2 if ord(char) >= 0x1F000 or unicodedata.east_asian_width(char) in "WF" else 1
