"""The list of headlines: drawn line by line, virtual, so that 100,000 rows cost what 100 do.

The selection is a marker in the first column and not a row in reverse video: moving it changes two
cells, which is what makes the list feel local over a slow line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar, Literal

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui_news.i18n import many
from tui_news.model import Article, ReaderState
from tui_news.text.when import SHORT_WIDTH, short_time
from tui_news.text.width import cell_len, fit, pad
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.looks import Looks
from tui_news.ui.widgets.quiet import QuietFocus
from tui_news.ui.widgets.words import break_at

Density = Literal["one", "two", "cards"]
HEIGHTS: dict[Density, int] = {"one": 1, "two": 2, "cards": 5}
MARKER = "▌"
NOTED, DEBATED = "✎", "⚑"
SOURCE_WIDTH = 14
WIDE_FROM = 76
"""Cells from which time and source have columns of their own."""


class HeadlineList(QuietFocus, Looks, can_focus=True):
    """Headlines of one view, with a cursor."""

    looks = "list"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--marker", "list--unread", "list--read", "list--muted", "list--source", "list--star",
        "list--hit",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            ("down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up", "open", "space")
        )
    ]

    cursor: reactive[int] = reactive(0, repaint=False)
    density: reactive[Density] = reactive("two", repaint=False)

    class Opened(Message):
        """The reader chose the article under the cursor."""

        def __init__(self, article: Article, *, by_space: bool = False) -> None:
            self.article = article
            self.by_space = by_space
            super().__init__()

    def __init__(
        self,
        *,
        state: Callable[[str], ReaderState],
        source_name: Callable[[str], str],
        now: Callable[[], datetime],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._state = state
        self._source_name = source_name
        self._now = now
        self._articles: Sequence[Article] = ()
        self._present = now()
        self._strips: dict[int, list[Strip]] = {}
        self._marks: Callable[[str], list[tuple[int, int]]] | None = None
        self.opened_id = ""
        self.empty = ""
        """What an empty list says, on lines of its own."""

    # --- what is shown -----------------------------------------------------------------------------

    @property
    def articles(self) -> Sequence[Article]:
        return self._articles

    @property
    def current(self) -> Article | None:
        """The article under the cursor."""
        return self._articles[self.cursor] if self.cursor < len(self._articles) else None

    @property
    def row_height(self) -> int:
        return HEIGHTS[self.density]

    def show(
        self,
        articles: Sequence[Article],
        *,
        keep: str = "",
        marks: Callable[[str], list[tuple[int, int]]] | None = None,
    ) -> None:
        """Show other articles; the cursor goes to the one with id `keep`, else stays at its row.

        When the kept article moves (new ones arrived above), the list scrolls along, so that nothing
        jumps under the reader's eyes. `marks` gives the ranges of a headline to show as hits.
        """
        offset = self.cursor * self.row_height - self.scroll_offset.y
        at_top = self.scroll_offset.y == 0 and self.cursor == 0
        self._articles = articles
        self._marks = marks
        self._present = self._now()
        self._strips.clear()
        index = self.index_of(keep, near=self.cursor) if keep and not at_top else None
        if index is None:
            index = 0 if at_top and not keep else min(self.cursor, max(0, len(articles) - 1))
            if keep and at_top:
                index = 0
        self._resize_rows()
        self.set_reactive(HeadlineList.cursor, index)
        self.scroll_to(y=max(0, index * self.row_height - offset), animate=False, force=True)
        self._show_cursor()
        self.refresh()

    def index_of(self, id: str, near: int = 0) -> int | None:
        """Where an article stands in the list. Looks around `near` first."""
        for index in range(max(0, near - 50), min(len(self._articles), near + 50)):
            if self._id_at(index) == id:
                return index
        ids: Sequence[str] | None = getattr(self._articles, "ids", None)
        if ids is None:
            ids = [article.id for article in self._articles]
        try:
            return ids.index(id)
        except ValueError:
            return None

    def _id_at(self, index: int) -> str:
        """The id of a row, without decoding it or making a list of all where that can be avoided."""
        id_of: Callable[[int], str] | None = getattr(self._articles, "id", None)
        return id_of(index) if id_of is not None else self._articles[index].id

    def update_row(self, id: str) -> None:
        """An article's state changed: draw its row again."""
        self._strips = {index: strips for index, strips in self._strips.items() if self._id_at(index) != id}
        index = self.index_of(id, near=self.cursor)
        if index is not None:
            self._refresh_row(index)

    def update_all(self) -> None:
        """States changed: draw everything again."""
        self._strips.clear()
        self.refresh()

    def _resize_rows(self) -> None:
        self.virtual_size = Size(self.size.width, len(self._articles) * self.row_height)

    def watch_density(self) -> None:
        self._strips.clear()
        self._resize_rows()
        self._show_cursor()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        # Textual says it also when the list comes back as large as it was.
        if self.virtual_size.width != self.size.width:
            self._strips.clear()
            self._resize_rows()
        self.call_after_refresh(self._show_cursor)

    # --- the cursor --------------------------------------------------------------------------------

    def validate_cursor(self, index: int) -> int:
        return max(0, min(index, len(self._articles) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        self._show_cursor()
        for index in (old, new):
            top = index * self.row_height - self.scroll_offset.y
            self.refresh(Region(0, top, 1, self._marker_height))

    @property
    def _marker_height(self) -> int:
        return {"one": 1, "two": 2, "cards": 4}[self.density]

    def _refresh_row(self, index: int) -> None:
        self.refresh(
            Region(0, index * self.row_height - self.scroll_offset.y, self.size.width, self.row_height)
        )

    def _show_cursor(self) -> None:
        height = self.size.height
        if height <= 0:
            return
        top = self.cursor * self.row_height
        bottom = top + self.row_height
        y = self.scroll_offset.y
        if top < y:
            self.scroll_to(y=top, animate=False, force=True)
        elif bottom > y + height:
            self.scroll_to(y=max(0, bottom - height), animate=False, force=True)

    @property
    def page(self) -> int:
        """Rows that fit, at least one."""
        return max(1, self.size.height // self.row_height)

    def action_down(self) -> None:
        self.cursor += 1

    def action_up(self) -> None:
        self.cursor -= 1

    def action_top(self) -> None:
        self.cursor = 0

    def action_bottom(self) -> None:
        self.cursor = len(self._articles) - 1

    def _jump(self, rows: int) -> None:
        # A page turns as a whole: the window and the cursor move by the same number of rows.
        y = self.scroll_offset.y + rows * self.row_height
        limit = max(0, len(self._articles) * self.row_height - self.size.height)
        self.scroll_to(y=max(0, min(y, limit)), animate=False, force=True)
        self.cursor += rows

    def action_half_down(self) -> None:
        self._jump(max(1, self.page // 2))

    def action_half_up(self) -> None:
        self._jump(-max(1, self.page // 2))

    def action_page_down(self) -> None:
        self._jump(self.page)

    def action_page_up(self) -> None:
        self._jump(-self.page)

    def action_open(self) -> None:
        if self.current:
            self.post_message(self.Opened(self.current))

    def action_space(self) -> None:
        if self.current:
            self.post_message(self.Opened(self.current, by_space=True))

    def next_unread(self, step: int = 1) -> int | None:
        """The nearest unread row after (or before, with -1) the cursor, from the other end if need be."""
        count = len(self._articles)
        for distance in range(1, count + 1):
            index = (self.cursor + step * distance) % count
            if not self._state(self._id_at(index)).read:
                return index
        return None

    async def _on_click(self, event: events.Click) -> None:
        index = (event.y + self.scroll_offset.y) // self.row_height
        if 0 <= index < len(self._articles):
            again = index == self.cursor
            self.cursor = index
            if again or event.chain > 1:
                self.action_open()

    # --- drawing -----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        index, part = divmod(line, self.row_height)
        width = self.size.width
        if index >= len(self._articles) or width < 3:
            return (
                self._empty_line(y, width) if not self._articles else Strip.blank(width, self._look("base"))
            )
        strips = self._strips.get(index)
        if strips is None:
            if len(self._strips) > 400:
                self._strips.clear()
            strips = self._strips[index] = self._draw(self._articles[index], width - 1)
        here = index == self.cursor and part < self._marker_height
        marker = Segment(MARKER, self._look("marker")) if here else Segment(" ", self._look("base"))
        return Strip([marker, *strips[part]], width)

    def _empty_line(self, y: int, width: int) -> Strip:
        return message_line(self.empty, y, width, self.size.height, self._look("muted"), self._look("base"))

    def _draw(self, article: Article, width: int) -> list[Strip]:
        state = self._state(article.id)
        match self.density:
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
        for start, end in self._marks(shown) if self._marks else ():
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
        time = Segment(pad(short_time(article.when, self._present), SHORT_WIDTH, right=True) + "  ", muted)
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
        parts = [short_time(article.when, self._present), fit(self._source_name(article.source), 24)]
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


def message_line(text: str, y: int, width: int, height: int, style: Style, base: Style) -> Strip:
    """Line `y` of a message in the middle of an otherwise empty widget; long lines are wrapped."""
    room = max(1, width - 4)
    lines: list[str] = []
    for line in text.split("\n"):
        rest = line
        while cell_len(rest) > room:
            head, rest = break_at(rest, room)
            lines.append(head)
        lines.append(rest)
    index = y - max(0, (height - len(lines)) // 2)
    if not 0 <= index < len(lines):
        return Strip.blank(width, base)
    left = " " * max(0, (width - cell_len(lines[index])) // 2)
    return Strip([Segment(left, base), Segment(lines[index], style)]).adjust_cell_length(width, base)


def _wrap_two(text: str, width: int) -> tuple[str, str]:
    """A text on at most two lines: broken at a space where there is one near, the second cut to fit."""
    if cell_len(text) <= width:
        return text, ""
    head, rest = break_at(text, width)
    return head, fit(rest, width)
