"""An open article in linear mode: its lines, set as they are asked for, and the place in them."""

from __future__ import annotations

from collections.abc import Sequence

from tui_news.linear.line import broken
from tui_news.linear.spoken import facts, foot, spoken
from tui_news.typeset import Galley, Options
from tui_news.typeset.article import Page


class Opened:
    """A cursor over an article's lines for one width."""

    def __init__(self, page: Page, width: int, ambiguous_wide: bool = False) -> None:
        self.page = page
        article = page.article
        options = Options(
            measure=width, language=article.language, indent=False, ambiguous_wide=ambiguous_wide
        )
        blocks, self._origins = spoken(page.blocks)
        self._galley = Galley(blocks, width, options)
        self._head = [line for fact in facts(page) for line in broken(fact, width)]
        self._foot = [line for fact in foot(article, len(self.links)) for line in broken(fact, width)]
        self.line = 0
        """The next line that will be said; the head's lines come before the text's."""
        self._page_start = 0
        self._page_size = 0

    @property
    def links(self) -> Sequence[tuple[int, str, str]]:
        """Number, text and address of each link in the text."""
        return self._galley.links

    @property
    def outline(self) -> list[tuple[int, int, str]]:
        """The subheads: index of the block, rank, text."""
        return [
            (index, block.level, " ".join(block.text.split()))
            for index, block in enumerate(self.page.blocks)
            if block.kind == "subhead" and block.text.strip()
        ]

    @property
    def left(self) -> bool:
        """Whether there is more to be said."""
        return bool(self._some(1))

    def _text(self, line: int, count: int) -> list[str]:
        return [item.text.rstrip() for item in self._galley.lines(line - len(self._head) - 1, count)]

    def take(self, count: int) -> list[str]:
        """The next `count` lines, fewer at the end. A blank line parts head, text and foot."""
        self._page_start, self._page_size = self.line, count
        out: list[str] = []
        while len(out) < count:
            lines = self._some(count - len(out))
            if not lines:
                break
            out += lines
            self.line += len(lines)
        return out

    def _some(self, count: int) -> list[str]:
        head = len(self._head)
        if self.line < head:
            return self._head[self.line : self.line + count]
        if self.line == head:
            return [""] if self._text(head + 1, 1) or self._foot else []
        text = self._text(self.line, min(count, 1_000))
        if text:
            return text
        behind = self.line - head - 1 - self._galley.height
        if behind < 0 or not self._foot:
            return []
        return ["", *self._foot][behind : behind + count]

    def back(self) -> None:
        """To the beginning of the page before the one that was said last."""
        head, size = len(self._head) + 1, max(1, self._page_size)
        if self._page_start > head:
            # What lies above may not have been set yet, after a leap.
            self._page_start = head + self._galley.settle(self._page_start - head, size, 0)
        self.line = max(0, self._page_start - size)

    def to_top(self) -> None:
        self.line = 0

    def to_block(self, block: int) -> None:
        """To the first line of a block of the article."""
        found = next((at for at, origin in enumerate(self._origins) if origin >= block), None)
        if found is None or block <= 0:
            self.line = 0
        else:
            self.line = len(self._head) + 1 + self._galley.line_of(found)

    @property
    def position(self) -> int:
        """The block at the top of the page that was said last, 0 at the end: what is remembered."""
        if not self.left or not self._origins:
            return 0
        line = self._page_start - len(self._head) - 1
        return self._origins[self._galley.block_at(line)] if line > 0 else 0

    def find(self, text: str) -> list[tuple[int, str]]:
        """The lines that hold a text, each with its number for `go_to`."""
        # The numbers are kept for later: they must be the last ones.
        self._galley.set_all()
        found: dict[int, str] = {}
        for block in dict.fromkeys(self._galley.find(text)):
            for places in self._galley.places(block):
                for line, *_cells in places:
                    if line not in found:
                        found[line] = "".join(item.text for item in self._galley.lines(line, 1)).strip()
        return [(line + len(self._head) + 1, said) for line, said in found.items()]

    def go_to(self, line: int) -> None:
        self.line = line
