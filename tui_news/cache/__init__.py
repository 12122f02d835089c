"""The cache: articles, the reader's state and the program's memory, in journals that lose nothing."""

from __future__ import annotations

from tui_news.cache.cache import Cache
from tui_news.cache.errors import CacheError
from tui_news.cache.listing import Listing
from tui_news.cache.results import Changes, Count, Retained, Step, Stored
from tui_news.model import Article

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path


def write_starter(folder: Path, articles: Mapping[str, Sequence[Article]]) -> None:
    """Write articles by source id into `folder` in the cache's own format: the same bytes for the same
    articles. Raises `CacheError`."""
    from tui_news.cache.starter import write_starter as write

    write(folder, articles)


__all__ = [
    "Cache", "CacheError", "Changes", "Count", "Listing", "Retained", "Step", "Stored", "write_starter",
]  # fmt: skip
