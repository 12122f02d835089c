"""Each kind of block as lines: markers, bars, roles, links, tables, code, pictures."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.typeset.prose import paragraphs
from tui_news.model import CODE, EMPHASIS, STRIKE, STRONG, Block, Run
from tui_news.typeset import Line, Options, Span, set_block

LOREM = "The council voted on Tuesday to extend the tram line to the harbour, ending a long dispute."
HANZI = "市政府昨日宣布，新的电车线路将于明年春天开工，预计三年后全线通车。"


def texts(block: Block, width: int = 40, options: Options | None = None) -> list[str]:
    return [line.text for line in set_block(block, width, options or Options())]


def run(text: str) -> tuple[Run, ...]:
    return (Run(text),)


def table(*rows: tuple[str, ...], header: bool = True, caption: str = "") -> Block:
    cells = tuple(tuple(run(text) for text in row) for row in rows)
    return Block("table", run(caption) if caption else (), rows=cells, header=header)


def test_chinese_paragraphs_open_with_two_ideographs_of_space() -> None:
    assert texts(Block("paragraph", run(HANZI)))[0].startswith("    市政府")
    assert texts(Block("paragraph", run(HANZI)), 20)[0].startswith("  市政府")
    assert texts(Block("paragraph", run(LOREM)))[0].startswith("The")
    assert texts(Block("paragraph", run(HANZI)), 40, Options(indent=False))[0].startswith("市政府")
    assert texts(Block("paragraph", run(LOREM)), 40, Options(indent=True))[0].startswith("    The")


def test_an_indent_in_the_text_itself_is_not_doubled() -> None:
    assert texts(Block("paragraph", run("\u3000\u3000" + HANZI)))[0].startswith("    市政府")


def test_an_indent_gives_way_to_a_word_that_would_be_cut() -> None:
    lines = texts(Block("paragraph", run("intercontinental 中文中文中文中文中文中文中文中文")), 18)
    assert lines[0] == "  intercontinental"
    lines = texts(Block("paragraph", run("intercontinental中文中文中文中文中文中文中文中文")), 17)
    assert lines[0] == "intercontinental"


def test_the_measure_holds_in_a_wide_window() -> None:
    lines = set_block(Block("paragraph", run(LOREM * 4)), 200, Options())
    assert max(line.width for line in lines) <= 72


def test_line_breaks_in_verse_stay() -> None:
    assert texts(Block("paragraph", run("床前明月光\n疑是地上霜"))) == ["    床前明月光", "疑是地上霜"]
    assert texts(Block("paragraph", run("one\n\ntwo\n"))) == ["one", "", "two"]


def test_looks_become_roles() -> None:
    runs = (Run("a "), Run("b", EMPHASIS), Run("c", EMPHASIS + STRONG), Run(" d", CODE), Run(" e", STRIKE))
    (line,) = set_block(Block("paragraph", runs), 40)
    assert [(span.text, span.role) for span in line.spans] == [
        ("a ", "text"), ("b", "em"), ("c", "em strong"), (" d", "code"), ("~~ e~~", "strike"),
    ]  # fmt: skip
    (line,) = set_block(Block("subhead", (Run("A "), Run("b", EMPHASIS)), 5), 40)
    assert [(span.text, span.role) for span in line.spans] == [("A ", "head3"), ("b", "head3 em")]


def test_links_carry_numbers_and_addresses() -> None:
    runs = (
        Run("see "),
        Run("the ", "", "u:1"),
        Run("plan ", STRONG, "u:1"),
        Run("and"),
        Run(" x", "", "u:2"),
    )
    (line,) = set_block(Block("paragraph", runs), 60, Options(), 7)
    assert line.text == "see the plan[7] and x[8]"
    assert line.spans[1] == Span("the ", "link", "u:1", 7)
    assert line.spans[2] == Span("plan", "link strong", "u:1", 7)
    assert line.spans[3] == Span("[7]", "note", "u:1", 7)
    (line,) = set_block(Block("paragraph", runs), 60, Options(number_links=False), 7)
    assert line.text == "see the plan and x"
    assert line.spans[1].link == 7


def test_a_link_number_stays_with_its_word() -> None:
    runs = (Run("电车线路将于明年春天"), Run("开工建设", "", "u:1"), Run("并通车"))
    for width in range(10, 40):
        lines = set_block(Block("paragraph", runs), width, Options(indent=False))
        assert not any(line.text.startswith("[") for line in lines)
        assert sum(line.text.count("[1]") for line in lines) == 1


def test_list_items_hang_under_their_text() -> None:
    assert texts(Block("item", run(LOREM), 1), 40)[:2] == [
        "• The council voted on Tuesday to extend",
        "  the tram line to the harbour, ending a",
    ]
    assert texts(Block("item", run("x"), 2)) == ["   ◦ x"]
    assert texts(Block("item", run("x"), 3)) == ["      ▪ x"]
    assert texts(Block("item", run("x"), 1, 12)) == ["12. x"]
    assert texts(Block("item", run("x"), 2, 28)) == ["   ab. x"]
    assert texts(Block("item", run("x"), 3, 14)) == ["      xiv. x"]
    assert texts(Block("item", run("x"), 1, 5_000)) == ["5000. x"]


def test_a_deep_list_leaves_room_for_text() -> None:
    for width in range(4, 40):
        for line in set_block(Block("item", run(LOREM), 12, 900), width):
            assert line.width <= width + 2


def test_quotes_have_a_bar_for_each_level() -> None:
    lines = set_block(Block("quote", run(HANZI), 2), 40)
    assert all(line.spans[0] == Span("▎ ▎ ", "marker") for line in lines)
    assert all(line.inset == 4 for line in lines)


def test_code_is_kept_and_wrapped_under_a_mark() -> None:
    source = "def f(x):\n\n    return  x  # " + "long " * 10 + "\n\n"
    lines = set_block(Block("pre", run(source)), 30)
    assert [line.text for line in lines[:3]] == ["def f(x):", "", "    return  x  # long long lon"]
    assert lines[3].text.startswith("↪ ")
    assert "".join(line.text[line.inset :] + line.glue for line in lines) == source.rstrip("\n")
    assert {span.role for line in lines for span in line.spans} == {"pre", "marker"}


def test_pictures_are_named_and_can_be_opened() -> None:
    block = Block("picture", run("The new line"), src="https://a.example/1.jpg", alt="A tram")
    (line,) = set_block(block, 60, Options(), 3)
    assert line.text == "[Picture: A tram][3] The new line"
    assert line.spans[0] == Span("[Picture: A tram]", "caption link", "https://a.example/1.jpg", 3)
    assert texts(Block("picture", run("A tram"), alt="A tram")) == ["[Picture: A tram]"]
    assert texts(Block("picture")) == ["[Picture]"]


def test_a_rule_stands_in_the_middle() -> None:
    (line,) = set_block(Block("rule"), 40)
    assert line.text == " " * 14 + "─" * 12


def test_empty_blocks_take_no_line() -> None:
    for kind in ("paragraph", "subhead", "item", "quote", "pre", "table"):
        assert set_block(Block(kind, run(" \n ")), 40) == []  # type: ignore[arg-type]


def test_a_table_that_fits_stands_in_columns() -> None:
    block = table(("国家", "金牌", "Note"), ("中国", "51", "first"), ("United States", "36", ""))
    assert texts(block) == [
        "国家           金牌  Note",
        "─────────────  ────  ─────",
        "中国             51  first",
        "United States    36",
    ]


def test_a_wide_table_wraps_its_cells() -> None:
    block = table(("Name", "What it is"), ("tram", LOREM), caption="Lines")
    lines = texts(block, 30)
    assert lines[0] == "Lines"
    assert lines[3].startswith("tram  The council voted")
    assert lines[4].startswith("      ")
    assert all(len(line) <= 30 for line in lines)


def test_a_table_too_wide_for_the_window_is_stacked() -> None:
    block = table(*[tuple(f"column{n}" for n in range(9)), tuple(f"value{n}" for n in range(9))])
    assert texts(block, 24)[:3] == ["column0: value0", "  column1: value1", "  column2: value2"]


def test_links_in_a_table_are_numbered_in_order() -> None:
    cell = (Run("a", "", "u:1"),)
    block = Block("table", rows=((cell, (Run("b", "", "u:2"),)), (cell, ())))
    assert texts(block) == ["a[1]  b[2]", "a[3]"]


CELLS = st.lists(st.one_of(paragraphs(), st.text("ab 1.文。", max_size=12)), min_size=1, max_size=7)


@given(st.lists(CELLS, min_size=1, max_size=5), st.integers(10, 100), st.booleans())
@settings(max_examples=60, deadline=None)
def test_no_table_is_wider_than_the_window(rows: list[list[str]], width: int, header: bool) -> None:
    block = Block("table", rows=tuple(tuple(run(text) for text in row) for row in rows), header=header)
    lines = set_block(block, width)
    assert all(line.width <= width for line in lines)
    shown = "".join("".join(line.text.split()) for line in lines)
    for row in rows:
        for text in row:
            assert set("".join(text.split())) <= set(shown)


def test_right_to_left_text_is_left_to_the_terminal_or_put_in_order() -> None:
    block = Block("paragraph", run("שלום (Apple) 12!"))
    assert texts(block, 20) == ["שלום (Apple) 12!"]
    assert texts(block, 20, Options(bidi="reorder")) == ["    !12 (Apple) םולש"]
    mixed = Block("paragraph", run("peace is שלום in Hebrew"))
    assert texts(mixed, 40, Options(bidi="reorder")) == ["peace is םולש in Hebrew"]


def test_reordered_looks_keep_to_their_words() -> None:
    block = Block("paragraph", (Run("אב "), Run("גד", STRONG), Run(" הו")))
    (line,) = set_block(block, 12, Options(bidi="reorder"))
    assert [(span.text, span.role) for span in line.spans] == [
        ("    ", "text"), ("וה ", "text"), ("דג", "strong"), (" בא", "text"),
    ]  # fmt: skip


def test_line_spacing_goes_between_lines_of_text() -> None:
    lines = set_block(Block("paragraph", run(LOREM)), 40, Options(spacing=1), index=3)
    assert [bool(line.text) for line in lines] == [True, False, True, False, True]
    assert {line.block for line in lines} == {3}
    assert [line.first for line in lines] == [True, False, False, False, False]
    assert len(texts(Block("pre", run("a\nb")), 40, Options(spacing=1))) == 2


def test_a_line_tells_its_text_and_width() -> None:
    line = Line((Span("▎ ", "marker"), Span("文字")))
    assert (line.text, line.width) == ("▎ 文字", 6)
