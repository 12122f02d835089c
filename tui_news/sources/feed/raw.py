"""An entry and a feed as they stand in the file, before shaping and cleaning: the parsers' common form."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, Literal

TextKind = Literal["html", "text"]


@dataclass(slots=True)
class RawText:
    """Text with its kind. `element` holds XHTML content in place of `value`; `base` resolves its links."""

    value: str = ""
    kind: TextKind = "html"
    base: str = ""
    element: Any = None


@dataclass(slots=True)
class RawFile:
    """An enclosure as declared."""

    url: str
    type: str = ""
    length: str = ""
    duration: str = ""
    title: str = ""


@dataclass(slots=True)
class RawEntry:
    """Everything that a format may say of an entry; strings are as in the file, URLs resolved."""

    title: str = ""
    title_kind: TextKind = "html"
    link: str = ""
    guid: str = ""
    guid_link: str = ""
    """The guid when it says that it is the permalink."""
    content: RawText | None = None
    summary: RawText | None = None
    blurb: RawText | None = None
    """A summary of second rank (itunes:summary, media:description), used when there is no other."""
    authors: list[str] = field(default_factory=list)
    published: str = ""
    updated: str = ""
    tags: list[str] = field(default_factory=list)
    comments_url: str = ""
    comments_feed: str = ""
    comments: str = ""
    comments_post: str = ""
    """Where `wfw:comment` takes one."""
    reply_to: str = ""
    """The id or address of the entry that this one answers (RFC 4685)."""
    files: list[RawFile] = field(default_factory=list)
    picture: str = ""
    duration: str = ""
    episode: str = ""
    season: str = ""
    language: str = ""
    agency: str = ""
    related: list[tuple[str, str]] = field(default_factory=list)


@dataclass(slots=True)
class RawDeleted:
    """An entry that the feed says to be deleted (RFC 6721)."""

    ref: str
    when: str = ""
    comment: str = ""


@dataclass(slots=True)
class RawFeed:
    """A feed as parsed, its entries in order and already cut to the limit."""

    kind: str = ""
    title: str = ""
    title_kind: TextKind = "html"
    home: str = ""
    language: str = ""
    authors: list[str] = field(default_factory=list)
    hub: str = ""
    self_url: str = ""
    ttl: int = 0
    built: str = ""
    """When the feed as a whole was last changed, as it says."""
    entries: list[RawEntry] = field(default_factory=list)
    deleted: list[RawDeleted] = field(default_factory=list)
    total: int = 0
    """How many entries the file held before the limit."""
    damaged: bool = False
    notes: list[str] = field(default_factory=list)
