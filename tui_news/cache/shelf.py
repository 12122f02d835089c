"""The articles of one source: a journal of heads, a journal of bodies, and the index over them.

A head record is the article's JSON without its blocks, with `_t` (time it sorts by, microseconds),
`_b` (place of its body), `_f` and `_g` (fingerprints of what the feed said: all of it, and the body
alone), `_a` (second identity), `_k` (tags that rules of the reader's give), `_v` (what was read of it:
`versions`), `_w` (that it was withdrawn: `withdrawn`) and `_o` (its page was read before its entry changed).
`{"drop": ids, "alts": [...], "times": [...]}` is a retention's tombstones. Bodies are `{"id", "blocks"}`;
`_b` is a hint that is checked, and a scan finds the body when it fails.
"""

from __future__ import annotations

from array import array

from tui_news.cache import sound
from tui_news.cache.codec import dumps, hex_id, loads, pack_ids, parse_id, unpack_ids
from tui_news.cache.journal import Journal
from tui_news.cache.rows import Rows
from tui_news.model import digest

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence
    from functools import cached_property
    from pathlib import Path
    from typing import Any
else:
    from _collections_abc import Mapping  # what collections.abc hands out, without all of collections

    from tui_news.light import cached_property

_TAIL = 1 << 16
_ID_AT = slice(7, 19)  # {"id":"xxxxxxxxxxxx"
_FORMER = b'{"was":"%b",'


def file_name(source: str) -> str:
    """A safe file name for a source: itself when it is plain, else a hash (`_` first)."""
    plain = "abcdefghijklmnopqrstuvwxyz0123456789-_"
    if 0 < len(source) <= 48 and source[0] in plain[:-2] and not source.strip(plain):
        return source
    return "_" + digest(source.encode("utf-8", "replace"), 10).hex()


class Shelf:
    """One source. Reading needs no lock; what writes says so and is called with the cache's lock held."""

    def __init__(self, folder: Path, source: str, *, read_only: bool = False) -> None:
        self.source = source
        self.name = file_name(source)
        self.folder = folder
        self.read_only = read_only
        self.loaded = False
        """True once the index is in memory."""
        self._indexed = 0

    # Thousands of shelves may be known and few of them opened: the rest is made when it is asked for.

    @cached_property
    def rows(self) -> Rows:
        """The index."""
        return Rows()

    @cached_property
    def index_path(self) -> Path:
        """The derived index."""
        return self.folder / "heads" / f"{self.name}.idx"

    @cached_property
    def heads(self) -> Journal:
        """The journal of heads."""
        return Journal(
            self.folder / "heads" / f"{self.name}.jsonl", "heads", self._take_head, self._reset,
            extra={"source": self.source}, read_only=self.read_only,
        )  # fmt: skip

    @cached_property
    def bodies(self) -> Journal:
        """The journal of bodies."""
        return Journal(
            self.folder / "bodies" / f"{self.name}.jsonl", "bodies", _nothing, _nothing,
            extra={"source": self.source}, read_only=self.read_only,
        )  # fmt: skip

    # --- reading ------------------------------------------------------------------------------------

    def _reset(self) -> None:
        if "bodies" in self.__dict__:
            # Both files were written anew. In the old one an older text of the same article may stand at the
            # very place, and as long, as the new one: nothing would tell them apart.
            self.bodies.close()
        self.rows = Rows()
        self._indexed = 0

    def load(self) -> None:
        """Read the index, once; what others write afterwards comes with `refresh`."""
        if not self.loaded:
            self.refresh()

    def refresh(self) -> bool:
        """Bring the index up to what the file holds now; True when something was new."""
        if not self.loaded:
            self.loaded = True
            found = Rows.load(self.index_path)
            if found and self.heads.start(found[2], found[1]):
                self.rows, self._indexed = found[0], found[2]
        return self.heads.catch_up()

    def reread(self) -> None:
        """Read the journal from its beginning, whatever the index says."""
        self.heads.restart()
        self.loaded = True
        self.heads.catch_up()

    def _take_head(self, offset: int, length: int, payload: bytes) -> None:
        try:
            self._take_record(loads(payload), offset, length)
        except (ValueError, KeyError, TypeError, OverflowError, AttributeError):
            self.heads.bad.append((offset, length))

    def _take_record(self, record: Mapping[str, Any], offset: int, length: int) -> None:
        rows = self.rows
        if "drop" in record:
            for id, alt, moment in zip(
                unpack_ids(record["drop"]), record["alts"], record["times"], strict=False
            ):
                alt, moment = array("Q", [alt])[0], array("q", [moment])[0]
                rows.drop(id)
                rows.bury(id, alt, moment)
            return
        number = parse_id(record["id"])
        if number is None:
            raise ValueError("not an article's id")
        # What no column holds raises here, before anything is in one of them.
        (moment,) = array("q", [record["_t"]])
        fingerprint, alt = array("Q", [record.get("_f", 0), record.get("_a", 0)])
        rows.put(number, moment, offset, length, fingerprint, alt)
        if "_w" in record:
            rows.gone.add(number)
        elif rows.gone:
            rows.gone.discard(number)

    def head(self, row: int) -> dict[str, Any] | None:
        """The head record of a row; None when it is damaged."""
        payload = self.heads.read(self.rows.offs[row], self.rows.lens[row])
        if payload is None:
            return None
        try:
            record = loads(payload)
        except ValueError:
            return None
        if not isinstance(record, dict) or record.get("id") != hex_id(self.rows.ids[row]):
            return None
        found = sound.head(record)
        found.setdefault("source", self.source)
        found.setdefault("_t", self.rows.times[row])
        return found

    def blocks(self, head: Mapping[str, Any]) -> list[Any] | None:
        """The body of a head record in its JSON form; None when it is lost."""
        if not head.get("_b"):
            return []
        payload = self._body(head)
        if payload is None:
            # Moved by a compaction, or its file was replaced or damaged: look for it.
            self.bodies.close()
            place = self._scan_bodies().get(head["id"].encode())
            payload = self.bodies.read(*place) if place else None
        try:
            return sound.blocks(loads(payload).get("blocks", [])) if payload else None
        except (ValueError, AttributeError, TypeError):
            return None

    def _body(self, head: Mapping[str, Any]) -> bytes | None:
        offset, length = head["_b"]
        payload = self.bodies.read(int(offset), int(length))
        id = head["id"].encode()
        if payload is None or (payload[_ID_AT] != id and not payload.startswith(_FORMER % id)):
            return None
        return payload

    def former(self, head: Mapping[str, Any]) -> list[Any] | None:
        """A former text, which stands where `_b` says and nowhere else; None when it is lost."""
        payload = self._body(head)
        try:
            return sound.blocks(loads(payload).get("blocks", [])) if payload else None
        except (ValueError, AttributeError, TypeError):
            return None

    def without_text(self) -> list[int]:
        """The rows whose text is lost."""
        scanned: dict[bytes, tuple[int, int]] | None = None
        lost: list[int] = []
        for row in self.rows.living():
            head = self.head(row)
            if head is None or not head.get("_b") or self._body(head) is not None:
                continue
            if scanned is None:
                scanned = self._scan_bodies()
            if head["id"].encode() not in scanned:
                lost.append(row)
        return lost

    def _scan_bodies(self) -> dict[bytes, tuple[int, int]]:
        """Where each body stands; the last one of an article counts."""
        from tui_news.cache.repair import scan

        return {
            payload[_ID_AT]: (offset, length)
            for offset, length, payload in scan(self.bodies.path)
            if payload is not None
        }

    # --- TinyDB's side ------------------------------------------------------------------------------

    def docs(self) -> Mapping[str, dict[str, Any]]:
        """The head records by id, decoded one by one as they are asked for."""
        self.load()
        return _Docs(self)

    def commit(self, puts: Mapping[str, Mapping[str, Any]], drops: Iterable[str] = ()) -> None:
        """Append head records and tombstones in one write. The caller holds the lock."""
        self.refresh()
        records: list[Mapping[str, Any]] = list(puts.values())
        numbers = [number for id in drops if (number := parse_id(id)) is not None]
        if numbers:
            rows = [self.rows.find(number) for number in numbers]
            alts = [self.rows.alts[row] if row >= 0 else 0 for row in rows]
            times = [self.rows.times[row] if row >= 0 else 0 for row in rows]
            records.append({"drop": pack_ids(numbers), "alts": alts, "times": times})
        if not records:
            return
        places = self.heads.append([getattr(record, "payload", None) or dumps(record) for record in records])
        for record, (offset, length) in zip(records, places, strict=True):
            self._take_record(record, offset, length)

    # --- writing, under the cache's lock ---------------------------------------------------------------

    def add(
        self,
        heads: Sequence[dict[str, Any]],
        bodies: Mapping[str, bytes],
        formers: Mapping[str, Sequence[Any]] | None = None,
    ) -> None:
        """Append articles: their bodies first, so that no head ever names a body that was not written.

        `heads` are head records without `_b`; those whose id is in `bodies`, body records by id, get the new
        place. What is a `ready.Line` is appended as it is. `formers` are former texts by id, as blocks.
        """
        if formers:
            self.bodies.skip()
            records = [dumps({"was": id, "blocks": list(blocks)}) for id, blocks in formers.items()]
            stand = dict(zip(formers, self.bodies.append(records), strict=True))
            for head in heads:
                if place := stand.get(head["id"]):
                    head["_v"] = {**head["_v"], "b": list(place)}
        if bodies:
            self.bodies.skip()
            places = dict(zip(bodies, self.bodies.append(bodies.values()), strict=True))
            for head in heads:
                if place := places.get(head["id"]):
                    head["_b"] = list(place)
        from tui_news.cache.tiny import JournalDB

        JournalDB(heads=self).journal_table("heads").put({head["id"]: head for head in heads})

    def save_index(self, *, force: bool = False) -> None:
        """Write the derived index when enough has been appended since the last one."""
        if self.heads.read_only or not self.loaded or not self.heads.gen or self.heads.bad:
            return
        if self.heads.end - self._indexed > (0 if force else _TAIL):
            self.rows.save(self.index_path, self.heads.gen, self.heads.end)
            self._indexed = self.heads.end

    def live_bytes(self) -> int:
        """Bytes of the heads journal that are not history."""
        rows = self.rows
        return sum(rows.lens[row] + 1 for row in rows.living())

    def compact(self) -> None:
        """Rewrite both journals with what is alive, in order of row. A body that is lost keeps its head.

        The bodies go first: a kill between the two leaves heads whose hints fail, and a scan serves.
        """
        self.refresh()
        heads = [head for row in self.rows.living() if (head := self.head(row)) is not None]
        tombs = self.rows.tombs
        header = self.bodies.make_header()
        places: dict[str, tuple[int, int]] = {}
        formers: dict[str, tuple[int, int]] = {}
        if self.bodies.signature()[0]:
            self.bodies.rewrite(self._move_bodies(heads, places, formers, len(header)), header=header)

        def records() -> Iterator[bytes]:
            if tombs:
                alts, times = zip(*tombs.values(), strict=True)
                yield dumps({"drop": pack_ids(tombs), "alts": alts, "times": times})
            for head in heads:
                if place := places.get(head["id"]):
                    head["_b"] = list(place)
                elif head.pop("_b", None):
                    head["_f"] = 0
                if _former(head):
                    kept = {key: value for key, value in head["_v"].items() if key != "b"}
                    moved = formers.get(head["id"])
                    head["_v"] = {**kept, "b": list(moved)} if moved else kept
                yield dumps(head)

        self.heads.rewrite(records())
        self.heads.catch_up()
        self.save_index(force=True)

    def _move_bodies(
        self,
        heads: Sequence[Mapping[str, Any]],
        places: dict[str, tuple[int, int]],
        formers: dict[str, tuple[int, int]],
        at: int,
    ) -> Iterator[bytes]:
        """The bodies of some heads; notes in `places` and, of former texts, in `formers` where each will
        stand."""
        scanned: dict[bytes, tuple[int, int]] | None = None
        for head in heads:
            former = _former(head)
            if former and (payload := self._body(former)) is not None:
                payload = _FORMER[:6] + payload[payload.index(b":") :]
                formers[head["id"]] = (at, len(payload) + 9)
                at += len(payload) + 10
                yield payload
            if not head.get("_b"):
                continue
            payload = self._body(head)
            if payload is None:
                if scanned is None:
                    self.bodies.close()
                    scanned = self._scan_bodies()
                place = scanned.get(head["id"].encode())
                payload = self.bodies.read(*place) if place else None
            if payload is not None:
                places[head["id"]] = (at, len(payload) + 9)
                at += len(payload) + 10
                yield payload

    def close(self) -> None:
        """Let go of the files; they are opened again when needed."""
        for part in ("heads", "bodies"):
            if part in self.__dict__:
                getattr(self, part).close()


class _Docs(Mapping[str, "dict[str, Any]"]):
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


def _former(head: Mapping[str, Any]) -> dict[str, Any] | None:
    """Where a head's former text stands, in the form in which a head says it of its own."""
    kept = head.get("_v")
    return {"id": head["id"], "_b": kept["b"]} if isinstance(kept, dict) and kept.get("b") else None


def _nothing(*_: object) -> None:
    """Bodies are found by their hints; nothing is kept in memory."""
