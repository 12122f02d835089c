"""The cleaner's promises, by property: whatever comes in, what comes out cannot steer a terminal."""

from __future__ import annotations

import re
import unicodedata

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tui_news.model import Block, Run
from tui_news.text import clean
from tui_news.text.clean import (
    LINE_LIMIT,
    MAX_MARKS,
    clean_block,
    clean_body,
    clean_line,
    clean_url,
    is_web_url,
)

NASTY = st.sampled_from(
    [
        "\x1b]0;title\x07",
        "\x1b[2J", "\x1b[31m", "\x9b31m", "\x9d0;x\x9c", "\x1bP+q544e\x1b\\", "\x1b", "\x1bc",
        "\x00", "\x07", "\x08", "\x0e", "\x7f", "\x85", "\x9f", "\u202e", "\u2066", "\u2069", "\u200b",
        "\u200d", "\u200c", "\ufeff", "\ufe0f", "\U000e0041", "\U000e0100", "\u3164", "\xad", "\u2028",
        "\ud800", "\udfff", "\u0301" * 20, "❤", "👩", "漢", "क",
        "\r\n", "\t", "\n", "[31m", "a", "[@click=app.quit]",
    ]
)  # fmt: skip
HOSTILE = st.lists(st.one_of(NASTY, st.text(max_size=5)), max_size=30).map("".join)

CONTROL = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\ud800-\udfff]")
BIDI = re.compile("[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
INVISIBLE = re.compile("[\xad\u200b\u2060-\u2064\u3164\uffa0\u115f\u1160\ufeff\U000e0000-\U000e007f]")


def assert_harmless(text: str) -> None:
    assert not BIDI.search(text)
    assert not INVISIBLE.search(text)
    marks = 0
    for char in text:
        marks = marks + 1 if unicodedata.category(char) in ("Mn", "Me") else 0
        assert marks <= MAX_MARKS
    text.encode("utf-8")  # no surrogate is left


@given(HOSTILE)
@example("\u2764\u200d\ufe0f")
@example("\x1b\x1b[31m[0m")
def test_a_line_is_harmless_one_line_and_stays_as_it_is(text: str) -> None:
    cleaned = clean_line(text)
    assert_harmless(cleaned)
    assert not CONTROL.search(cleaned)
    assert "  " not in cleaned
    assert cleaned == cleaned.strip()
    assert len(cleaned) <= LINE_LIMIT
    assert clean_line(cleaned) == cleaned


@given(HOSTILE)
def test_a_body_keeps_its_newlines_and_nothing_else_of_the_controls(text: str) -> None:
    cleaned = clean_body(text)
    assert_harmless(cleaned)
    assert not CONTROL.search(cleaned.replace("\n", ""))
    assert clean_body(cleaned) == cleaned


@given(HOSTILE)
def test_a_url_has_neither_controls_nor_spaces(text: str) -> None:
    cleaned = clean_url("https://example.org/" + text)
    assert_harmless(cleaned)
    assert not CONTROL.search(cleaned)
    assert not re.search(r"\s", cleaned)
    assert clean_url(cleaned) == cleaned


@given(st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=200))
def test_plain_text_is_left_alone(text: str) -> None:
    assert clean_body(text) == text
    assert clean_line(text) == " ".join(text.split())


@pytest.mark.parametrize(
    ("dirty", "expected"),
    [
        ("Say \x1b]0;PWN\x07hello", "Say hello"),
        ("red \x1b[31mtext\x1b[0m", "red text"),
        ("c1 \u009b31mtext", "c1 text"),
        ("unterminated \x1b]52;c;x", "unterminated ]52;c;x"),
        ("unterminated \x1bPq, and the \x1b[31mrest\x07 stays", "unterminated Pq, and the rest stays"),
        ("unterminated \x9fq, and the \x1b[0m rest\x07 stays", "unterminated q, and the rest stays"),
        ("ended \x1b_Gi=1;AAAA\x1b\\ string", "ended string"),
        ("\u202egpj.exe\u202c", "gpj.exe"),
        ("pay\u200bpal", "paypal"),
        ("line one\nline two\r\n\tthree", "line one line two three"),
        ("中文\u3000\u3000标题", "中文\u3000标题"),
        ("arr[0] [bold] $x", "arr[0] [bold] $x"),
        ("👨‍👩‍👧 ❤️ 🇯🇵", "👨‍👩‍👧 ❤️ 🇯🇵"),
        ("می‌خواهم", "می‌خواهم"),
        ("葛\U000e0100城", "葛\U000e0100城"),
        ("a\u200db", "ab"),
    ],
)  # fmt: skip
def test_examples(dirty: str, expected: str) -> None:
    assert clean_line(dirty) == expected


def test_the_short_way_takes_no_character_that_the_long_way_would_change() -> None:
    for code in range(0x110000):
        char = chr(code)
        if not char.isprintable():
            continue
        marks = unicodedata.category(char) in ("Mn", "Me")
        if marks or clean._SUSPECT.match(char):
            assert clean._CLOSER_LOOK.match(char), hex(code)
        if marks:
            assert len(clean_line("a" + char * (MAX_MARKS + 1))) <= MAX_MARKS + 1, hex(code)


def test_a_megabyte_of_title_is_cut_without_cutting_a_cluster() -> None:
    assert clean_line("W" * 1_000_000) == "W" * LINE_LIMIT
    family = "👨‍👩‍👧"
    cut = clean_line(family * 500)
    assert cut == family * (len(cut) // len(family))


def test_every_text_of_a_block_is_cleaned() -> None:
    block = Block(
        "table",
        (Run("a\x1b[31mb", "s", "https://x.example/\x07y"),),
        level=99,
        src="https://x.example/a b",
        alt="pic\u202e",
        rows=(((Run("c\x00ell"),),),),
    )
    cleaned = clean_block(block)
    assert cleaned.runs == (Run("ab", "s", "https://x.example/y"),)
    assert cleaned.rows == (((Run("cell"),),),)
    assert (cleaned.src, cleaned.alt, cleaned.level) == ("https://x.example/a%20b", "pic", 12)


@pytest.mark.parametrize(
    ("url", "is_web"),
    [
        ("https://example.org/", True), ("http://[::1]:8000/x", True), ("file:///etc/passwd", False),
        ("javascript:alert(1)", False), ("https://", False), ("--option", False), ("http://[bad", False),
    ],
)  # fmt: skip
def test_only_http_and_https_are_web_urls(url: str, is_web: bool) -> None:
    assert is_web_url(url) is is_web
