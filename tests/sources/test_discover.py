"""The feeds that a page leads to, in the order in which a reader would want them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.sources.discover import FeedLink, find_feeds, guess_urls
from tui_news.text.clean import is_web_url

URL = "https://paper.example/news/index.html"


def urls(html: str | bytes, url: str = URL) -> list[str]:
    return [link.url for link in find_feeds(html, url)]


def test_announced_feeds_with_title_and_type() -> None:
    html = (
        '<html><head><link rel="alternate" type="application/rss+xml" title="News &amp; more" href="/rss">'
        "<LINK REL='Alternate home' TYPE='application/atom+xml; charset=utf-8' HREF='atom.xml'>"
        '<link rel="alternate" type="application/feed+json" href="//cdn.example/f.json">'
        '<link rel="alternate" hreflang="de" href="/de/">'
        '<link rel="stylesheet" type="text/css" href="/feed.css">'
    )
    assert find_feeds(html, URL) == (
        FeedLink("https://paper.example/rss", "News & more", "rss"),
        FeedLink("https://paper.example/news/atom.xml", "", "atom"),
        FeedLink("https://cdn.example/f.json", "", "json"),
    )


def test_a_base_moves_relative_links() -> None:
    html = '<base href="/blog/"><link rel=alternate type=application/rss+xml href=feed.xml>'
    assert urls(html) == ["https://paper.example/blog/feed.xml"]
    html = '<base href="javascript:1"><link rel=alternate type=application/rss+xml href=feed.xml>'
    assert urls(html) == ["https://paper.example/news/feed.xml"]


def test_comment_feeds_come_last_and_doubles_once() -> None:
    html = (
        '<link rel=alternate type=application/rss+xml title="Comments" href=/comments/feed/>'
        '<link rel=alternate type=application/rss+xml title="News" href=/feed/>'
        '<a href="http://paper.example/feed">RSS</a><a href="/town/feed/">Town</a>'
    )
    assert urls(html) == [
        "https://paper.example/feed/", "https://paper.example/town/feed/", "https://paper.example/comments/feed/",
    ]  # fmt: skip


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/feeds/town.xml">Town</a>',
        '<a href="/index.rdf">x</a>',
        '<a href="/export/all.xml" title="RSS">x</a>',
        '<a href="/all.xml">RSS</a>',
        '<a href="feed://paper.example/all">subscribe</a>',
        '<a href="feed:https://paper.example/all">subscribe</a>',
        '<a type="application/atom+xml" href="/x?y">subscribe</a>',
        '<a href="https://feeds.host.example/paper">subscribe</a>',
        '<a href="/?feed=rss2">x</a>',
    ],
)
def test_links_that_look_like_feeds(link: str) -> None:
    assert len(urls(link)) == 1


@pytest.mark.parametrize(
    "link",
    [
        '<a href="/feedback">Feedback</a>',
        '<a href="/news/1.html">RSS is back</a>',
        '<a href="/img/rss.png">RSS</a>',
        '<a href="#rss">RSS</a>',
        '<a href="javascript:rss()">RSS</a>',
        '<a href="mailto:rss@paper.example">RSS</a>',
        '<link rel=alternate type="application/json+oembed" href="/wp-json/oembed/1.0/embed?url=x">',
        '<link rel=alternate type=application/rss+xml href="file:///etc/passwd">',
        '<link rel=alternate type=application/rss+xml href="http://[broken">',
    ],
)
def test_links_that_are_no_feeds(link: str) -> None:
    assert urls(link) == []


def test_the_page_itself_is_not_offered() -> None:
    html = "<link rel=alternate type=application/rss+xml href=/feed/>"
    assert urls(html, "https://paper.example/feed/") == []


def test_a_page_in_a_legacy_charset() -> None:
    html = '<meta charset=gb2312><link rel=alternate type=application/rss+xml title="国内要闻" href=/rss>'
    assert find_feeds(html.encode("gb18030"), URL)[0].title == "国内要闻"


def test_titles_are_cleaned() -> None:
    html = '<link rel=alternate type=application/rss+xml title="a&#27;]0;x&#7;b\u202ec" href=/rss>'
    assert find_feeds(html, URL)[0].title in ("abc", "a]0;xbc")


def test_guesses_start_in_the_pages_own_folder() -> None:
    found = guess_urls("https://paper.example/blog/post")
    assert found[0] == "https://paper.example/blog/feed/"
    assert "https://paper.example/blog/post/feed/" in found
    assert "https://paper.example/atom.xml" in found
    assert len(found) == len(set(found)) < 40


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        (
            "https://www.youtube.com/channel/UC123",
            "https://www.youtube.com/feeds/videos.xml?channel_id=UC123",
        ),
        ("https://www.reddit.com/r/python/top", "https://www.reddit.com/r/python/.rss"),
        ("https://github.com/encode/httpx", "https://github.com/encode/httpx/releases.atom"),
        ("https://social.example/@ada", "https://social.example/@ada.rss"),
        ("https://medium.com/@ada", "https://medium.com/feed/@ada"),
    ],
)
def test_hosts_with_places_of_their_own(page: str, feed: str) -> None:
    assert guess_urls(page)[0] == feed


@pytest.mark.parametrize("page", ["", "file:///etc/passwd", "http://[x", "javascript:1", "paper.example"])
def test_what_is_no_page_has_no_guesses(page: str) -> None:
    assert guess_urls(page) == ()


@given(st.binary(max_size=300))
def test_no_bytes_raise(data: bytes) -> None:
    assert all(is_web_url(link.url) for link in find_feeds(data, URL))


_MARKUP = st.sampled_from(
    [
        "<a href=", "<link rel=alternate ", "type=application/rss+xml ", "href='/f'", ">", "<base href=//",
        "http://[", "feed:", "/rss", "</a>", "<!--", "\x00", "&#0;",
    ]
)  # fmt: skip


@given(st.lists(_MARKUP).map("".join))
def test_no_mixture_of_markup_raises(html: str) -> None:
    assert all(is_web_url(link.url) for link in find_feeds(html, URL))


@pytest.mark.timeout(20)
def test_a_page_of_nothing_but_brackets_or_depth() -> None:
    assert urls("<" * 1_000_000) == []
    assert urls("<div>" * 100_000 + "<a href=/rss>") in ([], ["https://paper.example/rss"])
