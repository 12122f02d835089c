"""JSON Feed 1.0 and 1.1 (jsonfeed.org), and RSS written as JSON; of a file cut short, what is whole."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from typing import Any, Final

from tui_news.i18n import _
from tui_news.sources.feed.raw import RawEntry, RawFeed, RawFile, RawText
from tui_news.sources.feed.reader import joined
from tui_news.sources.feed.result import FeedError

_ITEMS: Final = re.compile(r'"items?"\s*:\s*\[')
_COMMA: Final = re.compile(r"[\s,]*")
_VERSION: Final = re.compile(r"jsonfeed\.org/version/([\d.]{1,6})")


def _load(text: str) -> Any:
    """The document. Raises ValueError, also for nesting beyond what the parsers bear."""
    import orjson

    try:
        return orjson.loads(text)
    except orjson.JSONDecodeError:
        pass  # lone surrogates are refused there and borne here
    try:
        return json.loads(text)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _salvaged(text: str) -> Iterator[Any]:
    """The whole entries before a cut: objects in the list of items, one by one."""
    start = _ITEMS.search(text)
    if start is None:
        return
    decoder = json.JSONDecoder()
    place = start.end()
    while place < len(text):
        gap = _COMMA.match(text, place)
        place = gap.end() if gap else place
        try:
            value, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            return
        yield value


def read_json(text: str, url: str, limit: int) -> RawFeed:
    """A feed in JSON as raw entries. Raises FeedError when it is none."""
    try:
        data = _load(text)
    except ValueError as error:
        entries = [item for item in _salvaged(text) if isinstance(item, dict)]
        if not entries:
            raise FeedError(
                _(
                    "JSON that cannot be read ({error}); try again later",
                    error=" ".join(str(error).split())[:80],
                )
            ) from error
        data = {"items": entries, "version": _VERSION.search(text[:2000]) and _VERSION.search(text[:2000])[0]}  # type: ignore[index]
        match = re.search(r'"title"\s*:\s*("(?:[^"\\]|\\.){0,500}")', text[: text.find('"items"')])
        if match:
            data["title"] = json.loads(match[1], strict=False)
        feed = _json_feed(data, url, limit)
        feed.damaged = True
        feed.notes.append(_("the JSON is cut short or broken; the entries before that place were kept"))
        return feed
    if isinstance(data, dict):
        if isinstance(data.get("rss"), dict):
            return _rss_in_json(data["rss"], url, limit)
        if isinstance(data.get("items"), list):
            return _json_feed(data, url, limit)
    from tui_news.sources.feed.listings import read_listing

    if (listing := read_listing(data, url, limit)) is not None:
        return listing
    raise FeedError(_('JSON, but no feed: it has no list of "items"; check the address'))


def _text(data: Mapping[str, Any], *names: str) -> str:
    """The first of the named values that is text or a number."""
    for name in names:
        value = data.get(name)
        if isinstance(value, str) and value.strip():
            return value.strip()
        if isinstance(value, int | float) and not isinstance(value, bool):
            return str(value)
    return ""


def _list(data: Mapping[str, Any], name: str) -> list[Any]:
    value = data.get(name)
    return value if isinstance(value, list) else []


def _authors(data: Mapping[str, Any]) -> list[str]:
    found = [*_list(data, "authors"), data.get("author")]
    names = [_text(one, "name", "url") if isinstance(one, dict) else one for one in found]
    return [name for name in names if isinstance(name, str) and name]


def _json_feed(data: dict[str, Any], url: str, limit: int) -> RawFeed:
    version = _VERSION.search(_text(data, "version"))
    number = version[1].strip(".") if version else "1"
    feed = RawFeed(
        kind=f"json feed {'1.0' if number == '1' else number}",
        title=_text(data, "title"),
        title_kind="text",
        home=joined(url, _text(data, "home_page_url")) if _text(data, "home_page_url") else "",
        language=_text(data, "language"),
        authors=_authors(data),
        self_url=_text(data, "feed_url"),
    )
    for hub in _list(data, "hubs"):
        if isinstance(hub, dict):
            feed.hub = feed.hub or _text(hub, "url")
    items = [item for item in data["items"] if isinstance(item, dict)]
    feed.total = len(items)
    feed.entries = [_item(item, url) for item in items[:limit]]
    return feed


def _item(data: dict[str, Any], base: str) -> RawEntry:
    entry = RawEntry(title=_text(data, "title"), title_kind="text")
    entry.guid = _text(data, "id")
    link, outside = _text(data, "url"), _text(data, "external_url")
    entry.link = joined(base, link or outside) if link or outside else ""
    if not entry.link and "://" in entry.guid:
        entry.link = entry.guid
    if link and outside:
        entry.related.append(("", joined(base, outside)))
    if html := _text(data, "content_html"):
        entry.content = RawText(html, "html", base)
    elif plain := _text(data, "content_text"):
        entry.content = RawText(plain, "text", base)
    if summary := _text(data, "summary"):
        entry.summary = RawText(summary, "text", base)
    entry.published = _text(data, "date_published")
    entry.updated = _text(data, "date_modified")
    entry.authors = _authors(data)
    entry.tags = [tag for tag in _list(data, "tags") if isinstance(tag, str)]
    entry.language = _text(data, "language")
    if picture := _text(data, "image", "banner_image"):
        entry.picture = joined(base, picture)
    for file in _list(data, "attachments"):
        if isinstance(file, dict) and (target := _text(file, "url")):
            entry.files.append(
                RawFile(
                    joined(base, target),
                    _text(file, "mime_type"),
                    _text(file, "size_in_bytes"),
                    _text(file, "duration_in_seconds"),
                    _text(file, "title"),
                )
            )
    return entry


def _rss_in_json(rss: dict[str, Any], url: str, limit: int) -> RawFeed:
    """RSS 2.0 with JSON's syntax: elements are keys, repeated ones lists, text with attributes `#value`."""
    channel = rss.get("channel")
    if not isinstance(channel, dict):
        raise FeedError(_("RSS in JSON without a channel; check the address"))
    found = channel.get("item")
    items = [item for item in (found if isinstance(found, list) else [found]) if isinstance(item, dict)]
    feed = RawFeed(
        kind=f"rss {_text(rss, 'version') or '2.0'} in json",
        title=_text(channel, "title"),
        home=_text(channel, "link"),
        language=_text(channel, "language"),
        total=len(items),
    )
    feed.entries = [_rss_item(item, url) for item in items[:limit]]
    return feed


def _values(data: Mapping[str, Any], name: str) -> list[str]:
    found = data.get(name)
    texts = [
        _text(one, "#value") if isinstance(one, dict) else one
        for one in (found if isinstance(found, list) else [found])
    ]
    return [text for text in texts if isinstance(text, str) and text]


def _rss_item(data: dict[str, Any], base: str) -> RawEntry:
    def first(name: str) -> str:
        return next(iter(_values(data, name)), "")

    entry = RawEntry(title=first("title"), published=first("pubDate") or first("dc:date"))
    entry.guid = first("guid")
    link = first("link") or (entry.guid if "://" in entry.guid else "")
    entry.link = joined(base, link) if link else ""
    if text := first("description"):
        entry.summary = RawText(text, "html", base)
    if text := first("content:encoded"):
        entry.content = RawText(text, "html", base)
    entry.authors = _values(data, "author") + _values(data, "dc:creator")
    entry.tags = _values(data, "category")
    entry.comments_url = first("comments")
    entry.comments = first("slash:comments")
    files = data.get("enclosure")
    for file in files if isinstance(files, list) else [files]:
        if isinstance(file, dict) and (target := _text(file, "url")):
            entry.files.append(RawFile(joined(base, target), _text(file, "type"), _text(file, "length")))
    return entry
