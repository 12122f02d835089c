"""A worker's own side: reads a job, does it within its limits, answers, and ends with its program.

It is started as `python -c` with the program's import path and talks over file descriptor 0. Its limits are
its own doing, so that they hold when nobody is left to enforce them: the system ends it after a job's time
on the clock (SIGALRM) or on the processor (SIGXCPU), refuses it memory beyond its share, and lets it write
no file. When the program dies, reading ends and so does the worker; one in the middle of a job is ended by
the closing of `lifeline` (Linux), else by its clock.
"""

from __future__ import annotations

import contextlib
import gc
import os
import resource
import signal
import sys
from collections.abc import Callable
from typing import Any, BinaryIO

from tui_news.i18n import use
from tui_news.workers.frames import HEAD, FrameError, decode, encode, lengths

Job = Callable[[dict[str, Any], bytes], tuple[dict[str, Any], bytes]]
"""Parameters and bytes in, plain data and bytes out. A ValueError's text is told to the reader."""

RETIRE: int = 256 << 20
"""Bytes. A worker that has grown beyond ends after its job; a new one starts small."""


def main(table: str, memory: int, lifeline: int) -> None:
    """Work until the program hangs up. `table` is the module whose JOBS are known here; `memory` in bytes."""
    _limit(memory, lifeline)
    line = os.fdopen(os.dup(0), "r+b", buffering=0)
    with open(os.devnull, "r+b") as nothing:
        for number in (0, 1, 2):
            os.dup2(nothing.fileno(), number)
    from importlib import import_module

    jobs: dict[str, Job] = import_module(table).JOBS
    _send(line, encode({"ready": os.getpid()}))
    gc.disable()  # a collection in the middle of a job looks at all of its tree
    while (frame := _receive(line)) is not None:
        document, body = frame
        use(str(document.get("language", "en")))  # what goes wrong is told to the reader
        _deadline(int(document["wall"]), int(document["cpu"]))
        head, data = _answer(jobs, document, body)
        _send(line, head)
        _send(line, data)
        signal.alarm(0)
        del frame, document, body, head, data
        gc.collect()
        gc.freeze()  # what is left are modules: the next collection need not look at them


def _limit(memory: int, lifeline: int) -> None:
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is the program's to answer
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    sys.dont_write_bytecode = True
    for what, amount in (("RLIMIT_CORE", 0), ("RLIMIT_FSIZE", 0), ("RLIMIT_AS", memory)):
        # Not every system has each of them, or lets it be set.
        with contextlib.suppress(AttributeError, ValueError, OSError):
            kind = getattr(resource, what)
            hard = resource.getrlimit(kind)[1]
            resource.setrlimit(kind, (amount if hard < 0 else min(amount, hard), hard))
    if sys.platform == "linux":
        import fcntl

        # The program holds the other end; when it dies the kernel sends SIGIO, which ends us in any state.
        signal.signal(signal.SIGIO, signal.SIG_DFL)
        fcntl.fcntl(lifeline, fcntl.F_SETOWN, os.getpid())
        fcntl.fcntl(lifeline, fcntl.F_SETFL, fcntl.fcntl(lifeline, fcntl.F_GETFL) | os.O_ASYNC)


def _deadline(wall: int, cpu: int) -> None:
    """Seconds on the clock and on the processor for what comes now."""
    signal.alarm(wall)
    with contextlib.suppress(ValueError, OSError):
        used = resource.getrusage(resource.RUSAGE_SELF)
        hard = resource.getrlimit(resource.RLIMIT_CPU)[1]
        soft = int(used.ru_utime + used.ru_stime) + cpu + 1
        resource.setrlimit(resource.RLIMIT_CPU, (soft if hard < 0 else min(soft, hard), hard))


def _size() -> int:
    """Bytes of memory at the most so far."""
    # What getrusage tells on Linux begins with the size of the program that started us.
    with contextlib.suppress(OSError, ValueError, IndexError), open("/proc/self/status", "rb") as file:
        return int(file.read().partition(b"VmHWM:")[2].split(None, 1)[0]) * 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss * (1 if sys.platform == "darwin" else 1024)


def _answer(jobs: dict[str, Job], document: dict[str, Any], body: bytes) -> tuple[bytes, bytes]:
    """What a job gave, as a frame; what went wrong is an answer too."""
    try:
        answer, data = jobs[document["job"]](document["params"], body)
        if _size() > RETIRE:
            answer["last"] = True
        return encode(answer, data), data
    except MemoryError:
        told = {"fault": "memory", "last": True}
    except (FrameError, TypeError):
        told = {"fault": "more than an answer can hold"}
    except ValueError as error:
        told = {"error": str(error)}
    except Exception as error:  # a fault of ours: it must not take the worker along
        told = {"fault": type(error).__name__}
    return encode(told), b""


def _receive(line: BinaryIO) -> tuple[dict[str, Any], bytes] | None:
    """The next job; None when the program has hung up."""
    try:
        head = _exactly(line, HEAD.size)
        size, more = lengths(head)
        return decode(_exactly(line, size)), _exactly(line, more)
    except (EOFError, OSError, FrameError):
        return None


def _exactly(line: BinaryIO, count: int) -> bytes:
    data = bytearray(count)
    view, at = memoryview(data), 0
    while at < count:
        got = os.readv(line.fileno(), [view[at:]])
        if not got:
            raise EOFError
        at += got
    view.release()
    return bytes(data)


def _send(line: BinaryIO, data: bytes) -> None:
    view = memoryview(data)
    while view:
        try:
            view = view[os.write(line.fileno(), view) :]
        except OSError:
            os._exit(0)  # the program is gone
