"""`tui-news headlines`: the newest articles of the cache."""

from __future__ import annotations

from itertools import islice

from tui_news.cli.desk import chosen_sources, open_newsroom, run_async
from tui_news.cli.output import DONE, NOTHING, USAGE, CommandError, progress
from tui_news.cli.rows import print_articles, remember
from tui_news.i18n import _
from tui_news.model import Article, SectionPath
from tui_news.newsroom import Newsroom, View, now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Collection, Sequence
    from datetime import datetime

EDITION = 200
"""So many of the newest articles are looked at before all of them are."""


def headlines(options: Namespace) -> int:
    """`headlines`: newest first, from the cache; 4 when nothing matches."""
    with open_newsroom() as newsroom:
        if options.section == ["front"] and newsroom.node(("front",)) is None:
            from tui_news.cli.front import front

            return front(newsroom, options)
        if options.stories:
            from tui_news.cli.front import stories

            return stories(newsroom, options)
        if len(options.section) == 1 and (path := newsroom.search_path(options.section[0])):
            return _kept(newsroom, path, options)
        sources = chosen_sources(newsroom, [*options.section, *(options.source or [])])
        code = DONE
        if options.refresh:
            from tui_news.cli.refresh import ask_sources, report_failures

            report = run_async(ask_sources(newsroom, sources, force=False))
            code = report_failures(report)
            if report.new:
                newsroom.open_starter(False)  # it is there for want of news
        since = newsroom.since_last_visit() if options.since == "last" else _moment(options.since)
        ids = [source.id for source in sources] if sources is not None else newsroom.source_ids(View())
        tags = {tag.casefold() for tag in options.tag or ()}
        articles = _newest(newsroom, ids, options.n, unread=options.unread, since=since, tags=tags)
        if options.since == "last":
            remember(newsroom, newsroom.visited)
        print_articles(newsroom, articles, options.format)
        if not articles:
            progress(_("No headlines match; `tui-news headlines` lists the newest of all."))
        return code if articles else (code or NOTHING)


def _kept(newsroom: Newsroom, path: SectionPath, options: Namespace) -> int:
    """The headlines of a saved search."""
    from tui_news.portal.query import QueryError

    since = newsroom.since_last_visit() if options.since == "last" else _moment(options.since)
    tags = {tag.casefold() for tag in options.tag or ()}
    try:
        found = newsroom.listing(View(path, unread=options.unread))
    except QueryError as error:
        raise CommandError(str(error), USAGE) from error
    wanted = (
        article
        for article in found
        if (since is None or (article.when is not None and article.when >= since))
        and (not tags or any(tag.casefold() in tags for tag in article.tags))
    )
    articles = list(islice(wanted, options.n or None))
    print_articles(newsroom, articles, options.format)
    return DONE if articles else NOTHING


def _newest(
    newsroom: Newsroom,
    sources: Sequence[str],
    count: int,
    *,
    unread: bool,
    since: datetime | None,
    tags: Collection[str],
) -> list[Article]:
    """The newest `count` articles (0: all) of some sources that answer the options.

    They are looked for in the prepared edition first, which costs the same however much is cached.
    """

    def tagged(article: Article) -> bool:
        return not tags or any(tag.casefold() in tags for tag in article.tags)

    own = set(sources)
    for size in (count, EDITION) if 0 < count <= EDITION else ():
        edition = newsroom.cache.edition(size)
        found = [
            article
            for article in edition
            if article.source in own
            and tagged(article)
            and not (unread and newsroom.state(article.id).read)
            and (since is None or (article.when is not None and article.when >= since))
        ]
        if len(found) >= count or len(edition) < size:
            return found[:count]
    listing = newsroom.cache.listing(sources, unread=unread, since=since)
    return list(islice(filter(tagged, listing), count or None))


def _moment(text: str | None) -> datetime | None:
    """The time that `--since` names, None without one."""
    if not text:
        return None
    from tui_news.portal.query import QueryError, parse_moment

    try:
        return parse_moment(text, now())
    except QueryError as error:
        raise CommandError(_("--since: {error}", error=error), USAGE) from error
