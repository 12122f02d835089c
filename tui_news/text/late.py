"""Regular expressions that are compiled when the first text is held against them."""

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
