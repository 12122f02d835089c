"""Work on bytes from outside, done in processes that can be killed (docs/workers.md).

`Pool.run(job, params, body)` is the one door: it hands the bytes to a worker and gives back plain data, or
raises `WorkerError`, one plain line. What a worker can do is in `workers.jobs`.
"""

from tui_news.workers.pool import Pool, Reply, WorkerError

__all__ = ["Pool", "Reply", "WorkerError"]
