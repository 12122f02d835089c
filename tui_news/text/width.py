"""Display widths: how many terminal cells a text takes, and cutting and padding it to a number of them.

Widths are those of `rich.cells` (grapheme clusters by UAX #29, East Asian Width by UAX #11), because
Textual lays its screen out with the same table: two opinions about one emoji would tear the screen.
"""

from __future__ import annotations

from tui_news.text.late import Chars

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator
    from types import ModuleType

__all__ = ["cell_len", "fit", "graphemes", "is_sure", "pad", "split_at"]


_SURE = Chars(
    " -~\u00a1-\u00ac\u00ae-\u02ff\u0391-\u03a1\u03a3-\u03c9\u0401\u0410-\u044f\u0451"
    "\u2010-\u2027\u2030-\u203a\u20a0-\u20bf\u2116\u2190-\u2193"
    "\u3001-\u3029\u3041-\u3096\u30a1-\u30fa\u4e00-\u9fa5\uac00-\ud7a3\uff01-\uff5e"
)
"""Latin, Greek and Russian letters, punctuation and signs, one cell each, and what takes two beyond doubt:
ideographs, kana, Hangul syllables, full-width forms."""


JOINER = "\u200d"
"""Makes one emoji of the two around it, as wide as the first alone."""

FLAGS = "\U0001f1e6\U0001f1ff"
"""The first and the last of the letters that flags are spelled with."""

_rich_cells: ModuleType | None = None


def _cells() -> ModuleType:
    global _rich_cells
    if _rich_cells is None:
        from rich import cells

        _rich_cells = cells
    return _rich_cells


def cell_len(text: str) -> int:
    """How many cells a text takes. The table is loaded by the first text that needs a look into it."""
    if text.isascii() and text.isprintable():
        return len(text)
    plain = _plain(text)
    if plain is not None:
        return len(plain) + sum(map("\u3000".__lt__, plain))
    cells: int = _cells().cell_len(text)
    return cells


def is_sure(text: str) -> bool:
    """Whether it is beyond doubt how many cells a text takes, in every terminal."""
    return (text.isascii() and text.isprintable()) or _SURE.hold(text)


def _plain(text: str) -> str | None:
    """A text of the same width whose characters are clusters of their own, of two cells from U+3001 on and of
    one before; None where the table has to say. Emoji that are joined to one before them take no cell, the
    letters of flags one each."""
    if _SURE.hold(text):
        return text
    if max(text) < FLAGS[0]:
        return None
    chars = _unjoined(text) if JOINER in text else text
    plain = ["x" if FLAGS[0] <= char <= FLAGS[1] else char for char in chars]
    return "".join(plain) if _SURE.hold("".join([char for char in plain if not _is_emoji(char)])) else None


def _unjoined(text: str) -> Iterator[str]:
    """The characters without the emoji that are joined to another, and without what joins them; a joiner
    between anything else stays."""
    before = ""
    chars = iter(text)
    for char in chars:
        if char != JOINER or not before:
            before = char if _is_emoji(char) else ""
            yield char
            continue
        after = next(chars, "")
        if not _is_emoji(after):
            before = ""
            yield char
            yield after


def _is_emoji(char: str) -> bool:
    """An emoji that takes two cells, and does not change the one before it as a tone of skin does."""
    if not "\U0001f300" <= char <= "\U0001f9ff" or "\U0001f3fb" <= char <= "\U0001f3ff":
        return False
    from unicodedata import east_asian_width

    return east_asian_width(char) == "W"


def graphemes(text: str) -> list[tuple[str, int]]:
    """The text's grapheme clusters, each with its width in cells."""
    if text.isascii():
        return [(char, 1) for char in text]
    spans, _ = _cells().split_graphemes(text)
    return [(text[start:end], width) for start, end, width in spans]


def split_at(text: str, width: int) -> tuple[str, str]:
    """The longest head of `text` that takes at most `width` cells, and the rest. Never cuts a cluster."""
    if text.isascii():
        return text[:width], text[width:]
    used = 0
    end = 0
    if _plain(text) is not None:
        joined = False
        for char in text:
            if joined or char == JOINER:
                joined = not joined
                end += 1
                continue
            used += 2 if char > "\u3000" and not FLAGS[0] <= char <= FLAGS[1] else 1
            if used > width:
                break
            end += 1
        return text[:end], text[end:]
    spans, _ = _cells().split_graphemes(text)
    for _, stop, cells in spans:
        if used + cells > width:
            break
        used += cells
        end = stop
    return text[:end], text[end:]


def fit(text: str, width: int, ellipsis: str = "…") -> str:
    """`text` cut to at most `width` cells, with an ellipsis where something was cut."""
    if width <= 0:
        return ""
    if cell_len(text) <= width:
        return text
    head, _ = split_at(text, max(0, width - cell_len(ellipsis)))
    return head.rstrip() + ellipsis if width >= cell_len(ellipsis) else split_at(text, width)[0]


def pad(text: str, width: int, right: bool = False) -> str:
    """`text` cut or filled with spaces to exactly `width` cells; `right` aligns it to the right."""
    text = fit(text, width)
    space = " " * (width - cell_len(text))
    return space + text if right else text + space
