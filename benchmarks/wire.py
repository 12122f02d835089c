"""What a key costs: bytes on the line and milliseconds until the screen is still, next to newsboat.

    python benchmarks/wire.py [--sizes 1000 10000 100000] [--screens 80x24 120x40] [--keys 100]
                              [--languages zh en | uniform] [--density one | two] [--plain]
                              [--keep FOLDER] [--check]

Both programs run at the same time on pseudo-terminals of their own, hold the same articles in one list (at
newsboat a query feed of all), and are given each key in turn, so that both meet the same machine. Bytes are
medians of a key and hardly differ between runs; milliseconds do: compare them only within a run. "CPU" is
processor time of the program a key, whatever else the machine does. Without newsboat its columns stay empty.

A headline has one line at 80x24, as newsboat's, and two with the deck at 120x40; --density one or two
has it so at both.
newsboat's first screen is its list of feeds; "to the headlines" is that and the list of articles for it, and
the first screen for the product, which opens with headlines.

With `--languages uniform` all articles are the same but for their numbers, which is what generated test data
look like and no newspaper: most cells of a new page are then those of the old one.

The terminal is one like xterm, which can scroll a part of its width (DECLRMM); with --plain it cannot.

--keep FOLDER keeps the filled caches for the next run (100,000 articles take minutes to make).
--check ends with 1 when a bar is missed; only bytes count where newsboat is there to compare with.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab
from tests.terminal import Terminal

PAGE = "\x1b[6~"
COLUMNS = 69
"""The private mode with which a part of the width can be scrolled."""
THEIR_KEYS = {"j": "\x1bOB", "k": "\x1bOA"}
"""newsboat's `j` goes to the next feed; its key for the next row is Down."""
OPENED = 100
"""Articles that are opened, and pages that are turned: as many as a 95th percentile needs."""
PAGES = 20
"""Pages of the list that are turned in a row, from its top; a list of 1,000 has no more."""
QUIET = 0.05
"""Seconds without a byte after which a key is taken to be done with."""

# What each row is held to, as a share of newsboat's bytes (the key's name, the most).
BYTES = {
    "to the headlines": 1.1,
    "j inside the window": 0.1,
    "j that scrolls": 0.5,
    "a page of the list": 0.5,
    "open an article": 1.1,
    "a page of text": 0.5,
}
MILLISECONDS = 30.0


def start(
    homes: lab.Homes, rows: int, cols: int, stack: ExitStack, unknown: Sequence[int]
) -> tuple[list[Terminal], list[list[int]]]:
    """Product and peer with their lists open; the bytes of the first screen, and to the headlines."""
    product = stack.enter_context(lab.open_product(homes.product, rows, cols, unknown))
    product.wait_for("0.0", 60)
    first = [[len(product.settle(0.5))] * 2]
    terminals = [product]
    if homes.newsboat:
        peer = stack.enter_context(Terminal(lab.newsboat(homes.newsboat), rows, cols))
        peer.wait_for("000 All", 120)
        feeds = len(peer.settle(0.5))
        peer.send("\r")
        peer.wait_for("0.0", 120)
        first.append([feeds, feeds + len(peer.settle(0.5))])
        terminals.append(peer)
    return terminals, first


def measure(
    homes: lab.Homes, rows: int, cols: int, keys: int, unknown: Sequence[int] = ()
) -> dict[str, list[lab.Keys]]:
    """What each kind of key costs, product first, at one size of the screen."""
    with ExitStack() as stack:
        terminals, first = start(homes, rows, cols, stack, unknown)
        found = {
            "first screen": [lab.Keys([each[0]], []) for each in first],
            "to the headlines": [lab.Keys([each[1]], []) for each in first],
        }

        def all_press(name: str, *typed: str) -> None:
            theirs = [THEIR_KEYS.get(key, key) for key in typed]
            got = lab.together(terminals, [typed, theirs][: len(terminals)], QUIET)
            if name in found:
                for mine, more in zip(found[name], got, strict=True):
                    mine.add(more)
            elif name:
                found[name] = got

        down_and_up = ["j"] * 4 + ["k"] * 4
        all_press("j inside the window", *(down_and_up[i % 8] for i in range(keys // 8 * 8 + 8)))
        all_press("", *"j" * rows)
        all_press("j that scrolls", *"j" * keys)
        for turned in range(0, OPENED, PAGES):
            all_press("a page of the list", *[PAGE] * min(PAGES, OPENED - turned))
            for terminal, key in zip(terminals, ("g", "\x1bOH"), strict=False):
                lab.press(terminal, key, 0.3)
        for _ in range(OPENED):
            all_press("open an article", "\r")
            all_press("a page of text", " ")
            all_press("back to the list", "q")
            all_press("", "j")
        found["peak memory, MB"] = [
            lab.Keys([round(lab.peak_memory(terminal.pid))], []) for terminal in terminals
        ]
        return found


def report(found: dict[str, list[lab.Keys]], bars: lab.Bars, where: str) -> str:
    """One table; the bars are noted on the way."""
    rows: list[list[object]] = []
    for name, (mine, *others) in found.items():
        theirs = others[0] if others else None
        row: list[object] = [name, f"{mine.bytes:,.0f}", f"{theirs.bytes:,.0f}" if theirs else "-"]
        row.append(lab.ratio(mine.bytes, theirs.bytes if theirs else None))
        for each in (mine, theirs):
            timed = each is not None and bool(each.waited)
            row += [
                f"{lab.percentile(each.waited, share):.1f}" if timed and each else "-"
                for share in (0.5, 0.95)
            ]
            row.append(f"{each.cpu:.1f}" if timed and each else "-")
        rows.append(row)
        if theirs and name in BYTES:
            bars.hold(f"{where}: {name}, bytes", mine.bytes / theirs.bytes, BYTES[name])
        if mine.waited and len(mine.waited) >= 100:
            bars.hold(
                f"{where}: {name}, p95", lab.percentile(mine.waited, 0.95), MILLISECONDS, " ms", firm=False
            )
    heads = ("", "bytes", "newsboat", "ratio", "ms p50", "p95", "CPU", "newsboat p50", "p95", "CPU")
    return lab.table(heads, rows)


def main() -> int:
    """Measures every size of cache and screen and prints a table for each."""
    options = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    options.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    options.add_argument("--screens", nargs="+", default=["80x24", "120x40"], help="columns x rows")
    options.add_argument("--keys", type=int, default=100, help="j inside and j that scrolls, each")
    options.add_argument(
        "--languages",
        nargs="+",
        default=list(lab.LANGUAGES),
        help="of the articles: zh, en; uniform: all the same but for a number",
    )
    options.add_argument(
        "--density",
        choices=("auto", "one", "two"),
        default="auto",
        help="lines of a headline; auto: the default",
    )
    options.add_argument(
        "--plain", action="store_true", help="a terminal that cannot scroll a part of its width"
    )
    options.add_argument("--keep", type=Path, help="folder in which the filled caches stay")
    options.add_argument("--check", action="store_true", help="fail when a bar on bytes is missed")
    chosen = options.parse_args()
    bars = lab.Bars()
    config = f'{lab.CONFIG}\n[ui]\ndensity = "{chosen.density}"\n'
    print(f"{lab.machine()}; articles in {', '.join(chosen.languages)}, density {chosen.density}")
    begun = time.monotonic()
    with tempfile.TemporaryDirectory(prefix="tui-news-wire-") as made:
        for articles in chosen.sizes:
            homes = lab.prepare(chosen.keep or Path(made), articles, chosen.languages)
            for screen in chosen.screens:
                cols, rows = map(int, screen.split("x"))
                with tempfile.TemporaryDirectory(prefix="tui-news-home-") as copy:
                    own = lab.fresh(homes, Path(copy))
                    (own.product / "config" / "config.toml").write_text(config, encoding="utf-8")
                    print(f"\n## {articles:,} articles, {screen}\n", flush=True)
                    where = f"{articles:,} {screen}"
                    print(
                        report(
                            measure(own, rows, cols, chosen.keys, [COLUMNS] if chosen.plain else []),
                            bars,
                            where,
                        ),
                        flush=True,
                    )
    bars.print()
    print(f"\ntook {time.monotonic() - begun:.0f} s; load now {lab.load():.1f}")
    return 1 if chosen.check and bars.missed else 0


if __name__ == "__main__":
    sys.exit(main())
