"""The reader's sources and sections: `sources.toml` read, and changed with its comments kept.

What changes the file is imported when it is first asked for: most starts of the program only read.
"""

from __future__ import annotations

from tui_news.sources.subscriptions.addresses import canonical_url, web_url
from tui_news.sources.subscriptions.kept import Rule, SavedSearch
from tui_news.sources.subscriptions.read import Subscriptions, section_path
from tui_news.sources.subscriptions.tree import SectionNode, order, paths_of, tree

TYPE_CHECKING = False
if TYPE_CHECKING:
    from typing import Any

    from tui_news.sources.subscriptions.edit import (
        AlreadyFollowed,
        ImportResult,
        add,
        add_all,
        import_sources,
        last_change,
        move,
        pause,
        remove,
        reorder,
        take_back,
        update,
        update_all,
        write_default,
    )
    from tui_news.sources.subscriptions.keeping import (
        add_rule,
        add_search,
        import_all,
        remove_rule,
        remove_search,
        rename_search,
    )
    from tui_news.sources.subscriptions.sections import (
        add_section,
        move_section,
        remove_section,
        rename_section,
    )
    from tui_news.sources.subscriptions.values import SubscriptionsError, source_values

__all__ = [
    "AlreadyFollowed",
    "ImportResult",
    "Rule",
    "SavedSearch",
    "SectionNode",
    "Subscriptions",
    "SubscriptionsError",
    "add",
    "add_all",
    "add_rule",
    "add_search",
    "add_section",
    "canonical_url",
    "import_all",
    "import_sources",
    "last_change",
    "move",
    "move_section",
    "order",
    "paths_of",
    "pause",
    "remove",
    "remove_rule",
    "remove_search",
    "remove_section",
    "rename_search",
    "rename_section",
    "reorder",
    "section_path",
    "source_values",
    "take_back",
    "tree",
    "update",
    "update_all",
    "web_url",
    "write_default",
]


def __getattr__(name: str) -> Any:
    if name not in __all__:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from tui_news.sources.subscriptions import edit, keeping, sections, values

    room = {
        "all": keeping if name == "import_all" else edit,
        "section": sections,
        "search": keeping,
        "rule": keeping,
        "SubscriptionsError": values,
        "values": values,
    }.get(name.rpartition("_")[2], edit)
    return getattr(room, name)
