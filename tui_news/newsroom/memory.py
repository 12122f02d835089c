"""Keeps a program that stays open from growing: memory that is free goes back to the system."""

from __future__ import annotations

import contextlib
import gc
import sys
from typing import Any, Final

# mallopt(3) of glibc.
_TRIM_THRESHOLD: Final = -1
_MMAP_THRESHOLD: Final = -3
_ARENA_MAX: Final = -8
_LARGE: Final = 128 << 10
"""Bytes. What is larger gets pages of its own, which go back when it is freed."""


def hold_little() -> None:
    """Have glibc keep little of what is free. By itself it gives each thread a heap of its own, and takes
    ever larger pieces, up to 32 MB, from the heap once it has seen one freed: a feed leaves holes behind."""
    library = _glibc()
    if library is not None:
        library.mallopt(_ARENA_MAX, 1)
        library.mallopt(_MMAP_THRESHOLD, _LARGE)
        library.mallopt(_TRIM_THRESHOLD, _LARGE)


def give_back() -> None:
    """Collect what refers to itself, closed screens above all, and return free pages: for after a refresh,
    which unpacks tens of megabytes here and there. What lies between two small things that stay would be
    held for ever. Takes some 20 ms."""
    gc.collect()
    library = _glibc()
    if library is not None:
        library.malloc_trim(0)


def _glibc() -> Any:
    """The C library, where it is glibc; None elsewhere."""
    if not sys.platform.startswith("linux"):
        return None
    import ctypes

    with contextlib.suppress(OSError, AttributeError):
        library = ctypes.CDLL(None)
        if library.malloc_trim and library.mallopt and library.gnu_get_libc_version:
            return library
    return None
