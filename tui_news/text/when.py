"""Times as a newspaper prints them: short beside a headline, long in a byline."""

from __future__ import annotations

from datetime import datetime

WEEKDAYS = ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun")
MONTHS = ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec")
SHORT_WIDTH = 6
"""Cells that `short_time` takes at most."""


def short_time(moment: datetime | None, now: datetime) -> str:
    """The time of a headline in at most 6 cells, in the reader's zone: `09:41` today, `Mon` in the last
    week, `24 Nov` in this year, `2019` before; empty for no time."""
    if moment is None:
        return ""
    here = moment.astimezone()
    today = now.astimezone()
    days = (today.date() - here.date()).days
    if days == 0:
        return f"{here:%H:%M}"
    if 0 < days < 7:
        return WEEKDAYS[here.weekday()]
    if here.year == today.year:
        return f"{here.day} {MONTHS[here.month - 1]}"
    return f"{here.year}"


def long_time(moment: datetime | None) -> str:
    """A byline's time in the zone the source gave: `Tue 24 Nov 2026, 09:41 +08:00`; empty for none."""
    if moment is None:
        return ""
    zone = f"{moment:%z}"
    zone = "UTC" if zone in ("", "+0000") else f"{zone[:3]}:{zone[3:5]}"
    day = f"{WEEKDAYS[moment.weekday()]} {moment.day} {MONTHS[moment.month - 1]} {moment.year}"
    return f"{day}, {moment:%H:%M} {zone}"


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago, in one word: `now`, `12 min`, `3 h`, `2 d`; `never` for None; `in 5 min` ahead."""
    if moment is None:
        return "never"
    seconds = (now - moment).total_seconds()
    size = abs(seconds)
    if size < 60:
        return "now"
    if size < 3_600:
        text = f"{size // 60:.0f} min"
    elif size < 86_400:
        text = f"{size // 3_600:.0f} h"
    else:
        text = f"{size // 86_400:.0f} d"
    return text if seconds > 0 else f"in {text}"
