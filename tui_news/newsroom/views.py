"""What a list shows: a section with all below it, one source, the starred, or the hits of a query."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Literal

from tui_news.model import SectionPath

Mark = Literal["", "starred", "later", "debate"]


@dataclass(frozen=True, slots=True)
class View:
    """A choice of articles. The fields narrow it down one after the other."""

    section: SectionPath = ()
    source: str = ""
    """A source's id: that source alone, whatever its section."""
    mark: Mark = ""
    unread: bool = False
    query: str = ""
    """A query of `portal.query`."""

    def narrowed(self, query: str) -> View:
        return replace(self, query=query)

    @property
    def place(self) -> View:
        """The view without what the reader narrowed it by for the moment."""
        return replace(self, unread=False, query="")
