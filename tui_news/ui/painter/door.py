"""The door: a Textual app whose screen goes to the terminal through the painter.

Textual 8.2.8 hands every change to `App._display` as an update: the strips of the whole screen, or those of
the spans that became dirty. Here they are put over the rows that the terminal shows, and the painter writes
the difference. Everything else (inline apps, the headless driver of tests, other renderables) goes Textual's
own way, as does all with `TUI_NEWS_PAINTER=0`.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from dataclasses import replace
from typing import TYPE_CHECKING, Any

from rich.segment import Segment
from textual import events
from textual._ansi_sequences import SYNC_END, SYNC_START
from textual._compositor import ChopsUpdate, LayoutUpdate
from textual._context import visible_screen_stack
from textual.app import App, ReturnType
from textual.driver import Driver
from textual.strip import Strip

from tui_news import early
from tui_news.ui.painter.cells import Row, cut, splice
from tui_news.ui.painter.frame import unpack
from tui_news.ui.painter.memory import Painter
from tui_news.ui.painter.modes import COLUMNS, ask
from tui_news.ui.painter.output import unprocessed
from tui_news.ui.painter.policy import Policy

if TYPE_CHECKING:
    from rich.console import RenderableType
    from textual.geometry import Size
    from textual.screen import Screen

__all__ = ["PaintedApp"]


class PaintedApp(App[ReturnType]):
    """An app that is painted cell by cell; `painter` is None when the switch is off."""

    painter: Painter | None = None
    still = False
    """While it is True nothing is painted, whatever changes."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._resizes_due: set[bool] = set()
        if os.environ.get("TUI_NEWS_PAINTER", "") != "0":
            self.painter = Painter(Policy.detect(os.environ, self.console._color_system))

    def action_redraw(self) -> None:
        """Repaint the terminal in full, for when another program wrote over it."""
        if self.painter is not None:
            self.painter.forget()
        self.screen.refresh()

    def lean(self, on: bool = True) -> None:
        """Write leaner (or as rich as before) from now on, for a line found to be slow."""
        if self.painter is not None:
            policy, rich = self.painter.policy, Policy.detect(os.environ, self.console._color_system)
            back = replace(policy, colors=rich.colors, links=rich.links, slow=rich.slow)
            self.painter.use(policy.lean() if on else back)
            self.screen.refresh()

    def write_past_painter(self, data: str, *, repaint: bool = False) -> None:
        """Write a sequence of one's own to the terminal, such as a picture.

        The painter will trust neither cursor nor pen afterwards; with `repaint`, nothing at all.
        """
        if self._driver is None:
            return
        whole = self.painter.whole() if self.painter is not None else ""
        self._driver.write(whole + data)
        self._driver.flush()
        if self.painter is not None:
            self.painter.forget_cursor()
            if repaint:
                self.painter.forget()

    # What Textual calls.

    def _display(self, screen: Screen[Any], renderable: RenderableType | None) -> None:
        painter, driver = self.painter, self._driver
        if (
            painter is None
            or driver is None
            or self.is_headless
            or driver.is_inline
            or not isinstance(renderable, ChopsUpdate | LayoutUpdate)
        ):
            if painter is not None and renderable is not None and not self.is_headless:
                painter.forget()
            super()._display(screen, renderable)
            return
        try:
            if self._batch_count or not self._running or self._closed or self.still:
                return
            painter.synchronized = self._sync_available
            try:
                rows = self._rows(painter, screen, renderable)
                text = painter.paint(rows, self._park(screen.outer_size)) if rows else ""
            except Exception as error:
                painter.forget()
                self._handle_exception(error)
                return
            if not text:
                return
            if self._sync_available and len(text) >= painter.policy.sync_from:
                text = f"{SYNC_START}{text}{SYNC_END}"
            driver.write(text)
            driver.flush()
        finally:
            self.post_display_hook()

    def _rows(self, painter: Painter, screen: Screen[Any], update: ChopsUpdate | LayoutUpdate) -> list[Row]:
        """The whole screen after the update."""
        width, height = screen._compositor.size
        if not width or not height:
            return []
        pens = painter.pens
        if isinstance(update, LayoutUpdate) and update.region == screen._compositor.size.region:
            return [cut(_segments(strips), width, pens) for strips in update.strips]
        if not painter.knows(width, height):
            return [cut(strip, width, pens) for strip in screen._compositor.render_strips()]
        rows = painter.rows
        if isinstance(update, LayoutUpdate):
            for y, strips in enumerate(update.strips, update.region.y):
                rows[y] = splice(rows[y], update.region.x, cut(_segments(strips), update.region.width, pens))
            return rows
        done: set[tuple[int, int]] = set()
        for y, x1, x2 in update.spans:
            if not 0 <= y < height:
                continue
            for end, (x, strip) in zip(update.chop_ends[y], update.chops[y].items(), strict=False):
                # A chop is all of one widget's, so what lies beside the span is fresh as well.
                if strip is None or x >= x2 or end <= x1 or (y, x) in done:
                    continue
                done.add((y, x))
                rows[y] = splice(rows[y], x, cut(strip, end - x, pens))
        return rows

    def _park(self, size: Size) -> tuple[int, int] | None:
        """Where the (hidden) cursor must be: an input method opens its window there, a screen reader reads.

        It matters when what has the focus has a cursor of its own, as Textual's fields have; otherwise it
        stays where the last cell was written, which saves the way there and back.
        """
        if not hasattr(self.focused, "cursor_screen_offset"):
            return None
        self._previous_cursor_position = self.cursor_position
        x, y = size.clamp_offset(self.cursor_position)
        return x, y

    def _build_driver(
        self, headless: bool, inline: bool, mouse: bool, size: tuple[int, int] | None
    ) -> Driver:
        driver = super()._build_driver(headless, inline, mouse, size)
        if self.painter is not None:
            self._watch(driver, self.painter)
        return driver

    def _watch(self, driver: Driver, painter: Painter) -> None:
        """Forget the screen whenever the driver takes the terminal, but for what was painted before all this
        was loaded; leave a clean pen when it gives it back.

        The driver does both on its own when the process is stopped and continued by a signal.
        """
        start, stop = driver.start_application_mode, driver.stop_application_mode
        starts = 0

        def started() -> None:
            nonlocal starts
            painter.forget()
            self._resizes_due = {False, True}
            shown = early.take()
            if shown is None:
                start()
            else:
                self._take_over(driver, painter, start, shown)
            painter.use(replace(painter.policy, linefeed=unprocessed(driver), columns=False))
            ask(driver, COLUMNS, lambda: driver._loop.call_soon_threadsafe(scrolls_columns))
            starts += 1
            if starts > 1:
                driver._loop.call_soon_threadsafe(self.call_later, self.action_redraw)

        def scrolls_columns() -> None:
            painter.use(replace(painter.policy, columns=True))

        def stopped() -> None:
            if text := painter.farewell():
                driver.write(text)
            stop()

        driver.start_application_mode = started  # type: ignore[method-assign]
        driver.stop_application_mode = stopped  # type: ignore[method-assign]

    def _take_over(
        self, driver: Driver, painter: Painter, start: Callable[[], None], shown: early.Shown
    ) -> None:
        """Start the driver on a terminal that shows an early screen already."""
        write = driver.write

        def write_rest(data: str) -> None:
            # The alternate screen is there; xterm would clear it.
            if data != early.ALTERNATE:
                write(data)

        driver.write = write_rest  # type: ignore[method-assign]
        try:
            start()
        finally:
            driver.write = write  # type: ignore[method-assign]
        driver.attrs_before = shown.attributes  # type: ignore[attr-defined]
        if not shown.resized and driver._get_terminal_size() == shown.size:  # type: ignore[attr-defined]
            painter.adopt(unpack(shown, painter.pens, painter.policy.ambiguous_wide))

    def all_rows(self) -> list[Row]:
        """The present screen, painted or not."""
        assert self.painter is not None
        compositor = self.screen._compositor
        visible_screen_stack.set(self._background_screens)
        return [cut(strip, compositor.size.width, self.painter.pens) for strip in compositor.render_strips()]

    async def _on_resize(self, event: events.Resize) -> None:
        """Every resize loses what the terminal showed, even one whose end has the size of its beginning.

        Only the report with which the driver starts, and the first that a terminal sends in band, say
        nothing new.
        """
        if self.painter is None:
            return
        if self._size is None:  # the first of all: the app learns its size
            if not self.painter.knows(*event.size):
                self.painter.forget()
            return
        same = self._size == event.size
        in_band = event.pixel_size is not None
        if in_band in self._resizes_due:
            self._resizes_due.remove(in_band)
            if same:
                return
        self.painter.forget()
        if same and self._screen_stack:
            self.screen.refresh()


def _segments(strips: Any) -> list[Segment]:
    found: list[Segment] = []
    for strip in strips:
        if isinstance(strip, Strip):
            found += strip
    return found
