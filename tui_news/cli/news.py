"""The verbs on news: headlines, read, refresh, search, topics, mark, undo."""

from __future__ import annotations

from collections.abc import Callable, Collection, Coroutine, Mapping, Sequence
from itertools import islice
from typing import TYPE_CHECKING, Any, TypeVar

from tui_news.cli.output import (
    DONE,
    FAILED,
    NOTHING,
    PARTLY,
    USAGE,
    CommandError,
    bold,
    complain,
    is_terminal,
    many,
    progress,
    terminal_width,
    write,
    write_json,
    write_tsv,
)  # fmt: skip
from tui_news.model import Article
from tui_news.newsroom import Newsroom, View, now

if TYPE_CHECKING:
    from argparse import Namespace
    from datetime import datetime

    from tui_news.newsroom.events import Event, Finished, Report

T = TypeVar("T")

MARKS: Mapping[str, tuple[str, dict[str, bool]]] = {
    "read": ("marked read", {"read": True}),
    "unread": ("marked unread", {"read": False}),
    "star": ("starred", {"starred": True}),
    "unstar": ("star removed", {"starred": False}),
    "later": ("kept for later", {"later": True}),
    "unlater": ("no longer kept for later", {"later": False}),
}

COLUMNS = (
    "number", "id", "published", "source", "section", "headline", "deck", "url", "read", "starred",
    "comments", "tags",
)  # fmt: skip


EDITION = 200
"""So many of the newest articles are looked at before all of them are."""


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run`; most verbs have no use for asyncio, which takes as long to import as they run."""
    import asyncio

    return asyncio.run(work)


def open_newsroom() -> Newsroom:
    """The reader's newsroom; what is wrong with his files goes to stderr."""
    newsroom = Newsroom.open()
    for problem in newsroom.problems:
        complain(problem)
    return newsroom


# --- headlines -----------------------------------------------------------------------------------------


def headlines(options: Namespace) -> int:
    """`headlines`: newest first, from the cache; 4 when nothing matches."""
    with open_newsroom() as newsroom:
        sources = _chosen_sources(newsroom, [*options.section, *(options.source or [])])
        code = DONE
        if options.refresh:
            report = run_async(_refresh(newsroom, sources, force=False))
            code = _report(report)
            if report.new:
                newsroom.open_starter(False)  # it is there for want of news
        since = newsroom.since_last_visit() if options.since == "last" else _moment(options.since)
        ids = [source.id for source in sources] if sources is not None else newsroom.source_ids(View())
        tags = {tag.casefold() for tag in options.tag or ()}
        articles = _newest(newsroom, ids, options.n, unread=options.unread, since=since, tags=tags)
        if options.since == "last":
            _remember(newsroom, newsroom.visited)
        _print_articles(newsroom, articles, options.format)
        if not articles:
            progress("No headlines match; `tui-news headlines` lists the newest of all.")
        return code if articles else (code or NOTHING)


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
        raise CommandError(f"--since: {error}", USAGE) from error


def _chosen_sources(newsroom: Newsroom, names: Sequence[str]) -> list[Any] | None:
    """The named sources and sections, None when none was named. Complains of unknown names."""
    if not names:
        return None
    sources, unknown = newsroom.find_sources(names)
    if unknown:
        raise CommandError(
            f"no source or section is called {', '.join(unknown)}; `tui-news sources list` shows them",
            NOTHING,
        )
    return sources


def _print_articles(newsroom: Newsroom, articles: Sequence[Article], form: str) -> None:
    _remember(newsroom, lambda: newsroom.cache.put_numbers([article.id for article in articles]))
    rows = [_row(newsroom, number, article) for number, article in enumerate(articles, 1)]
    if form == "json":
        write_json(articles=rows)
    elif form == "tsv":
        write_tsv(COLUMNS, ([_cell(row[name]) for name in COLUMNS] for row in rows))
    else:
        _print_plain(newsroom, articles)


def _remember(newsroom: Newsroom, what: Callable[[], None]) -> None:
    """Note something for the next run. A full disk or a read-only home is no reason to show nothing."""
    from tui_news.cache import CacheError

    if newsroom.cache.read_only:
        return
    try:
        what()
    except CacheError as error:
        complain(str(error))


def _row(newsroom: Newsroom, number: int, article: Article) -> dict[str, Any]:
    """An article as the machine formats carry it (DESIGN, section 3)."""
    state = newsroom.state(article.id)
    source = newsroom.source(article.source)
    return {
        "id": article.id,
        "number": number,
        "headline": article.headline,
        "deck": article.deck,
        "source": newsroom.source_name(article.source),
        "section": "/".join(source.section) if source else "",
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "read": state.read,
        "starred": state.starred,
        "tags": list(article.tags),
        "comments": article.comments,
    }


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return ",".join(value) if isinstance(value, list) else value


def _print_plain(newsroom: Newsroom, articles: Sequence[Article]) -> None:
    from tui_news.text.when import SHORT_WIDTH, short_time
    from tui_news.text.width import fit, pad

    digits = len(str(len(articles)))
    width = terminal_width() if is_terminal() else 0
    names = 16 if not width or width >= 72 else 0
    moment = now()
    for number, article in enumerate(articles, 1):
        state = newsroom.state(article.id)
        sign = "★" if state.starred else " " if state.read else "•"
        left = f"{number:>{digits}} {sign} {pad(short_time(article.when, moment), SHORT_WIDTH, right=True)}  "
        if names:
            left += pad(newsroom.source_name(article.source), names) + "  "
        used = digits + 3 + SHORT_WIDTH + 2 + (names + 2 if names else 0)
        text = fit(article.headline, width - used) if width else article.headline
        write(left + (text if state.read else bold(text)))


# --- read ----------------------------------------------------------------------------------------------


def read(options: Namespace) -> int:
    """`read`: one article as text, Markdown or JSON."""
    from tui_news.fetch import FetchError
    from tui_news.newsroom.targets import TargetError, read_target

    with open_newsroom() as newsroom:

        async def work() -> tuple[Article, str]:
            try:
                return await read_target(
                    newsroom, options.target, base_url=options.base_url, charset=options.charset
                )
            finally:
                await newsroom.leave()

        try:
            article, notice = run_async(work())
        except TargetError as error:
            raise CommandError(str(error), error.code) from error
        except FetchError as error:
            # The fetcher speaks of feeds; this is a page.
            gone = error.status in (404, 410)
            what = f"no page there (HTTP {error.status}); check the address" if gone else str(error)
            raise CommandError(f"{options.target}: {what}") from error
        except OSError as error:
            raise CommandError(f"{options.target}: {error.strerror or error}") from error
        except ValueError as error:
            raise CommandError(f"{'stdin' if options.target == '-' else options.target}: {error}") from error
        if notice:
            complain(notice)
        if article.source and newsroom.source(article.source) and not newsroom.cache.read_only:
            newsroom.mark([article.id], MARKS["read"][0], read=True)
        if options.format == "json":
            write_json(**_article_json(article))
        elif options.format == "markdown":
            write(_markdown(article))
        else:
            from tui_news.typeset.article import article_lines

            width = options.width or min(terminal_width() if is_terminal() else 80, 80)
            lines = article_lines(article, max(10, width), newsroom.source_name(article.source))
            write("\n".join(lines).strip("\n"))
    return DONE


def _article_json(article: Article) -> dict[str, Any]:
    blocks = []
    for block in article.blocks:
        row: dict[str, Any] = {"type": block.kind, "text": block.text}
        if block.level:
            row["level"] = block.level
        links = [{"text": run.text, "href": run.href} for run in block.runs if run.href]
        if links:
            row["links"] = links
        if block.src:
            row["src"] = block.src
        if block.alt:
            row["alt"] = block.alt
        blocks.append(row)
    return {
        "id": article.id,
        "headline": article.headline,
        "kicker": article.kicker,
        "deck": article.deck,
        "agency": article.agency,
        "place": article.place,
        "authors": list(article.authors),
        "editor": article.editor,
        "published": article.published.isoformat() if article.published else None,
        "updated": article.updated.isoformat() if article.updated else None,
        "breadcrumb": list(article.breadcrumb),
        "tags": list(article.tags),
        "language": article.language,
        "charset": article.charset,
        "url": article.url,
        "notes": list(article.notes),
        "blocks": blocks,
    }


def _markdown(article: Article) -> str:
    from tui_news.extract import blocks_to_markdown
    from tui_news.text.when import long_time
    from tui_news.typeset.article import opens_with

    head = [f"# {article.headline}"] if article.headline else []
    if article.deck and not opens_with(article, article.deck):
        head.append(f"*{article.deck}*")
    byline = [article.agency, article.place, ", ".join(article.authors), long_time(article.published)]
    if any(byline):
        head.append(" · ".join(part for part in byline if part))
    if article.url:
        head.append(f"<{article.url}>")
    return "\n\n".join([*head, blocks_to_markdown(article.blocks)])


# --- refresh -------------------------------------------------------------------------------------------


async def _refresh(newsroom: Newsroom, sources: Sequence[Any] | None, *, force: bool) -> Report:
    from tui_news.newsroom.events import Finished

    def heard(event: Event) -> None:
        if isinstance(event, Finished) and not event.skipped:
            what = event.status.error or ("unchanged" if event.unchanged else f"{len(event.new)} new")
            progress(f"{event.done}/{event.total} {newsroom.source_name(event.source.id)}: {what}")

    try:
        return await newsroom.refresh(sources, force=force, listener=heard)
    finally:
        await newsroom.leave()


def _report(report: Report) -> int:
    """Name each failure on stderr; the exit code of a refresh."""
    for outcome in report.failed:
        complain(f"{outcome.source.name}: {outcome.status.error}")
    for outcome in report.outcomes:
        if outcome.skipped and outcome.skipped not in ("paused", "not due yet"):
            complain(f"{outcome.source.name}: {outcome.skipped}")
    if not report.failed:
        return DONE
    return FAILED if len(report.failed) == report.asked else PARTLY


def refresh(options: Namespace) -> int:
    """`refresh`: 0 when all went well, 3 when some sources failed, 1 when all did."""
    with open_newsroom() as newsroom:
        sources = _chosen_sources(newsroom, options.name)
        if options.jobs:
            newsroom.jobs = options.jobs
        report = run_async(_refresh(newsroom, sources, force=not options.due))
        code = _report(report)
        if options.format == "json":
            write_json(
                asked=report.asked,
                new=report.new,
                sources=[outcome_json(newsroom, outcome) for outcome in report.outcomes],
            )
        else:
            failed = f", {len(report.failed)} failed" if report.failed else ""
            write(f"{many(report.new, 'new article')} from {many(report.asked, 'source')}{failed}")
        return code


def outcome_json(newsroom: Newsroom, outcome: Finished) -> dict[str, Any]:
    """What came of asking one source, for the machine formats."""
    status = outcome.status
    return {
        "id": outcome.source.id,
        "source": newsroom.source_name(outcome.source.id),
        "url": outcome.source.url,
        "status": status.status,
        "error": status.error or None,
        "skipped": outcome.skipped or None,
        "unchanged": outcome.unchanged,
        "damaged": status.damaged,
        "new": len(outcome.new),
        "changed": len(outcome.changed),
        "latency_ms": round(status.latency * 1000),
        "next_try": status.next_try.isoformat() if status.next_try else None,
    }


# --- search, topics ------------------------------------------------------------------------------------


def search(options: Namespace) -> int:
    """`search`: the cached articles, by kind of source with --scope; `--scope web` asks the web."""
    from tui_news.newsroom.searching import search_cache, search_web
    from tui_news.portal.query import QueryError

    text = " ".join(options.query)
    with open_newsroom() as newsroom:
        if options.scope == "web":

            async def work() -> tuple[list[Article], list[str]]:
                try:
                    return await search_web(newsroom, text)
                finally:
                    await newsroom.leave()

            articles, problems = run_async(work())
            for problem in problems:
                complain(problem)
            code = (PARTLY if articles else FAILED) if problems else DONE
        else:
            code = DONE
            try:
                articles = list(islice(search_cache(newsroom, text, options.scope), options.n or None))
            except QueryError as error:
                raise CommandError(str(error), USAGE) from error
        articles = articles[: options.n or None]
        _print_articles(newsroom, articles, options.format)
        if not articles and not code:
            progress(f"Nothing cached answers {text}. `tui-news search --scope web` asks the web.")
        return code if articles or code else NOTHING


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
                        "phrase": t.phrase,
                        "score": round(t.score, 2),
                        "articles": list(t.articles),
                        "sources": t.sources,
                    }
                    for t in hot
                ],
                tags=[
                    {"tag": t.phrase, "weight": round(t.score, 2), "articles": list(t.articles)} for t in tags
                ],
            )
        elif options.format == "tsv":
            write_tsv(
                ("kind", "phrase", "score", "articles", "sources"),
                [("topic", t.phrase, f"{t.score:.2f}", len(t.articles), t.sources) for t in hot]
                + [("tag", t.phrase, f"{t.score:.2f}", len(t.articles), t.sources) for t in tags],
            )
        else:
            if hot:
                write(bold("Hot topics"))
            for topic in hot:
                write(f"  {topic.phrase}  ({len(topic.articles)} articles, {topic.sources} sources)")
            if tags:
                write(bold("Tags"))
                write("  " + " · ".join(tag.phrase for tag in tags))
        return DONE if hot or tags else NOTHING


# --- marks ---------------------------------------------------------------------------------------------


def mark(options: Namespace) -> int:
    """`mark`: change the state of articles, as one step that `undo` takes back."""
    from tui_news.newsroom.targets import TargetError, find_id

    with open_newsroom() as newsroom:
        ids: list[str] = []
        unknown: list[str] = []
        for target in options.target:
            try:
                ids.append(find_id(newsroom, target))
            except TargetError as error:
                unknown.append(str(error))
        for message in unknown:
            complain(message)
        if not ids:
            return NOTHING
        ids = list(dict.fromkeys(ids))
        what, changes = MARKS[options.what]
        step = newsroom.mark(ids, what, **changes)
        articles = many(len(ids), "article")
        write(f"{articles} {what}" if step else f"{articles} already so")
        return PARTLY if unknown else DONE


def undo(options: Namespace) -> int:
    """`undo`: take the last step back; 4 when there is none."""
    with open_newsroom() as newsroom:
        step = newsroom.undo()
        if step is None:
            complain("nothing to undo")
            return NOTHING
        write(f"Undone: {step.what} ({many(len(step.ids), 'article')})")
        return DONE
