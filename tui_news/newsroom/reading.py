"""Reading one article: its full text from the page, and what `tui-news read` is pointed at."""

from __future__ import annotations

import re
from contextlib import suppress
from dataclasses import replace
from typing import TYPE_CHECKING

from tui_news.fetch import FetchError
from tui_news.i18n import _
from tui_news.model import Article, Source

if TYPE_CHECKING:
    from tui_news.fetch import Response
    from tui_news.model import Withdrawn
    from tui_news.newsroom import Newsroom

PAGE_ERRORS = (FetchError, ValueError)
"""What `full_text` raises: the page did not come, or holds no article (`extract.PageError`)."""

MAX_PAGES = 30
"""Pages of one article that are fetched."""
_NO_PAGES = ("image/", "audio/", "video/", "font/", "application/pdf", "application/zip")
LINE_OR_TWO = 200
"""A page with less text than this does not replace a longer text of the feed's."""
_INDEX = re.compile(r"/(?:index|home|default)\.\w{2,5}$", re.IGNORECASE)
_ARTICLE = re.compile(r"\d{5}|-.*-|\.\w{2,5}$")
"""What the last part of an article's path has and a section's has not: a long number, a slug, an ending."""
GONE = (404, 410)
"""What a server answers for a page that is not there (any more)."""
STUB_CHARACTERS = 600
"""A feed's text shorter than this is taken for a teaser when the source does not say otherwise."""


class LedAwayError(ValueError):
    """An article's address leads to a front page or a section instead."""


def wants_full_text(article: Article, source: Source) -> bool:
    """Whether opening an article should fetch its page: the feed gave a stub, or has changed since the page
    was read, or the source says so."""
    if not article.url or source.full_text == "never":
        return False
    if article.full:
        return article.stale
    if source.full_text == "always":
        return True
    return sum(len(block.text) for block in article.blocks) < STUB_CHARACTERS


def _says_less(page: Article, article: Article) -> bool:
    """Whether a page is a line or two (scripts are needed, cookies are asked for) beside a longer text that
    is there already."""
    size = sum(len(block.text) for block in page.blocks)
    return size < LINE_OR_TWO and size < sum(len(block.text) for block in article.blocks)


async def full_text(newsroom: Newsroom, article: Article, charset: str = "") -> Article:
    """The article with the text of its page, which the cache keeps. Raises one of PAGE_ERRORS; a page that
    is gone or leads elsewhere is noted as the article's being withdrawn.

    `charset` reads the page in another charset than it seems to be in.
    """
    if charset:
        known_charset(charset)
    source = newsroom.source(article.source)
    try:
        page = await read_web_page(
            newsroom,
            article.url,
            charset=charset or (source.charset if source else ""),
            language=article.language or (source.language if source else ""),
            allow_private=is_private_source(source),
            strict=True,
        )
    except FetchError as error:
        if error.status in GONE:
            _withdrawn(newsroom, article, "gone")
        raise
    except LedAwayError:
        _withdrawn(newsroom, article, "moved")
        raise
    if not page.blocks or (not charset and _says_less(page, article)):
        raise ValueError(_("no article text found on {url}; o opens it in the browser", url=article.url))
    newsroom.cache.put_body(article.id, replace(page, id=article.id, source=article.source, full=True))
    return newsroom.article(article.id) or article


def _withdrawn(newsroom: Newsroom, article: Article, kind: Withdrawn) -> None:
    from tui_news.cache import CacheError
    from tui_news.newsroom import now

    with suppress(CacheError):  # the page's own error is told
        newsroom.cache.put_withdrawn(article.id, kind, now=now())


async def read_web_page(
    newsroom: Newsroom,
    url: str,
    *,
    charset: str = "",
    language: str = "",
    allow_private: bool = True,
    strict: bool = False,
) -> Article:
    """The article at a URL, all its pages joined (下一页, next). Raises one of PAGE_ERRORS for the first
    page; when a later one does not come, the text ends there and a note says so. A `strict` one may not be
    led to a front page or a section instead: LedAwayError."""
    from tui_news.extract import join_pages

    fetcher = await newsroom.fetcher()
    newsroom.workers.warm("page", 1)
    response = await fetcher.get(url, allow_private=allow_private)
    if strict and leads_away(url, response.url):
        raise LedAwayError(
            _("{url} leads to {other} and to no article any more", url=url, other=response.url)
        )
    page, following = await _read(newsroom, response, charset, language)
    pages = [page]
    seen = {url, response.url}
    notes: tuple[str, ...] = ()
    while following and following not in seen and page.blocks:
        if len(pages) == MAX_PAGES:
            notes = (_("Only the first {count} pages of this article were read.", count=MAX_PAGES),)
            break
        seen.add(following)
        try:
            response = await fetcher.get(following, allow_private=allow_private)
            page, following = await _read(newsroom, response, charset, language)
        except PAGE_ERRORS as error:
            notes = (_("Page {number} is missing: {error}", number=len(pages) + 1, error=error),)
            break
        pages.append(page)
    whole = join_pages(pages)
    return replace(whole, notes=(*whole.notes, *notes))


async def _read(newsroom: Newsroom, response: Response, charset: str, language: str) -> tuple[Article, str]:
    """A page of an article, and the address of the next one."""
    from tui_news.newsroom.desk import read_article

    if response.content_type.startswith(_NO_PAGES):
        raise ValueError(
            _(
                "{url} is {content_type}, not a page to read",
                url=response.url,
                content_type=response.content_type,
            )
        )
    return await read_article(
        newsroom.workers,
        response.body,
        url=response.url,
        http_charset=response.charset,
        charset=charset,
        language=language,
    )


def leads_away(asked: str, came: str) -> bool:
    """Whether an article's address has led to the front page of its site, or to a section above the article:
    what sites do with one that they have taken down."""
    from urllib.parse import urlsplit

    one, other = urlsplit(asked), urlsplit(came)
    path, end = one.path.rstrip("/"), _INDEX.sub("", other.path).rstrip("/")
    if not path or other.query or path == end:
        return False
    if not end:
        return True
    same = (one.hostname or "").removeprefix("www.") == (other.hostname or "").removeprefix("www.")
    # /story-of-the-day/amp or /123456/print leads to the article itself.
    return same and path.startswith(f"{end}/") and not _ARTICLE.search(end.rpartition("/")[2])


def page_problem(error: Exception) -> str:
    """Why a page did not come, in words about a page: the fetcher speaks of feeds."""
    if isinstance(error, FetchError) and error.status in GONE:
        return _("no page there (HTTP {status}); check the address", status=error.status)
    return str(error)


def without_page(article: Article, error: Exception) -> str:
    """What is said over an article whose page did not come; that it is gone is said already."""
    if isinstance(error, LedAwayError) or (isinstance(error, FetchError) and error.status in GONE):
        return "" if article.full else _("Only the feed's summary is here.")
    if article.full:
        return _("The text as it was fetched before: {error}", error=page_problem(error))
    return _("Only the feed's summary: {error}", error=page_problem(error))


def known_charset(name: str) -> None:
    """Raises ValueError, with what to write instead, for what is no label of the Encoding Standard."""
    from tui_news.text.decode import label_to_charset

    if label_to_charset(name) is None:
        raise ValueError(
            _("“{name}” is no charset of the WHATWG Encoding Standard; try utf-8, gbk, big5 …", name=name)
        )


def is_private_source(source: Source | None) -> bool:
    """Whether the reader added this source as one on his own network, so that its pages may lie there."""
    if source is None:
        return False
    from urllib.parse import urlsplit

    from tui_news.fetch.resolve import names_private_host

    return names_private_host(urlsplit(source.url).hostname or "")
