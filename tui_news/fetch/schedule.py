"""When to ask a source again. Pure: status and outcome in, status out."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Final

from tui_news.fetch.errors import FetchError
from tui_news.fetch.response import Response
from tui_news.model import FeedStatus

FIRST_PAUSE: Final = timedelta(minutes=5)
LONGEST_PAUSE: Final = timedelta(hours=24)
LONGEST_RETRY_AFTER: Final = timedelta(days=7)
_CLOCK_SLIP: Final = timedelta(minutes=5)
"""A clock that is set by so much is being corrected; by more, it was wrong."""


def after_success(status: FeedStatus, response: Response, now: datetime, interval_minutes: int) -> FeedStatus:
    """The status after an answer that could be used, a 304 included. Next try: one interval from now.

    The feed's own title, home and damage are the caller's to add.
    """
    return replace(
        status,
        etag=response.etag,
        last_modified=response.last_modified,
        checked=now,
        succeeded=now,
        next_try=now + timedelta(minutes=max(1, interval_minutes)),
        hold=None,
        status=response.status,
        latency=response.latency,
        received=response.received,
        failures=0,
        error="",
        gone=False,
        damaged=status.damaged if response.not_modified else False,
        moved=response.moved,
    )


def after_failure(
    status: FeedStatus, error: FetchError, now: datetime, interval: int, rng: random.Random
) -> FeedStatus:
    """The status after a failure; what was known of the feed (validators, title) is kept.

    The pause doubles with each failure in a row, from five minutes (or one `interval`, in minutes, if
    that is less) to a day, a quarter more or less by chance so that many sources do not come back at
    once. The server's Retry-After is kept to, up to a week, also when the reader asks (`hold`); so is the
    pause after a 429. 410 ends it.
    """
    failures = status.failures + 1
    first = min(FIRST_PAUSE, timedelta(minutes=max(1, interval)))
    pause = min(first * 2 ** min(failures - 1, 20), LONGEST_PAUSE)
    pause = min(pause * rng.uniform(0.75, 1.25), LONGEST_PAUSE)
    hold = pause if error.status == 429 else None
    if error.retry_after is not None and error.retry_after > 0:
        asked = min(timedelta(seconds=min(error.retry_after, 10**7)), LONGEST_RETRY_AFTER)
        hold = asked
        # On a first failure the server's word is all there is to go by.
        pause = asked if failures == 1 else max(asked, pause)
    gone = error.kind == "gone"
    return replace(
        status,
        checked=now,
        next_try=None if gone else now + pause,
        hold=None if gone or hold is None else now + hold,
        status=error.status,
        latency=error.latency,
        received=error.received,
        failures=failures,
        error=error.message,
        gone=gone,
        moved="",
    )


def is_due(status: FeedStatus, now: datetime, interval: int, force: bool = False) -> bool:
    """Whether a source is to be asked now. `force` (the reader asks) overrides the interval and the pauses
    after failures, but not a server that wants to be left alone (`held`), nor one that is gone.

    `interval` in minutes counts when no next try is noted, or when it has been made shorter since.
    """
    if status.gone:
        return False
    if held(status, now):
        return False
    if force:
        return True
    if status.checked is None:
        return status.next_try is None or now >= status.next_try or _beyond(status.next_try, now)
    if status.checked - now > _CLOCK_SLIP:
        return True  # The clock was wrong when this was noted.
    soonest = status.checked + timedelta(minutes=max(1, interval))
    if status.next_try is None:
        return now >= soonest
    if _beyond(status.next_try, now):
        return True
    if status.failures == 0:
        return now >= min(status.next_try, soonest)
    return now >= status.next_try


def held(status: FeedStatus, now: datetime) -> bool:
    """Whether the server has asked not to be asked yet. A clock that was wrong holds nothing."""
    if status.hold is None or now >= status.hold or _beyond(status.hold, now):
        return False
    return status.checked is None or status.checked - now <= _CLOCK_SLIP


def _beyond(moment: datetime, now: datetime) -> bool:
    """Further ahead than any pause that is ever set: left by a clock that was wrong."""
    return moment - now > LONGEST_RETRY_AFTER + _CLOCK_SLIP
