"""Finds the feeds that a web page announces, links to, or is likely to have."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import parse_qs, urljoin, urlsplit

from tui_news.text.clean import clean_line, clean_url, is_web_url

if TYPE_CHECKING:
    from collections.abc import Iterator

MAX_HTML: Final = 5_000_000
MAX_LINKS: Final = 200

_TYPES: Final = {
    "application/rss+xml": "rss",
    "application/atom+xml": "atom",
    "application/rdf+xml": "rss",
    "application/x.atom+xml": "atom",
    "application/x-atom+xml": "atom",
    "application/feed+json": "json",
    "application/x-rss+xml": "rss",
    "text/rss+xml": "rss",
    "text/rss": "rss",
    "text/atom+xml": "atom",
}
# These name other things too: they count only where the link says more.
_VAGUE: Final = frozenset(["application/json", "application/xml", "text/xml"])
_PATH: Final = re.compile(
    r"(?:^|/)(?:rss|feed|feeds|atom|rdf|index)(?:[-_.]\w+)?\.(?:xml|rss|rdf|atom|json)$"
    r"|\.(?:rss|atom|rdf)$|/(?:rss|feed|atom)(?:/(?:all|main|index|rss2?|atom))?/?$|/rss(?:\.php|\.aspx?)$"
    r"|^/rss/[\w/-]+$|^/feeds?/[\w/.-]+$",
    re.IGNORECASE,
)
_HOST: Final = re.compile(r"^(?:feeds?|rss)\d*\.", re.IGNORECASE)
_WORDS: Final = re.compile(r"\b(?:rss|atom|json feed|rdf)\b(?!.*\b(?:reader|what is|help)\b)", re.IGNORECASE)
_NO_FEED: Final = re.compile(r"\.(?:png|gif|jpe?g|svg|webp|css|js|pdf|zip|mp3|mp4|html?)$", re.IGNORECASE)
_COMMENTS: Final = re.compile(
    r"comment|kommentar|coment[aá]rio|commentaire|评论|評論|コメント|댓글", re.IGNORECASE
)
# Feeds of an application's plumbing (WordPress oEmbed, searches), not of what is published.
_PLUMBING: Final = re.compile(r"/oembed\b|/wp-json\b|/dialog/feed\b|/xmlrpc\.php|opensearch", re.IGNORECASE)

_GUESSES: Final = (
    "feed/", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml", "feed", "feed.json", "index.rdf", "rss/",
    "feeds/posts/default", "?feed=rss2",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class FeedLink:
    """A feed that a page leads to."""

    url: str
    title: str = ""
    type: str = ""
    """'rss', 'atom', 'json', or '' when the page does not say."""


def find_feeds(html: bytes | str, url: str) -> tuple[FeedLink, ...]:
    """The feeds of the page at `url`: first those it announces (`link rel=alternate`), then links in it that
    look like feeds; each once, comment feeds last. Only http(s). Never raises on markup."""
    root = _parsed(html)
    if root is None:
        return ()
    base = _base(root, url)
    found: dict[str, FeedLink] = {}
    for link in (*_announced(root, base), *_linked(root, base)):
        key = link.url.partition("://")[2].rstrip("/")
        if key not in found and len(found) < MAX_LINKS:
            found[key] = link
    own = url.partition("://")[2].rstrip("/")
    links = [link for key, link in found.items() if key != own]
    links.sort(key=lambda link: _COMMENTS.search(f"{link.title} {link.url}") is not None)
    return tuple(links)


def guess_urls(url: str) -> tuple[str, ...]:
    """Where a site often keeps its feed, to be tried in order when a page names none. The page's own folder
    first, then the site's top; some well-known hosts have places of their own."""
    try:
        parts = urlsplit(url)
        host = (parts.hostname or "").lower()
    except ValueError:
        return ()
    if parts.scheme not in ("http", "https") or not host:
        return ()
    top = f"{parts.scheme}://{parts.netloc}/"
    out = [*_known_place(host, parts.path, parts.query, top)]
    folder = urljoin(top, parts.path if parts.path.endswith("/") else parts.path.rpartition("/")[0] + "/")
    if folder != top:
        out += [
            urljoin(folder, name) for name in ("feed/", "rss", "feed.xml", "rss.xml", "atom.xml", "index.xml")
        ]
        if not parts.path.endswith("/") and "." not in parts.path.rpartition("/")[2]:
            page = top.rstrip("/") + parts.path
            out += [f"{page}/feed/", f"{page}.rss", f"{page}/rss"]
    out += [top + name for name in _GUESSES]
    return tuple(dict.fromkeys(out))


def _known_place(host: str, path: str, query: str, top: str) -> Iterator[str]:
    """Feeds of hosts whose pages announce none or too many."""
    folders = [part for part in path.split("/") if part]
    if host in ("youtube.com", "www.youtube.com", "m.youtube.com"):
        base = "https://www.youtube.com/feeds/videos.xml?"
        if len(folders) > 1 and folders[0] == "channel":
            yield f"{base}channel_id={folders[1]}"
        elif folders[:1] == ["user"] and len(folders) > 1:
            yield f"{base}user={folders[1]}"
        elif playlist := parse_qs(query).get("list"):
            yield f"{base}playlist_id={playlist[0]}"
    elif host in ("reddit.com", "www.reddit.com", "old.reddit.com") and folders:
        yield f"https://www.reddit.com/{'/'.join(folders[:2])}/.rss"
    elif host == "github.com" and len(folders) >= 2:
        repository = f"https://github.com/{folders[0]}/{folders[1]}"
        yield from (f"{repository}/releases.atom", f"{repository}/commits.atom")
    elif host == "github.com" and folders:
        yield f"https://github.com/{folders[0]}.atom"
    elif host == "medium.com" and folders:
        yield f"https://medium.com/feed/{folders[0]}"
    elif host.endswith((".substack.com", ".wordpress.com")):
        yield f"{top}feed"
    elif host.endswith((".blogspot.com", ".tumblr.com")):
        yield top + ("feeds/posts/default" if host.endswith("blogspot.com") else "rss")
    elif folders and folders[0].startswith("@") and len(folders) == 1:  # Mastodon
        yield f"{top}{folders[0]}.rss"


def _parsed(html: bytes | str) -> Any:
    from lxml import etree

    if isinstance(html, bytes):
        from tui_news.text.decode import decode

        html = decode(html[:MAX_HTML]).text
    text = html[:MAX_HTML].replace("\x00", "")
    if not text.strip():
        return None
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, no_network=True)
    try:
        return etree.fromstring(text.encode("utf-8", "replace"), parser)
    except (etree.XMLSyntaxError, AssertionError):
        return None


def _base(root: Any, url: str) -> str:
    """The page's base URL: its <base href> when that leads to the web."""
    for node in root.iter("base"):
        if href := (node.get("href") or "").strip():
            base = _resolved(url, href)
            return base if is_web_url(base) else url
    return url


def _resolved(base: str, href: str) -> str:
    # Safari's old scheme for "open this in a reader".
    href = href.strip()
    if href.lower().startswith("feed:"):
        rest = href[5:]
        href = rest if rest.startswith(("http:", "https:")) else "http:" + rest
    try:
        return clean_url(urljoin(base, href))
    except ValueError:
        return ""


def _announced(root: Any, base: str) -> Iterator[FeedLink]:
    for node in root.iter("link", "a"):
        rels = (node.get("rel") or "").lower().split()
        href = node.get("href") or ""
        if not href or not ("alternate" in rels or "feed" in rels):
            continue
        declared = (node.get("type") or "").partition(";")[0].strip().lower()
        kind = _TYPES.get(declared, "")
        url = _resolved(base, href)
        vague = declared in _VAGUE and _looks_like_feed(url)
        if (not kind and not vague and not ("feed" in rels and not declared)) or not is_web_url(url):
            continue
        if _PLUMBING.search(url):
            continue
        kind = kind or ("json" if declared == "application/json" else "")
        yield FeedLink(url, clean_line(node.get("title") or "", 200), kind)


def _linked(root: Any, base: str) -> Iterator[FeedLink]:
    seen = 0
    for node in root.iter("a"):
        href = node.get("href") or ""
        if not href or href[0] == "#":
            continue
        seen += 1
        if seen > 5_000:
            return
        declared = _TYPES.get((node.get("type") or "").partition(";")[0].strip().lower(), "")
        url = _resolved(base, href)
        if not is_web_url(url) or _NO_FEED.search(urlsplit(url).path) or _PLUMBING.search(url):
            continue
        named = declared or href.lower().startswith("feed:") or _looks_like_feed(url)
        title = ""
        if not named:
            title = clean_line("".join(node.itertext())[:200], 200)
            label = f"{title} {node.get('title') or ''} {node.get('class') or ''}"[:500]
            # A link that only calls itself RSS must also look like an address of a machine's file.
            path = urlsplit(url).path.lower()
            named = bool(_WORDS.search(label)) and (
                path.endswith((".xml", ".php", ".json", "/")) or "rss" in url.lower()
            )
        if named:
            title = title or clean_line(node.get("title") or "".join(node.itertext())[:200], 200)
            yield FeedLink(url, title, declared or _type_of(url))


def _looks_like_feed(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if _PATH.search(parts.path) or (_HOST.match(parts.netloc) and len(parts.path) > 1):
        return True
    return bool(
        re.search(r"(?:^|&)(?:feed|format|type|output)=(?:rss2?|atom|feed)\b", parts.query, re.IGNORECASE)
    )


def _type_of(url: str) -> str:
    path = urlsplit(url).path.lower()
    for kind in ("atom", "json", "rss"):
        if path.endswith((f".{kind}", f"/{kind}", f"/{kind}/")):
            return kind
    return ""
