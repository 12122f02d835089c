"""What became of an article since the reader read it: in a line, and as a comparison to be read."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from functools import cached_property
from typing import TYPE_CHECKING, Any

from tui_news.cache.versions import differ
from tui_news.i18n import _, many, mark
from tui_news.model import EMPHASIS, Article, Block, Run
from tui_news.portal.revision import SIGNS, Revision, Signs, revision, runs_of, shown, signed
from tui_news.portal.versions import compare
from tui_news.text.when import long_time

if TYPE_CHECKING:
    from tui_news.cache.versions import Past
    from tui_news.newsroom import Newsroom

_FATES = {
    "deleted": mark("Withdrawn by its source, {time}. It is kept here as it was."),
    "gone": mark("Withdrawn: its page is gone, as found {time}. It is kept here as it was."),
    "moved": mark("Withdrawn: its page leads elsewhere, as found {time}. It is kept here as it was."),
    "unlisted": mark(
        "No longer in its feed, which still lists older articles, as found {time}. Perhaps it was withdrawn."
    ),
}


class Versions:
    """An article as it is and as it was read."""

    def __init__(self, article: Article, past: Past, read: int) -> None:
        self.article = article
        self.past = past
        self.read = _moment(read)
        """When the former version was read; None when that is not known."""
        self.changed = _moment(past.changed)
        self.renamed = bool(past.changed) and differ(past.headline, article.headline)

    @cached_property
    def text(self) -> Revision:
        """What became of the text."""
        past = self.past
        if past.blocks is None or past.full != self.article.full:
            return Revision()  # the page is no other version of the feed's words
        return revision(past.blocks, self.article.blocks)

    @cached_property
    def redecked(self) -> bool:
        """Whether the deck is another one, and not the beginning of a text that is."""
        past = self.past
        if not past.changed or not differ(past.deck, self.article.deck):
            return False
        from tui_news.typeset.article import opens_with

        old = replace(self.article, blocks=past.blocks if past.blocks is not None else self.article.blocks)
        return not (opens_with(old, past.deck) and opens_with(self.article, self.article.deck))

    @property
    def any(self) -> bool:
        """Whether there is a comparison to be shown."""
        return bool(self.renamed or self.redecked or self.text.changes or self.past.headlines)

    @property
    def parts(self) -> list[str]:
        """What changed, in words."""
        text, found = self.text, []
        if self.renamed:
            found.append(_("headline"))
        if self.redecked:
            found.append(_("deck"))
        if text.changes:
            found.append(many(text.changes, "{count} paragraph", "{count} paragraphs"))
        return found

    def line(self) -> str:
        """One line that says what changed since when; '' when nothing did."""
        if not self.past.changed:
            return ""
        parts = _(", ").join(self.parts)
        if not parts:
            when = long_time(self.changed)
            return _("Changed and changed back after you had read it, last {time}", time=when)
        if self.read is None:
            return _("Changed since you read it: {parts}", parts=parts)
        return _("Changed since you read it on {time}: {parts}", time=long_time(self.read), parts=parts)

    def compared(self, signs: Signs | None = None) -> tuple[Block, ...]:
        """What changed as a text of its own, marked in its runs, and by `signs` where looks do not tell."""
        past, article = self.past, self.article
        blocks: list[Block] = []
        if self.renamed:
            blocks.append(Block("subhead", runs_of(compare(past.headline, article.headline)), 2))
        if self.redecked:
            blocks.append(Block("paragraph", runs_of(compare(past.deck, article.deck), EMPHASIS)))
        if self.text.changes:
            blocks += shown(self.text)
        elif past.blocks is None and not (self.renamed or self.redecked):
            blocks.append(Block("paragraph", (Run(_("The text says again what you read."), EMPHASIS),)))
        former = past.headlines
        if len(former) > (1 if self.renamed else 0):
            blocks.append(Block("subhead", (Run(_("Former headlines")),), 3))
            blocks += [
                Block("item", (Run(_("{headline} (until {time})", headline=headline, time=_said(until))),), 1)
                for until, headline in former
            ]
        return signed(blocks, signs) if signs else tuple(blocks)

    def data(self) -> dict[str, Any]:
        """The comparison for the machine formats."""
        past, article = self.past, self.article
        found: dict[str, Any] = {
            "changed": _iso(self.changed),
            "read": _iso(self.read),
            "seen": _iso(_moment(past.seen)),
            "parts": {
                "headline": self.renamed, "deck": self.redecked, "altered": self.text.count("~"),
                "added": self.text.count("+"), "removed": self.text.count("-"),
            },
            "headline": [list(piece) for piece in compare(past.headline, article.headline)]
            if self.renamed else None,
            "deck": [list(piece) for piece in compare(past.deck, article.deck)] if self.redecked else None,
            "text": [_step(step.sign, step.block) for step in self.text.steps] if self.text.changes else None,
            "headlines": [{"text": text, "until": _iso(_moment(until))} for until, text in past.headlines],
        }  # fmt: skip
        return found


def _step(sign: str, block: Block) -> dict[str, Any]:
    """A paragraph of a comparison as plain data."""
    if sign != "~":
        return {"sign": sign, "text": block.text}
    signs = {"d": "-", "i": "+"}
    return {"sign": sign, "pieces": [[signs.get(run.marks, "="), run.text] for run in block.runs]}


def versions_of(newsroom: Newsroom, article: Article) -> Versions | None:
    """What became of an article; None when it is as it was read."""
    past = newsroom.cache.past(article.id) if article.id else None
    if past is None:
        return None
    read = past.read or (newsroom.cache.read_at(article.id) if past.changed else 0)
    return Versions(article, past, read if read <= past.changed else 0)


def fate(past: Past) -> list[str]:
    """What is said of an article that was withdrawn, with its source's own words; nothing of others."""
    if not past.withdrawn:
        return []
    said = [_(_FATES[past.withdrawn], time=_said(past.since))]
    return [*said, _("Its source says: {comment}", comment=past.comment)] if past.comment else said


def lines(newsroom: Newsroom, article: Article) -> tuple[str, ...]:
    """What stands under an article's byline: that it has changed, that it was withdrawn."""
    found = versions_of(newsroom, article)
    if found is None:
        return ()
    return tuple(line for line in (*fate(found.past), found.line()) if line)


def compared_text(newsroom: Newsroom, article: Article) -> Article:
    """The article with what changed in place of its text, signs around what went and came."""
    found = versions_of(newsroom, article)
    if found is None:
        return article
    return replace(article, blocks=found.compared(SIGNS), deck="", notes=(*fate(found.past), found.line()))


def compared_json(newsroom: Newsroom, article: Article) -> str:
    """The article as JSON, with what changed in it under `changes`."""
    import json

    from tui_news.newsroom.documents import article_data

    found = versions_of(newsroom, article)
    changes = found.data() if found else None
    data = {"version": 1, **article_data(article), "changes": changes}
    return json.dumps(data, ensure_ascii=False, indent=1) + "\n"


def _moment(milliseconds: int) -> datetime | None:
    """A time in the reader's zone."""
    return datetime.fromtimestamp(milliseconds / 1000, UTC).astimezone() if milliseconds else None


def _said(milliseconds: int) -> str:
    return long_time(_moment(milliseconds))


def _iso(moment: datetime | None) -> str | None:
    return moment.isoformat(timespec="seconds") if moment else None
