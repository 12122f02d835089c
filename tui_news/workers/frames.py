"""How the program and a worker talk: a frame is two lengths, a JSON document, and bytes as they are.

Nothing is pickled in either direction, so neither side can make the other run anything.
"""

from __future__ import annotations

import struct
from typing import Any, Final

from tui_news.cache.codec import dumps, loads

HEAD: Final = struct.Struct("!II")
MAX_DOCUMENT: Final = 4_000_000
MAX_BODY: Final = 400_000_000
"""Bytes. A frame that claims more is nonsense and ends the conversation."""


class FrameError(ValueError):
    """What came is no frame."""


def encode(document: dict[str, Any], body: bytes = b"") -> bytes:
    """The frame's beginning; `body` is to be sent after it. Raises FrameError when it is too long."""
    text = dumps(document)
    if len(text) > MAX_DOCUMENT or len(body) > MAX_BODY:
        raise FrameError("too much for one frame")
    return HEAD.pack(len(text), len(body)) + text


def lengths(head: bytes) -> tuple[int, int]:
    """The lengths of document and body. Raises FrameError."""
    document, body = HEAD.unpack(head)
    if document > MAX_DOCUMENT or body > MAX_BODY:
        raise FrameError("too much for one frame")
    return int(document), int(body)


def decode(text: bytes) -> dict[str, Any]:
    """A frame's document. Raises FrameError."""
    try:
        value = loads(text)
    except ValueError:
        raise FrameError("no document") from None
    if not isinstance(value, dict):
        raise FrameError("no document")
    return value
