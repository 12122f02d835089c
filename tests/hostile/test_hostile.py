"""The hostile cases, through the shell and the app on a terminal, in their quick form."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.hostile.judge import judge
from tests.hostile.more import CASES
from tests.hostile.product import Product, meet
from tests.hostile.stage import Case, Stage, shared_cases, shared_set

SLOW = {"d24-gzip-bomb", "d25-drip", "d45-page-nest", "d46-page-table", "w05-slow-head"}
"""By hand: they wait for a deadline, or make gigabytes first."""
WHOLE = {"d13-long", "d23-badutf8", "d39-20k", "d40-links"}
"""By hand: they are judged by more articles than the quick run looks at."""
EACH = 12
"""Of our own every so manyth of the first two rounds is run here; `python -m tests.hostile` runs all."""


def missed(cases: list[Case], folder: Path) -> dict[str, list[str]]:
    with Stage({case.id: case for case in cases}) as stage:
        product = Product(folder, stage, 6, quick=True)
        meet(product, cases)
        return {case.id: wrong for case in cases if (wrong := judge(case, product.seen[case.id]))}


@pytest.mark.timeout(600)
def test_the_shared_set(tmp_path: Path) -> None:
    module = shared_set()
    if module is None:
        pytest.skip("the shared hostile set is not here; TUI_NEWS_HOSTILE names its serve.py")
    assert missed([case for case in shared_cases(module) if case.id not in SLOW | WHOLE], tmp_path) == {}


@pytest.mark.timeout(300)
def test_our_own(tmp_path: Path) -> None:
    cases = [case for case in CASES.values() if case.id not in SLOW and case.id[0] in "txrl"]
    assert missed(cases[::EACH], tmp_path) == {}


@pytest.mark.filterwarnings(
    "ignore::pytest.PytestUnraisableExceptionWarning"
)  # it leaves files to the collector
def test_damaged_files_of_the_shared_set(tmp_path: Path) -> None:
    module = shared_set()
    if module is None:
        pytest.skip("the shared hostile set is not here; TUI_NEWS_HOSTILE names its serve.py")
    module.fixtures(str(tmp_path / "fixtures"))
    case = Case("good", "", lambda write, request: write(b""))
    with Stage({"good": case}, seeding=True) as stage:
        product = Product(tmp_path, stage)
        product.seed()
        for damage in sorted((tmp_path / "fixtures").iterdir()):
            for folder in ("cache", "data"):
                for path in sorted(product.home.joinpath(folder).rglob("*.json*")):
                    whole = path.read_bytes()
                    path.write_bytes(damage.read_bytes())
                    seen = product.seen["good"]
                    product.run("headlines", seen=seen)
                    assert seen.code in (0, 1, 4), (damage.name, path.name, seen.output[-500:])
                    assert b"Traceback" not in seen.output
                    path.write_bytes(whole)
                break  # each kind of damage once is enough here: tests/cache has every byte
            product.run("doctor", "--repair")
