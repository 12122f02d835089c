"""Any page becomes an article: decoded, measured, its text as blocks, its anatomy as fields."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tui_news.extract.anatomy import read_anatomy
from tui_news.extract.choose import best, waste
from tui_news.extract.html import blocks_of
from tui_news.extract.inline import absolute
from tui_news.extract.parse import TooManyAttributesError, parse_html
from tui_news.extract.second import reconsidered
from tui_news.extract.structured import read_told
from tui_news.extract.survey import Survey, survey
from tui_news.i18n import _
from tui_news.model import Article, Block
from tui_news.text.clean import clean_url
from tui_news.text.decode import decode

MAX_PAGE: Final = 12_000_000
"""Bytes of a page that are looked at."""
SHORT: Final = 400
"""Letters: a page with no more text than this is taken whole when no article is found on it."""


class PageError(ValueError):
    """The bytes hold no page that can be read; `str(error)` is one plain line with the next step."""


@dataclass(frozen=True, slots=True)
class Page:
    """A page decoded and parsed."""

    root: Any
    url: str
    base: str
    charset: str
    notes: tuple[str, ...]


def open_page(
    data: bytes, *, url: str = "", http_charset: str = "", charset: str = "", language: str = ""
) -> Page:
    """Decodes and parses a page. Raises PageError when there is nothing in it, or it is made to hurt."""
    if not data.strip():
        raise PageError(_("The page is empty; open it in a browser to see whether the site is down"))
    decoded = decode(
        data[:MAX_PAGE],
        http_charset=http_charset or None,
        override=charset or None,
        kind="html",
        language=language,
    )
    notes = [decoded.note] if decoded.note else []
    if len(data) > MAX_PAGE:
        notes.append(
            _(
                "The page has {size} bytes; only the first {limit} were read.",
                size=f"{len(data):,}",
                limit=f"{MAX_PAGE:,}",
            )
        )
    try:
        root = parse_html(decoded.text, strict=True)
    except TooManyAttributesError as error:
        raise PageError(
            _("The page is not read, because {error}; open it in a browser", error=error)
        ) from None
    if root is None:
        raise PageError(_("There is no text in the page; open it in a browser"))
    return Page(root, url, _base(root, url), decoded.charset, tuple(notes))


def _base(root: Any, url: str) -> str:
    node = next(root.iter("base"), None)
    href = node.get("href") if node is not None else None
    return absolute(href, url) or url if href else url


def _short_page(page: Page, measured: Survey) -> tuple[Block, ...]:
    """All the text of a page that has too little of it to be told from its surroundings, a notice of a
    line or two; none where much of it is links or asks for input."""
    if not measured.size or not 0 < measured.size[0] <= SHORT:
        return ()
    if measured.links[0] * 3 > measured.size[0] or measured.inputs[0]:
        return ()
    return blocks_of([measured.elements[0]], page.base, measured.dropped, measured.captions)


def read_page(
    data: bytes,
    *,
    url: str = "",
    http_charset: str = "",
    charset: str = "",
    source: str = "",
    now: datetime,
    language: str = "",
) -> Article:
    """The article that a page holds, with its anatomy and its text as blocks.

    `charset` is the reader's choice and overrules all; `http_charset` is the header's. `now` (aware) is
    the time of reading: later dates are not believed. `language` helps where the page names none.
    Raises PageError.
    """
    page = open_page(data, url=url, http_charset=http_charset, charset=charset, language=language)
    return article_on(page, source=source, now=now, language=language)


def article_on(page: Page, *, source: str = "", now: datetime, language: str = "") -> Article:
    """`read_page` for a page that is parsed already; its tree is changed on the way."""
    told = read_told(page.root)
    measured = survey(page.root)
    chosen = best(measured)
    drop = waste(measured, chosen) | measured.dropped
    blocks = blocks_of([measured.elements[index] for index in chosen], page.base, drop, measured.captions)
    blocks, note = reconsidered(blocks, told.body, page.root, page.base)
    if not blocks:
        blocks = _short_page(page, measured)
    address = clean_url(page.url or absolute(told.canonical, page.base))
    return read_anatomy(
        page.root, told, measured, chosen, blocks,
        url=address, base=page.base, source=source, now=now, language=language,
        charset=page.charset, notes=(*page.notes, note) if note else page.notes,
    )  # fmt: skip
