"""How conditions become questions to SQLite: words to its full-text tables, fields to the articles' rows."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable, Sequence
from typing import NamedTuple

import orjson

from tui_news.index.columns import Columns, some
from tui_news.index.tokens import phrase
from tui_news.index.types import CARRIES, Condition, Hit, IndexGone

_FEW_COLD, _FEW_WARM = 5_000, 300
"""So many hits are looked up one by one; for more, all articles are held in memory."""
_MOST = 60
"""Words in one query; more than that is text that was pasted by mistake."""
_WORDS = ("", "title")


class Search(NamedTuple):
    """What a question is asked of."""

    db: sqlite3.Connection
    columns: Columns


def words(conditions: Iterable[Condition], *, negated: bool) -> list[Condition]:
    """The conditions that are about text."""
    return [one for one in conditions if one.field in _WORDS and one.negated == negated]


def matching(search: Search, expression: str) -> str:
    """The rows, dead ones too, that a full-text expression finds: numbers with commas between. Handing over
    one long text takes a tenth of the time that a hundred thousand rows take."""
    found: list[str] = []
    for (num,) in search.db.execute("SELECT num FROM part").fetchall():
        sql = f"SELECT group_concat(rowid) FROM text{num} WHERE text{num} MATCH ?"  # noqa: S608
        found += [rows for (rows,) in search.db.execute(sql, (expression,)) if rows]
    return ",".join(found)


def numbers(rows: str) -> set[int]:
    """Such a text as numbers."""
    return set(orjson.loads(f"[{rows}]"))


def both(conditions: Iterable[Condition]) -> str:
    """The full-text expression for conditions that must all be met."""
    return " AND ".join(f"({phrase(str(one.value), one.field)})" for one in conditions)


def search(search: Search, conditions: Sequence[Condition]) -> list[Hit]:
    """Articles that meet all conditions, newest first. Raises `IndexGone` for absurdly many words."""
    wanted, unwanted = words(conditions, negated=False), words(conditions, negated=True)
    if len(wanted) + len(unwanted) > _MOST:
        raise IndexGone("too many words at once")
    where, values = _fields(conditions)
    chosen: set[int] | None = None
    if wanted:
        expression = both(wanted)
        if unwanted:
            expression = f"({expression}) NOT ({_any(unwanted)})"
        rows = matching(search, expression)
        if rows.count(",") < (_FEW_WARM if search.columns.loaded else _FEW_COLD):
            return some(search.db, rows, where, values)
        chosen = numbers(rows)
    if where:
        sql = f"SELECT group_concat(row) FROM doc WHERE {where}"  # noqa: S608
        met = numbers(search.db.execute(sql, values).fetchone()[0] or "")
        chosen = met if chosen is None else met & chosen
        if (wanted or not unwanted) and len(chosen) < (_FEW_WARM if search.columns.loaded else _FEW_COLD):
            return some(search.db, ",".join(map(str, chosen)), "", [])
    search.columns.follow(search.db)
    if wanted or not unwanted:
        return list(search.columns.hits) if chosen is None else search.columns.among(chosen)
    barred = numbers(matching(search, _any(unwanted)))
    if chosen is None:
        return search.columns.among(barred, without=True)
    return search.columns.among(chosen - barred)


def _any(conditions: Iterable[Condition]) -> str:
    return " OR ".join(f"({phrase(str(one.value), one.field)})" for one in conditions)


def _fields(conditions: Iterable[Condition]) -> tuple[str, list[str | int]]:
    """The conditions on fields as SQL over `doc`, with its parameters."""
    parts: list[str] = []
    values: list[str | int] = []
    for one in conditions:
        if one.field in _WORDS:
            continue
        sql, value = _field(one)
        parts.append(f"NOT coalesce({sql}, 0)" if one.negated else sql)
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
            return "moment >= ?", [value]
        case "before":
            return "moment < ?", [value]
        case _:
            return f"carries & {CARRIES.get(str(value), 0)} > 0", []
