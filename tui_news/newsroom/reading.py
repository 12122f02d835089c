"""Reading one article: its full text from the page, and what `tui-news read` is pointed at."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.fetch import FetchError
from tui_news.model import Article, Source

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom

PAGE_ERRORS = (FetchError, ValueError)
"""What `full_text` raises: the page did not come, or holds no article (`extract.PageError`)."""

STUB_CHARACTERS = 600
"""A feed's text shorter than this is taken for a teaser when the source does not say otherwise."""


def wants_full_text(article: Article, source: Source) -> bool:
    """Whether opening an article should fetch its page: the feed gave a stub, or the source says so."""
    if article.full or not article.url or source.full_text == "never":
        return False
    if source.full_text == "always":
        return True
    return sum(len(block.text) for block in article.blocks) < STUB_CHARACTERS


async def full_text(newsroom: Newsroom, article: Article, charset: str = "") -> Article:
    """The article with the text of its page, which the cache keeps. Raises one of PAGE_ERRORS.

    `charset` reads the page in another charset than it seems to be in.
    """
    from tui_news.extract import read_page
    from tui_news.newsroom import now

    if charset:
        known_charset(charset)
    source = newsroom.source(article.source)
    fetcher = await newsroom.fetcher()
    response = await fetcher.get(article.url, allow_private=_is_private_source(source))
    page = await asyncio.to_thread(
        read_page,
        response.body,
        url=response.url,
        http_charset=response.charset,
        charset=charset or (source.charset if source else ""),
        source=article.source,
        language=article.language or (source.language if source else ""),
        now=now(),
    )
    if not page.blocks:
        raise ValueError(f"no article text found on {response.url}; o opens it in the browser")
    newsroom.cache.put_body(article.id, replace(page, id=article.id, source=article.source, full=True))
    return newsroom.article(article.id) or article


def known_charset(name: str) -> None:
    """Raises ValueError, with what to write instead, for what is no label of the Encoding Standard."""
    from tui_news.text.decode import label_to_charset

    if label_to_charset(name) is None:
        raise ValueError(f"“{name}” is no charset of the WHATWG Encoding Standard; try utf-8, gbk, big5 …")


def _is_private_source(source: Source | None) -> bool:
    """Whether the reader added this source as one on his own network, so that its pages may lie there."""
    if source is None:
        return False
    from urllib.parse import urlsplit

    from tui_news.fetch.resolve import names_private_host

    return names_private_host(urlsplit(source.url).hostname or "")
