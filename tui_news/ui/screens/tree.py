"""All sections and sources as a tree, with their unread counts: to go there, and to arrange them."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from functools import partial
from typing import ClassVar

from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui_news.i18n import _, many, mark
from tui_news.model import SectionPath
from tui_news.newsroom import Newsroom, View, arrange
from tui_news.newsroom.follow import FollowError
from tui_news.sources.subscriptions import SavedSearch, SectionNode, section_path
from tui_news.text.fold import fold
from tui_news.text.width import pad
from tui_news.ui.keys import bindings
from tui_news.ui.screens.choose import ChooseScreen
from tui_news.ui.screens.sheet import Sheet

NAME_WIDTH = 46
TOP = "/"
NEW = "//"
"""Values that no section's path has, in the list of places to move to."""


@dataclass(frozen=True, slots=True)
class _Row:
    view: View
    name: str
    depth: int
    unread: int
    ids: tuple[str, ...] = ()
    """A section's sources with those below it."""


class _Line(Option):
    """A line of the list, and the row that it shows."""

    def __init__(self, text: Content, row: _Row) -> None:
        super().__init__(text)
        self.row = row


class TreeScreen(Sheet[View]):
    """Gives back the section or source to go to. What is arranged here is written at once."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "tree",
                "move_up",
                "move_down",
                "rename",
                "move_to",
                "new_section",
                "site",
                "remove",
                "take_back",
            )
        )
    ]
    narrowing = mark("type to narrow down")

    def __init__(self, newsroom: Newsroom, here: View, keys: Callable[[str], str]) -> None:
        hint = _(
            "Enter goes there · {move_down}/{move_up} reorder · {rename} rename · {move_to} move · "
            "{new_section} new · {remove} remove · {take_back} undo",
            move_down=keys("move_down"),
            move_up=keys("move_up"),
            rename=keys("rename"),
            move_to=keys("move_to"),
            new_section=keys("new_section"),
            remove=keys("remove"),
            take_back=keys("take_back"),
        )
        super().__init__(_("Sections and sources"), hint)
        self._newsroom = newsroom
        self._here = here
        self._key = keys
        self._note = ""
        self._all: list[_Row] = []
        self._shown: list[_Row] = []
        self.rows = self._options = OptionList(id="tree", markup=False)
        self._about = Static(id="detail")

    def body(self) -> Iterable[Widget]:
        yield self._options
        yield self._about

    def on_mount(self) -> None:
        self._read()
        self._options.focus()

    # --- rows --------------------------------------------------------------------------------------

    def _read(self) -> None:
        """Read the tree anew; the cursor stays at `_here`."""
        ids = [source.id for source in self._newsroom.shown_sources]
        # Asked for once: source by source it took minutes for a list of thousands.
        unread = {id: count.unread for id, count in self._newsroom.cache.counts(ids).items()}
        self._all = [_Row(View(), _("All"), 0, sum(unread.values()))]
        debate = View(mark="debate")
        if listed := len(self._newsroom.listing(debate)):
            self._all.append(_Row(debate, f"⚑ {_('Up for debate')} ({listed})", 0, 0))
        waiting: list[tuple[SectionNode, int]] = [(node, 0) for node in reversed(self._newsroom.tree)]
        while waiting:
            node, depth = waiting.pop()
            view = View(node.path)
            if node.query:
                new = self._newsroom.counts(view).unread
            else:
                new = sum(unread.get(id, 0) for id in node.all_ids)
            self._all.append(_Row(view, node.title, depth, new, node.all_ids))
            self._all += [
                self._source_row(id, node.path, depth + 1, unread.get(id, 0)) for id in node.source_ids
            ]
            waiting.extend((child, depth + 1) for child in reversed(node.children))
        # Sources without a section hang below the whole newspaper.
        self._all += [
            self._source_row(source.id, (), 0, unread.get(source.id, 0))
            for source in self._newsroom.shown_sources
            if not source.section
        ]
        self.narrow(self.field.value if self.field else "")

    def _source_row(self, id: str, path: SectionPath, depth: int, unread: int) -> _Row:
        return _Row(View(path, id), self._newsroom.source_name(id), depth, unread)

    def narrow(self, wanted: str) -> None:
        self._options.clear_options()
        self._shown = [row for row in self._all if fold(wanted) in fold(row.name)]
        width = max(4, min(NAME_WIDTH, self.app.size.width - 16))
        for row in self._shown:
            label = pad("  " * row.depth + row.name, width)
            count = f" {row.unread:>5}" if row.unread else ""
            style = "" if row.view.source else "bold"
            self._options.add_option(_Line(Content.assemble((label, style), (count, "$news-muted")), row))
        here = (self._here.section, self._here.source)
        at = [index for index, row in enumerate(self._shown) if (row.view.section, row.view.source) == here]
        self._options.highlighted = (at[0] if at else 0) if self._shown else None

    @property
    def _current(self) -> _Row | None:
        index = self._options.highlighted
        return self._shown[index] if index is not None and index < len(self._shown) else None

    def on_option_list_option_highlighted(self) -> None:
        self.unsure()
        # Reading the tree anew puts the cursor back too: what was done stands until it really moves.
        note, self._note = self._note, ""
        self._say(note or self._facts())

    def _facts(self) -> str:
        """What the row at the cursor is."""
        row = self._current
        source = self._newsroom.source(row.view.source) if row else None
        if row is None:
            return _("Nothing is called that · Esc shows all again")
        if search := self._search_at(row.view):
            return search.query
        if source:
            return source.address + (" · " + _("site {site}", site=source.site) if source.site else "")
        ids = row.ids if row.view.section else [own.id for own in self._newsroom.shown_sources]
        return many(len(ids), "{count} source", "{count} sources")

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        # What was chosen, not what stands there now: the list may have been narrowed meanwhile.
        if isinstance(event.option, _Line):
            self.dismiss(event.option.row.view)

    def _say(self, text: str, *, serious: bool = False) -> None:
        self._about.update(Content.styled(text, "$text-error" if serious else ""))

    def _tell(self, note: str) -> None:
        """Say what was just done."""
        self._note = note
        self._say(note)

    def action_tree(self) -> None:
        self.dismiss(None)

    # --- arranging ---------------------------------------------------------------------------------

    def _change(self, change: Callable[[], None], here: View, done: str = "") -> None:
        """Do it, show the tree as it is then, and stay at `here`; what cannot be done is said."""
        try:
            change()
        except FollowError as error:
            self._say(str(error), serious=True)
            return
        self._here = here
        self._read()
        self._tell(_("{done} · {key} undoes it", done=done, key=self._key("take_back")) if done else "")

    def _own(self) -> _Row | None:
        """The row that a key means, unless it is the whole newspaper or comes with the program."""
        row = self._current
        if row is None or not (row.view.section or row.view.source):
            self._say(_("Choose a section or a source first"))
            return None
        ids = (row.view.source,) if row.view.source else row.ids
        if ids and all(self._newsroom.is_starter(id) for id in ids):
            self._say(_("The starter edition comes with the program and cannot be changed"))
            return None
        return row

    def _search_at(self, view: View) -> SavedSearch | None:
        """The saved search that a row is."""
        searches = self._newsroom.subscriptions.searches
        return None if view.source else next((own for own in searches if own.path == view.section), None)

    def action_move_down(self) -> None:
        self._shift(1)

    def action_move_up(self) -> None:
        self._shift(-1)

    def _shift(self, offset: int) -> None:
        if row := self._own():
            source = self._newsroom.source(row.view.source)
            if self._search_at(row.view):
                self._say(_("Saved searches stand in the order of sources.toml, behind the sections"))
            elif source:
                self._change(partial(arrange.shift_source, self._newsroom, source, offset), row.view)
            else:
                shift = partial(arrange.shift_section, self._newsroom, row.view.section, offset)
                self._change(shift, row.view)

    def action_rename(self) -> None:
        row = self._own()
        if row is None:
            return
        source, path = self._newsroom.source(row.view.source), row.view.section
        search = self._search_at(row.view)

        def done(name: str) -> None:
            name = name.strip()
            if name == row.name:
                return
            if source:
                rename = partial(arrange.rename_source, self._newsroom, source, name)
                self._change(
                    rename,
                    row.view,
                    _("{old} is {name} now", old=row.name, name=name) if name else _("The feed's own name"),
                )
            elif name:
                if search:
                    rename = partial(arrange.rename_search, self._newsroom, path, (*path[:-1], name))
                else:
                    rename = partial(arrange.rename_section, self._newsroom, path, name)
                self._change(
                    rename, View((*path[:-1], name)), _("{old} is {name} now", old=row.name, name=name)
                )

        self.ask(_("New name:"), done, value=row.name)

    def action_move_to(self) -> None:
        row = self._own()
        if row is None:
            return
        path = row.view.section
        places = [
            own
            for own in self._newsroom.subscriptions.sections
            if row.view.source or own[: len(path)] != path
        ]
        top = _("No section") if row.view.source else _("The top level")
        rows = [(top, TOP), *((" › ".join(own), "\n".join(own)) for own in places)]
        rows.append((_("A new section …"), NEW))

        def chosen(value: str | None) -> None:
            if value == NEW:
                self.ask(_("Into which section (“World / Asia”):"), lambda name: self._put(row, name))
            elif value is not None:
                self._put(row, () if value == TOP else tuple(value.split("\n")))

        self.app.push_screen(
            ChooseScreen(_("Move {name} to", name=row.name), rows, _("Enter moves it there")), chosen
        )

    def _put(self, row: _Row, to: str | SectionPath) -> None:
        path = section_path(to) if isinstance(to, str) else to
        where = " › ".join(path) or _("the top")
        if source := self._newsroom.source(row.view.source):
            move = partial(arrange.move_source, self._newsroom, source, path)
            self._change(
                move, View(path, source.id), _("{name} stands in {where} now", name=row.name, where=where)
            )
        else:
            new = (*path, row.view.section[-1])
            rename = arrange.rename_search if self._search_at(row.view) else arrange.rename_section
            move = partial(rename, self._newsroom, row.view.section, new)
            self._change(move, View(new), _("{name} stands in {where} now", name=row.name, where=where))

    def action_new_section(self) -> None:
        row = self._current
        above = row.view.section if row else ()
        if row and self._search_at(row.view):
            above = above[:-1]

        def done(name: str) -> None:
            path = (*above, *section_path(name))
            if path != above:
                self._change(
                    partial(arrange.new_section, self._newsroom, path),
                    View(path),
                    _("New: {name}", name=name),
                )

        self.ask(_("New section in {path}:", path=" › ".join(above)) if above else _("New section:"), done)

    def action_site(self) -> None:
        row = self._own()
        if row is None:
            return
        ids = [row.view.source] if row.view.source else list(row.ids)
        first = self._newsroom.source(ids[0]) if ids else None

        def done(name: str) -> None:
            put = partial(arrange.put_into_site, self._newsroom, ids, name.strip())
            next_site = self._key("next_site")
            self._change(
                put,
                row.view,
                _(
                    "{name} is in site {site}, {next_site} switches",
                    name=row.name,
                    site=name or _("main"),
                    next_site=next_site,
                ),
            )

        if first is None:
            self._say(_("There is no source in this section yet"))
        else:
            self.ask(_("Site (empty for the main one):"), done, value=first.site)

    def action_remove(self) -> None:
        row = self._own()
        if row is None:
            return
        if not self.sure(row.view):
            count = len(row.ids)
            what = f"“{row.name}”"
            if count:
                what += " " + many(count, "with {count} source", "with {count} sources")
            key = self._key("remove")
            if self._search_at(row.view):
                text = _("Remove the saved search {what}? {key} again does it.", what=what, key=key)
                self._say(text)
                return
            self._say(
                _(
                    "Remove {what} and the cached articles? {key} again does it, any other key does not.",
                    what=what,
                    key=key,
                )
            )
            return
        above = View(row.view.section if row.view.source else row.view.section[:-1])
        if source := self._newsroom.source(row.view.source):
            remove = partial(arrange.remove_source, self._newsroom, source)
        elif self._search_at(row.view):
            remove = partial(arrange.remove_search, self._newsroom, row.view.section)
        else:
            remove = partial(arrange.remove_section, self._newsroom, row.view.section)
        self._change(remove, above, _("{name} was removed", name=row.name))

    def action_take_back(self) -> None:
        row = self._current
        try:
            what = arrange.take_back(self._newsroom)
        except FollowError as error:
            self._say(str(error), serious=True)
            return
        self._here = row.view if row else View()
        self._read()
        self._tell(_("Undone: {what}", what=what))
