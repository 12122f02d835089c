"""The list of headlines: drawn line by line, virtual, so that 100,000 rows cost what 100 do.

The selection is a marker in the first column and not a row in reverse video: moving it changes two
cells, which is what makes the list feel local over a slow line.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.reactive import reactive
from textual.strip import Strip

from tui_news.model import Article, ReaderState
from tui_news.newsroom.folded import Folded, Pile
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.headline_rows import HEIGHTS, MARKER, MARKER_HEIGHTS, Density, HeadlineRows
from tui_news.ui.widgets.looks import Looks, strip_of
from tui_news.ui.widgets.message import message_line
from tui_news.ui.widgets.quiet import QuietFocus


class HeadlineList(QuietFocus, Looks, can_focus=True):
    """Headlines of one view, with a cursor."""

    looks = "list"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "list--marker", "list--unread", "list--read", "list--muted", "list--source", "list--star",
        "list--hit",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up", "open",
                "space", "unfold",
            )
        )
    ]  # fmt: skip

    cursor: reactive[int] = reactive(0, repaint=False)
    density: reactive[Density] = reactive("two", repaint=False)

    class Opened(Message):
        """The reader chose the article under the cursor."""

        def __init__(self, article: Article, *, by_space: bool = False) -> None:
            self.article = article
            self.by_space = by_space
            super().__init__()

    class Unfolded(Message):
        """A story was opened up, or folded again; with None there was none under the cursor."""

        def __init__(self, pile: Pile | None) -> None:
            self.pile = pile
            super().__init__()

    def __init__(
        self,
        *,
        state: Callable[[str], ReaderState],
        source_name: Callable[[str], str],
        now: Callable[[], datetime],
        head: Callable[[Article], Article],
        id: str | None = None,
    ) -> None:
        super().__init__(id=id)
        self._state = state
        self._now = now
        self.rows: Sequence[Article] = ()
        """What is shown, a row each: articles, or stories where it is `Folded`."""
        self._count = 0
        self._strips: dict[int, list[Strip]] = {}
        self._drawn = HeadlineRows(self._look, state=state, source_name=source_name, head=head, present=now())
        self.opened_id = ""
        self.unfolded: set[str] = set()
        """The articles of the stories that are open."""
        self.empty = ""
        """What an empty list says, on lines of its own."""

    # --- what is shown -----------------------------------------------------------------------------

    @property
    def folded(self) -> Folded | None:
        """The rows, where stories are folded."""
        return self.rows if isinstance(self.rows, Folded) else None

    @property
    def articles(self) -> Sequence[Article]:
        """All articles of the list, also those that are folded away."""
        return self.rows.articles if isinstance(self.rows, Folded) else self.rows

    @property
    def current(self) -> Article | None:
        """The article under the cursor; of a story the one that stands for it."""
        return self.rows[self.cursor] if self.cursor < len(self.rows) else None

    @property
    def chosen(self) -> tuple[str, ...]:
        """The ids of all that the row under the cursor stands for."""
        return self._ids_at(self.cursor) if self.cursor < len(self.rows) else ()

    @property
    def unread_here(self) -> str:
        """The id of the best article of the row under the cursor that is not read, else of the best."""
        ids = self.chosen
        return next((id for id in ids if not self._state(id).read), ids[0] if ids else "")

    def _ids_at(self, index: int) -> tuple[str, ...]:
        return self.rows.ids_at(index) if isinstance(self.rows, Folded) else (self._id_at(index),)

    @property
    def row_height(self) -> int:
        return HEIGHTS[self.density]

    def show(
        self,
        rows: Sequence[Article],
        *,
        keep: str = "",
        marks: Callable[[str], list[tuple[int, int]]] | None = None,
    ) -> None:
        """Show other rows; the cursor goes to the one with id `keep`, else stays at its row.

        When the kept article moves (new ones arrived above), the list scrolls along, so that nothing
        jumps under the reader's eyes. `marks` gives the ranges of a headline to show as hits.
        """
        offset = self.cursor * self.row_height - self.scroll_offset.y
        at_top = self.scroll_offset.y == 0 and self.cursor == 0
        self.rows = rows
        self._drawn.marks = marks
        self._drawn.present = self._now()
        self._drawn.altered.clear()
        self._strips.clear()
        index = self.index_of(keep, near=self.cursor) if keep and not at_top else None
        if index is None:
            index = 0 if at_top and not keep else min(self.cursor, max(0, len(rows) - 1))
            if keep and at_top:
                index = 0
        self._resize_rows()
        self.set_reactive(HeadlineList.cursor, index)
        self.scroll_to(y=max(0, index * self.row_height - offset), animate=False, force=True)
        self._show_cursor()
        self.refresh()

    def index_of(self, id: str, near: int = 0) -> int | None:
        """In which row an article stands. Looks around `near` first."""
        if isinstance(self.rows, Folded):
            return self.rows.row_of(id, near)
        for index in range(max(0, near - 50), min(len(self.rows), near + 50)):
            if self._id_at(index) == id:
                return index
        ids: Sequence[str] | None = getattr(self.rows, "ids", None)
        if ids is None:
            ids = [article.id for article in self.rows]
        try:
            return ids.index(id)
        except ValueError:
            return None

    def _id_at(self, index: int) -> str:
        """The id of a row, without decoding it or making a list of all where that can be avoided."""
        id_of: Callable[[int], str] | None = getattr(self.rows, "id", None)
        return id_of(index) if id_of is not None else self.rows[index].id

    def update_row(self, id: str) -> None:
        """An article or its state changed: draw its row again."""
        if isinstance(self.rows, Folded):
            self.rows.touch(id)
        self._drawn.altered.add(id)
        index = self.index_of(id, near=self.cursor)
        if index is not None:
            self._strips.pop(index, None)
            self._refresh_row(index)

    def update_all(self) -> None:
        """States changed: draw everything again."""
        if isinstance(self.rows, Folded):
            self.rows.touch()
        self._strips.clear()
        self.refresh()

    def _resize_rows(self) -> None:
        self._count = len(self.rows)
        self.virtual_size = Size(self.size.width, self._count * self.row_height)

    def _recount(self) -> None:
        """Fewer or more rows than were thought turned out to be there, when all of the list was looked at."""
        if self._count != len(self.rows):
            self._strips.clear()
            self._resize_rows()
            self.cursor = min(self.cursor, max(0, len(self.rows) - 1))
            self._show_cursor()
            self.refresh()

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
        return max(0, min(index, len(self.rows) - 1))

    def watch_cursor(self, old: int, new: int) -> None:
        self._show_cursor()
        for index in (old, new):
            top = index * self.row_height - self.scroll_offset.y
            self.refresh(Region(0, top, 1, self._marker_height))

    @property
    def _marker_height(self) -> int:
        return MARKER_HEIGHTS[self.density]

    def _refresh_row(self, index: int) -> None:
        self.refresh(
            Region(0, index * self.row_height - self.scroll_offset.y, self.size.width, self.row_height)
        )

    def _show_cursor(self, rows: int = 1) -> None:
        """Scroll so that the cursor is seen, and as many of these rows from it on as fit."""
        height = self.size.height
        if height <= 0:
            return
        top = self.cursor * self.row_height
        bottom = top + min(rows, self.page) * self.row_height
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
        self.cursor = len(self.rows) - 1

    def _jump(self, rows: int) -> None:
        # A page turns as a whole: the window and the cursor move by the same number of rows.
        y = self.scroll_offset.y + rows * self.row_height
        limit = max(0, len(self.rows) * self.row_height - self.size.height)
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

    def action_unfold(self) -> None:
        """Show the articles of a story below it, or no longer."""
        folded = self.folded
        row = folded.toggle(self.cursor) if folded is not None and self.cursor < len(folded) else None
        pile = folded.pile(row) if folded is not None and row is not None else None
        if pile is not None and row is not None:
            (self.unfolded.update if pile.open else self.unfolded.difference_update)(pile.ids)
            self._strips.clear()
            self._resize_rows()
            self.cursor = row
            self._show_cursor(len(pile.ids) if pile.open else 1)
            self.refresh()
        self.post_message(self.Unfolded(pile))

    def next_unread(self, step: int = 1) -> int | None:
        """The nearest unread row after (or before, with -1) the cursor, from the other end if need be."""
        count = len(self.rows)
        for distance in range(1, count + 1):
            index = (self.cursor + step * distance) % count
            if not all(self._state(id).read for id in self._ids_at(index)):
                return index
        return None

    async def _on_click(self, event: events.Click) -> None:
        index = (event.y + self.scroll_offset.y) // self.row_height
        if 0 <= index < len(self.rows):
            again = index == self.cursor
            self.cursor = index
            if again or event.chain > 1:
                self.action_open()

    # --- drawing -----------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        line = y + self.scroll_offset.y
        index, part = divmod(line, self.row_height)
        width = self.size.width
        if index >= len(self.rows) or width < 3:
            return self._empty_line(y, width) if not self.rows else Strip.blank(width, self._look("base"))
        strips = self._strips.get(index)
        if strips is None:
            if len(self._strips) > 400:
                self._strips.clear()
            try:
                row = self._drawn.row(self.rows, index)
            except IndexError:
                self.call_after_refresh(self._recount)
                return Strip.blank(width, self._look("base"))
            strips = self._strips[index] = [
                strip_of(line) for line in self._drawn.draw(row, self.density, width - 1)
            ]
            if self._count != len(self.rows):
                self.call_after_refresh(self._recount)
        here = index == self.cursor and part < self._marker_height
        marker = Segment(MARKER, self._look("marker")) if here else Segment(" ", self._look("base"))
        return Strip([marker, *strips[part]], width)

    def _empty_line(self, y: int, width: int) -> Strip:
        return strip_of(
            message_line(self.empty, y, width, self.size.height, self._look("muted"), self._look("base"))
        )
