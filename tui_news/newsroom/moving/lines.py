"""The file of an export: JSON Lines, plain or compressed; written in pieces, read within bounds."""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import Any, BinaryIO, Final

from tui_news.i18n import _

VERSION: Final = 1
LINE_LIMIT: Final = 16_000_000
"""Bytes of one line; a longer one is none of ours."""
TOTAL_LIMIT: Final = 1_000_000_000
"""Bytes of all lines together: what a compressed file may unfold to."""
_CHUNK: Final = 1 << 16
_GZIP, _ZSTD = b"\x1f\x8b", b"\x28\xb5\x2f\xfd"


class MoveError(Exception):
    """The file cannot be used; one plain line that says why and what to do."""


def packed(lines: Iterable[bytes], name: str) -> Iterator[bytes]:
    """Lines, each with its newline, as the bytes of a file; its ending says how they are compressed (.gz,
    .zst, else not)."""
    if name.endswith(".gz"):
        press = zlib.compressobj(6, zlib.DEFLATED, 31)
        for line in lines:
            if piece := press.compress(line):
                yield piece
        yield press.flush()
    elif name.endswith((".zst", ".zstd")):
        import zstandard

        pack = zstandard.ZstdCompressor(level=6).compressobj()
        for line in lines:
            if piece := pack.compress(line):
                yield piece
        yield pack.flush()
    else:
        yield from lines


def unpacked(stream: BinaryIO) -> Iterator[tuple[int, bytes | None]]:
    """The lines of a file with their numbers, whatever it is compressed by; None for one that is too long,
    which is not read into memory. Raises MoveError when the file is damaged (what came before was given) or
    unfolds to more than `TOTAL_LIMIT`."""
    number, size, total = 1, 0, 0
    rest: list[bytes] = []
    for piece in _pieces(stream):
        total += len(piece)
        if total > TOTAL_LIMIT:
            raise MoveError(
                _(
                    "it unfolds to more than {megabytes} MB; the rest is not read",
                    megabytes=TOTAL_LIMIT // 1_000_000,
                )
            )
        *lines, last = piece.split(b"\n")
        for line in lines:
            size += len(line)
            yield number, b"".join((*rest, line)) if size <= LINE_LIMIT else None
            number, size, rest = number + 1, 0, []
        size += len(last)
        if size <= LINE_LIMIT:
            rest.append(last)
        else:
            rest.clear()
    if size:
        yield number, b"".join(rest) if size <= LINE_LIMIT else None


def _pieces(stream: BinaryIO) -> Iterator[bytes]:
    """What a file unfolds to, in pieces of bounded size."""
    start = stream.read(_CHUNK)
    if start.startswith(_GZIP):
        yield from _unzipped(stream, start)
    elif start.startswith(_ZSTD):
        yield from _unfolded(stream, start)
    else:
        while start:
            yield start
            start = stream.read(_CHUNK)


def _unzipped(stream: BinaryIO, data: bytes) -> Iterator[bytes]:
    press = zlib.decompressobj(31)
    while data:
        try:
            yield press.decompress(data, _CHUNK)
        except zlib.error as error:
            raise MoveError(_("it is damaged ({error}); what came before is taken", error=error)) from error
        data = press.unconsumed_tail
        if press.eof:
            # Files that were put behind one another are one (RFC 1952, 2.2).
            data = press.unused_data or stream.read(_CHUNK)
            press = zlib.decompressobj(31)
        elif not data:
            data = stream.read(_CHUNK)
            if not data:
                raise MoveError(_("it ends in the middle; what came before is taken"))


class _Joined:
    """A stream with what was read of it already put in front again."""

    def __init__(self, start: bytes, stream: BinaryIO) -> None:
        self._start, self._stream = start, stream

    def read(self, size: int = -1) -> bytes:
        start, self._start = self._start, b""
        return start or self._stream.read(size)


def _unfolded(stream: BinaryIO, start: bytes) -> Iterator[bytes]:
    import zstandard

    # What the format's own tools take without being asked (RFC 8878, 3.1.1.1.2, wants 8 MB at least).
    opener = zstandard.ZstdDecompressor(max_window_size=1 << 27)
    source: Any = _Joined(start, stream)
    with opener.stream_reader(source, read_across_frames=True) as reader:
        while True:
            try:
                data = reader.read(_CHUNK)
            except zstandard.ZstdError as error:
                raise MoveError(
                    _("it is damaged ({error}); what came before is taken", error=error)
                ) from error
            if not data:
                return
            yield data
