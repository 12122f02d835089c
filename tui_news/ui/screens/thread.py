"""The comments on an article as a folding thread, over the browser; fetched because the reader asked."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, ClassVar, cast

from textual import on
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.worker import Worker, WorkerState

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, many
from tui_news.model import Article
from tui_news.newsroom import Newsroom, now
from tui_news.newsroom.discussion import NoCommentsError, Talk, fetch, kept, visited
from tui_news.newsroom.opening import OpenError, open_in_browser
from tui_news.sources.discussion import Comment
from tui_news.text.clean import is_web_url
from tui_news.text.when import ago
from tui_news.ui.bar_lines import Tab
from tui_news.ui.keys import bindings
from tui_news.ui.screens.asking import Asking
from tui_news.ui.widgets.bars import Breadcrumb, StatusLine
from tui_news.ui.widgets.thread_view import ThreadView

if TYPE_CHECKING:
    from tui_news.ui.app import NewsApp

ALL_LEVELS = 9
"""The digit that unfolds everything."""


class ThreadScreen(Asking):
    """One thread. What was kept is shown at once, what is there now as soon as it has come."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "back",
                "quit",
                "refresh",
                "browser",
                "links",
                "copy",
                "help",
                "stop",
                "search",
                "write",
                "answer",
            )
        ),
        *(Binding(str(number), f"levels({number})", show=False, system=True) for number in range(1, 10)),
    ]

    def __init__(self, newsroom: Newsroom, article: Article) -> None:
        super().__init__()
        self.newsroom = newsroom
        self.article = article
        self.talk: Talk | None = None
        self._asking: Worker[Talk] | None = None
        self._sought = ""

    def compose(self) -> ComposeResult:
        yield Breadcrumb(id="breadcrumb")
        config = self.newsroom.config
        yield ThreadView(
            measure=config.integer("ui.measure"),
            ambiguous_wide=config.flag("ui.ambiguous_wide"),
            now=now(),
            id="thread",
        )
        yield StatusLine(id="status")

    @property
    def news(self) -> NewsApp:
        return cast("NewsApp", self.app)

    @property
    def view(self) -> ThreadView:
        return self.query_one("#thread", ThreadView)

    def show_pane(self) -> None:
        if not self.asking:
            self.set_focus(self.view)

    def say(self, message: str, *, serious: bool = False) -> None:
        self.status.say(message, serious=serious)

    def on_mount(self) -> None:
        self._hints()
        self.view.empty = _("Fetching the comments …")
        self.set_focus(self.view)
        if talk := kept(self.newsroom, self.article.id):
            self._show(talk)
        self._bars()
        self.action_refresh()

    def _hints(self) -> None:
        key = self.news.key_of
        names = [("open", _("fold")), ("next_new", _("next new")), ("next_sibling", _("next at this level")),
                 ("parent", _("what it answers")), ("help", _("help")), ("answer", _("answer")),
                 ("write", _("write")), ("back", _("back"))]  # fmt: skip
        self.status.hint([(key(name), what) for name, what in names if key(name)])

    # --- fetching ------------------------------------------------------------------------------------

    def action_refresh(self) -> None:
        if self._asking is not None and self._asking.is_running:
            self.say(_("Already fetching · {key} stops it", key=self.news.key_of("stop")))
            return
        self.say("")
        self.status.work(_("fetching comments"), 0)
        self._asking = self.run_worker(
            partial(fetch, self.newsroom, self.article, self._came), group="thread", exit_on_error=False
        )

    def action_stop(self) -> None:
        if self._asking is not None and self._asking.is_running:
            self._asking.cancel()
        else:
            self.say(_("Nothing is being fetched"))

    def _came(self, comments: int, left: int) -> None:
        if self.is_mounted:
            self.status.work(
                _("{comments} comments, {left} answers to come", comments=comments, left=left), 0
            )

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is not self._asking or event.state in (WorkerState.PENDING, WorkerState.RUNNING):
            return
        event.stop()
        self.status.work("", 0)
        result = event.worker.result
        if event.state is WorkerState.SUCCESS and isinstance(result, Talk):
            self._show(result)
            if problem := result.notice or " ".join(result.thread.notes):
                self.say(problem, serious=True)
            else:
                self._drafts()
        elif event.state is WorkerState.CANCELLED:
            self._failed(_("Stopped"))
        elif isinstance(event.worker.error, NoCommentsError):
            self._failed(str(event.worker.error))
        else:
            self._failed(_("That failed: {error}", error=event.worker.error))

    def _failed(self, why: str) -> None:
        again = _("{key} tries again · {browser} opens the page",
                  key=self.news.key_of("refresh"), browser=self.news.key_of("browser"))  # fmt: skip
        if self.talk is None:
            self.view.empty = f"{why}.\n\n{again}"
            self.view.refresh()
        else:
            when = ago(self.talk.thread.fetched, now())
            self.say(_("{why} · these are from {when} ago", why=why, when=when), serious=True)

    def _show(self, talk: Talk) -> None:
        first = self.talk is None
        self.talk = talk
        first_one = _("{key} writes the first one.", key=self.news.key_of("write"))
        can_write = bool(talk.thread.reply_kind)
        self.view.empty = _("No comments yet.") + (f"\n\n{first_one}" if can_write else "")
        self.view.show(talk, levels=self._levels if first else 0)
        self._bars()

    def _bars(self) -> None:
        trail = [Tab((), self.newsroom.source_name(self.article.source) or _("Comments"))]
        title = self.article.headline or (self.talk.thread.title if self.talk else "")
        right = ""
        if self.talk:
            number, count = self.view.place
            right = _("comment {number} of {count}", number=number, count=count)
            if self.talk.new:
                right += " · " + many(len(self.talk.new), "{count} new", "{count} new")
        self.query_one("#breadcrumb", Breadcrumb).show([*trail, Tab((), title)], [], right)

    # --- moving ----------------------------------------------------------------------------------------

    @property
    def _levels(self) -> int:
        kept_levels = self.newsroom.cache.get_memory("thread_levels")
        return kept_levels if isinstance(kept_levels, int) and 0 <= kept_levels < ALL_LEVELS else 0

    def action_levels(self, number: int) -> None:
        levels = 0 if number == ALL_LEVELS else number
        self.view.levels(levels)
        self.say(_("All answers") if not levels else many(levels, "{count} level", "{count} levels"))
        try:
            self.newsroom.cache.put_memory("thread_levels", levels)
        except CacheError as error:
            self.say(str(error), serious=True)

    @on(ThreadView.Moved)
    def _moved(self) -> None:
        self._bars()

    @on(ThreadView.NothingNew)
    def _nothing_new(self) -> None:
        self.say(_("No comment is new since your last visit"))

    @on(ThreadView.AtEnd)
    def _at_end(self) -> None:
        self.say(_("That was the last comment · {key} goes back", key=self.news.key_of("back")))

    # --- links -------------------------------------------------------------------------------------------

    def _open(self, url: str) -> None:
        if not is_web_url(url):
            self.say(_("Not opened, only http and https are: {url}", url=url))
            return
        try:
            self.say(open_in_browser(url, self.newsroom.config))
        except OpenError as error:
            self.say(str(error), serious=True)

    @property
    def _page(self) -> str:
        """Where a browser shows the comment under the cursor, else the thread."""
        node = self.view.current
        thread = self.talk.thread if self.talk else None
        return (
            (node.comment.url if node else "")
            or (thread.page if thread else "")
            or self.article.comments_url
            or self.article.url
        )

    def action_browser(self) -> None:
        self._open(self._page)

    def action_copy(self) -> None:
        if url := self._page:
            self.app.copy_to_clipboard(url)
            self.say(_("Copied {url}", url=url))

    @on(ThreadView.LinkClicked)
    def _link_clicked(self, event: ThreadView.LinkClicked) -> None:
        self.say(_("{url} · {key} opens links by number", url=event.href, key=self.news.key_of("links")))

    def action_links(self) -> None:
        links = self.view.links()
        if not links:
            self.say(_("No links in this comment"))
            return

        def done(value: str | None) -> None:
            if not value:
                return
            number = int(value) if value.isascii() and value.isdecimal() and len(value) < 5 else 0
            if 0 < number <= len(links):
                self._open(links[number - 1])
            else:
                self.say(_("There is no link {number}; this comment has {count}",
                           number=value, count=len(links)), serious=True)  # fmt: skip

        self.ask(_("Link 1-{count}:", count=len(links)), done)

    # --- writing -----------------------------------------------------------------------------------------

    def action_write(self) -> None:
        self._write(None)

    def action_answer(self) -> None:
        node = self.view.current
        self._write(node.comment if node else None)

    def _write(self, answered: Comment | None) -> None:
        from tui_news.newsroom.replying import why_not

        if self.talk is None:
            self.say(_("The comments are not here yet"))
            return
        thread = self.talk.thread
        if reason := why_not(self.newsroom, self.article, thread, answered.id if answered else ""):
            self.say(f"{reason} · {self.news.key_of('write' if answered else 'browser')}", serious=True)
            return
        from tui_news.ui.screens.commenting import CommentScreen

        def closed(said: str | None) -> None:
            if said:
                self.action_refresh()
                self.say(said)
            else:
                self._drafts()

        self.app.push_screen(CommentScreen(self.newsroom, self.article, thread, answered), closed)

    def _drafts(self) -> None:
        """Say that there is something written and not sent."""
        from tui_news.newsroom.replying import drafts

        if (left := drafts(self.newsroom, self.article.id)) and self.talk:
            by_id = {comment.id: comment for comment in self.talk.thread.comments}
            answered = by_id.get(left[0].parent)
            if answered:
                self.say(
                    _("A draft of yours is kept, an answer to {author} · {key} there goes on with it",
                      author=answered.author or _("anonymous"), key=self.news.key_of("answer"))
                )  # fmt: skip
            else:
                self.say(_("A draft of yours is kept · {key} goes on with it", key=self.news.key_of("write")))

    # --- finding -----------------------------------------------------------------------------------------

    def action_search(self) -> None:
        def done(value: str | None) -> None:
            text = (value or "").strip()
            if not text:
                return
            self._sought = text
            if self.view.find(text):
                self.say(_("{search} Enter goes on to the next one", search=self.news.key_of("search")))
            else:
                self.say(_("“{value}” is in no comment", value=text))

        self.ask(_("Find in the comments:"), done, value=self._sought)

    # --- leaving -------------------------------------------------------------------------------------------

    def leave(self) -> None:
        """All that was here counts as seen."""
        if self.talk is not None:
            try:
                visited(self.newsroom, self.article.id, self.talk.thread)
            except CacheError as error:
                self.news.browser.say(str(error), serious=True)

    def action_back(self) -> None:
        self.leave()
        self.dismiss()

    def action_quit(self) -> None:
        self.action_back()

    def action_help(self) -> None:
        from tui_news.ui.screens.help import HelpScreen

        self.app.push_screen(HelpScreen(self.news.keys))
