"""What a fetch gives, and the few response headers that are read."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Final

_CHARSET = re.compile(r""";\s*charset\s*=\s*["']?([^\s"';,]{1,64})""", re.IGNORECASE)
MAX_VALIDATOR: Final = 1_024
"""A longer ETag is not kept: sent back, it would be refused as too long a header."""


@dataclass(frozen=True, slots=True)
class Response:
    """An answer that can be used: a page, or the news that nothing has changed (`not_modified`)."""

    url: str
    """Where the body came from, after redirects; without credentials."""
    status: int = 200
    headers: dict[str, str] = field(default_factory=dict)
    """Names in lower case; repeated ones joined by a comma."""
    body: bytes = b""
    """Decompressed."""
    content_type: str = ""
    """The media type alone, in lower case."""
    charset: str = ""
    """As the header says; '' when it does not. May be any nonsense."""
    latency: float = 0.0
    """Seconds from the first request to the last byte, without waiting for a turn."""
    received: int = 0
    """Bytes of the body as they came over the line."""
    not_modified: bool = False
    moved: str = ""
    """Where permanent redirects led from the very address that was asked for; '' when there were none."""
    etag: str = ""
    last_modified: str = ""
    retry_after: float | None = None
    """Seconds."""
    public: bool = False
    """It came from the open web, or over it: what it names may not lead into a private network."""


def parse_content_type(value: str) -> tuple[str, str]:
    """Media type in lower case and charset parameter ('' if none) of a Content-Type (RFC 9110, 8.3)."""
    media = value.split(";", 1)[0].strip().lower()
    match = _CHARSET.search(value)
    return media, match[1] if match else ""


def parse_retry_after(value: str, now: datetime | None = None) -> float | None:
    """Seconds to wait by a Retry-After, given as seconds or as a date (RFC 9110, 10.2.3); None if neither."""
    value = value.strip()
    if value.isascii() and value.isdigit():
        return float(min(int(value[:12]), 10**9))
    from email.utils import parsedate_to_datetime

    try:
        moment = parsedate_to_datetime(value[:64])
        if moment.tzinfo is None:
            moment = moment.replace(tzinfo=UTC)
        return max(0.0, (moment - (now or datetime.now(UTC))).total_seconds())
    except (ValueError, TypeError, OverflowError, IndexError):
        return None


def flatten(raw: list[tuple[bytes, bytes]]) -> dict[str, str]:
    """Raw header lines as a dict with lower-case names."""
    headers: dict[str, str] = {}
    for name, value in raw:
        key, text = name.decode("latin-1").lower(), value.decode("latin-1")
        headers[key] = f"{headers[key]}, {text}" if key in headers else text
    return headers


def validator(value: str) -> str:
    """An ETag or Last-Modified that can be sent back; '' when it cannot."""
    if len(value) > MAX_VALIDATOR or not value.isprintable():
        return ""
    try:
        value.encode("latin-1")
    except UnicodeEncodeError:
        return ""
    return value
