"""Feeds: RSS, Atom and JSON Feed as articles.

`parse_feed` takes the bytes of an answer and gives a `ParsedFeed`, or raises `FeedError`. The way inside:
`parse` (what is it) → `xmlfeed` or `jsonfeed` (raw entries) → `entry` (shaped and cleaned articles) →
`sources.identity` (ids).
"""

from tui_news.sources.feed.dates import parse_date
from tui_news.sources.feed.parse import parse_feed
from tui_news.sources.feed.result import FeedError, ParsedFeed

__all__ = ["FeedError", "ParsedFeed", "parse_date", "parse_feed"]
