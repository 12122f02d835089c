"""Short locks between processes: `flock` where it works, else a lock file made with O_EXCL.

`flock` is given back by the kernel when its holder dies. On file systems without it (some NFS mounts)
the slower way is a file `lock.held` that names process, host and start: whoever finds it asks whether
that process still lives (same host), or waits until it is older than `STALE` seconds (another host).
`TUI_NEWS_LOCK=file` chooses the slower way by hand; all programs on one cache must then do so.
"""

from __future__ import annotations

import errno
import os
import time

from tui_news.cache.errors import CacheError, disk_error
from tui_news.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    from pathlib import Path
    from types import TracebackType

STALE = 30.0
PATIENCE = 20.0


def _born(pid: int) -> str:
    """When a process started, in the kernel's words: tells a reused process id from the old one."""
    try:
        with open(f"/proc/{pid}/stat", "rb") as file:
            return file.read().rpartition(b")")[2].split()[19].decode("ascii")
    except (OSError, IndexError):
        return ""


def _alive(pid: int, born: str) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    now = _born(pid)
    return not (born and now and born != now)


class Lock:
    """A lock on a folder, held for milliseconds. Not reentrant; used as a context manager.

    Raises `CacheError` when it cannot be had within `PATIENCE` seconds or the folder cannot be written.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.path = folder / "lock"
        self.held_path = folder / "lock.held"
        self._fd: int | None = None
        self._by_file = os.environ.get("TUI_NEWS_LOCK") == "file"
        self._token = b""

    def __enter__(self) -> Lock:
        self.acquire()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.release()

    def acquire(self) -> None:
        deadline = time.monotonic() + PATIENCE
        pause = 0.0005
        while not (self._try_file() if self._by_file else self._try_flock()):
            if time.monotonic() > deadline:
                raise CacheError(
                    _(
                        "{folder}: another program has held the lock for {seconds} s{holder}; close it and "
                        "try again.",
                        folder=self.folder,
                        seconds=f"{PATIENCE:.0f}",
                        holder=self._holder(),
                    )
                )
            time.sleep(pause)
            pause = min(pause * 2, 0.02)

    def release(self) -> None:
        if self._by_file:
            from contextlib import suppress

            # Only what is ours: a holder that slept past STALE may find another's lock here.
            with suppress(OSError):
                if self.held_path.read_bytes() == self._token:
                    self.held_path.unlink()
        elif self._fd is not None:
            os.close(self._fd)
            self._fd = None

    def _open(self, path: Path, flags: int) -> int:
        try:
            return os.open(path, flags | os.O_CLOEXEC, 0o600)
        except FileNotFoundError:
            try:
                os.makedirs(self.folder, mode=0o700, exist_ok=True)
                return os.open(path, flags | os.O_CLOEXEC, 0o600)
            except OSError as error:
                raise disk_error(path, error) from error
        except FileExistsError:
            raise
        except OSError as error:
            raise disk_error(path, error) from error

    def _try_flock(self) -> bool:
        import fcntl

        fd = self._open(self.path, os.O_RDWR | os.O_CREAT)
        try:
            fcntl.flock(fd, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError as error:
            os.close(fd)
            if error.errno in (errno.EAGAIN, errno.EACCES, errno.EINTR):
                return False
            self._by_file = True
            return self._try_file()
        self._fd = fd
        return True

    def _try_file(self) -> bool:
        token = f"{os.getpid()} {_born(os.getpid()) or '-'} {os.uname().nodename} {os.urandom(6).hex()}\n"
        try:
            fd = self._open(self.held_path, os.O_WRONLY | os.O_CREAT | os.O_EXCL)
        except FileExistsError:
            self._break_stale()
            return False
        try:
            self._token = token.encode()
            os.write(fd, self._token)
        except OSError as error:
            from contextlib import suppress

            with suppress(OSError):
                self.held_path.unlink()
            raise disk_error(self.held_path, error) from error
        finally:
            os.close(fd)
        return True

    def _is_stale(self) -> bytes | None:
        """What a dead holder wrote; None when it may be alive or is gone."""
        try:
            token = self.held_path.read_bytes()
            age = time.time() - self.held_path.stat().st_mtime
        except OSError:
            return None
        parts = token.decode("utf-8", "replace").split()
        if len(parts) == 4 and parts[0].isdigit() and parts[2] == os.uname().nodename:
            return None if _alive(int(parts[0]), parts[1].strip("-")) else token
        # An empty one is being written just now, or its writer died between the two calls.
        return token if age > STALE else None

    def _break_stale(self) -> None:
        """Remove a dead holder's lock. A second file keeps two rescuers from removing a fresh one."""
        if self._is_stale() is None:
            return
        from contextlib import suppress

        guard = self.folder / "lock.break"
        try:
            os.close(os.open(guard, os.O_WRONLY | os.O_CREAT | os.O_EXCL | os.O_CLOEXEC, 0o600))
        except OSError:
            with suppress(OSError):
                if time.time() - guard.stat().st_mtime > STALE:
                    guard.unlink()
            return
        try:
            if self._is_stale() is not None:
                with suppress(OSError):
                    self.held_path.unlink()
        finally:
            with suppress(OSError):
                guard.unlink()

    def _holder(self) -> str:
        try:
            parts = self.held_path.read_text().split()
            return _(" (process {number} on {host})", number=parts[0], host=parts[2])
        except (OSError, IndexError, ValueError):
            return ""
