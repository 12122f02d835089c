"""argparse over the table of verbs: for help, for errors, and for what `usual` leaves to it."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from typing import Any, NoReturn

from tui_news import __version__
from tui_news.cli.output import USAGE, CommandError, terminal_width
from tui_news.cli.verbs import VERBS
from tui_news.i18n import _

# argparse asks gettext for each word of its own, which takes 3 ms to find that there is no translation; ours
# knows its words as well.
argparse._ = lambda text: text and _(text)  # type: ignore[attr-defined]


class Formatter(argparse.HelpFormatter):
    """Help as wide as the terminal. argparse asks for a formatter at every option that is added, which is no
    time to look at the terminal."""

    width = 80

    def __init__(self, prog: str) -> None:
        super().__init__(prog, width=self.width - 2)

    # Messages are translated where they are laid out: most starts never print their help.
    def _get_help_string(self, action: argparse.Action) -> str | None:
        return _(action.help) if action.help else action.help

    def add_text(self, text: str | None) -> None:
        super().add_text(_(text) if text else text)


class Parser(argparse.ArgumentParser):
    """A parser whose error is one line, as all errors of the program are."""

    verb = ""

    def __init__(self, **options: Any) -> None:
        super().__init__(formatter_class=Formatter, **options)

    def format_help(self) -> str:
        Formatter.width = terminal_width()
        return super().format_help()

    def error(self, message: str) -> NoReturn:
        prog = f"{self.prog} {self.verb}".rstrip()
        raise CommandError(
            _("{message}; `{prog} --help` shows what there is", message=message, prog=prog), USAGE
        )


def parser(only: str = "") -> Parser:
    """The parser of all verbs, or of one: what is not asked for need not be built at each start. Each sets
    `run`, `module:function` of its `(Namespace) -> exit code`."""
    top = Parser(
        prog="tui-news",
        description="A newspaper in the terminal. Without a verb it opens the browser.",
        epilog="Exit codes: 0 done, 1 failed, 2 usage, 3 done in part, 4 nothing matched.",
    )
    top.verb = only
    top.add_argument("--version", action="version", version=f"tui-news {__version__}")
    top.add_argument("--linear", action="store_true", help="prompts and numbered lists instead of a screen")
    # argparse would lay out a whole usage line to learn the program's name.
    verbs = top.add_subparsers(title="verbs", metavar="VERB", prog="tui-news")
    for name, (help_text, add) in VERBS.items():
        if only in ("", name):
            add(verbs.add_parser(name, help=help_text, description=_sentence(_(help_text))))
    return top


def parse(arguments: Sequence[str]) -> argparse.Namespace:
    """The options of a command line. Raises `CommandError`; SystemExit after --help and --version."""
    reader = parser(arguments[0] if arguments[0] in VERBS else "")
    options, rest = reader.parse_known_args(arguments)
    if rest:
        # A query may hold words with a minus before them.
        if not hasattr(options, "query") or any(word.startswith("--") for word in rest):
            reader.error(_("unrecognized arguments: %s") % " ".join(rest))
        options.query += rest
    return options


def _sentence(text: str) -> str:
    """A verb's help as the sentence that it opens its own page with."""
    return f"{text[0].upper()}{text[1:]}{'.' if text.isascii() else '。'}"
