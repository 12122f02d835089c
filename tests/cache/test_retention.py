"""Retention: what is old goes, but never all of a quiet source, and never what the reader keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui_news.cache import Cache
from tui_news.model import Article, article_id
from tui_news.paths import Places

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)


def old(number: int) -> Article:
    return Article(
        id=article_id("blog", str(number)),
        source="blog",
        headline=f"Post {number}",
        published=NOW - timedelta(days=200 + number),
    )


def test_a_quiet_blog_keeps_its_newest_posts_and_loses_the_rest(tmp_path: Path) -> None:
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    with Cache.open(places) as cache:
        cache.store("blog", [old(number) for number in range(80)], now=NOW)
        cache.mark([old(79).id], "starred", starred=True)
        while not cache.retain(days=90, per_source=500, now=NOW, budget=20).done:
            pass
        kept = {article.headline for article in cache.listing(["blog"])}
    assert kept == {*(f"Post {number}" for number in range(50)), "Post 79"}
