"""The one exception that the fetcher raises: a kind for the program, one plain line for the reader."""

from __future__ import annotations

from typing import Final, Literal

from tui_news.i18n import _, mark
from tui_news.text.clean import clean_line

Kind = Literal[
    "dns", "connect", "tls", "timeout", "deadline", "too_big", "redirects", "scheme", "headers", "http",
    "gone", "rate", "encoding", "private", "short_body", "proxy", "config", "content", "other",
]  # fmt: skip

_STATUS_ADVICE: Final[dict[int, str]] = {
    400: mark("did not understand the request; check the address"),
    401: mark("asks for a name and a password; give this source its credentials"),
    402: mark("asks for payment; sign in on the site to get an address of your own"),
    403: mark("refuses access; see in a browser whether the address is public"),
    404: mark("has nothing at this address; look for the feed's new one on the site"),
    406: mark("has no form of this page that can be read here; check the address"),
    407: mark("is behind a proxy that asks for a password; check HTTP_PROXY and HTTPS_PROXY"),
    408: mark("gave up waiting; it is tried again later"),
    410: mark("says the feed is gone for good; it is not asked again until you resume it"),
    429: mark("asks for fewer requests; it is left alone until it wants to be asked again"),
    451: mark("withholds this for legal reasons"),
    500: mark("had a fault of its own; it is tried again later"),
    502: mark("cannot reach the server behind it; it is tried again later"),
    503: mark("is out of service for now; it is tried again later"),
    504: mark("had no answer from the server behind it; it is tried again later"),
    511: mark("is hidden by a network that wants you to sign in; open any page in a browser first"),
}


class FetchError(Exception):
    """Fetching failed. `message` is one clean line that names the host and the next step.

    `status` is the HTTP status (0: there was no answer), `retry_after` the seconds that the server asked
    for, `url` the address without credentials, `latency` the seconds spent, `received` the body's bytes.
    """

    def __init__(
        self,
        kind: Kind,
        message: str,
        status: int = 0,
        retry_after: float | None = None,
        url: str = "",
        *,
        latency: float = 0.0,
        received: int = 0,
    ) -> None:
        self.kind: Kind = kind
        self.message = clean_line(message, 500)
        self.status = status
        self.retry_after = retry_after
        self.url = url
        self.latency = latency
        self.received = received
        super().__init__(self.message)


def status_error(host: str, status: int, retry_after: float | None) -> FetchError:
    """The error for an answer that is no page: any 4xx or 5xx, or a status that means nothing here."""
    kind: Kind = "http"
    if status == 410:
        kind = "gone"
    elif status == 407:
        kind = "proxy"
    elif status == 429 or (status == 503 and retry_after is not None):
        kind = "rate"
    if advice := _STATUS_ADVICE.get(status):
        pass
    elif status >= 500:
        advice = mark("had a fault of its own; it is tried again later")
    elif status >= 400:
        advice = mark("refused the request; check the address")
    else:
        advice = mark("gave an answer that has no meaning here; check the address")
    told = _("{host} {advice} (HTTP {status})", host=host, advice=_(advice), status=status)
    return FetchError(kind, told, status, retry_after)


def transport_error(error: Exception, host: str, proxy: str = "") -> FetchError:
    """The error for what httpx, httpcore or a socket raised. `proxy` is the proxy's host when there is one.

    httpx and httpcore name their exceptions alike, so the name is what counts.
    """
    names = {cls.__name__ for cls in type(error).__mro__}
    cause = error.__cause__ or error.__context__
    detail = str(error)
    if "ProxyError" in names:
        return FetchError(
            "proxy",
            _(
                "The proxy {proxy} refused to reach {host} ({detail}); check its settings",
                proxy=proxy,
                host=host,
                detail=detail,
            ),
        )
    if names & {"ConnectTimeout", "PoolTimeout"}:
        if proxy:
            return FetchError(
                "proxy", _("The proxy {proxy} did not answer; check HTTP_PROXY and HTTPS_PROXY", proxy=proxy)
            )
        return FetchError("connect", _("{host} did not answer the call; it is tried again later", host=host))
    if names & {"ReadTimeout", "WriteTimeout", "TimeoutException", "TimeoutError"}:
        return FetchError("timeout", _("{host} stopped sending; it is tried again later", host=host))
    if "ConnectError" in names:
        if proxy:
            return FetchError(
                "proxy",
                _("The proxy {proxy} cannot be reached; check HTTP_PROXY and HTTPS_PROXY", proxy=proxy),
            )
        return FetchError(
            "connect", _("{host} cannot be reached; check the address or the connection", host=host)
        )
    if "RemoteProtocolError" in names:
        if getattr(cause, "error_status_hint", 0) == 431 or "too long" in detail:
            return FetchError(
                "headers", _("{host} sent headers that are too long; they are not read", host=host)
            )
        if "complete message body" in detail or "incomplete chunked" in detail:
            return FetchError(
                "short_body", _("{host} broke off in the middle; it is tried again later", host=host)
            )
        if "without sending" in detail:
            return FetchError(
                "connect", _("{host} hung up without an answer; it is tried again later", host=host)
            )
        return FetchError(
            "other", _("{host} does not speak HTTP properly; check the address and port", host=host)
        )
    if names & {"ReadError", "WriteError", "CloseError", "NetworkError"} or isinstance(error, OSError):
        return FetchError(
            "short_body", _("The connection to {host} broke; it is tried again later", host=host)
        )
    if "UnsupportedProtocol" in names:
        return FetchError(
            "scheme", _("{host} cannot be asked this way; only http and https addresses are", host=host)
        )
    if names & {"LocalProtocolError", "InvalidURL", "UnicodeError"}:  # idna's errors are UnicodeErrors
        return FetchError("other", _("The request to {host} cannot be made; check the address", host=host))
    return FetchError(
        "other",
        _("Fetching from {host} failed ({name}); please report this", host=host, name=type(error).__name__),
    )
