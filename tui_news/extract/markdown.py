"""Blocks as Markdown: CommonMark, with the pipe tables and strike-outs of GitHub's dialect."""

from __future__ import annotations

import re
from collections.abc import Iterable
from html import escape

from tui_news.extract.export import Writer, bullet
from tui_news.model import CODE, EMPHASIS, STRIKE, STRONG, Block, Run

_SPECIAL = re.compile(r"([\\`*_\[\]<>|~])")
# What would open a heading, a list, a rule or a fence where a line begins.
_LINE_START = re.compile(r"^(\s*)([#+\-=]|\d{1,9}[.)])(?=\s|$|[-=])")
_ENTITY = re.compile(r"&(?=#?\w{1,32};)")


class Markdown(Writer):
    """Writes Markdown. A newline ends the last block."""

    def between(self, above: Block | None, below: Block | None) -> str:
        return "\n" if above is not None and below is None else super().between(above, below)

    def block(self, block: Block) -> str:
        match block.kind:
            case "rule":
                return "---"
            case "pre":
                return _fenced(block.text)
            case "picture":
                picture = f"![{_escape(block.alt)}]({_target(block.src)})"
                return f"{picture}\n\n*{_inline(block.runs)}*" if block.runs else picture
            case "table":
                return _table(block)
        names = "".join(f'<a id="{escape(name)}"></a>' for name in block.anchors)
        text = names + _inline(block.runs)
        if not text.strip():
            return ""
        if block.kind == "subhead":
            return "#" * min(max(block.level, 1), 6) + " " + text.replace("\n", " ")
        if block.kind == "quote":
            lead = "> " * max(block.level, 1)
            return "\n".join(lead + line for line in _guarded(text).split("\n"))
        if block.kind == "item":
            indent = "    " * max(block.level - 1, 0)
            lead = bullet(block)
            return indent + lead + _guarded(text).replace("\n", "\n" + indent + " " * len(lead))
        return _guarded(text)


def _guarded(text: str) -> str:
    """Lines that stay lines, and that nothing takes for more than a paragraph's."""
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


def escaped(text: str) -> str:
    """A text on one line of which nothing is taken for Markdown."""
    return _LINE_START.sub(_guard, _escape(text))


def _escape(text: str) -> str:
    return _ENTITY.sub("&amp;", _SPECIAL.sub(r"\\\1", text))


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
