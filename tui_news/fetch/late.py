"""httpx without its command line, which a program that only fetches has no use for."""

from __future__ import annotations

import sys
from types import ModuleType


def load() -> ModuleType:
    """httpx, imported when it is first needed.

    Where click and rich are installed, and rich always is here, `import httpx` loads its command line too,
    half of all its time. httpx does without when that cannot be imported, so for the while it cannot be:
    None in `sys.modules` is Python's own way to say so (Reference, 5.3.1). Afterwards it can be again.
    """
    if "httpx" not in sys.modules:
        sys.modules["httpx._main"] = None  # type: ignore[assignment]
        try:
            import httpx
        finally:
            del sys.modules["httpx._main"]
        return httpx
    return sys.modules["httpx"]
