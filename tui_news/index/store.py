"""The index itself: articles go in and out, conditions are answered. Not for several threads at once; each
opens its own, as each process does."""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import TypeVar

from tui_news.index import schema
from tui_news.index.columns import Columns
from tui_news.index.find import Search, search
from tui_news.index.rank import scores
from tui_news.index.tokens import keys, tokens
from tui_news.index.types import Condition, Entry, Hit, IndexGone, Known, Mark, Version

Answer = TypeVar("Answer")

_WORTH = 2_000
"""Rows that must have died before their part is given up."""
_MERGE_PAGES = 64


class Index:
    """One open index. Every call raises `IndexGone` when the file cannot be used; a damaged one is removed
    first, so that the next one to open it starts anew."""

    def __init__(self, path: Path, *, read_only: bool = False) -> None:
        self.path = path
        self.read_only = read_only
        self._db = schema.connect(path, read_only=read_only)
        self._inode = self._named()
        self._columns = Columns()

    def _named(self) -> int:
        try:
            return os.stat(self.path).st_ino
        except OSError:
            return 0

    @property
    def replaced(self) -> bool:
        """Whether the file that is open is no longer the one of that name: to be opened again."""
        return self._inode != self._named()

    def close(self) -> None:
        """Let go of the file. Never raises."""
        try:
            self._db.close()
        except sqlite3.Error:
            # Nothing is lost: what was not committed is indexed again.
            return

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def let_go(self) -> None:
        """Give back the pages of the file that are held in memory."""
        with suppress(sqlite3.Error):
            self._db.execute("PRAGMA shrink_memory")

    @contextmanager
    def _using(self, begin: str) -> Iterator[sqlite3.Connection]:
        """A transaction; what fails in it is undone."""
        try:
            self._db.execute(begin)
            try:
                yield self._db
                self._db.execute("COMMIT")
            except BaseException:
                if self._db.in_transaction:
                    self._db.execute("ROLLBACK")
                raise
        except UnicodeEncodeError as error:
            raise IndexGone("half of a surrogate pair is no text") from error
        except (sqlite3.Error, TypeError, LookupError, ValueError) as error:
            if schema.damaged(error) and not self.read_only:
                self.close()
                if not self.replaced:
                    schema.remove(self.path)
            raise IndexGone(f"{self.path}: {error}") from error

    # --- what is covered ----------------------------------------------------------------------------

    def marks(self) -> dict[str, Mark]:
        """The sources that were covered as a whole, and how their journals stood then."""
        with self._using("BEGIN") as db:
            rows = db.execute("SELECT id, size, changed FROM source WHERE size IS NOT NULL")
            return {id: Mark(size, changed) for id, size, changed in rows}

    def sources(self) -> set[str]:
        """The sources of which anything is indexed."""
        with self._using("BEGIN") as db:
            return {id for (id,) in db.execute("SELECT id FROM source")}

    def count(self) -> int:
        """How many articles are indexed."""
        with self._using("BEGIN") as db:
            return int(db.execute("SELECT count(*) FROM doc").fetchone()[0])

    def known(self, source: str) -> dict[int, Known]:
        """The articles of a source that are indexed, and which record of each."""
        with self._using("BEGIN") as db:
            rows = db.execute(
                "SELECT number, gen, place, stamp FROM doc WHERE source=(SELECT num FROM source WHERE id=?)",
                (source,),
            )
            return {number: Known(Version(gen, place), stamp) for number, gen, place, stamp in rows}

    # --- in and out ---------------------------------------------------------------------------------

    def put(self, entries: Iterable[Entry]) -> None:
        """Index articles, new or changed. Those whose stamp is as before only get their new version."""
        ready = [(entry, self._tokenized(entry)) for entry in entries]
        with self._using("BEGIN IMMEDIATE") as db:
            part, first = db.execute("SELECT num, first FROM part ORDER BY num DESC LIMIT 1").fetchone()
            for entry, text in ready:
                self._put(db, part, first, entry, text)

    def _tokenized(self, entry: Entry) -> tuple[str, ...]:
        tags = "\n".join(entry.tags)
        rest = "\n".join((entry.deck, tags, entry.body))
        texts = (entry.title, entry.deck, tags, entry.body)
        return (*map(tokens, texts), keys(entry.title, rest))

    def _put(
        self, db: sqlite3.Connection, part: int, first: int, entry: Entry, text: tuple[str, ...]
    ) -> None:
        source = self._number(db, entry.source)
        found = db.execute(
            "SELECT row, stamp FROM doc WHERE source=? AND number=?", (source, entry.number)
        ).fetchone()
        if found and found[1] == entry.stamp and found[0] >= first:
            db.execute("UPDATE doc SET gen=?, place=? WHERE row=?", (*entry.version, found[0]))
            return
        if found:
            self._bury(db, [found[0]])
        row = db.execute(
            "INSERT INTO doc(number, source, time, moment, stamp, gen, place, carries, language, tags,"
            " authors) VALUES(?,?,?,?,?,?,?,?,?,?,?)",
            (
                entry.number, source, entry.time, entry.moment, entry.stamp, *entry.version, entry.carries,
                entry.language, _listed(entry.tags), _listed(entry.authors),
            ),
        ).lastrowid  # fmt: skip
        db.execute(
            f"INSERT INTO text{part}(rowid, title, deck, tags, body, keys) VALUES(?,?,?,?,?,?)",
            (row, *text),
        )

    def _number(self, db: sqlite3.Connection, source: str) -> int:
        db.execute("INSERT OR IGNORE INTO source(id) VALUES(?)", (source,))
        return int(db.execute("SELECT num FROM source WHERE id=?", (source,)).fetchone()[0])

    def _bury(self, db: sqlite3.Connection, rows: Sequence[int]) -> None:
        db.executemany("DELETE FROM doc WHERE row=?", [(row,) for row in rows])
        db.executemany("INSERT INTO dead(row) VALUES(?)", [(row,) for row in rows])

    def stay(self, source: str, versions: Mapping[int, Version]) -> None:
        """Articles stand elsewhere in their journal, and say the same."""
        with self._using("BEGIN IMMEDIATE") as db:
            num = self._number(db, source)
            db.executemany(
                "UPDATE doc SET gen=?, place=? WHERE source=? AND number=?",
                [(*version, num, number) for number, version in versions.items()],
            )

    def drop(self, source: str, numbers: Iterable[int]) -> None:
        """Take articles out."""
        with self._using("BEGIN IMMEDIATE") as db:
            rows: list[int] = []
            for number in numbers:
                rows += [
                    row
                    for (row,) in db.execute(
                        "SELECT row FROM doc WHERE number=? AND source=(SELECT num FROM source WHERE id=?)",
                        (number, source),
                    )
                ]
            self._bury(db, rows)

    def drop_source(self, source: str) -> None:
        """Take a source out with all its articles."""
        with self._using("BEGIN IMMEDIATE") as db:
            num = self._number(db, source)
            self._bury(db, [row for (row,) in db.execute("SELECT row FROM doc WHERE source=?", (num,))])
            db.execute("DELETE FROM source WHERE num=?", (num,))

    def cover(self, source: str, mark: Mark) -> None:
        """Note that all of a source is indexed as of `mark`."""
        with self._using("BEGIN IMMEDIATE") as db:
            num = self._number(db, source)
            db.execute("UPDATE source SET size=?, changed=? WHERE num=?", (*mark, num))

    # --- upkeep -------------------------------------------------------------------------------------

    def moving(self, budget: int) -> list[tuple[str, int]]:
        """Articles that are to be `put` again, because most rows of their part are dead; empty when all is
        well. A part that nothing living is left in is removed."""
        with self._using("BEGIN IMMEDIATE") as db:
            parts = db.execute("SELECT num, first FROM part ORDER BY num").fetchall()
            if len(parts) == 1:
                dead = db.execute("SELECT count(*) FROM dead").fetchone()[0]
                if dead < _WORTH or dead < db.execute("SELECT count(*) FROM doc").fetchone()[0]:
                    return []
                last = db.execute("SELECT seq FROM sqlite_sequence WHERE name='doc'").fetchone()[0]
                schema.make_part(db, parts[0][0] + 1, last + 1)
                parts.append((parts[0][0] + 1, last + 1))
            first = parts[-1][1]
            found = db.execute(
                "SELECT id, number FROM doc JOIN source ON source.num=doc.source WHERE row < ? LIMIT ?",
                (first, budget),
            ).fetchall()
            if not found:
                for num, _ in parts[:-1]:
                    db.execute(f"DROP TABLE text{num}")
                    db.execute("DELETE FROM part WHERE num=?", (num,))
                db.execute("DELETE FROM dead WHERE row < ?", (first,))
            return found

    def merge(self) -> bool:
        """One bounded step of putting the postings together, which makes searching faster; False when
        there is nothing to be done."""
        with self._using("BEGIN IMMEDIATE") as db:
            before = db.total_changes
            for (num,) in db.execute("SELECT num FROM part").fetchall():
                db.execute(f"INSERT INTO text{num}(text{num}, rank) VALUES('merge', {_MERGE_PAGES})")
            return db.total_changes - before > 1

    def save(self) -> None:
        """Make the first question of the next program a fast one. Does nothing when little has changed."""
        with self._using("BEGIN IMMEDIATE") as db:
            self._columns.save(db)

    # --- questions ----------------------------------------------------------------------------------

    def find(self, conditions: Sequence[Condition]) -> list[Hit]:
        """The articles that meet all conditions, newest first."""
        return self._ask(lambda asked: search(asked, conditions))

    def scores(self, conditions: Sequence[Condition], found: Sequence[Hit], now: int) -> list[float]:
        """How well each article in `found` answers, 0 to 1, by its words and, `now` (microseconds), age."""
        return self._ask(lambda asked: scores(asked, conditions, found, now))

    def _ask(self, question: Callable[[Search], Answer]) -> Answer:
        with self._using("BEGIN") as db:
            return question(Search(db, self._columns))


def _listed(texts: Iterable[str]) -> str:
    """Texts in one column, each between two unit separators."""
    found = "\x1f".join(texts)
    return f"\x1f{found}\x1f" if found else ""


__all__ = ["Index", "IndexGone"]
