"""A thread of comments as lines, set from the comment at the top on, so that its length costs nothing.

Only the comments on screen are set. There is no height of the whole: the place is a comment and a line of it.
"""

from __future__ import annotations

from datetime import datetime

from textual.message import Message
from textual.widget import Widget

from tui_news.i18n import many
from tui_news.newsroom.discussion import Talk, head_of
from tui_news.sources.discussion import Node
from tui_news.text.width import fit
from tui_news.typeset import Line, Options, Span
from tui_news.typeset.remark import indent, rails, remark_head, remark_lines
from tui_news.ui.widgets.branches import Branches
from tui_news.ui.widgets.quiet import QuietFocus

OPEN, SHUT, LEAF = "▾", "▸", "·"
_KEPT = 300


class ThreadColumn(QuietFocus, Widget, can_focus=True):
    """The lines of a thread, of which the window shows some, and the comment that the cursor is on. How one
    goes through them and what they look like is `ThreadView`'s."""

    class Moved(Message):
        """The cursor went to another comment."""

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
