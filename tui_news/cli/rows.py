"""Articles on stdout as the verbs list them: plain, JSON or TSV; the numbers are kept for the next verb."""

from __future__ import annotations

from tui_news.cli.output import bold, complain, is_terminal, terminal_width, write, write_json, write_tsv
from tui_news.model import Article
from tui_news.newsroom import Newsroom, now

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from typing import Any

COLUMNS = (
    "number", "id", "published", "source", "section", "headline", "deck", "url", "read", "starred",
    "comments", "tags",
)  # fmt: skip


def print_articles(newsroom: Newsroom, articles: Sequence[Article], form: str) -> None:
    remember(newsroom, lambda: newsroom.cache.put_numbers([article.id for article in articles]))
    rows = [_row(newsroom, number, article) for number, article in enumerate(articles, 1)]
    if form == "json":
        write_json(articles=rows)
    elif form == "tsv":
        write_tsv(COLUMNS, ([_cell(row[name]) for name in COLUMNS] for row in rows))
    else:
        _print_plain(newsroom, articles)


def remember(newsroom: Newsroom, what: Callable[[], None]) -> None:
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
    row = {
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
    if article.standing:
        row["standing"] = list(article.standing)  # more than the twelve, where there is more to be said
    return row


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return int(value)
    return ",".join(value) if isinstance(value, list) else value


def _print_plain(newsroom: Newsroom, articles: Sequence[Article]) -> None:
    from tui_news.newsroom.standing import words
    from tui_news.text.when import SHORT_WIDTH, short_time
    from tui_news.text.width import cell_len, fit, pad

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
        said = "".join(f" [{word}]" for word in words(article)) if article.standing else ""
        text = fit(article.headline, width - used - cell_len(said)) if width else article.headline
        write(left + (text if state.read else bold(text)) + said)
