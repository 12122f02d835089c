"""The column of an open article: how it is set for the window, and how the reader goes through it.

Only what is about to be on screen is set; a book-length article opens, and is gone through to its end, as
fast as a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import ClassVar

from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.widget import Widget

from tui_news.model import Article
from tui_news.typeset import Options
from tui_news.typeset.article import Page
from tui_news.typeset.proof import Proof
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.plain_lines import PlainLines
from tui_news.ui.widgets.quiet import QuietFocus

MIN_MEASURE, MAX_MEASURE = 24, 160
MAX_MARGIN = 40
WHEEL = 2
"""Lines for a turn of the mouse's wheel."""


class ArticleColumn(QuietFocus, ScrollView, can_focus=True):
    """An article's lines, of which the window shows some. What they look like is `ArticleView`'s."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up", "space"))
    ]

    measure: reactive[int] = reactive(72, repaint=False)
    margin: reactive[int] = reactive(2, repaint=False)
    """Cells left free on both sides at least."""
    spacing: reactive[int] = reactive(0, repaint=False)
    """Blank lines between the lines of running text."""

    class AtEnd(Message):
        """The reader pressed Space on the last page."""

    class Sideways(Message):
        """The reader turned the wheel sideways: tables are to be moved by so many columns."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(self, *, id: str | None = None) -> None:
        super().__init__(id=id)
        self._styles_cache = PlainLines()
        self._page: Page | None = None
        self._proof: Proof | None = None
        self._width_set = -1
        self._minutes: int | None = None
        self.moved: Callable[[], None] = lambda: None
        """Called when another part of the article is on screen, or another article. No message: that would
        come a frame later."""
        self.setting = Options()
        """How text is set, apart from what the article and the window decide."""

    # --- what is shown -----------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        return self._page

    @property
    def article(self) -> Article | None:
        return self._page.article if self._page else None

    def show(self, page: Page | None, *, position: int = 0) -> None:
        """Show an article, from the block with index `position`; None shows the empty state."""
        old = self._page
        same = page is not None and old is not None and page.blocks is old.blocks
        if not same:
            self._minutes = None
        self._page = page
        self._set(self._proof if same else None)
        self.go_to_block(position)
        self.refresh()
        self.moved()

    def replace(self, page: Page) -> None:
        """Show a fuller version of the same article, staying where the reader is."""
        position = self.position
        self.show(page, position=position)

    @property
    def text_width(self) -> int:
        """Cells of a line of text: the measure, or what the window has."""
        width = self._room.width
        return max(8, min(self.measure, width - 2 * min(self.margin, width // 4)))

    @property
    def _room(self) -> Size:
        """The window; while the view is hidden, which it is only where it fills the desk, the desk. So what
        is shown next is set once, and not again when it comes up."""
        desk = self.parent
        return self.size or (desk.size if isinstance(desk, Widget) else Size()) or self.screen.size

    @property
    def _margin(self) -> int:
        width = self._room.width
        if width > 30:
            return max(0, (width - self.text_width) // 2)
        return min(1, self.margin)

    def _set(self, before: Proof | None = None) -> None:
        """Begin to set the article for the window. `before` is how it was set last: its tables are looked at
        as they were."""
        self._width_set = self._room.width
        if self._page is None:
            self._proof = None
            self.virtual_size = Size(self._room.width, 0)
            return
        free = self._room.width - self._margin - min(1, self.margin)
        setting = replace(self.setting, measure=self.text_width, spacing=self.spacing, tables=free)
        self._proof = Proof(self._page, self.text_width, setting)
        if before is not None:
            self._proof.galley.shifts = before.galley.shifts
        self._resize()

    def _resize(self) -> None:
        height = self._proof.height if self._proof else 0
        if self.virtual_size.height != height:
            self.virtual_size = Size(self._room.width, height)

    @property
    def links(self) -> Sequence[tuple[int, str, str]]:
        """The article's links: number, text, URL."""
        return self._proof.galley.links if self._proof else ()

    @property
    def outline(self) -> Sequence[tuple[int, int, str]]:
        """The article's subheads: block, level, text."""
        return self._proof.galley.outline if self._proof else ()

    def on_resize(self) -> None:
        # Textual says it also when the view comes back as large as it was: nothing is to be set again then.
        if self._width_set != self._room.width:
            self._set_again()
        elif self._proof:
            self._stand(self.scroll_offset.y)

    def _set_again(self) -> None:
        position = self.position
        self._set(self._proof)
        self.go_to_block(position)

    def watch_measure(self) -> None:
        self._set_again()
        self.refresh()

    watch_margin = watch_spacing = watch_measure

    # --- where the reader is -----------------------------------------------------------------------

    @property
    def position(self) -> int:
        """Index of the block at the top; what is remembered of where the reader was."""
        return self._proof.position(self.scroll_offset.y) if self._proof else 0

    @property
    def at_end(self) -> bool:
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def percent(self) -> int:
        """How much of the article has been on screen."""
        height = self.virtual_size.height
        return 100 if height <= 0 else min(100, 100 * (self.scroll_offset.y + self._room.height) // height)

    @property
    def minutes(self) -> int:
        """How long the article takes to read."""
        if self._minutes is None:
            from tui_news.typeset.reading_time import minutes

            self._minutes = minutes(self._page.article.blocks) if self._page else 0
        return self._minutes

    def watch_scroll_y(self, old_value: float, new_value: float) -> None:
        super().watch_scroll_y(old_value, new_value)
        if round(old_value) != round(new_value):
            self.moved()

    # --- moving ------------------------------------------------------------------------------------

    def _stand(self, line: int) -> None:
        """Have a line on top, or as near to it as the end allows. What is about to be on screen is set, and
        as much above it: so the heights are right before anything is drawn."""
        if self._proof:
            height = self._room.height
            line = self._proof.settle(line, height, height + 1)
            self._resize()
        self.scroll_to(y=max(0, min(line, self.max_scroll_y)), animate=False, force=True)

    def go_to_block(self, block: int) -> None:
        self._stand(self._proof.line_of(block) if self._proof else 0)

    def _by(self, lines: int) -> None:
        top = self.scroll_offset.y
        if self._proof:
            # What lies between is set, so that so many lines are so many lines.
            top = self._proof.settle(top, max(0, -lines), max(1, lines))
        self._stand(max(0, top + lines))

    def action_down(self) -> None:
        self._by(1)

    def action_up(self) -> None:
        self._by(-1)

    def action_top(self) -> None:
        self._stand(0)

    def action_bottom(self) -> None:
        self._stand(self._proof.height if self._proof else 0)

    def action_half_down(self) -> None:
        self._by(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        self._by(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        # One line of the old page stays, so that the eye finds its place. The head of a table lies over the
        # first lines of the next page, when that begins among its rows.
        step = max(1, self.size.height - 1)
        if self._proof:
            top = self._proof.settle(self.scroll_offset.y, 0, 2 * step)
            step = max(1, step - len(self._proof.head_over(top + step)))
        self._by(step)

    def action_page_up(self) -> None:
        covered = len(self._proof.head_over(self.scroll_offset.y)) if self._proof else 0
        self._by(-max(1, self.size.height - 1 - covered))

    def action_space(self) -> None:
        if self._page is None or self.at_end:
            self.post_message(self.AtEnd())
        else:
            self.action_page_down()

    # --- the wheel, and sideways -------------------------------------------------------------------

    def _turned(self, event: events.MouseEvent, lines: int) -> None:
        event.stop()
        event.prevent_default()
        if event.shift or event.ctrl:
            self.post_message(self.Sideways(1 if lines > 0 else -1))
        else:
            self._by(lines)

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        self._turned(event, WHEEL)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        self._turned(event, -WHEEL)

    def _on_mouse_scroll_right(self, event: events.MouseScrollRight) -> None:
        event.prevent_default()
        self.post_message(self.Sideways(1))

    def _on_mouse_scroll_left(self, event: events.MouseScrollLeft) -> None:
        event.prevent_default()
        self.post_message(self.Sideways(-1))

    def shift_tables(self, step: int) -> bool | None:
        """Move the tables on screen sideways by a column; False when they are at their end already, None when
        all on screen have room."""
        if self._proof is None:
            return None
        moved, top = self._proof.shift(self.scroll_offset.y, self.size.height, step)
        if moved:
            self._stand(top)
            self.refresh()
        return moved
