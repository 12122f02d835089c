"""The phrases that the reader follows or mutes on the front page, and which articles hold one."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from tui_news.text.fold import fold

if TYPE_CHECKING:
    from tui_news.model import Article
    from tui_news.newsroom import Newsroom


def holding(phrases: Iterable[str]) -> Callable[[Article], list[str]]:
    """What tells which of some phrases an article has in its headline or as a tag. A phrase of Latin letters
    begins where a word does."""
    wanted = [(phrase, fold(phrase)) for phrase in phrases]
    tests = [
        (phrase, folded, re.compile((r"(?<!\w)" if folded[:1].isascii() else "") + re.escape(folded)))
        for phrase, folded in wanted
        if folded
    ]

    def found(article: Article) -> list[str]:
        if not tests:
            return []
        headline, tags = fold(article.headline), {fold(tag) for tag in article.tags}
        return [phrase for phrase, folded, pattern in tests if folded in tags or pattern.search(headline)]

    return found


def choices(newsroom: Newsroom, what: str) -> list[str]:
    """The phrases that the reader `muted` or `followed`."""
    kept = newsroom.cache.get_memory(what)
    return [str(phrase) for phrase in kept] if isinstance(kept, list) else []


def choose(newsroom: Newsroom, what: str, phrase: str, on: bool) -> None:
    """Follow or mute a phrase, or no longer. Raises `CacheError`."""
    kept = [one for one in choices(newsroom, what) if one != phrase]
    newsroom.cache.put_memory(what, [*kept, phrase] if on else kept)
