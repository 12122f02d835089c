"""An article's fields, each from the most explicit thing that says it: told to machines, then printed."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import datetime, time, timedelta, tzinfo
from typing import Any, Final

from tui_news.extract.crumbs import breadcrumb
from tui_news.extract.dateline import (
    Dateline,
    authors_in,
    editor_in,
    read_dateline,
    reporters_in,
    reuters_credit,
    source_in,
    split_names,
)
from tui_news.extract.dates import Found, date_in_url, find_date, parse_stamp, zone_of
from tui_news.extract.heads import Head, key, read_head
from tui_news.extract.inline import absolute, one_line
from tui_news.extract.pieces import pieces_of
from tui_news.extract.refine import host_of, refine
from tui_news.extract.structured import Told
from tui_news.extract.survey import Survey
from tui_news.extract.tokens import tokens
from tui_news.model import Article, Block, Run, article_id
from tui_news.text.clean import clean_line, clean_url

_TAG = re.compile(r"^[a-zA-Z]{2,3}(?:[-_][a-zA-Z0-9]{2,8}){0,3}$")
_AGENCY_LABEL = re.compile(r"^(?:文章|信息)?(?:来源|來源|出典|配信|출처|source)\s*[:：]\s*", re.IGNORECASE)
_FIRST: Final = 4
"""Paragraphs from the head and the tail in which reporters and datelines are looked for."""


def read_anatomy(
    root: Any,
    told: Told,
    survey: Survey,
    chosen: list[int],
    blocks: Sequence[Block],
    *,
    url: str,
    base: str,
    source: str,
    now: datetime,
    language: str,
    charset: str,
    notes: tuple[str, ...],
) -> Article:
    """The article of a surveyed page and its blocks."""
    tongue = page_language(told.language, language, "".join(block.text for block in blocks[:30])[:4_000])
    zone = zone_of(tongue, url)
    day = date_in_url(url, now)
    year = day.year if day else now.astimezone(zone).year
    head = read_head(survey, told, chosen, url, now, zone, year)
    fragments = _fragments(head)
    agency = _agency(told, fragments)
    printed = [
        head.headline,
        head.kicker,
        head.deck,
        *(line for line, _ in head.lines if _is_head_line(line, head, now, zone, year)),
    ]
    kept, editor = refine(list(blocks), printed, base)
    texts = [block.text for block in kept if block.kind in ("paragraph", "item", "quote")]
    dateline = next(
        (line for text in texts[:_FIRST] if (line := read_dateline(text)) != Dateline()), Dateline()
    )
    # Agencies sign at the end, in lines that are no text and so are gone from `kept`.
    signed = [block.text for block in blocks[-8:] if block.kind == "paragraph"]
    authors = _authors(told, url, fragments, dateline, texts, signed)
    for text in (p.text for p in survey.paragraphs[-400:] if p.size <= 200):
        if editor:
            break
        editor = editor_in(text) if text[:1] in "(（【[责責编編편EeTt本执执值网網" else ""
    editor = editor or told.editor or next((e for t in texts[-3:] if (e := reuters_credit(t)[1])), "")
    published = _published(told, head, dateline, root, zone, now, url, year)
    updated = parse_stamp(told.updated, zone, now)
    return Article(
        id=article_id(source, "", url, head.headline, published.isoformat() if published else ""),
        source=source,
        url=url,
        headline=clean_line(head.headline),
        kicker=clean_line(head.kicker),
        deck=clean_line(head.deck),
        agency=clean_line(agency or dateline.agency, 80),
        place=clean_line(dateline.place, 80),
        authors=tuple(clean_line(name, 80) for name in authors),
        editor=clean_line(editor, 80),
        published=published,
        updated=updated.when if updated and updated.when != published else None,
        breadcrumb=breadcrumb(root, told, head.headline),
        tags=told.tags,
        comments=told.comments,
        language=tongue,
        charset=charset,
        picture=clean_url(absolute(told.picture, base)) or next((b.src for b in kept if b.src), ""),
        related=_related(survey, base),
        notes=notes,
        full=bool(kept),
        blocks=tuple(kept),
    )  # fmt: skip


_RELATED: Final = re.compile(
    r"^\W{0,3}(?:(?:相关|相關|関連|관련|延伸)\s?(?:新闻|新聞|阅读|閱讀|报道|報導|报导|链接|連結|文章|"
    r"記事|ニュース|リンク|기사|뉴스)|"
    r"related(?: (?:stories|articles|news|coverage|links|reading))?|read (?:also|more|next)|see also|"
    r"more on this(?: story)?)\W{0,3}$",
    re.IGNORECASE,
)


def _related(survey: Survey, base: str) -> tuple[Run, ...]:
    """The links of the first list that is labelled as related articles."""
    tried = 0
    for paragraph in survey.paragraphs:
        line = paragraph.text[:80].strip().partition("\n")[0]
        if not 2 < len(line) < 40 or not _RELATED.match(line):
            continue
        for index in (paragraph.owner, survey.parent[paragraph.owner]):
            if index < 0 or tried > 6:
                break
            tried += 1
            for piece in pieces_of(tokens(survey.elements[index], base)):
                if piece.kind == "related":
                    return piece.links[:20]
    return ()


def _is_head_line(line: str, head: Head, now: datetime, zone: tzinfo, year: int) -> bool:
    """Whether a line under the headline gives only date, source, names."""
    if len(line) > 160:
        return False
    found = find_date(line, zone, now, year)
    rest = line if found is None else line[: found.start] + line[found.end :]
    if found is not None and len(rest) < 40:
        return True
    return bool(source_in(line) or authors_in(line)) and len(line) < 100


def _fragments(head: Head) -> list[str]:
    """The head's lines, and before each the pieces that its elements set apart."""
    out: list[str] = []
    seen: set[int] = set()
    for line, element in head.lines:
        if id(element) not in seen and len(seen) < 20:
            seen.add(id(element))
            for number, node in enumerate(
                element.iter(
                    "span", "a", "i", "em", "font", "b", "strong", "cite", "td", "li", "p", "address"
                )
            ):
                if number > 60:
                    break
                text = one_line("".join(node.itertext())[:240])
                if 1 < len(text) <= 120:
                    out.append(text)
        out.extend(part.strip() for part in re.split(r"[\u3000|｜]+", line) if part.strip())
        out.append(line)
    return out


def _agency(told: Told, fragments: list[str]) -> str:
    for text in fragments:
        if name := source_in(text):
            return name
    return _AGENCY_LABEL.sub("", told.agency).strip()


def _authors(
    told: Told, url: str, fragments: list[str], dateline: Dateline, texts: list[str], signed: list[str]
) -> tuple[str, ...]:
    printed = next((names for text in fragments if (names := authors_in(text))), ())
    if told.authors:
        # Names that the page also prints are surer than an account's name in a <meta>.
        whole = key(" ".join(fragments) + " ".join(texts[:2]))
        # A site that signs with its own name names nobody.
        own = {key(told.site), key(told.agency), *(key(label) for label in host_of(url).split("."))}
        split = tuple(n for text in told.authors for n in split_names(text) if key(n) not in own)
        agreed = not printed or all(key(name) in whole for name in split)
        if split and agreed and (not dateline.authors or any(key(name) in whole for name in split)):
            return split
    if printed:
        return printed
    if dateline.authors:
        return dateline.authors
    for text in (*texts[:2], *texts[-2:]):
        if names := reporters_in(text[:160] if text in texts[:2] else text[-160:]):
            return names
    return next((names for text in signed if (names := reuters_credit(text)[0])), ())


def _published(
    told: Told, head: Head, dateline: Dateline, root: Any, zone: tzinfo, now: datetime, url: str, year: int
) -> datetime | None:
    stamp = parse_stamp(told.published, zone, now)
    if stamp and stamp.timed:
        return stamp.when
    shown: Found | None = None
    for node in root.iter("time"):
        if value := node.get("datetime") or "".join(node.itertext())[:80]:
            shown = parse_stamp(value, zone, now)
            if shown:
                break
    lines = [line for line, _ in head.lines]
    printed = next((found for line in lines if (found := find_date(line, zone, now, year))), None)
    for found in (printed, shown):
        if found and found.timed and (stamp is None or found.when.date() == stamp.when.date()):
            return found.when
    for found in (stamp, printed, shown):
        if found:
            return found.when
    if day := date_in_url(url, now):
        return datetime.combine(day, time(), zone)
    if dateline.month and dateline.day:
        try:
            when = datetime(year, dateline.month, dateline.day, tzinfo=zone)
            when = when if when <= now else when.replace(year=year - 1)
        except ValueError:
            return None
        # The year is a guess: good for what is new, and only for that.
        return when if now - when < timedelta(days=60) else None
    return None


def page_language(told: str, given: str, text: str) -> str:
    """The page's tag, unless its script says otherwise (sites copy lang="en" from a template)."""
    script = script_of(text)
    for tag in (told, given):
        tag = tag.strip().replace("_", "-")
        if _TAG.match(tag):
            tongue = tag[:2].lower()
            if (
                not script
                or tongue == script
                or (script == "zh" and tongue in ("yue", "ja") and tongue != "ja")
            ):
                return tag
            if script == "latin" and tongue not in ("zh", "ja", "ko"):
                # Many a template says "en" and never asks.
                seen = latin_language(text) if tongue == "en" else ""
                return seen if seen and seen != tongue else tag
    return latin_language(text) if script == "latin" else script


# The commonest short words of a language that are rare in the others.
_SMALL_WORDS: Final = {
    "en": "the and of to was for that with is on it as by",
    "de": "der die und das ist nicht mit von den auf ein im",
    "fr": "le les des et une est dans pour qui sur pas du",
    "es": "el los las que una por con del para se al",
    "pt": "o os uma que não com para do da em no ao",
    "it": "il che di una per non con gli della sono",
}
_WORD = re.compile(r"[^\W\d_]+")


def latin_language(text: str) -> str:
    """A western language by its small words; '' when none of the six has a clear lead."""
    words = _WORD.findall(text.lower())
    counts = sorted(
        (sum(word in small.split() for word in words), tag) for tag, small in _SMALL_WORDS.items()
    )
    (second, _), (first, tag) = counts[-2:]
    return tag if first * 20 >= len(words) and first > second * 1.3 else ""


def script_of(text: str) -> str:
    """'ja', 'ko', 'zh' by the script of most letters, 'latin' for others with few ideographs, '' for none."""
    if not text:
        return ""
    kana = len(re.findall("[\u3041-\u30ff]", text))
    hangul = len(re.findall("[\uac00-\ud7a3]", text))
    han = len(re.findall("[\u4e00-\u9fff]", text))
    letters = len(re.findall(r"[^\W\d_]", text)) or 1
    if hangul * 3 > letters:
        return "ko"
    if kana * 10 > letters and kana * 8 > han:
        return "ja"
    if han * 3 > letters:
        return "zh"
    return "latin" if letters > 20 else ""
