"""Sitemaps with Google's news extension, indexes, and what is none."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.newsroom import Newsroom, channels
from tui_news.sources.sitemap import PageError, read_sitemap

NOW = datetime(2026, 11, 24, tzinfo=UTC)
URL = "https://e.example/sitemap-news.xml"
OPEN = (
    '<?xml version="1.0" encoding="UTF-8"?><urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
    'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9" '
    'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1">'
)


def test_the_newsroom_s_sitemap() -> None:
    with Newsroom(seed=14) as room:
        channel = channels.CHANNELS[7]
        items = channels.items_of(channel, room.portal, 1)
        read = read_sitemap(channels.news_sitemap(room.portal, channel), url=URL, source="s", now=room.now)
        assert [a.headline for a in read.articles] == [item.story.headline for item in items]
        assert [a.published for a in read.articles] == [item.story.published for item in items]
        assert read.title == "Elder Portal"
        assert read.language == "en"
        assert not read.damaged
        index = read_sitemap(
            channels.sitemap_index(room.portal, ["/a.xml", "/news.xml"]), url=URL, now=room.now
        )
        assert [child.rpartition("/")[2] for child in index.children] == ["news.xml", "a.xml"]


def test_all_that_an_entry_says() -> None:
    row = """<url><loc>https://e.example/a?x=1&amp;y=2</loc><lastmod>2026-11-20T10:00:00Z</lastmod><news:news>
    <news:publication><news:name>The Courier</news:name><news:language>en</news:language></news:publication>
    <news:publication_date>2026-11-20T08:00:00+01:00</news:publication_date>
    <news:title>Ferry &amp; pier</news:title>
    <news:keywords>ferries, harbour</news:keywords></news:news>
    <image:image><image:loc>https://e.example/p.jpg</image:loc>
    <image:title>not this</image:title></image:image></url>"""
    [article] = read_sitemap(f"{OPEN}{row}</urlset>".encode(), url=URL, now=NOW).articles
    assert article.url == "https://e.example/a?x=1&y=2"
    assert article.headline == "Ferry & pier"
    assert article.tags == ("ferries", "harbour")
    assert article.picture == "https://e.example/p.jpg"
    assert article.published == datetime(2026, 11, 20, 7, 0, tzinfo=UTC)
    assert article.updated == datetime(2026, 11, 20, 10, 0, tzinfo=UTC)


def test_names_from_addresses_and_newest_first() -> None:
    rows = "".join(
        f"<url><loc>https://e.example{path}</loc><lastmod>2026-11-{day}</lastmod></url>"
        for path, day in (
            ("/2026/night-tram-line-opens-123456.html", 18),
            ("/x/", 19),
            ("/新闻/渡轮回来了", 20),
        )
    )
    read = read_sitemap(f"{OPEN}{rows}</urlset>".encode(), url=URL, now=NOW)
    assert [a.headline for a in read.articles] == ["渡轮回来了", "Night tram line opens"]


def test_a_sitemap_cut_short_keeps_what_came() -> None:
    rows = "".join(f"<url><loc>https://e.example/the-ferry-part-{i}</loc></url>" for i in range(5))
    read = read_sitemap(f"{OPEN}{rows}<url><loc>https://e.ex".encode(), url=URL, now=NOW)
    assert len(read.articles) >= 5
    assert read.damaged


def test_limits_and_foreign_schemes() -> None:
    rows = "<url><loc>javascript:alert(1)</loc></url><url><loc>file:///etc/passwd-is-not-news</loc></url>"
    rows += "".join(f"<url><loc>https://e.example/the-ferry-part-{i}</loc></url>" for i in range(50))
    read = read_sitemap(f"{OPEN}{rows}</urlset>".encode(), url=URL, now=NOW, limit=10)
    assert len(read.articles) == 10
    assert all(article.url.startswith("https://") for article in read.articles)


def test_entities_are_neither_expanded_nor_fetched() -> None:
    bomb = "".join(f'<!ENTITY a{i} "{f"&a{i - 1};" * 10 if i else "lol"}">' for i in range(12))
    data = f'<!DOCTYPE urlset [{bomb}<!ENTITY f SYSTEM "file:///etc/passwd">]>{OPEN[38:]}<url><loc>https://e.example/the-big-story</loc><news:news><news:title>&a11;&f;</news:title></news:news></url></urlset>'
    read = read_sitemap(data.encode(), url=URL, now=NOW)
    assert all("root:" not in a.headline and len(a.headline) < 400 for a in read.articles)


@pytest.mark.parametrize(
    ("data", "word"),
    [
        (b"", "empty"),
        (b"<html><body>hello</body></html>", 'kind = "page"'),
        (b"<rss version='2.0'><channel/></rss>", 'kind = "feed"'),
        (b"hello", "no sitemap"),
        (b"\x1f\x8b\x00\x00", "no sitemap"),
    ],
)
def test_what_is_none_is_said_plainly(data: bytes, word: str) -> None:
    with pytest.raises(PageError, match=word):
        read_sitemap(data, url=URL, now=NOW)
