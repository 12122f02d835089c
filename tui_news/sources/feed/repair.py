"""Puts right, as text, what is wrong with XML that a strict parser refuses, as far as that can be known."""

from __future__ import annotations

import re
from html.entities import html5
from typing import Final

# Characters that XML 1.0 forbids are carried through the parser as private-use ones and put back after it,
# so that the cleaner sees a whole escape sequence and not its remains.
_FORBIDDEN: Final = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
_SPOILT_TAG: Final = re.compile("<[^<>]{0,2000}>")
_MASK: Final = {code: 0xF780 + code for code in range(32) if code not in (9, 10, 13)} | {
    0xFFFE: 0xF7A1,
    0xFFFF: 0xF7A2,
}
_UNMASK: Final = {private: code for code, private in _MASK.items()}
_MASKED: Final = re.compile("[\uf780-\uf7a2]")

_START: Final = re.compile(r"<\?xml\b|<!doctype\b|<(?:\w{1,20}:)?(?:rss|feed|rdf|channel)\b", re.IGNORECASE)
_DECLARATION: Final = re.compile(r"<\?xml\b[^>]{0,1000}\?>", re.IGNORECASE)
_DECLARED_ENTITY: Final = re.compile(r"<!ENTITY\s+(?:%\s+)?([\w.:-]{1,100})", re.IGNORECASE)
_REFERENCE: Final = re.compile(
    r"&(?!(?:amp|lt|gt|quot|apos);)(?:(#\d{1,10}|#[xX][0-9a-fA-F]{1,8}|[A-Za-z_][\w.-]{0,40});)?"
)


def restored(text: str) -> str:
    """The text with masked characters put back."""
    return text.translate(_UNMASK) if _MASKED.search(text) else text


def repaired(text: str) -> tuple[str, bool]:
    """(the text made as well-formed as can be, whether characters in it are masked). Linear.

    What stands before the feed goes, and the XML declaration and document type with it: no entity that
    the file declares is ever resolved. HTML's names and bare ampersands become what was meant.
    """
    start = _START.search(text, 0, 200_000)
    text = text[start.start() :] if start else text.lstrip()
    if match := _DECLARATION.match(text):
        text = text[match.end() :].lstrip()
    text, declared = _without_doctype(text)
    masked = _FORBIDDEN.search(text) is not None
    if masked:
        # Within a tag they can only break it.
        text = _SPOILT_TAG.sub(lambda match: _FORBIDDEN.sub("", match[0]), text).translate(_MASK)
    elif _MASKED.search(text):
        text = _MASKED.sub("\ufffd", text)  # never let a file's own private characters pass for masked ones
    pieces = text.split("<![CDATA[")
    out = [_references(pieces[0], declared)]
    inside = False
    for piece in pieces[1:]:
        body, end, rest = piece.partition("]]>")
        out.append("<![CDATA[" if not inside else "")
        out.append(body)
        inside = not end
        if end:
            out.append(end)
            out.append(_references(rest, declared))
    fixed = "".join(out)
    return fixed, masked or _MASKED.search(fixed) is not None


def _without_doctype(text: str) -> tuple[str, frozenset[str]]:
    """The text without its document type declaration, and the names of entities declared in it."""
    place = text[:20_000].upper().find("<!DOCTYPE")
    if place < 0:
        return text, frozenset()
    subset = text.find("[", place, place + 2000)
    end = text.find(">", place)
    if subset >= 0 and (end < 0 or subset < end):
        close = re.compile(r"\]\s*>").search(text, subset)
        stop = close.end() if close else len(text)
    else:
        stop = end + 1 if end >= 0 else len(text)
    names = frozenset(_DECLARED_ENTITY.findall(text[place : min(stop, place + 200_000)]))
    return text[:place] + text[stop:], names


def _references(text: str, declared: frozenset[str]) -> str:
    if "&" not in text:
        return text

    def fix(match: re.Match[str]) -> str:
        name = match[1]
        if name is None:
            return "&amp;"
        if name in declared:
            return ""
        if name[0] == "#":
            return _numeric(match[0], name)
        char = html5.get(name + ";")
        return "&amp;" + match[0][1:] if char is None else char.replace("&", "&amp;").replace("<", "&lt;")

    return _REFERENCE.sub(fix, text)


def _numeric(reference: str, name: str) -> str:
    """A character reference; one to what XML forbids becomes the masked character."""
    code = int(name[2:], 16) if name[1] in "xX" else int(name[1:])
    if code in _MASK:
        return chr(_MASK[code])
    if 0xD800 <= code < 0xE000 or code > 0x10FFFF:
        return "\ufffd"
    return reference if name[1] != "X" else f"&#x{name[2:]};"
