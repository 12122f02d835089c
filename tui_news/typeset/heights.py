"""How many lines each block of an article takes: known for those that were set, guessed for the others."""

from __future__ import annotations


class Heights:
    """Lines of each of `count` blocks, of which one takes `mean` on the average, at least 1.

    A binary indexed tree (Fenwick 1994) over what the known heights differ from the guessed ones: the first
    line of any block, the block of any line and a height that becomes known take logarithmic time. A height
    that becomes known moves the lines below its block, and no other.
    """

    __slots__ = ("_known", "_mean", "_tree", "left")

    def __init__(self, count: int, mean: float) -> None:
        self._known: list[int] = [-1] * count
        self._mean = max(1.0, mean)
        self._tree = [0] * (count + 1)
        self.left = count
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
        # So that the guesses of the first n blocks are together the mean times n, rounded down.
        return int(self._mean * (index + 1)) - int(self._mean * index)

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
        line, place = int(self._mean * index), index
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
            if ahead < len(self._tree) and int(self._mean * ahead) + more + self._tree[ahead] <= line:
                place, more = ahead, more + self._tree[ahead]
        return place
