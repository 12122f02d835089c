"""Texts, attributes and links of a document's elements, with XML Base and xml:lang."""

from __future__ import annotations

from typing import Any
from urllib.parse import urljoin

from tui_news.sources.feed.names import XML_BASE, XML_LANG
from tui_news.sources.feed.raw import RawText
from tui_news.sources.feed.repair import restored


class Reader:
    """Reads texts and links of one document's elements.

    `base` is the URL that relative links start from where no xml:base says otherwise.
    """

    __slots__ = ("base", "has_base", "has_lang", "masked", "texts")

    def __init__(self, base: str, *, has_base: bool, has_lang: bool, masked: bool) -> None:
        self.base = base
        self.has_base = has_base
        self.has_lang = has_lang
        self.masked = masked

    def text(self, el: Any) -> str:
        """All text in the element, trimmed."""
        text: str = (el.text or "") if not len(el) else "".join(el.itertext(with_tail=True))
        return (restored(text) if self.masked else text).strip()

    def attr(self, el: Any, name: str) -> str:
        """An attribute's value, trimmed; '' when it is not there."""
        value: str = el.get(name) or ""
        return (restored(value) if self.masked else value).strip() if value else ""

    def base_of(self, el: Any) -> str:
        """The base of the element's links (XML Base)."""
        base = self.base
        if self.has_base:
            for node in reversed([el, *el.iterancestors()]):
                if value := node.get(XML_BASE):
                    base = joined(base, value)
        return base

    def language(self, el: Any) -> str:
        """The nearest xml:lang, the element's own first."""
        if self.has_lang:
            for node in (el, *el.iterancestors()):
                if value := node.get(XML_LANG):
                    return str(value)
        return ""

    def link(self, el: Any, value: str) -> str:
        """A link found in the element, resolved."""
        return joined(self.base_of(el), value) if value else ""

    def markup(self, el: Any) -> RawText:
        """HTML: escaped in the element's text, or as elements within it."""
        if len(el) and any(isinstance(child.tag, str) for child in el):
            return RawText(element=el, base=self.base_of(el))
        return RawText(self.text(el), "html", self.base_of(el))


def joined(base: str, link: str) -> str:
    """`urljoin` that takes what is no URL as it is."""
    if link.startswith(("https://", "http://")):
        return link
    try:
        return urljoin(base, link)
    except ValueError:
        return link
