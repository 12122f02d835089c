"""A refresh as a whole process: the product next to newsboat, from the loopback newsroom.

    python benchmarks/refresh.py [--cases 100x100 100x1000] [--times 5] [--long-times 3] [--check]

Each case is feeds x entries. "cold" is the first refresh into an empty cache, "all 304" a later one, when no
feed has changed (newsboat keeps validators from its second reload on, so it is given one more in between).
The newsroom serves from a process of its own, with its answers made beforehand, gzip as real servers do.
Both ask with 16 at once: `tui-news refresh --jobs 16`, 16 allowed on one host and nothing of a feed left out;
`newsboat -x reload`, reload-threads 16, max-items 0. They run in turn; medians of --times, of --long-times
from 50,000 entries on. "CPU" is processor time of the program, its workers included; "MB" is what all of its
processes hold together at the most.

--check ends with 1 when a bar is missed. Without newsboat only the product is measured.
"""

from __future__ import annotations

import argparse
import os
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Self

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab

# Shares of newsboat's time, by entries in all; and the memory of a refresh, MB.
COLD = {10_000: 0.6, 100_000: 0.3}
UNCHANGED = {10_000: 0.8, 100_000: 0.1}
MEMORY = 200.0
LONG = 50_000

SERVER = """
import signal, sys
from tests.newsroom import Newsroom
with Newsroom() as room:
    room.prepare(*sys.argv[1:])
    print(room.base, flush=True)
    signal.pause()
"""


@contextmanager
def newsroom(paths: list[str]) -> Iterator[str]:
    """A newsroom in a process of its own that has these answers ready; gives its address."""
    process = subprocess.Popen(
        [sys.executable, "-c", SERVER, *paths], stdout=subprocess.PIPE, text=True, cwd=lab.ROOT
    )
    try:
        assert process.stdout is not None
        base = process.stdout.readline().strip()
        if not base:
            raise RuntimeError("the newsroom did not start")
        yield base
    finally:
        os.kill(process.pid, signal.SIGKILL)
        process.wait()
        if process.stdout:
            process.stdout.close()


class Memory:
    """The peak of what new child processes and theirs hold together, MB, looked at 50 times a second (Linux).
    What they share is counted for each."""

    def __init__(self) -> None:
        self.peak = 0.0
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._watch)

    def __enter__(self) -> Self:
        self._old = set(_children(os.getpid()))
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._stop.wait(0.02):
            own = [pid for pid in _children(os.getpid()) if pid not in self._old]
            self.peak = max(
                self.peak, sum(map(_resident, [*own, *(c for pid in own for c in _children(pid))]))
            )


def _children(pid: int) -> list[int]:
    found: list[int] = []
    for path in Path(f"/proc/{pid}/task").glob("*/children"):
        with suppress(OSError):
            found += map(int, path.read_text().split())
    return found


def _resident(pid: int) -> float:
    try:
        return int(Path(f"/proc/{pid}/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 1e6
    except (OSError, IndexError):
        return 0.0


class Product:
    """The product with a home of its own."""

    name = "tui-news"

    def __init__(self, folder: Path, urls: list[str]) -> None:
        self.home = folder / "product"
        config = self.home / "config"
        config.mkdir(parents=True)
        (config / "config.toml").write_text(lab.CONFIG, encoding="utf-8")
        tables = [f'[[source]]\nurl = "{url}"\ntitle = "{number}"\n' for number, url in enumerate(urls)]
        (config / "sources.toml").write_text("\n".join(tables), encoding="utf-8")

    def refresh(self) -> tuple[float, float, float]:
        argv = [*lab.PRODUCT, "refresh", "--jobs", "16"]
        with Memory() as memory:
            seconds, cpu, peak = lab.run_timed(argv, {"TUI_NEWS_HOME": str(self.home)})
        return seconds, cpu, max(peak, memory.peak)

    def articles(self) -> int:
        from tui_news.cache import Cache
        from tui_news.paths import Places

        places = Places(self.home / "config", self.home / "cache", self.home / "data")
        with Cache.open(places, read_only=True) as cache:
            return len(cache.listing())


class Newsboat:
    """newsboat with a home of its own."""

    name = "newsboat"

    def __init__(self, folder: Path, urls: list[str]) -> None:
        self.home = folder / "newsboat"
        lab.fill_newsboat(self.home, urls, every=False)

    def refresh(self) -> tuple[float, float, float]:
        return lab.run_timed([*lab.newsboat(self.home), "-x", "reload"])

    def articles(self) -> int:
        import sqlite3

        with sqlite3.connect(self.home / "cache.db") as found:
            return int(found.execute("select count(*) from rss_item").fetchone()[0])


Runs = dict[str, list[tuple[float, float, float]]]


def measure(
    feeds: int, entries: int, times: int, sides: list[Callable[[Path, list[str]], Product | Newsboat]]
) -> Runs:
    """Seconds, processor seconds and MB of each run, by program and kind. Raises RuntimeError when a program
    did not store what was served."""
    paths = [f"/feeds/sized/{number}/{entries}.rss" for number in range(feeds)]
    found: Runs = {}
    with newsroom(paths) as base:
        urls = [base + path for path in paths]
        urllib.request.urlopen(urls[0]).close()
        for _ in range(times):
            with tempfile.TemporaryDirectory(prefix="tui-news-refresh-") as made:
                programs = [side(Path(made), urls) for side in sides]
                for program in programs:
                    found.setdefault(f"{program.name} cold", []).append(program.refresh())
                    if isinstance(program, Newsboat):
                        program.refresh()
                for program in programs:
                    found.setdefault(f"{program.name} all 304", []).append(program.refresh())
                for program in programs:
                    stored = program.articles()
                    if stored != feeds * entries:
                        raise RuntimeError(f"{program.name} holds {stored} of {feeds * entries} articles")
    return found


def main() -> int:
    """Measures every case and prints one table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--cases", nargs="+", default=["100x100", "100x1000"], help="feeds x entries")
    options.add_argument("--times", type=int, default=5)
    options.add_argument("--long-times", type=int, default=3)
    options.add_argument("--check", action="store_true", help="fail when a bar is missed")
    chosen = options.parse_args()
    sides: list[Callable[[Path, list[str]], Product | Newsboat]] = [Product]
    if lab.have("newsboat"):
        sides.append(Newsboat)
    bars = lab.Bars()
    rows: list[list[object]] = []
    print(f"{lab.machine()}\n", flush=True)
    for case in chosen.cases:
        feeds, entries = map(int, case.split("x"))
        total = feeds * entries
        times = chosen.long_times if total >= LONG else chosen.times
        found = measure(feeds, entries, times, sides)
        for kind, shares in (("cold", COLD), ("all 304", UNCHANGED)):
            cells: list[object] = [f"{feeds} x {entries:,}, {kind} (of {times})"]
            medians: list[float] = []
            for side in ("tui-news", "newsboat"):
                runs = found.get(f"{side} {kind}")
                for index in range(3):
                    value = statistics.median(run[index] for run in runs) if runs else 0.0
                    medians.append(value)
                    cells.append((f"{value:.0f}" if index == 2 else f"{value:.2f}") if runs else "-")
            cells.append(lab.ratio(medians[0], medians[3]))
            rows.append(cells)
            if medians[3] and total in shares:
                bars.hold(f"{case} {kind}, newsboat's time", medians[0] / medians[3], shares[total])
            bars.hold(f"{case} {kind}, memory", medians[2], MEMORY, " MB")
    heads = ("", "tui-news s", "CPU s", "MB", "newsboat s", "CPU s", "MB", "ratio")
    print(lab.table(heads, rows))
    bars.print()
    return 1 if chosen.check and bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
