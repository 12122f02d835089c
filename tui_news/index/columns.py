"""The articles of the index in memory, newest first: what a query with very many hits is answered from."""

from __future__ import annotations

import sqlite3
from itertools import compress
from operator import not_

from tui_news.index.types import Hit

_FEW = 2_000
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
        sequence = dict(db.execute("SELECT name, seq FROM sqlite_sequence WHERE name IN ('doc', 'dead')"))
        first = db.execute("SELECT min(first) FROM part").fetchone()[0]
        now = (first, sequence.get("doc", 0), sequence.get("dead", 0))
        old, self._known = self._known, now
        if now == old:
            return
        if now[0] != old[0] or now[1] - old[1] > _FEW or now[2] - old[2] > _FEW:
            names = dict(db.execute("SELECT num, id FROM source"))
            rows = db.execute("SELECT time, number, source, row FROM doc ORDER BY time DESC, number DESC")
            hits: list[Hit] = [(time, number, names[source], row) for time, number, source, row in rows]
        else:
            gone = {row for (row,) in db.execute("SELECT row FROM dead WHERE seq > ?", (old[2],))}
            hits = self.among(gone, without=True)
            hits += db.execute(f"{_SELECT} WHERE row > ?", (old[1],))
        hits.sort(reverse=True)
        self.hits = hits
        self._rows = [hit[3] for hit in hits]


def some(db: sqlite3.Connection, rows: str, where: str, values: list[str | int]) -> list[Hit]:
    """The living ones of some rows (numbers with commas) that meet a condition, newest first."""
    sql = f"{_SELECT} WHERE row IN ({rows})"
    return sorted(db.execute(f"{sql} AND {where}" if where else sql, values), reverse=True)
