"""Keeping what was found: a search as a section, and rules made from the article at hand."""

from __future__ import annotations

from typing import ClassVar

from textual.binding import BindingType

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, many, mark
from tui_news.newsroom import View
from tui_news.portal import QueryError
from tui_news.text.width import fit
from tui_news.ui.keys import bindings
from tui_news.ui.screens.seeking import Seeking

SHOWN = 32
"""Columns of a query in a question."""
ABOUT = {
    "author": mark("this author"), "source": mark("this source"), "tag": mark("this tag"),
    "source and word": mark("this source, this word"),
    "source and headline": mark("this source, this headline"),
}  # fmt: skip
DO = {"h": "hide", "r": "read", "s": "star"}


class Keeping(Seeking):
    """The verbs on searches that stay and rules that work by themselves."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("save_search", "rule"))]

    # --- searches ------------------------------------------------------------------------------------

    def action_save_search(self) -> None:
        key = self.news.key_of
        if self.view.searches:
            self.keep_search()
            return
        query = self._whole_query()
        if not query:
            kept = self.newsroom.node(self.view.section)
            if kept is not None and kept.query:
                text = _("This is a saved search; in {tree}, {remove} removes it",
                         tree=key("tree"), remove=key("remove"))  # fmt: skip
            else:
                text = _("Search ({search}) or filter ({filter}) first: then this keeps it as a section",
                         search=key("search"), filter=key("filter"))  # fmt: skip
            self.say(text)
            return
        if self.view.scope:
            self.say(_("A scope cannot be kept; search in all, and say source: or section: instead"))
            return

        def done(name: str | None) -> None:
            if name and name.strip():
                self._save_search(name.strip(), query)

        self.ask(
            _("Keep “{query}” as:", query=fit(query, SHOWN)), done,
            value=self.view.query[:80], placeholder=_("a name for the section"),
        )  # fmt: skip

    def _whole_query(self) -> str:
        """What is on screen, as one query; '' when it is not narrowed down."""
        view = self.view
        parts = [view.query]
        if view.unread:
            parts.append("is:unread")
        if view.mark:
            parts.append(f"is:{view.mark}")
        if not any(parts):
            return ""
        node = self.newsroom.node(view.section)
        if view.source:
            parts.append(f"source:{view.source}")
        elif node is not None and node.query:
            parts.insert(0, node.query)
        elif view.section:
            parts.append('section:"{}"'.format("/".join(view.section).replace('"', " ")))
        return " ".join(part for part in parts if part)

    def _save_search(self, name: str, query: str) -> None:
        from tui_news.newsroom.arrange import keep_search
        from tui_news.newsroom.follow import FollowError

        try:
            path = keep_search(self.newsroom, name, query)
        except (FollowError, QueryError) as error:
            self.say(str(error), serious=True)
            return
        self.go(View(path))
        self.say(
            _("{name} is a section now · {undo} undoes it", name=path[-1], undo=self.news.key_of("undo"))
        )

    # --- rules ---------------------------------------------------------------------------------------

    def action_rule(self) -> None:
        article = self.subject
        if article is None:
            self.say(_("Choose an article first: a rule is made from it"))
            return
        from tui_news.newsroom.rules import proposals
        from tui_news.ui.screens.choose import ChooseScreen

        rows: list[tuple[str, str]] = []
        heading = ""
        for about, query in proposals(self.newsroom, article):
            if about != heading:
                rows.append((_(ABOUT[about]), ""))
                heading = about
            rows.append((f"  {query}", query))

        def chosen(query: str | None) -> None:
            if query:
                words = _('words, "a phrase", -word, source:, author:, tag:, title:')
                self.ask(_("Rule for what matches:"), self._rule_for, value=query, placeholder=words)

        self.app.push_screen(
            ChooseScreen(_("A rule from this article"), rows, _("Enter takes it, to edit")), chosen
        )

    def _rule_for(self, query: str | None) -> None:
        """Say how many articles a query matches, and ask what to do with them."""
        query = (query or "").strip()
        if not query:
            return
        from tui_news.newsroom.rules import count

        try:
            number = count(self.newsroom, query)
        except QueryError as error:
            self.say(str(error), serious=True)
            return
        # The keys come first: on a narrow screen the query may be cut, they may not.
        said = many(number, "{count} article matches", "{count} articles match")
        question = f"{said} · {_('h hide · r read · s star · t tag')} · “{fit(query, SHOWN)}”"

        def pressed(key: str) -> str | None:
            if key in DO:
                self._save_rule(query, DO[key])
            elif key == "t":
                self.call_after_refresh(self._ask_tag, query)
            elif key != "escape":
                return question
            return None

        self.call_after_refresh(self.ask_key, question, pressed)

    def _ask_tag(self, query: str) -> None:
        def done(name: str | None) -> None:
            if name and name.strip():
                self._save_rule(query, f"tag:{name.strip()}")

        self.ask(_("Tag for “{query}”:", query=fit(query, SHOWN)), done)

    def _save_rule(self, query: str, do: str) -> None:
        from tui_news.newsroom.follow import FollowError
        from tui_news.newsroom.rules import save, told
        from tui_news.sources.subscriptions import Rule

        try:
            done = save(self.newsroom, Rule(query, (do,)))
        except (FollowError, QueryError, CacheError) as error:
            self.say(str(error), serious=True)
            return
        self.reload()
        outcome = told(done) or _("The rule is kept for what comes")
        self.say(f"{outcome} · {_('{undo} undoes it', undo=self.news.key_of('undo'))}")
