"""What a row of the list of headlines looks like, in each density."""

from __future__ import annotations

from datetime import datetime

from tui_news.i18n import _, many
from tui_news.model import Article, ReaderState
from tui_news.newsroom.standing import signs, words
from tui_news.text.when import SHORT_WIDTH, short_time
from tui_news.text.width import cell_len, fit, pad
from tui_news.ui.drawn import L, Line, Piece
from tui_news.ui.widgets.words import break_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Sequence
    from dataclasses import dataclass
    from typing import Generic, Literal, TypeAlias

    from tui_news.newsroom.folded import Folded
else:
    from tui_news.light import Generic
    from tui_news.records import dataclass

Density: TypeAlias = "Literal['one', 'two', 'cards']"
HEIGHTS: dict[Density, int] = {"one": 1, "two": 2, "cards": 5}
"""Lines of a row."""
MARKER_HEIGHTS: dict[Density, int] = {"one": 1, "two": 2, "cards": 4}
"""Of them those beside which the marker stands."""
MARKER = "▌"
NOTED, DEBATED, UNREAD = "✎", "⚑", "•"
MIDDLE, LAST, DOWN, BLANK = "├ ", "└ ", "│ ", "  "
SOURCE_WIDTH = 14
WIDE_FROM = 76
"""Cells from which time and source have columns of their own."""
NAMES_FROM = 12
"""Cells in which it is worth while to begin the names of a story's sources."""


@dataclass(frozen=True, slots=True)
class Row:
    """What a row shows."""

    article: Article
    state: ReaderState
    """Of a story what holds for the whole: read when all of it is, starred when any of it is."""
    when: datetime | None
    source: str
    """The source's name, or how many tell the story."""
    articles: int = 1
    """How many a story has."""
    unread: int = 0
    """How many of them are unread, where some are not."""
    others: str = ""
    """A story's sources by name."""
    branch: str = ""
    """The line that ties an article to the open story above it."""


class HeadlineRows(Generic[L]):
    """Draws rows in the looks of their list."""

    def __init__(
        self,
        look: Callable[[str], L],
        *,
        state: Callable[[str], ReaderState],
        source_name: Callable[[str], str],
        head: Callable[[Article], Article],
        present: datetime,
    ) -> None:
        self._look = look
        self._state = state
        self._head = head
        self.altered: set[str] = set()
        """Articles that may be others than when the list was made: they are looked up again."""
        self._source_name = source_name
        self.present = present
        """The time from which a row's own is told."""
        self.marks: Callable[[str], list[tuple[int, int]]] | None = None
        """Gives the ranges of a headline to show as hits."""

    def row(self, rows: Sequence[Article], index: int) -> Row:
        """A row of a list, folded or not."""
        article = rows[index]
        if article.standing or article.id in self.altered:
            article = self._head(article)
        # A list with stories has a method for them; its class is loaded only where there is one.
        folded: Folded | None = rows if hasattr(rows, "pile") else None  # type: ignore[assignment]
        pile = folded.pile(index) if folded is not None else None
        if folded is None or pile is None or pile.open:
            branch = ""
            if folded is not None and folded.above(index) is not None:
                branch = LAST if folded.is_last(index) else MIDDLE
            state = self._state(article.id)
            return Row(article, state, article.when, self._source_name(article.source), branch=branch)
        from tui_news.newsroom.folded import together
        from tui_news.newsroom.told import told_by

        states = [self._state(id) for id in pile.ids]
        unread = sum(not state.read for state in states)
        names = [self._source_name(source) for source in pile.sources]
        told = told_by(len(names)) if len(names) > 1 else names[0]
        some = unread if unread < len(pile.ids) else 0
        return Row(
            article, together(states), folded.latest(index), told, len(pile.ids), some,
            _(", ").join(names) if len(names) > 1 else "",
        )  # fmt: skip

    def draw(self, row: Row, density: Density, width: int) -> list[Line[L]]:
        """The lines of a row."""
        match density:
            case "one":
                return [self._one(row, width)]
            case "two":
                return self._two(row, width)
            case _:
                return self._cards(row, width)

    def _sign(self, state: ReaderState) -> Piece[L]:
        if state.starred:
            return Piece("★ ", self._look("star"))
        if state.later:
            return Piece("◷ ", self._look("star"))
        if not state.read:
            return Piece("• ", self._look("star"))
        return Piece("  ", self._look("base"))

    def _headline(self, text: str, row: Row, width: int, *, below: bool = False) -> list[Piece[L]]:
        """A headline, or with `below` its second line, on so many cells."""
        style = self._look("read" if row.state.read else "unread")
        segments = self._branch(row, below=below)
        width = max(0, width - 2 * len(segments))
        shown = fit(text, width)
        at = 0
        for start, end in self.marks(shown) if self.marks else ():
            segments.append(Piece(shown[at:start], style))
            segments.append(Piece(shown[start:end], self._look("hit")))
            at = end
        segments.append(Piece(shown[at:], style))
        segments.append(Piece(" " * (width - cell_len(shown)), self._look("base")))
        return segments

    def _branch(self, row: Row, *, below: bool = False) -> list[Piece[L]]:
        """What ties an article to the story above it, two cells; none for other rows."""
        if not row.branch:
            return []
        under = BLANK if row.branch == LAST else DOWN
        return [Piece(under if below else row.branch, self._look("muted"))]

    def _comments(self, article: Article) -> str:
        return f" {article.comments}c" if article.comments else ""

    def _own(self, state: ReaderState) -> str:
        """What the reader has said of an article: a note, a debate."""
        return (f" {NOTED}" if state.note else "") + (f" {DEBATED}" if state.debate else "")

    def _facts(self, row: Row, width: int) -> str:
        """The line under a headline, where there is room for words."""
        own = " ".join([*signs(row.article), *self._own(row.state).split()])
        facts = " · ".join([*words(row.article), self._meta(row, width)])
        return f"{own} {facts}" if own else facts

    def _source(self, row: Row, width: int) -> str:
        """Who tells it, in so many cells: how often, and how many of that are unread, always fits."""
        left = f" ×{row.articles}" if row.articles > 1 and not row.others else ""
        left += f" {UNREAD}{row.unread}" if row.unread else ""
        return fit(row.source, max(1, width - cell_len(left))) + left

    def _one(self, row: Row, width: int) -> Line[L]:
        # Time and source are one look where they stand side by side: two would cost 11 bytes a row.
        muted = self._look("muted")
        beside = self._look("source") if width >= WIDE_FROM else muted
        time = Piece(pad(short_time(row.when, self.present), SHORT_WIDTH, right=True) + "  ", beside)
        used = 2 + SHORT_WIDTH + 2
        parts = [self._sign(row.state), time]
        own, count = self._own(row.state), self._comments(row.article)
        # At the edge, where they stand one under the other.
        fate = "".join(f" {sign}" for sign in signs(row.article))
        if width >= WIDE_FROM:
            source = pad(self._source(row, SOURCE_WIDTH), SOURCE_WIDTH) + "  "
            parts.append(Piece(source, self._look("source")))
            used += SOURCE_WIDTH + 2
            told = ""
        else:
            told = "  " + self._source(row, SOURCE_WIDTH) if row.articles > 1 else ""
        room = width - used - cell_len(told) - len(own) - len(count) - len(fate)
        parts += self._headline(row.article.headline, row, max(0, room))
        parts += [
            Piece(told, self._look("source")),
            Piece(own, self._look("star")),
            Piece(count, muted),
            Piece(fate, self._look("star")),
        ]
        return Line(parts).fitted(width, self._look("base"))

    def _meta(self, row: Row, width: int) -> str:
        """Time, source and comments; of a story also by name who tells it, as far as that fits."""
        parts = [short_time(row.when, self.present), self._source(row, 24)]
        if row.article.comments:
            parts.append(many(row.article.comments, "{count} comment", "{count} comments"))
        meta = " · ".join(part for part in parts if part)
        room = width - cell_len(meta) - 2
        if not row.others or room < NAMES_FROM:
            return meta
        return _("{name}: {value}", name=meta, value=fit(row.others, room))

    def _two(self, row: Row, width: int) -> list[Line[L]]:
        base, muted = self._look("base"), self._look("muted")
        article = row.article
        if width >= WIDE_FROM:
            left = SHORT_WIDTH + 2 + SOURCE_WIDTH + 2
            deck = article.deck or self._comments(article).strip().replace("c", " comments")
            branch = self._branch(row, below=True)
            room = max(0, width - left - 3 - 2 * len(branch))
            second = [Piece(" " * (2 + left), base), *branch, Piece(fit(deck, room), muted)]
            return [
                self._one(row, width),
                Line(second).fitted(width, base),
            ]
        meta = self._facts(row, 0)
        branch = self._branch(row, below=True)
        room = width - 2 - 2 * len(branch) - cell_len(meta) - 3
        rest = f" — {fit(article.deck, room)}" if article.deck and room >= 12 else ""
        return [
            Line([self._sign(row.state), *self._headline(article.headline, row, max(0, width - 3))])
            .fitted(width, base),
            Line([Piece("  ", base), *branch, Piece(meta, self._look("source")), Piece(rest, muted)])
            .fitted(width, base),
        ]  # fmt: skip

    def _cards(self, row: Row, width: int) -> list[Line[L]]:
        base, muted = self._look("base"), self._look("muted")
        branch = self._branch(row, below=True)
        room = max(1, width - 4 - 2 * len(branch))
        first, rest = _wrap_two(row.article.headline, room)
        deck, more = _wrap_two(row.article.deck, room)
        meta = self._facts(row, room)
        left = [Piece("  ", base), *branch]
        wide = room + 2 * len(branch)
        lines: list[list[Piece[L]]] = [
            [self._sign(row.state), *self._headline(first, row, wide)],
            [left[0], *self._headline(rest, row, wide, below=True)] if rest
            else [*left, Piece(meta, self._look("source"))],
            [*left, Piece(meta, self._look("source"))] if rest
            else [*left, Piece(deck, muted)],
            [*left, Piece(deck if rest and not more else fit(row.article.deck, room) if rest
                            else more, muted)],
            [],
        ]  # fmt: skip
        return [Line(line).fitted(width, base) for line in lines]


def _wrap_two(text: str, width: int) -> tuple[str, str]:
    """A text on at most two lines: broken at a space where there is one near, the second cut to fit."""
    if cell_len(text) <= width:
        return text, ""
    head, rest = break_at(text, width)
    return head, fit(rest, width)
