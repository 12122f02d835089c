"""Setting one block: the lines of a paragraph, subhead, item, quote, code, picture or rule."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Sequence
from functools import lru_cache
from typing import Final

from tui_news.i18n import _
from tui_news.model import Block, Run
from tui_news.typeset.bidi import has_rtl, reordered
from tui_news.typeset.fill import HANG, fill
from tui_news.typeset.inline import Inline, count_links, inline
from tui_news.typeset.justify import justified
from tui_news.typeset.lines import BLANK, DEFAULT, Line, Options, Span
from tui_news.typeset.measure import advances, boundary, cells, cluster_end
from tui_news.typeset.tables import lay_table

MIN_WIDTH: Final = 4
BAR: Final = "▎ "
BULLETS: Final = ("• ", "◦ ", "▪ ")
WRAPPED: Final = "↪ "
"""Opens the rest of a line of code that is wider than the measure."""
_STEP: Final = 3
"""Cells that a nested list is set in."""


def line_width(width: int, options: Options) -> int:
    """Cells of a line in a window of `width`."""
    return max(MIN_WIDTH, min(width, options.measure))


def east_asian(text: str) -> bool:
    """Whether a text is set as Chinese or Japanese: an ideograph or kana weighs as much as two letters."""
    return not text.isascii() and _east_asian(text[:120])


@lru_cache(2048)
def _east_asian(sample: str) -> bool:
    count = sum([1 for char in sample if "\u3040" <= char <= "\u30ff" or "\u3400" <= char <= "\u9fff"])
    return count > 0 and count * 3 >= sum(map(str.isalpha, sample))


def indented(block: Block, options: Options) -> bool:
    """Whether a paragraph opens with an indent instead of a blank line before it."""
    if options.indent is None:
        return east_asian("".join([run.text for run in block.runs[:8]]))
    return options.indent


def is_empty(block: Block) -> bool:
    """Whether a block takes no line."""
    if block.kind in ("rule", "picture"):
        return False
    if block.kind == "table":
        return not block.rows and not any(run.text.strip() for run in block.runs)
    return not any(run.text.strip() for run in block.runs)


def links_in(block: Block) -> int:
    """How many links a block has; a picture is one, its caption's come after it."""
    count = count_links(block.runs) + (block.kind == "picture" and bool(block.src))
    for row in block.rows:
        for cell in row:
            count += count_links(cell)
    return count


def set_block(
    block: Block,
    width: int,
    options: Options = DEFAULT,
    first_link: int = 1,
    index: int = 0,
) -> list[Line]:
    """The lines of a block in a window of `width` cells; none for an empty one. `first_link` is the number
    of its first link, `index` what its lines carry as `block`."""
    width = line_width(width, options)
    lines = logical_lines(block, width, options, first_link)
    if not lines:
        return []
    if is_reordered(block, options):
        lines = reordered(lines, width, options.ambiguous_wide)
    lines = belonging(lines, index)
    if is_spaced(block, options):
        gap = [BLANK._replace(block=index)] * options.spacing
        lines = [out for line in lines for out in (line, *gap)][: -options.spacing]
    return lines


def belonging(lines: list[Line], index: int) -> list[Line]:
    """Lines as those of the block with an index."""
    if index:
        lines = [line._replace(block=index) for line in lines]
    return [lines[0]._replace(first=True), *lines[1:]] if lines else []


def is_spaced(block: Block, options: Options) -> bool:
    """Whether blank lines stand between the block's lines."""
    return options.spacing > 0 and block.kind not in ("pre", "table", "rule")


def is_reordered(block: Block, options: Options) -> bool:
    """Whether the block's lines are put in visual order as a whole; a table does that cell by cell."""
    return options.bidi == "reorder" and block.kind != "table" and has_rtl(block.text)


def logical_lines(block: Block, width: int, options: Options, first_link: int) -> list[Line]:
    """The block's lines, their text in the order in which it is read, without spacing."""
    match block.kind:
        case "paragraph":
            indent = 0
            if indented(block, options):
                indent = 4 if width >= 30 else 2
            text = inline(block.runs, "text", first_link, options)
            return _flow(text, width, options, indent=indent, body=True)
        case "subhead":
            role = f"head{min(3, max(1, block.level))}"
            return _flow(inline(block.runs, role, first_link, options), width, options)
        case "item":
            return _item(block, width, options, first_link)
        case "quote":
            bars = bar(block, width)
            text = inline(block.runs, "text", first_link, options)
            return _flow(text, width, options, head=bars, rest=bars, body=True)
        case "pre":
            return _pre(block, width, options, first_link)
        case "table":
            return lay_table(block, width, options, first_link).lines
        case "picture":
            return _picture(block, width, options, first_link)
        case "rule":
            return _rule(width, options)


def bar(block: Block, width: int) -> str:
    """What a quote's lines open with: a bar for each level, as far as the width allows."""
    return BAR * min(max(1, block.level), max(1, width // 8))


def _flow(
    text: Inline,
    width: int,
    options: Options,
    *,
    indent: int = 0,
    head: str = "",
    rest: str = "",
    body: bool = False,
) -> list[Line]:
    """Running text behind a marker: `head` opens the first line, `rest` the others. A `body` may be
    justified and its words divided, as the options say."""
    out: list[Line] = []
    head_width, rest_width = cells(head, options.ambiguous_wide), cells(rest, options.ambiguous_wide)
    room = max(2, width - rest_width)
    for segment in text.segments():
        opening, own = (rest, 0) if out else (head, indent)
        asked = max(2, width - (rest_width if out else head_width) - own)
        pieces, given = fill(segment, asked, room, options, HANG, body and options.hyphenate)
        own = max(0, own - (given - asked))
        if not pieces and out:
            out.append(Line((Span(rest.rstrip(), "marker"),) if rest.strip() else (), 0, False, 0, "\n"))
        last = len(pieces) - 1
        for number, piece in enumerate(pieces):
            spans = segment.spans(piece.start, piece.end)
            if piece.divided:
                spans[-1] = spans[-1]._replace(text=spans[-1].text + "-")
            blanks: tuple[tuple[int, int], ...] = ()
            if body and options.justify and number < last:
                used = sum([cells(span.text, options.ambiguous_wide) for span in spans])
                spans, blanks = justified(spans, (room if number else given) - used)
            lead = rest if number else opening + " " * own
            if lead:
                spans.insert(0, Span(lead, "marker" if lead.strip() else "text"))
            glue = segment.text[piece.end : piece.resume] if number < last else "\n"
            blanks = tuple([(len(lead) + offset, count) for offset, count in blanks])
            out.append(Line(tuple(spans), 0, False, len(lead), glue, int(piece.divided), blanks))
    while out and len(out[-1].text) <= out[-1].inset:
        out.pop()
    if out:
        out[-1] = out[-1]._replace(glue="")
    return out


def _item(block: Block, width: int, options: Options, first_link: int) -> list[Line]:
    level = max(1, block.level)
    offset = min(_STEP * (level - 1), width // 2)
    marker = _marker(block.ordinal, level)
    size = cells(marker, options.ambiguous_wide)
    if offset + size > width - 2:
        offset = 0
    text = inline(block.runs, "text", first_link, options)
    return _flow(text, width, options, head=" " * offset + marker, rest=" " * (offset + size), body=True)


def _marker(ordinal: int, level: int) -> str:
    if ordinal <= 0:
        return BULLETS[(level - 1) % len(BULLETS)]
    if level % 3 == 2:
        return f"{_alphabetic(ordinal)}. "
    if level % 3 == 0:
        return f"{_roman(ordinal)}. "
    return f"{ordinal}. "


def _alphabetic(number: int) -> str:
    digits = ""
    while number > 0:
        number, rest = divmod(number - 1, 26)
        digits = chr(0x61 + rest) + digits
    return digits


def _roman(number: int) -> str:
    if number >= 4000:
        return str(number)
    out = ""
    for value, letters in (
        (1000, "m"), (900, "cm"), (500, "d"), (400, "cd"), (100, "c"), (90, "xc"), (50, "l"), (40, "xl"),
        (10, "x"), (9, "ix"), (5, "v"), (4, "iv"), (1, "i"),
    ):  # fmt: skip
        out += letters * (number // value)
        number %= value
    return out


def _pre(block: Block, width: int, options: Options, first_link: int) -> list[Line]:
    """Code as written: its own lines, none of its spaces lost. A wider line goes on under a mark."""
    unnumbered = Options(number_links=False)
    text = inline(block.runs, "pre", first_link, unnumbered)
    out: list[Line] = []
    mark = cells(WRAPPED, options.ambiguous_wide)
    for segment in text.segments():
        sizes = advances(segment.text, options.ambiguous_wide)
        start, room = 0, width
        while True:
            end = len(segment.text)
            if sizes[-1] - sizes[start] > room:
                end = _cut(segment.text, sizes, start, sizes[start] + room)
            spans = segment.spans(start, end)
            if start:
                spans.insert(0, Span(WRAPPED, "marker"))
            last = end >= len(segment.text)
            out.append(Line(tuple(spans), 0, False, len(WRAPPED) if start else 0, "\n" if last else ""))
            if last:
                break
            start, room = end, max(2, width - mark)
    while out and not out[-1].text.strip():
        out.pop()
    if out:
        out[-1] = out[-1]._replace(glue="")
    return out


def _cut(text: str, sizes: Sequence[int], start: int, limit: int) -> int:
    place = bisect_right(sizes, limit) - 1
    end = place
    while end > start and not boundary(text, end, start):
        end -= 1
    if end <= start:
        end = cluster_end(text, start, max(place, start + 1))
    return end


def picture_name(block: Block) -> str:
    """What a picture is called in the text and among the links."""
    return _("Picture: {alt}", alt=block.alt) if block.alt else _("Picture")


def _picture(block: Block, width: int, options: Options, first_link: int) -> list[Line]:
    label = f"[{picture_name(block)}]"
    caption = block.runs
    if block.alt and "".join(run.text for run in caption).strip() == block.alt.strip():
        caption = ()
    runs: tuple[Run, ...] = (Run(label, "", block.src),)
    if caption:
        runs = (*runs, Run(" "), *caption)
    return _flow(inline(runs, "caption", first_link, options), width, options)


def _rule(width: int, options: Options) -> list[Line]:
    dash = "─" * max(1, min(12, width // 3) // (2 if options.ambiguous_wide else 1))
    left = (width - cells(dash, options.ambiguous_wide)) // 2
    return [Line((Span(" " * left, "rule"), Span(dash, "rule")), 0, False, left)]
