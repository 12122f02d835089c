"""Articles and lists that run over several pages: where the next page is, and the pages as one article."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import parse_qsl, urlencode, urlsplit

from tui_news.extract.inline import absolute
from tui_news.model import Article, Block
from tui_news.text.clean import clean_line, clean_url, is_web_url
from tui_news.text.decode import decode

_NEXT: Final = re.compile(
    r"^\W{0,3}(?:下一?[页頁]|后一?[页頁]|後一?頁|次のページ|次ページ|次へ|つづきを読む|続きを読む|"
    r"다음 ?(?:페이지|쪽)?|next(?: page)?|page suivante|suivante?|nächste seite|weiter|"
    r"siguiente|página siguiente|próxima(?: página)?|successiva|continue(?: to next page)?|"
    r"[>›»→]{1,2})\W{0,3}$",
    re.IGNORECASE,
)
_MORE: Final = re.compile(
    r"^\W{0,3}(?:更多|查看更多|加载更多|more|older(?: posts| articles| stories)?|もっと見る|더보기|"
    r"더 보기|mehr|plus)\W{0,4}$",
    re.IGNORECASE,
)
_OTHER_ARTICLE: Final = re.compile(
    r"下一?篇|次の記事|다음 ?(?:글|기사)|next (?:article|story|post)", re.IGNORECASE
)
_NUMBER: Final = re.compile(r"(?:[_-]p?|/|/page/|/p)(\d{1,3})(?=(?:\.[a-z]{3,5})?/?$)", re.IGNORECASE)
_PAGE_KEYS: Final = frozenset(("page", "p", "pn", "pg", "paged", "pageno", "page_no", "currentpage", "start"))
MOST_PAGES: Final = 40
"""No article is followed over more pages than this."""


def page_stem(url: str) -> tuple[str, int]:
    """An address without its page number, and the number (1 where it names none)."""
    try:
        parts = urlsplit(url)
    except ValueError:
        return url, 1
    path, number = parts.path, 0
    if match := _NUMBER.search(path):
        number = int(match[1])
        path = path[: match.start()] + path[match.end() :]
    query = []
    for name, value in parse_qsl(parts.query, keep_blank_values=True):
        if name.lower() in _PAGE_KEYS and value.isdecimal() and len(value) < 5:
            number = int(value)
        else:
            query.append((name, value))
    path = re.sub(r"/(?:index)?(?:\.[a-z]{3,5})?$", "/", path)
    return f"{(parts.hostname or '').removeprefix('www.')}{path.rstrip('/')}?{urlencode(query)}", number


def next_page_url(data: bytes | Any, url: str, *, http_charset: str = "", more: bool = False) -> str:
    """The address of the page after this one of the same article or list; '' when it is the last.

    Given bytes or a parsed element. With `more`, links called 更多, More or Older count too, as on
    channel pages.
    """
    if isinstance(data, bytes):
        from tui_news.extract.parse import parse_html  # the program joins pages and parses none

        data = parse_html(decode(data, http_charset=http_charset or None, kind="html").text)
    if data is None:
        return ""
    stem, number = page_stem(url)
    named = shaped = numbered = other = ""
    best = 10_000
    for node in data.iter("a", "link"):
        href = absolute(node.get("href"), url)
        if not href or not is_web_url(href) or href.partition("#")[0] == url.partition("#")[0]:
            continue
        relation = (node.get("rel") or "").lower().split()
        text = clean_line("".join(node.itertext())[:80], 40) if node.tag == "a" else ""
        target, its = page_stem(href)
        same = target == stem
        if _OTHER_ARTICLE.search(text):
            continue
        if "next" in relation and same:
            named = named or href
        elif text and _NEXT.match(text) and _near(url, href):
            if same:
                shaped = shaped or href
            elif not text.strip("<>›»→ "):
                continue
            else:
                other = other or href
        elif more and text and _MORE.match(text) and _near(url, href):
            other = other or href
        elif text.strip("[]() 【】（）").isdecimal() and same and number < its < best and len(text) <= 6:
            # A first page without a number is followed by 1 on some sites and by 2 on others.
            numbered, best = href, its
    found = named or shaped or (numbered if not other or not more else "") or other
    return clean_url(found)


def _near(url: str, href: str) -> bool:
    """Whether two addresses are of one host and one folder."""
    try:
        here, there = urlsplit(url), urlsplit(href)
    except ValueError:
        return False
    if (here.hostname or "").removeprefix("www.") != (there.hostname or "").removeprefix("www."):
        return False
    folder = here.path.rpartition("/")[0]
    return there.path.startswith(folder) or page_stem(url)[0] == page_stem(href)[0]


def join_pages(pages: Sequence[Article]) -> Article:
    """The pages of one article, in order, as one: the first page's fields, everybody's text, the last
    page's editor. Blocks that each page repeats (a summary, a picture) are kept once. Raises ValueError
    when there is none."""
    if not pages:
        raise ValueError("no pages to join")
    first = pages[0]
    blocks: list[Block] = list(first.blocks)
    seen = {_mark(block) for block in first.blocks}
    for page in pages[1:]:
        for place, block in enumerate(page.blocks):
            mark = _mark(block)
            # Only what stands at the head of a page is repeated on purpose.
            if mark in seen and (place < 3 or block.kind == "picture"):
                continue
            seen.add(mark)
            blocks.append(block)
    notes = tuple(dict.fromkeys(note for page in pages for note in page.notes))
    return replace(
        first,
        blocks=tuple(blocks),
        editor=next((page.editor for page in reversed(pages) if page.editor), ""),
        authors=first.authors or next((page.authors for page in pages if page.authors), ()),
        tags=first.tags or next((page.tags for page in pages if page.tags), ()),
        related=first.related or next((page.related for page in pages if page.related), ()),
        notes=notes,
        full=any(page.full for page in pages),
    )


def _mark(block: Block) -> str:
    return f"{block.kind}\0{block.src or block.text}"
