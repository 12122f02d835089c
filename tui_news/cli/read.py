"""The verb `read`: one article, to stdout or to a file."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING

from tui_news.cli.desk import open_newsroom, run_async
from tui_news.cli.marks import MARKS
from tui_news.cli.output import (
    DONE,
    NOTHING,
    USAGE,
    CommandError,
    complain,
    is_terminal,
    progress,
    terminal_width,
    write,
)
from tui_news.i18n import _
from tui_news.model import Article
from tui_news.text.address import shown_url

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.documents import Form


def read(options: Namespace) -> int:
    """`read`: one article as text, Markdown, HTML or JSON."""
    with open_newsroom() as newsroom:
        article, notice = _article(newsroom, options)
        if notice:
            complain(notice)
        if options.changes and not _changed(newsroom, article):
            complain(_("It has not changed since you read it"))
            return NOTHING
        if article.source and newsroom.source(article.source) and not newsroom.cache.read_only:
            newsroom.mark([article.id], MARKS["read"][0], read=True)
            if article.changed:
                newsroom.cache.saw(article.id)
        if options.output and options.output != "-":
            _save(newsroom, article, options)
        else:
            write(_document(newsroom, article, options, options.format or "text"))
    return DONE


def _changed(newsroom: Newsroom, article: Article) -> bool:
    """Whether there is anything to compare."""
    from tui_news.newsroom.past import versions_of

    found = versions_of(newsroom, article)
    return found is not None and found.any


def _article(newsroom: Newsroom, options: Namespace) -> tuple[Article, str]:
    """The article that is meant, and a remark on it. Raises CommandError."""
    from tui_news.fetch import FetchError
    from tui_news.newsroom.reading import page_problem
    from tui_news.newsroom.targets import TargetError, read_target

    async def work() -> tuple[Article, str]:
        try:
            return await read_target(
                newsroom, options.target, base_url=options.base_url, charset=options.charset
            )
        finally:
            await newsroom.leave()

    try:
        return run_async(work())
    except TargetError as error:
        raise CommandError(str(error), error.code) from error
    except FetchError as error:
        raise CommandError(f"{shown_url(options.target)}: {page_problem(error)}") from error
    except OSError as error:
        raise CommandError(f"{shown_url(options.target)}: {error.strerror or error}") from error
    except ValueError as error:
        raise CommandError(
            f"{'stdin' if options.target == '-' else shown_url(options.target)}: {error}"
        ) from error


def _document(newsroom: Newsroom, article: Article, options: Namespace, form: Form) -> str:
    from tui_news.newsroom.documents import document
    from tui_news.newsroom.setting import lacking, text_setting
    from tui_news.text.links import may_link

    if form == "text":
        for line in lacking(newsroom.config):
            complain(line)
    width = options.width or min(terminal_width() if is_terminal() and not options.output else 80, 80)
    links = is_terminal() and not options.output
    if options.changes:
        from tui_news.newsroom.past import compared_json, compared_text

        if form == "json":
            return compared_json(newsroom, article)
        article = compared_text(newsroom, article)
    return document(
        article,
        form,
        newsroom.source_name(article.source),
        width=width,
        standing=() if options.changes else _standing(newsroom, article),
        setting=text_setting(newsroom.config),
        links=links and may_link(newsroom.config.text("text.links"), os.environ, known=True),
    )


def _standing(newsroom: Newsroom, article: Article) -> tuple[str, ...]:
    """That it has changed or was withdrawn, in words."""
    if not article.id or newsroom.cache.past(article.id) is None:
        return ()
    from tui_news.newsroom.past import lines

    return lines(newsroom, article)


def _save(newsroom: Newsroom, article: Article, options: Namespace) -> None:
    """Write the article to the file of `--output`. Raises CommandError when it is not written."""
    from tui_news.newsroom.saving import ExistsError, SaveError, file_name, form_of, path_of, save

    try:
        form = options.format or form_of(Path(options.output), "text")
        path = path_of(options.output, Path.cwd(), file_name(article.headline, form, article.id))
        save(path, _document(newsroom, article, options, form), overwrite=options.force)
    except ExistsError as error:
        raise CommandError(_("{error}; --force writes over it", error=error), USAGE) from error
    except SaveError as error:
        raise CommandError(str(error)) from error
    progress(_("Saved {path}", path=path))
