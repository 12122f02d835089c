"""`tui-news notes`: the reader's own notes, listed, written and exported; what he put up for debate."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from tui_news.cli.desk import open_newsroom
from tui_news.cli.output import (
    DONE,
    NOTHING,
    USAGE,
    CommandError,
    bold,
    progress,
    write,
    write_json,
    write_tsv,
)
from tui_news.cli.rows import remember
from tui_news.i18n import _
from tui_news.newsroom import Newsroom

if TYPE_CHECKING:
    from argparse import Namespace

COLUMNS = ("number", "id", "published", "source", "headline", "url", "debate", "note")
MAX_STDIN = 200_000


def notes(options: Namespace) -> int:
    """`notes`: all of them; with a target the note on that article, which a text behind it writes."""
    with open_newsroom() as newsroom:
        if not options.target:
            return _list(newsroom, options)
        return _one(newsroom, options)


def _one(newsroom: Newsroom, options: Namespace) -> int:
    from tui_news.newsroom.notes import write_note
    from tui_news.newsroom.targets import TargetError, find_id

    try:
        id = find_id(newsroom, options.target)
    except TargetError as error:
        raise CommandError(str(error), error.code) from error
    text = " ".join(options.text)
    if text == "-":
        text = sys.stdin.buffer.read(MAX_STDIN).decode("utf-8", "replace")
    if not text and not options.clear:
        note = newsroom.state(id).note
        if note:
            write(note)
        return DONE if note else NOTHING
    if text and options.clear:
        raise CommandError(_("--clear takes the note off; leave out the text"), USAGE)
    try:
        step = write_note(newsroom, id, text)
    except ValueError as error:
        raise CommandError(str(error), USAGE) from error
    write(f"{step.what[:1].upper()}{step.what[1:]}" if step else "The note is as it was")
    return DONE


def _list(newsroom: Newsroom, options: Namespace) -> int:
    from tui_news.newsroom.notes import as_markdown, noted

    which = "debate" if options.debate else "notes"
    found = noted(newsroom, "debate" if options.debate else "notes")
    remember(newsroom, lambda: newsroom.cache.put_numbers([article.id for article, _ in found]))
    rows = [
        {
            "number": number,
            "id": article.id,
            "published": article.published.isoformat() if article.published else None,
            "source": newsroom.source_name(article.source),
            "headline": article.headline,
            "url": article.url,
            "debate": newsroom.state(article.id).debate,
            "note": note,
        }
        for number, (article, note) in enumerate(found, 1)
    ]
    if options.format == "json":
        write_json(notes=rows)
    elif options.format == "tsv":
        write_tsv(COLUMNS, ([_cell(row[name]) for name in COLUMNS] for row in rows))
    elif options.format == "markdown":
        write(as_markdown(newsroom, "debate" if options.debate else "notes"))
    else:
        for row in rows:
            sign = "⚑" if row["debate"] else "✎"
            write(f"{row['number']:>3} {sign} {bold(str(row['headline']))} · {row['source']}")
            for line in str(row["note"]).splitlines():
                write(f"      {line}")
    if not rows:
        progress(
            "Nothing is up for debate."
            if which == "debate"
            else "No notes yet; `tui-news notes 1 TEXT` writes one."
        )
    return DONE if rows else NOTHING


def _cell(value: object) -> object:
    return int(value) if isinstance(value, bool) else value
