"""Marks, notes, positions, undo and history."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cache.material import NOW, make, places_in, some
from tui_news.cache import Cache
from tui_news.model import UNTOUCHED, ReaderState, article_id

ONE, TWO, THREE = (make("s", n).id for n in range(3))


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.open(places_in(tmp_path))


def reopened(cache: Cache) -> Cache:
    cache.close()
    return Cache.open(cache.places)


def test_marks_survive_a_restart(cache: Cache) -> None:
    step = cache.mark([ONE, TWO], "star", starred=True, read=True)
    assert step is not None
    assert (step.what, step.ids) == ("star", (ONE, TWO))
    cache.mark([ONE], "note", note="笔记 with ünïcode", debate=True, later=True)
    cache.mark([ONE], "", position=12)
    cache = reopened(cache)
    assert cache.state(ONE) == ReaderState(True, True, True, True, "笔记 with ünïcode", 12)
    assert cache.state(TWO) == ReaderState(read=True, starred=True)
    assert cache.state(THREE) == UNTOUCHED
    assert cache.state("nonsense") == UNTOUCHED


def test_a_mark_that_changes_nothing_is_no_step(cache: Cache) -> None:
    assert cache.mark([ONE], "unread", read=False) is None
    cache.mark([ONE], "read", read=True)
    assert cache.mark([ONE], "read", read=True) is None
    assert cache.mark([], "read", read=True) is None
    step = cache.mark([ONE, TWO, TWO], "read", read=True)
    assert step is not None
    assert step.ids == (TWO,)
    assert len(cache.history()) == 2


def test_undo_and_redo_over_restarts(cache: Cache) -> None:
    cache.mark([ONE], "first", read=True)
    cache.mark([ONE, TWO], "second", starred=True)
    cache.mark([ONE], "third", note="a")
    cache.mark([ONE], "fourth", note="b")
    cache = reopened(cache)
    undone = cache.undo()
    assert undone is not None
    assert undone.what == "fourth"
    assert cache.state(ONE).note == "a"
    cache = reopened(cache)
    assert [cache.undo().what, cache.undo().what] == ["third", "second"]  # type: ignore[union-attr]
    assert cache.state(ONE) == ReaderState(read=True)
    assert cache.state(TWO) == UNTOUCHED
    cache = reopened(cache)
    redone = cache.redo()
    assert redone is not None
    assert redone.what == "second"
    assert cache.state(TWO).starred
    # A new step ends what could be done again.
    cache.mark([THREE], "other", later=True)
    assert cache.redo() is None
    assert [step.what for step in cache.history()] == ["other", "second", "first"]
    assert [step.what for step in cache.history(1)] == ["other"]
    while cache.undo():
        pass
    assert all(cache.state(id) == UNTOUCHED for id in (ONE, TWO, THREE))
    assert cache.undo() is None


def test_undo_restores_each_article_as_it_was(cache: Cache) -> None:
    cache.mark([TWO], "read", read=True)
    cache.mark([ONE], "note", note="mine")
    cache.mark([ONE, TWO, THREE], "all", read=True, note="same")
    cache.undo()
    assert cache.state(ONE) == ReaderState(note="mine")
    assert cache.state(TWO) == ReaderState(read=True)
    assert cache.state(THREE) == UNTOUCHED


def test_positions_are_no_steps(cache: Cache) -> None:
    cache.mark([ONE], "read", read=True)
    assert cache.mark([ONE], "moved", position=5) is None
    assert [step.what for step in cache.history()] == ["read"]
    cache.undo()
    assert cache.state(ONE) == ReaderState(position=5)
    cache.mark([ONE], "moved", position=0)
    assert reopened(cache).state(ONE) == UNTOUCHED


def test_mark_all_is_one_step_and_small(cache: Cache) -> None:
    ids = [article_id("s", str(n)) for n in range(20_000)]
    cache.mark(ids[:10], "read", read=True)
    path = cache.places.data / "state.jsonl"
    before = path.stat().st_size
    step = cache.mark(ids, "mark all read", read=True)
    assert step is not None
    assert len(step.ids) == 19_990
    assert path.stat().st_size - before < 9 * len(ids)
    cache = reopened(cache)
    assert all(cache.state(id).read for id in ids)
    cache.undo()
    assert sum(cache.state(id).read for id in ids) == 10
    cache = reopened(cache)
    assert sum(cache.state(id).read for id in ids) == 10
    cache.redo()
    assert all(cache.state(id).read for id in ids)


def test_the_journal_is_compacted_and_steps_stay_undoable(cache: Cache) -> None:
    cache.mark([TWO], "note", note="kept")
    for turn in range(300):
        cache.mark([ONE], f"turn {turn}", read=turn % 2 == 0)
        cache.mark([ONE], "", position=turn + 1)
    cache.undo()
    cache.undo()
    path = cache.places.data / "state.jsonl"
    before = path.stat().st_size
    assert cache.book.compact_if_due(force=True)
    assert path.stat().st_size < before
    for again in (cache, reopened(cache)):
        cache = again
        assert cache.state(TWO).note == "kept"
        assert cache.state(ONE) == ReaderState(read=False, position=300)
        assert cache.history(1)[0].what == "turn 297"
        redone = cache.redo()
        assert redone is not None
        assert redone.what == "turn 298"
        assert cache.state(ONE).read
        cache.undo()
    step = cache.mark([ONE], "after", starred=True)
    assert step is not None
    assert step.id > 300


def test_listing_by_mark(cache: Cache) -> None:
    cache.store("s", some("s", 5), now=NOW)
    cache.mark([ONE, THREE], "star", starred=True)
    cache.mark([TWO, THREE], "later", later=True, read=True)
    cache.mark([ONE], "debate", debate=True)
    assert cache.listing(mark="starred").ids == (ONE, THREE)
    assert cache.listing(mark="later").ids == (TWO, THREE)
    assert cache.listing(mark="later", unread=True).ids == ()
    assert cache.listing(mark="starred", unread=True).ids == (ONE,)
    assert cache.listing(["s"], mark="debate").ids == (ONE,)
    assert len(cache.listing(unread=True)) == 3


def test_memory_and_numbers(cache: Cache) -> None:
    assert cache.get_memory("theme") is None
    assert cache.numbers() == ()
    cache.put_memory("theme", {"name": "ink", "dark": True})
    cache.put_numbers((ONE, TWO))
    cache.put_memory("section", ["News", "世界"])
    cache = reopened(cache)
    assert cache.get_memory("theme") == {"name": "ink", "dark": True}
    assert cache.get_memory("section") == ["News", "世界"]
    assert cache.numbers() == (ONE, TWO)
    cache.put_memory("theme", None)
    assert reopened(cache).get_memory("theme") is None


def test_numbers_do_not_let_the_file_grow(cache: Cache) -> None:
    for turn in range(400):
        cache.put_numbers([article_id("s", f"{turn}-{n}") for n in range(50)])
    assert (cache.places.data / "memory.jsonl").stat().st_size < 150_000
    assert cache.numbers()[0] == article_id("s", "399-0")


def test_time_never_runs_backwards_in_the_journal(cache: Cache, monkeypatch: pytest.MonkeyPatch) -> None:
    import tui_news.cache.reader as reader

    clock = iter([5_000, 1_000, 900, 10_000])
    monkeypatch.setattr(reader.time, "time_ns", lambda: next(clock) * 1_000_000_000)
    steps = [cache.mark([ONE], "x", note=str(n)) for n in range(4)]
    times = [step.time for step in steps if step]
    assert times == sorted(times)
    assert len(set(times)) == 4
    assert reopened(cache).state(ONE).note == "3"
