"""Addresses as they are shown."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.address import ascii_host, host_of, same_site, shown_url


@pytest.mark.parametrize(
    ("url", "shown"),
    [
        ("https://example.org/a?b#c", "https://example.org/a?b#c"),
        # Cyrillic letters that look like “apple”.
        ("https://аррӏе.example/", "https://xn--80ak6aa92e.example/"),
        ("https://bank.example@evil.example/", "https://evil.example/"),
        ("https://reader:secret@ok.example:8000/x", "https://ok.example:8000/x"),
        ("https://新闻.example/路", "https://xn--efvy88h.example/路"),
        ("http://[::1]:80/", "http://[::1]:80/"),
        ("mailto:desk@ok.example", "mailto:desk@ok.example"),
        ("http://[::1", "http://[::1"),
    ],
)
def test_the_host_is_shown_as_it_is_asked(url: str, shown: str) -> None:
    assert shown_url(url) == shown


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.ok.example/a", "http://ok.example/b", True),
        ("https://news.ok.example/", "https://ok.example/feed", True),
        ("https://ok.example.evil.example/", "https://ok.example/", False),
        ("https://notok.example/", "https://ok.example/", False),
        ("https://ok.example@evil.example/", "https://ok.example/", False),
        ("mailto:x", "https://ok.example/", False),
    ],
)
def test_one_site(one: str, other: str, same: bool) -> None:
    assert same_site(one, other) is same


@given(st.text())
def test_any_host_becomes_ascii(text: str) -> None:
    assert ascii_host(text).isascii()
    assert host_of(f"https://{text}/").isascii()
