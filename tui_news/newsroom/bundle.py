"""The report of `tui-news doctor --bundle`: what helps to find a fault, without what is the reader's own.

It is made of numbers and of words that the program itself knows. Errors and messages are texts: from them go
every address, host, path, title, section and id of the reader's, and whatever looks like an address.
"""

from __future__ import annotations

import locale
import os
import platform
import re
from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlsplit

from tui_news import __version__
from tui_news.newsroom.log import last_lines

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom

LIBRARIES: Final = ("textual", "rich", "httpx", "httpcore", "tinydb", "lxml", "orjson", "brotli", "zstandard")
VARIABLES: Final = ("TERM", "COLORTERM", "LANG", "LC_ALL", "LC_CTYPE", "NO_COLOR", "TERM_PROGRAM")
_TOLD_KINDS: Final = ("integer", "flag", "choice")
_URL = re.compile(r"[a-zA-Z][a-zA-Z0-9+.-]{0,30}://[^\s“”\"'`)>]*")
_HOST = re.compile(
    r"(?<![\w.-])(?:[\w-]+\.)+[A-Za-z][\w-]+(?::\d+)?|\[[0-9a-fA-F:.]+\](?::\d+)?|\d+(?:\.\d+){3}(?::\d+)?"
)
_PATH = re.compile(r"(?<![\w>])/(?:[\w.@~+-]+/)*[\w.@~+-]+")
_QUOTED = re.compile(r"“[^”]*”")
_OURS: Final = frozenset({"sources.toml", "config.toml", "passwords.json", "tui-news", "log.txt"})


def bundle(newsroom: Newsroom, wrong: Iterable[str], terminal: dict[str, Any] | None) -> dict[str, Any]:
    """The report, as data for JSON."""
    scrub = Scrubber(newsroom)
    sources = newsroom.subscriptions.sources
    counts = newsroom.cache.counts([source.id for source in sources])
    rows: list[dict[str, Any]] = []
    for number, source in enumerate(sources, 1):
        status, count = newsroom.cache.status(source.id), counts.get(source.id)
        rows.append(
            {
                "source": number,
                "kind": source.kind,
                "https": source.url.startswith("https:"),
                "paused": source.paused,
                "insecure": source.insecure,
                "depth": len(source.section),
                "http_status": status.status,
                "failures": status.failures,
                "gone": status.gone,
                "damaged": status.damaged,
                "latency_ms": round(status.latency * 1000),
                "received": status.received,
                "articles": count.total if count else 0,
                "error": scrub(status.error) or None,
            }
        )
    return {
        "version": 1,
        "program": __version__,
        "python": platform.python_version(),
        "system": f"{platform.system()} {platform.release()} {platform.machine()}",
        "encoding": locale.getpreferredencoding(False),
        "libraries": {name: _version(name) for name in LIBRARIES},
        "variables": {name: scrub(os.environ[name]) for name in VARIABLES if name in os.environ},
        "terminal": scrub.data(terminal),
        "settings": _settings(newsroom),
        "sources": rows,
        "files": _files(newsroom),
        "read_only": newsroom.cache.read_only,
        "problems": [scrub(line) for line in (*newsroom.problems, *wrong)],
        "log": [scrub(line) for line in last_lines(newsroom.places, 200)],
    }


def _settings(newsroom: Newsroom) -> dict[str, Any]:
    """What is set otherwise than by default: values that are numbers, flags or choices; of texts, that they
    are set."""
    from tui_news.config.settings import SETTINGS

    config = newsroom.config
    return {
        setting.key: config.get(setting.key) if setting.kind in _TOLD_KINDS else "(set)"
        for setting in SETTINGS
        if setting.key in config.own
    }


def _files(newsroom: Newsroom) -> dict[str, dict[str, int]]:
    """How many files of each kind lie in the reader's folders, and their bytes. No names."""
    found: dict[str, dict[str, int]] = {}
    for name in ("config", "cache", "data"):
        folder: Path = getattr(newsroom.places, name)
        for at, _folders, files in os.walk(folder):
            for each in files:
                kind = f"{name}/*{Path(each).suffix if len(Path(each).suffix) < 9 else ''}"
                row = found.setdefault(kind, {"files": 0, "bytes": 0})
                row["files"] += 1
                try:
                    row["bytes"] += os.stat(os.path.join(at, each)).st_size
                except OSError:
                    continue
    return found


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return "missing"


class Scrubber:
    """Takes what is the reader's own out of texts that the program has made."""

    def __init__(self, newsroom: Newsroom) -> None:
        places = newsroom.places
        own: dict[str, str] = {
            str(places.config): "<config>", str(places.cache): "<cache>", str(places.data): "<data>",
            str(Path.home()): "<home>",
        }  # fmt: skip
        for number, source in enumerate(newsroom.subscriptions.sources, 1):
            status = newsroom.cache.status(source.id)
            known = (
                source.url,
                source.address,
                source.title,
                status.title,
                source.home,
                source.id,
                source.site,
            )
            own.update(dict.fromkeys(known, f"<source {number}>"))
            own.update(dict.fromkeys(source.section, "<section>"))
            own.update(dict.fromkeys(source.tags, "<tag>"))
            for url in (source.url, source.home, status.moved):
                own[_host(url)] = f"<host of source {number}>"
        if user := os.environ.get("USER") or os.environ.get("LOGNAME"):
            own[user] = "<user>"
        # The longest first: an address goes before the host in it. What is short would hit common words.
        known_words = sorted((text for text in own if len(text) >= 3), key=len, reverse=True)
        self._own = own
        self._words = re.compile("|".join(map(re.escape, known_words))) if known_words else None

    def __call__(self, text: str) -> str:
        if self._words is not None:
            text = self._words.sub(lambda match: self._own[match[0]], text)
        text = _URL.sub("<address>", text)
        text = _PATH.sub("<path>", _QUOTED.sub("“…”", text))

        def host(match: re.Match[str]) -> str:
            return match[0] if match[0] in _OURS or ".py:" in match[0] else "<host>"

        return _HOST.sub(host, text)

    def data(self, value: Any) -> Any:
        """The same for every text in data."""
        if isinstance(value, str):
            return self(value)
        if isinstance(value, dict):
            return {key: self.data(each) for key, each in value.items()}
        return [self.data(each) for each in value] if isinstance(value, (list, tuple)) else value


def _host(url: str) -> str:
    try:
        return urlsplit(url).hostname or ""
    except ValueError:
        return ""
