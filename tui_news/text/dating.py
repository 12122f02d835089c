"""What reading any date takes: which are believed, what zones are called, which half of a day is meant."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from typing import Final

FIRST_YEAR: Final = 1990
AHEAD: Final = timedelta(days=2)
"""How far after the time of reading a date may lie and still be believed (clocks and zones differ)."""
WIDEST: Final = timedelta(hours=15)
"""No zone is further from UTC than that."""

# RFC 822 and the names that are met in the wild, in minutes east of Greenwich.
_ZONES: Final = {
    "UT": 0, "UTC": 0, "GMT": 0, "Z": 0, "WET": 0, "EST": -300, "EDT": -240, "CST": -360, "CDT": -300,
    "MST": -420, "MDT": -360, "PST": -480, "PDT": -420, "ET": -300, "CT": -360, "MT": -420, "PT": -480,
    "AKST": -540, "AKDT": -480, "HST": -600, "AST": -240, "ADT": -180, "NST": -210, "NDT": -150,
    "BRT": -180, "ART": -180, "CLT": -240, "COT": -300, "PET": -300, "BST": 60, "IST": 330, "WEST": 60,
    "CET": 60, "MET": 60, "MEZ": 60, "CEST": 120, "MEST": 120, "MESZ": 120, "EET": 120, "EEST": 180,
    "SAST": 120, "MSK": 180, "MSD": 240, "TRT": 180, "GST": 240, "PKT": 300, "NPT": 345, "ICT": 420,
    "WIB": 420, "HKT": 480, "SGT": 480, "PHT": 480, "MYT": 480, "AWST": 480, "JST": 540, "KST": 540,
    "ACST": 570, "AEST": 600, "ACDT": 630, "AEDT": 660, "NZST": 720, "NZDT": 780,
}  # fmt: skip
_AFTERNOON: Final = frozenset(["p", "下午", "午後", "오후", "晚上", "晚間"])
_MORNING: Final = frozenset(["a", "上午", "午前", "오전", "凌晨", "早上"])
_OFFSET: Final = re.compile(r"([+\-−])\s?(\d{1,2}):?(\d{2})?(?!\d)")


def believable(when: datetime, now: datetime) -> bool:
    """Whether an aware date can be that of something already published. Never raises."""
    try:
        if not FIRST_YEAR <= when.year <= now.year + 1 or when - now > AHEAD:
            return False
        # A zone may be wilder than what `astimezone` can bear.
        return abs(when.utcoffset() or timedelta()) < WIDEST
    except (OverflowError, ValueError):
        return False


def zone_of_language(language: str) -> timezone:
    """The zone of a date that names none: China's for Chinese, Japan's and Korea's for theirs, else UTC."""
    tongue = language[:2].lower()
    if tongue == "zh":
        return timezone(timedelta(hours=8))
    if tongue in ("ja", "ko"):
        return timezone(timedelta(hours=9))
    return UTC


def named_zone(name: str, home: tzinfo) -> tzinfo | None:
    """The zone that a name stands for; None when it stands for none. CST is China's where `home` is."""
    if name == "CST" and home.utcoffset(None) == timedelta(hours=8):
        return home
    minutes = _ZONES.get(name)
    return None if minutes is None else timezone(timedelta(minutes=minutes))


def offset_zone(text: str) -> timezone | None:
    """The zone of the first `+08:00`, `-0330` or `+9` in a text; None when there is none. Raises ValueError
    beyond a day."""
    match = _OFFSET.search(text)
    if match is None:
        return None
    minutes = int(match[2]) * 60 + int(match[3] or 0)
    return timezone(timedelta(minutes=-minutes if match[1] in "-−" else minutes))


def on_the_clock(hour: int, half: str) -> int:
    """An hour of twelve as one of twenty-four, by the word for its half of the day (am, 下午, 오전 ...)."""
    half = half[:1].lower() if half.isascii() else half
    if half == "中午":
        return hour + 12 if hour < 10 else hour  # noon may be eleven
    if half in _AFTERNOON and hour < 12:
        return hour + 12
    return 0 if half in _MORNING and hour == 12 else hour
