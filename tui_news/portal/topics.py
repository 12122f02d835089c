"""Hot topics (热点) and tags (热点标签): what the cached articles speak of now more than they did before.

No word list of the day and no segmenter. In Chinese and Japanese a phrase is a string of characters that
belong together (pointwise mutual information of its halves) and around which anything may stand (entropy of
its neighbours); in Latin script it is a run of words. A phrase is hot by how much oftener it stands in the
headlines of now than the past lets expect, over how many sources: what is always there ("工程", "Minister")
is not.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Callable, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import log

from tui_news.model import Article
from tui_news.portal.stopwords import STOP_CHARACTERS, STOP_WORDS
from tui_news.text.fold import fold

HOT_HOURS = 36
"""What counts as now."""
MIN_ARTICLES = 2
MAX_WORDS = 4
MAX_CHARACTERS = 8
LEAST_BURST = log(2.0)
"""A phrase stands at least twice as often as the past lets expect."""
CLOSED = 0.8
"""Share of one and the same neighbour from which a phrase is a part of a longer one."""
UNBACKED = 0.08
"""What a phrase keeps of its heat that no story turns on."""
MANY = 8
"""In so many articles it is a topic all the same: a theme that each tells in its own way."""
COHESION = 1.0
"""What the halves of a phrase must have to do with each other: log of how much oftener than by chance."""

FEW = 100
"""Older articles that are taken for granted: on the first day there are none."""

Rate = Callable[[str], float]
"""How many articles in one thousand of the past a folded phrase stood in."""

_CJK_RUN = re.compile("[\u3400-\u9fff\uf900-\ufaff\u30a0-\u30ff\u3005\uac00-\ud7af]{2,}")
_LATIN_WORD = re.compile(r"[^\W\d_][\w’'.-]*[\w]|[^\W\d_]")
_PIECES = re.compile(
    "[\u3400-\u9fff\uf900-\ufaff\u3040-\u30ff\u3005\uac00-\ud7af]+|[^\u3040-\u9fff\uac00-\ud7af\uf900-\ufaff]+"
)
_BREAK = re.compile(r"[,.;:!?()\[\]“”\"«»|–—/]+(?:\s|$)|\s[-–—|]\s")


@dataclass(frozen=True, slots=True)
class Topic:
    """A phrase or tag: `score` orders them, `articles` are ids, newest first, `sources` how many; `usual` is
    how many articles the past lets expect."""

    phrase: str
    score: float
    articles: tuple[str, ...]
    sources: int
    usual: float = 0.0


def _latin(piece: str) -> Iterable[str]:
    # Phrases do not run across punctuation.
    for part in _BREAK.split(piece):
        words = _LATIN_WORD.findall(part)
        for size in range(1, MAX_WORDS + 1):
            for i in range(len(words) - size + 1):
                chosen = words[i : i + size]
                if _is_phrase(chosen):
                    yield " ".join(chosen)


def phrases(headline: str) -> set[str]:
    """The candidate phrases of a headline: word runs of Latin text, character runs of CJK text."""
    found: set[str] = set()
    for piece in _PIECES.findall(headline[:400]):
        for run in _CJK_RUN.findall(piece):
            for size in range(2, MAX_CHARACTERS + 1):
                found.update(run[i : i + size] for i in range(len(run) - size + 1))
        found.update(_latin(piece))
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


class _Now:
    """What the headlines of now hold."""

    def __init__(self) -> None:
        self.hits: dict[str, list[Article]] = defaultdict(list)
        self.spelled: dict[str, str] = {}
        self.left: dict[str, Counter[str]] = defaultdict(Counter)
        self.right: dict[str, Counter[str]] = defaultdict(Counter)
        self.characters: Counter[str] = Counter()
        self.count = 0

    def add(self, article: Article) -> None:
        self.count += 1
        folded = fold(article.headline)
        self.characters.update({folded[i : i + n] for n in (1, 2, 3, 4) for i in range(len(folded) - n + 1)})
        for phrase in phrases(article.headline):
            key = fold(phrase)
            self.hits[key].append(article)
            self.spelled.setdefault(key, phrase)

    def surround(self, keys: Iterable[str]) -> None:
        """Note what stands around these phrases."""
        for key in keys:
            for article in self.hits[key]:
                folded = fold(article.headline)
                at = folded.find(key)
                if at >= 0:
                    self.left[key][folded[at - 1] if at else ""] += 1
                    end = at + len(key)
                    self.right[key][folded[end] if end < len(folded) else ""] += 1

    def whole(self, key: str) -> bool:
        """Whether a phrase of characters is one: not cut out of a longer one, and held together."""
        if key.isascii() or " " in key:
            return True
        hits = len(self.hits[key])
        for side in (self.left[key], self.right[key]):
            neighbour, most = side.most_common(1)[0] if side else ("", 0)
            if _CJK_RUN.fullmatch(neighbour * 2) and most >= CLOSED * hits:
                return False
        if len(key) > 4:
            return True
        # The weakest seam decides.
        together = self.characters[key]
        seams = [
            log((together or 1) * self.count / (self.characters[key[:i]] * self.characters[key[i:]] or 1))
            for i in range(1, len(key))
        ]
        return not seams or min(seams) >= COHESION or self.count < 20


def hot_topics(
    articles: Iterable[Article],
    *,
    now: datetime,
    source_names: Iterable[str] = (),
    limit: int = 40,
    rate: Rate | None = None,
    story_of: Mapping[str, int] | None = None,
) -> list[Topic]:
    """The phrases that burst in the last 36 hours before `now`, hottest first.

    `source_names` never become topics: every site prints its own name. What was usual is told by those of
    `articles` that are older, and by `rate` for what came before them. `story_of` maps ids to stories: a
    phrase that one story brought up is no chance.
    """
    since = now - timedelta(hours=HOT_HOURS)
    recent = _Now()
    older: list[Article] = []
    for article in articles:
        if article.when is not None and since <= article.when <= now + timedelta(hours=1):
            recent.add(article)
        else:
            older.append(article)
    own = {fold(name) for name in source_names}
    own |= {word for name in own for word in name.split() if len(word) > 3}
    several = {
        key: len({article.source for article in hits})
        for key, hits in recent.hits.items()
        if len(hits) >= MIN_ARTICLES and key not in own
    }
    counts: Counter[str] = Counter()
    for article in older:
        counts.update(key for phrase in phrases(article.headline) if (key := fold(phrase)) in several)
    before = 1_000 / (len(older) + FEW)

    def burst_over(key: str, told: float) -> float:
        usual[key] = told * recent.count / 1_000
        return log((len(recent.hits[key]) + 0.5) / (usual[key] + 0.5))

    scored: dict[str, float] = {}
    usual: dict[str, float] = {}
    bursts: dict[str, float] = {}
    for key in several:
        told = (counts[key] + 0.5) * before
        burst = burst_over(key, told)
        # What the older articles show to be usual need not be looked up in all of the past.
        if burst >= LEAST_BURST and rate is not None and (past := rate(key)) > told:
            burst = burst_over(key, past)
        if burst >= LEAST_BURST:
            bursts[key] = burst
    recent.surround(bursts)
    stories = {story for story, n in Counter(story_of.values()).items() if n > 1} if story_of else set()
    for key, burst in bursts.items():
        if not recent.whole(key):
            continue
        hits, sources = len(recent.hits[key]), several[key]
        backing = _backing(recent.hits[key], story_of, stories)
        if not backing and hits < MANY:
            continue
        # One source alone may have a series; two and more have news.
        scored[key] = (
            (UNBACKED + backing)
            * burst
            * (0.5 + log(sources))
            * (1 + log(hits))
            * (1.0 + 0.15 * min(len(key.split()), 3))
        )
    return _distinct(recent, scored, usual, limit)


def _backing(hits: Sequence[Article], story_of: Mapping[str, int] | None, told: Container[int]) -> float:
    """How much a phrase is what stories turn on: those that several articles tell (`told`), and best one of
    them. What stands by chance in articles that nobody else tells is a word of every day ("工程"), however
    little is known of the past."""
    if story_of is None:
        return 1.0
    counts = Counter(story for article in hits if (story := story_of.get(article.id)) in told)
    most = max(counts.values(), default=0)
    return (sum(counts.values()) + most) / (2 * len(hits)) if most > 1 else 0.0


def _distinct(recent: _Now, scored: dict[str, float], usual: dict[str, float], limit: int) -> list[Topic]:
    """The best phrases, without those that only repeat a part, or the same articles, of a better one."""
    by_ids: dict[frozenset[str], str] = {}
    for key in scored:
        ids = frozenset(article.id for article in recent.hits[key])
        other = by_ids.get(ids)
        # Of phrases in the same articles the longest is the whole one.
        if other is None or len(key) > len(other):
            by_ids[ids] = key
    chosen: list[Topic] = []
    taken: list[tuple[str, frozenset[str]]] = []
    for ids, key in sorted(by_ids.items(), key=lambda item: (-scored[item[1]], item[1])):
        if any(
            ((key in other or other in key) and len(ids & theirs) >= 0.6 * min(len(ids), len(theirs)))
            or len(ids & theirs) >= 0.6 * min(len(ids), len(theirs))
            for other, theirs in taken
        ):
            continue
        taken.append((key, ids))
        articles = sorted(
            recent.hits[key], key=lambda article: (article.when is not None, article.when), reverse=True
        )
        chosen.append(
            Topic(
                recent.spelled[key],
                scored[key],
                tuple(article.id for article in articles),
                len({article.source for article in articles}),
                usual[key],
            )
        )
        if len(chosen) == limit:
            break
    return chosen


TEXT_TAGS = 12
"""Tags that are taken from the text where the sources give too few."""


def hot_tags(
    articles: Iterable[Article], *, now: datetime, limit: int = 60, topics: Sequence[Topic] = ()
) -> list[Topic]:
    """Tags, weighted by how many articles carry them, how new these are and how many sources give them. What
    the text says of itself (`topics`) is a tag too, at half the weight."""
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
    for topic in topics[:TEXT_TAGS]:
        if fold(topic.phrase) not in carried:
            weight = 0.5 * len(topic.articles) * (1 + log(topic.sources))
            tags.append(Topic(topic.phrase, weight, topic.articles, topic.sources))
    tags.sort(key=lambda tag: (-tag.score, tag.phrase))
    return tags[:limit]
