"""The fetcher: one URL to one answer, within limits of time and size, many at once."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import replace
from types import TracebackType
from typing import TYPE_CHECKING, Final, Self

from tui_news import __version__
from tui_news.fetch.answer import read_answer
from tui_news.fetch.body import ACCEPT_ENCODING
from tui_news.fetch.errors import FetchError, transport_error
from tui_news.fetch.resolve import Resolver, is_private_text, names_private_host
from tui_news.fetch.response import Response, validator
from tui_news.fetch.slots import Slots
from tui_news.fetch.trip import Limits, Redirect, Trip, basic, follow, parse, shown
from tui_news.i18n import _

if TYPE_CHECKING:
    import httpx

    from tui_news.fetch.proxies import Proxies, Proxy

USER_AGENT: Final = f"tui-news/{__version__} (+https://github.com/tui-news/tui-news)"
ACCEPT: Final = (
    "application/atom+xml, application/rss+xml, application/feed+json, application/xml;q=0.9, "
    "text/xml;q=0.9, text/html;q=0.8, */*;q=0.5"
)
MAX_ANSWER: Final = 200_000
"""Bytes of the answer to what was sent."""


class Fetcher:
    """Fetches over HTTP, many at once: `async with Fetcher() as fetcher: await fetcher.get(url)`.

    At most `jobs` requests run at once and `per_host` of them to one host; those that take long make
    room for others (`fetch.slots`). Times are in seconds, sizes in bytes. `deadline` is for all of a
    fetch, name look-up and redirects included; waiting for a turn does not count. There are no cookies.
    `userinfo` gives the name and password (as they stand in an address) for a URL whose address holds none;
    they go to that URL's own host alone. `trusted` says of which URLs the certificate is not checked.
    `transport` replaces the network, for tests.
    """

    def __init__(
        self,
        *,
        user_agent: str = USER_AGENT,
        jobs: int = 16,
        per_host: int = 2,
        connect_timeout: float = 10,
        read_timeout: float = 20,
        deadline: float = 30,
        max_received: int = 10_000_000,
        max_decoded: int = 50_000_000,
        max_redirects: int = 8,
        max_header_bytes: int = 65_536,
        transport: httpx.AsyncBaseTransport | None = None,
        proxies: dict[str, str] | None = None,
        userinfo: Callable[[str], bytes] | None = None,
        trusted: Callable[[str], bool] | None = None,
    ) -> None:
        self.limits = Limits(
            connect_timeout,
            read_timeout,
            deadline,
            max_received,
            max_decoded,
            max_redirects,
            max_header_bytes,
        )
        self._user_agent = user_agent
        self._jobs = jobs
        self._per_host = per_host
        self._given = transport
        self._proxy_settings = proxies
        self._userinfo = userinfo
        self._trusted = trusted
        self._transports: dict[tuple[bool, bool, bool, Proxy | None], httpx.AsyncBaseTransport] = {}
        self._entered = False

    async def __aenter__(self) -> Self:
        from tui_news.fetch import late
        from tui_news.fetch.proxies import Proxies

        late.load()  # here rather than within the first request's deadline

        self._slots = Slots(self._jobs, self._per_host)
        self._resolver = Resolver()
        self._proxies: Proxies = Proxies(self._proxy_settings)
        self._secure = asyncio.Lock()
        self._entered = True
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._entered = False
        transports, self._transports = list(self._transports.values()), {}
        for transport in transports:
            await transport.aclose()

    async def get(
        self,
        url: str,
        *,
        etag: str = "",
        last_modified: str = "",
        accept: str = ACCEPT,
        allow_private: bool = True,
        verify: bool = True,
        deadline: float | None = None,
        max_received: int | None = None,
        max_decoded: int | None = None,
        gate: Callable[[], Awaitable[None]] | None = None,
    ) -> Response:
        """Fetch a URL. Raises FetchError, and nothing else, for whatever the world does.

        `etag` and `last_modified` make the request conditional; the answer may then be `not_modified`.
        `allow_private` says that the reader gave this URL, so that it may be on a private network; from
        the open web no redirect leads there in any case. `verify` off takes any certificate. `gate` is
        waited for when the turn has come, outside the deadline: whoever takes the answers can hold it up.
        """
        if not self._entered:
            raise RuntimeError("the fetcher is not open; use `async with`")
        limits = replace(
            self.limits,
            deadline=self.limits.deadline if deadline is None else deadline,
            max_received=self.limits.max_received if max_received is None else max_received,
            max_decoded=self.limits.max_decoded if max_decoded is None else max_decoded,
        )
        start, userinfo = parse(url)
        apart = b"" if userinfo or self._userinfo is None else self._userinfo(str(start))
        trip = Trip(
            start,
            start,
            userinfo,
            validator(etag),
            validator(last_modified),
            accept,
            allow_private,
            verify,
            limits,
        )
        trip.userinfo, trip.apart = userinfo or apart, bool(apart)
        try:
            return await self._travel(trip, gate)
        except FetchError as error:
            error.url = error.url or str(trip.origin)
            error.latency = error.latency or trip.spent
            error.received = error.received or trip.received
            raise

    async def send(
        self, url: str, payload: bytes, content_type: str, *, accept: str = ACCEPT, allow_private: bool = True
    ) -> Response:
        """Send something (POST), once: nothing is sent again, neither after a failure nor to where a redirect
        leads. Any answer is a Response, also one that refuses. Raises FetchError, as `get` does.

        No credentials go along, and no headers but those of `send_head`.
        """
        if not self._entered:
            raise RuntimeError("the fetcher is not open; use `async with`")
        start, _user = parse(url)
        limits = replace(self.limits, max_received=MAX_ANSWER, max_decoded=2 * MAX_ANSWER)
        trip = Trip(
            start, start, b"", "", "", accept, allow_private, True, limits,
            payload=payload, content_type=content_type,
        )  # fmt: skip
        return await self._travel(trip, None)

    async def leads_inside(self, url: str) -> bool:
        """Whether a URL's host is on a private network, by its name or by the addresses that it has now.
        False for a host that is not found; behind a proxy, which does the looking up, the name decides."""
        try:
            target, _user = parse(url)
            host = target.raw_host.decode("ascii", "replace")
            port = target.port or (443 if target.scheme == "https" else 80)
            if names_private_host(host) or self._proxies.find(target.scheme, host, port) is not None:
                return names_private_host(host)
            found = await self._resolver.resolve(host, port, self.limits.connect_timeout)
        except FetchError:
            return False
        return any(is_private_text(address.ip) for address in found)

    def send_head(self, content_type: str, accept: str = ACCEPT) -> list[tuple[str, str]]:
        """The headers that `send` sends, besides Host and Content-Length."""
        return [
            ("User-Agent", self._user_agent), ("Accept", accept), ("Accept-Encoding", ACCEPT_ENCODING),
            ("Content-Type", content_type),
        ]  # fmt: skip

    async def _travel(self, trip: Trip, gate: Callable[[], Awaitable[None]] | None) -> Response:
        loop = asyncio.get_running_loop()
        for _hop in range(trip.limits.max_redirects + 1):
            trip.seen.add(str(trip.url))
            async with self._slots.place(shown(trip.url)):
                if gate is not None:
                    await gate()
                begun = loop.time()
                try:
                    async with asyncio.timeout(max(0.0, trip.limits.deadline - trip.spent)):
                        outcome = await self._hop(trip)
                except TimeoutError:
                    raise FetchError(
                        "deadline",
                        _(
                            "{host} did not finish in {seconds} s; it is tried again later",
                            host=trip.host,
                            seconds=f"{trip.limits.deadline:g}",
                        ),
                    ) from None
                finally:
                    trip.spent += loop.time() - begun
            if isinstance(outcome, Response):
                return replace(outcome, latency=trip.spent)
            if trip.payload is not None:
                raise FetchError(
                    "redirects",
                    _("{host} wants it sent to another address; nothing was sent there", host=trip.host),
                )
            follow(trip, outcome)
        raise FetchError(
            "redirects",
            _(
                "{origin} redirects more than {count} times; check the address",
                origin=shown(trip.origin),
                count=trip.limits.max_redirects,
            ),
        )

    async def _hop(self, trip: Trip) -> Response | Redirect:
        """One request and its answer."""
        import httpx

        url = trip.url
        host = url.raw_host.decode("ascii", "replace")
        port = url.port or (443 if url.scheme == "https" else 80)
        proxy = None if self._given else self._proxies.find(url.scheme, host, port)
        allow_private = trip.allow_private and not trip.was_public
        if not allow_private and names_private_host(host):
            raise FetchError(
                "private",
                _(
                    "{host} is on a private network, where a page of the open web may not lead",
                    host=trip.host,
                ),
            )
        transport = await self._transport(url.scheme == "https", allow_private, self._checks(trip), proxy)
        headers = [
            ("User-Agent", self._user_agent), ("Accept", trip.accept), ("Accept-Encoding", ACCEPT_ENCODING),
        ]  # fmt: skip
        conditional = False
        if trip.payload is not None:
            headers = self.send_head(trip.content_type, trip.accept)
        elif trip.at_home:
            if trip.userinfo:
                headers.append(("Authorization", basic(trip.userinfo)))
            if trip.etag:
                headers.append(("If-None-Match", trip.etag))
            if trip.last_modified:
                headers.append(("If-Modified-Since", trip.last_modified))
            conditional = bool(trip.etag or trip.last_modified)
        limits = trip.limits
        times = {
            "connect": limits.connect_timeout, "read": limits.read_timeout, "write": limits.read_timeout,
            "pool": limits.connect_timeout,
        }  # fmt: skip
        try:
            method = "GET" if trip.payload is None else "POST"
            request = httpx.Request(
                method, url, headers=headers, content=trip.payload, extensions={"timeout": times}
            )
            response = await self._send(transport, request, 1 if trip.payload is not None else 3)
            try:
                return await read_answer(trip, response, conditional, proxied=proxy is not None)
            finally:
                await response.aclose()
        except FetchError as error:
            if proxy is not None and error.kind == "dns":
                raise FetchError(
                    "proxy", _("The proxy is not found; check HTTP_PROXY. {message}", message=error.message)
                ) from None
            raise
        except TimeoutError:
            raise
        except Exception as error:  # Whatever the line's libraries raise is a fact about this host.
            raise transport_error(error, trip.host, f"{proxy.host}:{proxy.port}" if proxy else "") from error

    def _checks(self, trip: Trip) -> bool:
        """Whether the certificate of the present host is checked."""
        return trip.verify and not (self._trusted is not None and self._trusted(str(trip.url)))

    @staticmethod
    async def _send(
        transport: httpx.AsyncBaseTransport, request: httpx.Request, tries: int
    ) -> httpx.Response:
        """Send a request; once more when it met a kept connection that the server had just closed."""
        from tui_news.fetch.dial import dialled

        for attempt in range(1, tries + 1):
            opened: list[str] = []
            token = dialled.set(opened)
            try:
                return await transport.handle_async_request(request)
            except Exception as error:
                stale = type(error).__name__ in ("RemoteProtocolError", "ReadError", "WriteError")
                if opened or not stale or attempt == tries:
                    raise
            finally:
                dialled.reset(token)
        raise AssertionError("unreachable")

    async def _transport(
        self, secure: bool, allow_private: bool, verify: bool, proxy: Proxy | None
    ) -> httpx.AsyncBaseTransport:
        """The pool of connections for such a request; each has its own, so that what was opened under one
        rule is never used under another."""
        if self._given is not None:
            return self._given
        key = (secure, allow_private, verify, proxy)
        transport = self._transports.get(key)
        if transport is None:
            from tui_news.fetch.wire import Transport, make_ssl_context

            async with self._secure:
                transport = self._transports.get(key)
                if transport is None:
                    # Reading the certificates takes some 20 ms, and plain http has no need of them.
                    context = await asyncio.to_thread(make_ssl_context, verify) if secure else None
                    transport = self._transports[key] = Transport(
                        self._resolver, allow_private=allow_private, ssl_context=context, proxy=proxy
                    )
        return transport
