"""Finding a text in set lines, also where it runs over a line's end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tui_news.typeset.bidi import line_levels, seen_at
from tui_news.typeset.lines import Line, Options
from tui_news.typeset.measure import cells

Place = tuple[int, int, int]
"""Line, first cell, cell after the last."""


def pattern_of(text: str) -> re.Pattern[str] | None:
    """What finds a text, whatever its case and its white space; None for nothing but white space."""
    words = text.split()
    return re.compile(r"\s+".join(map(re.escape, words)), re.IGNORECASE) if words else None


def hits(
    pattern: re.Pattern[str],
    lines: Sequence[Line],
    first: int,
    step: int,
    options: Options,
    reordered: int = 0,
) -> list[list[Place]]:
    """The places of each match: one for each line that it touches, and more where a link's number, which
    is no text of the article, stands in it.

    `first` is the number of the first of `lines`, `step` how far their numbers are apart. `reordered` is
    0, or the width in which lines given in reading order are shown in visual order (UAX #9).
    """
    pieces: list[str] = []
    starts: list[int] = []
    where: list[tuple[int, int, int]] = []
    """Of each piece: index of the line, first character in it, and after the last."""
    size = 0
    for index, line in enumerate(lines):
        for begin, end, text in _article_text(line):
            pieces.append(text)
            starts.append(size)
            where.append((index, begin, end))
            size += len(text)
        if line.glue:
            pieces.append(line.glue)
            starts.append(size)
            where.append((index, 0, 0))
            size += len(line.glue)
    matches = [match.span() for match in pattern.finditer("".join(pieces))]
    if not matches:
        return []
    depths, base = line_levels(lines) if reordered else ([], 0)
    wide = options.ambiguous_wide
    out: list[list[Place]] = []
    for start, end in matches:
        places: list[Place] = []
        piece = bisect_right(starts, start) - 1
        while piece < len(starts) and starts[piece] < end:
            index, begin, stop = where[piece]
            left = begin + max(0, start - starts[piece])
            right = min(stop, begin + end - starts[piece])
            number = first + index * step
            if right > left and reordered:
                seen = seen_at(lines[index], depths[index], left, right, reordered if base else 0, wide)
                places += [(number, *cell) for cell in seen]
            elif right > left:
                text = lines[index].text
                cell = cells(text[:left], wide)
                places.append((number, cell, cell + cells(text[left:right], wide)))
            piece += 1
        out.append(places)
    return out


def _article_text(line: Line) -> list[tuple[int, int, str]]:
    """The parts of a line that are text of the article: first character, after the last, the text. A link's
    number, a divided word's hyphen and the blanks of justification are none."""
    text = line.text
    end = len(text) - line.tail
    left_out = list(line.blanks)
    if any(span.role == "note" for span in line.spans):
        at = 0
        for span in line.spans:
            if span.role == "note":
                left_out.append((at, len(span.text)))
            at += len(span.text)
        left_out.sort()
    out: list[tuple[int, int, str]] = []
    at = line.inset
    for start, count in [*left_out, (end, 0)]:
        if at < min(start, end):
            out.append((at, min(start, end), text[at : min(start, end)]))
        at = max(at, start + count)
    return out
