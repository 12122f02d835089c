"""Dates as feeds and pages write them: RFC 822, RFC 3339, Chinese, Japanese, Korean, by month name."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta, timezone, tzinfo
from functools import lru_cache
from typing import Final
from unicodedata import combining, normalize

from tui_news.text.dating import believable, named_zone, offset_zone, on_the_clock, zone_of_language

_MONTHS: Final = (
    (
        "january januar janvier enero gennaio janeiro januari января stycznia "
        "ledna ocak jänner січня leden styczeń januára"
    ),
    (
        "february februar février febrero febbraio fevereiro februari февраля lutego "
        "února şubat feber лютого únor luty februára"
    ),
    "march märz mars marzo março maart марта marca března mart березня březen marzec marts",
    "april avril abril aprile апреля kwietnia dubna nisan квітня duben kwiecień apríla",
    "may mai mayo maggio maio mei maj мая maja května mayıs травня květen mája",
    "june juni juin junio giugno junho июня czerwca června haziran червня červen czerwiec júna",
    "july juli juillet julio luglio julho июля lipca července temmuz липня červenec lipiec júla",
    "august août agosto augustus augusti августа sierpnia srpna ağustos серпня srpen sierpień augusta",
    (
        "september septembre septiembre setiembre settembre setembro сентября "
        "września září eylül вересня wrzesień septembra"
    ),
    (
        "october oktober octobre octubre ottobre outubro октября października "
        "října ekim жовтня říjen październik októbra"
    ),
    "november novembre noviembre novembro ноября listopada listopadu kasım листопада listopad novembra",
    (
        "december dezember décembre diciembre dicembre dezembro декабря grudnia "
        "prosince aralık грудня prosinec grudzień decembra"
    ),
)
_CJK_MONTHS: Final = ("一", "二", "三", "四", "五", "六", "七", "八", "九", "十", "十一", "十二")

_CLOCK = (
    r"(?P<h>\d{1,2})[:：.](?P<mi>\d{2})(?:[:：.](?P<s>\d{2})(?:[.,]\d+)?)?(?:\s*(?P<ap>[aApP])\.?[mM]\b\.?)?"
)
# The patterns below are dear to compile, and most feeds need none of them: re keeps those that are used.
_TAIL = rf"(?:[\s,T·|]*(?:\D{{0,12}}?\s)?{_CLOCK}(?P<z>.*))?"
_RFC822 = (
    r"(?:^|[^\d])(?P<d>\d{1,2})(?:st|nd|rd|th|\.|º|er)?[\s\-/.]+(?:de\s+)?(?P<mon>[^\W\d_]{2,}|1?\d\s?[月월])\.?,?[\s\-/]+"
    rf"(?:de\s+)?(?P<y>\d{{4}}|\d{{2}})(?!\d){_TAIL}"
)
_MONTH_FIRST = (
    rf"(?P<mon>[^\W\d_]{{3,}})\.?\s+(?P<d>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<y>\d{{4}})(?!\d){_TAIL}"
)
_ASCTIME = (
    r"(?P<mon>[A-Za-z]{3,9})\s+(?P<d>\d{1,2})\s+(?P<h>\d{1,2}):(?P<mi>\d{2})(?::(?P<s>\d{2}))?(?P<ap>)"
    r"(?:\s+(?P<z>[A-Za-z]{1,5}|[+-]\d{4}))?\s+(?P<y>\d{4})"
)
_YEAR_FIRST = rf"(?<!\d)(?P<y>\d{{4}})\s?[-/.]\s?(?P<mon>\d{{1,2}})\s?[-/.]\s?(?P<d>\d{{1,2}})(?!\d){_TAIL}"
_DAY_FIRST = rf"(?<!\d)(?P<d>\d{{1,2}})(?P<sep>[-/.])\s?(?P<mon>\d{{1,2}})[-/.]\s?(?P<y>\d{{4}})(?!\d){_TAIL}"
_CJK = (
    r"(?P<era>民國|民国|令和|平成)?\s?(?P<y>\d{1,4}|元)\s?[年년]\s?(?P<mon>\d{1,2})\s?[月월]\s?(?P<d>\d{1,2})\s?[日号號일]?"
    r"(?:\D{0,16}?(?P<ap>上午|下午|午前|午後|오전|오후|凌晨|早上|中午|晚上|晚間)?\s?"
    r"(?P<h>\d{1,2})\s?(?:[:：]|[时時点點시]\s?)(?P<mi>\d{1,2})?(?:[:：]|[分분]\s?)?(?:(?P<s>\d{2})[秒초]?)?(?P<z>.*))?"
)
_ERAS: Final = {"民國": 1911, "民国": 1911, "令和": 2018, "平成": 1988}
_COMPACT = (
    r"^(?P<y>\d{4})(?P<mon>\d{2})(?P<d>\d{2})(?:T?(?P<h>\d{2})(?P<mi>\d{2})(?P<s>\d{2})?(?P<ap>)(?P<z>.*))?$"
)
_MONTH_ONLY = r"^(?P<y>\d{4})-(?P<mon>\d{2})$"
_ZONE_NAME = re.compile(r"(?<![A-Za-z])[A-Z]{1,4}(?![A-Za-z])")
_FAST_822 = re.compile(
    r"(?:[A-Za-z]{3}, ?)?(\d{1,2}) ([A-Z][a-z]{2}) (\d{4}) (\d\d):(\d\d):(\d\d) (GMT|UTC|Z|[+-]\d{4})$"
)
_ENGLISH: Final = {
    name: number
    for number, name in enumerate(
        ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"), 1
    )
}


def _plain(word: str) -> str:
    """The word in lower case without diacritics."""
    return "".join(char for char in normalize("NFKD", word.lower()) if not combining(char))


@lru_cache(maxsize=1)
def _month_names() -> dict[str, int]:
    """Every month name and every unambiguous beginning of one (three letters and more)."""
    found: dict[str, set[int]] = {}
    whole: dict[str, int] = {}
    for number, names in enumerate(_MONTHS, 1):
        for name in names.split():
            word = _plain(name)
            whole[word] = number
            for end in range(3, len(word)):
                found.setdefault(word[:end], set()).add(number)
    table = {word: numbers.pop() for word, numbers in found.items() if len(numbers) == 1}
    for number, numeral in enumerate(_CJK_MONTHS, 1):
        whole[f"{numeral}月"] = number
        for sign in "月월":
            whole[normalize("NFKD", f"{number}{sign}")] = number
    return table | whole


def parse_date(text: str, *, language: str = "", now: datetime) -> datetime | None:
    """The date that `text` holds, aware; None when there is none or none that can be believed.

    `language` decides the zone of a date that names none, and the order of 01/02/2007. `now` (aware) is
    the time of reading: what lies more than two days after it, or before 1990, is not believed.
    Never raises.
    """
    text = text.strip()
    if not text:
        return None
    try:
        made = _parse(text[:120], language)
        return made if made is not None and believable(made, now) else None
    except (ValueError, OverflowError):
        return None


def _parse(text: str, language: str) -> datetime | None:
    if match := _FAST_822.match(text):
        day, name, year, hour, minute, second, zone = match.groups()
        if (month := _ENGLISH.get(name)) and hour < "24" and second < "60":
            return datetime(
                int(year), month, int(day), int(hour), int(minute), int(second), 0,
                UTC if zone[0] not in "+-" else _offset(zone[0], zone[1:3], zone[3:]),
            )  # fmt: skip
    if text[:4].isdigit():
        if text[4:5] == "-" and len(text) >= 10:
            try:
                made = datetime.fromisoformat(text)
            except ValueError:
                pass
            else:
                return made if made.tzinfo else made.replace(tzinfo=zone_of_language(language))
        if text.isdecimal() and len(text) in (10, 13) and text[0] == "1":
            return datetime.fromtimestamp(int(text[:10]), UTC)
    for pattern in (_YEAR_FIRST, _CJK, _RFC822, _MONTH_FIRST, _ASCTIME, _DAY_FIRST, _COMPACT, _MONTH_ONLY):
        match = re.search(pattern, text)
        if match and (found := _made(match, language)):
            return found
    return None


def _made(match: re.Match[str], language: str) -> datetime | None:
    """The match's named parts as a date; None when the month's name is none. Raises ValueError."""
    part = match.groupdict()
    year = 1 if part["y"] == "元" else int(part["y"])
    if era := part.get("era"):
        year += _ERAS[era]
    elif len(part["y"]) == 2:
        year += 2000 if year < 70 else 1900  # POSIX's pivot, which feeds follow
    day = int(part.get("d") or 1)
    name = part["mon"]
    if name.isdecimal():
        month = int(name)
        # With slashes the American order for English; else, and where it cannot be that, day first.
        american = part.get("sep") == "/" and language[:2].lower() in ("en", "")
        if part.get("sep") and day <= 12 and (american or month > 12):
            month, day = day, month
    else:
        found = _month_names().get(_plain(name.replace(" ", "")))
        if found is None:
            return None
        month = found
    if not part.get("h"):
        return datetime(year, month, day, tzinfo=zone_of_language(language))
    hour, minute, second = int(part["h"]), int(part["mi"] or 0), min(int(part["s"] or 0), 60)
    hour = on_the_clock(hour, part["ap"] or "")
    extra = timedelta()
    if hour == 24 and minute == second == 0:
        hour, extra = 0, timedelta(days=1)
    zone = _zone((part["z"] or "").strip(), language)
    return datetime(year, month, day, hour, minute, min(second, 59), tzinfo=zone) + extra


def _offset(sign: str, hours: str, minutes: str | None) -> timezone:
    """Raises ValueError beyond a day."""
    total = int(hours) * 60 + int(minutes or 0)
    return timezone(timedelta(minutes=-total if sign in "-−" else total))


def _zone(text: str, language: str) -> tzinfo:
    """The zone that the rest of a date names; else the language's."""
    home = zone_of_language(language)
    if not text:
        return home
    if zone := offset_zone(text[:24]):
        return zone
    if match := _ZONE_NAME.search(text[:24]):
        # Military letters other than Z were defined with the wrong sign in RFC 822; RFC 2822, 4.3 has them
        # read as UTC.
        return named_zone(match[0], home) or (UTC if len(match[0]) == 1 else home)
    return home
