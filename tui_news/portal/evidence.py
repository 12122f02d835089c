"""How sure it is that two articles tell of one event, by what they share against the cached past.

Each phrase that stands in both says minus the logarithm of its chance in the past, more when it comes in a
burst and less when it is a piece of two different names ("Zephyr Oil", "Zephyr Pharma"). Besides, it counts
how much of the two is common, whether they speak of the same matter (`portal.company`), whether they name
different things in the same place, and how far they are apart in time. A reader can be told each of these.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Mapping, Sequence
from itertools import pairwise
from math import exp, log, sqrt
from operator import mul
from typing import NamedTuple

from tui_news.portal.company import Company, Vector, likeness
from tui_news.portal.terms import (
    DECK,
    DECK_AT,
    LEFT,
    PLAIN,
    RIGHT,
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
SURE, FLOOR = 6.0, -4.0
"""More than this is not counted, for and against."""
OLD, NEW = 0.3, 1.5
"""What a term counts that is told as often as ever, and one that comes in a burst."""
PRIOR = 300
"""Articles of the past that are taken for granted: on the first day there are none."""
NEXT = 2
"""Places between neighbours."""
COPY = 0.6
"""Share of common text from which an article is a copy of another (an agency's report)."""
COLUMN = 2
"""Times that a headline stood in the past from which it is a column's name."""
HALVE_AT = 200_000
"""Articles after which what was counted long ago counts half."""
WHOLE = 0.15
"""Share of its places in which a term must be free on a side, else it is a piece of something there."""
UNUSUAL = 0.6
"""How rare a name is, as a share of the rarest."""
UNKNOWN = 0.85
"""How much the matters of two articles are taken to be alike when nothing is known of them."""
INTERCEPT = -15.5
COEFFICIENTS = (0.28, 0.44, 1.48, 8.9, -0.25, -4.0, 3.3, 1.5)
"""What each of `Evidence.facts` counts: a logistic regression over the pairs of articles of planted editions,
but for the distance in time, which is milder than planted events would have it: true stories run on for a
day or two."""


class Note(NamedTuple):
    """An article as the folder of stories is given it: `time` in seconds, `body` the text when known."""

    id: str
    source: str
    time: float
    headline: str
    deck: str = ""
    body: str = ""


class Row:
    """An article in the window. `places` maps what it speaks of to the place where it stands, `pairs` a place
    to the hash of the term there with the one after it."""

    __slots__ = (
        "by_place", "era", "free", "head", "headline", "heads", "id", "keys", "known", "matter", "norm",
        "pairs", "places", "script", "sketch", "source", "story", "time", "weak", "weights",
    )  # fmt: skip

    def __init__(self, note: Note, found: Sequence[Term]) -> None:
        self.id, self.source, self.time = note.id, note.source, note.time
        self.script = script_of(note.headline + note.deck)
        self.head = head_of(note.headline, self.script)
        self.sketch = sketch(note.body or note.deck)
        self.keys = [term.key for term in found]
        self.headline = [term.key for term in found if term.at < DECK_AT]
        self.heads = frozenset(self.headline)
        self.places = {term.key: term.at for term in found}
        self.by_place = {term.at: term.key for term in found}
        self.free = {term.key: term.free for term in found if term.free != LEFT | RIGHT}
        self.pairs = pairs(found)
        self.weak = {term.key: term.weight for term in found if term.weight != PLAIN and term.weight != DECK}
        self.weights: dict[int, float] = {}
        self.matter: Vector | None = None
        self.known = 0.0
        self.norm = 1.0
        self.era = -1
        self.story = -1


def head_of(headline: str, script: int) -> int:
    """The number of a headline as a whole, whatever figures stand in it: a column comes again."""
    return key_of("\n" + _FIGURES.sub("", fold(headline)), script)


class Evidence:
    """What is known of the past and of the window, and what it says of two articles."""

    def __init__(self) -> None:
        self.seen: Counter[int] = Counter()
        """In how many articles of the past each term, and each two neighbours, stood."""
        self.counts = [0.0] * 4
        """... and how many there were, by script."""
        self.sizes = [0] * 4
        """Rows by script."""
        self.recent: Counter[int] = Counter()
        """In how many articles of the window each term stands."""
        self.bound = {LEFT: Counter[int](), RIGHT: Counter[int]()}
        """In how many of them it is not free on a side."""
        self.company = Company()
        self.era = 0
        """How often what is known was reckoned anew."""
        self._rarities: tuple[dict[int, float], ...] = ({}, {}, {}, {})
        self._news: tuple[dict[int, float], ...] = ({}, {}, {}, {})

    # --- counting -----------------------------------------------------------------------------------

    def learn(self, notes: Iterable[Note], *, again: bool = False) -> None:
        """Count articles of the past, which are not folded any more; `again` when they have been."""
        for note in notes:
            found = terms(note.headline, note.deck)
            script = script_of(note.headline + note.deck)
            keys = [term.key for term in found]
            if not again:
                self.company.learn(keys)
            self.count(script, [head_of(note.headline, script), *keys], pairs(found))
        self._forget()

    def count(self, script: int, keys: Iterable[int], pairs: Mapping[int, int]) -> None:
        """Count one article."""
        self.counts[script] += 1
        self.seen.update({*keys, *pairs.values()})
        if sum(self.counts) > HALVE_AT:
            self.counts = [number / 2 for number in self.counts]
            self.seen = Counter({key: n // 2 for key, n in self.seen.items() if n > 1})

    def tell(self, row: Row, sign: int = 1) -> None:
        """Count a row among those of the window; with -1 no longer."""
        self.sizes[row.script] += sign
        for key in row.keys:
            self.recent[key] += sign
        for key, free in row.free.items():
            for side, bound in self.bound.items():
                if not free & side:
                    bound[key] += sign

    def rarity(self, key: int, script: int) -> float:
        """How much it says that something stands in an article: minus the logarithm of its chance."""
        known = self._rarities[script]
        value = known.get(key)
        if value is None:
            value = known[key] = log((self.counts[script] + PRIOR) / self._told(key, script))
        return value

    def news(self, key: int, script: int) -> float:
        """How much oftener something stands in the articles of the window than in as many of the past: what
        an event brings up comes in a burst, what is told of every event of its kind does not. As long as
        there is no past to speak of, everything is as new."""
        reckoned = self._news[script]
        value = reckoned.get(key)
        if value is None:
            past = self.counts[script]
            usual = self._told(key, script) * self.sizes[script] / (past + PRIOR)
            known = past / (past + PRIOR)
            value = known * log((self.recent[key] + 0.5) / (usual + 0.5)) + (1.0 - known)
            reckoned[key] = value
        return value

    def turn(self) -> None:
        """What was reckoned so far is out of date: more was counted."""
        self.era += 1
        self.company.settle()
        self._forget()

    def _forget(self) -> None:
        for known in (*self._rarities, *self._news):
            known.clear()

    def _told(self, key: int, script: int) -> float:
        """How many articles of the past held something: on the first days the window stands in for them."""
        stand_in = PRIOR * PRIOR / (PRIOR + self.counts[script])
        return self.seen[key] + 0.5 + stand_in * self.recent[key] / max(PRIOR, self.sizes[script])

    def weights(self, row: Row) -> dict[int, float]:
        """What each term of an article counts: how rare it is, and how new. Brought up to date with what came
        since, as is what the article speaks of."""
        if row.era != self.era:
            row.era, script = self.era, row.script
            row.weights = {
                key: max(0.05, self.rarity(key, script) * row.weak.get(key, 1.0))
                * min(NEW, max(OLD, self.news(key, script)))
                for key in row.keys
            }
            row.norm = sqrt(sum(weight * weight for weight in row.weights.values())) or 1.0
            row.matter, row.known = self.company.matter(
                {
                    key: min(5.0, self.rarity(key, script)) * (1.0 if key in row.heads else DECK)
                    for key in row.keys
                }
            )
        return row.weights

    # --- what two articles share --------------------------------------------------------------------

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

    def piece(self, one: Row, other: Row, phrase: Sequence[int]) -> float:
        """How much a shared phrase looks like a piece of two different names: both go on beyond it, in
        different ways, on a side on which it hardly ever ends. 0 when it does not, else how rare and new the
        rest is in both."""
        most = 0.0
        if len(phrase) > 1:
            return most
        for side, key, step in ((LEFT, phrase[0], -1), (RIGHT, phrase[-1], 1)):
            if (one.free.get(key, 3) | other.free.get(key, 3)) & side:
                continue
            if self.bound[side][key] < (1 - WHOLE) * self.recent[key]:
                continue
            rest = min(self._beside(one, key, step), self._beside(other, key, step))
            most = max(most, rest)
        return most

    def _beside(self, row: Row, key: int, step: int) -> float:
        at = row.places[key]
        beside = row.by_place.get(at + step) or row.by_place.get(at + 2 * step)
        if beside is None:
            return 0.0
        return max(0.0, self.rarity(beside, row.script) * min(1.0, self.news(beside, row.script)) - 2.0)

    def conflict(self, one: Row, other: Row) -> float:
        """How much two headlines that read alike name different things in the same place: "fire in Aston"
        and "fire in Brent" are two fires."""
        first, second = self._gaps(one, other), self._gaps(other, one)
        total = 0.0
        told = self.counts[one.script] + self.sizes[one.script]
        least = UNUSUAL * log(told + 2.0)
        for side in (0, 1):
            there = {gap[side]: gap[2] for gap in second if gap[side]}
            for gap in first:
                if gap[side] and gap[side] in there:
                    total += max(0.0, min(gap[2], there[gap[side]]) - least)
        # As long as little was told every word looks like a name.
        return total * told / (told + PRIOR)

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

    # --- the verdict --------------------------------------------------------------------------------

    def facts(self, one: Row, other: Row, *, ask: bool = False) -> tuple[float, ...] | None:
        """What speaks for and against, in the order of COEFFICIENTS; None when nothing is shared, and when
        the verdict cannot come to more than FLOOR (unless you `ask`)."""
        phrases = self.shared(one, other)
        if not phrases:
            return None
        first, second = self.weights(one), self.weights(other)
        values: list[float] = []
        common = burst = 0.0
        for phrase in phrases:
            # A piece of two different names says little.
            said = exp(-self.piece(one, other, phrase))
            values.append(said * self.weigh(one, phrase))
            common += said * sum(first[key] * second[key] for key in phrase)
            burst = max(burst, said * max(self.news(key, one.script) for key in phrase))
        values.sort(reverse=True)
        in_both = any(key in one.heads and key in other.heads for phrase in phrases for key in phrase)
        facts = (
            values[0], sum(values[1:2]),
            log(common / (one.norm * other.norm) + 0.01), 1.0,
            0.0, abs(one.time - other.time) / WINDOW, float(in_both), burst,
        )  # fmt: skip
        if not ask and verdict(facts) <= FLOOR:
            return None
        known = min(one.known, other.known)
        matter = known * likeness(one.matter, other.matter) + (1.0 - known) * UNKNOWN
        conflict = self.conflict(one, other)
        return (*facts[:3], matter, conflict, *facts[5:])

    def proof(self, one: Row, other: Row) -> float:
        """How sure it is that two articles tell of one event; above 0 it is likelier than not."""
        if one.head == other.head and (one.source == other.source or self.seen[one.head] > COLUMN):
            return -SURE  # a column that comes every day under the same name
        if resemblance(one.sketch, other.sketch) >= COPY:
            return SURE * max(0.0, 1.0 - 0.3 * abs(one.time - other.time) / WINDOW)
        facts = self.facts(one, other)
        if facts is None:
            return FLOOR
        return min(SURE, max(FLOOR, verdict(facts)))


def verdict(facts: Sequence[float]) -> float:
    """What `Evidence.facts` come to."""
    value: float = sum(map(mul, COEFFICIENTS, facts), INTERCEPT)
    return value
