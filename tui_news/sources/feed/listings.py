"""JSON in which sites list articles otherwise than as JSON Feed: answers of searches, front pages of forums.

Each shape is known by its keys alone, so that it may come from any host that speaks it.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from typing import Any, Final
from urllib.parse import quote, urljoin

from tui_news.sources.feed.raw import RawEntry, RawFeed, RawFile, RawText

Maker = Callable[[Mapping[str, Any], str], RawEntry | None]


def read_listing(data: Any, url: str, limit: int) -> RawFeed | None:
    """The articles that a JSON document lists, at most `limit`; None when it is of no known shape."""
    for kind, items, make in _shapes(data):
        feed = RawFeed(kind=kind, total=len(items))
        for item in items[:limit]:
            entry = make(item, url) if isinstance(item, dict) else None
            if entry is not None and (entry.title or entry.link):
                feed.entries.append(entry)
        if feed.entries or not items:
            return feed
    return None


def _shapes(data: Any) -> Iterable[tuple[str, list[Any], Maker]]:
    """The shapes that a document may have, judged by its outer keys and its first item's."""
    if isinstance(data, dict):
        if isinstance(hits := data.get("hits"), list):
            yield "algolia", hits, _algolia
        if isinstance(topics := data.get("topics"), list):
            yield "discourse", _with_blurbs(topics, data.get("posts")), _discourse
        listed = data.get("topic_list")
        if isinstance(listed, dict) and isinstance(topics := listed.get("topics"), list):
            yield "discourse", topics, _discourse
        if isinstance(posts := data.get("posts"), list) and _has(posts, "post"):
            yield "lemmy", posts, _lemmy
        query = data.get("query")
        if isinstance(query, dict) and isinstance(found := query.get("search"), list):
            yield "mediawiki", found, _mediawiki
        if isinstance(query, dict) and isinstance(pages := query.get("pages"), dict):
            yield "mediawiki", list(pages.values()), _mediawiki_file
        if isinstance(results := data.get("results"), list) and _has(results, "trackName"):
            yield "itunes", results, _itunes
    elif isinstance(data, list):
        if _has(data, "short_id"):
            yield "lobsters", data, _lobsters
        if _has(data, "link") or _has(data, "url"):
            yield "wordpress", data, _wordpress
        if len(data) == 4 and isinstance(data[0], str) and all(isinstance(row, list) for row in data[1:]):
            rows = [
                {"title": title, "text": text, "url": url}
                for title, text, url in zip(data[1], data[2], data[3], strict=False)
            ]
            yield "opensearch", rows, _opensearch


def _has(items: list[Any], name: str) -> bool:
    return bool(items) and isinstance(items[0], dict) and name in items[0]


def _text(data: Any, *names: str) -> str:
    """The first of the named values that is text or a number, as it is written."""
    for name in names:
        value = data.get(name) if isinstance(data, dict) else None
        if isinstance(value, str) and value.strip():
            return value
        if isinstance(value, (int, float)) and not isinstance(value, bool):
            return str(value)
    return ""


def _html(value: str) -> RawText | None:
    return RawText(value) if value else None


def _entry(title: str, link: str, guid: str, text: str = "", **more: Any) -> RawEntry:
    return RawEntry(title=title, link=link, guid=guid, summary=_html(text), **more)


def _algolia(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A hit of Hacker News' search (`/api/v1/search`)."""
    number = _text(item, "objectID", "id")
    # The thread is had from the same interface; `sources.discussion` knows the address.
    thread = urljoin(base, f"items/{quote(number)}") if number else ""
    return _entry(
        _text(item, "title", "story_title"), _text(item, "url", "story_url") or thread, number,
        _text(item, "story_text", "comment_text"), authors=[_text(item, "author")],
        published=_text(item, "created_at"), comments_url=thread, comments=_text(item, "num_comments"),
    )  # fmt: skip


def _with_blurbs(topics: list[Any], posts: Any) -> list[Any]:
    """Discourse's topics with what it found in them."""
    blurbs = {
        _text(post, "topic_id"): post
        for post in (posts if isinstance(posts, list) else ())
        if isinstance(post, dict)
    }
    return [
        {**topic, "post": blurbs.get(_text(topic, "id"))} if isinstance(topic, dict) else topic
        for topic in topics
    ]


def _discourse(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A topic of Discourse (`/search.json`, `/latest.json`)."""
    number = _text(item, "id")
    if not number:
        return None
    link = urljoin(base, f"t/{quote(_text(item, 'slug') or 'topic')}/{quote(number)}")
    count = _text(item, "posts_count")
    post = item.get("post")
    answers = str(max(0, int(count) - 1)) if count.isdecimal() and len(count) < 9 else ""
    blurb = _text(post, "blurb") or _text(item, "excerpt")
    return _entry(
        _text(item, "title", "fancy_title"), link, f"topic-{number}", blurb,
        authors=[_text(post, "username")], published=_text(item, "created_at", "last_posted_at"),
        comments_url=link, comments=answers,
        picture=_text(item, "image_url"),
    )  # fmt: skip


def _lemmy(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A post of Lemmy (`/api/v3/search`, `/api/v3/post/list`)."""
    from tui_news.sources.discussion.answers import markdown_html

    post = item.get("post")
    number = _text(post, "id")
    if not isinstance(post, dict) or not number:
        return None
    page = urljoin(base, f"/post/{quote(number)}")
    return _entry(
        _text(post, "name"), _text(post, "url") or page, _text(post, "ap_id") or number,
        markdown_html(post.get("body")), authors=[_text(item.get("creator"), "display_name", "name")],
        published=_text(post, "published"), comments_url=page, comments=_text(item.get("counts"), "comments"),
        picture=_text(post, "thumbnail_url"),
    )  # fmt: skip


def _lobsters(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A story of Lobsters (`/hottest.json`, `/newest.json`)."""
    user, tags = item.get("submitter_user"), item.get("tags")
    page = _text(item, "comments_url", "short_id_url")
    return _entry(
        _text(item, "title"), _text(item, "url") or page, _text(item, "short_id"), _text(item, "description"),
        authors=[_text(user, "username") if isinstance(user, dict) else str(user or "")],
        published=_text(item, "created_at"), comments_url=page, comments=_text(item, "comment_count"),
        tags=[tag for tag in tags[:20] if isinstance(tag, str)] if isinstance(tags, list) else [],
    )  # fmt: skip


def _wordpress(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A post of WordPress' REST interface (`/wp/v2/posts?search=`, `/wp/v2/search?search=`)."""

    def rendered(name: str) -> str:
        value = item.get(name)
        return _text(value, "rendered") if isinstance(value, dict) else _text(item, name)

    date = _text(item, "date_gmt")
    entry = _entry(
        rendered("title"), _text(item, "link", "url"), _text(item, "id"), rendered("excerpt"),
        published=date + "Z" if date and date[-1].isdigit() else _text(item, "date"),
    )  # fmt: skip
    entry.content = _html(rendered("content"))
    return entry


def _mediawiki(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A page that MediaWiki's search found (`action=query&list=search`)."""
    title = _text(item, "title")
    link = urljoin(base, "/wiki/" + quote(title.replace(" ", "_"), safe="/:")) if title else ""
    return _entry(
        title,
        link,
        _text(item, "pageid") or title,
        _text(item, "snippet"),
        published=_text(item, "timestamp"),
    )


def _mediawiki_file(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A picture that MediaWiki's search found (`generator=search&prop=imageinfo`)."""
    infos = item.get("imageinfo")
    info = infos[0] if isinstance(infos, list) and infos and isinstance(infos[0], dict) else {}
    title = _text(item, "title").rpartition(":")[2].rpartition(".")[0] or _text(item, "title")
    picture = _text(info, "thumburl", "url")
    entry = _entry(
        title, _text(info, "descriptionurl") or picture, _text(item, "pageid"),
        authors=[_text(info, "user")], published=_text(info, "timestamp"), picture=picture,
    )  # fmt: skip
    if picture:
        entry.files.append(RawFile(_text(info, "url") or picture, _text(info, "mime") or "image"))
    return entry


def _itunes(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """An episode of a podcast, or a song with its preview (`itunes.apple.com/search`)."""
    entry = _entry(
        _text(item, "trackName"), _text(item, "trackViewUrl", "collectionViewUrl"), _text(item, "trackId"),
        _text(item, "description", "shortDescription"),
        authors=[_text(item, "artistName", "collectionName")], published=_text(item, "releaseDate"),
        picture=_text(item, "artworkUrl160", "artworkUrl100"),
    )  # fmt: skip
    if audio := _text(item, "episodeUrl", "previewUrl"):
        length = _text(item, "trackTimeMillis")
        seconds = str(int(length) // 1000) if length.isdecimal() and len(length) < 12 else ""
        entry.files.append(
            RawFile(audio, "audio/mp4" if audio.endswith(".m4a") else "audio/mpeg", "", seconds)
        )
    return entry


def _opensearch(item: Mapping[str, Any], base: str) -> RawEntry | None:
    """A row of an OpenSearch suggestion answer: `[query, titles, texts, addresses]`."""
    return _entry(_text(item, "title"), _text(item, "url"), _text(item, "url"), _text(item, "text"))


SHAPES: Final = (
    "algolia",
    "discourse",
    "lemmy",
    "lobsters",
    "wordpress",
    "mediawiki",
    "itunes",
    "opensearch",
)
"""The names of the shapes, as a feed's kind says them."""
