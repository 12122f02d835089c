"""Commands on lists: going on, stepping, sections, search, filter, and which view is said."""

from __future__ import annotations

from collections.abc import Callable

from tui_news.i18n import _, many
from tui_news.linear.desk import PAGE_MEMORY, Desk, LeaveError, Menu, RefusedError
from tui_news.linear.reading import go_on, open_row, say_page
from tui_news.linear.spoken import joined
from tui_news.model import SectionPath
from tui_news.newsroom import View
from tui_news.sources.subscriptions import paths_of


def enter(desk: Desk, text: str) -> None:
    """An empty line: more of what was said last."""
    if desk.menu is not None:
        desk.more_of_menu()
    elif desk.opened is not None:
        go_on(desk)
    elif desk.told:
        open_row(desk, desk.at)
    else:
        desk.say_rows()


def number(desk: Desk, text: str) -> None:
    """A number alone: a choice from the list that was said last."""
    value = int(text) if len(text) < 10 else 0
    menu = desk.menu
    if menu is not None and menu.chosen is not None:
        if not 1 <= value <= len(menu.rows):
            raise RefusedError(_("There is no number {number}; this list has {total}",
                            number=text, total=len(menu.rows)))  # fmt: skip
        menu.chosen(value - 1)
        return
    if not 1 <= value <= len(desk.articles):
        raise RefusedError(_("There is no headline {number}; this list has {total}",
                        number=text, total=len(desk.articles)))  # fmt: skip
    open_row(desk, value - 1)


def open_(desk: Desk, text: str) -> None:
    """Open a headline by its number, else the one that is current."""
    if text:
        open_row(desk, desk.rows_of(text)[0])
    elif 0 <= desk.at < len(desk.articles):
        open_row(desk, desk.at)
    else:
        raise RefusedError(_("Which one? Write its number"))


def down(desk: Desk, text: str) -> None:
    """The next headline alone; in an article its next page."""
    if desk.opened is not None:
        go_on(desk)
    else:
        _tell(desk, desk.at + 1)


def up(desk: Desk, text: str) -> None:
    """The headline before; in an article the page before."""
    if desk.opened is not None:
        desk.opened.back()
        say_page(desk)
    else:
        _tell(desk, desk.at - 1)


def _tell(desk: Desk, row: int) -> None:
    """Say one headline; Enter then opens it."""
    desk.menu = None
    if not desk.articles:
        raise RefusedError(desk.why_empty())
    if not 0 <= row < len(desk.articles):
        raise RefusedError(_("This is the first headline") if row < 0 else _("That was the last headline"))
    desk.at, desk.told = row, True
    desk.next_row = row + 1
    desk.say(desk.row(row))


def top(desk: Desk, text: str) -> None:
    """The list, or the article, from its beginning."""
    if desk.opened is not None:
        desk.opened.to_top()
        say_page(desk)
        return
    desk.menu, desk.at, desk.told, desk.next_row = None, -1, False, 0
    desk.say(desk.summary())
    desk.say_rows()


def bottom(desk: Desk, text: str) -> None:
    """The last headlines; in an article all that is left of it."""
    if desk.opened is not None:
        desk.line.put(_rest(desk))
        return
    desk.menu, desk.told = None, False
    desk.next_row = max(0, len(desk.articles) - desk.page)
    desk.say_rows()


def _rest(desk: Desk) -> list[str]:
    assert desk.opened is not None
    out: list[str] = []
    while lines := desk.opened.take(1_000):
        out += lines
    return out


def page_up(desk: Desk, text: str) -> None:
    """The page of headlines before the one that was said last; in an article its page before."""
    if desk.opened is not None:
        up(desk, text)
        return
    desk.menu, desk.told = None, False
    size = desk.page
    start = (max(0, desk.next_row - 1) // size) * size
    desk.next_row = max(0, start - size)
    desk.say_rows()


def page(desk: Desk, text: str) -> None:
    """How many rows of a list are said at once; remembered."""
    if not (text.isdecimal() and len(text) < 5 and 0 < int(text) <= 1_000):
        raise RefusedError(
            _("Write how many rows a page has, as in “page 20”; now it is {count}", count=desk.page)
        )
    desk.remember(PAGE_MEMORY, int(text))
    desk.say(_("Lists are said {count} rows at a time", count=text))


def back(desk: Desk, text: str) -> None:
    """One step out: menu, article, narrowed list, section; at the top it says so."""
    if not _back(desk):
        desk.say(_("This is the top. {key} quits.", key=desk.key("quit")))


def quit_(desk: Desk, text: str) -> None:
    """Back, or quit where nothing is open and nothing narrowed."""
    if text:
        raise RefusedError(_("quit takes nothing behind it"))
    view = desk.view
    if desk.menu is None and desk.opened is None and not (view.query or view.unread or view.mark):
        raise LeaveError
    _back(desk)


def leave(desk: Desk, text: str) -> None:
    """Quit from anywhere."""
    raise LeaveError


def _back(desk: Desk) -> bool:
    view = desk.view
    if desk.menu is not None:
        desk.menu = None
        desk.say(desk.place if desk.opened is None else desk.opened.page.article.headline)
    elif desk.opened is not None:
        desk.put_away()
        desk.say(desk.summary())
        if 0 <= desk.at < len(desk.articles):
            desk.say(desk.row(desk.at))
    elif view.query or view.unread or view.mark:
        desk.go(View(view.section, view.source))
    elif view.source:
        desk.go(View(view.section))
    elif view.section:
        desk.go(View(view.section[:-1]))
    else:
        return False
    return True


# --- sections ------------------------------------------------------------------------------------------


def tree(desk: Desk, text: str) -> None:
    """All sections and sources, numbered; with a number or a name behind it goes there."""
    rows: list[tuple[str, View]] = [(_("All sections"), View())]
    waiting = [(node, 0) for node in reversed(desk.newsroom.tree)]
    while waiting:
        node, depth = waiting.pop()
        name = joined((_("level {depth}", depth=depth + 1), node.title)) if depth else node.title
        rows.append((name, View(node.path)))
        rows += [
            (_("source {name}", name=desk.newsroom.source_name(id)), View(node.path, id))
            for id in node.source_ids
        ]
        waiting += [(child, depth + 1) for child in reversed(node.children)]
    if text:
        desk.go(_named(desk, text, [view for _name, view in rows]))
        return

    def said(name: str, view: View) -> str:
        unread = desk.newsroom.counts(view).unread
        return joined((name, _("{count} unread", count=unread))) if unread else name

    desk.say(_("A number goes there."))
    desk.say_menu(
        Menu(
            _("Sections"),
            [said(name, view) for name, view in rows],
            lambda chosen: desk.go(rows[chosen][1]),
        )
    )


def _named(desk: Desk, text: str, views: list[View]) -> View:
    """The section or source that a number of the list of sections, or a name or its beginning, means."""
    if text.isdecimal() and 1 <= int(text[:9]) <= len(views):
        return views[int(text) - 1]
    wanted = text.casefold()

    def name(view: View) -> str:
        if view.source:
            return desk.newsroom.source_name(view.source).casefold()
        node = desk.newsroom.node(view.section)
        return (node.title if node else "").casefold()

    paths = [view for view in views if not view.source and "/".join(view.section).casefold() == wanted]
    exact = [view for view in views if name(view) == wanted]
    begun = [view for view in views if name(view).startswith(wanted)]
    found = paths or exact or begun
    if not found:
        raise RefusedError(_("No section or source is called “{name}”. {key} says them all.",
                        name=text, key=desk.key("tree")))  # fmt: skip
    return found[0]


def _step(desk: Desk, order: list[SectionPath], step: int) -> None:
    here = desk.view.section
    index = order.index(here) if here in order else order.index(here[:1]) if here[:1] in order else 0
    desk.go(View(order[(index + step) % len(order)]))


def next_section(desk: Desk, text: str) -> None:
    _step(desk, [(), *(node.path for node in desk.newsroom.tree)], 1)


def previous_section(desk: Desk, text: str) -> None:
    _step(desk, [(), *(node.path for node in desk.newsroom.tree)], -1)


def next_subsection(desk: Desk, text: str) -> None:
    _step(desk, _below(desk), 1)


def previous_subsection(desk: Desk, text: str) -> None:
    _step(desk, _below(desk), -1)


def _below(desk: Desk) -> list[SectionPath]:
    """A top section and all below it, in the order of the tree."""
    node = desk.newsroom.node(desk.view.section[:1]) if desk.view.section else None
    order = paths_of(node) if node else []
    if len(order) < 2:
        raise RefusedError(_("This section has no subsections"))
    return order


def starred(desk: Desk, text: str) -> None:
    """Starred ones, then those kept for later, then all again."""
    view = desk.view
    following = {"": "starred", "starred": "later"}.get(view.mark, "")
    desk.go(View(view.section, view.source, following))  # type: ignore[arg-type]


def unread_only(desk: Desk, text: str) -> None:
    view = desk.view
    desk.go(View(view.section, view.source, view.mark, not view.unread, view.query))


# --- search --------------------------------------------------------------------------------------------


def search(desk: Desk, text: str) -> None:
    """All cached articles; in an open article its lines."""
    text = text or _asked(desk, _("Search for"))
    if desk.opened is not None:
        _find(desk, text)
    else:
        desk.go(View(query=text))


def search_all(desk: Desk, text: str) -> None:
    """All cached articles, also from an open article."""
    desk.go(View(query=text or _asked(desk, _("Search for"))))


def filter_(desk: Desk, text: str) -> None:
    """This list, narrowed; nothing behind it asks, an empty answer takes the filter off."""
    answer = text or desk.line.ask(_("Filter") + ": ") or ""
    desk.go(desk.view.narrowed(answer.strip()))


def _asked(desk: Desk, what: str) -> str:
    answer = (desk.line.ask(what + ": ") or "").strip()
    if not answer:
        raise RefusedError(_("Nothing done"))
    return answer


def _find(desk: Desk, text: str) -> None:
    opened = desk.opened
    assert opened is not None
    found = opened.find(text)
    if not found:
        raise RefusedError(_("“{text}” is not in this article", text=text))

    def chosen(index: int) -> None:
        desk.menu = None
        opened.go_to(found[index][0])
        say_page(desk)

    title = many(len(found), "{count} line with “{text}”", "{count} lines with “{text}”", text=text)
    desk.say(f"{title}. {_('A number reads on from there.')}")
    desk.say_menu(Menu(_("Found"), [line for _at, line in found], chosen))


COMMANDS: dict[str, Callable[[Desk, str], None]] = {
    "down": down, "up": up, "top": top, "bottom": bottom, "page_up": page_up, "back": back, "open": open_,
    "quit": quit_, "tree": tree, "next_section": next_section, "previous_section": previous_section,
    "next_subsection": next_subsection, "previous_subsection": previous_subsection, "starred": starred,
    "unread_only": unread_only, "search": search, "filter": filter_,
}  # fmt: skip
