"""Reads newsboat's `urls` file: an address, tags and a title on each line. Nothing in it is ever run."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Final

from tui_news.i18n import _, mark
from tui_news.model import Source, source_id
from tui_news.sources.subscriptions import canonical_url, web_url
from tui_news.sources.subscriptions.read import MAX_SOURCES
from tui_news.text.clean import clean_line
from tui_news.text.decode import decode

MAX_BYTES: Final = 8_000_000
MAX_PROBLEMS: Final = 100
MAX_TAGS: Final = 50
_ESCAPES: Final = {"n": "\n", "r": "\r", "t": "\t"}
_NOT_RUN: Final = {
    "query:": mark("line {line}: {address} is a search over other feeds; the filter and topics do that here"),
    "exec:": mark("line {line}: {address} runs a program, which is not done"),
    "filter:": mark("line {line}: {address} runs a program over a feed, which is not done"),
}


@dataclass(slots=True)
class UrlsResult:
    """What the file holds: its sources without doubles."""

    sources: list[Source] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)
    """What was left out, one line each."""
    notes: list[str] = field(default_factory=list)
    """What was taken otherwise than newsboat does, one line each."""


def read_urls(data: bytes) -> UrlsResult:
    """Read a `urls` file. Never raises.

    A source's section is its first tag, and all its tags are kept; `~name` is its title. A `!tag` hides
    a feed in newsboat; here it is shown, and that is said.
    """
    result = UrlsResult()
    if len(data) > MAX_BYTES:
        result.problems.append(
            _("the file is longer than {megabytes} MB and was not read", megabytes=MAX_BYTES // 1_000_000)
        )
        return result
    decoded = decode(data, kind="text")
    if "\ufffd" in decoded.text:
        result.notes.append(
            _("some letters cannot be read as {charset} and are lost", charset=decoded.charset)
        )
    seen: set[str] = set()
    for number, line in enumerate(decoded.text.split("\n"), 1):
        words = split_line(line.rstrip("\r"))
        if not words:
            continue
        source = _source(words, number, result)
        if source is None:
            continue
        key = canonical_url(source.url)
        if key in seen:
            result.notes.append(
                _(
                    "line {line}: {address} stands above already",
                    line=number,
                    address=clean_line(source.url, 100),
                )
            )
        elif len(result.sources) < MAX_SOURCES:
            seen.add(key)
            result.sources.append(source)
    if not result.sources and not result.problems:
        result.problems.append(_("the file names no source"))
    for said in (result.problems, result.notes):
        if (more := len(said) - MAX_PROBLEMS) > 0:
            said[MAX_PROBLEMS:] = [_("and {more} more of the kind", more=more)]
    return result


def _source(words: list[str], number: int, result: UrlsResult) -> Source | None:
    address, *rest = words
    url = web_url(address)
    if not url:
        shown = clean_line(address, 100)
        for scheme, why in _NOT_RUN.items():
            if address.lower().startswith(scheme):
                result.problems.append(_(why, line=number, address=shown))
                return None
        result.problems.append(
            _("line {line}: only http and https are followed, not {address}", line=number, address=shown)
        )
        return None
    title = ""
    tags: list[str] = []
    for word in rest[:MAX_TAGS]:
        if word.startswith("~"):
            title = clean_line(word[1:], 200)
        elif word.startswith("!"):
            result.notes.append(
                _(
                    "line {line}: {address} is hidden in newsboat and shown here",
                    line=number,
                    address=clean_line(url, 100),
                )
            )
            if tag := clean_line(word[1:], 60):
                tags.append(tag)
        elif tag := clean_line(word, 60):
            tags.append(tag)
    tags = list(dict.fromkeys(tags))
    return Source(source_id(url), url, title, tuple(tags[:1]), tags=tuple(tags))


def split_line(line: str) -> list[str]:
    """The words of a line: separated by blanks, "quoted" ones may hold blanks and \\-escapes; # begins a
    comment where a word could begin. A quote that never closes ends with the line."""
    words: list[str] = []
    position, size = 0, len(line)
    while position < size:
        char = line[position]
        if char in " \t":
            position += 1
        elif char == "#":
            break
        elif char == '"':
            word, position = _quoted(line, position + 1)
            words.append(word)
        else:
            end = position
            while end < size and line[end] not in " \t":
                end += 1
            words.append(line[position:end])
            position = end
    return words


def _quoted(line: str, position: int) -> tuple[str, int]:
    out: list[str] = []
    while position < len(line):
        char = line[position]
        position += 1
        if char == '"':
            break
        if char == "\\" and position < len(line):
            char = _ESCAPES.get(line[position], line[position])
            position += 1
        out.append(char)
    return "".join(out), position
