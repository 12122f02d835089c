"""HTML fragments as feeds carry them become typed, cleaned blocks."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tui_news.extract.html import _is_clean, blocks_from_html, text_from_html
from tui_news.model import CODE, EMPHASIS, STRIKE, STRONG, Block, Run
from tui_news.text.clean import clean_block

BASE = "https://paper.example/news/today/"


def shapes(html: str, base: str = BASE) -> list[tuple[str, int, int, str]]:
    """Kind, level, ordinal and text of each block."""
    return [(b.kind, b.level, b.ordinal, b.text) for b in blocks_from_html(html, base)]


def test_paragraphs_and_inline_looks() -> None:
    [block] = blocks_from_html(
        '<p>The <b>old</b> <i>tram</i> <code>N7</code> <s>stops</s> runs <a href="../map?x=1">here</a>.</p>',
        BASE,
    )
    assert block == Block(
        "paragraph",
        (
            Run("The "),
            Run("old", STRONG),
            Run(" "),
            Run("tram", EMPHASIS),
            Run(" "),
            Run("N7", CODE),
            Run(" "),
            Run("stops", STRIKE),
            Run(" runs "),
            Run("here", "", "https://paper.example/news/map?x=1"),
            Run("."),
        ),
    )


def test_looks_nest_and_end() -> None:
    [block] = blocks_from_html("<p>a<em>b<strong>c</strong>d</em>e</p>")
    assert [(run.text, run.marks) for run in block.runs] == [
        ("a", ""),
        ("b", "e"),
        ("c", "es"),
        ("d", "e"),
        ("e", ""),
    ]


def test_plain_text_is_split_at_blank_lines() -> None:
    assert shapes("One line\nand its end.\n\nA second.") == [
        ("paragraph", 0, 0, "One line and its end."),
        ("paragraph", 0, 0, "A second."),
    ]


def test_nested_lists_keep_level_and_number() -> None:
    html = """<ul><li>bread<ul><li>rye</li></ul></li><li>milk</li></ul>
    <ol start=3><li>third<li>fourth<ol><li>inner</ol><li value=9>ninth</ol>
    <ol reversed start=2><li>b<li>a</ol>"""
    assert shapes(html) == [
        ("item", 1, 0, "bread"),
        ("item", 2, 0, "rye"),
        ("item", 1, 0, "milk"),
        ("item", 1, 3, "third"),
        ("item", 1, 4, "fourth"),
        ("item", 2, 1, "inner"),
        ("item", 1, 9, "ninth"),
        ("item", 1, 2, "b"),
        ("item", 1, 1, "a"),
    ]


def test_subheads_quotes_rules_and_code() -> None:
    html = """<h2>What changed</h2><p>Nothing.</p>
    <blockquote><p>So be it.</p><blockquote>Amen.</blockquote></blockquote>
    <hr><hr><pre>
  a = 1

    b</pre><p>End.</p><hr>"""
    assert shapes(html) == [
        ("subhead", 2, 0, "What changed"),
        ("paragraph", 0, 0, "Nothing."),
        ("quote", 1, 0, "So be it."),
        ("quote", 2, 0, "Amen."),
        ("rule", 0, 0, ""),
        ("pre", 0, 0, "  a = 1\n\n    b"),
        ("paragraph", 0, 0, "End."),
    ]


def test_a_data_table_becomes_rows() -> None:
    [table] = blocks_from_html(
        "<table><caption>Tides</caption><thead><tr><th>Port</th><th>High</th></tr></thead>"
        "<tr><td>Elder</td><td><b>6:12</b></td></tr><tr><td>Weir</td><td>7:40</td></tr></table>"
    )
    assert table.kind == "table"
    assert table.header
    assert table.text == "Port\tHigh\nElder\t6:12\nWeir\t7:40"
    assert table.rows[1][1] == (Run("6:12", STRONG),)
    assert table.runs == (Run("Tides"),)


def test_a_layout_table_becomes_paragraphs() -> None:
    html = (
        "<table width=600><tr><td><font size=3>　　河水退去以后，街道上留下一层薄薄的泥。<br><br>"
        "　　居民们带着铁锹出来，一直干到天黑。</font></td><td width=100><table><tr><td>　　第三段。</t"
        "d></tr></table></td></tr></table>"
    )
    assert shapes(html) == [
        ("paragraph", 0, 0, "河水退去以后，街道上留下一层薄薄的泥。"),
        ("paragraph", 0, 0, "居民们带着铁锹出来，一直干到天黑。"),
        ("paragraph", 0, 0, "第三段。"),
    ]


@pytest.mark.parametrize(
    ("html", "texts"),
    [
        ("one<br><br>two<br>\n<br/>three", ["one", "two", "three"]),
        ("　　第一段写完了。<br>　　第二段接着写。", ["第一段写完了。", "第二段接着写。"]),
        ("&nbsp;&nbsp;First of all.<br>&nbsp;&nbsp;Second.", ["First of all.", "Second."]),
        ("A rose,<br>a thorn,<br>a song", ["A rose,\na thorn,\na song"]),
        ("中文的行\n接着下一行 and\nEnglish goes on", ["中文的行接着下一行 and English goes on"]),
    ],
)
def test_line_breaks(html: str, texts: list[str]) -> None:
    assert [block.text for block in blocks_from_html(html)] == texts


def test_long_lines_with_single_breaks_are_paragraphs() -> None:
    line = "The board met for the third time this month and again put the decision off until the spring."
    assert [b.text for b in blocks_from_html(f"<div>{line}<br>{line}<br>{line}</div>")] == [line] * 3


def test_pictures_with_captions() -> None:
    html = """<figure><a href="/big.jpg"><img src="/small.jpg" alt="A bridge"></a>
    <figcaption>The bridge, <a href="/who">by A. Wren</a></figcaption></figure>
    <p>Text <img src="data:image/gif;base64,AAAA" data-src="late.png" width="600" height=400> goes on.</p>"""
    first, paragraph, second = blocks_from_html(html, BASE)
    assert (first.kind, first.src, first.alt) == ("picture", "https://paper.example/small.jpg", "A bridge")
    assert first.runs == (Run("The bridge, "), Run("by A. Wren", "", "https://paper.example/who"))
    assert paragraph.text == "Text goes on."
    assert second.src == "https://paper.example/news/today/late.png"


def test_the_widest_of_a_srcset() -> None:
    [block] = blocks_from_html('<img src="data:," srcset="a.jpg 320w, b.jpg 1280w, c.jpg 640w">', BASE)
    assert block.src == BASE + "b.jpg"


@pytest.mark.parametrize(
    "html",
    [
        '<img src="https://count.example/p.gif" width="1" height="1">',
        '<img src="https://count.example/pixel.gif?u=1">',
        '<img src="x.png" style="width:1px;height:1px">',
        "<script>document.write('advertisement')</script>",
        "<style>p{}</style><iframe src='//ads.example'></iframe><noscript>turn it on</noscript>",
        '<p hidden>secret</p><div style="display: none">secret</div>',
        "<form><input value=x><button>Send</button><select><option>a</select></form>",
        "<!-- a comment --><p>  \u3000\u00a0</p>",
        "",
    ],
)
def test_what_shows_nothing_gives_nothing(html: str) -> None:
    assert blocks_from_html(html, BASE) == ()


def test_an_emoji_set_as_picture_stays_text() -> None:
    [block] = blocks_from_html('<p>Well <img class="emoji" alt="🎉" src="e.png"> done</p>')
    assert block.text == "Well 🎉 done"


@pytest.mark.parametrize(
    ("href", "target"),
    [
        ("javascript:alert(1)", ""),
        ("#top", ""),
        ("data:text/html,x", ""),
        ("  /a b ", "https://paper.example/a%20b"),
        ("mailto:desk@paper.example", "mailto:desk@paper.example"),
        ("//other.example/x", "https://other.example/x"),
        ("http://[broken", ""),
    ],
)
def test_link_targets(href: str, target: str) -> None:
    [block] = blocks_from_html(f'<p>see <a href="{href}">this</a></p>', BASE)
    assert next((run.href for run in block.runs if run.href), "") == (target if "[" not in href else href)


@pytest.mark.parametrize(
    ("html", "kind", "text"),
    [
        ("<p><strong>A line in bold</strong></p>", "subhead", "A line in bold"),
        ("<p>“动起来”:修桥铺路从今天开始</p>", "subhead", "“动起来”:修桥铺路从今天开始"),
        ("<p>「回头看」：一年以后再打分</p>", "subhead", "「回头看」：一年以后再打分"),
        (
            "<p><b>A bold sentence, which ends as one.</b></p>",
            "paragraph",
            "A bold sentence, which ends as one.",
        ),
        (
            "<p>“算了吧”：他说完就走了，再也没有回来。</p>",
            "paragraph",
            "“算了吧”：他说完就走了，再也没有回来。",
        ),
    ],
)
def test_subheads_by_their_look(html: str, kind: str, text: str) -> None:
    block = blocks_from_html(f"<p>Before it stands a paragraph.</p>{html}<p>And one after it.</p>")[1]
    assert (block.kind, block.text) == (kind, text)


def test_lines_that_open_with_dashes_are_a_list() -> None:
    html = (
        "<p>三点要求：</p><p>——早做准备；</p><p>——多听意见；</p><p>——少走弯路。</p><p>——鲁迅的话不在此"
        "列。</p>"
    )
    assert shapes(html)[:2] == [("paragraph", 0, 0, "三点要求："), ("item", 1, 0, "早做准备；")]
    [alone, _] = blocks_from_html("<p>——某人的话</p><p>正文接着写。</p>")
    assert alone.kind == "paragraph"


def test_escape_sequences_do_not_survive() -> None:
    html = (
        "<p>a&#27;[31mred\u202e\x07 &#x9b;2J <a href='https://e.example/&#27;]0;x'>b\x1b]0;t\x07</a></p"
        "><img alt='\x1b[5m' src=p.jpg>"
    )
    text = repr(blocks_from_html(html, BASE))
    assert not any(mark in text for mark in ("\\x1b", "\\x07", "\\x9b", "\\u202e", "[31m"))


def test_text_of_a_title() -> None:
    assert (
        text_from_html("Tom &amp; <b>Jerry</b>  <script>x</script> at&#160;last\n") == "Tom & Jerry at last"
    )
    assert text_from_html("plain") == "plain"
    assert text_from_html("3 < 4 > 2") == "3 < 4 > 2"


@pytest.mark.parametrize(
    "html",
    [
        "<div>" * 100_000 + "<p>hello",
        "<div><b><i>" * 30_000 + "hello",
        "<blockquote>" * 50_000 + "hello",
        "<table><tr><td>" * 20_000 + "hello",
        "<ul><li>" * 20_000 + "hello",
        "<p " + " ".join(f"a{i}=1" for i in range(200_000)) + ">hello",
        "hello<br>" * 200_000,
        "<span>" * 5_000 + "hello" + "</span>" * 5_000,
    ],
)
def test_hostile_fragments_end_and_keep_their_text(html: str) -> None:
    started = time.monotonic()
    blocks = blocks_from_html(html)
    assert any("hello" in block.text for block in blocks)
    assert time.monotonic() - started < 60  # quadratic ones took many minutes


@given(st.text(st.characters(), max_size=300))
@settings(max_examples=300, deadline=None)
def test_any_text_gives_clean_blocks(text: str) -> None:
    for block in blocks_from_html(text, BASE):
        assert clean_block(block) == block
        assert block.text.strip() or block.src or block.kind == "rule"


_PIECES = st.sampled_from(
    [
        "<p>",
        "</p>",
        "<b>",
        "</b>",
        "<i>",
        "<a href='/x'>",
        "</a>",
        "<ul>",
        "<li>",
        "</ul>",
        "<table>",
        "<tr>",
        "<td>",
        "</table>",
        "<pre>",
        "</pre>",
        "<br>",
        "<br><br>",
        "<blockquote>",
        "</blockquote>",
        "<h2>",
        "</h2>",
        "<img src=a.jpg>",
        "<figure>",
        "<figcaption>",
        "</figure>",
        "text ",
        "文字",
        "\u3000\u3000",
        "&nbsp;",
        "<!--",
        "-->",
        "<hr>",
        "<script>",
        "</script>",
        "&#27;[1m",
        "\n",
        "\n\n",
        "——",
        "<ol start=7>",
        "</ol>",
    ]
)


@given(st.lists(_PIECES, max_size=60))
@settings(max_examples=300, deadline=None)
def test_any_markup_gives_clean_blocks(pieces: list[str]) -> None:
    for block in blocks_from_html("".join(pieces), BASE):
        assert clean_block(block) == block
        assert block.level <= 12


@given(st.text(st.characters(), max_size=80), st.text(st.characters(), max_size=60))
@settings(max_examples=500, deadline=None)
def test_what_is_taken_for_clean_is_clean(text: str, href: str) -> None:
    block = Block("paragraph", (Run(text, "", href),))
    if _is_clean(block) and text:
        assert clean_block(block) == block
