"""What stands around the list of a view, as words: its tabs, its place, its counts, what keys do. No Textual.

The browser shows it, and the opening paints the same before Textual is there.
"""

from __future__ import annotations

import os

from tui_news.i18n import _, many, mark
from tui_news.newsroom import WELCOME, Newsroom, View
from tui_news.newsroom.views import FRONT
from tui_news.ui.bar_lines import Tab

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Mapping, Sequence
    from typing import Any, TypeAlias

    from tui_news.newsroom.folded import Folded
    from tui_news.ui.widgets.headline_rows import Density

ALL = mark("All")
DENSITIES = ("one", "two", "cards")
DEFAULT_THEME, NO_COLOR_THEME = "ink", "mono"
SLOW_MEMORY = "slow_line"
ROOMY = 30
"""Lines of the terminal from which each headline has its deck, unless the reader wants it otherwise."""
NARROW = 60
"""Columns below which a headline has a line of its own."""

Key: TypeAlias = "Callable[[str], str]"
"""The first key of an action, as it is printed; empty when it has none."""


# --- what the reader chose --------------------------------------------------------------------------


def first_view(newsroom: Newsroom) -> View:
    """Where a start begins; the site that was shown last is shown again."""
    if newsroom.show_starter:
        return View(WELCOME)
    site = newsroom.cache.get_memory("site")
    if isinstance(site, str):
        newsroom.show_site(site)
    if newsroom.config.text("ui.start") == "front" and newsroom.front is not None:
        return View(FRONT)
    last = newsroom.cache.get_memory("section")
    path = tuple(str(part) for part in last) if isinstance(last, list) else ()
    return View(path if newsroom.node(path) else ())


def first_density(newsroom: Newsroom, slow: bool, size: tuple[int, int]) -> Density:
    """How dense lists are on a terminal of so many columns and lines, until the reader chooses. With decks
    only ten headlines are to be seen on a small one, and to scroll costs twice the bytes; on a narrow one the
    second line is for the source."""
    remembered: Any = newsroom.cache.get_memory("density")
    setting: Any = newsroom.config.text("ui.density")
    if remembered in DENSITIES:
        chosen: Density = remembered
    elif setting in DENSITIES and not slow:
        chosen = setting
    else:
        chosen = "one" if slow or (size[0] >= NARROW and size[1] < ROOMY) else "two"
    return chosen


def first_theme(newsroom: Newsroom, names: Collection[str], no_color: bool) -> str:
    """The theme of a start, one of those `names`."""
    if no_color:
        return NO_COLOR_THEME
    chosen = (newsroom.cache.get_memory("theme"), newsroom.config.text("ui.theme"))
    return next((str(name) for name in chosen if name in names), DEFAULT_THEME)


def line_name(environment: Mapping[str, str] | None = None) -> str:
    """What a line is remembered by: the other end's address over SSH, else empty for this machine's own."""
    environment = os.environ if environment is None else environment
    return environment.get("SSH_CONNECTION", "").partition(" ")[0]


def known_as_slow(choice: str, remembered: object) -> bool:
    """Whether the line counts as slow before it is measured: as TUI_NEWS_SLOW says, else `ui.slow`, else when
    this line was found slow the last time (`remembered` is its name)."""
    if own := os.environ.get("TUI_NEWS_SLOW", ""):
        return own != "0"
    if choice != "auto":
        return choice == "on"
    return remembered == line_name()


def slow_at_first(newsroom: Newsroom) -> bool:
    """The same of the reader's settings and what was found the last time."""
    return known_as_slow(newsroom.config.text("ui.slow"), newsroom.cache.get_memory(SLOW_MEMORY))


# --- bars -------------------------------------------------------------------------------------------


def tabs_of(newsroom: Newsroom) -> list[Tab]:
    """The top level: everything, then the sections."""
    front = [Tab(FRONT, _("Front"))] if newsroom.front is not None else []
    return [*front, Tab((), _(ALL)), *(Tab(node.path, node.title) for node in newsroom.tree)]


def chosen_tab(tabs: Sequence[Tab], view: View) -> int:
    """Which of them a view belongs to."""
    top = view.section[:1]
    return next((index for index, tab in enumerate(tabs) if tab.path == top), 0)


def trail_of(newsroom: Newsroom, view: View, searched: str = "") -> list[Tab]:
    """The way from the top to a view; `searched` is what the web was searched for."""
    trail = [Tab((), _(ALL))] if not view.section else []
    for depth in range(1, len(view.section) + 1):
        path = view.section[:depth]
        node = newsroom.node(path)
        trail.append(Tab(path, node.title if node else _("Front") if path == FRONT else path[-1]))
    if view.source:
        trail.append(Tab(view.section, newsroom.source_name(view.source)))
    extra = {"starred": _("★ Starred"), "later": _("◷ Later"), "debate": _("Debate")}.get(view.mark, "")
    scope = ""
    if view.scope:
        from tui_news.newsroom.scopes import LABELS

        scope = _(LABELS[view.scope])
    web = _("on the web") if view.searches else ""
    query = view.query or searched
    narrowed = (extra, web, scope, _("unread") if view.unread else "", f"“{query}”" if query else "")
    return [*trail, *(Tab(view.section, text) for text in narrowed if text)]


def below_of(newsroom: Newsroom, view: View) -> list[Tab]:
    """The subsections of a view that is a section."""
    if view.source or view.mark or view.scope or view.searches:
        return []
    node = newsroom.node(view.section)
    return [Tab(child.path, child.title) for child in node.children] if node else []


def counts_of(newsroom: Newsroom, view: View, folded: Folded | None, articles: Callable[[], int]) -> str:
    """How much is in the list, in articles, or in stories where they are folded; `articles` counts those of a
    choice."""
    chosen = view.chosen and not view.unread
    if chosen and folded is not None:
        return many(folded.stories, "{count} story", "{count} stories")
    if chosen:
        return many(articles(), "{count} article", "{count} articles")
    counts = newsroom.counts(view)
    if folded is None:
        return _("{unread} unread of {total}", unread=counts.unread, total=counts.total)
    unread = max(0, counts.unread - folded.spare)
    if view.unread:
        return many(unread, "{count} unread story", "{count} unread stories")
    return many(folded.stories, "{unread} unread of {count} story", "{unread} unread of {count} stories",
                unread=unread)  # fmt: skip


def failed_sources(newsroom: Newsroom) -> int:
    """How many of the reader's sources are in error."""
    failed = newsroom.cache.failed()
    return sum(source.id in failed for source in newsroom.subscriptions.sources)


def hints_of(key: Key, *, reading: bool, at_front: bool) -> list[tuple[str, str]]:
    """The keys that the status line names, and what they do. What list and article have in common stands at
    the same place: it is not written again for each."""
    names = (
        [("space", mark("page")), ("help", mark("help")), ("next_unread", mark("next unread")),
         ("quit", mark("back")), ("links", mark("links")), ("star", mark("star")),
         ("browser", mark("browser"))]
        if reading
        else [("open", mark("read")), ("help", mark("help")), ("next_block", mark("block")),
              ("catch_up", mark("catch up")), ("topics", mark("topics")), ("story", mark("story")),
              ("why", mark("why here")), ("quit", mark("quit"))]
        if at_front
        else [("open", mark("read")), ("help", mark("help")), ("next_unread", mark("next unread")),
              ("quit", mark("quit")), ("search", mark("search")), ("refresh", mark("refresh")),
              ("next_section", mark("section")), ("tree", mark("all sections"))]
    )  # fmt: skip
    return [(key(name), _(what)) for name, what in names if key(name)]


def viewer_hint(key: Key) -> str:
    """What stands beside the list while nothing is open."""
    return _(
        "Nothing is open.\n\n{open} opens a headline · {space} reads on\n{next_unread} next "
        "unread · {help} help",
        open=key("open"),
        space=key("space"),
        next_unread=key("next_unread"),
        help=key("help"),
    )
