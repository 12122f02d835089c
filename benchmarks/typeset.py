"""The typesetter measured next to rich: kinsoku over made-up paragraphs at every width, and speed.

    python benchmarks/typeset.py [--paragraphs 10000] [--jobs N]

Needs the development extra. 10,000 paragraphs at widths 10 to 120 are 1.1 million settings: some minutes.
"""

from __future__ import annotations

import argparse
import os
import statistics
import subprocess
import sys
import time
from collections.abc import Callable
from multiprocessing import Pool
from pathlib import Path
from random import Random

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from rich.console import Console
from rich.text import Text

from tests.typeset.prose import HANZI, paragraph, violations
from tui_news.model import Block, Run
from tui_news.typeset import Galley, Options, set_block

WIDTHS = range(10, 121)
OPTIONS = Options(measure=200)
WORDS = (
    "the",
    "council",
    "of",
    "a",
    "harbour",
    "and",
    "voted",
    "to",
    "extend",
    "its",
    "old",
    "line",
    "in",
    "spring,",
)
SEED = 20071124
RICH_EVERY = 100
"""rich is a good deal slower: it sets one paragraph in so many, at every width."""


def ours(text: str, width: int) -> list[str]:
    lines = set_block(Block("paragraph", (Run(text),)), width, OPTIONS)
    return [line.text[line.inset :] for line in lines]


def richs(text: str, width: int, console: Console) -> list[str]:
    return [line.plain for line in Text(text).wrap(console, width)]


def judge(span: tuple[int, int]) -> tuple[int, int, int, int, int, int, list[str]]:
    """Line ends and violations, ours and (of every hundredth paragraph) rich's and ours again."""
    console = Console(width=200)
    ends = wrong = rich_ends = rich_wrong = same_ends = same_wrong = 0
    examples: list[str] = []
    for number in range(*span):
        text = paragraph(Random(SEED + number))
        for width in WIDTHS:
            lines = ours(text, width)
            found = violations(lines)
            ends += len(lines) - 1
            wrong += len(found)
            examples += found[: 3 - len(examples)]
            if number % RICH_EVERY == 0:
                same_ends += len(lines) - 1
                same_wrong += len(found)
                lines = richs(text, width, console)
                rich_ends += len(lines) - 1
                rich_wrong += len(violations(lines))
    return ends, wrong, rich_ends, rich_wrong, same_ends, same_wrong, examples


def kinsoku(paragraphs: int, jobs: int) -> int:
    step = max(1, min(250, paragraphs // max(1, jobs * 4)))
    spans = [(start, min(start + step, paragraphs)) for start in range(0, paragraphs, step)]
    began = time.perf_counter()
    with Pool(jobs) as pool:
        results = pool.map(judge, spans)
    ends, wrong, rich_ends, rich_wrong, same_ends, same_wrong = (
        sum(int(result[column]) for result in results)  # type: ignore[call-overload]
        for column in range(6)
    )
    took = time.perf_counter() - began
    print(f"kinsoku: {paragraphs:,} paragraphs x widths {WIDTHS[0]} to {WIDTHS[-1]}, {took:.0f} s")
    print(f"  ours: {wrong:,} violations at {ends:,} line ends")
    print(f"  every {RICH_EVERY}th paragraph: ours {same_wrong:,} at {same_ends:,}")
    print(f"{'':24} rich {rich_wrong:,} at {rich_ends:,} ({rich_wrong / max(1, rich_ends):.1%})")
    for result in results:
        for example in result[6]:
            print("  ", example)
    return wrong


def english(random: Random) -> str:
    return " ".join(random.choice(WORDS) for _ in range(random.randint(40, 120))) + "."


def chinese(random: Random) -> str:
    return "".join(
        "".join(random.choice(HANZI) for _ in range(random.randint(4, 14))) + random.choice("，，，、。；：”")
        for _ in range(random.randint(8, 20))
    )


def median(work: Callable[[], object], times: int = 25) -> float:
    """Milliseconds."""
    work()
    taken: list[float] = []
    for _ in range(times):
        began = time.perf_counter()
        work()
        taken.append((time.perf_counter() - began) * 1000)
    return statistics.median(taken)


def speed() -> None:
    console = Console(width=200)
    print("a screenful: 40 lines of 72 cells, set from nothing (median of 25)")
    for name, write in (("Chinese", chinese), ("English", english)):
        random = Random(SEED)
        texts = [write(random) for _ in range(30)]
        blocks = tuple(Block("paragraph", (Run(text),)) for text in texts)
        mine = median(lambda blocks=blocks: Galley(blocks, 72).lines(0, 40))  # type: ignore[misc]
        shown = Galley(blocks, 72).lines(0, 40)[-1].block + 1
        theirs = median(lambda t=texts[:shown]: [richs(text, 72, console) for text in t])  # type: ignore[misc]
        print(f"  {name}: {mine:.2f} ms, rich {theirs:.2f} ms, ratio {mine / theirs:.2f}")
    random = Random(SEED)
    book = tuple(
        Block("paragraph", (Run((english if number % 2 else chinese)(random)),)) for number in range(10_000)
    )
    print("opening at 40 lines (median of 25)")
    short = median(lambda: (galley := Galley(book[:20], 72)).height + len(galley.lines(0, 40)))
    long = median(lambda: (galley := Galley(book, 72)).height + len(galley.lines(0, 40)))
    print(f"  20 paragraphs {short:.2f} ms, 10,000 paragraphs {long:.2f} ms, ratio {long / short:.2f}")

    def end() -> int:
        galley = Galley(book, 72)
        line = galley.settle(galley.height, 40, 0)
        return len(galley.lines(line - 40, 40))

    def found() -> int:
        galley = Galley(book, 72)
        block = galley.find("harbour")[-1]
        line = galley.settle(galley.places(block)[0][0][0], 40, 40)
        return len(galley.lines(line, 40))

    print(f"  their end {median(end):,.1f} ms, the last hit of a word {median(found, 5):,.1f} ms")
    exact = Galley(book, 72)
    guess = exact.height
    began = time.perf_counter()
    exact.set_all()
    whole = (time.perf_counter() - began) * 1000
    print(f"  all set: {whole:,.0f} ms; height guessed {guess:,}, found {exact.height:,}")


def start(code: str) -> float:
    def run() -> None:
        subprocess.run([sys.executable, "-c", code], check=True)

    return median(run, 9)


def imports() -> None:
    bare = start("pass")
    ground = start("import tui_news.model, tui_news.text.width")
    whole = start("import tui_news.typeset")
    print("import (median of 9 starts)")
    print(f"  bare {bare:.1f} ms, model and widths +{ground - bare:.1f}, typeset +{whole - ground:.1f}")


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("--paragraphs", type=int, default=10_000)
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    arguments = parser.parse_args()
    speed()
    imports()
    return 1 if kinsoku(arguments.paragraphs, arguments.jobs) else 0


if __name__ == "__main__":
    sys.exit(main())
