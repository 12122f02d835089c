"""Turns a good answer into a bad one, by the name of what goes wrong."""

from __future__ import annotations

import gzip
import re
from collections.abc import Callable
from dataclasses import replace
from functools import cache
from random import Random

from tests.newsroom.wire import Answer, Request

MODES: dict[str, str] = {
    "<status>[:retry-after]": "that status, e.g. 404, 410, 500, 503:120, 429:60",
    "slow:<seconds>": "wait before the first byte",
    "drip[:<seconds>]": "64 bytes at a time, with that pause (0.05) between",
    "hang": "take the request and never answer",
    "reset": "reset the connection",
    "close": "close the connection without a byte",
    "short": "declare the whole length, send half, close",
    "chunk-cut": "chunked, closed in the middle",
    "truncated": "a proper answer whose document ends halfway",
    "html": "a hotel's login page with status 200",
    "empty": "status 200 and no body",
    "garbage": "random bytes under the right Content-Type",
    "type:<content type>": "the right body under another Content-Type",
    "charset:<label>": "the right body, the charset in the header wrong",
    "redirect:<status>:<path>": "redirect there",
    "loop": "redirect to itself",
    "file": "redirect to file:///etc/passwd",
    "script": "redirect to a javascript: address",
    "bomb": "64 MB of zeros in 64 KB of gzip",
    "layered": "gzip within gzip, declared as such",
    "bad-coding": "says gzip and is not",
    "unknown-coding": "a Content-Encoding that nobody knows",
    "headers": "5 MB of headers",
    "endless": "a body without end, as chunks",
    "flaky[:<share>]": "503 for that share (0.5) of requests, by seed",
    "ok": "nothing goes wrong",
}

_PORTAL = (
    b"<!doctype html><html><head><title>Welcome to the Harbour Hotel</title></head><body>"
    b"<form action='/login'><p>Room number <input name='room'> <button>Go online</button></p></form>"
    b"</body></html>"
)


@cache
def _bomb() -> bytes:
    return gzip.compress(bytes(64 << 20), 9, mtime=0)


def spoil(mode: str, request: Request, good: Callable[[], Answer], rng: Random) -> Answer:
    """The answer under a mode of `MODES`. `good` makes the right one, and is called only if needed.

    Raises ValueError for a mode that there is not.
    """
    name, _, value = mode.partition(":")
    if re.fullmatch(r"[1-5]\d\d", name):
        headers = (("Retry-After", value),) if value else ()
        body = f"<html><title>{name}</title><h1>{name}</h1></html>".encode()
        return Answer(body, status=int(name), headers=headers, compress=False)
    if name in _SIMPLE:
        return _SIMPLE[name](request)
    if name == "flaky":
        share = float(value or 0.5)
        return Answer(b"busy", "text/plain", 503) if rng.random() < share else good()
    if name == "redirect":
        status, _, target = value.partition(":")
        return Answer(status=int(status), headers=(("Location", target),), compress=False)
    answer = good()
    half = len(answer.body) // 2
    plain = replace(answer, compress=False, etag="", modified=None, coded={})
    match name:
        case "ok":
            return answer
        case "slow":
            return replace(answer, delay=float(value))
        case "drip":
            return replace(plain, pace=(64, float(value or 0.05)))
        case "short":
            return replace(plain, declared=len(answer.body), cut=half)
        case "chunk-cut":
            return replace(plain, chunked=True, cut=half)
        case "truncated":
            return replace(plain, body=answer.body[:half])
        case "empty":
            return replace(plain, body=b"")
        case "garbage":
            return replace(plain, body=Random(len(answer.body)).randbytes(4096))
        case "type":
            return replace(plain, type=value)
        case "charset":
            return replace(plain, type=f"{answer.type.partition(';')[0]}; charset={value}")
        case "layered":
            body = gzip.compress(gzip.compress(answer.body, mtime=0), mtime=0)
            return replace(plain, body=body, headers=(("Content-Encoding", "gzip, gzip"),))
        case "bad-coding":
            return replace(plain, headers=(("Content-Encoding", "gzip"),))
        case "unknown-coding":
            return replace(plain, headers=(("Content-Encoding", "x-tide"),))
        case _:
            raise ValueError(f"no such fault: {mode}")


def _location(target: str) -> Answer:
    return Answer(status=302, headers=(("Location", target),), compress=False)


_SIMPLE: dict[str, Callable[[Request], Answer]] = {
    "hang": lambda request: Answer(delay=86_400.0),
    "reset": lambda request: Answer(reset=True),
    "close": lambda request: Answer(raw=b""),
    "html": lambda request: Answer(_PORTAL),
    "loop": lambda request: _location(request.target),
    "file": lambda request: _location("file:///etc/passwd"),
    "script": lambda request: _location("javascript:alert(1)"),
    "bomb": lambda request: Answer(
        _bomb(), "application/rss+xml", headers=(("Content-Encoding", "gzip"),), compress=False
    ),
    "headers": lambda request: Answer(
        raw=b"HTTP/1.1 200 OK\r\n"
        + b"".join(b"X-%d: %s\r\n" % (i, b"v" * 1000) for i in range(5000))
        + b"\r\n"
    ),
    "endless": lambda request: Answer(
        b" " * 65_536, "application/rss+xml", chunked=True, forever=True, compress=False
    ),
}
