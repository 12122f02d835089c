"""JSON that is no JSON Feed: the shapes of searches and forums, and whatever else comes."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.sources.feed import FeedError, ParsedFeed, parse_feed

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def read(data: object, url: str = "https://a.example/api/x") -> ParsedFeed:
    return parse_feed(json.dumps(data).encode(), source="s", url=url, now=NOW)


def test_lobsters_and_wikis_and_suggestions() -> None:
    lobsters = read(
        [{"short_id": "abc", "title": "T", "url": "https://b.example/", "comment_count": 3, "tags": ["c"],
          "comments_url": "https://a.example/s/abc/t", "created_at": "2026-11-19T10:00:00.000-06:00",
          "submitter_user": "ada"}],
        "https://a.example/hottest.json",
    )  # fmt: skip
    (article,) = lobsters.articles
    assert (lobsters.kind, article.headline, article.comments, article.authors) == (
        "lobsters",
        "T",
        3,
        ("ada",),
    )
    assert article.comments_url == "https://a.example/s/abc/t"
    wiki = read(
        {"query": {"search": [{"pageid": 1, "title": "Night tram", "snippet": "the <b>night</b> tram",
                               "timestamp": "2026-11-19T10:00:00Z"}]}},
        "https://w.example/w/api.php?srsearch=x",
    )  # fmt: skip
    assert wiki.articles[0].url == "https://w.example/wiki/Night_tram"
    assert wiki.articles[0].deck == "the night tram"
    told = read(["q", ["One", "Two"], ["first", ""], ["https://a.example/1", "https://a.example/2"]])
    assert [(a.headline, a.url) for a in told.articles] == [
        ("One", "https://a.example/1"), ("Two", "https://a.example/2"),
    ]  # fmt: skip
    assert read({"hits": []}).articles == ()


def test_a_discourse_front_page() -> None:
    page = {"topic_list": {"topics": [{"id": 7, "slug": "a-topic", "title": "A topic", "posts_count": 4}]}}
    (article,) = read(page, "https://d.example/latest.json").articles
    assert (article.url, article.comments) == ("https://d.example/t/a-topic/7", 3)


junk = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(max_size=9),
    lambda inner: st.lists(inner, max_size=4)
    | st.dictionaries(
        st.sampled_from(
            ["hits", "topics", "topic_list", "posts", "post", "query", "search", "pages", "imageinfo",
             "results", "trackName", "short_id", "link", "url", "title", "rendered", "id", "topic_id", "tags",
             "posts_count", "counts", "creator", "submitter_user", "created_at", "date_gmt", "body",
             "trackTimeMillis"]
        ),
        inner,
        max_size=6,
    ),
    max_leaves=25,
)  # fmt: skip


@settings(max_examples=200, deadline=None)
@given(value=junk)
def test_any_json_is_a_feed_or_an_error(value: object) -> None:
    try:
        feed = read(value)
    except FeedError:
        return
    assert all(article.id for article in feed.articles)


@pytest.mark.parametrize("value", [{}, [], {"a": 1}, [1, 2], {"query": {}}, {"results": [{}]}])
def test_other_json_says_what_it_is(value: object) -> None:
    with pytest.raises(FeedError, match="JSON"):
        read(value)
