"""Work on bytes from outside, done in processes that can be killed (docs/workers.md).

`Pool.run(job, params, body)` is the one door: it hands the bytes to a worker and gives back plain data, or
raises `WorkerError`, one plain line. What a worker can do is in `workers.jobs`.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tui_news.workers.pool import Pool, Reply, WorkerError

__all__ = ["Pool", "Reply", "WorkerError"]


def __getattr__(name: str) -> Any:
    # A worker is in this package too, and the pool with its asyncio would be half of its start.
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tui_news.workers import pool

    return getattr(pool, name)
