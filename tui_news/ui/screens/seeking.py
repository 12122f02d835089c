"""Searching from the browser: the cached articles by scope, the open web on request."""

from __future__ import annotations

from functools import partial
from typing import ClassVar, cast

from textual.binding import BindingType
from textual.worker import Worker

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, many
from tui_news.newsroom import View
from tui_news.newsroom.events import Event, Finished
from tui_news.newsroom.scopes import LABELS
from tui_news.newsroom.views import Scope
from tui_news.ui.keys import bindings
from tui_news.ui.screens.discussing import Discussing


class Seeking(Discussing):
    """The verbs of searching. Nothing is asked of the web before the reader says so."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("search",))]

    def action_search(self) -> None:
        if self.reading:
            self.ask(_("Find in this article:"), self.find_in_text)
            return
        from tui_news.ui.widgets.search_prompt import SearchPrompt

        def done(text: str | None, scope: Scope, web: bool) -> None:
            self.status.display = True
            self._search(text, scope, web)
            self.show_pane()

        view, key = self.view, self.news.key_of
        how = _("{scope} scope · {web} asks the web", scope=key("scope"), web=key("ask_web"))
        words = _('words, "a phrase", -word, source:bbc, is:unread, after:2d')
        before = view.query if view.scope else self.searched(view)
        self._put(SearchPrompt(done, text=before, scope=view.scope, placeholder=f"{how} · {words}"))

    def _search(self, value: str | None, scope: Scope, web: bool) -> None:
        text = (value or "").strip()
        if not text:
            return
        if web:
            self.search_web(text, scope)
            return
        self.go(View(query=text, scope=scope, ranked=True))
        found = many(len(self.headlines.articles), "{count} found", "{count} found")
        where = f"{found} · {_(LABELS[scope])}" if scope else found
        key = self.news.key_of
        self.say(
            _("{found} · {search} {web} asks the web · {back} goes back",
              found=where, search=key("search"), web=key("ask_web"), back=key("back"))
        )  # fmt: skip

    # --- the web -------------------------------------------------------------------------------------

    def search_web(self, text: str, scope: Scope, engine: str = "") -> None:
        """Ask the web searches of a scope, or the one named; their answers are shown as they come."""
        self.say(_("Asking the web for “{text}” …", text=text))
        _worker: Worker[None] = self.run_worker(
            partial(self._ask_web, text, scope, engine),
            group="web-search",
            exclusive=True,
            exit_on_error=False,
        )

    def ask_engine(self, name: str, scope: str) -> None:
        """Ask what one search of the catalogue is to look for, then it."""

        def done(text: str | None) -> None:
            if text := (text or "").strip():
                self.search_web(text, cast(Scope, scope), name)

        self.ask(_("{name}: search for", name=name), done)

    async def _ask_web(self, text: str, scope: Scope, engine: str) -> None:
        from tui_news.newsroom.websearch import ask

        def heard(event: Event) -> None:
            if isinstance(event, Finished):
                self.status.work(_("asking {done}/{total}", done=event.done, total=event.total), 0)

        try:
            found = await ask(self.newsroom, text, scope, engine, listener=heard)
        except CacheError as error:
            self.say(str(error), serious=True)
            return
        finally:
            self.status.work("", 0)
        if found.sources:
            self.go(View(scope=scope, searches=found.ids))
        count = many(len(self.headlines.articles), "{count} found", "{count} found")
        if found.problems and not (found.sources and len(self.headlines.articles)):
            self.say(found.problems[0], serious=True)
            return
        said = _("{found} on the web · {add} follows this search", found=count, add=self.news.key_of("add"))
        if found.problems:
            said += " · " + many(
                len(found.problems), "one search failed: {first}", "{count} searches failed: {first}",
                first=found.problems[0],
            )  # fmt: skip
        self.say(said, serious=bool(found.problems))

    def keep_search(self) -> bool:
        """Follow the searches whose answers are shown; False when none are."""
        if not self.view.searches:
            return False
        from tui_news.newsroom.follow import FollowError
        from tui_news.newsroom.websearch import keep

        try:
            added = keep(self.newsroom, self.view.searches, (_("Searches"),))
        except FollowError as error:
            self.say(str(error), serious=True)
            return True
        if not added:
            self.say(_("This search is followed already"))
            return True
        self.go(View((_("Searches"),)))
        self.say(many(len(added), "Following {names}", "Following {count} searches: {names}",
                      names=", ".join(source.name for source in added[:3])))  # fmt: skip
        return True
