"""The time of first sight that articles of one answer get, so that lists keep the source's own order."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from tui_news.model import Article


def first_seen(articles: Sequence[Article], moment: datetime) -> list[Article]:
    """The articles with `fetched` a second apart, so that those without a date of their own stay in the
    order in which the source lists them."""
    return [
        replace(article, fetched=moment - timedelta(seconds=index)) for index, article in enumerate(articles)
    ]
