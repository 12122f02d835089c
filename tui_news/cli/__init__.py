"""The command line: one run of a verb, its exit code, and one line for what goes wrong.

A verb imports what it needs inside itself, so that each starts fast.
"""

from __future__ import annotations

import gc
import os
import sys

from tui_news.cli.output import DONE, FAILED, USAGE, CommandError, complain, prepare_streams
from tui_news.i18n import _, use

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Sequence


def run(arguments: Sequence[str]) -> int:
    """Run one command line; returns its exit code. Complaints go to stderr, a line each."""
    prepare_streams()
    use()
    try:
        code = _run(arguments)
        sys.stdout.flush()
        return code
    except CommandError as error:
        complain(str(error))
        return error.code
    except BrokenPipeError:
        # The reader of our output has gone: nothing more to say.
        _forget_output()
        return DONE
    except KeyboardInterrupt:
        _forget_output()
        return 130
    except Exception as error:
        return _failed(error)


def _run(arguments: Sequence[str]) -> int:
    if not arguments:
        return _browse()
    from tui_news.cli.usual import usual

    options = usual(arguments)
    if options is None:
        from tui_news.cli.parser import parse

        try:
            options = parse(arguments)
        except SystemExit as end:  # after --help and --version
            return int(end.code or 0)
    if not hasattr(options, "run") and options.linear:
        return _browse(linear=True)
    if not hasattr(options, "run"):
        raise CommandError(_("a verb is needed; `tui-news --help` shows what there is"), USAGE)
    module, _colon, name = options.run.partition(":")
    verb = getattr(__import__(f"tui_news.cli.{module}", fromlist=[name]), name)
    gc.freeze()
    gc.enable()
    code: int = verb(options)
    return code


def _failed(error: Exception) -> int:
    """One line for what no verb has foreseen; with TUI_NEWS_DEBUG also where it happened."""
    from tui_news.cache import CacheError

    if os.environ.get("TUI_NEWS_DEBUG"):
        import traceback

        traceback.print_exception(error)
    if isinstance(error, CacheError):
        complain(str(error))
    elif isinstance(error, OSError):
        # A full disk behind the output comes here too, and must not come again when Python exits.
        complain(f"{error.filename or 'output'}: {error.strerror or error}")
        _forget_output()
    else:
        from tui_news.newsroom.log import note_fault
        from tui_news.paths import Places

        note_fault(Places.of_user(), error)
        what = f"{type(error).__name__}: {error}"
        complain(
            _("a fault of the program ({what}); please report it with what TUI_NEWS_DEBUG=1 shows", what=what)
        )
    return FAILED


def _forget_output() -> None:
    """Let what is still unwritten go nowhere: Python would try again at exit, and complain."""
    real = sys.__stdout__
    if real is not None and sys.stdout is real:
        os.dup2(os.open(os.devnull, os.O_WRONLY), real.fileno())


def _browse(linear: bool = False) -> int:
    from tui_news import early

    try:
        return _face(linear)
    finally:
        # Nobody has taken the terminal over: what is said now is said on the reader's own screen.
        early.give_back()


def _face(linear: bool) -> int:
    from tui_news import early
    from tui_news.config import load_config
    from tui_news.paths import Places

    choice = "on" if linear else load_config(Places.of_user()).text("ui.linear")
    in_terminal = sys.stdin is not None and sys.stdin.isatty() and sys.stdout.isatty()
    if in_terminal or choice == "on":
        from tui_news.cli.face import is_linear

        if is_linear(choice):
            from tui_news.linear.run import run as talk

            early.give_back()
            gc.freeze()
            gc.enable()
            return talk()
    if not in_terminal:
        raise CommandError(
            _("the browser needs a terminal; `tui-news headlines` and `tui-news --linear` work in a pipe"),
            USAGE,
        )
    from tui_news.ui.opening import opened

    newsroom = opened()  # what the reader sees while the rest is loaded
    from tui_news.ui.app import run as browse

    return browse(newsroom)
