"""What holds for every test: no deadline on busy machines, the same examples on each run of CI."""

from __future__ import annotations

import gc
import os

import pytest
from hypothesis import settings

# A front page worked out in the background would outlive its test.
os.environ["TUI_NEWS_FRONT"] = "never"

settings.register_profile("here", deadline=None)
# CI gives no second look: what it runs today it ran yesterday. New examples are found by hand.
settings.register_profile("ci", deadline=None, derandomize=True)
settings.load_profile("ci" if os.environ.get("CI") else "here")


def pytest_xdist_auto_num_workers(config: pytest.Config) -> int:
    """Twice the cores: a test of the screen or of a slow peer waits half of its time."""
    return 2 * (os.cpu_count() or 1)


# What is imported and collected stays: the collector of garbage does not look through it again and again.
gc.disable()


def pytest_collection_finish(session: pytest.Session) -> None:
    gc.freeze()
    gc.enable()
