"""What a fetch may cost: bytes before and after decompression, headers, time; and bodies that lie."""

from __future__ import annotations

import contextlib
import gzip
import socket
import subprocess
import sys
import zlib
from collections.abc import Callable

import brotli
import pytest
import zstandard

from tests.fetch.server import Request, answer, serving
from tests.fetch.test_client import FEED, fail, get
from tui_news.fetch import Fetcher, FetchError

CODINGS: dict[str, Callable[[bytes], bytes]] = {
    "gzip": gzip.compress,
    "x-gzip": lambda data: gzip.compress(data[:9]) + gzip.compress(data[9:]) + b"\0\0padding",
    "deflate": zlib.compress,
    "Deflate": lambda data: zlib.compress(data)[2:-4],
    "br": brotli.compress,
    "zstd": zstandard.compress,
}


def chunked(*parts: bytes, headers: str = "", end: bytes = b"0\r\n\r\n") -> bytes:
    body = b"".join(b"%x\r\n%b\r\n" % (len(part), part) for part in parts)
    return f"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n{headers}\r\n".encode() + body + end


@pytest.mark.parametrize("coding", list(CODINGS))
async def test_codings(coding: str) -> None:
    big = FEED * 5000
    table = {f"/{len(body)}": answer(CODINGS[coding](body), headers=(f"Content-Encoding: {coding}",))
             for body in (FEED, big, bytes(range(256)) * 3000)}  # fmt: skip
    with serving(table) as server:
        for body in (FEED, big, bytes(range(256)) * 3000):
            response = await get(f"{server.url}/{len(body)}")
            assert response.body == body
            assert response.received < len(body) + 100


async def test_a_compressed_file_is_opened() -> None:
    with serving({"/sitemap.xml.gz": answer(gzip.compress(FEED))}) as server:
        assert (await get(f"{server.url}/sitemap.xml.gz")).body == FEED


@pytest.mark.parametrize("header", ["identity", "none", "utf-8", ""])
async def test_codings_that_are_none(header: str) -> None:
    with serving({"/": answer(FEED, headers=(f"Content-Encoding: {header}",))}) as server:
        assert (await get(server.url)).body == FEED


@pytest.mark.parametrize("header", ["gzip, gzip", "br, gzip", "compress", "x" * 300])
async def test_codings_that_are_refused(header: str) -> None:
    with serving(
        {"/": answer(gzip.compress(gzip.compress(FEED)), headers=(f"Content-Encoding: {header}",))}
    ) as server:
        assert (await fail(server.url)).kind == "encoding"


@pytest.mark.parametrize("coding", ["gzip", "deflate", "br", "zstd"])
async def test_coded_bodies_that_are_cut_or_broken(coding: str) -> None:
    data = CODINGS[coding](FEED * 50)
    headers = (f"Content-Encoding: {coding}",)
    table = {"/cut": answer(data[: len(data) // 2], headers=headers),
             "/broken": answer(b"\xff" * 40, headers=headers),
             "/empty": answer(b"", headers=headers)}  # fmt: skip
    with serving(table) as server:
        assert (await fail(f"{server.url}/cut")).kind == "short_body"
        assert (await fail(f"{server.url}/broken")).kind in ("encoding", "short_body")
        assert (await get(f"{server.url}/empty")).body == b""


def _bomb(coding: str, size: int) -> bytes:
    block = bytes(1 << 20)
    if coding == "gzip":
        packer = zlib.compressobj(1, zlib.DEFLATED, 31)
        return b"".join(packer.compress(block) for _ in range(size)) + packer.flush()
    if coding == "zstd":
        squeezer = zstandard.ZstdCompressor().compressobj()
        return b"".join(squeezer.compress(block) for _ in range(size)) + squeezer.flush()
    maker = brotli.Compressor(quality=3)
    return b"".join(maker.process(block) for _ in range(size)) + maker.finish()


@pytest.mark.parametrize("coding", ["gzip", "br", "zstd"])
def test_a_bomb_is_stopped_without_much_memory(coding: str) -> None:
    """128 MB from a small answer; measured in a process of its own, whose peak is not someone else's."""
    with serving({"/": answer(_bomb(coding, 128), headers=(f"Content-Encoding: {coding}",))}) as server:
        code = (
            "import asyncio, resource, sys\n"
            "from tui_news.fetch import Fetcher, FetchError\n"
            "async def main():\n"
            "    async with Fetcher() as fetcher:\n"
            "        before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss\n"
            "        try:\n"
            "            await fetcher.get(sys.argv[1])\n"
            "        except FetchError as error:\n"
            "            print(error.kind, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before)\n"
            "asyncio.run(main())\n"
        )
        done = subprocess.run(
            [sys.executable, "-c", code, server.url], capture_output=True, text=True, check=True
        )
    kind, growth = done.stdout.split()
    assert kind == "too_big"
    assert int(growth) / (1024 if sys.platform != "darwin" else 1 << 20) < 100


async def test_bytes_on_the_line_are_capped() -> None:
    def endless(request: Request, conn: socket.socket) -> None:
        if request.target == "/said":
            conn.sendall(answer(b"x", length=10_000_001))
            return
        conn.sendall(b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n")
        while not server.stopping.is_set():
            conn.sendall(b"10000\r\n" + b" " * 65536 + b"\r\n")

    with serving(endless) as server:
        assert (await fail(f"{server.url}/said")).kind == "too_big"
        error = await fail(f"{server.url}/endless")
        assert error.kind == "too_big"
        assert error.received < 11_000_000
        small = await fail(f"{server.url}/endless", max_received=1000)
        assert small.received < 200_000


@pytest.mark.parametrize(
    "data",
    [
        answer(FEED, length=9999),
        chunked(FEED, end=b""),
        chunked(FEED, end=b"5\r\nab"),
    ],
)
async def test_a_body_that_ends_early(data: bytes) -> None:
    def handle(request: Request, conn: socket.socket) -> None:
        conn.sendall(data)
        raise OSError("hang up")

    with serving(handle) as server:
        error = await fail(server.url)
    assert error.kind == "short_body"


@pytest.mark.parametrize(
    "head",
    [
        b"".join(b"X-%d: %b\r\n" % (number, b"v" * 1000) for number in range(5000)),
        b"".join(b"X-%d: %b\r\n" % (number, b"v" * 1000) for number in range(70)),
        b"X: " + b"v" * 2_000_000 + b"\r\n",
    ],
)
async def test_headers_are_capped(head: bytes) -> None:
    with serving({"/": b"HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + head + b"\r\n"}) as server:
        assert (await fail(server.url)).kind == "headers"


async def test_interim_answers_without_end_are_capped() -> None:
    def flood(request: Request, conn: socket.socket) -> None:
        with contextlib.suppress(OSError):
            while not server.stopping.is_set():
                conn.sendall(b"HTTP/1.1 103 Early Hints\r\nLink: </x>\r\n\r\n" * 1_000)

    with serving(flood) as server:
        assert (await fail(server.url, deadline=20)).kind == "headers"


async def test_a_drip_ends_at_the_deadline() -> None:
    def drip(request: Request, conn: socket.socket) -> None:
        conn.sendall(b"HTTP/1.1 200 OK\r\nContent-Length: 100000\r\n\r\n")
        while not server.stopping.wait(0.05):
            conn.sendall(b"a")

    with serving(drip) as server:
        error = await fail(server.url, deadline=0.5)
        assert error.kind == "deadline"
        assert error.latency > 0


async def test_silence_ends_at_the_read_timeout() -> None:
    def silent(request: Request, conn: socket.socket) -> None:
        server.stopping.wait(30)

    with serving(silent) as server:
        async with Fetcher(read_timeout=0.2) as fetcher:
            with pytest.raises(FetchError) as caught:
                await fetcher.get(server.url)
    assert caught.value.kind == "timeout"


async def test_redirects_share_one_deadline() -> None:
    def slow(request: Request, conn: socket.socket) -> None:
        server.stopping.wait(0.3)
        conn.sendall(answer(status="302 Found", headers=(f"Location: {request.target}x",)))

    with serving(slow) as server:
        error = await fail(f"{server.url}/", deadline=0.8)
    assert error.kind == "deadline"
    assert len(server.requests) < 9


def test_quitting_does_not_wait_for_a_look_up_that_hangs() -> None:
    code = (
        "import asyncio, socket, time\n"
        "socket.getaddrinfo = lambda *a, **k: time.sleep(600)\n"
        "from tui_news.fetch import Fetcher, FetchError\n"
        "async def main():\n"
        "    async with Fetcher(connect_timeout=0.2) as fetcher:\n"
        "        try:\n"
        "            await fetcher.get('http://slow.example/')\n"
        "        except FetchError as error:\n"
        "            print(error.kind)\n"
        "asyncio.run(main())\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True, timeout=60
    )
    assert done.stdout.strip() == "dns"
