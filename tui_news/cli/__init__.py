"""The command line: verbs and options. A verb imports what it needs inside itself: each starts fast."""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from typing import TYPE_CHECKING

from tui_news import __version__
from tui_news.cli.output import DONE, FAILED, USAGE, CommandError, complain, prepare_streams

if TYPE_CHECKING:
    import argparse

FORMATS = ("plain", "json", "tsv")
MARKS = ("read", "unread", "star", "unstar", "later", "unlater")
SCOPES = ("news", "web", "blogs", "audio", "pictures", "forum")


def parser() -> argparse.ArgumentParser:
    """The parser of all verbs; each sets `run`, `module:function` of its `(Namespace) -> exit code`."""
    import argparse

    top = argparse.ArgumentParser(
        prog="tui-news",
        description="A newspaper in the terminal. Without a verb it opens the browser.",
        epilog="Exit codes: 0 done, 1 failed, 2 usage, 3 done in part, 4 nothing matched.",
    )
    top.add_argument("--version", action="version", version=f"tui-news {__version__}")
    verbs = top.add_subparsers(title="verbs", metavar="VERB")

    headlines = verbs.add_parser("headlines", help="print headlines from the cache")
    headlines.add_argument("section", nargs="*", metavar="SECTION", help="World, or World/Asia")
    headlines.add_argument("-n", type=_count, default=30, metavar="N", help="at most N (30; 0 for all)")
    headlines.add_argument("--unread", action="store_true", help="only unread ones")
    headlines.add_argument("--since", metavar="WHEN", help="2h, 3d, a date, or last (your last visit)")
    headlines.add_argument("--source", action="append", metavar="S", help="only of this source")
    headlines.add_argument("--tag", action="append", metavar="T", help="only with this tag")
    headlines.add_argument("--format", choices=FORMATS, default="plain")
    headlines.add_argument("--refresh", action="store_true", help="ask the sources first")
    headlines.set_defaults(run="news:headlines")

    read = verbs.add_parser("read", help="print an article")
    read.add_argument("target", help="URL, file, - (stdin), id, or number of the last headlines")
    read.add_argument("--format", choices=("text", "markdown", "json"), default="text")
    read.add_argument("--width", type=_count, metavar="N", help="columns of text (default: the terminal's)")
    read.add_argument("--base-url", default="", metavar="URL", help="where a file or stdin came from")
    read.add_argument("--charset", default="", metavar="NAME", help="read it in this charset")
    read.set_defaults(run="news:read")

    refresh = verbs.add_parser("refresh", help="ask sources for news")
    refresh.add_argument("name", nargs="*", metavar="SOURCE|SECTION")
    refresh.add_argument("--jobs", type=_count, metavar="N", help="how many at once")
    refresh.add_argument("--due", action="store_true", help="only those whose interval has passed (for cron)")
    refresh.add_argument("--format", choices=("plain", "json"), default="plain")
    refresh.set_defaults(run="news:refresh")

    search = verbs.add_parser("search", help="search the cached articles, or the web")
    search.add_argument("query", nargs="+", metavar="QUERY")
    search.add_argument("--scope", choices=SCOPES, default="", help="which kind of source; web asks the web")
    search.add_argument("-n", type=_count, default=30, metavar="N", help="at most N (30; 0 for all)")
    search.add_argument("--format", choices=FORMATS, default="plain")
    search.set_defaults(run="news:search")

    topics = verbs.add_parser("topics", help="hot topics and tags of the cached articles")
    topics.add_argument("-n", type=_count, default=20, metavar="N", help="at most N of each (20)")
    topics.add_argument("--format", choices=FORMATS, default="plain")
    topics.set_defaults(run="news:topics")

    _add_sources(verbs)

    mark = verbs.add_parser("mark", help="mark articles")
    mark.add_argument("what", choices=MARKS)
    mark.add_argument("target", nargs="+", metavar="TARGET", help="id, or number of the last headlines")
    mark.set_defaults(run="news:mark")
    undo = verbs.add_parser("undo", help="undo the last mark")
    undo.set_defaults(run="news:undo")

    config = verbs.add_parser("config", help="see and change settings")
    steps = config.add_subparsers(metavar="ACTION", required=True)
    steps.add_parser("path", help="where the files are").set_defaults(run="manage:config_path")
    steps.add_parser("show", help="all settings").set_defaults(run="manage:config_show_all")
    get = steps.add_parser("get", help="one setting")
    get.add_argument("key")
    get.set_defaults(run="manage:config_get_one")
    change = steps.add_parser("set", help="change a setting")
    change.add_argument("key")
    change.add_argument("value")
    change.set_defaults(run="manage:config_set_one")

    doctor = verbs.add_parser("doctor", help="check the installation, the files and the cache")
    doctor.add_argument("--repair", action="store_true", help="mend what can be mended")
    doctor.set_defaults(run="manage:doctor")
    return top


def _add_sources(verbs: argparse._SubParsersAction[argparse.ArgumentParser]) -> None:
    verb = verbs.add_parser("sources", help="list, add and remove sources")
    steps = verb.add_subparsers(metavar="ACTION", required=True)
    listing = steps.add_parser("list", help="your sources and their state")
    listing.add_argument("--format", choices=FORMATS, default="plain")
    listing.set_defaults(run="sources:list_all")
    catalog = steps.add_parser("catalog", help="well-known sources to follow")
    catalog.add_argument("query", nargs="*", metavar="WORD")
    catalog.add_argument("--category")
    catalog.add_argument("--language")
    catalog.add_argument("--format", choices=FORMATS, default="plain")
    catalog.set_defaults(run="sources:list_catalog")
    add = steps.add_parser("add", help="add a feed, or what a page announces")
    add.add_argument("url", metavar="URL", help="address, or id of a catalogue entry")
    add.add_argument("--section", default="", help="World, or World/Asia")
    add.add_argument("--title", default="")
    add.add_argument("--choose", type=_count, metavar="N", help="take the Nth of what is found")
    add.set_defaults(run="sources:add_one")
    remove = steps.add_parser("remove", help="remove sources")
    remove.add_argument("name", nargs="+", metavar="SOURCE", help="id, URL or title")
    remove.set_defaults(run="sources:remove_some")
    importing = steps.add_parser("import", help="OPML, or a newsboat urls file")
    importing.add_argument("file", metavar="FILE", help="a file, or - for stdin")
    importing.set_defaults(run="sources:import_file")
    steps.add_parser("export", help="all sources as OPML").set_defaults(run="sources:export_all")
    check = steps.add_parser("check", help="ask each source now, paused and gone ones too")
    check.add_argument("name", nargs="*", metavar="SOURCE|SECTION")
    check.add_argument("--format", choices=("plain", "json"), default="plain")
    check.set_defaults(run="sources:check_all")


def _count(text: str) -> int:
    """A whole number of at least 0, for argparse."""
    number = int(text)
    if number < 0:
        raise ValueError(text)
    return number


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code. Complaints go to stderr, a line each."""
    prepare_streams()
    try:
        if not arguments:
            return _browse()
        options = parser().parse_args(arguments)
        if not hasattr(options, "run"):
            return USAGE
        module, _, name = options.run.partition(":")
        verb = getattr(import_module(f"tui_news.cli.{module}"), name)
        code: int = verb(options)
        sys.stdout.flush()
        return code
    except CommandError as error:
        complain(str(error))
        return error.code
    except BrokenPipeError:
        # The reader of our output has gone: nothing more to say. Python would complain at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return DONE
    except KeyboardInterrupt:
        return 130
    except Exception as error:
        from tui_news.cache import CacheError

        if isinstance(error, CacheError):
            complain(str(error))
            return FAILED
        raise


def _browse() -> int:
    if not (sys.stdin.isatty() and sys.stdout.isatty()):
        raise CommandError("the browser needs a terminal; `tui-news headlines` works in a pipe", USAGE)
    from tui_news.ui.app import run as browse

    return browse()
