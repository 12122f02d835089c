"""A raw HTTP server on the loopback for tests: a handler gets the request's text and writes what it likes."""

from __future__ import annotations

import socket
import ssl
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

CERTIFICATE = Path(__file__).with_name("localhost.pem")
"""For the name localhost, signed by itself, of these tests only."""

Handler = Callable[["Request", socket.socket], None]


class Request:
    """A request's first line and headers."""

    def __init__(self, head: str) -> None:
        self.head = head
        self.method, self.target, _ = head.split("\r\n", 1)[0].split(" ", 2)
        self.headers = {
            name.strip().lower(): value.strip()
            for name, _, value in (line.partition(":") for line in head.split("\r\n")[1:] if line)
        }


class Server:
    """Serves each connection in a thread; remembers the requests and how many were under way at once."""

    def __init__(self, handler: Handler, tls: bool = False) -> None:
        self.handler = handler
        self.requests: list[Request] = []
        self.connections = 0
        self.most_at_once = 0
        self.stopping = threading.Event()
        self.asked = threading.Event()
        self._at_once = 0
        self._lock = threading.Lock()
        self._tls: ssl.SSLContext | None = None
        if tls:
            self._tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
            self._tls.load_cert_chain(CERTIFICATE)
        self._listener = socket.create_server(("127.0.0.1", 0), backlog=128)
        self.port: int = self._listener.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []

    def start(self) -> None:
        thread = threading.Thread(target=self._accept, daemon=True)
        self._threads.append(thread)
        thread.start()

    def stop(self) -> None:
        self.stopping.set()
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        with self._lock:
            for conn in self._open:
                with suppress(OSError):
                    conn.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join(5)

    def _accept(self) -> None:
        while True:
            try:
                conn, _ = self._listener.accept()
            except OSError:
                return
            with self._lock:
                self.connections += 1
                self._open.add(conn)
            thread = threading.Thread(target=self._serve, args=(conn,), daemon=True)
            self._threads.append(thread)
            thread.start()

    def _serve(self, plain: socket.socket) -> None:
        conn = plain
        try:
            if self._tls is not None:
                conn = self._tls.wrap_socket(plain, server_side=True)
            waiting = b""
            while not self.stopping.is_set():
                while b"\r\n\r\n" not in waiting:
                    part = conn.recv(65536)
                    if not part:
                        return
                    waiting += part
                head, _, waiting = waiting.partition(b"\r\n\r\n")
                request = Request(head.decode("latin-1"))
                with self._lock:
                    self.requests.append(request)
                    self._at_once += 1
                    self.asked.set()
                    self.most_at_once = max(self.most_at_once, self._at_once)
                try:
                    self.handler(request, conn)
                finally:
                    with self._lock:
                        self._at_once -= 1
        except OSError:
            return
        finally:
            with self._lock:
                self._open.discard(plain)
            conn.close()
            plain.close()


def answer(
    body: bytes = b"", status: str = "200 OK", headers: tuple[str, ...] = (), length: int | None = None
) -> bytes:
    """A response's bytes, with Content-Length (`length` may lie)."""
    lines = [f"HTTP/1.1 {status}", f"Content-Length: {len(body) if length is None else length}", *headers]
    return ("\r\n".join(lines) + "\r\n\r\n").encode("latin-1") + body


def pages(table: dict[str, bytes]) -> Handler:
    """A handler that sends what the table has for a target."""

    def handle(request: Request, conn: socket.socket) -> None:
        conn.sendall(table.get(request.target, answer(b"nothing here", "404 Not Found")))

    return handle


@contextmanager
def serving(handler: Handler | dict[str, bytes], tls: bool = False) -> Iterator[Server]:
    server = Server(pages(handler) if isinstance(handler, dict) else handler, tls)
    server.start()
    try:
        yield server
    finally:
        server.stop()
