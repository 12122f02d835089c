"""How conditions become questions to SQLite: words to its full-text tables, fields to the articles' rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import NamedTuple

from tui_news.index.columns import Columns
from tui_news.index.tokens import phrase
from tui_news.index.types import CARRIES, Condition, Found, IndexGone

_FEW = 1_500
_CHUNK = 500
_MOST = 60
"""Words in one query; more than that is text that was pasted by mistake."""
_WORDS = ("", "title")


class Search(NamedTuple):
    """What a question is asked of."""

    db: sqlite3.Connection
    columns: Columns
    names: Mapping[int, str]


def words(conditions: Iterable[Condition], *, negated: bool) -> list[Condition]:
    """The conditions that are about text."""
    return [one for one in conditions if one.field in _WORDS and one.negated == negated]


def matching(search: Search, expression: str) -> list[int]:
    """The rows, dead ones too, that a full-text expression finds."""
    rows: list[int] = []
    for (num,) in search.db.execute("SELECT num FROM part").fetchall():
        sql = f"SELECT rowid FROM text{num} WHERE text{num} MATCH ?"  # noqa: S608
        rows += [row for (row,) in search.db.execute(sql, (expression,))]
    return rows


def both(conditions: Iterable[Condition]) -> str:
    """The full-text expression for conditions that must all be met."""
    return " AND ".join(f"({phrase(str(one.value), one.field)})" for one in conditions)


def search(search: Search, conditions: Sequence[Condition]) -> Found:
    """Articles that meet all conditions, newest first. Raises `IndexGone` for absurdly many words."""
    wanted, unwanted = words(conditions, negated=False), words(conditions, negated=True)
    if len(wanted) + len(unwanted) > _MOST:
        raise IndexGone("too many words at once")
    rows: list[int] | None = None
    if wanted:
        expression = both(wanted)
        if unwanted:
            expression = f"({expression}) NOT ({_any(unwanted)})"
        rows = matching(search, expression)
        barred: Collection[int] = ()
    else:
        barred = set(matching(search, _any(unwanted))) if unwanted else ()
    where, values = _fields(conditions)
    if rows is not None and len(rows) <= _FEW:
        return _few(search, rows, where, values)
    chosen: Collection[int] | None = None if rows is None else set(rows)
    if where:
        sql = f"SELECT row FROM doc WHERE {where}"  # noqa: S608
        met = {row for (row,) in search.db.execute(sql, values)}
        chosen = met if chosen is None else met.intersection(chosen)
    columns = search.columns
    columns.follow(search.db)
    if chosen is None:
        places = [at for at, row in enumerate(columns.rows) if row not in barred]
    else:
        if barred:
            chosen = set(chosen).difference(barred)
        places = [at for at, row in enumerate(columns.rows) if row in chosen]
    return Found(
        [columns.rows[at] for at in places],
        [columns.numbers[at] for at in places],
        [search.names[columns.sources[at]] for at in places],
        [columns.times[at] for at in places],
    )


def _any(conditions: Iterable[Condition]) -> str:
    return " OR ".join(f"({phrase(str(one.value), one.field)})" for one in conditions)


def _few(search: Search, rows: Sequence[int], where: str, values: Sequence[str | int]) -> Found:
    found: list[tuple[int, int, int, int]] = []
    for at in range(0, len(rows), _CHUNK):
        part = rows[at : at + _CHUNK]
        sql = f"SELECT time, number, row, source FROM doc WHERE row IN ({','.join('?' * len(part))})"  # noqa: S608
        found += search.db.execute(f"{sql} AND {where}" if where else sql, (*part, *values))
    found.sort(reverse=True)
    return Found(
        [row for _, _, row, _ in found],
        [number for _, number, _, _ in found],
        [search.names[source] for _, _, _, source in found],
        [time for time, _, _, _ in found],
    )


def _fields(conditions: Iterable[Condition]) -> tuple[str, list[str | int]]:
    """The conditions on fields as SQL over `doc`, with its parameters."""
    parts: list[str] = []
    values: list[str | int] = []
    for one in conditions:
        if one.field in _WORDS:
            continue
        sql, value = _field(one)
        parts.append(f"NOT ({sql})" if one.negated else sql)
        values += value
    return " AND ".join(parts), values


def _field(one: Condition) -> tuple[str, list[str | int]]:
    value = one.value
    match one.field:
        case "tag":
            return "instr(tags, ?) > 0", [f"\x1f{value}\x1f"]
        case "author":
            return "instr(authors, ?) > 0", [value]
        case "lang":
            return "substr(language, 1, ?) = ?", [len(str(value)), value]
        case "after":
            return "coalesce(moment >= ?, 0)", [value]
        case "before":
            return "coalesce(moment < ?, 0)", [value]
        case _:
            return f"carries & {CARRIES.get(str(value), 0)} > 0", []
