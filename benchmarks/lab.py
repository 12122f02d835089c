"""What the benchmarks of the whole program share: news for it and for its peers, runs on a terminal, tables.

The same feeds go into the product's cache and into newsboat's: half of them in Chinese, half in English,
one RSS file each, made from the texts of `tests.newsroom`.
"""

from __future__ import annotations

import compileall
import os
import shutil
import statistics
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.newsroom.feeds import html_body  # noqa: E402
from tests.newsroom.story import write_many  # noqa: E402
from tests.terminal import Terminal  # noqa: E402

SITE = "https://news.example"
POOL = 60
SOURCES = 100
LANGUAGES = ("zh", "en")
UNIFORM = "uniform"
SHORT, LONG = 4, 14
"""Paragraphs of an article."""
CONFIG = """[refresh]
on_start = false
per_host = 16

[cache]
days = 100000
per_source = 1000000
per_feed = 100000
"""
NEWSBOAT = """auto-reload no
reload-threads 16
max-items 0
suppress-first-reload yes
confirm-exit no
cleanup-on-quit no
refresh-on-startup no
"""
_COMMAND = Path(sys.executable).with_name("tui-news")
PRODUCT = (sys.executable, *([str(_COMMAND)] if _COMMAND.exists() else ["-m", "tui_news"]))
"""The command as it is installed beside this Python; `python -m` looks for what it runs by 5 ms of Python."""

# What runs here runs as installed: with its bytecode, not compiled again at each start.
os.environ.pop("PYTHONDONTWRITEBYTECODE", None)
os.environ["PYTHONPATH"] = str(ROOT)  # and from this checkout, whatever is installed
compileall.compile_dir(ROOT / "tui_news", quiet=2)


# --- news -------------------------------------------------------------------------------------------


def write_feeds(
    folder: Path, articles: int, now: datetime | None = None, languages: Sequence[str] = LANGUAGES
) -> list[Path]:
    """`articles` articles as RSS files of as many sources as a reader has; gives the files in order."""
    now = now or datetime.now(UTC)
    folder.mkdir(parents=True, exist_ok=True)
    pools = {(lang, length): _pool(lang, length, now) for lang in languages for length in (SHORT, LONG)}
    count = min(SOURCES, articles)
    paths: list[Path] = []
    for number in range(count):
        language = languages[number % len(languages)]
        rows: list[str] = []
        for i in range(articles // count):
            # The newest two of each source are long: they head the list, and are opened and paged through.
            headline, body = pools[language, LONG if i < 2 else SHORT][(i * 7 + number) % POOL]
            link = f"{SITE}/{number}/{i}.html"
            when = datetime.fromtimestamp(now.timestamp() - 60 * i - number, UTC)
            rows.append(
                f"<item><title>{_escaped(headline)} {number}.{i}</title><link>{link}</link>"
                f"<guid>{link}</guid><pubDate>{format_datetime(when)}</pubDate><description>{_escaped(body)}</description></item>"
            )
        text = (
            f'<?xml version="1.0" encoding="utf-8"?>\n<rss version="2.0"><channel>'
            f"<title>{title(number, language)}</title>"
            f"<link>{SITE}/{number}/</link><description>.</description>\n" + "\n".join(rows)
        )
        path = folder / f"{number:03}.rss"
        path.write_text(text + "</channel></rss>\n", encoding="utf-8")
        paths.append(path)
    return paths


def _pool(language: str, length: int, now: datetime) -> list[tuple[str, str]]:
    """Headlines and bodies to choose from. "uniform" is no language: every article is the same but for its
    number, as generated test data often are; it shows what a program saves that writes differences only."""
    if language == UNIFORM:
        sentence = "The quick brown fox jumps over the lazy dog, and the news of it goes round the world. "
        body = "".join(f"<p>Paragraph {number}. {sentence * 4}</p>" for number in range(length))
        return [("A headline like another", body)] * POOL
    stories = write_many(language, "lab", POOL, now, 1, length)
    return [(story.headline, html_body(SITE, story)) for story in stories]


def title(number: int, language: str) -> str:
    """What source `number` is called."""
    return f"{number:03} " + ("晨星网要闻" if language == "zh" else "Elder Courier")


def _escaped(text: str) -> str:
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def fill(
    home: Path, feeds: Sequence[Path], config: str = CONFIG, languages: Sequence[str] = LANGUAGES
) -> None:
    """A home of the product with these feeds in its cache, as after a refresh and a restart."""
    from tui_news.cache import Cache
    from tui_news.model import source_id
    from tui_news.paths import Places
    from tui_news.sources.feed import parse_feed

    places = Places(home / "config", home / "cache", home / "data")
    places.config.mkdir(parents=True, exist_ok=True)
    places.config_file.write_text(config, encoding="utf-8")
    now = datetime.now(UTC)
    tables: list[str] = []
    with Cache.open(places) as cache:
        for number, path in enumerate(feeds):
            url = f"{SITE}/{number}/feed.rss"
            language = languages[number % len(languages)]
            tables.append(
                f'[[source]]\nurl = "{url}"\ntitle = "{title(number, language)}"\n'
                f'section = "{"中文" if language == "zh" else "World"}"\n'
            )
            parsed = parse_feed(path.read_bytes(), source=source_id(url), url=url, now=now, limit=1_000_000)
            cache.store(source_id(url), parsed.articles, now=now)
    places.sources_file.write_text("\n".join(tables), encoding="utf-8")


def fill_newsboat(home: Path, feeds: Sequence[str], every: bool = True) -> None:
    """A home of newsboat that follows these URLs; with `every`, a first feed that holds all articles."""
    home.mkdir(parents=True, exist_ok=True)
    first = ['"query:000 All:age >= 0"'] if every else []
    (home / "urls").write_text("\n".join([*first, *feeds]) + "\n", encoding="utf-8")
    (home / "config").write_text(NEWSBOAT, encoding="utf-8")


def newsboat(home: Path) -> list[str]:
    """Its command line for a home of `fill_newsboat`."""
    return [
        "newsboat", "-q", "-u", str(home / "urls"), "-c", str(home / "cache.db"), "-C", str(home / "config"),
    ]  # fmt: skip


def reload_newsboat(home: Path) -> None:
    """Fetches everything into its cache. Raises CalledProcessError."""
    subprocess.run([*newsboat(home), "-x", "reload"], check=True, stdout=subprocess.DEVNULL)


def fill_sfeed(home: Path, feeds: Sequence[Path]) -> None:
    """sfeed's files of the same feeds, by its own parser. Raises CalledProcessError."""
    home.mkdir(parents=True, exist_ok=True)
    for path in feeds:
        with path.open("rb") as source, (home / path.stem).open("wb") as made:
            subprocess.run(["sfeed", SITE], stdin=source, stdout=made, check=True)


@dataclass(frozen=True)
class Homes:
    """The same articles in the product's cache and in its peers'."""

    articles: int
    product: Path
    newsboat: Path | None
    sfeed: Path | None


def prepare(folder: Path, articles: int, languages: Sequence[str] = LANGUAGES, sfeed: bool = False) -> Homes:
    """Caches of `articles` articles for the product and for what is installed of its peers, made anew
    unless the folder holds them from an earlier run. Takes about two milliseconds an article."""
    here = folder / f"{articles}-{'-'.join(languages)}"
    feeds = sorted((here / "feeds").glob("*.rss"))
    if not (here / "done").exists():
        shutil.rmtree(here, ignore_errors=True)
        print(f"filling caches with {articles:,} articles in {here}", file=sys.stderr, flush=True)
        feeds = write_feeds(here / "feeds", articles, languages=languages)
        fill(here / "product", feeds, languages=languages)
        (here / "done").touch()
    theirs = here / "newsboat" if have("newsboat") else None
    if theirs and not (theirs / "done").exists():
        fill_newsboat(theirs, [f"file://{path}" for path in feeds])
        reload_newsboat(theirs)
        (theirs / "done").touch()
    plain = here / "sfeed" if sfeed and have("sfeed_curses") else None
    if plain and not plain.exists():
        fill_sfeed(plain, feeds)
    return Homes(articles, here / "product", theirs, plain)


def fresh(homes: Homes, folder: Path) -> Homes:
    """Copies to type at: opening an article marks it read, and the next run is to find it unread."""
    made = shutil.copytree(homes.product, folder / "product")
    theirs = shutil.copytree(homes.newsboat, folder / "newsboat") if homes.newsboat else None
    return Homes(homes.articles, made, theirs, homes.sfeed)


def have(program: str) -> bool:
    """Whether a peer is installed; says so when it is not."""
    if shutil.which(program):
        return True
    print(f"{program} is not installed: its columns are left out", file=sys.stderr)
    return False


# --- running ----------------------------------------------------------------------------------------


def open_product(home: Path, rows: int, cols: int, unknown: Iterable[int] = ()) -> Terminal:
    """The product in a terminal that knows none of the modes `unknown`, with its list as the first screen, as
    the peers have theirs; its modules come from this checkout."""
    env = {"TUI_NEWS_HOME": str(home), "TUI_NEWS_FRONT": "never"}
    terminal = Terminal(PRODUCT, rows, cols, env=env, cwd=ROOT)
    terminal.emulator.unknown.update(unknown)
    return terminal


def quit_all(*terminals: Terminal) -> None:
    for terminal in terminals:
        terminal.close()


@dataclass
class Keys:
    """What a row of keys cost: bytes and milliseconds of each."""

    written: list[int]
    waited: list[float]
    cpu: float = 0.0
    """Milliseconds of processor time a key, which does not depend on what else the machine does."""

    @property
    def bytes(self) -> float:
        return statistics.median(self.written)

    def add(self, more: Keys) -> None:
        """Counts further keys in."""
        total = len(self.written) + len(more.written)
        self.cpu = (self.cpu * len(self.written) + more.cpu * len(more.written)) / total
        self.written += more.written
        self.waited += more.waited


def press(terminal: Terminal, key: str, quiet: float = 0.08) -> tuple[int, float]:
    """One key: the bytes that came for it, and the milliseconds until the last of them."""
    before = len(terminal.chunks)
    start = time.monotonic()
    terminal.send(key)
    terminal.settle(quiet, some=True, timeout=30)
    while not (came := terminal.chunks[before:]):
        # What it had written before the key, and nobody had waited for.
        terminal.settle(quiet, some=True, timeout=30)
    return sum(len(data) for _, data in came), 1000 * (came[-1][0] - start)


def together(terminals: Sequence[Terminal], keys: Sequence[Sequence[str]], quiet: float = 0.08) -> list[Keys]:
    """Types a row of keys at each terminal, key by key in turn, so that all meet the same machine."""
    found = [Keys([], []) for _ in terminals]
    before = [cpu_seconds(terminal.pid) for terminal in terminals]
    for step in zip(*keys, strict=True):
        for terminal, key, result in zip(terminals, step, found, strict=True):
            written, waited = press(terminal, key, quiet)
            result.written.append(written)
            result.waited.append(waited)
    for terminal, start, result in zip(terminals, before, found, strict=True):
        result.cpu = 1000 * (cpu_seconds(terminal.pid) - start) / max(1, len(result.written))
    return found


def cpu_seconds(pid: int) -> float:
    """Processor time that a process has used so far, to the nanosecond: what a key takes is only two or three
    of the ticks that /proc counts in. Raises OSError when it has gone."""
    return time.clock_gettime(~pid << 3 | 2)  # MAKE_PROCESS_CPUCLOCK(pid, CPUCLOCK_SCHED) of the kernel


def peak_memory(pid: int) -> float:
    """The most memory that a process has held, MB."""
    for line in Path(f"/proc/{pid}/status").read_text(encoding="utf-8").splitlines():
        if line.startswith("VmHWM:"):
            return int(line.split()[1]) / 1024
    return 0.0


def run_timed(argv: Sequence[str], env: dict[str, str] | None = None) -> tuple[float, float, float]:
    """A whole process: seconds it took, processor seconds, peak memory in MB. Raises RuntimeError when it
    fails."""
    start = time.perf_counter()
    process = subprocess.Popen(
        argv, stdout=subprocess.DEVNULL, stderr=subprocess.PIPE, env={**os.environ, **(env or {})}, cwd=ROOT
    )
    assert process.stderr is not None
    complaints = process.stderr.read()
    _, status, usage = os.wait4(process.pid, 0)
    taken = time.perf_counter() - start
    process.returncode = os.waitstatus_to_exitcode(status)
    process.stderr.close()
    if process.returncode:
        raise RuntimeError(f"{' '.join(argv)}: exit {process.returncode}: {complaints.decode()[-400:]}")
    return taken, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024


def in_turn(runs: Sequence[Callable[[], float]], times: int) -> list[float]:
    """Runs each function `times` times, one after the other in rounds; gives the medians."""
    found: list[list[float]] = [[] for _ in runs]
    for _ in range(times):
        for run, results in zip(runs, found, strict=True):
            results.append(run())
    return [statistics.median(results) for results in found]


# --- printing ---------------------------------------------------------------------------------------


def percentile(values: Sequence[float], share: float) -> float:
    """The value below which `share` (0 to 1) of them lie."""
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def ratio(mine: float, theirs: float | None) -> str:
    return f"{mine / theirs:.2f}x" if theirs else "-"


def table(heads: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    """A table in Markdown, its columns aligned."""
    shown = [[f"{cell:,.1f}" if isinstance(cell, float) else str(cell) for cell in row] for row in rows]
    widths = [max(len(row[i]) for row in [list(heads), *shown]) for i in range(len(heads))]
    lines = [list(heads), ["-" * widths[0], *("-" * (width - 1) + ":" for width in widths[1:])], *shown]
    return "\n".join(
        f"| {line[0]:<{widths[0]}} | "
        + " | ".join(f"{cell:>{width}}" for cell, width in zip(line[1:], widths[1:], strict=True))
        + " |"
        for line in lines
    )


def machine() -> str:
    """A line on where and when this ran."""
    python = sys.version.split()[0]
    return f"{datetime.now(UTC):%Y-%m-%d}, {os.cpu_count()} cores, Python {python}, load {load():.1f}"


def load() -> float:
    """How many programs wanted a core in the last minute."""
    return os.getloadavg()[0]


class Bars:
    """Claims that a run is held to; `--check` makes a missed one fail."""

    def __init__(self) -> None:
        self.rows: list[tuple[str, str, str, str]] = []

        self.missed = 0
        """How many firm ones were."""

    def hold(self, what: str, value: float, most: float, unit: str = "x", firm: bool = True) -> None:
        """Notes a claim; what is not `firm` (a time without a peer's) never makes a run fail."""
        met = value <= most
        self.missed += firm and not met
        self.rows.append((what, f"{value:.2f}{unit}", f"{most:g}{unit}", "met" if met else "MISSED"))

    def print(self) -> None:
        print("\n" + table(("bar", "measured", "at most", ""), self.rows))
