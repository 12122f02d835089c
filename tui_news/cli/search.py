"""`tui-news search` and `tui-news topics`: what the cached articles say, and what they speak of."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING

from tui_news.cli.desk import open_newsroom, run_async
from tui_news.cli.output import (
    DONE,
    FAILED,
    NOTHING,
    PARTLY,
    USAGE,
    CommandError,
    bold,
    complain,
    progress,
    write,
    write_json,
    write_tsv,
)  # fmt: skip
from tui_news.cli.rows import print_articles
from tui_news.i18n import _
from tui_news.model import Article

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom import Newsroom


def search(options: Namespace) -> int:
    """`search`: the cached articles, by kind of source with --scope; --web asks the web."""
    from tui_news.newsroom.searching import search_cache
    from tui_news.portal.query import QueryError

    text = " ".join(options.query)
    web = options.web or options.engine or options.scope == "web"
    if options.save is True and not web:
        raise CommandError(_("--save NAME keeps a search; with --web it follows those that are asked"), USAGE)
    with open_newsroom() as newsroom:
        if web:
            articles, code = _web(newsroom, text, options)
        else:
            code = DONE
            try:
                found = search_cache(newsroom, text, options.scope)
                articles = list(islice(found, options.n or None))
            except QueryError as error:
                raise CommandError(str(error), USAGE) from error
        if options.save and not web:
            _keep(newsroom, options, text)
        articles = articles[: options.n or None]
        print_articles(newsroom, articles, options.format)
        if not articles and not code:
            progress(_("Nothing cached answers {text}. `tui-news search --web` asks the web.", text=text))
        return code if articles or code else NOTHING


def _keep(newsroom: Newsroom, options: Namespace, text: str) -> None:
    """Keep a search as a section."""
    from tui_news.newsroom.arrange import keep_search
    from tui_news.newsroom.follow import FollowError

    if options.scope:
        raise CommandError(_("a scope cannot be kept; leave --scope out, or say source: or section:"), USAGE)
    section = tuple(part.strip() for part in options.section.split("/") if part.strip())
    try:
        keep_search(newsroom, options.save, text, section)
    except FollowError as error:
        raise CommandError(str(error)) from error
    progress(_("{name} is a section now; `tui-news headlines {name}` lists it", name=options.save))


def _web(newsroom: Newsroom, text: str, options: Namespace) -> tuple[list[Article], int]:
    """What the web searches found, and the exit code; with --save they are followed."""
    from tui_news.newsroom.follow import FollowError
    from tui_news.newsroom.websearch import Found, articles_of, ask, keep

    async def work() -> Found:
        try:
            return await ask(newsroom, text, options.scope, options.engine)
        finally:
            await newsroom.leave()

    found = run_async(work())
    for problem in found.problems:
        complain(problem)
    articles = articles_of(newsroom, found)
    if options.save and found.sources:
        section = tuple(part.strip() for part in options.section.split("/") if part.strip())
        try:
            for source in keep(newsroom, found.ids, section or ("Searches",)):
                progress(_("following {title}", title=source.title))
        except FollowError as error:
            raise CommandError(str(error)) from error
    return articles, (PARTLY if articles else FAILED) if found.problems else DONE


def topics(options: Namespace) -> int:
    """`topics`: what the cached articles speak of more than before, and their tags."""
    from tui_news.newsroom.searching import current_topics

    with open_newsroom() as newsroom:
        hot, tags = current_topics(newsroom)
        hot, tags = hot[: options.n or None], tags[: options.n or None]
        if options.format == "json":
            write_json(
                topics=[
                    {
                        "phrase": t.text,
                        "score": round(t.score, 2),
                        "articles": list(t.articles),
                        "count": t.count,
                        "sources": t.sources,
                    }
                    for t in hot
                ],
                tags=[
                    {
                        "tag": t.text,
                        "weight": round(t.score, 2),
                        "articles": list(t.articles),
                        "count": t.count,
                    }
                    for t in tags
                ],
            )
        elif options.format == "tsv":
            write_tsv(
                ("kind", "phrase", "score", "articles", "sources"),
                [("topic", t.text, f"{t.score:.2f}", t.count, t.sources) for t in hot]
                + [("tag", t.text, f"{t.score:.2f}", t.count, t.sources) for t in tags],
            )
        else:
            if hot:
                write(bold(_("Hot topics")))
            for topic in hot:
                write(
                    "  "
                    + _(
                        "{phrase}  ({count} articles, {sources} sources)",
                        phrase=topic.text,
                        count=topic.count,
                        sources=topic.sources,
                    )
                )
            if tags:
                write(bold(_("Tags")))
                write("  " + " · ".join(tag.text for tag in tags))
        return DONE if hot or tags else NOTHING
