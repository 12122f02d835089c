"""Stand-ins for a path, a cached property and a generic base, for starts that need no more of them.

`pathlib` brings urllib, ipaddress and regular expressions along, `functools` all of collections: together
8 ms of a `tui-news headlines` that takes 40. Modules on its way import them for the type checker alone:

    if TYPE_CHECKING:
        from functools import cached_property
        from pathlib import Path
    else:
        from tui_news.light import cached_property
"""

from __future__ import annotations

import os
import sys

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any


def spare() -> None:
    """Have two modules of Python's come without what they bring along and need not: `array` all of
    collections, to register itself with a class that stands elsewhere, and `datetime` before Python 3.12 a
    second implementation of itself, which it throws away. 4 ms of a start. For a program that has just
    begun."""
    if sys.implementation.name != "cpython":
        return
    if sys.version_info < (3, 12) and "datetime" not in sys.modules:
        sys.modules["datetime"] = __import__("_datetime")
    meanwhile = ("collections", "collections.abc")
    if any(name in sys.modules for name in meanwhile):
        return
    # `array` looks for the class here, and loads the package only where it is not there.
    sys.modules.update(dict.fromkeys(meanwhile, __import__("_collections_abc")))
    try:
        __import__("array")
    finally:
        for name in meanwhile:
            del sys.modules[name]


class Place:
    """A path that `os` and `open` take as it is. Whatever else is asked of it, a `pathlib.Path` answers."""

    __slots__ = ("_text",)

    def __init__(self, path: str | os.PathLike[str]) -> None:
        self._text = os.fspath(path)

    def __fspath__(self) -> str:
        return self._text

    def __str__(self) -> str:
        return self._text

    def __repr__(self) -> str:
        return f"Place({self._text!r})"

    def __truediv__(self, below: str | os.PathLike[str]) -> Place:
        return Place(os.path.join(self._text, below))

    def __eq__(self, other: object) -> bool:
        return isinstance(other, os.PathLike) and os.fspath(other) == self._text

    def __hash__(self) -> int:
        return hash(self._text)

    def __lt__(self, other: os.PathLike[str]) -> bool:
        return self._text < os.fspath(other)

    def __reduce__(self) -> tuple[Any, ...]:
        return Place, (self._text,)

    @property
    def name(self) -> str:
        return os.path.basename(self._text)

    @property
    def parent(self) -> Place:
        return Place(os.path.dirname(self._text))

    def __getattr__(self, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        from pathlib import Path

        return getattr(Path(self._text), name)


class cached_property:  # noqa: N801 - it stands for the one of functools
    """A property that is worked out once for each object."""

    def __init__(self, make: Callable[[Any], Any]) -> None:
        self.make = make
        self.__doc__ = make.__doc__

    def __set_name__(self, owner: type, name: str) -> None:
        self.name = name

    def __get__(self, instance: Any, owner: type) -> Any:
        if instance is None:
            return self
        value = instance.__dict__[self.name] = self.make(instance)
        return value


class Generic:
    """A base that may be written with brackets, which are for the type checker."""

    def __class_getitem__(cls, item: object) -> type:
        return cls
