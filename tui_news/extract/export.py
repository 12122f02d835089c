"""Blocks written out: one walk for every format, and the formats plain text and data for JSON."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from tui_news.model import Block


class Writer:
    """A format: what it makes of each block, and what it puts between two. This one writes plain text."""

    def block(self, block: Block) -> str:
        """One block; empty for what this format has nothing to say of."""
        if block.kind == "picture":
            caption = "".join(run.text for run in block.runs) or block.alt
            return f"[{caption}]" if caption else ""
        if block.kind == "rule":
            return "* * *"
        if block.kind == "item":
            return "  " * max(block.level - 1, 0) + bullet(block) + block.text
        if block.kind == "table" and block.runs:
            return "".join(run.text for run in block.runs) + "\n" + block.text
        return block.text

    def between(self, above: Block | None, below: Block | None) -> str:
        """What stands between two blocks; None is the beginning and the end."""
        if above is None or below is None:
            return ""
        return "\n" if above.kind == below.kind == "item" else "\n\n"


def bullet(block: Block) -> str:
    """What an item opens with."""
    return f"{block.ordinal}. " if block.ordinal else "- "


def written(blocks: Iterable[Block], writer: Writer) -> str:
    """All blocks in a format, in one walk; empty when none of them gave anything."""
    out: list[str] = []
    above: Block | None = None
    for block in blocks:
        if text := writer.block(block):
            out += (writer.between(above, block), text)
            above = block
    if above is not None:
        out.append(writer.between(above, None))
    return "".join(out)


def blocks_to_text(blocks: Iterable[Block]) -> str:
    """Plain text: blocks apart by an empty line, items of one list by a newline."""
    return written(blocks, Writer())


def blocks_to_markdown(blocks: Iterable[Block]) -> str:
    """CommonMark; tables as pipe tables, pictures as images with their caption under them."""
    from tui_news.extract.markdown import Markdown

    return written(blocks, Markdown())


def blocks_to_html(blocks: Iterable[Block]) -> str:
    """HTML, one block a line, everything escaped; only web and mail addresses are links."""
    from tui_news.extract.markup import Markup

    return written(blocks, Markup())


def blocks_to_data(blocks: Iterable[Block]) -> list[dict[str, Any]]:
    """What `read --format json` carries under `blocks` (DESIGN, section 3)."""
    out: list[dict[str, Any]] = []
    for block in blocks:
        row: dict[str, Any] = {"type": block.kind, "text": block.text}
        if block.level:
            row["level"] = block.level
        if block.ordinal:
            row["ordinal"] = block.ordinal
        if links := [{"text": run.text, "href": run.href} for run in block.runs if run.href]:
            row["links"] = links
        if block.src:
            row["src"] = block.src
        if block.alt:
            row["alt"] = block.alt
        if block.anchors:
            row["anchors"] = list(block.anchors)
        if block.rows:
            row["rows"] = [["".join(run.text for run in cell) for cell in cells] for cells in block.rows]
            row["header"] = block.header
        out.append(row)
    return out
