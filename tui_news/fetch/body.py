"""Undo a body's content coding with a bound on what comes out: gzip, deflate, br, zstd."""

from __future__ import annotations

import zlib
from typing import Final

from tui_news.i18n import _

ACCEPT_ENCODING: Final = "gzip, deflate, br, zstd"
_STEP: Final = 1 << 16
_OUT: Final = 1 << 20
# RFC 9659: a sender of `zstd` keeps its window within 8 MB.
_ZSTD_WINDOW: Final = 8 << 20
_ZSTD_STEP: Final = 512
# What some servers write there although nothing is coded.
_NOT_CODED: Final = frozenset({"", "identity", "none", "utf-8", "utf8", "binary", "8bit"})


class CodingError(Exception):
    """The body's coding is unknown, layered or broken."""


class TooBigError(Exception):
    """The body grows beyond the limit."""


class CutShortError(Exception):
    """The coded body ends too early."""


def coding_of(header: str) -> str:
    """The coding that a Content-Encoding header names, '' for none. Raises CodingError when it is not
    one of ours, or when there are several on top of each other (their growth cannot be bounded)."""
    names = [name for part in header.split(",") if (name := part.strip().lower()) not in _NOT_CODED]
    if not names:
        return ""
    if len(names) > 1:
        raise CodingError(_("is compressed several times over"))
    name = {"x-gzip": "gzip"}.get(names[0], names[0])
    if name not in ("gzip", "deflate", "br", "zstd"):
        raise CodingError(_("has a compression that is not known here"))
    return name


def decompress(data: bytes, coding: str, limit: int) -> bytes:
    """The body without its coding, at most `limit` bytes of it.

    Raises TooBigError beyond `limit` (having held little more than that), CutShortError, CodingError.
    """
    if not data or not coding:
        if len(data) > limit:
            raise TooBigError
        return data
    if coding == "gzip":
        return _gzip(data, limit)
    if coding == "deflate":
        return _deflate(data, limit)
    if coding == "br":
        return _brotli(data, limit)
    if coding == "zstd":
        return _zstd(data, limit)
    raise CodingError(_("has a compression that is not known here"))


class _Sink:
    """Collects output and raises as soon as there is too much."""

    __slots__ = ("limit", "parts", "size")

    def __init__(self, limit: int) -> None:
        self.parts: list[bytes] = []
        self.size = 0
        self.limit = limit

    def add(self, part: bytes) -> None:
        if part:
            self.size += len(part)
            if self.size > self.limit:
                self.parts.clear()
                raise TooBigError
            self.parts.append(part)

    def get(self) -> bytes:
        return self.parts[0] if len(self.parts) == 1 else b"".join(self.parts)


def _inflate(data: bytes, wbits: int, sink: _Sink) -> bytes:
    """One zlib stream into the sink; returns what follows it. Input goes in small steps, because zlib
    hands what it did not use back as a copy."""
    stream = zlib.decompressobj(wbits)
    position = 0
    try:
        while position < len(data) and not stream.eof:
            piece = data[position : position + _STEP]
            position += len(piece)
            while True:
                sink.add(stream.decompress(piece, _OUT))
                piece = stream.unconsumed_tail
                if stream.eof or not piece:
                    break
        # Output may still wait inside although all input is taken.
        while not stream.eof and (rest := stream.decompress(b"", _OUT)):
            sink.add(rest)
    except zlib.error:
        raise CodingError(_("is not compressed as it says")) from None
    if not stream.eof:
        raise CutShortError
    return stream.unused_data + data[position:]


def _gzip(data: bytes, limit: int) -> bytes:
    sink = _Sink(limit)
    rest = _inflate(data, 31, sink)
    # RFC 1952: members may follow each other; padding or rubbish behind them is ignored, as gzip does.
    while rest.startswith(b"\x1f\x8b"):
        rest = _inflate(rest, 31, sink)
    return sink.get()


def _deflate(data: bytes, limit: int) -> bytes:
    # RFC 9110 says zlib format; many servers send the bare stream. The header (RFC 1950) tells.
    wrapped = len(data) > 1 and data[0] & 15 == 8 and (data[0] << 8 | data[1]) % 31 == 0
    for wbits in (15, -15) if wrapped else (-15,):
        sink = _Sink(limit)
        try:
            _inflate(data, wbits, sink)
        except CodingError:
            if wbits == -15:
                raise
        else:
            return sink.get()
    raise CodingError(_("is not compressed as it says"))


def _brotli(data: bytes, limit: int) -> bytes:
    import brotli

    sink = _Sink(limit)
    stream = brotli.Decompressor()
    try:
        for position in range(0, len(data), _STEP):
            piece = data[position : position + _STEP]
            sink.add(stream.process(piece, output_buffer_limit=_OUT))
            while not stream.can_accept_more_data():
                sink.add(stream.process(b"", output_buffer_limit=_OUT))
            if stream.is_finished():
                break
        # Output may still wait inside although all input is taken.
        while not stream.is_finished() and (rest := stream.process(b"", output_buffer_limit=_OUT)):
            sink.add(rest)
    except brotli.error:
        raise CodingError(_("is not compressed as it says")) from None
    if not stream.is_finished():
        raise CutShortError
    return sink.get()


def _zstd(data: bytes, limit: int) -> bytes:
    import zstandard

    sink = _Sink(limit)
    maker = zstandard.ZstdDecompressor(max_window_size=_ZSTD_WINDOW)
    stream = maker.decompressobj()
    position = 0
    try:
        while position < len(data):
            # A block of 4 bytes can stand for 128 KB, and a call cannot be bounded: so little at a time.
            piece = data[position : position + _ZSTD_STEP]
            position += len(piece)
            sink.add(stream.decompress(piece))
            if stream.eof:
                # RFC 8878: frames may follow each other; rubbish behind them is ignored.
                position -= len(stream.unused_data)
                if data[position : position + 4] != b"\x28\xb5\x2f\xfd":
                    break
                stream = maker.decompressobj()
    except zstandard.ZstdError as error:
        if "window" in str(error).lower() or "memory" in str(error).lower():
            raise CodingError(_("needs too much memory to decompress")) from None
        raise CodingError(_("is not compressed as it says")) from None
    if not stream.eof:
        raise CutShortError
    return sink.get()
