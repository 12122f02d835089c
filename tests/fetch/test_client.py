"""One fetch and its outcome, over real sockets: answers, validators, redirects, secrets."""

from __future__ import annotations

import asyncio
import base64
import socket
import subprocess
import sys

import pytest

from tests.fetch.server import Request, answer, serving
from tui_news.fetch import Fetcher, FetchError, Response

FEED = b"<rss version='2.0'><channel><title>Harbour</title></channel></rss>"


async def get(url: str, **options: object) -> Response:
    async with Fetcher() as fetcher:
        return await fetcher.get(url, **options)  # type: ignore[arg-type]


async def fail(url: str, **options: object) -> FetchError:
    with pytest.raises(FetchError) as caught:
        await get(url, **options)
    error = caught.value
    assert "\n" not in error.message
    assert error.message == str(error)
    return error


async def test_an_answer() -> None:
    headers = ("Content-Type: Application/RSS+XML; Charset=\"GB2312\"", 'ETag: "v1"',
               "Last-Modified: Sat, 01 Sep 2007 11:34:00 GMT", "X-Twice: a", "X-Twice: b")  # fmt: skip
    with serving({"/feed": answer(FEED, headers=headers)}) as server:
        response = await get(f"{server.url}/feed#part")
    assert response.body == FEED
    assert (response.status, response.url) == (200, f"{server.url}/feed")
    assert (response.content_type, response.charset) == ("application/rss+xml", "GB2312")
    assert (response.etag, response.last_modified) == ('"v1"', "Sat, 01 Sep 2007 11:34:00 GMT")
    assert response.headers["x-twice"] == "a, b"
    assert response.received == len(FEED)
    assert not response.not_modified
    assert response.moved == ""
    assert response.latency > 0
    sent = server.requests[0].headers
    assert sent["user-agent"].startswith("tui-news/")
    assert "if-none-match" not in sent
    assert set(sent["accept-encoding"].replace(" ", "").split(",")) == {"gzip", "deflate", "br", "zstd"}


async def test_validators_are_sent_as_they_came() -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        same = request.headers.get("if-none-match") == 'W/"a b"' and "if-modified-since" in request.headers
        conn.sendall(answer(status="304 Not Modified") if same else answer(FEED, headers=('ETag: W/"a b"',)))

    with serving(handle) as server:
        async with Fetcher() as fetcher:
            first = await fetcher.get(server.url)
            second = await fetcher.get(server.url, etag=first.etag, last_modified="yesterday")
        assert server.connections == 1
    assert second.not_modified
    assert (second.status, second.body, second.etag) == (304, b"", 'W/"a b"')
    assert second.last_modified == "yesterday"


async def test_a_304_that_nobody_asked_for_is_an_error() -> None:
    with serving({"/": answer(status="304 Not Modified")}) as server:
        assert (await fail(server.url)).kind == "http"


@pytest.mark.parametrize("nonsense", ["a\r\nX: y", "\x00", "中文", "x" * 5000])
async def test_validators_that_cannot_be_sent_are_left_out(nonsense: str) -> None:
    with serving({"/": answer(FEED)}) as server:
        await get(server.url, etag=nonsense, last_modified=nonsense)
    assert "if-none-match" not in server.requests[0].headers
    assert "x" not in server.requests[0].headers


@pytest.mark.parametrize(
    ("status", "headers", "kind", "retry_after"),
    [
        ("404 Not Found", (), "http", None),
        ("410 Gone", (), "gone", None),
        ("429 Too Many", ("Retry-After: 120",), "rate", 120.0),
        ("429 Too Many", (), "rate", None),
        ("503 Busy", ("Retry-After: 7",), "rate", 7.0),
        ("503 Busy", (), "http", None),
        ("500 Oops \x1b]0;x\x07", (), "http", None),
        ("418 Teapot", (), "http", None),
        ("206 Partial", (), "http", None),
        ("511 Sign In", (), "http", None),
    ],
)
async def test_statuses(status: str, headers: tuple[str, ...], kind: str, retry_after: float | None) -> None:
    with serving({"/": answer(b"no", status.replace("\x1b", "").replace("\x07", ""), headers)}) as server:
        error = await fail(server.url)
    assert (error.kind, error.retry_after, error.status) == (kind, retry_after, int(status[:3]))
    assert f"127.0.0.1:{server.port}" in error.message


async def test_permanent_redirects_tell_where_it_moved() -> None:
    table = {
        "/a": answer(status="301 Moved", headers=("Location: b",)),
        "/b": answer(status="308 Moved", headers=("Location: //127.0.0.1:{port}/c",)),
        "/c": answer(status="302 Found", headers=("Location: /d?x=1#y",)),
        "/d?x=1": answer(status="301 Moved", headers=("Location: /e",)),
        "/e": answer(FEED),
    }
    with serving(table) as server:
        table["/b"] = table["/b"].replace(b"{port}", str(server.port).encode())
        response = await get(f"{server.url}/a")
        assert (response.url, response.moved) == (f"{server.url}/e", f"{server.url}/c")
        assert (await get(f"{server.url}/c")).moved == ""


@pytest.mark.parametrize(
    ("location", "kind"),
    [
        ("/loop", "redirects"),
        ("file:///etc/passwd", "scheme"),
        ("javascript:alert(1)", "scheme"),
        ("ftp://127.0.0.1/", "scheme"),
        ("http://", "redirects"),
        ("http://[::1", "redirects"),
        ("http://127.0.0.1:99999999/", "redirects"),
        ("http://xn--/", "other"),
        ("", "redirects"),
        ("/a\x01b", "redirects"),
    ],
)
async def test_redirects_that_lead_nowhere(location: str, kind: str) -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        conn.sendall(answer(status="302 Found", headers=(f"Location: {location}",)))

    with serving(handle) as server:
        error = await fail(f"{server.url}/loop")
    # A control character in a header is refused by the parser of HTTP already.
    assert error.kind in (kind, "other")


async def test_no_more_redirects_than_allowed() -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        conn.sendall(answer(status="302 Found", headers=(f"Location: {request.target}x",)))

    with serving(handle) as server:
        error = await fail(f"{server.url}/")
    assert error.kind == "redirects"
    assert len(server.requests) == 9


async def test_an_old_sites_redirect_in_its_own_charset() -> None:
    target = "/新闻".encode("gb18030")
    quoted = "".join(f"%{byte:02X}" for byte in target[1:])
    moved = b"HTTP/1.1 302 Found\r\nContent-Length: 0\r\nLocation: " + target + b"\r\n\r\n"
    with serving({"/": moved, f"/{quoted}": answer(FEED)}) as server:
        assert (await get(server.url)).body == FEED


async def test_secrets_stay_with_their_host() -> None:
    with serving({"/x": answer(FEED)}) as other:
        away = f"http://localhost:{other.port}/x"
        table = {"/a": answer(status="302 Found", headers=("Location: /b",)),
                 "/b": answer(status="302 Found", headers=(f"Location: {away}",
                                                                "Set-Cookie: a=1"))}  # fmt: skip
        with serving(table) as server:
            url = f"http://me:p%40ss@127.0.0.1:{server.port}/a"
            response = await get(url, etag='"1"', last_modified="then")
    for request in server.requests:
        assert base64.b64decode(request.headers["authorization"].split()[1]) == b"me:p@ss"
        assert request.headers["if-none-match"] == '"1"'
        assert "cookie" not in request.headers
    for name in ("authorization", "if-none-match", "if-modified-since", "cookie", "referer"):
        assert name not in other.requests[0].headers
    assert response.url == away


async def test_secrets_are_in_no_message() -> None:
    with serving(
        {"/new": answer(FEED), "/old": answer(status="301 Moved", headers=("Location: /new",))}
    ) as server:
        url = f"http://me:s3cret@127.0.0.1:{server.port}"
        error = await fail(f"{url}/none")
        moved = await get(f"{url}/old")
    assert "s3cret" not in error.message + error.url + repr(error)
    assert "s3cret" not in moved.url
    # What goes back into the list of sources must go on working.
    assert moved.moved == f"{url}/new"


async def test_cookies_are_forgotten() -> None:
    with serving({"/": answer(FEED, headers=("Set-Cookie: id=7; Path=/",))}) as server:
        async with Fetcher() as fetcher:
            await fetcher.get(server.url)
            await fetcher.get(server.url)
    assert all("cookie" not in request.headers for request in server.requests)


@pytest.mark.parametrize(
    "url",
    ["", "no", "file:///etc/passwd", "javascript:1", "http://", "http://[::1", "ftp://h/", "\x00", "http://:80/",
     "http://h:99999/", "//h/x", "http://\udc80/"],
)  # fmt: skip
async def test_what_is_no_web_address(url: str) -> None:
    assert (await fail(url)).kind in ("scheme", "dns")


async def test_nobody_there() -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
    error = await fail(f"http://127.0.0.1:{port}/")
    assert error.kind == "connect"
    error = await fail("http://no-such-name.invalid/")
    assert error.kind == "dns"
    assert "no-such-name.invalid" in error.message


@pytest.mark.parametrize("rubbish", [b"SSH-2.0-thing\r\n", b"\x00" * 100, b"HTTP/1.1 abc\r\n\r\n", b""])
async def test_what_is_not_http(rubbish: bytes) -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        conn.sendall(rubbish)
        raise OSError("hang up")

    with serving(handle) as server:
        assert (await fail(server.url)).kind in ("other", "connect")


async def test_a_kept_connection_that_was_closed_meanwhile() -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        conn.sendall(answer(FEED))
        if request.target == "/1":
            return
        raise OSError("hang up without a word")

    with serving(handle) as server:
        async with Fetcher() as fetcher:
            for path in ("/1", "/2", "/3", "/4"):
                assert (await fetcher.get(server.url + path)).body == FEED


async def test_cancelling_gives_the_place_back() -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        if request.target == "/hang":
            server.stopping.wait(30)
        conn.sendall(answer(FEED))

    with serving(handle) as server:
        async with Fetcher(jobs=1, per_host=1) as fetcher:
            task = asyncio.create_task(fetcher.get(f"{server.url}/hang"))
            await asyncio.to_thread(server.asked.wait, 10)
            task.cancel()
            with pytest.raises(asyncio.CancelledError):
                await task
            assert (await fetcher.get(f"{server.url}/next")).body == FEED


async def test_a_fetcher_must_be_open() -> None:
    with pytest.raises(RuntimeError):
        await Fetcher().get("http://127.0.0.1/")


def test_httpx_is_not_imported_before_it_is_needed() -> None:
    code = (
        "import sys, tui_news.fetch, tui_news.fetch.schedule; print([m for m in sys.modules if 'http' in m])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"
