"""Lines of text in looks, drawn without Textual: by the widgets, and by the opening before Textual is there.

What a look is, is for whoever draws: a Rich style in a widget, a name in the opening. `Line` does what the
two ask of Textual's strips.
"""

from __future__ import annotations

from tui_news.text.width import cell_len, split_at

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from typing import Generic, NamedTuple, TypeVar

    L = TypeVar("L")

    class Piece(NamedTuple, Generic[L]):
        """A text in one look."""

        text: str
        look: L
else:
    from collections import namedtuple

    from tui_news.light import Generic

    L = None
    Piece = namedtuple("Piece", ("text", "look"))


class Line(Generic[L]):
    """Pieces side by side."""

    __slots__ = ("pieces",)

    def __init__(self, pieces: Sequence[Piece[L]]) -> None:
        self.pieces = pieces

    def __iter__(self) -> Iterator[Piece[L]]:
        return iter(self.pieces)

    def fitted(self, width: int, look: L) -> Line[L]:
        """The line cut, or filled with blanks in a look, to exactly so many cells."""
        pieces: list[Piece[L]] = []
        room = width
        for piece in self.pieces:
            used = cell_len(piece.text)
            if used > room:
                head = split_at(piece.text, room)[0]
                # Half of a wide character is a blank.
                pieces.append(Piece(head + " " * (room - cell_len(head)), piece.look))
                return Line(pieces)
            pieces.append(piece)
            room -= used
        if room:
            pieces.append(Piece(" " * room, look))
        return Line(pieces)


def spread(left: list[Piece[L]], right: str, look: L, base: L, width: int) -> list[Piece[L]]:
    """`left`, and `right` at the other end when both fit."""
    used = sum(cell_len(piece.text) for piece in left)
    space = width - used - cell_len(right) - 1
    if not right or space < 1:
        return left
    return [*left, Piece(" " * space, base), Piece(right, look)]
