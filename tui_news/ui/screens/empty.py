"""What an empty list says."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.i18n import _
from tui_news.newsroom import Newsroom, View


def why_empty(newsroom: Newsroom, view: View, key: Callable[[str], str], searched: str) -> str:
    """Why the list of a view is empty and what to do; `key` names the keys of actions, `searched` is what the
    web was searched for."""
    if view.searches and not view.query:
        return _("The web has nothing on “{query}”.\n\n{search} searches again · {back} goes back.",
                 query=searched, search=key("search"), back=key("back"))  # fmt: skip
    if view.query:
        return _(
            "Nothing here matches “{query}”.\n\n{back} shows the whole list again.",
            query=view.query,
            back=key("back"),
        )
    if view.mark:
        if view.mark == "starred":
            return _("Nothing is starred yet.\n\n{star} on a headline does it · {back} goes back.",
                     star=key("star"), back=key("back"))  # fmt: skip
        if view.mark == "debate":
            return _("Nothing is up for debate yet.\n\n{debate} on a headline puts it up, {note} writes "
                     "what you think · {back} goes back.",
                     debate=key("debate"), note=key("note"), back=key("back"))  # fmt: skip
        return _("Nothing is kept for later yet.\n\n{later} on a headline does it · {back} goes back.",
                 later=key("later"), back=key("back"))  # fmt: skip
    if view.unread:
        return _(
            "All read.\n\n{unread_only} shows read articles too · {next_section} goes to the next "
            "section · {refresh_all} asks for news.",
            unread_only=key("unread_only"),
            next_section=key("next_section"),
            refresh_all=key("refresh_all"),
        )
    if not newsroom.source_ids(view):
        return _(
            "No sources in this section yet.\n\n{catalog} opens the catalogue · {add} adds an address.",
            catalog=key("catalog"),
            add=key("add"),
        )
    errors = [id for id in newsroom.source_ids(view) if newsroom.cache.status(id).error]
    if errors:
        return _(
            "No articles: {failed} of {total} sources failed.\n\n{sources} says why · {refresh} tries again.",
            failed=len(errors),
            total=len(newsroom.source_ids(view)),
            sources=key("sources"),
            refresh=key("refresh"),
        )
    return _(
        "No articles yet.\n\n{refresh} asks for news · {sources} shows the sources.",
        refresh=key("refresh"),
        sources=key("sources"),
    )
