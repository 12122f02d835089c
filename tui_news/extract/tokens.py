"""A page as one stream of text, links and edges in reading order: what lists of links are found in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, Final, Literal

from lxml import etree

from tui_news.extract.inline import SKIPPED, absolute, fold, is_hidden
from tui_news.extract.survey import BLOCKS, HEADINGS

_BOXES: Final = frozenset((
    "div", "td", "table", "section", "aside", "article", "form", "nav", "footer", "header", "main",
    "fieldset",
))  # fmt: skip
_BOLD: Final = frozenset(("b", "strong", "th", "dt", "caption", "legend", "summary"))


@dataclass(slots=True)
class Token:
    """`text`: text outside links. `link`: a whole link with its text. `edge`: a block begins or ends, a
    `<br>`, a rule. `depth` counts the boxes around it; `strong` says that it is set as a heading or bold."""

    kind: Literal["text", "link", "edge"]
    text: str = ""
    href: str = ""
    depth: int = 0
    strong: bool = False
    heading: bool = False
    item: str = ""
    """The list tag (`ol`, `ul`) it stands in."""
    site: bool = False
    """Within nav, footer or a header of the site."""
    node: Any = None


def tokens(root: Any, base: str) -> Iterator[Token]:
    """The stream, without scripts, styles and what is hidden. No recursion."""
    depth = strong = heading = site = 0
    lists: list[str] = []
    link: Any = None
    pieces: list[str] = []
    skipped: Any = None
    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            tag = node.tag
            if (tag in SKIPPED and tag != "input") or (node.get("style") and is_hidden(node)):
                walker.skip_subtree()
                skipped = node
                continue
            if tag == "a" and link is None and node.get("href"):
                link, pieces = node, []
            elif tag in BLOCKS or tag == "br":
                if link is None:
                    yield Token("edge", tag, "", depth)
                else:
                    pieces.append("\n")
                if tag in _BOXES:
                    depth += 1
                    site += tag in ("nav", "footer")
                elif tag in ("ol", "ul"):
                    lists.append(tag)
                elif tag in HEADINGS:
                    heading += 1
            if tag in _BOLD or tag in HEADINGS:
                strong += 1
            elif tag == "time" and node.get("datetime"):
                yield Token("text", node.get("datetime"), "", depth, node=node)
            if text := node.text:
                if link is not None:
                    pieces.append(text)
                elif not text.isspace():
                    yield Token(
                        "text", fold(text), "", depth, strong > 0, heading > 0, _last(lists), site > 0, node
                    )
        else:
            if event == "end":
                tag = node.tag
                if node is skipped:
                    skipped = None
                else:
                    if node is link:
                        href = absolute(node.get("href"), base)
                        yield Token(
                            "link", "".join(pieces), href, depth, strong > 0, heading > 0,
                            _last(lists), site > 0, node,
                        )  # fmt: skip
                        link = None
                    if tag in _BOLD or tag in HEADINGS:
                        strong -= 1
                    if tag in BLOCKS:
                        if tag in _BOXES:
                            depth -= 1
                            site -= tag in ("nav", "footer")
                        elif tag in ("ol", "ul") and lists:
                            lists.pop()
                        elif tag in HEADINGS:
                            heading -= 1
                        if link is None:
                            yield Token("edge", "/" + tag, "", depth)
                        else:
                            pieces.append("\n")
            if text := node.tail:
                if link is not None:
                    pieces.append(text)
                elif not text.isspace():
                    yield Token(
                        "text", fold(text), "", depth, strong > 0, heading > 0, _last(lists), site > 0, node
                    )


def _last(lists: list[str]) -> str:
    return lists[-1] if lists else ""
