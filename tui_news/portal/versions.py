"""What one text has that another has not: words in Latin script, characters in Chinese and Japanese.

After Myers, "An O(ND) Difference Algorithm and Its Variations" (Algorithmica 1, 1986). Both inputs are from
outside: what a comparison costs is bounded, whatever they hold; beyond that, what differs is told whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from math import isqrt
from typing import NamedTuple

from tui_news.text.fold import UNSPACED

_TOKEN = re.compile(rf"[{UNSPACED}]|[^\W{UNSPACED}]+|\s+|[^\w\s]")
_WORD = re.compile(r"\w")
STEPS = 400_000
"""Comparisons that one question may cost: a fifth of a second."""
MOST = 100_000
"""Tokens that differ, from the first to the last, or else they are not compared one by one."""
LONGEST = 1_000_000
"""Characters of a text that are cut into tokens."""

Run = tuple[int, int, int]
"""What two sequences have in common: where it begins in the one and in the other, and how long it is."""


class Piece(NamedTuple):
    """A piece of a comparison; `sign` is `=` for what both have, `-` for the old's, `+` for the new's."""

    sign: str
    text: str


class Budget:
    """How many steps comparisons may still take."""

    def __init__(self, steps: int = STEPS) -> None:
        self.left = steps


def common(old: Sequence[object], new: Sequence[object], budget: Budget) -> list[Run]:
    """The most that two sequences have in common, in order; when the budget does not suffice for that, what
    both begin and end with."""
    shortest = min(len(old), len(new))
    start = 0
    while start < shortest and old[start] == new[start]:
        start += 1
    end = 0
    while end < shortest - start and old[-1 - end] == new[-1 - end]:
        end += 1
    middle = _middle(old[start : len(old) - end], new[start : len(new) - end], budget)
    found = [(start + i, start + j, length) for i, j, length in middle]
    if start:
        found.insert(0, (0, 0, start))
    if end:
        found.append((len(old) - end, len(new) - end, end))
    return found


def _middle(old: Sequence[object], new: Sequence[object], budget: Budget) -> list[Run]:
    """The same where beginnings and ends differ: one difference more at a time, on all diagonals."""
    if not old or not new or max(len(old), len(new)) > MOST:
        return []
    most = min(isqrt(max(0, budget.left)), len(old) + len(new))
    reach = [0] * (2 * most + 3)
    trace: list[list[int]] = []
    for depth in range(most + 1):
        # On diagonal k (places in old minus places in new) as far as reach[most + 1 + k].
        trace.append(reach[most + 1 - depth - 1 : most + 1 + depth + 2])
        for k in range(-depth, depth + 1, 2):
            at = most + 1 + k
            down = k == -depth or (k != depth and reach[at - 1] < reach[at + 1])
            x = reach[at + 1] if down else reach[at - 1] + 1
            y, begin = x - k, x
            while x < len(old) and y < len(new) and old[x] == new[y]:
                x, y = x + 1, y + 1
            reach[at] = x
            budget.left -= 1 + x - begin
            if x >= len(old) and y >= len(new):
                return _back(trace, len(old), len(new))
        if budget.left < 0:
            break
    budget.left = max(0, budget.left)
    return []


def _back(trace: list[list[int]], x: int, y: int) -> list[Run]:
    """The way back from the end of both, as the runs that are in common."""
    runs: list[Run] = []
    for depth in range(len(trace) - 1, -1, -1):
        reach, k = trace[depth], x - y
        at = depth + 1 + k
        down = k == -depth or (k != depth and reach[at - 1] < reach[at + 1])
        before_x = reach[at + 1] if down else reach[at - 1]
        before_y = before_x - (k + 1 if down else k - 1)
        begin = before_x if down else before_x + 1
        if x > begin:
            runs.append((begin, begin - k, x - begin))
        x, y = before_x, before_y
    return runs[::-1]


def gaps(runs: Sequence[Run], old: int, new: int) -> Iterator[tuple[int, int, int, int]]:
    """What lies between common runs of sequences of these lengths: from and to in the old, in the new."""
    i = j = 0
    for begin, start, length in [*runs, (old, new, 0)]:
        if begin > i or start > j:
            yield i, begin, j, start
        i, j = begin + length, start + length


def compare(old: str, new: str, budget: Budget | None = None) -> list[Piece]:
    """The way from one text to the other. What is equal, what is gone and what has come, in the new's order;
    put together, the pieces without `-` are the new text and those without `+` the old."""
    before, after = _tokens(old), _tokens(new)
    runs = common(before, after, budget or Budget())
    runs = _worth(_slid(runs, before, after), before, len(before), len(after))
    pieces: list[Piece] = []
    i = j = 0
    for begin, start, length in [*runs, (len(before), len(after), 0)]:
        parts = (("-", before[i:begin]), ("+", after[j:start]), ("=", after[start : start + length]))
        pieces += [Piece(sign, "".join(tokens)) for sign, tokens in parts if tokens]
        i, j = begin + length, start + length
    return pieces


def _tokens(text: str) -> list[str]:
    if len(text) > LONGEST:
        return [text]
    found = _TOKEN.findall(text)
    # A character that no token takes (none is known) must not be lost.
    return found if sum(map(len, found)) == len(text) else list(text)


def _slid(runs: Sequence[Run], old: Sequence[str], new: Sequence[str]) -> list[Run]:
    """The same runs, moved on where nothing but a full stop or a space tells one place of an addition from
    the next: what came is then a sentence with its own end, and not the end of the sentence before."""
    out = list(runs)
    for at in range(len(out) - 1):
        i, j, length = out[at]
        i2, j2, length2 = out[at + 1]
        tokens, begin, end = (new, j + length, j2) if i + length == i2 else (old, i + length, i2)
        if (i + length == i2) == (j + length == j2):
            continue  # something went and something came
        while length2 and tokens[begin] == tokens[end] and not _WORD.search(tokens[begin]):
            length, begin, end = length + 1, begin + 1, end + 1
            i2, j2, length2 = i2 + 1, j2 + 1, length2 - 1
        out[at], out[at + 1] = (i, j, length), (i2, j2, length2)
    return [run for run in out if run[2]]


def _worth(runs: Sequence[Run], tokens: Sequence[str], old: int, new: int) -> list[Run]:
    """The runs without those between two changes that only make them hard to read: a space or a comma, or one
    character where more than that changed on both sides."""
    kept: list[Run] = []
    i = j = 0  # the end of the run that was kept last
    for number, (begin, start, length) in enumerate(runs):
        after = runs[number + 1] if number + 1 < len(runs) else (old, new, 0)
        before_it = max(begin - i, start - j)
        behind_it = max(after[0] - begin - length, after[1] - start - length)
        text = "".join(tokens[begin : begin + length])
        word = _WORD.search(text)
        if before_it and behind_it and (not word or (len(text) == 1 and min(before_it, behind_it) > 1)):
            continue
        kept.append((begin, start, length))
        i, j = begin + length, start + length
    return kept
