"""The wheel and the sdist: what is inside, and that the wheel alone starts from an empty environment."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
import sysconfig
import tarfile
import zipfile
from importlib.util import find_spec
from pathlib import Path

import pytest

from tests.terminal import Terminal
from tui_news import __version__

ROOT = Path(__file__).parent.parent


def environment(**changes: str) -> dict[str, str]:
    """The environment without what would lead back to the checkout."""
    return {name: value for name, value in os.environ.items() if name != "PYTHONPATH"} | changes


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the wheel and the sdist, made by the project's own backend (PEP 517)."""
    folder = tmp_path_factory.mktemp("dist")
    path = ""
    if find_spec("hatchling") is None:
        backend = tmp_path_factory.mktemp("backend")
        command = [
            sys.executable,
            "-m",
            "pip",
            "install",
            "--quiet",
            "--target",
            str(backend),
            "hatchling>=1.27",
        ]
        if subprocess.run(command, capture_output=True, timeout=100, check=False).returncode:
            pytest.skip("hatchling is not installed, and cannot be had from here")
        path = str(backend)
    code = (
        "import sys; from hatchling.build import build_sdist, build_wheel;"
        "build_wheel(sys.argv[1]); build_sdist(sys.argv[1])"
    )
    subprocess.run(
        [sys.executable, "-c", code, str(folder)],
        cwd=ROOT,
        env=environment(PYTHONPATH=path) if path else environment(),
        capture_output=True,
        timeout=100,
        check=True,
    )
    return folder


@pytest.fixture(scope="module")
def wheel(built: Path) -> Path:
    (found,) = built.glob("*.whl")
    return found


@pytest.fixture(scope="module")
def installed(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The command of a new virtual environment that holds nothing but the wheel.

    What it depends on comes from the running environment, by a path at the end of the new one's.
    """
    folder = tmp_path_factory.mktemp("venv")
    subprocess.run([sys.executable, "-m", "venv", "--without-pip", str(folder)], check=True, timeout=60)
    python = folder / "bin" / "python"
    if find_spec("pip"):
        install = [sys.executable, "-m", "pip", "--python", str(python), "install", "--no-index", "--no-deps"]
    elif uv := shutil.which("uv"):
        install = [uv, "pip", "install", "--python", str(python), "--no-index", "--no-deps"]
    else:
        pytest.skip("neither pip nor uv is here")
    subprocess.run([*install, "--quiet", str(wheel)], check=True, timeout=100, env=environment())
    paths = sysconfig.get_paths(vars={"base": str(folder), "platbase": str(folder)})
    (Path(paths["purelib"]) / "zz_dependencies.pth").write_text(sysconfig.get_paths()["purelib"] + "\n")
    return folder / "bin" / "tui-news"


def test_the_wheel_holds_program_styles_and_starter_edition(wheel: Path) -> None:
    with zipfile.ZipFile(wheel) as archive:
        names = set(archive.namelist())
    for folder, inside in (("styles", "tui_news/_data/styles"), ("cache", "tui_news/_data/cache")):
        shipped = {
            f"{inside}/{path.relative_to(ROOT / folder)}"
            for path in (ROOT / folder).rglob("*")
            if path.is_file()
        }
        assert shipped
        assert shipped <= names
    modules = {
        str(path.relative_to(ROOT))
        for path in (ROOT / "tui_news").rglob("*")
        if path.is_file() and "__pycache__" not in path.parts and "_data" not in path.parts
    }
    assert modules <= names
    assert {"tui_news/py.typed", "tui_news/sources/catalog.toml"} <= names
    assert not [name for name in names if name.startswith(("tests/", "benchmarks/", "docs/"))]
    assert not [name for name in names if "__pycache__" in name]
    assert any(name.endswith("licenses/LICENSE") for name in names)


def test_the_sdist_holds_all_that_a_test_run_needs(built: Path) -> None:
    (found,) = built.glob("*.tar.gz")
    top = f"tui_news-{__version__}/"
    with tarfile.open(found) as archive:
        names = {name.removeprefix(top) for name in archive.getnames()}
    assert {
        "pyproject.toml", "README.md", "LICENSE", "Makefile", "tui_news/__main__.py", "styles/app.tcss",
        "cache/format.json", "tests/terminal.py", "tests/newsroom/room.py", "scripts/make_starter.py",
    } <= names  # fmt: skip


def test_it_runs_from_the_wheel_alone(installed: Path, tmp_path: Path) -> None:
    code = "import tui_news, tui_news.paths as p; print(tui_news.__file__); print(p.shipped('cache'))"
    done = subprocess.run(
        [str(installed.parent / "python"), "-c", code],
        cwd=tmp_path, env=environment(), capture_output=True, text=True, timeout=60, check=True,
    )  # fmt: skip
    assert [line.startswith(str(installed.parent.parent)) for line in done.stdout.splitlines()] == [
        True,
        True,
    ]


def test_version_and_headlines(installed: Path, tmp_path: Path) -> None:
    def output(*arguments: str) -> str:
        done = subprocess.run(
            [str(installed), *arguments],
            cwd=tmp_path,
            env=environment(TUI_NEWS_HOME=str(tmp_path / "home")),
            capture_output=True,
            text=True,
            timeout=60,
            check=True,
        )
        assert done.stderr == ""
        return done.stdout

    assert output("--version") == f"tui-news {__version__}\n"
    assert "Start here" in output("headlines").splitlines()[0]
    assert "BBC" in output("sources", "catalog", "BBC")


def test_the_app_opens_with_the_starter_edition(installed: Path, tmp_path: Path) -> None:
    home = tmp_path / "home"
    proxy = "http://127.0.0.1:9"  # no network: a new reader's sources must not be asked by a test
    with Terminal(
        [str(installed)],
        rows=24,
        cols=80,
        cwd=tmp_path,
        env={"TUI_NEWS_HOME": str(home), "PYTHONPATH": None, "HTTPS_PROXY": proxy, "HTTP_PROXY": proxy},
    ) as term:
        term.wait_for("Start here", timeout=40)
        term.press("enter")
        term.wait_for("You are reading the starter edition", timeout=20)
        term.settle()
        term.press("ctrl+q")
        assert term.wait(20) == 0
