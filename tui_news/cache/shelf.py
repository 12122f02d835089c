"""The articles of one source: a journal of heads, a journal of bodies, and the index over them.

A head record is the article's JSON without its blocks, with `_t` (time it sorts by, microseconds),
`_b` (place of its body), `_f` and `_g` (fingerprints of what the feed said: all of it, and the body
alone) and `_a` (second identity). `{"drop": ids, "alts": [...], "times": [...]}` is
a retention's tombstones. Bodies are `{"id", "blocks"}`; `_b` is a hint that is checked, and a scan finds the body when it fails.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from hashlib import blake2b
from pathlib import Path
from typing import Any

from tui_news.cache.codec import dumps, hex_id, loads, pack_ids, parse_id, unpack_ids
from tui_news.cache.journal import Journal
from tui_news.cache.rows import Rows

_TAIL = 1 << 16
_ID_AT = slice(7, 19)  # {"id":"xxxxxxxxxxxx"


def file_name(source: str) -> str:
    """A safe file name for a source: itself when it is plain, else a hash (`_` first)."""
    plain = "abcdefghijklmnopqrstuvwxyz0123456789-_"
    if 0 < len(source) <= 48 and source[0] in plain[:-2] and not source.strip(plain):
        return source
    return "_" + blake2b(source.encode("utf-8", "replace"), digest_size=10).hexdigest()


class Shelf:
    """One source. Reading needs no lock; what writes says so and is called with the cache's lock held."""

    def __init__(self, folder: Path, source: str, *, read_only: bool = False) -> None:
        name = file_name(source)
        self.source = source
        self.index_path = folder / "heads" / f"{name}.idx"
        self.rows = Rows()
        self._stale = 0
        """Bytes of the heads journal that are history."""
        self.heads = Journal(
            folder / "heads" / f"{name}.jsonl", "heads", self._take_head, self._reset,
            extra={"source": source}, read_only=read_only,
        )  # fmt: skip
        self.bodies = Journal(
            folder / "bodies" / f"{name}.jsonl", "bodies", _nothing, _nothing,
            extra={"source": source}, read_only=read_only,
        )  # fmt: skip
        self._indexed = 0
        self.loaded = False
        """True once the index is in memory."""

    # --- reading ------------------------------------------------------------------------------------

    def _reset(self) -> None:
        self.rows = Rows()
        self._indexed = 0

    def load(self) -> bool:
        """Bring the index up to what the files hold; True when something was new."""
        if not self.loaded:
            self.loaded = True
            found = Rows.load(self.index_path)
            if found and self.heads.start(found[2], found[1]):
                self.rows, self._indexed = found[0], found[2]
        return self.heads.catch_up()

    def _take_head(self, offset: int, length: int, payload: bytes) -> None:
        try:
            record = loads(payload)
            if "drop" in record:
                for id, alt, moment in zip(
                    unpack_ids(record["drop"]), record["alts"], record["times"], strict=False
                ):
                    self.rows.drop(id)
                    self.rows.bury(id, int(alt), int(moment))
                return
            number = parse_id(record["id"])
            if number is None:
                return
            self.rows.put(
                number, int(record["_t"]), offset, length, int(record.get("_f", 0)), int(record.get("_a", 0))
            )
        except (ValueError, KeyError, TypeError, OverflowError):
            self.heads.bad.append((offset, length))

    def head(self, row: int) -> dict[str, Any] | None:
        """The head record of a row; None when it is damaged."""
        payload = self.heads.read(self.rows.offs[row], self.rows.lens[row])
        if payload is None:
            return None
        try:
            record = loads(payload)
        except ValueError:
            return None
        return record if isinstance(record, dict) and record.get("id") == hex_id(self.rows.ids[row]) else None

    def blocks(self, head: Mapping[str, Any]) -> list[Any] | None:
        """The body of a head record in its JSON form; None when it is lost."""
        if not head.get("_b"):
            return []
        payload = self._body(head)
        try:
            return list(loads(payload).get("blocks", ())) if payload else None
        except (ValueError, AttributeError, TypeError):
            return None

    def _body(self, head: Mapping[str, Any]) -> bytes | None:
        id = head["id"].encode()
        offset, length = head["_b"]
        payload = self.bodies.read(int(offset), int(length))
        if payload is not None and payload[_ID_AT] == id:
            return payload
        # Moved by a compaction, or its file was replaced or damaged: look for it, the last one counts.
        self.bodies.close()
        found: bytes | None = None
        for _, _, payload in self.bodies.scan():
            if payload is not None and payload[_ID_AT] == id:
                found = payload
        return found

    # --- TinyDB's side ------------------------------------------------------------------------------

    def docs(self) -> Mapping[str, dict[str, Any]]:
        """The head records by id, decoded one by one as they are asked for."""
        self.load()
        return _Docs(self)

    def commit(self, puts: Mapping[str, Mapping[str, Any]], drops: Iterable[str] = ()) -> None:
        """Append head records and tombstones in one write. The caller holds the lock."""
        self.load()
        records = [dumps(dict(doc)) for doc in puts.values()]
        numbers = [number for id in drops if (number := parse_id(id)) is not None]
        if numbers:
            rows = [self.rows.find(number) for number in numbers]
            alts = [self.rows.alts[row] if row >= 0 else 0 for row in rows]
            times = [self.rows.times[row] if row >= 0 else 0 for row in rows]
            records.append(dumps({"drop": pack_ids(numbers), "alts": alts, "times": times}))
        if not records:
            return
        places = self.heads.append(records)
        for record, (offset, length) in zip(records, places, strict=True):
            self._take_head(offset, length, record)

    # --- writing, under the cache's lock ---------------------------------------------------------------

    def add(self, heads: Sequence[dict[str, Any]], bodies: Mapping[str, list[Any]]) -> None:
        """Append articles: their bodies first, so that no head ever names a body that was not written.

        `heads` are head records without `_b`; those whose id is in `bodies` get the new place.
        """
        if bodies:
            self.bodies.skip()
            records = [dumps({"id": id, "blocks": blocks}) for id, blocks in bodies.items()]
            places = dict(zip(bodies, self.bodies.append(records), strict=True))
            for head in heads:
                if place := places.get(head["id"]):
                    head["_b"] = list(place)
        from tui_news.cache.tiny import JournalDB

        JournalDB(heads=self).table("heads").put({head["id"]: head for head in heads})  # type: ignore[attr-defined]

    def save_index(self, *, force: bool = False) -> None:
        """Write the derived index when enough has been appended since the last one."""
        if self.heads.read_only or not self.heads.gen or self.heads.bad:
            return
        if self.heads.end - self._indexed > (0 if force else _TAIL):
            self.rows.save(self.index_path, self.heads.gen, self.heads.end)
            self._indexed = self.heads.end

    def live_bytes(self) -> int:
        """Bytes of the heads journal that are not history."""
        rows = self.rows
        return sum(rows.lens[row] + 1 for row in range(len(rows.ids)) if rows.alive[row])

    def compact(self) -> None:
        """Rewrite both journals with what is alive, in order of row. A body that is lost keeps its head.

        The bodies go first: a kill between the two leaves heads whose hints fail, and a scan serves.
        """
        self.load()
        heads: list[dict[str, Any]] = []
        for row in range(len(self.rows.ids)):
            if self.rows.alive[row] and (head := self.head(row)) is not None:
                heads.append(head)
        tombs = self.rows.tombs
        gen = self.bodies.make_header()
        at = len(gen)
        places: dict[str, tuple[int, int]] = {}

        def bodies() -> Iterator[bytes]:
            nonlocal at
            for head in heads:
                if head.get("_b") and (payload := self._body(head)) is not None:
                    places[head["id"]] = (at, len(payload) + 9)
                    at += len(payload) + 10
                    yield payload

        if self.bodies.signature()[0]:
            self.bodies.rewrite(bodies(), header=gen)

        def records() -> Iterator[bytes]:
            if tombs:
                alts, times = zip(*tombs.values(), strict=True)
                yield dumps({"drop": pack_ids(tombs), "alts": alts, "times": times})
            for head in heads:
                place = places.get(head["id"])
                if place:
                    head["_b"] = list(place)
                elif head.pop("_b", None):
                    head["_f"] = 0
                yield dumps(head)

        self.heads.rewrite(records())
        self.heads.catch_up()
        self.save_index(force=True)

    def close(self) -> None:
        self.heads.close()
        self.bodies.close()


class _Docs(Mapping[str, dict[str, Any]]):
    """The heads of a shelf as a mapping, decoded lazily."""

    def __init__(self, shelf: Shelf) -> None:
        self.shelf = shelf

    def __getitem__(self, id: str) -> dict[str, Any]:
        number = parse_id(id)
        row = self.shelf.rows.find(number) if number is not None else -1
        head = self.shelf.head(row) if row >= 0 else None
        if head is None:
            raise KeyError(id)
        return head

    def __contains__(self, id: object) -> bool:
        number = parse_id(str(id))
        return number is not None and self.shelf.rows.find(number) >= 0

    def __iter__(self) -> Iterator[str]:
        rows = self.shelf.rows
        return (hex_id(rows.ids[row]) for row in rows.order())

    def __len__(self) -> int:
        return self.shelf.rows.total


def _nothing(*_: object) -> None:
    """Bodies are found by their hints; nothing is kept in memory."""


def fingerprint(data: bytes) -> int:
    """63 bits of a hash, never 0 (JSON and the index keep it as a number)."""
    return int.from_bytes(blake2b(data, digest_size=8).digest(), "big") >> 1 or 1
