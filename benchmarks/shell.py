#!/usr/bin/env python3
"""What `tui-news headlines` costs as a whole process, beside a Python that does nothing.

    python benchmarks/shell.py [--runs 15] [--sizes 1000,100000]

Both run in turn, so that a busy machine slows both; medians of the wall clock, the least of the CPU time.
The package is compiled first, as an installer does it: with PYTHONDONTWRITEBYTECODE and nothing compiled,
each start would compile all of it again.
"""

from __future__ import annotations

import argparse
import compileall
import os
import statistics
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

import tui_news  # noqa: E402
from tui_news.cache import Cache  # noqa: E402
from tui_news.model import Article, article_id, source_id  # noqa: E402
from tui_news.paths import Places  # noqa: E402

SOURCES = 100
WORDS = (
    "harbour",
    "council",
    "opens",
    "night",
    "market",
    "rain",
    "delays",
    "ferry",
    "line",
    "museum",
    "maps",
)


def fill(home: Path, total: int) -> None:
    """A home with 100 sources in ten sections and `total` articles between them."""
    places = Places(home / "config", home / "cache", home / "data")
    urls = [f"https://paper{number}.example/feed.xml" for number in range(SOURCES)]
    places.config.mkdir(parents=True)
    places.sources_file.write_text(
        "\n".join(
            f'[[source]]\nurl = "{url}"\ntitle = "Paper {number}"\nsection = "Section {number // 10}"\n'
            for number, url in enumerate(urls)
        )
    )
    now = datetime.now(UTC)
    with Cache.open(places) as cache:
        for place, url in enumerate(urls):
            source = source_id(url)
            articles = [
                Article(
                    article_id(source, str(number)),
                    source,
                    f"https://paper{place}.example/{number}",
                    " ".join(WORDS[(number + place + step * 5) % len(WORDS)] for step in range(9)),
                    deck="What has changed, and for whom.",
                    published=now - timedelta(minutes=number * SOURCES + place),
                    language="en",
                )
                for number in range(total // SOURCES)
            ]
            cache.store(source, articles, now=now)


def run(command: Sequence[str], environment: dict[str, str]) -> tuple[float, float]:
    """Wall and CPU milliseconds of one process, its output thrown away. Raises SystemExit when it fails."""
    away = [(os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0)]
    start = time.perf_counter()
    process = os.posix_spawn(command[0], list(command), environment, file_actions=away)
    _, status, usage = os.wait4(process, 0)
    wall = time.perf_counter() - start
    if status:
        raise SystemExit(f"{' '.join(command)} failed: {os.waitstatus_to_exitcode(status)}")
    return wall * 1000, (usage.ru_utime + usage.ru_stime) * 1000


def measure(commands: dict[str, list[str]], environment: dict[str, str], runs: int) -> None:
    """Print a line for each command; the first is what the others are compared with."""
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    for name, command in commands.items():
        run(command, environment)  # once unmeasured: the disk's cache, and what the first start prepares
        times[name] = []
    for _ in range(runs):
        for name, command in commands.items():
            times[name].append(run(command, environment))
    base: tuple[float, float] | None = None
    for name, found in times.items():
        wall, cpu = statistics.median(pair[0] for pair in found), min(pair[1] for pair in found)
        base = base or (wall, cpu)
        print(f"  {name:<34} {wall:7.1f} ms ×{wall / base[0]:<5.2f} CPU {cpu:6.1f} ms ×{cpu / base[1]:.2f}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--runs", type=int, default=15)
    parser.add_argument("--sizes", default="1000,100000")
    options = parser.parse_args()
    compileall.compile_dir(str(Path(tui_news.__file__).parent), quiet=2)
    python = sys.executable
    program = [python, "-m", "tui_news"]
    for size in map(int, options.sizes.split(",")):
        with tempfile.TemporaryDirectory() as folder:
            home = Path(folder)
            fill(home, size)
            # Buffered, as Python is by default.
            environment = {
                name: value
                for name, value in os.environ.items()
                if name not in ("PYTHONUNBUFFERED", "PYTHONDONTWRITEBYTECODE", "PYTHONPYCACHEPREFIX")
            } | {"TUI_NEWS_HOME": folder}
            print(f"{size} articles of {SOURCES} sources, median of {max(9, options.runs)} runs")
            commands = {
                "python -c pass": [python, "-c", "pass"],
                "tui-news --version": [*program, "--version"],
                "tui-news headlines": [*program, "headlines"],
                "tui-news headlines --format json": [*program, "headlines", "--format", "json"],
                "tui-news headlines --unread 'Section 3'": [*program, "headlines", "--unread", "Section 3"],
                "tui-news headlines -n 0": [*program, "headlines", "-n", "0"],
            }
            measure(commands, environment, max(9, options.runs))


if __name__ == "__main__":
    main()
