"""An article as a column: what is set lazily is what would be set at once."""

from __future__ import annotations

from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typeset.prose import paragraph, seeds
from tui_news.model import Block, Run
from tui_news.typeset import Galley, Line, Options
from tui_news.typeset.heights import Heights

KINDS = ("paragraph", "paragraph", "paragraph", "subhead", "item", "quote", "pre", "picture", "rule", "table")


def article(random: Random, count: int) -> tuple[Block, ...]:
    blocks: list[Block] = []
    for _ in range(count):
        kind = random.choice(KINDS)
        text = (
            paragraph(random) if random.random() < 0.7 else random.choice(("", "plain words in English " * 9))
        )
        runs = (Run(text[:10]), Run(text[10:20], "", "u:x" if random.random() < 0.3 else ""), Run(text[20:]))
        if kind == "table":
            rows = (((Run("a"),), (Run("b", "", "u:t"),)), ((Run(text),), ()))
            blocks.append(Block("table", rows=rows, header=True))
        elif kind == "rule":
            blocks.append(Block("rule"))
        elif kind == "picture":
            blocks.append(Block("picture", runs, src="u:p", alt="alt"))
        else:
            blocks.append(Block(kind, runs, random.randint(1, 3), random.randint(0, 2)))  # type: ignore[arg-type]
    return tuple(blocks)


def whole(blocks: tuple[Block, ...], width: int, options: Options) -> list[Line]:
    return Galley(blocks, width, options).lines(0, 1_000_000)


@given(
    seeds(),
    st.integers(10, 90),
    st.sampled_from(
        [Options(), Options(spacing=1), Options(indent=False), Options(bidi="reorder"), Options(justify=True)]
    ),
)
@settings(max_examples=60, deadline=None)
def test_asked_in_any_order_it_gives_the_same_lines(seed: int, width: int, options: Options) -> None:
    random = Random(seed)
    blocks = article(random, random.randint(0, 30))
    lines = whole(blocks, width, options)
    galley = Galley(blocks, width, options)
    for _ in range(12):
        start, count = random.randint(0, galley.height + 3), random.randint(1, 12)
        line = galley.settle(start, random.randint(0, 20), count)
        shown = galley.lines(line, count)
        if not shown:
            assert line >= galley.height
            continue
        # The same lines in the same order, wherever they are thought to stand.
        block, within, size = galley.place(line)
        own = [number for number, item in enumerate(lines) if item.block == block]
        assert len(own) == size
        assert lines[own[within] : own[within] + count] == shown
    galley.set_all()
    assert not galley.estimated
    assert galley.height == len(lines)
    for _ in range(12):
        start, count = random.randint(0, len(lines) + 3), random.randint(0, 12)
        assert galley.lines(start, count) == lines[start : start + count]
        line = random.randint(0, len(lines))
        if line < len(lines):
            assert galley.block_at(line) == lines[line].block
    for index in range(len(blocks)):
        place = galley.line_of(index)
        if any(line.block == index and line.first for line in lines):
            assert lines[place].block == index
            assert lines[place].first
            assert galley.block_at(place) == index


@given(seeds(), st.integers(10, 60), st.integers(1, 30))
@settings(max_examples=40, deadline=None)
def test_a_column_is_gone_through_upwards_as_downwards(seed: int, width: int, page: int) -> None:
    random = Random(seed)
    blocks = article(random, random.randint(1, 30))
    lines = whole(blocks, width, Options())
    galley = Galley(blocks, width)
    line = galley.settle(galley.height, page, 0)
    seen: list[Line] = []
    while line > 0:
        line = galley.settle(line, page, 0)
        above = max(0, line - page)
        seen = galley.lines(above, line - above) + seen
        line = above
    assert seen == lines


@given(st.lists(st.integers(0, 9), min_size=1, max_size=40), st.floats(1, 6), st.randoms())
@settings(max_examples=100, deadline=None)
def test_heights_are_guessed_until_they_are_known(sizes: list[int], mean: float, random: Random) -> None:
    heights = Heights([mean] * len(sizes))
    order = list(range(len(sizes)))
    random.shuffle(order)
    for index in order:
        starts = [heights.start(block) for block in range(len(sizes) + 1)]
        assert starts == sorted(starts)
        above = starts[: index + 1]
        heights[index] = sizes[index]
        assert [heights.start(block) for block in range(index + 1)] == above
        assert heights.start(index + 1) - heights.start(index) == sizes[index]
        for line in range(heights.start(len(sizes)) + 2):
            block = heights.at(line)
            if block < len(sizes):
                assert heights.start(block) <= line < heights.start(block + 1)
    assert [heights[index] for index in range(len(sizes))] == sizes
    assert not heights.left


@given(seeds(), st.integers(20, 90))
@settings(max_examples=30, deadline=None)
def test_links_are_numbered_as_they_are_listed(seed: int, width: int) -> None:
    random = Random(seed)
    blocks = article(random, 20)
    galley = Galley(blocks, width)
    shown = {(span.link, span.href) for line in galley.lines(0, 100_000) for span in line.spans if span.link}
    listed = {(number, href) for number, text, href in galley.links if text.strip()}
    assert shown == listed
    assert [number for number, _, _ in galley.links] == list(range(1, len(galley.links) + 1))


def test_only_what_is_asked_for_is_set() -> None:
    random = Random(1)
    blocks = tuple(
        Block("paragraph", (Run(paragraph(random) + "。" + paragraph(random)),)) for _ in range(400)
    )
    galley = Galley(blocks, 72)
    assert galley.estimated
    guess = galley.height
    assert len(galley.lines(0, 40)) == 40
    assert galley.estimated
    end = galley.settle(galley.height, 40, 0)
    assert galley.estimated
    assert end == galley.height
    assert galley.lines(end - 1, 10)[-1].block == len(blocks) - 1
    galley.set_all()
    assert not galley.estimated
    assert 0.6 < guess / galley.height < 1.6


def test_blank_lines_stand_where_a_newspaper_has_them() -> None:
    def text(kind: str, words: str, level: int = 1) -> Block:
        return Block(kind, (Run(words),), level)  # type: ignore[arg-type]

    blocks = (
        text("paragraph", "中文段落"),
        text("paragraph", "第二段落"),
        text("paragraph", ""),
        text("subhead", "Head"),
        text("paragraph", "English one"),
        text("paragraph", "English two"),
        text("item", "one"),
        text("item", "two"),
        text("quote", "said"),
        text("quote", "again"),
    )
    assert [line.text for line in Galley(blocks, 40).lines(0, 99)] == [
        "    中文段落", "    第二段落", "", "Head", "English one", "", "English two", "", "• one", "• two",
        "", "▎ said", "▎", "▎ again",
    ]  # fmt: skip


def test_finding_marks_cells_also_over_a_lines_end() -> None:
    blocks = (
        Block("paragraph", (Run("记者昨日从市政府获悉电车线路明年开工"),)),
        Block("quote", (Run("a Tram line, the tram Line and the tram line"),), 1),
    )
    galley = Galley(blocks, 20)
    assert [line.text for line in galley.lines(0, 9)] == [
        "  记者昨日从市政府获",
        "悉电车线路明年开工",
        "",
        "▎ a Tram line, the",
        "▎ tram Line and the",
        "▎ tram line",
    ]
    assert galley.find("获悉电车") == [0]
    assert galley.places(0) == [[(0, 18, 20), (1, 0, 6)]]
    assert galley.places(1) == []
    assert galley.find("TRAM  line") == [1, 1, 1]
    assert galley.places(1) == [[(3, 4, 13)], [(4, 2, 11)], [(5, 2, 11)]]
    assert galley.find("the tram") == [1, 1]
    assert galley.places(1) == [[(3, 15, 18), (4, 2, 6)], [(4, 16, 19), (5, 2, 6)]]
    assert galley.find("nowhere") == []
    assert galley.find("  ") == []
    assert galley.places(0) == []


def test_finding_sets_nothing_but_what_is_looked_at() -> None:
    blocks = tuple(
        Block("paragraph", (Run(f"paragraph {number} of many, all alike"),)) for number in range(900)
    )
    galley = Galley(blocks, 40)
    assert galley.find("all alike") == list(range(900))
    assert galley.find("paragraph 700") == [700]
    (((line, start, end),),) = galley.places(700)
    assert galley.lines(line, 1)[0].text[start:end] == "paragraph 700"
    assert galley.estimated


def test_a_links_number_and_a_words_hyphen_are_not_in_the_way_of_finding() -> None:
    runs = (Run("see "), Run("the plan", "", "u:1"), Run(" and more"))
    galley = Galley((Block("paragraph", runs),), 40)
    assert galley.lines(0, 1)[0].text == "see the plan[1] and more"
    assert galley.find("plan and") == [0]
    assert galley.places(0) == [[(0, 8, 12), (0, 15, 19)]]
    pytest.importorskip("pyphen")
    text = "an extraordinary international organisation reconsidered transportation infrastructure"
    galley = Galley((Block("paragraph", (Run(text),)),), 26, Options(hyphenate=True, language="en-GB"))
    assert any(line.text.endswith("-") for line in galley.lines(0, 9))
    for word in text.split():
        found = galley.find(word)
        assert found
        assert len(galley.places(0)) == len(found)
        assert all(galley.places(0))


def test_the_blanks_of_justified_chinese_are_not_in_the_way_of_finding() -> None:
    text = "潮水退去，渔船停在沙滩上，孩子们在船边玩耍，老人坐在门前。" * 3
    galley = Galley((Block("paragraph", (Run(text),)),), 33, Options(justify=True))
    assert any("， " in line.text for line in galley.lines(0, 9))
    for words in ("退去，渔船", "沙滩上，孩子", "玩耍，老人坐", "门前。潮水"):
        count = text.count(words)
        assert len(galley.find(words)) == count
        assert len(galley.places(0)) == count
        assert all(galley.places(0))


def test_finding_in_visual_order() -> None:
    galley = Galley((Block("paragraph", (Run("אבג דהו זחט"),)),), 20, Options(bidi="reorder"))
    (line,) = galley.lines(0, 9)
    assert galley.find("דהו") == [0]
    (((number, start, end),),) = galley.places(0)
    assert (number, line.text[start:end]) == (0, "והד")


def test_the_outline_lists_subheads() -> None:
    blocks = (
        Block("paragraph", (Run("x"),)),
        Block("subhead", (Run("One \n"), Run("thing")), 2),
        Block("subhead", (Run(" "),), 2),
        Block("subhead", (Run("Two"),), 3),
    )
    assert Galley(blocks, 40).outline == ((1, 2, "One thing"), (3, 3, "Two"))


def test_an_article_without_text_has_no_lines() -> None:
    for blocks in ((), (Block("paragraph"),)):
        galley = Galley(blocks, 40)
        assert galley.lines(0, 10) == []
        assert galley.height == 0
        assert galley.block_at(5) == 0
        assert galley.line_of(5) == 0
        assert galley.find("x") == []
        assert galley.links == galley.outline == ()


def test_lines_are_set_again_after_they_were_let_go() -> None:
    random = Random(3)
    blocks = tuple(Block("paragraph", (Run(paragraph(random)[:80] + "x"),)) for _ in range(700))
    galley = Galley(blocks, 60)
    first = galley.lines(0, 50)
    galley.set_all()
    assert galley.lines(0, 50) == first
