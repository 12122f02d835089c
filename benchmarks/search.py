"""Search over 1,000, 10,000 and 100,000 cached articles: the index, the scan, and grep over the same files.

Usage: python benchmarks/search.py [SIZES...] [--keep FOLDER]. Prints the median of five runs in milliseconds:
`warm` in an open program, `cold` the first query of a new one after its imports, `filter` the same query
limited to a section, `ranked` best first. grep searches the journals of heads and bodies with a fixed string,
which knows neither fields nor folding nor what was dropped. The texts are made from the words of Python's own
documentation (English) and of the loopback newsroom (Chinese, Japanese, Korean, German, French, Spanish).
"""

from __future__ import annotations

import argparse
import os
import random
import re
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.newsroom.story import write  # noqa: E402
from tui_news.cache import Cache  # noqa: E402
from tui_news.index import open_index  # noqa: E402
from tui_news.model import Article, Block, Run, article_id  # noqa: E402
from tui_news.newsroom import Newsroom, View  # noqa: E402
from tui_news.newsroom.indexing import catch_up, index_path, tidy  # noqa: E402
from tui_news.paths import Places  # noqa: E402
from tui_news.portal.query import Query  # noqa: E402

RUNS = 5
SOURCES = 100
NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
LANGUAGES = ("zh", "zh-TW", "ja", "ko", "de", "fr", "es")
QUERIES = {
    "rare word": "xylophone",
    "word": "iterator",
    "common word": "the",
    "two words": "module import",
    "phrase": '"return value of"',
    "prefix": "exce",
    "one letter": "s",
    "Chinese word": "记者",
    "Traditional": "經濟發展",
    "one character": "的",
    "without": "the -module",
    "title:": "title:class",
    "tag:": "tag:economy",
    "fields": "class source:7 after:9d is:unread",
    "fields alone": "after:3d lang:zh",
    "no hit": "qqqqzz",
}
SCAN = ("word",)
"""Queries that are also answered by looking at 100,000 articles, a minute each."""
GREP = ("rare word", "word", "common word", "phrase", "prefix", "Chinese word", "one character", "no hit")


def english() -> list[str]:
    """A long English text as words."""
    from pydoc_data.topics import topics

    return re.findall(r"[^\s*`]+", " ".join(topics.values()))


def corpus(size: int) -> Iterator[tuple[str, list[Article]]]:
    """`size` articles by source: half English, half in seven other languages, one to two kilobytes each."""
    rng = random.Random(size)
    text = english()
    han = [chr(rng.randrange(0x4E00, 0x9000)) + chr(rng.randrange(0x4E00, 0x9000)) for _ in range(20_000)]
    for number in range(SOURCES):
        articles: list[Article] = []
        for count in range(size // SOURCES):
            when = NOW - timedelta(minutes=rng.randrange(60 * 24 * 60))
            id = article_id(str(number), str(count))
            if rng.random() < 0.5:
                at = rng.randrange(len(text) - 400)
                words = text[at : at + rng.randrange(80, 300)]
                words += rng.choices(text, k=20)
                if rng.random() < 0.0005:
                    words.append("xylophone")
                headline, deck, body = " ".join(words[:9]), " ".join(words[9:30]), " ".join(words[30:])
                tags: tuple[str, ...] = (rng.choice(("Economy", "Science", "Sport")), words[3])
                language, authors = "en", (rng.choice(text),)
            else:
                code = rng.choice(LANGUAGES)
                story = write(code, str(count), when, number, paragraphs=rng.randrange(1, 6), rich=True)
                body = "\n".join(story.body) + "，".join(rng.choices(han, k=20))
                headline, deck, tags, authors = story.headline, story.deck, story.tags, story.authors
                language = story.language
            blocks = tuple(Block("paragraph", (Run(part),)) for part in body.split("\n"))
            articles.append(
                Article(
                    id, str(number), f"https://example.org/{number}/{count}", headline, deck=deck, tags=tags,
                    authors=authors, published=when, language=language, blocks=blocks,
                )
            )  # fmt: skip
        yield str(number), articles


def median(action: Callable[[], object], runs: int = RUNS) -> float:
    """Milliseconds."""
    times = []
    for _ in range(runs):
        begin = time.perf_counter()
        action()
        times.append((time.perf_counter() - begin) * 1000)
    return statistics.median(times)


COLD = """
import sys, time
from pathlib import Path
from tui_news.newsroom import Newsroom, View, finding
from tui_news.paths import Places
from tui_news.portal import query
from tui_news.index import store
import orjson
root = Path(sys.argv[1])
with Newsroom.open(Places(root / "config", root / "cache", root / "data")) as newsroom:
    begin = time.perf_counter()
    list(newsroom.listing(View(query=sys.argv[2]))[:20])
    print((time.perf_counter() - begin) * 1000)
"""


def cold(root: Path, query: str) -> float:
    """The first query of a new process, with 20 hits decoded."""
    return statistics.median(
        float(subprocess.check_output([sys.executable, "-c", COLD, str(root), query], cwd=ROOT))
        for _ in range(RUNS)
    )


def grep(root: Path, text: str) -> float:
    folders = [str(root / "cache" / part) for part in ("heads", "bodies")]
    command = ["grep", "-r", "-c", "-F", "-i", text, *folders]
    env = {**os.environ, "LC_ALL": "C.UTF-8"}
    # Into a pipe: grep stops at the first hit when it writes to /dev/null.
    return median(lambda: subprocess.run(command, stdout=subprocess.PIPE, env=env, check=False))


def megabytes(*paths: Path) -> float:
    files = [
        file for path in paths for file in ([path] if path.is_file() else path.rglob("*")) if file.is_file()
    ]
    return sum(file.stat().st_size for file in files) / 1e6


def prepare(root: Path, size: int) -> Places:
    places = Places(root / "config", root / "cache", root / "data")
    if places.sources_file.exists():
        return places
    places.config.mkdir(parents=True)
    places.sources_file.write_text(
        "\n".join(
            f'[[source]]\nid = "{n}"\nurl = "https://example.org/{n}"\ntitle = "Source {n}"\n'
            f'section = "Section {n % 10}"\n'
            for n in range(SOURCES)
        )
    )
    with Cache.open(places) as cache:
        for source, articles in corpus(size):
            cache.store(source, articles, now=NOW)
        cache.mark(list(cache.listing(None).ids[::3]), "read", read=True)
    return places


def build(places: Places) -> None:
    begin, work = time.perf_counter(), time.process_time()
    with Cache.open(places, read_only=True) as cache, open_index(index_path(places)) as index:
        count = len(cache.listing(None))
        catch_up(cache, index, lambda: True)
        took, cpu = time.perf_counter() - begin, time.process_time() - work
        tidy(cache, index, lambda: True)
        tidied = time.perf_counter() - begin - took
    size, cached = megabytes(index_path(places)), megabytes(places.cache / "heads", places.cache / "bodies")
    print(
        f"built in {took:.1f} s ({cpu:.1f} s of CPU, {cpu / max(1, count) * 1000:.2f} ms an article), "
        f"put together in {tidied:.1f} s; index {size:.1f} MB, articles {cached:.1f} MB"
    )


def measure(root: Path, size: int) -> None:
    print(f"\n{size:,} articles")
    places = prepare(root, size)
    build(places)
    with Newsroom.open(places) as newsroom:
        print(
            f"{'':14} {'hits':>7} {'warm':>7} {'cold':>7} {'filter':>7} {'ranked':>7} {'scan':>9} {'grep':>7}"
        )
        for name, text in QUERIES.items():
            whole, part, ranked = (
                View(query=text),
                View(("Section 3",), query=text),
                View(query=text, ranked=True),
            )
            hits = newsroom.listing(whole)
            figures = [median(lambda view=view: newsroom.listing(view)) for view in (whole, part, ranked)]
            query = Query.parse(text, datetime.now(UTC))
            scanned = list[object]()
            begin = time.perf_counter()
            if name in SCAN or size < 100_000:
                scanned = newsroom.finder.look_through(whole, query)
                assert [article.id for article in scanned] == list(hits.ids), name
                scan = f"{(time.perf_counter() - begin) * 1000:9.0f}"
            else:
                scan = f"{'':9}"
            peer = f"{grep(root, text.strip(chr(34))):7.0f}" if name in GREP else ""
            print(
                f"{name:14} {len(hits):7} {figures[0]:7.1f} {cold(root, text):7.1f} {figures[1]:7.1f} "
                f"{figures[2]:7.1f} {scan} {peer}",
                flush=True,
            )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("sizes", nargs="*", type=int, default=[1_000, 10_000, 100_000])
    parser.add_argument("--keep", type=Path, help="where the caches are kept for the next run")
    options = parser.parse_args()
    folder = options.keep or Path(tempfile.mkdtemp(prefix="search-"))
    try:
        for size in options.sizes:
            measure(folder / str(size), size)
    finally:
        if options.keep is None:
            shutil.rmtree(folder)


if __name__ == "__main__":
    main()
