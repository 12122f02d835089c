"""Searching the cache and the web, and the topics of the cached edition."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import TYPE_CHECKING
from urllib.parse import quote_plus

from tui_news.fetch import FetchError
from tui_news.i18n import _
from tui_news.model import Article, Source

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom
    from tui_news.portal.topics import Topic

FORUM_HOSTS = ("news.ycombinator.com", "lobste.rs", "reddit.com", "tildes.net", "v2ex.com", "discourse")
TOPIC_DAYS = 30
"""How far back topics look: what is hot now is what was rarer before."""


def in_scope(source: Source | None, article: Article, scope: str) -> bool:
    """Whether an article belongs to a search scope, by what its source is and what it carries."""
    if not scope:
        return True
    kinds = {
        part.casefold() for part in (*(source.section if source else ()), *(source.tags if source else ()))
    }
    forum = "discussion" in kinds or any(host in article.comments_url for host in FORUM_HOSTS)
    audio = any(enclosure.type.startswith("audio/") for enclosure in article.enclosures)
    blogs = "blogs" in kinds or "blog" in kinds
    match scope:
        case "audio":
            return audio
        case "pictures":
            return bool(article.picture)
        case "forum":
            return forum
        case "blogs":
            return blogs
        case _:
            return not (forum or audio or blogs)


def search_cache(newsroom: Newsroom, text: str, scope: str = "") -> Iterator[Article]:
    """The cached articles that answer a query, best first. Raises `portal.query.QueryError`."""
    from tui_news.newsroom import View

    for article in newsroom.listing(View(query=text, ranked=True)):
        if in_scope(newsroom.source(article.source), article, scope):
            yield article


async def search_web(newsroom: Newsroom, text: str) -> tuple[list[Article], list[str]]:
    """Ask the configured web searches that answer with a feed (OpenSearch templates).

    Returns the results and what went wrong, a line each. They are not stored.
    """
    from tui_news.newsroom.desk import read_entries
    from tui_news.workers import WorkerError

    templates = newsroom.config.searches
    if not templates:
        return [], [_("no web search is set; add one under [[search.web]] in config.toml (name, url)")]
    fetcher = await newsroom.fetcher()
    articles: list[Article] = []
    problems: list[str] = []
    for search in templates:
        url = search.url.replace("{searchTerms}", quote_plus(text))
        try:
            response = await fetcher.get(url)
            articles += await read_entries(newsroom.workers, search.name, response)
        except (FetchError, WorkerError) as error:
            problems.append(f"{search.name}: {error}")
    return articles, problems


def current_topics(newsroom: Newsroom) -> tuple[list[Topic], list[Topic]]:
    """Hot topics and tags of the cached articles of the last 30 days."""
    from tui_news.newsroom import View, now
    from tui_news.portal.topics import hot_tags, hot_topics

    since = now() - timedelta(days=TOPIC_DAYS)
    articles = list(newsroom.cache.listing(newsroom.source_ids(View()), since=since))
    names = [newsroom.source_name(source.id) for source in newsroom.sources]
    return hot_topics(articles, now=now(), source_names=names), hot_tags(articles, now=now())
