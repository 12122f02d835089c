"""Justification: what a line lacks is shared out among its gaps, in whole cells."""

from __future__ import annotations

import re
from typing import Final

from tui_news.typeset.lines import Span

WIDEST: Final = 2
"""Cells that a gap may grow by; a line that would need more stays ragged."""
_SPACE = re.compile(" +")
_STOP = re.compile("[、。，：；！？）」』】》〉”]")


def justified(spans: list[Span], lack: int) -> tuple[list[Span], tuple[tuple[int, int], ...]]:
    """The spans with `lack` cells more, put at spaces, or after full-width stops where there are no spaces;
    unchanged when the gaps are too few. Beside them the blanks that stand where no space was: offset in the
    new text, and how many."""
    text = "".join([span.text for span in spans])
    gaps = [match.end() for match in _SPACE.finditer(text) if match.start() > 0 and match.end() < len(text)]
    spaced = bool(gaps)
    if not gaps:
        gaps = [match.end() for match in _STOP.finditer(text) if match.end() < len(text)]
    if lack <= 0 or not gaps or lack > WIDEST * len(gaps):
        return spans, ()
    more: dict[int, int] = {}
    for index, gap in enumerate(gaps):
        # Evenly, the same for the same line.
        extra = (index + 1) * lack // len(gaps) - index * lack // len(gaps)
        if extra:
            more[gap] = extra
    out: list[Span] = []
    blanks: list[tuple[int, int]] = []
    added = 0
    offset = 0
    for span in spans:
        pieces: list[str] = []
        for char in span.text:
            pieces.append(char)
            offset += 1
            if offset in more:
                pieces.append(" " * more[offset])
                blanks.append((offset + added, more[offset]))
                added += more[offset]
        out.append(span._replace(text="".join(pieces)))
    return out, () if spaced else tuple(blanks)
