"""The reader's own notes on articles, and what he put up for debate: written, listed, exported."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

from tui_news.cache.results import Step
from tui_news.i18n import mark
from tui_news.model import Article
from tui_news.text.clean import clean_body

if TYPE_CHECKING:
    from tui_news.newsroom import Newsroom

MAX_NOTE = 50_000
"""Characters of a note."""

Which = Literal["notes", "debate"]


def write_note(newsroom: Newsroom, id: str, text: str) -> Step | None:
    """Keep a note on an article, or take it off with an empty text; one step that `undo` takes back.

    None when nothing changed. Raises `CacheError`, and ValueError for a note that is too long.
    """
    note = clean_body(text).strip()
    if len(note) > MAX_NOTE:
        raise ValueError(f"a note may have {MAX_NOTE:,} characters; this one has {len(note):,}")
    return newsroom.mark([id], mark("note kept") if note else mark("note removed"), note=note)


def put_up(newsroom: Newsroom, id: str, debate: bool) -> Step | None:
    """Put an article up for debate (设为辩论话题), or take it off. Raises `CacheError`."""
    return newsroom.mark(
        [id], mark("put up for debate") if debate else mark("no longer up for debate"), debate=debate
    )


def noted(newsroom: Newsroom, which: Which = "notes") -> list[tuple[Article, str]]:
    """The articles with a note, or those up for debate, each with its note, newest first."""
    from tui_news.newsroom import View

    view = View(mark="debate") if which == "debate" else View(query="is:noted")
    return [(article, newsroom.state(article.id).note) for article in newsroom.listing(view)]


def as_markdown(newsroom: Newsroom, which: Which = "notes") -> str:
    """All of them as one Markdown document: headline, source, link, note, and how many comments there are."""
    from tui_news.extract.markdown import escaped
    from tui_news.text.when import long_time

    parts = ["# Debate" if which == "debate" else "# Notes"]
    for article, note in noted(newsroom, which):
        about = [
            newsroom.source_name(article.source),
            ", ".join(article.authors),
            long_time(article.published),
        ]
        if article.comments:
            about.append(f"{article.comments} comments")
        parts.append(f"## {escaped(article.headline)}")
        parts.append(escaped(" · ".join(part for part in about if part)))
        if article.url:
            parts.append(f"<{article.url}>")
        # The reader wrote it, perhaps in Markdown himself: it goes out as he wrote it.
        parts.append(note or "*No note yet.*")
    return "\n\n".join(parts) + "\n"
