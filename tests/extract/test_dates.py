"""Dates where pages print them."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.extract.dates import date_in_url, find_date, parse_stamp, zone_of

NOW = datetime(2026, 11, 24, 12, 0, tzinfo=UTC)
CHINA = timezone(timedelta(hours=8))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("2007年09月01日19:34", "2007-09-01T19:34:00+08:00"),
        ("发布时间：2007-9-1 9:05 来源", "2007-09-01T09:05:00+08:00"),
        ("2007/09/01 (土) 07:12:33", "2007-09-01T07:12:33+08:00"),
        ("2020.03.04. 오후 7:34", "2020-03-04T19:34:00+08:00"),
        ("2020년 3월 4일 오전 12:10", "2020-03-04T00:10:00+08:00"),
        ("2007年9月1日 19時34分", "2007-09-01T19:34:00+08:00"),
        ("September 1, 2007 at 7:34 p.m. ET", "2007-09-01T19:34:00-05:00"),
        ("Sat 1 Sept 2007 19.34 GMT", "2007-09-01T19:34:00+00:00"),
        ("1. März 2019, 08:15 Uhr", "2019-03-01T08:15:00+08:00"),
        ("4 de julio de 2018 10:00", "2018-07-04T10:00:00+08:00"),
        ("13.02.2020 11:22", "2020-02-13T11:22:00+08:00"),
        ("Nov 19th, 2019", "2019-11-19T00:00:00+08:00"),
        ("the 2030-01-01 plan, agreed on 2020-01-02", "2020-01-02T00:00:00+08:00"),
    ],
)
def test_found_in_text(text: str, expected: str) -> None:
    found = find_date(text, CHINA, NOW)
    assert found is not None
    assert found.when.isoformat() == expected


@pytest.mark.parametrize(
    "text", ["", "2007", "no date", "1234567890123", "99-99-9999", "2045-01-01", "1899-05-05"]
)
def test_what_is_none(text: str) -> None:
    assert find_date(text, CHINA, NOW) is None


def test_a_day_without_year_needs_a_clock_and_a_hint() -> None:
    assert find_date("09月01日 19:34", CHINA, NOW) is None
    assert find_date("09月01日", CHINA, NOW, 2007) is None
    found = find_date("09月01日 19:34", CHINA, NOW, 2007)
    assert found is not None
    assert found.when == datetime(2007, 9, 1, 19, 34, tzinfo=CHINA)
    late = find_date("12-30 08:00", CHINA, NOW, 2026)
    assert late is not None
    assert late.when.year == 2025


@pytest.mark.parametrize(
    ("text", "expected", "timed"),
    [
        ("2007-09-01T19:34:00+08:00", "2007-09-01T19:34:00+08:00", True),
        ("2007-09-01T11:34:00Z", "2007-09-01T11:34:00+00:00", True),
        ("2007-09-01", "2007-09-01T00:00:00+08:00", False),
        ("20070901T1934", "2007-09-01T19:34:00+08:00", True),
        ("Sat, 01 Sep 2007 19:34:00 GMT", "2007-09-01T19:34:00+00:00", True),
    ],
)
def test_stamps(text: str, expected: str, timed: bool) -> None:
    found = parse_stamp(text, CHINA, NOW)
    assert found is not None
    assert (found.when.isoformat(), found.timed) == (expected, timed)


@pytest.mark.parametrize(
    ("url", "day"),
    [
        ("http://news.example.cn/20070901/n251900000.shtml", date(2007, 9, 1)),
        ("https://e.example/2019/11/18/title/", date(2019, 11, 18)),
        ("https://e.example/world/2019/nov/18/title", date(2019, 11, 18)),
        ("https://e.example/2019-11/18/c_1.htm", date(2019, 11, 18)),
        ("https://e.example/2019/11/a-title", date(2019, 11, 1)),
        ("https://e.example/item/99999999", None),
        ("https://e.example/20991231/x", None),
    ],
)
def test_days_in_addresses(url: str, day: date | None) -> None:
    assert date_in_url(url, NOW) == day


def test_zones_by_language_then_country() -> None:
    assert zone_of("zh-CN") == CHINA
    assert zone_of("ja").utcoffset(None) == timedelta(hours=9)
    assert zone_of("", "https://www.news.example.kr/1").utcoffset(None) == timedelta(hours=9)
    assert zone_of("en", "https://e.example/") is UTC


@given(st.text(max_size=120))
def test_never_raises(text: str) -> None:
    found = find_date(text, CHINA, NOW, 2020)
    assert found is None or found.when.tzinfo is not None
    parse_stamp(text, CHINA, NOW)
    date_in_url(text, NOW)
