"""Which proxy a URL goes through, by HTTP_PROXY, HTTPS_PROXY, ALL_PROXY and NO_PROXY."""

from __future__ import annotations

import importlib.util
from dataclasses import dataclass
from ipaddress import ip_network
from urllib.parse import unquote, urlsplit

from tui_news.fetch.errors import FetchError
from tui_news.fetch.resolve import parse_ip
from tui_news.i18n import _


@dataclass(frozen=True, slots=True)
class Proxy:
    """A proxy in its parts; `scheme` is http, https, socks5 or socks5h."""

    scheme: str
    host: str
    port: int
    user: str = ""
    password: str = ""

    def __repr__(self) -> str:  # The password must not turn up in a log.
        return f"Proxy({self.scheme}://{self.host}:{self.port})"


class Proxies:
    """The environment's proxies. Nothing is judged before a URL needs it, so a wrong setting harms only
    what it is for."""

    def __init__(self, settings: dict[str, str] | None = None) -> None:
        """`settings` by scheme, as `urllib.request.getproxies` gives them; by default just that."""
        if settings is None:
            from urllib.request import getproxies

            settings = getproxies()
        self._settings = {key.lower(): value for key, value in settings.items()}
        self._exceptions = [
            entry
            for part in self._settings.get("no", "").replace(",", " ").split()
            if (entry := part.strip())
        ]
        self._parsed: dict[str, Proxy] = {}

    def find(self, scheme: str, host: str, port: int) -> Proxy | None:
        """The proxy for a host, None to connect directly. Raises FetchError of kind `config`."""
        for name in (scheme, "all"):
            if value := self._settings.get(name, "").strip():
                if self._is_exception(host.lower().rstrip("."), port):
                    return None
                if name not in self._parsed:
                    self._parsed[name] = _parse(value, f"{name.upper()}_PROXY")
                return self._parsed[name]
        return None

    def _is_exception(self, host: str, port: int) -> bool:
        ip = parse_ip(host)
        for entry in self._exceptions:
            if entry == "*":
                return True
            name = entry.lower()
            if ip is not None:
                try:
                    if ip in ip_network(name.strip("[]"), strict=False):
                        return True
                except ValueError:
                    pass
            bare, colon, number = name.rpartition(":")
            if colon and number.isdigit() and (bare.count(":") == 0 or bare.endswith("]")):
                if int(number[:6]) != port:
                    continue
                name = bare
            name = name.strip("[]").removeprefix("*").strip(".")
            if name and (host.strip("[]") == name or host.endswith("." + name)):
                return True
        return False


def _parse(value: str, variable: str) -> Proxy:
    """A proxy's address from a variable of the environment, whose value is never shown: it may hold a
    password."""
    if "://" not in value:
        value = "http://" + value
    try:
        parts = urlsplit(value)
        scheme, host = parts.scheme.lower(), parts.hostname or ""
        port = parts.port or {"https": 443, "socks5": 1080, "socks5h": 1080}.get(scheme, 80)
        if not host.isascii() or not host.isprintable() or " " in host:
            host = ""
    except ValueError:
        host = ""
        scheme = "http"
    if scheme not in ("http", "https", "socks5", "socks5h"):
        kind = scheme if scheme.isalnum() and len(scheme) < 16 else "of another kind"
        raise FetchError(
            "config",
            _(
                "{variable} names a proxy that is {kind}; use http://, https:// or socks5://, or unset it",
                variable=variable,
                kind=kind,
            ),
        )
    if not host:
        raise FetchError(
            "config",
            _("{variable} is no proxy address; write http://host:port or unset it", variable=variable),
        )
    if scheme.startswith("socks") and importlib.util.find_spec("socksio") is None:
        raise FetchError(
            "config",
            _(
                "{variable} names a SOCKS proxy, which needs the package socksio; install httpx[socks]",
                variable=variable,
            ),
        )
    return Proxy(scheme, host, port, unquote(parts.username or ""), unquote(parts.password or ""))
