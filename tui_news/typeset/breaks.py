"""Where lines may end: UAX #14 with tailoring for East Asian text, numbers with units and scripts
written without spaces."""

from __future__ import annotations

import re
from typing import Final

from tui_news.typeset.classes import END, PROPERTIES, START, Letters, letters
from tui_news.typeset.rules import permitted

_RUN = re.compile(r"(.)\1*", re.DOTALL)
_MEMORY: Final = 20_000
"""Contexts remembered; ordinary newspapers have some hundreds."""
_contexts: dict[str, bool] = {}
_plain_contexts: dict[str, bool] = {}
# LB10: a mark with nothing to stand on is a letter.
_NO_BASE: Final = frozenset(["SP", "BK", "CR", "LF", "NL", "ZW", "sot"])

# Places that stay whole though the standard would let a line end there. A match ends at the place.
_UNITS = (
    "km²|km|cm²|cm|mm|m²|m³|m|kg|mg|µg|g|t|ml|l|ha|kWh|kW|MW|GW|W|kV|V|Hz|kHz|MHz|GHz|kB|KB|MB|GB|TB|mph|km/h"
)
_COUNTED = (
    "年月日号號时時点點分秒岁歲周週个個元円圆圓块塊角万萬亿億兆千百人名位次度倍届屆期条條辆輛架艘吨噸克米里亩畝页頁版章节節"
    "년월일시분초원명개세"
)
_WHOLE = re.compile(
    f"[0-9０-９](?:(?=[{_COUNTED}])| (?=(?:{_UNITS})(?![^\\W_]))|[-–—~～〜](?=[0-9０-９]))"
    "|(?<![^\\W_])[^\\W_]{1,2}/(?=[^\\W_])|/(?=[^\\W_]{1,2}(?![^\\W_]))"
)
# Syllables of Thai and Lao open with a vowel written before its consonant; Burmese ones with a consonant
# that is neither stacked nor killed.
_SYLLABLES = re.compile(
    "(?<=[\u0e01-\u0e3a\u0e45-\u0e4e])(?=[\u0e40-\u0e44])|(?<=[\u0e81-\u0ebd\u0ec6-\u0ecd])(?=[\u0ec0-\u0ec4])"
    "|(?<=[\u1000-\u1038\u103a-\u103f])(?=[\u1000-\u102a\u103f](?![\u1039\u103a]))"
)


def opportunities(text: str, language: str = "") -> list[int]:
    """Offsets after which a line may end, ascending, the text's end among them; after spaces, not before."""
    table = letters(language)
    classes = text.translate(table)
    places = _standard(classes, _contexts, True)
    if not text.isascii() and _SYLLABLES.search(text):
        places = sorted({*places, *(match.end() for match in _SYLLABLES.finditer(text))})
    whole = {match.end() for match in _WHOLE.finditer(text)}
    whole.discard(len(text))
    if whole:
        places = [place for place in places if place not in whole]
    return places


def untailored(text: str, table: Letters) -> list[int]:
    """The same by the standard alone, hard breaks included; for the conformance test."""
    return _standard(text.translate(table), _plain_contexts, False)


def _standard(classes: str, contexts: dict[str, bool], tailored: bool) -> list[int]:
    """The standard's opportunities for a string of letters."""
    if not classes:
        return []
    kinds = {letter: PROPERTIES[letter].name for letter in set(classes)}
    names = set(kinds.values())
    if "CM" in names or "ZWJ" in names:
        return _with_marks(classes, kinds, contexts, tailored)
    places = _by_runs(classes, contexts, tailored)
    if "RI" in names:
        flag = next(letter for letter, name in kinds.items() if name == "RI")
        inside = {
            place
            for match in re.finditer(f"{re.escape(flag)}{{2,}}", classes)
            for place in range(match.start() + 1, match.end(), 2)
        }
        places = [place for place in places if place not in inside]
    return places


def _with_marks(classes: str, kinds: dict[str, str], contexts: dict[str, bool], tailored: bool) -> list[int]:
    """LB9 and LB10: marks are left out, then the places put back where they are in the whole."""
    letter_a = "".join(letters()[0x61])
    kept: list[str] = []
    origin: list[int] = []
    joined: set[int] = set()
    previous = "sot"
    for index, letter in enumerate(classes):
        name = kinds[letter]
        if name in ("CM", "ZWJ"):
            if name == "ZWJ":
                joined.add(index + 1)  # LB8a
            if previous not in _NO_BASE:
                continue
            letter, name = letter_a, "AL"
        kept.append(letter)
        origin.append(index)
        previous = name
    origin.append(len(classes))
    places = [origin[place] for place in _standard("".join(kept), contexts, tailored)]
    return [place for place in places if place not in joined or place == len(classes)]


def _by_runs(classes: str, contexts: dict[str, bool], tailored: bool) -> list[int]:
    if len(contexts) > _MEMORY:
        contexts.clear()
    ends = [match.end() for match in _RUN.finditer(classes)]
    runs = "".join([classes[end - 1] for end in ends])
    padded = START * 3 + runs + END * 3
    places: list[int] = []
    start = 0
    for index, end in enumerate(ends):
        if start:
            context = padded[index - 1 : index + 6]
            permits = contexts.get(context)
            if permits is None:
                permits = contexts[context] = permitted(context[:4], context[4:], tailored)
            if permits:
                places.append(start)
        if end - start > 1:
            pair = runs[index] * 2
            permits = contexts.get(pair)
            if permits is None:
                permits = contexts[pair] = permitted(runs[index], runs[index], tailored)
            if permits:
                places.extend(range(start + 1, end))
        start = end
    places.append(len(classes))
    return places
