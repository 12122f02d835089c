"""Several processes on one cache: real ones, killed ones, and locks that the dead leave behind."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import time
from dataclasses import replace
from pathlib import Path

import pytest

from tests.cache.material import NOW, make, places_in, some
from tui_news.cache import Cache, CacheError
from tui_news.cache import locks as locks_module
from tui_news.cache.locks import Lock
from tui_news.model import FeedStatus, ReaderState, paragraphs

ROOT = Path(__file__).resolve().parents[2]

WRITER = """
import sys
from pathlib import Path
from tests.cache.material import NOW, make, places_in
from tui_news.cache import Cache
from tui_news.model import FeedStatus
name, folder, count = sys.argv[1], Path(sys.argv[2]), int(sys.argv[3])
cache = Cache.open(places_in(folder))
for n in range(count):
    cache.store("shared", [make(f"shared-{name}", n)], now=NOW)
    change = {"starred": True} if name == "a" else {"later": True}
    cache.mark([make("common", n).id], f"{name} {n}", **change)
    cache.put_status(FeedStatus(f"{name}{n % 3}", failures=n + 1))
    cache.put_memory(f"{name}{n % 3}", n)
cache.close()
"""


def spawn(code: str, *arguments: object, **environment: str) -> subprocess.Popen[bytes]:
    return subprocess.Popen(
        [sys.executable, "-c", code, *map(str, arguments)],
        cwd=ROOT,
        env={**os.environ, **environment},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )


@pytest.mark.parametrize("way", ["flock", "file"])
def test_two_processes_write_at_once_and_nothing_is_lost(tmp_path: Path, way: str) -> None:
    writers = [spawn(WRITER, name, tmp_path, 60, TUI_NEWS_LOCK=way) for name in "ab"]
    for writer in writers:
        _, complaint = writer.communicate(timeout=100)
        assert (writer.returncode, complaint.decode()) == (0, "")
    with Cache.open(places_in(tmp_path)) as cache:
        assert set(cache.listing().ids) == {make(f"shared-{name}", n).id for name in "ab" for n in range(60)}
        assert all(
            cache.state(make("common", n).id) == ReaderState(starred=True, later=True) for n in range(60)
        )
        assert len(cache.history(1000)) == 120
        assert {s: status.failures for s, status in cache.statuses().items()} == {
            f"{name}{k}": 58 + k for name in "ab" for k in range(3)
        }
        assert [cache.get_memory(f"{name}{k}") for name in "ab" for k in range(3)] == [57, 58, 59] * 2
        assert cache.check() == []
        assert cache.messages == []


def test_killed_writers_lose_nothing_that_was_committed() -> None:
    script = ROOT / "benchmarks" / "kills.py"
    done = subprocess.run(
        [sys.executable, str(script), "--kills", "20", "--seed", "7"],
        capture_output=True,
        timeout=110,
        cwd=ROOT,
    )
    assert done.returncode == 0, done.stdout.decode() + done.stderr.decode()
    table = dict(line.rsplit(None, 1) for line in done.stdout.decode().splitlines() if line)
    assert table["SIGKILLs"] == "20"
    assert int(table["committed changes"].replace(",", "")) > 20


def test_poll_tells_what_others_changed(tmp_path: Path) -> None:
    mine, other = Cache.open(places_in(tmp_path)), Cache.open(places_in(tmp_path))
    assert not other.poll()
    mine.store("a", some("a", 3), now=NOW)
    mine.mark([make("a", 0).id], "read", read=True)
    assert not mine.poll()
    changes = other.poll()
    assert changes
    assert changes.sources == ("a",)
    assert changes.ids == (make("a", 0).id,)
    assert not other.poll()
    assert len(other.listing()) == 3
    other.store("a", [make("a", 7)], now=NOW)
    other.store("b", some("b", 1), now=NOW)
    other.put_status(FeedStatus("c", failures=1))
    other.mark([make("a", 1).id], "", position=4)
    changes = mine.poll()
    assert changes.sources == ("a", "b", "c")
    assert changes.ids == (make("a", 1).id,)
    assert len(mine.listing()) == 5
    assert mine.state(make("a", 1).id).position == 4
    assert sum(count.unread for count in mine.counts().values()) == 4
    other.drop_source("b")
    assert mine.poll().sources == ("b",)
    assert len(mine.listing()) == 4


def test_what_others_did_is_undone_too(tmp_path: Path) -> None:
    mine, other = Cache.open(places_in(tmp_path)), Cache.open(places_in(tmp_path))
    mine.mark([make("a", 0).id], "mine", read=True)
    other.mark([make("a", 1).id], "other", read=True)
    undone = mine.undo()
    assert undone is not None
    assert undone.what == "other"
    other.poll()
    assert [step.what for step in other.history()] == ["mine"]


def test_a_listing_outlives_a_compaction_elsewhere(tmp_path: Path) -> None:
    mine, other = Cache.open(places_in(tmp_path)), Cache.open(places_in(tmp_path))
    mine.store("a", some("a", 20), now=NOW)
    listing = mine.listing()
    other.retain(days=0, per_source=15, now=NOW, budget=100)
    shelf = other.library.shelf("a")
    with other.library.lock:
        shelf.compact()
    assert [a.headline for a in listing[:15]] == [f"Report {n} from a" for n in range(15)]
    mine.poll()
    assert [a.headline for a in listing[:15]] == [f"Report {n} from a" for n in range(15)]
    assert listing[19].id == make("a", 19).id
    got = mine.article(make("a", 3).id)
    assert got is not None
    assert got.blocks == make("a", 3).blocks
    assert len(mine.listing()) == 15
    assert not mine.store("a", some("a", 20), now=NOW)


@pytest.mark.parametrize("way", ["flock", "file"])
def test_the_lock_of_a_killed_holder_is_free(
    tmp_path: Path, way: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TUI_NEWS_LOCK", way)
    code = (
        "import sys, time; from pathlib import Path; from tui_news.cache.locks import Lock;"
        "Lock(Path(sys.argv[1])).acquire(); print('held', flush=True); time.sleep(60)"
    )
    holder = spawn(code, tmp_path)
    assert holder.stdout is not None
    assert holder.stdout.readline() == b"held\n"
    monkeypatch.setattr(locks_module, "PATIENCE", 0.05)
    lock = Lock(tmp_path)
    with pytest.raises(CacheError, match="another program"):
        lock.acquire()
    holder.kill()
    holder.communicate()
    monkeypatch.setattr(locks_module, "PATIENCE", 5)
    with lock:
        assert (tmp_path / "lock.held").exists() == (way == "file")
    assert not (tmp_path / "lock.held").exists()


def test_a_lock_file_of_another_machine_goes_stale(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TUI_NEWS_LOCK", "file")
    held = tmp_path / "lock.held"
    held.write_text("4711 1 another-machine abcdef\n")
    monkeypatch.setattr(locks_module, "PATIENCE", 0.05)
    with pytest.raises(CacheError, match="4711 on another-machine"):
        Lock(tmp_path).acquire()
    old = time.time() - 2 * locks_module.STALE
    os.utime(held, (old, old))
    with Lock(tmp_path):
        assert str(os.getpid()) in held.read_text()


def test_a_reused_process_id_does_not_hold_the_lock(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    if not Path("/proc/self/stat").exists():
        pytest.skip("no /proc to tell a process's start")
    monkeypatch.setenv("TUI_NEWS_LOCK", "file")
    (tmp_path / "lock.held").write_text(f"{os.getpid()} 1 {os.uname().nodename} abcdef\n")
    with Lock(tmp_path):
        pass


def test_without_flock_the_lock_file_is_used(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    import errno
    import fcntl

    def refuse(fd: int, how: int) -> None:
        raise OSError(errno.ENOLCK, "No locks available")

    monkeypatch.setattr(fcntl, "flock", refuse)
    with Lock(tmp_path):
        assert (tmp_path / "lock.held").exists()
    with Cache.open(places_in(tmp_path)) as cache:
        cache.store("a", some("a", 2), now=NOW)
        assert len(cache.listing()) == 2


def test_threads_share_one_cache(tmp_path: Path) -> None:
    from concurrent.futures import ThreadPoolExecutor

    cache = Cache.open(places_in(tmp_path))

    def work(number: int) -> int:
        cache.store(f"s{number % 3}", [make(f"s{number % 3}", number)], now=NOW)
        cache.mark([make(f"s{number % 3}", number).id], "read", read=True)
        return len(cache.listing(unread=True))

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(work, range(60)))
    assert len(cache.listing()) == 60
    assert len(cache.listing(unread=True)) == 0
    cache.close()
    assert json.dumps(Cache.open(cache.places).check()) == "[]"


def test_a_text_is_the_newest_one_after_another_program_has_compacted(tmp_path: Path) -> None:
    """The old and the new text are equally long and stand at the same place of the old and the new file."""
    places = places_in(tmp_path)
    first, second = make("a", 0, blocks=paragraphs("one")), make("a", 0, blocks=paragraphs("two"))
    with Cache.open(places) as reader, Cache.open(places) as other:
        other.store("a", [first], now=NOW)
        assert reader.article(first.id) == replace(first, fetched=NOW)
        other.store("a", [second], now=NOW)
        shelf = other.library.shelf("a")
        with other.library.lock:
            shelf.compact()
        reader.poll()
        assert reader.article(first.id) == replace(second, fetched=NOW)


def test_a_mark_that_is_made_durable_later(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """What is written without waiting is seen by everybody at once, and the disk is waited for afterwards."""
    synced: list[int] = []
    monkeypatch.setattr("tui_news.cache.journal.files.fsync", lambda fd: synced.append(fd))
    monkeypatch.setattr("tui_news.cache.readerface.fsync", lambda fd: synced.append(fd))
    places = places_in(tmp_path)
    article = make("s", 1)
    with Cache.open(places) as cache, Cache.open(places) as other:
        cache.store("s", [article], now=NOW)
        id = article.id
        cache.mark([id], "first", starred=True)
        before = len(synced)
        cache.mark([id], "read", durable=False, read=True)
        assert len(synced) == before
        other.poll()
        assert other.state(id).read
        cache.settle()
        assert len(synced) == before + 1
        cache.settle()
        assert len(synced) == before + 1
