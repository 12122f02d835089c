"""HTML, a fragment or an element of a page, as typed blocks: what every feed entry and page goes through.

One walk without recursion, linear in the input. Unknown tags are transparent; scripts, styles, frames,
forms and tracking pixels are dropped; links and pictures are resolved against the base.
"""

from __future__ import annotations

import re
from collections.abc import Container, Iterable, Mapping
from dataclasses import replace
from typing import Any, Final

from lxml import etree

from tui_news.extract.footnotes import name_of, resolved, targets_of
from tui_news.extract.inline import MARKS, SKIPPED, Runs, absolute, inline_runs, is_hidden
from tui_news.extract.parse import parse_html
from tui_news.extract.pictures import picture_of
from tui_news.extract.shape import shaped
from tui_news.extract.tables import data_table
from tui_news.model import STRONG, Block, BlockKind, Run
from tui_news.text.clean import clean_block, clean_line

__all__ = [
    "blocks_from_element",
    "blocks_from_html",
    "text_from_html",
]

MAX_BLOCKS: Final = 20_000
MAX_TEXT: Final = 2_000_000

_HEADINGS = {"h1": 1, "h2": 2, "h3": 3, "h4": 4, "h5": 5, "h6": 6}
_BLOCK_TAGS = (
    "address", "article", "aside", "blockquote", "body", "caption", "center", "dd", "details", "dir", "div",
    "dl", "dt", "fieldset", "figcaption", "figure", "footer", "form", "h1", "h2", "h3", "h4", "h5", "h6",
    "header", "hgroup", "hr", "html", "legend", "li", "listing", "main", "menu", "nav", "ol", "p", "pre",
    "plaintext", "section", "summary", "table", "tbody", "td", "tfoot", "th", "thead", "tr", "ul", "xmp",
)  # fmt: skip
# What a tag does to the walk; a tag of none of these is transparent.
_SKIP, _BLOCK, _WHOLE, _STATE, _BREAK, _IMAGE = 1, 2, 4, 8, 16, 32
_DOES: dict[str, int] = dict.fromkeys(SKIPPED, _SKIP) | dict.fromkeys(_BLOCK_TAGS, _BLOCK)
for _tag in ("pre", "listing", "xmp", "table", "hr", "figcaption"):
    _DOES[_tag] |= _WHOLE
for _tag in (*_HEADINGS, *MARKS, "a", "blockquote", "dt", "li", "menu", "ol", "th", "ul"):
    _DOES[_tag] = _DOES.get(_tag, 0) | _STATE
_DOES |= {"br": _BREAK, "img": _IMAGE}

_TAGS = re.compile(r"<[^<>]*>")  # a second "<" ends it: linear on a flood of them
_BLANK_LINES = re.compile(r"\n[ \t\r]*\n\s*")


def blocks_from_html(html: str, base_url: str = "") -> tuple[Block, ...]:
    """Typed, cleaned blocks of an HTML fragment as feeds carry it. Plain text gives paragraphs, split at
    blank lines. Never raises; what is beyond `MAX_HTML` characters or `MAX_BLOCKS` blocks is cut."""
    if not html:
        return ()
    if "<" not in html and "&" not in html:
        return _from_plain(html)
    root = parse_html(html)
    if root is None:
        return ()
    if "<" not in html:
        return _from_plain("".join(root.itertext()))
    return blocks_from_element(root, base_url)


def _from_plain(text: str) -> tuple[Block, ...]:
    out = []
    for part in _BLANK_LINES.split(text[:MAX_TEXT]):
        runs = Runs()
        runs.add(part)
        if taken := runs.take():
            out.append(Block("paragraph", tuple(taken)))
    return tuple(_cleaned(out))


def blocks_from_element(element: Any, base_url: str = "") -> tuple[Block, ...]:
    """Typed, cleaned blocks of an lxml element with all that is in it; the tree is not changed."""
    return blocks_of([element], base_url, ())


# Characters that the cleaner never changes (a test compares the two): most blocks hold no other, and
# looking costs a twentieth of cleaning.
_UNSURE = re.compile(
    "[^\n -~\u00a1-\u00ac\u00ae-\u02ff\u0386-\u03ff\u0400-\u0482\u048a-\u052f"
    "\u2010-\u2027\u2030-\u205e\u20a0-\u20bf\u2100-\u218b\u2190-\u23ff\u2460-\u2bff\u3000-\u3029\u3030-\u303e\u3041-\u3096\u309b-\u30ff\u3105-\u312f"
    "\u3400-\u4dbf\u4e00-\u9fff\uac00-\ud7a3\uff01-\uff5e]"
)
_UNSURE_URL = re.compile(r"[^!-~]")


def _is_clean(block: Block) -> bool:
    """True when the cleaner would hand the block back as it is; False when it has to look."""
    if block.rows or block.src or block.level > 12 or block.anchors:
        return False
    for run in block.runs:
        if _UNSURE.search(run.text):
            return False
        if run.href and (_UNSURE_URL.search(run.href) or len(run.href) > 4_000):
            return False
    return True


def blocks_of(
    elements: Iterable[Any], base_url: str, drop: Container[Any] = (), captions: Container[Any] = ()
) -> tuple[Block, ...]:
    """The blocks of several elements of one page, as if they were one, without the elements in `drop`;
    those in `captions` belong to the picture in them or before them."""
    blocks: list[Block] = []
    elements = list(elements)
    targets = targets_of(elements, base_url)
    for element in elements:
        blocks += _Builder(base_url, drop, captions, targets).walk(element)
    made = _cleaned(shaped(blocks[:MAX_BLOCKS]))
    return tuple(resolved(made) if targets else made)


def _cleaned(blocks: Iterable[Block]) -> Iterable[Block]:
    """The blocks cleaned, without those of which nothing but white space is left."""
    for block in blocks:
        if _is_clean(block):
            if block.runs or block.kind == "rule":
                yield block
            continue
        block = clean_block(block)
        if block.rows or block.src or any(run.text.strip() for run in block.runs):
            yield block


def text_from_html(html: str) -> str:
    """The text of a title, a name or a summary on one line, tags and entities resolved."""
    if not html:
        return ""
    if "<" not in html and "&" not in html:
        return clean_line(html)
    html = html[:100_000]
    if "<" not in html or not _TAGS.search(html):
        from html import unescape

        return clean_line(unescape(html))
    root = parse_html(html)
    return clean_line("".join(run.text for run in inline_runs(root, ""))) if root is not None else ""


class _Builder:
    """Walks a tree once and turns it into blocks, not yet shaped or cleaned."""

    def __init__(
        self,
        base: str,
        drop: Container[Any] = (),
        captions: Container[Any] = (),
        targets: Mapping[Any, str] | None = None,
    ) -> None:
        self.base = base
        self.targets = targets or {}  # links to footnotes and back, and where they lead
        self.names = frozenset(self.targets.values())
        self.anchors: list[str] = []  # names met since the last block
        self.drop = drop
        self.captions = captions
        self.blocks: list[Block] = []
        self.runs = Runs()
        self.pictures: list[Block] = []  # seen within a paragraph, put behind it
        self.marks = ""
        self.href = ""
        self.heading = 0
        self.quotes = 0
        self.lists: list[list[int]] = []  # for each open list: [next ordinal or 0, step]
        self.item: tuple[int, int] | None = None  # (level, ordinal) of an item that waits for its text
        self.text = 0

    def walk(self, root: Any) -> list[Block]:
        saved: list[tuple[str, str, int, int, tuple[int, int] | None]] = []
        skipped: Any = None
        runs = self.runs
        flags = _DOES.get
        drop, captions = self.drop, self.captions
        walker = etree.iterwalk(root, events=("start", "end", "comment", "pi"))
        for event, node in walker:
            if event == "start":
                does = flags(node.tag, 0)
                if does & _SKIP or is_hidden(node) or (drop and node in drop):
                    walker.skip_subtree()
                    skipped = node
                    continue
                if captions and node in captions:
                    self.flush()
                    if self._figure(node):
                        walker.skip_subtree()
                        skipped = node
                        continue
                if does:
                    if does & _BLOCK:
                        self.flush()
                        if does & _WHOLE and self._whole(node.tag, node):
                            walker.skip_subtree()
                            skipped = node
                            continue
                    elif does & _BREAK:
                        runs.line_break()
                    elif does & _IMAGE:
                        self._picture(node)
                    if does & _STATE:
                        saved.append((self.marks, self.href, self.heading, self.quotes, self.item))
                        self._enter(node.tag, node)
                if self.names and (name := name_of(node)) in self.names:
                    self.anchors.append(name)
                if text := node.text:
                    runs.add(text, self.marks, self.href)
                continue
            if event == "end":
                if node is skipped:
                    skipped = None
                elif does := flags(node.tag, 0):
                    if does & _BLOCK:
                        self.flush()
                    if does & _STATE:
                        self._leave(node.tag, saved.pop())
                if node is root:
                    break
            if text := node.tail:
                runs.add(text, self.marks, self.href)
            if runs.size > 4_000_000 or len(self.blocks) > MAX_BLOCKS or self.text > MAX_TEXT:
                break
        self.flush()
        return self.blocks[:MAX_BLOCKS]

    def _enter(self, tag: str, node: Any) -> None:
        if mark := MARKS.get(tag):
            if mark not in self.marks:
                self.marks += mark
        elif tag == "a":
            own = self.targets.get(node) if self.targets else None
            self.href = f"#{own}" if own else absolute(node.get("href"), self.base)
        elif level := _HEADINGS.get(tag):
            self.heading = level
        elif tag == "blockquote":
            self.quotes += 1
        elif tag in ("ul", "menu"):
            self.lists.append([0, 0])
            self.item = None
        elif tag == "ol":
            step = -1 if "reversed" in node.attrib else 1
            self.lists.append([_number(node.get("start"), 1), step])
            self.item = None
        elif tag == "li":
            self._item(node)
        elif tag in ("dt", "th") and STRONG not in self.marks:
            self.marks += STRONG

    def _leave(self, tag: str, state: tuple[str, str, int, int, tuple[int, int] | None]) -> None:
        self.marks, self.href, self.heading, self.quotes, item = state
        # An item that has had its text does not get its bullet again after an inline tag.
        if tag == "li":
            self.item = None
        elif tag in ("ul", "ol", "menu"):
            self.lists.pop()
            self.item = item if item is not None and item is self.item else None

    def _item(self, node: Any) -> None:
        if not self.lists:
            self.item = (1, 0)
            return
        counter = self.lists[-1]
        if counter[1]:
            counter[0] = _number(node.get("value"), counter[0])
            self.item = (len(self.lists), max(counter[0], 0))
            counter[0] += counter[1]
        else:
            self.item = (len(self.lists), 0)

    def _whole(self, tag: str, node: Any) -> bool:
        """Deals with elements that are taken as a whole; True when this was one."""
        if tag in ("pre", "listing", "xmp"):
            text = _preformatted(node)
            if text.strip():
                self.blocks.append(Block("pre", (Run(text),)))
                self.text += len(text)
            return True
        if tag == "table":
            table = data_table(node, self.base)
            if table is not None:
                self.blocks.append(table)
                self.text += sum(len(run.text) for row in table.rows for cell in row for run in cell)
                return True
        elif tag == "hr":
            self.blocks.append(Block("rule"))
        elif tag == "figcaption":
            return self._caption(node)
        return False

    def _figure(self, node: Any) -> bool:
        """An element that is known to hold a picture, its caption, or both. False when it holds more."""
        if next(node.iter("table", "pre", "blockquote"), None) is not None:
            return False
        pictures = [p for p in (picture_of(i, self.base) for i in node.iter("img")) if isinstance(p, Block)]
        runs = tuple(inline_runs(node, self.base, self.drop))
        if pictures:
            self.blocks.extend(pictures[:-1])
            self.blocks.append(replace(pictures[-1], runs=runs))
        elif runs and self.blocks and self.blocks[-1].kind == "picture" and not self.blocks[-1].runs:
            self.blocks[-1] = replace(self.blocks[-1], runs=runs)
        return True

    def _caption(self, node: Any) -> bool:
        """A caption goes to the picture before it, else to the one after it in the same figure."""
        figure = node.getparent()
        if figure is None or figure.tag != "figure" or not (runs := inline_runs(node, self.base)):
            return False
        last = self.blocks[-1] if self.blocks else None
        inside = next(figure.iter("img"), None)
        if inside is None:
            return False
        if last is not None and last.kind == "picture" and not last.runs:
            self.blocks[-1] = Block("picture", tuple(runs), src=last.src, alt=last.alt)
            return True
        return False

    def _picture(self, node: Any) -> None:
        picture = picture_of(node, self.base)
        if picture is None:
            return
        if isinstance(picture, str):
            self.runs.add(picture, self.marks, self.href)
        elif self.runs.size:
            self.pictures.append(picture)
        else:
            self.blocks.append(picture)

    def flush(self) -> None:
        """Ends the block whose text was being gathered."""
        if self.runs.size:
            self.text += self.runs.size
            if runs := self.runs.take():
                self.blocks.append(self._block(tuple(runs)))
                self.item = None
        if self.pictures:
            self.blocks.extend(self.pictures)
            self.pictures.clear()

    def _block(self, runs: tuple[Run, ...]) -> Block:
        kind: BlockKind = "paragraph"
        level = ordinal = 0
        if self.item is not None:
            kind, (level, ordinal) = "item", self.item
        elif self.quotes:
            kind, level = "quote", self.quotes
        elif self.heading:
            kind, level = "subhead", self.heading
        anchors, self.anchors = tuple(self.anchors), []
        return Block(kind, runs, level, ordinal, anchors=anchors)


def _number(text: str | None, default: int) -> int:
    try:
        return max(-999_999, min(int(text or ""), 999_999))
    except ValueError:
        return default


def _preformatted(node: Any) -> str:
    """The text of a `pre`, newlines and all, `<br>` being one."""
    parts: list[str] = []
    for item in node.iter():
        if item.tag == "br":
            parts.append("\n")
        if item.text and item.tag not in SKIPPED and isinstance(item.tag, str):
            parts.append(item.text)
        if item is not node and item.tail:
            parts.append(item.tail)
    text = "".join(parts).replace("\r\n", "\n").replace("\r", "\n")
    return text.removeprefix("\n").rstrip()
