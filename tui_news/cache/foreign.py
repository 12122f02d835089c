"""Values of the reader's state from another machine's file: checked and cleaned before they count."""

from __future__ import annotations

import re
from typing import Final

from tui_news.cache.bits import BITS, POSITION_LIMIT
from tui_news.cache.latest import Value
from tui_news.text.clean import clean_body, clean_line

NOTE_LIMIT: Final = 100_000
_FIELD = re.compile(r"[a-z][a-z_]{0,31}")


def checked(field: object, value: object) -> Value | None:
    """The value of a field that this program knows; None when it is not of its kind."""
    if field in BITS and isinstance(value, bool):
        return value
    if field == "note" and isinstance(value, str):
        return clean_body(value, NOTE_LIMIT)
    if field == "position" and isinstance(value, int) and not isinstance(value, bool):
        return min(max(value, 0), POSITION_LIMIT)
    return None


def carried(field: object, value: object) -> Value | None:
    """As `checked`; what only a newer program knows is carried on for it."""
    if field in BITS or field in ("note", "position"):
        return checked(field, value)
    if not isinstance(field, str) or not _FIELD.fullmatch(field):
        return None
    if isinstance(value, str):
        return clean_line(value, 1_000)
    return value if isinstance(value, int) and abs(value) < 1 << 53 else None
