"""Records of the journals: a checksum, a space, JSON on one line, a newline.

`xxxxxxxx {"json": ...}\\n`, where the x are the CRC-32 of the JSON in lower-case hex. JSON never holds a
raw newline, so a reader finds its feet again at the next newline after whatever was damaged.
"""

from __future__ import annotations

import sys
from array import array
from datetime import UTC, datetime
from zlib import crc32

from tui_news.model import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence
    from typing import Any, ClassVar, NoReturn

try:
    _json: Any = __import__("_json")
except ImportError:  # a Python whose JSON is not in C
    _json = None

_HEX = "0123456789abcdef"
_SMALL = 1 << 17
"""So many bytes of JSON Python's own reads and writes in the time that loading orjson takes (25 ms, for it
brings dataclasses, inspect and uuid along)."""
_spent = 0


def _little(size: int) -> bool:
    """Whether orjson is not worth loading yet, when `size` more bytes are to be read or written."""
    global _spent
    _spent += size
    return _spent < _SMALL and "orjson" not in sys.modules


def _not_a_number(name: str) -> float:
    raise ValueError(f"{name} is no JSON")


class _Context:
    """What the scanner of Python's `json` goes by, as `json.JSONDecoder` sets it."""

    strict = True
    object_hook = object_pairs_hook = None
    parse_float, parse_int = float, int
    parse_constant = staticmethod(_not_a_number)
    memo: ClassVar[dict[str, str]] = {}


def _decode(text: str) -> Any:
    """`json.loads`, by the scanner that it goes by too: `json` itself takes 6 ms to load, because of regular
    expressions for Pythons that have no such scanner. Raises ValueError, RecursionError."""
    if _json is None:
        import json

        return json.loads(text, parse_constant=_not_a_number)
    text = text.strip(" \t\r\n")
    try:
        value, end = _json.make_scanner(_Context)(text, 0)
    except (StopIteration, SystemError):
        # It looks for the error that it would raise in `json`, which is not loaded, and finds none to raise.
        raise ValueError("no JSON") from None
    if end != len(text):
        raise ValueError("something behind the JSON")
    return value


def _encode(value: Any) -> str:
    """`json.dumps`, compact, by its own encoder. Raises TypeError on what is no JSON."""
    if _json is None:
        import json

        return json.dumps(value, ensure_ascii=False, separators=(",", ":"))
    # What stands for: seen, other types, texts, no indent, separators, neither sorted nor skipping keys, NaN.
    made = _json.make_encoder({}, _no_json, _json.encode_basestring, None, ":", ",", False, False, True)
    return "".join(made(value, 0))


def _no_json(value: object) -> NoReturn:
    raise TypeError(f"{type(value).__name__} is no JSON")


def dumps(value: Any) -> bytes:
    """Compact JSON in UTF-8. Lone surrogates, which UTF-8 cannot carry, become U+FFFD."""
    if not _little(1 << 10):
        import orjson

        try:
            return orjson.dumps(value)
        except orjson.JSONEncodeError:
            pass
    return _encode(value).encode("utf-8", "replace")


def loads(data: bytes) -> Any:
    """The value of JSON. Raises ValueError."""
    if _little(len(data)):
        try:
            return _decode(data.decode())
        except RecursionError as error:
            raise ValueError("JSON nested too deeply") from error
    import orjson

    return orjson.loads(data)


def frame(payload: bytes) -> bytes:
    """A record ready to be appended."""
    return b"%08x %b\n" % (crc32(payload), payload)


def unframe(record: bytes) -> bytes | None:
    """The payload of a record without its newline; None when its checksum is wrong."""
    payload = record[9:]
    return payload if len(record) > 9 and record[:9] == b"%08x " % crc32(payload) else None


def salvage(bad: bytes, start: int) -> Iterator[tuple[int, int, bytes]]:
    """Whole records inside a damaged line (zeros over the newline between two of them)."""
    import re

    at = 0
    for gap in [*re.finditer(b"\0+", bad), None]:
        piece = bad[at : gap.start()] if gap else bad[at:]
        if (payload := unframe(piece)) is not None:
            yield start + at, len(piece), payload
        if gap:
            at = gap.end()


def split(data: bytes, start: int) -> Iterator[tuple[int, int, bytes | None]]:
    """The complete records in `data`, which begins at file offset `start`: offset, length without the
    newline, payload (None when damaged). What follows the last newline is not looked at."""
    at = 0
    while (end := data.find(b"\n", at)) >= 0:
        yield start + at, end - at, unframe(data[at:end])
        at = end + 1


def micros(moment: datetime | None) -> int:
    """Microseconds since 1970; a time without a zone counts as UTC."""
    if moment is None:
        return 0
    if moment.tzinfo is None:
        moment = moment.replace(tzinfo=UTC)
    return round(moment.timestamp() * 1_000_000)


def fingerprint(data: bytes) -> int:
    """63 bits of a hash, never 0 (JSON and the index keep it as a number)."""
    return int.from_bytes(digest(data, 8), "big") >> 1 or 1


def pack_ids(ids: Iterable[int]) -> str:
    """Article ids (48 bits each) as base64, eight characters for each."""
    column = array("Q", ids)
    if sys.byteorder == "little":
        column.byteswap()
    wide, narrow = column.tobytes(), bytearray(6 * len(column))
    for at in range(6):
        narrow[at::6] = wide[at + 2 :: 8]
    from binascii import b2a_base64

    return b2a_base64(narrow, newline=False).decode("ascii")


def unpack_ids(text: str) -> list[int]:
    """The inverse of `pack_ids`. Raises ValueError on what never was one."""
    from binascii import a2b_base64

    narrow = a2b_base64(text)
    if len(narrow) % 6:
        raise ValueError("article ids cut short")
    wide = bytearray(len(narrow) // 6 * 8)
    for at in range(6):
        wide[at + 2 :: 8] = narrow[at::6]
    column = array("Q", bytes(wide))
    if sys.byteorder == "little":
        column.byteswap()
    return column.tolist()


def hex_id(number: int) -> str:
    """An article's id as people and programs see it."""
    return f"{number:012x}"


def hex_ids(numbers: Sequence[int]) -> list[str]:
    """Many ids at once."""
    column = array("Q", numbers)
    if sys.byteorder == "little":
        column.byteswap()
    text = column.tobytes().hex()
    return [text[at : at + 12] for at in range(4, len(text), 16)]


def parse_ids(texts: Sequence[str]) -> list[int]:
    """Many ids at once. Raises ValueError when one of them is not 12 lower-case hex digits."""
    if {*map(len, texts), 12} != {12} or "".join(texts).strip(_HEX):
        bad = next(text for text in texts if parse_id(text) is None)
        raise ValueError(f"article id {bad!r} is not 12 lower-case hex digits")
    return [int(text, 16) for text in texts]


def parse_id(text: str) -> int | None:
    """The number of an id of 12 lower-case hex digits; None for anything else."""
    if len(text) != 12 or text.strip(_HEX):
        return None
    return int(text, 16)
