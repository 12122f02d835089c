"""One newsroom for all of its own tests, as new for each."""

from __future__ import annotations

from collections.abc import Iterator

import httpx
import pytest

from tests.newsroom import Newsroom


@pytest.fixture(scope="module")
def shared() -> Iterator[Newsroom]:
    with Newsroom() as room:
        yield room


@pytest.fixture
def room(shared: Newsroom) -> Newsroom:
    shared.reset()
    return shared


@pytest.fixture(scope="module")
def client() -> Iterator[httpx.Client]:
    with httpx.Client(timeout=5, trust_env=False) as client:
        yield client
