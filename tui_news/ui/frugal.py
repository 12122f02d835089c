"""Two mends of Textual 8.2.8: it held what was closed, and a page key in a window of no height ended it."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style
from textual.widgets import OptionList


@lru_cache(256)
def _inner_outer(base_background: Color, background: Color) -> tuple[Style, Style]:
    """The backgrounds inside and outside of a border."""
    return Style(background=base_background + background), Style(background=base_background)


def forget_closed_widgets() -> None:
    """Textual 8.2.8 remembers this pair by the widget's whole cache of lines, for the last 1,024 of them:
    each sheet that was ever opened stayed in memory, 250 KB at 80×24 and more on a larger screen."""
    if hasattr(StylesCache, "get_inner_outer"):

        def get_inner_outer(self: Any, base_background: Color, background: Color) -> tuple[Style, Style]:
            return _inner_outer(base_background, background)

        StylesCache.get_inner_outer = get_inner_outer  # type: ignore[assignment, method-assign]


def turn_pages_only_where_there_are_lines() -> None:
    """A list of options that has no room has no lines either, and looks its row up all the same."""
    move = getattr(OptionList, "_move_page", None)
    if move is None or getattr(move, "mended", False):
        return

    def move_page(self: Any, direction: int) -> None:
        if (self.highlighted or 0) in self._index_to_line:
            move(self, direction)

    move_page.mended = True  # type: ignore[attr-defined]
    OptionList._move_page = move_page  # type: ignore[method-assign]
