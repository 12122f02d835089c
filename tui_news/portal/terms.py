"""What a headline speaks of, in numbers that can be compared: words, pairs of characters, names, figures.

Latin words are folded and cut to a stem; runs of Chinese, Japanese kanji and Hangul give their pairs of
neighbouring characters, Katakana runs are words. Every term has a place in its text, so that pairs that
overlap count as one phrase and not as so many proofs, and a weight: names and figures say more.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable
from typing import NamedTuple
from zlib import crc32

from tui_news.portal.stopwords import FUNCTION_CHARACTERS, STOP_WORDS
from tui_news.text.fold import fold

_PIECE = re.compile(
    "(?P<kana>[\u30a1-\u30fa\u30fc]{2,})|(?P<han>[\u3005-\u3007\u3400-\u9fff\uf900-\ufaff\U00020000-\U0003ffff]+)"
    "|(?P<hangul>[\uac00-\ud7af]+)|(?P<figure>\\d[\\d.,:]*\\d|\\d)"
    "|(?P<word>[^\\W\\d_\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]"
    "[^\\W_\u3005-\u3007\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af\uf900-\ufaff\U00020000-\U0003ffff]*(?:[’'-][^\\W\\d_]+)*)"
)
_SUFFIXES = (
    "ingly", "edly", "ations", "ation", "ments", "ment", "ings", "ing", "ers", "ies", "ied", "es", "ed", "er",
    "s", "e",
)  # fmt: skip
_PAUSE = re.compile("[^\\w\\s'’·-]")
# Who reports from where and when: the same words at the head of what has nothing else in common.
_DATELINE = re.compile(
    r"^(?:[^\n。.]{0,30}?[电電](?:[(（][^)）]{0,40}[)）])?|【[^】]{0,30}】|"
    r"[A-Z][A-Z .,'-]{2,30}(?:, \w+\.? \d+)? ?(?:\([^)]{2,40}\))? ?[—–-])\s*"
)
_KANA, _HANGUL = re.compile("[\u3041-\u30ff]"), re.compile("[\uac00-\ud7af]")
_HAN, _KATAKANA = re.compile("[\u3400-\u9fff]"), re.compile("[\u30a1-\u30fa\u30fc]")
_HAN_BREAK = re.compile(f"[{FUNCTION_CHARACTERS}]")

NAME, FIGURE, PLAIN, WEAK = 1.5, 0.6, 1.0, 0.45
DECK = 0.5
"""What a term of the deck counts beside one of the headline."""
DECK_AT = 1_000
"""The place where the deck begins."""
MAX_TERMS = 48
MAX_TEXT = 400


class Term(NamedTuple):
    """A term: the hash that it is compared by, its place (neighbours overlap), weight and spelling; and on
    which sides nothing is joined to it that could be the rest of a name (LEFT, RIGHT)."""

    key: int
    at: int
    weight: float
    text: str
    free: int = 3


LEFT, RIGHT = 1, 2


def stem(word: str) -> str:
    """A folded Latin word without its ending: `resigns` and `resigned` are one."""
    if word.endswith(("'s", "’s")):
        word = word[:-2]
    if len(word) > 4 and word.isascii():
        for suffix in _SUFFIXES:
            if word.endswith(suffix) and len(word) - len(suffix) >= 3:
                cut = word[: -len(suffix)]
                # A doubled consonant came with the ending: beginning, cutting.
                return cut[:-1] if len(cut) > 3 and cut[-1] == cut[-2] and cut[-1] not in "lsz" else cut
    return word


def key_of(text: str, script: int = 0) -> int:
    """The number that a folded term is known by among texts of a script."""
    return crc32(text.encode("utf-8", "replace"), script)


def script_of(text: str) -> int:
    """A number for the kind of script: Japanese, Korean, Chinese, or words with spaces between. How rare a
    term is can only be said among texts that could hold it."""
    return 1 if _KANA.search(text) else 2 if _HANGUL.search(text) else 3 if _HAN.search(text) else 0


def split(text: str, start: int = 0, scale: float = 1.0, script: int = 0) -> list[Term]:
    """The terms of a text in their order; places begin at `start`."""
    found: list[Term] = []
    at = start
    text = text[:MAX_TEXT]
    pieces = list(_PIECE.finditer(text))
    words = [piece["word"] for piece in pieces if piece["word"]]
    # In a headline with Capitals All Over, a capital marks no name.
    names = len(words) > 3 and sum(word[0].isupper() for word in words) < 0.6 * len(words)
    first = True
    last = 0
    capital = False
    for piece in pieces:
        kind = piece.lastgroup
        raw = piece[0]
        folded = fold(raw)
        if kind == "word" and (folded in STOP_WORDS or len(folded) < 2):
            # The words on both sides of it are neighbours: "count their losses" is a set phrase.
            first = capital = False
            continue
        # The next word is two places on, pairs of characters overlap and are one apart; over a comma or a
        # quote nothing is a neighbour.
        pause = bool(_PAUSE.search(text, last, piece.start()))
        at += 4 if pause else 2
        last = piece.end()
        if kind == "word":
            named = raw.isupper() or (names and raw[0].isupper() and not first)
            cut = stem(folded)
            # Two capitals in a row are one name: neither is free on the side of the other.
            joined = raw[0].isupper() and capital and names and not pause
            if joined:
                found[-1] = found[-1]._replace(free=found[-1].free & ~RIGHT)
            free = RIGHT if joined else LEFT | RIGHT
            found.append(Term(key_of(cut, script), at, scale * (NAME if named else PLAIN), folded, free))
            first, capital = False, raw[0].isupper()
            continue
        capital = False
        before, after = text[piece.start() - 1 : piece.start()], text[piece.end() : piece.end() + 1]
        if kind == "kana":
            free = LEFT * (not _HAN.match(before)) | RIGHT * (not _HAN.match(after))
            found.append(Term(key_of(folded, script), at, scale * NAME, folded, free))
        elif kind == "figure":
            if not (len(folded) == 4 and folded[:2] in ("19", "20")) and len(folded) > 1:
                found.append(Term(key_of(folded, script), at, scale * FIGURE, folded))
        else:
            at -= 2
            runs = list(filter(None, _HAN_BREAK.split(folded))) if kind == "han" else [folded]
            for number, run in enumerate(runs):
                at += 2
                opens = number > 0 or not _KATAKANA.match(before)
                closes = number < len(runs) - 1 or not _KATAKANA.match(after)
                if len(run) == 1:
                    found.append(Term(key_of(run, script), at, scale * WEAK, run))
                for i in range(len(run) - 1):
                    pair = run[i : i + 2]
                    free = LEFT * (opens and not i) | RIGHT * (closes and i == len(run) - 2)
                    found.append(Term(key_of(pair, script), at, scale, pair, free))
                    at += 1
                at -= len(run) > 1  # at the last pair, as after a word
    return found


def terms(headline: str, deck: str = "") -> list[Term]:
    """The terms of an article's head, each once, those of the headline before those of the deck."""
    script = script_of(headline + deck[:MAX_TEXT])
    found = split(headline, 0, 1.0, script)
    seen = {term.key for term in found}
    deck = _DATELINE.sub("", deck[:MAX_TEXT])
    if deck:
        for term in split(deck, DECK_AT, DECK, script):
            if term.key not in seen:
                seen.add(term.key)
                found.append(term)
    once: dict[int, Term] = {}
    for term in found:
        once.setdefault(term.key, term)
    return list(once.values())[:MAX_TERMS]


def pairs(found: Iterable[Term]) -> dict[int, int]:
    """Two terms that stand next to each other, as one number, by the place of the first."""
    by_place = {term.at: term.key for term in found}
    return {
        at: (key * 1_000_003 ^ after) & 0xFFFFFFFF
        for at, key in by_place.items()
        if (after := by_place.get(at + 1, by_place.get(at + 2))) is not None
    }


def phrases(found: Iterable[Term], shared: Container[int]) -> list[str]:
    """The spelling of those terms that are shared, neighbours put together again."""
    told: list[str] = []
    last: Term | None = None
    for term in sorted(found, key=lambda term: term.at):
        if term.key not in shared:
            last = None
            continue
        if last is not None and term.at - last.at == 1:
            told[-1] += term.text[-1]
        elif last is not None and term.at - last.at == 2:
            told[-1] += (" " if term.text[0].isascii() and told[-1][-1].isascii() else "") + term.text
        else:
            told.append(term.text)
        last = term
    return told


def sketch(text: str, size: int = 16) -> tuple[int, ...]:
    """The smallest hashes of a text's five-character pieces: texts that share half of their words share
    about half of these (a bottom-k sketch). Empty for texts too short to tell a copy by."""
    folded = "".join(char for char in fold(text[:2_000]) if char.isalnum())
    data = folded.encode("utf-8", "replace")
    if len(folded) < 80:
        return ()
    if len(data) == len(folded):
        pieces = {data[i : i + 8] for i in range(len(data) - 7)}
    else:
        pieces = {folded[i : i + 4].encode("utf-8", "replace") for i in range(len(folded) - 3)}
    return tuple(sorted(map(crc32, pieces))[:size])


def resemblance(one: tuple[int, ...], other: tuple[int, ...]) -> float:
    """The share of pieces that two texts have in common, estimated from their sketches."""
    if not one or not other:
        return 0.0
    smallest = sorted({*one, *other})[: min(len(one), len(other))]
    both = set(one) & set(other)
    return sum(value in both for value in smallest) / len(smallest)
