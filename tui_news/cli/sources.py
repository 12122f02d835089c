"""`tui-news sources`: list, catalog, add, remove, undo, import, export, check."""

from __future__ import annotations

import os
import shlex
import sys
from pathlib import Path
from typing import TYPE_CHECKING, Any

from tui_news.cli.desk import chosen_sources, open_newsroom, run_async
from tui_news.cli.output import (
    DONE,
    FAILED,
    NOTHING,
    PARTLY,
    USAGE,
    CommandError,
    complain,
    write,
    write_json,
    write_tsv,
)  # fmt: skip
from tui_news.cli.refresh import ask_sources, outcome_json, report_failures
from tui_news.i18n import _, many
from tui_news.newsroom import Newsroom, now
from tui_news.text.when import ago
from tui_news.text.width import pad

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom.follow import Found

MAX_IMPORT = 20_000_000
"""Bytes of an OPML or urls file that are read."""

MAX_NAMED = 20
"""Problems of such a file that are named one by one."""

LIST_COLUMNS = ("id", "title", "section", "kind", "url", "status", "articles", "unread", "error")


def list_all(options: Namespace) -> int:
    """`sources list`: each source with its section and state."""
    with open_newsroom() as newsroom:
        sources = newsroom.subscriptions.sources
        counts = newsroom.cache.counts([source.id for source in sources])
        rows: list[dict[str, Any]] = []
        for source in sources:
            status = newsroom.cache.status(source.id)
            count = counts.get(source.id)
            state = "paused" if source.paused else "gone" if status.gone else str(status.status or "")
            rows.append(
                {
                    "id": source.id,
                    "title": newsroom.source_name(source.id),
                    "section": "/".join(source.section),
                    "kind": source.kind,
                    "url": source.address,
                    "status": state,
                    "articles": count.total if count else 0,
                    "unread": count.unread if count else 0,
                    "error": status.error or None,
                    "insecure": source.insecure,
                    "checked": ago(status.checked, now()),
                }
            )
        if options.format == "json":
            write_json(sources=rows)
        elif options.format == "tsv":
            write_tsv(LIST_COLUMNS, ([row[name] for name in LIST_COLUMNS] for row in rows))
        else:
            for row in rows:
                write(
                    f"{row['id']:<12} {pad(row['section'], 22)}  {pad(row['title'], 28)}  "
                    f"{row['unread']:>4}/{row['articles']:<4}  {row['error'] or row['checked']}"
                    f"{'  (any certificate is taken)' if row['insecure'] else ''}"
                )
        return DONE if rows else NOTHING


def list_catalog(options: Namespace) -> int:
    """`sources catalog`: well-known sources, and searches of the web; 4 when none fits."""
    from tui_news.sources.catalog import search_catalog

    entries = list(
        search_catalog(" ".join(options.query), language=options.language, category=options.category)
    )
    columns = ("id", "name", "category", "language", "url", "description", "kind", "scope")
    if options.format == "json":
        write_json(sources=[{name: getattr(entry, name) or None for name in columns} for entry in entries])
    elif options.format == "tsv":
        write_tsv(columns, ([getattr(entry, name) for name in columns] for entry in entries))
    else:
        for entry in entries:
            write(
                f"{pad(entry.id, 20)}  {pad(entry.name, 28)}  {pad(entry.category, 11)}  "
                f"{pad(entry.language, 8)}  {entry.url}"
            )
    return DONE if entries else NOTHING


def add_one(options: Namespace) -> int:
    """`sources add`: a feed itself, or one of the feeds that a page announces."""
    from tui_news.newsroom.follow import FollowError, as_source, discover, follow
    from tui_news.sources.catalog import catalog, searches

    section = tuple(part.strip() for part in options.section.split("/") if part.strip())
    with open_newsroom() as newsroom:
        entry = next((entry for entry in (*catalog(), *searches()) if entry.id == options.url), None)
        if entry and entry.kind == "search":
            raise CommandError(
                _(
                    "{name} is a search; `tui-news search WORDS --engine {quoted} --save` follows it",
                    name=entry.name,
                    quoted=shlex.quote(entry.name),
                ),
                USAGE,
            )
        if entry:
            source = entry.source()
        else:

            async def work() -> list[Found]:
                try:
                    return await discover(newsroom, options.url, complain)
                finally:
                    await newsroom.leave()

            try:
                found = run_async(work())
            except FollowError as error:
                raise CommandError(str(error)) from error
            source = as_source(_choose(found, options.choose), section, options.title)
        try:
            added = follow(newsroom, [source])
        except FollowError as error:
            raise CommandError(str(error)) from error
        if not added:
            complain(_("{url} is among your sources already", url=source.address))
            return DONE
        where = " / ".join(added[0].section) or _("no section")
        write(
            _(
                "Added {name} ({id}) in {where}; `tui-news refresh {id}` fetches it",
                name=added[0].name,
                id=added[0].id,
                where=where,
            )
        )
        return DONE


def _choose(found: list[Found], wanted: int | None) -> Found:
    """The one to take: the only one, the numbered one, or the one that the reader names when asked."""
    if wanted is not None:
        if not 1 <= wanted <= len(found):
            raise CommandError(
                _("--choose {wanted}: there are {count}", wanted=wanted, count=len(found)), USAGE
            )
        return found[wanted - 1]
    if len(found) == 1:
        return found[0]
    for number, one in enumerate(found, 1):
        print(f"  {number}  {one.title}  ({one.what})\n     {one.url}", file=sys.stderr)  # noqa: T201
    if not (sys.stdin.isatty() and sys.stderr.isatty()):
        raise CommandError(_("{count} feeds found; choose one with --choose N", count=len(found)), USAGE)
    print(_("Which one? 1-{count}: ", count=len(found)), end="", file=sys.stderr, flush=True)  # noqa: T201
    answer = sys.stdin.readline().strip()
    if not answer.isdigit() or not 1 <= int(answer) <= len(found):
        raise CommandError(_("nothing added"))
    return found[int(answer) - 1]


def remove_some(options: Namespace) -> int:
    """`sources remove`: by id, URL or title; what is unknown is named."""
    from tui_news.newsroom.arrange import remove_source
    from tui_news.newsroom.follow import FollowError

    with open_newsroom() as newsroom:
        unknown = 0
        for name in options.name:
            wanted = name.casefold()
            hits = [
                source
                for source in newsroom.subscriptions.sources
                if wanted in (source.id, source.url.casefold(), source.title.casefold())
            ]
            if not hits:
                complain(_("no source is called {name}; `tui-news sources list` shows them", name=name))
                unknown += 1
            for source in hits:
                try:
                    remove_source(newsroom, source)
                except FollowError as error:
                    raise CommandError(str(error)) from error
                write(_("Removed {name}", name=source.name))
        if unknown == len(options.name):
            return NOTHING
        return PARTLY if unknown else DONE


def undo_last(options: Namespace) -> int:
    """`sources undo`: take back the last change of sources and sections."""
    from tui_news.newsroom.arrange import take_back
    from tui_news.newsroom.follow import FollowError

    with open_newsroom() as newsroom:
        try:
            write(_("Undone: {what}", what=take_back(newsroom)))
        except FollowError as error:
            complain(str(error))
            return NOTHING
    return DONE


def import_file(options: Namespace) -> int:
    """`sources import`: OPML or a newsboat `urls` file; a second import adds nothing."""
    from tui_news.sources.newsboat_urls import read_urls
    from tui_news.sources.opml import read_opml
    from tui_news.sources.subscriptions import SubscriptionsError, import_sources

    try:
        if options.file == "-":
            data = sys.stdin.buffer.read(MAX_IMPORT + 1)
        else:
            with Path(os.fsdecode(options.file.encode("utf-8", "surrogateescape"))).open("rb") as file:
                data = file.read(MAX_IMPORT + 1)
    except OSError as error:
        raise CommandError(f"{options.file}: {error.strerror}") from error
    if len(data) > MAX_IMPORT:
        raise CommandError(
            _(
                "{file}: larger than {size} MB, that is no list of feeds",
                file=options.file,
                size=MAX_IMPORT // 1_000_000,
            )
        )
    looks_like_xml = data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith(b"<")
    result = read_opml(data) if looks_like_xml else read_urls(data)
    name = "stdin" if options.file == "-" else options.file
    if not result.sources:
        why = "" if looks_like_xml else _("; OPML and newsboat's urls files are read")
        first = result.problems[0] if result.problems else _("no source in it")
        raise CommandError(f"{name}: {first}{why}")
    problems = list(result.problems)
    with open_newsroom() as newsroom:
        try:
            done = import_sources(newsroom.places, list(result.sources))
        except SubscriptionsError as error:
            raise CommandError(str(error)) from error
        problems += done.problems
        for problem in problems[:MAX_NAMED]:
            complain(f"{name}: {problem}")
        if len(problems) > MAX_NAMED:
            complain(
                _(
                    "{name}: and {count} more lines that could not be taken",
                    name=name,
                    count=len(problems) - MAX_NAMED,
                )
            )
        already = many(len(done.already), "{count} was there already", "{count} were there already")
        added = many(len(done.added), "{count} source", "{count} sources")
        write(_("{sources} added, {already}", sources=added, already=already))
        return PARTLY if problems else DONE


def export_all(options: Namespace) -> int:
    """`sources export`: OPML 2.0 on stdout."""
    from tui_news.sources.opml import write_opml

    with open_newsroom() as newsroom:
        subscriptions = newsroom.subscriptions
        write(write_opml(subscriptions.sources, subscriptions.sections, "tui-news").decode("utf-8"))
    return DONE


def check_all(options: Namespace) -> int:
    """`sources check`: ask each source now and say how it is; codes as for `refresh`."""
    from tui_news.newsroom.follow import resume

    with open_newsroom() as newsroom:
        sources = chosen_sources(newsroom, options.name) or list(newsroom.subscriptions.sources)
        for source in sources:
            if newsroom.cache.status(source.id).gone:
                resume(newsroom, source)
        report = run_async(ask_sources(newsroom, sources, force=True))
        if options.format == "json":
            write_json(sources=[outcome_json(newsroom, outcome) for outcome in report.outcomes])
        else:
            for outcome in report.outcomes:
                write(_check_line(newsroom, outcome))
        return report_failures(report) if options.format == "json" else _code(report)


def _check_line(newsroom: Newsroom, outcome: Any) -> str:
    status = outcome.status
    how = outcome.skipped or status.error or (_("damaged, read in part") if status.damaged else _("ok"))
    name = pad(newsroom.source_name(outcome.source.id), 28)
    return f"{outcome.source.id:<12} {name} {status.status or '—':>4} {status.latency * 1000:>6.0f} ms  {how}"


def _code(report: Any) -> int:
    if not report.failed:
        return DONE
    return FAILED if len(report.failed) == report.asked else PARTLY
