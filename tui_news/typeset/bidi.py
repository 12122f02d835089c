"""Right-to-left text in the order in which it is seen (UAX #9), for terminals that do not do it themselves.

Text has been cleaned, so there are no embeddings, overrides or isolates: a paragraph is one run. Rules
W1 to W7, N0 to N2, I1 and I2, L1, L2 and L4 are all that is left of the algorithm.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Sequence
from functools import cache
from typing import Final, NamedTuple

from tui_news.typeset.lines import Line, Span
from tui_news.typeset.measure import boundary, cells

_PAIRS: Final = "()[]{}<>«»‹›⁅⁆〈〉⟦⟧⟨⟩⟪⟫⦃⦄⦅⦆「」『』【】〔〕《》（）［］｛｝＜＞≤≥"
_MIRROR: Final = {char: _PAIRS[index ^ 1] for index, char in enumerate(_PAIRS)}
# N0 pairs only what Unicode lists as brackets (BidiBrackets.txt), not quotation and comparison marks.
_OPENING: Final = {_PAIRS[i]: _PAIRS[i + 1] for i in range(0, len(_PAIRS), 2) if _PAIRS[i] not in "<«‹≤＜"}
_CLOSING: Final = frozenset(_OPENING.values())
_SAME: Final = {"\u2329": "\u3008", "\u232a": "\u3009"}
_NEUTRAL: Final = frozenset(["B", "S", "WS", "ON"])
_MAX_OPEN: Final = 63


@cache
def _rtl() -> re.Pattern[str]:
    return re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")


def has_rtl(text: str) -> bool:
    """Whether anything in the text runs from right to left."""
    return not text.isascii() and _rtl().search(text) is not None


def base_level(text: str) -> int:
    """0 or 1: the direction of the first letter (P2, P3)."""
    for char in text:
        kind = unicodedata.bidirectional(char)
        if kind == "L":
            return 0
        if kind in ("R", "AL"):
            return 1
    return 0


def levels(text: str, base: int) -> list[int]:
    """The embedding level of each character of a paragraph; odd ones run from right to left."""
    kinds = [unicodedata.bidirectional(char) or "L" for char in text]
    marks = {index for index, kind in enumerate(kinds) if kind in ("NSM", "BN")}
    _weak(kinds, "R" if base else "L")
    _brackets(text, kinds, marks, base)
    _neutral(kinds, base)
    out: list[int] = []
    for kind in kinds:
        if base == 0:
            out.append({"L": 0, "R": 1}.get(kind, 2))
        else:
            out.append(1 if kind == "R" else 2)
    return out


def _weak(kinds: list[str], start: str) -> None:
    """W1 to W7, in place."""
    before = start
    for index, kind in enumerate(kinds):  # W1
        if kind in ("NSM", "BN"):
            kinds[index] = before
        before = kinds[index]
    strong = start
    for index, kind in enumerate(kinds):  # W2, W3
        if kind in ("L", "R", "AL"):
            strong = kind
        if kind == "EN" and strong == "AL":
            kinds[index] = "AN"
    kinds[:] = ["R" if kind == "AL" else kind for kind in kinds]
    for index in range(1, len(kinds) - 1):  # W4
        a, kind, b = kinds[index - 1 : index + 2]
        if (kind in ("ES", "CS") and a == b == "EN") or (kind == "CS" and a == b == "AN"):
            kinds[index] = a
    index = 0
    while index < len(kinds):  # W5, W6
        if kinds[index] == "ET":
            end = index
            while end < len(kinds) and kinds[end] == "ET":
                end += 1
            number = (index and kinds[index - 1] == "EN") or (end < len(kinds) and kinds[end] == "EN")
            kinds[index:end] = ["EN" if number else "ON"] * (end - index)
            index = end
        else:
            if kinds[index] in ("ES", "CS"):
                kinds[index] = "ON"
            index += 1
    strong = start
    for index, kind in enumerate(kinds):  # W7
        if kind in ("L", "R"):
            strong = kind
        if kind == "EN" and strong == "L":
            kinds[index] = "L"


def _direction(kind: str) -> str:
    """What a kind counts as among neutrals: numbers as right to left; '' for a neutral."""
    return "" if kind in _NEUTRAL else "L" if kind == "L" else "R"


def _brackets(text: str, kinds: list[str], marks: set[int], base: int) -> None:
    """N0: brackets, and the marks on them, take the direction of what they hold, in place."""
    own, other = ("R", "L") if base else ("L", "R")
    # How many strong characters of each direction there are so far: no pair is walked through.
    counts: dict[str, list[int]] = {"L": [0], "R": [0]}
    for kind in kinds:
        direction = _direction(kind)
        counts["L"].append(counts["L"][-1] + (direction == "L"))
        counts["R"].append(counts["R"][-1] + (direction == "R"))
    before, walked = own, 0
    for start, end in _pairs(text, kinds):
        while walked < start:
            before = _direction(kinds[walked]) or before
            walked += 1
        if counts[own][end] > counts[own][start]:
            direction = own
        elif counts[other][end] > counts[other][start]:
            direction = other if before == other else own
        else:
            continue
        for index in (start, end):
            kinds[index] = direction
            while index + 1 in marks:
                index += 1
                kinds[index] = direction


def _pairs(text: str, kinds: list[str]) -> list[tuple[int, int]]:
    """Brackets that belong together, in the order of the opening ones (BD16)."""
    pairs: list[tuple[int, int]] = []
    stack: list[tuple[str, int]] = []
    for index, char in enumerate(text):
        if kinds[index] != "ON":
            continue
        char = _SAME.get(char, char)
        if char in _OPENING:
            if len(stack) == _MAX_OPEN:
                break
            stack.append((_OPENING[char], index))
        elif char in _CLOSING:
            for depth in range(len(stack) - 1, -1, -1):
                if stack[depth][0] == char:
                    pairs.append((stack[depth][1], index))
                    del stack[depth:]
                    break
    return sorted(pairs)


def _neutral(kinds: list[str], base: int) -> None:
    """N1 and N2, in place."""
    own = "R" if base else "L"
    index = 0
    while index < len(kinds):
        if kinds[index] not in _NEUTRAL:
            index += 1
            continue
        end = index
        while end < len(kinds) and kinds[end] in _NEUTRAL:
            end += 1
        before = _direction(kinds[index - 1]) if index else own
        after = _direction(kinds[end]) if end < len(kinds) else own
        kinds[index:end] = [before if before == after else own] * (end - index)
        index = end


class Glyph(NamedTuple):
    """A grapheme cluster of a line: its offset in the line's logical text, its text as seen, its span."""

    offset: int
    text: str
    span: Span


def visual(line: Line, depths: Sequence[int]) -> list[Glyph]:
    """A line's clusters from left to right; `depths` has the level of each of its characters."""
    glyphs: list[tuple[int, Glyph]] = []
    offset = 0
    text = line.text
    for span in line.spans:
        start = offset
        for index in range(1, len(span.text) + 1):
            here = offset + index
            if index == len(span.text) or boundary(text, here):
                cluster = text[start:here]
                if depths[start] % 2:
                    cluster = _MIRROR.get(cluster, cluster)
                glyphs.append((depths[start], Glyph(start, cluster, span)))
                start = here
        offset += len(span.text)
    deepest = max((depth for depth, _ in glyphs), default=0)
    for level in range(deepest, 0, -1):  # L2
        index = 0
        while index < len(glyphs):
            if glyphs[index][0] < level:
                index += 1
                continue
            end = index
            while end < len(glyphs) and glyphs[end][0] >= level:
                end += 1
            glyphs[index:end] = glyphs[index:end][::-1]
            index = end
    return [glyph for _, glyph in glyphs]


def line_levels(lines: Sequence[Line]) -> tuple[list[list[int]], int]:
    """The levels of each line's characters, worked out over the whole paragraph, and its direction."""
    bodies = [line.text[line.inset :] for line in lines]
    whole = "".join([body + line.glue for body, line in zip(bodies, lines, strict=True)])
    base = base_level(whole)
    depths = levels(whole, base)
    out: list[list[int]] = []
    offset = 0
    for body, line in zip(bodies, lines, strict=True):
        out.append([base] * line.inset + depths[offset : offset + len(body)])
        offset += len(body) + len(line.glue)
    return out, base


def reordered(lines: Sequence[Line], width: int, ambiguous_wide: bool) -> list[Line]:
    """A block's lines as seen; a right-to-left paragraph stands at the right edge of `width` cells."""
    depths, base = line_levels(lines)
    out: list[Line] = []
    for line, own in zip(lines, depths, strict=True):
        if not line.spans or not (base or any(own)):
            out.append(line)
            continue
        spans: list[Span] = []
        for glyph in visual(line, own):
            last = spans[-1] if spans else None
            if last is not None and last[1:] == glyph.span[1:]:
                spans[-1] = last._replace(text=last.text + glyph.text)
            else:
                spans.append(glyph.span._replace(text=glyph.text))
        pad = width - cells(line.text, ambiguous_wide) if base else 0
        if pad > 0:
            spans.insert(0, Span(" " * pad))
        out.append(line._replace(spans=tuple(spans), inset=0))
    return out


def seen_at(
    line: Line, depths: Sequence[int], start: int, end: int, right_aligned: int, ambiguous_wide: bool
) -> list[tuple[int, int]]:
    """The cells in which the characters `start` to `end` of a line are seen: one range or more. A line of a
    right-to-left paragraph ends at cell `right_aligned`; 0 for the others."""
    at = max(0, right_aligned - cells(line.text, ambiguous_wide)) if right_aligned else 0
    out: list[tuple[int, int]] = []
    for glyph in visual(line, depths):
        size = cells(glyph.text, ambiguous_wide)
        if start <= glyph.offset < end:
            if out and out[-1][1] == at:
                out[-1] = (out[-1][0], at + size)
            else:
                out.append((at, at + size))
        at += size
    return out
