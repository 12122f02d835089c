"""Cuts `sources.toml` into its tables, each with the comments that belong to it, to drop and swap them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tui_news.config.toml_text import Mark, scan


@dataclass(frozen=True, slots=True)
class Piece:
    """Offsets of a `[[source]]` or `[[section]]` table."""

    lead: int
    """Where the comment right above it begins; `start` when there is none."""
    start: int
    end: int
    """Behind its last key, and behind the comment lines right below that."""


def pieces(text: str) -> dict[tuple[str, int], Piece]:
    """All such tables of a file by name and number. Raises `toml_text.TomlError`."""
    marks = scan(text)
    found: dict[tuple[str, int], Piece] = {}
    for index, mark in enumerate(marks):
        name, number = (*mark.path, "", "")[:2]
        if not mark.array or len(mark.path) != 2 or not isinstance(number, int):
            continue
        last = index
        while last + 1 < len(marks) and marks[last + 1].path[:2] == mark.path:
            last += 1
        floor = marks[index - 1].end if index else 0
        following = marks[last + 1] if last + 1 < len(marks) else None
        lead = _lead(text, floor, mark.start)
        found[(str(name), number)] = Piece(lead, mark.start, _tail(text, marks[last].end, following))
    return found


def _lead(text: str, floor: int, start: int) -> int:
    lead = start
    while lead > floor:
        line = text.rfind("\n", 0, lead - 1) + 1
        if line < floor or not text[line:lead].lstrip().startswith("#"):
            break
        lead = line
    # What opens the file speaks of the file.
    return start if lead == 0 else lead


def _tail(text: str, end: int, following: Mark | None) -> int:
    stop = following.start if following else len(text)
    tail = end
    while tail < stop:
        newline = text.find("\n", tail)
        line_end = len(text) if newline < 0 else newline + 1
        if not text[tail:line_end].lstrip(" \t").startswith("#"):
            return tail
        tail = line_end
    # Comments that run on to the next table are that one's.
    return end if following else tail


def without(text: str, piece: Piece) -> str:
    """The text without a piece and the blank lines behind it."""
    before, after = text[: piece.lead], text[piece.end :]
    while after.startswith(("\n", "\r\n")):
        after = after.partition("\n")[2]
    return before + after if after else before.rstrip() + ("\n" if before.strip() else "")


def refill(text: str, slots: Sequence[Piece], wanted: Sequence[Piece]) -> str:
    """The text with the places of `slots` filled with `wanted`, the same pieces in another order."""
    pairs = sorted(zip(slots, wanted, strict=True), key=lambda pair: pair[0].start)
    out: list[str] = []
    done = 0
    for slot, piece in pairs:
        out += (text[done : slot.lead], text[piece.lead : piece.end])
        done = slot.end
    return "".join((*out, text[done:]))


def append(text: str, blocks: Sequence[str]) -> str:
    """The text with tables at its end, a blank line before each, in the file's own line ends."""
    if not blocks:
        return text
    gap = "" if not text or text.endswith(("\n\n", "\n\r\n")) else "\n"
    added = gap + "\n".join(blocks)
    return text + (added.replace("\n", "\r\n") if "\r\n" in text else added)
