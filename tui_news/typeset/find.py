"""Finding a text in set lines, also where it runs over a line's end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tui_news.typeset.bidi import line_levels, seen_at
from tui_news.typeset.lines import Line, Options
from tui_news.typeset.measure import cells


def hits(
    pattern: re.Pattern[str],
    lines: Sequence[Line],
    first: int,
    step: int,
    options: Options,
    reordered: int = 0,
) -> list[tuple[int, int, int]]:
    """Line number, start cell and end cell of each match, one entry for each line that a match touches.

    `first` is the number of the first of `lines`, `step` how far their numbers are apart. `reordered` is
    0, or the width in which lines given in reading order are shown in visual order (UAX #9).
    """
    texts = [line.text for line in lines]
    bodies = [text[line.inset :] for text, line in zip(texts, lines, strict=True)]
    whole = "".join([body + line.glue for body, line in zip(bodies, lines, strict=True)])
    starts = [0]
    for body, line in zip(bodies, lines, strict=True):
        starts.append(starts[-1] + len(body) + len(line.glue))
    matches = [match.span() for match in pattern.finditer(whole)]
    if not matches:
        return []
    depths, base = line_levels(lines) if reordered else ([], 0)
    wide = options.ambiguous_wide
    out: list[tuple[int, int, int]] = []
    for start, end in matches:
        index = bisect_right(starts, start) - 1
        while index < len(lines) and starts[index] < end:
            inset = lines[index].inset
            begin = inset + max(0, start - starts[index])
            stop = inset + min(len(bodies[index]), end - starts[index])
            number = first + index * step
            if stop > begin and reordered:
                ranges = seen_at(lines[index], depths[index], begin, stop, reordered if base else 0, wide)
                out += [(number, left, right) for left, right in ranges]
            elif stop > begin:
                left = cells(texts[index][:begin], wide)
                out.append((number, left, left + cells(texts[index][begin:stop], wide)))
            index += 1
    return out
