"""One fetch on its way: its URL, its credentials, what it may cost, and where a redirect takes it."""

from __future__ import annotations

import base64
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from tui_news.fetch.errors import FetchError
from tui_news.i18n import _

if TYPE_CHECKING:
    import httpx


@dataclass(frozen=True, slots=True)
class Limits:
    """What one fetch may cost: seconds, bytes, hops."""

    connect_timeout: float = 10.0
    read_timeout: float = 20.0
    deadline: float = 30.0
    max_received: int = 10_000_000
    max_decoded: int = 50_000_000
    max_redirects: int = 8
    max_header_bytes: int = 65_536


@dataclass(slots=True)
class Trip:
    """One `get` on its way over redirects."""

    origin: httpx.URL
    url: httpx.URL
    userinfo: bytes
    """Name and password for the origin alone."""
    etag: str
    last_modified: str
    accept: str
    allow_private: bool
    verify: bool
    limits: Limits
    spent: float = 0.0
    received: int = 0
    apart: bool = False
    """The password did not come in the address, and must not get into one."""
    was_public: bool = False
    """A hop was on the open web: from there on, nothing may lead into a private network."""
    permanent: bool = True
    moved: str = ""
    seen: set[str] = field(default_factory=set)
    payload: bytes | None = None
    """What is sent; None asks only (GET)."""
    content_type: str = ""

    @property
    def at_home(self) -> bool:
        """Whether the reader's own secrets may be told to the present host (RFC 9110, 15.4)."""
        here, home = self.url, self.origin
        if here.raw_host != home.raw_host:
            return False
        if (here.scheme, here.port) == (home.scheme, home.port):
            return True
        upgraded = home.scheme == "http" and here.scheme == "https"
        return upgraded and home.port is None and here.port is None

    @property
    def host(self) -> str:
        return shown(self.url)


@dataclass(frozen=True, slots=True)
class Redirect:
    location: str
    permanent: bool


def shown(url: httpx.URL) -> str:
    """A URL's host and port as messages name them and turns are counted by."""
    host = url.raw_host.decode("ascii", "replace")
    if len(host) > 80:
        host = host[:79] + "…"
    if ":" in host:
        host = f"[{host}]"
    return host if url.port is None else f"{host}:{url.port}"


def follow(trip: Trip, redirect: Redirect) -> None:
    """Set out for where a redirect leads, leaving secrets behind. Raises FetchError."""
    host = trip.host
    try:
        target = _strip(trip.url.join(redirect.location))
    except Exception:  # httpx.InvalidURL, and what urljoin and idna make of nonsense
        raise FetchError(
            "redirects", _("{host} redirects to what is no address; look at it in a browser", host=host)
        ) from None
    if target.scheme not in ("http", "https") or not target.raw_host:
        scheme = target.scheme or "nothing"
        raise FetchError(
            "scheme",
            _(
                "{host} redirects to a {scheme}: address; only http and https are followed",
                host=host,
                scheme=scheme,
            ),
        )
    if str(target) in trip.seen:
        raise FetchError("redirects", _("{host} redirects in a circle; look at it in a browser", host=host))
    trip.url = target
    trip.permanent = trip.permanent and redirect.permanent
    if trip.permanent:
        keep = trip.userinfo and trip.at_home and not trip.apart
        trip.moved = str(target.copy_with(userinfo=trip.userinfo) if keep else target)


def parse(text: str) -> tuple[httpx.URL, bytes]:
    """A URL without its credentials and fragment, and the credentials. Raises FetchError."""
    import httpx

    try:
        url = httpx.URL(text.strip())
        userinfo = url.userinfo
        stripped = _strip(url)
    except (httpx.InvalidURL, ValueError, TypeError):
        raise FetchError(
            "scheme", _("This is no address that can be fetched; check how it is written")
        ) from None
    if stripped.scheme not in ("http", "https"):
        raise FetchError(
            "scheme",
            _(
                "Only http and https addresses are fetched, not {scheme} ones",
                scheme=stripped.scheme or "nameless",
            ),
        )
    if not stripped.raw_host:
        raise FetchError("scheme", _("This address has no host; check how it is written"))
    return stripped, userinfo


def _strip(url: httpx.URL) -> httpx.URL:
    """A URL without its credentials and fragment. Raises ValueError on a port that no host has."""
    if (url.port or 1) > 65_535:
        raise ValueError("no such port")
    if url.userinfo:
        url = url.copy_with(userinfo=b"")
    if url.fragment:
        url = url.copy_with(fragment=None)
    return url


def basic(userinfo: bytes) -> str:
    """The Authorization header for a URL's `user:password` (RFC 7617)."""
    from urllib.parse import unquote_to_bytes

    user, _, password = userinfo.partition(b":")
    return "Basic " + base64.b64encode(unquote_to_bytes(user) + b":" + unquote_to_bytes(password)).decode()


def location_text(value: bytes) -> str:
    """A Location header as text; bytes that are no UTF-8 (an old site's own charset) percent-encoded."""
    try:
        return value.decode("utf-8")
    except UnicodeDecodeError:
        return "".join(chr(byte) if byte < 128 else f"%{byte:02X}" for byte in value)
