"""Articles about the same event, across sources, folded into stories: one by one, as they come.

Candidates come from an inverted index of each article's rarest terms, so that the cost of an article does not
grow with what is cached; how sure it is that two are one event is told by `portal.evidence`. An article joins
the story that it goes with best by the mean of its proofs against most of the reports there, not by the best
of them: a chain of neighbours is no story.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tui_news.portal.evidence import COPY, HOUR, WINDOW, Evidence, Note, Row
from tui_news.portal.terms import resemblance, terms

__all__ = ["HOUR", "WINDOW", "Folder", "Note", "Row", "Story"]

MOST = 0.75
"""The share of the proofs between two stories, the best ones, whose mean decides: one report that dwells on
something of its own keeps none out."""
SLACK = 3.0
"""A story that is further below proof than this is not looked at again."""
PROBES, CLOSEST = 12, 24
"""By how many of its terms an article is looked up; how many of those found are compared exactly."""
POSTING = 400
"""Articles of one term that are looked at, newest first."""
MEMBERS = 12
"""Articles of a story that speak for it."""


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


class Folder(Evidence):
    """Folds articles into stories. What it knows can be kept and taken up again (`newsroom.front`)."""

    def __init__(self) -> None:
        super().__init__()
        self.rows: dict[str, Row] = {}
        self.stories: dict[int, list[str]] = {}
        self._postings: dict[int, list[str]] = defaultdict(list)
        self._marks: dict[int, list[str]] = defaultdict(list)
        self._proofs: dict[tuple[str, str], float] = {}
        self._next = 0

    def add(self, notes: Sequence[Note]) -> None:
        """Take in new articles, in any order; those that are known already are left as they are."""
        fresh = [note for note in notes if note.id not in self.rows]
        rows = [Row(note, terms(note.headline, note.deck)) for note in fresh]
        for row in rows:
            # How many could be alike by chance counts from the first of them on.
            self.tell(row)
            self.company.learn(row.keys)
        self.turn()
        for row in sorted(rows, key=lambda row: (row.time, row.id)):
            self.enter(row)
            self._join(row)

    def turn(self) -> None:
        super().turn()
        self._proofs.clear()

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
        """How sure it is that two stories are one: the mean of the better part of the proofs between them."""
        first, second = self.stories[one][-MEMBERS:], self.stories[other][-MEMBERS:]
        proofs = sorted((self._proof(a, b) for a in first for b in second), reverse=True)
        counted = proofs[: max(1, round(MOST * len(proofs)))]
        return sum(counted) / len(counted)

    def _proof(self, one: str, other: str) -> float:
        pair = (one, other) if one < other else (other, one)
        value = self._proofs.get(pair)
        if value is None:
            if len(self._proofs) > 100_000:
                self._proofs.clear()
            value = self._proofs[pair] = self.proof(self.rows[pair[0]], self.rows[pair[1]])
        return value

    def resume(self, notes: Sequence[Note], stories: Iterable[Sequence[str]]) -> None:
        """Take up articles that were folded before, each in the story that it was in."""
        place = {id: number for number, ids in enumerate(stories) for id in ids}
        for note in notes:
            number = place.get(note.id)
            if number is None or note.id in self.rows:
                continue
            row = Row(note, terms(note.headline, note.deck))
            self.tell(row)
            row.story = number
            self.stories.setdefault(number, []).append(row.id)
            self.rows[row.id] = row
        self._next = max(self.stories, default=-1) + 1
        self.turn()
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
            self.tell(row, -1)
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
