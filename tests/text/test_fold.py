"""Folding: width, case, Traditional characters."""

from __future__ import annotations

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.text.fold import fold
from tui_news.text.hans import SIMPLIFIED, TRADITIONAL


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("NATO", "nato"), ("ＮＡＴＯ", "nato"), ("Straße", "strasse"), ("ﬁn", "fin"), ("ｶﾀｶﾅ", "カタカナ"),
        ("臺灣", "台湾"), ("台湾", "台湾"), ("朱鎔基", "朱镕基"), ("經濟發展", "经济发展"), ("", ""),
        ("e\u0301", "é"),
    ],
)  # fmt: skip
def test_what_is_compared_as_the_same(text: str, folded: str) -> None:
    assert fold(text) == folded


def test_the_table_gives_one_character_for_one_and_leads_nowhere_else() -> None:
    assert len(TRADITIONAL) == len(SIMPLIFIED) == len(set(TRADITIONAL)) > 3000
    assert not set(TRADITIONAL) & set(SIMPLIFIED)
    assert fold(TRADITIONAL) == SIMPLIFIED
    assert unicodedata.normalize("NFKC", SIMPLIFIED).casefold() == SIMPLIFIED


@given(st.text(st.characters(codec="ascii")))
def test_the_short_way_for_ascii_is_the_long_way(text: str) -> None:
    assert fold(text) == unicodedata.normalize("NFKC", text).casefold()


@given(st.text())
def test_lines_stay_where_they_are(text: str) -> None:
    assert "\n".join(map(fold, text.split("\n"))) == fold(text)
