"""Names to addresses, in threads that nothing ever waits for, and which addresses count as private."""

from __future__ import annotations

import asyncio
import contextlib
import socket
import threading
import time
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, ip_address, ip_network
from typing import Any, Final

from tui_news.fetch.errors import FetchError
from tui_news.i18n import _

_KEEP: Final = 30.0
"""Seconds that a name's addresses are remembered: a refresh asks once for the many feeds of a host."""
_MOST_THREADS: Final = 32
_NAT64 = ip_network("64:ff9b::/96")
# Set aside for benchmarks (RFC 2544) and in fact what many a VPN client answers for every public name.
_STAND_IN = ip_network("198.18.0.0/15")


@dataclass(frozen=True, slots=True)
class Address:
    """Where to connect to: what `socket.connect` takes, and the address itself."""

    family: int
    sockaddr: tuple[Any, ...]

    @property
    def ip(self) -> str:
        return str(self.sockaddr[0])


def parse_ip(text: str) -> IPv4Address | IPv6Address | None:
    """An address written as one, in any of the forms that the system's resolver takes (`127.1`, `0x7f.1`,
    `2130706433`), or None for a name."""
    text = text.strip("[]").split("%", 1)[0]
    try:
        return ip_address(text)
    except ValueError:
        pass
    if text[:1].isdigit():
        try:
            return IPv4Address(socket.inet_aton(text))
        except (OSError, ValueError):
            pass
    return None


def is_private(ip: IPv4Address | IPv6Address) -> bool:
    """True for loopback, link-local, private, shared, multicast and reserved addresses, also when they
    are wrapped in an IPv6 one (mapped, compatible, NAT64, 6to4, Teredo)."""
    if isinstance(ip, IPv6Address):
        low = int(ip) & 0xFFFFFFFF
        if ip.ipv4_mapped is not None:
            return is_private(ip.ipv4_mapped)
        if ip.sixtofour is not None:
            return is_private(ip.sixtofour)
        if ip.teredo is not None:
            return is_private(ip.teredo[1])
        if ip in _NAT64 or int(ip) >> 32 == 0:
            return is_private(IPv4Address(low))
        return not ip.is_global or ip.is_multicast
    if ip in _STAND_IN:
        return False
    return not ip.is_global or ip.is_multicast


def is_private_text(text: str) -> bool:
    """`is_private` for an address as text; True also for what is no address, for nothing is known of it."""
    ip = parse_ip(text)
    return ip is None or is_private(ip)


def names_private_host(host: str) -> bool:
    """Whether a URL's host says by itself that it is not on the open web: a private address or localhost."""
    ip = parse_ip(host)
    if ip is not None:
        return is_private(ip)
    name = host.rstrip(".").lower()
    return name == "localhost" or name.endswith(".localhost")


class Resolver:
    """Looks names up with the system's `getaddrinfo`, each in a daemon thread of its own.

    A look-up that hangs cannot be cancelled; here it costs a thread that dies with the process, and the
    one who asked goes on at the deadline. The event loop's own executor would be joined on quitting.
    """

    def __init__(self) -> None:
        self._known: dict[tuple[str, int], tuple[float, list[Address]]] = {}
        self._asked: dict[tuple[str, int], asyncio.Future[list[Address]]] = {}
        self._threads = asyncio.Semaphore(_MOST_THREADS)

    async def resolve(self, host: str, port: int, within: float | None) -> list[Address]:
        """Addresses of a host, best first. Raises FetchError of kind `dns`; `within` in seconds."""
        ip = parse_ip(host)
        if ip is not None and "%" not in host:
            family = socket.AF_INET if ip.version == 4 else socket.AF_INET6
            return [Address(family, (str(ip), port) if ip.version == 4 else (str(ip), port, 0, 0))]
        key = (host, port)
        kept = self._known.get(key)
        if kept is not None and kept[0] > time.monotonic():
            return kept[1]
        try:
            async with asyncio.timeout(within):
                answer = self._asked.get(key)
                if answer is None:
                    async with self._threads:
                        answer = self._asked.get(key) or self._ask(key)
                        return await asyncio.shield(answer)
                return await asyncio.shield(answer)
        except TimeoutError:
            raise FetchError(
                "dns", _("The name {host} could not be looked up in time; check the connection", host=host)
            ) from None
        except OSError as error:
            if isinstance(error, socket.gaierror) and error.errno == socket.EAI_AGAIN:
                advice = _("The name {host} cannot be looked up now; check the connection", host=host)
            else:
                advice = _("The name {host} is not known; check the address or the connection", host=host)
            raise FetchError("dns", advice) from None
        except UnicodeError:
            raise FetchError("dns", _("{host} is no host name; check the address", host=host)) from None

    def _ask(self, key: tuple[str, int]) -> asyncio.Future[list[Address]]:
        loop = asyncio.get_running_loop()
        future: asyncio.Future[list[Address]] = loop.create_future()
        self._asked[key] = future

        def settle(found: list[Address] | None, error: Exception | None) -> None:
            self._asked.pop(key, None)
            if found is not None:
                if len(self._known) > 1_000:
                    self._known.clear()
                self._known[key] = (time.monotonic() + _KEEP, found)
            if not future.done():
                if error is None:
                    future.set_result(found or [])
                else:
                    future.set_exception(error)
                    future.exception()  # The one who asked may be gone; that is no news to log.

        def work() -> None:
            found: list[Address] | None = None
            failed: Exception | None = None
            try:
                found = _look_up(*key)
            except Exception as error:  # The thread hands everything over to the one who asked.
                failed = error
            with contextlib.suppress(RuntimeError):  # The loop has ended meanwhile.
                loop.call_soon_threadsafe(settle, found, failed)

        threading.Thread(target=work, name=f"look-up {key[0]}", daemon=True).start()
        return future


def _look_up(host: str, port: int) -> list[Address]:
    """The system's answer, each address once, the families taking turns (RFC 8305)."""
    by_family: dict[int, list[Address]] = {}
    for family, _type, _proto, _name, sockaddr in socket.getaddrinfo(host, port, type=socket.SOCK_STREAM):
        if family in (socket.AF_INET, socket.AF_INET6):
            address = Address(int(family), tuple(sockaddr))
            known = by_family.setdefault(int(family), [])
            if address not in known:
                known.append(address)
    turns = list(by_family.values())
    mixed: list[Address] = []
    for index in range(max(map(len, turns), default=0)):
        mixed.extend(family[index] for family in turns if index < len(family))
    if not mixed:
        raise OSError("no addresses")
    return mixed
