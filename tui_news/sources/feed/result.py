"""What reading a feed gives: the parsed feed, or an error of one plain line."""

from __future__ import annotations

from datetime import datetime
from typing import TYPE_CHECKING

from tui_news.model import Article
from tui_news.text.clean import clean_line

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass


class FeedError(ValueError):
    """The bytes hold no feed that can be read; `str(error)` is one plain, clean line with the next step."""

    def __init__(self, message: str) -> None:
        super().__init__(clean_line(message, 400))


@dataclass(frozen=True, slots=True)
class Deleted:
    """An entry that a feed says to be deleted (RFC 6721, at:deleted-entry)."""

    id: str
    """The id under which its article stands."""
    when: datetime | None = None
    comment: str = ""


@dataclass(frozen=True, slots=True)
class ParsedFeed:
    """A feed's own data and its entries, cleaned, in the feed's order."""

    title: str = ""
    home: str = ""
    """The site's own page; '' when the feed names none that is http(s)."""
    language: str = ""
    articles: tuple[Article, ...] = ()
    deleted: tuple[Deleted, ...] = ()
    damaged: bool = False
    """True when the feed was cut short or broken and only what could be read is here."""
    notes: tuple[str, ...] = ()
    """What was put right or left out, each one plain line."""
    kind: str = ""
    """'rss 2.0', 'atom 1.0', 'rss 1.0', 'json feed 1.1' ..."""
    hub: str = ""
    """A WebSub hub's URL."""
    self_url: str = ""
    """Where the feed says it lives."""
    built: datetime | None = None
    """When the feed as a whole was last changed; None when it gives no date that can be believed."""
    ttl_minutes: int = 0
    """How long the feed asks to be left alone (RSS ttl, sy:updatePeriod); 0 when it does not say."""
