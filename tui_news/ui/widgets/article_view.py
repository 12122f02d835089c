"""The article viewer: what an article's lines look like, the hits of a search in them and their links."""

from __future__ import annotations

from typing import ClassVar

from rich.segment import Segment
from rich.style import Style
from textual import events
from textual.geometry import Region
from textual.message import Message
from textual.strip import Strip

from tui_news.text.links import terminal_link
from tui_news.text.width import cell_len
from tui_news.typeset import Line
from tui_news.typeset.article import Page
from tui_news.typeset.proof import Proof
from tui_news.ui.widgets.article_column import ArticleColumn
from tui_news.ui.widgets.article_marks import Hint, Hits, labels, overlaid
from tui_news.ui.widgets.looks import strip_of
from tui_news.ui.widgets.message import message_line

MAX_LOOKS = 500


class ArticleView(ArticleColumn):
    """One article, as the reader sees it."""

    COMPONENT_CLASSES: ClassVar[set[str]] = {
        "article--text", "article--em", "article--strong", "article--code", "article--link",
        "article--marker", "article--head1", "article--head2", "article--head3", "article--caption",
        "article--rule", "article--pre", "article--table", "article--table-head", "article--note",
        "article--kicker", "article--deck", "article--byline", "article--hit",
        "article--hit-now", "article--hint", "article--strike", "article--deleted", "article--inserted",
    }  # fmt: skip

    class PreviousHit(Message):
        """The reader pressed N while hits of a search are marked."""

    class LinkClicked(Message):
        """A link in the text was clicked."""

        def __init__(self, href: str, text: str = "") -> None:
            self.href = href
            self.text = text
            super().__init__()

    def __init__(self, *, empty: str = "", id: str | None = None) -> None:
        super().__init__(id=id)
        self._empty = empty
        self._looks: dict[str, Style] = {}
        self._frame: tuple[int, int] | None = None
        """Width and margin while lines are drawn one after the other."""
        self._sought = ""
        self.found = Hits()
        self.hints: tuple[Hint, ...] = ()
        """Labels that lie over the links on screen, while the reader chooses one."""
        self.links_clickable = False
        """The terminal is told where links lead (OSC 8)."""

    def say_empty(self, text: str) -> None:
        """What stands here while nothing is open; an open article is set again, in another language."""
        self._empty = text
        self._set_again()
        self.refresh()

    def show(self, page: Page | None, *, position: int = 0) -> None:
        self.hints = ()
        super().show(page, position=position)

    def _set(self, before: Proof | None = None) -> None:
        self.found = Hits()
        super()._set(before)

    def notify_style_update(self) -> None:
        super().notify_style_update()
        self._looks.clear()

    # --- finding -----------------------------------------------------------------------------------

    def find(self, text: str) -> int:
        """Mark all places of a text and go to the first from here on; returns how many there are."""
        self._sought = text
        self.found = Hits(self._proof.galley.find(text)) if self._proof else Hits()
        if self._proof and self.found:
            self.found.before(self._proof, self.scroll_offset.y)
            self.next_hit()
        self.refresh()
        return len(self.found)

    @property
    def hits(self) -> int:
        """How many places the search in the text found."""
        return len(self.found)

    def next_hit(self, step: int = 1) -> tuple[int, int]:
        """Go to the next (or previous) hit; returns its number and how many there are."""
        if not self.found or self._proof is None:
            return 0, 0
        here = self._proof.place(self.scroll_offset.y)
        line = self._proof.line_of_hit(*self.found.step(step))
        # What was set to find the hit may have moved the line on top.
        top = self._proof.line_at(here)
        if not top + len(self._proof.head_over(top)) <= line < top + self.size.height:
            top = max(0, line - self.size.height // 3)
        self._stand(top)
        self.refresh()
        return self.found.index + 1, len(self.found)

    def shift_tables(self, step: int) -> bool | None:
        moved = super().shift_tables(step)
        if moved and self.found and self._proof is not None:
            # A table has more hits in rows than in columns, where its heads stand once.
            index = self.found.index
            self.found = Hits(self._proof.galley.find(self._sought))
            self.found.index = min(index, len(self.found) - 1)
        return moved

    # --- links on screen ---------------------------------------------------------------------------

    def show_hints(self, shown: bool = True) -> tuple[Hint, ...]:
        """Put a label on each link on screen, or take them away; returns them in the order of reading."""
        found: list[tuple[int, int, str, str]] = []
        before: tuple[int, str] = (-1, "")
        for y in range(self.size.height) if shown else ():
            _, line = self._row(y)
            at = self._margin
            for span in line.spans if line else ():
                # A link that runs on, by looks or by lines, is one link.
                if span.href and (span.link, span.href) != before and span.text.strip():
                    found.append((y, at, span.href, span.text.strip()))
                if span.text.strip() and span.role != "marker":
                    before = (span.link, span.href)
                at += cell_len(span.text)
        self.hints = tuple(
            Hint(label, *place) for label, place in zip(labels(len(found)), found, strict=True)
        )
        self.refresh()
        return self.hints

    # --- drawing -----------------------------------------------------------------------------------

    def _look(self, roles: str, href: str = "") -> Style:
        key = f"{roles}\0{href}" if href else roles
        style = self._looks.get(key)
        if style is None:
            if len(self._looks) > MAX_LOOKS:
                self._looks.clear()
            style = self.rich_style
            for role in roles.split():
                style += self.get_component_rich_style(f"article--{role}", partial=True)
            if href and (target := terminal_link(href)):
                style = style.update_link(target)
            self._looks[key] = style
        return style

    def _row(self, y: int) -> tuple[int, Line | None]:
        """What stands in a row of the window: the number of the line, and the line. A table's head lies over
        its rows when it is scrolled out."""
        if self._proof is None:
            return -1, None
        top = self.scroll_offset.y
        head = self._proof.head_over(top)
        number = head[y] if y < len(head) else top + y
        return number, self._proof.line(number)

    def render_lines(self, crop: Region) -> list[Strip]:
        self._frame = self.size.width, self._margin
        try:
            return super().render_lines(crop)
        finally:
            self._frame = None

    def render_line(self, y: int) -> Strip:
        width, margin = self._frame or (self.size.width, self._margin)
        base = self._look("")
        if self._proof is None:
            return strip_of(
                message_line(self._empty, y, width, self.size.height, self._look("caption"), base)
            )
        number, line = self._row(y)
        if line is None:
            return Strip.blank(width, base)
        segments = [Segment(" " * margin, base)]
        for span in line.spans:
            # An address that is printed whole is found by the terminal itself.
            href = span.href if self.links_clickable and span.href and span.href not in span.text else ""
            segments.append(Segment(span.text, self._look(span.role, href)))
        strip = Strip(segments)
        for start, end, here in self.found.in_line(self._proof, number) if self.found else ():
            look = self._look("hit hit-now" if here else "hit")
            strip = overlaid(strip, margin + start, margin + end, look)
        for hint in self.hints:
            if hint.row == y:
                strip = overlaid(
                    strip, hint.cell, hint.cell + len(hint.label), self._look("hint"), hint.label
                )
        return strip.adjust_cell_length(width, base)

    async def on_key(self, event: events.Key) -> None:
        # As in vi and less; without a search N is free for others.
        if event.key == "N" and self.found:
            event.stop()
            event.prevent_default()
            self.post_message(self.PreviousHit())

    async def _on_click(self, event: events.Click) -> None:
        _, line = self._row(event.y)
        at = self._margin
        for span in line.spans if line else ():
            end = at + cell_len(span.text)
            if at <= event.x < end and span.href:
                self.post_message(self.LinkClicked(span.href, span.text.strip()))
            at = end
