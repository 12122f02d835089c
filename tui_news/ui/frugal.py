"""Keeps what Textual remembers bounded: an app that stays open for weeks must not hold what it has closed."""

from __future__ import annotations

from functools import lru_cache
from typing import Any

from textual._styles_cache import StylesCache
from textual.color import Color
from textual.style import Style


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
