"""A short run of the fuzzer, the same cases each time."""

from __future__ import annotations

import pytest


@pytest.mark.timeout(120)
def test_a_few_hundred_mutated_feeds_and_pages() -> None:
    from benchmarks import fuzz

    said: list[str] = []
    counts = fuzz.run(150, 3, 20.0, 0, None, said.append)
    assert {name: counts[name] for name in ("CRASHES", "HANGS", "CONTROLS", "PTY")} == {
        "CRASHES": 0, "HANGS": 0, "CONTROLS": 0, "PTY": 0,
    }, said  # fmt: skip


def test_the_fuzzer_sees_what_it_looks_for() -> None:
    from benchmarks import fuzz
    from tui_news.model import Article, Block, Run

    assert fuzz.steering(Article("a", "s", headline="x\x1b[31m"))
    assert fuzz.steering(Article("a", "s", blocks=(Block("paragraph", (Run("a\u202eb"),)),)))
    assert fuzz.steering(Article("a", "s", tags=("\u009b",)))
    assert not fuzz.steering(
        Article("a", "s", headline="plain", blocks=(Block("paragraph", (Run("text"),)),))
    )
