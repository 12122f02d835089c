"""Linear mode from its first line to its last: the conversation, its signals and its end."""

from __future__ import annotations

import contextlib
import signal
import sys
from collections.abc import Iterable
from types import FrameType
from typing import NoReturn

from tui_news.cache.errors import CacheError
from tui_news.fetch.errors import FetchError
from tui_news.i18n import _, many
from tui_news.linear.commands import do, vocabulary
from tui_news.linear.desk import Desk, LeaveError, RefusedError
from tui_news.linear.line import Line
from tui_news.newsroom import Newsroom
from tui_news.newsroom.follow import FollowError
from tui_news.portal.query import QueryError

PLAIN = (CacheError, FetchError, FollowError, QueryError, RefusedError, ValueError)
"""What a command may raise with a message for the reader."""


class _Ended(SystemExit):
    """A signal that ends the program."""


def _end(number: int, frame: FrameType | None) -> NoReturn:
    raise _Ended(128 + number)


def run() -> int:
    """Talk with the reader until he quits or the input ends; the exit code.

    Raises `cache.CacheError` when the cache cannot be opened at all, BrokenPipeError when nobody reads.
    """
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, _end)
    if sys.stdin is not None:
        with contextlib.suppress(AttributeError):
            sys.stdin.reconfigure(encoding="utf-8", errors="replace")  # type: ignore[union-attr]
    with Newsroom.open() as newsroom:
        desk = Desk(newsroom, Line())
        try:
            _begin(desk)
            _converse(desk)
        except _Ended as end:
            return int(end.code or 0)
        except OSError as error:
            if isinstance(error, BrokenPipeError) or desk.line.shown:
                # The reader, or the terminal, has gone: nobody is there to be told.
                raise BrokenPipeError from error
            raise
        finally:
            # Nothing that comes now may keep the place from being remembered.
            for number in (signal.SIGTERM, signal.SIGHUP):
                signal.signal(number, signal.SIG_IGN)
            with contextlib.suppress(OSError):
                desk.close()
    return 0


def _begin(desk: Desk) -> None:
    newsroom = desk.newsroom
    for problem in (*desk.key_problems, *newsroom.problems):
        desk.say(problem)
    desk.line.edit(vocabulary(), lambda line: _ends(desk, line))
    if desk.line.typed:
        desk.say(_("tui-news, linear. {help} for help, {quit} quits.",
                   help=desk.key("help"), quit=desk.key("quit")))  # fmt: skip
    desk.go(desk.view)
    due = newsroom.due() if desk.line.typed and not newsroom.cache.read_only else []
    if due:
        one = "{count} source is due; {key} asks for news."
        other = "{count} sources are due; {key} asks for news."
        desk.say(many(len(due), one, other, key=desk.key("refresh_all")))


def _converse(desk: Desk) -> None:
    while True:
        try:
            line = desk.line.ask(desk.prompt)
        except KeyboardInterrupt:
            desk.say("", _("{key} quits.", key=desk.key("quit")))
            continue
        if line is None:
            return
        try:
            desk.newsroom.cache.poll()
            do(desk, line[:10_000])
        except LeaveError:
            return
        except KeyboardInterrupt:
            desk.say("", _("Stopped."))
        except PLAIN as error:
            desk.say(str(error))


def _ends(desk: Desk, line: str) -> Iterable[str]:
    """How a line that has begun may end: sections behind `t` and `refresh`."""
    if line.split(" ", 1)[0] in (desk.key("tree"), "go", "section", "refresh", desk.key("refresh")):
        return ("/".join(path) for path in desk.newsroom.subscriptions.sections)
    return ()
