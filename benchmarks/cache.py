"""The cache next to stock TinyDB on the same articles, in the same run.

    python benchmarks/cache.py [--sizes 1000 10000 100000] [--repeat 5] [--hanzi 400]

For each size: open (first screenful and counts), insert 1,000, insert one, mark one (time, bytes
written), mark all and the quitting after it, list all, list unread, search, an unchanged refresh of 1,000
(all-304 parses nothing and writes a status), disk size, peak memory. Each side runs in processes of its own;
times are medians. Stock TinyDB keeps articles and read marks in one JSON file, as it comes. Where newsboat is
installed both programs also run as a whole process on the same feeds: `tui-news headlines -n 100` next to
`newsboat -x print-unread`, which opens its cache and prints a number, as nothing of it prints headlines.
"""

from __future__ import annotations

import argparse
import json
import os
import resource
import shutil
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from tui_news.model import Article, FeedStatus, article_id, paragraphs
from tui_news.paths import Places

NOW = datetime(2026, 1, 1, tzinfo=UTC)
PER_SOURCE = 1_000
TEXT = "这是一段用来测量的文字，写得像一篇普通的新闻，有长有短，也有标点。"


def make(source: str, number: int, hanzi: int) -> Article:
    """An article with a body of about `hanzi` Chinese characters."""
    body = (TEXT * (hanzi // len(TEXT) + 1))[:hanzi]
    return Article(
        article_id(source, str(number)),
        source,
        url=f"https://{source}.example/{number}",
        headline=f"{source} 的第 {number} 条新闻，标题大约二十个字",
        deck="副题比标题长一些，说出事情的经过。",
        authors=("记者甲",),
        tags=("要闻", "测量"),
        published=NOW - timedelta(minutes=7 * number),
        blocks=paragraphs(f"{number}。{body[: hanzi // 2]}\n\n{body[hanzi // 2 :]}"),
    )


def timed(action: Callable[[], Any]) -> float:
    """Milliseconds that an action takes."""
    begin = time.perf_counter()
    action()
    return (time.perf_counter() - begin) * 1000


def size_of(folder: Path) -> int:
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())


def resident() -> float:
    """Resident memory, MB."""
    pages = int(Path("/proc/self/statm").read_text().split()[1]) if Path("/proc").is_dir() else 0
    return pages * os.sysconf("SC_PAGESIZE") / 1e6


def ours(folder: Path, count: int, repeat: int, hanzi: int, phase: str) -> dict[str, Any]:
    from tui_news.cache import Cache

    places = Places(folder / "config", folder / "cache", folder / "data")
    sources = [f"s{number:04d}" for number in range(max(1, count // PER_SOURCE))]
    result: dict[str, Any] = {}
    if phase == "fill":
        with Cache.open(places) as cache:
            result["fill"] = 0.0
            for source in sources:
                batch = [make(source, n, hanzi) for n in range(min(count, PER_SOURCE))]
                result["fill"] += timed(lambda s=source, b=batch: cache.store(s, b, now=NOW))  # type: ignore[misc]
        result["disk"] = size_of(folder)
        return result
    if phase == "search":
        return _search(places, repeat)
    cache = Cache.open(places)
    if phase == "open":
        result["open"] = timed(lambda: [*cache.edition(100), cache.counts()])
        return result
    empty = resident()
    result["list_first"] = timed(cache.listing)
    result["list"] = statistics.median(timed(lambda: list(cache.listing()[:100])) for _ in range(repeat))
    cache.listing(unread=True)
    result["unread"] = statistics.median(timed(lambda: cache.listing(unread=True)) for _ in range(repeat))
    result["index_memory"] = resident() - empty
    ids = cache.listing().ids
    state = places.data / "state.jsonl"
    cache.mark(ids[:1], "mark read", read=True)
    before = state.stat().st_size
    marks = 200
    step = max(1, len(ids) // (marks + 1))
    result["mark"] = statistics.median(
        timed(lambda n=n: cache.mark([ids[1 + n * step]], "mark read", read=True))  # type: ignore[misc]
        for n in range(marks)
        if 1 + n * step < len(ids)
    )
    result["mark_bytes"] = (state.stat().st_size - before) / marks
    fresh = iter(range(10_000_000, 20_000_000))
    one: list[float] = []
    for _ in range(20):
        batch = [make(sources[0], next(fresh), hanzi)]
        one.append(timed(lambda b=batch: cache.store(sources[0], b, now=NOW)))  # type: ignore[misc]
    result["insert_one"] = statistics.median(one)
    many: list[float] = []
    for number in range(repeat):
        batch = [make(f"new{number}", n, hanzi) for n in range(1000)]
        many.append(timed(lambda s=f"new{number}", b=batch: cache.store(s, b, now=NOW)))  # type: ignore[misc]
    result["insert_1000"] = statistics.median(many)
    batch = [make("new0", n, hanzi) for n in range(1000)]
    disk = size_of(places.cache)
    result["unchanged_1000"] = statistics.median(
        timed(lambda: cache.store("new0", batch, now=NOW)) for _ in range(repeat)
    )
    result["unchanged_bytes"] = size_of(places.cache) - disk
    everything = cache.listing().ids
    both: list[float] = []
    undo: list[float] = []
    for _ in range(repeat):
        both.append(timed(lambda: cache.mark(everything, "mark all read", read=True)))
        undo.append(timed(cache.undo))
    result["mark_all"], result["undo_all"] = statistics.median(both), statistics.median(undo)
    status = FeedStatus(sources[0], etag='"x"')
    result["status"] = statistics.median(
        timed(lambda n=n: cache.put_status(replace(status, failures=n)))  # type: ignore[misc]
        for n in range(100)
    )
    cache.mark(everything, "mark all read", read=True)
    result["quit"] = timed(cache.close)
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


def _search(places: Places, repeat: int) -> dict[str, Any]:
    """The index is made, then a word is asked for, best hits first, in a program that is open."""
    from tui_news.config import load_config
    from tui_news.index import open_index
    from tui_news.newsroom import Newsroom, View
    from tui_news.newsroom.indexing import catch_up, index_path, tidy

    places.config.mkdir(exist_ok=True)
    folder = places.cache / "heads"
    names = sorted(path.stem for path in folder.glob("*.jsonl"))
    text = "".join(f'[[source]]\nurl = "https://{name}.example/"\nid = "{name}"\n' for name in names)
    places.sources_file.write_text(text)
    load_config(places)
    result: dict[str, Any] = {}
    with Newsroom.open(places) as newsroom:
        with open_index(index_path(places)) as index:
            result["index"] = timed(
                lambda: (
                    catch_up(newsroom.cache, index, lambda: True)
                    and tidy(newsroom.cache, index, lambda: True)
                )
            )
        newsroom.listing(View(query="第", ranked=True))
        result["search"] = statistics.median(
            timed(lambda n=n: len(newsroom.listing(View(query=f'"第 {n + 1}7 条"', ranked=True))))  # type: ignore[misc]
            for n in range(repeat)
        )
    result["index_disk"] = index_path(places).stat().st_size / 1e6
    return result


def _high_water(pid: int) -> float:
    """The peak of a process's memory so far, MB (Linux)."""
    try:
        lines = Path(f"/proc/{pid}/status").read_text().splitlines()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in lines if line.startswith("VmHWM")), 0.0)


def whole(folder: Path, count: int, repeat: int) -> dict[str, dict[str, float]]:
    """Both programs as processes, on the same feeds."""
    from benchmarks import lab

    feeds = lab.write_feeds(folder / "feeds", count)
    mine, theirs = folder / "mine", folder / "theirs"
    lab.fill(mine, feeds)
    lab.fill_newsboat(theirs, [f"file://{path}" for path in feeds], every=False)
    lab.reload_newsboat(theirs)
    sides = {
        "tui-news": (
            [*lab.PRODUCT, "headlines", "-n", "100"],
            {**os.environ, "TUI_NEWS_HOME": str(mine)},
            mine,
        ),
        "newsboat": ([*lab.newsboat(theirs), "-x", "print-unread"], dict(os.environ), theirs),
    }
    result: dict[str, dict[str, float]] = {}
    for name, (command, environment, home) in sides.items():
        times: list[float] = []
        peak = 0.0
        for _ in range(repeat):
            begin = time.perf_counter()
            process = subprocess.Popen(command, env=environment, stdout=subprocess.DEVNULL)
            # What `wait4` tells as the peak holds what this process was when it forked.
            while process.poll() is None:
                peak = max(peak, _high_water(process.pid))
                time.sleep(0.002)
            times.append((time.perf_counter() - begin) * 1000)
        result[name] = {"open": statistics.median(times), "peak": peak, "disk": size_of(home) / 1e6}
    return result


def turns(folder: Path, small: int, large: int, hanzi: int) -> dict[str, float]:
    """Mark one and insert one at two sizes by turns, so that whatever else the disk does hits both alike."""
    from tui_news.cache import Cache

    caches = []
    for count in (small, large):
        home = folder / str(count)
        places = Places(home / "config", home / "cache", home / "data")
        cache = Cache.open(places)
        for number in range(max(1, count // PER_SOURCE)):
            source = f"s{number:04d}"
            cache.store(source, [make(source, n, hanzi) for n in range(min(count, PER_SOURCE))], now=NOW)
        cache.close()
        cache = Cache.open(places)
        caches.append((cache, cache.listing(unread=True).ids))
    marks: tuple[list[float], list[float]] = ([], [])
    inserts: tuple[list[float], list[float]] = ([], [])
    for turn in range(300):
        for which, (cache, ids) in enumerate(caches):
            id = ids[turn * (len(ids) // 301)]
            marks[which].append(timed(lambda c=cache, i=id: c.mark([i], "mark read", read=True)))  # type: ignore[misc]
            batch = [make("s0000", 5_000_000 + turn, hanzi)]
            inserts[which].append(timed(lambda c=cache, b=batch: c.store("s0000", b, now=NOW)))  # type: ignore[misc]
    return {
        "mark_small": statistics.median(marks[0]),
        "mark_large": statistics.median(marks[1]),
        "insert_small": statistics.median(inserts[0]),
        "insert_large": statistics.median(inserts[1]),
    }


def stock(folder: Path, count: int, repeat: int, hanzi: int, phase: str) -> dict[str, Any]:
    from tinydb import TinyDB, where

    from tui_news.model import article_to_dict

    path = folder / "db.json"
    result: dict[str, Any] = {}
    db = TinyDB(path, encoding="utf-8", ensure_ascii=False)

    def documents(source: str, amount: int) -> list[dict[str, Any]]:
        return [{**article_to_dict(make(source, n, hanzi)), "read": False} for n in range(amount)]

    def newest() -> list[Any]:
        return sorted(db.all(), key=lambda doc: doc["published"], reverse=True)[:100]

    if phase == "fill":
        everything = [
            doc
            for n in range(max(1, count // PER_SOURCE))
            for doc in documents(f"s{n:04d}", min(count, PER_SOURCE))
        ]
        result["fill"] = timed(lambda: db.insert_multiple(everything))
        result["disk"] = size_of(folder)
        return result
    if phase == "open":
        result["open"] = timed(newest)
        return result
    result["list_first"] = timed(newest)
    result["list"] = statistics.median(timed(newest) for _ in range(repeat))
    result["unread"] = statistics.median(
        timed(lambda: [doc for doc in db.all() if not doc["read"]]) for _ in range(repeat)
    )
    result["mark"] = statistics.median(
        timed(lambda n=n: db.update({"read": True}, doc_ids=[n + 1]))  # type: ignore[misc]
        for n in range(repeat)
    )
    result["mark_bytes"] = float(path.stat().st_size)
    result["insert_one"] = statistics.median(
        timed(lambda n=n: db.insert(documents(f"one{n}", 1)[0]))  # type: ignore[misc]
        for n in range(repeat)
    )
    batches = [documents(f"new{n}", 1000) for n in range(repeat)]
    result["insert_1000"] = statistics.median(
        timed(lambda b=batch: db.insert_multiple(b))  # type: ignore[misc]
        for batch in batches
    )
    # Another word each time: TinyDB remembers what a query gave.
    result["search"] = statistics.median(
        timed(lambda n=n: db.search(where("headline").search(f"第 {n + 1}7 条")))  # type: ignore[misc]
        for n in range(repeat)
    )
    result["mark_all"] = statistics.median(timed(lambda: db.update({"read": True})) for _ in range(repeat))
    result["peak"] = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    return result


ROWS = [
    ("open: 100 newest, counts", "open", "ms"), ("list, first time", "list_first", "ms"),
    ("list again, 100 rows", "list", "ms"), ("list unread", "unread", "ms"),
    ("search, best first", "search", "ms"), ("insert one", "insert_one", "ms"),
    ("insert 1,000", "insert_1000", "ms"), ("unchanged refresh of 1,000", "unchanged_1000", "ms"),
    ("  bytes it writes", "unchanged_bytes", "B"), ("status of a 304", "status", "ms"),
    ("mark one", "mark", "ms"), ("  bytes it writes", "mark_bytes", "B"),
    ("mark all", "mark_all", "ms"), ("undo mark all", "undo_all", "ms"),
    ("quit after mark all", "quit", "ms"), ("fill", "fill", "ms"), ("disk", "disk", "MB"),
    ("index of searches", "index", "ms"), ("  on disk", "index_disk", "MB"),
    ("index in memory", "index_memory", "MB"), ("peak memory", "peak", "MB"),
]  # fmt: skip


def child(side: str, folder: Path, count: int, arguments: argparse.Namespace, phase: str) -> dict[str, Any]:
    """Run one phase in a process of its own."""
    command = [
        sys.executable, __file__, "--child", side, phase, str(folder), str(count),
        "--repeat", str(arguments.repeat), "--hanzi", str(arguments.hanzi),
    ]  # fmt: skip
    done = subprocess.run(command, check=True, stdout=subprocess.PIPE, text=True)
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def main() -> None:
    parser = argparse.ArgumentParser(description="The cache next to stock TinyDB.")
    parser.add_argument("--sizes", type=int, nargs="+", default=[1_000, 10_000, 100_000])
    parser.add_argument("--repeat", type=int, default=5)
    parser.add_argument("--hanzi", type=int, default=400)
    parser.add_argument("--child", nargs=4, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.child:
        side, phase, folder, count = arguments.child
        if side == "turns":
            print(json.dumps(turns(Path(folder), int(phase), int(count), arguments.hanzi)))
            return
        run = ours if side == "ours" else stock
        print(json.dumps(run(Path(folder), int(count), arguments.repeat, arguments.hanzi, phase)))
        return
    found: dict[tuple[str, int], dict[str, Any]] = {}
    for count in arguments.sizes:
        for side in ("ours", "stock"):
            with tempfile.TemporaryDirectory(prefix="tui-news-bench-") as name:
                folder = Path(name)
                result = child(side, folder, count, arguments, "fill")
                opens = [
                    child(side, folder, count, arguments, "open")["open"] for _ in range(arguments.repeat)
                ]
                result["open"] = statistics.median(opens)
                if side == "ours":
                    result.update(child(side, folder, count, arguments, "search"))
                result.update(child(side, folder, count, arguments, "work"))
                result["disk"] /= 1e6
                found[side, count] = result
    sizes = arguments.sizes
    print(f"medians of {arguments.repeat} (mark one: of 200); bodies of {arguments.hanzi} Hanzi\n")
    print(f"{'':28}" + "".join(f"{f'ours {n:,}':>14}{f'stock {n:,}':>15}{'ratio':>9}" for n in sizes))
    for label, key, unit in ROWS:
        line = f"{label + ', ' + unit:28}"
        for count in sizes:
            mine, theirs = found["ours", count].get(key), found["stock", count].get(key)
            ratio = f"{mine / theirs:.5f}" if mine is not None and theirs else ""
            line += f"{_show(mine):>14}{_show(theirs):>15}{ratio:>9}"
        print(line)
    if shutil.which("newsboat"):
        print(f"\n{'whole process':28}{'open, ms':>24}{'peak, MB':>24}{'disk, MB':>24}")
        for count in sizes:
            with tempfile.TemporaryDirectory(prefix="tui-news-bench-") as name:
                both = whole(Path(name), count, arguments.repeat)
            for program, row in both.items():
                cells = "".join(f"{_show(row[key]):>24}" for key in ("open", "peak", "disk"))
                print(f"{f'{program}, {count:,}':28}{cells}")
    with tempfile.TemporaryDirectory(prefix="tui-news-bench-") as name:
        by = child("turns", Path(name), sizes[-1], arguments, str(sizes[0]))
    print(f"\nby turns at {sizes[0]:,} and {sizes[-1]:,}, medians of 300:")
    for what in ("mark", "insert"):
        small, large = by[f"{what}_small"], by[f"{what}_large"]
        print(f"{what} one: {small:.3f} ms and {large:.3f} ms, {large / small:.2f}x")


def _show(value: float | None) -> str:
    return "" if value is None else f"{value:,.3f}" if value < 100 else f"{value:,.0f}"


if __name__ == "__main__":
    main()
