"""Bytes to text: what a page says of its charset, what its bytes say, and which of them is right.

The order is that of the HTML standard's sniffing: byte order mark, the reader's choice, the HTTP header,
what the document itself declares, detection. What the header or the document says is overruled when the
bytes clearly are something else.
"""

from __future__ import annotations

import codecs
import re
from dataclasses import dataclass
from typing import Final, Literal

from tui_news.text.charsets import REPLACEMENT, decode_as, known_labels, label_to_charset
from tui_news.text.clean import clean_line
from tui_news.text.detect import CANDIDATES, best, language_default, sample, score, utf16

__all__ = ["Decoded", "decode", "known_labels", "label_to_charset"]

Kind = Literal["html", "xml", "text"]

_PRESCAN: Final = 4_096
"""The standard looks at 1,024 bytes; many a page has a script before its <meta>."""
_ENOUGH: Final = 4
"""Characters beyond ASCII below which bytes are never clear enough to contradict what was said."""
_SURE: Final = 0.45
_LIKELY: Final = 0.25
_PLAIN: Final = 0.5
"""A declared charset whose text scores so is not doubted."""

_ALPHABETS: Final = ("windows-1251", "windows-1252", "koi8-r")
"""A guess of one of these gives way to the charset of a language that has another alphabet."""

_MARKS: Final = ((b"\xef\xbb\xbf", "utf-8"), (b"\xff\xfe", "utf-16le"), (b"\xfe\xff", "utf-16be"))
_XML = re.compile(rb"""^\s{0,64}<\?xml\s[^>]{0,200}?encoding\s*=\s*["']([^"'>\s]{1,64})["']""")
_COMMENT = re.compile(rb"<!--.*?(?:-->|\Z)", re.DOTALL)
_META = re.compile(rb"<meta[\s/]([^>]{0,1000})", re.IGNORECASE)
_ATTRIBUTE = re.compile(rb"""([^\s=>"'/]{1,40})(?:\s{0,20}=\s{0,20}("[^"]*"|'[^']*'|[^\s>"']+))?""")
_IN_CONTENT = re.compile(rb"""charset\s{0,20}=\s{0,20}["']?([^"'\s;]{1,64})""", re.IGNORECASE)
_SEVERAL_BYTES = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


@dataclass(frozen=True, slots=True)
class Decoded:
    """Text, the charset it was read in, and what the reader should know of it."""

    text: str
    charset: str
    """The WHATWG standard's name, in lower case."""
    note: str = ""
    """'' or one plain sentence: what was said was wrong, or some of it cannot be read."""


def declared_charset(data: bytes, kind: Kind = "html") -> str:
    """The label that a document gives itself, in its XML declaration or a <meta>; '' when there is none."""
    head = data[:_PRESCAN]
    if kind == "html" and (label := _meta(head)):
        return label
    if kind != "text" and (match := _XML.match(head)):
        return match[1].decode("ascii", "replace")
    return ""


def _meta(head: bytes) -> str:
    """The HTML standard's prescan: the first <meta> with a charset, or with one in its content."""
    for match in _META.finditer(_COMMENT.sub(b"", head)):
        values: dict[bytes, bytes] = {}
        for name, value in _ATTRIBUTE.findall(match[1]):
            values.setdefault(name.lower(), value.strip(b"\"'"))
        if label := values.get(b"charset"):
            return label.strip().decode("ascii", "replace")
        if values.get(b"http-equiv", b"").strip().lower() == b"content-type" and (
            inner := _IN_CONTENT.search(values.get(b"content", b""))
        ):
            return inner[1].decode("ascii", "replace")
    return ""


def decode(
    data: bytes,
    *,
    http_charset: str | None = None,
    override: str | None = None,
    kind: Kind = "html",
    language: str = "",
) -> Decoded:
    """Bytes as text. Never raises, whatever the bytes and names are.

    `http_charset` is the header's parameter, `override` what the reader chose; either may be any
    nonsense. `language` (a BCP 47 tag) helps to guess. What cannot be read becomes U+FFFD.
    """
    for mark, charset in _MARKS:
        if data.startswith(mark):
            return _read(data[len(mark) :], charset)
    unknown = ""
    if override:
        if charset := label_to_charset(override) or "":
            return _read(data, charset)
        unknown = override
    labels = [label for label in (http_charset or "", declared_charset(data, kind)) if label.strip()]
    said: list[tuple[str, str]] = []
    for index, label in enumerate(labels):
        found = label_to_charset(label)
        if found is None:
            unknown = unknown or label
        elif index == len(labels) - 1 and label is not http_charset:
            # Read as ASCII, the declaration cannot be right about these (the standard's own rule).
            in_ascii = {"utf-16le": "utf-8", "utf-16be": "utf-8", "x-user-defined": "windows-1252"}
            said.append((label, in_ascii.get(found, found)))
        else:
            said.append((label, found))
    if (
        all(name == "utf-8" for _, name in said[:1])
        and not unknown
        and not data.isascii()
        and not utf16(data)
    ):
        # By far the most common case, in one pass.
        try:
            return Decoded(data.decode("utf-8"), "utf-8")
        except UnicodeDecodeError:
            pass
    if said:
        label, charset = said[0]
        better = _contradicted(data, charset, language, [name for _, name in said[1:]])
        if better:
            return _read(
                data, better, f"This was said to be {clean_line(label, 40)}, but its bytes are {better}"
            )
    else:
        charset = _detect(data, language)
    note = (
        f"The charset “{clean_line(unknown, 40) or '?'}” is not known, so it was read as {charset}"
        if unknown
        else ""
    )
    return _read(data, charset, note)


def _read(data: bytes, charset: str, note: str = "") -> Decoded:
    text = decode_as(charset, data)
    if text.startswith("\ufeff"):
        text = text[1:]
    lost = text.count(REPLACEMENT)
    if lost and charset == "utf-8":
        lost -= data.count(b"\xef\xbf\xbd")
    if lost > 0:
        places = "one place" if lost == 1 else f"{lost:,} places"
        note = (
            f"{note}; it cannot be read in {places}"
            if note
            else f"As {charset}, it cannot be read in {places}"
        )
    return Decoded(text, charset, note + "." if note else "")


def _utf8(data: bytes) -> tuple[int, int]:
    """How many characters of several bytes there are if this is UTF-8, and how many bytes are then wrong.
    A character cut off at the very end is not wrong."""
    try:
        codecs.getincrementaldecoder("utf-8")().decode(data)
    except UnicodeDecodeError:
        good = data[: 1 << 18]
        matches = _SEVERAL_BYTES.findall(good)
        high = len(good.translate(None, bytes(range(128))))
        return len(matches), high - sum(map(len, matches))
    return (0, 0) if data.isascii() else (len(_SEVERAL_BYTES.findall(data[: 1 << 18])), 0)


def _contradicted(data: bytes, charset: str, language: str, hints: list[str]) -> str:
    """The charset that the bytes clearly are although another was declared; '' when that may be right."""
    if charset.startswith("utf-16"):
        if b"\0" in data[:1024]:
            return ""
        good, bad = _utf8(data)
        return "utf-8" if not bad else ""
    if data.isascii():
        return "" if not (form := utf16(data)) else form
    good, bad = _utf8(data)
    if charset == "utf-8":
        if not bad or good >= 2 * bad:
            return ""
        return _overrule(data, language, hints, 0.0)
    if not bad:
        single = charset.startswith(("windows-", "iso-8859-", "koi8", "ibm", "mac", "x-", "replacement"))
        if good >= (1 if charset == "windows-1252" else 2 if single else _ENOUGH):
            return "utf-8"
        if REPLACEMENT in decode_as(charset, data):
            return "utf-8"
    elif good >= _ENOUGH and good >= 20 * bad:
        return "utf-8"
    if charset in CANDIDATES or charset == "iso-8859-15":
        part = sample(data)
        now, _ = score("windows-1252" if charset == "iso-8859-15" else charset, part)
        if now < _PLAIN:
            return _overrule(data, language, hints, now, charset)
    return ""


def _overrule(data: bytes, language: str, hints: list[str], now: float, declared: str = "") -> str:
    found, points, count = best(sample(data), language, hints)
    sure = points >= _SURE and points >= now + 0.25 and count >= _ENOUGH
    return found if sure and found != declared else ""


def _detect(data: bytes, language: str) -> str:
    """The charset of bytes that nothing is said of."""
    if form := utf16(data):
        return form
    if data.isascii():
        return "iso-2022-jp" if b"\x1b$B" in data or b"\x1b$@" in data else "utf-8"
    good, bad = _utf8(data)
    if good and good >= 2 * bad:
        return "utf-8"
    found, points, _ = best(sample(data), language)
    fallback = language_default(language)
    if points >= _LIKELY and not (found in _ALPHABETS and fallback not in CANDIDATES):
        return found
    return fallback
