"""Running text with its looks: runs become one string, and any slice of it becomes spans again."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from tui_news.model import CODE, DELETED, EMPHASIS, INSERTED, STRIKE, STRONG, Run
from tui_news.typeset.lines import Options, Span

_ROLES = {
    EMPHASIS: "em", STRONG: "strong", CODE: "code", STRIKE: "strike", DELETED: "deleted", INSERTED: "inserted"
}  # fmt: skip
Look = tuple[str, str, int]
"""Role, address, link number."""


class Inline:
    """A text and the look of each part of it."""

    __slots__ = ("_looks", "_starts", "text", "whole")

    def __init__(self, parts: Iterable[tuple[str, Look]], whole: frozenset[int] = frozenset()) -> None:
        texts: list[str] = []
        self._starts: list[int] = []
        self._looks: list[Look] = []
        length = 0
        for text, look in parts:
            if text:
                texts.append(text)
                self._starts.append(length)
                self._looks.append(look)
                length += len(text)
        self.text = "".join(texts)
        self.whole = whole
        """Offsets where the line must not end, whatever the text says."""

    def spans(self, start: int, end: int) -> list[Span]:
        """The text between two offsets."""
        if end <= start:
            return []
        index = bisect_right(self._starts, start) - 1
        text, starts, looks = self.text, self._starts, self._looks
        out: list[Span] = []
        while True:
            stop = starts[index + 1] if index + 1 < len(starts) else end
            if stop >= end:
                out.append(Span(text[start:end], *looks[index]))
                return out
            out.append(Span(text[start:stop], *looks[index]))
            start = stop
            index += 1

    def part(self, start: int, end: int) -> Inline:
        """A part as a text of its own."""
        return Inline(
            ((span.text, (span.role, span.href, span.link)) for span in self.spans(start, end)),
            frozenset(place - start for place in self.whole if start < place < end),
        )

    def segments(self) -> Iterator[Inline]:
        """The text's own lines: verse and addresses keep their breaks."""
        if "\n" not in self.text:
            yield self
            return
        start = 0
        for piece in self.text.split("\n"):
            yield self.part(start, start + len(piece))
            start += len(piece) + 1


def link_groups(runs: Iterable[Run]) -> Iterator[tuple[str, list[Run]]]:
    """Runs side by side with one address are one link; address '' is text between, or nothing to click on."""
    for href, group in groupby(runs, key=lambda run: run.href):
        members = list(group)
        yield (href if href and any(run.text.strip() for run in members) else ""), members


def is_numbered(href: str) -> bool:
    """Whether a link has a number: a footnote's is its own."""
    return bool(href) and href[0] != "#"


def count_links(runs: Sequence[Run]) -> int:
    """How many numbered links runs have."""
    return (
        sum(1 for href, _ in link_groups(runs) if is_numbered(href)) if any(run.href for run in runs) else 0
    )


def inline(runs: tuple[Run, ...], base: str, first_link: int, options: Options) -> Inline:
    """Runs as one text with looks; `base` is the role of what is plain; links are numbered from `first_link`
    and, when the options say so, followed by their number in brackets."""
    if len(runs) == 1 and not runs[0].href and not runs[0].marks:
        return Inline([(runs[0].text, (base, "", 0))])
    parts: list[tuple[str, Look]] = []
    whole: set[int] = set()
    number = first_link
    length = 0
    for href, group in link_groups(runs):
        last = len(group) - 1
        numbered = is_numbered(href)
        for index, run in enumerate(group):
            role = _role(run.marks, base, bool(href))
            if href and not numbered:
                # A footnote's mark, which must not run into the word before it.
                parts.append((raised := _raised(run.text), (role, href, 0)))
                length += len(raised)
                continue
            marked = STRIKE in run.marks and not options.strike and run.text.strip()
            text = f"~~{run.text}~~" if marked else run.text
            look = (role, href, number if href else 0)
            if href and options.number_links and index == last:
                note = f"[{number}]"
                body = text.rstrip()
                whole.add(length + len(body))
                parts += [
                    (body, look),
                    (note, ("note", href, number)),
                    (text[len(body) :], (base, "", 0)),
                ]
                length += len(text) + len(note)
            else:
                parts.append((text, look))
                length += len(text)
        number += numbered
    return Inline(parts, frozenset(whole))


_DIGITS = str.maketrans("0123456789", "⁰¹²³⁴⁵⁶⁷⁸⁹")


def _raised(text: str) -> str:
    """A footnote's number as it is printed, above the line."""
    return text.translate(_DIGITS) if text.strip().isdecimal() and text.isascii() else text


def _role(marks: str, base: str, link: bool) -> str:
    names = [name for mark, name in _ROLES.items() if mark in marks]
    if link:
        names.insert(0, "link")
    if base != "text":
        names.insert(0, base)
    return " ".join(names) or base
