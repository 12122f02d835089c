"""The starter edition that is committed is what its texts make."""

from __future__ import annotations

import filecmp
import runpy
from pathlib import Path

from tui_news.cache import Cache
from tui_news.paths import Places, shipped

ROOT = Path(__file__).parent.parent


def files(folder: Path) -> list[str]:
    return sorted(str(path.relative_to(folder)) for path in folder.rglob("*") if path.is_file())


def test_the_committed_edition_is_what_the_script_makes(tmp_path: Path) -> None:
    made = tmp_path / "cache"
    runpy.run_path(str(ROOT / "scripts" / "make_starter.py"))["main"](made)
    committed = ROOT / "cache"
    assert files(made) == files(committed)
    _, different, unreadable = filecmp.cmpfiles(made, committed, files(made), shallow=False)
    assert (different, unreadable) == ([], []), "run scripts/make_starter.py and commit what it writes"


def test_it_is_a_small_newspaper_of_three_languages(tmp_path: Path) -> None:
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    with Cache.open(places, starter=shipped("cache")) as cache:
        heads = list(cache.listing(None))
        articles = [cache.article(head.id) for head in heads]
    assert len(articles) >= 8
    assert {article.language for article in articles if article} >= {"en", "zh-Hans", "ja"}
    assert all(article and article.headline and article.blocks and article.full for article in articles)


def test_it_is_never_written_to(tmp_path: Path) -> None:
    before = {name: (ROOT / "cache" / name).stat().st_mtime_ns for name in files(ROOT / "cache")}
    places = Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")
    with Cache.open(places, starter=shipped("cache")) as cache:
        cache.mark([head.id for head in cache.listing(None)], "marked read", read=True)
    assert {name: (ROOT / "cache" / name).stat().st_mtime_ns for name in files(ROOT / "cache")} == before
