"""Following the links of an article: by number, by letters, by the mouse; opened, copied or read here."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar
from unicodedata import normalize

from textual import on
from textual.binding import BindingType

from tui_news.i18n import _, mark
from tui_news.model import Block, Source
from tui_news.newsroom import View
from tui_news.newsroom.opening import OpenError, launch, leads_away, open_in_browser, player_command
from tui_news.text.address import shown_url
from tui_news.text.clean import is_web_url
from tui_news.text.width import fit
from tui_news.typeset.article import Page
from tui_news.ui.keys import bindings
from tui_news.ui.screens.viewing import Viewing
from tui_news.ui.widgets.article_view import ArticleView

ONLY_WEB = mark("Not opened, only http and https are")


class Linking(Viewing):
    """What leads out of an article, and the way back to it."""

    BINDINGS: ClassVar[list[BindingType]] = [*bindings(("browser", "links", "hints", "copy", "play"))]

    _way: list[tuple[Page, int]]
    """Pages that links led away from, with the block that was at the top."""

    def begin(self) -> None:
        self._way = []
        super().begin()

    def go(self, view: View) -> None:
        self._way.clear()
        super().go(view)

    def read_url(self, url: str, source: Source) -> None:
        """Read a page from a link in the viewer. `browser` fetches it."""

    def step_away(self) -> None:
        """Something else is about to be shown in the viewer: the way back is kept."""
        if self.reading and self.viewer.page is not None:
            self._way.append((self.viewer.page, self.viewer.position))
            del self._way[:-50]

    def action_back(self) -> None:
        if self.reading and self._way and not self.viewer.hits:
            page, position = self._way.pop()
            if page is self.viewer.page:
                self.viewer.go_to_block(position)
            else:
                self.viewer.show(page, position=position)
            self.say("")
            return
        super().action_back()

    # --- opening and copying -----------------------------------------------------------------------

    def action_browser(self) -> None:
        if self.subject:
            self.open_url(self.subject.url, self.newsroom.source(self.subject.source))

    def open_url(self, url: str, source: Source | None = None) -> None:
        """Open a URL in the reader's browser; one of another host than its source's is shown before."""
        if not url:
            self.say(_("This article has no link"))
            return
        if question := leads_away(url, source):

            def pressed(key: str) -> None:
                if key in ("enter", "o", "b", "y"):
                    self._open(url)

            key = self.news.key_of("browser")
            self.ask_key(_("{question} Enter or {key} opens · Esc", question=question, key=key), pressed)
            return
        self._open(url)

    def _open(self, url: str) -> None:
        try:
            self.say(open_in_browser(url, self.newsroom.config))
        except OpenError as error:
            self.say(str(error), serious=True)

    def action_copy(self) -> None:
        if self.subject:
            self.copy(self.subject.url)

    def copy(self, text: str) -> None:
        """Copy by OSC 52, which reaches the reader's own machine through SSH."""
        if text:
            self.app.copy_to_clipboard(text)
            self.say(_("Copied {url}", url=text))
        else:
            self.say(_("This article has no link"))

    def action_play(self) -> None:
        article = self.subject
        audio = [e for e in article.enclosures if e.type.startswith(("audio/", "video/"))] if article else []
        if not audio:
            self.say(_("No audio in this article"))
            return
        try:
            launch(player_command(self.newsroom.config.words("player.command")), audio[0].url)
        except OpenError as error:
            self.say(str(error), serious=True)
        else:
            self.say(_("Playing {title}", title=audio[0].title or audio[0].url))

    # --- the links of the text ---------------------------------------------------------------------

    @on(ArticleView.LinkClicked)
    def _link_clicked(self, event: ArticleView.LinkClicked) -> None:
        self.follow(event.href, event.text)

    def follow(self, href: str, text: str = "") -> None:
        """Ask what to do with a link, and do it."""
        if href.startswith("#"):
            self.to_note(href[1:], text)
            return
        if not is_web_url(href):
            mail = href.startswith("mailto:")
            self.copy(href) if mail else self.say(f"{_(ONLY_WEB)}: {href}")
            return
        room = max(10, self.size.width - 46)
        self.ask_key(
            _("{link} · Enter reads it here · o opens · y copies", link=fit(shown_url(href), room)),
            lambda key: self._act(key, href),
        )

    def to_note(self, name: str, text: str) -> None:
        """Show the footnote that a link leads to; lead back where the link in a note leads back."""
        article = self.viewer.article
        blocks = article.blocks if article else ()
        place = next((index for index, block in enumerate(blocks) if name in block.anchors), -1)
        if place < 0:
            self.say(_("The note {name} is not in this text", name=name))
        elif place <= self.viewer.position:
            self.step_away()
            self.viewer.go_to_block(place)
        else:
            # Not from the prompt that is asking still: a screen tells its outcome to who pushed it.
            self.call_later(self._show_note, normalize("NFKC", text).strip("[]() "), blocks, place)

    def _show_note(self, mark: str, blocks: Sequence[Block], place: int) -> None:
        from tui_news.ui.screens.note import NoteScreen, note_of

        def closed(go: bool | None) -> None:
            if go:
                self.step_away()
                self.viewer.go_to_block(place)

        self.app.push_screen(NoteScreen(mark, note_of(blocks, place)), closed)

    def _act(self, key: str, href: str) -> str | None:
        if key in ("o", "b"):
            self.open_url(href)
        elif key == "y":
            self.copy(href)
        elif key in ("enter", "r", "l", " "):
            self.read_here(href)
        elif key != "escape":
            return _("Enter reads the page here · o opens it in the browser · y copies the link · Esc")
        return None

    def read_here(self, href: str) -> None:
        """Read the page that a link leads to in the viewer."""
        article = self.viewer.article
        source = self.newsroom.source(article.source) if article else None
        self.read_url(href, source or Source("", href))

    def action_links(self) -> None:
        links = self.viewer.links if self.reading else ()
        if not links:
            self.say(
                _("No links here; open an article first")
                if not self.reading
                else _("No links in this article")
            )
            return

        def done(value: str | None) -> None:
            if not value or not value.strip():
                return
            value = value.strip()
            found = [href for number, _text, href in links if str(number) == value.rstrip("cyr")]
            if not found:
                none = _("There is no link {text}; this article has {count}", text=value, count=len(links))
                self.say(none, serious=True)
            elif value[-1] in "cy":
                self.copy(found[0])
            elif not is_web_url(found[0]):
                self.say(f"{_(ONLY_WEB)}: {found[0]}")
            elif value[-1] == "r":
                self.read_here(found[0])
            else:
                article = self.viewer.article
                self.open_url(found[0], self.newsroom.source(article.source) if article else None)

        self.ask(
            _("Link 1-{count}:", count=links[-1][0]),
            done,
            placeholder=_("the number opens it; then y copies, r reads it here"),
        )

    def action_hints(self) -> None:
        if not self.reading:
            self.say(_("No links here; open an article first"))
            return
        hints = self.viewer.show_hints()
        if not hints:
            self.say(_("No links on this screen"))
            return
        typed = ""

        def pressed(key: str) -> str | None:
            nonlocal typed
            typed = typed[:-1] if key == "backspace" else typed + key.lower()
            matching = [hint for hint in hints if hint.label.startswith(typed)]
            if len(matching) == 1 and matching[0].label == typed:
                self.viewer.show_hints(False)
                self.follow(matching[0].href, matching[0].text)
                return None
            if key == "escape" or not matching:
                self.viewer.show_hints(False)
                if key != "escape":
                    self.say(_("No link has the letters {typed}", typed=typed))
                return None
            return _("Link {typed}…", typed=typed)

        self.ask_key(_("Which link? Its letters · Esc"), pressed)
