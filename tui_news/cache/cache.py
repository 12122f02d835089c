"""The cache as the rest of the program sees it."""

from __future__ import annotations

from datetime import UTC, datetime

from tui_news.cache.bits import BITS, HIDDEN, READ, SEEN
from tui_news.cache.codec import hex_ids, parse_id, parse_ids
from tui_news.cache.derivedface import DerivedFace
from tui_news.cache.library import to_article
from tui_news.cache.listing import Listing
from tui_news.cache.pastface import PastFace
from tui_news.cache.results import Changes, Count, Listed, Retained, Stored
from tui_news.cache.shelf import Shelf
from tui_news.cache.statuses import status_in, status_out, trusted
from tui_news.model import Article, FeedStatus
from tui_news.paths import Places

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any, Literal, TypeAlias

    from tui_news.cache.ready import Ready
    from tui_news.cache.storing import Entry
    from tui_news.cache.tiny import JournalTable
    from tui_news.cache.versions import Past

Mark: TypeAlias = "Literal['starred', 'later', 'debate', '']"


class Cache(DerivedFace, PastFace):
    """Articles, the reader's state, feed statuses and the program's memory, shared between processes.

    Safe to call from several threads. What cannot be written raises `CacheError`, one plain line; what
    was committed before is intact. `messages` holds plain lines about what was found and done.
    """

    @classmethod
    def open(cls, places: Places, *, starter: Path | None = None, read_only: bool = False) -> Cache:
        """Open the reader's cache; the folders need not exist yet. `starter` is a folder in the same format
        that is only read. Raises `CacheError` when an old format cannot be brought up to date."""
        return cls(places, starter, read_only)

    # --- articles -------------------------------------------------------------------------------------

    def store(
        self, source: str, articles: Sequence[Article], *, now: datetime, listed: Listed | None = None
    ) -> Stored:
        """Keep what a source gave. Unchanged entries write nothing. Raises `CacheError`; ValueError on an id
        that is not 12 hex digits."""
        from tui_news.cache.storing import prepare

        return self._store(source, prepare(source, articles), now, listed)

    def store_ready(
        self, source: str, entries: Sequence[Ready], *, now: datetime, listed: Listed | None = None
    ) -> Stored:
        """As `store`, of what another process has made ready (`cache.ready.unpack`)."""
        return self._store(source, entries, now, listed)

    def _store(
        self, source: str, entries: Sequence[Entry] | Sequence[Ready], now: datetime, listed: Listed | None
    ) -> Stored:
        from tui_news.cache.storing import plan

        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            shelf = self.library.shelf(source)
            self.library.select([source])
            self._heal()
            self._say(self.book.load())
            self.book.refresh()
            with self._cache_lock:
                shelf.refresh()
                todo = plan(shelf, entries, now, self._was_read, listed)
                if not todo.heads:
                    return Stored()
                shelf.add(todo.heads, todo.bodies)
            shelf.save_index()
            self.library.noted(shelf)
            self._stored = True
            return todo.told

    def _was_read(self, number: int) -> bool:
        return bool(self.book.flags(number) & READ)

    def listing(
        self,
        sources: Sequence[str] | None = None,
        *,
        unread: bool = False,
        mark: Mark = "",
        since: datetime | None = None,
        hidden: bool = False,
    ) -> Listing:
        """Articles without their blocks, newest first by (when, id); of all sources when None. Those that a
        rule hides are left out, unless the reader marked them; with `hidden` it is they alone."""
        wanted = (BITS[mark] if mark else 0) | (HIDDEN if hidden else 0)
        mask = wanted | (READ if unread else 0)
        with self._guard:
            self._say(self.book.load())
            if self.book.hides and not wanted:
                mask |= HIDDEN
            found = self.library.listing(sources, mask, wanted, since)
            if self.library.damaged:
                self._heal()
                found = self.library.listing(sources, mask, wanted, since)
            return found

    def edition(self, limit: int = 100) -> list[Article]:
        """The newest articles of all sources, from the prepared edition when there is one."""
        with self._guard:
            self._say(self.book.load())
            heads = self._door.newest(limit)
            if heads is None:
                self._unprepared()
                return list(self.listing()[:limit])
            found = [to_article(head, head["source"]) for head in heads]
            return [article for article in found if article is not None]

    def _unprepared(self) -> None:
        # The next start finds a prepared edition again.
        self._stored = self._stored or (self._articles_writable and bool(self.library.shelves))

    def article(self, id: str, source: str | None = None) -> Article | None:
        """An article with its blocks; None when it is not cached. One whose text was lost comes without it,
        and the next refresh of its source brings it again. Who knows the `source` spares reading others."""
        with self._guard:
            place = self._find(id, source)
            head = self.library.head(*place) if place else None
            if place is None or head is None:
                self._heal()
                return None
            blocks = place[0].blocks(head)
            if blocks is None:
                self.library.damaged[place[0].source] = place[0]
                self._heal()
            return to_article(head, place[0].source, blocks or ())

    def _find(self, id: str, source: str | None = None) -> tuple[Shelf, int] | None:
        number = parse_id(id)
        if number is None:
            return None
        if source is None and not self.library.warm:
            source = self._door.source_of(id)
        return self.library.find(number, source)

    def put_body(self, id: str, article: Article) -> None:
        """Keep the full text that was read from an article's page. Nothing happens when the article is not
        cached any more. Raises `CacheError`."""
        from tui_news.cache.storing import filled, reread

        def write(shelf: Shelf, head: dict[str, Any]) -> bool:
            doc, text = filled(head, article)
            if self._was_read(int(id, 16)):
                reread(head, doc, text, shelf, datetime.now(UTC))
            shelf.add([doc], {id: text} if text else {})
            return True

        with self._guard:
            self._say(self.book.load())
            self._rewrite(id, write)

    def restore(
        self,
        source: str,
        articles: Sequence[Article],
        *,
        now: datetime,
        pasts: Mapping[str, Past] | None = None,
        dry: bool = False,
    ) -> Stored:
        """Bring back articles of a backup that are not here, or without their text, with what became of them
        (`pasts`, by id). Raises `CacheError`; ValueError on an id that is not 12 hex digits."""
        from tui_news.cache.storing import lacking, prepare

        entries = prepare(source, articles)
        with self._guard:
            if dry:
                self.library.select([source])
                return lacking(self.library.shelf(source), entries, now, pasts).told
            self._begin(self.places.cache, self._articles_writable)
            shelf = self.library.shelf(source)
            self.library.select([source])
            with self._cache_lock:
                shelf.refresh()
                todo = lacking(shelf, entries, now, pasts)
                if todo.heads:
                    shelf.add(todo.heads, todo.bodies, todo.formers)
            self.library.noted(shelf)
            self._stored = self._stored or bool(todo.heads)
            return todo.told

    def tags(self, id: str) -> tuple[str, ...]:
        """The tags that the reader's rules gave an article."""
        with self._guard:
            place = self._find(id)
            head = self.library.head(*place) if place else None
            return tuple(map(str, head.get("_k", ()))) if head else ()

    def put_tags(self, source: str, tags: Mapping[str, Sequence[str]]) -> int:
        """Give articles of a source tags of the reader's own, in place of those that they had; how many
        changed. Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            shelf = self.library.shelf(source)
            self.library.select([source])
            changed: dict[str, dict[str, Any]] = {}
            with self._cache_lock:
                shelf.refresh()
                for id, wanted in tags.items():
                    number = parse_id(id)
                    row = shelf.rows.find(number) if number is not None else -1
                    head = shelf.head(row) if row >= 0 else None
                    if head is not None and tuple(head.get("_k", ())) != tuple(wanted):
                        changed[id] = {**head, "_k": list(wanted)}
                        if not wanted:
                            del changed[id]["_k"]
                shelf.commit(changed)
            if changed:
                self.library.noted(shelf)
                self._stored = True
            return len(changed)

    def table(self, source: str) -> JournalTable:
        """The heads of a source as a TinyDB table, to be searched with TinyDB's queries."""
        from tui_news.cache.tiny import JournalDB

        with self._guard:
            return JournalDB(heads=self.library.shelf(source)).journal_table("heads")

    def resolve(self, prefix: str) -> tuple[str, ...]:
        """The ids of cached articles that start with `prefix`."""
        with self._guard:
            return self.library.resolve(prefix)

    def counts(self, sources: Sequence[str] | None = None) -> dict[str, Count]:
        """Articles and unread ones of each source that has any files."""
        with self._guard:
            found = None
            if not self.library.warm:
                found = self._door.counts()
                if found is None:
                    self._unprepared()
            if found is None:
                found = self.library.counts(sources)
            elif sources is not None:
                found = {source: found[source] for source in sources if source in found}
            self._heal()
            return {source: Count(*pair) for source, pair in found.items()}

    def unread(self, ids: Sequence[str]) -> int:
        """How many of these articles are neither read nor hidden."""
        with self._guard:
            self._say(self.book.load())
            flags = self.book.all_flags() if len(ids) > 100 else None
            look = self.book.flags if flags is None else flags.get
            return sum(1 for number in parse_ids(ids) if not (look(number) or 0) & SEEN)

    def stamp(self) -> tuple[object, ...]:
        """Equal as long as this program knows of no change to articles or to the reader's state."""
        with self._guard:
            journal = self.book.journal
            return (journal.gen, journal.end, frozenset(self.library.seen().items()))

    # --- sources --------------------------------------------------------------------------------------

    def status(self, source: str) -> FeedStatus:
        """What the last tries at a source gave."""
        with self._guard:
            doc = self._ledger(self._statuses).get(source) or {}
            return status_in(source, trusted(doc, self.places.cache, source))

    def put_status(self, status: FeedStatus) -> None:
        """Keep it. Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            doc = status_out(status)
            if shelf := self.library.shelves.get(status.source):
                # What the validators stand for: after a power cut it may be gone.
                doc["_heads"] = [shelf.heads.gen, shelf.heads.end]
            self._statuses.commit({status.source: doc})

    def statuses(self) -> dict[str, FeedStatus]:
        """Those of all sources that were ever tried."""
        with self._guard:
            docs = self._ledger(self._statuses).docs()
            return {s: status_in(s, trusted(doc, self.places.cache, s)) for s, doc in docs.items()}

    def failed(self) -> set[str]:
        """The sources whose last try failed, without looking at their articles."""
        with self._guard:
            return {source for source, doc in self._ledger(self._statuses).docs().items() if doc.get("error")}

    def drop_source(self, source: str) -> None:
        """Put a source's articles aside, forget its status; `restore_source` undoes it within a day."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            from tui_news.cache.keep import put_aside

            put_aside(self.library, source)
            if self._statuses.get(source) is not None:
                self._statuses.commit({}, [source])
            self._stored = True

    def restore_source(self, source: str) -> bool:
        """Undo `drop_source`; False when it is too late."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            from tui_news.cache.keep import take_back

            self._stored = True
            return take_back(self.library, source)

    # --- sharing and upkeep -----------------------------------------------------------------------------

    def poll(self) -> Changes:
        """What other processes changed since the last poll (for the first: since this one first looked).
        Costs a look at the folder, not at the files."""
        with self._guard:
            self.book.refresh()
            self._statuses.docs()
            sources = self.library.discover() | self._statuses.changed
            self._statuses.changed.clear()
            touched, self.book.touched = sorted(self.book.touched), set()
            self.library.marked(touched)
            return Changes(tuple(sorted(sources)), tuple(hex_ids(touched)))

    def retain(self, *, days: int, per_source: int, now: datetime, budget: int, quota: int = 0) -> Retained:
        """One bounded step of retention: at most `budget` articles go. `quota`, in bytes, is what all of them
        may take (0: no limit). Raises `CacheError`."""
        with self._guard:
            self._begin(self.places.cache, self._articles_writable)
            self.book.refresh()
            self.library.discover()
            self.library.select(None)
            self._heal()
            if self._keeper is None:
                from tui_news.cache.keep import Keeper

                self._keeper = Keeper(self.library)
            result = self._keeper.retain(
                days=days, per_source=per_source, now=now, budget=budget, quota=quota
            )
            self._stored = self._stored or bool(result.dropped or result.compacted)
            return result

    def check(self, repair: bool = False) -> list[str]:
        """Read every record and say what is wrong; with `repair`, set damaged files aside and go on with
        what is whole. Plain lines, none when all is well. Raises `CacheError`."""
        from tui_news.cache.heal import heal_shelf, inspect

        with self._guard:
            ledgers = [self._statuses, self._memory]
            lines = list(inspect(self.library, self.book, ledgers))
            if not lines or not repair:
                return lines
            self._begin(self.places.cache, self._articles_writable)
            self._begin(self.places.data, self._state_writable)
            done = [self.book.mend(), *(ledger.repair() for ledger in ledgers)]
            for shelf in list(self.library.shelves.values()):
                done += heal_shelf(self.library, shelf, self._statuses)
            self._stored = True
            return [line for line in done if line]
