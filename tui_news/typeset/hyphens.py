"""Where a Latin word may be divided: by the patterns of pyphen, when it is installed."""

from __future__ import annotations

import re
from functools import lru_cache
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Final

SHORTEST: Final = 6
"""No shorter word is divided."""
_WORD = re.compile(r"[^\W\d_]{6,}")


@lru_cache(8)
def _dictionary(language: str) -> Any:
    try:
        pyphen = import_module("pyphen")
    except ImportError:
        return None
    known = pyphen.language_fallback(language.replace("-", "_")) if language else None
    return pyphen.Pyphen(lang=known, left=2, right=3) if known else None


def installed() -> bool:
    """Whether there are patterns at all."""
    return find_spec("pyphen") is not None


def available(language: str) -> bool:
    """Whether words of a language (BCP 47) can be divided here."""
    return _dictionary(language) is not None


def division(text: str, start: int, end: int, reach: int, language: str) -> int:
    """The last offset up to `reach` at which the word that begins between `start` and `end` may be divided;
    0 when there is none."""
    dictionary = _dictionary(language)
    match = _WORD.search(text, start, end)
    if dictionary is None or match is None or match.start() >= reach:
        return 0
    # A word in capitals is a name or an initialism more often than not.
    if match[0].isupper():
        return 0
    places = [match.start() + int(place) for place in dictionary.positions(match[0])]
    return max((place for place in places if start < place <= reach), default=0)
