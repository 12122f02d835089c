"""The line itself: httpx's transport over connections of our own (`fetch.dial`), kept for the next request.

Imports httpx; import this module late.
"""

from __future__ import annotations

import ssl
from collections import OrderedDict
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from typing import Any, Final

import httpcore
import httpx

from tui_news.fetch.dial import Backend, Stream
from tui_news.fetch.errors import FetchError
from tui_news.fetch.proxies import Proxy
from tui_news.fetch.resolve import Resolver
from tui_news.i18n import _

_KEPT: Final = 15.0
"""Seconds that a connection is kept for the next request."""
_BEFORE: Final = 1 << 20
"""Bytes that may come before the body begins, and with its beginning."""


class _Body(httpx.AsyncByteStream):
    """A body; when it is closed, its connection is told (`done`)."""

    def __init__(self, stream: Any, done: Callable[[], Awaitable[None]] | None = None) -> None:
        self._stream = stream
        self._done = done

    async def __aiter__(self) -> AsyncIterator[bytes]:
        async for part in self._stream:
            yield part

    async def aclose(self) -> None:
        try:
            await self._stream.aclose()
        finally:
            if self._done is not None:
                done, self._done = self._done, None
                await done()


class _Connection(httpcore.AsyncHTTP11Connection):
    """A connection on which not without end comes before an answer: interim ones (1xx) have no limit."""

    def __init__(self, origin: httpcore.Origin, line: httpcore.AsyncNetworkStream, seconds: float) -> None:
        super().__init__(origin, line, seconds)
        self._line = line

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        if not isinstance(self._line, Stream):
            return await super().handle_async_request(request)
        self._line.budget = _BEFORE
        try:
            return await super().handle_async_request(request)
        finally:
            self._line.budget = None


_Origin = tuple[bytes, bytes, int]


class Connections:
    """Connections that are kept for the next request to the same origin, `keep` of them, `seconds` long.

    httpcore's own pool looks at every connection for each request and at every one again for each of those
    that rest: with a hundred hosts that took as long as the requests.
    """

    def __init__(self, backend: Backend, context: ssl.SSLContext | None, keep: int, seconds: float) -> None:
        self._backend = backend
        self._context = context
        self._keep = keep
        self._seconds = seconds
        self._busy: set[httpcore.AsyncHTTP11Connection] = set()
        self._resting: OrderedDict[httpcore.AsyncHTTP11Connection, _Origin] = OrderedDict()
        """Those that wait, the one that has waited longest first."""
        self._by_origin: dict[_Origin, list[httpcore.AsyncHTTP11Connection]] = {}

    async def handle_async_request(self, request: httpcore.Request) -> httpcore.Response:
        """Send a request over a kept connection, else a new one. The answer's stream has to be closed."""
        origin = request.url.origin
        key = (origin.scheme, origin.host, origin.port)
        connection = await self._rested(key) or await self._opened(origin, request)
        self._busy.add(connection)
        try:
            answer = await connection.handle_async_request(request)
        except BaseException:
            self._busy.discard(connection)
            await connection.aclose()
            raise
        answer.stream = _Body(answer.stream, partial(self._rest, connection, key))
        return answer

    async def _rested(self, key: _Origin) -> httpcore.AsyncHTTP11Connection | None:
        while kept := self._by_origin.get(key):
            connection = kept.pop()
            if not kept:
                del self._by_origin[key]
            del self._resting[connection]
            if not connection.has_expired():
                return connection
            await connection.aclose()
        return None

    async def _opened(
        self, origin: httpcore.Origin, request: httpcore.Request
    ) -> httpcore.AsyncHTTP11Connection:
        timeout = request.extensions.get("timeout", {}).get("connect")
        host = origin.host.decode("ascii")
        stream = await self._backend.connect_tcp(host, origin.port, timeout)
        if origin.scheme == b"https":
            assert self._context is not None
            stream = await stream.start_tls(self._context, host, timeout)
        return _Connection(origin, stream, self._seconds)

    async def _rest(self, connection: httpcore.AsyncHTTP11Connection, key: _Origin) -> None:
        """An answer has been read: its connection waits for the next, if it is still good for one."""
        self._busy.discard(connection)
        if not connection.is_idle():
            await connection.aclose()
            return
        self._resting[connection] = key
        self._by_origin.setdefault(key, []).append(connection)
        while len(self._resting) > self._keep:
            oldest, of = self._resting.popitem(last=False)
            self._by_origin[of].remove(oldest)
            if not self._by_origin[of]:
                del self._by_origin[of]
            await oldest.aclose()

    async def aclose(self) -> None:
        """Close them all."""
        doomed = [*self._busy, *self._resting]
        self._busy.clear()
        self._resting.clear()
        self._by_origin.clear()
        for connection in doomed:
            await connection.aclose()


class Transport(httpx.AsyncBaseTransport):
    """httpx's seam to the network. Raises FetchError and httpcore's exceptions."""

    def __init__(
        self,
        resolver: Resolver,
        *,
        allow_private: bool,
        ssl_context: ssl.SSLContext | None = None,
        proxy: Proxy | None = None,
        keep: int = 32,
    ) -> None:
        # A proxy is the reader's own setting and may stand anywhere.
        backend = Backend(resolver, allow_private or proxy is not None)
        self._pool: Connections | httpcore.AsyncConnectionPool
        if proxy is None:
            self._pool = Connections(backend, ssl_context, keep, _KEPT)
            return
        common: dict[str, Any] = {
            "ssl_context": ssl_context,
            "max_connections": None,
            "max_keepalive_connections": keep,
            "keepalive_expiry": _KEPT,
            "network_backend": backend,
        }
        auth = (proxy.user.encode(), proxy.password.encode()) if proxy.user else None
        url = httpcore.URL(scheme=proxy.scheme, host=proxy.host, port=proxy.port, target="/")
        if proxy.scheme.startswith("socks"):
            self._pool = httpcore.AsyncSOCKSProxy(proxy_url=url, proxy_auth=auth, **common)
        else:
            if proxy.scheme == "https":
                common["proxy_ssl_context"] = ssl_context or make_ssl_context(True)
            self._pool = httpcore.AsyncHTTPProxy(proxy_url=url, proxy_auth=auth, **common)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        url = request.url
        answer = await self._pool.handle_async_request(
            httpcore.Request(
                method=request.method,
                url=httpcore.URL(
                    scheme=url.raw_scheme, host=url.raw_host, port=url.port, target=url.raw_path
                ),
                headers=request.headers.raw,
                content=request.stream,
                extensions=request.extensions,
            )
        )
        return httpx.Response(
            answer.status, headers=answer.headers, stream=_Body(answer.stream), extensions=answer.extensions
        )

    async def aclose(self) -> None:
        await self._pool.aclose()


def make_ssl_context(verify: bool) -> ssl.SSLContext:
    """The context that https needs, with SSL_CERT_FILE and SSL_CERT_DIR. Raises FetchError of kind
    `config` when those name nothing usable."""
    try:
        context = httpx.create_ssl_context(verify=verify)
    except (OSError, ValueError):
        raise FetchError(
            "config", _("No certificates can be read; check or unset SSL_CERT_FILE and SSL_CERT_DIR")
        ) from None
    context.set_alpn_protocols(["http/1.1"])
    return context
