"""Taking an article away: to a file, to a command, to a telephone."""

from __future__ import annotations

from functools import partial
from pathlib import Path
from typing import ClassVar, cast

from textual.app import SuspendNotSupported
from textual.binding import BindingType
from textual.content import Content
from textual.worker import Worker

from tui_news.i18n import _
from tui_news.model import Article
from tui_news.ui.keys import bindings
from tui_news.ui.screens.linking import Linking

HISTORY = 20
"""Commands that are remembered."""
HAND_OVER = "!"
"""Before a command: it gets the terminal."""


class Taking(Linking):
    """What leaves the newspaper. Nothing is written over, and nothing goes through a shell, unasked."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("save", "pipe", "qr"))]

    def whole(self) -> Article | None:
        """The article that a key means, with its text. Says so when there is none."""
        article = self.subject
        if article is not None and not article.blocks and article.id:
            article = self.newsroom.article(article.id) or article
        if article is None:
            self.say(_("No article here"))
        return article

    def _text_of(self, article: Article, form: str) -> str:
        from tui_news.newsroom.documents import Form, document
        from tui_news.newsroom.setting import text_setting

        name = self.newsroom.source_name(article.source)
        setting = text_setting(self.newsroom.config)
        return document(article, cast(Form, form), name, width=self.viewer.measure, setting=setting)

    # --- to a file ---------------------------------------------------------------------------------

    def action_save(self) -> None:
        from tui_news.newsroom.documents import Form
        from tui_news.newsroom.saving import completed, file_name, folder_of, free_name

        article = self.whole()
        if article is None:
            return
        config = self.newsroom.config
        folder = folder_of(config.text("save.folder"))
        name = file_name(article.headline, cast(Form, config.text("save.format")), article.id)
        proposed = free_name(folder, name)
        self.ask(
            _("Save as:"),
            partial(self._save, article, folder, name),
            value=_tilde(proposed) if config.text("save.folder") else proposed.name,
            placeholder=_("a file; .md, .html or .txt says its form · Tab completes"),
            complete=lambda text: completed(text, folder),
        )

    def _save(self, article: Article, folder: Path, name: str, value: str | None) -> None:
        from tui_news.newsroom.saving import SaveError, path_of

        if value is None or not value.strip():
            self.say(_("Not saved"))
            return
        try:
            path = path_of(value, folder, name)
        except SaveError as error:
            self.say(str(error), serious=True)
            return
        self._write(article, path)

    def _write(self, article: Article, path: Path, *, overwrite: bool = False) -> None:
        from tui_news.newsroom.documents import Form
        from tui_news.newsroom.saving import ExistsError, SaveError, form_of, free_name, save

        form = form_of(path, cast(Form, self.newsroom.config.text("save.format")))
        try:
            save(path, self._text_of(article, form), overwrite=overwrite)
        except ExistsError:
            other = free_name(path.parent, path.name)

            def pressed(key: str) -> str | None:
                if key == "o":
                    self._write(article, path, overwrite=True)
                elif key == "n":
                    self._write(article, other)
                elif key == "escape":
                    self.say(_("Not saved"))
                else:
                    return question
                return None

            question = _("{name} is there already · o overwrites it · n saves as {other} · Esc",
                         name=path.name, other=other.name)  # fmt: skip
            self.ask_key(question, pressed)
        except SaveError as error:
            self.say(str(error), serious=True)
        else:
            self.say(_("Saved {path}", path=_tilde(path)))

    # --- to a command ------------------------------------------------------------------------------

    def action_pipe(self) -> None:
        article = self.whole()
        if article is None:
            return
        known = self.newsroom.cache.get_memory("pipes")
        history = [str(command) for command in known] if isinstance(known, list) else []
        self.ask(
            _("Pipe to:"),
            partial(self._pipe, article, history),
            placeholder=_("wc -w · ! less for a command that needs the terminal · sh -c '…' for a shell"),
            history=history,
        )

    def _pipe(self, article: Article, history: list[str], value: str | None) -> None:
        from tui_news.newsroom.piping import PipeError, command_of

        value = (value or "").strip()
        if not value:
            return
        self.remember("pipes", [value, *(other for other in history if other != value)][:HISTORY])
        try:
            command = command_of(value.removeprefix(HAND_OVER))
        except PipeError as error:
            self.say(str(error), serious=True)
            return
        text = self._text_of(article, self.newsroom.config.text("pipe.format"))
        if value.startswith(HAND_OVER):
            self._hand_over(command, text)
        else:
            self.say(_("{command} is running …", command=_named(command)))
            _worker: Worker[None] = self.run_worker(
                partial(self._run, command, text), group="pipe", exclusive=True, exit_on_error=False
            )

    async def _run(self, command: list[str], text: str) -> None:
        from tui_news.newsroom.piping import PipeError, piped
        from tui_news.ui.screens.sheet import TextSheet

        try:
            done = await piped(command, text)
        except PipeError as error:
            self.say(str(error), serious=True)
            return
        failed = ""
        if done.code and not done.cut:
            failed = _("{command} ended with {code}", command=_named(command), code=done.code)
        if done.output:
            self.say(failed, serious=bool(failed))
            more = "\n…" if done.cut else ""
            title = " ".join(command) + (_(" · ended with {code}", code=done.code) if failed else "")
            self.app.push_screen(TextSheet(title, Content(done.output + more)))
        else:
            done_well = _("{command} is done", command=_named(command))
            self.say(
                _("{failed} and said nothing", failed=failed) if failed else done_well, serious=bool(failed)
            )

    def _hand_over(self, command: list[str], text: str) -> None:
        """Give the terminal to a command until it ends and the reader has seen what it said."""
        from tui_news.newsroom.piping import PipeError, in_terminal

        problem = ""
        self.leave_article()
        try:
            with self.app.suspend():
                try:
                    code = in_terminal(command, text)
                    problem = (
                        _("{command} ended with {code}", command=_named(command), code=code) if code else ""
                    )
                    input(
                        "\n"
                        + _("{what} · Enter goes back to tui-news", what=problem or _named(command))
                        + " "
                    )
                except PipeError as error:
                    problem = str(error)
                except (EOFError, KeyboardInterrupt):
                    pass
        except SuspendNotSupported:
            problem = _("This terminal cannot be given away")
        self.news.action_redraw()
        self.say(problem, serious=bool(problem))

    # --- to a telephone ----------------------------------------------------------------------------

    def action_qr(self) -> None:
        from tui_news.newsroom.qr import qr_code
        from tui_news.ui.screens.qr import QrScreen

        url = self.subject.url if self.subject else ""
        if not url:
            self.say(_("This article has no link"))
            return
        try:
            self.app.push_screen(QrScreen(url, qr_code(url)))
        except ValueError as error:
            self.say(str(error), serious=True)


def _named(command: list[str]) -> str:
    """What a command is called, without where it lies."""
    return Path(command[0]).name or command[0]


def _tilde(path: Path) -> str:
    """A path as a reader writes it."""
    try:
        return f"~/{path.relative_to(Path.home())}"
    except (ValueError, RuntimeError):
        return str(path)
