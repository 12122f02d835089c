"""Text as it is compared: width and case folded, Traditional characters as Simplified ones."""

from __future__ import annotations

import re
import unicodedata

UNSPACED = (
    "\u0e00-\u0eff\u1000-\u109f\u1100-\u11ff\u1780-\u17ff\u3005-\u3007\u3021-\u3029\u3031-\u3035\u3040-\u31ff"
    "\u3400-\u9fff\ua960-\ua97f\uac00-\ud7ff\uf900-\ufaff\U00020000-\U0003ffff"
)
"""Inside of a character class: scripts without spaces between words, and Hangul, where a word carries its
particle. A search finds them anywhere, and other words from their beginning."""

FOLD_VERSION = f"1 {unicodedata.unidata_version}"
"""Changes when the same text may fold into another one: what was derived from it is void."""

_HAN = re.compile("[\u3400-\u9fff\U00020000-\U0003ffff]")
_simplified: dict[int, int] = {}


def fold(text: str) -> str:
    """NFKC (UAX #15), case folded, each Traditional Chinese character as its Simplified one (OpenCC).

    漢 and 汉 are the same then, and so are ＮＡＴＯ and nato.
    """
    if text.isascii():
        return text.lower()
    text = unicodedata.normalize("NFKC", text).casefold()
    if _HAN.search(text) is None:
        return text
    if not _simplified:
        from tui_news.text.hans import SIMPLIFIED, TRADITIONAL

        _simplified.update(str.maketrans(TRADITIONAL, SIMPLIFIED))
    return text.translate(_simplified)
