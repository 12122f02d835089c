"""The index finds what `Query.matches` finds, and nothing else."""

from __future__ import annotations

import sqlite3
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.index.corpus import NOW, articles, queries, slices
from tui_news.index import IndexGone, Mark, Version, open_index
from tui_news.index.store import Index
from tui_news.model import UNTOUCHED, Article
from tui_news.newsroom.finding import conditions
from tui_news.newsroom.indexing import entry
from tui_news.portal.query import Query


@contextmanager
def indexed(found: Sequence[Article]) -> Iterator[Index]:
    with tempfile.TemporaryDirectory() as folder, open_index(Path(folder) / "index.sqlite3") as index:
        put(index, found)
        yield index


def put(index: Index, found: Sequence[Article], gen: str = "g") -> None:
    index.put(
        entry(article, int(article.id, 16), Version(gen, at), hash(article) & 0xFFFF, 1000 - at)
        for at, article in enumerate(found)
    )


def scan(found: Sequence[Article], query: Query) -> set[str]:
    return {
        article.id
        for article in found
        if query.matches(
            article, UNTOUCHED, body=lambda article=article: "\n".join(b.text for b in article.blocks)
        )
    }


def ids(index: Index, query: Query) -> list[str]:
    return [f"{hit[1]:012x}" for hit in index.find(list(conditions(query)))]


@settings(deadline=None, max_examples=25)
@given(st.data())
def test_what_is_found_is_what_a_look_at_each_article_finds(data: st.DataObject) -> None:
    corpus = [data.draw(articles(number)) for number in range(data.draw(st.integers(1, 5)))]
    asked = data.draw(st.lists(queries, min_size=4, max_size=8))
    for article in corpus:
        for text in (article.headline, *(block.text for block in article.blocks)):
            asked.append(f'"{data.draw(slices(text))}"')
    with indexed(corpus) as index:
        for text in asked:
            query = Query.parse(text, NOW)
            try:
                found = ids(index, query)
            except IndexGone:
                assert not text.isprintable()  # Half of a surrogate pair.
                continue
            assert len(found) == len(set(found))
            assert set(found) == scan(corpus, query), text


TEXTS = [
    Article(id="00000000000a", source="s", headline="朱鎔基訪問臺灣", deck="經濟發展"),
    Article(id="00000000000b", source="s", headline="Learning C++ (and more)", tags=("Programming",)),
    Article(id="00000000000c", source="s", headline="东京タワー、ＰＹＴＨＯＮ大会", deck="Water on Mars"),
]


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("朱镕基", "a"), ("台湾", "a"), ("经济", "a"), ("基", "a"), ("經濟", "a"), ("c++", "b"),
        ('"c++ ("', "b"), ("prog", "b"), ("rogramming", ""), ("python", "c"), ("タワ", "c"), ("ワ", "c"),
        ('"water on m"', "c"),
        ('"water  on mars"', "c"), ('"water mars"', ""), ("-water", "ba"), ("w", "c"), ("title:w", ""),
        ("tag:programming", "b"), ("python大会", "c"), ("発", ""), ("-c -w", "a"), ("title:l", "b"),
    ],
)  # fmt: skip
def test_words_in_any_script(query: str, found: str) -> None:
    with indexed(TEXTS) as index:
        assert [id[-1] for id in ids(index, Query.parse(query, NOW))] == sorted(found)


def test_a_changed_article_is_found_by_what_it_says_now(tmp_path: Path) -> None:
    with open_index(tmp_path / "i") as index:
        put(index, [Article(id="00000000000a", source="s", headline="old words")])
        put(index, [Article(id="00000000000a", source="s", headline="new words")])
        assert ids(index, Query.parse("old", NOW)) == []
        assert ids(index, Query.parse("new", NOW)) == ["00000000000a"]
        assert ids(index, Query.parse("-old", NOW)) == ["00000000000a"]
        index.drop("s", [10])
        assert ids(index, Query.parse("words", NOW)) == []
        assert index.known("s") == {}


def test_a_source_goes_with_its_articles_and_its_mark(tmp_path: Path) -> None:
    with open_index(tmp_path / "i") as index:
        put(index, TEXTS)
        index.cover("s", Mark(1, 2))
        assert index.marks() == {"s": Mark(1, 2)}
        index.drop_source("s")
        assert (index.marks(), index.sources(), ids(index, Query.parse("-x", NOW))) == ({}, set(), [])


def many(count: int, text: str) -> list[Article]:
    return [Article(id=f"{n:012x}", source=f"s{n % 3}", headline=f"{text} {n}") for n in range(count)]


def test_many_hits_are_kept_up_as_articles_come_and_go(tmp_path: Path) -> None:
    with open_index(tmp_path / "i") as index, open_index(tmp_path / "i") as other:
        put(index, many(2500, "common"))
        query = Query.parse("common", NOW)
        assert len(ids(other, query)) == 2500
        index.drop("s0", [0, 3])
        put(index, [Article(id="0000000fffff", source="new", headline="common")])
        assert set(ids(other, query)) == {a.id for a in many(2500, "")} - {"0" * 12, "000000000003"} | {
            "0000000fffff"
        }
        assert len(ids(other, Query.parse("common -title:2499", NOW))) == 2498


@pytest.mark.parametrize("broken", [False, True])
def test_the_list_that_is_kept_for_the_next_program(tmp_path: Path, broken: bool) -> None:
    query = Query.parse("common", NOW)
    with open_index(tmp_path / "i") as index:
        put(index, many(5400, "common"))
        index.save()
        index.drop("s0", [0, 3])
        put(index, [Article(id="0000000fffff", source="new", headline="common")])
        index.drop_source("s1")
        expected = ids(index, query)
    if broken:
        with closing(sqlite3.connect(tmp_path / "i")) as db, db:
            db.execute("UPDATE saved SET data = zeroblob(length(data))")
    with open_index(tmp_path / "i") as index:
        assert ids(index, query) == expected
        index.save()
    with open_index(tmp_path / "i") as index:
        assert ids(index, query) == expected
    assert len(expected) == 5400 - 2 - 1800 + 1


def test_dead_rows_are_given_up_in_steps_while_everything_is_still_found(tmp_path: Path) -> None:
    old, new = many(2500, "before"), many(2500, "after")
    with open_index(tmp_path / "i") as index:
        put(index, old)
        assert index.moving(100) == []
        put(index, new)
        steps = 0
        while moving := index.moving(400):
            put(index, [new[number] for _, number in moving])
            assert len(ids(index, Query.parse("after", NOW))) == 2500
            assert ids(index, Query.parse("before", NOW)) == []
            steps += 1
        assert steps == 7
        assert len(ids(index, Query.parse("-before after", NOW))) == 2500
        while index.merge():
            pass
        assert len(ids(index, Query.parse("a", NOW))) == 2500


def test_better_hits_are_worth_more_and_new_ones_more_than_old(tmp_path: Path) -> None:
    def made(id: str, moment: int, **texts: str) -> None:
        article = Article(id=id * 12, source="s", **texts)
        index.put([entry(article, int(article.id, 16), Version("g", 0), int(id), moment)])

    day = 86_400_000_000
    with open_index(tmp_path / "i") as index:
        made("1", 0, headline="rover")
        made("2", 90 * day, headline="rover")
        made("3", 90 * day, headline="else", deck="a word on a rover that was seen " * 5)
        made("4", 90 * day, headline="nothing of it")
        asked = list(conditions(Query.parse("rover", NOW)))
        found = index.find(asked)
        worth = dict(zip([hit[1] for hit in found], index.scores(asked, found, 90 * day), strict=True))
        assert worth[int("2" * 12, 16)] > worth[int("1" * 12, 16)] > 0
        assert worth[int("2" * 12, 16)] > worth[int("3" * 12, 16)]
        assert len(worth) == 3
