"""Whether the articles of a story are one row in a list, and the list with them so."""

from __future__ import annotations

from tui_news.newsroom.views import FRONT, View

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from tui_news.model import Article
    from tui_news.newsroom import Newsroom
    from tui_news.newsroom.folded import Folded

MEMORY = "folds"


def name_of(view: View) -> str:
    """What a list is remembered by: its place in the newspaper, whatever it is narrowed down to."""
    if view.searches:
        return "web"
    if view.query and not view.section and not view.source and not view.mark:
        return "search"
    return "\t".join((*view.section, view.source, view.mark))


def folds(newsroom: Newsroom, view: View) -> bool:
    """Whether stories are folded there: as the reader chose for this list, else as `ui.fold` says, which is
    where a list has several sources."""
    if view.section == FRONT:
        return False
    kept = newsroom.cache.get_memory(MEMORY)
    chosen = kept.get(name_of(view)) if isinstance(kept, dict) else None
    if isinstance(chosen, bool):
        return chosen
    setting = newsroom.config.text("ui.fold")
    return setting == "always" or (setting == "auto" and len(newsroom.source_ids(view)) > 1)


def choose(newsroom: Newsroom, view: View, on: bool) -> None:
    """Fold the stories of a list from now on, or do not. Raises `CacheError`."""
    kept = newsroom.cache.get_memory(MEMORY)
    newsroom.cache.put_memory(MEMORY, {**(kept if isinstance(kept, dict) else {}), name_of(view): on})


def fold(
    newsroom: Newsroom, view: View, articles: Sequence[Article], opened: Collection[str] = ()
) -> Sequence[Article] | Folded:
    """The list with a row for each story, where that is wanted and it has any; stories with an article among
    `opened` are open."""
    if not folds(newsroom, view) or not (told := newsroom.told):
        return articles
    from tui_news.newsroom.folded import Folded

    folded = Folded(
        articles, told, sources=set(newsroom.source_ids(view)), unread=newsroom.cache.unread_in,
        find=newsroom.cache.article, opened=opened,
    )  # fmt: skip
    return folded if folded.piles else articles
