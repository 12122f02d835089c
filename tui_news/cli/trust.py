"""`tui-news sources password` and `sources certificate`: what a reader trusts one source with."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui_news.cli.desk import open_newsroom
from tui_news.cli.output import DONE, NOTHING, USAGE, CommandError, complain, write
from tui_news.i18n import _, mark
from tui_news.model import Source
from tui_news.newsroom.follow import FollowError

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom import Newsroom


def _one(newsroom: Newsroom, name: str) -> Source:
    """The one source of that id, URL or title. Raises CommandError."""
    wanted = name.casefold().strip()
    hits = [
        source
        for source in newsroom.subscriptions.sources
        if wanted in (source.id, source.url.casefold(), source.address.casefold(), source.title.casefold())
    ]
    if len(hits) != 1:
        why = _("{hits} sources are called", hits=len(hits)) if hits else _("no source is called")
        raise CommandError(
            _("{why} {name}; `tui-news sources list` shows their ids", why=why, name=name), NOTHING
        )
    return hits[0]


def password(options: Namespace) -> int:
    """`sources password`: asked for without an echo, or read from stdin: one line, or NAME:PASSWORD."""
    with open_newsroom() as newsroom:
        source = _one(newsroom, options.name)
        try:
            if options.forget:
                if not newsroom.trust.forget_password(source):
                    complain(_("{name} has no password", name=source.name))
                    return NOTHING
                write(_("Forgot the password of {name}", name=source.name))
                return DONE
            user, secret = _asked(options.user, source)
            where = newsroom.trust.give_password(source, user, secret)
        except FollowError as error:
            raise CommandError(str(error)) from error
        from tui_news.newsroom.follow import resume

        resume(newsroom, source)
        plain = (
            ""
            if source.url.startswith("https:")
            else _("; it goes over the line unencrypted, for want of https")
        )
        where = "the keyring" if where == "keyring" else where
        write(_("Kept for {name} in {where}{plain}", name=source.name, where=where, plain=plain))
        return DONE


def _asked(user: str | None, source: Source) -> tuple[str, str]:
    """Name and password from the terminal, from stdin, or out of the address. Raises CommandError."""
    from tui_news.config.secrets import split_credentials

    _url, name, secret = split_credentials(source.url)
    if sys.stdin is not None and sys.stdin.isatty():
        if name or secret:
            print(f"It is taken out of the address of {source.name}.", file=sys.stderr)  # noqa: T201
            return user or name, secret
        import getpass

        try:
            if user is None:
                print("Name: ", end="", file=sys.stderr, flush=True)  # noqa: T201
                user = sys.stdin.readline().strip()
            return user, getpass.getpass("Password: ", stream=sys.stderr)
        except EOFError:
            raise CommandError(_("nothing was kept")) from None
    line = (sys.stdin.readline() if sys.stdin is not None else "").rstrip("\r\n")
    if not line:
        if name or secret:
            return user or name, secret
        raise CommandError(_("no password came; write it to stdin, as NAME:PASSWORD without --user"), USAGE)
    if user is not None:
        return user, line
    user, colon, secret = line.partition(":")
    if not colon:
        raise CommandError(_("write NAME:PASSWORD to stdin, or name the user with --user"), USAGE)
    return user, secret


WARNING = mark(
    "Without a look at its certificate, anyone on the way can read what {host} is asked, change what it\n"
    "answers, and take a password that is sent there. This is kept as `insecure = true` in sources.toml."
)


def certificate(options: Namespace) -> int:
    """`sources certificate`: an exception for one source's host, which the reader confirms by a typed yes."""
    from tui_news.text.address import host_of

    with open_newsroom() as newsroom:
        source = _one(newsroom, options.name)
        wanted = options.what == "any"
        if source.insecure == wanted:
            write(_("{name}: so it is already", name=source.name))
            return DONE
        if wanted and not source.url.startswith("https:"):
            raise CommandError(
                _("{name} is not asked over https, so it has no certificate", name=source.name), USAGE
            )
        if wanted and not options.yes:
            print(_(WARNING, host=host_of(source.url)), file=sys.stderr)  # noqa: T201
            if sys.stdin is None or not sys.stdin.isatty():
                raise CommandError(_("nothing changed; --yes does it without a question"), USAGE)
            print(_("Type yes to take any certificate: "), end="", file=sys.stderr, flush=True)  # noqa: T201
            if sys.stdin.readline().strip().casefold() != "yes":
                raise CommandError(_("nothing changed"))
        try:
            newsroom.trust.take_certificate(source, wanted)
        except FollowError as error:
            raise CommandError(str(error)) from error
        write(
            _("{name}: any certificate is taken", name=source.name)
            if wanted
            else _("{name}: only a good certificate is taken", name=source.name)
        )
        return DONE
