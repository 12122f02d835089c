"""The command line's homes and newsroom, and a conversation through pipes."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.cli.conftest import filled, home, room, shared, stocked

__all__ = ["filled", "home", "room", "shared", "stocked"]

Talk = Callable[..., list[str]]
DRAWING = re.compile("[\u2500-\u259f\x1b]")
"""Box drawing, blocks and escapes."""


@pytest.fixture
def talk() -> Talk:
    """Says lines to `tui-news --linear` and gives the lines that come; none of them may be drawn."""

    def said(*lines: str, env: dict[str, str] | None = None, code: int = 0) -> list[str]:
        done = subprocess.run(
            [sys.executable, "-m", "tui_news", "--linear"],
            input="".join(f"{line}\n" for line in lines).encode(),
            capture_output=True,
            env={**os.environ, **(env or {})},
            cwd=Path(__file__).parents[2],
            timeout=60,
            check=False,
        )
        assert (done.returncode, done.stderr.decode()) == (code, "")
        out = done.stdout.decode()
        assert not DRAWING.search(out)
        return out.splitlines()

    return said
