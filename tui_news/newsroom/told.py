"""Which articles are one story, as the front page's worker left it for every list.

`told` in the cache's folder is derived and may be thrown away. It is lines of ids and not JSON: a start reads
it before its first list is painted, and looks only for the articles of that list.
"""

from __future__ import annotations

import os
from zlib import crc32

from tui_news.folders import plain
from tui_news.i18n import many

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from pathlib import Path
    from typing import Final

    from tui_news.newsroom import Newsroom
    from tui_news.paths import Places

FILE: Final = "told"
FORMAT: Final = b"tui-news stories 1 %08x"
LIMIT: Final = 8_000_000
MOST: Final = 30_000
"""Articles that are kept in stories, the newest stories first."""


class Story:
    """The reports of one event, the one that stands for it first."""

    __slots__ = ("_numbers", "_table", "ids")

    def __init__(self, ids: tuple[str, ...], table: tuple[str, ...], numbers: str) -> None:
        self.ids = ids
        self._table = table
        self._numbers = numbers

    @classmethod
    def of(cls, ids: Iterable[str], sources: Iterable[str]) -> Story:
        """A story from the ids of its reports and of their sources."""
        number: dict[str, int] = {}
        numbers = [str(number.setdefault(source, len(number))) for source in sources]
        return cls(tuple(ids), tuple(number), " ".join(numbers))

    @property
    def sources(self) -> tuple[str, ...]:
        """The source of each report."""
        try:
            return tuple([self._table[int(number)] for number in self._numbers.split(" ")])
        except (ValueError, IndexError):  # a file that no worker wrote
            return ("",) * len(self.ids)

    @property
    def wide(self) -> bool:
        """Whether several sources tell it."""
        return len(set(self._numbers.split(" "))) > 1


class Told:
    """All stories of two reports and more, the newest first; read as far as they are asked for.

    A line is the ids of a story, a tab, and as many numbers of sources. Of the stories that several sources
    tell, `count` says how many there are, `articles` how many reports they have. No report is older than
    `since` (seconds).
    """

    def __init__(
        self, sources: tuple[str, ...], body: str, *, articles: int, count: int, since: float
    ) -> None:
        self.sources = sources
        self.articles = articles
        self.count = count
        self.since = since
        self._body = body
        self._stories: tuple[Story, ...] | None = None
        self._number: dict[str, int] = {}
        self._found: dict[int, Story] = {}
        self._ids: set[str] | None = None

    def __bool__(self) -> bool:
        return bool(self._body)

    @property
    def stories(self) -> tuple[Story, ...]:
        """All of them."""
        if self._stories is None:
            lines = self._body.split("\n") if self._body else []
            self._stories = tuple(map(self._story, lines))
            for number, story in enumerate(self._stories):
                for id in story.ids:
                    self._number[id] = number
        return self._stories

    @property
    def number(self) -> Mapping[str, int]:
        """By the id of each report, where in `stories` its story is."""
        return self._number if self.stories else {}

    def of(self, id: str) -> Story | None:
        """The story that an article belongs to, the same one for each of its reports. Reads no other."""
        if self._stories is not None:
            at = self._number.get(id)
            return None if at is None else self._stories[at]
        if self._ids is None:
            self._ids = set(self._body.replace("\n", " ").replace("\t", " ").split(" "))
        # Few articles are in a story, and those of a list's beginning are near the top.
        place = self._body.find(id) if len(id) > 6 and id in self._ids else -1
        if place < 0:
            return None
        start = self._body.rfind("\n", 0, place) + 1
        story = self._found.get(start)
        if story is None:
            end = self._body.find("\n", place)
            story = self._found[start] = self._story(self._body[start : end if end >= 0 else None])
        return story if id in story.ids else None

    def _story(self, line: str) -> Story:
        ids, _tab, numbers = line.partition("\t")
        return Story(tuple(ids.split(" ")), self.sources, numbers)


NONE: Final = Told((), "", articles=0, count=0, since=0.0)


def told_of(stories: Iterable[Story], since: float = 0.0) -> Told:
    """Stories as they are kept, as many as that is: none of them is older than `since`."""
    number: dict[str, int] = {}
    lines: list[str] = []
    room, articles, count = MOST, 0, 0
    for story in stories:
        room -= len(story.ids)
        if room < 0:
            break
        if story.wide:
            articles += len(story.ids)
            count += 1
        numbers = [str(number.setdefault(source, len(number))) for source in story.sources]
        lines.append(f"{' '.join(story.ids)}\t{' '.join(numbers)}")
    return Told(tuple(number), "\n".join(lines), articles=articles, count=count, since=since)


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


# --- the file --------------------------------------------------------------------------------------


def _path(places: Places) -> Path:
    return places.cache / FILE


def stamp_of(places: Places) -> tuple[int, int] | None:
    """Tells one state of the file from another without reading it; None when there is none."""
    try:
        found = os.stat(_path(places))
    except OSError:
        return None
    return found.st_mtime_ns, found.st_ino


def read(places: Places) -> Told:
    """The stories; none when the file is absent or damaged."""
    try:
        with open(_path(places), "rb", opener=plain) as file:
            first, _newline, rest = file.read(LIMIT).partition(b"\n")
        if first != FORMAT % crc32(rest):
            return NONE
        head, _line, body = rest.decode().partition("\n")
        since, articles, count, *sources = head.split("\t")
        return Told(tuple(sources), body, articles=int(articles), count=int(count), since=float(since))
    except (OSError, ValueError):
        return NONE


def write(places: Places, told: Told) -> None:
    """Keep the stories. Raises `CacheError`."""
    from tui_news.cache.files import replace_file

    head = "\t".join((str(told.since), str(told.articles), str(told.count), *told.sources))
    text = f"{head}\n{told._body}".encode("utf-8", "replace")
    replace_file(_path(places), [FORMAT % crc32(text), b"\n", text], sync=False)
