"""TinyDB over the journals: its own words, at the cost of one record."""

from __future__ import annotations

from pathlib import Path

import pytest
from tinydb import Query, where

from tests.cache.material import NOW, make, places_in, some
from tui_news.cache import Cache
from tui_news.cache.ledger import Ledger
from tui_news.cache.locks import Lock
from tui_news.cache.tiny import Document, JournalDB


@pytest.fixture
def ledger(tmp_path: Path) -> Ledger:
    return Ledger(tmp_path / "things.jsonl", "things", Lock(tmp_path))


def test_tinydb_speaks_as_ever(ledger: Ledger) -> None:
    db = JournalDB(things=ledger)
    things = db.table("things")
    things.insert(Document({"name": "one", "n": 1}, doc_id="a"))  # type: ignore[arg-type]
    things.insert_multiple([{"name": "two", "n": 2}, {"name": "three", "n": 3}])
    assert len(things) == 3
    assert things.get(doc_id="a") == {"name": "one", "n": 1}  # type: ignore[call-overload]
    assert [doc["name"] for doc in things.search(where("n") > 1)] == ["two", "three"]
    things.update({"seen": True}, Query().name == "two")
    things.update(lambda doc: doc.update(n=30), where("name") == "three")
    things.upsert({"name": "four", "n": 4}, where("name") == "four")
    things.remove(where("name") == "one")
    assert things.count(where("n") > 0) == 3
    assert things.contains(where("seen") == True)  # noqa: E712
    assert {doc["name"]: doc["n"] for doc in things} == {"two": 2, "three": 30, "four": 4}
    again = Ledger(ledger.journal.path, "things", ledger.lock)
    assert {doc["n"] for doc in JournalDB(things=again).table("things").all()} == {2, 30, 4}
    things.truncate()
    assert len(things) == 0
    with pytest.raises(ValueError, match="no journal"):
        db.table("other").storage.write({"other": {"1": {}}}) if False else db.storage.write(
            {"other": {"1": {}}}
        )


def test_a_change_costs_one_record(ledger: Ledger) -> None:
    things = JournalDB(things=ledger).journal_table("things")
    for number in range(500):
        things.put({f"{number:05}": {"n": number, "text": "x" * 100}})
    before = ledger.journal.end
    things.update({"n": -1}, doc_ids=["00007"])  # type: ignore[list-item]
    assert ledger.journal.end - before < 200
    assert things.get(where("n") == -1) is not None
    before = ledger.journal.end
    things.update({"n": -1}, doc_ids=["00007", "absent"])  # type: ignore[list-item]
    assert ledger.journal.end == before


def test_documents_handed_out_are_not_the_database(ledger: Ledger) -> None:
    things = JournalDB(things=ledger).table("things")
    things.insert(Document({"n": 1}, doc_id="a"))  # type: ignore[arg-type]
    doc = things.get(where("n") == 1)
    assert isinstance(doc, Document)
    doc["n"] = 99
    assert things.get(where("n") == 99) is None
    with pytest.raises(ZeroDivisionError):
        things.update(lambda doc: doc.update(n=1 // 0))
    assert things.get(where("n") == 1) is not None


def test_other_processes_changes_are_seen(ledger: Ledger) -> None:
    twin = Ledger(ledger.journal.path, "things", ledger.lock)
    mine, theirs = JournalDB(things=ledger).table("things"), JournalDB(things=twin).table("things")
    mine.insert(Document({"n": 1}, doc_id="a"))  # type: ignore[arg-type]
    assert theirs.search(where("n") == 1) == [{"n": 1}]
    theirs.update({"n": 2})
    assert mine.search(where("n") == 1) == []
    assert mine.search(where("n") == 2) == [{"n": 2}]


def test_the_articles_of_a_source_are_a_table(tmp_path: Path) -> None:
    cache = Cache.open(places_in(tmp_path))
    cache.store("a", some("a", 30), now=NOW)
    table = cache.table("a")
    assert len(table) == 30
    found = table.search(where("headline") == "Report 7 from a")
    assert [doc.doc_id for doc in found] == [make("a", 7).id]
    assert table.get(doc_id=make("a", 3).id)["url"] == make("a", 3).url  # type: ignore[call-overload]
