"""The painter without Textual: screens of any text and style, one after another, on emulated terminals."""

from __future__ import annotations

import os
import re

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rich.color import ColorSystem
from rich.segment import Segment
from rich.style import Style

from tests.ui.painter_stage import Contrary, Terminal, WithoutBce, differences
from tui_news import sgr
from tui_news.text.width import pad
from tui_news.ui.painter import Painter, Policy
from tui_news.ui.painter.cells import Row, cut, reach, splice
from tui_news.ui.painter.pens import CLEAN, Pens

WIDTH, HEIGHT = 24, 9
EXAMPLES = int(os.environ.get("TUI_NEWS_STEPS", "15"))
STYLES = [
    Style.null(),
    Style(bold=True),
    Style(dim=True, italic=True),
    Style(color="#112233"),
    Style(color="#112233", bgcolor="#fff1e5"),
    Style(bgcolor="#fff1e5"),
    Style(bgcolor="blue", color="bright_red", bold=True),
    Style(underline=True, color="color(99)"),
    Style(reverse=True, color="red"),
    Style(strike=True),
    Style(link="https://example.org/a", underline=True),
    Style(link="https://example.org/b", bgcolor="#fff1e5"),
]
PIECES = ["a", "b", "word", " ", "  ", "            ", "中", "文字", "。", "é", "e\u0301", "한", "—", "“x”"]
DOUBTFUL = ["👍", "👍🏽", "❤️", "👨‍👩‍👧", "🇨🇳", "1️⃣", "☎️"]

HOSTILE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]")

Steps = list[list[tuple[Segment, ...]] | int]


def screens(pieces: list[str]) -> st.SearchStrategy[Steps]:
    """Screens one after another; a number shifts the one before.

    Of few different lines, so that rows are found again elsewhere and shifts are tried.
    """
    segments = st.builds(Segment, st.sampled_from(pieces), st.sampled_from(STYLES))
    lines = st.lists(segments, max_size=9).map(tuple)
    return st.lists(lines, min_size=3, max_size=6).flatmap(
        lambda known: st.lists(
            st.one_of(
                st.lists(st.sampled_from(known), min_size=HEIGHT, max_size=HEIGHT),
                st.integers(-4, 4),
            ),
            min_size=2,
            max_size=6,
        )
    )


def frames(steps: Steps) -> list[list[tuple[Segment, ...]]]:
    """The steps as whole screens: a number shifts the middle rows of the screen before."""
    made: list[list[tuple[Segment, ...]]] = []
    for step in steps:
        if isinstance(step, list):
            made.append(step)
        elif made:
            before = made[-1]
            middle = before[1:-1]
            at = step % len(middle)
            made.append([before[0], *middle[at:], *middle[:at], before[-1]])
    return made


def naive(emulator: Terminal, rows: list[Row]) -> Terminal:
    """Paint every cell at its own address with its whole style."""
    text = ["\x1b[?7l"]
    for y, row in enumerate(rows):
        for x, (cluster, pen) in enumerate(row):
            if cluster:
                text.append(f"\x1b[{y + 1};{x + 1}H\x1b[0;{sgr.codes(pen.look)}m{cluster}")
    emulator.feed("".join(text).encode())
    return emulator


def run(painter: Painter, emulator: Terminal, steps: Steps) -> None:
    emulator.feed(b"\x1b[?7l\x1b[4;31mrubbish")
    painter.forget()
    painter.forget_cursor()
    for frame in frames(steps):
        rows = [cut(line, WIDTH, painter.pens) for line in frame]
        emulator.feed(painter.paint(rows).encode())
        check(painter, emulator, rows)
        assert painter.paint(rows.copy()) == ""


def check(painter: Painter, emulator: Terminal, rows: list[Row]) -> None:
    if not any(reach(text, painter.policy.ambiguous_wide) for row in rows for text, _ in row):
        assert differences(emulator, naive(type(emulator)(HEIGHT, WIDTH), rows)) == []
        return
    if not isinstance(emulator, Contrary):
        assert differences(emulator, naive(Terminal(HEIGHT, WIDTH), rows)) == []
        return
    for y, row in enumerate(rows):
        doubtful = 0
        for x, (text, _) in enumerate(row):
            if reach(text, painter.policy.ambiguous_wide):
                doubtful = x + (2 if row[x + 1 : x + 2] and row[x + 1][0] == "" else 1)
            if x >= doubtful:
                assert emulator.cell(y, x).data == text, (x, y, row)


@pytest.mark.parametrize(
    ("policy", "terminal", "pieces"),
    [
        (Policy(), Terminal, PIECES + DOUBTFUL),
        (Policy(), Contrary, PIECES + DOUBTFUL),
        (Policy(), Contrary, PIECES),
        (Policy(erase_colored=False), WithoutBce, PIECES + DOUBTFUL),
        (Policy(colors=ColorSystem.STANDARD, links=False), Terminal, PIECES + DOUBTFUL),
        (Policy(colors=None), Terminal, PIECES + DOUBTFUL),
        (Policy().lean(), Terminal, PIECES + DOUBTFUL),
        (Policy(ambiguous_wide=True), Terminal, PIECES + DOUBTFUL),
        (Policy(linefeed=True), Contrary, PIECES + DOUBTFUL),
        (Policy(linefeed=True, columns=True), Terminal, PIECES + DOUBTFUL),
    ],
    ids=[
        "plain",
        "other widths",
        "halves",
        "no bce",
        "16 colours",
        "no colour",
        "lean",
        "wide ambiguous",
        "line feeds",
        "columns",
    ],
)
def test_any_screen_after_any_other(policy: Policy, terminal: type[Terminal], pieces: list[str]) -> None:
    @settings(max_examples=EXAMPLES, deadline=None)
    @given(screens(pieces))
    def property_holds(steps: Steps) -> None:
        run(Painter(policy), terminal(HEIGHT, WIDTH), steps)

    property_holds()


PANES = 44
LINES = [
    "harbour master retires", "文字与新闻：第一行很长", "ferry runs until ten", "a new timetable for all",
    "桥梁修复工程今天开始了", "the mill by the water", "seed bank opens again", "tram line four is late",
    "lamps on the north road", "a pond with no ducks",
]  # fmt: skip


def paned(left: list[str], right: list[str], pens: Pens) -> list[Row]:
    """A title, two panes beside each other, and a status line."""
    paper = Style(bgcolor="#fff1e5")
    panes = [
        [Segment(pad(one, 26), paper), Segment("│", Style(bold=True)), Segment(pad(two, 17), paper)]
        for one, two in zip(left, right, strict=True)
    ]
    return [cut(line, PANES, pens) for line in ([Segment("title")], *panes, [Segment("status")])]


def test_a_pane_is_scrolled_alone_where_the_terminal_can() -> None:
    """And the pane beside it, the lines above and below, and the margins afterwards, are as they were."""
    beside = ["one of seven", "two", "三个", "four", "five of seven", "six", "seven"]
    costs = {}
    for columns in (False, True):
        painter, terminal = Painter(Policy(linefeed=True, columns=columns)), Terminal(HEIGHT, PANES)
        costs[columns] = 0
        turns = [(at, 0) for at in (0, 1, 3, 2, 0)] + [(0, at) for at in (1, 2, 0)]
        for step, (at, turn) in enumerate(turns):
            rows = paned(LINES[at : at + 7], [*beside[turn:], *beside[:turn]], painter.pens)
            text = painter.paint(rows)
            costs[columns] += len(text.encode()) if step else 0
            assert ("\x1b[?69h" in text) == (columns and step == 1)
            terminal.feed(text.encode())
            assert differences(terminal, naive(Terminal(HEIGHT, PANES), rows)) == []
        terminal.feed(painter.farewell().encode())
        assert terminal.margins is None
        assert 69 not in terminal.modes
    assert costs[True] < 0.6 * costs[False]


def test_margins_stay_while_the_same_rows_scroll_and_go_for_others_who_write() -> None:
    painter, terminal = Painter(Policy(linefeed=True)), Terminal(HEIGHT, PANES)
    written = []
    for at in range(3):
        rows = paned(LINES[at : at + 7], [""] * 7, painter.pens)
        written.append(painter.paint(rows))
        terminal.feed(written[-1].encode())
        assert differences(terminal, naive(Terminal(HEIGHT, PANES), rows)) == []
    assert "\x1b[2;8r" in written[1]
    assert "\x1b[2;8r" not in written[2]
    assert len(written[2]) < len(written[1])
    terminal.feed(painter.whole().encode())
    assert terminal.margins is None
    assert painter.whole() == ""


@pytest.mark.parametrize(
    ("color", "codes"),
    [("#87afd7", "38;5;110"), ("#9e9e9e", "38;5;247"), ("#87afd8", "38;2;135;175;216"),
     ("#000000", "38;2;0;0;0"), ("#0000d7", "38;2;0;0;215"), ("#ffffff", "38;5;231")],
)  # fmt: skip
def test_a_colour_that_all_terminals_number_alike_goes_by_its_number(color: str, codes: str) -> None:
    assert Pens(ColorSystem.TRUECOLOR).of(Style(color=color)).fg == codes


@pytest.mark.parametrize("wide_at", range(6, 14))
def test_erasing_half_a_wide_character_leaves_no_half_behind(wide_at: int) -> None:
    """tmux blanks the erased half once more, without colours, when the other half is written."""
    painter, terminal = Painter(), Contrary(1, WIDTH)
    paper = Style(bgcolor="#fff1e5")
    before = cut([Segment("x" * wide_at + "中" + "z" * 9, paper)], WIDTH, painter.pens)
    after = cut([Segment(" " * (wide_at + 1) + "y" * 10, paper)], WIDTH, painter.pens)
    for row in (before, after):
        terminal.feed(painter.paint([row]).encode())
        assert differences(terminal, naive(Contrary(1, WIDTH), [row])) == []


@given(st.text(max_size=40), st.integers(1, 30))
@settings(max_examples=300, deadline=None)
def test_any_text_becomes_exactly_so_many_cells_without_controls(text: str, width: int) -> None:
    row = cut([Segment(text, Style.null())], width, Pens(ColorSystem.TRUECOLOR))
    assert len(row) == width
    assert row[0][0] != ""
    drawn = "".join(text for text, _ in row)
    assert not re.search(
        "[\x00-\x1f\x7f-\x9f\u061c\u200b\u200e\u200f\u202a-\u202e\u2066-\u2069\ud800-\udfff]", drawn
    )
    for x, (cluster, pen) in enumerate(row):
        if cluster == "":
            assert row[x - 1][0] != ""
            assert row[x - 1][1] is pen


@given(st.lists(st.sampled_from(PIECES + DOUBTFUL), max_size=12), st.integers(0, 23), st.integers(1, 24))
def test_a_splice_never_leaves_half_a_wide_cluster(pieces: list[str], x: int, width: int) -> None:
    pens = Pens(None)
    width = min(width, WIDTH - x)
    row = cut([Segment("中" * WIDTH)], WIDTH, pens)
    result = splice(row, x, cut([Segment("".join(pieces))], width, pens))
    assert len(result) == WIDTH
    terminal = naive(Terminal(1, WIDTH), [result])
    assert [terminal.cell(0, at).data for at in range(WIDTH)] == [text for text, _ in result]


@given(st.sampled_from(STYLES), st.sampled_from(STYLES), st.sampled_from(list(ColorSystem)[:-1]))
def test_a_route_between_two_pens_arrives(start: Style, end: Style, colors: ColorSystem) -> None:
    pens = Pens(colors)
    one, two = pens.of(start), pens.of(end)
    terminal, other = Terminal(1, 2), Terminal(1, 2)
    terminal.feed((CLEAN.route(one) + one.route(two) + "x").encode())
    other.feed((CLEAN.route(two) + "x").encode())
    assert terminal.cell(0, 0) == other.cell(0, 0)
    assert len(one.route(two)) <= len(sgr.codes(two.look)) + 5 + 60 * (one.link != two.link)


def test_styles_that_look_alike_are_one_pen() -> None:
    pens = Pens(ColorSystem.TRUECOLOR)
    assert pens.of(Style(bold=True) + Style.from_meta({"@click": "x"})) is pens.of(Style(bold=True))
    assert pens.of(None) is pens.of(Style.null()) is pens.of(Style(color="default")) is CLEAN
    assert pens.of(Style(bold=True)).blank is CLEAN
    assert pens.of(Style(underline=True)).blank is not CLEAN
    assert Pens(None).of(Style(color="red", bgcolor="#123456")) is CLEAN


@pytest.mark.parametrize(
    "url", ["https://e.org/\x1b]0;x\x07", "https://e.org/\x9c", "x" * 3000, "a b", "\ud800"]
)
def test_a_link_that_a_terminal_would_not_take_is_none(url: str) -> None:
    assert Pens(None).of(Style(link=url)) is CLEAN


def test_a_link_outside_ascii_is_escaped() -> None:
    assert Pens(None).of(Style(link="https://example.org/新")).link == "id=0;https://example.org/%E6%96%B0"


def test_scrolling_moves_the_rows_that_stay() -> None:
    painter = Painter()
    texts = [f"row {at} " + "of a list that is long enough" * 2 for at in range(100)]

    def rows(top: int) -> list[Row]:
        body = [cut([Segment(text)], 80, painter.pens) for text in texts[top : top + 20]]
        return [cut([Segment("title")], 80, painter.pens), *body, cut([Segment("status")], 80, painter.pens)]

    painter.paint(rows(0))
    for top, most in [(1, 100), (3, 170), (2, 100), (9, 500)]:
        assert len(painter.paint(rows(top))) < most
    assert painter.stats.shifts == 4
    assert painter.stats.repaints == 1
    assert painter.stats.updates == 5
    assert painter.stats.bytes == sum(painter.stats.recent)
    assert painter.stats.last == painter.stats.recent[-1] > 0


def test_the_cursor_is_parked_and_a_parked_one_costs_nothing() -> None:
    painter = Painter()
    rows = [cut([Segment("text")], 10, painter.pens)] * 3
    terminal = Terminal(3, 10)
    terminal.feed(painter.paint(rows, park=(4, 1)).encode())
    assert (terminal.cursor.x, terminal.cursor.y) == (4, 1)
    assert painter.paint(rows, park=(4, 1)) == ""
    assert painter.paint(rows, park=(5, 1)) == "\x1b[C"


@pytest.mark.parametrize(
    ("environ", "erase", "links", "slow"),
    [
        ({"TERM": "xterm-256color"}, True, True, False),
        ({"TERM": "screen-256color"}, False, True, False),
        ({"TERM": "screen-256color", "TMUX": "/tmp/x"}, True, True, False),
        ({"TERM": "tmux-256color", "TUI_NEWS_SLOW": "1"}, True, False, True),
        ({"TERM": "linux", "TUI_NEWS_SLOW": "0"}, True, False, False),
        ({}, True, True, False),
    ],
)
def test_the_policy_of_an_environment(environ: dict[str, str], erase: bool, links: bool, slow: bool) -> None:
    policy = Policy.detect(environ, ColorSystem.TRUECOLOR)
    assert (policy.erase_colored, policy.links, policy.slow) == (erase, links, slow)
    assert policy.colors is (ColorSystem.EIGHT_BIT if slow else ColorSystem.TRUECOLOR)
