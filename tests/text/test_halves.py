"""References to half a character."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui_news.sources.feed import parse_feed
from tui_news.sources.sitemap import read_sitemap
from tui_news.text.halves import bytes_without_halves, find_half, without_halves

NOW = datetime(2026, 11, 20, tzinfo=UTC)


def test_exactly_the_halves_are_found() -> None:
    for number in range(0xD000, 0xE800):
        half = 0xD800 <= number <= 0xDFFF
        for text in (f"a&#{number};b", f"a&#x{number:x};b", f"a&#X00{number:X};b"):
            assert (find_half(text) == 1) is half
            assert (without_halves(text) == "a\ufffdb") is half
            assert (bytes_without_halves(text.encode()) == b"a?b") is half
    assert without_halves("&#xD8000; &#553000;") == "&#xD8000; &#553000;"


@pytest.mark.parametrize("half", ["&#xD800;", "&#xD800", "&#55296;", "&&#xdfff;"])
def test_a_half_in_a_feed_or_a_sitemap_spoils_no_more_than_its_place(half: str) -> None:
    feed = f"<rss><channel><item><title>one {half} two</title><link>https://ok.example/</link></item>"
    articles = parse_feed(feed.encode(), source="s", url="https://ok.example/f", now=NOW).articles
    assert articles[0].headline.startswith("one ")
    assert articles[0].headline.endswith(" two")
    sitemap = f"<urlset><url><loc>https://ok.example/a</loc><lastmod>2026-{half}</lastmod></url></urlset>"
    read_sitemap(sitemap.encode(), url="https://ok.example/", source="s", now=NOW)
