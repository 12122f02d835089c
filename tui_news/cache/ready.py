"""Articles made ready for the cache by another process: what `prepare` makes, as one run of bytes.

A worker that has parsed a feed packs its entries here; the program that stores them compares numbers and
appends JSON that is made already, so that no article becomes an object twice. Layout, in the machine's byte
order (it never leaves the machine): magic, number of entries, the columns of `_COLUMNS` one after the other,
the head records' JSON, the bodies' JSON. Nothing in it is run or trusted: `unpack` checks that the lengths
add up, that each record is one line and opens with its own id.
"""

from __future__ import annotations

from array import array
from collections.abc import Sequence
from datetime import datetime, timedelta
from itertools import accumulate
from typing import Any

from tui_news.cache.codec import dumps, hex_id, loads
from tui_news.cache.storing import Entry

_MAGIC = b"TNR1"
_HEADER = 8
_COLUMNS = "QQQQqIIB"
"""Id, print, print of the body, second identity, time, length of head and body, bits."""
_DATED, _FULL = 1, 2
_MAX_ID = 1 << 48


class Line(dict[str, Any]):
    """A head record whose JSON is made: what the index takes of it, and `payload`, which is appended."""

    __slots__ = ("payload",)

    def __init__(self, id: str, time: int, print_: int, alt: int, payload: bytes) -> None:
        super().__init__(id=id, _t=time, _f=print_, _a=alt)
        self.payload = payload

    def __setitem__(self, key: str, value: Any) -> None:
        super().__setitem__(key, value)
        self.payload = b"%b,%b:%b}" % (self.payload[:-1], dumps(key), dumps(value))


class Ready:
    """One packed entry, with the face of `storing.Entry`; its JSON is read only when it is asked for."""

    __slots__ = ("alt", "body", "body_print", "dated", "full", "head", "moment", "number", "print")

    def __init__(
        self, number: int, print_: int, body_print: int, alt: int, moment: int, bits: int,
        head: bytes, body: bytes,
    ) -> None:  # fmt: skip
        self.number = number
        self.print = print_
        self.body_print = body_print
        self.alt = alt
        self.moment = moment
        self.dated = bool(bits & _DATED)
        self.full = bool(bits & _FULL)
        self.head = head
        self.body = body

    @property
    def doc(self) -> dict[str, Any]:
        """The head record as a document. Raises ValueError when it is none."""
        value = loads(self.head)
        if not isinstance(value, dict):
            raise ValueError("not a head record")
        return value

    @property
    def text(self) -> bytes:
        """The body record's JSON; empty when there is no text."""
        return self.body

    def text_as(self, id: str) -> bytes:
        """The body record's JSON under another id."""
        return dumps({**loads(self.body), "id": id})

    def record(self, moment: str) -> Line:
        """The head record of an article that is new; `moment`, when it was first seen, is in it already."""
        return Line(hex_id(self.number), self.moment, self.print, self.alt, self.head)


def pack(entries: Sequence[Entry], moment: datetime) -> bytes:
    """Entries as bytes. `moment` is the time of first sight of the first; each is a second older than the one
    before it, so that those without a date stay in the order in which they come."""
    columns = [array(code) for code in _COLUMNS]
    heads: list[bytes] = []
    bodies: list[bytes] = []
    for number, entry in enumerate(entries):
        record = entry.record((moment - timedelta(seconds=number)).isoformat())
        heads.append(dumps(record))
        bodies.append(entry.text)
        row = (
            entry.number, entry.print, entry.body_print, entry.alt, record["_t"], len(heads[-1]),
            len(bodies[-1]), _DATED * entry.dated + _FULL * entry.full,
        )  # fmt: skip
        for column, value in zip(columns, row, strict=True):
            column.append(value)
    return b"".join(
        (
            _MAGIC,
            len(entries).to_bytes(4, "big"),
            *(column.tobytes() for column in columns),
            *heads,
            *bodies,
        )
    )


def unpack(data: bytes) -> list[Ready]:
    """The inverse of `pack`. Raises ValueError on what never was one."""
    if data[:4] != _MAGIC:
        raise ValueError("not packed articles")
    count = int.from_bytes(data[4:_HEADER], "big")
    at = _HEADER
    columns: list[array[int]] = []
    for code in _COLUMNS:
        column = array(code)
        column.frombytes(data[at : at + count * column.itemsize])
        at += count * column.itemsize
        columns.append(column)
    numbers, _, _, _, _, head_sizes, body_sizes, _ = columns
    heads_end = at + sum(head_sizes)
    if len(columns[-1]) != count or heads_end + sum(body_sizes) != len(data) or data.find(b"\n", at) >= 0:
        raise ValueError("packed articles are cut short or mixed up")
    heads = _pieces(data, at, head_sizes)
    bodies = _pieces(data, heads_end, body_sizes)
    for number, head, body in zip(numbers, heads, bodies, strict=True):
        opening = b'{"id":"%012x",' % number
        if number >= _MAX_ID or not head.startswith(opening) or head[-1:] != b"}":
            raise ValueError("a packed headline is none")
        if body and not (body.startswith(opening) and body[-1:] == b"}"):
            raise ValueError("a packed text is none")
    return list(map(Ready, *columns[:5], columns[7], heads, bodies))


def _pieces(data: bytes, at: int, sizes: Sequence[int]) -> list[bytes]:
    """Pieces of these sizes that stand one after the other from `at` on."""
    ends = accumulate(sizes, initial=at)
    next(ends)
    return [data[end - size : end] for end, size in zip(ends, sizes, strict=True)]
