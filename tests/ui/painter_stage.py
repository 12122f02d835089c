"""A stage for the painter: an app in this process on an emulated terminal, and what Textual says it shows."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from pyte.screens import Char
from textual._context import visible_screen_stack
from textual.app import App
from textual.drivers.headless_driver import HeadlessDriver
from textual.geometry import Size

from tests.emulator import Emulator
from tui_news.ui.painter.cells import cut
from tui_news.ui.painter.pens import Pens


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
        text.append(f"\x1b[{y + 1}H{strip.render(app.console)}")
    emulator.feed("".join(text).encode())
    return emulator


def texts(app: App[Any]) -> list[list[str]]:
    """The clusters of the present screen, cell by cell."""
    visible_screen_stack.set(app._background_screens)
    compositor = app.screen._compositor
    pens = Pens(None)
    return [[cell[0] for cell in cut(strip, compositor.size.width, pens)] for strip in compositor.render_strips()]


def seen(cell: Char) -> tuple[object, ...]:
    """What a reader sees of a cell: of a blank neither foreground nor weight, unless they show."""
    if cell.data == " " and not (cell.underscore or cell.reverse or cell.strikethrough):
        return (" ", cell.bg)
    return tuple(cell)


def differences(shown: Emulator, expected: Emulator) -> list[str]:
    """Cells that differ, in words; empty when the two terminals look the same."""
    if (shown.lines, shown.columns) != (expected.lines, expected.columns):
        return [f"{shown.columns}x{shown.lines} is not {expected.columns}x{expected.lines}"]
    found = []
    for y in range(shown.lines):
        for x in range(shown.columns):
            one, two = shown.cell(y, x), expected.cell(y, x)
            if one is not two and one != two and seen(one) != seen(two):
                found.append(f"({x},{y}): shows {one}, should {two}")
    return found


def resize(app: App[Any], emulator: Emulator, width: int, height: int) -> None:
    """Change the size of the emulated terminal; the app is told by the caller."""
    emulator.resize(height, width)
    if app._driver is not None:
        app._driver._size = Size(width, height)  # type: ignore[assignment]
