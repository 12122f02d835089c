"""Time from the command to headlines on the screen, memory, and the shell's headlines, next to the peers.

    python benchmarks/startup.py [--sizes 1000 10000 100000] [--times 7] [--keep FOLDER] [--check]

Every program starts on a pseudo-terminal of 80x24, in turn, so that all meet the same machine; medians. Times
run from the start of the process until the text is on the screen: for the product and sfeed_curses the
newest headline, for newsboat its list of feeds ("feeds"; it shows no headlines before one is opened) and the
articles of its first feed, opened by an Enter that waits for it ("headlines"). The product shows the first
screen that it kept when it last ended; "without a kept screen" is a first start, or one after something has
changed. "interactive" is until the product has moved its marker for a `j` that was typed when the headlines
came. Beside them, in the same run: a bare interpreter, `import textual.app`, and `tui-news headlines`. Peers
that are not installed are left out.

--keep FOLDER keeps the filled caches for the next run (100,000 articles take minutes to make).
--check ends with 1 when a bar is missed.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import tempfile
from collections import defaultdict
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab
from tests.terminal import Terminal

# Headlines as a share of newsboat's time, by how many articles are cached.
HEADLINES = {1_000: 0.6, 10_000: 0.1, 100_000: 0.02}
INTERACTIVE = 2.0
MEMORY = 120.0
SHELL = 4.0
PATIENCE = 180.0


def product(homes: lab.Homes, found: dict[str, list[float]]) -> None:
    """One start of the product without a kept screen, and one with that which the first has kept."""
    screen = homes.product / "cache" / "screen"
    screen.unlink(missing_ok=True)
    for name in (" without a kept screen", ""):
        assert screen.exists() == (not name)
        one_start(homes, found, name)


def one_start(homes: lab.Homes, found: dict[str, list[float]], name: str) -> None:
    with lab.open_product(homes.product, 24, 80) as terminal:
        terminal.wait_for("0.0", PATIENCE)
        found[f"headlines{name}"].append(1000 * (terminal.chunks[-1][0] - terminal.started))
        terminal.send("j")
        terminal.wait_for(lambda t: t.screen[3].startswith("▌"), PATIENCE)
        found[f"interactive{name}"].append(1000 * (terminal.chunks[-1][0] - terminal.started))
        terminal.settle(0.3)
        found[f"CPU{name}"].append(1000 * lab.cpu_seconds(terminal.pid))
        # The whole list, the end of it and an article: what a reader's first minute asks for.
        for key in ("G", "g", "\r"):
            lab.press(terminal, key, 0.2)
        found["memory"].append(lab.peak_memory(terminal.pid))
        lab.press(terminal, "q", 0.2)
        terminal.send("q")
        terminal.wait()


def newsboat(homes: lab.Homes, found: dict[str, list[float]]) -> None:
    """One start of newsboat."""
    assert homes.newsboat is not None
    with Terminal(lab.newsboat(homes.newsboat), 24, 80) as terminal:
        terminal.wait_for("001 Elder", PATIENCE)
        found["newsboat feeds"].append(1000 * (terminal.chunks[-1][0] - terminal.started))
        terminal.send("\x1bOB\r")
        terminal.wait_for(" 0.0", PATIENCE)
        found["newsboat headlines"].append(1000 * (terminal.chunks[-1][0] - terminal.started))
        terminal.settle(0.3)
        found["newsboat memory"].append(lab.peak_memory(terminal.pid))


def sfeed(homes: lab.Homes, found: dict[str, list[float]]) -> None:
    """One start of sfeed_curses, which opens with its first feed."""
    assert homes.sfeed is not None
    files = sorted(str(path) for path in homes.sfeed.iterdir())
    with Terminal(["sfeed_curses", *files], 24, 80) as terminal:
        terminal.wait_for(" 0.1", PATIENCE)
        found["sfeed headlines"].append(1000 * (terminal.chunks[-1][0] - terminal.started))
        found["sfeed memory"].append(lab.peak_memory(terminal.pid))


def shell(homes: lab.Homes, found: dict[str, list[float]]) -> None:
    """What is measured without a terminal."""
    runs = {
        "bare interpreter": [sys.executable, "-c", "pass"],
        "import textual.app": [sys.executable, "-c", "import textual.app"],
        "tui-news headlines": [*lab.PRODUCT, "headlines", "-n", "20"],
    }
    for name, argv in runs.items():
        taken, cpu, _ = lab.run_timed(argv, {"TUI_NEWS_HOME": str(homes.product)})
        found[name].append(1000 * taken)
        found[f"{name}, CPU"].append(1000 * cpu)


def measure(homes: lab.Homes, times: int) -> dict[str, float]:
    """Medians of all, in milliseconds and MB."""
    found: dict[str, list[float]] = defaultdict(list)
    runs = [product, shell]
    if homes.newsboat:
        runs.append(newsboat)
    if homes.sfeed:
        runs.append(sfeed)
    for number in range(times + 1):
        for run in runs:
            run(homes, found)
        if number == 0:  # the first fills the machine's own caches
            found.clear()
    return {name: statistics.median(values) for name, values in found.items()}


def hold(found: dict[str, float], articles: int, bars: lab.Bars) -> None:
    """Notes what the medians are held to."""
    where = f"{articles:,}"
    for name in ("headlines", "headlines without a kept screen"):
        if "newsboat headlines" in found:
            most = HEADLINES.get(articles, 0.6)
            bars.hold(f"{where}: {name}, newsboat's", found[name] / found["newsboat headlines"], most)
        if "sfeed headlines" in found and articles >= 100_000:
            bars.hold(f"{where}: {name}, sfeed's", found[name] / found["sfeed headlines"], 1.0)
    for name in ("interactive", "interactive without a kept screen"):
        ratio = found[name] / found["import textual.app"]
        bars.hold(f"{where}: {name}, import textual.app", ratio, INTERACTIVE)
    bars.hold(f"{where}: memory", found["memory"], MEMORY, " MB")
    bars.hold(
        f"{where}: tui-news headlines, bare interpreter",
        found["tui-news headlines"] / found["bare interpreter"],
        SHELL,
    )


def main() -> int:
    """Measures every size of cache and prints one table."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options.add_argument("--times", type=int, default=7)
    options.add_argument("--keep", type=Path, help="folder in which the filled caches stay")
    options.add_argument("--check", action="store_true", help="fail when a bar is missed")
    chosen = options.parse_args()
    bars = lab.Bars()
    print(f"{lab.machine()}; medians of {chosen.times}, milliseconds and MB\n", flush=True)
    columns: list[dict[str, float]] = []
    with tempfile.TemporaryDirectory(prefix="tui-news-startup-") as made:
        for articles in chosen.sizes:
            homes = lab.prepare(chosen.keep or Path(made), articles, sfeed=True)
            with tempfile.TemporaryDirectory(prefix="tui-news-home-") as copy:
                columns.append(measure(lab.fresh(homes, Path(copy)), chosen.times))
            hold(columns[-1], articles, bars)
    names = list(dict.fromkeys(name for column in columns for name in column))
    rows = [[name, *(f"{column.get(name, 0):,.0f}" for column in columns)] for name in names]
    print(lab.table(("", *(f"{articles:,}" for articles in chosen.sizes)), rows))
    bars.print()
    return 1 if chosen.check and bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
