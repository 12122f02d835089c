"""What several verbs share: the reader's newsroom opened, the sources that he names, a loop to run in."""

from __future__ import annotations

from tui_news.cli.output import NOTHING, CommandError, complain
from tui_news.i18n import _
from tui_news.newsroom import Newsroom

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Coroutine, Sequence
    from typing import Any, TypeVar

    T = TypeVar("T")


def run_async(work: Coroutine[Any, Any, T]) -> T:
    """`asyncio.run`; most verbs have no use for asyncio, which takes as long to import as they run."""
    import asyncio

    return asyncio.run(work)


def open_newsroom() -> Newsroom:
    """The reader's newsroom; what is wrong with his files goes to stderr."""
    newsroom = Newsroom.open()
    for problem in newsroom.problems:
        complain(problem)
    return newsroom


def chosen_sources(newsroom: Newsroom, names: Sequence[str]) -> list[Any] | None:
    """The named sources and sections, None when none was named. Complains of unknown names."""
    if not names:
        return None
    sources, unknown = newsroom.find_sources(names)
    if unknown:
        raise CommandError(
            _(
                "no source or section is called {names}; `tui-news sources list` shows them",
                names=", ".join(unknown),
            ),
            NOTHING,
        )
    return sources
