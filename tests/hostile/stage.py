"""Serves hostile cases on 127.0.0.1: the project's own (`cases`), and the shared set where it is found.

A case is a function that writes its whole answer to a socket. While `seeding` is on, each feed answers with
one good entry instead, so that there is something to be kept when it turns hostile.
"""

from __future__ import annotations

import importlib.util
import os
import socketserver
import sys
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from email.utils import formatdate
from pathlib import Path
from types import ModuleType
from typing import Any

ROOT = Path(__file__).resolve().parents[2]
KEPT = "An item from before"
"""The headline of the good entry."""

Write = Callable[[bytes], Any]


@dataclass(frozen=True)
class Asked:
    """A request: path with query, headers with lower-case names, and the how manyth of its path it is."""

    method: str
    path: str
    headers: Mapping[str, str]
    n: int

    def h(self, name: str) -> str | None:
        return self.headers.get(name.lower())


@dataclass(frozen=True)
class Case:
    """One attack: what is served, and what should come of it."""

    id: str
    expect: str
    answer: Callable[[Write, Any], Any]
    kind: str = "feed"
    """feed, page, channel (a page as a source), sitemap or opml."""
    deadline: float = 15


def shared_set() -> ModuleType | None:
    """The shared set's own module: `$TUI_NEWS_HOSTILE`, else beside the checkout; None when it is absent."""
    path = Path(os.environ.get("TUI_NEWS_HOSTILE") or ROOT.parent / "shared" / "hostile" / "serve.py")
    if not path.is_file():
        return None
    spec = importlib.util.spec_from_file_location("hostile_serve", path)
    assert spec is not None
    assert spec.loader is not None
    module = importlib.util.module_from_spec(spec)
    sys.modules["hostile_serve"] = module
    spec.loader.exec_module(module)
    return module


def shared_cases(module: ModuleType) -> list[Case]:
    """Its cases, in its order."""
    return [
        Case(
            name,
            row["expect"],
            _made_once(row["fn"]) if "bomb" in name else row["fn"],
            row["kind"],
            row["deadline"],
        )
        for name, row in module.CASES.items()
    ]


def _made_once(answer: Callable[[Write, Any], Any]) -> Callable[[Write, Any], Any]:
    """The same answer, made before the first request: what takes long is to be ours and not the server's."""
    made: list[bytes] = []
    answer(made.append, None)
    return lambda write, request: write(b"".join(made))


@dataclass
class Stage:
    """A server of cases, from `start` to `stop`. Thread-safe."""

    cases: Mapping[str, Case]
    seeding: bool = False
    base: str = ""
    asked: list[Asked] = field(default_factory=list)
    _server: socketserver.ThreadingTCPServer | None = None

    def start(self) -> Stage:
        stage = self

        class Handler(socketserver.BaseRequestHandler):
            def handle(self) -> None:
                stage._serve(self.request)

        class Server(socketserver.ThreadingTCPServer):
            allow_reuse_address = True
            daemon_threads = True
            request_queue_size = 256

            def handle_error(self, request: Any, client_address: Any) -> None:
                """A client that leaves in the middle is the rule here."""

        self._server = Server(("127.0.0.1", 0), Handler)
        self.base = f"http://127.0.0.1:{self._server.server_address[1]}"
        threading.Thread(target=self._server.serve_forever, args=(0.05,), daemon=True).start()
        return self

    def stop(self) -> None:
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()

    def __enter__(self) -> Stage:
        return self.start()

    def __exit__(self, *exc: object) -> None:
        self.stop()

    def url(self, case: str) -> str:
        return f"{self.base}/{case}"

    def requests(self, case: str) -> list[Asked]:
        """What was asked of a case, in its own path and below."""
        return [each for each in list(self.asked) if each.path.split("?")[0].strip("/").split("/")[0] == case]

    def _serve(self, line: Any) -> None:
        line.settimeout(20)
        data = b""
        try:
            while b"\r\n\r\n" not in data:
                piece = line.recv(65_536)
                if not piece or len(data) > 1 << 20:
                    return
                data += piece
            first, *rest = data.split(b"\r\n\r\n")[0].decode("latin-1").split("\r\n")
            method, path, _ = first.split(" ", 2)
            headers = {k.strip().lower(): v.strip() for k, _, v in (each.partition(":") for each in rest)}
            name = path.split("?")[0].strip("/").split("/")[0]
            request = Asked(method, path, headers, len(self.requests(name)) + 1)
            self.asked.append(request)
            case = self.cases.get(name)
            if case is None:
                send(line.sendall, b"nothing here", "404 Not Found", "text/plain")
            elif self.seeding:
                send(line.sendall, good(case.kind))
            else:
                case.answer(line.sendall, request)
        except (OSError, ValueError):
            return


def send(
    write: Write,
    body: bytes | str = b"",
    status: str = "200 OK",
    type: str = "application/rss+xml",  # noqa: A002
    *headers: str,
    length: bool = True,
) -> None:
    """A whole answer. `length` off leaves the end of the body to the end of the connection."""
    data = body.encode("utf-8", "surrogatepass") if isinstance(body, str) else body
    lines = [f"HTTP/1.1 {status}", f"Content-Type: {type}", "Connection: close", *headers]
    if length:
        lines.append(f"Content-Length: {len(data)}")
    write("\r\n".join(lines).encode("latin-1", "replace") + b"\r\n\r\n" + data)


def rss(items: str, title: str = "Feed", head: str = '<?xml version="1.0" encoding="utf-8"?>') -> str:
    return (
        f"{head}<rss version='2.0'><channel><title>{title}</title><link>https://ok.example/</link>"
        f"<description>d</description>{items}</channel></rss>"
    )


def item(title: str = "t", number: int = 0, link: str = "", more: str = "", body: str = "body") -> str:
    return (
        f"<item><title>{title}</title><link>{link or f'https://ok.example/a{number}'}</link>"
        f"<guid isPermaLink='false'>g{number}</guid><pubDate>{formatdate(usegmt=True)}</pubDate>"
        f"<description>{body}</description>{more}</item>"
    )


def good(kind: str) -> str:
    """What a case serves before it turns hostile."""
    if kind in ("feed", "opml"):
        return rss(item(KEPT, 424242))
    if kind == "sitemap":
        return (
            '<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" '
            'xmlns:news="http://www.google.com/schemas/sitemap-news/0.9"><url><loc>https://ok.example/kept</loc>'
            f"<news:news><news:title>{KEPT}</news:title></news:news></url></urlset>"
        )
    rows = "".join(
        f'<li><a href="/kept/{n}.html">{KEPT}, number {n}</a> <span>2026-11-20</span></li>' for n in range(8)
    )
    return f"<html><body><ul>{rows}</ul></body></html>"
