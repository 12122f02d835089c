"""The app for an hour on a terminal, refreshing against a site with every fault; what it keeps growing.

    python benchmarks/soak.py [--minutes 60] [--every 60] [--settle 10] [--seed 1] [--check]

Each `--every` seconds some sources are given faults (cut bodies, bombs, hangs, redirects, errors of every
kind), others publish a story, and the app refreshes all of them by the key for it, while articles are opened,
lists paged, sheets opened and the window resized. After each refresh /proc is read: resident memory of the
app, open files, sockets, threads and child processes. At the end they are compared with what they were after
`--settle` minutes. --check ends with 1 when memory differs by more than 5 % or anything else has grown.
"""

from __future__ import annotations

import argparse
import contextlib
import os
import random
import statistics
import sys
import tempfile
import time
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from benchmarks import lab
from tests.hostile.seen import Seen
from tests.newsroom import Newsroom
from tests.terminal import Terminal

CONFIG = """[refresh]
on_start = false
timeout = 8
interval = 1

[cache]
per_source = 60
"""
FAULTS = (
    "404", "500", "503", "429:1", "slow:2", "drip:0.001", "hang", "reset", "close", "short", "chunk-cut",
    "truncated", "html", "empty", "garbage", "type:text/html", "charset:zlib", "redirect:301:/",
    "redirect:302:/nowhere", "loop", "file", "script", "bomb", "layered", "bad-coding", "unknown-coding",
    "headers", "endless", "flaky:0.5",
)  # fmt: skip
ODD = ("changing-guids", "growing", "duplicate-guids", "bad-dates", "deep", "entities", "long-title")
SIZES = ((24, 80), (40, 120), (5, 20), (50, 200), (1, 1), (24, 80))


@dataclass(frozen=True)
class Sample:
    """What the app holds: megabytes, and counts."""

    seconds: float
    memory: float
    files: int
    sockets: int
    threads: int
    children: int

    @classmethod
    def of(cls, pid: int, seconds: float) -> Sample:
        status = Path(f"/proc/{pid}/status").read_text(encoding="utf-8")
        fields = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
        links: list[str] = []
        for each in Path(f"/proc/{pid}/fd").iterdir():
            with contextlib.suppress(OSError):
                links.append(os.readlink(each))
        children = 0
        for task in Path(f"/proc/{pid}/task").iterdir():
            with contextlib.suppress(OSError):
                children += len((task / "children").read_text(encoding="utf-8").split())
        return cls(
            seconds,
            int(fields["VmRSS"].split()[0]) / 1024,
            len(links),
            sum(link.startswith("socket:") for link in links),
            int(fields["Threads"]),
            children,
        )


def write_home(home: Path, room: Newsroom) -> None:
    """A home that follows all that the newsroom has, its odd feeds too."""
    (home / "config").mkdir(parents=True)
    (home / "config" / "config.toml").write_text(CONFIG, encoding="utf-8")
    sources = [
        *room.sources(),
        *({"url": room.url(f"/feeds/odd/{name}.rss"), "section": "Odd", "title": name} for name in ODD),
        *({"url": room.url(f"/feeds/hostile.{kind}"), "section": "Hostile"} for kind in ("rss", "json")),
    ]
    tables = ["\n".join(f'{key} = "{value}"' for key, value in source.items()) for source in sources]
    text = "".join(f"[[source]]\n{table}\n\n" for table in tables)
    (home / "config" / "sources.toml").write_text(text, encoding="utf-8")


def spoil(room: Newsroom, paths: list[str], chance: random.Random) -> None:
    """Other sources fail now, each in a way of its own; some of the others have news."""
    for path in paths:
        room.fault(path, "ok")
    for path in chance.sample(paths, len(paths) // 4):
        room.fault(path, chance.choice(FAULTS))
    for feed in chance.sample(room.feeds, 4):
        room.publish(feed.path)


def use(terminal: Terminal, chance: random.Random) -> None:
    """What a reader does between two refreshes, by keys."""
    for _ in range(12):
        typed(
            terminal,
            *chance.choice(
                (
                    ("j", "j", "enter"),
                    ("space", "pagedown"),
                    ("escape", "]"),
                    ("tab",),
                    ("G", "g"),
                    ("e", "j", "j", "escape"),
                    ("t", "j", "enter"),
                    ("i", "escape"),
                    ("s", "u"),
                    ("v",),
                    ("?", "escape"),
                    ("f", *"river", "enter", "escape"),
                    ("/", *"tide", "enter", "escape", "escape"),
                )
            ),
        )
        with contextlib.suppress(TimeoutError):
            terminal.settle(0.1, timeout=5)
    typed(terminal, "escape", "escape", "escape")
    terminal.resize(*chance.choice(SIZES))
    time.sleep(0.3)
    terminal.resize(24, 80)


def typed(terminal: Terminal, *keys: str) -> None:
    """Keys as fingers type them: an Escape and what follows in one piece would be one key with Alt."""
    for key in keys:
        terminal.press(key)
        if key == "escape":
            time.sleep(0.15)


def soak(minutes: float, every: float, seed: int) -> list[Sample]:
    """Runs it; the samples, one after each refresh. Raises RuntimeError when the app ends by itself."""
    chance = random.Random(seed)
    samples: list[Sample] = []
    with tempfile.TemporaryDirectory() as folder, Newsroom(seed, datetime.now(UTC)) as room:
        home = Path(folder) / "home"
        write_home(home, room)
        paths = [source["url"].removeprefix(room.base) for source in room.sources()]
        with lab.open_product(home, 24, 80) as terminal:
            terminal.wait_for("Welcome", 60)
            began = time.monotonic()
            asked = began
            while (now := time.monotonic() - began) < 60 * minutes:
                spoil(room, paths, chance)
                before = len(room.requests)
                terminal.press("R")
                use(terminal, chance)
                # The last refresh may still wait for deadlines; one that never comes is no soak.
                if len(room.requests) > before:
                    asked = time.monotonic()
                elif time.monotonic() - asked > max(120, 3 * every):
                    raise RuntimeError(f"nothing is refreshed any more\n{terminal.text}")
                time.sleep(max(0.0, began + now + every - time.monotonic()))
                if terminal.exit_code is not None:
                    raise RuntimeError(f"the app ended with {terminal.exit_code}\n{terminal.text}")
                samples.append(sample := Sample.of(terminal.pid, time.monotonic() - began))
                if len(samples) % max(1, round(60 / every)) == 0:
                    print(
                        f"{sample.seconds / 60:5.1f} min  {sample.memory:6.1f} MB  {sample.files} files  "
                        f"{sample.sockets} sockets  {sample.threads} threads  {sample.children} children",
                        flush=True,
                    )
                # What was written so far is judged now and forgotten: it would be the test's own leak.
                terminal.settle(0.3, timeout=20)
                found = Seen(raw=terminal.raw.lstrip(bytes(range(0x80, 0xC0)))).escapes()
                if found or terminal.exit_code is not None:
                    raise RuntimeError(f"it ended, or sent what is not its own: {found}\n{terminal.text}")
                terminal._chunks.clear()
                terminal._seen = 0
                with room._lock:
                    room._requests.clear()
            for _ in range(8):
                if terminal.exit_code is None:
                    with contextlib.suppress(OSError):
                        terminal.send("q")
                    time.sleep(0.3)
            code = terminal.wait(30)
            print(f"quit with {code}; modes left on: {sorted(terminal.emulator.modes)}")
    return samples


def around(samples: list[Sample], seconds: float, what: str) -> float:
    """The median of the five samples next to a moment: one refresh more or less in flight is no leak."""
    near = sorted(samples, key=lambda sample: abs(sample.seconds - seconds))[:5]
    return statistics.median(getattr(sample, what) for sample in near)


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--minutes", type=float, default=60)
    parser.add_argument("--every", type=float, default=60, help="seconds between two refreshes")
    parser.add_argument(
        "--settle", type=float, default=10, help="minutes after which the first look is taken"
    )
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--check", action="store_true")
    options = parser.parse_args()
    print(lab.machine(), flush=True)
    samples = soak(options.minutes, options.every, options.seed)
    end = samples[-1].seconds
    rows: list[tuple[object, ...]] = []
    missed = False
    for what in ("memory", "files", "sockets", "threads", "children"):
        first, last = around(samples, 60 * options.settle, what), around(samples, end, what)
        grown = (last / first - 1) * 100 if first else 0.0
        # Connections are kept alive for a while and workers start when there is work: two are no leak.
        bad = abs(grown) > 5 if what == "memory" else last > first + 2
        missed |= bad
        rows.append((what, f"{first:.1f}", f"{last:.1f}", f"{grown:+.1f} %", "MISSED" if bad else "met"))
    head = ("", f"after {options.settle:g} min", f"after {end / 60:.0f} min", "", "")
    print(f"\n{len(samples)} refreshes\n\n{lab.table(head, rows)}")
    return int(missed and options.check)


if __name__ == "__main__":
    sys.exit(main())
