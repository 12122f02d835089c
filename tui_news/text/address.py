"""Addresses as they are shown: the host that is really asked, in ASCII; and which hosts are one site."""

from __future__ import annotations

import unicodedata
from urllib.parse import urlsplit


def ascii_host(host: str) -> str:
    """A host in its ASCII form (RFC 3492): letters of another script that look like Latin ones do not there.

    What has no such form is shown by its code points.
    """
    if host.isascii():
        return host.lower()
    labels: list[str] = []
    for label in unicodedata.normalize("NFKC", host).casefold().split("."):
        if label.isascii():
            labels.append(label)
            continue
        try:
            labels.append("xn--" + label.encode("punycode").decode("ascii"))
        except UnicodeError:
            labels.append("".join(c if c.isascii() else f"u{ord(c):x}" for c in label))
    return ".".join(labels)


def host_of(url: str) -> str:
    """The host of a URL in ASCII, without name and password; '' when it has none."""
    try:
        return ascii_host(urlsplit(url).hostname or "")
    except ValueError:
        return ""


def shown_url(url: str) -> str:
    """A URL as it is shown before something opens it: its host in ASCII, no name and no password."""
    try:
        parts = urlsplit(url)
        host, port = ascii_host(parts.hostname or ""), parts.port
    except ValueError:
        return _nameless(url)
    if not host:
        return _nameless(url)
    if ":" in host:
        host = f"[{host}]"
    return parts._replace(netloc=host if port is None else f"{host}:{port}").geturl()


def _nameless(text: str) -> str:
    """What cannot be read as an address, without what would be a name and a password in one."""
    scheme, slashes, rest = text.partition("//")
    host, slash, path = rest.partition("/")
    return f"{scheme}{slashes}{host.rpartition('@')[2]}{slash}{path}"


def same_site(one: str, other: str) -> bool:
    """Whether two URLs are of one host, or one host lies below the other (`www.` or `news.`)."""
    first, second = (host_of(url).removeprefix("www.") for url in (one, other))
    if not first or not second:
        return False
    return first == second or first.endswith("." + second) or second.endswith("." + first)
