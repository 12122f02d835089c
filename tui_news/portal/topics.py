"""Hot topics (热点) and tags (热点标签): what the cached articles speak of now more than they did before.

No word list of the day and no segmenter: Chinese and Japanese phrases are the longest strings of
characters that headlines share (a string is a phrase where what stands around it varies and it is not
merely a part of a longer one), Latin ones are runs of words. A phrase is hot by how much more often it
stands in the headlines of the last day than in those before, over how many sources.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

from tui_news.model import Article
from tui_news.portal.query import fold
from tui_news.portal.stopwords import STOP_CHARACTERS, STOP_WORDS

HOT_HOURS = 36
"""What counts as now."""
MIN_ARTICLES = 2
MAX_WORDS = 4
MAX_CHARACTERS = 8

_CJK_RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff\u30a0-\u30ff\u3005\uac00-\ud7af]{2,}")
_LATIN_WORD = re.compile(r"[^\W\d_][\w’'.-]*[\w]|[^\W\d_]")
_PIECES = re.compile(
    "[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\u3005\uac00-\ud7af]+|[^\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase or tag: `score` orders them, `articles` are ids, newest first, `sources` how many."""

    phrase: str
    score: float
    articles: tuple[str, ...]
    sources: int


def _phrases(headline: str) -> set[str]:
    """The candidate phrases of a headline: word runs of Latin text, character runs of CJK text."""
    found: set[str] = set()
    for piece in _PIECES.findall(headline):
        for run in _CJK_RUN.findall(piece):
            for size in range(2, MAX_CHARACTERS + 1):
                found.update(run[i : i + size] for i in range(len(run) - size + 1))
        # Phrases do not run across punctuation.
        for part in re.split(r"[,.;:!?()\[\]“”\"«»|–—/]+(?:\s|$)|\s[-–—|]\s", piece):
            words = _LATIN_WORD.findall(part)
            for size in range(1, MAX_WORDS + 1):
                for i in range(len(words) - size + 1):
                    chosen = words[i : i + size]
                    if _is_phrase(chosen):
                        found.add(" ".join(chosen))
    return {
        phrase for phrase in found if phrase[0] not in STOP_CHARACTERS and phrase[-1] not in STOP_CHARACTERS
    }


def _is_phrase(words: Sequence[str]) -> bool:
    first, last = words[0].casefold(), words[-1].casefold()
    if first in STOP_WORDS or last in STOP_WORDS:
        return False
    if len(words) == 1:
        # A single word says something when it is a name or long enough to be a theme.
        return (len(words[0]) >= 4 and words[0][0].isupper()) or (len(words[0]) >= 2 and words[0].isupper())
    return True


def hot_topics(
    articles: Iterable[Article], *, now: datetime, source_names: Iterable[str] = (), limit: int = 40
) -> list[Topic]:
    """The phrases that burst in the last 36 hours before `now`, hottest first.

    `source_names` never become topics: every site prints its own name.
    """
    since = now - timedelta(hours=HOT_HOURS)
    recent: dict[str, list[Article]] = defaultdict(list)
    spelled: dict[str, str] = {}
    before: dict[str, int] = defaultdict(int)
    recent_count = before_count = 0
    for article in articles:
        hot = article.when is not None and since <= article.when <= now + timedelta(hours=1)
        recent_count += hot
        before_count += not hot
        for phrase in _phrases(article.headline):
            key = fold(phrase)
            if hot:
                recent[key].append(article)
                spelled.setdefault(key, phrase)
            else:
                before[key] += 1
    own = {fold(name) for name in source_names}
    scored: dict[str, float] = {}
    for key, hits in recent.items():
        if len(hits) < MIN_ARTICLES or key in own:
            continue
        sources = len({article.source for article in hits})
        expected = (before[key] + 0.5) / (before_count + 1) * recent_count
        burst = log(1 + len(hits) / (expected + 1))
        scored[key] = (
            burst * (1 + log(sources)) * (1 + log(len(hits))) * (1.0 + 0.15 * min(len(key.split()), 3))
        )
    return _distinct(recent, spelled, scored, limit)


def _distinct(
    hits: dict[str, list[Article]], spelled: dict[str, str], scored: dict[str, float], limit: int
) -> list[Topic]:
    """The best phrases, without those that only repeat a part, or the same articles, of a better one."""
    by_ids: dict[frozenset[str], str] = {}
    for key in scored:
        ids = frozenset(article.id for article in hits[key])
        other = by_ids.get(ids)
        # Of phrases in the same articles the longest is the whole one.
        if other is None or len(key) > len(other):
            by_ids[ids] = key
    chosen: list[Topic] = []
    taken: list[tuple[str, frozenset[str]]] = []
    for ids, key in sorted(by_ids.items(), key=lambda item: (-scored[item[1]], item[1])):
        if any(
            ((key in other or other in key) and len(ids & theirs) >= 0.6 * min(len(ids), len(theirs)))
            or len(ids & theirs) >= 0.8 * max(len(ids), len(theirs))
            for other, theirs in taken
        ):
            continue
        taken.append((key, ids))
        articles = sorted(
            hits[key], key=lambda article: (article.when is not None, article.when), reverse=True
        )
        chosen.append(
            Topic(
                spelled[key],
                scored[key],
                tuple(article.id for article in articles),
                len({article.source for article in articles}),
            )
        )
        if len(chosen) == limit:
            break
    return chosen


def hot_tags(articles: Iterable[Article], *, now: datetime, limit: int = 60) -> list[Topic]:
    """The tags that the sources give, weighted by how many articles carry them and how new these are."""
    carried: dict[str, list[Article]] = defaultdict(list)
    spelled: dict[str, str] = {}
    for article in articles:
        for tag in article.tags:
            key = fold(tag)
            carried[key].append(article)
            spelled.setdefault(key, tag)
    tags = []
    for key, hits in carried.items():
        weight = 0.0
        for article in hits:
            days = (now - article.when).total_seconds() / 86_400 if article.when else 30.0
            weight += 1 / (1 + max(0.0, days))
        sources = len({article.source for article in hits})
        tags.append(
            Topic(spelled[key], weight * (1 + log(sources)), tuple(article.id for article in hits), sources)
        )
    tags.sort(key=lambda tag: (-tag.score, tag.phrase))
    return tags[:limit]
