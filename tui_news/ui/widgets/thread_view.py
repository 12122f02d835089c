"""A thread of comments: drawn line by line from the comment at the top, so that its length costs nothing.

Only the comments on screen are set. There is no height of the whole: the place is a comment and a line of it.
"""

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
from textual.widget import Widget

from tui_news.i18n import many
from tui_news.newsroom.discussion import Talk, head_of
from tui_news.sources.discussion import Node
from tui_news.text.width import cell_len, fit
from tui_news.typeset import Line, Options, Span
from tui_news.typeset.remark import indent, rails, remark_head, remark_lines
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.branches import Branches
from tui_news.ui.widgets.headline_list import MARKER
from tui_news.ui.widgets.looks import strip_of
from tui_news.ui.widgets.message import message_line
from tui_news.ui.widgets.quiet import QuietFocus

OPEN, SHUT, LEAF = "▾", "▸", "·"
_KEPT = 300


class ThreadView(QuietFocus, Widget, can_focus=True):
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

    class Moved(Message):
        """The cursor went to another comment."""

    class NothingNew(Message):
        """There is no new comment to go to."""

    class LinkClicked(Message):
        """A link in a comment was clicked."""

        def __init__(self, href: str) -> None:
            self.href = href
            super().__init__()

    def __init__(self, *, measure: int, ambiguous_wide: bool, now: datetime, id: str | None = None) -> None:
        super().__init__(id=id)
        self._measure = measure
        self._wide = ambiguous_wide
        self._now = now
        self._talk: Talk | None = None
        self._tree_of = Branches()
        self._cursor = 0
        self._top = (0, 0)
        """Row and line of it that stand at the top."""
        self._lines: dict[int, list[Line]] = {}
        self._looks: dict[str, Style] = {}
        self._seen: list[tuple[int, int]] = []
        """Row and line for each line of the screen."""
        self.empty = ""
        """What is said while there are no comments."""

    # --- what is shown -----------------------------------------------------------------------------

    @property
    def _said(self) -> list[Node]:
        return self._tree_of.nodes

    @property
    def _rows(self) -> list[int]:
        return self._tree_of.rows

    @property
    def _here(self) -> int:
        """The node under the cursor."""
        return self._rows[self._cursor] if self._rows else 0

    @property
    def current(self) -> Node | None:
        """The comment under the cursor."""
        return self._said[self._rows[self._cursor]] if self._cursor < len(self._rows) else None

    @property
    def count(self) -> int:
        return len(self._said)

    @property
    def place(self) -> tuple[int, int]:
        """The number of the comment under the cursor, from 1, and how many there are."""
        return (self._rows[self._cursor] + 1 if self._rows else 0), len(self._said)

    def show(self, talk: Talk, *, levels: int = 0) -> None:
        """Show a thread. A fuller version of the one that is shown stays at the same comment, with the same
        ones folded; of another one, `levels` levels are unfolded (0: all)."""
        here = self.current.comment.id if self.current else ""
        offset = self._row_offset()
        before = self._tree_of
        folded = before.folded_ids()
        known = {node.comment.id for node in before.nodes}
        again = bool(known & {comment.id for comment in talk.thread.comments})
        self._talk = talk
        branches = self._tree_of = Branches(talk.thread.comments)
        self._lines.clear()
        branches.folded = {at for at, node in enumerate(branches.nodes) if node.comment.id in folded}
        if not again:
            branches.unfold_to(levels)
        branches.arrange()
        at = branches.place_of(here)
        self._cursor = branches.row_of.get(at, 0) if at is not None else 0
        self._top = self._back(self._cursor, 0, max(0, offset)) if again else (0, 0)
        self._settle()

    def levels(self, count: int) -> None:
        """Unfold so many levels of answers, 0 for all; the cursor stays, or goes to what holds its place."""
        self._tree_of.unfold_to(count)
        self._refold()

    def _refold(self) -> None:
        """Something was folded or unfolded: show it, with the cursor where it was on the screen."""
        at, offset = self._here, self._row_offset()
        self._lines.clear()
        self._tree_of.arrange()
        self._cursor = self._tree_of.shown_at(at)
        self._top = self._back(self._cursor, 0, max(0, offset))
        self._settle()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()

    def on_resize(self) -> None:
        self._lines.clear()
        self._settle()

    # --- lines ---------------------------------------------------------------------------------------

    @property
    def _width(self) -> int:
        """Cells for rails and text: the measure, and what the rails of a deep thread take."""
        return max(8, min(self.size.width - 3, self._measure + 24))

    def _set(self, row: int) -> list[Line]:
        """The lines of a shown comment: head, text, and the line between it and the next."""
        at = self._rows[row]
        lines = self._lines.get(at)
        if lines is None:
            if len(self._lines) > _KEPT:
                self._lines.clear()
            lines = self._lines[at] = self._make(row, at)
        return lines

    def _make(self, row: int, at: int) -> list[Line]:
        node, width = self._said[at], self._width
        new = bool(self._talk and node.comment.id in self._talk.new)
        who, rest = head_of(node.comment, self._now, new)
        spans = [Span(who, "author"), Span(rest, "new" if new else "about")]
        shut = at in self._tree_of.folded
        sign = SHUT if shut else OPEN if node.below else LEAF
        if shut and node.below:
            spans.append(Span(f"  [{many(node.below, '{count} answer', '{count} answers')}]", "marker"))
        head = remark_head(spans, sign, node.depth, width)
        if shut:
            room = width - head.width - 2
            words = " ".join(node.comment.text[:400].split())
            if room > 12 and words:
                head = head._replace(spans=(*head.spans, Span("  " + fit(words, room), "caption")))
            return [head]
        options = Options(measure=self._measure, number_links=True, ambiguous_wide=self._wide, indent=False)
        lines = [head, *remark_lines(node.comment.blocks, node.depth, width, options)]
        following = self._rows[row + 1] if row + 1 < len(self._rows) else -1
        down = min(self._said[following].depth, node.depth + 1) if following >= 0 else 0
        return [*lines, Line(rails(indent(down, width)))]

    def _count(self, row: int) -> int:
        return len(self._set(row))

    def _forward(self, place: tuple[int, int], lines: int) -> tuple[int, int]:
        """The place so many lines further down; the last line when there are not so many."""
        row, line = place
        line += lines
        while row < len(self._rows) - 1 and line >= self._count(row):
            line -= self._count(row)
            row += 1
        return row, min(line, self._count(row) - 1)

    def _back(self, row: int, line: int, lines: int) -> tuple[int, int]:
        """The place so many lines further up; the first line when there are not so many."""
        line -= lines
        while line < 0 and row > 0:
            row -= 1
            line += self._count(row)
        return row, max(0, line)

    def _between(self, first: tuple[int, int], last: tuple[int, int], most: int) -> int:
        """Lines from one place to a later one, at most `most`."""
        row, line = first
        count = -line
        while row < last[0] and count <= most:
            count += self._count(row)
            row += 1
        return min(most, count + last[1])

    def _row_offset(self) -> int:
        """The line of the screen on which the cursor's comment begins; may be negative."""
        if not self._rows:
            return 0
        if self._cursor < self._top[0]:
            return -1
        if self._cursor == self._top[0]:
            return -self._top[1]
        return self._between(self._top, (self._cursor, 0), self.size.height)

    def _settle(self) -> None:
        """Never more emptiness below the last comment than has to be; draw all."""
        if self._rows and self.size.height:
            last = len(self._rows) - 1
            end = self._back(last, self._count(last) - 1, self.size.height - 1)
            row, line = min(self._top, end)
            self._top = (row, min(line, self._count(row) - 1))
        else:
            self._top = (0, 0)
        self._seen = []
        self.refresh()

    def _see(self) -> list[tuple[int, int]]:
        """What stands on each line of the screen."""
        if not self._seen and self._rows:
            row, line = self._top
            while len(self._seen) < self.size.height and row < len(self._rows):
                self._seen += [(row, at) for at in range(line, self._count(row))]
                row, line = row + 1, 0
            del self._seen[self.size.height :]
        return self._seen

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
