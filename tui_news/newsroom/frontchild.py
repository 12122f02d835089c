"""Has the front page worked out by a process of its own, which outlives the one that asks for it."""

from __future__ import annotations

import contextlib
import os
import sys
import time
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import IO, TYPE_CHECKING

from tui_news.cache.errors import CacheError

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom


def start(newsroom: Newsroom) -> None:
    """Have the page worked out and return at once: no key and no verb waits for it. What goes wrong there
    leaves the page as it was."""
    import subprocess

    from tui_news.newsroom import now
    from tui_news.newsroom.reaping import let_go

    if os.environ.get("TUI_NEWS_FRONT") == "never":
        return
    places = newsroom.places
    with contextlib.suppress(OSError):
        child = subprocess.Popen(  # noqa: S603 - our own module under our own interpreter
            [
                sys.executable, "-m", "tui_news.newsroom.frontchild", str(places.config), str(places.cache),
                str(places.data), now().isoformat(), repr(time.time()),
            ],
            stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
            start_new_session=True,
        )  # fmt: skip
        let_go(child)


@contextlib.contextmanager
def _turn(path: Path, asked: float) -> Iterator[bool]:
    """One child at a time. False when another began after this one was `asked` for (seconds): it has seen
    all that this one would see."""
    try:
        import fcntl

        file: IO[str] = open(path, "a+")  # noqa: SIM115 - closed below, with the lock
        fcntl.flock(file, fcntl.LOCK_EX)
    except (ImportError, OSError):
        yield True  # two at once cost time, and do no harm
        return
    with file:
        file.seek(0)
        with contextlib.suppress(ValueError):
            begun = float(file.read(40) or 0)
            if asked < begun <= time.time():
                yield False
                return
        with contextlib.suppress(OSError):
            file.truncate(0)
            file.write(repr(time.time()))
            file.flush()
        yield True


def main(arguments: Sequence[str]) -> int:
    """The child process: config, cache and data folder, the time of the newspaper, when it was asked for."""
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.frontmaking import build
    from tui_news.paths import Places

    config, cache, data, moment, asked = arguments
    places = Places(Path(config), Path(cache), Path(data))
    with _turn(places.cache / "front.lock", float(asked)) as ours:
        try:
            if ours:
                with Newsroom.open(places) as newsroom:
                    build(newsroom, datetime.fromisoformat(moment))
        except CacheError:
            return 1
    return 0


if __name__ == "__main__":
    with contextlib.suppress(OSError, AttributeError):
        os.nice(10)
    sys.exit(main(sys.argv[1:]))
