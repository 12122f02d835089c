"""From a raw entry to an article: one shaping and one cleaning for every format."""

from __future__ import annotations

from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import TYPE_CHECKING, Any, Final

from tui_news.extract.html import blocks_from_element, blocks_from_html
from tui_news.model import Article, Block, Enclosure, Run, paragraphs
from tui_news.sources.feed import words
from tui_news.sources.feed.dates import parse_date
from tui_news.sources.feed.raw import RawEntry, RawFile, RawText
from tui_news.text.clean import clean_body, clean_line, clean_url, is_web_url
from tui_news.text.width import cell_len

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

FULL_CELLS: Final = 700
"""Cells of text (an ideograph counts two) from which an entry's declared content is a whole article."""
FULL_SUMMARY_CELLS: Final = 2500
"""The same for a description, which is a summary until it proves otherwise."""
MAX_FILES: Final = 20
MAX_TAGS: Final = 20
_NO_TAGS: Final = frozenset(
    ["uncategorized", "uncategorised", "未分类", "未分類", "allgemein", "non classé", "sin categoría"]
)


@dataclass(frozen=True, slots=True)
class Setting:
    """What is the same for all entries of a feed."""

    now: datetime
    language: str
    """What the reader's configuration says; it overrules what the feed as a whole says of itself."""
    feed_language: str
    zone_language: str
    """The language by which dates without a zone are read."""
    charset: str
    authors: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Shaped:
    """An entry ready to be an article once its id is known."""

    guid: str
    date: str
    """As the feed writes it."""
    url: str
    headline: str
    fields: dict[str, Any]
    """What `Article` takes besides id, source, url and headline."""

    def article(self, source: str, made: str) -> Article:
        """The article under the id `made`."""
        return Article(made, source, self.url, self.headline, **self.fields)


def shape(raw: RawEntry, setting: Setting) -> Shaped | None:
    """The entry cleaned and shaped; None when there is nothing in it."""
    body, is_content = _body(raw)
    blocks = to_blocks(body)
    title = _title(raw)
    headline, rest = title, ""
    if not title:
        headline, rest = words.split_headline(_opening(blocks))
        headline = clean_line(headline)  # what was cut may have lost what its end leaned on
    link, notes = _link(raw.link)
    files = tuple(_file(file, raw) for file in raw.files[:MAX_FILES])
    enclosures = tuple(file for file in files if file is not None)
    if not headline:
        headline = next((file.title for file in enclosures if file.title), "")
        if not headline and not (link or enclosures or notes):
            return None
        headline = headline or words.UNTITLED

    deck = _deck(raw, body, blocks, headline, rest if not title else None)
    published = (
        parse_date(raw.published, language=setting.zone_language, now=setting.now) if raw.published else None
    )
    updated = (
        parse_date(raw.updated, language=setting.zone_language, now=setting.now) if raw.updated else None
    )
    picture = _picture(raw, blocks)
    fields: dict[str, Any] = {
        "kicker": _kicker(raw),
        "deck": deck,
        "agency": clean_line(words.strip_markup(raw.agency), 200) if raw.agency else "",
        "authors": words.author_names(raw.authors) if raw.authors else setting.authors,
        "published": published or updated,
        "updated": updated,
        "tags": _tags(raw.tags) if raw.tags else (),
        "comments_url": _web(raw.comments_url),
        "comments_feed": _web(raw.comments_feed),
        "comments": _count(raw.comments),
        "comments_post": _web(raw.comments_post),
        "enclosures": enclosures,
        "language": tag_of(raw.language) or setting.language or setting.feed_language,
        "charset": setting.charset,
        "picture": picture,
        "related": tuple(
            Run(clean_line(text, 200) or _host(url), href=url)
            for text, target in raw.related[:10]
            if (url := _web(target))
        ),
        "notes": notes,
        "full": _is_full(blocks, is_content, bool(title)),
        "blocks": blocks,
    }
    guid = clean_line(raw.guid, 2000) if raw.guid else ""
    return Shaped(guid, raw.published or raw.updated, link, headline, fields)


def _title(raw: RawEntry) -> str:
    text = raw.title
    if not text:
        return ""
    if raw.title_kind == "html" and ("<" in text or "&" in text):
        text = words.strip_markup(text[:4_000])
    return clean_line(text)


def _body(raw: RawEntry) -> tuple[RawText | None, bool]:
    """(the text to read, whether the feed calls it content and not summary)."""
    content, summary = raw.content, raw.summary or raw.blurb
    if content is None:
        return summary, False
    if content.element is None and not content.value:
        return summary, False
    if summary is None or summary.element is not None or content.element is not None:
        return content, True
    # Some put the article in the description and its beginning in the content.
    if len(summary.value) > 2 * len(content.value) + 200:
        return summary, False
    return content, True


def to_blocks(text: RawText | None) -> tuple[Block, ...]:
    """A raw text as cleaned blocks."""
    if text is None:
        return ()
    if text.element is not None:
        return blocks_from_element(_without_namespaces(text.element), text.base)
    value = text.value
    if not value:
        return ()
    if text.kind == "text":
        return paragraphs(clean_body(value.strip()))
    if "<" not in value and "&" not in value and "\n" not in value and len(value) <= 1000:
        plain = clean_line(value)
        return (Block("paragraph", (Run(plain),)),) if plain else ()
    return blocks_from_html(value, text.base)


def _without_namespaces(element: Any) -> Any:
    for node in element.iter("{*}*"):
        tag: str = node.tag
        if tag[:1] == "{":
            # A name that only recovery lets pass cannot be set; its element stays a stranger.
            with suppress(ValueError):
                node.tag = tag.rpartition("}")[2].lower()
    return element


def _opening(blocks: tuple[Block, ...]) -> str:
    """The text that a headline can be made from: the first block with words in it."""
    for block in blocks[:12]:
        if block.kind in ("paragraph", "subhead", "quote", "item") and (text := block.text.strip()):
            return " ".join(text.split("\n"))[:3000]
    for block in blocks[:12]:
        if text := (block.alt or block.text).strip():
            return " ".join(text.split())[:3000]
    return ""


def _deck(
    raw: RawEntry, body: RawText | None, blocks: tuple[Block, ...], headline: str, rest: str | None
) -> str:
    """The summary when the body is another text, else the first paragraph; `rest` is what a headline made
    from the text left of it (None when the entry has a title of its own)."""
    if rest is not None:
        return words.deck_of(rest, headline)
    summary = raw.summary or raw.blurb
    if summary is not None and summary is not body:
        if summary.element is not None:
            text = " ".join("".join(summary.element.itertext())[:6000].split())
            text = clean_line(text, 3000)
        else:
            text = words.summary_line(summary.value, summary.kind == "html")
        if deck := words.deck_of(text, headline):
            return deck
    text = deck = ""
    for block in blocks[:8]:
        if block.kind not in ("paragraph", "quote", "item"):
            if text:
                break
            continue
        piece = block.text
        if text:
            text, deck = f"{text} {piece}", ""
        elif deck := words.deck_of(clean_line(piece), headline):
            text = piece
        if len(text) >= 80:
            break
    return deck or (words.deck_of(clean_line(text), headline) if text else "")


def _link(url: str) -> tuple[str, tuple[str, ...]]:
    """(the URL if it may ever be opened, else '' and a note that shows it)."""
    if not url:
        return "", ()
    cleaned = clean_url(url)
    if is_web_url(cleaned):
        return cleaned, ()
    shown = clean_line(url, 200)
    return "", (f"link not opened: {shown}",) if shown else ()


def _web(url: str) -> str:
    if not url:
        return ""
    cleaned = clean_url(url)
    return cleaned if is_web_url(cleaned) else ""


def _host(url: str) -> str:
    return clean_line(url.partition("://")[2].partition("/")[0], 200)


def _file(file: RawFile, raw: RawEntry) -> Enclosure | None:
    url = _web(file.url)
    if not url:
        return None
    kind = clean_line(file.type.partition(";")[0].lower(), 100)
    duration = seconds(file.duration) or (seconds(raw.duration) if not kind.startswith("image") else 0)
    return Enclosure(
        url, kind, _count(file.length) or 0, duration, clean_line(file.title, 300) if file.title else ""
    )


def seconds(text: str) -> int:
    """A duration (`H:MM:SS`, `MM:SS`, seconds, also with a fraction) in seconds; 0 when it is none."""
    total = 0
    for part in text.strip().split(":")[:3] if text else ():
        digits = part.strip().partition(".")[0]
        if not digits.isdecimal() or len(digits) > 7:
            return 0
        total = total * 60 + int(digits)
    return total if total < 1_000_000 else 0


def _picture(raw: RawEntry, blocks: tuple[Block, ...]) -> str:
    """The entry's picture: declared, else an enclosed one, else the first in the text."""
    if raw.picture and (url := _web(raw.picture)):
        return url
    for file in raw.files:
        if file.type.startswith("image") and (url := _web(file.url)):
            return url
    return next((block.src for block in blocks[:12] if block.kind == "picture" and is_web_url(block.src)), "")


def _kicker(raw: RawEntry) -> str:
    episode = clean_line(raw.episode, 12) if raw.episode else ""
    if not episode.isdecimal():
        return ""
    season = clean_line(raw.season, 12) if raw.season else ""
    return f"Season {season}, episode {episode}" if season.isdecimal() else f"Episode {episode}"


def _clean_tag(text: str) -> str:
    return clean_line(words.strip_markup(text) if "&" in text or "<" in text else text, 60).strip("#")


_tag = lru_cache(1_000)(_clean_tag)  # a feed's entries share them


def _tags(found: list[str]) -> tuple[str, ...]:
    out: dict[str, str] = {}
    for text in found[:200]:
        tag = _tag(text) if len(text) < 100 else _clean_tag(text)
        key = tag.lower()
        if tag and key not in _NO_TAGS:
            out.setdefault(key, tag)
            if len(out) == MAX_TAGS:
                break
    return tuple(out.values())


def _count(text: str) -> int | None:
    text = text.strip().replace(",", "")
    return int(text) if text.isascii() and text.isdecimal() and len(text) < 16 else None


def tag_of(language: str) -> str:
    """A language tag in the form `zh-CN`; '' for what is none."""
    if not language:
        return ""
    tag = language.strip().replace("_", "-")[:35]
    if not tag.replace("-", "").isalnum() or not tag.isascii() or not tag[0].isalpha():
        return ""
    head, _, rest = tag.partition("-")
    region = rest.upper() if len(rest) == 2 else rest.title() if len(rest) == 4 else rest
    return f"{head.lower()}-{region}" if rest else head.lower()


def _is_full(blocks: tuple[Block, ...], is_content: bool, titled: bool) -> bool:
    """Whether the blocks are the whole article as far as a feed can tell."""
    texts = [block.text for block in blocks if block.kind != "picture"]
    if not texts or words.is_stub(texts[-1]):
        return False
    if not titled:
        return True  # a note: its text is all there is
    enough = FULL_CELLS if is_content else FULL_SUMMARY_CELLS
    if 2 * sum(map(len, texts)) < enough:
        return False
    size = 0
    for text in texts:
        size += len(text) if text.isascii() else cell_len(text)
        if size >= enough:
            return is_content or len(texts) >= 4
    return False
