"""Short texts of an entry: titles without markup, headlines made from text, decks, names of authors."""

from __future__ import annotations

import re
from functools import lru_cache
from html import unescape
from typing import Final

from tui_news.text.clean import clean_line
from tui_news.text.width import cell_len, split_at

HEADLINE_CELLS: Final = 90
DECK_LIMIT: Final = 400
UNTITLED: Final = "(untitled)"

_TAG_NAMES: Final = frozenset([
    "a", "abbr", "acronym", "address", "article", "aside", "b", "big", "blockquote", "br", "center", "cite",
    "code", "dd", "del", "details", "dfn", "div", "dl", "dt", "em", "figcaption", "figure", "font",
    "footer", "h1", "h2", "h3", "h4", "h5", "h6", "header", "hr", "i", "iframe", "img", "input", "ins",
    "kbd", "li", "link", "main", "mark", "nobr", "ol", "p", "pre", "q", "rp", "rt", "ruby", "s", "samp",
    "script", "section", "small", "span", "strike", "strong", "style", "sub", "summary", "sup", "table",
    "tbody", "td", "tfoot", "th", "thead", "time", "tr", "tt", "u", "ul", "var", "video", "audio", "wbr",
    "html", "body", "head", "object", "embed", "param", "picture", "source", "title", "meta",
])  # fmt: skip
# Only tags that HTML has: "List<String>" and "arr[0] <x" are words.
_TAG: Final = re.compile(r"</?([a-zA-Z][a-zA-Z0-9]{0,10})(?:\s[^<>]*|/)?>")
_BREAKING: Final = frozenset([
    "br", "p", "div", "li", "h1", "h2", "h3", "h4", "h5", "h6", "tr", "td", "dd", "dt", "ul", "ol",
    "blockquote", "hr", "pre", "table",
])  # fmt: skip
_COMMENT: Final = re.compile(r"<!--.*?(?:-->|\Z)", re.DOTALL)
_DROPPED: Final = re.compile(r"<(script|style|head)\b[^<>]*>.*?(?:</\1\s*>|$)", re.IGNORECASE | re.DOTALL)
_ENTITY: Final = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z][A-Za-z0-9]{1,31});")
_SENTENCE: Final = re.compile(r"(?<![.!?…])[.!?…]++[\"”’»)\]]*+(?=\s)|(?<![。！？…])[。！？…]++[”’」』）]*+")
_CONTINUE: Final = (
    r"continue reading|read more|read the (?:full|rest)|weiterlesen|lire la suite|leer más|seguir leyendo|"
    r"阅读全文|閱讀全文|查看全文|続きを読む|続きをみる|더 보기|자세히 보기"
)
_ARROW: Final = r"\s*(?:→|»|›|>+|…|\.\.\.)"
_MORE: Final = re.compile(
    rf"\s*[\[(（]?(?:(?:{_CONTINUE}){_ARROW}?|(?:more|mehr|更多|もっと見る){_ARROW})[\])）]?\s*$",
    re.IGNORECASE,
)
_BRACKETED_DOTS: Final = re.compile(r"\s*\[\s*(?:…|\.\.\.)\s*\]\s*$")
_STUB: Final = re.compile(
    rf"(?:\[?(?:…|\.\.\.)\]?|(?:{_CONTINUE})[^.]{{0,80}}?)(?:{_ARROW})?\s*$", re.IGNORECASE
)
_LINE_END_MARKS: Final = " ,;:-–—，、；：（「“(["
_MAIL_NAME: Final = re.compile(r"^\s*[^\s()@<>]+@[^\s()@<>]+\s*\(([^()]{1,200})\)\s*$")
_NAME_MAIL: Final = re.compile(r"^\s*\"?([^<>\"@]{1,200}?)\"?\s*(?:<[^<>]*@[^<>]*>|\([^()]*@[^()]*\))\s*$")
_SURE_GLUE: Final = re.compile("[;；、]")
_GLUE: Final = re.compile(r"\s*[,，]\s*(?:and\s+)?|\s+(?:and|&|und|et|y)\s+")
# Two to four words without initials or titles, or a short name in ideographs, kana or Hangul.
_FULL_NAME: Final = re.compile(
    r"(?:[Bb]y )?[^\W\d_][\w’'\-]+(?: [^\W\d_]\.?| [^\W\d_][\w’'\-]+){1,3}"
    r"|[\u3040-\u30ff\u3400-\u9fff\uac00-\ud7af]{2,8}"
)
_BY: Final = re.compile(r"^(?:by|von|par|por)\s+(?=\S)", re.IGNORECASE)


def strip_markup(text: str) -> str:
    """HTML as text: known tags gone (blocks leave a space), entities resolved once. Not yet cleaned.

    Cheaper than a parser and enough for titles and summaries; linear."""
    if "<" in text:
        if "<!--" in text:
            text = _COMMENT.sub("", text)
        if _DROPPED.search(text):
            text = _DROPPED.sub(" ", text)
        text = _TAG.sub(_tag_text, text)
    return decode_entities(text)


def _tag_text(match: re.Match[str]) -> str:
    """What stays of something in angle brackets."""
    name = match[1]
    if not _is_tag(name):
        return match[0]
    return " " if name.lower() in _BREAKING else ""


def _is_tag(name: str) -> bool:
    """Whether HTML has it. In mixed case a long one is more likely a word: `List<Object>`."""
    lower = name.lower()
    return lower in _TAG_NAMES and (len(name) < 4 or name in (lower, name.upper()))


def decode_entities(text: str) -> str:
    """References that end in a semicolon, resolved once."""
    return _ENTITY.sub(lambda match: unescape(match[0]), text) if "&" in text else text


def looks_like_html(text: str) -> bool:
    """Whether text that is declared plain is markup all the same."""
    return "<" in text and any(_is_tag(match[1]) for match in _TAG.finditer(text[:20_000]))


def summary_line(text: str, html: bool) -> str:
    """A summary on one line, cleaned, not yet cut."""
    text = text[:6000]
    return clean_line(strip_markup(text) if html else text, 3000)


def without_more(text: str) -> str:
    """The text without a “read more” at its end, and with `…` for `[...]`."""
    if _ends_plainly(text):
        return text
    tail = text[-80:]
    return text[:-80] + _BRACKETED_DOTS.sub("…", _MORE.sub("", tail))


def is_stub(text: str) -> bool:
    """Whether a text ends like one that goes on elsewhere."""
    return not _ends_plainly(text) and _STUB.search(text[-120:]) is not None


def _ends_plainly(text: str) -> bool:
    """Whether a text ends as sentences do: the quick answer for nearly all."""
    return not text or (text[-1] in '.!?。！？”’"' and not text.endswith("..."))


def cut(text: str, cells: int) -> str:
    """`text` in at most `cells` cells with `…` where it was cut: between words, or between ideographs."""
    if len(text) * 2 <= cells or cell_len(text) <= cells:
        return text
    head, rest = split_at(text, cells - 1)
    if rest and head and _word(head[-1]) and _word(rest[0]):
        space = max(head.rfind(" "), max((i for i, c in enumerate(head) if c >= "\u2e80"), default=-1))
        if space > len(head) // 2:
            head = head[: space + 1]
    return head.rstrip(_LINE_END_MARKS) + "…"


def _word(char: str) -> bool:
    return char.isalnum() and char < "\u2e80"


def split_headline(text: str) -> tuple[str, str]:
    """(headline, rest) of a text without title: its first sentence when it fits, else as much as fits."""
    text = text.strip()
    if not text:
        return "", ""
    best = 0
    for match in _SENTENCE.finditer(text[: HEADLINE_CELLS * 2]):
        head = text[: match.end()]
        width = cell_len(head)
        if width > HEADLINE_CELLS:
            break
        best = match.end()
        # A sentence shorter than this is an abbreviation or an exclamation: take the next with it.
        if width >= 24:
            break
    if not best and cell_len(text) <= HEADLINE_CELLS:
        best = len(text)
    if best:
        head, rest = text[:best].rstrip(), text[best:].strip()
        if head[-1:] in ".。" and not head.endswith(("...", "。。")):
            head = head[:-1].rstrip() or head
        return head, rest
    head = cut(text, HEADLINE_CELLS)
    return head, "…" + text[len(head) - 1 :].lstrip() if head.endswith("…") else ""


def deck_of(text: str, headline: str) -> str:
    """A summary as a deck: at most `DECK_LIMIT` characters, '' when it only repeats the headline."""
    return clean_line(_deck(without_more(text), headline))


def _deck(text: str, headline: str) -> str:
    if not text:
        return ""
    # Only what begins alike can repeat it; most summaries do not.
    if headline and text[0].lower() == headline[0].lower():
        folded, title = _folded(text), _folded(headline)
        if folded == title or (title.endswith("…") and folded.startswith(title[:-1])):
            return ""
    # Some feeds open the summary with the title.
    if len(headline) > 12 and text.startswith(headline):
        rest = text[len(headline) :].lstrip(" :：.-–—|·。")
        if not rest or len(headline) > DECK_LIMIT:
            return ""
        text = rest if rest[0].isupper() or rest[0] >= "\u2e80" else text
    if len(text) <= DECK_LIMIT:
        return text
    head = text[: DECK_LIMIT - 1]
    ends = [match.end() for match in _SENTENCE.finditer(head)]
    if ends and ends[-1] > DECK_LIMIT // 2:
        return head[: ends[-1]].rstrip()
    space = head.rfind(" ")
    if space > DECK_LIMIT // 2 and _word(head[-1]):
        head = head[:space]
    return head.rstrip(_LINE_END_MARKS) + "…"


def _folded(text: str) -> str:
    return " ".join(text.lower().rstrip(" .。!！").split())


def author_name(text: str) -> str:
    """A person's name, cleaned, out of `mail (Name)`, `Name <mail>` or `By Name`."""
    if "@" in text:
        match = _MAIL_NAME.match(text) or _NAME_MAIL.match(text)
        text = match[1] if match else text
    if "<" in text or "&" in text:
        text = strip_markup(text)
    name = clean_line(text, 200)
    return _BY.sub("", name) if name[:1] in "bBvVpP" else name


def author_names(texts: list[str]) -> tuple[str, ...]:
    """Names in order, each once; one field may hold several."""
    if len(texts) == 1 and len(texts[0]) < 100:
        return _one_field(texts[0])  # a feed's entries share them
    return _names(texts)


@lru_cache(1_000)
def _one_field(text: str) -> tuple[str, ...]:
    return _names([text])


def _names(texts: list[str]) -> tuple[str, ...]:
    out: dict[str, None] = {}
    for text in texts[:50]:
        for part in _several(" ".join(text[:2000].split())[:1000])[:50]:
            if name := author_name(part):
                out.setdefault(name)
    return tuple(out)[:20]


def _several(text: str) -> list[str]:
    """A field of authors taken apart: at `;` and `、`, and at commas and “and” where every part is a full
    name by itself (“Brook, Ada” is one person, and so is “Brook, A., Lee, K.” as far as can be told)."""
    if "&" not in text and _SURE_GLUE.search(text):
        return _SURE_GLUE.split(text)
    parts = _GLUE.split(text)
    return parts if len(parts) > 1 and all(map(_FULL_NAME.fullmatch, parts)) else [text]
