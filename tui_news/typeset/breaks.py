"""Where lines may end: UAX #14 with tailoring for East Asian text, numbers with units and scripts
written without spaces."""

from __future__ import annotations

import re
from functools import cache
from typing import Final

from tui_news.typeset.classes import END, LETTER, PROPERTIES, SPACE, START, Letters, letters
from tui_news.typeset.rules import permitted

_RUNS = re.compile(f"({re.escape(LETTER)}+(?:{re.escape(SPACE)}+{re.escape(LETTER)}+)+)|(.)\\2*", re.DOTALL)
_GAPS = re.compile(re.escape(SPACE) + "+")
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
_LATIN = "[0-9A-Za-z\u00c0-\u024f]"
_WHOLE_SOURCE = (
    f"[0-9０-９](?:(?=[{_COUNTED}])| (?=(?:{_UNITS})(?!{_LATIN}))|[-–—~～〜](?=[0-9０-９]))"
    f"|(?<!{_LATIN}){_LATIN}{{1,2}}/(?={_LATIN})|/(?={_LATIN}{{1,2}}(?!{_LATIN}))"
)
# Syllables of Thai and Lao open with a vowel written before its consonant; Burmese ones with a consonant
# that is neither stacked nor killed.
_SYLLABLES_SOURCE = (
    "(?<=[\u0e01-\u0e3a\u0e45-\u0e4e])(?=[\u0e40-\u0e44])|(?<=[\u0e81-\u0ebd\u0ec6-\u0ecd])(?=[\u0ec0-\u0ec4])"
    "|(?<=[\u1000-\u1038\u103a-\u103f])(?=[\u1000-\u102a\u103f](?![\u1039\u103a]))"
)


@cache
def _whole() -> re.Pattern[str]:
    # Compiled when first used: the patterns take longer than all else that is done on import.
    return re.compile(_WHOLE_SOURCE)


@cache
def _syllables() -> re.Pattern[str]:
    return re.compile(_SYLLABLES_SOURCE)


def opportunities(text: str, language: str = "") -> list[int]:
    """Offsets after which a line may end, ascending, the text's end among them; after spaces, not before."""
    classes = text.translate(letters(language))
    names = {PROPERTIES[letter].name for letter in set(classes)}
    places = _standard(classes, names, _contexts, True)
    if "SA" in names:
        places = sorted({*places, *(match.end() for match in _syllables().finditer(text))})
    if "NU" in names or "SY" in names:
        whole = {match.end() for match in _whole().finditer(text)}
        whole.discard(len(text))
        if whole:
            places = [place for place in places if place not in whole]
    return places


def untailored(text: str, table: Letters) -> list[int]:
    """The same by the standard alone, hard breaks included; for the conformance test."""
    classes = text.translate(table)
    return _standard(classes, {PROPERTIES[letter].name for letter in classes}, _plain_contexts, False)


def _standard(classes: str, names: set[str], contexts: dict[str, bool], tailored: bool) -> list[int]:
    """The standard's opportunities for a string of letters, whose classes are `names`."""
    if not classes:
        return []
    if "CM" in names or "ZWJ" in names:
        return _with_marks(classes, contexts, tailored)
    places = _by_runs(classes, contexts, tailored)
    if "RI" in names:
        # LB30a: flags are pairs.
        inside: set[int] = set()
        for match in re.finditer(r"(.)\1+", classes, re.DOTALL):
            if PROPERTIES[match[1]].name == "RI":
                inside.update(range(match.start() + 1, match.end(), 2))
        places = [place for place in places if place not in inside]
    return places


def _with_marks(classes: str, contexts: dict[str, bool], tailored: bool) -> list[int]:
    """LB9 and LB10: marks are left out, then the places put back where they are in the whole."""
    kept: list[str] = []
    origin: list[int] = []
    joined: set[int] = set()
    names: set[str] = set()
    previous = "sot"
    for index, letter in enumerate(classes):
        name = PROPERTIES[letter].name
        if name in ("CM", "ZWJ"):
            if name == "ZWJ":
                joined.add(index + 1)  # LB8a
            if previous not in _NO_BASE:
                continue
            letter, name = LETTER, "AL"
        kept.append(letter)
        origin.append(index)
        names.add(name)
        previous = name
    origin.append(len(classes))
    places = [origin[place] for place in _standard("".join(kept), names, contexts, tailored)]
    return [place for place in places if place not in joined or place == len(classes)]


def _by_runs(classes: str, contexts: dict[str, bool], tailored: bool) -> list[int]:
    """The rules without those on marks and flags, asked once for each context."""
    if len(contexts) > _MEMORY:
        contexts.clear()
    # A row of plain words counts as word, space, word: what is inside of it needs no asking.
    matches = list(_RUNS.finditer(classes))
    rows = f"{LETTER}{SPACE}{LETTER}"
    runs = "".join([rows if match.lastindex == 1 else classes[match.start()] for match in matches])
    padded = START * 3 + runs + END * 3
    places: list[int] = []
    index = 0
    for match in matches:
        start, end = match.span()
        if start:
            context = padded[index - 1 : index + 6]
            permits = contexts.get(context)
            if permits is None:
                permits = contexts[context] = permitted(context[:4], context[4:], tailored)
            if permits:
                places.append(start)
        if match.lastindex == 1:
            places += [gap.end() for gap in _GAPS.finditer(classes, start, end)]
            index += 3
            continue
        if end - start > 1:
            pair = runs[index] * 2
            permits = contexts.get(pair)
            if permits is None:
                permits = contexts[pair] = permitted(runs[index], runs[index], tailored)
            if permits:
                places.extend(range(start + 1, end))
        index += 1
    places.append(len(classes))
    return places
