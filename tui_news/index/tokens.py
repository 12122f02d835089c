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
from operator import add

from tui_news.text.fold import UNSPACED

_PIECE = re.compile(rf"([{UNSPACED}]+)|([^\W{UNSPACED}]+)|([^\w{UNSPACED}]+)")
_RUN = re.compile(rf"[{UNSPACED}]+")
_OTHER = re.compile(rf"([{UNSPACED}]+)|(?!(?<=[^\W{UNSPACED}]) (?=[^\W{UNSPACED}]))[^\w{UNSPACED}]+")
_BREAK = re.compile(r"\s+|\S")
_SPACE, _LINE, _SURROGATE, _ESCAPE, _KEY, _TITLE_KEY = map(chr, range(0xE0FA, 0xE100))
SHORT = 2
"""Words of so many letters and single characters are looked up as keys: as prefixes they are everywhere."""
_START = re.compile(rf"(?<![^\W{UNSPACED}])[^\W{UNSPACED}]{{1,{SHORT}}}")


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


def _cut(text: str) -> Iterator[tuple[list[str], str]]:
    """The tokens of folded text, together with their kind: `run`, `word`, or `between` the others."""
    word = False
    waiting = ""
    for run, letters, rest in _PIECE.findall(text):
        if rest:
            waiting = rest
            continue
        if waiting:
            yield list(_between(waiting, word and bool(letters))), "between"
            waiting = ""
        word = bool(letters)
        if word:
            yield [letters], "word"
        else:
            yield [*map(add, run, run[1:]), run[-1]], "run"
    if waiting:
        yield list(_between(waiting, False)), "between"


def tokens(text: str) -> str:
    """Folded text as the index keeps it, with spaces between the tokens. Words with one space between them,
    which most of a text in Latin script is, stay as they are."""
    return _OTHER.sub(_spread, text)


def _spread(match: re.Match[str]) -> str:
    run = match[1]
    if run:
        return f" {' '.join(map(add, run, run[1:]))} {run[-1]} "
    return f" {' '.join(_between(match[0], False))} "


def keys(title: str, rest: str) -> str:
    """The single characters and beginnings of words in folded text, each once."""
    found = _beginnings(title)
    marked = [_TITLE_KEY + key for key in found]
    return " ".join([*marked, *[_KEY + key for key in found | _beginnings(rest)]])


def _beginnings(text: str) -> set[str]:
    found = set("".join(_RUN.findall(text)))
    starts = set(_START.findall(text))
    return found | starts | {start[0] for start in starts}


def phrase(value: str, column: str = "") -> str:
    """The FTS5 expression for a folded term with single spaces, in any text or in the title alone."""
    parts = [part for part in _cut(value) if part[0]]
    tokens, kind = parts[-1]
    if len(parts) == len(tokens) == 1 and (kind == "run" or (kind == "word" and len(tokens[0]) <= SHORT)):
        return f'"{(_TITLE_KEY if column == "title" else _KEY) + tokens[0]}"'
    found = [token for part, _ in parts for token in part]
    # A run may go on: its last character but for one has the last one with it.
    goes_on = kind != "run" or len(tokens) == 1
    where = "{title} : " if column == "title" else ""
    return f'{where}"{" ".join(found if goes_on else found[:-1])}"{" *" if goes_on else ""}'
