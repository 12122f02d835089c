"""The words that the newsroom writes its news with, one lexicon for each language."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib import import_module


@dataclass(frozen=True, slots=True)
class Lexicon:
    """Templates and fillers of one language.

    Templates take `{place}`, `{org}`, `{person}`, `{thing}`, `{n}` (a count) and `{pct}` (1-99).
    """

    code: str
    """BCP 47, as feeds print it."""
    zone: int
    """Hours east of UTC in which the papers of this language date their news."""
    joiner: str
    """What stands between two sentences of a paragraph."""
    agencies: tuple[str, ...]
    places: tuple[str, ...]
    orgs: tuple[str, ...]
    people: tuple[str, ...]
    things: tuple[str, ...]
    headlines: tuple[str, ...]
    kickers: tuple[str, ...]
    decks: tuple[str, ...]
    sentences: tuple[str, ...]
    subheads: tuple[str, ...]
    items: tuple[str, ...]
    sections: tuple[tuple[str, ...], ...]
    tags: tuple[str, ...]
    comments: tuple[str, ...]


_MODULES = {
    "en": "en",
    "zh": "zh_hans",
    "zh-TW": "zh_hant",
    "ja": "ja",
    "ko": "ko",
    "de": "de",
    "fr": "fr",
    "es": "es",
}

LANGUAGES = tuple(_MODULES)


def lexicon(language: str) -> Lexicon:
    """The lexicon of one of `LANGUAGES`, or "ja-jis": Japanese in the characters of JIS X 0208 alone, for
    EUC-JP. Raises KeyError for any other."""
    if language == "ja-jis":
        full = lexicon("ja")
        return replace(full, people=tuple(name.replace("髙", "高") for name in full.people))
    module = import_module(f"tests.newsroom.words.{_MODULES[language]}")
    words: Lexicon = module.WORDS
    return words
