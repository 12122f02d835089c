"""The first screen from the cache, painted before Textual is loaded, where no kept one is true.

It is drawn by the code that the widgets draw with (`headline_rows`, `bar_lines`, `front.paste`), in looks out
of a table, and handed to `tui_news.early`, which shows it and keeps what is typed meanwhile. Textual's own
first frame is then a difference to it. What this module does not know for sure it does not paint.
"""

from __future__ import annotations

import os
from datetime import UTC, datetime

from tui_news import early
from tui_news.cache.errors import CacheError
from tui_news.keys import resolve, shown
from tui_news.newsroom import Newsroom, View, now
from tui_news.newsroom.folding import fold, folds
from tui_news.newsroom.views import FRONT
from tui_news.sgr import INKED, Pen
from tui_news.text.when import day, short_time
from tui_news.text.width import cell_len, is_sure
from tui_news.ui.bar_lines import failures, hints_line, sites_line, tabs_line, trail_line
from tui_news.ui.drawn import Line, Piece
from tui_news.ui.frame import (
    below_of,
    chosen_tab,
    counts_of,
    failed_sources,
    first_density,
    first_theme,
    first_view,
    hints_of,
    slow_at_first,
    tabs_of,
    trail_of,
    viewer_hint,
)  # fmt: skip
from tui_news.ui.looks_table import Table, colors
from tui_news.ui.widgets.headline_rows import HEIGHTS, MARKER, MARKER_HEIGHTS, HeadlineRows
from tui_news.ui.widgets.message import message_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
    from typing import Any, TypeAlias

    from tui_news.model import Article

LOW, TALL = 8, 14
"""Lines of the screen from which there is a breadcrumb, and a strip of sites (`NewsApp.VERTICAL_BREAKPOINTS`
and `styles/app.tcss`, which has the widths too)."""
LIST_SHARE, LIST_MOST = 45, 78
"""Percent of the screen's width that a list takes beside an article, and cells that it takes at most."""
BORDER = "│"
SIGNS = dict.fromkeys(map(ord, "▌│─├└★◷•·‹›"), "x")
"""Signs of our own that are a cell wide everywhere but where ambiguous characters take two."""

Painted: TypeAlias = "Line[str]"
"""A line of the screen; its looks are names of the table."""


class UnknownError(Exception):
    """The first screen is not one that can be painted here."""


def opened() -> Newsroom:
    """The reader's newsroom, its first screen painted where that can be done. Raises `cache.CacheError`."""
    newsroom = Newsroom.open()
    try:
        size = early.free()
        if size is not None:
            early.paint(*screen(newsroom, size, os.environ))
    except (OSError, ValueError, LookupError, CacheError, UnknownError):
        early.give_back()
    return newsroom


def screen(newsroom: Newsroom, size: tuple[int, int], environ: Mapping[str, str]) -> tuple[early.Shown, bool]:
    """The first screen for a terminal, and whether erasing fills with the background there. Raises
    UnknownError, and LookupError on a look that the table does not have."""
    slow = slow_at_first(newsroom)
    table, bits = Table(), colors(environ, slow)
    keys, problems = resolve(newsroom.config.text("ui.preset"), newsroom.config.keys)
    if not bits or problems or newsroom.problems or size[0] < 12 or size[1] < LOW:
        raise UnknownError
    pens = table.pens(first_theme(newsroom, table.themes, "NO_COLOR" in environ), bits)
    drawer = _Drawer(newsroom, size, lambda action: shown(keys.get(action, "").split(",")[0]), slow)
    wary = newsroom.config.flag("ui.ambiguous_wide")
    return packed(drawer.lines(), size, pens, wary), early.fills(environ)


class _Drawer:
    def __init__(
        self, newsroom: Newsroom, size: tuple[int, int], key: Callable[[str], str], slow: bool
    ) -> None:
        self.newsroom = newsroom
        self.width, self.height = size
        self.key = key
        self.now = now()
        self.view = first_view(newsroom)
        self.density = first_density(newsroom, slow, size)
        self.counts = ""
        """How much is listed; known once it has been drawn."""

    def lines(self) -> list[Painted]:
        """The screen from its top."""
        newsroom, view, width = self.newsroom, self.view, self.width
        at_front = view == View(FRONT)
        tabs = tabs_of(newsroom)
        date = day(self.now.astimezone()) + " "
        masthead, _spans = tabs_line(
            tabs, chosen_tab(tabs, view), date, newsroom.site or "tui-news", width, _of("tabs")
        )
        top: list[Painted] = []
        if newsroom.sites and self.height >= TALL:
            sites, _where = sites_line(newsroom.unread_by_site(), newsroom.site, width, _of("sites"))
            top.append(Line(sites).fitted(width, "sites/base"))
        top.append(Line(masthead).fitted(width, "tabs/base"))
        room = self.height - len(top) - 2
        desk = list(self._front(room) if at_front else self._list(room))
        trail, _spans = trail_line(
            trail_of(newsroom, view), below_of(newsroom, view), self.counts, width, _of("crumb")
        )
        failed = failed_sources(newsroom)
        hints = hints_line(
            hints_of(self.key, reading=False, at_front=at_front),
            failures("", failed, self.key("sources"), width), bool(failed), width, _of("status"),
        )  # fmt: skip
        return [
            *top, Line(trail).fitted(width, "crumb/base"), *desk, Line(hints).fitted(width, "status/base"),
        ]  # fmt: skip

    # --- what is listed -----------------------------------------------------------------------------

    def _list(self, height: int) -> Iterator[Painted]:
        newsroom, view = self.newsroom, self.view
        wide = self.width >= newsroom.config.integer("ui.split_from")
        # The border is part of the list's width.
        whole = min(LIST_MOST, self.width * LIST_SHARE // 100) if wide else self.width
        width = whole - 1 if wide else whole
        if folds(newsroom, view) and newsroom.told:
            articles = newsroom.first_listing(view)  # a story may have more articles further down
        else:
            articles = newsroom.first_listing(view, height, height)
        listed = fold(newsroom, view, articles)
        folded: Any = None if listed is articles else listed
        self.counts = counts_of(newsroom, view, folded, lambda: len(articles))
        beside = self.width - whole
        for y, line in enumerate(self._rows(listed, width, height)):
            if not wide:
                yield line
                continue
            hint = message_line(viewer_hint(self.key), y, beside, height, "article/caption", "article/base")
            yield Line([*line, Piece(BORDER, "list/border"), *hint])

    def _rows(self, rows: Sequence[Article], width: int, height: int) -> Iterator[Painted]:
        newsroom = self.newsroom
        if not rows:
            from tui_news.ui.screens.empty import why_empty

            text = why_empty(newsroom, self.view, self.key, "")
            for y in range(height):
                yield message_line(text, y, width, height, "list/muted", "list/base")
            return
        drawn = HeadlineRows(
            _of("list"),
            state=newsroom.state,
            source_name=newsroom.source_name,
            head=newsroom.head,
            present=self.now,
        )
        every, marked = HEIGHTS[self.density], MARKER_HEIGHTS[self.density]
        for index in range(-(-height // every)):
            if index >= len(rows):
                break
            lines = drawn.draw(drawn.row(rows, index), self.density, width - 1)
            for part, line in enumerate(lines[: height - index * every]):
                here = index == 0 and part < marked
                yield Line([Piece(MARKER, "list/marker") if here else Piece(" ", "list/base"), *line])
        for _y in range(len(rows) * every, height):
            yield Line([Piece(" " * width, "list/base")])

    def _front(self, height: int) -> Iterator[Painted]:
        from tui_news.ui.front.paste import drawn_line, paste

        newsroom, width, front = self.newsroom, self.width, self.newsroom.front
        last = newsroom.since_last_visit()

        def time(moment: float) -> str:
            return short_time(datetime.fromtimestamp(moment, UTC), self.now) if moment else ""

        def read(id: str) -> bool:
            return newsroom.state(id).read

        sheet = paste(front, width, time, last.timestamp() if last else 0.0) if front else None
        if sheet is None or not sheet.spots or sheet.spots[0].y + sheet.spots[0].height > height:
            raise UnknownError
        self.counts = counts_of(newsroom, self.view, None, lambda: 0)
        for y in range(height):
            line = sheet.lines[y] if y < len(sheet.lines) else []
            pieces = [
                Piece(text, f"front/{look}") for text, look in drawn_line(line, y, sheet.spots[0], read)
            ]
            yield Line(pieces).fitted(width, "front/text")


def _of(part: str) -> Callable[[str], str]:
    return lambda name: f"{part}/{name}"


def packed(lines: Iterable[Painted], size: tuple[int, int], looks: dict[str, Pen], wary: bool) -> early.Shown:
    """Lines as `early` keeps a screen. Those with a text on whose width terminals may disagree are written
    again by the painter. Raises LookupError on an unknown look, UnknownError when they do not fill it."""
    numbers: dict[Pen, int] = {}
    rows: list[str] = []
    for line in lines:
        runs: list[tuple[int, str, Pen]] = []
        x = 0
        sure = True
        for text, look in line:
            if not text:
                continue
            pen = looks[look]
            plain = text if text.isascii() else text.translate(SIGNS)
            sure = sure and (text.isascii() or (not wary and is_sure(plain)))
            if not text.strip(" ") and not pen[0] & INKED:
                pen = (0, "", pen[2])
            if runs and runs[-1][2] == pen:
                runs[-1] = (runs[-1][0], runs[-1][1] + text, pen)
            else:
                runs.append((x, text, pen))
            x += cell_len(plain)
        if x != size[0]:
            raise UnknownError
        last, text, pen = runs[-1]
        if not pen[0] & INKED and text.endswith(" "):
            kept = text.rstrip(" ")
            ground = (0, "", pen[2])
            runs[-1:] = [(last, kept, pen)] if kept else []
            runs.append((last + cell_len(kept), "", ground))
        fields = ["" if sure else "~"]
        for at, text, pen in runs:
            fields += [str(at), str(numbers.setdefault(pen, len(numbers))), text]
        rows.append(early.MARK.join(fields))
    if len(rows) != size[1]:
        raise UnknownError
    return early.Shown(size, list(numbers), rows)
