"""The scopes of a search (新闻 网页 博客 音乐 图片 说吧): which sources and which articles belong to one."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from typing import Final
from urllib.parse import urlsplit

from tui_news.i18n import mark
from tui_news.model import Source
from tui_news.newsroom.views import Scope

SCOPES: Final[tuple[Scope, ...]] = ("", "news", "web", "blogs", "audio", "pictures", "forum")
LABELS: Final[dict[str, str]] = {
    "": mark("all"),
    "news": mark("news"),
    "web": mark("web"),
    "blogs": mark("blogs"),
    "audio": mark("audio"),
    "pictures": mark("pictures"),
    "forum": mark("forum"),
}

_TERMS: Final[dict[str, str]] = {"audio": "has:audio", "pictures": "has:picture", "news": "-has:audio"}
_FORUM_HOSTS: Final = (
    "news.ycombinator.com", "hnrss.org", "hn.algolia.com", "lobste.rs", "reddit.com",
    "tildes.net", "v2ex.com",
)  # fmt: skip
_BLOG_HOSTS: Final = (
    "blogspot.com", "wordpress.com", "substack.com", "medium.com", "tumblr.com", "bearblog.dev",
    "livejournal.com",
)  # fmt: skip
_BLOG_WORDS: Final = ("blog", "weblog", "博客", "部落格", "ブログ", "블로그")
_FORUM_WORDS: Final = (
    "forum", "forums", "talk", "community", "论坛", "論壇", "说吧", "說吧", "社区", "社區",
    "掲示板", "커뮤니티", "lemmy",
)  # fmt: skip


@cache
def _words() -> tuple[frozenset[str], frozenset[str]]:
    """Names of sections and tags that mean blogs, and those that mean forums, in every language."""
    from tui_news.sources.catalog import CATEGORIES, SECTIONS

    blogs, forum = CATEGORIES.index("blogs"), CATEGORIES.index("discussion")
    names = [tuple(name.casefold() for name in sections) for sections in SECTIONS.values()]
    return (
        frozenset([*_BLOG_WORDS, "blogs", *(row[blogs] for row in names)]),
        frozenset([*_FORUM_WORDS, "discussion", *(row[forum] for row in names)]),
    )


def kind_of(source: Source) -> Scope:
    """What a source is, by its sections and tags, else by its host: blogs, forum or news."""
    blogs, forum = _words()
    names = {part.casefold() for part in (*source.section, *source.tags)}
    if names & forum:
        return "forum"
    if names & blogs:
        return "blogs"
    try:
        host = (urlsplit(source.url).hostname or "").removeprefix("www.")
    except ValueError:
        return "news"
    for hosts, kind in ((_FORUM_HOSTS, "forum"), (_BLOG_HOSTS, "blogs")):
        if any(host == own or host.endswith("." + own) for own in hosts):
            return "forum" if kind == "forum" else "blogs"
    if host.startswith(("forum.", "forums.", "discuss.", "discourse.", "community.", "lemmy.")):
        return "forum"
    return "blogs" if host.startswith("blog.") else "news"


def sources_in(scope: str, sources: Iterable[Source]) -> list[str]:
    """The ids of the sources that a scope draws on: all, unless it is about what a source is."""
    if scope not in ("news", "blogs", "forum"):
        return [source.id for source in sources]
    return [source.id for source in sources if kind_of(source) == scope]


def query_in(scope: str, query: str) -> str:
    """A query, narrowed to what the articles of a scope carry."""
    term = _TERMS.get(scope, "")
    return f"{query} {term}".strip()
