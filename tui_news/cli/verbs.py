"""The verbs and their options: the one table that both ways of reading a command line go by.

`usual` reads the lines that people mostly write, `parser` (argparse) all others, help and errors.
"""

from __future__ import annotations

from tui_news.i18n import _

TYPE_CHECKING = False
if TYPE_CHECKING:
    import argparse
    from collections.abc import Callable, Mapping

FORMATS = ("plain", "json", "tsv")
MARKS = ("read", "unread", "star", "unstar", "later", "unlater", "debate", "undebate")
PARTS = ("state", "history", "articles", "sources", "searches", "rules")
SCOPES = ("news", "web", "blogs", "audio", "pictures", "forum")


def _headlines(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "section", nargs="*", metavar="SECTION", help="World, or World/Asia; front: the front page"
    )
    verb.add_argument("-n", type=_count, default=30, metavar="N", help="at most N (30; 0 for all)")
    verb.add_argument("--unread", action="store_true", help="only unread ones")
    verb.add_argument("--since", metavar="WHEN", help="2h, 3d, a date, or last (your last visit)")
    verb.add_argument("--source", action="append", metavar="S", help="only of this source")
    verb.add_argument("--tag", action="append", metavar="T", help="only with this tag")
    verb.add_argument("--format", choices=FORMATS, default="plain")
    verb.add_argument("--refresh", action="store_true", help="ask the sources first")
    verb.add_argument("--stories", action="store_true", help="events that several sources tell, a row each")
    verb.set_defaults(run="headlines:headlines")


def _read(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("target", help="URL, file, - (stdin), id, or number of the last headlines")
    verb.add_argument(
        "--format",
        choices=("text", "markdown", "html", "json"),
        help="default: text, or what FILE's name says",
    )
    verb.add_argument("--changes", action="store_true", help="what changed in it since you read it")
    verb.add_argument("--output", metavar="FILE", help="write it there; in a folder, under its headline")
    verb.add_argument("--force", action="store_true", help="write over a file that is there")
    verb.add_argument("--width", type=_count, metavar="N", help="columns of text (default: the terminal's)")
    verb.add_argument("--base-url", default="", metavar="URL", help="where a file or stdin came from")
    verb.add_argument("--charset", default="", metavar="NAME", help="read it in this charset")
    verb.set_defaults(run="read:read")


def _refresh(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("name", nargs="*", metavar="SOURCE|SECTION")
    verb.add_argument("--jobs", type=_count, metavar="N", help="how many at once")
    verb.add_argument("--due", action="store_true", help="only those whose interval has passed (for cron)")
    verb.add_argument("--format", choices=("plain", "json"), default="plain")
    verb.set_defaults(run="refresh:refresh")


def _search(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("query", nargs="+", metavar="QUERY")
    verb.add_argument("--scope", choices=SCOPES, default="", help="which kind of source; web asks the web")
    verb.add_argument("-n", type=_count, default=30, metavar="N", help="at most N (30; 0 for all)")
    verb.add_argument("--format", choices=FORMATS, default="plain")
    verb.add_argument("--web", action="store_true", help="ask the web searches of the scope, not the cache")
    verb.add_argument("--engine", default="", metavar="NAME", help="ask this web search alone")
    verb.add_argument(
        "--save", nargs="?", const=True, default=False, metavar="NAME",
        help="keep it as a section of this name; with --web follow the searches that are asked",
    )  # fmt: skip
    verb.add_argument("--section", default="", metavar="SECTION", help="where --save puts it")
    verb.set_defaults(run="search:search")


def _comments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "target", nargs="?", default="", metavar="TARGET",
        help="id, number of the last headlines, or URL; none lists the most discussed",
    )  # fmt: skip
    verb.add_argument("--cached", action="store_true", help="as they were last read; no network")
    verb.add_argument("--new", action="store_true", help="only those since the last visit in the app")
    verb.add_argument("-n", type=_count, default=0, metavar="N", help="at most N (all)")
    verb.add_argument("--width", type=_count, metavar="N", help="columns of text (default: the terminal's)")
    verb.add_argument("--format", choices=(*FORMATS, "markdown"), default="plain")
    verb.set_defaults(run="comments:comments")


def _notes(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("target", nargs="?", default="", metavar="TARGET",
                      help="id, or number of the last headlines; none lists all notes")  # fmt: skip
    verb.add_argument("text", nargs="*", metavar="TEXT", help="the note to write; - reads it from stdin")
    verb.add_argument("--clear", action="store_true", help="take the note off")
    verb.add_argument("--debate", action="store_true", help="the articles that are up for debate")
    verb.add_argument("--format", choices=("plain", "markdown", "json", "tsv"), default="plain")
    verb.set_defaults(run="notes:notes")


def _topics(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("-n", type=_count, default=20, metavar="N", help="at most N of each (20)")
    verb.add_argument("--format", choices=FORMATS, default="plain")
    verb.set_defaults(run="search:topics")


def _sources(verb: argparse.ArgumentParser) -> None:
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
    undo = steps.add_parser("undo", help="take back the last change of sources and sections")
    undo.set_defaults(run="sources:undo_last")
    password = steps.add_parser("password", help="give a source a name and a password, kept apart")
    password.add_argument("name", metavar="SOURCE", help="id, URL or title")
    password.add_argument("--user", metavar="NAME", help="else it is asked for")
    password.add_argument("--forget", action="store_true", help="forget the one that is kept")
    password.set_defaults(run="trust:password")
    certificate = steps.add_parser(
        "certificate", help="take any certificate of a source's host, or only good ones"
    )
    certificate.add_argument("name", metavar="SOURCE", help="id, URL or title")
    certificate.add_argument("what", choices=("any", "good"))
    certificate.add_argument("--yes", action="store_true", help="do not ask")
    certificate.set_defaults(run="trust:certificate")
    importing = steps.add_parser("import", help="OPML, or a newsboat urls file")
    importing.add_argument("file", metavar="FILE", help="a file, or - for stdin")
    importing.set_defaults(run="sources:import_file")
    steps.add_parser("export", help="all sources as OPML").set_defaults(run="sources:export_all")
    check = steps.add_parser("check", help="ask each source now, paused and gone ones too")
    check.add_argument("name", nargs="*", metavar="SOURCE|SECTION")
    check.add_argument("--format", choices=("plain", "json"), default="plain")
    check.set_defaults(run="sources:check_all")


def _mark(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("what", choices=MARKS)
    verb.add_argument("target", nargs="+", metavar="TARGET", help="id, or number of the last headlines")
    verb.set_defaults(run="marks:mark")


def _undo(verb: argparse.ArgumentParser) -> None:
    verb.set_defaults(run="marks:undo")


def _export(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "file", nargs="?", default="-", metavar="FILE", help="name.jsonl, .jsonl.gz, .jsonl.zst; - is stdout"
    )
    verb.add_argument("--without", action="append", default=[], choices=PARTS, help="leave a part out")
    verb.set_defaults(run="moving:export")


def _import(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", metavar="FILE", help="an export, however compressed; - is stdin")
    verb.add_argument("--without", action="append", default=[], choices=PARTS, help="leave a part out")
    verb.add_argument("--dry-run", action="store_true", help="only say what would change")
    verb.set_defaults(run="moving:take")


def _rules(verb: argparse.ArgumentParser) -> None:
    steps = verb.add_subparsers(metavar="ACTION", required=True)
    listing = steps.add_parser("list", help="your rules, and how many cached articles each matches")
    listing.add_argument("--format", choices=FORMATS, default="plain")
    listing.set_defaults(run="rules:list_all")
    trying = steps.add_parser("test", help="the cached articles that a query matches")
    trying.add_argument("query", nargs="+", metavar="QUERY")
    trying.add_argument("-n", type=_count, default=30, metavar="N", help="at most N (30; 0 for all)")
    trying.add_argument("--format", choices=FORMATS, default="plain")
    trying.set_defaults(run="rules:test")
    adding = steps.add_parser("add", help="add a rule, and apply it to what is cached")
    adding.add_argument("do", metavar="DO", help="hide, read, star, tag:NAME; several with commas")
    adding.add_argument("query", nargs="+", metavar="QUERY")
    adding.set_defaults(run="rules:add")
    removing = steps.add_parser("remove", help="remove a rule, with what it hid and tagged")
    removing.add_argument("number", type=_count, metavar="NUMBER", help="of `rules list`")
    removing.set_defaults(run="rules:remove")
    applying = steps.add_parser("apply", help="make what is cached what the rules say")
    applying.set_defaults(run="rules:apply")
    reason = steps.add_parser("why", help="which rules an article answers")
    reason.add_argument("target", metavar="TARGET", help="id, or number of the last headlines")
    reason.set_defaults(run="rules:why")


def _sync(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "folder", nargs="?", default="", metavar="FOLDER", help="default: the setting sync.folder"
    )
    verb.set_defaults(run="moving:sync")


def _config(verb: argparse.ArgumentParser) -> None:
    steps = verb.add_subparsers(metavar="ACTION", required=True)
    steps.add_parser("path", help="where the files are").set_defaults(run="manage:config_path")
    steps.add_parser("show", help="all settings").set_defaults(run="manage:config_show_all")
    get = steps.add_parser("get", help="one setting")
    get.add_argument("key")
    get.set_defaults(run="manage:config_get_one")
    change = steps.add_parser("set", help="change a setting")
    change.add_argument("key")
    change.add_argument("value")
    change.set_defaults(run="manage:config_set_one")


def _doctor(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("--repair", action="store_true", help="mend what can be mended")
    verb.add_argument(
        "--bundle", nargs="?", const="tui-news-report.json", metavar="FILE",
        help="write a report that names no source, address or article of yours",
    )  # fmt: skip
    verb.add_argument("--format", choices=("plain", "json"), default="plain")
    verb.set_defaults(run="doctor:doctor")


VERBS: Mapping[str, tuple[str, Callable[[argparse.ArgumentParser], None]]] = {
    "headlines": ("print headlines from the cache", _headlines),
    "read": ("print an article", _read),
    "refresh": ("ask sources for news", _refresh),
    "search": ("search the cached articles, or the web", _search),
    "comments": ("print the comments on an article, or the most discussed", _comments),
    "notes": ("your notes on articles: list, write, export", _notes),
    "topics": ("hot topics and tags of the cached articles", _topics),
    "sources": ("list, add and remove sources", _sources),
    "mark": ("mark articles", _mark),
    "undo": ("undo the last mark", _undo),
    "rules": ("what is hidden, marked and tagged by itself", _rules),
    "export": ("write out marks, notes, sources and kept articles as one file", _export),
    "import": ("merge such a file into what is here", _import),
    "sync": ("make marks and notes the same on machines that share a folder", _sync),
    "config": ("see and change settings", _config),
    "doctor": ("check the installation, the files, the cache and the terminal", _doctor),
}
"""Each verb with its help and what adds its options."""


def _count(text: str) -> int:
    """A whole number of at least 0, for argparse."""
    if not (text.isascii() and text.isdecimal() and len(text) < 10):
        import argparse

        raise argparse.ArgumentTypeError(_("“{text}” is no whole number of at least 0", text=text))
    return int(text)
