"""Time from the command to the front page on the screen, and what working the page out costs behind it.

    python benchmarks/front.py [--sizes 1000 10000 100000] [--times 7] [--keep FOLDER] [--check]

Caches of editions of the newsroom (tests/newsroom/events): 100 sources, a tenth of the articles from the last
three days, the rest from the month before. For each size:

- the page worked out by a process of its own as after a refresh: from nothing ("first"), with 200 articles
  that came since ("later"), and with none ("again"): processor seconds, and the most memory that it held;
- starts on a pseudo-terminal of 80x24 until the lead's headline is on the screen, with the screen that the
  program kept and without; medians, in turn over the sizes, so that all meet the same machine;
- a key on the front page while the page is worked out beside it, and when it is not: milliseconds, medians.

--keep FOLDER keeps the filled caches for the next run. --check ends with 1 when the front page of the largest
cache takes more than a tenth longer than that of the smallest.
"""

from __future__ import annotations

import argparse
import contextlib
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import UTC, datetime
from itertools import cycle
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab
from tests.newsroom.events import tuned
from tests.newsroom.events.edition import make
from tests.newsroom.story import write_many
from tests.terminal import Terminal
from tui_news.cache import Cache
from tui_news.model import Article, Block, Run, article_id, source_id
from tui_news.newsroom.front import front_path
from tui_news.newsroom.front import read as read_derived
from tui_news.paths import Places
from tui_news.portal.front import from_json

PATIENCE = 120.0
SECTIONS = ("World", "Science", "Sport", "Culture", "Blogs")
PAST = 9
"""Articles of the month before for each of the last three days."""
LATER = 200
KEYS = 12
SLOWER = 1.1


def places_of(home: Path) -> Places:
    return Places(home / "config", home / "cache", home / "data")


def url_of(source: str) -> str:
    return f"https://{source}.example/feed.rss"


def articles(seed: int, each: int, past: int, now: datetime) -> Iterator[Article]:
    """An edition as articles with texts."""
    count = max(4, min(60, 6 * each))
    edition = make(tuned, seed, sources=lab.SOURCES, each=each, events=count, past=past, now=now)
    texts = {
        language: cycle([story.body[:5] for story in write_many(language, "lab", 60, now, 1, 6)])
        for language in ("en", "zh")
    }
    for number, article in enumerate(edition.articles):
        url = url_of(article.source)
        body = next(texts["en" if article.language == "en" else "zh"])
        yield replace(
            article,
            id=article_id(url, guid=f"{seed} {article.url}"),
            source=source_id(url),
            comments=number * 7_919 % 90 if number % 5 == 0 else None,
            blocks=tuple(Block("paragraph", (Run(text),)) for text in (article.deck, *body) if text),
        )


def store(home: Path, found: Iterable[Article], now: datetime) -> None:
    by_source: dict[str, list[Article]] = defaultdict(list)
    for article in found:
        by_source[article.source].append(article)
    with Cache.open(places_of(home)) as cache:
        for source, own in by_source.items():
            cache.store(source, own, now=now)


def fill(home: Path, size: int) -> None:
    """A home with so many articles, as after refreshes over a month."""
    now = datetime.now(UTC)
    places = places_of(home)
    places.config.mkdir(parents=True)
    places.config_file.write_text(lab.CONFIG, encoding="utf-8")
    places.sources_file.write_text(
        "\n".join(
            f'[[source]]\nurl = "{url_of(f"s{number:02}")}"\ntitle = "Paper {number}"\n'
            f'section = "{SECTIONS[number % len(SECTIONS)]}"\n'
            for number in range(lab.SOURCES)
        ),
        encoding="utf-8",
    )
    store(home, articles(7, size // (lab.SOURCES * (PAST + 1)), PAST, now), now)


def prepared(folder: Path, size: int) -> Path:
    """The home of a size, filled once; four hours later it is filled anew, for its news is too old then."""
    home = folder / f"front-{size}"
    done = home / "done"
    if not done.exists() or time.time() - done.stat().st_mtime > 4 * 3_600:
        shutil.rmtree(home, ignore_errors=True)
        print(f"filling a cache with {size:,} articles in {home}", file=sys.stderr, flush=True)
        fill(home, size)
        done.touch()
    return home


def child(home: Path) -> list[str]:
    """The command line of the process that works the page out."""
    places = places_of(home)
    return [
        sys.executable, "-m", "tui_news.newsroom.frontchild", str(places.config), str(places.cache),
        str(places.data), datetime.now(UTC).isoformat(), repr(time.time()),
    ]  # fmt: skip


def work_out(home: Path) -> dict[str, float]:
    """What it costs: processor seconds and MB."""
    for name in ("front.json", "folding.json", "discussed.json", "told"):
        (places_of(home).cache / name).unlink(missing_ok=True)
    found: dict[str, float] = {}
    for step in ("first", "later", "again"):
        if step == "later":
            now = datetime.now(UTC)
            store(home, articles(8, LATER // lab.SOURCES, 0, now), now)
        found[f"{step}, s CPU"], found[f"{step}, MB"] = run(child(home))
    return found


def run(argv: list[str]) -> tuple[float, float]:
    """A process of which the end is waited for: processor seconds, and MB by its own account (what the kernel
    tells of a child that has ended is not less than what its parent held). Raises RuntimeError."""
    cpu = peak = 0.0
    with subprocess.Popen(argv, cwd=lab.ROOT, stdout=subprocess.DEVNULL) as process:
        while process.poll() is None:
            with contextlib.suppress(OSError, IndexError):
                cpu, peak = lab.cpu_seconds(process.pid), max(peak, lab.peak_memory(process.pid))
            time.sleep(0.02)
    if process.returncode:
        raise RuntimeError(f"{' '.join(argv)}: exit {process.returncode}")
    return cpu, peak


def lead_of(home: Path) -> str:
    front = from_json(read_derived(front_path(places_of(home))))
    assert front is not None
    return front.items()[0].headline


def start(home: Path, lead: str, name: str, found: dict[str, list[float]]) -> None:
    """One start until the front page is there."""
    with lab.open_product(home, 24, 80) as terminal:
        terminal.wait_for(lead[:12], PATIENCE)
        found[name].append(1000 * (terminal.chunks[-1][0] - terminal.started))
        terminal.settle(0.3)
        found[f"{name}, CPU"].append(1000 * lab.cpu_seconds(terminal.pid))
        terminal.send("q")
        terminal.wait()


def keys(home: Path, lead: str) -> dict[str, float]:
    """A key on the page, with the page worked out beside it and without."""
    found: dict[str, float] = {}
    with lab.open_product(home, 24, 80) as terminal:
        terminal.wait_for(lead[:12], PATIENCE)
        terminal.settle(0.3)
        found["a key, ms"] = _typed(terminal)
        beside = subprocess.Popen(child(home), cwd=lab.ROOT, stdout=subprocess.DEVNULL)
        waited: list[float] = []
        while beside.poll() is None and len(waited) < 4 * KEYS:
            waited.append(lab.press(terminal, "jk"[len(waited) % 2])[1])
        beside.wait()
        found["a key meanwhile, ms"] = statistics.median(waited)
        terminal.send("q")
        terminal.wait()
    return found


def _typed(terminal: Terminal) -> float:
    return statistics.median(lab.press(terminal, "jk"[number % 2])[1] for number in range(KEYS))


def main() -> int:
    """Measures every size and prints one table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options.add_argument("--times", type=int, default=7)
    options.add_argument("--keep", type=Path, help="folder in which the filled caches stay")
    options.add_argument("--check", action="store_true", help="fail when the bar is missed")
    chosen = options.parse_args()
    print(f"{lab.machine()}; medians of {chosen.times} starts, milliseconds\n", flush=True)
    bars = lab.Bars()
    with tempfile.TemporaryDirectory(prefix="tui-news-front-") as made:
        homes = {}
        for size in chosen.sizes:
            source = prepared(chosen.keep or Path(made), size)
            homes[size] = Path(shutil.copytree(source, Path(made) / f"copy-{size}"))
        columns = {size: work_out(home) for size, home in homes.items()}
        leads = {size: lead_of(home) for size, home in homes.items()}
        starts: dict[int, dict[str, list[float]]] = {size: defaultdict(list) for size in homes}
        for number in range(chosen.times + 1):
            for size, home in homes.items():
                (places_of(home).cache / "screen").unlink(missing_ok=True)
                start(home, leads[size], "front page without a kept screen", starts[size])
                start(home, leads[size], "front page", starts[size])
                if number == 0:  # the first fills the machine's own caches
                    starts[size].clear()
        for size, home in homes.items():
            columns[size].update({name: statistics.median(values) for name, values in starts[size].items()})
            columns[size].update(keys(home, leads[size]))
    names = list(dict.fromkeys(name for column in columns.values() for name in column))
    rows = [[name, *(f"{column.get(name, 0):,.1f}" for column in columns.values())] for name in names]
    print(lab.table(("", *(f"{size:,}" for size in columns)), rows))
    small, large = columns[min(columns)], columns[max(columns)]
    for name in ("front page", "front page without a kept screen"):
        bars.hold(f"{name}, of {max(columns):,} to {min(columns):,}", large[name] / small[name], SLOWER)
        cpu = f"{name}, CPU"
        bars.hold(f"{cpu}, of {max(columns):,} to {min(columns):,}", large[cpu] / small[cpu], SLOWER)
    bars.print()
    return 1 if chosen.check and bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
