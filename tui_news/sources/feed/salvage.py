"""Cuts a broken feed into its entries as text, so that each can be parsed alone."""

from __future__ import annotations

import re
from html import escape
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

ENTRY_NAMES: Final = frozenset(["item", "entry", "atom:entry"])

_OPEN: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(item|entry)(?=[\s>/])", re.IGNORECASE)
_END: Final = re.compile(r"</(?:[\w.-]{1,20}:)?(?:rss|feed|rdf)\s*>\s*\Z", re.IGNORECASE)
_BINDING: Final = re.compile(r"\bxmlns:([A-Za-z][\w.-]{0,30})\s*=\s*[\"']?([^\"'\s<>]{1,200})")
_DEFAULT: Final = re.compile(r"\bxmlns\s*=\s*[\"']?([^\"'\s<>]{1,200})")
_ROOT: Final = re.compile(r"<(?:[\w.-]{1,20}:)?(rss|feed|rdf)\b", re.IGNORECASE)
_LAST_TAG: Final = re.compile(r"<([\w:.-]{1,60})[^<>]{0,200}>\s*\Z")
_KNOWN: Final = {
    "atom": "http://www.w3.org/2005/Atom",
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "dcterms": "http://purl.org/dc/terms/",
    "feedburner": "http://rssnamespace.org/feedburner/ext/1.0",
    "itunes": "http://www.itunes.com/dtds/podcast-1.0.dtd",
    "media": "http://search.yahoo.com/mrss/",
    "rdf": "http://www.w3.org/1999/02/22-rdf-syntax-ns#",
    "slash": "http://purl.org/rss/1.0/modules/slash/",
    "sy": "http://purl.org/rss/1.0/modules/syndication/",
    "thr": "http://purl.org/syndication/thread/1.0",
    "wfw": "http://wellformedweb.org/CommentAPI/",
}


@dataclass(frozen=True, slots=True)
class Pieces:
    """A feed in pieces: what stands before the first entry, and the entries."""

    head: str
    entries: tuple[str, ...]
    cut: bool
    """True when the text ended within an entry; that one is not among `entries`."""
    is_feed: bool
    """Whether a feed's outermost tag is in the head."""
    opening: str
    """The start tag of an element that binds every prefix of the feed."""

    def wrapped(self, piece: str) -> str:
        """The piece as a document of its own, with an open CDATA section or comment closed."""
        if piece.count("<![CDATA[") > piece.count("]]>"):
            piece = _sections_closed(piece)
        if piece.count("<!--") > piece.count("-->"):
            piece = piece.replace("<!--", "")
        return f"{self.opening}{piece}</x>"


def split_entries(text: str) -> Pieces:
    """The text's entries, each from its start tag to its end tag or, without one, the next start tag."""
    starts = [(match.start(), match[1]) for match in _OPEN.finditer(text)]
    # Entries are the ones that the first is: an <entry> within <item>s is something else.
    name = starts[0][1].lower() if starts else "item"
    places = [place for place, found in starts if found.lower() == name]
    close = re.compile(rf"</(?:[\w.-]{{1,20}}:)?{name}\s*>", re.IGNORECASE)
    entries: list[str] = []
    cut = False
    ends = [*places[1:], len(text)] if places else []
    for place, following in zip(places, ends, strict=True):
        end = close.search(text, place, following)
        if end is None and following == len(text) and not _END.search(text[-200:]):
            cut = True
            break
        entries.append(text[place : end.end() if end else following])
    head = text[: places[0]] if places else text
    return Pieces(head, tuple(entries), cut, _ROOT.search(head) is not None, _opening(head))


def _sections_closed(piece: str) -> str:
    """Each CDATA section that runs into the next one, or to the end, ends with the element it is in."""
    out: list[str] = []
    for index, part in enumerate(piece.split("<![CDATA[")):
        if index and "]]>" not in part:
            owner = _LAST_TAG.search(out[-1][-300:])
            end = part.find(f"</{owner[1]}") if owner else -1
            part = f"{part[:end]}]]>{part[end:]}" if end >= 0 else part + "]]>"
        out.append(part)
    return "<![CDATA[".join(out)


def _opening(head: str) -> str:
    bindings = _KNOWN | dict(_BINDING.findall(head[:20_000]))
    bindings = {prefix: uri for prefix, uri in bindings.items() if not prefix.lower().startswith("xml")}
    default = _DEFAULT.search(head[:20_000])
    root = _ROOT.search(head)
    uri = default[1] if default else _KNOWN["atom"] if root and root[1].lower() == "feed" else ""
    attributes = "".join(f' xmlns:{prefix}="{escape(name)}"' for prefix, name in list(bindings.items())[:64])
    return f"<x{attributes}" + (f' xmlns="{escape(uri)}">' if uri else ">")
