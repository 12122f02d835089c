"""The workers together: as many as there are cores, started when there is work, ended when there is none."""

from __future__ import annotations

import asyncio
import contextlib
import os
from collections import deque
from dataclasses import dataclass
from typing import Any, Final

from tui_news.workers.process import DiedError, FrameError, Process, why

WALL: Final = 30.0
CPU: Final = 20.0
"""Seconds of a job, on the clock and on the processor. The largest feed that is taken needs a few."""
MEMORY: Final = 1 << 30
"""Bytes of address space of a worker."""
IDLE: Final = 20.0
"""Seconds after which an idle worker is ended."""
BACKLOG: Final = 8_000_000
"""Bytes that may wait for a worker before nothing more is fetched (`Pool.breathe`)."""


class WorkerError(ValueError):
    """A job could not be done; `str(error)` is one plain line. `kind`: `content` (what the job itself says of
    the bytes), `fault` (ours), `time`, `memory`, `killed`, `crashed`, `start`, `stopped`."""

    def __init__(self, message: str, kind: str) -> None:
        super().__init__(message)
        self.kind = kind


@dataclass(frozen=True, slots=True)
class Reply:
    """What a job gave: plain data, and bytes."""

    data: dict[str, Any]
    body: bytes = b""


_WORDS: Final = {
    "time": "reading it took longer than {wall:g} s and was stopped; earlier news is kept",
    "memory": "reading it takes more than {memory} MB of memory and was stopped; earlier news is kept",
    "killed": "reading it was ended from outside, perhaps for want of memory; it is tried again later",
    "crashed": "the reader crashed on it (code {code}); earlier news is kept; please report it",
    "fault": "could not be read ({name}); please report it",
    "stopped": "reading it was stopped, because the program is closing",
    "start": "no process to read it in could be started ({name}); close other programs and try again",
}


class Pool:
    """Workers for one event loop: `await pool.run("feed", {...}, body)`.

    `table` is the module whose JOBS the workers know, `count` how many there may be. At most one job runs in
    a worker; more wait in the order in which they came. `wall` and `cpu` are seconds, `memory` bytes.
    """

    def __init__(
        self,
        table: str = "tui_news.workers.jobs",
        *,
        count: int = 0,
        wall: float = WALL,
        cpu: float = CPU,
        memory: int = MEMORY,
        idle: float = IDLE,
    ) -> None:
        self.table = table
        self.count = count or cores()
        self.wall, self.cpu, self.memory, self.idle_for = wall, cpu, memory, idle
        self._all: set[Process] = set()
        self._idle: list[Process] = []
        self._waiting: deque[asyncio.Future[Process]] = deque()
        self._burials: set[asyncio.Task[None]] = set()
        self._backlog = 0
        self._eased: list[asyncio.Future[None]] = []
        self._timer: asyncio.TimerHandle | None = None
        self._closed = False

    @property
    def pids(self) -> list[int]:
        """The workers there are now."""
        return sorted(process.pid for process in self._all)

    async def run(
        self, job: str, params: dict[str, Any], body: bytes = b"", *, urgent: bool = False
    ) -> Reply:
        """Have a job done; an urgent one (the reader waits for it) before those that wait. Raises
        WorkerError; the pool goes on whatever the job did to its worker."""
        self._backlog += len(body)
        try:
            return await self._run(job, params, body, urgent)
        finally:
            self._backlog -= len(body)
            if self._backlog <= BACKLOG:
                eased, self._eased = self._eased, []
                for waiter in eased:
                    if not waiter.done():
                        waiter.set_result(None)

    async def _run(self, job: str, params: dict[str, Any], body: bytes, urgent: bool) -> Reply:
        for attempt in (1, 2):
            process = await self._take(urgent)
            try:
                answer, data = await process.ask(job, params, body, self.wall, self.cpu)
            except TimeoutError:
                self._discard(process)
                raise self._error("time") from None
            except DiedError as error:
                self._discard(process)
                if self._closed:
                    raise self._error("stopped") from None
                if error.idle and attempt == 1:
                    continue  # it died before it saw the job
                raise self._error(why(error.code), code=error.code) from None
            except FrameError:
                self._discard(process)
                raise self._error("fault", name="no answer") from None
            except BaseException:
                self._discard(process)  # nobody waits for its answer, which would be taken for the next one's
                raise
            self._give_back(process)
            if "error" in answer:
                raise WorkerError(str(answer["error"]), "content")
            if "fault" in answer:
                fault = str(answer["fault"])
                raise self._error("memory") if fault == "memory" else self._error("fault", name=fault)
            return Reply(answer, data)
        raise AssertionError("unreachable")

    def _error(self, kind: str, *, name: str = "", code: int = 0) -> WorkerError:
        line = _WORDS[kind].format(wall=self.wall, memory=self.memory >> 20, name=name, code=code)
        return WorkerError(line, kind)

    def warm(self, job: str, count: int = 0) -> None:
        """Start workers, `count` at most, for work that is sure to come; they import what `job` needs."""
        for _ in range(min(count or self.count, self.count) - len(self._all)):
            task = asyncio.ensure_future(self._warm(job))
            self._burials.add(task)
            task.add_done_callback(self._burials.discard)

    async def _warm(self, job: str) -> None:
        with contextlib.suppress(WorkerError):
            await self.run("warm", {"job": job})

    async def breathe(self) -> None:
        """Wait while more lies before the workers than is good for memory."""
        while self._backlog > BACKLOG and not self._closed:
            waiter = asyncio.get_running_loop().create_future()
            self._eased.append(waiter)
            await waiter

    async def close(self) -> None:
        """End all workers, busy or not; whoever waits for one is told. It may be used again afterwards."""
        doomed = self._forget()
        await asyncio.gather(*(process.bury() for process in doomed), *self._burials, return_exceptions=True)
        self._closed = False

    def kill(self) -> None:
        """`close` for whoever has no event loop any more."""
        for process in self._forget():
            process.bury_now()

    # --- who works, who waits -----------------------------------------------------------------------

    def _forget(self) -> list[Process]:
        self._closed = True
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None
        doomed = list(self._all)
        self._all.clear()
        self._idle.clear()
        for waiter in self._waiting:
            if not waiter.done():
                waiter.set_exception(self._error("stopped"))
        self._waiting.clear()
        return doomed

    async def _take(self, urgent: bool) -> Process:
        """A worker for one job."""
        if self._closed:
            raise self._error("stopped")
        if self._idle:
            return self._idle.pop()
        if len(self._all) < self.count:
            return self._start()
        waiter: asyncio.Future[Process] = asyncio.get_running_loop().create_future()
        (self._waiting.appendleft if urgent else self._waiting.append)(waiter)
        try:
            return await waiter
        except BaseException:
            if waiter.done() and not waiter.cancelled():
                self._give_back(waiter.result())  # it was ours, and we have gone
            raise

    def _start(self) -> Process:
        try:
            process = Process(self.table, self.memory)
        except OSError as error:
            raise self._error("start", name=error.strerror or type(error).__name__) from None
        self._all.add(process)
        return process

    def _give_back(self, process: Process) -> None:
        if process not in self._all:
            return
        if process.retired:
            self._discard(process)
            return
        while self._waiting:
            waiter = self._waiting.popleft()
            if not waiter.done():
                waiter.set_result(process)
                return
        process.rests_since = asyncio.get_running_loop().time()
        self._idle.append(process)
        if self._timer is None:
            self._timer = asyncio.get_running_loop().call_later(self.idle_for, self._end_idle)

    def _end_idle(self) -> None:
        """End those that have had nothing to do for a while; look again while others rest."""
        loop = asyncio.get_running_loop()
        for process in self._idle[:]:
            if loop.time() - process.rests_since >= self.idle_for:
                self._discard(process)
        self._timer = loop.call_later(self.idle_for, self._end_idle) if self._idle else None

    def _discard(self, process: Process) -> None:
        """End a worker; the next who waits gets a new one."""
        if process not in self._all:
            return
        self._all.discard(process)
        if process in self._idle:
            self._idle.remove(process)
        task = asyncio.ensure_future(process.bury())
        self._burials.add(task)
        task.add_done_callback(self._burials.discard)
        while self._waiting and not self._closed and len(self._all) < self.count:
            waiter = self._waiting.popleft()
            if waiter.done():
                continue
            try:
                waiter.set_result(self._start())
            except WorkerError as error:
                waiter.set_exception(error)


def cores() -> int:
    """How many processors this program may use."""
    count = getattr(os, "process_cpu_count", None)
    if count is not None:
        return count() or 1
    try:
        return len(os.sched_getaffinity(0)) or 1
    except AttributeError:  # macOS
        return os.cpu_count() or 1
