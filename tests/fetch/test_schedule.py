"""When a source is asked again."""

from __future__ import annotations

import random
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.fetch import FetchError, Response
from tui_news.fetch.errors import Kind
from tui_news.fetch.response import parse_content_type, parse_retry_after
from tui_news.fetch.schedule import after_failure, after_success, is_due
from tui_news.model import FeedStatus

NOW = datetime(2026, 3, 1, 12, tzinfo=UTC)
NEW = FeedStatus("s")


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def failed(
    status: FeedStatus = NEW, kind: Kind = "http", code: int = 500, wait: float | None = None
) -> FeedStatus:
    return after_failure(status, FetchError(kind, "It broke", code, wait), NOW, 60, random.Random(1))


def test_a_new_source_is_due() -> None:
    assert is_due(NEW, NOW, 60)


def test_after_a_success() -> None:
    before = failed(replace(NEW, title="T", damaged=True))
    response = Response(
        "http://x/", 200, etag='"1"', last_modified="then", latency=0.5, received=9, moved="http://y/"
    )
    status = after_success(before, response, NOW, 30)
    assert status == FeedStatus(
        "s", '"1"', "then", NOW, NOW, NOW + minutes(30), None, 200, 0.5, 9, title="T", moved="http://y/"
    )
    assert not is_due(status, NOW + minutes(29), 30)
    assert is_due(status, NOW + minutes(30), 30)
    assert is_due(status, NOW + minutes(1), 30, force=True)
    assert is_due(status, NOW + minutes(11), 10), "a shorter interval holds at once"


def test_304_says_nothing_of_damage() -> None:
    status = replace(NEW, damaged=True)
    assert after_success(status, Response("u", 304, not_modified=True), NOW, 30).damaged
    assert not after_success(status, Response("u", 200), NOW, 30).damaged


def test_failures_back_off_and_keep_what_is_known() -> None:
    status = replace(NEW, etag='"1"', succeeded=NOW - minutes(99), title="T")
    pauses = []
    for count in range(1, 40):
        status = failed(status)
        assert status.failures == count
        assert status.next_try is not None
        pauses.append(status.next_try - NOW)
    assert minutes(3) < pauses[0] < minutes(7)
    assert all(pause <= timedelta(hours=24) for pause in pauses)
    assert pauses[-1] > timedelta(hours=17)
    assert pauses[3] > pauses[0] * 3
    assert (status.etag, status.title, status.error, status.status) == ('"1"', "T", "It broke", 500)
    assert not is_due(status, NOW + minutes(60), 60)
    assert is_due(status, NOW + minutes(60), 60, force=True)


def test_pauses_are_not_all_alike() -> None:
    rng = random.Random(7)
    assert len({after_failure(NEW, FetchError("dns", "x"), NOW, 60, rng).next_try for _ in range(20)}) > 10


@pytest.mark.parametrize("code", [429, 503])
def test_retry_after_is_kept_to(code: int) -> None:
    status = failed(kind="rate", code=code, wait=120)
    assert status.next_try == NOW + minutes(2)
    for force in (False, True):
        assert not is_due(status, NOW + timedelta(seconds=119), 1, force)
        assert is_due(status, NOW + timedelta(seconds=120), 1, force)


def test_only_who_asks_to_be_left_alone_is_left_alone_by_the_reader() -> None:
    plain = failed(code=503)
    assert plain.hold is None
    assert is_due(plain, NOW + minutes(1), 60, force=True)
    asked = failed(failed(code=503), kind="rate", code=503, wait=60)
    assert asked.hold == NOW + minutes(1)
    assert asked.next_try is not None
    assert asked.next_try > asked.hold, "by itself it is not asked before its pause is over"
    assert not is_due(asked, NOW + timedelta(seconds=59), 1, force=True)
    assert is_due(asked, NOW + minutes(1), 60, force=True)
    too_many = failed(kind="rate", code=429)
    assert too_many.hold == too_many.next_try
    assert after_success(too_many, Response("u"), NOW, 60).hold is None


def test_retry_after_has_an_end() -> None:
    status = failed(kind="rate", code=429, wait=1e12)
    assert status.next_try == NOW + timedelta(days=7)
    again = failed(failed(), kind="rate", code=429, wait=1)
    assert again.next_try is not None
    assert again.next_try > NOW + minutes(5)


def test_gone_is_gone_until_resumed() -> None:
    status = failed(kind="gone", code=410)
    assert status.gone
    assert status.next_try is None
    assert not is_due(status, NOW + timedelta(days=999), 1, force=True)
    assert is_due(replace(status, gone=False), NOW + minutes(60), 1)


def test_a_clock_that_was_wrong_leaves_nothing_asleep() -> None:
    ahead = NOW + timedelta(days=400)
    for status in (
        after_success(NEW, Response("u"), ahead, 60),
        after_failure(NEW, FetchError("http", "x", 500), ahead, 60, random.Random(1)),
        after_failure(NEW, FetchError("rate", "x", 429, 3600), ahead, 60, random.Random(1)),
        replace(NEW, next_try=ahead),
        replace(NEW, checked=NOW - minutes(1), next_try=ahead, failures=1),
    ):
        assert is_due(status, NOW, 60)
    corrected = failed(kind="rate", code=429, wait=600)
    assert not is_due(corrected, NOW - minutes(2), 60, force=True)


@given(
    st.builds(
        FeedStatus,
        st.just("s"),
        checked=st.none() | st.datetimes(timezones=st.just(UTC)),
        next_try=st.none() | st.datetimes(timezones=st.just(UTC)),
        hold=st.none() | st.datetimes(timezones=st.just(UTC)),
        status=st.sampled_from([0, 200, 304, 404, 429, 503]),
        failures=st.integers(0, 10**6),
    ),
    st.integers(-5, 10**6),
    st.booleans(),
    st.none() | st.floats(allow_nan=False),
)
def test_any_status_can_be_judged_and_wakes_up(
    status: FeedStatus, interval: int, force: bool, wait: float | None
) -> None:
    now = datetime(2026, 3, 1, tzinfo=UTC)
    is_due(status, now, interval, force)
    after = after_failure(status, FetchError("rate", "x", 429, wait), now, interval, random.Random(3))
    assert is_due(after, now + timedelta(days=7), interval)
    assert not is_due(after_success(status, Response("u"), now, 60), now, 60)


@pytest.mark.parametrize(
    ("value", "seconds"),
    [("120", 120.0), (" 0 ", 0.0), ("Sun, 01 Mar 2026 12:05:00 GMT", 300.0),
     ("Sun, 01 Mar 2026 11:00:00 GMT", 0.0),
     ("-5", None), ("soon", None), ("", None), ("9" * 400, 1e9), ("１２", None)],
)  # fmt: skip
def test_retry_after(value: str, seconds: float | None) -> None:
    assert parse_retry_after(value, NOW) == seconds


@given(st.text())
def test_headers_of_any_kind_can_be_read(value: str) -> None:
    parse_retry_after(value)
    parse_content_type(value)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("text/html; charset=GBK", ("text/html", "GBK")),
        ('Text/XML;a=b ; charset="utf-8"; x', ("text/xml", "utf-8")),
        ("text/html; charset='big5'", ("text/html", "big5")),
        ("text/html; charset=", ("text/html", "")),
        ("text/html; xcharset=a", ("text/html", "")),
        ("", ("", "")),
    ],
)
def test_content_type(value: str, expected: tuple[str, str]) -> None:
    assert parse_content_type(value) == expected
