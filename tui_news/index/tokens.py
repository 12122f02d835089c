"""Text as the tokens that the index keeps, and a term of a query as the phrase that finds it.

Folded text is cut into words, runs of scripts without spaces, and what stands between. A word is a token.
A run gives one token for each of its characters: that one with the next, the last one alone, so that any
part of a run is a phrase of such pairs. What stands between gives a token for each character, which tells
whether a space follows; one space between two words is none. So a term that occurs in a text, from the
beginning of a word where it begins with one, is found as a phrase whose last token may go on, and nothing
else is: the index needs no second look at the text.

The tokenizer is SQLite's `ascii`, which splits at ASCII punctuation and takes all else: punctuation goes
to the private area U+E000-U+E0FF, whose own characters are escaped.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import lru_cache
from itertools import pairwise

from tui_news.text.fold import UNSPACED

_PIECE = re.compile(rf"([{UNSPACED}]+)|([^\W{UNSPACED}]+)|([^\w{UNSPACED}]+)")
_BREAK = re.compile(r"\s+|\S")
_SPACE, _LINE, _SURROGATE, _ESCAPE, _KEY, _TITLE_KEY = map(chr, range(0xE0FA, 0xE100))
SHORT = 2
"""Words of so many letters and single characters are looked up as keys: as prefixes they are everywhere."""


@lru_cache(4096)
def _between(run: str, plain: bool) -> tuple[str, ...]:
    """The tokens of what stands between; `plain` when words stand on both sides."""
    if run == " ":
        return () if plain else (_SPACE,)
    found: list[str] = []
    joins = False
    for part in _BREAK.findall(run):
        if part.isspace():
            if part != " ":
                found.append(_LINE)
            elif joins:
                found[-1] += _SPACE
            else:
                found.append(_SPACE)
            joins = False
        else:
            found.append(_encode(part))
            joins = True
    return tuple(found)


def _encode(char: str) -> str:
    number = ord(char)
    if number < 0x80:
        return chr(0xE000 + number)
    if 0xE000 <= number < 0xE100:
        return _ESCAPE + char
    return _SURROGATE if 0xD800 <= number < 0xE000 else char


def _pieces(text: str) -> Iterator[tuple[str, str]]:
    """The tokens of folded text, each with its kind: `u` of a run, `e` its end, `w` a word, `s` between."""
    word = False
    waiting = ""
    for run, letters, rest in _PIECE.findall(text):
        if rest:
            waiting = rest
            continue
        if waiting:
            for token in _between(waiting, word and bool(letters)):
                yield token, "s"
            waiting = ""
        word = bool(letters)
        if word:
            yield letters, "w"
        else:
            for pair in map("".join, pairwise(run)):
                yield pair, "u"
            yield run[-1], "e"
    for token in _between(waiting, False) if waiting else ():
        yield token, "s"


def tokens(text: str) -> str:
    """Folded text as the index keeps it."""
    return " ".join([token for token, _ in _pieces(text)])


def keys(title: str, rest: str) -> str:
    """The single characters and beginnings of words in folded text, each once."""
    found = _beginnings(title)
    marked = [_TITLE_KEY + key for key in found]
    return " ".join([*marked, *(_KEY + key for key in found | _beginnings(rest))])


def _beginnings(text: str) -> set[str]:
    found: set[str] = set()
    words: set[str] = set()
    for run, letters, _ in _PIECE.findall(text):
        if letters:
            words.add(letters[:SHORT])
        else:
            found.update(run)
    found.update(words)
    found.update([word[:1] for word in words])
    return found


def phrase(value: str, column: str = "") -> str:
    """The FTS5 expression for a folded term with single spaces, in any text or in the title alone."""
    parts = list(_pieces(value))
    if len(parts) == 1:
        token, kind = parts[0]
        if kind == "e" or (kind == "w" and len(token) <= SHORT):
            return f'"{(_TITLE_KEY if column == "title" else _KEY) + token}"'
    # A run that may go on has no last character.
    goes_on = parts[-1][1] != "e" or len(parts) == 1 or parts[-2][1] != "u"
    found = [token for token, _ in (parts if goes_on else parts[:-1])]
    where = "{title} : " if column == "title" else ""
    return f'{where}"{" ".join(found)}"{" *" if goes_on else ""}'
