"""The workers' own jobs, but with a fault where a URL asks for one: what bad bytes could do to a parser."""

from __future__ import annotations

import os
import signal
import time
from typing import Any

from tui_news.workers import jobs


def feed(params: dict[str, Any], body: bytes) -> tuple[dict[str, Any], bytes]:
    match params["source"]:
        case "s0":
            raise IndexError("ours")
        case "s1":
            time.sleep(60)
        case "s2":
            os.kill(os.getpid(), signal.SIGKILL)
        case "s3":
            return {"count": 3, "title": 7}, b""
        case "s4":
            return {"count": 3}, b"TNR1\0\0\0\3and nothing else"
    return jobs.feed(params, body)


JOBS = {**jobs.JOBS, "feed": feed}
