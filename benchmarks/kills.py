"""Kill two writing processes at random moments, again and again; count what was committed and is lost.

    python benchmarks/kills.py [--kills 1000] [--seed 1] [--files]

Two processes write to one cache without pause: articles, bodies, marks, notes, statuses, memory,
retention and compaction. Each tells a pipe what it is about to do and, once the call has returned, that
it is done. SIGKILL hits one of them (a coin decides which) after 1 to 40 ms; another takes its place,
the other writes on. At the end, and every 100 kills, the cache is opened and everything acknowledged is
looked for, and every record of every file is read. `--files` locks with lock files instead of flock.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import select
import signal
import subprocess
import sys
import tempfile
import time
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from tui_news.cache import Cache
from tui_news.cache.keep import due
from tui_news.model import Article, FeedStatus, article_id, paragraphs
from tui_news.paths import Places

NOW = datetime(2026, 1, 1, tzinfo=UTC)


def places_of(folder: Path) -> Places:
    return Places(folder / "config", folder / "cache", folder / "data")


def make(source: str, number: int) -> Article:
    return Article(
        article_id(source, str(number)),
        source,
        url=f"https://{source}.example/{number}",
        headline=f"{source} {number}",
        published=NOW - timedelta(seconds=number % 10_000_000),
        blocks=paragraphs(f"text of {source} {number} " * 20),
    )


def write(folder: Path, name: str, seed: int) -> None:
    """Write until killed; a line of JSON to stdout before (`?`) and after (`!`) each change."""
    chance = random.Random(seed)

    def tell(mark: str, what: dict[str, Any]) -> None:
        os.write(1, (mark + json.dumps(what) + "\n").encode())

    cache = Cache.open(places_of(folder))
    number = seed * 10_000
    mine: list[str] = []
    while True:
        number += 1
        kind = chance.choices(
            ["store", "read", "note", "star", "status", "memory", "body", "retain", "compact", "state"],
            [30, 30, 10, 3, 8, 4, 8, 2, 2, 1],
        )[0]
        source = f"shared{chance.randrange(3)}"
        if kind == "store":
            batch = [make(f"{name}{source}", number * 10 + i) for i in range(chance.choice((1, 1, 5)))]
            what = {"kind": kind, "ids": [a.id for a in batch], "headline": [a.headline for a in batch]}
            tell("?", what)
            # Both processes write to the same source, so that the same files are fought over.
            cache.store(source, batch, now=NOW)
            mine += what["ids"]
        elif kind in ("read", "note") and mine:
            id = chance.choice(mine[-200:])
            value: bool | str = True if kind == "read" else f"note {number}"
            what = {"kind": kind, "id": id, "value": value}
            tell("?", what)
            cache.mark([id], kind, **{kind: value})
        elif kind == "star":
            what = {"kind": kind, "id": article_id("star", f"{name}{number}")}
            tell("?", what)
            cache.mark([what["id"]], "star", starred=True)
        elif kind == "status":
            what = {"kind": kind, "source": f"{name}-{number % 7}", "failures": number}
            tell("?", what)
            cache.put_status(FeedStatus(what["source"], failures=number))
        elif kind == "memory":
            what = {"kind": kind, "key": f"{name}{number % 5}", "value": number}
            tell("?", what)
            cache.put_memory(what["key"], number)
        elif kind == "body" and mine:
            id = chance.choice(mine[-50:])
            what = {"kind": kind, "id": id, "text": f"the whole page, {number}"}
            tell("?", what)
            cache.put_body(id, Article(id, source, blocks=paragraphs(what["text"]), full=True))
        elif kind == "retain":
            what = {"kind": kind}
            tell("?", what)
            cache.retain(days=0, per_source=0, now=NOW, budget=100)
        elif kind == "compact":
            what = {"kind": kind}
            tell("?", what)
            shelf = cache.library.shelf(source)
            with cache.library.lock:
                shelf.refresh()
                due(shelf)
                if shelf.heads.gen:
                    shelf.compact()
            cache.library.noted(shelf)
        elif kind == "state":
            what = {"kind": kind}
            tell("?", what)
            cache.book.load()
            cache.book.compact_if_due(force=True)
            cache.flush()
        else:
            continue
        tell("!", what)


class Ledger:
    """What was acknowledged, and what was under way when a writer died."""

    def __init__(self) -> None:
        self.articles: dict[str, str] = {}
        self.read: set[str] = set()
        self.starred: set[str] = set()
        self.notes: dict[str, set[str]] = {}
        self.status: dict[str, set[int]] = {}
        self.memory: dict[str, set[int]] = {}
        self.bodies: dict[str, set[str]] = {}
        self.done = 0

    def acknowledged(self, what: dict[str, Any]) -> None:
        self.done += 1
        self._note(what, sure=True)

    def pending(self, what: dict[str, Any]) -> None:
        self._note(what, sure=False)

    def _note(self, what: dict[str, Any], *, sure: bool) -> None:
        """A change that was under way may be there or not: its value joins those that are right."""

        def put(table: dict[str, set[Any]], key: str, value: Any) -> None:
            table[key] = {value} if sure else table.get(key, {None}) | {value}

        match what["kind"]:
            case "store" if sure:
                self.articles.update(zip(what["ids"], what["headline"], strict=True))
            case "read" if sure:
                self.read.add(what["id"])
            case "star" if sure:
                self.starred.add(what["id"])
            case "note":
                put(self.notes, what["id"], what["value"])
            case "status":
                put(self.status, what["source"], what["failures"])
            case "memory":
                put(self.memory, what["key"], what["value"])
            case "body":
                put(self.bodies, what["id"], what["text"])

    def lost(self, cache: Cache) -> list[str]:
        """Everything acknowledged that is not there."""
        missing: list[str] = []
        for id, headline in self.articles.items():
            article = cache.article(id)
            if article is None or article.headline != headline or not article.blocks:
                missing.append(f"article {id} {headline!r}")
            elif id in self.bodies and None not in self.bodies[id]:
                text = article.blocks[0].text
                if text not in self.bodies[id]:
                    missing.append(f"body {id} {text!r}")
        missing += [f"read {id}" for id in self.read if not cache.state(id).read]
        missing += [f"star {id}" for id in self.starred if not cache.state(id).starred]
        for id, values in self.notes.items():
            if (cache.state(id).note or None) not in values:
                missing.append(f"note {id} {cache.state(id).note!r}")
        for source, counts in self.status.items():
            if (cache.status(source).failures or None) not in counts:
                missing.append(f"status {source}")
        missing += [f"memory {key}" for key, v in self.memory.items() if cache.get_memory(key) not in v]
        return missing


class Writer:
    """A process that writes, and what it has told so far."""

    def __init__(self, folder: Path, name: str, seed: int, by_file: bool) -> None:
        environment = {**os.environ, **({"TUI_NEWS_LOCK": "file"} if by_file else {})}
        self.name = name
        self.process = subprocess.Popen(
            [sys.executable, __file__, "--write", str(folder), name, str(seed)],
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            env=environment,
        )
        self.rest = b""
        self.under_way: dict[str, Any] | None = None
        self.started = False

    def listen(self, ledger: Ledger, wait: float) -> None:
        """Take in what it tells within `wait` seconds."""
        assert self.process.stdout is not None
        end = time.monotonic() + wait
        while True:
            ready, _, _ = select.select([self.process.stdout], [], [], max(0.0, end - time.monotonic()))
            if not ready:
                return
            data = os.read(self.process.stdout.fileno(), 1 << 16)
            if not data:
                return
            if not self.started:
                # Only now is there something to kill it in the midst of.
                self.started, end = True, time.monotonic() + wait
            *lines, self.rest = (self.rest + data).split(b"\n")
            for line in lines:
                what = json.loads(line[1:])
                if line[:1] == b"?":
                    self.under_way = what
                else:
                    ledger.acknowledged(what)
                    self.under_way = None

    def kill(self, ledger: Ledger) -> bool:
        """SIGKILL; False when it had died by itself."""
        alive = self.process.poll() is None
        self.process.send_signal(signal.SIGKILL)
        self.process.wait()
        self.listen(ledger, 0.05)
        assert self.process.stdout is not None
        while data := self.process.stdout.read():
            self.rest += data
        if self.under_way is not None:
            ledger.pending(self.under_way)
        if not alive:
            assert self.process.stderr is not None
            sys.stderr.write(self.process.stderr.read().decode("utf-8", "replace"))
        self.process.stdout.close()
        if self.process.stderr:
            self.process.stderr.close()
        return alive


def run(kills: int, seed: int, *, by_file: bool = False, loud: bool = True) -> dict[str, int]:
    """Kill writers `kills` times; how much was acknowledged, lost, unreadable, and died by itself."""
    chance = random.Random(seed)
    ledger = Ledger()
    result = {"kills": 0, "acknowledged": 0, "lost": 0, "unreadable": 0, "died": 0}
    with tempfile.TemporaryDirectory(prefix="tui-news-kills-") as name:
        folder = Path(name)
        number = 2
        writers = [
            Writer(folder, "a", seed * 100_000 + 1, by_file),
            Writer(folder, "b", seed * 100_000 + 2, by_file),
        ]
        while result["kills"] < kills:
            wait = chance.uniform(0.001, 0.04)
            victim = chance.randrange(2)
            writers[1 - victim].listen(ledger, 0)
            while not writers[victim].started and writers[victim].process.poll() is None:
                writers[victim].listen(ledger, wait)
            writers[victim].listen(ledger, wait)
            result["died"] += not writers[victim].kill(ledger)
            result["kills"] += 1
            number += 1
            writers[victim] = Writer(folder, "ab"[victim], seed * 100_000 + number, by_file)
            if loud and result["kills"] % 100 == 0:
                print(f"{result['kills']:6} kills  {ledger.done:8} acknowledged", flush=True)
        for writer in writers:
            writer.kill(ledger)
        with Cache.open(places_of(folder)) as cache:
            missing = ledger.lost(cache)
            problems = cache.check()
            for line in [*missing[:20], *problems[:20], *cache.messages[:20]]:
                print(line, file=sys.stderr)
            result["lost"] = len(missing)
            result["unreadable"] = len(problems) + len(list(folder.rglob("*.damaged-*")))
        result["acknowledged"] = ledger.done
    return result


def main() -> None:
    parser = argparse.ArgumentParser(description="SIGKILLs during mixed writes by two processes.")
    parser.add_argument("--kills", type=int, default=1000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--files", action="store_true", help="lock with files instead of flock")
    parser.add_argument("--write", nargs=3, help=argparse.SUPPRESS)
    arguments = parser.parse_args()
    if arguments.write:
        folder, name, seed = arguments.write
        write(Path(folder), name, int(seed))
        return
    begin = time.monotonic()
    result = run(arguments.kills, arguments.seed, by_file=arguments.files)
    print(f"\n{'lock':24}{'files' if arguments.files else 'flock':>10}")
    for label, key in (
        ("SIGKILLs", "kills"), ("committed changes", "acknowledged"), ("lost", "lost"),
        ("unreadable files", "unreadable"), ("writers that failed", "died"),
    ):  # fmt: skip
        print(f"{label:24}{result[key]:>10,}")
    print(f"{'seconds':24}{time.monotonic() - begin:>10.0f}")
    sys.exit(bool(result["lost"] or result["unreadable"] or result["died"]))


if __name__ == "__main__":
    main()
