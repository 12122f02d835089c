"""Line-breaking class of each character (UAX #14) with what East Asian typesetting adds, one letter each.

A text becomes a string of letters by `text.translate(table)`; equal letters behave alike in every rule.
What a letter means is in `PROPERTIES`.
"""

from __future__ import annotations

from bisect import bisect_right
from functools import cache
from itertools import accumulate
from typing import Final, NamedTuple

from tui_news.typeset._table import KINDS, LENGTHS, NAMES


class Kind(NamedTuple):
    """What the rules ask of a character."""

    name: str
    """The class of UAX #14, resolved by LB1; SA stays, and combining marks of SA are CM."""
    wide: bool = False
    """East Asian Width is F, W or H."""
    initial: bool = False
    final: bool = False
    pictograph: bool = False
    """Unassigned, and set aside for an emoji."""
    circle: bool = False
    """U+25CC, the base on which a lone mark is shown."""
    no_start: bool = False
    """Never at a line's start, not after a space either (kinsoku)."""
    no_end: bool = False
    """Never at a line's end, whatever spaces follow (kinsoku)."""


# What may not open a line beside the classes that never do: units, middle dots, wave and full-width dashes.
NO_START_CLASSES: Final = frozenset(["CL", "CP", "EX", "IS", "IN", "NS"])
NO_START: Final = frozenset("”’％%‰‱℃℉°′″·‧・˙～〜－／〞〟")
NO_END: Final = frozenset("“‘〝＃")

# Languages that close with “ (German and neighbours), and that open with ” (Nordic ones).
CLOSES_WITH_66: Final = frozenset(
    ["de", "cs", "sk", "sl", "hr", "sr", "bs", "bg", "lt", "lv", "et", "is", "ka", "mk", "ro", "hu", "lb"]
)
OPENS_WITH_99: Final = frozenset(["sv", "fi", "da", "nb", "nn", "no"])

START, END = "\x01", "\x02"
"""Letters for what is before the text and after it."""

PROPERTIES: dict[str, Kind] = {START: Kind("sot"), END: Kind("eot")}
_letters: dict[Kind, str] = {}


def _letter(kind: Kind) -> str:
    letter = _letters.get(kind)
    if letter is None:
        letter = chr(0x21 + len(_letters))
        _letters[kind] = letter
        PROPERTIES[letter] = kind
    return letter


LETTER, SPACE = _letter(Kind("AL")), _letter(Kind("SP"))
"""The letters of Latin and the like, and of the space."""


@cache
def _ranges() -> tuple[list[int], list[Kind]]:
    kinds = []
    for name in NAMES.split():
        base, _, flags = name.partition("+")
        kinds.append(Kind(base, "e" in flags, "i" in flags, "f" in flags, "p" in flags, "d" in flags))
    starts = list(accumulate((int(length, 36) for length in LENGTHS.split()), initial=0))
    return starts, [kinds[int(kind, 36)] for kind in KINDS.split()]


class Letters(dict[int, str]):
    """Code point to letter, filled as characters are met; to be handed to `str.translate`."""

    def __init__(self, no_start: frozenset[str], no_end: frozenset[str]) -> None:
        super().__init__()
        self._no_start, self._no_end = no_start, no_end
        self._ideograph = _letter(Kind("ID", True))
        for point in b" etaonisrhldcumfpgwybvkxjqzTAI,.'\"-0123456789":
            self[point] = self.__missing__(point)

    def __missing__(self, point: int) -> str:
        if 0x4E00 <= point <= 0x9FFF:
            letter = self._ideograph
        else:
            starts, kinds = _ranges()
            kind = kinds[bisect_right(starts, point) - 1]
            # Full-width digits and letters are numbers and words all the same.
            if 0xFF10 <= point <= 0xFF19:
                kind = Kind("NU", True)
            elif 0xFF21 <= point <= 0xFF3A or 0xFF41 <= point <= 0xFF5A:
                kind = Kind("AL", True)
            char = chr(point)
            letter = _letter(
                kind._replace(
                    no_start=kind.name in NO_START_CLASSES or char in self._no_start,
                    no_end=char in self._no_end,
                )
            )
        self[point] = letter
        return letter


@cache
def _table(relaxed_start: str, relaxed_end: str) -> Letters:
    return Letters(NO_START - set(relaxed_start), NO_END - set(relaxed_end))


def letters(language: str = "") -> Letters:
    """The table for a language (BCP 47): which curly quotes open and which close depends on it."""
    primary = language.lower().replace("_", "-").partition("-")[0]
    return _table("”’" if primary in OPENS_WITH_99 else "", "“‘" if primary in CLOSES_WITH_66 else "")


def untailored() -> Letters:
    """The table of UAX #14 as it stands, but for LB1's choices; what the conformance test runs with."""
    return Letters(frozenset(), frozenset())
