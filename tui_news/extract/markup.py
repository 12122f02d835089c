"""Blocks as HTML: lists and quotes nested as the standard has them, everything from outside escaped."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from html import escape
from typing import Final
from urllib.parse import urlsplit

from tui_news.extract.export import Writer
from tui_news.model import CODE, EMPHASIS, STRIKE, STRONG, Block, Run
from tui_news.text.clean import is_web_url

_TAGS: Final = ((CODE, "code"), (EMPHASIS, "em"), (STRONG, "strong"), (STRIKE, "del"))
_DEEPEST: Final = 12
"""Levels of lists and quotes that are nested; what says to lie deeper lies there."""


def safe_link(url: str) -> str:
    """The address when a page may link to it: http, https, mailto, or a place in the same page; else ''."""
    if url.startswith("#") and len(url) > 1:
        return url
    try:
        mail = urlsplit(url).scheme == "mailto"
    except ValueError:
        return ""
    return url if mail or is_web_url(url) else ""


class Markup(Writer):
    """Writes HTML for use within a page. Holds what is open, so each walk wants its own."""

    def __init__(self) -> None:
        self._lists: list[str] = []
        self._quotes = 0

    def between(self, above: Block | None, below: Block | None) -> str:
        out: list[str] = []
        if above is not None and above.kind == "item":
            out.append(self._close_lists(below))
        quotes = min(max(below.level, 1), _DEEPEST) if below is not None and below.kind == "quote" else 0
        out.append("</blockquote>\n" * (self._quotes - quotes))
        out.append("<blockquote>\n" * (quotes - self._quotes))
        self._quotes = quotes
        if below is not None and below.kind == "item":
            out.append(self._open_list(below))
        if above is not None:
            out.insert(0, "\n" if above.kind != "item" else "")
        return "".join(out)

    def _close_lists(self, below: Block | None) -> str:
        """End the item before, and the lists that the next block is not in."""
        depth = min(max(below.level, 1), _DEEPEST) if below is not None and below.kind == "item" else 0
        if depth > len(self._lists):
            return "\n"
        out = ["</li>\n"]
        while len(self._lists) > depth:
            out.append(f"</{self._lists.pop()}>\n")
            if self._lists:
                out.append("</li>\n")
        if depth and below is not None and self._lists[-1] != _kind(below):
            out.append(f"</{self._lists.pop()}>\n")
        return "".join(out)

    def _open_list(self, block: Block) -> str:
        depth = min(max(block.level, 1), _DEEPEST)
        out: list[str] = []
        while len(self._lists) < depth:
            # A level that was left out has an item without text, for a list may not stand in a list.
            out.append("<li>" if self._lists and out else "")
            kind = _kind(block)
            self._lists.append(kind)
            start = f' start="{block.ordinal}"' if block.ordinal > 1 and len(self._lists) == depth else ""
            out.append(f"<{kind}{start}>\n")
        number = f' value="{block.ordinal}"' if block.ordinal else ""
        return "".join(out) + f"<li{number}>"

    def block(self, block: Block) -> str:
        if block.anchors:
            text = self.block(replace(block, anchors=()))
            names = "".join(f'<a id="{escape(name)}"></a>' for name in block.anchors)
            # Inside the paragraph or heading, where there is one.
            place = text.index(">") + 1 if block.kind in ("paragraph", "quote", "subhead") and text else 0
            return text and text[:place] + names + text[place:]
        match block.kind:
            case "rule":
                return "<hr>"
            case "pre":
                # The parser takes one newline away after the tag.
                return f"<pre>\n{inline_html(block.runs, breaks=False)}</pre>"
            case "picture":
                return _picture(block)
            case "table":
                return _table(block)
        text = inline_html(block.runs)
        if not text.strip():
            return ""
        if block.kind == "subhead":
            # The headline is the page's h1.
            level = min(max(block.level, 1) + 1, 6)
            return f"<h{level}>{text}</h{level}>"
        return text if block.kind == "item" else f"<p>{text}</p>"


def _kind(block: Block) -> str:
    return "ol" if block.ordinal else "ul"


def inline_html(runs: Iterable[Run], *, breaks: bool = True) -> str:
    """Runs as HTML; with `breaks` a newline is a line break."""
    out: list[str] = []
    for run in runs:
        text = escape(run.text)
        if breaks:
            text = text.replace("\n", "<br>\n")
        for mark, tag in _TAGS:
            if mark in run.marks:
                text = f"<{tag}>{text}</{tag}>"
        if link := safe_link(run.href) if run.href else "":
            text = f'<a href="{escape(link)}">{text}</a>'
        out.append(text)
    return "".join(out)


def _picture(block: Block) -> str:
    caption = inline_html(block.runs)
    shown = ""
    if is_web_url(block.src):
        shown = f'<img src="{escape(block.src)}" alt="{escape(block.alt)}" loading="lazy">'
    elif block.alt:
        shown = f"<p>[{escape(block.alt)}]</p>"
    if not shown and not caption:
        return ""
    return f"<figure>{shown}{f'<figcaption>{caption}</figcaption>' if caption else ''}</figure>"


def _table(block: Block) -> str:
    if not block.rows:
        return ""
    rows = []
    for number, row in enumerate(block.rows):
        tag = "th" if block.header and number == 0 else "td"
        rows.append("<tr>" + "".join(f"<{tag}>{inline_html(cell)}</{tag}>" for cell in row) + "</tr>")
    caption = f"<caption>{inline_html(block.runs)}</caption>\n" if block.runs else ""
    return "<table>\n" + caption + "\n".join(rows) + "\n</table>"
