"""Tables: columns as wide as their content asks, cells wrapped; rows stacked in a narrow window."""

from __future__ import annotations

from typing import Final

from tui_news.model import Block, Cell
from tui_news.typeset.bidi import has_rtl, reordered
from tui_news.typeset.breaks import opportunities
from tui_news.typeset.fill import SPACES, fill
from tui_news.typeset.inline import Inline, count_links, inline
from tui_news.typeset.lines import Line, Options, Span
from tui_news.typeset.measure import advances, cells

GAP: Final = 2
"""Cells between columns."""
MIN_COLUMN: Final = 6
"""No column is made narrower; a word wider than that may widen it up to WORD."""
WORD: Final = 16
_SAMPLE: Final = 200
"""Rows whose words are measured."""


def set_table(block: Block, width: int, options: Options, first_link: int) -> list[Line]:
    """A table's lines, none wider than `width`: a caption, columns with a line under the head, or else
    one group of lines for each row."""
    out: list[Line] = []
    if block.runs:
        out += _wrapped(inline(block.runs, "caption", first_link, options), width, options)
        first_link += count_links(block.runs)
    rows: list[list[Inline]] = []
    for number, row in enumerate(block.rows):
        role = "table-head" if block.header and number == 0 else "table"
        cells_of_row: list[Inline] = []
        for cell in row:
            cells_of_row.append(_cell(cell, role, first_link, options))
            first_link += count_links(cell)
        rows.append(cells_of_row)
    columns = max((len(row) for row in rows), default=0)
    if not columns:
        return out
    widths = _widths(rows, columns, width, options)
    if widths:
        out += _grid(rows, widths, block.header, options)
    else:
        out += _stacked(rows, block.header, width, options)
    return out


def _cell(cell: Cell, role: str, first_link: int, options: Options) -> Inline:
    text = inline(cell, role, first_link, options)
    if "\n" not in text.text:
        return text
    parts = [
        (span.text.replace("\n", " "), (span.role, span.href, span.link))
        for span in text.spans(0, len(text.text))
    ]
    return Inline(parts, text.whole)


def _widths(rows: list[list[Inline]], columns: int, width: int, options: Options) -> list[int]:
    """Cells for each column, or none when they cannot stand side by side."""
    least, most = [1] * columns, [1] * columns
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            size = cells(text.text.strip(SPACES), options.ambiguous_wide)
            most[column] = max(most[column], size)
            if number < _SAMPLE and size > least[column] and least[column] < WORD:
                least[column] = max(least[column], min(WORD, _longest(text.text, size, options)))
    room = width - GAP * (columns - 1)
    if sum(most) <= room:
        return most
    least = [min(most[column], max(MIN_COLUMN, least[column])) for column in range(columns)]
    if sum(least) > room:
        return []
    # What is left over goes where it is wanted, in proportion.
    spare = room - sum(least)
    wanted = [most[column] - least[column] for column in range(columns)]
    total = sum(wanted)
    widths = [least[column] + spare * wanted[column] // total for column in range(columns)]
    for column in sorted(range(columns), key=lambda column: most[column] - widths[column], reverse=True):
        if sum(widths) >= room:
            break
        if widths[column] < most[column]:
            widths[column] += 1
    return widths


def _longest(text: str, size: int, options: Options) -> int:
    if size <= MIN_COLUMN:
        return size
    sizes = advances(text, options.ambiguous_wide)
    longest = start = 0
    for place in opportunities(text, options.language):
        end = len(text[start:place].rstrip(SPACES)) + start
        longest = max(longest, sizes[end] - sizes[start])
        start = place
    return longest


def _numeric(rows: list[list[Inline]], column: int, header: bool) -> bool:
    """Whether a column holds figures, which are set to the right."""
    figures = [row[column].text.strip() for row in rows[1 if header else 0 :] if column < len(row)]
    figures = [text for text in figures if text and text not in ("-", "–", "—")]
    return bool(figures) and all(
        len(text) <= 24 and any(c.isdigit() for c in text) and not any(c.isalpha() for c in text)
        for text in figures
    )


def _grid(rows: list[list[Inline]], widths: list[int], header: bool, options: Options) -> list[Line]:
    right = [_numeric(rows, column, header) for column in range(len(widths))]
    out: list[Line] = []
    for number, row in enumerate(rows):
        role = "table-head" if header and number == 0 else "table"
        cells_of_row = [_cell_lines(text, widths[column], options) for column, text in enumerate(row)]
        height = max((len(lines) for lines in cells_of_row), default=0)
        for level in range(height):
            spans: list[Span] = []
            pending = 0
            for column, size in enumerate(widths):
                lines = cells_of_row[column] if column < len(cells_of_row) else []
                content = lines[level] if level < len(lines) else []
                used = sum(cells(span.text, options.ambiguous_wide) for span in content)
                before = size - used if right[column] and content else 0
                if content:
                    if pending + before:
                        spans.append(Span(" " * (pending + before), role))
                    spans += content
                    pending = 0
                    before += used
                pending += size - before + GAP
            out.append(Line(tuple(spans)))
        if header and number == 0 and len(rows) > 1:
            dash = 2 if options.ambiguous_wide else 1
            rule = (" " * GAP).join("─" * max(1, size // dash) + " " * (size % dash) for size in widths)
            out.append(Line((Span(rule.rstrip(), "rule"),), 0, False, len(rule.rstrip())))
    return out


def _cell_lines(text: Inline, width: int, options: Options) -> list[list[Span]]:
    return [list(line.spans) for line in _wrapped(text, width, options)]


def _stacked(rows: list[list[Inline]], header: bool, width: int, options: Options) -> list[Line]:
    """Each row as a group: its first cell leads, the others follow indented behind their column's head."""
    out: list[Line] = []
    heads = rows[0] if header and len(rows) > 1 else []
    body = rows[1:] if heads else rows
    # A head whose column is empty would be lost.
    filled = {column for row in body for column, text in enumerate(row) if text.text.strip()}
    for column, head in enumerate(heads):
        if column not in filled and head.text.strip():
            out += _wrapped(head, width, options)
    for row in body:
        for column, text in enumerate(row):
            if not text.text.strip():
                continue
            parts: list[tuple[str, tuple[str, str, int]]] = []
            whole: set[int] = set()
            offset = 0
            if column < len(heads) and heads[column].text.strip():
                head = heads[column]
                offset = len(head.text) + 2
                whole |= head.whole
                parts += [
                    (span.text, (span.role, span.href, span.link)) for span in head.spans(0, len(head.text))
                ]
                parts.append((": ", ("table-head", "", 0)))
            parts += [
                (span.text, (span.role, span.href, span.link)) for span in text.spans(0, len(text.text))
            ]
            whole |= {place + offset for place in text.whole}
            lead = "" if column == 0 else "  "
            out += _wrapped(Inline(parts, frozenset(whole)), width, options, lead)
    return out


def _wrapped(text: Inline, width: int, options: Options, lead: str = "") -> list[Line]:
    room = max(1, width - len(lead))
    out: list[Line] = []
    for segment in text.segments():
        pieces, _ = fill(segment, room, room, options, 0)
        for piece in pieces:
            spans = segment.spans(piece.start, piece.end)
            if lead:
                spans.insert(0, Span(lead, "table"))
            out.append(Line(tuple(spans), 0, False, len(lead), segment.text[piece.end : piece.resume]))
    if options.bidi == "reorder" and has_rtl(text.text):
        return reordered(out, width, options.ambiguous_wide)
    return out
