"""Times as a newspaper prints them: short beside a headline, long in a byline."""

from __future__ import annotations

from datetime import date, datetime

from tui_news.i18n import _, mark

WEEKDAYS = (mark("Mon"), mark("Tue"), mark("Wed"), mark("Thu"), mark("Fri"), mark("Sat"), mark("Sun"))
MONTHS = (
    mark("Jan"), mark("Feb"), mark("Mar"), mark("Apr"), mark("May"), mark("Jun"), mark("Jul"), mark("Aug"),
    mark("Sep"), mark("Oct"), mark("Nov"), mark("Dec"),
)  # fmt: skip
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
        return _(WEEKDAYS[here.weekday()])
    if here.year == today.year:
        return _("{day} {month}", day=here.day, month=_(MONTHS[here.month - 1]), number=here.month)
    return f"{here.year}"


def day(moment: date) -> str:
    """A day as a newspaper prints it over its name: `Tue 24 Nov`."""
    return _("{weekday} {day} {month}", **_parts(moment))


def long_time(moment: datetime | None) -> str:
    """A byline's time in the zone the source gave: `Tue 24 Nov 2026, 09:41 +08:00`; empty for none."""
    if moment is None:
        return ""
    zone = f"{moment:%z}"
    zone = "UTC" if zone in ("", "+0000") else f"{zone[:3]}:{zone[3:5]}"
    return _("{weekday} {day} {month} {year}, {time} {zone}", time=f"{moment:%H:%M}", zone=zone,
             **_parts(moment))  # fmt: skip


def _parts(moment: date) -> dict[str, object]:
    return {
        "weekday": _(WEEKDAYS[moment.weekday()]), "day": moment.day, "month": _(MONTHS[moment.month - 1]),
        "number": moment.month, "year": moment.year,
    }  # fmt: skip


def ago(moment: datetime | None, now: datetime) -> str:
    """How long ago, in one word: `now`, `12 min`, `3 h`, `2 d`; `never` for None; `in 5 min` ahead."""
    if moment is None:
        return _("never")
    seconds = (now - moment).total_seconds()
    size = abs(seconds)
    if size < 60:
        return _("now")
    if size < 3_600:
        text = _("{count} min", count=f"{size // 60:.0f}")
    elif size < 86_400:
        text = _("{count} h", count=f"{size // 3_600:.0f}")
    else:
        text = _("{count} d", count=f"{size // 86_400:.0f}")
    return text if seconds > 0 else _("in {time}", time=text)
