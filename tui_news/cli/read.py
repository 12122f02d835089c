"""`tui-news read`: one article as text, Markdown or JSON."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_news.cli.desk import open_newsroom, run_async
from tui_news.cli.marks import MARKS
from tui_news.cli.output import DONE, CommandError, complain, is_terminal, terminal_width, write, write_json
from tui_news.model import Article

if TYPE_CHECKING:
    from argparse import Namespace


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
