"""An append-only file of checked records: the one place that reads and writes the cache's files.

The first record is a header `{"tui-news": kind, "format": n, "gen": token, ...}`. `gen` changes with
each rewrite, so that a derived index knows which file it belongs to. Appending happens under a lock
held by the caller and first takes in what other processes have appended; reading needs no lock: an
unfinished record at the end has no newline yet and is not looked at.
"""

from __future__ import annotations

import os

from tui_news.cache import files
from tui_news.cache.codec import dumps, frame, loads, salvage, split, unframe
from tui_news.cache.errors import CacheError, disk_error
from tui_news.folders import plain
from tui_news.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Sequence
    from pathlib import Path
    from typing import Any

FORMAT = 1
MAX_OPEN = 96
_CHUNK = 1 << 20
_HEADER_LIMIT = 4096

_open_files: dict[int, Journal] = {}
"""In the order in which they were opened."""


def _header(start: bytes, kind: str) -> dict[str, Any]:
    line, newline, _ = start.partition(b"\n")
    payload = unframe(line) if newline else None
    try:
        value = loads(payload) if payload else None
    except ValueError:
        return {}
    return value if isinstance(value, dict) and value.get("tui-news") == kind else {}


def peek(path: Path, kind: str) -> dict[str, Any]:
    """The header of a journal; empty when there is none that can be read."""
    try:
        with open(path, "rb", opener=plain) as file:
            return _header(file.read(_HEADER_LIMIT), kind)
    except OSError:
        return {}


class Journal:
    """One file. `on_record(offset, length, payload)` is told each record after the header, in order;
    `on_reset()` that the file is another one now and everything told before is void."""

    def __init__(
        self,
        path: Path,
        kind: str,
        on_record: Callable[[int, int, bytes], None],
        on_reset: Callable[[], None],
        *,
        extra: dict[str, Any] | None = None,
        read_only: bool = False,
    ) -> None:
        self.path = path
        self.kind = kind
        self.extra = extra or {}
        self.read_only = read_only
        self.on_record = on_record
        self.on_reset = on_reset
        self.header: dict[str, Any] = {}
        self.end = 0
        """Everything before this offset has been told."""
        self.bad: list[tuple[int, int]] = []
        """Damaged stretches: offset and length."""
        self.torn = False
        """An unfinished record stands at the end."""
        self.lost = ""
        """Why the last reset came: "gone" (no file), "cut" (shorter than it was), "" (another file)."""
        self.lost_gen = ""
        self._unsynced = False
        self._fd: int | None = None
        self._inode = 0
        self._recheck = False

    # --- the file -----------------------------------------------------------------------------------

    @property
    def gen(self) -> str:
        return str(self.header.get("gen", ""))

    @property
    def future(self) -> bool:
        """True when a newer program wrote it."""
        version = self.header.get("format", 0)
        return isinstance(version, int) and version > FORMAT

    @property
    def damaged(self) -> bool:
        """True when something other than an unfinished record at the end was found."""
        return bool(self.bad) or (self.torn and not self.end and self._strange(0))

    def _strange(self, offset: int) -> bool:
        """Whether what stands at `offset` is not the beginning of a record (zeros: a power cut's)."""
        try:
            start = os.pread(self.fd(), 9, offset)
        except OSError:
            return False
        if offset and not start.strip(b"\0"):
            return False
        return bool(start[:8].strip(b"0123456789abcdef")) or start[8:] not in (b"", b" ")

    def fd(self) -> int:
        """The open file. Raises OSError."""
        if self._fd is None:
            flags = os.O_RDONLY if self.read_only else os.O_RDWR
            self._fd = plain(self.path, flags)
            _open_files[id(self)] = self
            if len(_open_files) > MAX_OPEN:
                _open_files.pop(next(iter(_open_files)))._release()
        return self._fd

    def _release(self) -> None:
        if self._fd is not None:
            os.close(self._fd)
            self._fd = None
            # The inode may be given to another file while we do not hold it.
            self._recheck = True

    def close(self) -> None:
        _open_files.pop(id(self), None)
        self._release()

    def signature(self) -> tuple[int, int]:
        """Size and time of change, (0, 0) when there is none: equal as long as nothing was written."""
        try:
            stat = os.stat(self.path)
        except OSError:
            return (0, 0)
        return (stat.st_size, stat.st_mtime_ns)

    def restart(self) -> None:
        """Forget what was told; the next `catch_up` tells it from the beginning."""
        self._forget()

    def _forget(self, lost: str = "") -> None:
        self.lost, self.lost_gen = lost, self.gen
        self.close()
        self._recheck = False
        self.header = {}
        self.end = 0
        self._inode = 0
        self.bad = []
        self.torn = False
        self.on_reset()

    def _attach(self) -> os.stat_result | None:
        """Make sure that what is open is what `path` names; None when there is no file."""
        try:
            stat = os.stat(self.path)
        except OSError:
            if self._inode:
                self._forget("gone")
            return None
        same = stat.st_ino == self._inode and stat.st_size >= self.end
        if same and self._recheck:
            self._recheck = False
            same = self._read_header().get("gen", "") == self.header.get("gen", "")
        if not same:
            if self._inode:
                cut = stat.st_size < self.end and stat.st_ino == self._inode
                self._forget("cut" if cut else "")
            self._inode = stat.st_ino
            try:
                self.fd()
            except OSError:
                return None
        return stat

    def _read_header(self) -> dict[str, Any]:
        try:
            return _header(os.pread(self.fd(), _HEADER_LIMIT, 0), self.kind)
        except OSError:
            return {}

    # --- reading ------------------------------------------------------------------------------------

    def start(self, covers: int, gen: str) -> bool:
        """Skip to `covers` because an index of generation `gen` knows what stands before; False when the
        file is not the one that the index was made from. To be called before the first `catch_up`."""
        stat = self._attach()
        if stat is None or stat.st_size < covers:
            return False
        self.header = self._read_header()
        if not gen or self.gen != gen:
            self.header = {}
            return False
        self.end = covers
        return True

    def catch_up(self) -> bool:
        """Tell what has been appended since the last time; True when there was anything."""
        stat = self._attach()
        if stat is None or stat.st_size == self.end:
            self.torn = False
            return False
        begin = self.end
        try:
            fd = self.fd()
            while self.end < stat.st_size:
                data = os.pread(fd, _CHUNK, self.end)
                cut = data.rfind(b"\n") + 1
                while not cut and self.end + len(data) < stat.st_size:
                    more = os.pread(fd, _CHUNK, self.end + len(data))
                    if not more:
                        break
                    data += more
                    cut = data.rfind(b"\n") + 1
                if not cut:
                    break
                self._tell(data[:cut])
        except OSError as error:
            raise disk_error(self.path, error) from error
        self.torn = self.end < stat.st_size
        return self.end != begin

    def _tell(self, data: bytes) -> None:
        base = self.end
        self.end += len(data)
        for offset, length, payload in split(data, base):
            if offset == 0:
                try:
                    value = loads(payload) if payload else None
                except ValueError:
                    value = None
                if isinstance(value, dict) and value.get("tui-news") == self.kind:
                    self.header = value
                    continue
                # No header: what follows may be whole all the same.
                self.bad.append((offset, length))
                if payload is None:
                    continue
            if payload is not None:
                self.on_record(offset, length, payload)
                continue
            self.bad.append((offset, length))
            for at, size, inner in salvage(data[offset - base : offset - base + length], offset):
                if at:
                    self.on_record(at, size, inner)

    def skip(self) -> None:
        """Stand behind the last whole record without reading what comes before: enough for appending."""
        stat = self._attach()
        if stat is None or stat.st_size == self.end:
            return
        try:
            at = stat.st_size
            while at > self.end:
                begin = max(self.end, at - (1 << 16))
                found = os.pread(self.fd(), at - begin, begin).rfind(b"\n")
                if found >= 0:
                    if self.end == 0:
                        self.header = self._read_header()
                    self.end = begin + found + 1
                    return
                at = begin
        except OSError as error:
            raise disk_error(self.path, error) from error

    def read(self, offset: int, length: int) -> bytes | None:
        """The payload of a record by its place; None when it is not (or no longer) there."""
        try:
            return unframe(os.pread(self.fd(), length, offset))
        except OSError:
            return None

    def tail(self, offset: int) -> bytes:
        """Everything told from `offset` on, as it stands in the file."""
        try:
            return os.pread(self.fd(), self.end - offset, offset)
        except OSError:
            return b""

    # --- writing, under the caller's lock ------------------------------------------------------------

    def make_header(self, gen: str = "") -> bytes:
        value = {"tui-news": self.kind, "format": FORMAT, "gen": gen or os.urandom(4).hex(), **self.extra}
        return frame(dumps(value))

    def append(self, payloads: Iterable[bytes], *, sync: bool = False) -> list[tuple[int, int]]:
        """Append records and give their offsets and lengths. The caller holds the lock, has caught up
        and takes its own records in by itself. Raises `CacheError`; then nothing was appended."""
        places: list[tuple[int, int]] = []
        self._refuse_future()
        try:
            if self._inode == 0:
                os.makedirs(self.path.parent, mode=0o700, exist_ok=True)
                flags = os.O_RDWR | os.O_CREAT | os.O_CLOEXEC
                os.close(os.open(self.path, flags, 0o600))
                self._attach()
            fd = self.fd()
            chunks: list[bytes] = []
            at = self.end
            if at == 0:
                chunks.append(self.make_header())
                at = len(chunks[0])
            for payload in payloads:
                record = frame(payload)
                chunks.append(record)
                places.append((at, len(record) - 1))
                at += len(record)
            if os.fstat(fd).st_size > self.end:
                self._drop_tail(fd)
            os.lseek(fd, self.end, os.SEEK_SET)
            try:
                files.write_all(fd, b"".join(chunks))
                if sync:
                    files.fsync(fd)
            except OSError:
                from contextlib import suppress

                with suppress(OSError):
                    os.ftruncate(fd, self.end)
                raise
            if self.end == 0:
                self.header = loads(unframe(chunks[0][:-1]) or b"{}")
                if sync:
                    files.sync_folder(self.path.parent)
        except OSError as error:
            raise disk_error(self.path, error) from error
        self.end = at
        self.torn = False
        self._unsynced = not sync
        return places

    def _refuse_future(self) -> None:
        if self.future:
            raise CacheError(
                _(
                    "{path}: written by a newer tui-news, so nothing is changed in it. Update tui-news.",
                    path=self.path,
                )
            )

    def _drop_tail(self, fd: int) -> None:
        """Cut off what a writer that died has left unfinished (the lock is ours, so it is dead)."""
        if self._strange(self.end):
            # Not the beginning of a record of ours: somebody else's bytes are kept.
            files.set_aside(self.path)
        os.ftruncate(fd, self.end)

    def rewrite(self, payloads: Iterable[bytes], header: bytes = b"") -> None:
        """Put a new generation in the file's place, atomically and durably. The caller then catches up:
        everything is told anew after `on_reset`."""
        self._refuse_future()
        header = header or self.make_header()

        def pieces() -> Iterable[bytes]:
            yield header
            for payload in payloads:
                yield frame(payload)

        files.replace_file(self.path, pieces())
        self._forget()

    def replace(self, payloads: Sequence[bytes]) -> list[tuple[int, int]]:
        """As `rewrite`, by a caller that has told itself all that the new file holds: nothing is told anew.
        Gives the offsets and lengths of the records."""
        self._refuse_future()
        header = self.make_header()
        at = len(header)
        places: list[tuple[int, int]] = []
        for payload in payloads:
            places.append((at, len(payload) + 9))
            at += len(payload) + 10
        files.replace_file(self.path, (header, *map(frame, payloads)))
        self.close()
        try:
            self._inode = os.stat(self.path).st_ino
        except OSError as error:
            raise disk_error(self.path, error) from error
        self.header = loads(unframe(header[:-1]) or b"{}")
        self.end, self.bad, self.torn, self._recheck = at, [], False, False
        return places

    def unsynced(self) -> int | None:
        """A file of the caller's own to make durable what was appended; None when it is."""
        if not (self._unsynced and self._inode):
            return None
        self._unsynced = False
        try:
            return os.dup(self.fd())
        except OSError:
            return None

    def sync(self) -> None:
        """Make everything appended durable."""
        try:
            if self._unsynced and self._inode:
                files.fsync(self.fd())
                self._unsynced = False
        except OSError as error:
            raise disk_error(self.path, error) from error
