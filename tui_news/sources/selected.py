"""Headlines of a channel page by the reader's CSS selectors, where the automatic search errs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from tui_news.extract.inline import absolute, one_line
from tui_news.extract.page import PageError
from tui_news.i18n import _
from tui_news.text.clean import is_web_url


@dataclass(frozen=True, slots=True)
class Selected:
    """What the selectors found in one item; empty where one found nothing."""

    href: str
    text: str
    date: str = ""
    summary: str = ""
    author: str = ""


def by_selectors(root: Any, base: str, selectors: Mapping[str, str]) -> tuple[list[Selected], str]:
    """The items in the page's order, and the next page's address. Raises PageError for a bad selector."""
    found: list[Selected] = []
    for item in _select(root, "item", selectors["item"]):
        link = _first(item, "link", selectors) if selectors.get("link") else None
        if link is None:
            link = item if item.tag == "a" else next(item.iter("a"), None)
        href = absolute(link.get("href"), base) if link is not None else ""
        named = _first(item, "headline", selectors) if selectors.get("headline") else link
        text = _text(named) if named is not None else ""
        if href and text and is_web_url(href):
            date = _first(item, "date", selectors)
            when = "" if date is None else date.get("datetime") or _text(date)
            parts = (_first(item, name, selectors) for name in ("summary", "author"))
            summary, author = ("" if part is None else _text(part) for part in parts)
            found.append(Selected(href, text, when, summary, author))
    following = _first(root, "next", selectors)
    return found, absolute(following.get("href"), base) if following is not None else ""


def _select(node: Any, name: str, css: str) -> list[Any]:
    from cssselect import SelectorError
    from lxml.cssselect import CSSSelector

    try:
        matches: Any = CSSSelector(css, translator="html")(node)
        return list(matches)
    except SelectorError as error:
        raise PageError(
            _(
                "The selector {name} = {css} is none ({error}); correct it in sources.toml",
                name=name,
                css=repr(css),
                error=error,
            )
        ) from None


def _first(node: Any, name: str, selectors: Mapping[str, str]) -> Any:
    css = selectors.get(name)
    return next(iter(_select(node, name, css)), None) if css else None


def _text(node: Any) -> str:
    return one_line("".join(node.itertext())[:2_000], 600)
