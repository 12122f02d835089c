"""What a query finds in the cache: by the index where it is up to date, by looking where it is not."""

from __future__ import annotations

import time
from collections.abc import Iterator, Mapping, Sequence
from operator import itemgetter
from typing import TYPE_CHECKING, overload

from tui_news.cache import Count
from tui_news.cache.bits import BITS, HIDDEN, NOTED, READ
from tui_news.cache.codec import hex_id, hex_ids, micros
from tui_news.index import Condition, Hit, IndexGone, open_index
from tui_news.index.rank import aging
from tui_news.model import Article
from tui_news.newsroom.indexing import Gap, Worker, gaps, index_path
from tui_news.portal.query import STANDINGS, Query, QueryError, Term, source_holds

if TYPE_CHECKING:
    from tui_news.cache import Cache
    from tui_news.index.store import Index
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.views import View

AT_ONCE = 64
"""Articles that are looked through rather than waited for; more of them start the worker."""
State = tuple[Mapping[int, int], int, int]
"""The flags by article, which of them are looked at, and how they must be."""
_AGAIN = 10.0
"""Seconds before an index that could not be opened is tried again."""


class Hits(Sequence[Article]):
    """Articles without their bodies, each decoded when it is looked at."""

    def __init__(self, cache: Cache, hits: Sequence[Hit]) -> None:
        self._cache = cache
        self._hits = hits

    def __len__(self) -> int:
        return len(self._hits)

    @overload
    def __getitem__(self, index: int) -> Article: ...

    @overload
    def __getitem__(self, index: slice) -> Hits: ...

    def __getitem__(self, index: int | slice) -> Article | Hits:
        if isinstance(index, slice):
            return Hits(self._cache, self._hits[index])
        _, number, source, _ = self._hits[index]
        return self._cache.head(source, number) or Article(hex_id(number), source)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all of them."""
        return tuple(hex_ids([hit[1] for hit in self._hits]))


class Finder:
    """Finds for a newsroom. Opens the index when the first query comes."""

    def __init__(self, newsroom: Newsroom) -> None:
        self.newsroom = newsroom
        self.worker = Worker(newsroom.places)
        self._index: Index | None = None
        self._not_before = 0.0
        self._counted: dict[str, Count] = {}
        self._counted_at: object = None

    def close(self) -> None:
        """End the worker, let go of the index."""
        self.worker.stop()
        self._drop()

    def let_go(self) -> None:
        """Give memory back that is held only for the next query."""
        if self._index is not None:
            self._index.let_go()

    def _drop(self) -> None:
        if self._index is not None:
            self._index.close()
            self._index = None

    def index(self) -> Index:
        """The open index. Raises `IndexGone`."""
        if self._index is not None and self._index.replaced:
            self._drop()
        if self._index is None:
            if time.monotonic() < self._not_before:
                raise IndexGone("it could not be opened a moment ago")
            cache = self.newsroom.cache
            try:
                self._index = open_index(index_path(self.newsroom.places), read_only=cache.read_only)
            except IndexGone:
                self._not_before = time.monotonic() + _AGAIN
                raise
        return self._index

    def find(self, view: View, query: Query) -> Hits | list[Article]:
        """The articles of a view that answer, newest first, or best first where the view is ranked."""
        try:
            return Hits(self.newsroom.cache, self._by_index(view, query))
        except IndexGone:
            self._drop()
            return self.look_through(view, query)

    def look_through(self, view: View, query: Query) -> list[Article]:
        """The same without an index, newest first: looks at every article."""
        newsroom = self.newsroom
        listings = [
            newsroom.cache.listing(
                newsroom.source_ids(view), unread=view.unread, mark=view.mark, hidden=hidden
            )
            for hidden in ((False, True) if view.hidden else (query.hidden,))
        ]
        return [article for listing in listings for article in listing if newsroom.matches(query, article)]

    def count(self, text: str) -> Count:
        """How many articles of all sources a query finds, and how many of them are unread."""
        from tui_news.newsroom import now
        from tui_news.newsroom.views import View

        cache = self.newsroom.cache
        moment = now()
        # What has an age (`after:2d`) is counted anew each minute, anything when something has changed.
        stamp = (cache.stamp(), moment.replace(second=0, microsecond=0), self.newsroom.site)
        if stamp != self._counted_at:
            self._counted, self._counted_at = {}, stamp
        if (known := self._counted.get(text)) is not None:
            return known
        try:
            found = self.find(View(), Query.parse(text, now=moment))
        except QueryError:
            return Count()
        unread = cache.unread(found.ids if isinstance(found, Hits) else [article.id for article in found])
        self._counted[text] = Count(len(found), unread)
        return self._counted[text]

    def _by_index(self, view: View, query: Query) -> list[Hit]:
        asked = list(conditions(query))
        index = self.index()
        cache = self.newsroom.cache
        lacking = list(gaps(cache, index))
        stale = sum(len(gap.stale) for gap in lacking)
        if stale > AT_ONCE and not cache.read_only:
            self.worker.start()
        if stale > AT_ONCE and index.count() < stale:
            raise IndexGone("most articles are not indexed yet")
        allowed = self._allowed(view, query)
        found = self._sifted(index.find(asked), allowed, self._state(view, query), lacking)
        looked = list(self._looked(view, query, lacking, allowed))
        if not view.ranked:
            return sorted([*found, *looked], reverse=True) if looked else found
        now = time.time_ns() // 1000
        worth = [*index.scores(asked, found, now), *(0.5 * aging(now, hit[0]) for hit in looked)]
        hits = [*found, *looked]
        return [hits[at] for at in sorted(range(len(hits)), key=worth.__getitem__, reverse=True)]

    def _sifted(
        self, found: list[Hit], allowed: set[str], state: State | None, lacking: Sequence[Gap]
    ) -> list[Hit]:
        """What is left of the index's hits: of allowed sources, in the state that is asked for, and true."""
        allowed = allowed & self.newsroom.cache.own_sources
        if not allowed.issuperset(map(itemgetter(2), found)):
            found = [hit for hit in found if hit[2] in allowed]
        if state is not None:
            flags, mask, wanted = state
            found = [hit for hit in found if flags.get(hit[1], 0) & mask == wanted]
        doubtful = {(number, gap.shelf.source) for gap in lacking for number in (*gap.stale, *gap.gone)}
        return [hit for hit in found if hit[1:3] not in doubtful] if doubtful else found

    def _looked(self, view: View, query: Query, lacking: Sequence[Gap], allowed: set[str]) -> Iterator[Hit]:
        """Hits among what is not in the index: what has just come, and the starter edition."""
        newsroom, cache = self.newsroom, self.newsroom.cache
        state = self._state(view, query)
        for gap in lacking:
            rows, source = gap.shelf.rows, gap.shelf.source
            for number in gap.stale if source in allowed else ():
                article = cache.head(source, number)
                if article is None or not newsroom.matches(query, article):
                    continue
                hit = (rows.times[rows.find(number)], number, source, 0)
                yield from self._sifted([hit], allowed, state, ())
        starter = [source for source in allowed if source not in cache.own_sources]
        for article in cache.listing(starter, unread=view.unread, mark=view.mark) if starter else ():
            if newsroom.matches(query, article):
                yield micros(article.when), int(article.id, 16), article.source, 0

    def _allowed(self, view: View, query: Query) -> set[str]:
        """The sources of the view that `source:` and `section:` leave."""
        newsroom = self.newsroom
        terms = [term for term in query.terms if term.field in ("source", "section")]
        return {
            id
            for id in newsroom.source_ids(view)
            if all(
                source_holds(term, id, newsroom.source_name(id), newsroom.section_name(id)) != term.negated
                for term in terms
            )
        }

    def _state(self, view: View, query: Query) -> State | None:
        """The reader's state that is asked for; None when none is."""
        wanted = wanted_not = 0
        if view.unread:
            wanted_not |= READ
        if view.mark:
            wanted |= BITS[view.mark]
        for term in query.terms:
            if term.field == "is" and term.value not in STANDINGS:
                bit = READ if term.value == "unread" else NOTED if term.value == "noted" else BITS[term.value]
                if (term.value == "unread") != term.negated:
                    wanted_not |= bit
                else:
                    wanted |= bit
        flags = self.newsroom.cache.flags()
        if flags.hides and not (wanted & HIDDEN or view.mark or view.hidden):
            wanted_not |= HIDDEN
        if not wanted and not wanted_not:
            return None
        if wanted & wanted_not:
            return {}, READ, READ
        return flags.by_id(), wanted | wanted_not, wanted


def conditions(query: Query) -> Iterator[Condition]:
    """A query's terms as the index takes them, but for sources and the reader's state."""
    for term in query.terms:
        if term.field in ("after", "before"):
            yield Condition(term.field, _micros(term), term.negated)
        elif term.value in STANDINGS and term.field == "is":
            yield Condition("has", term.value, term.negated)
        elif term.field not in ("source", "section", "is"):
            yield Condition(term.field, term.value, term.negated)


def _micros(term: Term) -> int:
    from datetime import UTC, datetime, timedelta

    assert term.moment is not None
    return (term.moment - datetime(1970, 1, 1, tzinfo=UTC)) // timedelta(microseconds=1)
