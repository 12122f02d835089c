"""What a list shows: a section with all below it, one source, the starred, or the hits of a query."""

from __future__ import annotations

from tui_news.model import SectionPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
    from typing import Literal, TypeAlias
else:
    from tui_news.records import dataclass

FRONT: SectionPath = ("\0front",)
"""The front page, which is shown as a section of its own: no reader's section can have this name."""

Scope: TypeAlias = "Literal['', 'news', 'web', 'blogs', 'audio', 'pictures', 'forum']"
Mark: TypeAlias = "Literal['', 'starred', 'later', 'debate']"


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
    ranked: bool = False
    """The hits of the query best first, not newest first."""
    hidden: bool = False
    """The hits of the query with those that rules hide."""
    scope: Scope = ""
    """A scope of `newsroom.scopes`: articles of that kind only."""
    searches: tuple[str, ...] = ()
    """Ids of web searches: what they answered."""

    def narrowed(self, query: str) -> View:
        from dataclasses import replace

        return replace(self, query=query)

    @property
    def chosen(self) -> bool:
        """True when it is a choice of articles (hits, marks, unread ones) and no place of the newspaper."""
        return bool(self.query or self.unread or self.mark or self.scope or self.searches)

    @property
    def place(self) -> View:
        """The view without what the reader narrowed it by for the moment."""
        from dataclasses import replace

        return replace(self, unread=False, query="")
