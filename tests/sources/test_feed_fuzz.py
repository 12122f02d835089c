"""Any bytes give a feed or a FeedError, and whatever a feed holds is clean when it comes out."""

from __future__ import annotations

import json
from html import escape
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.sources.test_feed_formats import ATOM, NAMES, NOW, URL, json_feed, read, rss
from tui_news.model import Article, article_from_dict, article_to_dict
from tui_news.sources.feed import FeedError, ParsedFeed, parse_feed
from tui_news.text.clean import clean_body, clean_line, is_web_url

CORPUS = Path(__file__).resolve().parents[3] / "shared" / "corpus" / "feeds"

SAMPLE = rss(
    "<item><title>One</title><link>/1</link><guid>g1</guid><pubDate>2026-01-01</pubDate><dc:creator>A</dc:creator>"
    "<description>&lt;p&gt;x&lt;/p&gt;</description><media:content url='/m' type='image/png'/></item>"
    "<item><title><![CDATA[Two]]></title><content:encoded><![CDATA[<p>y</p>]]></content:encoded></item>"
)


def check(article: Article) -> None:
    """What holds for every article, whatever it was made of."""
    for text in (
        article.headline,
        article.deck,
        article.kicker,
        article.agency,
        *article.authors,
        *article.tags,
    ):
        assert clean_line(text) == text
    assert article.headline
    assert article.id
    for url in (article.url, article.picture, article.comments_url, article.comments_feed):
        assert not url or is_web_url(url)
    assert all(is_web_url(file.url) for file in article.enclosures)
    for block in article.blocks:
        assert clean_body(block.text) == block.text
    assert article.published is None or article.published.tzinfo is not None
    assert article_from_dict(json.loads(json.dumps(article_to_dict(article)))) == article


def parsed(data: bytes, **options: Any) -> ParsedFeed | None:
    complaint = ""
    try:
        feed = parse_feed(data, source="s", url=URL, now=NOW, **options)
    except FeedError as error:
        complaint, feed = str(error), None
    assert clean_line(complaint) == complaint
    if feed is None:
        assert complaint
        return None
    assert len({article.id for article in feed.articles}) == len(feed.articles)
    for article in feed.articles:
        check(article)
    return feed


@given(st.binary(max_size=400), st.sampled_from(["", "utf-8", "gb2312", "utf-16", "nonsense"]))
def test_any_bytes(data: bytes, charset: str) -> None:
    parsed(data, http_charset=charset)


@given(st.binary(max_size=60), st.integers(0, len(SAMPLE)), st.integers(0, 60))
def test_a_feed_with_bytes_anywhere(junk: bytes, place: int, gone: int) -> None:
    data = SAMPLE.encode()
    parsed(data[:place] + junk + data[place + gone :])


_PIECES = st.sampled_from(
    [
        "<rss><channel>", "<feed xmlns='http://www.w3.org/2005/Atom'>", f"<rdf:RDF {NAMES}>", "<item>",
        "</item>", "<entry>", "</entry>", "<title>", "</title>", "<link>", "</link>",
        "<link href='x' rel='replies'/>", "<description>", "<content type='xhtml'>", "</content>",
        "<div>", "<![CDATA[", "]]>", "<!--", "-->", "&", "&#0;", "&#xD800;", "&a;",
        "<!DOCTYPE rss [<!ENTITY a 'b'>]>", "<?xml version='1.0' encoding='gbk'?>", "<guid>", "</guid>",
        "xml:base='http://['", "<media:group>", "<media:content url='a'>", "<dc:creator>",
        "<image><url>x</url></image>", "<atom:title>", "\x1b[31m", "\x00", "\ud800", "<a:b:c/>",
        "<Description>", "text ", "<source>", "<author><name>", "]]", "<item xml:lang='zh'>",
    ]
)  # fmt: skip


@given(st.lists(_PIECES, max_size=30).map("".join))
def test_any_mixture_of_a_feeds_parts(text: str) -> None:
    parsed(text.encode("utf-8", "surrogatepass"))


_VALUES: st.SearchStrategy[Any] = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=4,
)
_ITEM = st.dictionaries(
    st.sampled_from(
        ["id", "url", "title", "content_html", "content_text", "authors", "author", "tags", "attachments",
         "image", "date_published", "external_url", "summary", "language"]
    ),
    _VALUES,
)  # fmt: skip


@given(st.lists(_ITEM | _VALUES, max_size=4), _VALUES, _VALUES)
def test_any_json_in_a_json_feed(items: list[Any], authors: Any, hubs: Any) -> None:
    parsed(json_feed(items, authors=authors, hubs=hubs, title=authors, language=hubs).encode())
    channel = {"title": authors, "item": items, "link": hubs}
    parsed(json.dumps({"rss": {"channel": channel}}).encode())


_TITLES = st.lists(
    st.text(st.characters(exclude_categories=["Cs", "Cc"]), min_size=1, max_size=60)
    .map(clean_line)
    .filter(bool),
    max_size=6,
)


@given(_TITLES)
def test_titles_come_through_every_format(titles: list[str]) -> None:
    once = [escape(title, quote=False) for title in titles]
    twice = [escape(title, quote=False) for title in once]
    documents = [
        rss("".join(f"<item><title>{t}</title><guid>{n}</guid></item>" for n, t in enumerate(twice))),
        rss(
            "".join(
                f"<item><title><![CDATA[{t}]]></title><guid>{n}</guid></item>" for n, t in enumerate(once)
            )
        ),
        ATOM.format("".join(f"<entry><id>{n}</id><title>{t}</title></entry>" for n, t in enumerate(once))),
        ATOM.format(
            "".join(f"<entry><id>{n}</id><title type='html'>{t}</title></entry>" for n, t in enumerate(twice))
        ),
        json_feed([{"id": str(n), "title": t} for n, t in enumerate(titles)]),
    ]
    for document in documents:
        assert [article.headline for article in read(document).articles] == titles


def test_real_feeds() -> None:
    if not CORPUS.is_dir():
        pytest.skip("the recorded feeds are not here")
    files = sorted(CORPUS.iterdir())
    assert len(files) >= 10
    for file in files:
        feed = parse_feed(file.read_bytes(), source="s", url="https://feeds.example/x", now=NOW)
        assert not feed.damaged, file.name
        assert feed.title, file.name
        assert feed.articles, file.name
        for article in feed.articles:
            check(article)
            assert article.headline != "(untitled)"
            assert "<" not in article.headline
            assert article.published is not None, (file.name, article.headline)
            assert article.url, (file.name, article.headline)
        # An entry may hold nothing but a film, which is no text.
        assert sum(not article.blocks for article in feed.articles) <= 1, file.name
