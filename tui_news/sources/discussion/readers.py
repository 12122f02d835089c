"""Which reader reads which kind of place."""

from __future__ import annotations

from collections.abc import Mapping

from tui_news.sources.discussion.answers import Reader
from tui_news.sources.discussion.feed import FeedReader
from tui_news.sources.discussion.places import Place
from tui_news.sources.discussion.sites import Algolia, Discourse, Firebase, Lemmy, Lobsters, WordPress

KINDS: Mapping[str, type[Reader]] = {
    "algolia": Algolia,
    "firebase": Firebase,
    "lobsters": Lobsters,
    "discourse": Discourse,
    "lemmy": Lemmy,
    "wordpress": WordPress,
    "feed": FeedReader,
}


def reader_of(place: Place) -> Reader:
    """A reader for the thread at a place."""
    return KINDS[place.kind](place.url, place.page)
