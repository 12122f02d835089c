"""Regular expressions that are compiled when the first text is held against them, or after many of them."""

from __future__ import annotations

TYPE_CHECKING = False
if TYPE_CHECKING:
    import re
    from typing import Any

_METHODS = ("search", "match", "fullmatch", "sub", "split", "findall", "finditer")


class _Late:
    """Stands for a pattern. Once compiled, its methods are the pattern's own and cost no more than those."""

    def __init__(self, text: str) -> None:
        self._text = text

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        import re

        pattern = re.compile(self._text)
        for method in _METHODS:
            setattr(self, method, getattr(pattern, method))
        return getattr(pattern, name)


def late(text: str) -> re.Pattern[str]:
    """`re.compile(text)`, at the first use: a class of thousands of characters takes 1 to 2 ms to compile,
    and most starts meet no text that needs a look. Raises `re.error` then, not here."""
    pattern: Any = _Late(text)
    found: re.Pattern[str] = pattern
    return found


_MANY = 50_000
"""Characters that are looked up one by one in the time that compiling a class of thousands takes."""


class Chars:
    """The characters of some ranges, in order, written as in a class of a regular expression: `a-z_`."""

    def __init__(self, ranges: str) -> None:
        self._ranges = ranges
        self._bounds: list[str] = []
        self._held: set[str] = set()
        """Of the characters those that texts had so far: most of the next text is among them."""
        self._pattern: re.Pattern[str] | None = None
        self._looked_up = 0

    def hold(self, text: str) -> bool:
        """Whether a text has no others. Short texts are looked up character by character, until there were so
        many that a pattern pays."""
        if self._pattern is not None:
            return self._pattern.fullmatch(text) is not None
        new = set(text) - self._held
        if not new:
            return True
        if not self._bounds:
            from bisect import bisect_right

            self._bisect = bisect_right
            self._bounds = _bounds(self._ranges)
        self._looked_up += len(new)
        if self._looked_up > _MANY:
            import re

            self._held.clear()
            self._pattern = re.compile(f"[{self._ranges}]*")
            return self.hold(text)
        if all(self._bisect(self._bounds, char) & 1 for char in new):
            self._held |= new
            return True
        return False


def _bounds(ranges: str) -> list[str]:
    """The first character of each range and the first behind it, in turn."""
    found: list[str] = []
    at = 0
    while at < len(ranges):
        end = at + 2 if ranges[at + 1 : at + 2] == "-" else at
        found += [ranges[at], chr(ord(ranges[end]) + 1)]
        at = end + 1
    return found
