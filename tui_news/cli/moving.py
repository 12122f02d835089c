"""`tui-news export`, `import` and `sync`: the reader's whole state as one file, and on several machines."""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.cli.desk import open_newsroom
from tui_news.cli.output import DONE, PARTLY, USAGE, CommandError, complain, write
from tui_news.i18n import _, counted, many
from tui_news.newsroom import Newsroom

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom.moving import Taken


def export(options: Namespace) -> int:
    """`export`: everything that cannot be had again, to a file (its ending says how it is compressed) or
    stdout."""
    from tui_news.newsroom.moving.giving import give, secret
    from tui_news.newsroom.moving.lines import packed

    with open_newsroom() as newsroom:
        lines = give(newsroom, options.without)
        if options.file == "-":
            for line in lines:
                sys.stdout.buffer.write(line)
            sys.stdout.buffer.flush()
        else:
            from tui_news.cache.files import replace_file

            target = _path(options.file)
            if not target.parent.is_dir():
                raise CommandError(_("{file}: there is no such folder; make it first", file=options.file))
            replace_file(target, packed(lines, target.name))
            write(_("Written: {file}, {size}", file=options.file, size=_size(target.stat().st_size)))
        if "sources" not in options.without:
            for name in secret(newsroom.subscriptions):
                complain(_("{name}: the password in its address is left out", name=name))
    return DONE


def take(options: Namespace) -> int:
    """`import`: merge an export; a second time it changes nothing."""
    from tui_news.newsroom.moving import MoveError, take

    name = "stdin" if options.file == "-" else Path(options.file).name
    with open_newsroom() as newsroom:
        try:
            if options.file == "-":
                taken = take(newsroom, sys.stdin.buffer, name, dry=options.dry_run, without=options.without)
            else:
                with _path(options.file).open("rb") as stream:
                    taken = take(newsroom, stream, name, dry=options.dry_run, without=options.without)
        except MoveError as error:
            raise CommandError(str(error)) from error
        except OSError as error:
            raise CommandError(f"{options.file}: {error.strerror or error}") from error
        for problem in taken.problems:
            complain(f"{name}: {problem}")
        write(_told(newsroom, name, taken, dry=options.dry_run))
    return PARTLY if taken.bad else DONE


def sync(options: Namespace) -> int:
    """`sync`: hear the other machines in a shared folder, and tell them what was done here."""
    from tui_news.cache.syncing import sync as meet

    with open_newsroom() as newsroom:
        folder = options.folder or newsroom.config.text("sync.folder")
        if not folder:
            raise CommandError(
                _("no folder is set; name one, or `tui-news config set sync.folder ~/Sync/news`"), USAGE
            )
        done = meet(newsroom.cache, _path(folder).expanduser())
        for message in done.messages:
            complain(message)
        others = ", ".join(done.machines) or _("no other machine yet")
        fields = ", ".join(f"{field} {count}" for field, count in done.merged.fields.items())
        write(
            _("Synced with {others}: {fields}", others=others, fields=fields)
            if fields
            else _("Synced with {others}: nothing new here", others=others)
        )
    return PARTLY if done.messages else DONE


def _told(newsroom: Newsroom, name: str, taken: Taken, *, dry: bool) -> str:
    parts = counted(
        (taken.sources, many(taken.sources, "{count} source", "{count} sources")),
        (taken.sections, many(taken.sections, "{count} section", "{count} sections")),
        (taken.searches, many(taken.searches, "{count} saved search", "{count} saved searches")),
        (taken.rules, many(taken.rules, "{count} rule", "{count} rules")),
        (taken.articles, many(taken.articles, "{count} kept article", "{count} kept articles")),
    )
    fields = ", ".join(f"{field} {count}" for field, count in taken.fields.items())
    if fields:
        parts.append(_("state of articles ({fields})", fields=fields))
    if not parts:
        return _("Nothing in {name} is new", name=name)
    what = ", ".join(parts)
    if dry:
        return _("{name} would bring: {what}", name=name, what=what)
    lines = [_("Taken from {name}: {what}. `tui-news undo` takes it back.", name=name, what=what)]
    if taken.rules:
        lines.append(_("`tui-news rules apply` does what the rules say with what is cached."))
    return "\n".join(lines)


def _path(text: str) -> Path:
    # What the shell gave that is no UTF-8 names a file all the same.
    return Path(os.fsdecode(text.encode("utf-8", "surrogateescape")))


def _size(count: int) -> str:
    return f"{count / 1e6:.1f} MB" if count >= 1_000_000 else f"{max(1, count // 1000)} kB"
