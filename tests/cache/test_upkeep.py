"""Retention, compaction, dropped sources."""

from __future__ import annotations

import os
import time
from datetime import timedelta
from pathlib import Path

import pytest

from tests.cache.material import NOW, make, places_in, some
from tui_news.cache import Cache, Count
from tui_news.cache.keep import clear_leftovers, due
from tui_news.cache.rows import MAX_TOMBS


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.open(places_in(tmp_path))


def test_retention_by_age_and_count_keeps_what_the_reader_keeps(cache: Cache) -> None:
    cache.store("a", some("a", 30), now=NOW)
    cache.store("b", some("b", 8), now=NOW)
    cache.mark([make("a", 29).id], "star", starred=True)
    cache.mark([make("a", 28).id], "later", later=True)
    cache.mark([make("a", 27).id], "note", note="n")
    cache.mark([make("a", 26).id], "debate", debate=True)
    cache.mark([make("a", 25).id], "read", read=True)
    result = cache.retain(days=1, per_source=10, now=NOW, budget=1000)
    assert result.done
    assert set(result.dropped) == {make("a", n).id for n in range(10, 26)}
    assert cache.counts() == {"a": Count(14, 14), "b": Count(8, 8)}
    assert len(cache.listing(["a"])) == 14
    # An article that is gone keeps the reader's state.
    assert cache.state(make("a", 25).id).read
    result = cache.retain(days=0, per_source=0, now=NOW + timedelta(days=999), budget=1000)
    assert result.dropped == ()


def test_dropped_articles_do_not_come_back_as_new(cache: Cache) -> None:
    cache.store("a", some("a", 30), now=NOW)
    cache.retain(days=0, per_source=10, now=NOW, budget=1000)
    assert not cache.store("a", some("a", 30), now=NOW)
    # Nor when the feed makes up its guids.
    from dataclasses import replace

    from tui_news.model import article_id

    again = [replace(a, id=article_id("a", f"again {a.headline}")) for a in some("a", 30)]
    assert not cache.store("a", again, now=NOW).new
    cache.close()
    cache = Cache.open(cache.places)
    assert not cache.store("a", some("a", 30), now=NOW)
    shelf = cache.library.shelf("a")
    with cache.library.lock:
        shelf.compact()
    assert not cache.store("a", some("a", 30), now=NOW)
    cache.close()
    cache = Cache.open(cache.places)
    assert not cache.store("a", some("a", 30), now=NOW)
    assert len(cache.listing()) == 10
    assert cache.store("a", [make("a", 77)], now=NOW).new


def test_tombstones_are_bounded(cache: Cache) -> None:
    rows = cache.library.shelf("a").rows
    for number in range(MAX_TOMBS + 50):
        rows.bury(number, 0, 0)
    assert len(rows.tombs) == MAX_TOMBS
    assert 49 not in rows.tombs


def test_retention_goes_in_bounded_steps(cache: Cache) -> None:
    for source in "abc":
        cache.store(source, some(source, 40), now=NOW)
    steps = []
    while True:
        result = cache.retain(days=0, per_source=10, now=NOW, budget=7)
        assert len(result.dropped) <= 7
        steps.append(len(result.dropped))
        if result.done:
            break
        assert len(steps) < 100
    assert sum(steps) == 90
    assert {source: count.total for source, count in cache.counts().items()} == {"a": 10, "b": 10, "c": 10}


def test_compaction_gives_the_room_back(cache: Cache) -> None:
    for turn in range(6):
        cache.store("a", [make("a", n, deck=f"{turn}" * 300) for n in range(60)], now=NOW)
    path = cache.places.cache / "heads" / "a.jsonl"
    before = path.stat().st_size
    assert due(cache.library.shelf("a"))
    result = cache.retain(days=0, per_source=0, now=NOW, budget=100)
    assert result.compacted == ("a",)
    assert path.stat().st_size < before / 3
    assert not due(cache.library.shelf("a"))
    for cache in (cache, Cache.open(cache.places)):  # noqa: B020
        for number in range(60):
            got = cache.article(make("a", number).id)
            assert got is not None
            assert got.deck == "5" * 300
            assert got.blocks == make("a", number).blocks
        assert cache.check() == []


def test_bodies_that_are_history_are_compacted_too(cache: Cache) -> None:
    for turn in range(8):
        cache.store(
            "a",
            [
                make(
                    "a",
                    n,
                    blocks=make(
                        "x",
                        turn * 100 + n,
                    ).blocks
                    * 20,
                )
                for n in range(20)
            ],
            now=NOW,
        )
    path = cache.places.cache / "bodies" / "a.jsonl"
    before = path.stat().st_size
    cache.retain(days=0, per_source=0, now=NOW, budget=100)
    assert path.stat().st_size < before / 4
    got = cache.article(make("a", 3).id)
    assert got is not None
    assert got.blocks == make("x", 703).blocks * 20


def test_a_compaction_killed_between_its_two_files(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.store("a", some("a", 20), now=NOW)
    cache.retain(days=0, per_source=12, now=NOW, budget=100)
    shelf = cache.library.shelf("a")
    with monkeypatch.context() as patch, cache.library.lock:
        patch.setattr(shelf.heads, "rewrite", lambda payloads: (_ for _ in ()).throw(KeyboardInterrupt))
        with pytest.raises(KeyboardInterrupt):
            shelf.compact()
    again = Cache.open(cache.places)
    for number in range(12):
        got = again.article(make("a", number).id)
        assert got is not None
        assert got.blocks == make("a", number).blocks
    assert again.check() == []
    assert again.messages == []


def test_a_dropped_source_comes_back_until_it_is_too_late(cache: Cache) -> None:
    cache.store("a", some("a", 5), now=NOW)
    cache.store("b", some("b", 2), now=NOW)
    cache.mark([make("a", 0).id], "star", starred=True)
    cache.drop_source("a")
    cache.drop_source("never there")
    assert len(cache.listing()) == 2
    assert cache.article(make("a", 1).id) is None
    assert set(cache.counts()) == {"b"}
    cache.close()
    cache = Cache.open(cache.places)
    assert len(cache.edition(9)) == 2
    assert cache.restore_source("a")
    assert not cache.restore_source("a")
    got = cache.article(make("a", 1).id)
    assert got is not None
    assert got.blocks == make("a", 1).blocks
    assert cache.listing(mark="starred").ids == (make("a", 0).id,)
    cache.drop_source("a")
    clear_leftovers(cache.places.cache, time.time() + 48 * 3600)
    assert not cache.restore_source("a")


def test_leftovers_of_killed_rewrites_go(cache: Cache) -> None:
    cache.store("a", some("a", 1), now=NOW)
    left = cache.places.cache / "heads" / ".a.jsonl.123.new"
    left.write_bytes(b"half")
    cache.retain(days=0, per_source=0, now=NOW, budget=1)
    assert left.exists()
    old = time.time() - 7200
    os.utime(left, (old, old))
    cache.retain(days=0, per_source=0, now=NOW, budget=1)
    assert not left.exists()
    assert len(cache.listing()) == 1


def test_what_a_write_costs_does_not_grow(cache: Cache) -> None:
    sizes = []
    for count in (20, 4_000):
        cache.store("a", some("a", count), now=NOW)
        cache.mark([a.id for a in some("a", count)], "all", read=True)
        before = sum(path.stat().st_size for path in cache.places.cache.parent.rglob("*.jsonl"))
        cache.mark([make("a", 3).id], "unread", read=False)
        cache.store("b", [make("b", count)], now=NOW)
        cache.mark([make("a", 3).id], "", position=count % 7 + 1)
        sizes.append(sum(p.stat().st_size for p in cache.places.cache.parent.rglob("*.jsonl")) - before)
    assert abs(sizes[1] - sizes[0]) < 200
