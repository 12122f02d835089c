"""Filling lines: kinsoku, nothing lost, nothing cut, no line wider or shorter than it must be."""

from __future__ import annotations

from bisect import bisect_right
from random import Random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.typeset.prose import CLOSING, HANZI, OPENING, PAIRS, paragraph, paragraphs, violations
from tui_news.model import Block, Run
from tui_news.text.clean import clean_block
from tui_news.text.width import cell_len, graphemes
from tui_news.typeset import Line, Options, set_block
from tui_news.typeset.breaks import opportunities
from tui_news.typeset.measure import boundary

WIDTHS = st.integers(10, 120)
PLAIN = Options(measure=200)


def set_text(text: str, width: int, options: Options = PLAIN) -> list[Line]:
    return set_block(Block("paragraph", (Run(text),)), width, options)


def bodies(lines: list[Line]) -> list[str]:
    return [line.text[line.inset :] for line in lines]


def joined(lines: list[Line]) -> str:
    return "".join(line.text[line.inset :] + line.glue for line in lines)


@given(paragraphs(), WIDTHS)
@settings(max_examples=400, deadline=None)
def test_no_line_breaks_kinsoku(text: str, width: int) -> None:
    assert violations(bodies(set_text(text, width))) == []


def test_no_line_breaks_kinsoku_at_any_width() -> None:
    random = Random(20071124)
    for _ in range(25):
        text = paragraph(random)
        for width in range(10, 121):
            assert violations(bodies(set_text(text, width))) == [], (text, width)


@given(paragraphs(), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_lines_hold_the_text_whole(text: str, width: int) -> None:
    lines = set_text(text, width)
    assert joined(lines) == text
    assert all(not line.glue.strip() for line in lines)


@given(paragraphs(), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_no_line_is_wider_than_the_measure_but_for_hanging_marks(text: str, width: int) -> None:
    for line in set_text(text, width):
        if line.width > width:
            assert line.width <= width + 2
            assert line.text[-1] in CLOSING + ",.!?;:)"


@given(paragraphs(), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_no_cluster_is_cut(text: str, width: int) -> None:
    starts = {0}
    at = 0
    for cluster, _ in graphemes(text):
        at += len(cluster)
        starts.add(at)
    at = 0
    for line in set_text(text, width)[:-1]:
        at += len(line.text) - line.inset + len(line.glue)
        assert at in starts
        assert boundary(text, at)
        assert text[at - 1 : at + 1] not in ("🇨🇳", "👍🏽")


@given(paragraphs(), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_every_line_ends_at_the_last_permitted_place_that_fits(text: str, width: int) -> None:
    places = opportunities(text)
    at = 0
    for line in set_text(text, width)[:-1]:
        lead = cell_len(line.text[: line.inset])
        resume = at + len(line.text) - line.inset + len(line.glue)
        following = places[bisect_right(places, resume)]
        assert lead + cell_len(text[at:following].rstrip(" ")) > width
        at = resume


@st.composite
def pure_chinese(draw: st.DrawFn) -> str:
    pieces = draw(
        st.lists(
            st.one_of(
                st.text(HANZI, min_size=1, max_size=9),
                st.sampled_from(list("，。、；：！？")).map(lambda mark: "文" + mark),
                st.sampled_from(PAIRS).map(lambda pair: f"{pair[0]}城市{pair[1]}"),
            ),
            min_size=1,
            max_size=20,
        )
    )
    return "".join(pieces)


@given(pure_chinese(), WIDTHS)
@settings(max_examples=200, deadline=None)
def test_a_chinese_line_is_short_only_where_a_mark_forbids_more(text: str, width: int) -> None:
    """Judged without the typesetter's own idea of where lines may end."""
    at = 0
    for line in set_text(text, width)[:-1]:
        used = line.width
        at += len(line.text) - line.inset
        end = at
        while end < len(text) and used + cell_len(text[end]) <= width:
            used += cell_len(text[end])
            end += 1
            assert end == len(text) or text[end] in CLOSING or text[end - 1] in OPENING, line.text


@given(st.text(max_size=200), st.integers(1, 130))
@example("\u3000\u3000。", 10)
@example("。" * 50, 10)
@example("“" * 50, 10)
@example("a" + "\u0301" * 8 + "\u200d", 4)
@example("文     。", 4)
@example("\n\n文\n\n", 8)
@settings(max_examples=300, deadline=None)
def test_any_text_at_any_width_gives_lines_that_hold_it(text: str, width: int) -> None:
    block = clean_block(Block("paragraph", (Run(text),)))
    lines = set_block(block, width)
    held = "".join("".join(joined(lines).split()))
    assert held == "".join(block.text.split())
    limit = max(4, width) + 2
    assert all(line.width <= limit for line in lines)


@pytest.mark.parametrize(
    "whole",
    [
        "——",
        "……",
        "2007年",
        "35％",
        "$1.2",
        "Linux",
        "№5",
        "24/7",
        "19:34",
        "👨\u200d👩\u200d👧",
        "🇨🇳",
        "TCP/IP",
    ],
)
def test_what_belongs_together_stays_together(whole: str) -> None:
    text = "".join(f"{HANZI[i : i + 1 + i % 5]}{whole}" for i in range(24)) + "。"
    for width in range(10, 60):
        assert sum(body.count(whole) for body in bodies(set_text(text, width))) == 24, width


def test_a_unit_stays_with_its_number() -> None:
    text = "The line is 340 km long, drew 15 MW and ran at 80 km/h in 12 % of the trials. " * 3
    for width in range(20, 60):
        assert all(line.text[-1] not in "0123456789" for line in set_text(text, width)), width


def test_a_mixed_line_is_filled_up_to_the_edge() -> None:
    """A run of ideographs begins right after a Latin word instead of moving down whole."""
    lines = set_text(
        "用户从Microsoft Windows XP操作系统转到了别的系统，记者报道。", 32, Options(indent=False)
    )
    assert lines[0].text == "用户从Microsoft Windows XP操作系"
    assert lines[0].width == 32


def test_one_closing_mark_hangs_where_else_a_bad_break_would_be_forced() -> None:
    lines = set_text("「（一）」。人", 10, Options(indent=False))
    assert [(line.text, line.width) for line in lines] == [("「（一）」。", 12), ("人", 2)]


def test_marks_do_not_hang_where_a_line_can_end_before() -> None:
    lines = set_text("一二三四五。", 10, Options(indent=False))
    assert [line.text for line in lines] == ["一二三四", "五。"]


def test_long_addresses_end_lines_at_sensible_places() -> None:
    url = "https://news.example.org/archive_of_everything.that.is/section?page=12&sort=by_date&order=newest"
    texts = [line.text for line in set_text(url, 30, Options(indent=False))]
    assert "".join(texts) == url
    assert all(text[-1] in "/?&=._-" for text in texts[:-1])


def test_a_word_without_any_place_is_cut_only_when_it_exceeds_the_line() -> None:
    lines = set_text("see " + "a" * 50, 20, Options(indent=False))
    assert [line.text for line in lines] == ["see", "a" * 20, "a" * 20, "a" * 10]


def test_no_break_spaces_hold() -> None:
    lines = set_text("Mr\u00a0Lee and Mrs\u00a0Lee", 12, Options(indent=False))
    assert [line.text for line in lines] == ["Mr\u00a0Lee and", "Mrs\u00a0Lee"]


@pytest.mark.parametrize("cluster", ["क्", "🇨🇳", "。", "“", '"', "👨\u200d👩", "—", "文 。", "e\u0301"])
def test_a_hundred_thousand_of_anything_are_lines_like_others(cluster: str) -> None:
    text = cluster * 20_000
    for kind in ("paragraph", "pre"):
        lines = set_block(Block(kind, (Run(text),)), 40)  # type: ignore[arg-type]
        assert max(line.width for line in lines) <= 42
        assert joined(lines) == text


def test_which_curly_quote_opens_depends_on_the_language() -> None:
    german = "Er sagte „Guten Tag“ zu ihr"
    assert opportunities(german, "de")[2:5] == [16, 21, 24]
    assert 21 not in opportunities(german, "en")
    assert 5 in opportunities("sade ”Hej” till", "sv-SE")
    assert 5 not in opportunities("sade ”Hej” till", "en")


def test_ambiguous_characters_count_as_the_terminal_shows_them() -> None:
    text = "“甲”" * 12
    narrow = set_text(text, 24, Options(indent=False))
    wide = set_text(text, 24, Options(indent=False, ambiguous_wide=True))
    assert len(narrow) == 2
    assert len(wide) == 3
    assert {len(line.text) for line in wide} == {12}


def test_thai_ends_lines_before_a_syllable() -> None:
    text = "รัฐบาลจะเร่งแก้ไขปัญหาเศรษฐกิจและความยากจนในพื้นที่ชนบท"
    lines = set_text(text, 20)
    assert joined(lines) == text
    assert len(lines) > 2
    assert all(line.text[0] in "เแโใไ" for line in lines[1:])


def test_words_are_divided_when_asked() -> None:
    pytest.importorskip("pyphen")
    text = (
        "considerable opposition from neighbouring municipalities notwithstanding administrative difficulties"
    )
    lines = set_text(text, 26, Options(hyphenate=True, language="en-GB"))
    divided = [line for line in lines if line.text.endswith("-")]
    assert divided
    whole = "".join(line.text[:-1] if line.text.endswith("-") else line.text + line.glue for line in lines)
    assert whole == text
    assert all(line.width <= 26 for line in lines)
    assert not any(line.text.endswith("-") for line in set_text(text, 26, Options(language="en-GB")))


def test_a_language_without_patterns_is_set_undivided() -> None:
    options = Options(hyphenate=True, language="zz")
    text = "considerable opposition from neighbouring municipalities"
    assert bodies(set_text(text, 20, options)) == bodies(set_text(text, 20))


@given(paragraphs(), st.integers(20, 100))
@settings(max_examples=100, deadline=None)
def test_justified_lines_reach_the_edge_or_stay_as_they_are(text: str, width: int) -> None:
    ragged = set_text(text, width)
    even = set_text(text, width, Options(measure=200, justify=True))
    assert len(ragged) == len(even)
    for before, after in zip(ragged, even, strict=True):
        assert after.text.replace(" ", "") == before.text.replace(" ", "")
        assert after.width == before.width or after.width == width
    assert even[-1] == ragged[-1]


def test_a_justified_english_line_shares_its_spaces_out() -> None:
    text = "The council voted on Tuesday to extend the tram line to the harbour by the year 2029."
    lines = set_text(text, 40, Options(justify=True))
    assert lines[0].width == 40
    assert "   " not in lines[0].text
    assert lines[0].text != set_text(text, 40)[0].text
