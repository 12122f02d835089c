"""A second opinion where no text was found: what the page tells machines, then another extractor."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from tui_news.extract.heads import key
from tui_news.extract.html import blocks_from_html
from tui_news.extract.survey import effective
from tui_news.i18n import _
from tui_news.model import Block, paragraphs
from tui_news.text.clean import clean_block

LITTLE: Final = 200
"""Letters: a text shorter than this is asked about twice."""
_PROBE: Final = 24


def reconsidered(
    blocks: Sequence[Block], told_body: str, root: Any, base: str
) -> tuple[tuple[Block, ...], str]:
    """The blocks, or better ones and a note on where they come from.

    JSON-LD's articleBody replaces them when it is a text of its own of which they hold less than half
    (pages that scripts fill). When they hold next to nothing, trafilatura is asked, which scores
    differently; its answer counts when it is longer by half.
    """
    own = sum(effective(block.text) for block in blocks)
    if effective(told_body) >= max(2 * LITTLE, own // 2) and _share(told_body, blocks) < 0.5:
        told = _told_blocks(told_body, base)
        if told:
            return (
                told,
                _("The text was taken from the page's data for machines; pictures and links are missing."),
            )
    if own < LITTLE and root is not None:
        other = _trafilatura(root, base)
        if sum(effective(block.text) for block in other) > own * 1.5 + 40:
            return other, ""
    return tuple(blocks), ""


def _share(body: str, blocks: Sequence[Block]) -> float:
    """How much of a text is among the blocks, by samples of it."""
    whole = key(body[:1_000])
    have = "".join(key(block.text) for block in blocks)
    samples = [whole[start : start + _PROBE] for start in range(0, max(1, len(whole) - _PROBE), _PROBE)]
    return sum(sample in have for sample in samples) / len(samples) if samples else 1.0


def _told_blocks(body: str, base: str) -> tuple[Block, ...]:
    if "<p" in body or "<br" in body:
        return blocks_from_html(body, base)
    text = body.replace("\r\n", "\n").replace("\r", "\n")
    made = paragraphs(text if "\n\n" in text else text.replace("\n", "\n\n"))
    return tuple(clean_block(block) for block in made)


def _trafilatura(root: Any, base: str) -> tuple[Block, ...]:
    from copy import deepcopy

    import trafilatura

    try:
        # It works on the tree in place.
        html = trafilatura.extract(
            deepcopy(root),
            output_format="html",
            include_comments=False,
            include_links=True,
            include_tables=True,
        )
    except Exception:  # A library that fails on a strange page has no opinion.
        return ()
    return blocks_from_html(html, base) if html else ()
