"""How things are said: a headline, an article's facts and its text, in words and without drawing."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from tui_news.i18n import _, many
from tui_news.model import Article, Block, ReaderState, Run
from tui_news.newsroom.standing import words as standing_words
from tui_news.text.when import long_time, short_time
from tui_news.typeset.article import Page, opens_with

_ENDS = ".!?…。！？"


def fact(name: str, value: str) -> str:
    """A fact with its name before it."""
    return _("{name}: {value}", name=name, value=value)


def joined(parts: Iterable[str]) -> str:
    """The parts of an enumeration that are not empty."""
    return _(", ").join(part for part in parts if part)


def sentence(text: str) -> str:
    """The text with a full stop at its end, so that speech pauses there."""
    text = text.rstrip()
    if not text or text[-1] in _ENDS or text.rstrip("”’\"')）」』")[-1:] in _ENDS:
        return text
    return text + ("。" if "\u3040" <= text[-1] <= "\u9fff" else ".")


def headline_line(
    number: int, article: Article, state: ReaderState, source: str, moment: datetime, since: datetime | None
) -> str:
    """A headline of a list: number, headline, source and time, and what the reader did with it in words."""
    words = []
    if not state.read:
        new = since is not None and article.fetched is not None and article.fetched > since
        words.append(_("new") if new else _("unread"))
    if state.starred:
        words.append(_("starred"))
    if state.later:
        words.append(_("for later"))
    if state.note:
        words.append(_("with a note"))
    words += standing_words(article)
    if article.comments:
        words.append(many(article.comments, "{count} comment", "{count} comments"))
    facts = [source, short_time(article.when, moment), *words]
    title = sentence(article.headline or _("(untitled)"))
    return f"{number}. {title} {joined(facts)}"


def facts(page: Page) -> list[str]:
    """What stands above an article's text, a fact a line."""
    article = page.article
    out = [article.kicker, article.headline or _("(untitled)")]
    if article.deck and page.comparison is None and not opens_with(article, article.deck):
        out.append(article.deck)
    trail = article.breadcrumb or page.trail
    named = (
        (_("Section"), joined(trail)),
        (_("Source"), page.source_name),
        (_("Agency"), article.agency if article.agency != page.source_name else ""),
        (_("Place"), article.place),
        (_("By"), joined(article.authors)),
        (_("Published"), long_time(article.published)),
        (_("Updated"), long_time(article.updated) if changed(article) else ""),
    )
    out += [fact(name, value) for name, value in named if value]
    out += [note for note in (*page.standing, page.notice, *article.notes) if note]
    return [line for line in out if line]


def changed(article: Article) -> bool:
    """Whether an article was updated after it was published."""
    return bool(article.updated and article.published and article.updated > article.published)


def foot(article: Article, links: int) -> list[str]:
    """What stands under an article's text, a fact a line."""
    out = []
    if article.editor:
        out.append(fact(_("Editor"), article.editor))
    if article.tags:
        out.append(fact(_("Tags"), joined(article.tags)))
    out += [fact(_("Enclosure"), joined((each.title, each.type))) for each in article.enclosures]
    if article.comments is not None:
        out.append(many(article.comments, "{count} comment", "{count} comments"))
    if links:
        out.append(many(links, "{count} link; # lists it", "{count} links; # lists them"))
    return out


def spoken(blocks: Sequence[Block]) -> tuple[list[Block], list[int]]:
    """Blocks as they are read aloud, and the index in `blocks` that each comes from.

    Bars, rules and table frames are drawing: a quote says that it is one, a table is a line for each row
    with the head's names before the cells, a subhead says its rank.
    """
    out: list[Block] = []
    origins: list[int] = []
    quoted = False
    for index, block in enumerate(blocks):
        made: list[Block] = []
        match block.kind:
            case "subhead":
                rank = _("Heading {level}:", level=max(1, block.level))
                made = [Block("paragraph", (Run(rank + " "), *block.runs))]
            case "quote":
                lead = () if quoted else (Run(_("Quote:") + " "),)
                made = [Block("paragraph", (*lead, *block.runs))]
            case "picture":
                alt = f" {block.alt}." if block.alt else ""
                label = Run(_("Picture") + (f":{alt}" if alt else "."), href=block.src)
                caption = block.runs if block.text.strip() != block.alt.strip() else ()
                made = [Block("paragraph", (label, Run(" "), *caption))]
            case "table":
                made = _rows(block)
            case "rule":
                made = []
            case _:
                made = [block]
        if quoted and block.kind != "quote" and made:
            made[0] = replace(made[0], runs=(Run(_("End of quote.") + " "), *made[0].runs))
        if made:
            quoted = block.kind == "quote"
        out += made
        origins += [index] * len(made)
    return out, origins


def _rows(block: Block) -> list[Block]:
    """A table as a paragraph for each row: `name: cell; name: cell`."""
    names: list[str] = []
    rows = block.rows
    if block.header and rows:
        names = ["".join(run.text for run in cell).strip() for cell in rows[0]]
        rows = rows[1:]
    lead = many(len(rows), "Table, {count} row.", "Table, {count} rows.")
    out = [Block("paragraph", (Run(lead), *((Run(" "), *block.runs) if block.runs else ())))]
    for row in rows:
        runs: list[Run] = []
        for column, cell in enumerate(row):
            if not any(run.text.strip() for run in cell):
                continue
            if runs:
                runs.append(Run("; "))
            if column < len(names) and names[column]:
                runs.append(Run(names[column] + ": "))
            runs += cell
        if runs:
            out.append(Block("item", tuple(runs), 1))
    return out
