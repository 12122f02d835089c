"""The articles of the index in memory, newest first: what a query with very many hits is answered from."""

from __future__ import annotations

import sqlite3
from array import array
from itertools import compress
from operator import not_
from zlib import crc32

from tui_news.index.types import Hit

_FEW = 2_000
_CODES = "qQIQ"
"""Of time, number, source and row."""
State = tuple[int, int, int]
_SELECT = "SELECT time, number, source.id, row FROM doc JOIN source ON source.num=doc.source"


class Columns:
    """All covered articles as hits, kept up with the file."""

    def __init__(self) -> None:
        self.hits: list[Hit] = []
        self._rows: list[int] = []
        self._known = (-1, -1, -1)

    @property
    def loaded(self) -> bool:
        """Whether they have been read once, which takes longer than anything else."""
        return self._known[0] >= 0

    def among(self, rows: set[int], *, without: bool = False) -> list[Hit]:
        """The hits of these rows, or of all others, newest first."""
        wanted = map(rows.__contains__, self._rows)
        return list(compress(self.hits, map(not_, wanted) if without else wanted))

    def follow(self, db: sqlite3.Connection) -> None:
        """Take in what came and went since the last time."""
        now = _state(db)
        if now == self._known:
            return
        if not self.loaded:
            self._restore(db)
        old, self._known = self._known, now
        if _apart(old, now):
            names = dict(db.execute("SELECT num, id FROM source"))
            rows = db.execute("SELECT time, number, source, row FROM doc ORDER BY time DESC, number DESC")
            hits: list[Hit] = [(time, number, names[source], row) for time, number, source, row in rows]
        else:
            gone = {row for (row,) in db.execute("SELECT row FROM dead WHERE seq > ?", (old[2],))}
            hits = self.among(gone, without=True) if gone else self.hits
            hits += db.execute(f"{_SELECT} WHERE row > ?", (old[1],))
        hits.sort(reverse=True)
        self.hits = hits
        self._rows = [hit[3] for hit in hits]

    def _restore(self, db: sqlite3.Connection) -> None:
        """Begin with what `save` wrote, when it is near enough."""
        found = db.execute("SELECT first, doc, dead, crc, data FROM saved").fetchone()
        if found is None or _apart(found[:3], _state(db)) or crc32(found[4]) != found[3]:
            return
        columns = [array(code) for code in _CODES]
        size = len(found[4]) // sum(column.itemsize for column in columns)
        at = 0
        for column in columns:
            column.frombytes(found[4][at : at + size * column.itemsize])
            at += size * column.itemsize
        times, numbers, sources, rows = columns
        names = dict(db.execute("SELECT num, id FROM source"))
        self._rows = rows.tolist()
        # The names of sources that are gone since are those of rows that are dead.
        self.hits = list(
            zip(times, numbers, [names.get(one, "") for one in sources], self._rows, strict=True)
        )
        self._known = found[:3]

    def save(self, db: sqlite3.Connection) -> None:
        """Write the columns down when much has changed, so that a new program need not gather them."""
        now = _state(db)
        found = db.execute("SELECT first, doc, dead FROM saved").fetchone()
        if now[1] < _FEW or (found is not None and not _apart(found, now)):
            return
        columns = [array(code) for code in _CODES]
        rows = db.execute(
            "SELECT time, number, source, row FROM doc ORDER BY time DESC, number DESC"
        ).fetchall()
        for column, values in zip(columns, zip(*rows, strict=True), strict=False):
            column.extend(values)
        data = b"".join([column.tobytes() for column in columns])
        db.execute("DELETE FROM saved")
        db.execute("INSERT INTO saved VALUES(?, ?, ?, ?, ?)", (*now, crc32(data), data))


def _state(db: sqlite3.Connection) -> State:
    """Where the living begin, the last row and the last death."""
    sequence = dict(db.execute("SELECT name, seq FROM sqlite_sequence WHERE name IN ('doc', 'dead')"))
    first = db.execute("SELECT min(first) FROM part").fetchone()[0]
    return first, sequence.get("doc", 0), sequence.get("dead", 0)


def _apart(old: State, now: State) -> bool:
    """Whether so much has changed between two states that all is read again."""
    return old[0] != now[0] or now[1] - old[1] > _FEW or now[2] - old[2] > _FEW


def some(db: sqlite3.Connection, rows: str, where: str, values: list[str | int]) -> list[Hit]:
    """The living ones of some rows (numbers with commas) that meet a condition, newest first."""
    sql = f"{_SELECT} WHERE row IN ({rows})"
    return sorted(db.execute(f"{sql} AND {where}" if where else sql, values), reverse=True)
