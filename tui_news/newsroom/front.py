"""The front page of the reader's newspaper as it is kept: read at a start, shown as a list.

Derived files in the cache's folder, each of which may be thrown away: `front.json` is the page, of the same
size however much is cached, and `front.*.json` that of a site; `told` is which articles are one story, for
lists (`newsroom.told`), and `folding.json` what folding goes on from (`newsroom.foldstate`).
`newsroom.frontmaking` makes all of them.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from tui_news.cache.codec import dumps, frame, loads, unframe
from tui_news.folders import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from typing import Any

    from tui_news.model import Article
    from tui_news.newsroom import Newsroom
    from tui_news.paths import Places
    from tui_news.portal.front import Front


def front_path(places: Places, site: str | None = None) -> Path:
    """Where the page of a site lies, or with None that of all sources."""
    if site is None:
        return places.cache / "front.json"
    from tui_news.model import digest

    return places.cache / f"front.{digest(site.encode('utf-8', 'replace'), 6).hex()}.json"


def read(path: Path) -> Any:
    """A derived file's value; None when it is absent or damaged."""
    try:
        with open(path, "rb", opener=plain) as file:
            payload = unframe(file.read().rstrip(b"\n"))
        return loads(payload) if payload is not None else None
    except (OSError, ValueError):
        return None


def write(path: Path, value: Any) -> None:
    """Keep a derived file. Raises `CacheError`."""
    from tui_news.cache.files import replace_file

    replace_file(path, [frame(dumps(value))], sync=False)


def stamp_of(places: Places, site: str | None = None) -> tuple[int, int] | None:
    """Tells one front page from another without reading it; None when there is none."""
    try:
        found = os.stat(front_path(places, site))
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def articles_of(front: Front | None) -> list[Article]:
    """The page's stories as articles that a list shows, in reading order: no more of them than is printed."""
    from tui_news.model import Article

    return [
        Article(
            item.id, item.origin, headline=item.headline, kicker=item.kicker, deck=item.deck,
            published=datetime.fromtimestamp(item.when, UTC), comments=item.comments or None,
        )
        for item in (front.items() if front else ())
    ]  # fmt: skip


def front_of(newsroom: Newsroom) -> Front | None:
    """The page of the site that is shown, as it was last worked out; None when there is none yet."""
    found = read(front_path(newsroom.places, newsroom.site))
    if found is None:  # a start without a page does without what makes one of it
        return None
    from tui_news.portal.front import from_json

    return from_json(found)
