"""What words keep company with: which of them speak of the same matter, learnt from the articles themselves.

"Crews battle blaze at depot" and "Warehouse fire leaves twelve hurt" have no word in common; that both are
told of fires shows in the words that stood beside theirs before. Each term has a few lanes of its own among
LANES, drawn by its hash (random indexing), and a vector that sums up the lanes of all terms that it stood
with. A vector is one integer of 16 bits a lane, so that putting two together is one addition.
"""

from __future__ import annotations

import sys
from array import array
from collections.abc import Collection, Iterable, Mapping
from math import sqrt
from operator import mul

LANES = 96
DRAWN = 4
"""Lanes of a term."""
FULL = 300
"""Articles after which a vector is halved: no lane may run over into the next (48 terms, four lanes each)."""
LEAST = 3
"""Articles in which a term must have stood before its company says something."""
ENOUGH = 0.5
"""The share of a text, by weight, whose company must be known; the rest may be names."""
_HALF = sum(0x7FFF << 16 * lane for lane in range(LANES))

Vector = tuple[float, ...]


def _drawn(key: int) -> int:
    """The lanes of a term, as a vector."""
    made = 0
    for _ in range(DRAWN):
        key = key * 1_103_515_245 + 12_345 & 0x7FFFFFFF
        made += 1 << 16 * ((key >> 8) % LANES)
    return made


class Company:
    """What was learnt: a vector for each term, with how many articles it was taken from."""

    def __init__(self) -> None:
        self.vectors: dict[int, list[int]] = {}
        """By term: the vector, and the number of articles in it."""
        self.total = [0.0] * LANES
        """The lanes of everything: what is in all company says nothing."""
        self._units: dict[int, Vector | None] = {}

    def learn(self, keys: Collection[int]) -> None:
        """Take in the terms of one article."""
        lanes = [_drawn(key) for key in keys]
        together = sum(lanes)
        vectors = self.vectors
        for key, own in zip(keys, lanes, strict=True):
            found = vectors.get(key)
            if found is None:
                vectors[key] = [together - own, 1]
                continue
            found[0] += together - own
            found[1] += 1
            if found[1] >= FULL:
                found[0], found[1] = (found[0] >> 1) & _HALF, found[1] // 2

    def settle(self) -> None:
        """Reckon anew from what was learnt since; `unit` then speaks of that."""
        self._units.clear()
        total = [0.0] * LANES
        for number, (vector, count) in enumerate(self.vectors.values()):
            if count >= LEAST and number % 4 == 0:
                total = list(map(float.__add__, total, map(float, _lanes(vector))))
        whole = sum(total) or 1.0
        self.total = [lane / whole for lane in total]

    def unit(self, key: int) -> Vector | None:
        """What company a term keeps beyond that of any other, as a vector of length 1; None when it stood too
        seldom."""
        if key in self._units:
            return self._units[key]
        found = self.vectors.get(key)
        made: Vector | None = None
        if found is not None and found[1] >= LEAST:
            lanes = _lanes(found[0])
            whole = sum(lanes)
            made = _normal([lane - whole * usual for lane, usual in zip(lanes, self.total, strict=True)])
        self._units[key] = made
        return made

    def matter(self, weights: Mapping[int, float]) -> tuple[Vector | None, float]:
        """What a text with terms of these weights speaks of, as a vector of length 1, and how well that is
        known, from 0 to 1."""
        total = [0.0] * LANES
        known = 0.0
        for key, weight in weights.items():
            unit = self.unit(key)
            if unit is not None:
                total = [lane + weight * one for lane, one in zip(total, unit, strict=True)]
                known += weight
        return _normal(total), min(1.0, known / (ENOUGH * sum(weights.values()) or 1.0))

    def pack(self, most: int) -> tuple[list[int], bytes]:
        """The terms that stood in most articles, and what was learnt of them, to be kept."""
        kept = sorted(self.vectors, key=lambda key: self.vectors[key][1], reverse=True)[:most]
        kept = [key for key in kept if self.vectors[key][1] >= LEAST]
        size = 2 * LANES
        return kept, b"".join(
            self.vectors[key][1].to_bytes(2, "little") + self.vectors[key][0].to_bytes(size, "little")
            for key in kept
        )

    def unpack(self, keys: Iterable[int], data: bytes) -> None:
        """Take up what was kept. Raises ValueError when it is not of this form."""
        size = 2 * LANES + 2
        keys = list(keys)
        if len(data) != size * len(keys):
            raise ValueError("not what was kept")
        self.vectors = {
            int(key): [
                int.from_bytes(data[at + 2 : at + size], "little"),
                int.from_bytes(data[at : at + 2], "little"),
            ]
            for key, at in zip(keys, range(0, len(data), size), strict=True)
        }


def _lanes(vector: int) -> array[int]:
    # A hostile text may have let the last lane run over.
    data = (vector & (1 << 16 * LANES) - 1).to_bytes(2 * LANES, sys.byteorder)
    return array("H", data)


def _normal(lanes: list[float]) -> Vector | None:
    length = sqrt(sum(map(mul, lanes, lanes)))
    return tuple(lane / length for lane in lanes) if length else None


def likeness(one: Vector | None, other: Vector | None) -> float:
    """How much two matters are alike, from -1 to 1; 0 when nothing is known of one of them."""
    return sum(map(mul, one, other)) if one and other else 0.0
