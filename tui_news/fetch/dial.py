# ruff: noqa: ASYNC109 - httpcore's interface hands time limits over as arguments
"""Connections opened by us: names looked up, addresses tried side by side, private ones refused.

Own connections, because only at the moment of connecting is it known which address a name stands for:
that is where private addresses are refused, so that a name cannot change its meaning in between.
Imports httpcore; import this module late.
"""

from __future__ import annotations

import asyncio
import importlib.util
import socket
import ssl
import sys
from collections.abc import Iterable
from contextvars import ContextVar
from typing import Any, Final

import httpcore

from tui_news.fetch.errors import FetchError
from tui_news.fetch.resolve import Address, Resolver, is_private_text
from tui_news.i18n import _

# httpcore tries to import sniffio several times for each request; where it is not installed, each try
# searched the whole path, a third of all the time that a request took. None answers it at once.
if importlib.util.find_spec("sniffio") is None:
    sys.modules["sniffio"] = None  # type: ignore[assignment]

_HEAD_START: Final = 0.25
"""Seconds before the next address is tried beside the first (RFC 8305)."""
_BUFFERED: Final = 1 << 18

dialled: ContextVar[list[str] | None] = ContextVar("dialled", default=None)
"""Set to a list by who wants to know which connections its request opened anew."""


class Stream(asyncio.Protocol, httpcore.AsyncNetworkStream):
    """One connection: bytes in and out with a time limit on each step."""

    def __init__(self) -> None:
        self._transport: asyncio.Transport | None = None
        self._buffer = bytearray()
        self._waiter: asyncio.Future[None] | None = None
        self._drained: asyncio.Future[None] | None = None
        self._ended = False
        self._error: Exception | None = None
        self._paused = False
        self._peer = ""
        self.budget: int | None = None
        """Bytes that may still come before there is an answer; None when there is one."""

    # --- asyncio's side ---

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        peer = transport.get_extra_info("peername")
        self._peer = str(peer[0]) if peer else ""

    def data_received(self, data: bytes) -> None:
        self._buffer += data
        if len(self._buffer) > _BUFFERED and not self._paused and self._transport is not None:
            self._paused = True
            self._transport.pause_reading()
        self._wake()

    def eof_received(self) -> bool:
        self._ended = True
        self._wake()
        return False

    def connection_lost(self, exc: Exception | None) -> None:
        self._ended = True
        self._error = exc
        self._wake()
        self.resume_writing()

    def pause_writing(self) -> None:
        self._drained = asyncio.get_running_loop().create_future()

    def resume_writing(self) -> None:
        if self._drained is not None and not self._drained.done():
            self._drained.set_result(None)
        self._drained = None

    def _wake(self) -> None:
        if self._waiter is not None and not self._waiter.done():
            self._waiter.set_result(None)

    # --- httpcore's side ---

    async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        if not self._buffer and not self._ended:
            self._waiter = asyncio.get_running_loop().create_future()
            try:
                async with asyncio.timeout(timeout):
                    await self._waiter
            except TimeoutError:
                raise httpcore.ReadTimeout from None
            finally:
                self._waiter = None
        if not self._buffer:
            if self._error is not None:
                raise httpcore.ReadError(str(self._error)) from self._error
            return b""
        data = bytes(self._buffer[:max_bytes])
        if self.budget is not None:
            self.budget -= len(data)
            if self.budget < 0:
                raise httpcore.RemoteProtocolError("too long: no answer, and no end of what comes before it")
        del self._buffer[:max_bytes]
        if self._paused and len(self._buffer) < _BUFFERED // 2 and not self._ended and self._transport:
            self._paused = False
            self._transport.resume_reading()
        return data

    async def write(self, buffer: bytes, timeout: float | None = None) -> None:
        if not buffer:
            return
        if self._transport is None or self._transport.is_closing():
            raise httpcore.WriteError("closed")
        self._transport.write(buffer)
        if self._drained is not None:
            try:
                async with asyncio.timeout(timeout):
                    await self._drained
            except TimeoutError:
                raise httpcore.WriteTimeout from None

    async def aclose(self) -> None:
        # Nothing that was sent is still wanted, and a polite TLS good-bye could take its time.
        if self._transport is not None:
            self._transport.abort()

    async def start_tls(
        self, ssl_context: ssl.SSLContext, server_hostname: str | None = None, timeout: float | None = None
    ) -> httpcore.AsyncNetworkStream:
        if self._transport is None:
            raise httpcore.ConnectError("closed")
        name = server_hostname or ""
        try:
            transport = await asyncio.get_running_loop().start_tls(
                self._transport,
                self,
                ssl_context,
                server_hostname=server_hostname,
                ssl_handshake_timeout=timeout,
            )
        except ssl.SSLCertVerificationError as error:
            await self.aclose()
            why = error.verify_message or _("it is not valid")
            raise FetchError(
                "tls",
                _(
                    "The certificate of {name} cannot be trusted ({why}); check the clock or ask the site",
                    name=name,
                    why=why,
                ),
            ) from None
        except (ssl.SSLError, ConnectionError, TimeoutError) as error:
            await self.aclose()
            why = (getattr(error, "reason", None) or "no answer").replace("_", " ").lower()
            raise FetchError(
                "tls",
                _(
                    "No secure connection to {name} ({why}); check whether its address begins with http://",
                    name=name,
                    why=why,
                ),
            ) from None
        except BaseException:
            await self.aclose()
            raise
        if transport is None:
            raise httpcore.ConnectError("closed")
        self._transport = transport
        return self

    def get_extra_info(self, info: str) -> Any:
        if info == "is_readable":
            return self._ended or bool(self._buffer)
        if info == "peer":
            return self._peer
        if self._transport is None:
            return None
        known = {"ssl_object": "ssl_object", "client_addr": "sockname", "server_addr": "peername"}
        return self._transport.get_extra_info(known.get(info, info))


class Backend(httpcore.AsyncNetworkBackend):
    """Opens connections; with `allow_private` off, to addresses of the open web only."""

    def __init__(self, resolver: Resolver, allow_private: bool) -> None:
        self._resolver = resolver
        self._allow_private = allow_private

    async def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.AsyncNetworkStream:
        addresses = await self._resolver.resolve(host, port, timeout)
        if not self._allow_private:
            addresses = [address for address in addresses if not is_private_text(address.ip)]
            if not addresses:
                raise FetchError(
                    "private",
                    _("{host} is an address of a private network, where this page may not lead", host=host),
                )
        opened = dialled.get()
        if opened is not None:
            opened.append(host)
        try:
            async with asyncio.timeout(timeout):
                return await _connect_first(addresses)
        except TimeoutError:
            raise httpcore.ConnectTimeout from None
        except OSError as error:
            raise httpcore.ConnectError(str(error)) from error

    async def sleep(self, seconds: float) -> None:
        await asyncio.sleep(seconds)


async def _connect(address: Address) -> Stream:
    loop = asyncio.get_running_loop()
    sock = socket.socket(address.family, socket.SOCK_STREAM)
    try:
        sock.setblocking(False)
        await loop.sock_connect(sock, address.sockaddr)
        _, stream = await loop.create_connection(Stream, sock=sock)
    except BaseException:
        sock.close()
        raise
    return stream


async def _connect_first(addresses: list[Address]) -> Stream:
    """The first of the addresses that answers; each gets a head start over the next."""
    if len(addresses) == 1:
        return await _connect(addresses[0])
    tasks: set[asyncio.Task[Stream]] = set()
    waiting = addresses[:8]
    problem: OSError = OSError("no address answered")
    winner: Stream | None = None
    try:
        while winner is None and (waiting or tasks):
            if waiting:
                tasks.add(asyncio.create_task(_connect(waiting.pop(0))))
            done, tasks = await asyncio.wait(
                tasks, timeout=_HEAD_START if waiting else None, return_when=asyncio.FIRST_COMPLETED
            )
            for task in done:
                error = task.exception()
                if isinstance(error, OSError):
                    problem = error
                elif error is not None:
                    raise error
                elif winner is None:
                    winner = task.result()
                else:
                    await task.result().aclose()
    finally:
        for task in tasks:
            task.cancel()
        for outcome in await asyncio.gather(*tasks, return_exceptions=True):
            if isinstance(outcome, Stream):
                await outcome.aclose()
    if winner is None:
        raise problem
    return winner
