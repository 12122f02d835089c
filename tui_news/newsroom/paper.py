"""What the newspaper is made of: sources, the tree of sections with saved searches, and their names."""

from __future__ import annotations

from tui_news.model import SectionPath, Source
from tui_news.newsroom.views import FRONT, View
from tui_news.paths import Places, shipped
from tui_news.sources.subscriptions import SectionNode, Subscriptions, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable

    from tui_news.cache import Cache

WELCOME: SectionPath = ("Welcome",)
"""The section of the starter edition."""


class Paper:
    """The reader's sources as sections, the starter edition among them while there is no news."""

    def __init__(self, places: Places, subscriptions: Subscriptions, cache: Cache) -> None:
        self.places = places
        self.subscriptions = subscriptions
        self.cache = cache
        self.show_starter = False
        self.site: str | None = None
        """The site whose sources are shown; None for all."""
        self.asked: dict[str, Source] | None = None
        """Web searches that were asked lately; None before the first look."""
        self._starter_read: Subscriptions | None = None
        self._index()
        if not self._has_own_articles():
            self.show_starter = True
            self._index()

    @property
    def _starter(self) -> Subscriptions:
        """The starter edition's sources: read when they are shown or asked for."""
        if self._starter_read is None:
            places = Places(shipped("cache"), self.places.cache, self.places.data)
            self._starter_read = Subscriptions.load(places)
        return self._starter_read

    def _index(self) -> None:
        own, starter = self.subscriptions, self._starter if self.show_starter else Subscriptions()
        self.sources: tuple[Source, ...] = (*own.sources, *starter.sources)
        searches = {search.path: search.query for search in own.searches}
        sections: Iterable[SectionPath] = (*own.sections, *searches, *starter.sections)
        self.shown_sources = self.sources
        """The sources of the site that is shown."""
        if self.site not in self.sites:
            self.site = None
        if self.site is not None:
            self.shown_sources = tuple(source for source in own.sources if source.site == self.site)
            paths = {source.section for source in self.shown_sources}
            sections = [
                path
                for path in sections
                if path in searches or any(used[: len(path)] == path for used in paths)
            ]
        titles = {**starter.titles, **own.titles}
        self.tree: list[SectionNode] = tree(self.shown_sources, sections, titles, searches)
        self._by_id = {source.id: source for source in self.sources}
        self._nodes: dict[SectionPath, SectionNode] = {}
        waiting = list(self.tree)
        while waiting:
            node = waiting.pop()
            self._nodes[node.path] = node
            waiting.extend(node.children)

    def _has_own_articles(self) -> bool:
        # One after the other: the first that has news is enough, and the others need not be read for it.
        return any(
            count.total
            for source in self.subscriptions.sources
            for count in self.cache.counts([source.id]).values()
        )

    @property
    def sites(self) -> tuple[str, ...]:
        """The sites (editions) that the sources make up, in their order; "" is the main one and the
        first. One site is none to choose from: then it is empty."""
        found = sorted(dict.fromkeys(source.site for source in self.subscriptions.sources), key=bool)
        return tuple(found) if len(found) > 1 else ()

    def unread_by_site(self) -> tuple[tuple[str | None, int], ...]:
        """The sites with their unread articles, before them all of them (None); empty for one site."""
        if not self.sites:
            return ()
        counts = self.cache.counts([source.id for source in self.subscriptions.sources])
        unread = dict.fromkeys(self.sites, 0)
        for source in self.subscriptions.sources:
            if count := counts.get(source.id):
                unread[source.site] += count.unread
        return ((None, sum(unread.values())), *unread.items())

    def show_site(self, site: str | None) -> None:
        """Show one site's newspaper, or with None that of all."""
        self.site = site
        self._index()

    def reload(self, subscriptions: Subscriptions) -> None:
        """Take over changed sources."""
        self.subscriptions = subscriptions
        self._index()

    def open_starter(self, show: bool = True) -> None:
        """Show the starter edition as a section, or no longer."""
        self.show_starter = show
        self._index()

    def is_starter(self, source: str) -> bool:
        return any(source == own.id for own in self._starter.sources)

    def source(self, id: str) -> Source | None:
        """A source by its id; also a search of the web that was asked lately."""
        if id not in self._by_id and self.asked is None:
            from tui_news.newsroom.websearch import asked

            self.asked = asked(self)
        return self._by_id.get(id) or (self.asked or {}).get(id)

    def source_name(self, id: str) -> str:
        """What lists call a source: its own title, else the feed's, else its URL."""
        source = self.source(id)
        if source is None:
            return id
        return source.title or self.cache.status(id).title or source.url

    def section_name(self, id: str) -> str:
        """The section of a source as `section:` sees it."""
        source = self._by_id.get(id)
        return "/".join(source.section) if source else ""

    def node(self, path: SectionPath) -> SectionNode | None:
        return self._nodes.get(path)

    def source_ids(self, view: View) -> list[str]:
        """The ids of the sources that a view draws on."""
        if view.searches:
            return list(view.searches)
        ids = self._ids(view)
        if not view.scope:
            return ids
        from tui_news.newsroom.scopes import sources_in

        return sources_in(view.scope, [source for id in ids if (source := self.source(id))])

    def _ids(self, view: View) -> list[str]:
        if view.source:
            return [view.source]
        if not view.section or view.section == FRONT:
            return [source.id for source in self.shown_sources]
        node = self._nodes.get(view.section)
        if node is not None and node.query:
            return [source.id for source in self.shown_sources]
        return list(node.all_ids) if node else []

    def plain(self, view: View) -> View:
        """The view without a saved search as its section: what that asks for is part of the query, as is what
        the articles of a scope carry."""
        node = self._nodes.get(view.section)
        search = node.query if node is not None else ""
        if view.scope and not view.searches:
            from tui_news.newsroom.scopes import query_in

            search = query_in(view.scope, search)
        if not search:
            return view
        from dataclasses import replace

        section = () if node is not None and node.query else view.section
        return replace(view, section=section, query=f"{search} {view.query}".strip())

    def search_path(self, name: str) -> SectionPath:
        """The place of a saved search that a reader names by it or by its path; () when there is none."""
        wanted = name.casefold().strip()
        searches = self.subscriptions.searches
        return next(
            (own.path for own in searches if wanted in (own.name.casefold(), "/".join(own.path).casefold())),
            (),
        )

    def find_sources(self, names: Iterable[str]) -> tuple[list[Source], list[str]]:
        """Sources and sections that the reader named (id, URL, title or section path), and unknown names."""
        found: dict[str, Source] = {}
        unknown: list[str] = []
        for name in names:
            wanted = name.casefold().strip()
            path = tuple(part.strip() for part in wanted.split("/") if part.strip())
            hits = [
                source
                for source in self.sources
                if wanted in (source.id, source.url.casefold(), source.title.casefold())
                or tuple(part.casefold() for part in source.section[: len(path)]) == path
            ] or [
                source
                for source in self.sources
                if path and any(part.casefold() == path[-1] for part in source.section)
            ]
            if not hits:
                unknown.append(name)
            found.update((source.id, source) for source in hits)
        return list(found.values()), unknown
