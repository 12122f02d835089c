"""Inline text: white space as a browser folds it, runs with one look, links made absolute."""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any
from urllib.parse import urljoin

from tui_news.model import CODE, EMPHASIS, STRIKE, STRONG, Run
from tui_news.text.clean import clean_line

MARKS = {
    "em": EMPHASIS, "i": EMPHASIS, "cite": EMPHASIS, "dfn": EMPHASIS, "var": EMPHASIS,
    "strong": STRONG, "b": STRONG,
    "code": CODE, "kbd": CODE, "samp": CODE, "tt": CODE,
    "s": STRIKE, "strike": STRIKE, "del": STRIKE,
}  # fmt: skip

# Nothing in these is text. What a browser runs, embeds or asks for is no part of an article.
SKIPPED = frozenset((
    "script", "style", "iframe", "noscript", "template", "object", "embed", "applet", "svg", "canvas", "map",
    "dialog", "head", "title", "meta", "link", "base", "input", "button", "select", "textarea", "datalist",
    "option", "audio", "video", "source", "track", "progress", "meter", "frame", "frameset", "noframes",
    "noembed", "param", "area", "bgsound",
))  # fmt: skip

MAX_BREAKS = 10_000
"""Line breaks kept in one paragraph; further ones are spaces."""

_FOLDED = re.compile("[ \t\n\r\f]+")
_NEEDS_FOLDING = re.compile("[\t\n\r\f]|  ")
# A line feed in the source between two ideographs is no space (CSS Text 3, segment break transformation).
_WIDE = (
    "\u2e80-\u303f\u3040-\u312f\u3190-\u4dbf\u4e00-\u9fff\uf900-\ufaff\ufe30-\ufe4f\uff01-\uff60\uffe0-\uffe6"
)
_WIDE_BREAK = re.compile(f"(?<=[{_WIDE}])[ \t\r\f]*\n[ \t\r\n\f]*(?=[{_WIDE}])")
_HIDDEN = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden", re.IGNORECASE)

# The spaces that editors indent or pad a line with; they carry no meaning at its ends.
EDGE_SPACE = " \t\n\r\f\u00a0\u3000\u2002\u2003\u200b\ufeff"


def fold(text: str) -> str:
    """White space folded as HTML folds it; ideographic and no-break spaces stay."""
    if not _NEEDS_FOLDING.search(text):
        return text
    if "\n" in text:
        text = _WIDE_BREAK.sub("", text)
    return _FOLDED.sub(" ", text)


def one_line(text: str, limit: int = 1_000) -> str:
    """Source text as one clean line, its ideographic spaces kept."""
    return clean_line(fold(text), limit)


def is_hidden(node: Any) -> bool:
    """Whether an element's own attributes take it off the screen."""
    if node.get("hidden") is not None:
        return True
    style = node.get("style")
    return style is not None and _HIDDEN.search(style) is not None


def absolute(url: str | None, base: str) -> str:
    """A link's target against `base`; '' for fragments, scripts and what is no URL."""
    if not url:
        return ""
    url = url.strip()
    head = url[:11].lower()
    if head.startswith(("http://", "https://")):
        return url
    if not url or url[0] == "#" or head == "javascript:" or head.startswith(("data:", "about:", "vbscript:")):
        return ""
    if head.startswith("mailto:") or not base:
        return url
    try:
        return urljoin(base, url)
    except ValueError:
        return ""


class Runs:
    """Gathers text of changing looks into runs, folding white space across their borders."""

    __slots__ = ("_breaks", "_look", "_parts", "_space", "size")

    def __init__(self) -> None:
        self._parts: list[tuple[list[str], str, str]] = []  # pieces of text, marks, href
        self._look: tuple[str, str] | None = None
        self._space = True
        self._breaks = 0
        self.size = 0

    def add(self, text: str, marks: str = "", href: str = "") -> None:
        """Appends source text (not yet folded)."""
        if _NEEDS_FOLDING.search(text):
            text = fold(text)
        if self._space and text[:1] == " ":
            text = text[1:]
        if not text:
            return
        self._space = text[-1] == " "
        self.size += len(text)
        look = (marks, href)
        if look == self._look:
            self._parts[-1][0].append(text)
        else:
            self._look = look
            self._parts.append(([text], marks, href))

    def line_break(self) -> None:
        """A `<br>`: a newline in the text."""
        if self._parts:
            pieces = self._parts[-1][0]
            if self._space:
                pieces[-1] = pieces[-1].rstrip(" ")
            self._breaks += 1
            pieces.append("\n" if self._breaks < MAX_BREAKS else " ")
            self._space = True

    def take(self) -> list[Run]:
        """What was gathered, trimmed at both ends; the gatherer is empty afterwards."""
        parts, self._parts, self._look, self._space, self.size = self._parts, [], None, True, 0
        self._breaks = 0
        return trimmed([Run("".join(pieces), marks, href) for pieces, marks, href in parts])


def trimmed(runs: list[Run]) -> list[Run]:
    """The runs without white space at the ends of the whole; empty ones go."""
    while runs:
        text = runs[0].text.lstrip(EDGE_SPACE)
        if text:
            if text != runs[0].text:
                runs[0] = Run(text, runs[0].marks, runs[0].href)
            break
        del runs[0]
    while runs:
        last = runs[-1]
        text = last.text.rstrip(EDGE_SPACE)
        if text:
            if text != last.text:
                runs[-1] = Run(text, last.marks, last.href)
            break
        runs.pop()
    return [run for run in runs if run.text]


def inline_runs(element: Any, base: str, drop: Container[Any] = ()) -> list[Run]:
    """All text of an element as one line of runs: blocks and breaks within it become spaces."""
    from lxml import etree

    out = Runs()
    looks: list[tuple[str, str]] = [("", "")]
    skipping: Any = None
    walker = etree.iterwalk(element, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            tag = node.tag
            if tag in SKIPPED or is_hidden(node) or (drop and node in drop):
                walker.skip_subtree()
                skipping = node
                continue
            marks, href = looks[-1]
            if tag in MARKS and MARKS[tag] not in marks:
                marks += MARKS[tag]
            elif tag == "a":
                href = absolute(node.get("href"), base)
            looks.append((marks, href))
            if tag not in _INLINE:
                out.add(" ", marks, href)
            if node.text:
                out.add(node.text, marks, href)
            continue
        if event == "end":
            if node is skipping:
                skipping = None
            else:
                looks.pop()
                if node.tag not in _INLINE:
                    out.add(" ", *looks[-1])
        if node is not element and node.tail:
            out.add(node.tail, *looks[-1])
    return out.take()


_INLINE = frozenset((
    "a", "abbr", "acronym", "b", "bdi", "bdo", "big", "cite", "code", "data", "del", "dfn", "em", "font", "i",
    "ins", "kbd", "label", "mark", "nobr", "q", "rb", "rp", "rt", "ruby", "s", "samp", "small", "span",
    "strike", "strong", "sub", "sup", "time", "tt", "u", "var", "wbr",
))  # fmt: skip
