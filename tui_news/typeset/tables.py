"""Tables: columns as wide as their content asks, cells wrapped; with no room for that, as many columns as
there is room for, or rows stacked under their heads."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from tui_news.i18n import _
from tui_news.model import Block, Cell
from tui_news.typeset.bidi import has_rtl, reordered
from tui_news.typeset.breaks import opportunities
from tui_news.typeset.columns import GAP, LEAST_IN_SIGHT, MIN_COLUMN, CellPlace, Laid, in_sight, kept_widths
from tui_news.typeset.fill import SPACES, fill
from tui_news.typeset.inline import Inline, count_links, inline
from tui_news.typeset.lines import Line, Options, Span
from tui_news.typeset.measure import advances, cells

WORD: Final = 16
"""A word wider than `MIN_COLUMN` may widen its column up to this."""
_SAMPLE: Final = 200
"""Rows whose words are measured."""


def lay_table(block: Block, width: int, options: Options, first_link: int, shift: int | None = None) -> Laid:
    """A table's lines: a caption, columns with a line under the head, or else one group of lines for each
    row. None is wider than `width` or, where the text's measure is too narrow for it, `options.tables`.

    With `options.sideways` a table that has no room stands in as many columns as there is room for, of
    which `shift` are left out behind the first; -1 stacks it all the same, None does what reads best.
    """
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
        return Laid(out, options)
    wide = max(width, options.tables)
    least, most = _needs(rows, columns, options)
    whole = sum(most) + GAP * (columns - 1)
    widths = _shared(least, most, wide if width < whole <= wide else width) or _shared(least, most, wide)
    if widths:
        return _Columns(rows, block.header, options).set(out, list(enumerate(widths)))
    if not options.sideways:
        return Laid([*out, *_stacked(rows, block.header, width, options)], options)
    widths = kept_widths(most, wide)
    last = next(
        (shift for shift in range(columns - 1) if in_sight(widths, shift, wide)[-1] == columns - 1),
        columns - 2,
    )
    if shift is None:
        shift = 0 if len(in_sight(widths, 0, wide)) >= LEAST_IN_SIGHT else -1
    if shift < 0 or columns < 2:
        said = _("{count} columns · {keys} shows them side by side", count=columns, keys=options.sideways)
        out += _noted(said, width, options)
        return Laid([*out, *_stacked(rows, block.header, width, options)], options, last_shift=last)
    shift = min(shift, last)
    seen = in_sight(widths, shift, wide)
    said = _(
        "Columns {first}–{last} of {count} · {keys}",
        first=seen[1] + 1, last=seen[-1] + 1, count=columns, keys=options.sideways,
    )  # fmt: skip
    # In a narrow window the keys are left out rather than set on a line of their own.
    out += _noted(said if cells(said) <= wide else said.partition(" · ")[0], wide, options)
    shown = [(column, widths[column]) for column in seen]
    more = wide if seen[-1] < columns - 1 else 0
    return _Columns(rows, block.header, options, shift, last, more).set(out, shown)


def _noted(text: str, width: int, options: Options) -> list[Line]:
    """A remark of the program's own, which is no text of the article."""
    lines = _wrapped(Inline([(text, ("note", "", 0))]), width, options)
    return [line._replace(inset=len(line.text), glue="\n") for line in lines]


def _cell(cell: Cell, role: str, first_link: int, options: Options) -> Inline:
    text = inline(cell, role, first_link, options)
    if "\n" not in text.text:
        return text
    parts = [
        (span.text.replace("\n", " "), (span.role, span.href, span.link))
        for span in text.spans(0, len(text.text))
    ]
    return Inline(parts, text.whole)


def _needs(rows: list[list[Inline]], columns: int, options: Options) -> tuple[list[int], list[int]]:
    """Cells that each column needs at least, and that it would like to have."""
    least, most = [1] * columns, [1] * columns
    for number, row in enumerate(rows):
        for column, text in enumerate(row):
            size = cells(text.text.strip(SPACES), options.ambiguous_wide)
            most[column] = max(most[column], size)
            if number < _SAMPLE and size > least[column] and least[column] < WORD:
                least[column] = max(least[column], min(WORD, _longest(text.text, size, options)))
    return [min(most[column], max(MIN_COLUMN, least[column])) for column in range(columns)], most


def _shared(least: Sequence[int], most: Sequence[int], width: int) -> list[int]:
    """Cells for each column, or none when they cannot stand side by side."""
    columns = len(least)
    room = width - GAP * (columns - 1)
    if sum(most) <= room:
        return list(most)
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


class _Columns:
    """A table's rows set in columns, all of them or those in sight."""

    def __init__(
        self,
        rows: list[list[Inline]],
        header: bool,
        options: Options,
        shift: int = -1,
        last: int | None = None,
        edge: int = 0,
    ) -> None:
        self._rows = rows
        self._header = header
        self._options = options
        self._shift = shift
        self._last = last
        self._edge = edge
        """Cells of a line that ends with the mark that there is more on the right; 0 for none."""
        self._lines: list[Line] = []
        self._places: list[CellPlace] = []

    def set(self, above: list[Line], shown: list[tuple[int, int]]) -> Laid:
        """The table under the lines `above`; `shown` has its columns with their cells."""
        self._lines += above
        moved = self._last is not None
        at, starts = 0, []
        for _column, size in shown:
            starts.append(at)
            at += size + GAP + (moved and not at)
        right = [_numeric(self._rows, column, self._header) for column, _size in shown]
        top = len(self._lines)
        head = range(0)
        for number, row in enumerate(self._rows):
            self._row(row, shown, starts, right, "table-head" if self._header and not number else "table")
            if self._header and number == 0 and len(self._rows) > 1:
                self._rule(shown, starts)
                head = range(top, len(self._lines))
        return Laid(self._lines, self._options, tuple(self._places), head, max(0, self._shift), self._last)

    def _row(
        self,
        row: list[Inline],
        shown: list[tuple[int, int]],
        starts: list[int],
        right: list[bool],
        role: str,
    ) -> None:
        wide = self._options.ambiguous_wide
        first = len(self._lines)
        spans: list[list[Span]] = []
        filled: list[int] = []

        def put(level: int, at: int, more: Sequence[Span], size: int) -> None:
            while len(spans) <= level:
                spans.append([])
                filled.append(0)
            if at > filled[level]:
                spans[level].append(Span(" " * (at - filled[level]), role))
            spans[level].extend(more)
            filled[level] = at + size

        in_sight = {column: place for place, (column, _size) in enumerate(shown)}
        for column, text in enumerate(row):
            place = in_sight.get(column)
            if place is None:
                self._places.append(CellPlace(column, text.text, ()))
                continue
            if place == 1 and self._shift > 0:
                put(0, starts[1] - GAP, [Span("‹", "marker")], 1)
            stands: list[tuple[int, int, Line]] = []
            for level, line in enumerate(_wrapped(text, shown[place][1], self._options)):
                used = sum([cells(span.text, wide) for span in line.spans])
                at = starts[place] + (shown[place][1] - used if right[place] else 0)
                if used:
                    put(level, at, line.spans, used)
                stands.append((first + level, at, line))
            self._places.append(CellPlace(column, text.text, tuple(stands)))
        if self._edge:
            put(0, self._edge - 1, [Span("›", "marker")], 1)
        self._lines += [Line(tuple(line)) for line in spans]

    def _rule(self, shown: list[tuple[int, int]], starts: list[int]) -> None:
        dash = 2 if self._options.ambiguous_wide else 1
        rule = ""
        for (_column, size), start in zip(shown, starts, strict=True):
            used = cells(rule, self._options.ambiguous_wide)
            rule += " " * (start - used) + "─" * max(1, size // dash) + " " * (size % dash)
        self._lines.append(Line((Span(rule.rstrip(), "rule"),), 0, False, len(rule.rstrip())))


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
                whole |= head.whole
                parts += [
                    (span.text, (span.role, span.href, span.link)) for span in head.spans(0, len(head.text))
                ]
                colon = "：" if head.text.rstrip()[-1:] >= "\u2e80" else ": "
                offset = len(head.text) + len(colon)
                parts.append((colon, ("table-head", "", 0)))
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
