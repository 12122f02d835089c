"""The articles of the index in memory, newest first: what a query with very many hits is answered from."""

from __future__ import annotations

import sqlite3

_FEW = 2_000


class Columns:
    """Row, id, source and time of all covered articles, kept up with the file."""

    def __init__(self) -> None:
        self.rows: list[int] = []
        self.numbers: list[int] = []
        self.sources: list[int] = []
        self.times: list[int] = []
        self._known = (-1, -1, -1)

    def follow(self, db: sqlite3.Connection) -> None:
        """Take in what came and went since the last time."""
        sequence = dict(db.execute("SELECT name, seq FROM sqlite_sequence WHERE name IN ('doc', 'dead')"))
        first = db.execute("SELECT min(first) FROM part").fetchone()[0]
        now = (first, sequence.get("doc", 0), sequence.get("dead", 0))
        old, self._known = self._known, now
        if now == old:
            return
        if now[0] != old[0] or now[1] - old[1] > _FEW or now[2] - old[2] > _FEW:
            found = db.execute("SELECT time, number, row, source FROM doc").fetchall()
        else:
            gone = {row for (row,) in db.execute("SELECT row FROM dead WHERE seq > ?", (old[2],))}
            found = [
                entry
                for entry in zip(self.times, self.numbers, self.rows, self.sources, strict=True)
                if entry[2] not in gone
            ]
            found += db.execute("SELECT time, number, row, source FROM doc WHERE row > ?", (old[1],))
        found.sort(reverse=True)
        times, numbers, rows, sources = zip(*found, strict=True) if found else ((), (), (), ())
        self.times, self.numbers, self.rows, self.sources = map(list, (times, numbers, rows, sources))
