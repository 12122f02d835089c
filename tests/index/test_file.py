"""The file of the index: damaged, of another version, shared, read-only."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest

from tests.index.corpus import NOW
from tests.index.test_index import TEXTS, ids, put
from tui_news.index import IndexGone, open_index
from tui_news.portal.query import Query

WATER = Query.parse("water", NOW)


def made(path: Path) -> bytes:
    with open_index(path) as index:
        put(index, TEXTS)
    return path.read_bytes()


@pytest.mark.parametrize("part", [0, 1, 50, 100, 2048, 4096, 5000, 20_000, -1])
def test_a_file_cut_short_anywhere_is_made_anew(tmp_path: Path, part: int) -> None:
    path = tmp_path / "i"
    path.write_bytes(made(path)[:part])
    found: list[str] = []
    for _ in range(2):
        try:
            with open_index(path) as index:
                put(index, TEXTS)
                found = ids(index, WATER)
            break
        except IndexGone:
            continue
    assert found == ["00000000000c"]


@pytest.mark.parametrize("page", range(1, 20, 2))
def test_a_page_of_rubbish_is_noticed_by_whoever_needs_it(tmp_path: Path, page: int) -> None:
    path = tmp_path / "i"
    data = bytearray(made(path))
    data[page * 4096 : (page + 1) * 4096] = b"\xa5" * len(data[page * 4096 : (page + 1) * 4096])
    path.write_bytes(data)
    for _ in range(3):
        try:
            with open_index(path) as index:
                put(index, TEXTS)
                found = ids(index, WATER)
            break
        except IndexGone:
            continue
    assert found == ["00000000000c"]


@pytest.mark.parametrize("sql", ["UPDATE meta SET value='0'", "DROP TABLE meta", "DELETE FROM meta"])
def test_another_version_is_made_anew(tmp_path: Path, sql: str) -> None:
    path = tmp_path / "i"
    made(path)
    db = sqlite3.connect(path)
    with db:
        db.execute(sql)
    db.close()
    with open_index(path) as index:
        assert index.sources() == set()


def test_what_is_no_database_is_replaced(tmp_path: Path) -> None:
    path = tmp_path / "i"
    path.write_text("no database at all " * 100)
    made(path)
    with open_index(path) as index:
        assert ids(index, WATER) == ["00000000000c"]


def test_read_only_finds_and_writes_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    path = tmp_path / "i"
    with pytest.raises(IndexGone):
        open_index(path, read_only=True)
    made(path)
    # The superuser may write everywhere: what the program is told is what counts.
    monkeypatch.setattr("os.access", lambda *_: False)
    with open_index(path, read_only=True) as index:
        assert ids(index, WATER) == ["00000000000c"]
        with pytest.raises(IndexGone):
            put(index, TEXTS, "later")
    assert [entry.name for entry in tmp_path.iterdir()] == ["i"]


def test_a_file_that_another_put_in_its_place_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "i"
    made(path)
    with open_index(path) as index:
        assert not index.replaced
        path.unlink()
        assert index.replaced


WRITER = """
import sys
from pathlib import Path
from tests.index.test_index import many, put
from tui_news.index import open_index
with open_index(Path(sys.argv[1])) as index:
    found = many(200, "shared")
    for at in range(0, 200, 10):
        put(index, found[at : at + 20])
"""


def test_two_processes_index_the_same_articles_once(tmp_path: Path) -> None:
    path = tmp_path / "i"
    writers = [subprocess.Popen([sys.executable, "-c", WRITER, str(path)]) for _ in range(2)]
    with open_index(path) as index:
        while any(writer.poll() is None for writer in writers):
            found = ids(index, Query.parse("shared", NOW))
            assert len(found) == len(set(found))
        assert [writer.returncode for writer in writers] == [0, 0]
        assert len(ids(index, Query.parse("shared", NOW))) == 200
