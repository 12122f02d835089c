"""An entry keeps its id over refreshes, whatever its feed does with guids; two never share one."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.test_feed_formats import read, rss
from tui_news.model import Article, article_id
from tui_news.sources.identity import Key, canonical_permalink, entry_ids, permalink_key, reconcile


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("HTTPS://News.Example:443/a?utm_source=rss&id=3&utm_medium=x#top", "https://news.example/a?id=3"),
        ("http://news.example", "http://news.example/"),
        ("http://news.example:8080/?fbclid=z", "http://news.example:8080/"),
        ("https://news.example/a?id=1&src=rss", "https://news.example/a?id=1"),
        ("https://news.example/a?s=1&mode=list", "https://news.example/a?s=1&mode=list"),
        ("https://news.example/#!/story/4", "https://news.example/#!/story/4"),
        ("https://[::1]:8443/x", "https://[::1]:8443/x"),
        ("https://news.example/%E4%B8%AD?q=%20", "https://news.example/%E4%B8%AD?q=%20"),
        ("no url at all", "no url at all"),
        ("http://[broken", "http://[broken"),
    ],
)
def test_canonical_permalinks(url: str, canonical: str) -> None:
    assert canonical_permalink(url) == canonical
    assert canonical_permalink(canonical) == canonical


@given(st.text(max_size=60))
def test_canonical_permalinks_settle_at_once(url: str) -> None:
    once = canonical_permalink(url)
    assert canonical_permalink(once) == once


def test_keys_do_not_care_for_scheme_www_and_the_last_slash() -> None:
    assert permalink_key("http://www.a.example/x/") == permalink_key("https://a.example/x?utm_source=y")


def key(guid: str = "", url: str = "", headline: str = "h", date: str = "") -> Key:
    return Key(guid, url, headline, date)


def test_ids_come_of_guid_then_permalink_then_text() -> None:
    made = entry_ids(
        "s", [key("g"), key(url="https://a.example/1?utm_source=z"), key(headline="x", date="d")]
    )
    assert made == [
        article_id("s", "g"), article_id("s", "", "https://a.example/1"), article_id("s", "", "", "x", "d"),
    ]  # fmt: skip


_KEYS = st.builds(
    Key,
    st.sampled_from(["", "g", "g2"]),
    st.sampled_from(["", "https://a.example/1", "https://a.example/2", "https://a.example/"]),
    st.sampled_from(["A", "B", "C"]),
    st.sampled_from(["", "2026-01-01", "2026-01-02"]),
)


@given(st.lists(_KEYS, max_size=8).flatmap(lambda keys: st.tuples(st.just(keys), st.permutations(keys))))
def test_ids_do_not_depend_on_the_order_and_are_given_once(orders: tuple[list[Key], list[Key]]) -> None:
    first, second = ([one for one in entry_ids("s", keys) if one] for keys in orders)
    assert len(set(first)) == len(first)
    assert set(first) == set(second)


def test_a_guid_that_several_entries_share_loses_none_of_them() -> None:
    items = [
        f"<item><title>{t}</title><guid isPermaLink='false'>same</guid><link>https://a.example/{t}</link></item>"
        for t in "ABC"
    ]
    forward = read(rss("".join(items))).articles
    backward = read(rss("".join(reversed(items)))).articles
    assert {a.headline: a.id for a in forward} == {a.headline: a.id for a in backward}
    assert len({a.id for a in forward}) == 3


def test_an_entry_that_stands_twice_is_taken_once() -> None:
    item = "<item><title>A</title><guid isPermaLink='false'>g</guid><link>https://a.example/1</link></item>"
    assert len(read(rss(item * 3)).articles) == 1
    bare = "<item><title>A</title></item>"
    assert len(read(rss(bare * 3)).articles) == 1


def test_entries_that_all_link_to_the_front_page_are_told_apart() -> None:
    items = "".join(
        f"<item><title>Notice {n}</title><link>https://a.example/</link></item>" for n in range(3)
    )
    assert len({article.id for article in read(rss(items)).articles}) == 3


def refreshed(guid: str, titles: str = "AB", date: str = "2026-02-01") -> tuple[Article, ...]:
    return read(
        rss(
            "".join(
                f"<item><title>{t}</title><guid isPermaLink='false'>{guid}{t}</guid><pubDate>{date}</pubDate>"
                f"<link>https://a.example/{t}</link></item>"
                for t in titles
            )
        )
    ).articles


def test_guids_that_change_at_each_fetch_make_no_doubles() -> None:
    known = refreshed("one-")
    again = reconcile(known, refreshed("two-", "CAB"))
    assert [article.headline for article in again] == ["C", "A", "B"]
    assert [article.id for article in again[1:]] == [article.id for article in known]
    assert again[0].id not in {article.id for article in known}
    third = reconcile(again, refreshed("three-", "CAB", "2026-02-05"))  # and the dates with them
    assert {article.id for article in third} == {article.id for article in again}


def test_a_feed_that_gives_each_new_entry_the_same_guid_loses_none() -> None:
    def fetch(title: str, day: int) -> tuple[Article, ...]:
        return read(
            rss(
                f"<item><title>{title}</title><guid isPermaLink='false'>today</guid>"
                f"<link>https://a.example/{title}</link><pubDate>2026-02-{day:02}</pubDate></item>"
            )
        ).articles

    known = fetch("Monday", 2)
    new = reconcile(known, fetch("Tuesday", 3))
    assert new[0].id != known[0].id
    assert reconcile((*known, *new), fetch("Tuesday", 3))[0].id == new[0].id
    assert reconcile((*known, *new), fetch("Monday", 2))[0].id == known[0].id


def test_an_edited_entry_keeps_its_id() -> None:
    known = refreshed("g-")
    edited = tuple(replace(article, headline=article.headline + " (updated)") for article in refreshed("g-"))
    assert [a.id for a in reconcile(known, edited)] == [a.id for a in known]


def test_rolling_entries_on_one_page_are_not_taken_for_one() -> None:
    def notice(n: int) -> Article:
        date = datetime(2026, 2, n, tzinfo=UTC)
        return Article(f"id{n}", "s", "https://a.example/", "Notice", published=date)

    first = reconcile((), [notice(1)])
    assert [article.id for article in reconcile(first, [notice(2)])] == ["id2"]


_ARTICLES = st.lists(
    st.builds(
        Article,
        st.sampled_from(["a", "b", "c", "d"]),
        st.just("s"),
        st.sampled_from(["", "https://a.example/1", "https://a.example/2"]),
        st.sampled_from(["A", "B"]),
        published=st.sampled_from([None, datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)]),
    ),
    max_size=6,
    unique_by=lambda article: article.id,
)


@given(_ARTICLES, _ARTICLES)
def test_reconciled_articles_have_ids_of_their_own_and_come_to_rest(
    known: list[Article], fetched: list[Article]
) -> None:
    made = reconcile(known, fetched)
    assert len({article.id for article in made}) == len(made)
    merged = {article.id: article for article in known} | {article.id: article for article in made}
    again = reconcile(merged.values(), made)
    assert {article.id for article in again} <= set(merged)
