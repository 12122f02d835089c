"""Times beside headlines and in bylines."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from tui_news.text.when import SHORT_WIDTH, ago, long_time, short_time

NOON = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _in_utc(monkeypatch: pytest.MonkeyPatch) -> None:
    import time

    monkeypatch.setenv("TZ", "UTC")
    time.tzset()


@pytest.mark.parametrize(
    ("moment", "text"),
    [
        (NOON - timedelta(hours=2), "10:00"),
        (NOON - timedelta(days=1), "Mon"),
        (NOON - timedelta(days=20), "4 Nov"),
        (NOON - timedelta(days=700), "2024"),
        (NOON + timedelta(days=2), "26 Nov"),
        (None, ""),
    ],
)
def test_short_time(moment: datetime | None, text: str) -> None:
    assert short_time(moment, NOON) == text
    assert len(text) <= SHORT_WIDTH


def test_short_time_is_in_the_readers_zone() -> None:
    beijing = datetime(2026, 11, 24, 19, 30, tzinfo=timezone(timedelta(hours=8)))
    assert short_time(beijing, NOON) == "11:30"


def test_long_time_is_in_the_zone_of_the_source() -> None:
    beijing = datetime(2007, 9, 1, 19, 34, tzinfo=timezone(timedelta(hours=8)))
    assert long_time(beijing) == "Sat 1 Sep 2007, 19:34 +08:00"
    assert long_time(NOON) == "Tue 24 Nov 2026, 12:00 UTC"
    assert long_time(None) == ""


@pytest.mark.parametrize(
    ("delta", "text"),
    [
        (timedelta(seconds=3), "now"), (timedelta(minutes=12), "12 min"), (timedelta(hours=5), "5 h"),
        (timedelta(days=3), "3 d"), (-timedelta(minutes=9), "in 9 min"),
    ],
)  # fmt: skip
def test_ago(delta: timedelta, text: str) -> None:
    assert ago(NOON - delta, NOON) == text


def test_never() -> None:
    assert ago(None, NOON) == "never"
