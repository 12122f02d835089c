"""Arranging the newspaper: sections and sources renamed, moved, removed, and any of it taken back."""

from __future__ import annotations

import contextlib
from collections.abc import Callable

from tui_news.cache.errors import CacheError
from tui_news.model import SectionPath, Source
from tui_news.newsroom import Newsroom
from tui_news.newsroom.follow import changed
from tui_news.sources import subscriptions as edit
from tui_news.sources.subscriptions import SavedSearch, Subscriptions
from tui_news.text.clean import clean_line


def _change(newsroom: Newsroom, change: Callable[[], Subscriptions]) -> None:
    """Do a change of `sources.toml` and show it; articles of sources that go or come are put aside or
    brought back. Raises FollowError when the file was not changed."""
    before = {source.id for source in newsroom.subscriptions.sources}
    subscriptions = changed(change)
    newsroom.reload(subscriptions)
    after = {source.id for source in subscriptions.sources}
    # The list of sources is what counts: articles that cannot be put aside now go by retention.
    with contextlib.suppress(CacheError):
        for id in before - after:
            newsroom.cache.drop_source(id)
        for id in after - before:
            newsroom.cache.restore_source(id)


def take_back(newsroom: Newsroom) -> str:
    """Undo the last change of sections and sources, over restarts too; what it was, in words.

    Raises FollowError when there is none, or when `sources.toml` was edited by hand since.
    """
    what = ""

    def change() -> Subscriptions:
        nonlocal what
        subscriptions, what = edit.take_back(newsroom.places)
        return subscriptions

    _change(newsroom, change)
    return what


def rename_source(newsroom: Newsroom, source: Source, title: str) -> None:
    """Call a source otherwise; an empty title is the feed's own again."""
    _change(newsroom, lambda: edit.update(newsroom.places, source.id, title=title))


def move_source(newsroom: Newsroom, source: Source, section: SectionPath) -> None:
    """Put a source into another section, which need not be there yet."""
    _change(newsroom, lambda: edit.move(newsroom.places, source.id, section))


def shift_source(newsroom: Newsroom, source: Source, offset: int) -> None:
    """Up (negative) or down among the sources of its section."""
    _change(newsroom, lambda: edit.reorder(newsroom.places, source.id, offset))


def remove_source(newsroom: Newsroom, source: Source) -> None:
    """Follow a source no longer; its articles are put aside and come back with `take_back` within a day."""
    _change(newsroom, lambda: edit.remove(newsroom.places, source.id))


def new_section(newsroom: Newsroom, path: SectionPath) -> None:
    _change(newsroom, lambda: edit.add_section(newsroom.places, path))


def rename_section(newsroom: Newsroom, path: SectionPath, new: str | SectionPath) -> None:
    """Another name (a text) or another place (a path) for a section, with all that is below it."""
    _change(newsroom, lambda: edit.rename_section(newsroom.places, path, new))


def shift_section(newsroom: Newsroom, path: SectionPath, offset: int) -> None:
    """Up (negative) or down among its siblings."""
    _change(newsroom, lambda: edit.move_section(newsroom.places, path, offset))


def remove_section(newsroom: Newsroom, path: SectionPath) -> None:
    """Take out a section, with the sources in it and below it."""
    _change(newsroom, lambda: edit.remove_section(newsroom.places, path, with_sources=True))


def put_into_site(newsroom: Newsroom, ids: list[str], site: str) -> None:
    """Make sources part of a site (an edition); an empty name is that of the main one."""
    what = f"put {len(ids)} source{'s' if len(ids) != 1 else ''} into {site or 'the main site'}"
    changes = {id: {"site": site} for id in ids}
    _change(newsroom, lambda: edit.update_all(newsroom.places, changes, what))


# --- saved searches --------------------------------------------------------------------------------


def keep_search(newsroom: Newsroom, name: str, query: str, section: SectionPath = ()) -> SectionPath:
    """Make a search a section of its own, in another or at the top; its place. Undone with the reader's other
    steps. Raises FollowError when its name is taken, `portal.query.QueryError` for what is no query."""
    from tui_news.newsroom.rules import checked

    search = SavedSearch(clean_line(name, 80), checked(query), section)
    _change(newsroom, lambda: edit.add_search(newsroom.places, search))
    with contextlib.suppress(CacheError):
        newsroom.cache.mark_all([], f"kept search {search.name}", always=True)
    return search.path


def remove_search(newsroom: Newsroom, path: SectionPath) -> None:
    """Keep a search no longer."""
    _change(newsroom, lambda: edit.remove_search(newsroom.places, path))


def rename_search(newsroom: Newsroom, path: SectionPath, new: SectionPath) -> None:
    """Another name or another place for a saved search."""
    _change(newsroom, lambda: edit.rename_search(newsroom.places, path, new))
