"""Footnotes: links to a note in the same page and back, told from tables of contents by their look."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from typing import Any, Final
from urllib.parse import unquote

from tui_news.model import Block, Run

MOST: Final = 2_000
"""Links of a page that are looked at."""
_LONGEST_NAME: Final = 100

# What stands where a note is referred to, or leads back from it: 1, [12], (a), *, †, ↩, ^, 注1.
_REFERENCE = re.compile(
    r"\s*[\[(（［〔【]?\s*(?:注|註|note\s|fn)?\s*"
    r"(?:\d{1,4}|[a-z]{1,2}|[ivx]{1,5}|[*†‡§¶^↑↩⏎⤴]{1,3})[\ufe0e\ufe0f]?\s*[\])）］〕】.]?\s*",
    re.IGNORECASE,
)


def targets_of(elements: Sequence[Any], base: str) -> dict[Any, str]:
    """The links in some elements that look like references to notes: element to the name they lead to."""
    page = base.partition("#")[0]
    found: dict[Any, str] = {}
    for element in elements:
        for link in element.iter("a"):
            href = (link.get("href") or "").strip()
            before, mark, name = href.partition("#")
            if not mark or not name or (before and before != page) or len(name) > _LONGEST_NAME:
                continue
            if _REFERENCE.fullmatch("".join(link.itertext())[:20]):
                found[link] = unquote(name)
                if len(found) >= MOST:
                    return found
    return found


def name_of(node: Any) -> str:
    """The name that links lead to an element by."""
    return node.get("id") or (node.get("name") if node.tag == "a" else "") or ""


def resolved(blocks: Iterable[Block]) -> list[Block]:
    """The blocks without links to a name that none of them has: what had it was left out."""
    out = list(blocks)
    names = {f"#{name}" for block in out for name in block.anchors}
    for index, block in enumerate(out):
        if any(run.href[:1] == "#" and run.href not in names for run in block.runs):
            runs = tuple(
                Run(run.text, run.marks) if run.href[:1] == "#" and run.href not in names else run
                for run in block.runs
            )
            out[index] = replace(block, runs=runs)
    return out
