"""Searching the cache and the web, and the topics of the cached edition."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from tui_news.model import Article

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.views import Scope
    from tui_news.portal.front import Phrase

NEWEST = 5_000
"""Articles that topics are taken from where no front page can be kept."""


def search_cache(newsroom: Newsroom, text: str, scope: Scope = "") -> Sequence[Article]:
    """The cached articles of a scope that answer a query, best first. Raises `portal.query.QueryError`."""
    from tui_news.newsroom import View

    return newsroom.listing(View(query=text, ranked=True, scope=scope))


async def search_web(
    newsroom: Newsroom, text: str, scope: str = "", engine: str = ""
) -> tuple[list[Article], list[str]]:
    """Ask the web searches of a scope (all, without one), or the one named. Gives what they found and what
    went wrong, a line each."""
    from tui_news.newsroom.websearch import articles_of, ask

    found = await ask(newsroom, text, scope, engine)
    return articles_of(newsroom, found), list(found.problems)


def current_topics(newsroom: Newsroom) -> tuple[list[Phrase], list[Phrase]]:
    """Hot topics and tags: those of the front page, which is worked out when there is none. Where nothing can
    be kept, those of the newest articles."""
    from tui_news.newsroom import View, now
    from tui_news.newsroom.frontmaking import build, phrase_of
    from tui_news.portal.topics import hot_tags, hot_topics

    if newsroom.front is None and not newsroom.show_starter and not newsroom.cache.read_only:
        build(newsroom)
    if (front := newsroom.front) is not None:
        listed = {block.kind: list(block.phrases) for block in front.blocks}
        return listed.get("topics", []), listed.get("tags", [])
    articles = list(newsroom.cache.listing(newsroom.source_ids(View()))[:NEWEST])
    names = [newsroom.source_name(source.id) for source in newsroom.sources]
    topics = hot_topics(articles, now=now(), source_names=names)
    return list(map(phrase_of, topics)), list(map(phrase_of, hot_tags(articles, now=now())))
