"""Retention: what is old goes, but never all of a quiet source, and never what the reader keeps."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

from tui_news.cache import Cache
from tui_news.model import Article, article_id, paragraphs
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


def article(source: str, number: int) -> Article:
    return Article(
        id=article_id(source, str(number)),
        source=source,
        headline=f"{source} {number}",
        published=NOW - timedelta(hours=number),
        blocks=paragraphs("A sentence of some length. " * 40),
    )


def test_all_sources_together_stay_within_the_quota_and_the_oldest_of_all_go(tmp_path: Path) -> None:
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    quota = 400_000

    def taken() -> int:
        return sum(
            path.stat().st_size for path in places.cache.rglob("*.jsonl") if path.parent.name != "cache"
        )

    with Cache.open(places) as cache:
        for source, count in (("daily", 400), ("weekly", 200), ("quiet", 12)):
            cache.store(source, [article(source, number) for number in range(count)], now=NOW)
        cache.mark([article("daily", 399).id], "starred", starred=True)
        assert taken() > 1.5 * quota
        steps = 0
        while not cache.retain(days=0, per_source=0, now=NOW, budget=100, quota=quota).done:
            steps += 1
            assert steps < 50
        cache.retain(days=0, per_source=0, now=NOW, budget=100, quota=quota)
        assert taken() <= quota
        left = {
            source: [a.headline for a in cache.listing([source])] for source in ("daily", "weekly", "quiet")
        }
        assert len(left["quiet"]) == 12
        newest = len(left["daily"]) - 1
        assert left["daily"] == [*(f"daily {number}" for number in range(newest)), "daily 399"]
        # One time holds for all sources, as far as the length of a text can be told without reading it.
        assert 100 < newest <= len(left["weekly"]) < 1.2 * newest
        before = taken()
        assert cache.retain(days=0, per_source=0, now=NOW, budget=100, quota=quota).done
        assert taken() == before
