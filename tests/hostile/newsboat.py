"""Meets newsboat with the same cases, by the same server and the same judge."""

from __future__ import annotations

import contextlib
import os
import shutil
import sqlite3
from pathlib import Path

from tests.hostile.judge import judge
from tests.hostile.product import measured
from tests.hostile.seen import Seen
from tests.hostile.stage import KEPT, Case, Stage
from tests.terminal import Terminal

CONFIG = """auto-reload no
cleanup-on-quit no
confirm-exit no
download-timeout 30
error-log "{log}"
browser "{opener}"
"""


class Newsboat:
    """One home for each case."""

    def __init__(self, folder: Path, stage: Stage) -> None:
        self.folder, self.stage = folder, stage
        self.installed = shutil.which("newsboat") is not None

    def meet(self, case: Case) -> str:
        """What came of it, in a few words: `holds`, or what misses the stated outcome."""
        if case.kind not in ("feed", "opml"):
            return "(does not read such pages)"
        home = self.folder / case.id
        home.mkdir(parents=True)
        log = home / "errors"
        (home / "config").write_text(CONFIG.format(log=log, opener="true"), encoding="utf-8")
        words = [
            "newsboat",
            "-u",
            str(home / "urls"),
            "-c",
            str(home / "cache.db"),
            "-C",
            str(home / "config"),
        ]
        seen = Seen()
        env = {**os.environ, "LANG": "C.UTF-8"}
        if case.kind == "opml":
            return self._list(case, home, words, env)
        (home / "urls").write_text(f'{self.stage.url(case.id)} "~{case.id}"\n', encoding="utf-8")
        self.stage.seeding = True
        measured([*words, "-x", "reload"], env, 60)
        self.stage.seeding = False
        self.stage.asked.clear()
        for _ in range(3):
            code, taken, memory, out, err = measured([*words, "-x", "reload"], env, case.deadline + 45)
            seen.code, seen.seconds, seen.memory = code, max(seen.seconds, taken), max(seen.memory, memory)
            seen.output += out + err
            if taken > case.deadline:
                break
        seen.asked = self.stage.requests(case.id)
        seen.error = log.read_text("utf-8", "replace").strip()[-300:].splitlines()[-1] if _has(log) else ""
        seen.config = (home / "urls").read_text(encoding="utf-8")
        with contextlib.suppress(sqlite3.Error):
            connection = sqlite3.connect(home / "cache.db")
            connection.text_factory = lambda data: data.decode("utf-8", "replace")
            titles = [row[0] for row in connection.execute("select title from rss_item where deleted = 0")]
            connection.close()
            seen.kept = KEPT in titles
            seen.titles = [title for title in titles if title != KEPT]
        with Terminal(words, 40, 120) as terminal:
            try:
                terminal.wait_for(case.id, 20)
                for key in ("enter", "enter", "q", "q"):
                    terminal.press(key)
                    terminal.settle(0.15, timeout=10)
                    seen.screen += terminal.text
            except (TimeoutError, OSError):
                seen.alive = terminal.exit_code in (None, 0)
            seen.raw, seen.window = terminal.raw, terminal.title
        # What ncurses itself sends at its start and end.
        for honest in (b"\x1b[?1049h", b"\x1b(B", b"\x1b)0", b"\x1b]104\x07"):
            seen.raw = seen.raw.replace(honest, b"")
        return "; ".join(judge(case, seen)) or "holds"

    def _list(self, case: Case, home: Path, words: list[str], env: dict[str, str]) -> str:
        import urllib.request

        path = home / "list.opml"
        path.write_bytes(urllib.request.urlopen(self.stage.url(case.id), timeout=20).read())
        (home / "urls").touch()
        seen = Seen()
        seen.code, seen.seconds, seen.memory, out, err = measured([*words, "-i", str(path)], env, 60)
        seen.output = out + err
        urls = (home / "urls").read_text("utf-8", "replace").splitlines()
        seen.config = "\n".join(f'url = "{line.split()[0]}"' for line in urls if line.split())
        seen.error = err.decode("utf-8", "replace").strip()[:200]
        return "; ".join(judge(case, seen)) or "holds"


def _has(path: Path) -> bool:
    return path.exists() and path.stat().st_size > 0
