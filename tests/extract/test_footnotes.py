"""Footnotes: their links lead to blocks of the article, and out to the formats it is written in."""

from __future__ import annotations

from lxml import etree

from tui_news.extract import blocks_from_html, blocks_to_data, blocks_to_html, blocks_to_markdown
from tui_news.model import Block, Run, block_from_dict, block_to_dict
from tui_news.typeset import Galley

PAGE = "https://e.example/story"
HTML = """<p>The river rose<sup id="r1"><a href="#fn-1">1</a></sup> and fell
<a href="https://e.example/story#fn2">[b]</a>. See <a href="#top">the top</a>, <a href="/x">more</a>
and <a href="#gone">9</a>.</p>
<div id="notes"><ol><li id="fn-1"><p>By <b>forty</b> centimetres. <a href="#r1">↩</a></p><p>Twice.</p></li>
<li><a name="fn2"></a>At noon. <a href="#r1">^</a></li></ol></div>"""


def test_notes_are_anchored_and_referred_to() -> None:
    first, one, twice, two = blocks_from_html(HTML, PAGE)
    assert [(run.text, run.href) for run in first.runs if run.href] == [
        ("1", "#fn-1"),
        ("[b]", "#fn2"),
        ("more", "https://e.example/x"),
    ]
    assert (first.anchors, one.anchors, twice.anchors, two.anchors) == (("r1",), ("fn-1",), (), ("fn2",))
    assert one.runs[-1] == Run("↩", "", "#r1")
    assert one.kind == two.kind == "item"


def test_tables_of_contents_are_no_notes() -> None:
    made = blocks_from_html('<p><a href="#s1">The first part</a></p><h2 id="s1">The first part</h2><p>x</p>')
    assert all(not block.anchors and not any(run.href for run in block.runs) for block in made)


def test_hostile_names() -> None:
    made = blocks_from_html('<p><a href="#%1b]0;x%07">1</a></p><p id="\x1b]0;x\x07">n</p><p id="a b">m</p>')
    assert "\x1b" not in repr(made).encode().decode("unicode_escape")
    loop = blocks_from_html("".join(f'<p id="a{n}"><a href="#a{n}">{n}</a></p>' for n in range(5_000)))
    assert sum(bool(block.anchors) for block in loop) == 2_000


def test_kept_by_the_cache() -> None:
    for block in blocks_from_html(HTML, PAGE):
        assert block_from_dict(block_to_dict(block)) == block


def test_written_out() -> None:
    blocks = blocks_from_html(HTML, PAGE)
    root = etree.HTML(blocks_to_html(blocks))
    names = {node.get("id") for node in root.iter("a") if node.get("id")}
    targets = {node.get("href")[1:] for node in root.iter("a") if (node.get("href") or "").startswith("#")}
    assert targets == names == {"r1", "fn-1", "fn2"}
    assert root.find(".//li/a").get("id") == "fn-1"
    assert "[1](#fn-1)" in blocks_to_markdown(blocks)
    assert '1. <a id="fn-1"></a>By **forty**' in blocks_to_markdown(blocks)
    assert blocks_to_data(blocks)[1]["anchors"] == ["fn-1"]


def test_set_as_printed_numbers_that_are_not_counted_among_the_links() -> None:
    galley = Galley(blocks_from_html(HTML, PAGE), 72)
    assert [href for _, _, href in galley.links] == ["https://e.example/x"]
    text = " ".join(line.text for line in galley.lines(0, 20))
    assert "The river rose¹ and fell [b]. See the top, more[1] and 9." in text
    spans = [span for line in galley.lines(0, 20) for span in line.spans if span.href == "#fn-1"]
    assert [(span.text, span.link) for span in spans] == [("¹", 0)]
    assert Galley(
        [Block("paragraph", (Run("x", "", "#a"), Run("y", "", "https://e.example")))], 40
    ).links == ((1, "y", "https://e.example"),)
