"""What a worker can do: parse feeds, sitemaps, pages and comments, and tell what an address holds.

Each job takes parameters and bytes and gives plain data and bytes: articles as the cache keeps them
(`cache.ready`), a page's article as its JSON. It imports what it needs when it is first asked.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui_news.model import Article

Params = dict[str, Any]
Answer = tuple[dict[str, Any], bytes]


def warm(params: Params, body: bytes) -> Answer:
    """Import what a job needs, before there is one."""
    from importlib import import_module

    for name in _NEEDED.get(str(params["job"]), ()):
        import_module(name)
    return {}, b""


def feed(params: Params, body: bytes) -> Answer:
    """A feed's entries, packed, and what it says of itself."""
    from tui_news.sources.feed import parse_feed

    found = parse_feed(
        body,
        source=params["source"],
        url=params["url"],
        content_type=params["content_type"],
        http_charset=params["http_charset"],
        charset=params["charset"],
        language=params["language"],
        now=_moment(params["now"]),
        limit=params["limit"],
    )
    told = {"title": found.title, "home": found.home, "damaged": found.damaged, "kind": found.kind}
    if found.deleted:
        told["deleted"] = [
            [one.id, one.when.isoformat() if one.when else "", one.comment] for one in found.deleted
        ]
    seen = _moment(params["seen"])
    if params["first"] and found.built is not None:
        seen = min(found.built, seen)  # what has no date of its own is at least no newer than that
    return told, _packed(params, found.articles, seen)


def channel(params: Params, body: bytes) -> Answer:
    """A channel page's headlines, packed, its next page and its own lists."""
    from tui_news.sources.channel import read_channel

    found = read_channel(
        body,
        url=params["url"],
        source=params["source"],
        http_charset=params["http_charset"],
        charset=params["charset"],
        language=params["language"],
        now=_moment(params["now"]),
        selectors=dict(params["selectors"]),
    )
    articles = found.articles[: params["limit"]]
    pieces = [[p.label, p.kind, [[run.text, run.href] for run in p.links[:50]]] for p in found.pieces[:50]]
    told = {"title": found.title, "older": found.next_url, "pieces": pieces}
    return told, _packed(params, articles, _moment(params["seen"]))


def sitemap(params: Params, body: bytes) -> Answer:
    """A sitemap's articles, packed, or an index's sitemaps."""
    from tui_news.sources.sitemap import read_sitemap

    found = read_sitemap(
        body,
        url=params["url"],
        source=params["source"],
        now=_moment(params["now"]),
        limit=params["limit"],
        language=params["language"],
    )
    told = {"title": found.title, "damaged": found.damaged, "children": list(found.children[:50])}
    return told, _packed(params, found.articles, _moment(params["seen"]))


def page(params: Params, body: bytes) -> Answer:
    """The article of a page as JSON, and the address of its next page."""
    from tui_news.cache.codec import dumps
    from tui_news.extract.follow import next_page_url
    from tui_news.extract.page import article_on, open_page
    from tui_news.model import article_to_dict

    url, language = params["url"], params["language"]
    opened = open_page(
        body, url=url, http_charset=params["http_charset"], charset=params["charset"], language=language
    )
    following = next_page_url(opened.root, url)  # before the reading, which changes the tree
    article = article_on(opened, now=_moment(params["now"]), language=language)
    return {"next": following}, dumps(article_to_dict(article))


def entries(params: Params, body: bytes) -> Answer:
    """A feed's entries as JSON, for what is shown and not kept."""
    from tui_news.cache.codec import dumps
    from tui_news.model import article_to_dict
    from tui_news.sources.feed import parse_feed

    found = parse_feed(
        body,
        source=params["source"],
        url=params["url"],
        content_type=params["content_type"],
        http_charset=params["http_charset"],
        now=_moment(params["now"]),
    )
    return {}, dumps([article_to_dict(article) for article in found.articles])


def feed_at(params: Params, body: bytes) -> Answer:
    """Whether the bytes are a feed: its title and kind, or nothing."""
    from tui_news.sources.feed import FeedError, parse_feed

    try:
        found = parse_feed(
            body,
            source="",
            url=params["url"],
            content_type=params["content_type"],
            http_charset=params["http_charset"],
            now=_moment(params["now"]),
        )
    except FeedError:
        return {}, b""
    return {"title": found.title, "what": f"{found.kind}, {len(found.articles)} articles"}, b""


def feeds_on(params: Params, body: bytes) -> Answer:
    """What a page offers to follow: feeds it announces, addresses to guess, itself as a list of headlines."""
    from tui_news.sources.channel import read_channel
    from tui_news.sources.discover import find_feeds, guess_urls
    from tui_news.text.decode import decode

    html = decode(body, http_charset=params["http_charset"] or None).text
    links = find_feeds(html, params["url"])
    told: dict[str, Any] = {
        "announced": [[link.url, link.title, link.type] for link in links],
        "guesses": list(guess_urls(params["url"])),
    }
    try:
        found = read_channel(
            body,
            url=params["url"],
            source="",
            http_charset=params["http_charset"],
            now=_moment(params["now"]),
        )
    except ValueError:
        return told, b""
    return {**told, "title": found.title, "headlines": len(found.articles)}, b""


def comments(params: Params, body: bytes) -> Answer:
    """What one answer of a thread adds to it, as JSON: its comments, the addresses to ask for next, and the
    state from which the next answer is read."""
    from tui_news.cache.codec import dumps
    from tui_news.sources.discussion import Place
    from tui_news.sources.discussion.readers import reader_of
    from tui_news.sources.discussion.thread import comment_to_dict

    reader = reader_of(Place(params["kind"], params["url"], params["page"]))
    reader.resume(params["state"], params["known"])
    following = reader.take(body, params["headers"])
    fresh = [comment_to_dict(comment) for comment in reader.fresh]
    return {"next": list(following), "state": reader.state()}, dumps(fresh)


def talked_at(params: Params, body: bytes) -> Answer:
    """Where a page says that its comments are."""
    from tui_news.sources.discussion.places import found_on_page
    from tui_news.text.decode import decode

    html = decode(body, http_charset=params["http_charset"] or None).text
    found = found_on_page(html, params["url"], params["link"])
    return {"places": [[place.kind, place.url, place.page] for place in found[:20]]}, b""


def picture(params: Params, body: bytes) -> Answer:
    """A picture file as pixels."""
    from tui_news.extract.raster import read_raster

    red, green, blue = params["paper"]
    made = read_raster(body, params["width"], params["height"], params["form"], (red, green, blue))
    told = {
        "width": made.width, "height": made.height, "palette": [list(color) for color in made.palette],
        "file_width": made.file_width, "file_height": made.file_height, "file_format": made.file_format,
    }  # fmt: skip
    return told, made.pixels


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text)


def _packed(params: Params, articles: Sequence[Article], seen: datetime) -> bytes:
    from tui_news.cache.ready import pack
    from tui_news.cache.storing import prepare

    return pack(prepare(params["source"], articles), seen)


JOBS: Final[dict[str, Callable[[Params, bytes], Answer]]] = {
    "warm": warm,
    "feed": feed,
    "channel": channel,
    "sitemap": sitemap,
    "page": page,
    "entries": entries,
    "feed_at": feed_at,
    "feeds_on": feeds_on,
    "comments": comments,
    "talked_at": talked_at,
    "picture": picture,
}
_NEEDED: Final = {
    "feed": ("tui_news.sources.feed.xmlfeed", "tui_news.cache.ready", "orjson"),
    "channel": ("tui_news.sources.channel", "tui_news.cache.ready", "orjson"),
    "sitemap": ("tui_news.sources.sitemap", "tui_news.cache.ready", "orjson"),
    "page": ("tui_news.extract.page", "tui_news.extract.follow", "orjson"),
}
