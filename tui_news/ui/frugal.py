"""Mends of Textual 8.2.8: it held what was closed, parsed styles twice, a page key in a window of no height
ended it, and it drew what nobody sees."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from functools import lru_cache
from typing import Any

from textual._compositor import Compositor
from textual._styles_cache import StylesCache
from textual.cache import LRUCache
from textual.color import Color
from textual.css.stylesheet import Stylesheet
from textual.geometry import Region
from textual.strip import Strip
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


_PARSED: LRUCache[frozenset[tuple[str, str]], LRUCache[Any, Any]] = LRUCache(4)
"""The rules of each source of styles, as parsed with these variables (that is, in this theme)."""


def parse_styles_once() -> None:
    """Textual parses all styles when the first screen is mounted, and again from the ground, in a stylesheet
    made for it, once the theme is known, which it was; and at each choice of a theme. What is parsed does
    not change, so stylesheets with the same variables share it."""
    begin, change = Stylesheet.__init__, Stylesheet.set_variables
    if getattr(begin, "mended", False) or not hasattr(Stylesheet, "_parse_rules"):
        return

    def share(sheet: Any, variables: dict[str, str]) -> None:
        known = frozenset(variables.items())
        if known not in _PARSED:
            _PARSED[known] = LRUCache(256)
        sheet._parse_cache = _PARSED[known]

    def begun(self: Any, *, variables: dict[str, str] | None = None) -> None:
        begin(self, variables=variables)
        share(self, variables or {})

    def changed(self: Any, variables: dict[str, str]) -> None:
        self._parse_cache = LRUCache(1)  # which it clears
        change(self, variables)
        share(self, variables)

    begun.mended = True  # type: ignore[attr-defined]
    Stylesheet.__init__ = begun  # type: ignore[method-assign]
    Stylesheet.set_variables = changed  # type: ignore[method-assign]


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


def draw_only_what_shows() -> None:
    """Every widget on screen was asked for all of its lines, whichever of them were wanted, and also where
    others lie over it, as they do over the screen itself and over what holds them."""
    if hasattr(Compositor, "_render_chops"):
        Compositor._render_chops = _render_chops  # type: ignore[assignment, method-assign]


def _render_chops(
    self: Any, crop: Region, wanted: Callable[[int], bool]
) -> Sequence[Mapping[int, Strip | None]]:
    """For each line of the screen the pieces between its cuts (first column: strip), as far as they are of
    lines that are `wanted` and of widgets that reach into `crop`."""
    cuts: list[list[int]] = self.cuts
    chops: list[dict[int, Strip | None]] = [dict.fromkeys(columns[:-1]) for columns in cuts]
    free = [len(chop) if wanted(y) else 0 for y, chop in enumerate(chops)]
    # From the front to the back: the first that draws a piece is the one that is seen.
    for widget, (region, clip) in self.visible_widgets.items():
        if not crop.overlaps(clip):
            continue
        shown = region.intersection(clip)
        lines = [y for y in shown.line_range if free[y]]
        if not lines or not shown.width:
            continue
        left, right = shown.column_span
        top = lines[0]
        strips = widget.render_lines(
            Region(shown.x - region.x, top - region.y, shown.width, lines[-1] + 1 - top)
        )
        for y in lines:
            columns = [column for column in cuts[y] if left <= column <= right]
            chop = chops[y]
            pieces = strips[y - top].divide([column - left for column in columns[1:]])
            for column, piece in zip(columns, pieces, strict=False):
                if chop[column] is None:
                    chop[column] = piece
                    free[y] -= 1
    return chops
