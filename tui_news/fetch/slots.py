"""Whose turn it is: caps on requests at once, over all and to each host, that slow hosts cannot use up."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Final

PATIENCE: Final = 5.0
"""Seconds after which a request no longer counts, so that slow and dead hosts never hold the others up."""


class _Cap:
    """A semaphore whose places come back early from those who take long, within a second, higher cap."""

    __slots__ = ("counted", "running", "users")

    def __init__(self, places: int, at_most: int) -> None:
        self.counted = asyncio.Semaphore(places)
        self.running = asyncio.Semaphore(at_most)
        self.users = 0


class Slots:
    """`jobs` places over all and `per_host` for each host.

    A host's place is taken first, so that who waits for a busy host keeps no place that others could
    use. After `patience` seconds a request's places go to the next, up to 4 times `jobs` requests in
    all and twice `per_host` to a host.
    """

    def __init__(self, jobs: int, per_host: int, patience: float = PATIENCE) -> None:
        self._all = _Cap(max(1, jobs), 4 * max(1, jobs))
        self._per_host = max(1, per_host)
        self._hosts: dict[str, _Cap] = {}
        self._patience = patience

    @asynccontextmanager
    async def place(self, host: str) -> AsyncIterator[None]:
        """Wait for a turn with a host, and have it within the block."""
        cap = self._hosts.get(host)
        if cap is None:
            cap = self._hosts[host] = _Cap(self._per_host, 2 * self._per_host)
        cap.users += 1
        try:
            async with cap.running:
                await cap.counted.acquire()
                try:
                    await self._all.running.acquire()
                except BaseException:
                    cap.counted.release()
                    raise
                try:
                    await self._all.counted.acquire()
                except BaseException:
                    self._all.running.release()
                    cap.counted.release()
                    raise
                given_back = False

                def give_back() -> None:
                    nonlocal given_back
                    if not given_back:
                        given_back = True
                        self._all.counted.release()
                        cap.counted.release()

                early = asyncio.get_running_loop().call_later(self._patience, give_back)
                try:
                    yield
                finally:
                    early.cancel()
                    give_back()
                    self._all.running.release()
        finally:
            cap.users -= 1
            if not cap.users:
                self._hosts.pop(host, None)
