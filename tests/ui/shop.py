"""A small web server with pages and pictures of one's own, and a home whose one source lies there."""

from __future__ import annotations

import threading
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

from tests.ui.desk import CONFIG, places_in, write_sources
from tui_news.model import Article, Block, Run
from tui_news.newsroom import Newsroom

NOW = datetime(2024, 5, 6, 7, 8, tzinfo=UTC)


class Shop:
    """What is served under which path, and what was asked for."""

    def __init__(self, base: str) -> None:
        self.base = base
        self.goods: dict[str, tuple[str, bytes]] = {}
        self.asked: list[str] = []

    def url(self, path: str) -> str:
        return self.base + path

    def page(self, path: str, html: str) -> None:
        self.goods[path] = ("text/html; charset=utf-8", html.encode())


@contextmanager
def open_shop() -> Iterator[Shop]:
    """A shop on a free port, until the end of the context."""

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            shop.asked.append(self.path)
            kind, body = shop.goods.get(self.path.partition("?")[0], ("", b""))
            self.send_response(200 if kind else 404)
            self.send_header("Content-Type", kind or "text/plain")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *args: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    shop = Shop(f"http://127.0.0.1:{server.server_port}")
    threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True).start()
    try:
        yield shop
    finally:
        server.shutdown()
        server.server_close()


def stock(home: Path, shop: Shop, articles: Sequence[Article], config: str = "") -> Path:
    """A home with these articles, the first on top."""
    source = {"url": shop.url("/feed"), "title": "The Shop", "section": "Shop", "full_text": "never"}
    write_sources(home, [source], CONFIG + config)
    with Newsroom.open(places_in(home)) as newsroom:
        id = newsroom.sources[0].id
        newsroom.cache.store(
            id,
            [
                Article(
                    **{
                        name: getattr(article, name)
                        for name in Article.__dataclass_fields__
                        if name not in ("source", "published", "full")
                    },
                    source=id,
                    published=NOW - timedelta(minutes=number),
                    full=True,
                )
                for number, article in enumerate(articles)
            ],
            now=NOW,
        )
    return home


def paragraph(text: str, *links: tuple[str, str]) -> Block:
    """A paragraph of text, with links after it."""
    runs = [Run(text)]
    for words, href in links:
        runs += [Run(" "), Run(words, "", href)]
    return Block("paragraph", tuple(runs))
