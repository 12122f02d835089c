"""Runs the hostile cases through tui-news (and newsboat, where it is installed) and prints a table.

    python -m tests.hostile [--set shared|own|all] [--only ID ...] [--quick] [--newsboat] [--markdown FILE]

Each case is refreshed by a process of its own, listed, read, and looked at in the app on a pseudo-terminal;
every byte that was written is looked through. Ends with 1 when an outcome is missed. The shared set is
looked for beside the checkout (../shared/hostile/serve.py) or where $TUI_NEWS_HOSTILE says. --quick asks all
sources in one process, with a short deadline, as the tests do.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
from pathlib import Path

from tests.hostile.further import CASES
from tests.hostile.judge import judge
from tests.hostile.newsboat import Newsboat
from tests.hostile.product import Product, meet
from tests.hostile.stage import Case, Stage, shared_cases, shared_set


def chosen(which: str, only: list[str]) -> list[Case]:
    """The cases of a set, in order. Says when the shared set is not there."""
    cases: list[Case] = []
    if which in ("shared", "all"):
        module = shared_set()
        if module is None:
            print(
                "The shared set is not here (set TUI_NEWS_HOSTILE to its serve.py): left out", file=sys.stderr
            )
        else:
            cases += shared_cases(module)
    if which in ("own", "all"):
        cases += CASES.values()
    return [case for case in cases if not only or any(case.id.startswith(each) for each in only)]


def main() -> int:
    parser = argparse.ArgumentParser(
        prog="python -m tests.hostile",
        description=__doc__,
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--set", choices=("shared", "own", "all"), default="all")
    parser.add_argument("--only", nargs="+", default=[], metavar="ID", help="cases that begin so")
    parser.add_argument("--quick", action="store_true")
    parser.add_argument("--newsboat", action="store_true", help="its outcomes beside ours")
    parser.add_argument("--markdown", type=Path, help="write the table there")
    parser.add_argument("-v", "--verbose", action="store_true", help="with what was seen")
    options = parser.parse_args()
    cases = chosen(options.set, options.only)
    if not cases:
        print("no such case")
        return 2
    rows: list[tuple[str, str, str, str]] = []
    missed = 0
    with tempfile.TemporaryDirectory() as folder, Stage({case.id: case for case in cases}) as stage:
        product = Product(Path(folder), stage, 6 if options.quick else 30, quick=options.quick)
        meet(product, cases)
        theirs = Newsboat(Path(folder) / "newsboat", stage) if options.newsboat else None
        for case in cases:
            seen = product.seen[case.id]
            wrong = judge(case, seen)
            missed += bool(wrong)
            ours = "; ".join(wrong) if wrong else "holds"
            cost = f"{seen.seconds:.1f} s, {seen.memory:.0f} MB" if seen.memory else f"{seen.seconds:.1f} s"
            other = theirs.meet(case) if theirs and theirs.installed else ""
            print(f"{'MISS' if wrong else 'ok  '} {case.id:16} {cost:16} {ours[:300]}", flush=True)
            if other:
                print(f"     {'newsboat':16} {other}", flush=True)
            if options.verbose:
                print(f"     {seen.error!r} {seen.titles[:3]!r:.200}")
            rows.append((case.id, case.expect, f"{ours} ({cost})", other))
    print(f"\n{len(cases)} cases, {missed} missed")
    if options.markdown:
        options.markdown.write_text(table(rows, bool(options.newsboat)), encoding="utf-8")
    return int(missed > 0)


def table(rows: list[tuple[str, str, str, str]], newsboat: bool) -> str:
    def cell(text: str) -> str:
        return text.replace("|", "\\|")

    head = ["case", "stated outcome", "tui-news", *(["newsboat"] if newsboat else [])]
    lines = ["| " + " | ".join(head) + " |", "|" + "---|" * len(head)]
    lines += ["| " + " | ".join(cell(text) for text in row[: len(head)]) + " |" for row in rows]
    return "\n".join(lines) + "\n"


if __name__ == "__main__":
    sys.exit(main())
