"""Articles about the same event, across sources, folded into stories: one by one, as they come.

Two articles tell of one event when they share more than chance would put together: each phrase that stands
in both says minus the logarithm of its chance in the cached past, and the sum must be more than there are
articles to be alike by chance. One phrase alone, be it a name, is never enough, unless the text itself is
the same (a copy, found by a bottom-k sketch of it). Candidates come from an inverted index of each article's
rarest terms, so that the cost of an article does not grow with what is cached.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import log, sqrt
from typing import NamedTuple

from tui_news.portal.terms import (
    DECK,
    DECK_AT,
    PLAIN,
    Term,
    key_of,
    pairs,
    resemblance,
    script_of,
    sketch,
    terms,
)
from tui_news.text.fold import fold

_FIGURES = re.compile("[\\d\\s]+")
HOUR = 3_600
WINDOW = 72 * HOUR
"""Seconds within which reports of one event come."""
FADE = 2.0
"""What the proof loses for two articles that are a whole window apart."""
JOIN = 5.0
"""What likeness and rarity must come to."""
SURE, FLOOR = 9.0, -4.0
"""More than this is not counted, for and against."""
LIKE, RARE = 3.0, 3.0
"""Shares of likeness and of rarity in the proof."""
OLD, NEW = 0.3, 1.5
"""What a term counts that is told as often as ever, and one that comes in a burst."""
LONELY = 2.0
"""What two articles lose that have one phrase alone in common."""
CONFLICT, UNUSUAL = 0.3, 0.6
"""What different names in the same place cost; how rare a name is, as a share of the rarest."""
COLUMN = 2
"""Times that a headline stood in the past from which it is a column's name."""
SLACK = 3.0
"""A story that is further below proof than this is not looked at again."""
PRIOR = 300
"""Articles of the past that are taken for granted: on the first day there are none."""
NEXT = 2
"""Places between neighbours."""
COPY = 0.6
"""Share of common text from which an article is a copy of another (an agency's report)."""
PROBES, CLOSEST = 12, 24
"""By how many of its terms an article is looked up; how many of those found are compared exactly."""
POSTING = 400
"""Articles of one term that are looked at, newest first."""
MEMBERS = 12
"""Articles of a story that speak for it."""
HALVE_AT = 200_000
"""Articles after which what was counted long ago counts half."""


class Note(NamedTuple):
    """An article as the folder of stories is given it: `time` in seconds, `body` the text when known."""

    id: str
    source: str
    time: float
    headline: str
    deck: str = ""
    body: str = ""


@dataclass(frozen=True, slots=True)
class Story:
    """Articles about one event. `articles` are ids, the first report first, `copies` those of them that are
    another's text; `terms` are hashes of what they share, the most telling first."""

    articles: tuple[str, ...]
    sources: tuple[str, ...]
    copies: tuple[str, ...] = ()
    terms: tuple[int, ...] = ()
    begun: float = 0.0
    latest: float = 0.0
    """Seconds."""


class Row:
    """An article in the window. `terms` maps what it speaks of to the place where it stands, `pairs` a place
    to the hash of the term there with the one after it."""

    __slots__ = (
        "era", "head", "headline", "id", "keys", "norm", "pairs", "places", "script", "sketch", "source",
        "story", "time", "weak", "weights",
    )  # fmt: skip

    def __init__(self, note: Note, found: Sequence[Term]) -> None:
        self.id, self.source, self.time = note.id, note.source, note.time
        self.script = script_of(note.headline)
        self.head = head_of(note.headline, self.script)
        self.sketch = sketch(note.body or note.deck)
        self.keys = [term.key for term in found]
        self.headline = [term.key for term in found if term.at < DECK_AT]
        self.places = {term.key: term.at for term in found}
        self.pairs = pairs(found)
        self.weak = {term.key: term.weight for term in found if term.weight != PLAIN and term.weight != DECK}
        self.weights: dict[int, float] = {}
        self.norm = 1.0
        self.era = -1
        self.story = -1


def head_of(headline: str, script: int) -> int:
    """The number of a headline as a whole, whatever figures stand in it: a column comes again."""
    return key_of("\n" + _FIGURES.sub("", fold(headline)), script)


class Folder:
    """Folds articles into stories. What it knows can be kept and taken up again (`portal.keeping`)."""

    def __init__(self) -> None:
        self.seen: Counter[int] = Counter()
        """In how many articles of the past each term, and each two neighbours, stood."""
        self.counts = [0.0] * 4
        """... and how many there were, by script."""
        self.rows: dict[str, Row] = {}
        self.sizes = [0] * 4
        """Rows by script."""
        self.stories: dict[int, list[str]] = {}
        self._postings: dict[int, list[str]] = defaultdict(list)
        self._marks: dict[int, list[str]] = defaultdict(list)
        self.recent: Counter[int] = Counter()
        """In how many articles of the window each term stands."""
        self._era = 0
        self._proofs: dict[tuple[str, str], float] = {}
        self._next = 0

    # --- counting -----------------------------------------------------------------------------------

    def rarity(self, key: int, script: int) -> float:
        """How much it says that something stands in an article: minus the logarithm of its chance."""
        return log((self.counts[script] + PRIOR) / (self.seen[key] + 0.5))

    def learn(self, notes: Iterable[Note]) -> None:
        """Count articles of the past, which are not folded any more."""
        for note in notes:
            found = terms(note.headline, note.deck)
            script = script_of(note.headline)
            keys = [head_of(note.headline, script), *[term.key for term in found]]
            self.count(script, keys, pairs(found))

    def count(self, script: int, keys: Iterable[int], pairs: Mapping[int, int]) -> None:
        """Count one article."""
        self.counts[script] += 1
        self.seen.update({*keys, *pairs.values()})
        if sum(self.counts) > HALVE_AT:
            self.counts = [number / 2 for number in self.counts]
            self.seen = Counter({key: n // 2 for key, n in self.seen.items() if n > 1})

    # --- folding ------------------------------------------------------------------------------------

    def add(self, notes: Sequence[Note]) -> None:
        """Take in new articles, in any order; those that are known already are left as they are."""
        fresh = [note for note in notes if note.id not in self.rows]
        rows = [Row(note, terms(note.headline, note.deck)) for note in fresh]
        for row in rows:
            # How many could be alike by chance counts from the first of them on.
            self.sizes[row.script] += 1
            self.recent.update(row.keys)
        self._era += 1
        self._proofs.clear()
        for row in sorted(rows, key=lambda row: (row.time, row.id)):
            self.enter(row)
            self._join(row)

    def news(self, key: int, script: int) -> float:
        """How much oftener something stands in the articles of the window than in as many of the past: what
        an event brings up comes in a burst, what is told of every event of its kind does not."""
        usual = (self.seen[key] + 0.5) * self.sizes[script] / (self.counts[script] + PRIOR)
        return log((self.recent[key] + 0.5) / (usual + 0.5))

    def weights(self, row: Row) -> dict[int, float]:
        """What each term of an article counts: how rare it is, and how new. Brought up to date with what came
        since."""
        if row.era != self._era:
            row.era, script = self._era, row.script
            row.weights = {
                key: max(0.05, self.rarity(key, script) * row.weak.get(key, 1.0))
                * min(NEW, max(OLD, self.news(key, script)))
                for key in row.keys
            }
            row.norm = sqrt(sum(weight * weight for weight in row.weights.values())) or 1.0
        return row.weights

    def enter(self, row: Row) -> None:
        """Make a row known to those that come after it."""
        self.rows[row.id] = row
        for key in self._probes(row):
            self._postings[key].append(row.id)
        for mark in row.sketch[:4]:
            self._marks[mark].append(row.id)

    def _probes(self, row: Row) -> list[int]:
        return sorted(row.keys, key=self.weights(row).__getitem__, reverse=True)[:PROBES]

    def _near(self, row: Row) -> list[str]:
        """The articles of the window that an article may be like, the likeliest first."""
        rough: dict[str, float] = defaultdict(float)
        for key in self._probes(row):
            weight = row.weights[key]
            for id in self._postings.get(key, ())[-POSTING:]:
                rough[id] += weight
        for mark in row.sketch[:4]:
            for id in self._marks.get(mark, ())[-POSTING:]:
                rough[id] += row.norm
        rough.pop(row.id, None)
        near = [id for id in rough if abs(self.rows[id].time - row.time) <= WINDOW]
        near.sort(key=lambda id: (rough[id], id), reverse=True)
        return near[:CLOSEST]

    def _join(self, row: Row) -> None:
        """Put an article into the story that it is most like, else into one of its own; then put together
        the stories that turn out to be one."""
        stories = list(dict.fromkeys(self.rows[id].story for id in self._near(row)))
        row.story = self._next
        self._next += 1
        self.stories[row.story] = [row.id]
        while stories:
            scores = [(self._together(row.story, story), story) for story in stories]
            best, story = max(scores)
            if best < 0:
                return
            stories.remove(story)
            for id in self.stories.pop(row.story):
                self.rows[id].story = story
                self.stories[story].append(id)
            # Only what was close to the whole may still come in.
            stories = [one for value, one in scores if one != story and value > -SLACK]

    def _together(self, one: int, other: int) -> float:
        """How sure it is that two stories are one: the mean over their articles, not the best pair of them; a
        chain of neighbours is no story."""
        first, second = self.stories[one][-MEMBERS:], self.stories[other][-MEMBERS:]
        return self._mean([(a, b) for a in first for b in second])

    def _mean(self, pairs: Sequence[tuple[str, str]]) -> float:
        total = 0.0
        for one, other in pairs:
            pair = (one, other) if one < other else (other, one)
            value = self._proofs.get(pair)
            if value is None:
                if len(self._proofs) > 100_000:
                    self._proofs.clear()
                value = self._proofs[pair] = self.proof(self.rows[pair[0]], self.rows[pair[1]])
            total += value
        return total / len(pairs)

    def shared(self, one: Row, other: Row) -> list[list[int]]:
        """What two articles have in common: terms, neighbours in both put together as one phrase."""
        common = [key for key in one.keys if key in other.places]
        common.sort(key=one.places.__getitem__)
        phrases: list[list[int]] = []
        for key in common:
            if phrases:
                last = phrases[-1][-1]
                here = one.places[key] - one.places[last], other.places[key] - other.places[last]
                if 0 < here[0] <= NEXT and 0 < here[1] <= NEXT:
                    phrases[-1].append(key)
                    continue
            phrases.append([key])
        return phrases

    def weigh(self, row: Row, phrase: Sequence[int]) -> float:
        """How much it says that two articles share a phrase: what its first term says, and what each other
        one adds to that before it. A set phrase says no more than one of its words."""
        script, weak = row.script, row.weak
        before = self.rarity(phrase[0], script)
        value = max(0.0, before) * weak.get(phrase[0], 1.0)
        for one, other in pairwise(phrase):
            together = row.pairs.get(row.places[one])
            if together is not None:
                # No more than if the two were strangers to each other.
                more = min(self.rarity(together, script) - max(0.0, before), self.rarity(other, script))
                value += max(0.0, more)
            before = self.rarity(other, script)
            # A set phrase is as rare as its rarest word.
            value = max(value, before * weak.get(other, 1.0))
        return value

    def conflict(self, one: Row, other: Row) -> float:
        """How much two headlines that read alike name different things in the same place: "fire in Aston"
        and "fire in Brent" are two fires."""
        first, second = self._gaps(one, other), self._gaps(other, one)
        total = 0.0
        least = UNUSUAL * log(self.counts[one.script] + 2.0)
        for side in (0, 1):
            there = {gap[side]: gap[2] for gap in second if gap[side]}
            for gap in first:
                if gap[side] and gap[side] in there:
                    total += max(0.0, min(gap[2], there[gap[side]]) - least)
        return total

    def _gaps(self, row: Row, other: Row) -> list[tuple[int, int, float]]:
        """The pieces of a headline that another article does not have: the shared term before and after
        each (0 for none), and how rare the rarest in it is."""
        gaps: list[tuple[int, int, float]] = []
        before, rarest = 0, 0.0
        for key in row.headline:
            if key in other.places:
                if rarest:
                    gaps.append((before, key, rarest))
                before, rarest = key, 0.0
            else:
                rarest = max(rarest, self.rarity(key, row.script) * row.weak.get(key, 1.0))
        if rarest:
            gaps.append((before, 0, rarest))
        return gaps

    @staticmethod
    def _in_headlines(one: Row, other: Row, phrases: Sequence[Sequence[int]]) -> bool:
        """Whether something that is shared stands in each of the two headlines: what only the decks have in
        common may be the words that every deck has."""
        shared = {key for phrase in phrases for key in phrase}
        return not shared.isdisjoint(one.headline) and not shared.isdisjoint(other.headline)

    def proof(self, one: Row, other: Row) -> float:
        """How sure it is that two articles tell of one event; above 0 it is likelier than not."""
        if one.head == other.head and (one.source == other.source or self.seen[one.head] > COLUMN):
            return -SURE  # a column that comes every day under the same name
        fade = FADE * min(1.0, abs(one.time - other.time) / WINDOW)
        if resemblance(one.sketch, other.sketch) >= COPY:
            return SURE - fade
        phrases = self.shared(one, other)
        if not phrases or not self._in_headlines(one, other, phrases):
            return FLOOR
        alone = 0.0
        if len(phrases) < 2 and not (one.head == other.head and len(one.keys) > 3):
            alone = LONELY
        rarity = sum(self.weigh(one, phrase) for phrase in phrases)
        first, second = self.weights(one), self.weights(other)
        common = sum(first[key] * second[key] for phrase in phrases for key in phrase)
        likeness = common / (one.norm * other.norm)
        value = LIKE * log(likeness + 0.01) + RARE * log(rarity + 0.01) - fade - JOIN
        value -= CONFLICT * self.conflict(one, other)
        if alone:
            value = min(value - alone, -0.5)
        return min(SURE, max(FLOOR, value))

    def resume(self, notes: Sequence[Note], stories: Iterable[Sequence[str]]) -> None:
        """Take up articles that were folded before, each in the story that it was in."""
        place = {id: number for number, ids in enumerate(stories) for id in ids}
        for note in notes:
            number = place.get(note.id)
            if number is None or note.id in self.rows:
                continue
            row = Row(note, terms(note.headline, note.deck))
            self.sizes[row.script] += 1
            self.recent.update(row.keys)
            row.story = number
            self.stories.setdefault(number, []).append(row.id)
            self.rows[row.id] = row
        self._next = max(self.stories, default=-1) + 1
        self._era += 1
        for row in self.rows.values():
            self.enter(row)

    def told(self) -> list[Story]:
        """The stories of two articles and more, those told by most sources first."""
        found: list[Story] = []
        for ids in self.stories.values():
            if len(ids) < 2:
                continue
            rows = sorted((self.rows[id] for id in ids), key=lambda row: (row.time, row.id))
            counts = Counter(key for row in rows for key in row.keys)
            need = max(2, (len(rows) + 1) // 3)
            telling = {
                key: count * self.rarity(key, rows[0].script)
                for key, count in counts.items()
                if count >= need
            }
            copies = [
                row.id
                for number, row in enumerate(rows)
                if any(resemblance(row.sketch, other.sketch) >= COPY for other in rows[:number])
            ]
            found.append(
                Story(
                    tuple(row.id for row in rows),
                    tuple(dict.fromkeys(row.source for row in rows)),
                    tuple(copies),
                    tuple(sorted(telling, key=telling.__getitem__, reverse=True)[:12]),
                    rows[0].time,
                    rows[-1].time,
                )
            )
        found.sort(key=lambda story: (len(story.sources), story.latest, story.articles), reverse=True)
        return found

    def forget(self, before: float) -> None:
        """Let go of articles that are older than `before` (seconds); what they taught stays."""
        old = {id for id, row in self.rows.items() if row.time < before}
        if not old:
            return
        for id in old:
            row = self.rows.pop(id)
            self.sizes[row.script] -= 1
            self.recent.subtract(row.keys)
            members = self.stories[row.story]
            members.remove(id)
            if not members:
                del self.stories[row.story]
        for index in (self._postings, self._marks):
            for key in list(index):
                kept = [id for id in index[key] if id not in old]
                if kept:
                    index[key] = kept
                else:
                    del index[key]
