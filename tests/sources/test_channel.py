"""Channel pages: the newsroom's twelve layouts, and what misleads."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta, timezone

import pytest

from tests.newsroom import Newsroom, channels
from tui_news.sources.channel import PageError, read_channel
from tui_news.sources.headlines import url_shape

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom(seed=13) as started:
        yield started


def test_twelve_layouts(room: Newsroom) -> None:
    found = false = wanted = dated = 0
    assert len(channels.CHANNELS) >= 12
    for channel, truth in zip(channels.CHANNELS, room.channels, strict=True):
        for number, page in enumerate(truth["pages"][1:2], 2):
            data = channels.render(channel, room.portal, number)
            read = read_channel(data, url=page["url"], source="s", now=room.now)
            assert read.next_url == page["next"]
            assert read.language[:2] == truth["language"][:2]
            assert read.charset == truth["encoding"]
            want = {item["url"]: item for item in page["headlines"]}
            got = {article.url: article for article in read.articles}
            wanted += len(want)
            false += len(got.keys() - want.keys())
            for url, item in want.items():
                article = got.get(url)
                if article is None or article.headline != item["headline"]:
                    continue
                found += 1
                when = datetime.fromisoformat(item["published"])
                exact = timedelta(minutes=1) if truth["dates"] == "minute" else timedelta(days=1)
                dated += article.published is not None and abs(article.published - when) < exact
            assert [a.url for a in read.articles] == [url for url in want if url in got]
            assert all(article.id and article.source == "s" for article in read.articles)
    assert found >= 0.95 * wanted
    assert false <= 0.02 * wanted
    assert dated >= 0.95 * wanted


def test_the_portal_s_lists_are_not_its_headlines(room: Newsroom) -> None:
    channel = channels.CHANNELS[0]
    read = read_channel(
        channels.render(channel, room.portal, 1), url=room.base + channel.path(1), now=room.now
    )
    assert {piece.kind for piece in read.pieces} >= {"searches", "tags", "blogs", "ranking"}


def listing(rows: str) -> bytes:
    menu = "".join(f'<a href="/menu/{i}/">Section {i}</a> ' for i in range(9))
    inside = f"<div>{menu}</div><div>{rows}</div>"
    return f"<html><head><title>Harbour | Courier</title></head><body>{inside}</body></html>".encode()


def row(number: int) -> str:
    path = f"/2026/11/2{number}/the-ferry-is-back-again-{number}"
    link = f'<a href="{path}">The ferry is back again, part {number}</a>'
    summary = f"What it says, told in one sentence of decent length for part {number}."
    when = f'<span class="when">{number + 1} hours ago</span>'
    return f'<div class="row"><h3>{link}</h3><p class="sum">{summary}</p>{when}</div>'


ROWS = "".join(map(row, range(4)))


def test_summaries_and_relative_times() -> None:
    read = read_channel(listing(ROWS), url="https://courier.example/harbour/", now=NOW)
    assert read.title == "Harbour"
    assert [a.headline for a in read.articles] == [f"The ferry is back again, part {i}" for i in range(4)]
    assert (
        read.articles[1].blocks[0].text == "What it says, told in one sentence of decent length for part 1."
    )
    assert read.articles[2].published == NOW - timedelta(hours=3)


def test_selectors_overrule_the_search() -> None:
    selectors = {"item": "div.row", "link": "h3 a", "date": ".when", "summary": "p.sum", "next": "a.older"}
    data = listing(ROWS + '<a class="older" href="/harbour/?p=2">further back</a>')
    read = read_channel(data, url="https://courier.example/harbour/", now=NOW, selectors=selectors)
    assert len(read.articles) == 4
    assert read.articles[0].published == NOW - timedelta(hours=1)
    assert read.next_url == "https://courier.example/harbour/?p=2"
    with pytest.raises(PageError, match="item = 'div\\[\\['"):
        read_channel(data, url="https://courier.example/", now=NOW, selectors={"item": "div[["})


@pytest.mark.parametrize(
    ("printed", "expected"),
    [
        ("昨天 22:17", datetime(2026, 11, 23, 22, 17, tzinfo=CHINA)),
        ("3小时前", NOW - timedelta(hours=3)),
        ("11-20", datetime(2026, 11, 20, 0, 0, tzinfo=CHINA)),
        ("12-30", datetime(2025, 12, 30, 0, 0, tzinfo=CHINA)),
        ("2026-11-20 08:15", datetime(2026, 11, 20, 8, 15, tzinfo=CHINA)),
    ],
)
def test_times_as_lists_print_them(printed: str, expected: datetime) -> None:
    rows = "".join(
        f'<li><a href="/a/{1000 + i}.html">渡轮恢复通航第{i}天，码头排起长队</a> <i>{printed}</i></li>'
        for i in range(5)
    )
    read = read_channel(listing(f"<ul>{rows}</ul>"), url="https://e.example.cn/c/", now=NOW, language="zh")
    assert [article.published for article in read.articles] == [expected] * 5


def test_addresses_of_one_shape() -> None:
    assert url_shape("https://www.e.example/20070901/n251900000.shtml") == "e.example/N/nN.shtml?"
    assert url_shape("https://e.example/2026/11/20/the-ferry-is-back-again") == "e.example/N/N/N/S?"
    assert url_shape("https://e.example/read?id=12&x=3") == "e.example/read?id&x"


def test_pages_without_a_list_have_no_headlines() -> None:
    read = read_channel(
        b"<html><body><p>Nothing here yet.</p></body></html>", url="https://e.example/", now=NOW
    )
    assert read.articles == ()
    with pytest.raises(PageError):
        read_channel(b"", url="https://e.example/", now=NOW)


def test_a_page_of_links_is_capped() -> None:
    data = "".join(
        f'<a href="/2026/a-{i}.html">The ferry is back again, number {i}</a><br>' for i in range(5_000)
    )
    read = read_channel(data.encode(), url="https://e.example/", now=NOW)
    assert 0 < len(read.articles) <= 400
