"""A loopback newsroom and, over it, the reader's own."""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import Newsroom as Loopback
from tui_news.newsroom import Newsroom
from tui_news.paths import Places

WORLD, BRIEFS, ESSAYS = "/feeds/world.rss", "/feeds/briefs.rss", "/feeds/essays.atom"


@pytest.fixture(scope="session")
def shared() -> Iterator[Loopback]:
    with Loopback(now=datetime.now(UTC)) as room:
        yield room


@pytest.fixture
def room(shared: Loopback) -> Loopback:
    shared.reset()
    return shared


@pytest.fixture
def places(tmp_path: Path) -> Places:
    return Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")


Opener = Callable[..., Any]


@pytest.fixture
def reader(places: Places, room: Loopback) -> Opener:
    """Opens the reader's newsroom over some of the loopback's paths, each in the section `News`; without
    paths as his files are. It is left and closed at the end."""

    @asynccontextmanager
    async def opened(*paths: str, config: str = "", **keys: str) -> AsyncIterator[Newsroom]:
        places.config.mkdir(exist_ok=True)
        more = "".join(f'{name} = "{value}"\n' for name, value in keys.items())
        if paths:
            places.sources_file.write_text(
                "\n".join(
                    f'[[source]]\nid = "s{number}"\nurl = "{room.url(path)}"\nsection = "News"\n{more}'
                    for number, path in enumerate(paths)
                ),
                encoding="utf-8",
            )
        if config:
            places.config_file.write_text(config)
        with Newsroom.open(places) as newsroom:
            try:
                yield newsroom
            finally:
                await newsroom.leave()

    return opened
