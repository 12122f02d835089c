"""The rules of UAX #14 (Unicode 17) for one boundary, in the standard's order, and kinsoku after them.

`permitted` sees a few letters to each side, runs of one letter collapsed to one. It is slow and meant to
be: `breaks` asks it once for each context and remembers the answer.
"""

from __future__ import annotations

from typing import Final

from tui_news.typeset.classes import PROPERTIES, Kind

HARD: Final = frozenset(["BK", "CR", "LF", "NL"])
_AFTER_QUOTE: Final = HARD | {"SP", "GL", "WJ", "CL", "QU", "CP", "EX", "IS", "SY", "ZW", "eot"}
_BEFORE_QUOTE: Final = HARD | {"sot", "OP", "QU", "GL", "SP", "ZW"}
_BEFORE_HYPHEN: Final = HARD | {"sot", "SP", "ZW", "CB", "GL"}
_LETTER: Final = frozenset(["AL", "HL", "SA"])
_WORD: Final = _LETTER | {"NU"}
_AKSARA: Final = frozenset(["AK", "AS"])
_JAMO: Final = frozenset(["JL", "JV", "JT", "H2", "H3"])


def _numeric(left: list[Kind]) -> bool:
    """Whether the context ends in a number: NU (SY | IS)*."""
    for kind in reversed(left):
        if kind.name == "NU":
            return True
        if kind.name not in ("SY", "IS"):
            return False
    return False


def permitted(before: str, after: str, tailored: bool = True) -> bool:
    """Whether a line may end between two strings of letters; both hold at least one."""
    left = [PROPERTIES[letter] for letter in before]
    right = [PROPERTIES[letter] for letter in after]
    if left[-1].name in HARD:
        return not (left[-1].name == "CR" and right[0].name == "LF")
    if tailored:
        kinds = _east_asian_quotes(left + right)
        left, right = kinds[: len(left)], kinds[len(left) :]
    if not _by_standard(left, right):
        return False
    if not tailored:
        return True
    while len(left) > 1 and left[-1].name == "SP":
        left.pop()
    return not (right[0].no_start or left[-1].no_end)


def _east_asian_quotes(kinds: list[Kind]) -> list[Kind]:
    """Curly quotes beside a wide character are brackets: Chinese has no others, and lines may end before
    the opening and after the closing one whatever stands there. The standard cannot tell, and glues."""
    out = list(kinds)
    for index, kind in enumerate(kinds):
        curly = kind.name == "QU" and (kind.no_start or kind.no_end)
        if curly and any(near.wide for near in kinds[max(0, index - 1) : index + 2]):
            out[index] = kind._replace(name="OP" if kind.no_end else "CL", wide=True)
    return out


def _by_standard(left: list[Kind], right: list[Kind]) -> bool:
    a, b = left[-1], right[0]
    base = list(left)
    while base and base[-1].name == "SP":
        base.pop()
    # What stands before the spaces, if any.
    p = base[-1] if base else Kind("sot")
    before_p = base[-2] if len(base) > 1 else Kind("sot")
    c = right[1] if len(right) > 1 else Kind("eot")
    spaced = a.name == "SP"
    if b.name in HARD or b.name in ("SP", "ZW"):  # LB6, LB7
        return False
    if p.name == "ZW":  # LB8
        return True
    if b.name == "WJ" or a.name in ("WJ", "GL"):  # LB11, LB12
        return False
    if b.name == "GL" and a.name not in ("SP", "BA", "HY", "HH"):  # LB12a
        return False
    if b.name in ("CL", "CP", "EX", "SY"):  # LB13
        return False
    if p.name == "OP":  # LB14
        return False
    if p.name == "QU" and p.initial and before_p.name in _BEFORE_QUOTE:  # LB15a
        return False
    if b.name == "QU" and b.final and c.name in _AFTER_QUOTE:  # LB15b
        return False
    if spaced and b.name == "IS" and c.name == "NU":  # LB15c
        return True
    if b.name == "IS":  # LB15d
        return False
    if p.name in ("CL", "CP") and b.name == "NS":  # LB16
        return False
    if p.name == "B2" and b.name == "B2":  # LB17
        return False
    if spaced:  # LB18
        return True
    before_a = left[-2] if len(left) > 1 else Kind("sot")
    return _unspaced(a, b, before_a, c, left, right)


def _unspaced(a: Kind, b: Kind, before_a: Kind, c: Kind, left: list[Kind], right: list[Kind]) -> bool:
    if b.name == "QU" and (not b.initial or not a.wide or not c.wide):  # LB19, LB19a
        return False
    if a.name == "QU" and (not a.final or not b.wide or not before_a.wide):  # LB19, LB19a
        return False
    if "CB" in (a.name, b.name):  # LB20
        return True
    if a.name in ("HY", "HH") and before_a.name in _BEFORE_HYPHEN and b.name in _LETTER:  # LB20a
        return False
    if b.name in ("BA", "HH", "HY", "NS") or a.name == "BB":  # LB21
        return False
    if before_a.name == "HL" and a.name in ("HY", "HH") and b.name != "HL":  # LB21a
        return False
    if a.name == "SY" and b.name == "HL":  # LB21b
        return False
    if b.name == "IN":  # LB22
        return False
    if (a.name in _LETTER and b.name == "NU") or (a.name == "NU" and b.name in _LETTER):  # LB23
        return False
    if a.name == "PR" and b.name in ("ID", "EB", "EM"):  # LB23a
        return False
    if a.name in ("ID", "EB", "EM") and b.name == "PO":  # LB23a
        return False
    if (a.name in ("PR", "PO") and b.name in _LETTER) or (a.name in _LETTER and b.name in ("PR", "PO")):
        return False  # LB24
    if _in_number(a, b, left, right):  # LB25
        return False
    if a.name in _JAMO or b.name in _JAMO:
        if _in_syllable(a.name, b.name):  # LB26
            return False
        if (a.name in _JAMO and b.name == "PO") or (a.name == "PR" and b.name in _JAMO):  # LB27
            return False
    if a.name in _LETTER and b.name in _LETTER:  # LB28
        return False
    if _in_aksara(a, b, before_a, c):  # LB28a
        return False
    if a.name == "IS" and b.name in _LETTER:  # LB29
        return False
    if a.name in _WORD and b.name == "OP" and not b.wide:  # LB30
        return False
    if a.name == "CP" and not a.wide and b.name in _WORD:  # LB30
        return False
    return not (b.name == "EM" and (a.name == "EB" or a.pictograph))  # LB30b, LB31


def _in_number(a: Kind, b: Kind, left: list[Kind], right: list[Kind]) -> bool:
    names = [kind.name for kind in right[:3]]
    if b.name in ("PO", "PR") and (_numeric(left) or (a.name in ("CL", "CP") and _numeric(left[:-1]))):
        return True
    if a.name in ("PO", "PR") and (names[:2] == ["OP", "NU"] or names == ["OP", "IS", "NU"]):
        return True
    return b.name == "NU" and (a.name in ("PO", "PR", "HY", "IS") or _numeric(left))


def _in_syllable(a: str, b: str) -> bool:
    if a == "JL":
        return b in ("JL", "JV", "H2", "H3")
    if a in ("JV", "H2"):
        return b in ("JV", "JT")
    return a in ("JT", "H3") and b == "JT"


def _in_aksara(a: Kind, b: Kind, before_a: Kind, c: Kind) -> bool:
    def aksara(kind: Kind) -> bool:
        return kind.name in _AKSARA or kind.circle

    if a.name == "AP" and aksara(b):
        return True
    if aksara(a) and (b.name in ("VF", "VI") or (aksara(b) and c.name == "VF")):
        return True
    return aksara(before_a) and a.name == "VI" and (b.name == "AK" or b.circle)
