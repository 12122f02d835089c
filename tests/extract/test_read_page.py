"""Whole pages become articles: text, anatomy, charset; measured on the newsroom's portal and on own pages."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from tests.newsroom import Newsroom
from tui_news.extract import PageError, read_page
from tui_news.model import Article

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    # No request is made: pages are taken from the portal itself, addresses only need a port.
    with Newsroom(seed=11) as started:
        yield started


def body(article: Article) -> str:
    return "\n\n".join(block.text for block in article.blocks if block.kind != "picture")


def grams(text: str) -> Counter[str]:
    letters = "".join(char for char in text if char.isalnum())
    return Counter(letters[start : start + 6] for start in range(max(1, len(letters) - 5)))


def f1(truth: str, got: str) -> float:
    want, have = grams(truth), grams(got)
    return 2 * sum((want & have).values()) / (sum(want.values()) + sum(have.values()))


def test_the_portal_is_read_as_it_was_written(room: Newsroom) -> None:
    """Five layouts in ten editions, on one page and on many, with right, missing and wrong headers."""
    right: Counter[str] = Counter()
    scores: list[float] = []
    truths = room.truth
    for truth in truths:
        article, _ = room.portal.find(truth["url"][len(room.base) :]) or (None, 0)
        assert article is not None
        header = truth["content_type"].partition("charset=")[2]
        pages = [
            read_page(article.page(number), url=url, http_charset=header, source="s", now=room.now)
            for number, url in enumerate(truth["pages"])
        ]
        for page, texts in zip(pages, truth["page_bodies"], strict=True):
            scores.append(f1("\n".join(texts), body(page)))
            for phrase in truth["not_body"]:
                assert phrase not in body(page) or phrase in "\n".join(texts), (page.url, phrase)
        right.update(_fields_right(pages, truth))
        assert pages[0].charset == truth["encoding"]
    assert len(truths) >= 40
    assert sum(scores) / len(scores) >= 0.97
    for name in (
        "headline",
        "agency",
        "authors",
        "editor",
        "breadcrumb",
        "published",
        "kicker",
        "deck",
        "place",
    ):
        least = 0.98 if name == "headline" else 0.95
        assert right[name] >= least * len(truths), (name, right[name])


def _fields_right(pages: list[Article], truth: dict[str, Any]) -> list[str]:
    first, last = pages[0], pages[-1]
    when = datetime.fromisoformat(truth["published"])
    found = {
        "headline": first.headline == truth["headline"],
        "kicker": first.kicker == truth["kicker"],
        "deck": first.deck == truth["deck"],
        "agency": first.agency == truth["agency"],
        "place": first.place.casefold() == truth["place"].casefold(),
        "authors": list(first.authors) == truth["authors"],
        "editor": last.editor == truth["editor"],
        "breadcrumb": list(first.breadcrumb) == truth["breadcrumb"],
        "published": first.published is not None and abs(first.published - when) < timedelta(minutes=1),
    }
    return [name for name, good in found.items() if good]


def test_the_feeds_own_pages(room: Newsroom) -> None:
    from tests.newsroom import pages as newsroom_pages

    feed = room.feeds[0]
    for story in room.stories(feed.path)[:6]:
        data = newsroom_pages.article(room.base, feed, story)
        article = read_page(data, url=f"{room.base}/articles/{story.key}.html", now=room.now)
        assert article.headline == story.headline
        assert article.authors == story.authors
        assert article.published == story.published
        assert article.breadcrumb == story.section
        assert article.tags == story.tags
        assert article.kicker == story.kicker
        assert article.deck == story.deck
        assert story.body[0] in body(article)
        for word in ("Advertisement", "Log in", "Share", "Comments"):
            assert word not in body(article)


SENTENCES = (
    "The ferry to Kestrel Point will run every half hour from Monday, the harbour office said.",
    "It had been stopped in March, after a storm took the lower pier, and came back for summer only.",
    "“We counted the passengers twice,” said Ines Calloway, “and twice we ran out of tickets by noon.”",
    "The new timetable costs the town about a third more, most of it for diesel and for a night watch.",
    "Fishermen had asked for a later last boat, and got it: the lamps now burn until a quarter past eleven.",
)
TEXT = "".join(f"<p>{sentence}</p>" for sentence in SENTENCES)
BROKEN = "<br><br>".join(SENTENCES)
NAVIGATION = "<div>" + "".join(f'<a href="/{i}/">Section number {i}</a> ' for i in range(12)) + "</div>"
TEASERS = (
    "<ul>"
    + "".join(
        f'<li><a href="/2026/11/{i}/other-story-number-{i}">Another story of the day, number {i}</a>'
        f"<p>What it says in one sentence, so that readers go there next.</p></li>"
        for i in range(6)
    )
    + "</ul>"
)
FOOT = "<div>All rights reserved. Use of this site means that you accept our User Agreement, of course.</div>"


def page(inside: str, head: str = "<title>The ferry is back | The Elder Courier</title>") -> bytes:
    inside = f"{NAVIGATION}{inside}{TEASERS}{FOOT}"
    return f"<html><head><meta charset=utf-8>{head}</head><body>{inside}</body></html>".encode()


@pytest.mark.parametrize(
    "inside",
    [
        f"<div><h1>The ferry is back</h1><div>{TEXT}</div></div>",
        f"<table><tr><td><h1>The ferry is back</h1><font>{BROKEN}</font></td><td>{TEASERS}</td></tr></table>",
        "<h1>The ferry is back</h1>" + "".join(f"<section><div>{s}</div></section>" for s in SENTENCES),
        f"<main><article><h1>The ferry is back</h1>{TEXT}</article><aside>{TEASERS}</aside></main>",
        f'<div class="sidebar-left comments"><h1>The ferry is back</h1><div class="share">{TEXT}</div></div>',
        f"<form><h1>The ferry is back</h1><div>{TEXT}</div><input><input><input></form>",
    ],
)
def test_the_text_is_found_in_any_layout(inside: str) -> None:
    article = read_page(page(inside), url="https://courier.example/2026/11/20/ferry.html", now=NOW)
    assert article.headline == "The ferry is back"
    assert body(article) == "\n\n".join(SENTENCES)
    assert article.full


def test_what_is_no_text_is_left_out() -> None:
    parts = list(map("<p>{}</p>".format, SENTENCES))
    parts.insert(
        1,
        "<figure><img src=/f.jpg width=800><figcaption>The pier (Photo: L. Wren)</figcaption></figure>",
    )
    parts.insert(
        3,
        '<p><a href="https://courier.example/2026/storm">Read more: The storm of March, hour by hour</a></p>',
    )
    parts.insert(
        4,
        '<div class="newsletter-signup"><p>Get the Courier in your mailbox each morning, free.</p></div>',
    )
    parts.insert(5, "<p>ADVERTISEMENT</p>")
    parts += [
        "<p>(Reporting by Leo Wren; Editing by Grace Stone)</p>",
        "<p>Follow us on Twitter</p>",
        "<h3>Related stories</h3>",
        TEASERS,
    ]
    article = read_page(
        page(f"<h1>The ferry is back</h1><div>{''.join(parts)}</div>"),
        url="https://courier.example/a",
        now=NOW,
    )
    assert body(article) == "\n\n".join(SENTENCES)
    assert article.editor == "Grace Stone"
    assert article.authors == ("Leo Wren",)
    [picture] = [block for block in article.blocks if block.kind == "picture"]
    assert picture.src == "https://courier.example/f.jpg"
    assert picture.text == "The pier (Photo: L. Wren)"


def test_machine_data_and_its_gaps() -> None:
    head = """<title>Ferry back - Elder Courier</title><meta property="og:site_name" content="Elder Courier">
    <meta property="og:image" content="/og.jpg"><script type="application/ld+json">
    {"@context": "https://schema.org", "@graph": [{"@type": "WebSite", "name": "Elder Courier"},
     {"@type": ["NewsArticle"], "headline": "The ferry is back", "datePublished": "2026-11-20T08:00:00+01:00",
      "dateModified": "2026-11-20T10:30:00+01:00", "author": {"@type": "Person", "name": "By Ada Pike"},
      "keywords": ["ferries", "harbour"], "inLanguage": "en-GB", "commentCount": 12,
      "publisher": {"@type": "Organization", "name": "Elder Courier"},},
     {"@type": "BreadcrumbList", "itemListElement": [
       {"@type": "ListItem", "position": 2, "item": {"@id": "/news/harbour", "name": "Harbour"}},
       {"@type": "ListItem", "position": 1, "item": {"@id": "/news", "name": "News"}}]}]}</script>"""
    article = read_page(
        page(f"<h1>The ferry is back</h1><div>{TEXT}</div>", head), url="https://courier.example/x", now=NOW
    )
    assert article.headline == "The ferry is back"
    assert article.authors == ("Ada Pike",)
    assert article.published == datetime.fromisoformat("2026-11-20T08:00:00+01:00")
    assert article.updated == datetime.fromisoformat("2026-11-20T10:30:00+01:00")
    assert article.breadcrumb == ("News", "Harbour")
    assert article.tags == ("ferries", "harbour")
    assert article.language == "en-GB"
    assert article.comments == 12
    assert article.picture == "https://courier.example/og.jpg"


def test_a_page_that_scripts_fill_is_read_from_its_data() -> None:
    lines = "\\n".join(SENTENCES)
    told = f'{{"@type": "NewsArticle", "headline": "Ferry", "articleBody": "{lines}"}}'
    head = f'<script type="application/ld+json">{told}</script>'
    data = f"<html><head>{head}</head><body><div id=app></div></body></html>".encode()
    article = read_page(data, now=NOW)
    assert body(article) == "\n\n".join(SENTENCES)
    assert any("data for machines" in note for note in article.notes)


@pytest.mark.parametrize(
    ("title", "headline"),
    [
        ("The ferry is back | The Elder Courier", "The ferry is back"),
        ("The ferry is back - Harbour - courier.example", "The ferry is back"),
        ("渡轮回来了_国内要闻_晨星网", "渡轮回来了"),
        ("渡轮回来了-新闻中心-晨星网", "渡轮回来了"),
        ("晨星网 | 渡轮回来了，市民清晨排起长队", "渡轮回来了，市民清晨排起长队"),
        ("A half-hour ferry", "A half-hour ferry"),
    ],
)
def test_a_headline_from_the_title_alone(title: str, headline: str) -> None:
    data = page(f"<div>{TEXT}</div>", f"<title>{title}</title>")
    assert read_page(data, url="https://www.courier.example/x", now=NOW).headline == headline


def test_reader_s_charset_overrules_all() -> None:
    text = "旧河道修复工程今天完工，两岸居民放起了鞭炮，孩子们在新栽的柳树下跑来跑去。" * 6
    data = (
        f"<html><head><meta charset=gb2312><title>河道</title></head><body><h1>河道修好了</h1><p>{text}"
        f"</p></body></html>"
    )
    article = read_page(data.encode("big5", "ignore"), charset="big5", now=NOW)
    assert article.charset == "big5"
    article = read_page(data.encode("gb18030"), http_charset="iso-8859-1", now=NOW)
    assert article.charset == "gb18030"
    assert article.notes
    assert text in body(article)


def test_dates_that_cannot_be_are_not_believed() -> None:
    head = '<title>T</title><meta property="article:published_time" content="2099-01-01T00:00:00Z">'
    article = read_page(
        page(f"<h1>The ferry is back</h1><div>{TEXT}</div>", head),
        url="https://courier.example/2026/11/19/x",
        now=NOW,
    )
    assert article.published is not None
    assert article.published.date().isoformat() == "2026-11-19"


def test_related_links_are_kept_apart() -> None:
    inside = (
        f"<h1>The ferry is back</h1><div>{TEXT}</div><div><b>Related stories</b><ul>"
        + "".join(f'<li><a href="/old/{i}.html">An older story, number {i}</a></li>' for i in range(3))
        + "</ul></div>"
    )
    article = read_page(page(inside), url="https://courier.example/x.html", now=NOW)
    assert [run.text for run in article.related] == [f"An older story, number {i}" for i in range(3)]
    assert article.related[0].href == "https://courier.example/old/0.html"


@pytest.mark.parametrize("data", [b"", b"   \n", b"<!-- -->", b"<!--" * 1000])
def test_no_page_is_said_plainly(data: bytes) -> None:
    with pytest.raises(PageError) as caught:
        read_page(data, now=NOW)
    assert "\n" not in str(caught.value)
    assert len(str(caught.value)) > 20


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("<title>Notice</title><p>The office is closed.</p>", ["The office is closed."]),
        ("<title>Notice</title><h1>Notice</h1>Closed on Monday.", ["Closed on Monday."]),
        ("<p>One.<p>Two, with <a href='/a'>a link</a>.", ["One.", "Two, with a link."]),
        ("<title>通知</title><p>今日停水。", ["今日停水。"]),
        ("<title>Links</title><ul><li><a href=/a>One</a><li><a href=/b>Two</a></ul>", []),
        ("<title>Log in</title><form>Name <input name=n></form>", []),
    ],
)
def test_a_page_of_a_line_or_two_is_read_whole(html: str, texts: list[str]) -> None:
    article = read_page(html.encode(), http_charset="utf-8", url="https://a.example/n", source="s", now=NOW)
    assert [block.text for block in article.blocks] == texts


def test_an_attribute_flood_is_refused_at_once() -> None:
    data = ("<p " + " ".join(f"a{i}=1" for i in range(300_000)) + ">x").encode()
    with pytest.raises(PageError, match="300,000 attributes"):
        read_page(data, now=NOW)


@pytest.mark.parametrize(
    "html",
    [
        "<html><body>" + "<div>" * 100_000 + "<p>hello",
        "<html><body><table>" + ("<tr>" + "<td>cell</td>" * 10 + "</tr>") * 20_000,
        "<a href=/x>" * 20_000 + "hello",
        "<h1>The same headline</h1>" * 20_000,
        '<script type="application/ld+json">' + "[" * 200_000 + "</script><p>hello",
        '<script type="application/ld+json">' + '{"a":' * 50_000 + "1" + "}" * 50_000 + "</script><p>hello",
        "<title>" + "-" * 300_000 + "</title><p>hello",
        "<p>" + "(编辑:" * 100_000,
        "<p>" + "A " * 300_000 + "(",
        "<p class='" + "ad-" * 200_000 + "'>hello",
        b"\x00\xff\xfe".decode("latin-1") * 20_000,
    ],
)
def test_hostile_pages_end(html: str) -> None:
    article = read_page(html.encode(), url="https://e.example/20070901/n1.html", now=NOW)
    assert len(article.blocks) <= 20_000
    assert all(len(text) <= 1_000 for text in (article.headline, article.deck, article.kicker, *article.tags))


def test_nothing_of_a_page_reaches_a_field_uncleaned() -> None:
    evil = "\x1b]0;owned\x07\u202e\x9b31m"
    head = (
        f'<title>{evil}T</title><meta name=keywords content="{evil}"><meta name=author content="{evil}Ada">'
    )
    inside = (
        f"<h1>{evil}The ferry</h1><p>来源：{evil}新华网 2026-11-20 08:00</p><p>{evil}{TEXT}</p><p>(Edit"
        f"ing by {evil}X Y)</p>"
    )
    article = read_page(page(inside, head), url="https://e.example/x", now=NOW)
    assert not any(mark in repr(article) for mark in ("\\x1b", "\\x07", "\\u202e", "\\x9b"))


def test_importing_the_package_loads_no_library() -> None:
    import subprocess
    import sys

    code = (
        "import sys, tui_news.extract; print([m for m in ('lxml', 'trafilatura', 'textual') if m in sys"
        ".modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
