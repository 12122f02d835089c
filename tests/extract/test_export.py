"""Blocks written out as Markdown and as plain text."""

from __future__ import annotations

from tui_news.extract import blocks_from_html, blocks_to_markdown, blocks_to_text
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
        "> said\n> so\n\n"
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
