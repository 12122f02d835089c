"""Floods of what opens something and never closes it are read in linear time; a page needs no body tag."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tui_news.extract import read_page, text_from_html

NOW = datetime(2026, 11, 20, tzinfo=UTC)
TEXT = "<p>" + "A sentence of an article, with a comma and a stop. " * 12 + "</p>"


@pytest.mark.timeout(20)
@pytest.mark.parametrize("piece", ["<!--", "<", "<a ", "<![CDATA[", "&", "<p title='"])
def test_a_flood_is_plain_text_at_once(piece: str) -> None:
    assert isinstance(text_from_html(piece * (2_000_000 // len(piece))), str)


@pytest.mark.parametrize(
    "head",
    [
        "<title>x</title>",
        "<script>x()</script>",
        "<meta charset=utf-8>",
        "<link rel=icon href=i><style>a</style>",
    ],
)
@pytest.mark.parametrize("tag", ["article", "main", "section"])
def test_a_page_may_leave_out_its_body(head: str, tag: str) -> None:
    page = f"<!doctype html>{head}<{tag}><h1>The lock</h1>{TEXT * 3}</{tag}>".encode()
    article = read_page(page, url="https://a.example/1", now=NOW)
    assert len(article.blocks) >= 3


@pytest.mark.timeout(20)
@pytest.mark.parametrize(("name", "piece"), [("src", "gray"), ("srcset", ","), ("class", "_"), ("alt", "a ")])
def test_a_flood_in_an_attribute_is_read_at_once(name: str, piece: str) -> None:
    picture = f'<img {name}="{piece * (2_000_000 // len(piece))}">'
    page = f"<body><article><h1>The lock</h1>{TEXT}{picture}{TEXT}</article>".encode()
    assert read_page(page, url="https://a.example/1", now=NOW).blocks
