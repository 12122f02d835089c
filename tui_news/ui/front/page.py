"""The front page's widget: a virtual sheet with a cursor that goes from story to story, column to column."""

from __future__ import annotations

from collections.abc import Callable
from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.binding import BindingType
from textual.geometry import Region, Size
from textual.message import Message
from textual.strip import Strip

from tui_news.model import ReaderState
from tui_news.portal.front import Front
from tui_news.ui.front.paste import REVERSED, Line, Sheet, Spot, drawn_line, paste
from tui_news.ui.keys import bindings
from tui_news.ui.widgets.looks import Looks, strip_of
from tui_news.ui.widgets.message import message_line
from tui_news.ui.widgets.quiet import QuietFocus

EMPTY = Front(0.0)


class FrontPage(QuietFocus, Looks, can_focus=True):
    """The front page."""

    looks = "front"
    plain = "text"
    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "front--marker", "front--lead", "front--head", "front--read", "front--deck", "front--kicker",
        "front--source", "front--muted", "front--rule", "front--title", "front--followed", "front--hot",
        "front--topic", "front--new",
    }  # fmt: skip
    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "column_left", "column_right", "next_block", "previous_block", "down", "up", "top", "bottom",
                "half_down", "half_up", "page_down", "page_up", "open", "space",
            )
        )
    ]  # fmt: skip

    class Opened(Message):
        """The reader chose what is under the cursor."""

        def __init__(self, spot: Spot, *, by_space: bool = False) -> None:
            self.spot = spot
            self.by_space = by_space
            super().__init__()

    class Moved(Message):
        """The cursor went to another place."""

        def __init__(self, spot: Spot) -> None:
            self.spot = spot
            super().__init__()

    class Left(Message):
        """The reader wants to go beyond the page: -1 back, 1 to what comes after it."""

        def __init__(self, step: int) -> None:
            self.step = step
            super().__init__()

    def __init__(
        self, *, state: Callable[[str], ReaderState], time: Callable[[float], str], id: str | None = None
    ) -> None:
        super().__init__(id=id)
        self._state = state
        self._time = time
        self._front = EMPTY
        self._sheet: Sheet | None = None
        self._width = 80
        self._strips: dict[int, Strip] = {}
        self.cursor = 0
        self.empty = ""
        self.seen_until = 0.0
        """What came after this (seconds) is marked as new."""

    # --- what is shown ------------------------------------------------------------------------------

    def show(self, front: Front | None, *, keep: str = "") -> None:
        """Show a page; the cursor stays at the story with id `keep` when it is still there."""
        self._front = front or EMPTY
        self._sheet = None
        self._lay()
        at = self.index_of(keep) if keep else None
        self.cursor = at if at is not None else min(self.cursor, max(0, len(self.spots) - 1))
        self._scroll_to_cursor()
        self.refresh()

    def _lay(self) -> Sheet:
        # A page that is hidden has no size, and is still the same page.
        width = self._width = self.size.width or self._width
        if self._sheet is None or self._sheet.width != width:
            self._sheet = paste(self._front, width, self._time, self.seen_until)
            self._strips.clear()
            self.virtual_size = Size(width, len(self._sheet.lines))
        return self._sheet

    @property
    def spots(self) -> tuple[Spot, ...]:
        return self._lay().spots

    @property
    def current(self) -> Spot | None:
        spots = self.spots
        return spots[self.cursor] if self.cursor < len(spots) else None

    def index_of(self, id: str) -> int | None:
        """The first place at which a story stands."""
        for index, spot in enumerate(self.spots):
            if spot.item is not None and (spot.item.id == id or id in spot.item.story):
                return index
        return None

    def update_all(self) -> None:
        """States changed: draw everything again."""
        self._strips.clear()
        self.refresh()

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._strips.clear()

    def on_resize(self) -> None:
        if not self.size.width:
            return
        spot = self.current
        if self._sheet is None or self._sheet.width != self.size.width:
            keep = spot.item.id if spot and spot.item else ""
            self.show(self._front, keep=keep)
        else:
            self._scroll_to_cursor()

    # --- the cursor ---------------------------------------------------------------------------------

    def go(self, index: int) -> None:
        """Put the cursor at a place."""
        spots = self.spots
        if not spots:
            return
        index = max(0, min(index, len(spots) - 1))
        if index == self.cursor:
            return
        old, self.cursor = self.cursor, index
        for one in (old, index):
            if one < len(spots):
                spot = spots[one]
                for y in range(spot.y, spot.y + spot.height):
                    self._strips.pop(y, None)
                self.refresh(Region(spot.x, spot.y - self.scroll_offset.y, 1, spot.height))
        self._scroll_to_cursor()
        self.post_message(self.Moved(spots[index]))

    def _scroll_to_cursor(self) -> None:
        spot, height = self.current, self.size.height
        if spot is None or height <= 0:
            return
        top = self.scroll_offset.y
        # A block's title stands above its first story: it is shown with it.
        above = max(0, spot.y - 1) if spot.y else 0
        if above < top:
            self.scroll_to(y=above if self.cursor else 0, animate=False, force=True)
        elif spot.y + spot.height > top + height:
            self.scroll_to(y=spot.y + spot.height - height, animate=False, force=True)

    def _in_column(self, spot: Spot) -> list[int]:
        return [
            index
            for index, other in enumerate(self.spots)
            if (other.band, other.column) == (spot.band, spot.column)
        ]

    def _step(self, step: int) -> None:
        spot = self.current
        if spot is None:
            return
        if spot.phrase is not None:
            # Phrases lie on a few lines: up and down go from line to line.
            rows = [i for i in self._in_column(spot) if (self.spots[i].y - spot.y) * step > 0]
            if rows:
                y = self.spots[rows[0] if step > 0 else rows[-1]].y
                same = [i for i in rows if self.spots[i].y == y]
                self.go(min(same, key=lambda i: abs(self.spots[i].x - spot.x)))
                return
        else:
            column = self._in_column(spot)
            at = column.index(self.cursor) + step
            if 0 <= at < len(column):
                self.go(column[at])
                return
        bands = sorted({other.band for other in self.spots if (other.band - spot.band) * step > 0})
        if not bands:
            return
        band = bands[0] if step > 0 else bands[-1]
        there = [i for i, other in enumerate(self.spots) if other.band == band]
        edge = (min if step > 0 else max)(
            there, key=lambda i: (abs(self.spots[i].x - spot.x) // 8 * step, self.spots[i].y)
        )
        nearest = min(abs(self.spots[i].x - spot.x) for i in there)
        column = [i for i in there if abs(self.spots[i].x - spot.x) == nearest] or [edge]
        self.go(column[0] if step > 0 else column[-1])

    def action_down(self) -> None:
        self._step(1)

    def action_up(self) -> None:
        self._step(-1)

    def _sideways(self, step: int) -> bool:
        spot = self.current
        if spot is None:
            return False
        if spot.phrase is not None:
            row = [i for i in self._in_column(spot) if self.spots[i].y == spot.y]
            at = row.index(self.cursor) + step
            if 0 <= at < len(row):
                self.go(row[at])
                return True
            return step > 0
        beside = [
            index
            for index, other in enumerate(self.spots)
            if other.band == spot.band and (other.column - spot.column) * step > 0
        ]
        if not beside:
            return False
        column = (min if step > 0 else max)(self.spots[i].column for i in beside)
        there = [i for i in beside if self.spots[i].column == column]
        self.go(min(there, key=lambda i: abs(self.spots[i].y - spot.y)))
        return True

    def action_column_left(self) -> None:
        if not self._sideways(-1):
            self.post_message(self.Left(-1))

    def action_column_right(self) -> None:
        # Where there is no column to the right, this key opens, as it does in lists.
        if not self._sideways(1):
            self.action_open()

    def _to_block(self, step: int) -> None:
        spot = self.current
        if spot is None:
            self.post_message(self.Left(step))
            return
        firsts: dict[int, int] = {}
        for index, other in enumerate(self.spots):
            firsts.setdefault(other.block, index)
        order = sorted(firsts)
        at = order.index(spot.block) + step
        if 0 <= at < len(order):
            self.go(firsts[order[at]])
        else:
            self.post_message(self.Left(step))

    def action_next_block(self) -> None:
        self._to_block(1)

    def action_previous_block(self) -> None:
        self._to_block(-1)

    def action_top(self) -> None:
        self.go(0)

    def action_bottom(self) -> None:
        self.go(len(self.spots) - 1)

    def _page(self, rows: int) -> None:
        spot = self.current
        if spot is None:
            return
        y = spot.y + rows
        limit = max(0, len(self._lay().lines) - self.size.height)
        self.scroll_to(y=max(0, min(self.scroll_offset.y + rows, limit)), animate=False, force=True)
        indices = range(len(self.spots))
        self.go(min(indices, key=lambda i: (abs(self.spots[i].y - y), abs(self.spots[i].x - spot.x))))

    def action_half_down(self) -> None:
        self._page(max(1, self.size.height // 2))

    def action_half_up(self) -> None:
        self._page(-max(1, self.size.height // 2))

    def action_page_down(self) -> None:
        self._page(max(1, self.size.height - 1))

    def action_page_up(self) -> None:
        self._page(-max(1, self.size.height - 1))

    def action_open(self) -> None:
        if spot := self.current:
            self.post_message(self.Opened(spot))

    def action_space(self) -> None:
        if spot := self.current:
            self.post_message(self.Opened(spot, by_space=True))

    async def _on_click(self, event: events.Click) -> None:
        y = event.y + self.scroll_offset.y
        under = [
            index
            for index, spot in enumerate(self.spots)
            if spot.y <= y < spot.y + spot.height and spot.x <= event.x
        ]
        if under:
            index = max(under, key=lambda i: self.spots[i].x)
            again = index == self.cursor
            self.go(index)
            if again or event.chain > 1:
                self.action_open()

    # --- drawing ------------------------------------------------------------------------------------

    def render_line(self, y: int) -> Strip:
        width = self.size.width
        sheet = self._lay()
        if not sheet.spots:
            return strip_of(
                message_line(self.empty, y, width, self.size.height, self._look("muted"), self._look("text"))
            )
        row = y + self.scroll_offset.y
        if row >= len(sheet.lines):
            return Strip.blank(width, self._look("text"))
        strip = self._strips.get(row)
        if strip is None:
            if len(self._strips) > 500:
                self._strips.clear()
            strip = self._strips[row] = self._draw(sheet.lines[row], row, width)
        return strip

    def _draw(self, line: Line, row: int, width: int) -> Strip:
        def read(id: str) -> bool:
            return self._state(id).read

        pieces = drawn_line(line, row, self.current, read)
        segments = [Segment(text, self._styled(look)) for text, look in pieces]
        return Strip(segments).adjust_cell_length(width, self._look("text"))

    def _styled(self, look: str) -> Style:
        if look.endswith(REVERSED):
            return self._look(look.removesuffix(REVERSED)) + Style(reverse=True)
        return self._look(look)
