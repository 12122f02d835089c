"""How many lines each block of an article takes: known for those that were set, guessed for the others."""

from __future__ import annotations

from collections.abc import Iterable
from itertools import accumulate


class Heights:
    """Lines of each block; `guesses` has what is expected of them, of each 1 at least.

    A binary indexed tree (Fenwick 1994) over what the known heights differ from the guessed ones: the first
    line of any block, the block of any line and a height that becomes known take logarithmic time. A height
    that becomes known moves the lines below its block, and no other.
    """

    __slots__ = ("_guessed", "_known", "_tree", "left")

    def __init__(self, guesses: Iterable[float]) -> None:
        # Rounded down as they add up: so they are right together.
        self._guessed = [int(lines) for lines in accumulate(guesses, initial=0.0)]
        """The first line of each block by the guesses, and the line after the last."""
        self._known = [-1] * (len(self._guessed) - 1)
        self._tree = [0] * len(self._guessed)
        self.left = len(self._known)
        """How many are guessed still."""

    def __len__(self) -> int:
        return len(self._known)

    def known(self, index: int) -> bool:
        return self._known[index] >= 0

    def __getitem__(self, index: int) -> int:
        """Lines of a block."""
        height = self._known[index]
        return height if height >= 0 else self._guess(index)

    def _guess(self, index: int) -> int:
        return self._guessed[index + 1] - self._guessed[index]

    def __setitem__(self, index: int, height: int) -> None:
        more = height - self[index]
        if self._known[index] < 0:
            self.left -= 1
        self._known[index] = height
        if more:
            place = index + 1
            while place < len(self._tree):
                self._tree[place] += more
                place += place & -place

    def start(self, index: int) -> int:
        """The first line of a block; of `len(self)`: how many lines there are."""
        line, place = self._guessed[index], index
        while place:
            line += self._tree[place]
            place &= place - 1
        return line

    def at(self, line: int) -> int:
        """The block that a line belongs to; `len(self)` for one beyond the end."""
        place = more = 0
        step = 1 << len(self._known).bit_length()
        while step := step >> 1:
            ahead = place + step
            if ahead < len(self._tree) and self._guessed[ahead] + more + self._tree[ahead] <= line:
                place, more = ahead, more + self._tree[ahead]
        return place
