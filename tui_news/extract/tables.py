"""Tables: telling data from layout, and reading data into rows of cells."""

from __future__ import annotations

from typing import Any, Final

from tui_news.extract.inline import inline_runs
from tui_news.model import Block, Cell, Run

MAX_ROWS: Final = 2_000
MAX_CELLS: Final = 20_000
MAX_CELL: Final = 600
"""Characters; a longer cell holds text, so the table lays out a page."""

# A cell that holds any of these is a place on the page, not a datum.
_NOT_IN_DATA = (
    "table",
    "ul",
    "ol",
    "form",
    "h1",
    "h2",
    "h3",
    "h4",
    "hr",
    "blockquote",
    "pre",
    "iframe",
    "script",
)


def data_table(node: Any, base: str) -> Block | None:
    """The table as a block, or None when it only lays out what is in it.

    Data has at least two rows and two columns of short cells, few of them empty; a head, a caption or
    a role says so too. Looks at each descendant once.
    """
    if node.get("role") in ("presentation", "none"):
        return None
    rows: list[list[Any]] = []
    cells = 0
    head = False
    for row in _rows(node):
        found = [cell for cell in row if cell.tag in ("td", "th")]
        if found:
            head = head or any(cell.tag == "th" for cell in found)
            rows.append(found)
            cells += len(found)
            if len(rows) > MAX_ROWS or cells > MAX_CELLS:
                break
    if not rows or max(map(len, rows)) < 2 or (len(rows) < 2 and not head):
        return None
    filled = 0
    size = 0
    for found in rows:
        for cell in found:
            if next(cell.iter(_NOT_IN_DATA), None) is not None:
                return None
            length = 0
            for part in cell.itertext():
                length += len(part)
                if length > MAX_CELL * 4:
                    return None
            size += length
            filled += bool(length)
    pictures = sum(1 for _ in node.iter("img"))
    if filled * 3 < cells or pictures > filled // 3:
        return None
    columns = sorted(map(len, rows))[len(rows) // 2]
    spans = any(cell.get("colspan") or cell.get("rowspan") for found in rows for cell in found)
    regular = sum(1 for found in rows if len(found) == columns) * 10 >= len(rows) * (
        5 if spans or head else 8
    )
    if columns < 2 or not regular:
        return None
    read = [tuple(_cell(cell, base) for cell in found) for found in rows[:MAX_ROWS]]
    if (
        not head
        and size
        and max(sum(len(run.text) for run in cell) for row in read for cell in row) > MAX_CELL
    ):
        return None
    header = all(cell.tag == "th" for cell in rows[0]) or rows[0][0].getparent().getparent().tag == "thead"
    caption = next((child for child in node if child.tag == "caption"), None)
    runs = tuple(inline_runs(caption, base)) if caption is not None else ()
    kept = tuple(row for row in read if any(row))
    return Block("table", runs, rows=kept, header=header) if kept else None


def _rows(node: Any) -> Any:
    for child in node:
        if child.tag == "tr":
            yield child
        elif child.tag in ("tbody", "thead", "tfoot"):
            for row in child:
                if row.tag == "tr":
                    yield row


def _cell(cell: Any, base: str) -> Cell:
    runs: list[Run] = inline_runs(cell, base)
    return tuple(runs)
