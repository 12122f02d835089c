"""References to half a character (U+D800 to U+DFFF), which lxml lets in and then cannot decode."""

from __future__ import annotations

import re
from typing import Final

_HALF: Final = (
    r"&#(?:0*5(?:529[6-9]|5[3-9][0-9]{2}|6[0-9]{3}|7[0-2][0-9]{2}|73[0-3][0-9]|734[0-3])"
    r"|[xX]0*[dD][89a-fA-F][0-9a-fA-F]{2})(?![0-9a-fA-F]);?"
)
_IN_TEXT: Final = re.compile(_HALF)
_IN_BYTES: Final = re.compile(_HALF.encode("ascii"))


def find_half(text: str) -> int:
    """Where the first one stands, -1 for none."""
    match = _IN_TEXT.search(text)
    return match.start() if match else -1


def without_halves(text: str) -> str:
    """The text with a replacement character (U+FFFD) for each."""
    return _IN_TEXT.sub("\ufffd", text) if "&#" in text else text


def bytes_without_halves(data: bytes) -> bytes:
    """The same for markup in UTF-8 or a superset of ASCII; a question mark for each."""
    return _IN_BYTES.sub(b"?", data) if b"&#" in data else data
