"""HTML to a tree, whatever it is: no nesting, attribute flood or size can stall or overflow it."""

from __future__ import annotations

import re
from itertools import islice
from typing import Any, Final

from lxml import etree

MAX_HTML: Final = 10_000_000
"""Characters of HTML that are looked at; what follows is cut."""
MAX_ATTRIBUTES: Final = 5_000
MAX_ELEMENTS: Final = 60_000
"""Elements of a page that are kept, some ten times what large pages have; those that follow are cut."""
_ANY_TAG = re.compile(rb"</?[a-zA-Z!][^>]*>?")
_HEAD: Final = frozenset(("title", "meta", "link", "script", "style", "base", "noscript", "template"))
"""What stands in a head (HTML, 4.2)."""
# Of a page nested too deep, only what lies flat is kept as tags.
_NESTING = re.compile(
    rb"</?(?!(?:p|br|hr|h[1-6]|li|img|script|style|title|head|body|html)\b)[a-zA-Z!][^<>]*>"
)


class TooManyAttributesError(ValueError):
    """A tag with so many attributes that building its element would take minutes."""


class _Attributes:
    """A parser's target that only counts attributes: linear where building the tree is quadratic."""

    def start(self, tag: str, attributes: Any) -> None:
        if len(attributes) > MAX_ATTRIBUTES:
            raise TooManyAttributesError(f"<{tag[:20]}> has {len(attributes):,} attributes")

    def close(self) -> None:
        return None


def parse_html(markup: bytes | str, *, strict: bool = False) -> Any:
    """The root element of a page or fragment, or None when there is nothing in it.

    Tags with more than `MAX_ATTRIBUTES` attributes lose them, or raise `TooManyAttributesError` when
    `strict`; nesting deeper than the parser holds is flattened, so that the text in it is still found.
    """
    if isinstance(markup, str):
        markup = markup[:MAX_HTML].replace("\x00", "").encode("utf-8", "replace")
    if len(markup) > 64_000:
        try:
            _parse(markup, target=_Attributes())
        except TooManyAttributesError:
            if strict:
                raise
            markup = _ANY_TAG.sub(b" ", markup)
    root, too_deep = _parse(markup)
    if too_deep:
        root, _ = _parse(_NESTING.sub(b" ", markup), huge_tree=True)
    if root is not None:
        _leave_head(root)
        if len(markup) > MAX_ELEMENTS * 3:
            _cut(root)
    return root


def _leave_head(root: Any) -> None:
    """Moves to the body what a page without a `<body>` opens with: libxml2 knows no elements of HTML 5, and
    takes `<title>x</title><article>` for one long head."""
    head = root.find("head")
    outside = (
        next((n for n, node in enumerate(head) if node.tag not in _HEAD), None) if head is not None else None
    )
    if outside is None:
        return
    body = root.find("body")
    if body is None:
        body = etree.SubElement(root, "body")
    # Each goes to the end in turn, so that the order stays and the time is linear.
    for node in [*head[outside:], *body]:
        body.append(node)


def _cut(root: Any) -> None:
    """Takes out all elements after the first `MAX_ELEMENTS`."""
    node = next(islice(root.iter(), MAX_ELEMENTS, None), None)
    while node is not None and (above := node.getparent()) is not None:
        del above[above.index(node) + 1 :]
        node = above


def _parse(markup: bytes, **options: Any) -> tuple[Any, bool]:
    parser = etree.HTMLParser(encoding="utf-8", remove_comments=True, remove_pis=True, **options)
    try:
        root = etree.fromstring(markup, parser)
    except (etree.XMLSyntaxError, AssertionError):
        return None, False
    return root, any(entry.type == etree.ErrorTypes.ERR_RESOURCE_LIMIT for entry in parser.error_log)
