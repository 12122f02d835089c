"""Each format of feed gives its articles with what the format can say of them."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest

from tui_news.model import Article, article_id
from tui_news.sources.feed import FeedError, ParsedFeed, parse_feed

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
URL = "https://paper.example/feeds/main.xml"
NAMES = (
    'xmlns:content="http://purl.org/rss/1.0/modules/content/" xmlns:dc="http://purl.org/dc/elements/1.1/" '
    'xmlns:media="http://search.yahoo.com/mrss/" xmlns:slash="http://purl.org/rss/1.0/modules/slash/" '
    'xmlns:wfw="http://wellformedweb.org/CommentAPI/" xmlns:atom="http://www.w3.org/2005/Atom" '
    'xmlns:itunes="http://www.itunes.com/dtds/podcast-1.0.dtd" '
    'xmlns:sy="http://purl.org/rss/1.0/modules/syndication/"'
)
LONG = (
    "<p>"
    + "</p><p>".join(f"Sentence {n} of a report on the town's bridges, which are old." for n in range(20))
    + "</p>"
)


def read(text: str | bytes, **options: Any) -> ParsedFeed:
    data = text.encode() if isinstance(text, str) else text
    return parse_feed(data, **{"source": "s", "url": URL, "now": NOW} | options)


def rss(items: str, channel: str = "<link>https://paper.example/</link>", version: str = "2.0") -> str:
    return (
        f'<?xml version="1.0" encoding="utf-8"?><rss version="{version}" {NAMES}><channel>'
        f"<title>The Paper</title>{channel}{items}</channel></rss>"
    )


def one(text: str | bytes, **options: Any) -> Article:
    articles = read(text, **options).articles
    assert len(articles) == 1
    return articles[0]


def test_rss_2_with_all_its_modules() -> None:
    feed = read(
        rss(
            "<item><title>Bridge &amp;amp; tunnel</title><link>/a/1.html</link>"
            "<guid isPermaLink='false'>g-1</guid><pubDate>Sun, 01 Mar 2026 09:30:00 +0100</pubDate>"
            "<dc:creator>Ada Brook</dc:creator><dc:creator>Kim Lee</dc:creator>"
            "<category>Town</category><category>town</category><dc:subject>Bridges</dc:subject>"
            "<description>What the engineers say.</description>"
            f"<content:encoded><![CDATA[{LONG}]]></content:encoded>"
            "<media:group><media:content url='/m/1.mp4' type='video/mp4' fileSize='9000' duration='61'/>"
            "<media:thumbnail url='/m/1.jpg'/></media:group>"
            "<comments>https://paper.example/a/1.html#comments</comments>"
            "<wfw:commentRss>https://paper.example/a/1/feed</wfw:commentRss><slash:comments>12</slash:comments>"
            "<source url='https://wire.example/rss'>The Wire</source></item>",
            "<link>https://paper.example/</link><language>en_gb</language><ttl>45</ttl>"
            "<atom:link rel='hub' href='https://hub.example/'/><atom:link rel='self' href='main.xml'/>",
        )
    )
    assert (feed.title, feed.home, feed.language, feed.kind) == (
        "The Paper", "https://paper.example/", "en-GB", "rss 2.0",
    )  # fmt: skip
    assert (feed.ttl_minutes, feed.hub, feed.self_url) == (
        45, "https://hub.example/", "https://paper.example/feeds/main.xml",
    )  # fmt: skip
    assert not feed.damaged
    assert feed.notes == ()
    article = feed.articles[0]
    assert article.headline == "Bridge & tunnel"
    assert article.url == "https://paper.example/a/1.html"
    assert article.published == datetime(2026, 3, 1, 9, 30, tzinfo=timezone(timedelta(hours=1)))
    assert article.authors == ("Ada Brook", "Kim Lee")
    assert article.tags == ("Town", "Bridges")
    assert article.deck == "What the engineers say."
    assert len(article.blocks) == 20
    assert article.full
    assert article.comments == 12
    assert article.comments_url == "https://paper.example/a/1.html#comments"
    assert article.comments_feed == "https://paper.example/a/1/feed"
    assert article.picture == "https://paper.example/m/1.jpg"
    video = article.enclosures[0]
    assert (video.url, video.type, video.length, video.duration) == (
        "https://paper.example/m/1.mp4", "video/mp4", 9000, 61,
    )  # fmt: skip
    assert article.agency == "The Wire"
    assert article.language == "en-GB"
    assert article.charset == "utf-8"


@pytest.mark.parametrize("version", ["0.91", "0.92", "2.0"])
def test_a_stub_is_not_full_and_its_deck_is_its_text(version: str) -> None:
    feed = read(
        rss("<item><title>Ferry late</title><description>Fog on the river.</description></item>", "", version)
    )
    assert feed.kind == f"rss {version}"
    assert feed.articles[0].deck == "Fog on the river."
    assert feed.articles[0].blocks[0].text == "Fog on the river."
    assert not feed.articles[0].full


def test_the_doctype_of_rss_091_brings_its_entities() -> None:
    article = one(
        '<!DOCTYPE rss PUBLIC "-//Netscape Communications//DTD RSS 0.91//EN" '
        '"http://my.netscape.com/publish/formats/rss-0.91.dtd">'
        '<rss version="0.91"><channel><title>x</title><item><title>Caf&eacute; closes</title></item>'
        "</channel></rss>"
    )
    assert article.headline == "Café closes"


@pytest.mark.parametrize(
    ("namespace", "kind"),
    [("http://purl.org/rss/1.0/", "rss 1.0"), ("http://my.netscape.com/rdf/simple/0.9/", "rss 0.90")],
)
def test_rdf_with_items_beside_the_channel(namespace: str, kind: str) -> None:
    feed = read(
        f'<rdf:RDF xmlns:rdf="http://www.w3.org/1999/02/22-rdf-syntax-ns#" xmlns="{namespace}" '
        'xmlns:dc="http://purl.org/dc/elements/1.1/"><channel rdf:about="https://j.example/">'
        "<title>Journal</title><link>https://j.example/</link><dc:language>de</dc:language></channel>"
        '<item rdf:about="https://j.example/p/7"><title>On moss</title><description>Moss grows.</description>'
        "<dc:creator>B. Grün</dc:creator><dc:date>2026-02-11T08:00+01:00</dc:date></item></rdf:RDF>"
    )
    assert (feed.kind, feed.title, feed.language) == (kind, "Journal", "de")
    article = feed.articles[0]
    assert article.headline == "On moss"
    assert article.authors == ("B. Grün",)
    assert article.published == datetime(2026, 2, 11, 7, 0, tzinfo=UTC)
    if kind == "rss 1.0":
        assert article.url == "https://j.example/p/7"


ATOM = (
    '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:thr="http://purl.org/syndication/thread/1.0" '
    'xml:lang="fr" xml:base="https://revue.example/"><title type="html">La &lt;em&gt;Revue&lt;/em&gt;</title>'
    '<link href="/"/><link rel="self" href="/atom"/><author><name>La rédaction</name></author>{}</feed>'
)


def test_atom_with_base_threads_and_xhtml() -> None:
    feed = read(
        ATOM.format(
            '<entry xml:base="2026/"><id>urn:1</id><title>Le pont &lt;neuf&gt;</title>'
            '<link href="pont.html"/>'
            '<link rel="replies" type="application/atom+xml" href="pont.atom" thr:count="4"/>'
            '<link rel="replies" type="text/html" href="pont.html#avis"/>'
            '<link rel="enclosure" type="audio/mpeg" length="77" href="pont.mp3"/>'
            '<link rel="related" title="Le plan" href="/plan"/>'
            '<category term="ponts" label="Ponts"/><updated>2026-02-20T10:00:00Z</updated>'
            "<published>2026-02-19T10:00:00Z</published><summary>Un pont.</summary>"
            '<content type="xhtml" xml:lang="en"><div xmlns="http://www.w3.org/1999/xhtml">'
            '<p>See <a href="carte.png">the map</a>.</p><ul><li>One</li></ul></div></content></entry>'
        )
    )
    assert (feed.kind, feed.title, feed.home) == ("atom 1.0", "La Revue", "https://revue.example/")
    article = feed.articles[0]
    assert article.headline == "Le pont <neuf>"
    assert article.url == "https://revue.example/2026/pont.html"
    assert article.published == datetime(2026, 2, 19, 10, 0, tzinfo=UTC)
    assert article.updated == datetime(2026, 2, 20, 10, 0, tzinfo=UTC)
    assert article.authors == ("La rédaction",)
    assert (article.comments, article.comments_feed, article.comments_url) == (
        4, "https://revue.example/2026/pont.atom", "https://revue.example/2026/pont.html#avis",
    )  # fmt: skip
    assert article.tags == ("Ponts",)
    assert article.language == "en"
    assert [block.kind for block in article.blocks] == ["paragraph", "item"]
    assert article.blocks[0].text == "See the map."
    assert article.blocks[0].runs[1].href == "https://revue.example/2026/carte.png"
    assert [(run.text, run.href) for run in article.related] == [("Le plan", "https://revue.example/plan")]
    assert article.enclosures[0].url == "https://revue.example/2026/pont.mp3"


@pytest.mark.parametrize(
    ("markup", "headline"),
    [
        ("<title>1 &lt; 2 &amp;amp; so on</title>", "1 < 2 &amp; so on"),
        ('<title type="text">AT&amp;T &lt;b&gt;</title>', "AT&T <b>"),
        ('<title type="html">AT&amp;amp;T &lt;b&gt;up&lt;/b&gt;</title>', "AT&T up"),
        (
            '<title type="xhtml"><div xmlns="http://www.w3.org/1999/xhtml">Less <i>is</i> more</div></title>',
            "Less is more",
        ),
    ],
)
def test_atom_text_constructs(markup: str, headline: str) -> None:
    assert one(ATOM.format(f"<entry><id>1</id>{markup}</entry>")).headline == headline


def test_atom_without_published_takes_updated() -> None:
    article = one(
        ATOM.format("<entry><id>1</id><title>x</title><updated>2026-01-02T03:04:05Z</updated></entry>")
    )
    assert article.published == datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC)


def test_atom_03_with_escaped_content() -> None:
    feed = read(
        '<feed version="0.3" xmlns="http://purl.org/atom/ns#"><title>Old</title>'
        "<entry><title>Tide</title><id>t</id><issued>2025-11-01T00:00:00+09:00</issued>"
        '<content type="text/html" mode="escaped">&lt;p&gt;High &lt;b&gt;water&lt;/b&gt;&lt;/p&gt;</content>'
        "</entry></feed>"
    )
    assert feed.kind == "atom 0.3"
    assert feed.articles[0].blocks[0].text == "High water"
    assert feed.articles[0].published == datetime(2025, 11, 1, tzinfo=timezone(timedelta(hours=9)))


def test_an_entry_quoted_from_another_feed_keeps_its_own_title() -> None:
    article = one(
        ATOM.format(
            "<entry><id>1</id><title>Mine</title><source><title>The Planet</title>"
            "<link href='https://planet.example/'/></source><link href='https://revue.example/1'/></entry>"
        )
    )
    assert (article.headline, article.agency, article.url) == (
        "Mine",
        "The Planet",
        "https://revue.example/1",
    )


def json_feed(items: list[dict[str, Any]], **top: Any) -> str:
    return json.dumps(
        {"version": "https://jsonfeed.org/version/1.1", "title": "J", "items": items} | top,
        ensure_ascii=False,
    )


def test_json_feed_11() -> None:
    feed = read(
        json_feed(
            [
                {
                    "id": 17,
                    "url": "/seventeen",
                    "external_url": "https://elsewhere.example/x",
                    "title": "A <b> in a title",
                    "content_html": "<p>Body</p>",
                    "summary": "In short",
                    "date_published": "2026-02-28T23:00:00-05:00",
                    "authors": [{"name": "Ines"}],
                    "tags": ["a", "b"],
                    "image": "/i.png",
                    "attachments": [{"url": "/x.mp3", "mime_type": "audio/mpeg", "duration_in_seconds": 90}],
                }
            ],
            home_page_url="https://j.example/",
            language="pt-br",
            hubs=[{"type": "WebSub", "url": "https://hub.example/j"}],
        )
    )
    assert (feed.kind, feed.language, feed.hub) == ("json feed 1.1", "pt-BR", "https://hub.example/j")
    article = feed.articles[0]
    assert article.headline == "A <b> in a title"
    assert article.url == "https://paper.example/seventeen"
    assert article.deck == "In short"
    assert article.authors == ("Ines",)
    assert article.tags == ("a", "b")
    assert article.picture == "https://paper.example/i.png"
    assert article.enclosures[0].duration == 90
    assert [(run.text, run.href) for run in article.related] == [
        ("elsewhere.example", "https://elsewhere.example/x")
    ]


def test_json_feed_10_inherits_its_author_and_reads_plain_text_plainly() -> None:
    feed = read(
        json_feed(
            [{"id": "1", "content_text": "if a <b then c\n\nelse d"}],
            version="https://jsonfeed.org/version/1",
            author={"name": "Solo"},
        )
    )
    assert feed.kind == "json feed 1.0"
    article = feed.articles[0]
    assert article.authors == ("Solo",)
    assert [block.text for block in article.blocks] == ["if a <b then c", "else d"]
    assert article.headline == "if a <b then c"
    assert article.full


def test_rss_written_as_json() -> None:
    item = {"title": "T", "link": "https://a.example/1", "guid": {"#value": "g"}, "description": "<p>D</p>"}
    channel = {"title": "C", "item": [item, {"description": "Only text."}]}
    feed = read(json.dumps({"rss": {"version": "2.0", "channel": channel}}))
    assert feed.kind == "rss 2.0 in json"
    assert [article.headline for article in feed.articles] == ["T", "Only text"]


def test_a_podcast() -> None:
    article = one(
        rss(
            "<item><title>Locks</title><guid isPermaLink='false'>e4</guid>"
            "<itunes:author>Radio</itunes:author>"
            "<itunes:duration>1:02:03</itunes:duration><itunes:episode>4</itunes:episode>"
            "<itunes:season>2</itunes:season><itunes:image href='/art.jpg'/><itunes:summary>All about locks."
            "</itunes:summary><enclosure url='/4.mp3' type='audio/mpeg' length='1000'/></item>"
        )
    )
    assert article.kicker == "Season 2, episode 4"
    assert article.authors == ("Radio",)
    assert article.enclosures[0].duration == 3723
    assert article.picture == "https://paper.example/art.jpg"
    assert article.deck == "All about locks."
    assert article.url == ""


def test_links_start_from_the_site_when_the_feed_lives_elsewhere() -> None:
    text = rss("<item><title>x</title><link>news/1</link></item>", "<link>https://site.example/in/</link>")
    assert one(text, url="https://feeds.host.example/x").url == "https://site.example/in/news/1"


def test_the_permalink_is_the_guid_where_there_is_no_link() -> None:
    text = rss("<item><title>x</title><guid>https://paper.example/p/1</guid></item>")
    assert one(text).url == "https://paper.example/p/1"
    text = rss("<item><title>x</title><guid isPermaLink='false'>https://paper.example/p/1</guid></item>")
    assert one(text).url == ""


def test_what_is_no_web_link_is_shown_and_not_kept() -> None:
    article = one(rss("<item><title>x</title><link>javascript:alert(1)</link></item>"))
    assert article.url == ""
    assert article.notes == ("link not opened: javascript:alert(1)",)


def test_names_and_prefixes_as_they_come() -> None:
    article = one(
        '<RSS version="2.0" xmlns:c="http://purl.org/rss/1.0/modules/content/"><Channel><ITEM><Title>Up</Title>'
        "<c:encoded>Text.</c:encoded><PubDate>1 Mar 2026 08:00 GMT</PubDate></ITEM></Channel></RSS>"
    )
    assert (article.headline, article.blocks[0].text) == ("Up", "Text.")
    assert article.published == datetime(2026, 3, 1, 8, tzinfo=UTC)


def test_markup_that_stands_unescaped_in_a_description() -> None:
    article = one(
        rss("<item><title>x</title><description><p>A <b>two</b></p><p>Three</p></description></item>")
    )
    assert [block.text for block in article.blocks] == ["A two", "Three"]


def test_the_readers_language_overrules_the_feeds() -> None:
    text = rss(
        "<item><title>x</title><pubDate>2026-02-01 08:00</pubDate></item>", "<language>en-us</language>"
    )
    assert one(text).language == "en-US"
    article = one(text, language="zh-CN")
    assert article.language == "zh-CN"
    assert article.published is not None
    assert article.published.utcoffset() == timedelta(hours=8)
    chinese_site = one(text, url="https://news.example.cn/rss").published
    assert chinese_site is not None
    assert chinese_site.utcoffset() == timedelta(hours=8)


def test_entries_beyond_the_limit_are_the_oldest() -> None:
    def item(n: int) -> str:
        return f"<item><title>N{n}</title><guid>{n}</guid><pubDate>2026-02-{n:02}</pubDate></item>"

    falling = read(rss("".join(item(n) for n in range(20, 0, -1))), limit=5)
    assert [article.headline for article in falling.articles] == ["N20", "N19", "N18", "N17", "N16"]
    assert falling.notes == ("5 of 20 entries were taken",)
    rising = read(rss("".join(item(n) for n in range(1, 21))), limit=5)
    assert {article.headline for article in rising.articles} == {"N16", "N17", "N18", "N19", "N20"}


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"", "empty"),
        (b" \r\n", "empty"),
        (b"\x1f\x8b\x08junk", "gzip"),
        (
            b"<!doctype html><title>Home</title><p>x",
            "tui-news sources add https://paper.example/feeds/main.xml",
        ),
        (
            b"<html><title>Sign in</title><form><input type=password></form>",
            "login page (“Sign in”)",
        ),
        (b"<!DOCTYPE html><title>Just a moment...</title>", "checks for robots"),
        (b"<?xml version='1.0'?><html xmlns='http://www.w3.org/1999/xhtml'><head/></html>", "web page"),
        (b'{"hello": 1}', "JSON, but no feed"),
        (b'{"items', "JSON that cannot be read"),
        (b"[1,2]", "JSON, but no feed"),
        (b"Not found", "plain text"),
        (b"<urlset xmlns='http://www.sitemaps.org/schemas/sitemap/0.9'/>", 'kind = "sitemap"'),
        (b"<opml version='2.0'><body/></opml>", "sources import"),
        (b"<svg/>", "<svg>"),
        (b"<rss><channel><title>x", "before its first entry"),
        (b"<rss><channel>" + b"<a>" * 5000, "too deep"),
    ],
)
def test_what_is_no_feed_is_named_in_one_line(data: bytes, words: str) -> None:
    with pytest.raises(FeedError) as caught:
        read(data)
    text = str(caught.value)
    assert words in text
    assert "\n" not in text
    assert len(text) < 300


def test_an_empty_feed_is_a_feed() -> None:
    assert read(rss("")).articles == ()
    assert read(json_feed([])).articles == ()


def test_atom_tells_which_entries_were_deleted() -> None:
    """RFC 6721, with what it says to it; what names no entry is left out."""
    feed = read(
        '<feed xmlns="http://www.w3.org/2005/Atom" xmlns:at="http://purl.org/atompub/tombstones/1.0">'
        "<title>T</title><entry><id>tag:a,1</id><title>One</title></entry>"
        '<at:deleted-entry ref="tag:a,2" when="2026-02-05T12:18:30Z"><at:by><name>J</name></at:by>'
        "<at:comment>Removed &lt;b&gt;by the desk&lt;/b&gt;</at:comment></at:deleted-entry>"
        '<at:deleted-entry ref="tag:a,3" when="nonsense"/><at:deleted-entry when="2026-02-05T12:18:30Z"/>'
        "</feed>"
    )
    assert [one.headline for one in feed.articles] == ["One"]
    two, three = feed.deleted
    assert (two.id, two.comment) == (article_id("s", "tag:a,2"), "Removed by the desk")
    assert two.when is not None
    assert two.when.isoformat() == "2026-02-05T12:18:30+00:00"
    assert (three.id, three.when, three.comment) == (article_id("s", "tag:a,3"), None, "")
