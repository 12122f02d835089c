"""The strip of sites above the masthead: groups of sources, as a family of sites stands on a portal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.style import Style
from textual import events
from textual.message import Message

from tui_news.ui.bar_lines import Site, site_name, sites_line
from tui_news.ui.drawn import Piece
from tui_news.ui.widgets.bars import Bar

__all__ = ["Site", "SiteStrip", "site_name"]


class SiteStrip(Bar):
    """Shown where there is more than one site; a click goes there."""

    class Switched(Message):
        """A site was clicked."""

        def __init__(self, site: str | None) -> None:
            self.site = site
            super().__init__()

    def __init__(self, id: str | None = None) -> None:
        super().__init__(id)
        self._sites: Sequence[Site] = ()
        self._active: str | None = None
        self._spans: list[tuple[int, int, str | None]] = []

    def show(self, sites: Sequence[Site], active: str | None) -> None:
        if (sites, active) != (self._sites, self._active):
            self._sites, self._active = sites, active
            self.refresh()
        self.set_class(not sites, "-alone")

    def pieces(self, width: int) -> list[Piece[Style]]:
        pieces, self._spans = sites_line(self._sites, self._active, width, self.look)
        return pieces

    async def _on_click(self, event: events.Click) -> None:
        for start, end, site in self._spans:
            if start <= event.x < end:
                self.post_message(self.Switched(site))
                return
