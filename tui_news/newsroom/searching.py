"""Searching the cache and the web, and the topics of the cached edition."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import TYPE_CHECKING

from tui_news.model import Article

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.views import Scope
    from tui_news.portal.topics import Topic

TOPIC_DAYS = 30
"""How far back topics look: what is hot now is what was rarer before."""


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


def current_topics(newsroom: Newsroom) -> tuple[list[Topic], list[Topic]]:
    """Hot topics and tags: those of the front page, or else of the cached articles of the last 30 days."""
    from tui_news.newsroom import View, now
    from tui_news.portal.topics import Topic, hot_tags, hot_topics

    if (front := newsroom.front) is not None:
        listed = {
            kind: [
                Topic(p.text, p.score, p.articles, p.sources, p.usual)
                for block in front.blocks if block.kind == kind for p in block.phrases
            ]
            for kind in ("topics", "tags")
        }  # fmt: skip
        return listed["topics"], listed["tags"]
    since = now() - timedelta(days=TOPIC_DAYS)
    articles = list(newsroom.cache.listing(newsroom.source_ids(View()), since=since))
    names = [newsroom.source_name(source.id) for source in newsroom.sources]
    topics = hot_topics(articles, now=now(), source_names=names)
    return topics, hot_tags(articles, now=now())
