"""Pictures: which `<img>` is one, where its file is, and which are only pixels, icons or emoji."""

from __future__ import annotations

import re
from typing import Any

from tui_news.extract.inline import absolute
from tui_news.model import Block

# Where scripts that load pictures late keep the real address, most common first.
_LATE = (
    "data-src", "data-original", "data-lazy-src", "data-actualsrc", "data-real-src", "data-lazyload",
    "data-url", "data-echo", "data-hi-res-src", "real_src", "original", "file",
)  # fmt: skip
_DIGITS = re.compile(r"\s*(\d+)(?:\.\d+)?\s*(?:px)?\s*$")
_STYLE_SIZE = re.compile(r"(?:^|[;\s])(width|height)\s*:\s*(\d+)px", re.IGNORECASE)
_PIXEL = re.compile(
    r"(?:^|[/._-])(?:pixel|beacon|spacer|blank|transparent|1x1|clear|shim|tracker|tracking)(?:[/._-]|$)",
    re.IGNORECASE,
)
_TRACKER = re.compile(
    r"//(?:pixel|stats|feeds\.feedburner|[^/]*doubleclick|[^/]*scorecardresearch)\.[^/]*/.*", re.I
)
_EMOJI = re.compile(r"(?:^|\s)(?:emoji|wp-smiley|emoticon|smiley)(?:\s|$)", re.IGNORECASE)
_PLACEHOLDER = re.compile(
    r"(?:placeholder|loading|lazy|grey|gray|default|blank|spacer)[^/]{0,200}\.(?:gif|png|svg)", re.I
)
_SRCSET = re.compile(r"\s*(\S+?)(?:\s+(\d+(?:\.\d+)?)([wx]))?\s*(?:,\s+|,$|$|,(?=\S+\s+\d))")

ICON = 40
"""Pixels: what is at most as wide and as high as this is an icon, no picture of an article."""


def picture_of(node: Any, base: str) -> Block | str | None:
    """A picture block; the text of an emoji that was set as a picture; or None for what shows nothing."""
    get = node.get
    alt = (get("alt") or "").strip()
    if (classes := get("class")) and _EMOJI.search(classes):
        return alt or None
    width, height = _size(get("width")), _size(get("height"))
    if (style := get("style")) and (width is None or height is None):
        for name, value in _STYLE_SIZE.findall(style):
            if name.lower() == "width":
                width = int(value)
            else:
                height = int(value)
    if width is not None and height is not None and width <= ICON and height <= ICON:
        return None
    if (width is not None and width <= 2) or (height is not None and height <= 2):
        return None
    src = _address(get, base)
    if not src or _PIXEL.search(src.rpartition("/")[2]) or _TRACKER.search(src):
        return None
    return Block("picture", src=src, alt=alt or (get("title") or "").strip())


def _size(text: str | None) -> int | None:
    match = _DIGITS.match(text) if text else None
    return int(match[1][:6]) if match else None


def _address(get: Any, base: str) -> str:
    src = (get("src") or "").strip()
    if not src or src.startswith("data:") or _PLACEHOLDER.search(src):
        for name in _LATE:
            if (late := get(name)) and not late.startswith("data:"):
                return absolute(late, base)
        if best := _largest(get("srcset") or get("data-srcset") or ""):
            return absolute(best, base)
        if src.startswith("data:"):
            return ""
    return absolute(src, base)


def _largest(srcset: str) -> str:
    """The widest candidate of a `srcset` (HTML standard, image candidate strings)."""
    best, size = "", -1.0
    for match in _SRCSET.finditer(srcset[:4_000]):
        value = float(match[2]) if match[2] else 1.0
        if match[1] and value > size and not match[1].startswith("data:"):
            best, size = match[1], value
    return best
