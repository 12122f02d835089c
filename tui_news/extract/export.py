"""Blocks written out: as Markdown (CommonMark with pipe tables) and as plain text."""

from __future__ import annotations

import re
from collections.abc import Iterable

from tui_news.model import CODE, EMPHASIS, STRIKE, STRONG, Block, Run

_SPECIAL = re.compile(r"([\\`*_\[\]<>|])")
_LINE_START = re.compile(r"^(\s*)([#+\-=~]|\d{1,9}[.)])(?=\s|$|[-=~])")
_EMPTY: tuple[Run, ...] = ()


def blocks_to_text(blocks: Iterable[Block]) -> str:
    """Plain text: blocks apart by an empty line, items of one list by a newline."""
    out: list[str] = []
    previous: Block | None = None
    for block in blocks:
        text = _plain(block)
        if not text:
            continue
        if previous is not None:
            out.append("\n" if block.kind == previous.kind == "item" else "\n\n")
        out.append(text)
        previous = block
    return "".join(out)


def _plain(block: Block) -> str:
    if block.kind == "picture":
        caption = "".join(run.text for run in block.runs) or block.alt
        return f"[{caption}]" if caption else ""
    if block.kind == "rule":
        return "* * *"
    if block.kind == "item":
        lead = f"{block.ordinal}. " if block.ordinal else "- "
        return "  " * max(block.level - 1, 0) + lead + block.text
    if block.kind == "table" and block.runs:
        return "".join(run.text for run in block.runs) + "\n" + block.text
    return block.text


def blocks_to_markdown(blocks: Iterable[Block]) -> str:
    """CommonMark; tables as pipe tables, pictures as images with their caption under them."""
    out: list[str] = []
    previous: Block | None = None
    for block in blocks:
        text = _markdown(block)
        if not text:
            continue
        if previous is not None:
            out.append("\n" if block.kind == previous.kind == "item" else "\n\n")
        out.append(text)
        previous = block
    return "".join(out) + ("\n" if out else "")


def _markdown(block: Block) -> str:
    if block.kind == "rule":
        return "---"
    if block.kind == "pre":
        return _fenced(block.text)
    if block.kind == "picture":
        picture = f"![{_escape(block.alt)}]({_target(block.src)})"
        return f"{picture}\n\n*{_inline(block.runs)}*" if block.runs else picture
    if block.kind == "table":
        return _table(block)
    text = _inline(block.runs)
    if block.kind == "subhead":
        return "#" * min(max(block.level, 1), 6) + " " + text.replace("\n", " ")
    if block.kind == "quote":
        lead = "> " * max(block.level, 1)
        return "\n".join(lead + line for line in text.split("\n"))
    if block.kind == "item":
        lead = f"{block.ordinal}. " if block.ordinal else "- "
        indent = "    " * max(block.level - 1, 0)
        return indent + lead + text.replace("\n", "\n" + indent + " " * len(lead))
    return "\n".join(_LINE_START.sub(_guard, line) for line in text.replace("\n", "  \n").split("\n"))


def _guard(match: re.Match[str]) -> str:
    mark = match[2]
    return match[1] + (f"{mark[:-1]}\\{mark[-1]}" if mark[0].isdigit() else "\\" + mark)


def _inline(runs: Iterable[Run]) -> str:
    out: list[str] = []
    for run in runs:
        text = _code(run.text) if CODE in run.marks else _escape(run.text)
        body = text.strip(" ")
        if not body:
            out.append(text)
            continue
        lead = text[: len(text) - len(text.lstrip(" "))]
        tail = text[len(text.rstrip(" ")) :]
        if EMPHASIS in run.marks:
            body = f"*{body}*"
        if STRONG in run.marks:
            body = f"**{body}**"
        if STRIKE in run.marks:
            body = f"~~{body}~~"
        if run.href:
            body = f"[{body}]({_target(run.href)})"
        out.append(lead + body + tail)
    return "".join(out)


def _escape(text: str) -> str:
    return _SPECIAL.sub(r"\\\1", text)


def _code(text: str) -> str:
    fence = "`" * (_longest_ticks(text) + 1)
    pad = " " if text.startswith("`") or text.endswith("`") else ""
    return f"{fence}{pad}{text}{pad}{fence}"


def _fenced(text: str) -> str:
    fence = "`" * max(3, _longest_ticks(text) + 1)
    return f"{fence}\n{text}\n{fence}"


def _longest_ticks(text: str) -> int:
    return max((len(ticks) for ticks in re.findall("`+", text)), default=0)


def _target(url: str) -> str:
    return f"<{url.replace('<', '%3C').replace('>', '%3E')}>" if re.search(r"[()\s]", url) else url


def _table(block: Block) -> str:
    width = max((len(row) for row in block.rows), default=0)
    if not width:
        return ""
    rows = [[_inline(cell).replace("\n", " ") for cell in row] for row in block.rows]
    rows = [row + [""] * (width - len(row)) for row in rows]
    head = rows[0] if block.header else [""] * width
    body = rows[1:] if block.header else rows
    lines = [head, ["---"] * width, *body]
    text = "\n".join("| " + " | ".join(line) + " |" for line in lines)
    return f"{_inline(block.runs)}\n\n{text}" if block.runs else text
