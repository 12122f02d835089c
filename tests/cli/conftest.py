"""A newsroom on the loopback, a home full of its news for each test, and the command line."""

from __future__ import annotations

import asyncio
import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from tests.newsroom import Newsroom as Loopback
from tui_news.cli import run
from tui_news.newsroom import Newsroom
from tui_news.paths import Places

FEEDS = {
    "/feeds/world.rss": "World/Europe",
    "/feeds/briefs.rss": "World/Asia",
    "/feeds/podcast.rss": "Leisure/Audio",
    "/feeds/zh/yaowen.rss": "中文/国内/要闻",
    "/feeds/de/nachrichten.atom": "Deutsch/Politik",
}


@dataclass(frozen=True, slots=True)
class Result:
    """What one command line gave."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        return self.out.splitlines()

    @property
    def complaints(self) -> list[str]:
        return self.err.splitlines()

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Cli = Callable[..., Result]


@pytest.fixture(scope="session")
def shared() -> Iterator[Loopback]:
    with Loopback(now=datetime.now(UTC)) as room:
        yield room


@pytest.fixture
def room(shared: Loopback) -> Loopback:
    shared.reset()
    return shared


def sources_toml(room: Loopback, feeds: Mapping[str, str]) -> str:
    return "\n".join(
        f'[[source]]\nurl = "{room.url(path)}"\ntitle = "{room.feed(path).title}"\nsection = "{section}"\n'
        for path, section in feeds.items()
    )


@pytest.fixture(scope="session")
def stocked(shared: Loopback, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home in which the feeds have been fetched once. Not to be changed: `filled` is a copy."""
    home = tmp_path_factory.mktemp("stocked")
    places = Places(home / "config", home / "cache", home / "data")
    places.config.mkdir()
    places.sources_file.write_text(sources_toml(shared, FEEDS), encoding="utf-8")
    shared.reset()

    async def work() -> None:
        with Newsroom.open(places) as newsroom:
            report = await newsroom.refresh()
            assert not report.failed
            await newsroom.leave()

    asyncio.run(work())
    return home


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A new reader's home: it does not exist yet."""
    folder = tmp_path / "home"
    monkeypatch.setenv("TUI_NEWS_HOME", str(folder))
    return folder


@pytest.fixture
def filled(home: Path, stocked: Path) -> Path:
    """A home of one's own with the newsroom's news in it."""
    shutil.copytree(stocked, home)
    return home


@pytest.fixture
def cli(capsys: pytest.CaptureFixture[str]) -> Cli:
    """Runs a command line in this process."""

    def call(*arguments: str) -> Result:
        capsys.readouterr()
        code = run(arguments)
        captured = capsys.readouterr()
        return Result(code, captured.out, captured.err)

    return call


def spawn(
    *arguments: str,
    env: Mapping[str, str] | None = None,
    stdin: bytes = b"",
    prefix: tuple[str, ...] = (),
    cwd: Path | None = None,
) -> Result:
    """Runs a command line as a process of its own."""
    done = subprocess.run(
        [*prefix, sys.executable, "-m", "tui_news", *arguments],
        input=stdin,
        capture_output=True,
        env={**os.environ, **(env or {})},
        cwd=cwd,
        timeout=60,
        check=False,
    )
    return Result(done.returncode, done.stdout.decode(), done.stderr.decode())
