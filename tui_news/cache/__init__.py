"""The cache: articles, the reader's state and the program's memory, in journals that lose nothing."""

from __future__ import annotations

from tui_news.cache.cache import Cache, Changes, Count, Stored
from tui_news.cache.errors import CacheError
from tui_news.cache.keep import Retained
from tui_news.cache.listing import Listing
from tui_news.cache.reader import Step
from tui_news.cache.starter import write_starter

__all__ = [
    "Cache", "CacheError", "Changes", "Count", "Listing", "Retained", "Step", "Stored", "write_starter",
]  # fmt: skip
