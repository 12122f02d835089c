"""The file of the index: its tables, how it is opened, and when it is thrown away."""

from __future__ import annotations

import os
import sqlite3
import time
from contextlib import closing, suppress
from pathlib import Path

from tui_news.index.types import IndexGone
from tui_news.text.fold import FOLD_VERSION

VERSION = f"2 {FOLD_VERSION}"
BUSY_MS = 2_000
_PAGE = 4096

_TABLES = (
    "CREATE TABLE meta(name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID",
    "CREATE TABLE source(num INTEGER PRIMARY KEY, id TEXT UNIQUE NOT NULL, size INTEGER, changed INTEGER)",
    # One row for each article that is covered; `row` is never used again.
    """CREATE TABLE doc(row INTEGER PRIMARY KEY AUTOINCREMENT,
        number INTEGER NOT NULL, source INTEGER NOT NULL, time INTEGER NOT NULL, moment INTEGER,
        stamp INTEGER NOT NULL, gen TEXT NOT NULL, place INTEGER NOT NULL, carries INTEGER NOT NULL,
        language TEXT NOT NULL, tags TEXT NOT NULL, authors TEXT NOT NULL)""",
    "CREATE UNIQUE INDEX doc_number ON doc(source, number)",
    "CREATE INDEX doc_time ON doc(time, number, source)",
    "CREATE INDEX doc_moment ON doc(moment)",
    # Rows whose article went or changed; their postings stay until their part is given up.
    "CREATE TABLE dead(seq INTEGER PRIMARY KEY AUTOINCREMENT, row INTEGER NOT NULL)",
    # The columns of `columns.Columns` as of a state: its three numbers, a checksum, arrays.
    "CREATE TABLE saved(first INTEGER, doc INTEGER, dead INTEGER, crc INTEGER, data BLOB)",
    # Text tables, each with rows from `first` on.
    "CREATE TABLE part(num INTEGER PRIMARY KEY, first INTEGER NOT NULL)",
)
_FTS = (
    "CREATE VIRTUAL TABLE text{num} USING fts5(title, deck, tags, body, keys, content='',"
    " tokenize=\"ascii tokenchars '_'\")"
)


def make_part(db: sqlite3.Connection, num: int, first: int) -> None:
    """Add a text table for rows from `first` on. A transaction is open."""
    db.execute(_FTS.format(num=num))
    db.execute("INSERT INTO part(num, first) VALUES(?, ?)", (num, first))


def connect(path: Path, *, read_only: bool) -> sqlite3.Connection:
    """A connection to a whole index of this version. Raises `IndexGone`."""
    if read_only:
        return _reading(path)
    for _ in range(2):
        try:
            if _torn(path):
                remove(path)
            db = _open(path)
        except sqlite3.Error as error:
            if isinstance(error, sqlite3.OperationalError) and not damaged(error):
                raise IndexGone(str(error)) from error
            remove(path)
            continue
        if db is not None:
            return db
        remove(path)
    raise IndexGone(f"{path} cannot be made")


def _torn(path: Path) -> bool:
    """Whether the file ends within a page: SQLite would fill it up with zeros."""
    for pause in (0.01, 0.02, 0):
        try:
            if not os.stat(path).st_size % _PAGE:
                return False
        except OSError:
            return False
        # Perhaps somebody is writing it just now.
        time.sleep(pause)
    return True


def damaged(error: Exception) -> bool:
    """Whether an error says that the file is broken, and not that it is in use or cannot be written. What is
    no error of SQLite's comes from values that were never written."""
    if not isinstance(error, sqlite3.Error) or "decode" in str(error):
        return True
    code = getattr(error, "sqlite_errorcode", 0) & 0xFF
    return code in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB) or "no such table" in str(error)


def _open(path: Path) -> sqlite3.Connection | None:
    """None when the file is another version's."""
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if not path.exists():
        with suppress(FileExistsError):
            os.close(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
    db = sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None, check_same_thread=False)
    try:
        db.execute(f"PRAGMA page_size={_PAGE}")
        db.execute("PRAGMA journal_mode=WAL")
        # Derived, but a wrong answer would not be noticed: in order on disk, if not at once.
        db.execute("PRAGMA synchronous=NORMAL")
        db.execute("PRAGMA secure_delete=OFF")
        db.execute("PRAGMA cache_size=-16000")
        db.execute("PRAGMA mmap_size=1073741824")
        version = _version(db)
        if version is None:
            db.execute("BEGIN IMMEDIATE")
            version = _version(db)
            if version is None:
                for sql in _TABLES:
                    db.execute(sql)
                make_part(db, 1, 1)
                db.execute("INSERT INTO meta VALUES('version', ?)", (VERSION,))
                version = VERSION
            db.execute("COMMIT")
    except BaseException:
        db.close()
        raise
    if version == VERSION:
        return db
    db.close()
    return None


def _version(db: sqlite3.Connection) -> str | None:
    """The version that made the file; None for an empty one, '' for somebody else's."""
    if not db.execute("SELECT count(*) FROM sqlite_master").fetchone()[0]:
        return None
    try:
        row = db.execute("SELECT value FROM meta WHERE name='version'").fetchone()
    except sqlite3.OperationalError as error:
        if "no such" not in str(error):
            raise
        return ""
    return str(row[0]) if row else ""


def _reading(path: Path) -> sqlite3.Connection:
    """A connection that writes nothing, not even the files that readers share."""
    if not path.exists():
        raise IndexGone(f"{path} is not there")
    options = ["mode=ro"]
    log = Path(f"{path}-wal")
    if not os.access(path.parent, os.W_OK):
        # Nobody can share what nobody can write, and what the log still holds must not be missed.
        options = [] if log.exists() and log.stat().st_size else ["mode=ro&immutable=1"]
    for option in options:
        try:
            db = sqlite3.connect(
                f"{path.absolute().as_uri()}?{option}",
                uri=True,
                timeout=BUSY_MS / 1000,
                isolation_level=None,
                check_same_thread=False,
            )
        except sqlite3.Error:
            continue
        try:
            if _version(db) == VERSION:
                return db
        except sqlite3.Error:
            pass
        db.close()
    raise IndexGone(f"{path} cannot be read")


def remove(path: Path) -> None:
    """Throw the index away. Another process that has it open goes on with what it has until it looks."""
    for ending in ("", "-wal", "-shm", "-journal"):
        with suppress(OSError):
            os.unlink(f"{path}{ending}")


def examine(path: Path) -> str:
    """What is wrong with the file, in one line; '' when it is whole or absent. Reads all of it: SQLite's own
    check sees damage to the trees, the full-text tables' that to the postings."""
    if not path.exists():
        return ""
    try:
        with closing(sqlite3.connect(path, timeout=BUSY_MS / 1000, isolation_level=None)) as db:
            line = str(db.execute("PRAGMA quick_check(1)").fetchone()[0])
            for (num,) in db.execute("SELECT num FROM part").fetchall():
                db.execute(f"INSERT INTO text{num}(text{num}) VALUES('integrity-check')")
        return "" if line == "ok" else f"{path}: damaged ({line}); it is made anew from the articles."
    except sqlite3.Error as error:
        return f"{path}: damaged ({error}); it is made anew from the articles."
