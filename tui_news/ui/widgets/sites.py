"""The strip of sites above the masthead: groups of sources, as a family of sites stands on a portal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.segment import Segment
from textual import events
from textual.message import Message

from tui_news.i18n import _
from tui_news.text.width import cell_len, fit
from tui_news.ui.widgets.bars import Bar

Site = tuple[str | None, int]
"""A site (None: all of them, "": the main one) and its unread articles."""


def site_name(site: str | None) -> str:
    """What a site is called."""
    return _("all of them") if site is None else site or _("main")


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

    def pieces(self, width: int) -> list[Segment]:
        base, muted = self.look("base"), self.look("muted")
        left: list[Segment] = [Segment(" ", base)]
        self._spans = []
        at = 1
        for index, (site, unread) in enumerate(self._sites):
            lead = " · " if index else ""
            name = fit(site_name(site), max(4, width - 6))
            count = f" {unread}" if unread and site is not None else ""
            if at + cell_len(lead) + cell_len(name) + cell_len(count) > width - 2:
                left.append(Segment(" ›", muted))
                break
            left.append(Segment(lead, muted))
            at += cell_len(lead)
            left.append(Segment(name, self.look("active") if site == self._active else base))
            left.append(Segment(count, muted))
            self._spans.append((at, at + cell_len(name), site))
            at += cell_len(name) + cell_len(count)
        return left

    async def _on_click(self, event: events.Click) -> None:
        for start, end, site in self._spans:
            if start <= event.x < end:
                self.post_message(self.Switched(site))
                return
