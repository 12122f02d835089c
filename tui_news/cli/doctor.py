"""`tui-news doctor`: what is installed, where things are, what is wrong; and a report of it all."""

from __future__ import annotations

import locale
import os
import platform
import sys
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_news import __version__
from tui_news.cli.output import DONE, FAILED, CommandError, complain, write, write_json
from tui_news.i18n import _
from tui_news.paths import Places, shipped
from tui_news.text.clean import clean_line

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom import Newsroom


def _check_cache(newsroom: Newsroom, repair: bool) -> list[str]:
    """Every record of the cache and of the reader's state."""
    from tui_news.cache import CacheError

    try:
        return newsroom.cache.check(repair=repair)
    except CacheError as error:
        return [str(error)]


def _check_index(newsroom: Newsroom, repair: bool) -> list[str]:
    """The search index, which is made anew by itself when it is found damaged."""
    from tui_news.index.schema import examine
    from tui_news.newsroom.indexing import index_path

    found = examine(index_path(newsroom.places))
    return [found] if found else []


CHECKS: tuple[Callable[[Newsroom, bool], list[str]], ...] = (_check_cache, _check_index)
"""What is looked at, in this order: each gives what is wrong, a line each, and with `repair` mends it."""


def faults(newsroom: Newsroom, *, repair: bool) -> list[str]:
    """What all checks find."""
    return [line for check in CHECKS for line in check(newsroom, repair)]


def write_bundle(newsroom: Newsroom, name: str, wrong: list[str], terminal: dict[str, Any] | None) -> int:
    """`doctor --bundle`: a report without the reader's addresses, history or credentials, into a new file or,
    for `-`, to stdout."""
    import json

    from tui_news.newsroom.bundle import bundle

    text = json.dumps(bundle(newsroom, wrong, terminal), ensure_ascii=False, indent=1) + "\n"
    if name == "-":
        write(text)
        return DONE
    path = Path(name)
    try:
        with path.open("x", encoding="utf-8") as file:
            file.write(text)
    except FileExistsError:
        raise CommandError(_("{name} exists; name another file", name=name)) from None
    except OSError as error:
        raise CommandError(f"{name}: {error.strerror or error}") from error
    write(
        _(
            "Wrote {name}: read it before you send it; it names no source, address or article of yours",
            name=name,
        )
    )
    return DONE


def doctor(options: Namespace) -> int:
    """`doctor`: what is installed, where things are, what the terminal can, what is wrong; 1 when something
    is."""
    as_json = options.format == "json"

    def say(text: str) -> None:
        if not as_json and options.bundle is None:
            write(text)

    places = Places.of_user()
    say(f"tui-news {__version__}, Python {platform.python_version()} on {platform.system()}")
    for name in ("textual", "rich", "httpx", "tinydb", "lxml"):
        say(f"  {name} {_version(name)}")
    size = _("no terminal")
    if sys.stdout.isatty():
        columns, lines = os.get_terminal_size()
        size = f"{columns}×{lines}"
    term = clean_line(os.environ.get("TERM", ""), 80) or _("TERM is not set")
    encoding = locale.getpreferredencoding(False)
    say(_("terminal {term}, {size}, {encoding}", term=term, size=size, encoding=encoding))
    for name, path in (("config", places.config), ("cache", places.cache), ("data", places.data)):
        there = _existing(path)
        state = _("writable") if os.path.isdir(there) and os.access(there, os.W_OK) else _("NOT writable")
        say(f"{name:<8} {path} ({state}{'' if path.exists() else _(', not made yet')})")
    wrong = [
        _("{name} is missing from the installation", name=name)
        for name in ("styles", "cache")
        if not shipped(name).is_dir()
    ]
    from tui_news.cli import terminal
    from tui_news.newsroom import Newsroom

    with Newsroom.open() as newsroom:
        found = terminal.ask(newsroom)
        for line in terminal.lines(found):
            say(line)
        from tui_news.newsroom.setting import lacking

        wrong += [*newsroom.problems, *lacking(newsroom.config)]
        failing = [
            f"{newsroom.source_name(source.id)}: {newsroom.cache.status(source.id).error}"
            for source in newsroom.subscriptions.sources
            if newsroom.cache.status(source.id).error
        ]
        counts = list(newsroom.cache.counts(None).values())
        say(
            _(
                "{sources} sources, {articles} articles, {unread} unread",
                sources=len(newsroom.subscriptions.sources),
                articles=sum(c.total for c in counts),
                unread=sum(c.unread for c in counts),
            )
        )
        wrong += faults(newsroom, repair=options.repair)
        if options.bundle is not None:
            return write_bundle(newsroom, options.bundle, wrong, found)
        sources = len(newsroom.subscriptions.sources)
    if as_json:
        write_json(
            program=__version__,
            python=platform.python_version(),
            system=platform.system(),
            places={"config": str(places.config), "cache": str(places.cache), "data": str(places.data)},
            terminal=found,
            sources=sources,
            articles=sum(c.total for c in counts),
            unread=sum(c.unread for c in counts),
            wrong=wrong,
            failing=failing,
        )
        return FAILED if wrong else DONE
    for message in wrong:
        complain(message)
    for message in failing:
        complain(message)
    say(
        _("Something is wrong, see above.")
        if wrong
        else _("All is well.")
        if not failing
        else _("The files are well.")
    )
    return FAILED if wrong else DONE


def _existing(path: os.PathLike[str]) -> str:
    """The path, or the nearest folder above it that exists."""
    text = os.fspath(path)
    while not os.path.exists(text) and os.path.dirname(text) != text:
        text = os.path.dirname(text)
    return text


def _version(name: str) -> str:
    from importlib.metadata import PackageNotFoundError, version

    try:
        return version(name)
    except PackageNotFoundError:
        return _("is missing")
