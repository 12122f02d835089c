"""The head of an article as printed: headline, the lines above and under it, and where the text begins."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from tui_news.extract.credits import is_caption, is_credit, is_notice
from tui_news.extract.dateline import authors_in, read_dateline, source_in
from tui_news.extract.dates import find_date
from tui_news.extract.inline import EDGE_SPACE
from tui_news.extract.shape import cells
from tui_news.extract.structured import Told
from tui_news.extract.survey import HEADINGS, Survey
from tui_news.text.clean import clean_line

_WORDS = re.compile(r"[^\W_]+")
_SEPARATOR = re.compile(
    r"\s+[-–—|·•»«:/~]{1,2}\s+|\s*[|｜_»]\s*|--+|(?<=[^\x00-\x7f])-(?=[^\x00-\x7f])|(?<=[^\x00-\x7f])\s+-\s*"
)
_DECK_NAME = re.compile(
    r"(?:^|[\s_-])(?:sub-?(?:title|head(?:line)?|hed)|deck|dek|stand-?first|summary-?(?:text)?|abstract|lead-?text|intro|futi|fubiaoti|fu-?title|"
    r"strap-?line|teaser|article-?summary|chapo|vorspann|lede)(?:$|[\s_-])",
    re.IGNORECASE,
)
_KICKER_NAME = re.compile(
    r"(?:^|[\s_-])(?:kicker|eyebrow|yinti|shoulder|over-?line|pre-?title|super-?title|rubric|dachzeile|label)(?:$|[\s_-])",
    re.I,
)
_STAMP = re.compile(r"^(?:updated|published|posted|更新|发布时间?|発表|入力|수정|입력)\b", re.IGNORECASE)
_CRUMB_SIGN = re.compile(r"[>＞»›→]")
LINES_BEFORE_TEXT: Final = 12
"""Lines after a headline among which its date, source and deck are looked for."""


@dataclass(slots=True)
class Head:
    """What stands at an article's head. `lines` are the short lines around the headline, as printed."""

    headline: str = ""
    kicker: str = ""
    deck: str = ""
    place: int = -1
    """Index of the headline among the survey's paragraphs; -1 when it is not on the page."""
    lines: list[tuple[str, Any]] = field(default_factory=list)
    """(text, element) of the lines after the headline and before the text."""


def key(text: str) -> str:
    """A text's letters and digits alone, for comparing what is printed twice."""
    return "".join(_WORDS.findall(text[:1_000].lower()))


def read_head(
    survey: Survey, told: Told, chosen: list[int], url: str, now: Any, zone: Any, year: int
) -> Head:
    """Finds the headline (what page and machine data agree on) and the lines about it."""
    head = Head()
    title = without_site(told.title, told.site, url)
    candidates = [
        text for text in (told.headline, without_site(told.og_title, told.site, url), title) if text
    ]
    head.place, head.headline = _on_page(survey, candidates, told.title, chosen)
    if not head.headline:
        head.headline = candidates[0] if candidates else ""
    if head.place >= 0:
        _around(head, survey, told, chosen, now, zone, year)
    return head


def _on_page(survey: Survey, candidates: list[str], title: str, chosen: list[int]) -> tuple[int, str]:
    """The heading that says what the title says: exactly if there is one, else the likeliest."""
    keys = [key(text) for text in candidates]
    whole = key(title)
    best_score, best_place = 0.0, -1
    body = min((survey.first[index] for index in chosen), default=0)
    for place, paragraph in enumerate(survey.paragraphs[:400]):
        if len(paragraph.text) > 400:
            continue
        text = key(paragraph.text)
        if len(text) < 2:
            continue
        tag = survey.elements[paragraph.owner].tag
        rank = {"h1": 3.0, "h2": 2.0, "h3": 1.5}.get(tag, 0.5)
        score = 0.0
        if text in keys:
            score = 10 + rank
        elif (
            rank >= 1.5
            and len(text) > 5
            and (text in whole or any(text in k or k in text for k in keys if len(k) > 5))
        ):
            score = 5 + rank
        elif rank >= 1.5 and len(text) > 5 and any(_alike(paragraph.text, k) > 0.6 for k in candidates):
            score = 4 + rank
        elif len(text) > 8 and whole.startswith(text) and len(text) * 2 > len(whole) and paragraph.links == 0:
            score = 5
        elif rank == 3 and not candidates:
            score = 1
        # The one nearest before the text, not the same words in a list of links far away.
        if score and paragraph.links * 2 > paragraph.size:
            score -= 3
        if score and place > body + 8:
            score -= 2
        if score > best_score:
            best_score, best_place = score, place
    if best_place < 0:
        return -1, ""
    text = clean_line(" ".join(survey.paragraphs[best_place].text.split("\n")))
    return best_place, text


def _alike(a: str, b: str) -> float:
    """The share of the shorter text's words (characters, where there are no words) that the other has."""
    first, second = _units(a), _units(b)
    small = min(len(first), len(second))
    return len(first & second) / small if small >= 3 else 0.0


def _units(text: str) -> set[str]:
    out: set[str] = set()
    for word in _WORDS.findall(text.lower()):
        out.update([word] if word.isascii() else list(word))
    return out


def without_site(title: str, site: str, url: str) -> str:
    """A `<title>` without the site's and the section's names that are hung on it."""
    if not title:
        return ""
    parts = _SEPARATOR.split(title)
    if len(parts) < 2:
        return title
    marks = list(_SEPARATOR.finditer(title))
    try:
        host = (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        host = ""
    labels = {key(label) for label in host.split(".") if len(label) > 2} | {key(site), key(host)} - {""}
    # From the end, drop what is the site's name or, behind the longest part, short.
    longest = max(range(len(parts)), key=lambda index: cells(parts[index]))
    start, end = 0, len(parts)
    while end - 1 > longest and (
        key(parts[end - 1]) in labels or cells(parts[end - 1]) <= 24 or end - 1 > longest + 1
    ):
        end -= 1
    while start < longest and (key(parts[start]) in labels or cells(parts[start]) <= 10):
        start += 1
    left = marks[start - 1].end() if start else 0
    right = marks[end - 1].start() if end < len(parts) else len(title)
    return title[left:right].strip() or title


def _names(survey: Survey, index: int) -> str:
    node = survey.elements[index]
    return f"{node.get('class') or ''} {node.get('id') or ''}"


def _around(
    head: Head, survey: Survey, told: Told, chosen: list[int], now: Any, zone: Any, year: int
) -> None:
    paragraphs = survey.paragraphs
    home = paragraphs[head.place].owner
    # Lines under the headline, up to the first paragraph that is plainly text.
    after: list[tuple[str, int, bool]] = []
    anchor = -1
    inside = _holders(survey, chosen)
    for place in range(head.place + 1, len(paragraphs)):
        paragraph = paragraphs[place]
        if len(after) >= LINES_BEFORE_TEXT:
            break
        within = paragraph.owner in inside
        for line in paragraph.text.split("\n"):
            line = clean_space(line)
            if not line:
                continue
            linked = paragraph.links * 2 > paragraph.size
            info = _is_info(line, now, zone, year)
            if info and anchor < 0:
                anchor = len(after)
            after.append((line, paragraph.owner, linked))
        if (
            within
            and paragraph.size >= 100
            and paragraph.marks >= 2
            and not _DECK_NAME.search(_names(survey, paragraph.owner))
        ):
            break
    head.lines = [(line, survey.elements[owner]) for line, owner, _ in after]
    before_info = after[:anchor] if anchor >= 0 else after[:2]
    signed = {key(name) for name in (*told.authors, told.site)} - {""}
    for line, owner, linked in before_info:
        if survey.weight[owner] < 0 or is_caption(line) or line.endswith((":", "：")) or _STAMP.match(line):
            continue
        if cells(line) < 80 and any(name in key(line) for name in signed):
            continue  # a byline without its "by"
        if (
            linked
            or is_notice(line)
            or is_credit(line)
            or key(line) == key(head.headline)
            or authors_in(line)
        ):
            continue
        named = _DECK_NAME.search(_names(survey, owner)) is not None
        dashed = line.startswith(("——", "――", "──"))
        heading = survey.elements[owner].tag in HEADINGS and (owner not in inside or anchor >= 0)
        if cells(line) <= 400 and (
            named or dashed or heading or (anchor >= 0 and owner not in inside and len(before_info) <= 2)
        ):
            if read_dateline(line).agency or _is_info(line, now, zone, year):
                continue
            head.deck = line
            break
    # The line over it, when it belongs to the same part of the page.
    if head.place > 0:
        above = paragraphs[head.place - 1]
        line = clean_space(above.text.rpartition("\n")[2])
        near = _distance(survey, above.owner, home)
        named = _KICKER_NAME.search(_names(survey, above.owner)) is not None
        if (
            line
            and cells(line) <= 60
            and len(line) > 1
            and above.links * 2 <= above.size
            and not _CRUMB_SIGN.search(above.text)
            and (named or (near <= 3 and cells(line) >= 8 and (line[0].isalnum() or line[0] in "“「『‘《【")))
            and not is_notice(line)
            and not is_credit(line)
            and not _is_info(line, now, zone, year)
            and key(line) != key(head.headline)
            and not line.endswith((":", "："))
            and above.links == 0
        ):
            head.kicker = line


def clean_space(text: str) -> str:
    """One line, its ends free of every kind of space; wide gaps within stay visible as two spaces."""
    text = re.sub(r"[\t\r\n]+", " ", text).replace("\u00a0", " ")
    return clean_line(re.sub(r" {2,}", "\u3000", text.strip(EDGE_SPACE)))


def _is_info(line: str, now: Any, zone: Any, year: int) -> bool:
    """Whether a line gives date, source or author rather than saying something."""
    if cells(line) > 240:
        return False
    if source_in(line) or authors_in(line):
        return True
    found = find_date(line, zone, now, year)
    return found is not None and (found.end - found.start) * 3 >= len(line) - 40


def _holders(survey: Survey, chosen: list[int]) -> set[int]:
    out: set[int] = set()
    for index in chosen:
        out.update(range(index, survey.end[index]))
    return out


def _distance(survey: Survey, first: int, second: int) -> int:
    """Steps up from the deeper of two elements' paths to the element that holds both."""
    above: dict[int, int] = {}
    steps = 0
    while first >= 0:
        above[first] = steps
        first = survey.parent[first]
        steps += 1
    steps = 0
    while second >= 0:
        if second in above:
            return max(steps, above[second])
        second = survey.parent[second]
        steps += 1
    return 99
