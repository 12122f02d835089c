"""Catching up: what came since the reader last looked, a story once, and what fits into some minutes."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import NamedTuple

from tui_news.model import Article
from tui_news.text.fold import UNSPACED

WORDS_A_MINUTE, CHARACTERS_A_MINUTE = 230, 420
LOOK = 0.06
"""Minutes that a headline takes with its deck."""
_CHARACTER = re.compile(rf"[{UNSPACED}]")
_WORD = re.compile(rf"[^\W{UNSPACED}]+")


class Entry(NamedTuple):
    """One stop of a catching up: the article that stands for it, how many reports there are, of how many
    sources, and the minutes that reading takes."""

    article: Article
    reports: tuple[str, ...]
    sources: int
    minutes: float


def minutes(text: str) -> float:
    """How long reading a text takes: words and Chinese characters have speeds of their own."""
    return len(_WORD.findall(text)) / WORDS_A_MINUTE + len(_CHARACTER.findall(text)) / CHARACTERS_A_MINUTE


def entries(
    articles: Sequence[Article], story_of: Mapping[str, Sequence[str]], score: Mapping[str, float]
) -> list[Entry]:
    """New articles as stops, a story once, the most told first. `score` ranks the front page's."""
    new = {article.id: article for article in articles}
    done: set[str] = set()
    found: list[Entry] = []
    for article in articles:
        if article.id in done:
            continue
        reports = [id for id in story_of.get(article.id, (article.id,)) if id in new]
        done.update(reports, (article.id,))
        face = max((new[id] for id in reports), key=lambda one: (bool(one.deck), _time(one)), default=article)
        sources = len({new[id].source for id in reports}) or 1
        found.append(
            Entry(
                face, tuple(reports) or (article.id,), sources, LOOK + minutes(f"{face.headline} {face.deck}")
            )
        )
    found.sort(key=lambda e: (-max(score.get(id, 0.0) for id in e.reports), -e.sources, -_time(e.article)))
    return found


def _time(article: Article) -> float:
    return article.when.timestamp() if isinstance(article.when, datetime) else 0.0


def fitting(found: Sequence[Entry], most: float) -> list[Entry]:
    """The first stops that fit into so many minutes; a long one is passed over for shorter ones after it."""
    chosen: list[Entry] = []
    left = most
    for entry in found:
        if entry.minutes <= left:
            chosen.append(entry)
            left -= entry.minutes
    return chosen
