"""What the tests of the cache are made of: articles, places, and a cache small enough to damage."""

from __future__ import annotations

import shutil
from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui_news.cache import Cache
from tui_news.cache.latest import Change
from tui_news.model import Article, FeedStatus, article_id, paragraphs
from tui_news.paths import Places

COUNT = 3
NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)


def places_in(folder: Path) -> Places:
    return Places(folder / "config", folder / "cache", folder / "data")


def make(source: str, number: int, **fields: object) -> Article:
    """Article `number` of a source, one hour older than the one before it."""
    values: dict[str, object] = {
        "url": f"https://{source}.example/articles/{number}",
        "headline": f"Report {number} from {source}",
        "published": NOW - timedelta(hours=number),
        "blocks": paragraphs(f"The text of report {number}.\n\nIt has a second paragraph, 第二段。"),
    }
    return Article(article_id(source, str(number)), source, **(values | fields))  # type: ignore[arg-type]


def some(source: str, count: int) -> list[Article]:
    return [make(source, number) for number in range(count)]


def small(folder: Path) -> Places:
    """Two sources of three articles, statuses, marks, a note, a position and memory."""
    places = places_in(folder)
    with Cache.open(places) as cache:
        for source in ("alpha", "beta"):
            cache.store(source, some(source, COUNT), now=NOW)
            cache.put_status(FeedStatus(source, etag=f'"{source}"', checked=NOW))
        cache.mark([a.id for a in some("alpha", COUNT)], "mark all read", read=True)
        cache.mark([make("beta", 0).id], "star", starred=True)
        cache.mark([make("beta", 1).id], "note", note="to be looked at", later=True)
        cache.mark([make("beta", 1).id], "", position=1)
        cache.undo()
        cache.redo()
        cache.mark_all([([make("gone", 1).id], {"hidden": True})], "", quiet=True)
        elsewhere = [Change("debate", 1_767_225_600_000, True, [int(make("beta", 2).id, 16)])]
        cache.merge(elsewhere, what="import")
        cache.put_tags("beta", {make("beta", 2).id: ("mine",)})
        cache.threads.put(make("beta", 0).id, {"read": 1})
        cache.talk.put(make("beta", 0).id, {"draft": "to be sent"})
        cache.put_memory("theme", "ink")
        cache.put_numbers([make("beta", 0).id])
    return places


def with_indices(places: Places) -> None:
    """Write the derived files that a small cache does without."""
    with Cache.open(places) as cache:
        cache.listing()
        for shelf in cache.library.shelves.values():
            shelf.save_index(force=True)
        cache.book.load()
        cache.book.save_index(force=True)


def copy(places: Places, folder: Path, damaged: Path, content: bytes) -> Places:
    """A copy in which one file holds something else."""
    target = places_in(folder)
    if folder.exists():
        shutil.rmtree(folder)
    root = places.cache.parent
    for file in files(places):
        path = folder / file
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content if file == damaged else (root / file).read_bytes())
    return target


def files(places: Places) -> list[Path]:
    """Every file of a cache, relative to the folder that holds both directories."""
    root = places.cache.parent
    found = [*places.cache.rglob("*"), *places.data.rglob("*")]
    return sorted(path.relative_to(root) for path in found if path.is_file())
