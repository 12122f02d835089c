"""The times that a list prints beside its headlines: dates, clocks under a day, “3 hours ago”."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import Final

from tui_news.extract.dates import date_in_url, find_date, parse_stamp
from tui_news.extract.tokens import Token
from tui_news.sources.headlines import Link

_CLOCK: Final = re.compile(r"(?<![\d:：])([01]?\d|2[0-3])[:：]([0-5]\d)(?![\d:：])")
_AGO: Final = re.compile(
    r"(\d{1,3})\s*(分钟|分鐘|分|분|min(?:ute)?s?|小时|小時|時間|시간|h(?:our)?s?|hrs?|天|日|일|"
    r"d(?:ay)?s?)\s*(?:之?前|전|ago)",
    re.IGNORECASE,
)
_DAY_WORD: Final = re.compile(r"(今天|今日|오늘|today|昨天|昨日|어제|yesterday|前天|그저께)", re.IGNORECASE)


def read_times(
    links: Sequence[Link], stream: Sequence[Token], zone: tzinfo, now: datetime
) -> list[datetime | None]:
    """The time of each headline: as printed beside it, on whichever side this page prints it."""
    day_of = _day_headings(links, stream, zone, now)
    sides = [
        sum(1 for link in links if _read(getattr(link, side), link, zone, now, day_of))
        for side in ("after", "before")
    ]
    first, second = ("after", "before") if sides[0] >= sides[1] else ("before", "after")
    out: list[datetime | None] = []
    for link in links:
        when = _read(getattr(link, first), link, zone, now, day_of)
        if when is None and sides[0] != sides[1] and first == "after":
            when = _read(getattr(link, second), link, zone, now, day_of)
        if when is None and (day := date_in_url(link.href, now)):
            when = datetime.combine(day, time(), zone)
        out.append(when)
    return out


def _day_headings(
    links: Sequence[Link], stream: Sequence[Token], zone: tzinfo, now: datetime
) -> dict[str, datetime]:
    """For headlines under a heading that is a day: that day."""
    wanted = {link.href for link in links}
    day: datetime | None = None
    out: dict[str, datetime] = {}
    for token in stream:
        if token.kind == "text" and (token.heading or token.strong) and len(token.text) < 40:
            found = find_date(token.text, zone, now)
            if found and not found.timed:
                day = found.when
        elif token.kind == "link" and day is not None and token.href in wanted:
            out.setdefault(token.href, day)
    return out


def _read(
    text: str, link: Link, zone: tzinfo, now: datetime, day_of: Mapping[str, datetime]
) -> datetime | None:
    if not text:
        return None
    here = now.astimezone(zone)
    named = date_in_url(link.href, now)
    found = parse_stamp(text, zone, now) if text[:4].isdigit() and "T" in text[:12] else None
    found = found or find_date(text, zone, now, named.year if named else here.year)
    if found and found.timed:
        return found.when
    clock = _CLOCK.search(text)
    if found and clock is None:
        return found.when
    if match := _AGO.search(text):
        return _ago(int(match[1]), match[2].lower(), here)
    base = found.when if found else day_of.get(link.href)
    if base is None and (match := _DAY_WORD.search(text)):
        word = match[1].lower()
        back = 1 if word in ("昨天", "昨日", "어제", "yesterday") else 2 if word in ("前天", "그저께") else 0
        base = here - timedelta(days=back)
    if base is None and named is not None:
        base = datetime.combine(named, time(), zone)
    month_day = re.search(r"(?<!\d)(1[0-2]|0?[1-9])[-/.月](3[01]|[12]\d|0?[1-9])(?!\d)", text)
    if base is None and month_day:
        try:
            base = datetime(here.year, int(month_day[1]), int(month_day[2]), tzinfo=zone)
        except ValueError:
            return None
        if base - now > timedelta(days=2):
            base = base.replace(year=here.year - 1)
    if base is None and clock is not None:
        base = here
    if base is None:
        return None
    if clock is None:
        return base.replace(hour=0, minute=0, second=0, microsecond=0) if not found else base
    when = base.replace(hour=int(clock[1]), minute=int(clock[2]), second=0, microsecond=0)
    return when if when - now <= timedelta(days=2) else None


def _ago(count: int, unit: str, here: datetime) -> datetime:
    if unit.startswith(("min", "分", "분")):
        return here - timedelta(minutes=count)
    if unit.startswith(("h", "小", "時", "시")):
        return here - timedelta(hours=count)
    return here - timedelta(days=count)


def read_time(text: str, href: str, zone: tzinfo, now: datetime) -> datetime | None:
    link = Link(href, "", "", "", False, False)
    when = _read(text, link, zone, now, {})
    if when is None and (day := date_in_url(href, now)):
        return datetime.combine(day, time(), zone)
    return when
