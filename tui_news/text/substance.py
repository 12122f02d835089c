"""What a text says, without what two printings of it differ in: spaces, typography, counts, trackers."""

from __future__ import annotations

import re
import unicodedata
from typing import Final

from tui_news.text.fold import UNSPACED

MOST: Final = 400_000
"""Characters of a text that are looked at."""
_LINE: Final = 80
"""A line of counters is not longer."""
_SOME: Final = 100_000
"""In a longer text lines of counters are not looked for."""

_COUNTED: Final = (
    r"comments?|repl(?:y|ies)|views?|reads?|likes?|shares?|votes?|reactions?|points?|"
    r"条?评论|條?評論|回复|回覆|留言|阅读|閱讀|浏览|瀏覽|点赞|讚|次|人参与|件?のコメント|コメント|閲覧|"
    r"kommentare?|commentaires?|comentarios?"
)
_IN_BRACKETS: Final = re.compile(
    rf"[(\[【]\s*(?:\d[\d.,]*\s*[km万萬]?\s*(?:{_COUNTED})|(?:{_COUNTED})[:\s]*\d[\d.,]*)\s*[)\]】]"
)
_COUNTER: Final = re.compile(rf"\d[\d.,]*\s*[km万萬]?\s*(?:{_COUNTED})|(?:{_COUNTED})[:\s]*\d[\d.,]*")
_DIGIT: Final = re.compile(r"\d")
_WORD: Final = re.compile(r"\w")
_AGO: Final = re.compile(
    r"\d{1,4}\s*(?:seconds?|secs?|minutes?|mins?|hours?|hrs?|days?|weeks?)\s+ago\b|"
    r"\d{1,4}\s*(?:秒|分钟|分鐘|分|小时|小時|時間|天|日|周|週)前"
)
_PARAMETERS: Final = re.compile(r"(https?://[^\s?#]{1,2000})[?#]\S*")
# Numbers keep their point and their sign, a question stays one: "1.5" is not "15", nor "fraud?" "fraud".
_TOKEN: Final = re.compile(rf"\d+(?:[.:]\d+)*|[{UNSPACED}]+|[^\W\d_{UNSPACED}]+|[%$€£¥?+]|(?<!\w)-(?=\d)")
_THOUSANDS: Final = re.compile(r"(?<=\d),(?=\d)")
_BETWEEN: Final = re.compile(rf"(?<=[{UNSPACED}]) (?=[{UNSPACED}])")


def substance(text: str) -> str:
    """The words and numbers of a text, one space between them, none in scripts without spaces; two texts that
    say the same give the same.

    Case, width and composition are folded (NFKC, UAX #15); punctuation, quotes and spaces are left out, as
    are URLs' parameters, times such as "3 hours ago", and counts of comments, readers and the like where they
    stand in brackets or on a line of their own.
    """
    text = unicodedata.normalize("NFKC", text[:MOST]).casefold().replace("\u2212", "-")
    if "://" in text:
        text = _PARAMETERS.sub(r"\1", text)
    digits = _DIGIT.search(text) is not None
    if digits and ("ago" in text or "前" in text):
        text = _AGO.sub("", text)
    if digits and any(bracket in text for bracket in "([【"):
        text = _IN_BRACKETS.sub("", text)
    if digits and len(text) <= _SOME and _COUNTER.search(text):
        text = "\n".join([line for line in text.split("\n") if not _counts_only(line)])
    if digits and "," in text:
        text = _THOUSANDS.sub("", text)
    said = " ".join(_TOKEN.findall(text))
    return said if said.isascii() else _BETWEEN.sub("", said)


def _counts_only(line: str) -> bool:
    """Whether a line says nothing but how often it was read, liked and commented."""
    rest = _COUNTER.sub("", line) if len(line) <= _LINE else line
    return rest != line and _WORD.search(rest) is None
