"""What each child element of an entry means, in RSS, Atom and the modules that feeds use."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, Final

from tui_news.sources.feed.names import XML_LANG, short_name
from tui_news.sources.feed.raw import RawEntry, RawFile, RawText
from tui_news.sources.feed.reader import Reader
from tui_news.sources.feed.words import looks_like_html

Handler = Callable[[RawEntry, Reader, Any], None]


def _longer(old: RawText | None, new: RawText) -> RawText:
    if old is None or new.element is not None:
        return new
    return new if old.element is None and len(new.value) > len(old.value) else old


def _title(entry: RawEntry, reader: Reader, el: Any) -> None:
    if not entry.title:
        entry.title = reader.text(el)


def _atom_title(entry: RawEntry, reader: Reader, el: Any) -> None:
    if not entry.title:
        entry.title, entry.title_kind = reader.text(el), "html" if el.get("type") in _HTML_TYPES else "text"


_HTML_TYPES: Final = frozenset(["html", "text/html"])
_XHTML_TYPES: Final = frozenset(["xhtml", "application/xhtml+xml", "xml"])


def _link(entry: RawEntry, reader: Reader, el: Any) -> None:
    text = reader.text(el)
    if text and not entry.link:
        entry.link = reader.link(el, text)
    elif not text and el.get("href"):  # an Atom link without its namespace
        _atom_link(entry, reader, el)


def _original_link(entry: RawEntry, reader: Reader, el: Any) -> None:
    if text := reader.text(el):
        entry.link = text


def _atom_link(entry: RawEntry, reader: Reader, el: Any) -> None:
    href = reader.attr(el, "href")
    if not href:
        return
    rel = (el.get("rel") or "alternate").lower().rpartition("/")[2]
    kind = (el.get("type") or "").lower()
    url = reader.link(el, href)
    if rel == "alternate":
        entry.link = entry.link or url
    elif rel == "enclosure":
        entry.files.append(RawFile(url, kind, reader.attr(el, "length"), title=reader.attr(el, "title")))
    elif rel == "replies":
        if "xml" in kind or "atom" in kind or "rss" in kind or "json" in kind:
            entry.comments_feed = entry.comments_feed or url
        else:
            entry.comments_url = entry.comments_url or url
        for name, value in el.attrib.items():
            if short_name(name) in ("thr:count", "count") and not entry.comments:
                entry.comments = value
    elif rel in ("related", "via"):
        entry.related.append((reader.attr(el, "title"), url))


def _guid(entry: RawEntry, reader: Reader, el: Any) -> None:
    if text := reader.text(el):
        entry.guid = text
        if (el.get("isPermaLink") or el.get("ispermalink") or "true").lower() != "false":
            entry.guid_link = text


def _atom_id(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.guid = entry.guid or reader.text(el)


def _description(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.summary = _longer(entry.summary, reader.markup(el))


def _encoded(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.content = _longer(entry.content, reader.markup(el))


def _blurb(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.blurb = _longer(entry.blurb, reader.markup(el))


def _atom_text(reader: Reader, el: Any) -> RawText | None:
    """An Atom text construct or content (RFC 4287, 3.1 and 4.1.3); None when it is no text."""
    kind = (el.get("type") or "text").strip().lower()
    mode = el.get("mode")  # Atom 0.3
    if el.get("src") and not len(el) and not (el.text or "").strip():
        return None
    if mode == "base64":
        return None
    if kind in _XHTML_TYPES or (mode != "escaped" and len(el)):
        inside = [child for child in el if isinstance(child.tag, str)]
        if inside:
            # xml:base may stand on the div that XHTML content is wrapped in.
            wrapper = inside[0] if len(inside) == 1 and not (el.text or "").strip() else el
            return RawText(element=wrapper, base=reader.base_of(wrapper))
    text = reader.text(el)
    if kind in _HTML_TYPES or kind in _XHTML_TYPES or (mode == "escaped" and "html" in kind):
        return RawText(text, "html", reader.base_of(el))
    if kind in ("text", "text/plain", "plain"):
        return RawText(text, "html" if looks_like_html(text) else "text", reader.base_of(el))
    return None


def _atom_content(entry: RawEntry, reader: Reader, el: Any) -> None:
    if src := reader.attr(el, "src"):
        kind = (el.get("type") or "").lower()
        if kind and "html" not in kind:
            entry.files.append(RawFile(reader.link(el, src), kind))
    if (made := _atom_text(reader, el)) is not None:
        entry.content = _longer(entry.content, made)
        if reader.has_lang and el.get(XML_LANG):
            entry.language = el.get(XML_LANG)


def _atom_summary(entry: RawEntry, reader: Reader, el: Any) -> None:
    if (made := _atom_text(reader, el)) is not None:
        entry.summary = _longer(entry.summary, made)


def person(reader: Reader, el: Any) -> str:
    """An Atom person's name, else address; plain text when it has no such children."""
    found = {short_name(child.tag): child for child in el if isinstance(child.tag, str)}
    for name in ("atom:name", "name", "itunes:name", "atom:email", "email"):
        if name in found and (text := reader.text(found[name])):
            return text
    return "" if found else reader.text(el)


def _author(entry: RawEntry, reader: Reader, el: Any) -> None:
    if name := person(reader, el):
        entry.authors.append(name)


def _second_author(entry: RawEntry, reader: Reader, el: Any) -> None:
    """iTunes repeats what RSS and Dublin Core say; it counts when they say nothing."""
    if not entry.authors:
        _author(entry, reader, el)


def _published(entry: RawEntry, reader: Reader, el: Any) -> None:
    if text := reader.text(el):
        entry.published = entry.published or text


def _updated(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.updated = entry.updated or reader.text(el)


def _category(entry: RawEntry, reader: Reader, el: Any) -> None:
    if text := reader.text(el) or reader.attr(el, "text"):
        entry.tags.append(text)
    elif el.get("label") or el.get("term"):
        _atom_category(entry, reader, el)


def _categories(entry: RawEntry, reader: Reader, el: Any) -> None:
    for child in el:
        if isinstance(child.tag, str):
            _category(entry, reader, child)


def _atom_category(entry: RawEntry, reader: Reader, el: Any) -> None:
    if text := reader.attr(el, "label") or reader.attr(el, "term") or reader.text(el):
        # A term that is a URI is for machines.
        if text.startswith(("http://", "https://")):
            text = text.rstrip("/").rpartition("/")[2].rpartition("#")[2]
        entry.tags.append(text)


def _keywords(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.tags.extend(reader.text(el).split(",")[:20])


def _comments(entry: RawEntry, reader: Reader, el: Any) -> None:
    text = reader.text(el)
    if text.isdecimal():  # slash:comments without its namespace
        entry.comments = entry.comments or text
    elif text:
        entry.comments_url = entry.comments_url or reader.link(el, text)


def _comment_count(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.comments = entry.comments or reader.text(el)


def _comments_feed(entry: RawEntry, reader: Reader, el: Any) -> None:
    if text := reader.text(el):
        entry.comments_feed = entry.comments_feed or reader.link(el, text)


def _comments_post(entry: RawEntry, reader: Reader, el: Any) -> None:
    if text := reader.text(el):
        entry.comments_post = entry.comments_post or reader.link(el, text)


def _in_reply_to(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.reply_to = entry.reply_to or reader.attr(el, "ref") or reader.attr(el, "href")
    if href := reader.attr(el, "href") or reader.attr(el, "ref"):
        entry.related.append(("In reply to", reader.link(el, href)))


def _enclosure(entry: RawEntry, reader: Reader, el: Any) -> None:
    if url := reader.attr(el, "url"):
        entry.files.append(RawFile(reader.link(el, url), reader.attr(el, "type"), reader.attr(el, "length")))


def _media_content(entry: RawEntry, reader: Reader, el: Any) -> None:
    if url := reader.attr(el, "url"):
        kind = reader.attr(el, "type")
        medium = (el.get("medium") or "").lower()
        if medium and not kind:
            kind = medium if medium in ("image", "audio", "video") else ""
        entry.files.append(
            RawFile(
                reader.link(el, url),
                kind,
                reader.attr(el, "fileSize"),
                reader.attr(el, "duration"),
                title=_media_title(reader, el),
            )
        )
    media_children(entry, reader, el)


def _media_title(reader: Reader, el: Any) -> str:
    for child in el:
        if isinstance(child.tag, str) and short_name(child.tag) == "media:title":
            return reader.text(child)
    return ""


def media_children(entry: RawEntry, reader: Reader, el: Any) -> None:
    """A media:group or media:content with its parts; deeper nesting than the format has is left."""
    for child in el:
        if not isinstance(child.tag, str):
            continue
        name = short_name(child.tag)
        if name in ("media:content", "media:thumbnail", "media:description"):
            if name == "media:content" and short_name(el.tag) == "media:content":
                continue
            ENTRY[name](entry, reader, child)


def _thumbnail(entry: RawEntry, reader: Reader, el: Any) -> None:
    if url := reader.attr(el, "url") or reader.text(el):
        entry.picture = entry.picture or reader.link(el, url)


def _item_image(entry: RawEntry, reader: Reader, el: Any) -> None:
    """An item's own <image>: a URL, or RSS's structure with one."""
    for child in el:
        if isinstance(child.tag, str) and short_name(child.tag) == "url":
            entry.picture = entry.picture or reader.link(el, reader.text(child))
            return
    if url := reader.attr(el, "href") or reader.attr(el, "url") or reader.text(el):
        entry.picture = entry.picture or reader.link(el, url)


def _source(entry: RawEntry, reader: Reader, el: Any) -> None:
    entry.agency = entry.agency or reader.text(el)


def _atom_source(entry: RawEntry, reader: Reader, el: Any) -> None:
    for child in el:
        if isinstance(child.tag, str) and short_name(child.tag) == "atom:title":
            entry.agency = entry.agency or reader.text(child)


def _set(name: str) -> Handler:
    def handler(entry: RawEntry, reader: Reader, el: Any) -> None:
        if text := reader.text(el):
            setattr(entry, name, text)

    return handler


ENTRY: Final[dict[str, Handler]] = {
    "title": _title, "atom:title": _atom_title, "dc:title": _title, "media:title": _title,
    "link": _link, "atom:link": _atom_link, "feedburner:origlink": _original_link,
    "guid": _guid, "atom:id": _atom_id, "id": _atom_id, "dc:identifier": _atom_id,
    "description": _description, "summary": _description, "content": _encoded, "content:encoded": _encoded,
    "body": _encoded, "xhtml:body": _encoded, "xhtml:div": _encoded, "fulltext": _encoded,
    "atom:content": _atom_content, "atom:summary": _atom_summary, "dc:description": _description,
    "dcterms:abstract": _blurb, "itunes:summary": _blurb, "itunes:subtitle": _blurb,
    "media:description": _blurb,
    "author": _author, "dc:creator": _author, "atom:author": _author, "atom:contributor": _second_author,
    "itunes:author": _second_author, "dc:contributor": _second_author, "prism:byline": _second_author,
    "pubdate": _published, "date": _published, "dc:date": _published, "atom:published": _published,
    "published": _published, "atom:issued": _published, "dcterms:issued": _published,
    "dcterms:created": _published, "atom:created": _published, "prism:publicationdate": _published,
    "atom:updated": _updated, "updated": _updated, "atom:modified": _updated, "dcterms:modified": _updated,
    "lastmod": _updated,
    "category": _category, "dc:subject": _category, "atom:category": _atom_category,
    "categories": _categories, "itunes:keywords": _keywords, "media:keywords": _keywords,
    "comments": _comments, "slash:comments": _comment_count, "thr:total": _comment_count,
    "wfw:commentrss": _comments_feed, "wfw:comment": _comments_post, "thr:in-reply-to": _in_reply_to,
    "enclosure": _enclosure, "media:content": _media_content, "media:group": media_children,
    "media:thumbnail": _thumbnail, "thumbnail": _thumbnail, "itunes:image": _item_image,
    "image": _item_image,
    "itunes:duration": _set("duration"), "itunes:episode": _set("episode"), "itunes:season": _set("season"),
    "dc:language": _set("language"), "language": _set("language"),
    "source": _source, "dc:source": _source, "dc:publisher": _source, "atom:source": _atom_source,
}  # fmt: skip

# Elements that hold nothing but text: one of them with entry elements inside was never closed.
_PLAIN: Final = frozenset(
    ["title", "link", "guid", "pubdate", "author", "category", "comments", "dc:creator", "dc:date"]
)


def fill(entry: RawEntry, reader: Reader, element: Any, damaged: bool) -> RawEntry:
    """Reads an entry's children into `entry`."""
    for child in _opened(element) if damaged else element:
        tag = child.tag
        if isinstance(tag, str) and (handler := ENTRY.get(short_name(tag))) is not None:
            handler(entry, reader, child)
    if reader.has_lang and not entry.language:
        entry.language = reader.language(element)
    return entry


def _opened(element: Any) -> Iterator[Any]:
    """An entry's children in a broken file: what an unclosed element swallowed is brought back out."""
    stack = list(reversed(element))
    while stack:
        child = stack.pop()
        if isinstance(child.tag, str) and len(child) and short_name(child.tag) in _PLAIN:
            swallowed = [
                node for node in child if isinstance(node.tag, str) and short_name(node.tag) in ENTRY
            ]
            if swallowed:
                for node in swallowed:
                    child.remove(node)
                stack.extend(reversed(swallowed))
        yield child
