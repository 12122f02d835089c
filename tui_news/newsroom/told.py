"""Which articles are one story, as the front page's worker left it for every list.

`told` in the cache's folder is derived and may be thrown away. It is lines of ids and not JSON: a start reads
it before its first list is painted, and has no time to load a parser for that much.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import TYPE_CHECKING, Final
from zlib import crc32

from tui_news.i18n import many

if TYPE_CHECKING:
    from dataclasses import dataclass
    from pathlib import Path

    from tui_news.model import Article
    from tui_news.newsroom import Newsroom
    from tui_news.paths import Places
else:
    from tui_news.records import dataclass

FILE: Final = "told"
FORMAT: Final = b"tui-news stories 1 %08x"
LIMIT: Final = 8_000_000
MOST: Final = 30_000
"""Articles that are kept in stories, the newest stories first."""


@dataclass(frozen=True, slots=True)
class Story:
    """The reports of one event, the one that stands for it first, and the source of each."""

    ids: tuple[str, ...]
    sources: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Told:
    """All stories of two reports and more, the newest first."""

    stories: tuple[Story, ...]
    number: Mapping[str, int]
    """By the id of each report, where in `stories` its story is."""
    since: float
    """No report is older."""

    def of(self, id: str) -> Story | None:
        """The story that an article belongs to."""
        at = self.number.get(id)
        return None if at is None else self.stories[at]


NONE: Final = Told((), {}, 0.0)


def told_of(stories: Iterable[Story], since: float = 0.0) -> Told:
    """Stories that can be asked for by their reports."""
    kept = tuple(stories)
    return Told(kept, {id: number for number, story in enumerate(kept) for id in story.ids}, since)


def story_of(newsroom: Newsroom, id: str) -> tuple[str, ...]:
    """The ids of all reports of the story that an article belongs to, the one that stands for it first; the
    article alone when nobody else told it."""
    story = newsroom.told.of(id)
    return story.ids if story else (id,)


def stories_of(newsroom: Newsroom) -> dict[str, tuple[str, ...]]:
    """The reports of each story, by the id of each of them."""
    return {id: story.ids for story in newsroom.told.stories for id in story.ids}


def told_by(sources: int) -> str:
    """How many sources tell a story, in words."""
    return many(sources, "one source", "{count} sources")


def rank(article: Article) -> tuple[bool, bool, bool, float, str]:
    """Which report of a story stands for it, the greatest: one with a deck, the newest among those."""
    when = article.when
    return (
        bool(article.deck),
        bool(article.kicker),
        when is not None,
        when.timestamp() if when else 0.0,
        article.id,
    )


# --- keeping ---------------------------------------------------------------------------------------


def tell(
    newsroom: Newsroom,
    stories: Iterable[Collection[str]],
    folded: Collection[str],
    heads: Mapping[str, Article],
) -> Told:
    """What lists fold from now on: these stories, the newest first, and those that were told before, as far
    as they are not among the `folded` articles any more but still in the cache: what is older than the days
    in which articles are compared stays folded. `heads` are articles at hand."""
    from tui_news.newsroom.views import View

    alive = set(newsroom.cache.listing(newsroom.source_ids(View())).ids)
    found: list[list[str]] = [list(ids) for ids in stories]
    number = {id: at for at, ids in enumerate(found) for id in ids}
    older: list[list[str]] = []
    for before in newsroom.told.stories:
        left = [id for id in before.ids if id not in folded and id in alive]
        at = next((number[id] for id in before.ids if id in number), None)
        if at is not None:
            found[at] += left
        elif len(left) > 1:
            older.append(left)

    def head(id: str) -> Article | None:
        return heads.get(id) or newsroom.cache.article(id)

    told: list[tuple[float, Story]] = []
    since = newsroom.told.since if older else float("inf")
    for ids in found:
        reports = sorted((one for id in ids if (one := head(id)) is not None), key=rank, reverse=True)
        if len(reports) > 1:
            times = [one.when.timestamp() for one in reports if one.when]
            since = min((since, *times))
            told.append((max(times, default=0.0), _story(reports)))
    told.sort(key=lambda pair: pair[0], reverse=True)
    kept = {id: story for story in newsroom.told.stories for id in story.ids}
    rest = []
    for left in older:
        sources = dict(zip(kept[left[0]].ids, kept[left[0]].sources, strict=True))
        rest.append(Story(tuple(left), tuple(sources[id] for id in left)))
    return told_of([*(story for _latest, story in told), *rest], since if told or rest else 0.0)


def _story(reports: Sequence[Article]) -> Story:
    return Story(tuple(one.id for one in reports), tuple(one.source for one in reports))


def _path(places: Places) -> Path:
    return places.cache / FILE


def stamp_of(places: Places) -> tuple[int, int] | None:
    """Tells one state of the file from another without reading it; None when there is none."""
    try:
        found = _path(places).stat()
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def read(places: Places) -> Told:
    """The stories; none when the file is absent or damaged."""
    try:
        with open(_path(places), "rb") as file:
            first, _newline, body = file.read(LIMIT).partition(b"\n")
        if first != FORMAT % crc32(body):
            return NONE
        lines = body.decode().split("\n")
        since, *sources = lines[0].split("\t")
        stories = []
        for line in lines[1:]:
            parts = line.split(" ")
            stories.append(Story(tuple(parts[::2]), tuple([sources[int(at)] for at in parts[1::2]])))
        return told_of(stories, float(since))
    except (OSError, ValueError, IndexError):
        return NONE


def write(places: Places, told: Told) -> None:
    """Keep the stories, as many as a start reads in no time. Raises `CacheError`."""
    from tui_news.cache.files import replace_file

    number: dict[str, int] = {}
    lines: list[str] = []
    articles = 0
    for story in told.stories:
        articles += len(story.ids)
        if articles > MOST:
            break
        pairs = zip(story.ids, story.sources, strict=True)
        lines.append(" ".join(f"{id} {number.setdefault(source, len(number))}" for id, source in pairs))
    body = "\n".join(("\t".join((str(told.since), *number)), *lines)).encode("utf-8", "replace")
    replace_file(_path(places), [FORMAT % crc32(body), b"\n", body], sync=False)
