"""The newsroom's HTTP/1.1: requests in, answers out, with every way of answering badly.

A hand-written server, since libraries are too well behaved to send a short body, a reset or a header
that lies. One thread runs one event loop; a sleeping answer holds up no other connection.
"""

from __future__ import annotations

import asyncio
import contextlib
import gzip
import socket
import struct
import threading
import time
import zlib
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from http import HTTPStatus


@dataclass(frozen=True, slots=True)
class Request:
    """A request as it came. Header names are in lower case; `at` is `time.monotonic()`."""

    method: str
    target: str
    """Path and query, as sent."""
    headers: dict[str, str]
    body: bytes = b""
    host: str = ""
    """The address that it came to."""
    at: float = 0.0

    @property
    def path(self) -> str:
        return self.target.partition("?")[0]

    @property
    def query(self) -> str:
        return self.target.partition("?")[2]


@dataclass(slots=True)
class Answer:
    """What is sent back. The fields after `compress` make it misbehave."""

    body: bytes = b""
    type: str = "text/html; charset=utf-8"
    """The Content-Type header; empty sends none."""
    status: int = 200
    headers: tuple[tuple[str, str], ...] = ()
    etag: str = ""
    modified: datetime | None = None
    compress: bool = True
    """Whether to code the body as Accept-Encoding asks."""
    delay: float = 0.0
    """Seconds before the first byte."""
    pace: tuple[int, float] | None = None
    """Bytes at a time, and seconds between."""
    declared: int | None = None
    """Content-Length, when it is to lie."""
    cut: int | None = None
    """Body bytes after which the connection is closed."""
    chunked: bool = False
    forever: bool = False
    """Send the body over and over, as chunks, until the client goes."""
    reset: bool = False
    """Answer with a TCP reset in place of anything else."""
    raw: bytes | None = None
    """Sent as it stands, head and all, then the connection is closed."""
    coded: dict[str, bytes] = field(default_factory=dict)
    """The body under each coding, made once."""


def code(body: bytes, coding: str) -> bytes:
    """`body` under a content coding. Raises LookupError for one that is not to be had here."""
    if coding == "gzip":
        return gzip.compress(body, 6, mtime=0)
    if coding == "deflate":
        return zlib.compress(body, 6)
    if coding == "br":
        import brotli

        return bytes(brotli.compress(body, quality=5))
    if coding == "zstd":
        import zstandard

        return zstandard.ZstdCompressor(level=3).compress(body)
    raise LookupError(coding)


def choose_coding(accept: str) -> str:
    """The first coding that the client accepts and the server has; empty for none."""
    for part in accept.split(","):
        name, _, parameters = part.strip().partition(";")
        if name in ("gzip", "deflate", "br", "zstd") and parameters.replace(" ", "") not in ("q=0", "q=0.0"):
            return name
    return ""


def unchanged(request: Request, answer: Answer) -> bool:
    """Whether the request's validators match (RFC 9110, 13.1): If-None-Match rules over the date."""
    if answer.status != 200 or request.method not in ("GET", "HEAD"):
        return False
    if asked := request.headers.get("if-none-match"):
        tags = {tag.strip().removeprefix("W/") for tag in asked.split(",")}
        return bool(answer.etag) and (asked.strip() == "*" or answer.etag.removeprefix("W/") in tags)
    if answer.modified and (since := request.headers.get("if-modified-since")):
        with contextlib.suppress(ValueError):
            return answer.modified.replace(microsecond=0) <= parsedate_to_datetime(since)
    return False


def head_of(answer: Answer, status: int, body: bytes | None, coding: str) -> bytes:
    """The status line and headers; `body` None sends no length (304)."""
    try:
        phrase = HTTPStatus(status).phrase
    except ValueError:
        phrase = "Odd"
    lines = [f"HTTP/1.1 {status} {phrase}"]
    if answer.type and body is not None:
        lines.append(f"Content-Type: {answer.type}")
    if answer.etag:
        lines.append(f"ETag: {answer.etag}")
    if answer.modified:
        lines.append(f"Last-Modified: {format_datetime(answer.modified, usegmt=True)}")
    if coding:
        lines.append(f"Content-Encoding: {coding}")
    if answer.compress:
        lines.append("Vary: Accept-Encoding")
    lines += [f"{name}: {value}" for name, value in answer.headers]
    if body is not None:
        if answer.chunked:
            lines.append("Transfer-Encoding: chunked")
        else:
            lines.append(f"Content-Length: {len(body) if answer.declared is None else answer.declared}")
    if answer.cut is not None or answer.declared is not None:
        lines.append("Connection: close")
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1", "replace")


class Server:
    """Listens on one port of one or more loopback addresses, from `start` to `stop`.

    `respond` is called on the server's thread, once for each request.
    """

    def __init__(self, respond: Callable[[Request], Answer], hosts: Sequence[str], port: int) -> None:
        self.respond, self.hosts, self.port = respond, tuple(hosts), port
        self._loop: asyncio.AbstractEventLoop | None = None
        self._tasks: set[asyncio.Task[None]] = set()
        self._thread = threading.Thread(target=self._run, name="newsroom", daemon=True)
        self._sockets: list[socket.socket] = []
        self._ready = threading.Event()

    def start(self) -> None:
        """Binds and serves. Raises OSError when the port is taken."""
        try:
            for host in self.hosts:
                self._sockets.append(socket.create_server((host, self.port), backlog=512))
                self.port = self._sockets[0].getsockname()[1]
        except OSError:
            for each in self._sockets:
                each.close()
            raise
        self._loop = asyncio.new_event_loop()
        self._thread.start()
        self._ready.wait()

    def stop(self) -> None:
        """Drops every connection, whatever it is waiting for, and waits for the thread."""
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()

    def _run(self) -> None:
        loop = self._loop
        assert loop is not None
        asyncio.set_event_loop(loop)
        servers = [
            loop.run_until_complete(asyncio.start_server(self._accept, sock=each, limit=1 << 20))
            for each in self._sockets
        ]
        # Set from within the loop: a `stop` before it runs for ever would stop nothing.
        loop.call_soon(self._ready.set)
        loop.run_forever()
        for server in servers:
            server.close()
        for task in list(self._tasks):
            task.cancel()
        loop.run_until_complete(asyncio.gather(*self._tasks, return_exceptions=True))
        # One more turn of the loop lets the transports close their sockets.
        loop.run_until_complete(asyncio.sleep(0))
        loop.close()

    async def _accept(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        try:
            while await self._one(reader, writer):
                pass
        except (OSError, EOFError, ValueError, asyncio.LimitOverrunError):
            pass  # the client went, or does not speak HTTP
        except asyncio.CancelledError:
            writer.transport.abort()
        finally:
            writer.close()

    async def _one(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> bool:
        """Answers one request; False when the connection is not to be used again."""
        head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").split("\r\n")
        method, target, version = head[0].split(" ", 2)
        headers = {}
        for line in head[1:-2]:
            name, _, value = line.partition(":")
            headers[name.lower()] = value.strip()
        size = int(headers.get("content-length") or 0)
        body = await reader.readexactly(size) if size else b""
        host = writer.get_extra_info("sockname")[0]
        request = Request(method, target, headers, body, host, time.monotonic())
        answer = self.respond(request)
        last = version != "HTTP/1.1" or headers.get("connection", "").lower() == "close"
        return await self._send(request, answer, writer) and not last

    async def _send(self, request: Request, answer: Answer, writer: asyncio.StreamWriter) -> bool:
        if answer.delay:
            await asyncio.sleep(answer.delay)
        if answer.reset:
            linger = struct.pack("ii", 1, 0)
            writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            writer.transport.abort()
            return False
        if answer.raw is not None:
            writer.write(answer.raw)
            await writer.drain()
            return False
        if unchanged(request, answer):
            writer.write(head_of(answer, 304, None, ""))
            await writer.drain()
            return True
        coding, body = "", answer.body
        if answer.compress and len(body) > 600:
            coding = choose_coding(request.headers.get("accept-encoding", ""))
        if coding:
            body = answer.coded.get(coding) or answer.coded.setdefault(coding, code(body, coding))
        head = head_of(answer, answer.status, body, coding)
        if request.method == "HEAD":
            writer.write(head)
            await writer.drain()
            return True
        if answer.cut is not None:
            body = body[: answer.cut]
        if answer.pace is None and not answer.chunked:
            writer.write(head + body)
            await writer.drain()
        else:
            writer.write(head)
            size, pause = answer.pace or (16_384, 0.0)
            while True:
                for start in range(0, len(body), size):
                    piece = body[start : start + size]
                    writer.write(b"%x\r\n%b\r\n" % (len(piece), piece) if answer.chunked else piece)
                    await writer.drain()
                    await asyncio.sleep(pause)
                if not answer.forever:
                    break
            if answer.chunked and answer.cut is None:
                writer.write(b"0\r\n\r\n")
                await writer.drain()
        return answer.cut is None and answer.declared is None
