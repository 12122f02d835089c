"""The typesetter: an article's blocks become lines for a width, by UAX #14 and the rules of East Asian print.

Pure functions over `tui_news.model`; widths are Textual's own, Textual is not imported.
"""

from __future__ import annotations

from tui_news.typeset.galley import Galley
from tui_news.typeset.lines import Line, Options, Span
from tui_news.typeset.setter import set_block

__all__ = ["Galley", "Line", "Options", "Span", "set_block"]
