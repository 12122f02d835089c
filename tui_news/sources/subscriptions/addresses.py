"""Addresses of sources: which are accepted, and when two of them are one and the same."""

from __future__ import annotations

from tui_news.text.clean import URL_LIMIT, clean_url, is_web_url

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any, Final

_PORTS: Final = {"http": 80, "https": 443}
_HOST: Final = "abcdefghijklmnopqrstuvwxyz0123456789.-"
_PATH: Final = _HOST + _HOST.upper() + "/_~!$&'()*+,;=:"


def _plain(url: str) -> str:
    """Host and path of nearly every address, one without port, password, query, fragment and escapes; ''
    for any other. Taking a list of 100 sources apart with `urlsplit` is a tenth of the time of `tui-news
    headlines`."""
    scheme, _, rest = url.partition("://")
    host, slash, path = rest.partition("/")
    if (
        scheme not in ("http", "https")
        or host[:1] in ("", ".", "-")
        or host.strip(_HOST)
        or path.strip(_PATH)
    ):
        return ""
    return host + slash + path


def web_url(value: Any) -> str:
    """The address cleaned when it is an http or https one with a host, else ''."""
    if not isinstance(value, str) or len(value) > 5_000:
        return ""
    if value.isascii() and len(value) <= URL_LIMIT and _plain(value):
        return value
    url = clean_url(value)
    return url if url and is_web_url(url) and _port_is_right(url) else ""


def _port_is_right(url: str) -> bool:
    from urllib.parse import urlsplit

    try:
        return urlsplit(url).port != 0
    except ValueError:
        return False


def has_credentials(url: str) -> bool:
    """True for `user:pass@` in an address."""
    if "@" not in url:
        return False
    from urllib.parse import urlsplit

    return "@" in urlsplit(url).netloc


def canonical_url(url: str) -> str:
    """The spelling under which equal addresses are found; for comparing only, never for fetching.

    Scheme (http and https serve one feed), case of the host, default port, a final slash, the fragment
    and the case of percent escapes make no difference (RFC 3986, 6.2.2 and 6.2.3).
    """
    if plain := _plain(url):
        return plain.rstrip("/")
    import re
    from urllib.parse import urlsplit

    try:
        parts = urlsplit(url.strip())
        port = parts.port
        host = parts.hostname or ""
    except ValueError:
        return url
    if port and port != _PORTS.get(parts.scheme):
        host += f":{port}"
    user = parts.netloc.rpartition("@")[0]
    path = re.sub(r"%[0-9a-fA-F]{2}", lambda match: match[0].upper(), parts.path).rstrip("/")
    query = f"?{parts.query}" if parts.query else ""
    return f"{user}@{host}{path}{query}" if user else f"{host}{path}{query}"
