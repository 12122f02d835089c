"""The looks of the first screen as pens, for each theme and number of colours, without Textual.

`styles/looks.tsv` holds them: `scripts/make_looks.py` reads them off the app, and a test holds one to the
other. A line is theme, colours (24, 8 or 4 bits), then `name=attributes,foreground,background` for each look.
"""

from __future__ import annotations

from tui_news.paths import shipped

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping

    from tui_news.sgr import Pen

FILE = "looks.tsv"
TRUE, EIGHT, FOUR = "24", "8", "4"
# What Rich takes a terminal for by the end of its name; all others have the 16 colours.
_BITS = {"kitty": EIGHT, "256color": EIGHT}


def colors(environ: Mapping[str, str], slow: bool) -> str:
    """How many colours are written to a terminal, as the painter decides it (`painter.policy`); empty where
    that is not known by its environment alone."""
    term = environ.get("TERM", "").strip().lower()
    if term in ("", "dumb", "unknown") or {"TEXTUAL_COLOR_SYSTEM", "FORCE_COLOR"} & environ.keys():
        return ""
    if environ.get("COLORTERM", "").strip().lower() in ("truecolor", "24bit"):
        return EIGHT if slow else TRUE
    return _BITS.get(term.rpartition("-")[2], FOUR)


class Table:
    """All looks."""

    def __init__(self) -> None:
        self._lines: dict[tuple[str, str], str] = {}
        with open(shipped("styles") / FILE, encoding="utf-8") as file:
            for line in file.read().splitlines():
                theme, bits, looks = line.split("\t", 2)
                self._lines[theme, bits] = looks
        self.themes = {theme for theme, _ in self._lines}

    def pens(self, theme: str, bits: str) -> dict[str, Pen]:
        """The pens of a theme by the names of the looks. Raises LookupError, ValueError."""
        found: dict[str, Pen] = {}
        for field in self._lines[theme, bits].split("\t"):
            name, _, pen = field.partition("=")
            attributes, fg, bg = pen.split(",")
            found[name] = (int(attributes), fg, bg)
        return found
