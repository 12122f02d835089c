"""What a server answers: judged by its status and headers, its body read and decompressed within limits."""

from __future__ import annotations

import asyncio
from typing import TYPE_CHECKING, Final

from tui_news.fetch.body import CodingError, CutShortError, TooBigError, coding_of, decompress
from tui_news.fetch.errors import FetchError, status_error
from tui_news.fetch.resolve import is_private_text, names_private_host
from tui_news.fetch.response import Response, flatten, parse_content_type, parse_retry_after, validator
from tui_news.fetch.trip import Redirect, Trip, location_text
from tui_news.i18n import _

if TYPE_CHECKING:
    import httpx

_REDIRECTS: Final = frozenset({301, 302, 303, 307, 308})
_PERMANENT: Final = frozenset({301, 308})
_DRAIN: Final = 16_384
"""An unwanted body up to this length is read to its end, so that the connection can be used again."""
_MOST_PARTS: Final = 100_000
"""Pieces of a body: each chunk costs the parser of HTTP as much as kilobytes do."""
_BREATH: Final = 200
_THREAD_FROM: Final = 1 << 17
"""Compressed bytes from which decompressing would hold a key press up."""


async def read_answer(
    trip: Trip, response: httpx.Response, conditional: bool, *, proxied: bool
) -> Response | Redirect:
    """Judge an answer by its status and headers, and read its body as far as it is wanted. `conditional` says
    that it was asked for only if it had changed. Raises FetchError."""
    raw = response.headers.raw
    if sum(len(name) + len(value) + 4 for name, value in raw) > trip.limits.max_header_bytes:
        raise FetchError(
            "headers", _("{host} sent headers that are too long; they are not read", host=trip.host)
        )
    line = response.extensions.get("network_stream")
    peer = line.get_extra_info("peer") if line is not None and not proxied else None
    private = (
        is_private_text(peer) if peer else names_private_host(trip.url.raw_host.decode("ascii", "replace"))
    )
    trip.was_public = trip.was_public or not private
    headers = flatten(raw)
    status = response.status_code
    retry_after = parse_retry_after(headers["retry-after"]) if "retry-after" in headers else None
    if status in _REDIRECTS:
        location = next((value for name, value in raw if name.lower() == b"location"), b"").strip()
        await _drain(response, headers)
        if not location:
            raise FetchError(
                "redirects",
                _(
                    "{host} redirects without saying where to (HTTP {status})",
                    host=trip.host,
                    status=status,
                ),
                status,
            )
        return Redirect(location_text(location), status in _PERMANENT)
    if status == 304 and conditional:
        await _drain(response, headers)
        body = b""
    elif trip.payload is not None or (200 <= status < 300 and status != 206):
        body = await _body(trip, response, headers)
    else:
        await _drain(response, headers)
        raise status_error(trip.host, status, retry_after)
    media, charset = parse_content_type(headers.get("content-type", ""))
    unchanged = status == 304
    return Response(
        url=str(trip.url),
        status=status,
        headers=headers,
        body=body,
        content_type=media,
        charset=charset,
        received=trip.received,
        not_modified=unchanged,
        moved=trip.moved,
        etag=validator(headers.get("etag", "")) or (trip.etag if unchanged else ""),
        last_modified=validator(headers.get("last-modified", ""))
        or (trip.last_modified if unchanged else ""),
        retry_after=retry_after,
        public=trip.was_public,
    )


async def _body(trip: Trip, response: httpx.Response, headers: dict[str, str]) -> bytes:
    """The body, decompressed, within both caps."""
    limits = trip.limits
    too_big = _(
        "{host} sends more than {size}; it is not read",
        host=trip.host,
        size=_size(limits.max_received),
    )
    try:
        coding = coding_of(headers.get("content-encoding", ""))
    except CodingError as error:
        raise FetchError(
            "encoding", _("The answer of {host} {error}; it is not read", host=trip.host, error=error)
        ) from None
    length = headers.get("content-length", "")
    if length.isascii() and length.isdigit() and int(length[:20]) > limits.max_received:
        raise FetchError("too_big", too_big)
    parts: list[bytes] = []
    async for part in response.stream:  # type: ignore[union-attr]
        trip.received += len(part)
        if trip.received > limits.max_received:
            raise FetchError("too_big", too_big)
        parts.append(part)
        if len(parts) > _MOST_PARTS:
            raise FetchError(
                "too_big", _("{host} sends its answer in too many pieces; it is not read", host=trip.host)
            )
        if not len(parts) % _BREATH:
            await asyncio.sleep(0)  # what is here already would be taken without a pause
    data = parts[0] if len(parts) == 1 else b"".join(parts)
    parts.clear()
    if not coding and data.startswith(b"\x1f\x8b\x08"):
        coding = "gzip"  # A file that is kept compressed, as sitemaps often are.
    try:
        if coding and len(data) > _THREAD_FROM:
            return await asyncio.to_thread(decompress, data, coding, limits.max_decoded)
        return decompress(data, coding, limits.max_decoded)
    except TooBigError:
        raise FetchError(
            "too_big",
            _(
                "{host} sends more than {size} when decompressed; it is not read",
                host=trip.host,
                size=_size(limits.max_decoded),
            ),
        ) from None
    except CutShortError:
        raise FetchError(
            "short_body", _("{host} broke off in the middle; it is tried again later", host=trip.host)
        ) from None
    except CodingError as error:
        raise FetchError(
            "encoding", _("The answer of {host} {error}; it is not read", host=trip.host, error=error)
        ) from None


async def _drain(response: httpx.Response, headers: dict[str, str]) -> None:
    """Read an unwanted body if it is short, so that its connection can be used again."""
    length = headers.get("content-length", "")
    if response.status_code == 304 or (length.isascii() and length.isdigit() and int(length[:20]) <= _DRAIN):
        async for _ in response.stream:  # type: ignore[union-attr]
            pass


def _size(count: int) -> str:
    return f"{count / 1_000_000:g} MB" if count >= 1_000_000 else f"{count:,} bytes"
