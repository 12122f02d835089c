"""The article viewer: masthead of the article, its text set by the typesetter, its links and credits.

Only the lines on screen are set and drawn; a book-length article opens as fast as a short one.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Size
from textual.message import Message
from textual.reactive import reactive
from textual.scroll_view import ScrollView
from textual.strip import Strip

from tui_news.model import Article
from tui_news.text.width import cell_len
from tui_news.typeset import Galley, Line, Options
from tui_news.typeset.article import Page, colophon, masthead
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.headline_list import message_line
from tui_news.ui.widgets.quiet import QuietFocus

MIN_MEASURE, MAX_MEASURE = 24, 160


class ArticleView(QuietFocus, ScrollView, can_focus=True):
    """One article, scrollable by line, page and subhead."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--text", "article--em", "article--strong", "article--code", "article--link",
        "article--marker", "article--head1", "article--head2", "article--head3", "article--caption",
        "article--rule", "article--pre", "article--table", "article--table-head", "article--note",
        "article--kicker", "article--deck", "article--byline", "article--hit",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up", "space"))
    ]

    measure: reactive[int] = reactive(72, repaint=False)

    class AtEnd(Message):
        """The reader pressed Space on the last page."""

    class LinkClicked(Message):
        """A link in the text was clicked."""

        def __init__(self, href: str) -> None:
            self.href = href
            super().__init__()

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._page: Page | None = None
        self._head: list[Line] = []
        self._galley: Galley | None = None
        self._foot: list[Line] | None = None
        self._width_set = -1
        self._looks: dict[str, Style] = {}
        self._hits: list[tuple[int, int, int]] = []
        self._hit = -1
        self.ambiguous_wide = False
        """The terminal draws characters of ambiguous width in two cells."""

    # --- what is shown -----------------------------------------------------------------------------

    @property
    def page(self) -> Page | None:
        return self._page

    @property
    def article(self) -> Article | None:
        return self._page.article if self._page else None

    def show(self, page: Page | None, *, position: int = 0) -> None:
        """Show an article, from the block with index `position`; None shows the empty state."""
        self._page = page
        self._hits, self._hit = [], -1
        self._set()
        self.go_to_block(position)
        self.refresh()

    def replace(self, page: Page) -> None:
        """Show a fuller version of the same article, staying where the reader is."""
        position = self.position
        self.show(page, position=position)

    @property
    def text_width(self) -> int:
        """Cells of a line of text: the measure, or what the window has."""
        return max(8, min(self.measure, self._room.width - 4))

    @property
    def _room(self) -> Size:
        """The window; while the view is hidden, which it is only where it fills the screen, the screen. So
        what is shown next is set once, and not again when it comes up."""
        return self.size or self.screen.size

    @property
    def _margin(self) -> int:
        return max(1, (self.size.width - self.text_width) // 2) if self.size.width > 30 else 1

    def _set(self) -> None:
        self._width_set = self._room.width
        self._foot = None
        if self._page is None:
            self._head, self._galley = [], None
            self.virtual_size = Size(self._room.width, 0)
            return
        article = self._page.article
        options = Options(
            measure=self.text_width, language=article.language, ambiguous_wide=self.ambiguous_wide
        )
        self._head = masthead(self._page, self.text_width)
        self._galley = Galley(article.blocks, self.text_width, options)
        self._resize()

    def _resize(self) -> None:
        height = len(self._head) + (self._galley.height if self._galley else 0) + len(self._footer)
        if self.virtual_size.height != height:
            self.virtual_size = Size(self._room.width, height)

    @property
    def _footer(self) -> list[Line]:
        if self._foot is None:
            assert self._page is not None
            self._foot = colophon(self._page, self.links, self.text_width)
        return self._foot

    @property
    def links(self) -> Sequence[tuple[int, str, str]]:
        """The article's links: number, text, URL."""
        return self._galley.links if self._galley else ()

    @property
    def outline(self) -> Sequence[tuple[int, int, str]]:
        """The article's subheads: block, level, text."""
        return self._galley.outline if self._galley else ()

    def on_resize(self) -> None:
        # Textual says it also when the view comes back as large as it was: nothing is to be set again then.
        if self._width_set != self._room.width:
            self._set_again()

    def _set_again(self) -> None:
        position = self.position
        self._set()
        self.go_to_block(position)

    def watch_measure(self) -> None:
        self._set_again()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()

    # --- moving ------------------------------------------------------------------------------------

    @property
    def position(self) -> int:
        """Index of the block at the top; what is remembered of where the reader was."""
        line = self.scroll_offset.y - len(self._head)
        return self._galley.block_at(line) if self._galley and line > 0 else 0

    def go_to_block(self, block: int) -> None:
        line = len(self._head) + self._galley.line_of(block) if self._galley and block > 0 else 0
        self._resize_to(line)
        self.scroll_to(y=line, animate=False, force=True)

    def _resize_to(self, line: int) -> None:
        # Heights further down are estimates until they are set; drawing would find them wrong, and the
        # screen would be laid out twice.
        if self._galley:
            self._galley.lines(max(0, line - len(self._head)), self._room.height + 1)
        if self._page is not None:
            self._resize()

    @property
    def at_end(self) -> bool:
        return self.scroll_offset.y >= self.max_scroll_y

    @property
    def percent(self) -> int:
        """How much of the article has been on screen."""
        height = self.virtual_size.height
        return 100 if height <= 0 else min(100, 100 * (self.scroll_offset.y + self.size.height) // height)

    def _by(self, lines: int) -> None:
        target = max(0, self.scroll_offset.y + lines)
        self._resize_to(target)
        self.scroll_to(y=min(target, self.max_scroll_y), animate=False, force=True)

    def action_down(self) -> None:
        self._by(1)

    def action_up(self) -> None:
        self._by(-1)

    def action_top(self) -> None:
        self.scroll_to(y=0, animate=False, force=True)

    def action_bottom(self) -> None:
        if self._galley:
            self._galley.lines(max(0, self._galley.height - 1), self.size.height)
            self._resize()
            while self._galley.estimated:
                self._galley.lines(max(0, self._galley.height - 1), self.size.height)
                self._resize()
        self.scroll_to(y=self.max_scroll_y, animate=False, force=True)

    def action_half_down(self) -> None:
        self._by(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        self._by(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        # One line of the old page stays, so that the eye finds its place.
        self._by(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        self._by(-max(1, self.size.height - 1))

    def action_space(self) -> None:
        if self._page is None or self.at_end:
            self.post_message(self.AtEnd())
        else:
            self.action_page_down()

    # --- finding -----------------------------------------------------------------------------------

    def find(self, text: str) -> int:
        """Mark all places of a text and go to the first from here on; returns how many there are."""
        self._hits = list(self._galley.find(text)) if self._galley and text else []
        self._hit = -1
        if self._galley:
            self._resize()
        if self._hits:
            here = self.scroll_offset.y - len(self._head)
            after = [index for index, hit in enumerate(self._hits) if hit[0] >= here]
            self._hit = (after[0] if after else 0) - 1
            self.next_hit()
        self.refresh()
        return len(self._hits)

    @property
    def hits(self) -> int:
        return len(self._hits)

    def next_hit(self, step: int = 1) -> tuple[int, int]:
        """Go to the next (or previous) hit; returns its number and how many there are."""
        if not self._hits:
            return 0, 0
        self._hit = (self._hit + step) % len(self._hits)
        line = self._hits[self._hit][0] + len(self._head)
        if not self.scroll_offset.y <= line < self.scroll_offset.y + self.size.height:
            self.scroll_to(y=max(0, line - self.size.height // 3), animate=False, force=True)
        self.refresh()
        return self._hit + 1, len(self._hits)

    # --- drawing -----------------------------------------------------------------------------------

    def _look(self, roles: str) -> Style:
        style = self._looks.get(roles)
        if style is None:
            style = self.rich_style
            for role in roles.split():
                style += self.get_component_rich_style(f"article--{role}", partial=True)
            self._looks[roles] = style
        return style

    def _line(self, line: int) -> tuple[Line | None, int]:
        """A line of the whole and its number in the galley (-1 outside of it)."""
        if line < len(self._head):
            return self._head[line], -1
        line -= len(self._head)
        if self._galley is None:
            return None, -1
        if line < self._galley.height:
            lines = self._galley.lines(line, 1)
            if lines:
                return lines[0], line
        line -= self._galley.height
        return (self._footer[line], -1) if 0 <= line < len(self._footer) else (None, -1)

    def render_lines(self, crop: object) -> list[Strip]:
        # What is about to be drawn is set first, so that the height is right when the footer is reached.
        if self._galley and self._galley.estimated:
            start = max(0, self.scroll_offset.y - len(self._head))
            self._galley.lines(start, self.size.height + 1)
            self._resize()
        return super().render_lines(crop)  # type: ignore[arg-type]

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        if self._page is None:
            return message_line(
                self._empty, y, width, self.size.height, self._look("caption"), self.rich_style
            )
        line, number = self._line(y + self.scroll_offset.y)
        base = self.rich_style
        if line is None:
            return Strip.blank(width, base)
        segments = [Segment(" " * self._margin, base)]
        segments += [Segment(span.text, self._look(span.role)) for span in line.spans]
        strip = Strip(segments)
        for hit_line, start, end in self._hits:
            if hit_line == number and number >= 0:
                strip = _marked(strip, self._margin + start, self._margin + end, self._look("hit"))
        return strip.adjust_cell_length(width, base)

    async def _on_click(self, event: events.Click) -> None:
        line, _ = self._line(event.y + self.scroll_offset.y)
        at = self._margin
        for span in line.spans if line else ():
            end = at + cell_len(span.text)
            if at <= event.x < end and span.href:
                self.post_message(self.LinkClicked(span.href))
            at = end


def _marked(strip: Strip, start: int, end: int, style: Style) -> Strip:
    length = strip.cell_length
    if start >= length or end <= start:
        return strip
    before, hit, after = strip.divide([start, min(end, length), length])
    return Strip([*before, *(Segment(segment.text, style) for segment in hit), *after])
