"""RSS and Atom through lxml: strict first, then repaired as text, then entry by entry with recovery."""

from __future__ import annotations

import re
from datetime import datetime
from typing import TYPE_CHECKING, Any, Final

from lxml import etree

from tui_news.i18n import _
from tui_news.sources.feed.dates import parse_date
from tui_news.sources.feed.elements import fill, person
from tui_news.sources.feed.names import ATOM_03, RDF_ABOUT, XML_LANG, is_netscape, short_name
from tui_news.sources.feed.raw import RawDeleted, RawEntry, RawFeed
from tui_news.sources.feed.reader import Reader, joined
from tui_news.sources.feed.repair import repaired
from tui_news.sources.feed.result import FeedError
from tui_news.sources.feed.salvage import ENTRY_NAMES, split_entries
from tui_news.text.halves import without_halves

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

_DECLARATION: Final = re.compile(rb"^\s*<\?xml\b[^>]{0,1000}\?>")
_ROOTS: Final = frozenset(["rss", "rdf:rdf", "rdf", "atom:feed", "feed", "channel", "rdf:channel"])
_BUILT: Final = frozenset(["lastbuilddate", "pubdate", "dc:date", "atom:updated", "atom:modified"])
MAX_DELETED: Final = 1_000
"""Tombstones that are read of one feed."""
_PERIODS: Final = {"hourly": 60, "daily": 1440, "weekly": 10_080, "monthly": 43_200, "yearly": 525_600}


def _parser(recover: bool) -> etree.XMLParser:
    """No entity resolved, nothing loaded, libxml2's own limits of depth and size kept."""
    return etree.XMLParser(
        encoding="utf-8",
        recover=recover,
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        dtd_validation=False,
        attribute_defaults=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
        collect_ids=False,
    )


@dataclass(frozen=True, slots=True)
class Document:
    """A document as far as a strict parser takes it. `root` is None when it does not, not even repaired."""

    root: Any
    text: str
    """The text that was parsed last: the repaired one when the file's own was refused."""
    masked: bool = False
    """Whether texts hold stand-ins for forbidden characters (`repair.restored`)."""
    note: str = ""
    """What was wrong, one plain line."""
    too_deep: bool = False


def parse_tree(text: str) -> Document:
    """The document in `text`, which may open with an XML declaration. Never raises."""
    note = ""
    if "<!DOCTYPE" not in text[:20_000].upper():
        try:
            data = _DECLARATION.sub(b"", text.encode("utf-8", "replace"), count=1)
            return Document(etree.fromstring(data, _parser(False)), text)
        except etree.XMLSyntaxError:
            note = _("the XML was not well-formed; it was put right while reading")
    fixed, masked = repaired(text)
    try:
        root = etree.fromstring(fixed.encode("utf-8", "replace"), _parser(False))
    except etree.XMLSyntaxError as error:
        reason = str(error.msg or "empty document").partition(", line")[0].partition("\n")[0].strip().lower()
        where = f"{reason}, line {error.lineno or 1}"
        return Document(None, fixed, masked, where, "depth" in reason)
    return Document(root, fixed, masked, note)


def read_xml(text: str, url: str, limit: int, now: datetime) -> RawFeed:
    """A feed in XML as raw entries, at most `limit`. Raises FeedError when it is none."""
    document = parse_tree(text)
    if document.root is None:
        return _salvaged(document, url, limit)
    root = document.root
    name = short_name(root.tag)
    if name not in _ROOTS:
        raise FeedError(_other_document(name))
    feed = RawFeed(kind=_kind(root, name), notes=[document.note] if document.note else [])
    reader = Reader(url, has_base="xml:base" in text, has_lang="xml:lang" in text, masked=document.masked)
    items = [el for el in root.iter("{*}item", "{*}entry") if short_name(el.tag) in ENTRY_NAMES]
    if not items:  # in capitals
        items = [el for el in root.iter(etree.Element) if short_name(el.tag) in ENTRY_NAMES]
    _channel(feed, reader, root, name)
    feed.total = len(items)
    if len(items) > limit:
        items = _newest(reader, items, limit, now)
    feed.entries = [_entry(reader, item, damaged=False) for item in items]
    return feed


def _salvaged(document: Document, url: str, limit: int) -> RawFeed:
    """A broken feed: each entry parsed by itself, so that no damage reaches beyond its entry."""
    pieces = split_entries(document.text)
    if not pieces.entries:
        if document.too_deep:
            raise FeedError(_("the XML is nested too deep to be a feed; tell its publisher"))
        if pieces.cut:
            raise FeedError(_("the feed is cut short within its first entry; try again later"))
        if pieces.is_feed:
            raise FeedError(
                _("the feed is broken before its first entry ({note}); try again later", note=document.note)
            )
        raise FeedError(
            _("the answer is no XML that can be read ({note}); try again later", note=document.note)
        )
    head = _recovered(pieces.wrapped(pieces.head))
    feed = RawFeed(
        damaged=True, notes=[_("the XML is broken ({note}); what could be read was kept", note=document.note)]
    )
    if pieces.cut:
        feed.notes.append(_("the feed is cut short within its last entry, which was left out"))
    text = document.text
    reader = Reader(url, has_base="xml:base" in text, has_lang="xml:lang" in text, masked=document.masked)
    root = next((el for el in head.iter(etree.Element) if short_name(el.tag) in _ROOTS), head)
    name = short_name(root.tag)
    feed.kind = _kind(root, name) if name in _ROOTS else "rss 2.0"
    _channel(feed, reader, root, name)
    feed.total = len(pieces.entries)
    for piece in pieces.entries[:limit]:
        made = _recovered(pieces.wrapped(piece))
        item = next((el for el in made.iter(etree.Element) if short_name(el.tag) in ENTRY_NAMES), None)
        if item is not None:
            feed.entries.append(_entry(reader, item, damaged=True))
    return feed


def _recovered(text: str) -> Any:
    """What libxml2 can make of a piece; an empty element when that is nothing."""
    try:
        root = etree.fromstring(without_halves(text).encode("utf-8", "replace"), _parser(True))
    except etree.XMLSyntaxError:
        root = None
    return etree.Element("x") if root is None else root


def _entry(reader: Reader, item: Any, *, damaged: bool) -> RawEntry:
    entry = fill(RawEntry(), reader, item, damaged)
    if not entry.guid and (about := item.get(RDF_ABOUT)):
        entry.guid = about.strip()
        entry.guid_link = entry.guid
    if entry.guid_link and not entry.link:
        entry.link = entry.guid_link if "://" in entry.guid_link else ""
    return entry


def _newest(reader: Reader, items: list[Any], limit: int, now: datetime) -> list[Any]:
    """The first `limit` entries as listed; the last ones of a feed that lists the oldest first."""
    ends = [
        parse_date(fill(RawEntry(), reader, item, False).published, now=now) for item in (items[0], items[-1])
    ]
    if ends[0] is not None and ends[1] is not None and ends[0] < ends[1]:
        return items[-limit:]
    return items[:limit]


def _other_document(name: str) -> str:
    """What a document is that is XML and no feed."""
    name = name.removeprefix("?:")
    if name in ("urlset", "sitemapindex"):
        return _('a sitemap instead of a feed; give the source kind = "sitemap"')
    if name == "opml":
        return _("a list of feeds (OPML) instead of a feed; save it and use `tui-news sources import FILE`")
    if name.removeprefix("xhtml:") == "html":
        return "HTML"
    return _("XML but no feed: it opens with <{name}>; check the address", name=name[:40])


def _kind(root: Any, name: str) -> str:
    tag: str = root.tag
    if name in ("atom:feed", "feed"):
        return "atom 0.3" if tag.startswith("{" + ATOM_03) or root.get("version") == "0.3" else "atom 1.0"
    if "rdf" in name:
        old = any(uri and is_netscape(uri) for uri in root.nsmap.values())
        return "rss 0.90" if old else "rss 1.0"
    version = (root.get("version") or "").strip()[:8]
    return f"rss {version or '2.0'}"


def _channel(feed: RawFeed, reader: Reader, root: Any, name: str) -> None:
    """What the feed says of itself. Entries are passed over."""
    channel = root
    if name not in ("atom:feed", "feed"):
        channel = next(
            (el for el in root if isinstance(el.tag, str) and short_name(el.tag) == "channel"), root
        )
    feed.language = (root.get(XML_LANG) or channel.get(XML_LANG) or "").strip()
    period, frequency = 0, 1
    rss_link = ""
    for el in channel:
        if not isinstance(el.tag, str) or (tag := short_name(el.tag)) in ENTRY_NAMES:
            continue
        if tag in ("title", "atom:title"):
            feed.title = feed.title or reader.text(el)
            if tag == "atom:title" and (el.get("type") or "text") in ("text", "text/plain"):
                feed.title_kind = "text"
        elif tag == "link" and (text := reader.text(el)):
            rss_link = rss_link or joined(reader.base_of(el), text)
        elif tag in ("atom:link", "link") and (href := reader.attr(el, "href")):
            target = reader.link(el, href)
            rel = (el.get("rel") or "alternate").lower()
            if rel == "alternate":
                feed.home = feed.home or target
            elif rel == "hub":
                feed.hub = feed.hub or target
            elif rel == "self":
                feed.self_url = feed.self_url or target
        elif tag in ("language", "dc:language"):
            feed.language = feed.language or reader.text(el)
        elif tag in _BUILT and (text := reader.text(el)):
            feed.built = text if tag != "pubdate" else feed.built or text
        elif tag == "ttl":
            feed.ttl = _int(reader.text(el))
        elif tag == "sy:updateperiod":
            period = _PERIODS.get(reader.text(el).lower(), 0)
        elif tag == "sy:updatefrequency":
            frequency = _int(reader.text(el)) or 1
        elif tag == "atom:author" and (who := person(reader, el)):
            feed.authors.append(who)
        elif tag == "at:deleted-entry" and len(feed.deleted) < MAX_DELETED:
            _deleted(feed, reader, el)
    feed.home = rss_link or feed.home
    feed.ttl = feed.ttl or period // max(frequency, 1)
    # Relative links of RSS are meant from the site when the feed lives on a feed host.
    if rss_link.startswith(("http://", "https://")) and name not in ("atom:feed", "feed"):
        from urllib.parse import urlsplit

        try:
            if urlsplit(rss_link).netloc != urlsplit(reader.base).netloc:
                reader.base = rss_link
        except ValueError:
            pass


def _deleted(feed: RawFeed, reader: Reader, el: Any) -> None:
    """A tombstone: which entry was deleted, when, and what is said to that (RFC 6721, 3)."""
    if ref := reader.attr(el, "ref"):
        comment = next((reader.text(one) for one in el.iter("{*}comment")), "")
        feed.deleted.append(RawDeleted(ref, reader.attr(el, "when"), comment))


def _int(text: str) -> int:
    return min(int(text), 525_600) if text.isdecimal() and len(text) < 9 else 0
