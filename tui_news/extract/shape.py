"""What a layout means: line breaks into paragraphs, bold lines into subheads, dashes into lists."""

from __future__ import annotations

import re
from collections.abc import Iterable
from itertools import groupby

from tui_news.extract.inline import trimmed
from tui_news.model import STRONG, Block, Run

_INDENT = re.compile("^(?:[\u3000\u2003]{1,}|[\u00a0 ]{2,})")
_BREAKS = re.compile("\n[ \t\u00a0\u3000]*\n")
_SENTENCE_END = re.compile('[.。!！?？…"”」』)）:：;；]["”’」』)）]*$')
_SUBHEAD_STOP = re.compile("[.。,，;；、]$")
# “quoted phrase”:explanation, alone on its line, as portals set a subhead.
_QUOTED_HEAD = re.compile('^[“「『"][^“”「」『』"]{2,24}[”」』"]\\s{0,2}[:：]\\s{0,2}[^。！？!?]{2,30}$')
_DASH_ITEM = re.compile("^(?:——|――|──|--|—|•|·|●|■|◆|▪|▶|►|○|◎|※|★|☆|✓|✔)[\\s\u3000]*(?=\\S)")

_WIDE = re.compile("[\u2e80-\U0010ffff]+")
SUBHEAD_CELLS = 64
"""Cells (an ideograph counts two): no longer line is a subhead by its look."""


def cells(text: str) -> int:
    """Rough display width: two for each character from the ideographic blocks on."""
    return len(text) if text.isascii() else len(text) + sum(map(len, _WIDE.findall(text)))


def shaped(blocks: list[Block]) -> list[Block]:
    """The blocks with line breaks, bold lines, quoted heads and dash lists resolved; rules tidied."""
    split: list[Block] = []
    for block in blocks:
        if block.kind in ("paragraph", "item", "quote", "subhead") and any(
            "\n" in r.text for r in block.runs
        ):
            split.extend(_split(block))
        elif block.runs or block.rows or block.src or block.kind == "rule":
            split.append(block)
    return _rules(_items(_subheads(split)))


def _split(block: Block) -> Iterable[Block]:
    """A block with newlines, as paragraphs: at an empty line, at an indent, and at every line end when the
    lines are paragraphs by their length. What is left of the newlines are verse or an address; they stay."""
    lines: list[list[Run]] = [[]]
    for run in block.runs:
        pieces = run.text.split("\n")
        lines[-1].append(Run(pieces[0], run.marks, run.href))
        lines.extend([Run(piece, run.marks, run.href)] for piece in pieces[1:])
    texts = ["".join(run.text for run in line) for line in lines]
    filled = [text.strip(" \u3000\u00a0") for text in texts]
    filled = [text for text in filled if text]
    long = sum(1 for text in filled if cells(text) > SUBHEAD_CELLS or _SENTENCE_END.search(text))
    prose = long * 2 > len(filled) and max(map(cells, filled), default=0) > SUBHEAD_CELLS
    if block.kind == "subhead":
        yield Block(block.kind, tuple(trimmed(_joined(lines, " "))), block.level, anchors=block.anchors)
        return
    group: list[list[Run]] = []
    ordinal = block.ordinal
    first = True
    for line, text in zip(lines, texts, strict=True):
        if group and (not text.strip() or prose or _INDENT.match(text)):
            runs = trimmed(_joined(group, "\n"))
            if runs:
                yield _like(block, runs, ordinal, first)
                first = False
            group = []
        if text.strip():
            group.append(trimmed(list(line)))
    if group and (runs := trimmed(_joined(group, "\n"))):
        yield _like(block, runs, ordinal, first)


def _like(block: Block, runs: list[Run], ordinal: int, first: bool) -> Block:
    if block.kind == "item" and not first:
        return Block("paragraph", tuple(runs))
    return Block(block.kind, tuple(runs), block.level, ordinal, anchors=block.anchors if first else ())


def _joined(lines: list[list[Run]], glue: str) -> list[Run]:
    out: list[Run] = []
    for line in lines:
        if out and line:
            last = out[-1]
            out[-1] = Run(last.text + glue, last.marks, last.href)
        out.extend(line)
    return _merged(out)


def _merged(runs: list[Run]) -> list[Run]:
    """Neighbours of one look made one run, each text joined once."""
    out: list[Run] = []
    for (marks, href), same in groupby(runs, key=lambda run: (run.marks, run.href)):
        out.append(Run("".join(run.text for run in same), marks, href))
    return out


def _subheads(blocks: list[Block]) -> list[Block]:
    """Short bold paragraphs and quoted heads that text follows become subheads of level 3."""
    out = list(blocks)
    for index, block in enumerate(blocks[:-1]):
        if block.kind != "paragraph" or not block.runs or blocks[index + 1].kind == "rule":
            continue
        if len(block.runs) > 6:
            continue
        text = block.text
        if (
            "\n" in text
            or len(text) < 2
            or cells(text) > SUBHEAD_CELLS
            or any(run.href for run in block.runs)
        ):
            continue
        if all(STRONG in run.marks or not run.text.strip() for run in block.runs):
            if not _SUBHEAD_STOP.search(text) and index:
                runs = tuple(Run(r.text, r.marks.replace(STRONG, ""), r.href) for r in block.runs)
                out[index] = Block("subhead", runs, 3, anchors=block.anchors)
        elif _QUOTED_HEAD.match(text) and not _SUBHEAD_STOP.search(text):
            out[index] = Block("subhead", block.runs, 3, anchors=block.anchors)
    return out


def _items(blocks: list[Block]) -> list[Block]:
    """Two or more paragraphs in a row that open with the same dash or bullet are a list."""
    out = list(blocks)
    index = 0
    while index < len(blocks):
        mark = _mark(blocks[index])
        end = index + 1
        while mark and end < len(blocks) and _mark(blocks[end]) == mark:
            end += 1
        if mark and end - index >= 2:
            for place in range(index, end):
                runs = list(blocks[place].runs)
                match = _DASH_ITEM.match(runs[0].text)
                if match:
                    runs[0] = Run(runs[0].text[match.end() :], runs[0].marks, runs[0].href)
                    out[place] = Block("item", tuple(runs), 1, anchors=blocks[place].anchors)
        index = end
    return out


def _mark(block: Block) -> str:
    if block.kind != "paragraph" or not block.runs:
        return ""
    match = _DASH_ITEM.match(block.runs[0].text)
    return match[0].strip(" \u3000") if match else ""


def _rules(blocks: list[Block]) -> list[Block]:
    """No rule at the ends, none twice in a row."""
    out: list[Block] = []
    for block in blocks:
        if block.kind == "rule" and (not out or out[-1].kind == "rule"):
            continue
        out.append(block)
    while out and out[-1].kind == "rule":
        out.pop()
    return out
