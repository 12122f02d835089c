"""The most discussed of all that is cached (说吧排行): the one ranking, for front page, app and shell.

How many comments the sources tell of is gathered source by source and kept in `discussed.json` beside the
articles: only what was written to a source's journal since is looked at. The file may be thrown away.
"""

from __future__ import annotations

import contextlib
from collections.abc import Set
from datetime import datetime
from heapq import nlargest
from typing import TYPE_CHECKING, Any, Final

from tui_news.cache.codec import hex_id
from tui_news.cache.errors import CacheError
from tui_news.newsroom.front import read, write
from tui_news.portal.discussed import Discussed, lasting, score

if TYPE_CHECKING:
    from pathlib import Path

    from tui_news.newsroom import Newsroom, View

FORMAT: Final = 1
KEPT: Final = 200
"""The most discussed of a source that are kept: no ranking asks for more of one."""
MARK: Final = b'"comments":'
"""What stands in a head record that tells of comments."""
Row = tuple[int, int, int]
"""An article's number, its comments, and when it appeared (seconds)."""


class _Tally:
    """What is known of a source: its most discussed, as of a place in its journal."""

    def __init__(self, gen: str = "", end: int = 0, cut: bool = False, rows: list[Row] | None = None) -> None:
        self.gen, self.end, self.cut = gen, end, cut
        self.rows = {number: (number, comments, when) for number, comments, when in rows or ()}

    def as_json(self) -> list[Any]:
        return [self.gen, self.end, self.cut, list(self.rows.values())]


def _path(newsroom: Newsroom) -> Path:
    return newsroom.places.cache / "discussed.json"


def _kept(newsroom: Newsroom) -> tuple[dict[str, _Tally], dict[str, list[int]]]:
    """The sources' tallies, and how many comments each thread that was read has, by the article's id, with
    the size and time of change of its file."""
    kept = read(_path(newsroom))
    try:
        if kept["discussed"] == FORMAT:
            tallies = {
                str(source): _Tally(
                    str(gen), int(end), bool(cut), [(int(a), int(b), int(c)) for a, b, c in rows]
                )
                for source, (gen, end, cut, rows) in kept["sources"].items()
            }
            threads = {str(id): [int(number) for number in told] for id, told in kept["threads"].items()}
            return tallies, threads
    except (KeyError, TypeError, ValueError, AttributeError):
        pass
    return {}, {}


def count(newsroom: Newsroom) -> tuple[dict[str, _Tally], dict[str, list[int]]]:
    """Bring the count of comments up to date, and give it by source and by thread. With nothing kept, every
    article is looked at once, which takes seconds at 100,000; later only what came since. What cannot be
    written is counted again the next time."""
    tallies, threads = _kept(newsroom)
    changed = False
    for source in sorted(newsroom.cache.own_sources | set(tallies)):
        changed = _bring_up(newsroom, source, tallies) or changed
    changed = _count_threads(newsroom, threads) or changed
    if changed and not newsroom.cache.read_only:
        with contextlib.suppress(CacheError):
            sources = {source: tally.as_json() for source, tally in tallies.items()}
            write(_path(newsroom), {"discussed": FORMAT, "sources": sources, "threads": threads})
    return tallies, threads


def _bring_up(newsroom: Newsroom, source: str, tallies: dict[str, _Tally]) -> bool:
    """Count what was written to one source's journal since; True when that was anything."""
    cache = newsroom.cache
    tally = tallies.get(source) or _Tally()
    told = cache.written(source, tally.gen, tally.end, MARK)
    if not told.gen:
        return tallies.pop(source, None) is not None
    if tally.cut and not told.whole:
        living = sum(1 for number in tally.rows if cache.cached(source, number))
        if living < KEPT // 2:
            # Many of the kept ones are gone: those that had no place have one now.
            told = cache.written(source, "", 0, MARK)
    if not told.heads and not told.whole and (told.gen, told.end) == (tally.gen, tally.end):
        return False
    rows = {} if told.whole else dict(tally.rows)
    for number, moment, head in told.heads:
        comments = head.get("comments") if head else None
        if isinstance(comments, int) and comments > 0:
            rows[number] = (number, comments, moment // 1_000_000)
        else:
            rows.pop(number, None)
    best = nlargest(KEPT, rows.values(), key=lambda row: (lasting(row[1], row[2]), row[0]))
    tallies[source] = _Tally(
        told.gen, told.end, len(best) < len(rows) or (tally.cut and not told.whole), best
    )
    return True


def _count_threads(newsroom: Newsroom, threads: dict[str, list[int]]) -> bool:
    """Count the comments of the threads that were read and are kept: a source may tell no number, or an old
    one. True when any was read since."""
    changed = False
    ids = set(newsroom.cache.threads.ids())
    for id in set(threads) - ids:
        del threads[id]
        changed = True
    for id in ids:
        stamp = newsroom.cache.threads.stamp(id)
        if threads.get(id, [])[1:] == stamp:
            continue
        document = newsroom.cache.threads.get(id) or {}
        comments = document.get("comments")
        threads[id] = [len(comments) if isinstance(comments, list) else 0, *stamp]
        changed = True
    return changed


def most_discussed(
    newsroom: Newsroom,
    view: View | None = None,
    limit: int = 20,
    *,
    now: datetime | None = None,
    sources: Set[str] | None = None,
) -> list[Discussed]:
    """The most discussed cached articles of a view, or of some sources (of all that are shown, without
    either).

    Comments are counted as the source says, or as they were read, whichever is more. Articles that a rule
    hides have no place.
    """
    from tui_news.newsroom import View
    from tui_news.newsroom import now as present

    moment = now or present()
    tallies, threads = count(newsroom)
    if sources is None:
        sources = set(newsroom.source_ids(view or View()))
    ranked: dict[str, tuple[float, int]] = {}
    for source in sources & tallies.keys():
        for number, comments, when in tallies[source].rows.values():
            ranked[hex_id(number)] = score(comments, when, moment), comments
    for id, (comments, *_stamp) in threads.items():
        if comments > ranked.get(id, (0.0, 0))[1]:
            article = newsroom.cache.article(id)
            if article is not None and article.source in sources:
                appeared = article.when.timestamp() if article.when else 0.0
                ranked[id] = score(comments, appeared, moment), comments
    found: list[Discussed] = []
    for id, (points, comments) in sorted(ranked.items(), key=lambda pair: (-pair[1][0], pair[0])):
        article = newsroom.cache.article(id)
        if article is not None and not newsroom.state(id).hidden:
            found.append(Discussed(article.without_body(), comments, points))
            if len(found) == limit:
                break
    return found
