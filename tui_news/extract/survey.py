"""A page's text measured in one walk: where its paragraphs stand, and how much of each element is links.

The measures are those of content extraction since Readability (paragraph length, punctuation, link
density, class names), counted here in one pass without recursion, each element once.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final

from lxml import etree

from tui_news.extract.inline import EDGE_SPACE, SKIPPED, is_hidden

BLOCKS: Final = frozenset((
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre",
    "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
))  # fmt: skip
HEADINGS: Final = frozenset(("h1", "h2", "h3", "h4", "h5", "h6"))

# Tags and roles that hold the site, never the article.
_SITE_TAGS = frozenset(("nav", "footer", "menu"))
_SITE_ROLES = frozenset((
    "navigation", "banner", "contentinfo", "search", "dialog", "alert", "alertdialog", "menu", "menubar",
    "complementary", "tablist", "toolbar",
))  # fmt: skip

# Class and id names are compared in words: "sideBar-left" is side, bar, left.
_NEGATIVE = re.compile(
    r"(?:^|[\s_-])(?:ad|ads|advert\w*|adsense|adbox|author-?(?:bio|box|info|card|profile|details|about)|"
    r"about-?(?:the-?)?author|bio|banner|breadcrumbs?|byline|carousel\w*|combx|comments?|commentlist|"
    r"community|cookies?|cover-?wrap|credits?|disqus|disclaimer|extra|foot|footer|footnotes?|\w*gallery|"
    r"gdpr|hidden|"
    r"legends|lightbox|masthead|menu\w*|meta|modal|nav\w*|newsletter|outbrain|pager|pagination|paywall|"
    r"popup|popular|promo\w*|recommend\w*|recirc\w*|related\w*|remark|replies|rss|scroll|"
    r"shoutbox|sidebar\w*|side|skip|skyscraper|slideshow\w*|slider|swiper\w*|"
    r"sponsor\w*|subscri\w*|supplemental|taboola|tags?|tag-?list|teasers?|toolbar|tools?|tooltip|"
    r"trending|widget\w*|yom-remote|copyright|login|signup|sign-up|search\w*|hot|rank\w*|topnav|"
    r"qr-?code\w*|most-?(?:read|viewed|popular)|read-?(?:more|next)|see-?also|"
    r"more-?(?:on|from|stories|news|articles)|up-?next|next-?(?:up|article|story))(?:$|[\s_-])",
    re.IGNORECASE,
)
# Share bars and players; the posts of others that an article shows stand in such boxes too.
_MEDIA = re.compile(
    r"(?:^|[\s_-])(?:share\w*|sharing|social\w*|video\w*|player\w*)(?:$|[\s_-])", re.IGNORECASE
)
_CAPTION = re.compile(
    r"(?:^|[\s_-])(?:wp-?caption-?(?:text|dd)|\w*captions?|image-?(?:credit|info|meta|text|source)|"
    r"photo-?(?:credit|info|meta|text|source)|picture-?(?:credit|info|text)|media-?(?:credit|info|"
    r"text))(?:$|[\s_-])",
    re.IGNORECASE,
)
_UNSEEN = re.compile(
    r"(?:^|[\s_-])(?:sr-only|off-?screen|visually-?hidden|visuallyhidden|screen-?reader(?:-text)?|"
    r"assistive-text|"
    r"a11y-?(?:text|hidden)|tooltip\w*|pop-?over\w*|pop-?up\w*|hover-?card\w*|rollover-\w*block)(?:$|[\s_-])",
    re.IGNORECASE,
)
_POSITIVE = re.compile(
    r"article|body|content|entry|hentry|h-entry|main|page|post|text|blog|story|column|shadow|artical|detail|"
    r"news|prose|正文",
    re.IGNORECASE,
)
_STRONG_POSITIVE = re.compile(
    r"article[-_]?(?:body|content|text|main|detail)|(?:body|content|text)[-_]?article|entry[-_]?content|"
    r"post[-_]?(?:body|content|text)|story[-_]?(?:body|content|text)|(?:news|main)[-_]?(?:content|text|body)|"
    r"artibody|rich[-_]?text|field[-_]name[-_]body",
    re.IGNORECASE,
)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")
HIDDEN: Final = -2
"""The weight of an element that a browser would not show."""
MEDIA: Final = -4
"""The weight of a share bar or a player: no content, but for a post that is quoted in it."""
CAPTION: Final = -3
"""The weight of an element that says what a picture shows."""
_PUNCTUATION = re.compile("[,，、。．;；!！?？:：]|\\.(?=\\s|$)")
_WIDE = re.compile("[\u2e80-\u9fff\uac00-\ud7af\uf900-\ufaff\uff00-\uffef]+")


@dataclass(slots=True)
class Paragraph:
    """A stretch of text between block borders."""

    owner: int
    """Index of the innermost block element."""
    text: str
    size: int
    """Characters, an ideograph counting two and a half: what it would be in letters."""
    links: int
    """Of these, in links."""
    marks: int
    """Punctuation marks."""
    prose: int = 0
    """The size without links when it reads as sentences of an article, else 0."""


@dataclass(slots=True)
class Survey:
    """The block elements of a page in document order, and what is in each (its descendants included)."""

    elements: list[Any] = field(default_factory=list)
    parent: list[int] = field(default_factory=list)
    end: list[int] = field(default_factory=list)
    """Index after the last descendant."""
    weight: list[int] = field(default_factory=list)
    """What an element's names say: below 0 no content, 1 content, 2 the text itself."""
    size: list[int] = field(default_factory=list)
    links: list[int] = field(default_factory=list)
    marks: list[int] = field(default_factory=list)
    pictures: list[int] = field(default_factory=list)
    inputs: list[int] = field(default_factory=list)
    items: list[int] = field(default_factory=list)
    prose: list[int] = field(default_factory=list)
    """Size of the paragraphs that look like sentences."""
    first: list[int] = field(default_factory=list)
    """Index of the first paragraph in it (the paragraph list is in document order too)."""
    last: list[int] = field(default_factory=list)
    paragraphs: list[Paragraph] = field(default_factory=list)
    dropped: set[Any] = field(default_factory=set)
    """Elements that were left out as the site's, not the article's."""

    captions: set[Any] = field(default_factory=set)
    """Elements that hold pictures' captions, and pictures perhaps."""
    gone: list[bool] = field(default_factory=list)
    """True for what is within a dropped element."""

    def density(self, index: int) -> float:
        """The share of an element's text that is links."""
        return self.links[index] / self.size[index] if self.size[index] else 0.0


def effective(text: str) -> int:
    """A length in letters: an ideograph or syllable counts two and a half."""
    if text.isascii():
        return len(text)
    wide = sum(map(len, _WIDE.findall(text)))
    return len(text) + wide + wide // 2


def name_weight(names: str) -> int:
    """What a class and id say: -1 no content, 0 nothing, 1 content, 2 the text itself."""
    names = _CAMEL.sub("-", names[:400])
    if _UNSEEN.search(names):
        return HIDDEN
    if _CAPTION.search(names):
        return CAPTION
    negative = _NEGATIVE.search(names) is not None
    if not negative and _MEDIA.search(names):
        return MEDIA
    if _STRONG_POSITIVE.search(names):
        return 1 if negative else 2
    if negative:
        return -1
    return 1 if _POSITIVE.search(names) else 0


def survey(root: Any) -> Survey:
    """Measures a page: one walk for what is where, one pass up for the sums."""
    out = Survey()
    verdicts: dict[str, int] = {" ": 0}
    stack: list[int] = []
    elements, paragraphs = out.elements, out.paragraphs
    pieces: list[str] = []
    link_pieces: list[str] = []
    link_depth = 0
    breaks = 0
    skipped: Any = None

    def flush() -> None:
        text = "".join(pieces).strip(EDGE_SPACE)
        pieces.clear()
        if not text or not stack:
            link_pieces.clear()
            return
        size = effective(text)
        links = 0
        if link_pieces:
            linked = "".join(link_pieces).strip(EDGE_SPACE)
            link_pieces.clear()
            links = min(effective(linked), size) if linked else 0
        marks = len(_PUNCTUATION.findall(text))
        found = Paragraph(stack[-1], text, size, links, marks)
        found.prose = _prose(found)
        paragraphs.append(found)

    walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
    for event, node in walker:
        if event == "start":
            tag = node.tag
            if tag in BLOCKS:
                if pieces:
                    flush()
                breaks = 0
                names = f"{node.get('class') or ''} {node.get('id') or ''}"
                verdict = verdicts.get(names)
                if verdict is None:
                    verdict = verdicts[names] = name_weight(names)
                if tag in _SITE_TAGS or node.get("role") in _SITE_ROLES or node.get("aria-modal") == "true":
                    out.dropped.add(node)
                    walker.skip_subtree()
                    skipped = node
                    continue
                if tag in ("html", "body", "main", "article"):
                    verdict = max(verdict, 0)
                elif tag == "figure" or tag == "figcaption":
                    verdict = CAPTION
                elif is_hidden(node):
                    verdict = HIDDEN
                index = len(elements)
                elements.append(node)
                out.parent.append(stack[-1] if stack else -1)
                out.end.append(0)
                out.weight.append(verdict)
                out.pictures.append(0)
                out.inputs.append(0)
                out.items.append(1 if tag == "li" else 0)
                out.first.append(len(paragraphs))
                out.last.append(0)
                stack.append(index)
            elif tag in SKIPPED:
                if tag in ("input", "select", "textarea", "button") and stack:
                    out.inputs[stack[-1]] += 1
                walker.skip_subtree()
                skipped = node
                continue
            elif tag == "a":
                link_depth += 1
            elif tag == "br":
                breaks += 1
                if breaks == 2:
                    flush()
                elif pieces:
                    pieces.append("\n")
            elif tag == "img":
                if stack:
                    out.pictures[stack[-1]] += 1
            elif (verdict := _inline_weight(node, verdicts)) <= HIDDEN:
                (out.captions if verdict == CAPTION else out.dropped).add(node)
                walker.skip_subtree()
                skipped = node
                continue
            text = node.text
        else:
            if event == "end":
                if node is skipped:
                    skipped = None
                else:
                    tag = node.tag
                    if tag == "a":
                        link_depth -= 1
                    elif tag in BLOCKS:
                        if pieces:
                            flush()
                        index = stack.pop()
                        out.end[index] = len(elements)
                        out.last[index] = len(paragraphs)
            text = node.tail
        if text:
            if breaks and not text.isspace():
                breaks = 0
            pieces.append(text)
            if link_depth:
                link_pieces.append(text)
    _settle(out)
    return out


def _inline_weight(node: Any, verdicts: dict[str, int]) -> int:
    """HIDDEN for an inline element that only screen readers or a hovering mouse would show, CAPTION for one
    that says what a picture shows, else 0."""
    names = node.get("class")
    if names:
        verdict = verdicts.get(names)
        if verdict is None:
            verdict = verdicts[names] = name_weight(names)
        if verdict in (HIDDEN, CAPTION) and (verdict == HIDDEN or len(node) < 4):
            return verdict
    return HIDDEN if node.get("style") is not None and is_hidden(node) else 0


def _settle(out: Survey) -> None:
    """Decides what is left out by its name, and sums up what remains."""
    count = len(out.elements)
    gross = [0] * count
    for paragraph in out.paragraphs:
        gross[paragraph.owner] += paragraph.prose
    for index in range(count - 1, 0, -1):
        gross[out.parent[index]] += gross[index]
    out.gone = gone = [False] * count
    index = 0
    while index < count:
        weight = out.weight[index]
        # A name says nothing against the greater part of a page's prose.
        if weight < 0 and gross[index] <= gross[0] * (0.5 if weight == HIDDEN else 0.3):
            if weight == MEDIA and any(e.tag == "blockquote" for e in out.elements[index : out.end[index]]):
                index += 1
                continue
            (out.captions if weight == CAPTION else out.dropped).add(out.elements[index])
            end = out.end[index]
            gone[index:end] = [True] * (end - index)
            index = end
        else:
            index += 1
    out.size, out.links, out.marks, out.prose = ([0] * count for _ in range(4))
    for paragraph in out.paragraphs:
        owner = paragraph.owner
        if not gone[owner]:
            out.size[owner] += paragraph.size
            out.links[owner] += paragraph.links
            out.marks[owner] += paragraph.marks
            out.prose[owner] += paragraph.prose
    for index in range(count - 1, 0, -1):
        if not gone[index]:
            above = out.parent[index]
            for column in (out.size, out.links, out.marks, out.prose, out.pictures, out.inputs, out.items):
                column[above] += column[index]


# The site's small print can be longer than a short article.
_SMALL_PRINT = re.compile(
    r"免责声明|免責聲明|郑重声明|版权所有|版權所有|举报电话|服务热线|客服电话|未经授权|ICP备|"
    r"user agreement|privacy policy|cookie policy|terms (?:of|and|&) (?:use|service|conditions)|"
    r"all rights reserved|may not be (?:reproduced|published)|uses? cookies|"
    r"無断転載|利用規約|個人情報|무단 ?전재|개인정보",
    re.IGNORECASE,
)


def _prose(paragraph: Paragraph) -> int:
    if paragraph.size < 60 or not paragraph.marks or paragraph.links * 2 >= paragraph.size:
        return 0
    if paragraph.size > 1_500 or not _SMALL_PRINT.search(paragraph.text):
        return paragraph.size - paragraph.links
    return 0
