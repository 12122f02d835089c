"""The painter's side of the kept first screen: rows of cells into the file of `tui_news.early`, and back."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zlib import crc32

from tui_news.early import FORMAT, MARK, Shown, printable, surroundings
from tui_news.ui.painter.cells import UNKNOWN, Row, clusters, reach
from tui_news.ui.painter.pens import CLEAN, Pen, Pens

__all__ = ["pack", "unpack"]


def pack(days: Mapping[str, Sequence[Row]], stamp: str, *, fills: bool) -> bytes | None:
    """A file for the screens of some days, all of one size; None where a text is not to be written as it is.

    `stamp` is what they are true for, `fills` whether the terminal erases with the pen's background.
    """
    numbers: dict[Pen, int] = {}
    lines: list[str] = []
    width = height = 0
    for day, rows in days.items():
        width, height = len(rows[0]), len(rows)
        lines += [f"day {day}", *(_packed(row, numbers) for row in rows)]
    if any(pen.link for pen in numbers) or not all(printable(line.replace(MARK, "")) for line in lines):
        return None
    pens = [f"{pen.attributes},{pen.fg},{pen.bg}" for pen in numbers]
    body = [surroundings(), f"{width} {height}", stamp, MARK.join(["1" if fills else "0", *pens]), *lines]
    data = "\n".join(body).encode("utf-8", "replace")
    return f"{FORMAT} {crc32(data):08x}\n".encode() + data


def _packed(row: Row, numbers: dict[Pen, int]) -> str:
    """A row as runs of a pen's number and a text. The first field is `~` when terminals may disagree on where
    its clusters lie. Blanks go with the pen before them where it draws such blanks."""
    runs: list[tuple[Pen, list[str]]] = []
    doubtful = False
    for text, pen in row:
        doubtful = doubtful or reach(text) > 0
        if not runs or (runs[-1][0] is not pen and not (text == " " and runs[-1][0].blank is pen)):
            runs.append((pen, []))
        runs[-1][1].append(text)
    fields = ["~" if doubtful else ""]
    last, texts = runs.pop()
    tail = "".join(texts)
    kept = tail.rstrip(" ") if last.clean else tail
    runs.append((last, [kept]))
    x = 0
    for pen, texts in runs:
        if text := "".join(texts):
            fields += [str(x), str(numbers.setdefault(pen, len(numbers))), text]
        x += len(texts)
    if len(kept) < len(tail):  # blanks to the edge: a field without a text
        fields += [str(len(row) - len(tail) + len(kept)), str(numbers.setdefault(last, len(numbers))), ""]
    return MARK.join(fields)


def unpack(shown: Shown, pens: Pens, ambiguous_wide: bool = False) -> list[Row]:
    """The rows that the terminal shows. From a cluster on whose width terminals disagree the rest of a row is
    unknown, and is written anew."""
    width = shown.size[0]
    known = [pens.pen(*pen) for pen in shown.pens]
    rows: list[Row] = []
    for line in shown.rows:
        flag, *fields = line.split(MARK)
        row: Row = []
        for number, text in zip(fields[1::3], fields[2::3], strict=True):
            cells = known[int(number)].cells
            for cluster, wide in clusters(text):
                row += [cells[cluster], cells[""]] if wide == 2 else [cells[cluster]]
            if not text:
                row += [cells[" "]] * (width - len(row))
        row += [CLEAN.cells[" "]] * (width - len(row))
        if len(row) != width:
            row = [UNKNOWN] * width
        elif flag or ambiguous_wide:
            sure = next((x for x, (text, _) in enumerate(row) if reach(text, ambiguous_wide)), width)
            row[sure:] = [UNKNOWN] * (width - sure)
        rows.append(row)
    return rows
