"""Meets tui-news with the cases: `refresh`, `headlines`, `read`, `sources import`, and the app on a PTY."""

from __future__ import annotations

import contextlib
import json
import os
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from tests.hostile.seen import Seen
from tests.hostile.stage import KEPT, ROOT, Case, Stage
from tests.terminal import Terminal

NEVER = 20.0
"""Seconds after which a key has not been answered at all."""
PROGRAM = (sys.executable, "-m", "tui_news")
CONFIG = """[refresh]
on_start = false
timeout = {timeout}

[open]
command = ["{opener}"]
"""
OPENER = """#!/bin/sh
printf '%s\\n' "$#" "$@" >> "{log}"
"""


class Product:
    """A home that follows all cases, each under its id as title."""

    def __init__(self, folder: Path, stage: Stage, timeout: float = 30, *, quick: bool = False) -> None:
        self.home, self.stage = folder / "home", stage
        self.quick = quick
        """One form of reading and the first articles in the app, as the tests do."""
        self.log = folder / "opened"
        opener = folder / "opener"
        opener.parent.mkdir(parents=True, exist_ok=True)
        opener.write_text(OPENER.format(log=self.log), encoding="utf-8")
        opener.chmod(0o755)
        config = self.home / "config"
        config.mkdir(parents=True)
        (config / "config.toml").write_text(CONFIG.format(timeout=int(timeout), opener=opener), "utf-8")
        self.sources = config / "sources.toml"
        kinds = {"channel": "page", "sitemap": "sitemap"}
        self.followed = [case for case in stage.cases.values() if case.kind not in ("page", "opml")]
        self.sources.write_text(
            "\n".join(
                f'[[source]]\nurl = "{stage.url(case.id)}"\ntitle = "{case.id}"\nid = "{case.id}"\n'
                f'section = "Hostile"\nfull_text = "never"\nkind = "{kinds.get(case.kind, "feed")}"\n'
                for case in self.followed
            ),
            encoding="utf-8",
        )
        self.seen = {case.id: Seen() for case in stage.cases.values()}

    # --- the shell -----------------------------------------------------------------------------------

    def run(self, *words: str, seen: Seen | None = None, timeout: float = 120) -> bytes:
        """One command line; what it wrote, its time, memory and code go to `seen`. Gives its stdout."""
        env = {**os.environ, "TUI_NEWS_HOME": str(self.home), "COLUMNS": "100"}
        code, taken, memory, out, err = measured([*PROGRAM, *words], env, timeout)
        if seen is not None:
            seen.seconds = max(seen.seconds, taken)
            seen.memory = max(seen.memory, memory)
            seen.code = code
            seen.output += out + err
            seen.error = seen.error or _complaint(err)
        return out

    def seed(self) -> None:
        """A good item of each source is in the cache, as before the attack."""
        self.stage.seeding = True
        self.run("refresh")
        self.stage.seeding = False
        self.stage.asked.clear()

    def refresh(self, *cases: Case) -> None:
        """Ask these sources (all without any); each one's outcome goes to what was seen of it."""
        whole = Seen()
        out = self.run("refresh", *(case.id for case in cases), "--format", "json", seen=whole)
        with contextlib.suppress(ValueError):
            for row in json.loads(out)["sources"]:
                seen = self.seen[row["id"]]
                seen.error = row["error"] or row["skipped"] or ""
                seen.damaged |= row["damaged"]
                seen.seconds = max(seen.seconds, row["latency_ms"] / 1000)
        for case in cases or self.followed:
            seen = self.seen[case.id]
            seen.code = whole.code
            # A process for one case is measured with it; of one for all, each is told what is its own.
            if len(cases) == 1:
                seen.seconds = max(seen.seconds, whole.seconds)
                seen.memory = max(seen.memory, whole.memory)
            lines = [line for line in whole.output.split(b"\n") if case.id.encode() in line]
            seen.output += whole.output if len(cases) == 1 else b"\n".join(lines)

    def headlines(self) -> None:
        """What is cached, in each format."""
        for form in ("plain", "tsv", "json"):
            out = self.run("headlines", "-n", "0", "--format", form)
            for line in out.split(b"\n"):
                for case in self.followed:
                    if f" {case.id} ".encode() in line or f"\t{case.id}\t".encode() in line:
                        self.seen[case.id].output += line + b"\n"
                        break
        for row in json.loads(out)["articles"]:
            seen = self.seen.get(row["source"])
            if seen is not None and KEPT not in row["headline"]:
                seen.titles.append(row["headline"])
                seen.output += json.dumps(row, ensure_ascii=False).encode() + b"\n"
        held: dict[str, bool] = {}
        for row in json.loads(out)["articles"]:
            if row["source"] not in self.seen:
                continue
            held[row["source"]] = held.get(row["source"], False) or KEPT in row["headline"]
            self.seen[row["source"]].text = self.seen[row["source"]].text or row["id"]
        for case in self.followed:
            self.seen[case.id].kept = held.get(case.id, False)
            self.seen[case.id].asked = self.stage.requests(case.id)
            self.seen[case.id].config = self.sources.read_text(encoding="utf-8")

    def read(self, case: Case) -> None:
        """`read` of a case's first article, of a page by its address, or `sources import` of a list."""
        seen = self.seen[case.id]
        if case.kind == "opml":
            body = urllib.request.urlopen(self.stage.url(case.id), timeout=20).read()
            path = self.home.parent / f"{case.id}.opml"
            path.write_bytes(body)
            self.run("sources", "import", str(path), seen=seen)
            seen.config = self.sources.read_text(encoding="utf-8")
            listed = self.run("sources", "list")
            seen.output += listed
            return
        target = self.stage.url(case.id) if case.kind == "page" else seen.text
        seen.text = ""
        if target:
            for form in ("text",) if self.quick else ("text", "json", "markdown"):
                seen.text += self.run("read", target, "--format", form, seen=seen).decode("utf-8", "replace")
                if seen.seconds > case.deadline:
                    break

    # --- the app -------------------------------------------------------------------------------------

    @contextlib.contextmanager
    def app(self) -> Iterator[Terminal]:
        env: dict[str, str | None] = {"TUI_NEWS_HOME": str(self.home), "TZ": "UTC"}
        with Terminal(PROGRAM, 40, 120, env=env, cwd=ROOT) as terminal:
            terminal.wait_for("unread of", 30)
            terminal.settle()
            yield terminal

    def look(self, terminal: Terminal, case: Case) -> None:
        """The case in the app: its list, each kind of row, its first articles, a click, a link, its error."""
        seen = self.seen[case.id]
        before = len(terminal.chunks)
        logged = len(self.opened())

        def typed(*keys: str, until: str = "") -> None:
            started = worked(terminal.pid)
            terminal.press(*keys)
            if keys[-1] == "escape":
                time.sleep(0.15)  # the next key would be one with Alt
            try:
                if until:
                    terminal.wait_for(until, NEVER)
            except TimeoutError:
                seen.answered = NEVER
            if not (self.quick and until):
                with contextlib.suppress(TimeoutError):
                    # A first byte may take its time on a busy machine; some keys have nothing to say.
                    terminal.settle(0.04, timeout=0.3 if self.quick else 1.5, some=True)
            seen.answered = max(seen.answered, worked(terminal.pid) - started)
            seen.screen += terminal.text + "\n"

        typed("t", until="Sections and sources")
        typed("/")
        typed(*case.id, until=f"│ {case.id}")
        typed("enter")
        typed("enter", until=f"Hostile › {case.id}")
        for density in ("vvvg",) if self.quick else ("v", "vvg"):
            typed(*density)
        for mark in ("[@click", "[link"):
            for row, line in enumerate(terminal.screen):
                if mark in line:
                    terminal.click(row, line.index(mark) + 3)
                    typed("escape")
                    break
        for number in range(min(2 if self.quick else 9, 1 + len(seen.titles))):
            typed("enter" if not number else "J")
            if number < 9 and "link" in case.id:
                # Another host than the source's: the address is shown, and asked about.
                typed("o")
                typed("enter")
        typed("i")
        # Each apart: two in one piece are one key with Alt.
        for _ in range(3):
            if self.quick:
                terminal.press("escape")
                time.sleep(0.15)
            else:
                typed("escape")
        seen.alive = terminal.exit_code is None
        seen.raw += b"".join(data for _, data in terminal.chunks[before:])
        seen.window = terminal.title
        seen.opened = self.opened()[logged:]

    def opened(self) -> list[str]:
        """What the reader's browser was given: the number of arguments, then each."""
        return self.log.read_text(encoding="utf-8").splitlines() if self.log.exists() else []


def read_page_in_app(product: Product, case: Case) -> None:
    """A page in the app: an article of a good source whose full text is that page, with keys meanwhile."""
    home, seen = product.home.parent / f"page-{case.id}", product.seen[case.id]
    host = Case("host", "", lambda write, request: _feed_to(write, product.stage.url(case.id)))
    with Stage({"host": host}) as stage:
        own = Product(home, stage, quick=product.quick)
        own.sources.write_text(
            own.sources.read_text(encoding="utf-8").replace('"never"', '"always"'), encoding="utf-8"
        )
        own.refresh()
        with own.app() as terminal:
            terminal.press("enter")
            for key in ("i", "escape", "v", "v", "v"):
                started = worked(terminal.pid)
                terminal.press(key)
                with contextlib.suppress(TimeoutError):
                    terminal.settle(0.05, timeout=10)
                seen.answered = max(seen.answered, worked(terminal.pid) - started)
            with contextlib.suppress(TimeoutError):
                terminal.wait_for("Fetching the full text", case.deadline, gone=True)
            terminal.press("space", "space", "G", "g")
            with contextlib.suppress(TimeoutError):
                terminal.settle(0.2, timeout=10)
            seen.screen += terminal.text
            seen.alive = terminal.exit_code is None
            seen.raw += terminal.raw
            seen.window = terminal.title


def _feed_to(write: Any, url: str) -> None:
    from tests.hostile.stage import item, rss, send

    send(write, rss(item("A page to read", link=url)))


def measured(
    words: Sequence[str], env: dict[str, str], timeout: float
) -> tuple[int, float, float, bytes, bytes]:
    """A whole process, killed after `timeout` seconds: status, seconds, peak memory in MB, stdout, stderr."""
    with tempfile.TemporaryFile() as out, tempfile.TemporaryFile() as err:
        started = time.monotonic()
        process = subprocess.Popen(
            words, cwd=ROOT, env=env, stdin=subprocess.DEVNULL, stdout=out, stderr=err, start_new_session=True
        )
        memory = 0.0
        while (code := process.poll()) is None:
            if time.monotonic() - started > timeout:
                process.kill()
            memory = max(memory, held(process.pid))
            time.sleep(0.01)
        taken = time.monotonic() - started
        out.seek(0)
        err.seek(0)
        return code, taken, memory, out.read(), err.read()


def held(pid: int) -> float:
    """The most that a process or one of its children has held so far, MB. What the system tells of one that
    has ended begins with the size of its parent, which is large here."""
    most = 0
    with contextlib.suppress(OSError, ValueError):
        children = Path(f"/proc/{pid}/task/{pid}/children").read_text(encoding="ascii").split()
        for each in (str(pid), *children):
            with contextlib.suppress(OSError, IndexError):
                status = Path(f"/proc/{each}/status").read_text(encoding="utf-8")
                most = max(most, int(status.partition("VmHWM:")[2].split(None, 1)[0]))
    return most / 1024


def worked(pid: int) -> float:
    """Seconds of the processor that a program has had: what a key cost, also on a machine that does other
    things as well."""
    with contextlib.suppress(OSError, IndexError):
        fields = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")
    return 0.0


def _complaint(err: bytes) -> str:
    lines = [line for line in err.decode("utf-8", "replace").splitlines() if line.startswith("tui-news: ")]
    return lines[0].removeprefix("tui-news: ") if lines else ""


def meet(product: Product, cases: Sequence[Case]) -> None:
    """All of it: seeding, three refreshes, lists, reading, the app. A quick one asks all in one process."""
    product.seed()
    followed = [case for case in cases if case in product.followed]
    if not product.quick:
        for case in followed:
            product.refresh(case)
    else:
        product.refresh()
    product.refresh()
    product.refresh()
    product.headlines()
    for case in cases:
        product.read(case)
    with product.app() as terminal:
        for case in followed:
            product.look(terminal, case)
    for case in cases:
        if case.kind == "page":
            read_page_in_app(product, case)
