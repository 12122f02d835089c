"""The verbs on the front page: `headlines front`, `headlines --stories`."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tui_news.cli.output import (
    DONE,
    NOTHING,
    bold,
    is_terminal,
    progress,
    terminal_width,
    write,
    write_json,
    write_tsv,
)
from tui_news.i18n import _, mark
from tui_news.newsroom import Newsroom, now
from tui_news.newsroom.told import told_by

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Callable

    from tui_news.model import Article
    from tui_news.portal.front import Block, Front, Item

COLUMNS = (
    "number", "id", "published", "block", "source", "section", "headline", "deck", "sources", "articles",
    "score", "comments",
)  # fmt: skip
STORY_COLUMNS = ("number", "sources", "articles", "begun", "latest", "headline", "ids")


def page_of(newsroom: Newsroom) -> Front | None:
    """The front page, worked out now when it or what it knows of stories is missing."""
    from tui_news.newsroom.told import stamp_of

    front = newsroom.front
    missing = front is None or stamp_of(newsroom.places) is None
    if missing and not newsroom.show_starter and not newsroom.cache.read_only:
        from tui_news.newsroom.frontmaking import build

        build(newsroom)
        front = newsroom.front
    return front


def front(newsroom: Newsroom, options: Namespace) -> int:
    """`headlines front`: the front page block by block; 4 when there is none yet."""
    page = page_of(newsroom)
    if page is None or not page.blocks:
        progress(_("There is no front page yet; `tui-news refresh` asks for news."))
        return NOTHING
    rows: list[tuple[Block, Item]] = []
    for block in page.blocks:
        rows += [(block, item) for item in block.items]
    rows = rows[: options.n or None]
    newsroom.cache.put_numbers([item.id for _block, item in rows])
    if options.format == "json":
        write_json(
            made=_iso(page.made),
            articles=[_row(number, block, item) for number, (block, item) in enumerate(rows, 1)],
        )
    elif options.format == "tsv":
        told = [_row(number, block, item) for number, (block, item) in enumerate(rows, 1)]
        write_tsv(COLUMNS, ([row[name] for name in COLUMNS] for row in told))
    else:
        _plain(newsroom, page, rows)
    return DONE


def _iso(moment: float) -> str:
    from datetime import UTC, datetime

    return datetime.fromtimestamp(moment, UTC).isoformat(timespec="seconds")


def _row(number: int, block: Block, item: Item) -> dict[str, Any]:
    return {
        "id": item.id, "number": number, "block": block.kind, "headline": item.headline, "deck": item.deck,
        "source": item.source, "section": "/".join(item.section), "published": _iso(item.when),
        "sources": item.sources, "articles": len(item.story) or 1, "story": list(item.story),
        "score": item.score, "comments": item.comments or None,
        "why": [{"reason": kind, "points": points, "value": value} for kind, points, value in item.reasons],
    }  # fmt: skip


def _among(newsroom: Newsroom, options: Namespace) -> Callable[[Article], bool]:
    """Which articles the section, the sources or the saved search named on the command line hold."""
    if len(options.section) == 1 and (path := newsroom.search_path(options.section[0])):
        from tui_news.newsroom import View

        hits = {article.id for article in newsroom.listing(View(path))}
        return lambda article: article.id in hits
    from tui_news.cli.desk import chosen_sources

    sources = chosen_sources(newsroom, [*options.section, *(options.source or [])])
    ids = {source.id for source in (newsroom.sources if sources is None else sources)}
    return lambda article: article.source in ids


TITLES = {
    "lead": "", "second": "", "blogs": mark("Blogs"), "leisure": mark("Leisure"),
    "discussed": mark("Most discussed"),
}  # fmt: skip


def _plain(newsroom: Newsroom, page: Front, rows: list[tuple[Block, Item]]) -> None:
    from datetime import UTC, datetime

    from tui_news.text.when import SHORT_WIDTH, short_time
    from tui_news.text.width import fit, pad

    width = terminal_width() if is_terminal() else 0
    digits = len(str(len(rows)))
    moment = now()
    last: Block | None = None
    for number, (block, item) in enumerate(rows, 1):
        title = _(TITLES[block.kind]) if TITLES.get(block.kind) else TITLES.get(block.kind, block.title)
        if block is not last and title:
            write(bold(title))
        last = block
        when = short_time(datetime.fromtimestamp(item.when, UTC), moment)
        tail = f"  ({told_by(item.sources)})" if item.sources > 1 else ""
        left = f"{number:>{digits}} {pad(when, SHORT_WIDTH, right=True)}  {pad(item.source, 16)}  "
        room = width - len(left) - len(tail)
        text = fit(item.headline, room) if width else item.headline
        read = newsroom.state(item.id).read
        write(left + (text if read else bold(text)) + tail)
    topics = [p.text for block in page.blocks if block.kind == "topics" for p in block.phrases]
    if topics and len(rows) == len(page.items()):
        write(bold(_("Hot topics")))
        write("  " + " · ".join(topics[:20]))


def stories(newsroom: Newsroom, options: Namespace) -> int:
    """`headlines --stories`: events that several sources tell, a row each; 4 when there are none. Of a
    section, a source or a saved search, what the app's list of it folds."""
    from tui_news.newsroom.why import shared_words

    page_of(newsroom)
    chosen = _among(newsroom, options)
    rows = []
    for story in newsroom.told.stories:
        articles = [found for id in story.ids if (found := newsroom.cache.article(id)) is not None]
        articles = [one for one in articles if chosen(one) and not newsroom.state(one.id).hidden]
        sources = list(dict.fromkeys(newsroom.source_name(article.source) for article in articles))
        if len(articles) < 2 or len(sources) < 2:
            continue
        times = sorted(article.when for article in articles if article.when)
        rows.append((articles, sources, times))
    rows.sort(key=lambda row: (-len(row[1]), -(row[2][-1].timestamp() if row[2] else 0)))
    rows = rows[: options.n or None]
    newsroom.cache.put_numbers([articles[0].id for articles, _sources, _times in rows])
    if options.format == "json":
        write_json(
            stories=[
                {
                    "number": number, "headline": articles[0].headline, "sources": sources,
                    "begun": times[0].isoformat() if times else None,
                    "latest": times[-1].isoformat() if times else None,
                    "shared": shared_words(articles),
                    "articles": [
                        {"id": one.id, "headline": one.headline, "source": newsroom.source_name(one.source),
                         "published": one.published.isoformat() if one.published else None, "url": one.url}
                        for one in articles
                    ],
                }
                for number, (articles, sources, times) in enumerate(rows, 1)
            ]
        )  # fmt: skip
    elif options.format == "tsv":
        write_tsv(
            STORY_COLUMNS,
            [
                (number, len(sources), len(articles), times[0].isoformat() if times else "",
                 times[-1].isoformat() if times else "", articles[0].headline,
                 ",".join(one.id for one in articles))
                for number, (articles, sources, times) in enumerate(rows, 1)
            ],
        )  # fmt: skip
    else:
        for number, (articles, sources, _times) in enumerate(rows, 1):
            write(f"{number:>3} {told_by(len(sources)):>10}  {bold(articles[0].headline)}")
    if not rows:
        progress(_("No story is told by two sources yet."))
    return DONE if rows else NOTHING
