"""Sitemaps (sitemaps.org 0.9) with Google's news extension, as a list of articles; sitemap indexes too."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any, Final
from urllib.parse import unquote, urlsplit

from tui_news.extract.dates import parse_stamp, zone_of
from tui_news.extract.page import PageError
from tui_news.i18n import _
from tui_news.model import Article
from tui_news.sources.identity import Key, entry_ids
from tui_news.text.clean import clean_line, clean_url, is_web_url
from tui_news.text.halves import bytes_without_halves

MAX_BYTES: Final = 52_428_800
"""Bytes that a sitemap may have (sitemaps.org); what follows is cut."""
_SPLIT: Final = re.compile(r"\s*[,;，；]\s*")


@dataclass(frozen=True, slots=True)
class Sitemap:
    """A sitemap's articles, newest first, or an index's sitemaps."""

    title: str = ""
    articles: tuple[Article, ...] = ()
    children: tuple[str, ...] = ()
    """Addresses of further sitemaps, those whose names speak of news first, then the newest."""
    language: str = ""
    damaged: bool = False
    """True when the file was cut short or broken and only what could be read is here."""


def read_sitemap(
    data: bytes, *, url: str, source: str = "", now: datetime, limit: int = 1_000, language: str = ""
) -> Sitemap:
    """The sitemap in `data`. An entry without a news title is named by its address. Raises PageError."""
    if not data.strip():
        raise PageError(_("The sitemap is empty; earlier articles are kept, try again later"))
    rows: list[dict[str, str]] = []
    children: list[tuple[str, str]] = []
    damaged = len(data) > MAX_BYTES
    root = ""
    for kind, row in _rows(data[:MAX_BYTES]):
        if kind == "root":
            root = row["name"]
        elif kind == "damaged":
            damaged = True
        elif kind == "sitemap":
            children.append((row.get("loc", ""), row.get("lastmod", "")))
        else:
            rows.append(row)
        if len(rows) >= 50_000 or len(children) >= 50_000:
            break
    if root not in ("urlset", "sitemapindex"):
        what = (
            "a web page" if root == "html" else "a feed" if root in ("rss", "feed", "RDF") else "no sitemap"
        )
        kind_hint = {"html": 'kind = "page"', "rss": 'kind = "feed"', "feed": 'kind = "feed"'}.get(root, "")
        raise PageError(
            f"This is {what}; {f'give the source {kind_hint}' if kind_hint else 'check its address'}"
        )
    made = [article for row in rows if (article := _article(row, source, language, now)) is not None]
    made.sort(key=_age)
    ids = entry_ids(source, [Key("", a.url, a.headline, "") for a in made])
    articles = tuple(replace(a, id=i) for a, i in zip(made, ids, strict=True) if i)[:limit]
    title = next((row["name"] for row in rows if row.get("name")), "")
    tongue = next((row["language"] for row in rows if row.get("language")), language)
    return Sitemap(clean_line(title, 120), articles, _ordered(children), clean_line(tongue, 20), damaged)


def _age(article: Article) -> float:
    when = article.published or article.updated
    return -when.timestamp() if when else 0.0


def _rows(data: bytes) -> Iterator[tuple[str, dict[str, str]]]:
    """('root', name), then a row for each <url> and <sitemap>, then ('damaged', {}) if the XML broke off.

    Entities are not expanded and nothing is fetched (XXE, entity bombs); rows are freed as they are read.
    """
    from io import BytesIO

    from lxml import etree

    options: dict[str, Any] = {
        "resolve_entities": False,
        "no_network": True,
        "recover": True,
        "huge_tree": False,
    }
    seen_root = False
    context = etree.iterparse(
        BytesIO(bytes_without_halves(data.lstrip())), events=("start", "end"), **options
    )
    try:
        for event, node in context:
            name = etree.QName(node).localname if isinstance(node.tag, str) else ""
            if event == "start":
                if not seen_root:
                    seen_root = True
                    yield "root", {"name": name}
                continue
            if name not in ("url", "sitemap"):
                continue
            row: dict[str, str] = {}
            for child in node.iter():
                if child is not node and isinstance(child.tag, str) and (text := (child.text or "").strip()):
                    part = etree.QName(child)
                    # A picture's or a video's title is not the article's.
                    if "image" in (part.namespace or "") or "video" in (part.namespace or ""):
                        row.setdefault(
                            "picture" if part.localname == "loc" else f"other {part.localname}", text
                        )
                    else:
                        row.setdefault(part.localname, text)
            yield name, row
            node.clear()
            while node.getprevious() is not None:
                del node.getparent()[0]
    except etree.XMLSyntaxError:
        yield "damaged", {}
        return
    if len(context.error_log):
        yield "damaged", {}


def _article(row: dict[str, str], source: str, language: str, now: datetime) -> Article | None:
    url = clean_url(row.get("loc", ""))
    if not is_web_url(url):
        return None
    headline = clean_line(row.get("title", ""), 300) or _from_address(url)
    if not headline:
        return None
    tongue = clean_line(row.get("language", "") or language, 20)
    zone = zone_of(tongue, url)
    published = parse_stamp(row.get("publication_date", ""), zone, now)
    updated = parse_stamp(row.get("lastmod", ""), zone, now)
    tags = tuple(
        dict.fromkeys(
            t for t in (clean_line(t, 60) for t in _SPLIT.split(row.get("keywords", "")[:2_000])) if t
        )
    )
    return Article(
        id="", source=source, url=url, headline=headline, tags=tags[:24], language=tongue,
        published=published.when if published else None,
        updated=updated.when if updated and (published is None or updated.when != published.when) else None,
        picture=clean_url(row.get("picture", "")),
    )  # fmt: skip


def _from_address(url: str) -> str:
    """A headline from an address whose last part is words: /2026/night-tram-line-opens.html."""
    try:
        path = unquote(urlsplit(url).path)
    except ValueError:
        return ""
    part = path.rstrip("/").rpartition("/")[2]
    part = re.sub(r"\.[a-z]{3,5}$", "", part)
    words = [
        word for word in re.split(r"[-_+ ]+", part) if word and not re.fullmatch(r"\d{5,}|[0-9a-f]{8,}", word)
    ]
    text = " ".join(words)
    if len(words) < 3 and not re.search("[\u3040-\u9fff\uac00-\ud7a3]{4,}", text):
        return ""
    return clean_line(text[:1].upper() + text[1:], 200)


def _ordered(children: list[tuple[str, str]]) -> tuple[str, ...]:
    clean = [(clean_url(loc), stamp) for loc, stamp in children]
    kept = [(loc, stamp) for loc, stamp in clean if is_web_url(loc)]
    kept.sort(key=lambda pair: pair[1], reverse=True)
    kept.sort(key=lambda pair: "news" not in pair[0].lower())
    return tuple(dict.fromkeys(loc for loc, _ in kept))
