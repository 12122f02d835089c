"""Makes the edition: articles by many sources, and which of them report the same event."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from types import ModuleType
from typing import Any

from tests.newsroom.events.background import COLUMNS, invented, lines
from tests.newsroom.events.names import names
from tui_news.model import Article, article_id

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LANGUAGES = ("en", "zh", "ja")
_CHOICE = re.compile(r"\{([^{}]*)\}")
_SLOT = re.compile(r"<(\w+)>")


@dataclass(frozen=True)
class Edition:
    """Articles, oldest first; which event each belongs to (by id); the words that each event turns on."""

    articles: tuple[Article, ...]
    event_of: dict[str, int]
    names: dict[int, tuple[str, ...]]
    source_names: dict[str, str]


def spin(rng: random.Random, template: str, slots: dict[str, str]) -> str:
    """A template with its choices made and its slots filled."""
    text = _CHOICE.sub(lambda found: rng.choice(found[1].split("|")), template)
    return _SLOT.sub(lambda found: slots[found[1]], text)


class Maker:
    """Draws an edition from a vocabulary."""

    def __init__(self, words: ModuleType, seed: int, sources: int, now: datetime) -> None:
        self.words, self.rng, self.now = words, random.Random(seed), now
        self.sources = [f"s{number:02}" for number in range(sources)]
        self.names = {
            source: f"{self.rng.choice(('Daily', 'Evening', 'City'))} {self.rng.choice(('Herald', 'Post', 'Echo'))} {source}"
            for source in self.sources
        }
        # Sources write in one language each, as newspapers do.
        self.language = {source: LANGUAGES[n % 3] for n, source in enumerate(self.sources)}
        self.count = 0
        self.pools = {
            language: {
                **words.SLOTS[language], **names(words.NAME, language, getattr(words, "PARTS", None))
            }
            for language in LANGUAGES
        }  # fmt: skip
        self.told: set[str] = set()
        self.matters: set[str] = set()
        """What there was to tell of each place, by week: told once."""

    def article(
        self, source: str, headline: str, deck: str, when: datetime, tags: tuple[str, ...] = ()
    ) -> Article:
        self.count += 1
        id = article_id(source, guid=str(self.count))
        return Article(
            id, source, url=f"https://{source}.example/{self.count}", headline=headline, deck=deck,
            published=when, fetched=when, language=self.language[source], tags=tags,
        )  # fmt: skip

    def slots(self, language: str, **given: str) -> dict[str, str]:
        made = {name: self.rng.choice(words) for name, words in self.pools[language].items()}
        return {**made, "m": str(self.rng.randint(100, 9000)), **given}

    def event(
        self, language: str, kind: int, used: set[str], least: int = 2, most: int = 9, days: float = 0
    ) -> tuple[list[Article], dict[str, str]]:
        """Reports of one event, `days` ago; names that another one of the same kind has are not drawn again."""
        heads, decks = self.words.EVENTS[language][kind]
        for _ in range(200):
            slots = self.slots(language)
            asked = {name for t in heads for name in _SLOT.findall(t)} - {"n"}
            if not any(f"{kind}{slots[name]}" in used for name in asked):
                break
        used.update(f"{kind}{slots[name]}" for name in asked)
        writers = [s for s in self.sources if self.language[s] == language]
        chosen = self.rng.sample(writers, min(len(writers), self.rng.randint(least, most)))
        begun = self.now - timedelta(days=days, hours=self.rng.uniform(2, 30))
        found: list[Article] = []
        named: set[str] = set()
        for source in chosen:
            when = min(self.now - timedelta(days=days), begun + timedelta(hours=self.rng.expovariate(1 / 4)))
            head, deck = self.report(heads, decks, named & asked)
            named.update(_SLOT.findall(head + deck))
            found.append(self.article(source, spin(self.rng, head, slots), spin(self.rng, deck, slots), when))
        return found, {name: slots[name] for name in asked}

    def report(self, heads: list[str], decks: list[str], named: set[str]) -> tuple[str, str]:
        """Templates of a report's headline and deck. Most feeds carry a summary, some a headline alone; but
        each report has a name in common with one before it (of which `named` holds all): of two warehouse
        fires that name neither town nor company nobody could say whether they are one."""
        while True:
            head = self.rng.choice(heads)
            deck = self.rng.choice(decks) if self.rng.random() < 0.8 else ""
            if not named or named & set(_SLOT.findall(head + deck)):
                return head, deck

    def distractor(self, language: str, slots: dict[str, str]) -> Article:
        """Something else about the people and places of an event, at the same time; nobody writes it twice."""
        source = self.rng.choice([s for s in self.sources if self.language[s] == language])
        when = self.now - timedelta(hours=self.rng.uniform(0, 36))
        if self.rng.random() < 0.4:
            made = self.unique(source, self.words.DISTRACTORS[language], self.slots(language, **slots), when)
            if made:
                return made
        headline, deck = self.background(language, when, next(iter(slots.values())))
        return self.article(source, headline, deck if self.rng.random() < 0.8 else "", when)

    def unique(
        self, source: str, templates: list[str], slots: dict[str, str], when: datetime
    ) -> Article | None:
        """An article after a template that was not used for these names, nor twice this week."""
        fitting = [t for t in templates if set(slots) >= set(_SLOT.findall(t))]
        week = "new" if (self.now - when).days < 4 else f"{(self.now - when).days // 4}"
        for template in self.rng.sample(fitting, len(fitting)):
            keys = {f"{template}{slots[name]}" for name in _SLOT.findall(template)} | {f"{template}{week}"}
            if not keys & self.told:
                self.told |= keys
                return self.article(source, spin(self.rng, template, slots), "", when)
        return None

    def background(self, language: str, when: datetime, place: str = "") -> tuple[str, str]:
        """Headline and deck of an article on something of its own: two on one matter in one place within a
        week would be one affair to any reader."""
        week = (self.now - when).days // 4
        while True:
            where = place or invented(self.rng, language)
            headline, deck, matters = lines(self.rng, self.words, language, where)
            keys = {f"{week} {where} {matter}" for matter in matters}
            if not keys & self.matters:
                self.matters |= keys
                return headline, deck

    def filler(self, source: str, when: datetime) -> Article:
        """An article on something of its own; one in ten is a column that comes under the same name."""
        language = self.language[source]
        if self.rng.random() < 0.1:
            title = spin(self.rng, self.rng.choice(COLUMNS[language]), self.slots(language))
            return self.article(source, title, "", when)
        if self.rng.random() < 0.2:
            made = self.unique(source, self.words.DISTRACTORS[language], self.slots(language), when)
            if made:
                return made
        headline, deck = self.background(language, when)
        return self.article(source, headline, deck if self.rng.random() < 0.8 else "", when)


def make(
    words: ModuleType, seed: int, *, sources: int = 40, each: int = 50, events: int = 60, past: int = 4,
    now: datetime = NOW,
) -> Edition:  # fmt: skip
    """An edition of the last three days: `sources` with `each` articles, among which `events` are reported by
    two to nine; and `past` times as many articles of the month before, a quarter of them on events of the
    same kinds with other names."""
    maker = Maker(words, seed, sources, now)
    used: dict[str, set[str]] = {language: set() for language in LANGUAGES}
    articles: list[Article] = []
    event_of: dict[str, int] = {}
    names: dict[int, tuple[str, ...]] = {}
    for number in range(events):
        language = LANGUAGES[number % 3]
        kind = (number // 3) % len(words.EVENTS[language])
        reports, slots = maker.event(language, kind, used[language])
        names[number] = tuple(slots.values())
        event_of.update({article.id: number for article in reports})
        articles += reports
        for _ in range(maker.rng.randint(1, 4)):
            name = maker.rng.choice(sorted(slots))
            articles.append(maker.distractor(language, {name: slots[name]}))
    while len(articles) < sources * each:
        when = now - timedelta(hours=maker.rng.uniform(0, 72))
        articles.append(maker.filler(maker.sources[len(articles) % sources], when))
    # What is told now did not happen last week as well: a law is passed once.
    older: list[Article] = []
    while len(older) < sources * each * past // 4:
        language = LANGUAGES[len(older) % 3]
        kind = maker.rng.randrange(len(words.EVENTS[language]))
        older += maker.event(language, kind, set(used[language]), 1, 6, maker.rng.uniform(4, 29))[0]
    while len(older) < sources * each * past:
        when = now - timedelta(days=maker.rng.uniform(4, 30))
        older.append(maker.filler(maker.sources[len(older) % sources], when))
    articles = [*older, *articles]
    articles.sort(key=lambda article: (article.when, article.id))
    return Edition(tuple(articles), event_of, names, maker.names)


def pairwise(found: dict[str, Any], truth: dict[str, Any]) -> tuple[float, float, float]:
    """Precision, recall and F1 over pairs of articles that are put together; both map ids to groups."""
    from collections import Counter

    def pairs(counts: Counter[Any]) -> int:
        return sum(count * (count - 1) // 2 for count in counts.values())

    together = pairs(Counter(found.values()))
    planted = pairs(Counter(truth.values()))
    right = pairs(Counter((found[id], group) for id, group in truth.items() if id in found))
    precision = right / together if together else 1.0
    recall = right / planted if planted else 1.0
    return precision, recall, 2 * precision * recall / (precision + recall) if right else 0.0
