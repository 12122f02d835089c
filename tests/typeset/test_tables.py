"""Tables with no room: in as many columns as there is room for, moved sideways, found in; whole elsewhere."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typeset.prose import paragraphs
from tui_news.model import Block, Run
from tui_news.text.width import cell_len
from tui_news.typeset import Galley, Options, set_block

KEYS = "< >"
MOVED = Options(sideways=KEYS)
CITIES = ("北京", "上海", "广州", "深圳", "杭州")


def table(*rows: tuple[str, ...], header: bool = True) -> Block:
    return Block("table", rows=tuple(tuple((Run(text),) for text in row) for row in rows), header=header)


def years(columns: int = 14, rows: int = 6) -> Block:
    head = ("City", *(str(2001 + column) for column in range(columns - 1)))
    body = [(f"City {row}", *(f"{row}{column:04}" for column in range(columns - 1))) for row in range(rows)]
    return table(head, *body)


def shown(galley: Galley) -> list[str]:
    return [line.text.rstrip() for line in galley.lines(0, 1_000)]


def test_a_table_without_room_stands_in_the_columns_that_have() -> None:
    galley = Galley((years(14, 2),), 60, MOVED)
    assert shown(galley) == [
        f"Columns 2–8 of 14 · {KEYS}",
        "City      2001   2002   2003   2004   2005   2006   2007   ›",
        "──────   ─────  ─────  ─────  ─────  ─────  ─────  ─────",
        "City 0   00000  00001  00002  00003  00004  00005  00006   ›",
        "City 1   10000  10001  10002  10003  10004  10005  10006   ›",
    ]
    assert galley.shift(0, 5, 1) is True
    assert shown(galley)[:2] == [
        f"Columns 3–9 of 14 · {KEYS}",
        "City   ‹  2002   2003   2004   2005   2006   2007   2008   ›",
    ]
    assert galley.shift(0, 5, 99) is True
    assert shown(galley)[0] == f"Columns 8–14 of 14 · {KEYS}"
    assert shown(galley)[1].endswith("2013")
    assert galley.shift(0, 5, 1) is False


def test_at_last_it_is_stacked_and_back() -> None:
    galley = Galley((years(14, 2),), 60, MOVED)
    assert galley.shift(0, 5, -1) is True
    assert shown(galley)[:3] == [
        f"14 columns · {KEYS} shows them side by side",
        "City: City 0",
        "  2001: 00000",
    ]
    assert galley.shift(0, 5, -1) is False
    assert galley.shift(0, 5, 1) is True
    assert shown(galley)[0].startswith("Columns 2–8")


def test_with_few_columns_in_sight_it_is_stacked_first() -> None:
    galley = Galley((years(14, 2),), 24, MOVED)
    assert shown(galley)[2:4] == ["City: City 0", "  2001: 00000"]
    assert galley.shift(0, 9, 1) is True
    assert shown(galley)[1] == "City      2001   2002  ›"


def test_chinese_cells_are_measured_by_the_cell() -> None:
    head = ("城市", *(f"{year}年" for year in range(2001, 2013)))
    block = table(head, *((city, *(str(year) for year in range(12))) for city in CITIES))
    galley = Galley((block,), 60, MOVED)
    galley.shift(0, 9, 2)
    lines = shown(galley)[1:]
    assert lines[0].startswith("城市 ‹ 2003年  2004年")
    assert {cell_len(line) for line in lines if "›" in line} == {60}
    assert all(line.index("‹") == 3 for line in lines if "‹" in line)


def test_a_stacked_chinese_head_has_a_chinese_colon() -> None:
    block = table(("城市", "Year 2001年", "Mayor"), *((city, "8050", "Li") for city in CITIES))
    lines = [line.text for line in set_block(block, 16)]
    assert lines[:3] == ["城市：北京", "  Year 2001年：", "  8050"]
    assert lines[3] == "  Mayor: Li"


def test_elsewhere_it_is_whole() -> None:
    text = "\n".join(line.text for line in set_block(years(14, 3), 60))
    for row in range(3):
        for column in range(13):
            assert f"{row}{column:04}" in text
    assert "›" not in text


def test_a_table_may_stand_out_of_the_measure() -> None:
    options = Options(measure=40, tables=90, sideways=KEYS)
    head, *_ = shown(Galley((years(12, 2),), 40, options))
    assert head.endswith("2011")
    assert cell_len(head) > 40
    # Text that can be wrapped stays in the measure.
    wide = Galley((table(("A", "B"), ("word " * 20, "more " * 20)),), 40, options)
    assert max(cell_len(line) for line in shown(wide)) <= 40


def test_the_head_stays_over_the_rows() -> None:
    blocks = (Block("paragraph", (Run("Before."),)), years(14, 30), Block("paragraph", (Run("After."),)))
    galley = Galley(blocks, 60, MOVED)
    assert shown(galley)[2].startswith("Columns")
    assert list(galley.head_over(3)) == []
    assert list(galley.head_over(4)) == [3, 4]
    assert list(galley.head_over(20)) == [3, 4]
    assert list(galley.head_over(galley.height - 2)) == []
    stacked = Galley(blocks, 24, MOVED)
    assert list(stacked.head_over(20)) == []


def test_finding_reaches_columns_out_of_sight() -> None:
    galley = Galley((years(14, 3),), 60, MOVED)
    assert galley.find("20012") == [0]
    assert galley.places(0) == [[]]
    galley.show(0, 0)
    (((line, start, end),),) = galley.places(0)
    assert galley.lines(line, 1)[0].text[start:end] == "20012"
    assert galley.find("city") == [0] * 4


def test_links_out_of_sight_keep_their_numbers() -> None:
    rows = tuple(
        tuple((Run(f"link {row} {column}", "", f"u:{row}-{column}"),) for column in range(12))
        for row in range(3)
    )
    galley = Galley((Block("table", rows=rows),), 60, MOVED)
    galley.shift(0, 9, 99)
    links = {span.link: span.href for line in galley.lines(0, 99) for span in line.spans if span.link}
    assert links[12] == "u:0-11"
    assert links[36] == "u:2-11"
    assert 5 not in links
    assert len(galley.links) == 36


CELL = st.one_of(paragraphs(), st.text("ab 1.文。", max_size=12))


@given(
    st.lists(st.lists(CELL, min_size=1, max_size=12), min_size=1, max_size=5),
    st.integers(12, 80),
    st.integers(-1, 12),
    st.booleans(),
)
@settings(max_examples=80, deadline=None)
def test_no_line_is_wider_than_the_window(
    rows: list[list[str]], width: int, shift: int, header: bool
) -> None:
    block = table(*(tuple(row) for row in rows), header=header)
    galley = Galley((block,), width, MOVED)
    moved = galley.shift(0, 1_000, shift)
    lines = galley.lines(0, 10_000)
    assert all(line.width <= width for line in lines)
    assert len(lines) == galley.height
    if moved is None:
        assert lines == Galley((block,), width).lines(0, 10_000)
