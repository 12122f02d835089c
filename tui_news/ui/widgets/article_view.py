"""The article viewer: masthead of the article, its text set by the typesetter, its links and credits.

Only the lines on screen are set and drawn; a book-length article opens as fast as a short one.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
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
from textual.widget import Widget

from tui_news.model import Article
from tui_news.text.links import terminal_link
from tui_news.text.width import cell_len
from tui_news.typeset import Galley, Line, Options
from tui_news.typeset.article import Page, colophon, masthead
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.article_marks import Hint, Hits, labels, overlaid
from tui_news.ui.widgets.message import message_line
from tui_news.ui.widgets.quiet import QuietFocus

MIN_MEASURE, MAX_MEASURE = 24, 160
MAX_MARGIN = 40
MAX_LOOKS = 2_000


class ArticleView(QuietFocus, ScrollView, can_focus=True):
    """One article, scrollable by line, page and subhead."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--text", "article--em", "article--strong", "article--code", "article--link",
        "article--marker", "article--head1", "article--head2", "article--head3", "article--caption",
        "article--rule", "article--pre", "article--table", "article--table-head", "article--note",
        "article--kicker", "article--deck", "article--byline", "article--hit",
        "article--hit-now", "article--hint", "article--strike",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up", "space"))
    ]

    measure: reactive[int] = reactive(72, repaint=False)
    margin: reactive[int] = reactive(2, repaint=False)
    """Cells left free on both sides at least."""
    spacing: reactive[int] = reactive(0, repaint=False)
    """Blank lines between the lines of running text."""

    class PreviousHit(Message):
        """The reader pressed N while hits of a search are marked."""

    class AtEnd(Message):
        """The reader pressed Space on the last page."""

    class LinkClicked(Message):
        """A link in the text was clicked."""

        def __init__(self, href: str, text: str = "") -> None:
            self.href = href
            self.text = text
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
        self.found = Hits()
        self.moved: Callable[[], None] = lambda: None
        """Called when another part of the article is on screen, or another article. No message: that would
        come a frame later."""
        self._minutes: int | None = None
        self.hints: tuple[Hint, ...] = ()
        """Labels that lie over the links on screen, while the reader chooses one."""
        self.setting = Options()
        """How text is set, apart from what the article and the window decide."""
        self.links_clickable = False
        """The terminal is told where links lead (OSC 8)."""

    # --- what is shown -----------------------------------------------------------------------------

    def say_empty(self, text: str) -> None:
        """What stands here while nothing is open; an open article is set again, in another language."""
        self._empty = text
        self._set_again()
        self.refresh()

    @property
    def page(self) -> Page | None:
        return self._page

    @property
    def article(self) -> Article | None:
        return self._page.article if self._page else None

    def show(self, page: Page | None, *, position: int = 0) -> None:
        """Show an article, from the block with index `position`; None shows the empty state."""
        if page is None or self._page is None or page.article is not self._page.article:
            self._minutes = None
        self._page = page
        self.found = Hits()
        self.hints = ()
        self._set()
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
        return max(8, min(self.measure, self._room.width - 2 * min(self.margin, self._room.width // 4)))

    @property
    def _room(self) -> Size:
        """The window; while the view is hidden, which it is only where it fills the desk, the desk. So what
        is shown next is set once, and not again when it comes up."""
        desk = self.parent
        return self.size or (desk.size if isinstance(desk, Widget) else Size()) or self.screen.size

    @property
    def _margin(self) -> int:
        if self.size.width > 30:
            return max(0, (self.size.width - self.text_width) // 2)
        return min(1, self.margin)

    def _set(self) -> None:
        self._width_set = self._room.width
        self._foot = None
        if self._page is None:
            self._head, self._galley = [], None
            self.virtual_size = Size(self._room.width, 0)
            return
        article = self._page.article
        options = replace(
            self.setting, measure=self.text_width, language=article.language, spacing=self.spacing
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
        self.found = Hits()
        self._set()
        self.go_to_block(position)

    def watch_measure(self) -> None:
        self._set_again()
        self.refresh()

    watch_margin = watch_spacing = watch_measure

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
        self.found = Hits(self._galley.find(text) if self._galley and text else ())
        if self._galley:
            self._resize()
        if self.found:
            self.found.before(self.scroll_offset.y - len(self._head))
            self.next_hit()
        self.refresh()
        return len(self.found)

    @property
    def hits(self) -> int:
        """How many places the search in the text found."""
        return len(self.found)

    def next_hit(self, step: int = 1) -> tuple[int, int]:
        """Go to the next (or previous) hit; returns its number and how many there are."""
        if not self.found:
            return 0, 0
        line = self.found.step(step) + len(self._head)
        if not self.scroll_offset.y <= line < self.scroll_offset.y + self.size.height:
            self.scroll_to(y=max(0, line - self.size.height // 3), animate=False, force=True)
        self.refresh()
        return self.found.index + 1, len(self.found)

    # --- links on screen ---------------------------------------------------------------------------

    def show_hints(self, shown: bool = True) -> tuple[Hint, ...]:
        """Put a label on each link on screen, or take them away; returns them in the order of reading."""
        found: list[tuple[int, int, str, str]] = []
        before: tuple[int, str] = (-1, "")
        for y in range(self.size.height) if shown else ():
            line, _ = self._line(y + self.scroll_offset.y)
            at = self._margin
            for span in line.spans if line else ():
                # A link that runs on, by looks or by lines, is one link.
                if span.href and (span.link, span.href) != before and span.text.strip():
                    found.append((y + self.scroll_offset.y, at, span.href, span.text.strip()))
                if span.text.strip() and span.role != "marker":
                    before = (span.link, span.href)
                at += cell_len(span.text)
        self.hints = tuple(
            Hint(label, *place) for label, place in zip(labels(len(found)), found, strict=True)
        )
        self.refresh()
        return self.hints

    # --- drawing -----------------------------------------------------------------------------------

    def _look(self, roles: str, href: str = "") -> Style:
        key = f"{roles}\0{href}" if href else roles
        style = self._looks.get(key)
        if style is None:
            if len(self._looks) > MAX_LOOKS:
                self._looks.clear()
            style = self.rich_style
            for role in roles.split():
                style += self.get_component_rich_style(f"article--{role}", partial=True)
            if href and (target := terminal_link(href)):
                style = style.update_link(target)
            self._looks[key] = style
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
        for span in line.spans:
            # An address that is printed whole is found by the terminal itself.
            href = span.href if self.links_clickable and span.href and span.href not in span.text else ""
            segments.append(Segment(span.text, self._look(span.role, href)))
        strip = Strip(segments)
        for start, end, here in self.found.in_line(number) if number >= 0 else ():
            look = self._look("hit hit-now" if here else "hit")
            strip = overlaid(strip, self._margin + start, self._margin + end, look)
        for hint in self.hints:
            if hint.line == y + self.scroll_offset.y:
                strip = overlaid(
                    strip, hint.cell, hint.cell + len(hint.label), self._look("hint"), hint.label
                )
        return strip.adjust_cell_length(width, base)

    async def on_key(self, event: events.Key) -> None:
        # As in vi and less; without a search N is free for others.
        if event.key == "N" and self.found:
            event.stop()
            event.prevent_default()
            self.post_message(self.PreviousHit())

    async def _on_click(self, event: events.Click) -> None:
        line, _ = self._line(event.y + self.scroll_offset.y)
        at = self._margin
        for span in line.spans if line else ():
            end = at + cell_len(span.text)
            if at <= event.x < end and span.href:
                self.post_message(self.LinkClicked(span.href, span.text.strip()))
            at = end
