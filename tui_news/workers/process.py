"""One worker as the program holds it: started, asked, killed, buried."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
from pathlib import Path
from typing import Any, Final

from tui_news.i18n import language
from tui_news.workers.frames import HEAD, FrameError, decode, encode, lengths

_CODE: Final = (
    "import sys; table, memory, lifeline, *sys.path = sys.argv[1:]; "
    "from tui_news.workers.child import main; main(table, int(memory), int(lifeline))"
)
_START: Final = 60
"""Seconds that a worker may take to start."""
_GRACE: Final = 2
"""Seconds that the worker's own clock runs beyond ours, which tells what happened."""


class DiedError(Exception):
    """The worker has ended; `code` is its exit code, a signal's number negative. `idle`: before the job."""

    def __init__(self, code: int, *, idle: bool = False) -> None:
        super().__init__(code)
        self.code = code
        self.idle = idle


class Process:
    """A worker process, for one job at a time."""

    def __init__(self, table: str, memory: int) -> None:
        """Starts it. Raises OSError when the system gives none."""
        self.retired = False
        """It said that it ends after this answer."""
        self.rests_since = 0.0
        self._streams: tuple[asyncio.StreamReader, asyncio.StreamWriter] | None = None
        self._line, theirs = socket.socketpair()
        inner, self._lifeline = os.pipe()
        try:
            # -S: what `site` would find is in the path that is handed over; -P: nor in the present folder.
            self._process = subprocess.Popen(  # noqa: S603 - our own interpreter with our own code
                [sys.executable, "-P", "-S", "-c", _CODE, table, str(memory), str(inner), *_path()],
                stdin=theirs.fileno(), stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                pass_fds=(inner,),
            )  # fmt: skip
        except BaseException:
            self._line.close()
            os.close(self._lifeline)
            raise
        finally:
            theirs.close()
            os.close(inner)
        self._line.setblocking(False)

    @property
    def pid(self) -> int:
        return self._process.pid

    async def ask(
        self, job: str, params: dict[str, Any], body: bytes, wall: float, cpu: float
    ) -> tuple[dict[str, Any], bytes]:
        """Send a job and wait for its answer, `wall` seconds at most (and `cpu` of processor time).

        Raises TimeoutError, DiedError, FrameError; after any of them, or a cancellation, it has to be killed.
        """
        if (code := self._process.poll()) is not None:
            raise DiedError(code, idle=True)
        document = {"job": job, "params": params, "wall": int(wall) + _GRACE, "cpu": max(1, int(cpu)),
                    "language": language()}  # fmt: skip
        try:
            if self._streams is None:
                self._streams = await asyncio.open_connection(sock=self._line)
                async with asyncio.timeout(_START):
                    await self._frame()  # it has started; what that took on a busy machine is no job's fault
            writer = self._streams[1]
            async with asyncio.timeout(wall):
                writer.write(encode(document, body))
                if body:
                    writer.write(body)
                await writer.drain()
                answer, data = await self._frame()
        except (asyncio.IncompleteReadError, ConnectionError):
            raise DiedError(await self._ended()) from None
        self.retired = bool(answer.pop("last", False))
        return answer, data

    async def _frame(self) -> tuple[dict[str, Any], bytes]:
        """The next frame that it sends. Raises FrameError, IncompleteReadError."""
        assert self._streams is not None
        reader = self._streams[0]
        size, more = lengths(await reader.readexactly(HEAD.size))
        document = decode(await reader.readexactly(size))
        return document, await reader.readexactly(more) if more else b""

    def kill(self) -> None:
        """End it at once. Safe to call again."""
        if self._lifeline >= 0:
            os.close(self._lifeline)
            self._lifeline = -1
        if self._process.poll() is None:
            self._process.kill()
        if self._streams is None:
            self._line.close()
            return
        with contextlib.suppress(RuntimeError):  # the loop is closed, and its transports with it
            self._streams[1].transport.abort()

    async def bury(self) -> None:
        """Kill it and wait until the system has forgotten it."""
        self.kill()
        await self._ended()

    def bury_now(self) -> None:
        """The same without an event loop; a killed process takes no time to end."""
        self.kill()
        self._process.wait()
        self._line.close()  # no loop is left to do it

    async def _ended(self) -> int:
        """The exit code; it is killed when it has hung up and still does not end."""
        pause = 0.001
        while (code := self._process.poll()) is None:
            if pause > 0.1:
                self._process.kill()
            await asyncio.sleep(pause)
            pause = min(pause * 2, 0.2)
        return code


def _path() -> list[str]:
    """The import path for a worker: the program's, with this package's own place first."""
    own = str(Path(__file__).resolve().parents[2])
    return [own, *(entry for entry in sys.path if entry and entry != own)]


def why(code: int) -> str:
    """What an exit code says of a death in the middle of a job."""
    if code in (-signal.SIGXCPU, -signal.SIGALRM):
        return "time"
    if code in (-signal.SIGKILL, -signal.SIGTERM):
        return "killed"
    return "crashed"


__all__ = ["DiedError", "FrameError", "Process", "why"]
