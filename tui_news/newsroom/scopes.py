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
_LEISURE_WORDS: Final = (
    "life", "lifestyle", "food", "travel", "fun", "humour", "humor", "comics", "games", "arts",
    "entertainment", "weekend", "茶余饭后", "茶餘飯後", "生活", "美食", "旅游", "旅遊", "娱乐",
    "娛樂", "旅行", "グルメ", "娯楽", "暮らし",
)  # fmt: skip


@cache
def _words() -> tuple[frozenset[str], frozenset[str], frozenset[str]]:
    """Names of sections and tags that mean blogs, those that mean forums, and those that mean leisure, in
    every language."""
    from tui_news.sources.catalog import CATEGORIES, SECTIONS

    named = {
        category: [sections[number].casefold() for sections in SECTIONS.values()]
        for number, category in enumerate(CATEGORIES)
    }
    return (
        frozenset([*_BLOG_WORDS, "blogs", *named["blogs"]]),
        frozenset([*_FORUM_WORDS, "discussion", *named["discussion"]]),
        frozenset([*_LEISURE_WORDS, *named["leisure"], *named["culture"]]),
    )


def _names(source: Source) -> set[str]:
    return {part.casefold() for part in (*source.section, *source.tags)}


def _is_at(url: str, hosts: Iterable[str]) -> bool:
    """Whether an address is on one of some hosts, or below one."""
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return False
    return any(host == own or host.endswith("." + own) for own in hosts)


def kind_of(source: Source) -> Scope:
    """What a source is, by its sections and tags, else by its host: blogs, forum or news."""
    blogs, forum, _leisure = _words()
    names = _names(source)
    if names & forum:
        return "forum"
    if names & blogs:
        return "blogs"
    if _is_at(source.url, _FORUM_HOSTS):
        return "forum"
    if _is_at(source.url, _BLOG_HOSTS):
        return "blogs"
    try:
        host = (urlsplit(source.url).hostname or "").removeprefix("www.")
    except ValueError:
        return "news"
    if host.startswith(("forum.", "forums.", "discuss.", "discourse.", "community.", "lemmy.")):
        return "forum"
    return "blogs" if host.startswith("blog.") else "news"


def column_of(source: Source | None) -> str:
    """What column of the front page a source's articles belong to: news, blog, leisure or forum."""
    if source is None:
        return "news"
    kind = kind_of(source)
    if kind == "forum":
        return "forum"
    if kind == "blogs":
        return "blog"
    return "leisure" if _names(source) & _words()[2] else "news"


def is_forum(address: str) -> bool:
    """Whether an address, of an article's comments, is on a forum."""
    return _is_at(address, _FORUM_HOSTS)


def sources_in(scope: str, sources: Iterable[Source]) -> list[str]:
    """The ids of the sources that a scope draws on: all, unless it is about what a source is."""
    if scope not in ("news", "blogs", "forum"):
        return [source.id for source in sources]
    return [source.id for source in sources if kind_of(source) == scope]


def query_in(scope: str, query: str) -> str:
    """A query, narrowed to what the articles of a scope carry."""
    term = _TERMS.get(scope, "")
    return f"{query} {term}".strip()
