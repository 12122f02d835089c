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
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.headline_rows import Density, HeadlineRows
from tui_news.ui.widgets.looks import Looks
from tui_news.ui.widgets.message import message_line
from tui_news.ui.widgets.quiet import QuietFocus

HEIGHTS: dict[Density, int] = {"one": 1, "two": 2, "cards": 5}
MARKER = "▌"


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
        self._now = now
        self._articles: Sequence[Article] = ()
        self._strips: dict[int, list[Strip]] = {}
        self._rows = HeadlineRows(self._look, state=state, source_name=source_name, present=now())
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
        self._rows.marks = marks
        self._rows.present = self._now()
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
            strips = self._strips[index] = self._rows.draw(self._articles[index], self.density, width - 1)
        here = index == self.cursor and part < self._marker_height
        marker = Segment(MARKER, self._look("marker")) if here else Segment(" ", self._look("base"))
        return Strip([marker, *strips[part]], width)

    def _empty_line(self, y: int, width: int) -> Strip:
        return message_line(self.empty, y, width, self.size.height, self._look("muted"), self._look("base"))
