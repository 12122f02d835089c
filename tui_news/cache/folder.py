"""The reader's state in a folder that machines share: each writes its own file there and reads the others'.

No file has two writers, so whatever carries the folder (Syncthing, Dropbox, NFS, a stick) has no conflicts to
solve. A file `tui-news-<machine>.jsonl` holds records as the journals do: a header `{"tui-news": "sync",
"format": 1, "gen", "machine", "name", "floor"}`, then `{"b": [[field, value, ids], …], "t": ms}`. It holds
all that its machine knows, also what it learnt from others: a file that is lost takes nothing with it.
Merging gives the same end in any order and any number of times, so that a file half copied, an old one or a
conflict copy does no harm: whole records count, what is not whole is read again.
"""

from __future__ import annotations

import os
import stat
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

from tui_news.cache import files
from tui_news.cache.codec import dumps, frame, loads, pack_ids, unframe, unpack_ids
from tui_news.cache.errors import CacheError, disk_error
from tui_news.cache.foreign import carried
from tui_news.cache.latest import Change
from tui_news.cache.merging import last_time
from tui_news.cache.results import Merged
from tui_news.folders import plain
from tui_news.i18n import _, many

FORMAT: Final = 1
PREFIX: Final = "tui-news-"
SUFFIX: Final = ".jsonl"
MAX_FILES: Final = 100
MAX_BYTES: Final = 500_000_000
LINE_LIMIT: Final = 4_000_000
AHEAD_MS: Final = 300_000
"""A clock that is so far ahead is told."""
_IDS: Final = 5_000
_SLACK: Final = 1 << 20
_CHUNK: Final = 1 << 20

Place = list[Any]
"""Generation and offset up to which a file was read."""


@dataclass(slots=True)
class Heard:
    """What the other machines' files said."""

    changes: list[Change] = field(default_factory=list)
    places: dict[str, Place] = field(default_factory=dict)
    """How far each file was read, by its name."""
    machines: list[str] = field(default_factory=list)
    """The names of the machines."""
    messages: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Synced:
    """What a sync did."""

    machines: tuple[str, ...] = ()
    merged: Merged = Merged()  # noqa: RUF009 - frozen
    written: int = 0
    """Bytes that were written for the others."""
    messages: tuple[str, ...] = ()


class Folder:
    """A shared folder as one machine sees it."""

    def __init__(self, path: Path, machine: str, name: str) -> None:
        self.path = path
        self.name = name
        self.machine = machine
        self.own = path / f"{PREFIX}{machine}{SUFFIX}"

    # --- the others' files -----------------------------------------------------------------------------

    def listen(self, known: dict[str, Place], *, own: bool) -> Heard:
        """What files say behind the places up to which they are known; with `own` the own one too. Raises
        `CacheError` when the folder cannot be read."""
        heard = Heard()
        try:
            names = sorted(name for name in os.listdir(self.path) if _is_ours(name))
        except OSError as error:
            raise CacheError(
                _(
                    "{path}: not synced: {error}; is it mounted?",
                    path=self.path,
                    error=error.strerror or error,
                )
            ) from error
        if len(names) > MAX_FILES:
            heard.messages.append(
                _(
                    "{path}: holds more than {count} machines' files; some are left out",
                    path=self.path,
                    count=MAX_FILES,
                )
            )
        for name in names[:MAX_FILES]:
            if name == self.own.name and not own:
                continue
            try:
                self._read(name, known.get(name, ["", 0]), heard)
            except OSError as error:
                heard.messages.append(
                    _("{path}: left out: {error}", path=self.path / name, error=error.strerror or error)
                )
        return heard

    def _read(self, name: str, known: Place, heard: Heard) -> None:
        """Take in one file. Raises OSError."""
        # What is no plain file (a pipe would make us wait for ever) is not opened.
        fd = os.open(self.path / name, os.O_RDONLY | os.O_NONBLOCK | os.O_NOFOLLOW | os.O_CLOEXEC)
        with open(fd, "rb") as file:
            about = os.fstat(fd)
            if not stat.S_ISREG(about.st_mode) or about.st_size > MAX_BYTES:
                heard.messages.append(_("{path}: left out, it is no file of ours", path=self.path / name))
                return
            header = _parsed(file.readline(LINE_LIMIT))
            if header.get("tui-news") != "sync":
                if about.st_size:
                    heard.messages.append(
                        _("{path}: not (yet) whole; what is lacking comes later", path=self.path / name)
                    )
                return
            if isinstance(version := header.get("format"), int) and version > FORMAT:
                heard.messages.append(
                    _("{path}: of a newer tui-news; update this one to read it", path=self.path / name)
                )
                return
            if name != self.own.name:
                heard.machines.append(_label(header, name))
            gen, at = str(header.get("gen", "")), file.tell()
            if known[0] == gen and isinstance(known[1], int) and at <= known[1] <= about.st_size:
                at = known[1]
            file.seek(at)
            end, latest, bad = self._records(file, at, heard)
            heard.places[name] = [gen, end]
            if bad:
                heard.messages.append(
                    _(
                        "{path}: {bad} record(s) damaged or half copied; read again later",
                        path=self.path / name,
                        bad=bad,
                    )
                )
            if (ahead := latest - time.time_ns() // 1_000_000) > AHEAD_MS:
                heard.messages.append(
                    _(
                        "the clock of {machine} is {time} ahead, or this one behind; set them right (nothing "
                        "is lost)",
                        machine=_label(header, name),
                        time=_span(ahead),
                    )
                )

    def _records(self, file: Any, at: int, heard: Heard) -> tuple[int, int, int]:
        """Take in records; up to where all is read for good, the latest time, and how many were damaged."""
        end, latest, bad = at, 0, 0
        while line := file.readline(LINE_LIMIT):
            if not line.endswith(b"\n"):
                bad += len(line) == LINE_LIMIT
                break  # Being written, or being copied.
            at += len(line)
            changes = _changes(_parsed(line))
            if changes is None:
                bad += 1
                continue
            heard.changes += changes
            latest = max(latest, *(change.time for change in changes), 0)
            if not bad:
                end = at
        return end, latest, bad

    # --- the own file ----------------------------------------------------------------------------------

    def append(self, changes: Iterable[Change]) -> int:
        """Tell the others more; bytes written. Raises `CacheError`."""
        data = b"".join(_records_of(changes))
        if data:
            try:
                fd = os.open(self.own, os.O_WRONLY | os.O_APPEND | os.O_CLOEXEC)
                try:
                    files.write_all(fd, data)
                    files.fsync(fd)
                finally:
                    os.close(fd)
            except OSError as error:
                raise disk_error(self.own, error) from error
        return len(data)

    def rewrite(self, changes: Iterable[Change]) -> int:
        """Tell the others everything; bytes written. Raises `CacheError`."""
        records = list(_records_of(changes))
        size = sum(map(len, records))
        header = {
            "tui-news": "sync", "format": FORMAT, "gen": os.urandom(4).hex(), "machine": self.machine,
            "name": self.name, "floor": size,
        }  # fmt: skip
        files.replace_file(self.own, (frame(dumps(header)), *records))
        return size

    def mine(self) -> Place:
        """Generation and size of the own file, to be known by next time."""
        try:
            return [_header(self.own).get("gen", ""), self.own.stat().st_size]
        except OSError:
            return ["", 0]

    def overgrown(self) -> bool:
        """Whether the own file is mostly history."""
        try:
            floor = _header(self.own).get("floor", 0)
            return self.own.stat().st_size > 2 * (floor if isinstance(floor, int) else 0) + _SLACK
        except OSError:
            return False


def _is_ours(name: str) -> bool:
    return name.startswith(PREFIX) and name.endswith(SUFFIX)


def _header(path: Path) -> dict[str, Any]:
    """Raises OSError."""
    with open(path, "rb", opener=plain) as file:
        return _parsed(file.readline(LINE_LIMIT))


def _parsed(line: bytes) -> dict[str, Any]:
    """A record; empty when it is damaged."""
    payload = unframe(line[:-1]) if line.endswith(b"\n") else None
    try:
        value = loads(payload) if payload else None
    except ValueError:
        return {}
    return value if isinstance(value, dict) else {}


def _changes(record: dict[str, Any]) -> list[Change] | None:
    """What a record says; None when it is none. A value that is not of its kind is left out."""
    rows, moment = record.get("b"), record.get("t")
    if not isinstance(rows, list) or not isinstance(moment, int) or not 0 < moment < last_time():
        return None if not isinstance(rows, list) else []
    found = []
    for row in rows:
        if not isinstance(row, list) or len(row) != 3 or not isinstance(row[2], str):
            continue
        value = carried(row[0], row[1])
        try:
            ids = unpack_ids(row[2])
        except ValueError:
            continue
        if value is not None:
            found.append(Change(row[0], moment, value, ids))
    return found


def _records_of(changes: Iterable[Change]) -> Iterator[bytes]:
    for name, moment, value, ids in changes:
        for at in range(0, len(ids), _IDS):
            yield frame(dumps({"b": [[name, value, pack_ids(ids[at : at + _IDS])]], "t": moment}))


def _label(header: dict[str, Any], name: str) -> str:
    from tui_news.text.clean import clean_line

    return clean_line(str(header.get("name") or ""), 60) or clean_line(name, 60)


def _span(milliseconds: int) -> str:
    minutes = milliseconds // 60_000
    if minutes < 120:
        return many(minutes, "{count} minute", "{count} minutes")
    if minutes < 2_880:
        return many(minutes // 60, "{count} hour", "{count} hours")
    return many(minutes // 1_440, "{count} day", "{count} days")
