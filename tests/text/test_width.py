"""Cutting and padding by cells: never wider than asked, never through a cluster."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st
from rich import cells

from tui_news.text.width import cell_len, fit, graphemes, pad, split_at

MIXED = st.lists(
    st.sampled_from(["a", "好", "，", "é", "👨‍👩‍👧", "🇯🇵", "ｱ", " ", "한", "…"]), max_size=40
).map("".join)


@given(MIXED, st.integers(0, 50))
def test_fit_is_never_wider_and_keeps_what_fits(text: str, width: int) -> None:
    fitted = fit(text, width)
    assert cell_len(fitted) <= width
    if cell_len(text) <= width:
        assert fitted == text or width == 0
    elif width:
        assert fitted.endswith("…")


@given(MIXED, st.integers(0, 50), st.booleans())
def test_pad_is_exactly_as_wide_as_asked(text: str, width: int, right: bool) -> None:
    assert cell_len(pad(text, width, right)) == width


@given(MIXED, st.integers(0, 50))
def test_splitting_loses_nothing_and_cuts_no_cluster(text: str, width: int) -> None:
    head, rest = split_at(text, width)
    assert head + rest == text
    assert cell_len(head) <= width
    assert graphemes(head) + graphemes(rest) == graphemes(text)


@given(st.text(alphabet=st.characters(max_codepoint=0xFFFF), max_size=12))
def test_what_is_measured_without_the_table_is_as_wide_as_the_table_says(text: str) -> None:
    assert cell_len(text) == cells.cell_len(text)


@given(st.text(alphabet="a中\u200d\ufe0f\u0301🎉👩🏽🌾🇨🇳🗞🛰🤌🧑é…", max_size=8), st.integers(0, 12))
def test_emoji_are_measured_and_cut_as_the_table_says(text: str, width: int) -> None:
    assert cell_len(text) == cells.cell_len(text)
    head, rest = split_at(text, width)
    assert head + rest == text
    assert graphemes(head) + graphemes(rest) == graphemes(text)


def test_every_character_measured_without_the_table_is_as_wide_as_the_table_says() -> None:
    for char in map(chr, (*range(0x20, 0xD800), *range(0x1F000, 0x1FB00))):
        assert cell_len(char) == cells.cell_len(char), f"U+{ord(char):04X}"
