"""Full disks, read-only folders, homes that vanish, formats of other versions."""

from __future__ import annotations

import errno
import os
import resource
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import pytest

from tests.cache.material import COUNT, NOW, make, places_in, small, some
from tui_news.cache import Cache, CacheError
from tui_news.cache import files as disk
from tui_news.cache.layout import read_format, settle
from tui_news.cache.locks import Lock
from tui_news.model import FeedStatus, article_id
from tui_news.paths import Places

ROOT = Path(__file__).resolve().parents[2]


class FullDisk:
    """`os.write` on a disk with so much room; what does not fit is written in part, as a disk does."""

    def __init__(self, room: int, number: int = errno.ENOSPC) -> None:
        self.room = room
        self.number = number

    def __call__(self, fd: int, data: memoryview) -> int:
        if self.room <= 0:
            raise OSError(self.number, os.strerror(self.number))
        done = os.write(fd, data[: self.room])
        self.room -= done
        return done


def everything(cache: Cache) -> list[object]:
    ids = [article.id for source in ("alpha", "beta") for article in some(source, COUNT)]
    return [
        cache.listing().ids, [cache.article(id) for id in ids], [cache.state(id) for id in ids],
        cache.statuses(), cache.get_memory("theme"), cache.history(),
    ]  # fmt: skip


@pytest.mark.parametrize("room", [0, 1, 50, 400])
def test_a_full_disk_leaves_what_was_there(
    tmp_path: Path, room: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = small(tmp_path)
    cache = Cache.open(places)
    before = everything(cache)
    big = [make("alpha", n, deck="x" * 500) for n in range(100, 140)]
    actions = [
        lambda: cache.store("alpha", big, now=NOW),
        lambda: cache.store("new", big, now=NOW),
        lambda: cache.put_body(make("beta", 0).id, make("beta", 0, deck="y" * 5_000)),
        lambda: cache.mark([article_id("x", str(n)) for n in range(500)], "read", read=True),
        lambda: cache.mark([make("beta", 0).id], "note", note="z" * 5_000),
        lambda: cache.put_status(FeedStatus("alpha", error="e" * 5_000)),
        lambda: cache.put_memory("theme", "t" * 5_000),
        lambda: cache.book.compact_if_due(force=True),
    ]
    for action in actions:
        with monkeypatch.context() as patch:
            patch.setattr(disk, "write", FullDisk(room))
            with pytest.raises(CacheError) as error:
                action()
        line = str(error.value)
        assert "\n" not in line
        assert "the disk is full" in line
        assert "free some space" in line
        assert str(tmp_path) in line
        cache.poll()
        assert everything(cache) == before
    assert not list(tmp_path.rglob("*.new"))
    # With room again, all goes on.
    cache.store("alpha", big, now=NOW)
    cache.mark([make("beta", 0).id], "read", read=True)
    cache.close()
    with Cache.open(places) as cache:
        assert len(cache.listing()) == 2 * COUNT + 40
        assert cache.messages == []
        assert cache.check() == []


def test_a_failing_sync_takes_the_mark_back(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    cache = Cache.open(small(tmp_path))

    def broken(fd: int) -> None:
        raise OSError(errno.EIO, "Input/output error")

    with monkeypatch.context() as patch:
        patch.setattr(disk, "fsync", broken)
        with pytest.raises(CacheError, match="disk reports an error"):
            cache.mark([make("beta", 2).id], "read", read=True)
    assert not cache.state(make("beta", 2).id).read
    assert not Cache.open(cache.places).state(make("beta", 2).id).read


LIMITED = """
import resource, signal, sys
from pathlib import Path
from tests.cache.material import NOW, make, places_in
from tui_news.cache import Cache, CacheError
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
cache = Cache.open(places_in(Path(sys.argv[1])))
resource.setrlimit(resource.RLIMIT_FSIZE, (20_000, 20_000))
kept = 0
try:
    for n in range(1000):
        cache.store("alpha", [make("alpha", 100 + n)], now=NOW)
        kept += 1
except CacheError as error:
    print(kept, error)
"""


def test_a_file_that_may_not_grow(tmp_path: Path) -> None:
    places = small(tmp_path)
    done = subprocess.run(
        [sys.executable, "-c", LIMITED, str(tmp_path)], cwd=ROOT, capture_output=True, text=True, timeout=60
    )
    kept, _, line = done.stdout.partition(" ")
    assert "may not grow" in line, done.stderr
    with Cache.open(places) as cache:
        assert len(cache.listing(["alpha"])) == COUNT + int(kept)
        assert cache.check() == []
    assert resource.getrlimit(resource.RLIMIT_FSIZE)[0] != 20_000
    assert signal.getsignal(signal.SIGINT) is not None


def test_read_only_by_request(tmp_path: Path) -> None:
    places = small(tmp_path)
    before = {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()}
    with Cache.open(places, read_only=True) as cache:
        assert cache.read_only
        assert len(cache.listing()) == 2 * COUNT
        assert cache.state(make("beta", 0).id).starred
        for action in (
            lambda: cache.store("alpha", some("alpha", 9), now=NOW),
            lambda: cache.mark([make("beta", 0).id], "read", read=True),
            lambda: cache.put_memory("theme", "x"),
            lambda: cache.put_status(FeedStatus("alpha")),
            cache.undo,
        ):
            with pytest.raises(CacheError, match="read-only"):
                action()
    assert {path: path.read_bytes() for path in tmp_path.rglob("*") if path.is_file()} == before


def test_a_folder_that_cannot_be_written_opens_read_only(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    places = small(tmp_path)
    # Root may write anywhere, so the question is answered here as it would be for others.
    monkeypatch.setattr("tui_news.cache.layout.os.access", lambda path, how: "data" not in str(path))
    with Cache.open(places) as cache:
        assert cache.read_only
        assert [line for line in cache.messages if "read-only" in line and str(places.data) in line]
        assert cache.store("gamma", some("gamma", 1), now=NOW).new
        with pytest.raises(CacheError, match="read-only"):
            cache.mark([make("beta", 0).id], "read", read=True)


def test_nothing_there_and_nothing_written(tmp_path: Path) -> None:
    places = places_in(tmp_path / "none")
    with Cache.open(places) as cache:
        assert cache.edition(10) == []
        assert len(cache.listing()) == 0
        assert cache.counts() == {}
        assert cache.undo() is None
        assert cache.history() == []
        assert not cache.poll()
    assert not list((tmp_path / "none").rglob("*.jsonl"))


def test_a_home_that_vanishes_is_written_again(tmp_path: Path) -> None:
    places = small(tmp_path)
    cache = Cache.open(places)
    cache.state(make("beta", 0).id)
    cache.get_memory("theme")
    shutil.rmtree(places.cache)
    shutil.rmtree(places.data)
    cache.poll()
    # What the reader did is known still, and comes back with the next mark.
    assert cache.state(make("beta", 0).id).starred
    cache.mark([make("beta", 2).id], "read", read=True)
    cache.put_memory("section", "News")
    assert cache.store("alpha", some("alpha", COUNT), now=NOW).new
    cache.close()
    with Cache.open(places) as cache:
        assert cache.state(make("beta", 0).id).starred
        assert cache.state(make("beta", 1).id).note == "to be looked at"
        assert cache.state(make("beta", 2).id).read
        assert cache.get_memory("theme") == "ink"
        assert cache.get_memory("section") == "News"
        assert len(cache.listing()) == COUNT
        assert cache.check() == []


def test_a_journal_cut_while_it_is_open(tmp_path: Path) -> None:
    places = small(tmp_path)
    cache = Cache.open(places)
    assert cache.state(make("beta", 0).id).starred
    path = places.data / "state.jsonl"
    os.truncate(path, 100)
    cache.mark([make("beta", 2).id], "read", read=True)
    assert cache.state(make("beta", 0).id).starred
    with Cache.open(places) as again:
        assert again.state(make("beta", 0).id).starred
        assert again.state(make("beta", 2).id).read
        assert again.check() == []


def test_a_future_format_is_read_and_not_touched(tmp_path: Path) -> None:
    places = small(tmp_path)
    (places.cache / "format.json").write_text('{"format": 99}')
    before = {path: path.read_bytes() for path in places.cache.rglob("*") if path.is_file()}
    with Cache.open(places) as cache:
        assert cache.read_only
        assert any("newer tui-news" in line and "Update" in line for line in cache.messages)
        assert len(cache.listing()) == 2 * COUNT
        with pytest.raises(CacheError, match="read-only"):
            cache.store("alpha", some("alpha", 9), now=NOW)
        cache.mark([make("beta", 2).id], "read", read=True)
    assert {path: path.read_bytes() for path in places.cache.rglob("*") if path.is_file()} == before


def test_migration_keeps_a_copy(tmp_path: Path) -> None:
    places = small(tmp_path)
    lock = Lock(places.data)

    def step(folder: Path) -> None:
        (folder / "migrated").write_text("yes")

    allowed, messages = settle(places.data, lock, read_only=True, current=2, migrations={1: step})
    assert not allowed
    assert "old" in messages[0]
    allowed, messages = settle(places.data, lock, read_only=False, current=2, migrations={1: step})
    assert allowed
    assert "from format 1 to 2" in messages[0]
    assert read_format(places.data) == 2
    assert (places.data / "migrated").exists()
    copies = list(tmp_path.glob("data.format-1-*"))
    assert len(copies) == 1
    assert (copies[0] / "state.jsonl").read_bytes() == (places.data / "state.jsonl").read_bytes()
    assert read_format(copies[0]) == 1
    with pytest.raises(CacheError, match="no way is known"):
        settle(places.data, lock, read_only=False, current=4, migrations={2: step})
    assert read_format(places.data) == 3


def test_a_file_where_a_folder_belongs(tmp_path: Path) -> None:
    (tmp_path / "cache").write_text("not a folder")
    with Cache.open(Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")) as cache:
        assert cache.read_only
        assert len(cache.listing()) == 0
        assert cache.messages
        with pytest.raises(CacheError):
            cache.store("a", some("a", 1), now=NOW)
