"""Where a fetch may go: private networks, proxies, certificates, and whose turn it is."""

from __future__ import annotations

import asyncio
import socket
from ipaddress import ip_address

import pytest

from tests.fetch.server import CERTIFICATE, Request, answer, serving
from tests.fetch.test_client import FEED, fail, get
from tui_news.fetch import Fetcher, FetchError
from tui_news.fetch.proxies import Proxies
from tui_news.fetch.resolve import is_private, names_private_host, parse_ip
from tui_news.fetch.slots import Slots

# --- private networks ------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "address",
    ["127.0.0.1", "127.8.8.8", "10.1.2.3", "172.16.0.1", "192.168.1.1", "169.254.169.254", "100.64.0.1",
     "224.0.0.1", "255.255.255.255", "::1", "::", "fe80::1", "fd12::1", "ff02::1", "::ffff:127.0.0.1",
     "::ffff:10.0.0.1", "::127.0.0.1", "64:ff9b::7f00:1", "2002:7f00:1::", "2002:c0a8:101::", "0.0.0.0"],
)  # fmt: skip
def test_addresses_that_are_private(address: str) -> None:
    assert is_private(ip_address(address))


@pytest.mark.parametrize(
    "address",
    ["1.1.1.1", "172.32.0.1", "198.18.0.7", "2606:4700::1111", "::ffff:1.1.1.1", "64:ff9b::101:101"],
)
def test_addresses_of_the_open_web(address: str) -> None:
    assert not is_private(ip_address(address))


@pytest.mark.parametrize(
    "text", ["127.1", "0x7f.1", "2130706433", "0177.0.0.1", "[::1]", "fe80::1%eth0", "0"]
)
def test_addresses_in_disguise(text: str) -> None:
    ip = parse_ip(text)
    assert ip is not None
    assert is_private(ip)
    assert names_private_host(text)


@pytest.mark.parametrize("text", ["example.com", "1.example", "", "dead.beef", "a:b"])
def test_names_are_no_addresses(text: str) -> None:
    assert parse_ip(text) is None


@pytest.mark.parametrize(
    "host", ["127.0.0.1", "localhost", "LOCALHOST.", "127.1", "2130706433", "[::ffff:7f00:1]"]
)
async def test_a_page_may_not_lead_here(host: str) -> None:
    with serving({"/": answer(FEED)}) as server:
        error = await fail(f"http://{host}:{server.port}/", allow_private=False)
        assert error.kind == "private"
        assert server.connections == 0


async def test_a_name_that_means_a_private_address(monkeypatch: pytest.MonkeyPatch) -> None:
    def rebound(host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 6, "", ("127.0.0.1", port))]

    monkeypatch.setattr(socket, "getaddrinfo", rebound)
    with serving({"/": answer(FEED)}) as server:
        url = f"http://news.example:{server.port}/"
        async with Fetcher() as fetcher:
            # A connection that the reader's own source has opened must not be used by a page's link.
            assert (await fetcher.get(url)).body == FEED
            with pytest.raises(FetchError) as caught:
                await fetcher.get(url, allow_private=False)
        assert caught.value.kind == "private"
        assert server.connections == 1


async def test_the_open_web_may_not_redirect_into_a_private_network() -> None:
    """The open web stands behind a proxy here; its redirect is refused although the source is trusted."""
    with serving({"/": answer(FEED)}) as inside:

        def proxy(request: Request, conn: socket.socket) -> None:
            conn.sendall(answer(status="302 Found", headers=(f"Location: {inside.url}/",)))

        with serving(proxy) as server:
            async with Fetcher(proxies={"http": server.url, "no": "127.0.0.1"}) as fetcher:
                with pytest.raises(FetchError) as caught:
                    await fetcher.get("http://news.example/")
        assert caught.value.kind == "private"
        assert server.requests[0].target == "http://news.example/"
        assert inside.connections == 0


async def test_a_private_source_may_redirect_within() -> None:
    with serving({"/b": answer(FEED)}) as other:
        target = f"Location: http://localhost:{other.port}/b"
        with serving({"/a": answer(status="302 Found", headers=(target,))}) as server:
            assert (await get(f"{server.url}/a")).body == FEED


# --- proxies ---------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("entry", "host", "port", "direct"),
    [
        ("*", "a.example", 80, True),
        ("example.com", "example.com", 80, True),
        ("example.com", "www.example.com", 80, True),
        (".example.com", "www.example.com", 80, True),
        ("*.example.com", "www.example.com", 80, True),
        ("example.com", "badexample.com", 80, False),
        ("example.com:8080", "example.com", 8080, True),
        ("example.com:8080", "example.com", 80, False),
        ("::1", "::1", 80, True),
        ("[::1]", "::1", 80, True),
        ("[::1]:81", "::1", 80, False),
        ("10.0.0.0/8", "10.9.9.9", 80, True),
        ("10.0.0.0/8", "11.9.9.9", 80, False),
        ("a, b localhost", "localhost", 80, True),
        ("%%, ::, [", "a.example", 80, False),
    ],
)
def test_no_proxy(entry: str, host: str, port: int, direct: bool) -> None:
    proxies = Proxies({"http": "http://proxy.example:3128", "no": entry})
    assert (proxies.find("http", host, port) is None) is direct


def test_proxies_by_scheme() -> None:
    proxies = Proxies({"https": "u:p%40@one.example", "all": "https://two.example:99"})
    one, two = proxies.find("https", "x", 443), proxies.find("http", "x", 80)
    assert one is not None
    assert two is not None
    assert (one.scheme, one.host, one.port, one.user, one.password) == ("http", "one.example", 80, "u", "p@")
    assert (two.scheme, two.host, two.port) == ("https", "two.example", 99)
    assert "p@" not in repr(one)
    assert Proxies({}).find("http", "x", 80) is None


@pytest.mark.parametrize(
    "value", ["socks4://h:1", "ftp://h", "http://", "http://[::1", "http://h:x", "://", "\x00"]
)
async def test_a_wrong_proxy_is_a_plain_message(value: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": answer(FEED)}) as server:
        async with Fetcher(proxies={"all": value}) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.get(server.url)
        assert caught.value.kind == "config"
        assert "ALL_PROXY" in caught.value.message
        # What harms httpx's own client does no harm here, and what is not needed is not judged.
        monkeypatch.setenv("NO_PROXY", "::1,127.0.0.1")
        monkeypatch.setenv("no_proxy", "::1,127.0.0.1")
        if "\x00" not in value:
            monkeypatch.setenv("ALL_PROXY", value)
        assert (await get(server.url)).body == FEED


async def test_a_proxy_from_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving(
        {"http://news.example/feed": answer(FEED), "http://news.example/no": answer(b"", "407 No")}
    ) as proxy:
        for name in ("NO_PROXY", "no_proxy", "HTTP_PROXY"):
            monkeypatch.delenv(name, raising=False)
        monkeypatch.setenv("http_proxy", proxy.url.replace("//", "//me:word@"))
        response = await get("http://news.example/feed", allow_private=False)
        assert (response.body, response.url) == (FEED, "http://news.example/feed")
        assert "proxy-authorization" in proxy.requests[0].headers
        assert (await fail("http://news.example/no")).kind == "proxy"
    error = await fail("http://news.example/feed")
    assert error.kind == "proxy"
    assert "word" not in error.message


async def test_a_proxy_that_will_not_tunnel() -> None:
    with serving({}) as proxy:
        async with Fetcher(proxies={"https": proxy.url}) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.get("https://news.example/")
    assert caught.value.kind == "proxy"
    assert proxy.requests[0].method == "CONNECT"


# --- certificates ----------------------------------------------------------------------------------


async def test_certificates(monkeypatch: pytest.MonkeyPatch) -> None:
    with serving({"/": answer(FEED * 9000)}, tls=True) as server:
        url = f"https://localhost:{server.port}/"
        error = await fail(url)
        assert error.kind == "tls"
        assert "localhost" in error.message
        assert "self-signed" in error.message
        assert (await get(url, verify=False)).body == FEED * 9000
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        async with Fetcher() as fetcher:
            for _ in range(3):
                assert (await fetcher.get(url)).body == FEED * 9000
        assert (await fail(server.url)).kind == "tls", "the certificate is for another name"
        monkeypatch.setenv("SSL_CERT_FILE", "/nowhere/at/all.pem")
        error = await fail(url)
        assert error.kind == "config"
        assert "SSL_CERT_FILE" in error.message
    with serving({"/": answer(FEED)}) as plain:
        assert (await get(plain.url)).body == FEED
        monkeypatch.delenv("SSL_CERT_FILE")
        async with Fetcher(connect_timeout=0.3) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.get(f"https://127.0.0.1:{plain.port}/")
        assert caught.value.kind == "tls"


# --- whose turn it is ------------------------------------------------------------------------------


async def test_caps_hold() -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        server.stopping.wait(0.03)
        conn.sendall(answer(FEED))

    with serving(handle) as server, serving(handle) as other:
        async with Fetcher(jobs=3, per_host=2) as fetcher:
            urls = [f"{one.url}/{number}" for one in (server, other) for number in range(12)]
            async with asyncio.TaskGroup() as tasks:
                for url in urls:
                    tasks.create_task(fetcher.get(url))
        assert server.most_at_once == 2
        assert other.most_at_once <= 2
        assert len(server.requests) == len(other.requests) == 12


async def test_a_busy_host_keeps_no_place_from_others() -> None:
    def hang(request: Request, conn: socket.socket) -> None:
        server.stopping.wait(30)

    with serving(hang) as server, serving({"/": answer(FEED)}) as other:
        async with Fetcher(jobs=2, per_host=1) as fetcher:
            stuck = [asyncio.create_task(fetcher.get(server.url)) for _ in range(10)]
            await asyncio.to_thread(server.asked.wait, 10)
            assert (await fetcher.get(other.url)).body == FEED
            for task in stuck:
                task.cancel()
            await asyncio.gather(*stuck, return_exceptions=True)


async def test_who_takes_long_makes_room() -> None:
    slots = Slots(jobs=1, per_host=1, patience=0.05)
    order: list[str] = []
    release = asyncio.Event()

    async def slow(host: str) -> None:
        async with slots.place(host):
            order.append(f"slow {host}")
            await release.wait()

    async def quick(host: str) -> None:
        async with slots.place(host):
            order.append(f"quick {host}")

    waiting = [asyncio.create_task(slow("a"))]
    await asyncio.sleep(0)
    await quick("b")
    await quick("a")
    # The second cap holds: no more than twice `per_host` at one host, however slow.
    waiting.append(asyncio.create_task(slow("a")))
    late = asyncio.create_task(quick("a"))
    await asyncio.sleep(0.2)
    assert order == ["slow a", "quick b", "quick a", "slow a"]
    assert not late.done()
    release.set()
    await asyncio.gather(*waiting, late)
    assert order[-1] == "quick a"
    # All places are back: again only one at once.
    release.clear()
    first = asyncio.create_task(slow("c"))
    await asyncio.sleep(0)
    second = asyncio.create_task(quick("d"))
    await asyncio.sleep(0)
    assert order[-1] == "slow c"
    release.set()
    await asyncio.gather(first, second)
