"""Files that are cut, zeroed or replaced: the cache opens, and everything else is intact."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.cache.material import COUNT, NOW, copy, files, make, places_in, small, some, with_indices
from tui_news.cache import Cache, CacheError
from tui_news.cache import files as disk
from tui_news.cache.repair import scan
from tui_news.model import FeedStatus
from tui_news.paths import Places


@pytest.fixture(scope="module", params=["plain", "indexed"])
def sound(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Places:
    places = small(tmp_path_factory.mktemp(f"sound-{request.param}"))
    if request.param == "indexed":
        with_indices(places)
    return places


@pytest.fixture(autouse=True)
def quick(monkeypatch: pytest.MonkeyPatch) -> None:
    """Waiting for the disk proves nothing here, and thousands of damaged caches are opened."""
    monkeypatch.setattr(disk, "fsync", lambda fd: None)
    monkeypatch.setattr(disk, "sync_folder", lambda folder: None)


@pytest.fixture
def scratch(tmp_path: Path) -> Iterator[Path]:
    """A folder in memory where there is one: thousands of small caches are made in it."""
    memory = Path("/dev/shm")
    if memory.is_dir() and os.access(memory, os.W_OK):
        with tempfile.TemporaryDirectory(prefix="tui-news-", dir=memory) as name:
            yield Path(name)
    else:
        yield tmp_path


def intact(cache: Cache, *, alpha: bool = True, beta: bool = True, state: bool = True) -> None:
    """Everything outside the damaged file is as it was."""
    for source, whole in (("alpha", alpha), ("beta", beta)):
        for article in some(source, COUNT) if whole else []:
            got = cache.article(article.id)
            assert got is not None
            assert (got.headline, got.blocks) == (article.headline, article.blocks)
    if state:
        assert all(cache.state(article.id).read for article in some("alpha", COUNT))
        assert cache.state(make("beta", 0).id).starred
        assert cache.state(make("beta", 1).id).note == "to be looked at"
        assert cache.state(make("beta", 1).id).position == 1


def check_after(places: Places, damaged: Path) -> None:
    """Open a cache with one damaged file; look at all of it; write; open again."""
    name = str(damaged)
    in_alpha, in_beta = "alpha" in name, "beta" in name
    in_state = "state" in name
    with Cache.open(places) as cache:
        cache.edition(3)
        ids = set(cache.listing().ids)
        intact(cache, alpha=not in_alpha, beta=not in_beta, state=not in_state)
        if not (in_alpha or in_beta):
            assert len(ids) == 2 * COUNT
        for id in ids:
            cache.article(id)  # A lost text is noticed when it is wanted.
        cache.counts()
        cache.history()
        cache.status("alpha")
        cache.get_memory("theme")
        assert cache.store("gamma", some("gamma", 2), now=NOW).new
        cache.mark([make("gamma", 1).id], "star", starred=True)
        for source in ("alpha", "beta"):
            cache.store(source, some(source, COUNT), now=NOW)
        intact(cache, state=not in_state)
    with Cache.open(places) as cache:
        intact(cache, state=not in_state)
        assert cache.state(make("gamma", 1).id).starred
        assert len(cache.listing()) == 2 * COUNT + 2
        cache.check(repair=True)
        assert cache.check() == []
        intact(cache, state=not in_state)


def cuts(file: Path, data: bytes, *, indexed: bool) -> list[int]:
    """Where to cut a file: TUI_NEWS_TEST_FULL=1 cuts all everywhere. Else at each byte of the first and last
    record of one file of each kind, at samples of what lies between, which is more of the same, and of its
    twins. A derived file holds one checksum, a few cuts prove it."""
    step = stride(file, indexed=indexed)
    places = set(range(0, len(data), step))
    if step > 1 and not indexed and file.suffix == ".jsonl" and step < 11:
        first = data.find(b"\n") + 2
        last = data.rfind(b"\n", 0, len(data) - 1)
        places |= {*range(min(first, len(data))), *range(max(0, last - 1), len(data))}
    return sorted(places)


def stride(file: Path, *, indexed: bool) -> int:
    """Bytes between two cuts."""
    if os.environ.get("TUI_NEWS_TEST_FULL"):
        return 1
    if file.suffix == ".idx" or "edition" in file.name:
        return 61
    if indexed:
        return 31
    return 3 if "alpha" in file.name or "state" in file.name else 11


def test_truncation_at_every_byte_of_every_file(sound: Places, scratch: Path) -> None:
    indexed = (sound.data / "state.idx").exists()
    for file in files(sound):
        data = (sound.cache.parent / file).read_bytes()
        for size in cuts(file, data, indexed=indexed):
            places = copy(sound, scratch / "cut", file, data[:size])
            try:
                check_cut(places, file)
            except AssertionError as error:
                raise AssertionError(f"{file} cut at {size} of {len(data)}") from error


def check_cut(places: Places, file: Path) -> None:
    """Records that end before the cut are all there; all other files are intact."""
    path = places.cache.parent / file
    kept = [payload for _, _, payload in scan(path) if payload] if file.suffix == ".jsonl" else []
    with Cache.open(places) as cache:
        name = str(file)
        ids = set(cache.listing().ids)
        for source in ("alpha", "beta"):
            for article in some(source, COUNT):
                whole = f"heads/{source}" not in name or any(article.id.encode() in p for p in kept)
                if whole and source not in name:
                    got = cache.article(article.id)
                    assert got is not None
                    assert got.blocks == article.blocks
                assert not whole or article.id in ids
        intact(cache, alpha="alpha" not in name, beta="beta" not in name, state="state" not in name)
        if "state.jsonl" in name and (places.data / "state.idx").exists():
            intact(cache)
        assert cache.mark([make("beta", 2).id], "later", later=True) is not None
        cache.store("alpha", some("alpha", COUNT), now=NOW)
        cache.store("beta", some("beta", COUNT), now=NOW)
        assert len(cache.listing()) == 2 * COUNT


@pytest.mark.parametrize("length", [1, 40, 300])
def test_zeros_anywhere(sound: Places, scratch: Path, length: int) -> None:
    for file in files(sound):
        data = (sound.cache.parent / file).read_bytes()
        for start in range(0, len(data), max(131, length // 2)):
            end = min(len(data), start + length)
            zeroed = data[:start] + bytes(end - start) + data[end:]
            places = copy(sound, scratch / "zeros", file, zeroed)
            try:
                check_after(places, file)
            except AssertionError as error:
                raise AssertionError(f"{file} zeroed from {start} to {end} of {len(data)}") from error


@pytest.mark.parametrize(
    "content",
    [
        b"",
        b"\0" * 4096,
        b"[]",
        b'{"_default": {"1": {"title": "a',
        b'{"_default": {}}garbage',
        b"\n\n\n",
        b"\xff" * 300,
    ],
    ids=["empty", "zeros", "list", "cut-json", "extra", "newlines", "bytes"],
)
def test_a_file_replaced_by_something_else(sound: Places, scratch: Path, content: bytes) -> None:
    for file in files(sound):
        places = copy(sound, scratch / "foreign", file, content)
        check_after(places, file)


def test_a_damaged_file_is_kept_beside_and_named(tmp_path: Path) -> None:
    places = small(tmp_path)
    path = places.cache / "heads" / "alpha.jsonl"
    data = bytearray(path.read_bytes())
    second = data.index(b"\n", data.index(b"\n") + 1)
    data[second + 40] ^= 0x55
    path.write_bytes(data)
    with Cache.open(places) as cache:
        assert len(cache.listing()) == 2 * COUNT - 1
        message = next(line for line in cache.messages if "alpha.jsonl" in line)
        assert "\n" not in message
        assert "refresh" in message
        # So that the next refresh is not told that nothing has changed.
        assert cache.status("alpha").etag == ""
        assert cache.status("beta").etag == '"beta"'
    kept = list(path.parent.glob("alpha.jsonl.damaged-*"))
    assert [file.read_bytes() for file in kept] == [bytes(data)]
    with Cache.open(places) as cache:
        assert cache.store("alpha", some("alpha", COUNT), now=NOW).new == (make("alpha", 1).id,)
        assert cache.messages == []


def test_lost_text_comes_again_with_the_next_refresh(tmp_path: Path) -> None:
    places = small(tmp_path)
    (places.cache / "bodies" / "beta.jsonl").unlink()
    with Cache.open(places) as cache:
        article = cache.article(make("beta", 2).id)
        assert article is not None
        assert article.headline == make("beta", 2).headline
        assert article.blocks == ()
        assert cache.status("beta").etag == ""
        assert set(cache.store("beta", some("beta", COUNT), now=NOW).changed) == {
            a.id for a in some("beta", COUNT)
        }
        intact(cache)


def test_check_repairs_and_says_so(tmp_path: Path) -> None:
    places = small(tmp_path)
    for path in (
        places.data / "state.jsonl",
        places.cache / "status.jsonl",
        places.cache / "bodies/beta.jsonl",
    ):
        data = bytearray(path.read_bytes())
        data[data.index(b"\n") + 20] ^= 1
        path.write_bytes(data)
    with Cache.open(places, read_only=True) as cache:
        found = cache.check()
        assert len(found) >= 3
        with pytest.raises(CacheError):
            cache.check(repair=True)
    with Cache.open(places) as cache:
        assert any("beta" in line for line in cache.check(repair=True)) or cache.messages
    with Cache.open(places) as cache:
        assert cache.check() == []


def test_a_future_file_is_left_alone(tmp_path: Path) -> None:
    places = small(tmp_path)
    path = places.data / "state.jsonl"
    lines = path.read_bytes().split(b"\n", 1)
    from tui_news.cache.codec import frame

    path.write_bytes(frame(b'{"tui-news":"state","format":9,"gen":"abcd"}') + lines[1])
    before = path.read_bytes()
    with Cache.open(places) as cache:
        assert cache.state(make("beta", 0).id).starred
        with pytest.raises(CacheError, match=r"newer tui-news"):
            cache.mark([make("beta", 0).id], "unstar", starred=False)
    assert path.read_bytes() == before


def test_statuses_survive_damage_to_one_of_them(tmp_path: Path) -> None:
    places = places_in(tmp_path)
    with Cache.open(places) as cache:
        for number in range(20):
            cache.put_status(FeedStatus(f"s{number}", failures=number + 1))
    path = places.cache / "status.jsonl"
    lines = path.read_bytes().split(b"\n")
    lines[5] = lines[5][:-3] + b"xyz"
    path.write_bytes(b"\n".join(lines))
    with Cache.open(places) as cache:
        found = cache.statuses()
        assert len(found) == 19
        assert any("status.jsonl" in line for line in cache.messages)


def test_validators_do_not_outlive_the_articles_they_stand_for(tmp_path: Path) -> None:
    places = small(tmp_path)
    with Cache.open(places) as cache:
        cache.listing()
        for source in ("alpha", "beta"):
            cache.put_status(FeedStatus(source, etag=f'"{source}"', failures=2))
    # A power cut: the status reached the disk, the last article did not.
    path = places.cache / "heads" / "alpha.jsonl"
    lines = path.read_bytes().splitlines(keepends=True)
    path.write_bytes(b"".join(lines[:-1]))
    with Cache.open(places) as cache:
        assert cache.status("alpha") == FeedStatus("alpha", failures=2)
        assert cache.statuses()["beta"].etag == '"beta"'
        assert len(cache.store("alpha", some("alpha", COUNT), now=NOW).new) == 1
    # A compaction makes the file smaller, and nothing is missing.
    with Cache.open(places) as cache:
        cache.listing()
        cache.put_status(FeedStatus("beta", etag='"beta"'))
        shelf = cache.library.shelf("beta")
        cache.mark([make("beta", 0).id], "unstar", starred=False)
        cache.retain(days=0, per_source=2, now=NOW, budget=9)
        with cache.library.lock:
            shelf.compact()
        assert cache.status("beta").etag == '"beta"'
