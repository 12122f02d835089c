"""Moving in the browser: between sections, sites and narrowed lists, and one step back."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType

from tui_news.i18n import _, many
from tui_news.newsroom import View
from tui_news.newsroom.folding import choose, folds
from tui_news.newsroom.views import FRONT
from tui_news.sources.subscriptions import paths_of
from tui_news.ui.keys import bindings
from tui_news.ui.screens.layout import Layout
from tui_news.ui.widgets.bars import Bar
from tui_news.ui.widgets.headline_list import HeadlineList
from tui_news.ui.widgets.headline_rows import Density
from tui_news.ui.widgets.sites import SiteStrip, site_name


class Moving(Layout):
    """The verbs that change which view is shown. What can be done with articles is in `reading`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "back", "next_section", "previous_section", "next_subsection", "previous_subsection",
                "next_site", "unread_only", "starred", "filter", "density", "fold_stories",
                "quit",
            )
        )
    ]  # fmt: skip

    def go(self, view: View) -> None:
        """Go to another view: the list comes to the front."""
        self.leave_article()
        self.reading = False
        self.say("")
        self.show_view(view)
        self.show_pane()

    @on(Bar.Chosen)
    def _chosen(self, event: Bar.Chosen) -> None:
        self.go(View(event.path))

    def _step(self, step: int) -> None:
        tabs = self.tabs()
        top = self.view.section[:1]
        active = next((index for index, tab in enumerate(tabs) if tab.path == top), 0)
        self.go(View(tabs[(active + step) % len(tabs)].path))

    def action_next_section(self) -> None:
        self._step(1)

    def action_previous_section(self) -> None:
        self._step(-1)

    def action_section(self, number: int) -> None:
        tabs = self.tabs()
        # The front page has the 0.
        tabs = [tab for tab in tabs if tab.path != FRONT]
        if 0 < number <= len(tabs):
            self.go(View(tabs[number - 1].path))
        else:
            self.say(
                _(
                    "There is no section {number}; {tree} lists all",
                    number=number,
                    tree=self.news.key_of("tree"),
                )
            )

    def _step_below(self, step: int) -> None:
        """Through a section's subsections in the order of the tree, depth first, and round again."""
        if not self.view.section:
            self._step(step)
            return
        node = self.newsroom.node(self.view.section[:1])
        order = paths_of(node) if node else []
        if len(order) < 2:
            self.say(_("This section has no subsections"))
        else:
            self.go(View(order[(order.index(self.view.section) + step) % len(order)]))

    def action_next_subsection(self) -> None:
        self._step_below(1)

    def action_previous_subsection(self) -> None:
        self._step_below(-1)

    def action_next_site(self) -> None:
        """The newspaper of the next group of sources, and after the last one that of all."""
        sites: list[str | None] = [*self.newsroom.sites, None]
        if len(sites) == 1:
            self.say(
                _(
                    "All sources are one site; in {tree}, {site} puts some into another",
                    tree=self.news.key_of("tree"),
                    site=self.news.key_of("site"),
                )
            )
            return
        self.show_site(sites[(sites.index(self.newsroom.site) + 1) % len(sites)])

    def show_site(self, site: str | None) -> None:
        """Show a site's newspaper, or with None that of all."""
        self.newsroom.show_site(site)
        self.remember("site", site)
        self.go(View(FRONT) if self.at_front and self.newsroom.front is not None else View())
        names = ", ".join(site_name(own) for own in self.newsroom.sites)
        self.say(_("Site: {here} · there are {names}", here=site_name(site), names=names))

    @on(SiteStrip.Switched)
    def _switched(self, event: SiteStrip.Switched) -> None:
        self.show_site(event.site)

    def action_unread_only(self) -> None:
        current = self.headlines.current
        view = replace(self.view, unread=not self.view.unread)
        self.show_view(view, keep=current.id if current else "")

    def action_starred(self) -> None:
        order = {"": "starred", "starred": "later", "later": "debate", "debate": ""}
        self.go(View(self.view.section, self.view.source, order.get(self.view.mark, "")))  # type: ignore[arg-type]

    def action_density(self) -> None:
        order: dict[Density, Density] = {"one": "two", "two": "cards", "cards": "one"}
        self.headlines.density = order[self.headlines.density]
        self.remember("density", self.headlines.density)

    def action_fold_stories(self) -> None:
        """Each story in one row, or each of its articles in one of its own, in this list from now on."""
        if self.at_front:
            self.say(_("On the front page each story stands once; {story} shows all its reports",
                       story=self.news.key_of("story")))  # fmt: skip
            return
        on = not folds(self.newsroom, self.view)
        done, _none = self.kept(lambda: choose(self.newsroom, self.view, on))
        if not done:
            return
        current = self.headlines.current
        self.headlines.unfolded.clear()
        self.reload()
        row = self.headlines.index_of(current.id) if current else None
        if row is not None:
            self.headlines.cursor = row
        if not on:
            self.say(
                _(
                    "Each article in a row of its own · {key} folds stories",
                    key=self.news.key_of("fold_stories"),
                )
            )
        elif self.headlines.folded is None:
            self.say(_("Stories are folded here; so far no two articles tell of the same"))
        else:
            self.say(_("Each story in one row · {unfold} shows its reports · {key} takes them apart",
                       unfold=self.news.key_of("unfold"), key=self.news.key_of("fold_stories")))  # fmt: skip

    @on(HeadlineList.Unfolded)
    def _unfolded(self, event: HeadlineList.Unfolded) -> None:
        key, pile = self.news.key_of, event.pile
        if pile is None:
            self.say(
                _("Nobody else in this list tells this story")
                if folds(self.newsroom, self.view)
                else _("Stories are not folded here · {key} folds them", key=key("fold_stories"))
            )
        elif pile.open:
            said = many(len(pile.ids), "{count} report", "{count} reports")
            self.say(_("{reports} · {unfold} folds them · {story} compares them",
                       reports=said, unfold=key("unfold"), story=key("story")))  # fmt: skip
        else:
            self.say("")

    def action_filter(self) -> None:
        if self.reading and not self.is_wide():
            self.reading = False
            self.show_pane()
        before = self.view.query

        def done(value: str | None) -> None:
            self.show_view(self.view.narrowed(before if value is None else value))
            self.show_pane()

        self.ask(
            _("Filter:"),
            done,
            value=before,
            placeholder=_("words, -word, source:bbc, is:unread, after:2d"),
            changed=lambda value: self.show_view(self.view.narrowed(value)),
        )

    def action_back(self) -> None:
        """One step out: from article to list, from a narrowed list to the whole, to the section above."""
        view = self.view
        if self.reading:
            self.leave_article()
            self.reading = False
            self.show_pane()
        elif view.chosen:
            self.go(View(view.section, view.source))
        elif view.source:
            self.go(View(view.section))
        elif len(view.section) > 1:
            self.go(View(view.section[:-1]))
        else:
            self.say("")

    def action_quit(self) -> None:
        if self.reading or self.view.chosen:
            self.action_back()
        else:
            self.news.leave()
