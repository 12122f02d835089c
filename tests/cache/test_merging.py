"""What was done on several machines, merged: the later value of a field wins, everywhere the same one."""

from __future__ import annotations

import random
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache.material import NOW, make, places_in, some
from tui_news.cache import Cache
from tui_news.cache import files as disk
from tui_news.cache.latest import Change, Latest
from tui_news.model import UNTOUCHED, ReaderState


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk proves nothing here."""
    monkeypatch.setattr(disk, "fsync", lambda fd: None)
    monkeypatch.setattr(disk, "sync_folder", lambda folder: None)


ONE, TWO, THREE = (make("s", n).id for n in range(3))


def number(id: str) -> int:
    return int(id, 16)


@pytest.fixture
def cache(tmp_path: Path) -> Cache:
    return Cache.open(places_in(tmp_path))


def test_the_later_value_of_each_field_wins(cache: Cache) -> None:
    cache.mark([ONE], "star", starred=True)
    cache.mark([ONE], "note", note="mine")
    here = {change.field: change.time for change in cache.changes()}
    result = cache.merge(
        [
            Change("starred", here["starred"] - 1, False, [number(ONE)]),
            Change("note", here["note"] + 1, "theirs", [number(ONE)]),
            Change("read", 5, True, [number(TWO)]),
        ]
    )
    assert result.fields == {"note": 1, "read": 1}
    assert set(result.ids) == {ONE, TWO}
    assert cache.state(ONE) == ReaderState(starred=True, note="theirs")
    assert cache.state(TWO).read
    # The old time stays, so that a third machine's later word still counts.
    assert cache.merge([Change("read", 6, False, [number(TWO)])]).fields == {"read": 1}
    assert not cache.merge([Change("read", 4, True, [number(TWO)])])
    with Cache.open(cache.places) as again:
        assert again.state(TWO) == UNTOUCHED
        assert again.state(ONE).note == "theirs"


def test_what_is_done_after_a_merge_is_later_even_where_the_other_clock_is_ahead(cache: Cache) -> None:
    ahead = cache_time(cache) + 90_000_000
    cache.merge([Change("starred", ahead, True, [number(ONE)])])
    cache.mark([ONE], "unstar", starred=False)
    assert not cache.merge([Change("starred", ahead, True, [number(ONE)])])
    assert not cache.state(ONE).starred
    # A clock that is beyond belief is not followed: nothing could ever be later.
    assert not cache.merge([Change("starred", 9_000_000_000_000, True, [number(ONE)])])
    assert cache.history()[0].time <= NOW.now(NOW.tzinfo)


def cache_time(cache: Cache) -> int:
    cache.mark([THREE], "read", read=True)
    return max(change.time for change in cache.changes())


def test_an_import_is_one_step_that_undo_takes_back(cache: Cache) -> None:
    cache.mark([ONE], "note", note="before")
    ids = [number(id) for id in (ONE, TWO, THREE)]
    later = cache_time(cache) + 10
    changes = [
        Change("read", later, True, ids),
        Change("note", later + 1, "after", [number(ONE)]),
        Change("position", later + 2, 7, [number(TWO)]),
    ]
    assert cache.merge(changes, dry=True).fields == {"read": 2, "note": 1, "position": 1}
    assert cache.state(ONE).note == "before"
    cache.merge(changes, what="import")
    assert not cache.merge(changes, what="import")
    assert [step.what for step in cache.history()] == ["import", "read", "note"]
    assert cache.state(TWO) == ReaderState(read=True, position=7)
    step = cache.undo()
    assert step is not None
    assert set(step.ids) == {ONE, TWO}
    assert cache.state(ONE) == ReaderState(note="before")
    assert cache.state(TWO) == UNTOUCHED
    # Taking it back is the last word: the same import does not bring it again.
    assert not cache.merge(changes)
    cache.redo()
    assert cache.state(ONE) == ReaderState(read=True, note="after")


def test_steps_of_another_machine_are_undone_where_there_are_none(cache: Cache, tmp_path: Path) -> None:
    cache.mark([ONE], "star", starred=True)
    cache.mark([ONE, TWO], "mark all read", read=True)
    with Cache.open(places_in(tmp_path / "new")) as new:
        new.merge(cache.changes(), what="import", steps=cache.steps())
        assert [step.what for step in new.history()] == ["mark all read", "star", "import"]
        assert new.state(ONE) == ReaderState(read=True, starred=True)
        assert new.undo().what == "mark all read"  # type: ignore[union-attr]
        assert new.state(ONE) == ReaderState(starred=True)
        new.compact_state(force=True)
        assert new.redo().what == "mark all read"  # type: ignore[union-attr]
        assert new.state(TWO).read


def test_compaction_keeps_the_times(cache: Cache) -> None:
    for turn in range(40):
        cache.mark([ONE, TWO], f"turn {turn}", read=turn % 2 == 0, note=f"n{turn}")
    cache.mark([TWO], "", position=3)
    before = cache.changes()
    assert cache.compact_state(force=True)
    assert cache.changes() == before
    with Cache.open(cache.places) as again:
        assert again.changes() == before
        assert again.state(TWO) == cache.state(TWO)


def test_a_mark_made_while_the_journal_is_compacted_is_not_lost(
    cache: Cache, monkeypatch: pytest.MonkeyPatch
) -> None:
    from tui_news.cache import residue

    real = residue.base_records
    cache.mark([ONE], "star", starred=True)
    with Cache.open(cache.places) as other:

        def slow(latest: Latest) -> object:
            found = list(real(latest))
            other.mark([TWO], "later", later=True)
            other.undo()
            other.mark([THREE], "read", read=True)
            return found

        monkeypatch.setattr(residue, "base_records", slow)
        assert cache.compact_state(force=True)
        for each in (cache, other):
            each.poll()
            assert each.state(ONE).starred
            assert each.state(TWO) == UNTOUCHED
            assert each.state(THREE).read
        assert [step.what for step in cache.history()] == ["read", "star"]
        assert cache.undo().what == "read"  # type: ignore[union-attr]


FIELDS = {
    "read": st.booleans(), "starred": st.booleans(), "hidden": st.booleans(),
    "note": st.text(alphabet="ab", max_size=2), "position": st.integers(0, 3),
}  # fmt: skip
ONE_CHANGE = st.sampled_from(sorted(FIELDS)).flatmap(
    lambda field: st.builds(
        Change,
        st.just(field),
        st.integers(1, 5),
        FIELDS[field],
        st.lists(st.integers(1, 4), min_size=1, max_size=3, unique=True),
    )
)


@given(st.lists(ONE_CHANGE, max_size=12), st.randoms(use_true_random=False))
@settings(max_examples=40, deadline=None)
def test_in_whatever_order_changes_come_the_end_is_the_same(
    tmp_path_factory: pytest.TempPathFactory, changes: list[Change], chance: random.Random
) -> None:
    expected = list(Latest(changes).changes())
    for _ in range(2):
        with Cache.open(places_in(tmp_path_factory.mktemp("m"))) as cache:
            waiting = [*changes, *changes[:3]]
            chance.shuffle(waiting)
            while waiting:
                size = chance.randint(1, 4)
                cache.merge(waiting[:size], what=chance.choice(("", "import")))
                del waiting[:size]
            assert flat(cache.changes()) == flat(expected)
            for change in expected:
                for id in change.ids:
                    assert getattr(cache.state(f"{id:012x}"), change.field) == change.value


def flat(changes: list[Change]) -> list[tuple[object, ...]]:
    return sorted((c.field, c.time, repr(c.value), id) for c in changes for id in c.ids)


def test_hidden_articles_are_left_out_and_can_be_found(cache: Cache) -> None:
    cache.store("s", some("s", 5), now=NOW)
    cache.store("t", some("t", 3), now=NOW)
    cache.flush()
    assert cache.mark([ONE, TWO], "hide", hidden=True) is not None
    cache.mark([TWO], "star", starred=True)
    for again in (cache, Cache.open(cache.places)):
        cache = again
        shown = {a.id for a in (*some("s", 5), *some("t", 3))} - {ONE, TWO}
        assert {a.id for a in cache.edition(10)} == shown
        assert set(cache.listing().ids) == shown
        assert set(cache.listing(["s"], unread=True).ids) == {a.id for a in some("s", 5)} - {ONE, TWO}
        assert cache.listing(hidden=True).ids == (ONE, TWO)
        # What the reader marked by hand is shown where he looks for it.
        assert cache.listing(mark="starred").ids == (TWO,)
        counts = cache.counts()
        assert (counts["s"].total, counts["s"].unread) == (3, 3)
        assert (counts["t"].total, counts["t"].unread) == (3, 3)
        cache.flush()
    cache.mark([ONE, THREE], "read", read=True)
    assert cache.counts()["s"].unread == 2
    cache.mark([ONE], "show", hidden=False)
    assert (cache.counts()["s"].total, cache.counts()["s"].unread) == (4, 2)
