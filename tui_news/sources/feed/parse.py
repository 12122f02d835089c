"""Bytes as a parsed feed: decoding, telling what they are, and a plain word when they are no feed."""

from __future__ import annotations

import re
from datetime import datetime
from typing import Final
from urllib.parse import urlsplit

from tui_news.i18n import _
from tui_news.model import article_id
from tui_news.sources.feed import words
from tui_news.sources.feed.dates import parse_date
from tui_news.sources.feed.entry import Setting, shape, tag_of
from tui_news.sources.feed.raw import RawDeleted, RawFeed
from tui_news.sources.feed.result import Deleted, FeedError, ParsedFeed
from tui_news.sources.identity import Key, entry_ids
from tui_news.text.clean import clean_line, clean_url, is_web_url

MAX_BYTES: Final = 32_000_000
"""What is beyond is not read, and the feed counts as damaged."""

_PROLOG_CHARSET: Final = re.compile(
    rb"^\s*<\?xml\b[^>]{0,200}?\bencoding\s*=\s*[\"']([^\"']{1,40})", re.IGNORECASE
)
_HTML: Final = re.compile(r"<!doctype\s+html|<html[\s>]|<head[\s>]|<body[\s>]", re.IGNORECASE)
_FEED: Final = re.compile(r"<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)[\s>]", re.IGNORECASE)
_TITLE: Final = re.compile(r"<title[^>]{0,200}>([^<]{0,300})", re.IGNORECASE)
_LOGIN: Final = re.compile(
    r"type\s*=\s*[\"']?password|captive|wi-?fi|hotspot|\blog[ -]?in\b|\bsign[ -]?in\b|"
    r"anmelde|anmeldung|connexion|iniciar sesi|登录|登入|登陸|ログイン|로그인",
    re.IGNORECASE,
)
_CHECK: Final = re.compile(
    r"just a moment|checking your browser|are you a robot|captcha|"
    r"enable javascript and cookies|access denied|attention required",
    re.IGNORECASE,
)
_MAGIC: Final = (
    (b"\x1f\x8b", "gzip data"), (b"BZh", "bzip2 data"), (b"\xfd7zXZ", "xz data"),
    (b"\x28\xb5\x2f\xfd", "zstd data"), (b"PK\x03\x04", "a zip file"), (b"%PDF", "a PDF file"),
    (b"\x89PNG", "a picture"), (b"\xff\xd8\xff", "a picture"), (b"GIF8", "a picture"),
    (b"ID3", "a sound file"),
)  # fmt: skip
_COUNTRY_LANGUAGE: Final = {"cn": "zh", "tw": "zh", "hk": "zh", "mo": "zh", "jp": "ja", "kr": "ko"}


def parse_feed(
    data: bytes,
    *,
    source: str,
    url: str,
    content_type: str = "",
    http_charset: str = "",
    charset: str = "",
    language: str = "",
    now: datetime,
    limit: int = 1000,
) -> ParsedFeed:
    """The feed in `data`. `url` is where it came from in the end and the base of its links; `charset`
    overrules what the file and HTTP say; `content_type` decides nothing, for servers lie: the bytes do;
    `language` is what the reader's configuration says; `now` is aware.

    A feed that is cut short or broken gives what could be read, with `damaged` set. Raises FeedError, one
    plain line, when there is no feed in the bytes; nothing else, whatever they hold.
    """
    if not data.strip():
        raise FeedError(_("the answer is empty; earlier articles are kept, try again later"))
    for magic, what in _MAGIC:
        if data.startswith(magic):
            raise FeedError(_("{what} instead of a feed; check the address", what=what))
    text, used, note = _decoded(data[:MAX_BYTES], http_charset, charset, language)
    feed = _read(text, url, limit, now)
    if len(data) > MAX_BYTES:
        feed.damaged = True
        feed.notes.append(_("only the first {count} MB of the feed were read", count=MAX_BYTES // 1000000))
    if note:
        feed.notes.append(note)
    return _finished(feed, source=source, url=url, charset=used, language=language, now=now, limit=limit)


def _decoded(data: bytes, http_charset: str, override: str, language: str) -> tuple[str, str, str]:
    """(text, the charset used, a note when a label was overruled)."""
    if not override and http_charset.strip().lower() in ("", "utf-8", "utf8", "us-ascii"):
        match = _PROLOG_CHARSET.match(data.removeprefix(b"\xef\xbb\xbf")[:400])
        if match is None or match[1].lower() in (b"utf-8", b"utf8", b"us-ascii", b"ascii"):
            try:
                return data.decode("utf-8").removeprefix("\ufeff"), "utf-8", ""
            except UnicodeDecodeError:
                pass
    from tui_news.text.decode import decode

    if http_charset.strip().lower().startswith(("utf-16", "utf-32", "ucs-2")) and b"\x00" not in data[:200]:
        http_charset = ""  # markup in any of these has zeros
    is_json = data.lstrip()[:1] in (b"{", b"[")
    decoded = decode(
        data,
        http_charset=http_charset,
        override=override,
        kind="text" if is_json else "xml",
        language=language,
    )
    return decoded.text.removeprefix("\ufeff"), decoded.charset, decoded.note


def read_raw(data: bytes, url: str, http_charset: str, limit: int, now: datetime) -> RawFeed:
    """The feed in `data` before shaping and cleaning, for what reads its entries otherwise than as articles.

    Raises FeedError as `parse_feed` does.
    """
    if not data.strip():
        raise FeedError(_("the answer is empty; try again later"))
    return _read(_decoded(data[:MAX_BYTES], http_charset, "", "")[0], url, limit, now)


def _read(text: str, url: str, limit: int, now: datetime) -> RawFeed:
    """The text as a raw feed, by what it is and not by what its Content-Type says."""
    opening = text[:200].lstrip()
    if opening[:1] in ("{", "["):
        from tui_news.sources.feed.jsonfeed import read_json

        return read_json(text, url, limit)
    head = text[:200_000]
    html = _HTML.search(head)
    feed = _FEED.search(head)
    if html and feed is None:
        raise FeedError(_page(text, url))
    if html and feed and html.start() < feed.start() < 20_000 + html.start():
        # An error message in HTML printed before the feed is no page.
        html = None if "</html" not in text[: feed.start()].lower() else html
    if html and feed and html.start() < feed.start():
        raise FeedError(_page(text, url))
    if feed is None and "<" not in text[:4000]:
        raise FeedError(_("plain text instead of a feed; check the address"))
    from tui_news.sources.feed.xmlfeed import read_xml

    try:
        return read_xml(text, url, limit, now)
    except FeedError as error:
        if str(error) == "HTML" or (html and feed is None):
            raise FeedError(_page(text, url)) from None
        raise


def _page(text: str, url: str) -> str:
    """What an HTML page is that came instead of a feed, and what to do."""
    match = _TITLE.search(text[:100_000])
    title = clean_line(words.decode_entities(match[1]), 60) if match else ""
    named = f" (“{title}”)" if title else ""
    start = text[:30_000]
    if _CHECK.search(title) or (_CHECK.search(start) and len(text) < 60_000):
        return _(
            "a page that checks for robots{named} came instead of the feed; the site may let us in later",
            named=named,
        )
    if "<form" in start.lower() and (_LOGIN.search(title) or _LOGIN.search(start)) and len(text) < 60_000:
        return _(
            "a login page{named} came instead of the feed; sign in to the network or the site, then refresh",
            named=named,
        )
    command = f"`tui-news sources add {clean_line(url, 200)}`"
    return _(
        "a web page{named} instead of a feed; {command} finds the feeds it names",
        named=named,
        command=command,
    )


def _finished(
    feed: RawFeed, *, source: str, url: str, charset: str, language: str, now: datetime, limit: int
) -> ParsedFeed:
    """Shapes and cleans everything."""
    declared = tag_of(feed.language)
    setting = Setting(
        now=now,
        language=tag_of(language),
        feed_language=declared,
        zone_language=tag_of(language) or _site_language(url, declared),
        charset=charset,
        authors=words.author_names(feed.authors) if feed.authors else (),
    )
    shaped = [entry for raw in feed.entries if (entry := shape(raw, setting)) is not None]
    ids = entry_ids(source, [Key(entry.guid, entry.url, entry.headline, entry.date) for entry in shaped])
    notes = list(feed.notes)
    if feed.total > limit:
        notes.append(_("{limit} of {total} entries were taken", limit=f"{limit:,}", total=f"{feed.total:,}"))
    title = words.strip_markup(feed.title[:20_000]) if feed.title_kind == "html" else feed.title
    return ParsedFeed(
        title=clean_line(title, 300),
        home=_web(feed.home),
        language=declared,
        articles=tuple(entry.article(source, made) for entry, made in zip(shaped, ids, strict=True) if made),
        deleted=tuple(_deleted(one, source, setting) for one in feed.deleted),
        damaged=feed.damaged,
        notes=tuple(clean_line(note, 300) for note in notes),
        kind=clean_line(feed.kind, 40),
        hub=_web(feed.hub),
        self_url=_web(feed.self_url),
        built=parse_date(feed.built, language=setting.zone_language, now=now) if feed.built else None,
        ttl_minutes=feed.ttl,
    )


def _deleted(raw: RawDeleted, source: str, setting: Setting) -> Deleted:
    when = parse_date(raw.when, language=setting.zone_language, now=setting.now) if raw.when else None
    return Deleted(
        article_id(source, raw.ref), when, clean_line(words.strip_markup(raw.comment[:2_000]), 300)
    )


def _web(url: str) -> str:
    cleaned = clean_url(url) if url else ""
    return cleaned if is_web_url(cleaned) else ""


def _site_language(url: str, declared: str) -> str:
    """The language by which dates are read: the site's country first, for feeds call themselves English
    by default."""
    try:
        country = (urlsplit(url).hostname or "").rpartition(".")[2]
    except ValueError:
        return declared
    return _COUNTRY_LANGUAGE.get(country, declared)
