"""Keeping the search index up with the cache: what it lacks, and filling that in small steps."""

from __future__ import annotations

import os
import stat
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from tui_news.cache.codec import dumps, fingerprint, micros
from tui_news.cache.library import to_article
from tui_news.index import CARRIES, Entry, IndexGone, Mark, Version, open_index
from tui_news.model import digest
from tui_news.text.fold import fold

if TYPE_CHECKING:
    from tui_news.cache import Cache
    from tui_news.cache.shelf import Shelf
    from tui_news.index.store import Index
    from tui_news.model import Article
    from tui_news.paths import Places

BATCH = 25
"""Articles in one transaction: some 15 ms."""
REST = 0.005
"""Seconds between two batches in the background."""
GoOn = Callable[[], bool]
"""Asked between two batches."""


def index_path(places: Places) -> Path:
    """Where the index lies: beside the articles, or where SQLite cannot be shared there, for want of locks
    (`TUI_NEWS_LOCK=file`), on a disk of this host. Raises `IndexGone` when there is no place for it that is
    the reader's alone."""
    if os.environ.get("TUI_NEWS_LOCK") != "file":
        return places.cache / "index.sqlite3"
    base = Path(os.environ.get("XDG_RUNTIME_DIR") or f"/var/tmp/tui-news-{os.getuid()}")  # noqa: S108 - checked
    folder = base / "tui-news" / digest(os.fsencode(places.cache.absolute()), 8).hex()
    try:
        for own in (base, folder.parent, folder):
            own.mkdir(exist_ok=True, mode=0o700)
            about = os.lstat(own)
            if not stat.S_ISDIR(about.st_mode) or about.st_uid != os.getuid() or about.st_mode & 0o022:
                raise IndexGone(f"{own} is open to others")
    except OSError as error:
        raise IndexGone(str(error)) from error
    return folder / "index.sqlite3"


class Gap(NamedTuple):
    """What the index lacks of a source."""

    shelf: Shelf
    mark: Mark
    stale: dict[int, Version]
    """Articles that are not indexed as they are now."""
    same: dict[int, int]
    """The stamps of those that are indexed at all."""
    gone: list[int]
    """Indexed ones that the cache has dropped."""


def gaps(cache: Cache, index: Index) -> Iterator[Gap]:
    """The sources whose journals have changed since they were covered. Costs a look at the folder."""
    marks = index.marks()
    for shelf, signature in cache.shelves():
        mark = Mark(*signature)
        if marks.get(shelf.source) == mark:
            continue
        shelf.refresh()
        known = index.known(shelf.source)
        rows, gen = shelf.rows, shelf.heads.gen
        stale: dict[int, Version] = {}
        for row in rows.living():
            version = Version(gen, rows.offs[row])
            found = known.get(rows.ids[row])
            if found is None or found.version != version:
                stale[rows.ids[row]] = version
        gone = [number for number in known if rows.find(number) < 0]
        yield Gap(shelf, mark, stale, {number: one.stamp for number, one in known.items()}, gone)


def _stamp(head: dict[str, Any]) -> int:
    """Equal as long as a head record and its text say the same, wherever they stand."""
    said = {key: value for key, value in head.items() if key != "_b"}
    return fingerprint(dumps([said, head["_b"][1] if head.get("_b") else 0]))


def entry(article: Article, number: int, version: Version, stamp: int, moment: int) -> Entry:
    """An article as the index takes it; the same texts that `Query.matches` looks at."""
    audio = any(enclosure.type.startswith("audio/") for enclosure in article.enclosures)
    carries = CARRIES["audio"] if audio else 0
    carries |= CARRIES["comments"] if article.comments else 0
    carries |= CARRIES["picture"] if article.picture else 0
    for standing in article.standing:
        carries |= CARRIES[standing]
    return Entry(
        source=article.source,
        number=number,
        version=version,
        stamp=stamp,
        time=moment,
        moment=micros(article.when) if article.when else None,
        title=fold(article.headline),
        deck=fold(f"{article.kicker}\n{article.deck}"),
        tags=tuple(map(fold, article.tags)),
        authors=tuple(map(fold, (*article.authors, article.agency))),
        language=fold(article.language),
        carries=carries,
        body=fold("\n".join(block.text for block in article.blocks)),
    )


def fill(gap: Gap, index: Index, go_on: GoOn) -> bool:
    """Index what is lacking, a batch at a time; False when it was stopped. Raises `IndexGone`."""
    waiting = list(gap.stale)
    for at in range(0, len(waiting), BATCH):
        if at and not go_on():
            return False
        _index(gap, index, waiting[at : at + BATCH])
    if gap.gone:
        index.drop(gap.shelf.source, gap.gone)
    index.cover(gap.shelf.source, gap.mark)
    return True


def _index(gap: Gap, index: Index, numbers: Sequence[int]) -> None:
    shelf, entries = gap.shelf, []
    same: dict[int, Version] = {}
    lost: list[int] = []
    for number in numbers:
        row = shelf.rows.find(number)
        head = shelf.head(row) if row >= 0 else None
        article = to_article(head, shelf.source) if head else None
        if head is None or article is None:
            # Dropped meanwhile, or damaged: no search finds it.
            lost += [number] if number in gap.same else []
            continue
        stamp = _stamp(head)
        if gap.same.get(number) == stamp:
            same[number] = gap.stale[number]
            continue
        full = to_article(head, shelf.source, shelf.blocks(head) or ()) or article
        entries.append(entry(full, number, gap.stale[number], stamp, shelf.rows.times[row]))
    if same:
        index.stay(shelf.source, same)
    if lost:
        index.drop(shelf.source, lost)
    if entries:
        index.put(entries)


def catch_up(cache: Cache, index: Index, go_on: GoOn) -> bool:
    """Bring the index up to the cache; False when it was stopped before. Raises `IndexGone`."""
    for source in index.sources().difference(cache.own_sources) if cache.own_sources else ():
        index.drop_source(source)
    return all(fill(gap, index, go_on) and go_on() for gap in gaps(cache, index))


def tidy(cache: Cache, index: Index, go_on: GoOn) -> bool:
    """Give up what is mostly dead, put postings together; False when it was stopped before. Raises
    `IndexGone`."""
    while go_on():
        moving = index.moving(BATCH)
        if not moving:
            if not index.merge():
                index.save()
                return True
            continue
        for source in {source for source, _ in moving}:
            _move(cache, index, source, [number for one, number in moving if one == source])
    return False


def _move(cache: Cache, index: Index, source: str, numbers: Sequence[int]) -> None:
    shelf = cache.shelf_of(source)
    if shelf is None:
        index.drop_source(source)
        return
    rows = {number: shelf.rows.find(number) for number in numbers}
    stale = {n: Version(shelf.heads.gen, shelf.rows.offs[row]) for n, row in rows.items() if row >= 0}
    index.drop(source, [number for number, row in rows.items() if row < 0])
    _index(Gap(shelf, Mark(0, 0), stale, {}, []), index, list(stale))


class Worker:
    """Fills the index in a thread with a cache and an index of its own, as another process would."""

    def __init__(self, places: Places) -> None:
        self.places = places
        self._stop = threading.Event()
        self._thread: threading.Thread | None = None

    @property
    def busy(self) -> bool:
        return self._thread is not None and self._thread.is_alive()

    def start(self) -> None:
        """Begin, unless it is at it already."""
        if not self.busy and not self._stop.is_set():
            self._thread = threading.Thread(target=self._run, name="index", daemon=True)
            self._thread.start()

    def wait(self, seconds: float) -> None:
        """Wait until it is done, at most so long."""
        if self._thread is not None:
            self._thread.join(seconds)

    def stop(self) -> None:
        """End after the batch that is being written."""
        self._stop.set()
        if self._thread is not None:
            self._thread.join(5)

    def _go_on(self) -> bool:
        return not self._stop.wait(REST)

    def _run(self) -> None:
        self._keep_up()
        if not self._stop.is_set():
            self._compact()

    def _compact(self) -> None:
        """Rewrite the reader's journal when it is mostly history."""
        from tui_news.cache import Cache, CacheError

        # What is wrong there is said by the cache that the reader works with.
        with suppress(CacheError, OSError), Cache.open(self.places) as cache:
            cache.compact_state()

    def _keep_up(self) -> None:
        from tui_news.cache import Cache, CacheError

        try:
            with (
                Cache.open(self.places, read_only=True) as cache,
                open_index(index_path(self.places)) as index,
            ):
                if catch_up(cache, index, self._go_on):
                    tidy(cache, index, self._go_on)
        except (CacheError, IndexGone, OSError):
            # Searching goes on without it, and the next one to need it tries again.
            return


__all__ = ["Gap", "Worker", "catch_up", "entry", "gaps", "index_path", "tidy"]
