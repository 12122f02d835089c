"""A thread of comments on the screen: the keys that go through it and fold it, and what it looks like."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui_news.text.width import cell_len
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.headline_rows import MARKER
from tui_news.ui.widgets.looks import strip_of
from tui_news.ui.widgets.message import message_line
from tui_news.ui.widgets.thread_column import ThreadColumn


class ThreadView(ThreadColumn):
    """Comments with a cursor; folding hides a comment's text and what answers it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--text", "article--em", "article--strong", "article--code", "article--link",
        "article--marker", "article--head1", "article--head2", "article--head3", "article--caption",
        "article--rule", "article--pre", "article--table", "article--table-head", "article--note",
        "thread--rail0", "thread--rail1", "thread--rail2", "thread--rail3", "thread--author",
        "thread--about", "thread--new", "thread--cursor",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            ("down", "up", "top", "bottom", "half_down", "half_up", "page_down", "page_up", "space", "open",
             "fold", "fold_all", "next_sibling", "previous_sibling", "parent", "next_new", "previous_new")
        )
    ]  # fmt: skip

    class AtEnd(Message):
        """The reader pressed Space on the last page."""

    class NothingNew(Message):
        """There is no new comment to go to."""

    class LinkClicked(Message):
        """A link in a comment was clicked."""

        def __init__(self, href: str) -> None:
            self.href = href
            super().__init__()

    def __init__(self, *, measure: int, ambiguous_wide: bool, now: datetime, id: str | None = None) -> None:
        super().__init__(measure=measure, ambiguous_wide=ambiguous_wide, now=now, id=id)
        self._looks: dict[str, Style] = {}

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()

    # --- moving --------------------------------------------------------------------------------------

    def _go(self, row: int) -> None:
        """Put the cursor on a comment and bring it on screen, as much of it as fits."""
        if not self._rows:
            return
        row = max(0, min(row, len(self._rows) - 1))
        if row == self._cursor and self._top[0] <= row and self._row_offset() >= 0:
            return
        old, self._cursor = self._row_offset(), row
        offset = self._row_offset()
        height = self.size.height
        room = self._count(row)
        if offset < 0:
            self._top = (row, 0)
        elif offset + room > height:
            self._top = self._back(row, 0, max(0, height - room))
        else:
            for y in (old, offset):
                if 0 <= y < height:
                    self.refresh(Region(0, y, 1, 1))
            self.post_message(self.Moved())
            return
        self._settle()
        self.post_message(self.Moved())

    def _scroll(self, lines: int) -> bool:
        """Move the window; False when it does not move. The cursor stays on the screen."""
        if not self._rows:
            return False
        before = self._top
        self._top = self._forward(before, lines) if lines > 0 else self._back(*before, -lines)
        self._settle()
        seen = self._see()
        if not (seen[0][0] <= self._cursor <= seen[-1][0] and self._row_offset() >= 0):
            heads = [row for row, line in seen if line == 0]
            inside = heads or [seen[0][0]]
            self._cursor = inside[0] if lines > 0 else inside[-1]
            self.post_message(self.Moved())
        return self._top != before

    def action_down(self) -> None:
        # A comment that goes on below the screen is read on before the next one's turn comes.
        seen = self._see()
        last = seen[-1] if seen else (0, 0)
        if seen and last[0] == self._cursor and last[1] < self._count(self._cursor) - 1:
            self._scroll(1)
        else:
            self._go(self._cursor + 1)

    def action_up(self) -> None:
        if self._rows and self._cursor == self._top[0] and self._top[1] > 0:
            self._scroll(-1)
        else:
            self._go(self._cursor - 1)

    def action_top(self) -> None:
        self._top = (0, 0)
        self._cursor = 0
        self._settle()
        self.post_message(self.Moved())

    def action_bottom(self) -> None:
        if self._rows:
            self._cursor = len(self._rows) - 1
            self._top = (self._cursor, self._count(self._cursor) - 1)
            self._settle()
            self.post_message(self.Moved())

    def action_half_down(self) -> None:
        self._scroll(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        self._scroll(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        if not self._scroll(max(1, self.size.height - 1)):
            self._go(len(self._rows) - 1)

    def action_page_up(self) -> None:
        if not self._scroll(-max(1, self.size.height - 1)):
            self._go(0)

    def action_space(self) -> None:
        if not self._scroll(max(1, self.size.height - 1)):
            self.post_message(self.AtEnd())

    def _sibling(self, step: int) -> None:
        to = self._tree_of.sibling(self._here, step) if self._rows else None
        if to is not None:
            self._go(self._tree_of.row_of[to])

    def action_next_sibling(self) -> None:
        self._sibling(1)

    def action_previous_sibling(self) -> None:
        self._sibling(-1)

    def action_parent(self) -> None:
        if self.current and self.current.parent >= 0:
            self._go(self._tree_of.row_of[self.current.parent])

    def _go_to(self, at: int | None) -> bool:
        """Go to a node, unfolding what hides it; False for none."""
        if at is None:
            return False
        if self._tree_of.reveal(at):
            self._refold()
        self._go(self._tree_of.row_of[at])
        return True

    def _new(self, step: int) -> None:
        new = self._talk.new if self._talk else frozenset()
        if not self._go_to(self._tree_of.next_of(new, self._here, step)):
            self.post_message(self.NothingNew())

    def find(self, text: str) -> bool:
        """Go to the next comment that holds a text, round and round; False when none does."""
        return self._go_to(self._tree_of.next_with(text, self._here))

    def action_next_new(self) -> None:
        self._new(1)

    def action_previous_new(self) -> None:
        self._new(-1)

    # --- folding ---------------------------------------------------------------------------------------

    def action_open(self) -> None:
        self.action_fold()

    def action_fold(self) -> None:
        if self._rows:
            self._tree_of.folded ^= {self._here}
            self._refold()

    def action_fold_all(self) -> None:
        if self._rows:
            self._tree_of.fold_tops()
            self._refold()

    # --- drawing ---------------------------------------------------------------------------------------

    def _look(self, roles: str) -> Style:
        style = self._looks.get(roles)
        if style is None:
            style = self.rich_style
            for role in roles.split():
                room = "thread" if role[:4] in ("rail", "auth", "abou") or role == "new" else "article"
                style += self.get_component_rich_style(f"{room}--{role}", partial=True)
            self._looks[roles] = style
        return style

    def render_line(self, y: int) -> Strip:
        width, base = self.size.width, self.rich_style
        if not self._rows:
            return strip_of(message_line(self.empty, y, width, self.size.height, self._look("caption"), base))
        seen = self._see()
        if y >= len(seen):
            return Strip.blank(width, base)
        row, at = seen[y]
        line = self._set(row)[at]
        here = row == self._cursor and at == 0
        mark = (
            Segment(MARKER, base + self.get_component_rich_style("thread--cursor", partial=True))
            if here
            else Segment(" ", base)
        )
        segments = [mark, Segment(" ", base)]
        segments += [Segment(span.text, self._look(span.role)) for span in line.spans]
        return Strip(segments).adjust_cell_length(width, base)

    async def _on_click(self, event: events.Click) -> None:
        seen = self._see()
        if event.y >= len(seen):
            return
        row, at = seen[event.y]
        cell = 2
        for span in self._set(row)[at].spans:
            end = cell + cell_len(span.text)
            if cell <= event.x < end and span.href:
                self.post_message(self.LinkClicked(span.href))
                return
            cell = end
        again = row == self._cursor
        self._go(row)
        if at == 0 and (again or event.x < 2 + cell_len(self._set(row)[0].text)):
            self.action_fold()

    def _on_mouse_scroll_down(self, event: events.MouseScrollDown) -> None:
        event.stop()
        self._scroll(3)

    def _on_mouse_scroll_up(self, event: events.MouseScrollUp) -> None:
        event.stop()
        self._scroll(-3)

    def links(self) -> Sequence[str]:
        """The addresses of the links in the comment under the cursor, in the order of their numbers."""
        found: dict[int, str] = {}
        if self._rows:
            for line in self._set(self._cursor):
                for span in line.spans:
                    if span.link and span.href:
                        found.setdefault(span.link, span.href)
        return [found[number] for number in sorted(found)]
