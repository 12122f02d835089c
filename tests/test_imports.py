"""What each verb imports, and what no room may: start-up and the direction of the rooms hang on it."""

from __future__ import annotations

import ast
import json
import os
import shutil
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path

import pytest

from tui_news.cache import Cache
from tui_news.model import Article, article_id, source_id
from tui_news.paths import Places

ROOT = Path(__file__).parent.parent
PACKAGE = ROOT / "tui_news"

HEAVY = {
    "textual",
    "httpx",
    "httpcore",
    "lxml",
    "feedparser",
    "trafilatura",
    "readability",
    "tomlkit",
    "tinydb",
}
# Not at the start of a list either: each takes longer than the list.
SLOW = {
    "asyncio", "ssl", "socket", "logging", "tempfile", "subprocess", "email", "importlib.metadata",
    "importlib.resources", "html", "xml", "rich.console", "random", "shlex", "difflib", "gettext",
    "typing", "pathlib", "argparse", "re", "enum", "json", "functools", "contextlib", "dataclasses",
    "inspect", "urllib.parse", "tomllib", "orjson", "threading", "shutil", "string", "locale",
}  # fmt: skip
MODULES = 61
"""Of our own that the shell's headlines may load: each takes a quarter of a millisecond."""


def imported(home: Path, *arguments: str) -> set[str]:
    """The modules that are loaded when a command line has run in a new interpreter."""
    code = (
        "import sys\n"
        "from tui_news.cli import run\n"
        f"code = run({list(arguments)!r})\n"
        "modules = sorted(sys.modules)\n"
        "import json\n"
        "print(json.dumps([code, modules]), file=sys.stderr)\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "TUI_NEWS_HOME": str(home)},
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    exit_code, modules = json.loads(done.stderr.decode().splitlines()[-1])
    assert exit_code == 0, arguments
    return set(modules)


@pytest.mark.parametrize(
    "arguments",
    [
        ["headlines"],
        ["headlines", "--format", "json", "-n", "0", "--unread"],
        ["headlines", "--format", "tsv", "--since", "20000d"],
        ["mark", "star", "1"],
        ["sources", "list"],
        ["config", "path"],
    ],
)
def test_a_verb_without_network_imports_no_heavy_library(tmp_path: Path, arguments: list[str]) -> None:
    if arguments[0] == "mark":
        imported(tmp_path, "headlines")
    assert not imported(tmp_path, *arguments) & HEAVY


def test_headlines_import_nothing_slow(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    sources = '[[source]]\nurl = "https://a.example/feed"\ntitle = "A"\nsection = "World"\n'
    (tmp_path / "config" / "sources.toml").write_text(sources)
    imported(tmp_path, "headlines")  # the first start makes folders
    modules = imported(tmp_path, "headlines")
    assert not modules & SLOW, sorted(modules & SLOW)
    own = {name for name in modules if name.startswith("tui_news.")}
    assert len(own) <= MODULES, sorted(own)
    assert not own & {
        "tui_news.config.edit", "tui_news.sources.subscriptions.edit", "tui_news.newsroom.events",
        "tui_news.portal.query", "tui_news.sources.catalog",
    }  # fmt: skip
    assert not any(name.startswith(("tui_news.ui", "tui_news.fetch", "tui_news.extract")) for name in own)


def test_the_first_screen_imports_nothing_slow(tmp_path: Path) -> None:
    (tmp_path / "config").mkdir()
    url = "https://a.example/feed"
    (tmp_path / "config" / "sources.toml").write_text(f'[[source]]\nurl = "{url}"\ntitle = "A"\n')
    texts = (
        "A family \U0001f468\u200d\U0001f469\u200d\U0001f467 plants a tree",
        "\U0001f1ea\U0001f1fa 一面旗",
    )
    now = datetime(2026, 5, 4, 12, tzinfo=UTC)
    with Cache.open(Places(tmp_path / "config", tmp_path / "cache", tmp_path / "data")) as cache:
        source = source_id(url)
        cache.store(
            source, [Article(article_id(source, text), source, headline=text) for text in texts], now=now
        )
    code = (
        "from tui_news.newsroom import Newsroom\n"
        "from tui_news.ui.opening import screen\n"
        "with Newsroom.open() as newsroom:\n"
        "    shown, _fills = screen(newsroom, (80, 24), {'TERM': 'xterm-256color'})\n"
        "import sys\n"
        "modules = sorted(sys.modules)\n"
        "import json\n"
        "print(json.dumps([shown.rows, modules]))\n"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        env={**os.environ, "TUI_NEWS_HOME": str(tmp_path)},
        cwd=ROOT,
        timeout=60,
        check=True,
    )
    rows, modules = json.loads(done.stdout)
    assert all(any(text in row for row in rows) for text in texts)
    assert not SLOW & set(modules), sorted(SLOW & set(modules))
    assert not any(name.partition(".")[0] in ("rich", "textual") for name in modules)


def test_a_program_that_has_just_begun_is_spared_what_array_and_datetime_bring_along() -> None:
    code = (
        "import sys\n"
        "from tui_news.light import spare\n"
        "spare()\n"
        "import array, datetime\n"
        "assert 'collections' not in sys.modules, 'collections came along'\n"
        "import collections.abc, pickle\n"
        "assert isinstance(array.array('q'), collections.abc.MutableSequence)\n"
        "moment = datetime.datetime(2026, 5, 4, tzinfo=datetime.UTC)\n"
        "assert pickle.loads(pickle.dumps(moment)) == moment\n"
        "assert datetime.datetime.strptime('2026-05-04', '%Y-%m-%d').day == 4\n"
        "spare()\n"
        "assert collections.abc is sys.modules['collections.abc']\n"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, timeout=60, check=True)


def test_reading_a_cached_article_needs_no_network_library(tmp_path: Path) -> None:
    imported(tmp_path, "headlines")
    assert not imported(tmp_path, "read", "1") & {"textual", "httpx", "lxml", "trafilatura"}


def module_imports(path: Path) -> set[str]:
    """Every module that a file names in an import, inside functions too."""
    found: set[str] = set()
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        if isinstance(node, ast.Import):
            found.update(alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            found.add(node.module)
    return found


def test_only_the_screen_knows_textual() -> None:
    offenders = [
        str(path.relative_to(ROOT))
        for path in PACKAGE.rglob("*.py")
        if "ui" not in path.relative_to(PACKAGE).parts[:1]
        and any(name.partition(".")[0] == "textual" for name in module_imports(path))
    ]
    assert offenders == []


def test_only_the_fetcher_knows_httpx_and_only_the_cache_tinydb() -> None:
    for library, room in (("httpx", "fetch"), ("httpcore", "fetch"), ("tinydb", "cache")):
        offenders = [
            str(path.relative_to(ROOT))
            for path in PACKAGE.rglob("*.py")
            if path.relative_to(PACKAGE).parts[0] != room
            and any(name.partition(".")[0] == library for name in module_imports(path))
        ]
        assert offenders == [], library


def test_the_rooms_depend_downwards_only() -> None:
    linter = shutil.which("lint-imports", path=str(Path(sys.executable).parent)) or shutil.which(
        "lint-imports"
    )
    if linter is None:
        pytest.skip("import-linter is not installed")
    done = subprocess.run([linter, "--no-cache"], cwd=ROOT, capture_output=True, timeout=110, check=False)
    assert done.returncode == 0, done.stdout.decode()
