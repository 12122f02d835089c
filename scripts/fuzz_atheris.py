"""Fuzz what reads feeds and pages with atheris, guided by coverage: for hours, by hand.

    python scripts/fuzz_atheris.py [CORPUS_FOLDER] [libFuzzer options, e.g. -max_total_time=600]

atheris is no dependency of the project: `pip install atheris` where there is a wheel for your Python. The
first byte of an input chooses the reader. What crashes is written by libFuzzer to a file `crash-...`.
"""

from __future__ import annotations

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

try:
    import atheris
except ImportError:
    sys.exit("atheris is not installed; `pip install atheris` (it has no wheels for every Python)")

with atheris.instrument_imports():
    from benchmarks.fuzz import CHARSETS, read, steering
    from tui_news.extract import PageError
    from tui_news.sources.feed import FeedError

KINDS = ("feed", "page", "channel", "sitemap", "opml", "urls")


def one(data: bytes) -> None:
    """One input. Raises for what libFuzzer is to keep."""
    if len(data) < 3:
        return
    kind, charset = KINDS[data[0] % len(KINDS)], CHARSETS[data[1] % len(CHARSETS)]
    try:
        articles = read(kind, data[2:], charset)
    except UnicodeError:
        raise
    except (FeedError, PageError, ValueError):
        return
    for article in articles:
        if bad := steering(article):
            raise RuntimeError(f"a control got through: {bad!r}")


if __name__ == "__main__":
    atheris.Setup(sys.argv, one)
    atheris.Fuzz()
