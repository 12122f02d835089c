"""Feeds that are cut, broken, mislabelled or hostile: what can be read is read, nothing hangs or leaks."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

import pytest

from tests.sources.test_feed_formats import NAMES, NOW, URL, json_feed, one, read, rss
from tui_news.sources.feed import FeedError, parse_feed

ITEMS = [
    f"<item><title>Story {n}</title><link>https://paper.example/{n}</link><guid>id-{n}</guid>"
    f"<description>What happened at {n} o'clock.</description></item>"
    for n in range(12)
]
WHOLE = rss("".join(ITEMS))


def titles(data: str | bytes, **options: Any) -> list[str]:
    return [article.headline for article in read(data, **options).articles]


ALL = [f"Story {n}" for n in range(12)]


@pytest.mark.parametrize("cut", [0.3, 0.5, 0.77, 0.9])
def test_a_cut_feed_gives_what_precedes_the_cut(cut: float) -> None:
    text = WHOLE[: int(len(WHOLE) * cut)]
    feed = read(text)
    whole = text.count("</item>")
    assert feed.damaged
    assert [article.headline for article in feed.articles] == ALL[:whole]
    assert {article.id for article in feed.articles} <= {article.id for article in read(WHOLE).articles}
    assert feed.title == "The Paper"


def test_cut_between_entries_nothing_is_left_out() -> None:
    text = WHOLE[: WHOLE.rindex("</channel>")]
    feed = read(text)
    assert feed.damaged
    assert len(feed.articles) == 12


def test_cut_within_the_first_entry_there_is_nothing_to_keep() -> None:
    with pytest.raises(FeedError, match="cut short within its first entry"):
        read(WHOLE[: WHOLE.index("<guid>")])


def test_a_cut_json_feed_gives_what_precedes_the_cut() -> None:
    text = json_feed([{"id": str(n), "title": f"Story {n}", "content_text": "x"} for n in range(12)])
    feed = read(text[: text.index("Story 7")])
    assert feed.damaged
    assert feed.title == "J"
    assert [article.headline for article in feed.articles] == ALL[:7]


def at_item(n: int, old: str, new: str) -> str:
    broken = ITEMS[n].replace(old, new, 1)
    assert broken != ITEMS[n]
    return rss("".join([*ITEMS[:n], broken, *ITEMS[n + 1 :]]))


@pytest.mark.parametrize(
    "text",
    [
        at_item(4, "</title>", ""),
        at_item(4, "</item>", ""),
        at_item(4, "</description>", ""),
        at_item(4, "<description>", "<description><![CDATA["),
        at_item(4, "<description>", "<description><!-- "),
        at_item(4, "<description>", "<description>a < b <"),
        at_item(4, "<guid>", "<guid id=>"),
        at_item(4, "<guid>", '<guid isPermaLink="false>'),
        at_item(4, "<guid>", "<x:unbound/><guid>"),
    ],
)
def test_damage_stays_within_its_entry(text: str) -> None:
    found = titles(text)
    assert [title for title in ALL if title != "Story 4"] == [
        title for title in found if "Story 4" not in title
    ]
    assert any("Story 4" in title for title in found)


@pytest.mark.parametrize(
    ("old", "new", "headline"),
    [
        ("Story 4", "Salt & pepper", "Salt & pepper"),
        ("Story 4", "Caf&eacute;&nbsp;noir", "Café noir"),
        ("Story 4", "R&D; &unknown; x", "R&D; &unknown; x"),
        ("Story 4", "a\x01b\x00c", "abc"),
        ("Story 4", "&#x0;&#11;&#xD800;x&#x41;", "\ufffdxA"),
        ("Story 4", "in \x1b[31mred\x1b[0m", "in red"),
        ("Story 4", "\x1b]0;window\x07title", "title"),
        ("Story 4", "<![CDATA[Q&A & more]]>", "Q&A & more"),
    ],
)
def test_small_faults_are_put_right_without_damage(old: str, new: str, headline: str) -> None:
    feed = read(at_item(4, old, new))
    assert not feed.damaged
    assert feed.articles[4].headline == headline
    assert len(feed.articles) == 12


def test_cdata_is_left_alone_while_the_rest_is_put_right() -> None:
    text = at_item(4, "https://paper.example/4", "<![CDATA[https://paper.example/?a=1&b=2]]>")
    text = text.replace("Story 5", "Fish & chips")
    assert read(text).articles[4].url == "https://paper.example/?a=1&b=2"


def test_what_is_printed_before_the_feed_goes() -> None:
    assert titles("\n\n<br />\n<b>Warning</b>: late in <b>feed.php</b> on line 3\n" + WHOLE) == ALL
    assert titles("\ufeff  \n" + WHOLE) == ALL
    assert titles("<html><body>oops " + WHOLE) == ALL


def test_a_bomb_of_entities_is_nothing() -> None:
    entities = "<!ENTITY a0 'ha'>" + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 12))
    text = WHOLE.replace("<rss", f"<!DOCTYPE rss [{entities}]><rss", 1).replace("Story 3", "&a11;!")
    text = text.replace("<guid>id-2", '<enclosure url="https://x.example/&a11;"/><guid>id-2')
    start = time.process_time()
    feed = read(text)
    assert time.process_time() - start < 5  # it would never end
    assert feed.articles[3].headline == "!"
    assert feed.articles[2].enclosures[0].url == "https://x.example/"


def test_no_file_is_read_into_a_feed() -> None:
    dtd = (
        "<!DOCTYPE rss [<!ENTITY f SYSTEM 'file:///etc/passwd'><!ENTITY % p SYSTEM 'file:///etc/hosts'> %p;]>"
    )
    text = WHOLE.replace("<rss", dtd + "<rss", 1).replace("Story 3", "[&f;]")
    feed = read(text)
    assert feed.articles[3].headline == "[]"
    assert "root:" not in repr(feed)


HOSTILE: dict[str, Callable[[], str]] = {
    "angles": lambda: "<" * 2_000_000,
    "angles in an entry": lambda: rss("<item><title>x</title><description>" + "<" * 2_000_000),
    "comments never closed": lambda: rss("<!-- " + "".join(ITEMS) * 2000),
    "comments escaped": lambda: rss(f"<item><title>{'&lt;!--' * 200_000}</title><guid>1</guid></item>"),
    "sections": lambda: rss("<item><title>x</title>" + "<![CDATA[" * 200_000),
    "ampersands": lambda: rss(f"<item><title>{'&' * 500_000}</title></item>"),
    "deep": lambda: rss("<item>" + "<a>" * 100_000 + "</item>"),
    "entries within entries": lambda: rss("<item>" * 100_000),
    "attributes": lambda: rss("<item " + " ".join(f'a{n}="1"' for n in range(50_000)) + "/>"),
    "types": lambda: "<!DOCTYPE rss [" + "<!ENTITY a '" * 100_000,
    "json": lambda: '{"items": [' + "[" * 500_000,
    "json objects": lambda: '{"items": [{"id": ' + '{"a":' * 300_000,
    "a date": lambda: rss(f"<item><title>x</title><pubDate>{'1 ' * 500_000}</pubDate></item>"),
    "dots": lambda: rss(f"<item><description>{'.' * 5_000}</description></item>" * 200),
    "a base": lambda: rss(f"<item xml:base='{'a/' * 100_000}'><title>x</title><link>b</link></item>"),
}  # fmt: skip


@pytest.mark.timeout(20)
@pytest.mark.parametrize("name", HOSTILE)
def test_nothing_hangs_or_recurses(name: str) -> None:
    try:
        articles = read(HOSTILE[name]()).articles
    except FeedError:
        return
    assert all(len(article.headline) <= 1000 for article in articles)


def test_titles_are_never_markup_and_read_as_written() -> None:
    cases = {
        "[2026] [Update] arr[0] $x": "[2026] [Update] arr[0] $x",
        "[@click=app.quit]Read[/]": "[@click=app.quit]Read[/]",
        "&lt;b&gt;Bold&lt;/b&gt; move": "Bold move",
        "arr[0] &lt;x": "arr[0] <x",
        "Why List&lt;String&gt; is not List&lt;Object&gt;": "Why List<String> is not List<Object>",
        "&amp;lt;b&amp;gt; is a tag": "<b> is a tag",
        "A &amp;amp; B &amp;#8211; C": "A & B – C",
        "one\ntwo\r\n\tthree": "one two three",
        "over\u202ewritten\u202c": "overwritten",
    }
    for title, headline in cases.items():
        assert one(rss(f"<item><title>{title}</title></item>")).headline == headline


def test_entries_with_nothing_in_them_are_passed_over() -> None:
    assert titles(rss("<item/><item><title/></item><item><title>ok</title></item>")) == ["ok"]
    assert titles(rss("<item><link>https://a.example/</link></item>")) == ["(untitled)"]


HEADLINE = "镕基访问国际新闻中心"
BODY = "朱镕基在北京会见了来访的客人，并且回答了记者们提出的许多问题。"


@pytest.mark.parametrize(
    ("codec", "label", "header", "charset"),
    [
        ("gb18030", "gb2312", "", "gb18030"),
        ("gb18030", "gb2312", "iso-8859-1", "gb18030"),
        ("gb18030", "gb18030", "", "gb18030"),
        ("utf-8", "", "", "utf-8"),
        ("utf-8", "utf-8", "gb2312", "utf-8"),
        ("utf-16", "utf-16", "", "utf-16le"),
    ],
)
def test_chinese_feeds_by_any_label(codec: str, label: str, header: str, charset: str) -> None:
    text = rss(f"<item><title>{HEADLINE}</title><description>{BODY * 3}</description></item>")
    text = text.replace('encoding="utf-8"', f'encoding="{label}"' if label else "")
    article = one(text.encode(codec), http_charset=header)
    assert article.headline == HEADLINE
    assert article.blocks[0].text == BODY * 3
    assert article.charset == charset


@pytest.mark.parametrize(
    ("codec", "label", "title"),
    [
        ("shift_jis", "Shift_JIS", "東京で桜が咲き始めた"),
        ("euc_jp", "EUC-JP", "東京で桜が咲き始めた"),
        ("big5", "Big5", "臺北的捷運又開通了一條新線"),
        ("cp949", "EUC-KR", "서울에 첫눈이 내렸다"),
        ("cp1252", "windows-1252", "Zürich – “café”"),
        ("cp1252", "utf-8", "Zürich – “café” – Genève – Vevey"),
        ("koi8_r", "KOI8-R", "Мост открыт"),
    ],
)
def test_other_legacy_encodings(codec: str, label: str, title: str) -> None:
    text = rss(f"<item><title>{title}</title><description>{title}. {title}.</description></item>")
    text = text.replace('encoding="utf-8"', f'encoding="{label}"')
    assert one(text.encode(codec)).headline == title


def test_a_header_that_says_utf_16_of_broken_utf_8_is_not_believed() -> None:
    data = WHOLE.encode().replace(b"Story 3", b"Story \xff")
    assert titles(data, http_charset="utf-16")[4] == "Story 4"


def test_the_readers_charset_overrules_all() -> None:
    text = rss(f"<item><title>{HEADLINE}</title></item>")
    assert one(text.encode("gb18030"), http_charset="utf-8", charset="gb18030").headline == HEADLINE


@pytest.mark.parametrize("name", ["zlib", "hex", "idna", "\x00", "utf-7", "no-such-charset", "x" * 5000])
def test_no_charsets_name_raises(name: str) -> None:
    assert titles(WHOLE, http_charset=name) == ALL
    assert titles(WHOLE.replace('"utf-8"', f'"{name}"').replace("\x00", "")) == ALL


def test_a_json_feed_in_a_legacy_charset() -> None:
    text = json.dumps({"items": [{"id": "1", "title": HEADLINE}]}, ensure_ascii=False)
    assert one(text.encode("gb18030"), charset="gb18030").headline == HEADLINE


def test_lone_surrogates_in_json_do_no_harm() -> None:
    text = '{"items": [{"id": "\\ud800", "title": "a\\udc00b", "url": "https://x.example/\\ud800"}]}'
    assert one(text).headline == "ab"


def test_prefixes_that_the_feed_never_bound() -> None:
    text = WHOLE.replace(NAMES, "").replace("<guid>id-3", "<dc:creator>Ada</dc:creator><guid>id-3")
    feed = parse_feed(text.encode(), source="s", url=URL, now=NOW)
    assert feed.articles[3].authors == ("Ada",)
    assert [article.headline for article in feed.articles] == ALL
