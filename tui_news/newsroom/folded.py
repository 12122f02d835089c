"""A list in which the articles of one story are one row, and the rows of a story that was opened up.

Nothing is worked out here but where rows stand: which articles are one story was found by the front page's
worker (`newsroom.told`). Only the part of the list that is young enough to hold stories is looked through; at
a start that is the part that is there.
"""

from __future__ import annotations

from array import array
from datetime import UTC, datetime
from itertools import compress

from tui_news.cache.listing import Listing
from tui_news.model import Article, ReaderState
from tui_news.newsroom.firstlist import FirstList
from tui_news.newsroom.told import Story, Told

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
    from typing import overload
else:
    from _collections_abc import Sequence  # what collections.abc hands out, without all of collections


class Pile:
    """The articles of one story in a list."""

    __slots__ = ("at", "ids", "open", "spare", "story")

    def __init__(self, story: Story, ids: tuple[str, ...], at: dict[str, int]) -> None:
        self.story = story
        self.ids = ids
        """The one that stands for the story first."""
        self.at = at
        """Where in the list they are, in its order; those that the list does not hold yet are missing."""
        self.open = False
        self.spare = -1
        """How many unread ones there are beside the first of them; -1 before they were counted."""

    @property
    def sources(self) -> list[str]:
        """The sources of the articles, each once."""
        pairs = zip(self.story.ids, self.story.sources, strict=False)
        return list(dict.fromkeys(source for id, source in pairs if id in self.ids))

    def source_of(self, id: str) -> str:
        """The source of one of them."""
        return self.story.sources[self.story.ids.index(id)]

    @property
    def others(self) -> list[int]:
        """Where those are that do not stand for the story."""
        return [place for id, place in self.at.items() if id != self.ids[0]]


class Folded(Sequence[Article]):
    """Rows over `articles`. A row is an article of its own, a story (the article that stands for it), or,
    below a story that is open, one of its other articles."""

    def __init__(
        self,
        articles: Sequence[Article],
        told: Told,
        *,
        sources: Collection[str],
        unread: Callable[[Iterable[Sequence[str]]], list[int]],
        find: Callable[[str, str], Article | None],
        opened: Collection[str] = (),
    ) -> None:
        """`sources` are those of the list, `unread` counts in groups of ids, `find` reads an article (by its
        id and source) that is not in the part of the list that is there; stories with an article among
        `opened` are open."""
        self.articles = articles
        """All of them, as they are without folding."""
        self._told = told
        self._sources = sources
        self._several = len(sources) > 1
        self._all_sources = set(told.sources) <= set(sources)
        self._unread = unread
        self._find = find
        self.piles: list[Pile] = []
        self._rows = array("q")
        """Places in `articles`, or ~n for the n-th pile; behind them stands the rest of the list as it is."""
        self._end = 0
        """How many of the articles the rows are made of."""
        self._missing = 0
        """Rows that the rest will have less than articles, while it is not there."""
        self._inner: dict[int, Pile] = {}
        """The piles of the rows that stand below an open story."""
        self._by_id: dict[str, int] = {}
        self._lay(opened)

    # --- laying out --------------------------------------------------------------------------------

    def _lay(self, opened: Collection[str]) -> None:
        first = self.partial
        told, ids = self._told, self._young()
        found: dict[Story, dict[str, int]] = {}
        if first:
            # The file is not read whole for so few.
            for place, id in enumerate(ids):
                if (story := told.of(id)) is not None:
                    found.setdefault(story, {})[id] = place
        else:
            stories = told.stories
            for place, number in enumerate(map(told.number.get, ids)):
                if number is not None:
                    found.setdefault(stories[number], {})[ids[place]] = place
        self.piles = []
        rows = array("q", range(len(ids)))
        shown = bytearray(b"\1") * len(ids)
        known = 0
        for story, at in found.items():
            own = self._promised(story, at) if first else self._own(story, at)
            if not own:
                continue
            places = iter(at.values())
            rows[next(places)] = ~len(self.piles)
            for place in places:
                shown[place] = 0
            known += len(at) - 1
            self.piles.append(Pile(story, own, at))
        self._missing = self._folded_away() - known if first else 0
        self._rows = array("q", compress(rows, shown))
        self._end = len(ids)
        self._inner = {}
        self._by_id = {id: number for number, pile in enumerate(self.piles) for id in pile.ids}
        if opened:
            for number in {self._by_id[id] for id in opened if id in self._by_id}:
                self._open(number)

    @property
    def partial(self) -> bool:
        """Whether only the beginning of the list is there: the rest counts as the stories say."""
        return isinstance(self.articles, FirstList) and not self.articles.made

    def _own(self, story: Story, at: Mapping[str, int]) -> tuple[str, ...]:
        """The articles of a story that the list has; none when they are no story there. One source that tells
        a thing twice is none among others: it is folded where the list is that source's alone."""
        if len(at) < 2 or (self._several and not story.wide):
            return ()
        if len(at) == len(story.ids):
            return story.ids
        pairs = [(id, source) for id, source in zip(story.ids, story.sources, strict=True) if id in at]
        return self._checked(pairs)

    def _promised(self, story: Story, at: Collection[str]) -> tuple[str, ...]:
        """The same of a list of which only the beginning is there, as far as the worker knew."""
        if self._all_sources and self._several:
            return story.ids if story.wide else ()
        pairs = zip(story.ids, story.sources, strict=True)
        return self._checked([pair for pair in pairs if pair[1] in self._sources or pair[0] in at])

    def _checked(self, pairs: Sequence[tuple[str, str]]) -> tuple[str, ...]:
        if len(pairs) < 2 or (self._several and len({source for _, source in pairs}) < 2):
            return ()
        return tuple([id for id, _ in pairs])

    def _folded_away(self) -> int:
        """By how many rows all stories make the whole list shorter."""
        if self._all_sources and self._several:
            return self._told.articles - self._told.count
        return sum(max(0, len(self._promised(story, ())) - 1) for story in self._told.stories)

    def _young(self) -> Sequence[str]:
        """The ids of the articles that are young enough to be in a story."""
        base = self.articles
        if isinstance(base, FirstList):
            if not base.made:
                return [article.id for article in base.head]
            base = base.whole
        if not isinstance(base, Listing):
            return ids_of(base)
        low, high = 0, len(base)
        since = datetime.fromtimestamp(self._told.since, UTC)
        while low < high:
            middle = (low + high) // 2
            when = base[middle].when
            if when is not None and when >= since:
                low = middle + 1
            else:
                high = middle
        return base[:low].ids

    def _settle(self) -> None:
        """Look through the rest of a list of which only the beginning was there."""
        if self.partial and isinstance(self.articles, FirstList):
            _whole = self.articles.whole
            self._lay([pile.ids[0] for pile in self.piles if pile.open])

    # --- rows --------------------------------------------------------------------------------------

    def __len__(self) -> int:
        return len(self._rows) + len(self.articles) - self._end - self._missing

    def _place(self, row: int) -> int:
        """What stands in a row: a place in the articles, or ~n for a pile. Raises IndexError."""
        if row >= len(self._rows):
            self._settle()
            if row >= len(self._rows):
                place = row - len(self._rows) + self._end
                if place >= len(self.articles):
                    raise IndexError(row)
                return place
        return self._rows[row]

    if TYPE_CHECKING:

        @overload
        def __getitem__(self, index: int) -> Article: ...

        @overload
        def __getitem__(self, index: slice) -> list[Article]: ...

    def __getitem__(self, index: int | slice) -> Article | list[Article]:
        if isinstance(index, slice):
            return [self[row] for row in range(*index.indices(len(self)))]
        place = self._place(index if index >= 0 else index + len(self))
        if place >= 0:
            return self.articles[place]
        pile = self.piles[~place]
        id = pile.ids[0]
        if id in pile.at:
            return self.articles[pile.at[id]]
        return self._find(id, pile.source_of(id)) or self.articles[next(iter(pile.at.values()))]

    def id(self, row: int) -> str:
        """The id of the article that stands for a row."""
        place = self._place(row)
        if place < 0:
            return self.piles[~place].ids[0]
        id_of: Callable[[int], str] | None = getattr(self.articles, "id", None)
        return id_of(place) if id_of is not None else self.articles[place].id

    def ids_at(self, row: int) -> tuple[str, ...]:
        """The ids of all articles that a row stands for."""
        pile = self.pile(row)
        return pile.ids if pile is not None and not pile.open else (self.id(row),)

    def pile(self, row: int) -> Pile | None:
        """The story whose row it is, be it folded or open."""
        place = self._place(row)
        return self.piles[~place] if place < 0 else None

    def above(self, row: int) -> Pile | None:
        """The open story that the article of a row stands below."""
        return self._inner.get(self._place(row))

    def is_last(self, row: int) -> bool:
        """Whether it is the last row below an open story."""
        return row + 1 >= len(self._rows) or self._rows[row + 1] not in self._inner

    def latest(self, row: int) -> datetime | None:
        """When the newest of a row's articles came."""
        pile = self.pile(row)
        if pile is None or pile.open:
            return self[row].when
        times = [when for place in pile.at.values() if (when := self.articles[place].when) is not None]
        return max(times, default=None)

    def row_of(self, id: str, near: int = 0) -> int | None:
        """The row in which an article is shown. Looks around `near` first."""
        number = self._by_id.get(id)
        if number is not None:
            pile = self.piles[number]
            place = pile.at.get(id, -1) if pile.open and id != pile.ids[0] else ~number
            if place in self._rows:
                return self._rows.index(place)
            self._settle()
            return self.row_of(id, near) if place in self._rows else None
        for row in range(max(0, near - 50), min(len(self), near + 50)):
            if self.id(row) == id:
                return row
        try:
            place = ids_of(self.articles).index(id)
        except ValueError:
            return None
        self._settle()
        if place >= self._end:
            return place - self._end + len(self._rows)
        return self._rows.index(place) if place in self._rows else None

    # --- opening up --------------------------------------------------------------------------------

    def toggle(self, row: int) -> int | None:
        """Open the story of a row up, or fold it again, also from a row below it. Gives the story's row; None
        when the row is no story's."""
        place = self._place(row)
        pile = self.piles[~place] if place < 0 else self._inner.get(place)
        if pile is None:
            return None
        number = self.piles.index(pile)
        if not pile.open:
            self._settle()
            number = self._by_id[pile.ids[0]]
            self._open(number)
        else:
            row = self._rows.index(~number)
            pile.open = False
            others = pile.others
            del self._rows[row + 1 : row + 1 + len(others)]
            for place in others:
                del self._inner[place]
        return self._rows.index(~number)

    def _open(self, number: int) -> None:
        pile = self.piles[number]
        if pile.open or ~number not in self._rows:
            return
        row = self._rows.index(~number)
        pile.open = True
        for place in reversed(pile.others):
            self._rows.insert(row + 1, place)
            self._inner[place] = pile

    # --- counts ------------------------------------------------------------------------------------

    @property
    def stories(self) -> int:
        """How many stories and single articles the list has, whatever is open."""
        return len(self) - len(self._inner)

    @property
    def spare(self) -> int:
        """How many of the unread articles stand in a story that has another unread one."""
        if self.partial:
            counts = self._unread(self._promised(story, ()) for story in self._told.stories)
            return sum(count - 1 for count in counts if count > 1)
        unknown = [pile for pile in self.piles if pile.spare < 0]
        for pile, count in zip(unknown, self._unread(pile.ids for pile in unknown), strict=True):
            pile.spare = max(0, count - 1)
        return sum(pile.spare for pile in self.piles)

    def touch(self, id: str = "") -> None:
        """What the reader did with an article has changed, or with all of them."""
        number = self._by_id.get(id)
        for pile in [self.piles[number]] if number is not None else self.piles if not id else ():
            pile.spare = -1


def together(states: Sequence[ReaderState]) -> ReaderState:
    """What holds for a story: it is read when all of it is, and starred, say, when any of it is."""
    return ReaderState(
        all(one.read for one in states), any(one.starred for one in states),
        any(one.later for one in states), any(one.debate for one in states),
        next((one.note for one in states if one.note), ""),
    )  # fmt: skip


def ids_of(articles: Sequence[Article]) -> Sequence[str]:
    """The ids of a list's articles."""
    ids: Sequence[str] | None = getattr(articles, "ids", None)
    return ids if ids is not None else [article.id for article in articles]
