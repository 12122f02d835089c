"""How long a text takes to read: by the word, and by the character in Chinese, Japanese and Korean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Final

from tui_news.model import Block

WORDS_A_MINUTE: Final = 238
"""Silent reading of English prose (Brysbaert 2019, a review of 190 studies)."""
CHARACTERS_A_MINUTE: Final = 400
"""Hanzi, kana and Hangul syllables; about 260 words of Chinese."""
_CAP: Final = 40_000
"""About as many characters are looked at."""

_CHARACTER = re.compile("[\u3041-\u30ff\u3400-\u9fff\uac00-\ud7a3\U00020000-\U0003ffff]")
_WORD = re.compile(r"[^\W_]+(?:['’.-][^\W_]+)*")


def minutes(blocks: Sequence[Block]) -> int:
    """Whole minutes for some blocks, at least 1; 0 when there is nothing to read."""
    total = sum([len(run.text) for block in blocks for run in block.runs])
    seen = 0
    time = 0.0
    # A book is told by blocks from all of it.
    for block in blocks[:: 1 + total // _CAP]:
        text = block.text[:_CAP]
        seen += len(text)
        rest, characters = (text, 0) if text.isascii() else _CHARACTER.subn(" ", text)
        time += characters / CHARACTERS_A_MINUTE + len(_WORD.findall(rest)) / WORDS_A_MINUTE
    return max(1, round(time * total / seen)) if time else 0
