"""Dates where pages print them: in running text in eight languages, in attributes, in addresses."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from typing import Final
from urllib.parse import urlsplit

from tui_news.text.dating import (
    AHEAD,
    FIRST_YEAR,
    WIDEST,
    believable,
    named_zone,
    offset_zone,
    on_the_clock,
    zone_of_language,
)

_MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            "jan january januar janvier janv enero ene janeiro gennaio",
            "feb february februar février févr fevr febrero fevereiro febbraio",
            "mar march märz maerz mars marzo março",
            "apr april avril avr abril abr aprile",
            "may mai mayo maio maggio",
            "jun june juni juin junio junho giugno",
            "jul july juli juillet juil julio julho luglio",
            "aug august août aout agosto ago",
            "sep sept september septembre septiembre setembro settembre",
            "oct october oktober octobre octubre outubro ottobre okt",
            "nov november novembre noviembre novembro",
            "dec december dezember décembre diciembre dezembro dicembre dez déc dic",
        ),
        1,
    )
    for name in names.split()
}
_MONTH: Final = "(?P<mon>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\b\.?"
_HALF = "上午|下午|中午|凌晨|早上|晚上|午前|午後|오전|오후"
_CLOCK: Final = (
    rf"(?:(?P<half>{_HALF})\s?)?(?P<h>[01]?\d|2[0-4])\s?(?:[:：.]\s?|[时時点點시]\s?)(?P<mi>[0-5]\d)?"
    r"(?:\s?[:：分분]\s?(?P<s>[0-5]\d)?)?[秒초]?(?:\.\d+)?\s?(?P<ap>[AaPp]\.?[Mm]\b\.?)?"
    r"(?:\s?\(?(?P<z>Z\b|[+\-−]\d\d:?\d\d\b|(?:UTC|GMT)(?:[+\-−]\d\d?(?::?\d\d)?)?|[A-Z]{2,4}\b))?"
)
_GAP: Final = r"(?:\s?[(（][^()（）\d]{1,8}[)）])?(?:[\s,，、|·日]|\bat\b|\bum\b|\bà\b|T|Uhr){0,6}"
_PATTERNS: Final = tuple(
    re.compile(pattern + rf"(?:{_GAP}{_CLOCK})?", re.IGNORECASE)
    for pattern in (
        (
            r"(?<!\d)(?P<y>(?:19|20)\d\d)\s?[-/.年년]\s?(?P<m>1[0-2]|0?[1-9])\s?[-/.月월]\s?(?P<d>3[01]|"
            r"[12]\d|0?[1-9])(?!\d)\s?[日号號일.]?"
        ),
        (
            rf"(?<![^\W\d]){_MONTH}\s{{0,2}}(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s{{1,2}}(?P<y>(?:19|"
            rf"20)\d\d)(?!\d)"
        ),
        (
            rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.|º)?\s?(?:de |"
            rf"d[’'])?\s?{_MONTH}(?:\sde)?,?\s{{1,2}}(?P<y>(?:19|20)\d\d)(?!\d)"
        ),
        r"(?<!\d)(?P<d>0?[1-9]|[12]\d|3[01])[./](?P<m>0?[1-9]|1[0-2])[./](?P<y>(?:19|20)\d\d)(?!\d)",
    )
)
# Without a year a date is one only together with a time.
_YEARLESS: Final = tuple(
    re.compile(pattern + rf"{_GAP}{_CLOCK}", re.IGNORECASE)
    for pattern in (
        r"(?<!\d)(?P<m>1[0-2]|0?[1-9])\s?[-/月월]\s?(?P<d>3[01]|[12]\d|0?[1-9])(?!\d)\s?[日号號일.]?",
        rf"(?<!\d)(?P<d>\d{{1,2}})(?:st|nd|rd|th|\.)?\s{_MONTH}",
        rf"(?<![^\W\d]){_MONTH}\s(?P<d>\d{{1,2}})(?:st|nd|rd|th)?\b",
    )
)
_COMPACT = re.compile(
    r"^(20\d\d|19\d\d)(\d\d)(\d\d)(?:T?(\d\d):?(\d\d)(?::?(\d\d))?(?:\.\d+)?(Z|[+-]\d\d:?\d\d)?)?$"
)
_ADDRESS: Final = (
    re.compile(
        r"(?<!\d)(?P<y>(?:19|20)\d\d)[-/_]?(?P<m>0[1-9]|1[0-2])[-/_]?(?P<d>0[1-9]|[12]\d|3[01])(?!\d)"
    ),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0?[1-9]|1[0-2])/(?P<d>0?[1-9]|[12]\d|3[01])(?:/|$)"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<mon>[a-z]{3})/(?P<d>\d{1,2})/"),
    re.compile(r"/(?P<y>(?:19|20)\d\d)/(?P<m>0[1-9]|1[0-2])/"),
)
_LAND: Final = {
    "cn": 8, "hk": 8, "tw": 8, "mo": 8, "sg": 8, "jp": 9, "kr": 9,
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Found:
    """A date found in text; `timed` when it names an hour, `zoned` when it names a zone."""

    when: datetime
    start: int
    end: int
    timed: bool
    zoned: bool = False


def zone_of(language: str, url: str = "") -> tzinfo:
    """The zone of a page that names none: its language's (zh +8, ja, ko +9), its country's, else UTC."""
    if (zone := zone_of_language(language)) is not UTC:
        return zone
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        host = ""
    hours = _LAND.get(host.rpartition(".")[2])
    return timezone(timedelta(hours=hours)) if hours else UTC


def find_date(text: str, zone: tzinfo, now: datetime, year: int = 0) -> Found | None:
    """The first believable date in a text. With `year`, a month, day and time without a year count too."""
    text = text[:2_000]
    best: Found | None = None
    for pattern in _PATTERNS:
        for match in pattern.finditer(text):
            found = _made(match, zone, int(match["y"]))
            if found and believable(found.when, now):
                if best is None or found.start < best.start:
                    best = found
                break
    if best is None and year:
        for pattern in _YEARLESS:
            yearless = pattern.search(text)
            found = _made(yearless, zone, year) if yearless else None
            if yearless and found:
                return found if believable(found.when, now) else _made(yearless, zone, year - 1)
    return best


def parse_stamp(text: str, zone: tzinfo, now: datetime) -> Found | None:
    """The date of an attribute or a JSON value: ISO 8601 first, then as `find_date` reads it."""
    text = text.strip()[:80]
    if not text:
        return None
    try:
        when = datetime.fromisoformat(text)
    except ValueError:
        match = _COMPACT.match(text)
        if not match:
            return find_date(text, zone, now)
        year, month, day, hour, minute, second, offset = match.groups()
        try:
            when = datetime(
                int(year), int(month), int(day), int(hour or 0), int(minute or 0), int(second or 0),
                tzinfo=_zone(offset, zone) if offset else None,
            )  # fmt: skip
        except ValueError:
            return None
    zoned = when.tzinfo is not None
    timed = zoned or when.time() != time(0) or len(text) > 10
    if not zoned:
        when = when.replace(tzinfo=zone)
    return Found(when, 0, len(text), timed, zoned) if believable(when, now) else None


def date_in_url(url: str, now: datetime) -> date | None:
    """The day (the first of the month when it has none) that an address names."""
    try:
        path = urlsplit(url).path
    except ValueError:
        return None
    for pattern in _ADDRESS:
        for match in pattern.finditer(path):
            part = match.groupdict()
            month = _MONTHS.get(part["mon"]) if part.get("mon") else int(part["m"])
            try:
                day = date(int(part["y"]), month or 0, int(part.get("d") or 1))
            except ValueError:
                continue
            if day.year >= FIRST_YEAR and day <= (now + AHEAD).date():
                return day
    return None


def _made(match: re.Match[str], zone: tzinfo, year: int) -> Found | None:
    part = match.groupdict()
    month = _MONTHS.get(part["mon"].lower().rstrip(".")) if part.get("mon") else int(part["m"])
    timed = part["h"] is not None and (part["mi"] is not None or bool(part["ap"] or part["half"]))
    hour, minute = (int(part["h"]), int(part["mi"] or 0)) if timed else (0, 0)
    hour = on_the_clock(hour, part["ap"] or part["half"] or "")
    named = _zone(part["z"], zone) if timed and part["z"] else None
    try:
        second = int(part["s"] or 0) if timed else 0
        when = datetime(year, month or 0, int(part["d"]), hour % 24, minute, second, tzinfo=named or zone)
        when += timedelta(days=hour // 24)
    except (ValueError, OverflowError):
        return None
    return Found(when, match.start(), match.end(), timed, named is not None)


def _zone(text: str, home: tzinfo) -> tzinfo | None:
    name = text.upper()
    if zone := named_zone(name, home):
        return zone
    try:
        zone = offset_zone(name)
    except ValueError:
        return None
    return zone if zone is not None and abs(zone.utcoffset(None)) <= WIDEST else None
