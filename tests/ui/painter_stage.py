"""A stage for the painter: an app in this process on an emulated terminal, and what Textual says it shows."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Callable, Iterator
from typing import Any

from pyte.screens import Char
from rich.console import Console
from textual._context import visible_screen_stack
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.events import Key, Resize
from textual.geometry import Size
from textual.strip import Strip
from wcwidth import wcwidth

from tests.emulator import Emulator
from tui_news.ui.painter.cells import cut
from tui_news.ui.painter.pens import Pens

Terminal = Emulator


class StageDriver(HeadlessDriver):
    """Headless, but what is written goes to an emulator."""

    emulator: Emulator
    written: list[str]

    @property
    def is_headless(self) -> bool:
        return False

    @property
    def can_suspend(self) -> bool:
        return True

    def write(self, data: str) -> None:
        self.written.append(data)
        self.emulator.feed(data.encode())

    def start_application_mode(self) -> None:
        self.write("\x1b[?1049h\x1b[?25l\x1b[?7l")
        super().start_application_mode()

    def stop_application_mode(self) -> None:
        self.write("\x1b[?7h\x1b[?1049l\x1b[?25h")
        super().stop_application_mode()


def stage_driver(emulator: Emulator, written: list[str]) -> type[StageDriver]:
    """A driver class for one terminal, since Textual makes the driver itself."""
    return type("StageDriver", (StageDriver,), {"emulator": emulator, "written": written})


def said(app: App[Any], make: Callable[[int, int], Emulator] = Emulator) -> Emulator:
    """A fresh terminal on which Textual's own compositor painted the present screen from nothing."""
    compositor = app.screen._compositor
    width, height = compositor.size
    emulator = make(height, width)
    visible_screen_stack.set(app._background_screens)
    text = ["\x1b[?7l"]
    for y, strip in enumerate(compositor.render_strips()):
        text.append(f"\x1b[{y + 1}H{_rendered(strip, app.console)}")
    emulator.feed("".join(text).encode())
    return emulator


def _rendered(strip: Strip, console: Console) -> str:
    """Textual's own rendering, without its memory: styles remember the colours of an earlier app."""
    system = console._color_system
    assert system is not None
    Strip.render_ansi.cache_clear()
    for _, style, _ in strip:
        if style is not None:
            style._ansi = None
    return "".join(
        text if style is None else Strip.render_style(style, text, system) for text, style, _ in strip
    )


def texts(app: App[Any]) -> list[list[str]]:
    """The clusters of the present screen, cell by cell."""
    visible_screen_stack.set(app._background_screens)
    compositor = app.screen._compositor
    pens = Pens(None)
    return [
        [cell[0] for cell in cut(strip, compositor.size.width, pens)] for strip in compositor.render_strips()
    ]


def seen(cell: Char) -> tuple[object, ...]:
    """What a reader sees of a cell: of a blank neither foreground nor weight, unless they show."""
    if cell.data == " " and not (cell.underscore or cell.reverse or cell.strikethrough):
        return (" ", cell.bg)
    return tuple(cell)


def differences(shown: Emulator, expected: Emulator, without: str | None = None) -> list[str]:
    """Cells that differ, in words; empty when the two terminals look the same.

    Rows that should show the text `without` are not looked at.
    """
    if (shown.lines, shown.columns) != (expected.lines, expected.columns):
        return [f"{shown.columns}x{shown.lines} is not {expected.columns}x{expected.lines}"]
    found = []
    for y in range(shown.lines):
        if without is not None and without in expected.text[y]:
            continue
        for x in range(shown.columns):
            one, two = shown.cell(y, x), expected.cell(y, x)
            if one is not two and one != two and seen(one) != seen(two):
                found.append(f"({x},{y}): shows {one}, should {two}")
    return found


async def press(app: App[Any], key: str) -> None:
    """One key, and all that follows from it."""
    app.post_message(Key(key, key if len(key) == 1 else None))
    await settle(app)


async def resize(app: App[Any], emulator: Emulator, width: int, height: int) -> None:
    """Another size for terminal and app."""
    size = Size(width, height)
    emulator.resize(height, width)
    if app._driver is not None:
        app._driver._size = (width, height)
    app.post_message(Resize(size, size))
    await asyncio.sleep(0.02)  # the app waits 1/120 s for more of them
    await settle(app)


async def settle(app: App[Any]) -> None:
    """Wait until no message is left and no screen is dirty. Raises TimeoutError, with what still is."""
    quiet = 0
    for _ in range(2000):
        await asyncio.sleep(0.001)
        busy = _busy(app)
        quiet = 0 if busy else quiet + 1
        if quiet == 4:
            return
    raise TimeoutError(f"still busy: {busy}")


def _busy(app: App[Any]) -> list[object]:
    screen = app.screen
    if screen._dirty_widgets or screen._callbacks or app._batch_count:
        return [screen]
    # A screen in the background is dirty for as long as it stays there.
    behind = [other for other in app.screen_stack if other is not screen]
    return [pump for pump in [app, *behind] if pump.message_queue_size] + [
        pump
        for pump in [screen, *screen.walk_children(with_self=False)]
        if pump.message_queue_size
        or getattr(pump, "_repaint_required", False)
        or getattr(pump, "_layout_required", False)
        or getattr(pump, "_scroll_required", False)
    ]


class Contrary(Terminal):
    """Draws code point by code point: joiners and selectors do nothing, every emoji takes two cells."""

    def draw(self, data: str) -> None:
        for char in data:
            width = 2 if ord(char) >= 0x1F000 else wcwidth(char)
            if width > 0:
                self._place(char, width)
            elif width == 0 and char not in "\u200d\ufe0f":
                row, x = self.buffer[self.cursor.y], self.cursor.x - 1
                if x > 0 and row[x].data == "":
                    x -= 1
                if x >= 0:
                    row[x] = row[x]._replace(data=row[x].data + char)

    def _place(self, char: str, width: int) -> None:
        """Without autowrap, as Textual sets it. Half a wide character becomes a blank without colours, even
        where the other half was erased before (as in tmux)."""
        x = self.cursor.x = min(self.cursor.x, self.columns - width)
        row = self.buffer[self.cursor.y]
        if x and row[x].data == "":
            row[x - 1] = self.default_char
        if x + width < self.columns and row[x + width].data == "":
            row[x + width] = self.default_char
        row[x] = self.cursor.attrs._replace(data=char)
        if width == 2:
            row[x + 1] = self.cursor.attrs._replace(data="")
        self.cursor.x = x + width


class WithoutBce(Terminal):
    """Erases with the default background, whatever the pen's is."""

    def erase_characters(self, count: int | None = None) -> None:
        with self._plain():
            super().erase_characters(count)

    def erase_in_line(self, how: int = 0, private: bool = False) -> None:
        with self._plain():
            super().erase_in_line(how, private)

    def erase_in_display(self, how: int = 0, *args: Any, **kwargs: Any) -> None:
        with self._plain():
            super().erase_in_display(how, *args, **kwargs)

    @contextlib.contextmanager
    def _plain(self) -> Iterator[None]:
        pen, self.cursor.attrs = self.cursor.attrs, self.default_char
        yield
        self.cursor.attrs = pen
