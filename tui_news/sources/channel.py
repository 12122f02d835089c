"""Channel pages, which have no feed: their headline list found by what repeats, or by CSS selectors."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from tui_news.extract.anatomy import page_language
from tui_news.extract.dates import zone_of
from tui_news.extract.follow import next_page_url
from tui_news.extract.heads import without_site
from tui_news.extract.page import PageError, open_page
from tui_news.extract.pieces import Piece, pieces_of
from tui_news.extract.structured import read_told
from tui_news.extract.tokens import tokens
from tui_news.model import Article, Block, Run
from tui_news.sources.headlines import MOST, find_headlines
from tui_news.sources.identity import Key, entry_ids
from tui_news.sources.printed_times import read_time, read_times
from tui_news.text.clean import clean_line, clean_url

__all__ = ["Channel", "PageError", "read_channel"]


@dataclass(frozen=True, slots=True)
class Channel:
    """What a channel page lists, in its order."""

    title: str = ""
    articles: tuple[Article, ...] = ()
    next_url: str = ""
    """The page with earlier headlines; '' when there is none."""
    pieces: tuple[Piece, ...] = ()
    """The portal's lists on the page: hot searches, rankings, blogs ..."""
    language: str = ""
    charset: str = ""
    notes: tuple[str, ...] = ()


def read_channel(
    data: bytes,
    *,
    url: str,
    source: str = "",
    http_charset: str = "",
    charset: str = "",
    language: str = "",
    now: datetime,
    selectors: Mapping[str, str] | None = None,
) -> Channel:
    """The headlines of a channel page, each an article without text (a summary when the page has one).

    `selectors` overrides the search: CSS for `item`, and within it `link`, `headline`, `date`, `summary`,
    `author`; and `next` for the next page. Raises PageError when the page cannot be read or a selector is
    none.
    """
    page = open_page(data, url=url, http_charset=http_charset, charset=charset, language=language)
    told = read_told(page.root)
    stream = list(tokens(page.root, page.base))
    tongue = page_language(
        told.language, language, " ".join(t.text for t in stream if t.kind == "link")[:4_000]
    )
    zone = zone_of(tongue, url)
    if selectors and selectors.get("item"):
        from tui_news.sources.selected import by_selectors

        links, following = by_selectors(page.root, page.base, selectors)
        articles = tuple(
            _article(
                link.href,
                link.text,
                source,
                tongue,
                read_time(link.date, link.href, zone, now),
                link.summary,
                link.author,
            )
            for link in links[:MOST]
        )
        following = following or next_page_url(page.root, url, more=True)
        pieces: tuple[Piece, ...] = ()
    else:
        pieces = pieces_of(stream)
        found = find_headlines(stream, url, pieces)
        dates = read_times(found, stream, zone, now)
        articles = tuple(
            _article(link.href, link.text, source, tongue, when, link.summary, link.author)
            for link, when in zip(found, dates, strict=True)
        )
        following = next_page_url(page.root, url, more=True)
        listed = {article.url for article in articles}
        pieces = tuple(p for p in pieces if sum(run.href in listed for run in p.links) * 2 < len(p.links))
    return Channel(
        clean_line(_title(page.root, told.title, told.site, url), 120),
        _with_ids(source, articles),
        following if following != url else "",
        pieces,
        tongue,
        page.charset,
        page.notes,
    )


def _title(root: Any, title: str, site: str, url: str) -> str:
    return (
        without_site(title, site, url) or title or next(("".join(h.itertext()) for h in root.iter("h1")), "")
    )


def _article(
    href: str, text: str, source: str, language: str, when: datetime | None, summary: str, author: str
) -> Article:
    blocks = (Block("paragraph", (Run(summary),)),) if summary else ()
    return Article(
        id="", source=source, url=clean_url(href), headline=text, published=when, language=language,
        blocks=blocks, authors=(author,) if author else (),
    )  # fmt: skip


def _with_ids(source: str, articles: Sequence[Article]) -> tuple[Article, ...]:
    ids = entry_ids(source, [Key("", a.url, a.headline, "") for a in articles])
    return tuple(replace(article, id=made) for article, made in zip(articles, ids, strict=True) if made)
