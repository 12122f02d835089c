"""Pasting up: the blocks of the front page as lines of cells for a width, and where each story stands."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import TYPE_CHECKING, NamedTuple

from tui_news.i18n import _, many
from tui_news.model import Block as TextBlock
from tui_news.model import Run
from tui_news.newsroom.told import told_by
from tui_news.portal.front import Block, Front, Item, Phrase
from tui_news.text.width import cell_len, fit, pad
from tui_news.typeset import Options, set_block
from tui_news.ui.widgets.headline_rows import MARKER

if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

BROADSHEET, THREE = 100, 132
"""Cells from which there are two columns, and three."""
GUTTER = 2
"""Cells on the left of a column for the marker."""
RULE = " │ "


class Piece(NamedTuple):
    """A text in one look; a headline carries its article's id, because it looks otherwise once it is read."""

    text: str
    look: str = "text"
    id: str = ""


Line = list[Piece]


@dataclass(frozen=True, slots=True)
class Spot:
    """A place that the cursor can be at: the cells it covers, and what it opens."""

    band: int
    column: int
    block: int
    x: int
    y: int
    height: int
    item: Item | None = None
    phrase: Phrase | None = None
    kind: str = ""


class _Set:
    """A block set for a width: its lines, and its spots counted from its own first line."""

    __slots__ = ("lines", "spots")

    def __init__(self) -> None:
        self.lines: list[Line] = []
        self.spots: list[tuple[int, int, Item | None, Phrase | None, int]] = []
        """First line, number of lines, item or phrase, and the cell where it begins."""


@dataclass(frozen=True, slots=True)
class Sheet:
    """The whole page: `lines` are as wide as the page, `spots` in reading order."""

    width: int
    lines: tuple[Line, ...]
    spots: tuple[Spot, ...]


def _wrapped(text: str, width: int, most: int) -> list[str]:
    """A text on `most` lines at most, by the typesetter's rules; what is left over is cut."""
    if not text or width < 4:
        return []
    if len(text) <= width and cell_len(text) <= width:
        return [text]  # most headlines; the typesetter is for those that break
    lines = set_block(
        TextBlock("paragraph", (Run(text[:600]),)), width, Options(measure=width, indent=False), 0
    )
    told = [line.text.rstrip() for line in lines if line.text.strip()]
    if len(told) > most:
        told[most - 1] = (
            fit(told[most - 1] + "……", width)
            if cell_len(told[most - 1]) + 1 > width
            else told[most - 1] + "…"
        )
    return told[:most]


class Paster:
    """Sets blocks. `time` prints a moment (seconds) in few cells; what came after `seen` is new."""

    def __init__(self, time: Callable[[float], str], seen: float = 0.0) -> None:
        self.time = time
        self.seen = seen

    # --- stories ------------------------------------------------------------------------------------

    def _meta(self, item: Item, width: int) -> Line:
        tail = [self.time(item.when)]
        if item.sources > 1:
            tail.append(told_by(item.sources))
        if item.comments:
            tail.append(many(item.comments, "{count} comment", "{count} comments"))
        fresh = _("new") + " · " if self.seen and item.when > self.seen else ""
        width -= cell_len(fresh)
        rest = " · ".join(part for part in tail if part)
        name = fit(item.source, max(4, width - cell_len(rest) - 3))
        first = [Piece(fresh, "new")] if fresh else []
        return [*first, Piece(name, "source"), Piece(fit(f" · {rest}", width - cell_len(name)), "muted")]

    def story(
        self, made: _Set, item: Item, width: int, *, heads: int = 2, decks: int = 0, look: str = "head"
    ) -> None:
        """A headline on some lines, its deck and who tells it."""
        first = len(made.lines)
        if decks and item.kicker:
            made.lines.append([Piece(fit(item.kicker, width), "kicker")])
        for text in _wrapped(item.headline, width, heads):
            made.lines.append([Piece(text, look, item.id)])
        for text in _wrapped(item.deck, width, decks) if decks else ():
            made.lines.append([Piece(text, "deck")])
        made.lines.append(self._meta(item, width))
        made.spots.append((first, len(made.lines) - first, item, None, 0))
        made.lines.append([])

    def _title(self, made: _Set, text: str, width: int, look: str = "title") -> None:
        label = fit(text, width - 4)
        made.lines.append(
            [Piece(label, look), Piece(" " + "─" * max(0, width - cell_len(label) - 1), "rule")]
        )

    # --- blocks -------------------------------------------------------------------------------------

    def block(self, block: Block, width: int) -> _Set:
        """A block for a column of `width` cells."""
        made = _Set()
        match block.kind:
            case "lead":
                for item in block.items:
                    self.story(made, item, width, heads=3, decks=4, look="lead")
            case "second":
                for item in block.items:
                    self.story(made, item, width, heads=3, decks=2)
            case "strip" | "followed":
                self._title(made, block.title, width, "title" if block.kind == "strip" else "followed")
                for number, item in enumerate(block.items):
                    self.story(made, item, width, heads=2, decks=2 if number == 0 else 0)
            case "blogs":
                self._title(made, _("Blogs"), width)
                self._rows(made, block.items, width, lambda item: item.author or item.source)
            case "leisure":
                self._title(made, _("Leisure"), width)
                self._rows(made, block.items, width, lambda item: "")
            case "discussed":
                self._title(made, _("Most discussed"), width)
                self._rows(made, block.items, width, lambda item: str(item.comments), number=True)
            case "topics":
                self._title(made, _("Hot topics"), width)
                self._cloud(made, block.phrases, width, lambda phrase: f" {phrase.sources}", 3)
            case _:
                self._title(made, _("Tags"), width)
                self._cloud(made, block.phrases, width, lambda phrase: "", 3)
        return made

    def _rows(
        self,
        made: _Set,
        items: Iterable[Item],
        width: int,
        left: Callable[[Item], str],
        *,
        number: bool = False,
    ) -> None:
        """One line each: author | title, as a portal's columns have it."""
        for item in items:
            name = left(item)
            first = len(made.lines)
            line: Line = []
            used = 0
            if number:
                name = pad(name, 5, right=True)
                line = [Piece(name + " ", "muted")]
                used = 6
            elif name:
                shown = fit(name, min(18, width // 3))
                line = [Piece(shown, "source"), Piece("｜" if not shown.isascii() else " | ", "rule")]
                used = sum(cell_len(piece.text) for piece in line)
            line.append(Piece(fit(item.headline, width - used), "row", item.id))
            made.lines.append(line)
            made.spots.append((first, 1, item, None, 0))
        made.lines.append([])

    def _cloud(
        self, made: _Set, phrases: Sequence[Phrase], width: int, extra: Callable[[Phrase], str], most: int
    ) -> None:
        """Phrases one after the other on some lines, the hotter ones bold."""
        line: Line = []
        used = 0
        rows = 0
        for number, phrase in enumerate(phrases):
            text, more = fit(phrase.text, width - 6), extra(phrase)
            need = cell_len(text) + cell_len(more)
            if line and used + 3 + need > width:
                made.lines.append(line)
                rows += 1
                line, used = [], 0
                if rows == most:
                    break
            if line:
                line.append(Piece("   ", "text"))
                used += 3
            made.spots.append((len(made.lines), 1, None, phrase, used))
            line.append(Piece(text, "hot" if number < 6 else "topic"))
            if more:
                line.append(Piece(more, "muted"))
            used += need
        if line:
            made.lines.append(line)
        made.lines.append([])


class _Page:
    """The page as it grows, band under band."""

    def __init__(self, width: int) -> None:
        self.width = width
        self.lines: list[Line] = []
        self.spots: list[Spot] = []
        self.band = 0

    def add(self, columns: Sequence[Sequence[tuple[int, _Set]]], widths: Sequence[int]) -> None:
        """A band: in each column some blocks, one under the other. Blocks carry their number on the page."""
        stacks: list[list[Line]] = []
        x = 0
        for column, (blocks, width) in enumerate(zip(columns, widths, strict=True)):
            stack: list[Line] = []
            for number, made in blocks:
                for first, height, item, phrase, at in made.spots:
                    self.spots.append(
                        Spot(
                            self.band, column, number, x + at, len(self.lines) + len(stack) + first, height,
                            item, phrase, "item" if item else "phrase",
                        )
                    )  # fmt: skip
                stack += made.lines
            while stack and not stack[-1]:
                stack.pop()
            stacks.append(stack)
            x += width + len(RULE)
        height = max(map(len, stacks), default=0)
        for row in range(height):
            line: Line = []
            for number, (stack, width) in enumerate(zip(stacks, widths, strict=True)):
                if number:
                    line.append(Piece(RULE, "rule"))
                pieces = stack[row] if row < len(stack) else []
                line.append(Piece(" " * GUTTER, "gutter"))
                line += pieces
                used = sum(cell_len(piece.text) for piece in pieces) + GUTTER
                line.append(Piece(" " * max(0, width - used), "text"))
            self.lines.append(line)
        self.lines.append([Piece(" " * self.width, "text")])
        self.band += 1

    @property
    def sheet(self) -> Sheet:
        return Sheet(self.width, tuple(self.lines), tuple(self.spots))


def paste(front: Front, width: int, time: Callable[[float], str], seen: float = 0.0) -> Sheet:
    """The page for a width: one column, or a broadsheet of two or three."""
    paster, page = Paster(time, seen), _Page(width)
    if width < 12:
        return page.sheet
    blocks = list(enumerate(front.blocks))
    count = 3 if width >= THREE else 2 if width >= BROADSHEET else 1
    if count == 1:
        for number, block in blocks:
            page.add([[(number, paster.block(block, width - GUTTER - 1))]], [width])
        return page.sheet
    each = (width - (count - 1) * len(RULE)) // count
    widths = [each] * (count - 1) + [width - (count - 1) * (each + len(RULE))]
    top = [(n, b) for n, b in blocks if b.kind == "lead"]
    second = [(n, b) for n, b in blocks if b.kind == "second"]
    bands = [(n, b) for n, b in blocks if b.kind == "topics"]
    last = [(n, b) for n, b in blocks if b.kind == "tags"]
    rest = [(n, b) for n, b in blocks if b.kind not in ("lead", "second", "topics", "tags")]
    _head(page, paster, top, second, widths)
    for number, block in bands:
        page.add([[(number, paster.block(block, width - GUTTER - 1))]], [width])
    _flow(page, paster, rest, widths)
    for number, block in last:
        page.add([[(number, paster.block(block, width - GUTTER - 1))]], [width])
    return page.sheet


def _head(
    page: _Page,
    paster: Paster,
    top: list[tuple[int, Block]],
    second: list[tuple[int, Block]],
    widths: list[int],
) -> None:
    """The lead over two columns' width with stories under it, the other ones beside it."""
    if not top:
        return
    number, lead = top[0]
    others = list(second[0][1].items) if second else []
    wide = sum(widths[:-1]) + len(RULE) * (len(widths) - 2)
    left = paster.block(lead, wide - GUTTER - 1)
    # As many beside it as are about as high.
    count = 0
    beside = _Set()
    while count < len(others) and (not count or len(beside.lines) + 4 < len(left.lines)):
        count += 1
        beside = _stories(paster, others[:count], widths[-1])
    page.add([[(number, left)], [(second[0][0], beside)] if others else []], [wide, widths[-1]])
    under = others[count:]
    if under:
        columns: list[list[Item]] = [[] for _width in widths]
        for at, item in enumerate(under):
            columns[at % len(widths)].append(item)
        page.add(
            [
                [(second[0][0], _stories(paster, column, width))]
                for column, width in zip(columns, widths, strict=True)
            ],
            widths,
        )


def _stories(paster: Paster, items: Sequence[Item], width: int) -> _Set:
    made = _Set()
    for item in items:
        paster.story(made, item, width - GUTTER - 1, heads=3, decks=2)
    return made


def _flow(page: _Page, paster: Paster, blocks: list[tuple[int, Block]], widths: list[int]) -> None:
    """Blocks side by side, row after row: each next one goes where the page is shortest."""
    columns: list[list[tuple[int, _Set]]] = [[] for _width in widths]
    heights = [0] * len(widths)
    for number, block in blocks:
        at = heights.index(min(heights))
        made = paster.block(block, widths[at] - GUTTER - 1)
        columns[at].append((number, made))
        heights[at] += len(made.lines)
    if any(columns):
        page.add(columns, widths)


REVERSED = " reversed"
"""Stands behind the look of a phrase under the cursor."""


def drawn_line(
    line: Line, row: int, spot: Spot | None, read: Callable[[str], bool]
) -> Iterator[tuple[str, str]]:
    """A line of the page as texts, each with the name of its look, while the cursor is at `spot`."""
    here = spot if spot is not None and spot.y <= row < spot.y + spot.height else None
    x = 0
    for text, look, id in line:
        if look == "gutter":
            marked = here is not None and here.item is not None and x == here.x
            yield (MARKER, "marker") if marked else (" ", "text")
            yield text[1:], "text"
        elif look in ("lead", "head", "row"):
            yield text, "read" if id and read(id) else "lead" if look == "lead" else "head"
        else:
            phrase = here is not None and here.phrase is not None and x == here.x + 2
            yield text, look + REVERSED if phrase and look in ("hot", "topic") else look
        x += cell_len(text)
