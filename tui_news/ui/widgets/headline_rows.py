"""What a row of the list of headlines looks like, in each density."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal

from rich.segment import Segment
from rich.style import Style
from textual.strip import Strip

from tui_news.i18n import many
from tui_news.model import Article, ReaderState
from tui_news.text.when import SHORT_WIDTH, short_time
from tui_news.text.width import cell_len, fit, pad
from tui_news.ui.widgets.words import break_at

Density = Literal["one", "two", "cards"]
NOTED, DEBATED = "✎", "⚑"
SOURCE_WIDTH = 14
WIDE_FROM = 76
"""Cells from which time and source have columns of their own."""


class HeadlineRows:
    """Draws rows in the looks of their list."""

    def __init__(
        self,
        look: Callable[[str], Style],
        *,
        state: Callable[[str], ReaderState],
        source_name: Callable[[str], str],
        present: datetime,
    ) -> None:
        self._look = look
        self._state = state
        self._source_name = source_name
        self.present = present
        """The time from which a row's own is told."""
        self.marks: Callable[[str], list[tuple[int, int]]] | None = None
        """Gives the ranges of a headline to show as hits."""

    def draw(self, article: Article, density: Density, width: int) -> list[Strip]:
        """The lines of a row."""
        state = self._state(article.id)
        match density:
            case "one":
                return [self._one(article, state, width)]
            case "two":
                return self._two(article, state, width)
            case _:
                return self._cards(article, state, width)

    def _sign(self, state: ReaderState) -> Segment:
        if state.starred:
            return Segment("★ ", self._look("star"))
        if state.later:
            return Segment("◷ ", self._look("star"))
        if not state.read:
            return Segment("• ", self._look("star"))
        return Segment("  ", self._look("base"))

    def _headline(self, text: str, state: ReaderState, width: int) -> list[Segment]:
        style = self._look("read" if state.read else "unread")
        shown = fit(text, width)
        segments: list[Segment] = []
        at = 0
        for start, end in self.marks(shown) if self.marks else ():
            segments.append(Segment(shown[at:start], style))
            segments.append(Segment(shown[start:end], self._look("hit")))
            at = end
        segments.append(Segment(shown[at:], style))
        segments.append(Segment(" " * (width - cell_len(shown)), self._look("base")))
        return segments

    def _comments(self, article: Article) -> str:
        return f" {article.comments}c" if article.comments else ""

    def _own(self, state: ReaderState) -> str:
        """What the reader has said of an article: a note, a debate."""
        return (f" {NOTED}" if state.note else "") + (f" {DEBATED}" if state.debate else "")

    def _one(self, article: Article, state: ReaderState, width: int) -> Strip:
        muted = self._look("muted")
        time = Segment(pad(short_time(article.when, self.present), SHORT_WIDTH, right=True) + "  ", muted)
        used = 2 + SHORT_WIDTH + 2
        parts = [self._sign(state), time]
        if width >= WIDE_FROM:
            parts.append(
                Segment(pad(self._source_name(article.source), SOURCE_WIDTH) + "  ", self._look("source"))
            )
            used += SOURCE_WIDTH + 2
        own, count = self._own(state), self._comments(article)
        parts += self._headline(article.headline, state, max(0, width - used - len(own) - len(count)))
        parts += [Segment(own, self._look("star")), Segment(count, muted)]
        return Strip(parts).adjust_cell_length(width, self._look("base"))

    def _meta(self, article: Article) -> str:
        parts = [short_time(article.when, self.present), fit(self._source_name(article.source), 24)]
        if article.comments:
            parts.append(many(article.comments, "{count} comment", "{count} comments"))
        return " · ".join(part for part in parts if part)

    def _two(self, article: Article, state: ReaderState, width: int) -> list[Strip]:
        base, muted = self._look("base"), self._look("muted")
        if width >= WIDE_FROM:
            left = SHORT_WIDTH + 2 + SOURCE_WIDTH + 2
            deck = article.deck or self._comments(article).strip().replace("c", " comments")
            second = [Segment(" " * (2 + left), base), Segment(fit(deck, max(0, width - left - 3)), muted)]
            return [
                self._one(article, state, width),
                Strip(second).adjust_cell_length(width, base),
            ]
        own = self._own(state).lstrip()
        meta = f"{own} {self._meta(article)}" if own else self._meta(article)
        room = width - 2 - cell_len(meta) - 3
        rest = f" — {fit(article.deck, room)}" if article.deck and room >= 12 else ""
        return [
            Strip([self._sign(state), *self._headline(article.headline, state, max(0, width - 3))])
            .adjust_cell_length(width, base),
            Strip([Segment("  ", base), Segment(meta, self._look("source")), Segment(rest, muted)])
            .adjust_cell_length(width, base),
        ]  # fmt: skip

    def _cards(self, article: Article, state: ReaderState, width: int) -> list[Strip]:
        base, muted = self._look("base"), self._look("muted")
        room = max(1, width - 4)
        first, rest = _wrap_two(article.headline, room)
        deck, more = _wrap_two(article.deck, room)
        own = self._own(state).lstrip()
        meta = f"{own} {self._meta(article)}" if own else self._meta(article)
        lines: list[list[Segment]] = [
            [self._sign(state), *self._headline(first, state, room)],
            [Segment("  ", base), *self._headline(rest, state, room)] if rest
            else [Segment("  ", base), Segment(meta, self._look("source"))],
            [Segment("  ", base), Segment(meta, self._look("source"))] if rest
            else [Segment("  ", base), Segment(deck, muted)],
            [Segment("  ", base), Segment(deck if rest and not more else fit(article.deck, room) if rest
                                          else more, muted)],
            [],
        ]  # fmt: skip
        return [Strip(line).adjust_cell_length(width, base) for line in lines]


def _wrap_two(text: str, width: int) -> tuple[str, str]:
    """A text on at most two lines: broken at a space where there is one near, the second cut to fit."""
    if cell_len(text) <= width:
        return text, ""
    head, rest = break_at(text, width)
    return head, fit(rest, width)
