"""Two versions of an article's text as one: paragraph by paragraph, what stayed, what went and what came."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Literal, NamedTuple

from tui_news.i18n import many
from tui_news.model import DELETED, EMPHASIS, INSERTED, Block, Run
from tui_news.portal.versions import Budget, Piece, common, compare, gaps
from tui_news.text.fold import UNSPACED
from tui_news.text.substance import substance

AROUND = 1
"""Paragraphs that are shown before and after a change."""
LEAST_LEFT_OUT = 2
MOST = 300_000
"""Characters of a text that are compared by what they say."""
Signs = Mapping[str, tuple[str, str]]
SIGNS: Signs = {DELETED: ("[-", "-]"), INSERTED: ("{+", "+}")}
"""What is put around where looks do not tell, as wdiff has it."""
_MARKS = {"-": DELETED, "+": INSERTED}
_LOOK_AHEAD = 8
_ALIKE = 0.5
"""What share of their words two paragraphs have in common that are versions of one."""
_SAMPLE = 2_000
_WORD = re.compile(rf"[{UNSPACED}]|[^\s{UNSPACED}]+")

Sign = Literal["=", "~", "-", "+"]


class Step(NamedTuple):
    """A paragraph of a comparison: as it was, altered, gone or new."""

    sign: Sign
    block: Block


class Revision(NamedTuple):
    """What became of a text."""

    steps: tuple[Step, ...] = ()

    def count(self, sign: Sign) -> int:
        """How many paragraphs."""
        return sum(step.sign == sign for step in self.steps)

    @property
    def changes(self) -> int:
        """Paragraphs that are not as they were."""
        return len(self.steps) - self.count("=")


def revision(old: Sequence[Block], new: Sequence[Block]) -> Revision:
    """The way from one text to another, in the new one's order. Pictures and rules count as what stayed."""
    budget = Budget()
    before = [(key, block) for key, block in zip(_keys(old), old, strict=True) if key]
    keys = _keys(new)
    places = [place for place, key in enumerate(keys) if key]
    olds, news = [key for key, _ in before], [keys[place] for place in places]
    steps: list[Step] = []
    shown = 0

    def stayed(until: int) -> None:
        nonlocal shown
        steps.extend(Step("=", block) for block in new[shown:until])
        shown = until

    for i1, i2, j1, j2 in gaps(common(olds, news, budget), len(olds), len(news)):
        gone = before[i1:i2]
        came = [(keys[place], new[place]) for place in places[j1:j2]]
        stayed(places[j1] if j1 < len(places) else len(new))
        steps += _changed(gone, came, budget)
        if came:
            shown = places[j2 - 1] + 1
    stayed(len(new))
    return Revision(tuple(steps))


def _keys(blocks: Sequence[Block]) -> list[str]:
    """What each paragraph says; of an endless text, what stands there."""
    keys, left = [], MOST
    for block in blocks:
        text = block.text
        left -= len(text)
        keys.append(substance(text) if left >= 0 else text)
    return keys


Keyed = tuple[str, Block]


def _changed(gone: Sequence[Keyed], came: Sequence[Keyed], budget: Budget) -> Iterator[Step]:
    """Paragraphs that differ: those that are versions of one as one."""
    words = [_words(key) for key, _ in gone]
    at = 0
    for key, block in came:
        own = _words(key)
        ahead = range(at, min(len(gone), at + _LOOK_AHEAD))
        like = max(ahead, key=lambda place: _alike(words[place], own), default=-1)
        if like < 0 or (_alike(words[like], own) < _ALIKE and not len(gone) == len(came) == 1):
            yield Step("+", _whole(block, INSERTED))
            continue
        yield from (Step("-", _whole(other, DELETED)) for _, other in gone[at:like])
        yield Step("~", _as_text(block, compare(gone[like][1].text, block.text, budget)))
        at = like + 1
    yield from (Step("-", _whole(other, DELETED)) for _, other in gone[at:])


def _words(key: str) -> Counter[str]:
    return Counter(_WORD.findall(key[:_SAMPLE]))


def _alike(one: Counter[str], other: Counter[str]) -> float:
    return (one & other).total() / max(1, min(one.total(), other.total()))


def runs_of(pieces: Sequence[Piece], mark: str = "") -> tuple[Run, ...]:
    """A comparison as running text."""
    return tuple(Run(piece.text, mark + _MARKS.get(piece.sign, "")) for piece in pieces)


def _as_text(block: Block, pieces: Sequence[Piece]) -> Block:
    kind = "paragraph" if block.kind in ("table", "picture") else block.kind
    return Block(kind, runs_of(pieces), block.level, block.ordinal)


def _whole(block: Block, mark: str) -> Block:
    """A paragraph that is gone or has come, all of it marked so."""
    return _as_text(block, [Piece("-" if mark == DELETED else "+", block.text)])


def shown(found: Revision) -> tuple[Block, ...]:
    """A revision to be read: the changes with what stands around them, and a line for what is left out."""
    near = {
        at + away
        for at, step in enumerate(found.steps)
        if step.sign != "="
        for away in range(-AROUND, AROUND + 1)
    }
    out: list[Block] = []
    left: list[Block] = []
    for at, step in enumerate(found.steps):
        if at not in near:
            left.append(step.block)
            continue
        out += _left_out(left)
        left = []
        out.append(step.block)
    return (*out, *_left_out(left))


def _left_out(blocks: list[Block]) -> list[Block]:
    if len(blocks) < LEAST_LEFT_OUT:
        return blocks
    said = many(len(blocks), "⋯ {count} paragraph as before", "⋯ {count} paragraphs as before")
    return [Block("paragraph", (Run(said, EMPHASIS),))]


def signed(blocks: Sequence[Block], signs: Signs = SIGNS) -> tuple[Block, ...]:
    """The same with signs around what went and what came, for where there are no looks."""
    return tuple(replace(block, runs=tuple(_signed(run, signs) for run in block.runs)) for block in blocks)


def _signed(run: Run, signs: Signs) -> Run:
    for mark, (opening, closing) in signs.items():
        if mark in run.marks:
            return replace(run, text=f"{opening}{run.text}{closing}")
    return run
