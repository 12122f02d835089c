"""Writing a comment: the text, then the exact request, and nothing is sent without a yes."""

from __future__ import annotations

from functools import partial

from textual import on
from textual.app import ComposeResult
from textual.containers import VerticalScroll
from textual.content import Content
from textual.events import Key
from textual.timer import Timer
from textual.widgets import Input, Static, TextArea
from textual.worker import Worker, WorkerState

from tui_news.cache.errors import CacheError
from tui_news.i18n import _
from tui_news.model import Article
from tui_news.newsroom import Newsroom
from tui_news.newsroom.replying import Draft, Letter, ReplyError, compose, draft, keep_draft, send
from tui_news.sources.discussion import Comment, Thread
from tui_news.text.width import fit
from tui_news.ui.screens.writing import WritingSheet

KEEP_SECONDS = 1.0
"""How long after a change the draft is written."""


class CommentScreen(WritingSheet[str]):
    """Gives back what became of the comment, in words; None when it was left as a draft."""

    def __init__(
        self, newsroom: Newsroom, article: Article, thread: Thread, answered: Comment | None
    ) -> None:
        before = draft(newsroom, article.id, answered.id if answered else "") or Draft()
        title = (
            _("Answer to {author}", author=answered.author or _("anonymous"))
            if answered
            else _("A comment · {headline}", headline=fit(article.headline or thread.title, 60))
        )
        super().__init__(title, before.text)
        self._newsroom = newsroom
        self._article = article
        self._thread = thread
        self._answers = answered.id if answered else ""
        self._again = bool(before.text)
        self._signed = Input(
            before.name, placeholder=_("name · empty: anonymous 匿名"), compact=True, id="name"
        )
        self._address = Input(
            before.email, placeholder=_("e-mail · empty: none is sent 隐藏地址"), compact=True, id="email"
        )
        self._request = Static(id="request")
        self._look = VerticalScroll(self._request, classes="sheet-body")
        self._letter: Letter | None = None
        self._waiting: Timer | None = None
        self._work: Worker[Letter | str] | None = None

    def more(self) -> ComposeResult:
        yield self._signed
        yield self._address
        yield self._look

    def on_mount(self) -> None:
        super().on_mount()
        for field in (self._signed, self._address):
            field.cursor_blink = False
        self._show_text()
        if self._again:
            self.say(_("This is the draft that you left"))

    @property
    def written(self) -> Draft:
        return Draft(self.area.text, self._answers, self._signed.value, self._address.value)

    # --- the draft -----------------------------------------------------------------------------------

    @on(TextArea.Changed)
    @on(Input.Changed)
    def _changed(self) -> None:
        if self._waiting is None:
            self._waiting = self.set_timer(KEEP_SECONDS, self._keep)

    def _keep(self) -> None:
        if self._waiting is not None:
            self._waiting.stop()
            self._waiting = None
        try:
            keep_draft(self._newsroom, self._article.id, self.written)
        except CacheError as error:
            self.say(str(error), serious=True)

    # --- the two steps -------------------------------------------------------------------------------

    def _show_text(self) -> None:
        """The first step: writing."""
        self._letter = None
        self._look.display = False
        for field in (self.area, self._signed, self._address):
            field.display = True
        self.hint(
            _("{finish} shows what would be sent · {editor} your editor · Tab next field · Esc keeps a draft",
              finish=self.key_of("finish"), editor=self.key_of("editor"))
        )  # fmt: skip
        self.area.focus()

    def finish(self) -> None:
        if self._letter is None and not self._busy:
            self._keep()
            self._work = self.run_worker(
                partial(compose, self._newsroom, self._article, self._thread, self.written),
                group="comment", exit_on_error=False,
            )  # fmt: skip

    def _show_letter(self, letter: Letter) -> None:
        """The second step: looking at it."""
        self._letter = letter
        for field in (self.area, self._signed, self._address):
            field.display = False
        self._request.update(Content(letter.text))
        self._look.display = True
        self._look.focus()
        named = [
            what
            for what, value in (
                (_("your name"), self._signed.value),
                (_("your e-mail address"), self._address.value),
            )
            if value.strip()
        ]
        signed = (
            _("with {what}", what=_(" and ").join(named)) if named else _("anonymous, without an address")
        )
        self.say(_("This is sent to {url}, {signed}.", url=letter.url, signed=signed))
        self.hint(_("y sends it · n or Esc goes on writing"))

    async def on_key(self, event: Key) -> None:
        if self._letter is None:
            return
        if event.key in ("y", "Y") and not self._busy:
            event.stop()
            self.say(_("Sending …"))
            self._work = self.run_worker(
                partial(send, self._newsroom, self._article, self._letter, self._answers),
                group="comment", exit_on_error=False,
            )  # fmt: skip
        elif event.key in ("n", "N"):
            event.stop()
            self.action_back()
        elif event.key in ("j", "k"):
            event.stop()
            self._look.scroll_relative(y=1 if event.key == "j" else -1, animate=False)

    @property
    def _busy(self) -> bool:
        return self._work is not None and self._work.is_running

    def on_worker_state_changed(self, event: Worker.StateChanged) -> None:
        if event.worker is not self._work or event.state not in (WorkerState.SUCCESS, WorkerState.ERROR):
            return
        event.stop()
        result, error = event.worker.result, event.worker.error
        if isinstance(result, Letter):
            self._show_letter(result)
        elif isinstance(result, str):
            if self._waiting is not None:
                self._waiting.stop()
                self._waiting = None
            self.dismiss(result)
        else:
            self._show_text()
            why = str(error) if isinstance(error, ReplyError) else _("That failed: {error}", error=error)
            self.say(f"{why} · " + _("your text is kept"), serious=True)

    def action_editor(self) -> None:
        if self._letter is None:
            super().action_editor()

    def action_back(self) -> None:
        if self._busy:
            return
        if self._letter is not None:
            self._show_text()
            self.say("")
            return
        self._keep()
        self.dismiss(None)
