"""One newsroom and one refreshed home for all tests of the app; each test has a copy of its own."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.newsroom import EPOCH, Newsroom
from tests.ui.desk import copy_home, feeds_of, refresh, write_sources

NOW = EPOCH + timedelta(hours=1)
CLOCKS = (
    "tui_news.newsroom",
    "tui_news.newsroom.refresh",
    "tui_news.ui.opening",
    "tui_news.ui.screens.layout",
    "tui_news.ui.screens.sources",
)


class Clock:
    """Stands still, and goes again when the tests of the app are over: a module that was first loaded
    meanwhile has taken it for good."""

    still = True

    def __call__(self) -> datetime:
        return NOW if self.still else datetime.now(UTC)


@pytest.fixture(scope="package")
def clock() -> Iterator[datetime]:
    """A day that stands still, in UTC: what the screen shows is the same on every day."""
    still = Clock()
    with pytest.MonkeyPatch.context() as patch:
        for module in CLOCKS:
            patch.setattr(f"{module}.now", still)
        zone = os.environ.get("TZ")
        os.environ["TZ"] = "UTC"
        time.tzset()
        yield NOW
        still.still = False
        os.environ.pop("TZ")
        if zone is not None:
            os.environ["TZ"] = zone
        time.tzset()


@pytest.fixture(scope="session")
def _room() -> Iterator[Newsroom]:
    with Newsroom() as room:
        yield room


@pytest.fixture
def room(_room: Newsroom) -> Newsroom:
    _room.reset()
    return _room


@pytest.fixture(scope="package")
def _printed(_room: Newsroom, clock: datetime, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A home whose sources have all been asked."""
    _room.reset()
    home = write_sources(tmp_path_factory.mktemp("printed") / "home", feeds_of(_room))
    refresh(home)
    return home


@pytest.fixture
def home(_printed: Path, room: Newsroom, tmp_path: Path) -> Path:
    """A home with the newsroom's articles."""
    return copy_home(_printed, tmp_path / "home")


@pytest.fixture
def empty_home(clock: datetime, tmp_path: Path) -> Path:
    """A home in which nothing is yet."""
    return tmp_path / "home"


PORT = 47_650


@pytest.fixture
def pictured(clock: datetime, tmp_path: Path) -> Iterator[Path]:
    """A home to take pictures of: its newsroom has a port of its own, on which the order of articles of one
    time depends."""
    room = Newsroom(port=PORT)
    try:
        room.start()
    except OSError:
        pytest.skip(f"port {PORT} is taken")
    try:
        home = write_sources(tmp_path / "pictured", feeds_of(room))
        refresh(home)
        yield home
    finally:
        room.close()
