"""The article's blocks without what is not its text: its head again, credits, bars, lists of links."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from urllib.parse import urlsplit

from tui_news.extract.credits import is_caption, is_credit, is_notice, without_credit
from tui_news.extract.dateline import editor_in, reuters_credit
from tui_news.extract.heads import key
from tui_news.extract.shape import cells
from tui_news.model import Block, Run

_TEXT = ("paragraph", "item", "quote", "subhead")


def link_share(block: Block) -> float:
    """The share of a block's text that is links."""
    size = sum(len(run.text) for run in block.runs)
    return sum(len(run.text) for run in block.runs if run.href) / size if size else 0.0


def refine(blocks: list[Block], printed: Sequence[str], url: str = "") -> tuple[list[Block], str]:
    """The blocks that are text, and the editor whose credit was among them. `printed` are the texts that
    stand at the article's head: the headline first, then kicker, deck, its date and source."""
    editor = ""
    host = host_of(url)
    again = {key(text) for text in printed} - {""}
    out: list[Block] = []
    prose = False
    following = _after_headline(blocks, printed)
    kept_last = -1
    for place, block in enumerate(following):
        if block.kind not in _TEXT:
            out.append(block)
            kept_last = place
            continue
        text = block.text
        if not prose and key(text) in again:
            continue
        if block.kind == "paragraph" and is_caption(text):
            if out and out[-1].kind == "picture" and not out[-1].runs:
                out[-1] = replace(out[-1], runs=block.runs)
            continue
        if is_credit(text):
            editor = editor or editor_in(text)
            continue
        if not editor and text[:1] == "(" and (found := reuters_credit(text)[1]):
            editor = found
            continue
        if is_notice(text) or not key(text) or (block.kind == "paragraph" and key(text).isdecimal()):
            continue
        if block.kind == "paragraph" and _points_elsewhere(block, text, host):
            continue
        shorter, credit = without_credit(text)
        if credit:
            editor = editor or credit
            block = _cut(block, len(shorter))
            if not block.runs:
                continue
        prose = prose or cells(text) > 80
        out.append(block)
        kept_last = place
    return _ends(out, kept_last + 1 == len(following)), editor


def _after_headline(blocks: Sequence[Block], printed: Sequence[str]) -> Sequence[Block]:
    """What follows the headline, when it stands among the blocks: all before it is the site's."""
    headline = key(printed[0]) if printed else ""
    if len(headline) < 4:
        return blocks
    for place, block in enumerate(blocks[: max(4, len(blocks) // 3)]):
        if block.kind in ("subhead", "paragraph") and key(block.text) == headline:
            return blocks[place + 1 :]
    return blocks


def host_of(url: str) -> str:
    """The host of an address, without www.; '' when it has none."""
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _points_elsewhere(block: Block, text: str, host: str) -> bool:
    """Whether a paragraph is only a link to another article of the same site ("read also")."""
    if link_share(block) <= 0.8 or not 20 <= cells(text) < 200 or sum(map(text.count, "。.!?！？")) > 2:
        return False
    targets = {host_of(run.href) for run in block.runs if run.href}
    return not host or bool(targets & {host, ""})


def _cut(block: Block, length: int) -> Block:
    """The block's first `length` characters."""
    runs: list[Run] = []
    for run in block.runs:
        if length <= 0:
            break
        runs.append(Run(run.text[:length], run.marks, run.href))
        length -= len(run.text)
    if runs and (last := runs[-1].text.rstrip()) != runs[-1].text:
        runs[-1] = Run(last, runs[-1].marks, runs[-1].href)
    return replace(block, runs=tuple(run for run in runs if run.text))


def _ends(blocks: list[Block], whole: bool) -> list[Block]:
    """Without rules and lists of links at the end, and without subheads of what was left out there. `whole`
    says that nothing was: then a subhead at the end is that of the next page."""
    out = list(blocks)
    while out:
        last = out[-1]
        linked = last.kind in ("item", "paragraph", "subhead") and link_share(last) > 0.7
        if last.kind == "rule" or linked or (last.kind == "subhead" and not whole):
            out.pop()
            whole = False
        else:
            break
    while out and out[0].kind == "rule":
        del out[0]
    return out
