"""The open web, asked through searches that answer with a feed or with JSON (OpenSearch 1.1 templates).

An answer is kept like that of any source, under the id which the search would have as a source: reading,
marks, notes and comments work on what was found, and following the search keeps all of it. The last few are
kept.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import quote

from tui_news.config.settings import WebSearch
from tui_news.i18n import _
from tui_news.model import Article, SectionPath, Source, source_id

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.events import Listener
    from tui_news.newsroom.paper import Paper
    from tui_news.sources.catalog import CatalogEntry

KEPT = 24
"""Searches whose answers stay in the cache."""
TEXTS = ("web", "news", "blogs", "forum")
"""Scopes whose searches a search of the whole web asks."""
MEMORY = "web_searches"
_PARAMETER = re.compile(r"\{([\w:]{1,40})(\??)\}")


@dataclass(frozen=True, slots=True)
class Found:
    """What the web answered: the searches that were asked, as sources, and a line for each that failed."""

    sources: tuple[Source, ...] = ()
    problems: tuple[str, ...] = ()

    @property
    def ids(self) -> tuple[str, ...]:
        return tuple(source.id for source in self.sources)


def filled(template: str, text: str, language: str = "") -> str:
    """A template's address for what is searched. Optional parameters that are not known are left empty."""
    known = {
        "searchTerms": text, "language": language or "en", "inputEncoding": "UTF-8",
        "outputEncoding": "UTF-8",
        "startIndex": "1", "startPage": "1", "count": "30",
    }  # fmt: skip

    def value(match: re.Match[str]) -> str:
        name = match[1]
        return quote(known[name], safe="") if name in known else ""

    return _PARAMETER.sub(value, template)


def chosen(newsroom: Newsroom) -> list[WebSearch]:
    """The searches that are asked: the reader's own, else those of the catalogue for his language."""
    own = newsroom.config.own_searches
    if own is None:
        from tui_news.i18n import language
        from tui_news.sources.catalog import default_searches, locale_language

        spoken = locale_language({"LANG": language()})
        return [_of(entry) for entry in default_searches(spoken if spoken != "en" else None)]
    return [search if search.url else _named(search.name) or search for search in own]


def _of(entry: CatalogEntry) -> WebSearch:
    return WebSearch(entry.name, entry.url, entry.scope)


def _named(name: str) -> WebSearch | None:
    """The search that the catalogue has under a name."""
    from tui_news.sources.catalog import searches

    found = (entry for entry in searches() if entry.name.casefold() == name.casefold())
    return next(map(_of, found), None)


def engines(newsroom: Newsroom, scope: str = "", name: str = "") -> list[WebSearch]:
    """The searches of a scope that are asked, or the one of a name, be it asked or only in the catalogue. The
    scope `web` and no scope mean all that find texts.
    """
    asked = [search for search in chosen(newsroom) if search.url]
    if name:
        own = next((search for search in asked if search.name.casefold() == name.casefold()), None)
        found = own or _named(name)
        return [found] if found else []
    return [
        search
        for search in asked
        if search.scope == scope or (scope in ("", "web") and search.scope in TEXTS)
    ]


def as_source(search: WebSearch, text: str, language: str = "") -> Source:
    """A search for something, as a source that can be followed."""
    url = filled(search.url, text, language)
    tags = {"blogs": ("blog",), "forum": ("forum",)}.get(search.scope, ())
    return Source(source_id(url), url, f"{search.name}: {text}", tags=tags)


def engine_of(source: Source) -> str:
    """The name of the search that a source is."""
    return source.title.partition(": ")[0]


def text_of(source: Source) -> str:
    """What it was asked for."""
    return source.title.partition(": ")[2]


async def ask(
    newsroom: Newsroom, text: str, scope: str = "", engine: str = "", listener: Listener | None = None
) -> Found:
    """Ask the searches of a scope, or the named one. Raises `CacheError` when nothing can be kept."""
    from tui_news.i18n import language

    asking = engines(newsroom, scope, engine)
    missing = _missing(newsroom)
    if not asking:
        return Found((), (_none(newsroom, scope, engine), *missing))
    sources = [as_source(search, text, language().replace("_", "-")) for search in asking]
    _remember(newsroom, sources)
    report = await newsroom.refresh(sources, listener=listener)
    problems = tuple(
        f"{engine_of(outcome.source)}: {outcome.status.error or outcome.skipped}"
        for outcome in report.outcomes
        if outcome.failed or outcome.skipped
    )
    return Found(tuple(sources), (*problems, *missing))


def _missing(newsroom: Newsroom) -> tuple[str, ...]:
    """A line for each search that config.toml names and nobody knows."""
    return tuple(
        _(
            "config.toml: no search in the catalogue is called {name}; `tui-news sources catalog --category "
            "searches` lists them",
            name=search.name,
        )
        for search in chosen(newsroom)
        if not search.url
    )


def _none(newsroom: Newsroom, scope: str, engine: str) -> str:
    """Why no search could be asked."""
    names = ", ".join(search.name for search in chosen(newsroom))
    if engine and names:
        return _(
            "no web search is called {name}; there are {names}, and those of `tui-news sources catalog "
            "--category searches`",
            name=engine,
            names=names,
        )
    if scope and names:
        return _(
            "no web search is set for {scope}; add one under [[search.web]] in config.toml",
            scope=scope,
        )
    return _("no web search is set; add one under [[search.web]] in config.toml (name, url)")


def asked(newsroom: Paper) -> dict[str, Source]:
    """The searches that were asked lately, by their ids."""
    rows = newsroom.cache.get_memory(MEMORY)
    found: dict[str, Source] = {}
    for row in rows if isinstance(rows, list) else ():
        if isinstance(row, list) and len(row) == 3 and all(isinstance(part, str) for part in row):
            found[row[0]] = Source(row[0], row[1], row[2])
    return found


def _remember(newsroom: Newsroom, sources: list[Source]) -> None:
    """Note what is asked; what was asked too long ago, and is not followed, goes with its articles."""
    before = asked(newsroom)
    kept = {source.id: source for source in sources} | {
        id: source for id, source in before.items() if id not in {own.id for own in sources}
    }
    rows = [[source.id, source.url, source.title] for source in kept.values()]
    newsroom.cache.put_memory(MEMORY, rows[:KEPT])
    newsroom.asked = {id: Source(id, url, title) for id, url, title in rows[:KEPT]}
    followed = {source.id for source in newsroom.subscriptions.sources}
    for id, _url, _title in rows[KEPT:]:
        if id not in followed:
            newsroom.cache.drop_source(id)


def articles_of(newsroom: Newsroom, found: Found) -> list[Article]:
    """What was found, newest first."""
    from tui_news.newsroom import View

    return list(newsroom.listing(View(searches=found.ids))) if found.sources else []


def keep(newsroom: Newsroom, ids: tuple[str, ...], section: SectionPath = ()) -> list[Source]:
    """Follow searches that were asked; those that are new. Raises `FollowError`."""
    from dataclasses import replace

    from tui_news.newsroom.follow import follow

    known = asked(newsroom)
    return follow(newsroom, [replace(known[id], section=section) for id in ids if id in known])
