"""Dates as they are met, and what is never believed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tui_news.sources.feed import parse_date

NOW = datetime(2026, 3, 1, 12, 0, tzinfo=UTC)
LATE = datetime(2007, 9, 1, 19, 34)  # noqa: DTZ001 - the zone is what each case adds


def zone(hours: float) -> timezone:
    return timezone(timedelta(hours=hours))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Sat, 01 Sep 2007 19:34:00 GMT", LATE.replace(tzinfo=UTC)),
        ("Sat, 01 Sep 2007 19:34:00 +0800", LATE.replace(tzinfo=zone(8))),
        ("Mon, 1 Sep 07 19:34 EST", LATE.replace(tzinfo=zone(-5))),
        ("1 Sep 2007 19:34 PDT", LATE.replace(tzinfo=zone(-7))),
        ("01-Sep-2007 19:34:00 UT", LATE.replace(tzinfo=UTC)),
        ("Sat, 01 Sep 2007 19:34:00 A", LATE.replace(tzinfo=UTC)),
        ("Sat, 01 Sep 2007 19:34:00 GMT+02:00", LATE.replace(tzinfo=zone(2))),
        ("Sat, 01 Sep 2007 19:34:00 +0530 (IST)", LATE.replace(tzinfo=zone(5.5))),
        ("Updated: Saturday, 1 September 2007, 19:34 CET", LATE.replace(tzinfo=zone(1))),
        ("September 1st, 2007 7:34 p.m. EDT", LATE.replace(tzinfo=zone(-4))),
        ("Sat Sep  1 19:34:00 2007", LATE.replace(tzinfo=UTC)),
        ("Sat Sep 1 19:34:00 EDT 2007", LATE.replace(tzinfo=zone(-4))),
        ("2007-09-01T19:34:00Z", LATE.replace(tzinfo=UTC)),
        ("2007-09-01T19:34:00.123456789Z", LATE.replace(tzinfo=UTC, microsecond=123456)),
        ("2007-09-01T19:34+09:00", LATE.replace(tzinfo=zone(9))),
        ("2007-09-01T19:34:00-0330", LATE.replace(tzinfo=zone(-3.5))),
        ("2007-09-01 19:34:00 +0200", LATE.replace(tzinfo=zone(2))),
        ("2007-9-1 19:34", LATE.replace(tzinfo=UTC)),
        ("2007/09/01 19:34:00", LATE.replace(tzinfo=UTC)),
        ("2007.09.01 19:34", LATE.replace(tzinfo=UTC)),
        ("20070901T193400Z", LATE.replace(tzinfo=UTC)),
        ("20070901", datetime(2007, 9, 1, tzinfo=UTC)),
        ("2007-09", datetime(2007, 9, 1, tzinfo=UTC)),
        ("1188675240", LATE.replace(tzinfo=UTC)),
        ("1188675240000", LATE.replace(tzinfo=UTC)),
        ("Fri, 31 Aug 2007 24:00:00 GMT", datetime(2007, 9, 1, tzinfo=UTC)),
        ("Sat, 01 Sep 2007 19:34:60 GMT", LATE.replace(second=59, tzinfo=UTC)),
        ("30 Jan 95 10:00 GMT", datetime(1995, 1, 30, 10, tzinfo=UTC)),
    ],
)
def test_formats_of_the_internet(text: str, expected: datetime) -> None:
    made = parse_date(text, now=NOW)
    assert made == expected
    assert made is not None
    assert made.utcoffset() == expected.utcoffset()


@pytest.mark.parametrize(
    ("text", "language", "hours"),
    [
        ("2007年09月01日19:34", "zh", 8),
        ("2007年9月1日 19:34:00", "zh-TW", 8),
        ("2007年9月1日 下午7:34", "zh", 8),
        ("2007年9月1日 19时34分", "zh-CN", 8),
        ("2007-09-01 19:34", "zh", 8),
        ("Sat, 01 九月 2007 19:34:00 +0800", "zh", 8),
        ("Sat, 01 Sep 2007 19:34:00 CST", "zh-CN", 8),
        ("民國96年9月1日 19:34", "zh-TW", 8),
        ("2007年9月1日（土）午後7時34分", "ja", 9),
        ("平成19年9月1日 19時34分", "ja", 9),
        ("2007년 9월 1일 오후 7:34", "ko", 9),
        ("2007. 9. 1. 19:34", "ko-KR", 9),
        ("1. September 2007, 19:34 Uhr", "de", 0),
        ("Sa, 01 Sept. 2007 19:34:00 MESZ", "de", 2),
        ("01.09.2007 19:34", "de", 0),
        ("samedi 1er septembre 2007 19:34", "fr", 0),
        ("01/09/2007 19:34", "fr", 0),
        ("09/01/2007 19:34", "en-US", 0),
        ("1 de septiembre de 2007, 19:34", "es", 0),
        ("sáb, 01 set 2007 19:34:00 -0300", "pt-BR", -3),
        ("1 settembre 2007 19:34", "it", 0),
        ("1 сентября 2007 19:34", "ru", 0),
        ("1 września 2007, 19:34", "pl", 0),
        ("1 Eylül 2007 19:34", "tr", 0),
    ],
)
def test_dates_of_many_languages(text: str, language: str, hours: float) -> None:
    made = parse_date(text, language=language, now=NOW)
    assert made == LATE.replace(tzinfo=zone(hours))
    assert made.utcoffset() == timedelta(hours=hours)


@pytest.mark.parametrize(
    ("name", "month"),
    [
        ("März", 3), ("Mai", 5), ("Dez", 12), ("janv.", 1), ("févr.", 2), ("juin", 6), ("juil.", 7),
        ("août", 8), ("déc.", 12), ("ene", 1), ("abr", 4), ("ago", 8), ("dic", 12), ("gen", 1),
        ("mag", 5), ("lug", 7),
        ("мая", 5), ("октября", 10), ("paź", 10), ("února", 2), ("şubat", 2),
        ("12月", 12),
        ("十一月", 11), ("3월", 3),
    ],
)  # fmt: skip
def test_month_names(name: str, month: int) -> None:
    assert parse_date(f"04 {name} 2020 10:00", now=NOW) == datetime(2020, month, 4, 10, tzinfo=UTC)


@pytest.mark.parametrize(
    "text",
    [
        "", "garbage", "soon", "2007", "12:30",
        "Mon, 01 Jan 0000 00:00:00 GMT", "0000-00-00T00:00:00Z", "9999-12-31T23:59:59Z",
        "0001-01-01T00:00:00+14:00", "Mon, 31 Feb 2023 25:61:61 GMT", "2099-01-01T00:00:00Z",
        "1970-01-01T00:00:00Z", "Thu, 01 Jan 1970 00:00:00 GMT", "2026-03-04T12:00:00Z",
        "2020-01-01T00:00:00+23:59", "99999999999999999999", "²⁰²⁰-01-01", "31/31/2020", "2020年13月1日",
        "1 Foo 2020",
    ],
)  # fmt: skip
def test_what_is_not_believed(text: str) -> None:
    assert parse_date(text, now=NOW) is None


def test_the_near_future_is_believed() -> None:
    assert parse_date("2026-03-03T11:00:00Z", now=NOW) == NOW + timedelta(hours=47)


@given(st.text(max_size=80), st.sampled_from(["", "zh", "ja", "de", "en"]))
def test_no_text_raises(text: str, language: str) -> None:
    made = parse_date(text, language=language, now=NOW)
    assert made is None or (made.tzinfo is not None and made.year >= 1990)


_PIECE = st.sampled_from(
    ["Mon, ", "31 ", "Feb ", "2023", "99", "0000", ":", "25:61", " GMT", "+99:99", "-", "/", ".", "T", "年",
     "月", "日", "下午", "1", "13", "令和", "元", "民國", " EST", "Z", "+0800", "12"]
)  # fmt: skip


@given(st.lists(_PIECE, max_size=12).map("".join))
def test_no_mixture_of_dates_parts_raises(text: str) -> None:
    made = parse_date(text, language="zh", now=NOW)
    assert made is None or made <= NOW + timedelta(days=2)


@given(
    st.datetimes(min_value=datetime(1991, 1, 1), max_value=datetime(2026, 2, 1)),  # noqa: DTZ001
    st.integers(min_value=-14 * 4, max_value=14 * 4),
)
def test_iso_and_rfc_822_come_back(moment: datetime, quarters: int) -> None:
    from email.utils import format_datetime

    moment = moment.replace(microsecond=0, tzinfo=timezone(timedelta(minutes=15 * quarters)))
    assert parse_date(moment.isoformat(), now=NOW) == moment
    assert parse_date(format_datetime(moment), now=NOW) == moment
