"""The query language, through `Query.parse` and `matches`."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.model import UNTOUCHED, Article, Enclosure, ReaderState
from tui_news.portal.query import Query, QueryError, fold, marked

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
MARS = Article(
    id="1", source="s1", headline="Rover finds water on Mars", deck="A dry lake was not dry",
    authors=("Ada Byron",), tags=("Space",), published=NOW - timedelta(hours=5), language="en",
    enclosures=(Enclosure("https://x.example/a.mp3", "audio/mpeg"),),
)  # fmt: skip
HAN = Article(id="2", source="s2", headline="朱镕基出席ＰＹＴＨＯＮ大会", published=NOW - timedelta(days=9))


def found(query: str, article: Article, state: ReaderState = UNTOUCHED, body: str = "") -> bool:
    return Query.parse(query, NOW).matches(
        article, state, source_name="The Example Times", section="World/Asia", body=lambda: body
    )


@pytest.mark.parametrize(
    "query",
    [
        "mars", "WATER mars", '"water on mars"', "-venus", "rov", "tag:space", "author:byron", "after:6h",
        "before:1h", "is:unread", "-is:starred", "source:example", "section:asia", "title:rover", "lang:en",
        "has:audio", "lake", "after:2026-11-01",
    ],
)  # fmt: skip
def test_hits(query: str) -> None:
    assert found(query, MARS)


@pytest.mark.parametrize(
    "query", ["venus", "-mars", '"mars water"', "ars", "tag:spac", "after:1h", "is:read", "has:comments"]
)
def test_misses(query: str) -> None:
    assert not found(query, MARS)


def test_chinese_matches_anywhere_and_full_width_finds_half_width() -> None:
    assert found("镕基", HAN)
    assert found("python", HAN)
    assert not found("after:2d", HAN)


def test_simplified_and_traditional_find_each_other_and_are_marked() -> None:
    assert found("朱鎔基", HAN)
    taipei = Article(id="4", source="s", headline="臺灣經濟", tags=("經濟",))
    assert found("台湾 tag:经济 -大陆", taipei)
    assert marked("臺灣經濟", Query.parse("经济", NOW).words) == [(2, 4)]


def test_spaces_in_a_phrase_are_one_space() -> None:
    assert found('"water   on\tmars"', MARS)
    assert found('"ice lay"', MARS, body="Here ice lay.")
    assert not found('"ice lay"', MARS, body="ice\nlay")


def test_the_body_is_asked_only_when_the_head_does_not_decide() -> None:
    assert found("basalt", MARS, body="Under the basalt lay ice.")

    def fail() -> str:
        raise AssertionError

    assert Query.parse("mars is:unread", NOW).matches(MARS, UNTOUCHED, body=fail)


def test_states() -> None:
    state = ReaderState(read=True, starred=True, note="mine")
    assert found("is:read is:starred is:noted", MARS, state)
    assert not found("is:later", MARS, state)


@pytest.mark.parametrize("query", ["is:nonsense", "after:yesterdayish", "has:legs"])
def test_what_is_not_understood_is_named_with_what_is_allowed(query: str) -> None:
    with pytest.raises(QueryError, match=query.partition(":")[2]):
        Query.parse(query, NOW)


def test_a_colon_in_text_is_text() -> None:
    assert found("12:30", Article(id="3", source="s", headline="Trains leave at 12:30"))


@given(st.text(max_size=60))
def test_any_text_is_a_query_or_a_named_error(text: str) -> None:
    try:
        answer = Query.parse(text, NOW).matches(MARS, UNTOUCHED)
    except QueryError:
        return
    assert answer in (True, False)


@given(st.text(max_size=40), st.lists(st.text(min_size=1, max_size=4).map(fold), max_size=3))
def test_marks_lie_in_the_text_in_order_and_apart(text: str, words: list[str]) -> None:
    last = 0
    for start, end in marked(text, tuple(words)):
        assert last <= start < end <= len(text)
        last = end


def test_marks_are_where_the_words_are() -> None:
    assert marked("Water on Mars, water here", ("water",)) == [(0, 5), (15, 20)]
    assert marked("ＰＹＴＨＯＮ大会", ("python",)) == [(0, 6)]
