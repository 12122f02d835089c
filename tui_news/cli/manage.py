"""`tui-news config` and `tui-news doctor`."""

from __future__ import annotations

import locale
import os
import platform
import sys
from typing import TYPE_CHECKING

from tui_news import __version__
from tui_news.cli.output import DONE, FAILED, NOTHING, USAGE, CommandError, complain, write, write_json
from tui_news.config import ConfigError, config_get, config_set, config_show, load_config
from tui_news.config.files import FileError
from tui_news.i18n import _
from tui_news.paths import Places, shipped
from tui_news.text.width import pad

if TYPE_CHECKING:
    from argparse import Namespace


def config_path(options: Namespace) -> int:
    """`config path`: where the reader's files are."""
    from tui_news.newsroom import files_of

    for name, path in files_of(Places.of_user()).items():
        write(f"{name:<8} {path}")
    return DONE


def config_show_all(options: Namespace) -> int:
    """`config show`: every setting with its value, its default marked, and what it does."""
    config = load_config(Places.of_user())
    for problem in config.problems:
        complain(problem)
    for key, value, is_default, help_text in config_show(config):
        sign = " " if is_default else "*"
        write(f"{sign} {pad(f'{key} = {value}', 40)}  {help_text}")
    return DONE


def config_get_one(options: Namespace) -> int:
    """`config get KEY`: a setting's value."""
    try:
        write(config_get(Places.of_user(), options.key))
    except ConfigError as error:
        raise CommandError(str(error), NOTHING) from error
    return DONE


def config_set_one(options: Namespace) -> int:
    """`config set KEY VALUE`: written to `config.toml`, comments kept."""
    try:
        config_set(Places.of_user(), options.key, options.value)
    except ConfigError as error:
        # What the file system refused is no wrong use.
        raise CommandError(str(error), FAILED if isinstance(error.__cause__, FileError) else USAGE) from error
    return DONE


def doctor(options: Namespace) -> int:
    """`doctor`: what is installed, where things are, what the terminal can, what is wrong; 1 when something
    is."""
    as_json = options.format == "json"

    def say(text: str) -> None:
        if not as_json:
            write(text)

    places = Places.of_user()
    say(f"tui-news {__version__}, Python {platform.python_version()} on {platform.system()}")
    for name in ("textual", "rich", "httpx", "tinydb", "lxml"):
        say(f"  {name} {_version(name)}")
    size = _("no terminal")
    if sys.stdout.isatty():
        columns, lines = os.get_terminal_size()
        size = f"{columns}×{lines}"
    term = os.environ.get("TERM") or _("TERM is not set")
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
    from tui_news.cache import CacheError
    from tui_news.cli import terminal
    from tui_news.newsroom import Newsroom

    with Newsroom.open() as newsroom:
        found = terminal.ask(newsroom)
        for line in terminal.lines(found):
            say(line)
        wrong += newsroom.problems
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
        try:
            wrong += newsroom.cache.check(repair=options.repair)
        except CacheError as error:
            wrong.append(str(error))
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
