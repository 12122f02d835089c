"""Finding a text in set lines, also where it runs over a line's end."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from tui_news.typeset.lines import Line
from tui_news.typeset.measure import cells


def hits(
    pattern: re.Pattern[str], lines: Sequence[Line], first: int, ambiguous_wide: bool
) -> list[tuple[int, int, int]]:
    """Line number (the first of `lines` is `first`), start cell and end cell of each match; one entry for
    each line that a match touches."""
    texts = [line.text for line in lines]
    bodies = [text[line.inset :] for text, line in zip(texts, lines, strict=True)]
    whole = "".join([body + (line.glue or "") for body, line in zip(bodies, lines, strict=True)])
    starts = [0]
    for body, line in zip(bodies, lines, strict=True):
        starts.append(starts[-1] + len(body) + len(line.glue))
    out: list[tuple[int, int, int]] = []
    for match in pattern.finditer(whole):
        start, end = match.span()
        index = bisect_right(starts, start) - 1
        while index < len(lines) and starts[index] < end:
            begin = max(0, start - starts[index])
            stop = min(len(bodies[index]), end - starts[index])
            if stop > begin:
                inset = lines[index].inset
                left = cells(texts[index][: inset + begin], ambiguous_wide)
                right = cells(texts[index][: inset + stop], ambiguous_wide)
                out.append((first + index, left, right))
            index += 1
    return out
