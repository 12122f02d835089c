"""Portal pieces, next pages, joined pages."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from tests.newsroom import Newsroom
from tui_news.extract import join_pages, next_page_url, portal_pieces, read_page

NOW = datetime(2026, 11, 24, tzinfo=UTC)


@pytest.fixture(scope="module")
def room() -> Iterator[Newsroom]:
    with Newsroom(seed=12) as started:
        yield started


def test_the_portal_s_pieces(room: Newsroom) -> None:
    wanted = found = 0
    for truth in room.truth[::4]:
        article, _ = room.portal.find(truth["url"][len(room.base) :]) or (None, 0)
        assert article is not None
        pieces = {piece.label: piece for piece in portal_pieces(article.page(0), truth["url"])}
        for want in truth["pieces"]:
            wanted += 1
            piece = pieces.get(want["label"].rstrip(":："))
            if piece and piece.kind == want["kind"] and [r.text for r in piece.links] == want["items"]:
                found += 1
                assert all(run.href.startswith(room.base) for run in piece.links)
    assert wanted > 140
    assert found >= 0.98 * wanted


def test_every_next_page_of_the_portal(room: Newsroom) -> None:
    for truth in room.truth[::3]:
        article, _ = room.portal.find(truth["url"][len(room.base) :]) or (None, 0)
        assert article is not None
        pages = [*truth["pages"], ""]
        for number, url in enumerate(truth["pages"]):
            assert next_page_url(article.page(number), url) == pages[number + 1]


def test_pages_are_joined(room: Newsroom) -> None:
    truth = next(t for t in room.truth if len(t["pages"]) > 1)
    article, _ = room.portal.find(truth["url"][len(room.base) :]) or (None, 0)
    assert article is not None
    pages = [read_page(article.page(n), url=u, now=room.now) for n, u in enumerate(truth["pages"])]
    whole = join_pages(pages)
    text = "".join(block.text for block in whole.blocks)
    assert all(part.lstrip("—・▲ ")[:30] in text for part in truth["body"])
    assert whole.editor == truth["editor"]
    assert whole.headline == truth["headline"]
    assert whole.url == truth["url"]
    with pytest.raises(ValueError, match="no pages"):
        join_pages([])


@pytest.mark.parametrize(
    ("html", "url", "following"),
    [
        ('<a href="a_2.html">下一页</a>', "https://e.example/x/a.html", "https://e.example/x/a_2.html"),
        ('<a href="?page=3">Next page</a>', "https://e.example/x/a?page=2", "https://e.example/x/a?page=3"),
        ('<a href="/x/a/2">2</a><a href="/x/a/3">3</a>', "https://e.example/x/a", "https://e.example/x/a/2"),
        ('<link rel=next href="/x/a/2">', "https://e.example/x/a", "https://e.example/x/a/2"),
        ('<link rel=next href="/x/another-post">', "https://e.example/x/a", ""),
        ('<a href="b.html">下一篇</a>', "https://e.example/x/a.html", ""),
        ('<a href="https://other.example/x/a_2.html">下一页</a>', "https://e.example/x/a.html", ""),
        ('<a href="javascript:next()">下一页</a>', "https://e.example/x/a.html", ""),
        ('<a href="a.html">上一页</a><b>2</b>', "https://e.example/x/a_2.html", ""),
    ],
)
def test_next_pages(html: str, url: str, following: str) -> None:
    assert next_page_url(f"<body>{html}</body>".encode(), url) == following


def test_lists_without_a_label_count_only_as_searches() -> None:
    hot = " ".join(f'<a href="/s?wd={i}">热词{i}</a>' for i in range(6))
    menu = " | ".join(f'<a href="/{i}/">频道{i}</a>' for i in range(6))
    pieces = portal_pieces(f"<body><div>{menu}</div><div>{hot}</div></body>".encode(), "https://e.example/")
    assert [(piece.kind, len(piece.links)) for piece in pieces] == [("searches", 6)]


def test_nothing_gives_no_pieces() -> None:
    assert portal_pieces(b"", "https://e.example/") == ()
    assert next_page_url(b"", "https://e.example/") == ""
