"""`tui-news comments`: the thread under an article on stdout, or the most discussed articles."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from tui_news.cli.desk import open_newsroom, run_async
from tui_news.cli.output import (
    DONE,
    NOTHING,
    CommandError,
    bold,
    complain,
    is_terminal,
    progress,
    terminal_width,
    write,
    write_json,
    write_tsv,
)
from tui_news.cli.rows import print_articles, remember
from tui_news.i18n import _, many
from tui_news.model import Article

if TYPE_CHECKING:
    from argparse import Namespace

    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.discussion import Talk
    from tui_news.sources.discussion import Node

COLUMNS = ("number", "id", "parent", "depth", "author", "published", "score", "new", "url", "text")


def comments(options: Namespace) -> int:
    """`comments`: asks the source and prints its thread; with `--cached` what was kept; without a target the
    most discussed articles."""
    with open_newsroom() as newsroom:
        if not options.target:
            return _ranking(newsroom, options)
        article = _article(newsroom, options.target)
        talk = _talk(newsroom, article, options.cached)
        _print(newsroom, article, talk, options)
        if not talk.thread.comments:
            progress(_("No comments yet."))
            return NOTHING
        return DONE


def _ranking(newsroom: Newsroom, options: Namespace) -> int:
    from tui_news.newsroom.discussed import most_discussed

    found = most_discussed(newsroom, limit=options.n or 1_000)
    articles = [one.article for one in found]
    if options.format in ("json", "tsv"):
        print_articles(newsroom, articles, options.format)
    else:
        remember(newsroom, lambda: newsroom.cache.put_numbers([article.id for article in articles]))
        from tui_news.text.width import pad

        digits = len(str(len(found)))
        for number, one in enumerate(found, 1):
            source = newsroom.source_name(one.article.source)
            counted = pad(many(one.comments, "{count} comment", "{count} comments"), 13)
            write(f"{number:>{digits}}  {counted} {one.article.headline} · {source}")
    if not found:
        progress(_("No cached article of the last 30 days has comments; `tui-news refresh` asks for news."))
    return DONE if found else NOTHING


def _article(newsroom: Newsroom, target: str) -> Article:
    """The cached article that a target means, or one that is only an address."""
    from tui_news.newsroom.targets import TargetError, find_id

    if re.match(r"https?://", target):
        return Article("", "", comments_url=target)
    try:
        article = newsroom.article(find_id(newsroom, target))
    except TargetError as error:
        raise CommandError(str(error), error.code) from error
    if article is None:
        raise CommandError(_("{target} is no longer in the cache", target=target), NOTHING)
    return article


def _talk(newsroom: Newsroom, article: Article, cached: bool) -> Talk:
    from tui_news.newsroom.discussion import NoCommentsError, fetch, kept

    old = kept(newsroom, article.id)
    if cached:
        if old is None:
            raise CommandError(
                _("these comments were never fetched; leave out --cached to fetch them"), NOTHING
            )
        return old

    async def work() -> Talk:
        try:
            return await fetch(
                newsroom,
                article,
                lambda came, left: progress(
                    _("{comments} comments, {left} answers to come", comments=came, left=left)
                ),
            )
        finally:
            await newsroom.leave()

    try:
        talk = run_async(work())
    except NoCommentsError as error:
        if old is None:
            raise CommandError(str(error)) from error
        complain(
            _("{error}; these are as of {time}", error=error, time=f"{old.thread.fetched:%Y-%m-%d %H:%M}")
        )
        return old
    for note in (talk.notice, *talk.thread.notes):
        if note:
            complain(note)
    return talk


def _print(newsroom: Newsroom, article: Article, talk: Talk, options: Namespace) -> None:
    from tui_news.sources.discussion.thread import nodes

    listed = nodes(talk.thread.comments)
    rows = [_row(number, node, listed, talk) for number, node in enumerate(listed, 1)]
    if options.new:
        rows = [row for row in rows if row["new"]]
    rows = rows[: options.n or None]
    if options.format == "json":
        thread = talk.thread
        write_json(
            article=article.id or None, headline=article.headline or thread.title, url=thread.page or None,
            kind=thread.kind, count=thread.count, new=len(talk.new),
            fetched=thread.fetched.isoformat() if thread.fetched else None, comments=rows,
        )  # fmt: skip
    elif options.format == "tsv":
        write_tsv(COLUMNS, ([int(row[c]) if c == "new" else row[c] for c in COLUMNS] for row in rows))
    else:
        chosen = [listed[row["number"] - 1] for row in rows]
        lines = _markdown(chosen) if options.format == "markdown" else _plain(chosen, talk, options.width)
        head = article.headline or talk.thread.title
        if head:
            write(f"# {head}\n" if options.format == "markdown" else bold(head))
        for line in lines:
            write(line)


def _row(number: int, node: Node, listed: list[Node], talk: Talk) -> dict[str, Any]:
    comment = node.comment
    return {
        "number": number,
        "id": comment.id,
        "parent": listed[node.parent].comment.id if node.parent >= 0 else None,
        "depth": node.depth,
        "author": comment.author,
        "published": comment.when.isoformat() if comment.when else None,
        "score": comment.score,
        "new": comment.id in talk.new,
        "deleted": comment.gone,
        "url": comment.url,
        "text": comment.text,
    }


def _plain(chosen: list[Node], talk: Talk, width: int | None) -> list[str]:
    from tui_news.newsroom import now
    from tui_news.newsroom.discussion import head_of
    from tui_news.typeset import Options, Span
    from tui_news.typeset.remark import remark_head, remark_lines

    columns = max(30, width or min(terminal_width() if is_terminal() else 80, 100))
    moment = now()
    out: list[str] = []
    for node in chosen:
        who, rest = head_of(node.comment, moment, node.comment.id in talk.new)
        head = remark_head(
            (Span(who), Span(rest)), "●" if node.comment.id in talk.new else "○", node.depth, columns
        )
        out.append(head.text)
        options = Options(measure=columns, number_links=False)
        out += [
            line.text.rstrip() for line in remark_lines(node.comment.blocks, node.depth, columns, options)
        ]
    return out


def _markdown(chosen: list[Node]) -> list[str]:
    from tui_news.extract import blocks_to_markdown
    from tui_news.text.when import long_time

    out: list[str] = []
    for node in chosen:
        comment = node.comment
        said = blocks_to_markdown(comment.blocks) or (f"*{_('deleted')}*" if comment.gone else "")
        about = " · ".join(part for part in (long_time(comment.when),) if part)
        text = f"**{comment.author or _('anonymous')}** {about}\n\n{said}"
        mark = "> " * min(node.depth, 12)
        out.append("\n".join((mark + line).rstrip() for line in text.split("\n")) + "\n")
    return out
