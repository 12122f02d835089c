"""What the typesetter takes and gives: options, spans and lines."""

from __future__ import annotations

from typing import Literal, NamedTuple

from tui_news.text.width import cell_len

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass


class Span(NamedTuple):
    """A piece of a line in one look. `role` is one or more names with spaces between, for a theme to
    colour: text, em, strong, code, strike, link, marker, head1 to head3, caption, rule, pre, table,
    table-head, note. `link` is the number that the reader sees, 0 for none."""

    text: str
    role: str = "text"
    href: str = ""
    link: int = 0


class Line(NamedTuple):
    """One line as it stands on the screen; `block` is the index of its block, `first` says whether the
    block begins with it. A blank line has no spans and belongs to the block under it."""

    spans: tuple[Span, ...]
    block: int = 0
    first: bool = False
    inset: int = 0
    """How many characters of `text` are no text of the article: indent, marker, bar."""
    glue: str = ""
    """What the break took away: the white space between this line's last word and the next line's."""
    tail: int = 0
    """How many characters at its end are no text of the article: the hyphen of a divided word."""
    blanks: tuple[tuple[int, int], ...] = ()
    """Blanks that justification put where the article has none: offset and how many, in order."""

    @property
    def text(self) -> str:
        return "".join([span.text for span in self.spans])

    @property
    def width(self) -> int:
        """Cells."""
        return sum([cell_len(span.text) for span in self.spans])


@dataclass(frozen=True, slots=True)
class Options:
    """How to set. Two settings with equal options give equal lines."""

    measure: int = 72
    """Cells of a line at most, however wide the window is: 72 is 36 ideographs."""
    indent: bool | None = None
    """Paragraphs marked by an indent (True) or by a blank line (False); None: as the script has it."""
    justify: bool = False
    hyphenate: bool = False
    spacing: int = 0
    """Blank lines between the lines of running text."""
    ambiguous_wide: bool = False
    """The terminal draws characters of ambiguous width (UAX #11) in two cells."""
    bidi: Literal["terminal", "reorder"] = "terminal"
    """Who puts right-to-left text in order: the terminal, or this package (UAX #9)."""
    number_links: bool = True
    tables: int = 0
    """Cells that a table may take when it has no room in the measure."""
    sideways: str = ""
    """The keys that move a table sideways; a table with no room stands in columns then, as many as fit.
    Without them it is stacked, row by row, and all of it is in the lines."""
    strike: bool = False
    """Struck-out text will be shown as such, and needs no marks around it."""
    language: str = ""
    """BCP 47; used for hyphenation and for which curly quotes open."""


BLANK = Line(())
DEFAULT = Options()
