"""Jobs that do what hostile bytes would make a parser do: hang, eat memory, crash, die, answer nonsense."""

from __future__ import annotations

import contextlib
import os
import re
import signal
import time
from pathlib import Path
from typing import Any

Answer = tuple[Any, bytes]


def echo(params: dict[str, Any], body: bytes) -> Answer:
    return {"pid": os.getpid(), **params}, body[::-1]


def sleep(params: dict[str, Any], body: bytes) -> Answer:
    time.sleep(params.get("seconds", 60))
    return {}, b""


def spin(params: dict[str, Any], body: bytes) -> Answer:
    """Never lets go of the interpreter, as a parser written in C would not."""
    re.match(r"(a+)+$", "a" * 60 + "b")
    return {}, b""


def bomb(params: dict[str, Any], body: bytes) -> Answer:
    held = [b"x" * 10_000_000 for _ in range(1_000)]
    return {"held": len(held)}, b""


def grow(params: dict[str, Any], body: bytes) -> Answer:
    held = bytearray(300 << 20)
    return {"pid": os.getpid(), "held": len(held)}, b""


def die(params: dict[str, Any], body: bytes) -> Answer:
    os.kill(os.getpid(), params.get("signal", signal.SIGKILL))
    time.sleep(60)
    return {}, b""


def refuse(params: dict[str, Any], body: bytes) -> Answer:
    raise ValueError("this is no feed; check the address")


def stumble(params: dict[str, Any], body: bytes) -> Answer:
    raise IndexError("ours")


def mumble(params: dict[str, Any], body: bytes) -> Answer:
    return {"not json": object()}, b""


def shout(params: dict[str, Any], body: bytes) -> Answer:
    """Says something that is no frame on the line itself."""
    for number in range(3, 20):
        with contextlib.suppress(OSError):
            os.write(number, b"\xff" * 64)
    return {}, b""


def write(params: dict[str, Any], body: bytes) -> Answer:
    try:
        Path(params["path"]).write_bytes(b"x" * 100)
    except OSError as error:
        return {"errno": error.errno}, b""
    return {}, b""


def say(params: dict[str, Any], body: bytes) -> Answer:
    print("\x1b]0;on the reader's screen\x07")
    os.write(1, b"\x1b[2J")
    os.write(2, b"\x1b[2J")
    return {"read": os.read(0, 1).decode()}, b""


JOBS = {
    job.__name__: job
    for job in (echo, sleep, spin, bomb, grow, die, refuse, stumble, mumble, shout, write, say)
}
