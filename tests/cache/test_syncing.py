"""Machines that share a folder: in turns, both at once, with files half copied, they come to the same end."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from itertools import count
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.cache.material import make, places_in
from tui_news.cache import Cache, CacheError
from tui_news.cache import files as disk
from tui_news.cache.codec import dumps, frame, pack_ids
from tui_news.cache.folder import Synced
from tui_news.cache.syncing import sync
from tui_news.model import UNTOUCHED, ReaderState, article_id

IDS = [make("s", n).id for n in range(6)]
ONE, TWO, THREE = IDS[:3]


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk proves nothing here."""
    monkeypatch.setattr(disk, "fsync", lambda fd: None)
    monkeypatch.setattr(disk, "sync_folder", lambda folder: None)


class Machine:
    """A home of its own; the folder may be one that something copies to and fro."""

    def __init__(self, root: Path, name: str, folder: Path) -> None:
        self.places = places_in(root / name)
        self.folder = folder
        self.cache = Cache.open(self.places)

    def sync(self) -> Synced:
        return sync(self.cache, self.folder)

    def states(self) -> list[ReaderState]:
        return [self.cache.state(id) for id in IDS]

    def reopen(self) -> None:
        self.cache.close()
        self.cache = Cache.open(self.places)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Machine, Machine]:
    folder = tmp_path / "shared"
    folder.mkdir()
    return Machine(tmp_path, "a", folder), Machine(tmp_path, "b", folder)


def files_of(folder: Path) -> list[Path]:
    return sorted(folder.glob("tui-news-*.jsonl"))


def test_taking_turns(two: tuple[Machine, Machine]) -> None:
    a, b = two
    a.cache.mark([ONE, TWO], "mark all read", read=True)
    a.cache.mark([ONE], "note", note="看 this")
    assert a.sync().machines == ()
    done = b.sync()
    assert done.machines == (os.uname().nodename,)
    assert done.merged.fields == {"read": 2, "note": 1}
    b.cache.mark([TWO], "unread", read=False)
    b.cache.mark([ONE], "star", starred=True)
    b.cache.mark([ONE], "", position=4)
    b.sync()
    a.sync()
    assert a.states() == b.states()
    assert a.states()[:2] == [ReaderState(read=True, starred=True, note="看 this", position=4), UNTOUCHED]
    # What came from elsewhere is no step of the reader's here.
    assert [step.what for step in a.cache.history()] == ["note", "mark all read"]
    a.cache.undo()
    a.sync()
    b.sync()
    assert b.cache.state(ONE).note == ""
    assert len(files_of(a.folder)) == 2


def test_when_nothing_is_new_nothing_is_written(two: tuple[Machine, Machine]) -> None:
    a, b = two
    a.cache.mark([ONE], "star", starred=True)
    for machine in (a, b, a, b):
        machine.sync()
    before = [(path.name, path.read_bytes()) for path in files_of(a.folder)]
    for machine in (a, b, a):
        machine.reopen()
        done = machine.sync()
        assert (done.written, done.merged.ids, done.messages) == (0, (), ())
    assert [(path.name, path.read_bytes()) for path in files_of(a.folder)] == before


def test_each_writes_its_own_file_alone_and_little(two: tuple[Machine, Machine]) -> None:
    a, b = two
    many = [article_id("s", str(n)) for n in range(20_000)]
    a.cache.mark(many, "mark all read", read=True)
    a.sync()
    b.sync()
    theirs = {path: path.read_bytes() for path in files_of(a.folder)}
    a.cache.mark(many[:1], "star", starred=True)
    assert a.sync().written < 120
    changed = [path for path in files_of(a.folder) if path.read_bytes() != theirs[path]]
    assert len(changed) == 1
    assert b.sync().merged.fields == {"starred": 1}


def test_the_own_file_does_not_grow_for_ever(two: tuple[Machine, Machine]) -> None:
    a, b = two
    many = [article_id("s", str(n)) for n in range(10_000)]
    for turn in range(14):
        a.cache.mark(many, "all", read=turn % 2 == 0)
        if turn % 4 == 3:
            a.cache.compact_state(force=True)
        a.sync()
        b.sync()
    size = max(path.stat().st_size for path in files_of(a.folder))
    assert size < 3 * 8 * 10_000 + (1 << 20) + 10_000 * 10
    assert not b.cache.state(many[0]).read


def test_a_compaction_and_a_lost_journal_lose_nothing(two: tuple[Machine, Machine]) -> None:
    a, b = two
    a.cache.mark([ONE], "star", starred=True)
    a.sync()
    b.sync()
    b.cache.mark([ONE], "unstar", starred=False)
    b.sync()
    a.cache.mark([TWO], "later", later=True)
    a.cache.compact_state(force=True)
    a.sync()
    # The whole home is lost, and the machine gets a new one.
    new = Machine(a.places.cache.parent.parent, "new", a.folder)
    new.sync()
    assert new.states() == a.states()
    assert new.cache.state(ONE) == UNTOUCHED
    b.sync()
    assert b.states() == a.states()


def test_a_home_brought_back_from_a_backup_catches_up(two: tuple[Machine, Machine], tmp_path: Path) -> None:
    import shutil

    a, b = two
    a.cache.mark([ONE], "star", starred=True)
    a.sync()
    a.cache.close()
    shutil.copytree(tmp_path / "a", tmp_path / "backup")
    a.cache = Cache.open(a.places)
    a.cache.mark([TWO], "read", read=True)
    a.cache.mark([ONE], "unstar", starred=False)
    a.sync()
    a.cache.close()
    shutil.rmtree(tmp_path / "a")
    shutil.copytree(tmp_path / "backup", tmp_path / "a")
    a.cache = Cache.open(a.places)
    assert a.cache.state(ONE).starred
    a.sync()
    assert a.cache.state(TWO).read
    assert not a.cache.state(ONE).starred
    b.sync()
    assert b.states() == a.states()


def test_files_cut_damaged_or_strange_do_no_harm(two: tuple[Machine, Machine]) -> None:
    a, b = two
    a.cache.mark([ONE], "star", starred=True)
    a.cache.mark([TWO], "note", note="two")
    a.sync()
    (path,) = files_of(a.folder)
    whole = path.read_bytes()
    expected = a.states()
    for size in range(len(whole)):
        path.write_bytes(whole[:size])
        b.sync()
    for at in range(0, len(whole), 7):
        path.write_bytes(whole[:at] + b"\0" * min(9, len(whole) - at) + whole[at + 9 :])
        b.sync()
    path.write_bytes(whole)
    (a.folder / "tui-news-x.sync-conflict-20260101.jsonl").write_bytes(whole)
    (a.folder / "tui-news-zeros.jsonl").write_bytes(bytes(5_000))
    (a.folder / "tui-news-future.jsonl").write_bytes(whole.replace(b'"format":1', b'"format":9', 1))
    os.mkfifo(a.folder / "tui-news-pipe.jsonl")
    os.symlink("/dev/zero", a.folder / "tui-news-link.jsonl")
    (a.folder / "tui-news-folder.jsonl").mkdir()
    (a.folder / "readme.txt").write_text("mine")
    done = b.sync()
    assert b.states() == expected
    assert all("\n" not in message for message in done.messages)
    assert sum("pipe" in m or "link" in m or "folder.jsonl" in m for m in done.messages) == 3


def test_a_record_that_was_damaged_is_read_when_it_is_whole(two: tuple[Machine, Machine]) -> None:
    a, b = two
    a.cache.mark([ONE], "star", starred=True)
    a.cache.mark([TWO], "star", starred=True)
    a.sync()
    (path,) = files_of(a.folder)
    whole = path.read_bytes()
    first = whole.index(b"\n") + 20
    path.write_bytes(whole[:first] + b"x" + whole[first + 1 :])
    assert len(b.sync().messages) == 1
    assert [b.cache.state(id).starred for id in (ONE, TWO)] == [False, True]
    path.write_bytes(whole)
    b.sync()
    assert [b.cache.state(id).starred for id in (ONE, TWO)] == [True, True]


def test_a_clock_that_is_ahead_is_told_and_outlived(
    two: tuple[Machine, Machine], monkeypatch: pytest.MonkeyPatch
) -> None:
    a, b = two
    real = time.time_ns
    with monkeypatch.context() as patch:
        patch.setattr(time, "time_ns", lambda: real() + 3 * 3_600 * 10**9)
        a.cache.mark([ONE], "star", starred=True)
        a.sync()
    done = b.sync()
    assert any("2 hours ahead" in message for message in done.messages)
    # What is done after it was heard is later, whatever this clock says.
    b.cache.mark([ONE], "unstar", starred=False)
    b.sync()
    a.sync()
    assert not a.cache.state(ONE).starred


def test_nobody_has_the_last_word_for_ever(two: tuple[Machine, Machine]) -> None:
    a, b = two
    a.cache.mark([ONE], "star", starred=True)
    a.sync()
    (path,) = files_of(a.folder)
    far = {"b": [["read", True, pack_ids([int(TWO, 16)])]], "t": 4_102_444_799_999}
    (path.parent / "tui-news-evil.jsonl").write_bytes(path.read_bytes() + frame(dumps(far)))
    a.sync()
    b.sync()
    assert not b.cache.state(TWO).read
    b.cache.mark([ONE], "unstar", starred=False)
    b.sync()
    a.sync()
    assert not a.cache.state(ONE).starred


def test_no_folder_and_no_right_to_write_are_said(two: tuple[Machine, Machine], tmp_path: Path) -> None:
    a, _ = two
    with pytest.raises(CacheError, match="no such folder"):
        sync(a.cache, tmp_path / "nowhere")
    with Cache.open(a.places, read_only=True) as cache:
        cache.state(ONE)
        with pytest.raises(CacheError, match="read-only"):
            sync(cache, a.folder)


@given(
    st.lists(st.tuples(st.integers(0, 2), st.integers(0, 8), st.integers(0, 5)), max_size=40), st.booleans()
)
@settings(max_examples=25, deadline=None)
def test_any_interleaving_converges_and_loses_nothing(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[int, int, int]], late: bool
) -> None:
    """Three machines act and sync in any order. The last word is what all of them have at the end."""
    moment = count(2_000_000_000_000)
    with pytest.MonkeyPatch.context() as patch:
        # No two things are done in the same millisecond.
        patch.setattr(time, "time_ns", lambda: next(moment) * 1_000_000)
        interleave(tmp_path_factory, actions, late=late)


def interleave(
    tmp_path_factory: pytest.TempPathFactory, actions: list[tuple[int, int, int]], *, late: bool
) -> None:
    root = tmp_path_factory.mktemp("three")
    shared = root / "shared"
    shared.mkdir()
    machines = [Machine(root, name, shared) for name in "abc"]
    last: dict[tuple[str, str], object] = {}
    for which, what, n in actions:
        machine, id = machines[which], IDS[n]
        if what <= 3:
            field, value = [("read", True), ("read", False), ("starred", True), ("note", f"{which}{n}")][what]
            before = getattr(machine.cache.state(id), field)
            machine.cache.mark([id], "x", **{field: value})
            if before != value:
                last[id, field] = (value, which)
        elif what == 4:
            machine.reopen()
        elif what == 5:
            machine.cache.compact_state(force=True)
        else:
            machine.sync()
    for _ in range(2):
        for machine in reversed(machines) if late else machines:
            machine.sync()
    for machine in machines:
        machine.sync()
    assert machines[0].states() == machines[1].states() == machines[2].states()
    for (id, field), (value, _) in last.items():  # type: ignore[misc]
        assert getattr(machines[0].cache.state(id), field) == value
    for machine in machines:
        machine.cache.close()


WRITER = """
import sys
from pathlib import Path
from tests.cache.material import places_in
from tui_news.cache import Cache
from tui_news.cache.syncing import sync
from tui_news.model import article_id
root, name, folder, count = Path(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), int(sys.argv[4])
with Cache.open(places_in(root / name)) as cache:
    for n in range(count):
        cache.mark([article_id(name, str(n))], "star", starred=True)
        cache.mark([article_id("both", str(n))], "note", note=f"{name} {n}")
        if n % 3 == 0:
            sync(cache, folder)
    sync(cache, folder)
"""


def test_two_machines_at_once_as_processes(tmp_path: Path) -> None:
    folder = tmp_path / "shared"
    folder.mkdir()
    rounds = 30
    running = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(tmp_path), name, str(folder), str(rounds)])
        for name in ("a", "b", "a")  # two programs on one machine, too
    ]
    assert [process.wait(60) for process in running] == [0, 0, 0]
    machines = [Machine(tmp_path, name, folder) for name in "ab"]
    for machine in (*machines, *machines):
        machine.sync()
    for n in range(rounds):
        for name in "ab":
            assert all(m.cache.state(article_id(name, str(n))).starred for m in machines)
        notes = {m.cache.state(article_id("both", str(n))).note for m in machines}
        assert len(notes) == 1
        assert notes <= {f"a {n}", f"b {n}"}
    assert len(files_of(folder)) == 2
