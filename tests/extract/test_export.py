"""Blocks written out as Markdown, HTML, plain text and data."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from lxml import etree

from tui_news.extract import (
    blocks_from_html,
    blocks_to_data,
    blocks_to_html,
    blocks_to_markdown,
    blocks_to_text,
)
from tui_news.model import Block, Run

HTML = """<h2>Tides</h2><p>A <a href="https://e.example/a_(b)">link</a> and <b>bold</b> text.</p>
<ol><li>one<ul><li>deep</li></ul></li><li>two</li></ol><blockquote>said<br>so</blockquote>
<pre>x = `y`</pre><table><tr><th>a<th>b<tr><td>1|2<td>3</table>
<figure><img src="https://e.example/p.jpg" alt="alt"><figcaption>cap</figcaption></figure>"""


def test_markdown() -> None:
    assert blocks_to_markdown(blocks_from_html(HTML)) == (
        "## Tides\n\n"
        "A [link](<https://e.example/a_(b)>) and **bold** text.\n\n"
        "1. one\n    - deep\n2. two\n\n"
        "> said  \n> so\n\n"
        "```\nx = `y`\n```\n\n"
        "| a | b |\n| --- | --- |\n| 1\\|2 | 3 |\n\n"
        "![alt](https://e.example/p.jpg)\n\n*cap*\n"
    )


def test_what_looks_like_markdown_is_kept_from_being_it() -> None:
    made = blocks_to_markdown([Block("paragraph", (Run("# 5 * 3 <b> [x](y)\n1. no list"),))])
    assert made == "\\# 5 \\* 3 \\<b\\> \\[x\\](y)  \n1\\. no list\n"


def test_plain_text() -> None:
    assert blocks_to_text(blocks_from_html(HTML)) == (
        "Tides\n\nA link and bold text.\n\n1. one\n  - deep\n2. two\n\nsaid\nso\n\nx = `y`\n\na\tb\n1|"
        "2\t3\n\n[cap]"
    )


def test_nothing() -> None:
    assert blocks_to_markdown(()) == ""
    assert blocks_to_text(()) == ""


# --- HTML ---------------------------------------------------------------------------------------------


def test_html() -> None:
    assert blocks_to_html(blocks_from_html(HTML)) == (
        "<h3>Tides</h3>\n"
        '<p>A <a href="https://e.example/a_(b)">link</a> and <strong>bold</strong> text.</p>\n'
        '<ol>\n<li value="1">one\n<ul>\n<li>deep</li>\n</ul>\n</li>\n<li value="2">two</li>\n</ol>\n'
        "<blockquote>\n<p>said<br>\nso</p>\n</blockquote>\n"
        "<pre>\nx = `y`</pre>\n"
        "<table>\n<tr><th>a</th><th>b</th></tr>\n<tr><td>1|2</td><td>3</td></tr>\n</table>\n"
        '<figure><img src="https://e.example/p.jpg" alt="alt" loading="lazy"><figcaption>cap</figcaption>'
        "</figure>\n"
    )


@pytest.mark.parametrize(
    "href", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "//[", "x y"]
)
def test_html_links_to_nothing_but_the_web(href: str) -> None:
    blocks = (Block("paragraph", (Run("here", "", href),)), Block("picture", alt="sea", src=href))
    made = blocks_to_html(blocks)
    assert made == "<p>here</p>\n<figure><p>[sea]</p></figure>\n"


TEXT = st.text(
    st.sampled_from("abc <>&\"'/=`\\*_#é漢；😀") | st.characters(exclude_categories=("C", "Z")),
    min_size=1,
    max_size=12,
).filter(str.strip)
HREF = st.sampled_from(
    ["", "https://e.example/?a=1&b=\"<2>'", "mailto:a@e.example", "#fn1", "javascript:x()"]
)
RUNS = st.lists(
    st.builds(Run, TEXT, st.sampled_from(["", "e", "s", "c", "x", "esx"]), HREF), min_size=1, max_size=3
).map(tuple)
BLOCKS = st.lists(
    st.one_of(
        st.builds(Block, st.sampled_from(["paragraph", "pre"]), RUNS),
        st.builds(Block, st.just("subhead"), RUNS, st.integers(0, 7)),
        st.builds(Block, st.just("item"), RUNS, st.integers(0, 6), st.sampled_from([0, 0, 1, 2, 7])),
        st.builds(Block, st.just("quote"), RUNS, st.integers(0, 4)),
        st.builds(lambda a, b, c: Block("table", a, rows=((b, c), (c, b)), header=True), RUNS, RUNS, RUNS),
        st.builds(lambda a, alt: Block("picture", a, src="https://e.example/p?a&b", alt=alt), RUNS, TEXT),
    ),
    max_size=8,
)


@given(BLOCKS)
@settings(max_examples=150, deadline=None)
def test_html_parsed_back_says_what_the_blocks_say(blocks: list[Block]) -> None:
    """A parser of the standard's sees the same text, the same links, and no tag that is not ours."""
    root = html5(blocks_to_html(blocks))
    texts = []
    for block in blocks:
        parts = [block.runs, *(cell for row in block.rows for cell in row)]
        texts += [run.text for runs in parts for run in runs]
    assert "".join("".join(root.itertext()).split()) == "".join("".join(texts).split())
    links = [
        run.href
        for block in blocks
        for runs in (block.runs, *(cell for row in block.rows for cell in row))
        for run in runs
        if run.href and not run.href.startswith("javascript")
    ]
    assert sorted(node.get("href") for node in root.iter("a")) == sorted(links)
    assert [node.get("alt") for node in root.iter("img")] == [b.alt for b in blocks if b.kind == "picture"]
    for node in root.iter():
        if node.tag in ("ul", "ol"):
            assert {child.tag for child in node} == {"li"}
            assert not (node.text or "").strip()
        if node.tag == "li":
            assert node.getparent().tag in ("ul", "ol")
    depths = [
        sum(1 for up in node.iterancestors() if up.tag in ("ul", "ol"))
        for node in root.iter("li")
        if (node.text or "").strip() or (len(node) and node[0].tag not in ("ul", "ol"))
    ]
    assert depths == [max(1, block.level) for block in blocks if block.kind == "item"]


def html5(text: str) -> Any:
    return etree.HTML(f"<!DOCTYPE html><html><body><main>{text}</main></body></html>").find(".//main")


def test_data_for_json() -> None:
    rows = blocks_to_data(blocks_from_html(HTML))
    assert [row["type"] for row in rows] == [
        "subhead", "paragraph", "item", "item", "item", "quote", "pre", "table", "picture",
    ]  # fmt: skip
    assert rows[1]["links"] == [{"text": "link", "href": "https://e.example/a_(b)"}]
    assert rows[4]["ordinal"] == 2
    assert rows[7]["rows"] == [["a", "b"], ["1|2", "3"]]
