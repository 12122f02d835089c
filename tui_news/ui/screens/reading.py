"""What the reader does with articles: open, mark, undo, follow links, find, copy."""

from __future__ import annotations

from typing import ClassVar

from textual import on
from textual.binding import BindingType

from tui_news.model import Article
from tui_news.newsroom import View
from tui_news.newsroom.opening import OpenError, browser_command, launch, player_command
from tui_news.text.clean import is_web_url
from tui_news.text.when import long_time
from tui_news.typeset.article import Page
from tui_news.ui.keys import bindings
from tui_news.ui.screens.layout import Layout
from tui_news.ui.widgets.article_view import MAX_MEASURE, MIN_MEASURE, ArticleView
from tui_news.ui.widgets.headline_list import HeadlineList

UNDO_HINT = "undo"


class Reading(Layout):
    """The verbs on articles; all of them work on the open article, else on the one under the cursor."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "open", "next_unread", "previous_unread", "next_article", "previous_article", "browser",
                "links", "copy", "info", "outline", "comments", "play", "wider", "narrower", "star", "later",
                "toggle_read", "mark_all", "undo", "search",
            )
        )
    ]  # fmt: skip

    @property
    def subject(self) -> Article | None:
        """The article that a key means."""
        if self.reading and self.viewer.article:
            return self.viewer.article
        return self.headlines.current

    # --- opening -----------------------------------------------------------------------------------

    @on(HeadlineList.Opened)
    def _opened(self, event: HeadlineList.Opened) -> None:
        if event.by_space and self.newsroom.state(event.article.id).read:
            index = self.headlines.next_unread()
            if index is not None:
                self.headlines.cursor = index
        self.action_open()

    def action_open(self) -> None:
        article = self.headlines.current
        if article:
            self.open_article(article.id)

    def open_article(self, id: str) -> None:
        """Show an article in the viewer, at the place where the reader left it."""
        article = self.newsroom.article(id)
        if article is None:
            self.say(
                "This article is no longer in the cache; refresh brings back what the source still lists"
            )
            return
        self.leave_article()
        state = self.newsroom.state(id)
        self.viewer.show(self.page_of(article), position=state.position)
        self.headlines.opened_id = id
        self.reading = True
        done = True
        if not state.read and self.newsroom.config.text("ui.mark_read") != "never":
            done, _ = self.kept(lambda: self.newsroom.mark([id], "read", read=True))
            self.headlines.update_row(id)
            self.show_bars()
        if done:
            self.say("")
        self.show_pane()
        self.opened(article)

    def page_of(self, article: Article, notice: str = "") -> Page:
        return Page(article, self.newsroom.source_name(article.source), self.trail_of(article), notice)

    def opened(self, article: Article) -> None:
        """An article is on screen. `browser` fetches its full text when the feed has a stub only."""

    def leave_article(self) -> None:
        article = self.viewer.article
        if article and article.id and self.reading:
            position = 0 if self.viewer.at_end else self.viewer.position
            if self.newsroom.state(article.id).position != position:
                self.kept(lambda: self.newsroom.mark([article.id], "position", position=position))

    @on(ArticleView.AtEnd)
    def _at_end(self) -> None:
        self.action_next_unread()

    def action_next_unread(self) -> None:
        if self.reading and self.viewer.hits:
            number, count = self.viewer.next_hit()
            self.say(f"Hit {number} of {count} · {self.news.key_of('back')} ends the search")
            return
        self._to_unread(1)

    def action_previous_unread(self) -> None:
        if self.reading and self.viewer.hits:
            number, count = self.viewer.next_hit(-1)
            self.say(f"Hit {number} of {count} · {self.news.key_of('back')} ends the search")
            return
        self._to_unread(-1)

    def _to_unread(self, step: int) -> None:
        index = self.headlines.next_unread(step)
        if index is None:
            self.say(
                "Nothing unread here · "
                f"{self.news.key_of('next_section')} next section · {self.news.key_of('refresh_all')} refresh"
            )
            return
        self._to_row(index)

    def _to_row(self, index: int) -> None:
        self.headlines.cursor = index
        if self.reading and self.headlines.current:
            self.open_article(self.headlines.current.id)

    def action_next_article(self) -> None:
        self._neighbour(1)

    def action_previous_article(self) -> None:
        self._neighbour(-1)

    def _neighbour(self, step: int) -> None:
        index = self.headlines.cursor + step
        if 0 <= index < len(self.headlines.articles):
            self._to_row(index)
        else:
            self.say("That was the last article" if step > 0 else "This is the first article")

    # --- marks -------------------------------------------------------------------------------------

    def _mark(self, what: str, **changes: bool) -> None:
        article = self.subject
        if article is None:
            return
        done, _ = self.kept(lambda: self.newsroom.mark([article.id], what, **changes))
        if not done:
            return
        self.headlines.update_row(article.id)
        self.show_bars()
        self.say(f"{what[:1].upper()}{what[1:]} · {self.news.key_of('undo')} undoes it")

    def action_star(self) -> None:
        if self.subject:
            starred = not self.newsroom.state(self.subject.id).starred
            self._mark("starred" if starred else "star removed", starred=starred)

    def action_later(self) -> None:
        if self.subject:
            later = not self.newsroom.state(self.subject.id).later
            self._mark("kept for later" if later else "no longer kept for later", later=later)

    def action_toggle_read(self) -> None:
        if self.subject:
            read = not self.newsroom.state(self.subject.id).read
            self._mark("marked read" if read else "marked unread", read=read)
            if not self.reading:
                self.headlines.cursor += 1

    def action_mark_all(self) -> None:
        articles = self.headlines.articles
        ids = getattr(articles, "ids", None) or [article.id for article in articles]
        unread = [id for id in ids if not self.newsroom.state(id).read]
        if not unread:
            self.say("Everything here is read already")
            return
        done, _ = self.kept(lambda: self.newsroom.mark(unread, "mark all read", read=True))
        if not done:
            return
        self.headlines.update_all()
        self.show_bars()
        self.say(f"{len(unread)} marked read · {self.news.key_of('undo')} undoes it")

    def action_undo(self) -> None:
        done, step = self.kept(self.newsroom.undo)
        if not done:
            return
        if step is None:
            self.say("Nothing to undo")
            return
        self.headlines.update_all()
        self.show_bars()
        many = f"{len(step.ids)} articles" if len(step.ids) != 1 else "1 article"
        self.say(f"Undone: {step.what} ({many})")

    # --- links -------------------------------------------------------------------------------------

    def action_browser(self) -> None:
        if self.subject:
            self.open_url(self.subject.url, source=self.subject.source)

    def open_url(self, url: str, source: str = "") -> None:
        """Open a URL in the reader's browser."""
        if not url:
            self.say("This article has no link")
            return
        try:
            launch(browser_command(self.newsroom.config.words("open.command")), url)
        except OpenError as error:
            self.say(str(error), serious=True)
        else:
            self.say(f"Opened {url}")

    @on(ArticleView.LinkClicked)
    def _link_clicked(self, event: ArticleView.LinkClicked) -> None:
        if is_web_url(event.href):
            self.say(f"{event.href} · {self.news.key_of('links')} opens links by number")
        else:
            self.say(f"Not opened, only http and https are: {event.href}")

    def action_links(self) -> None:
        links = self.viewer.links if self.reading else ()
        if not links:
            self.say(
                "No links here; open an article first" if not self.reading else "No links in this article"
            )
            return

        def done(value: str | None) -> None:
            if not value:
                return
            found = [href for number, _, href in links if str(number) == value.strip().rstrip("cy")]
            if not found:
                self.say(f"There is no link {value}; this article has {len(links)}", serious=True)
            elif value.strip()[-1:] in "cy":
                self.copy(found[0])
            elif is_web_url(found[0]):
                self.open_url(found[0])
            else:
                self.say(f"Not opened, only http and https are: {found[0]}")

        self.ask(f"Link 1-{len(links)}:", done, placeholder="number opens it, number and y copies it")

    def action_copy(self) -> None:
        if self.subject:
            self.copy(self.subject.url)

    def copy(self, text: str) -> None:
        """Copy by OSC 52, which reaches the reader's own machine through SSH."""
        if text:
            self.app.copy_to_clipboard(text)
            self.say(f"Copied {text}")
        else:
            self.say("This article has no link")

    def action_comments(self) -> None:
        article = self.subject
        if article and article.comments_url:
            self.open_url(article.comments_url, source=article.source)
        else:
            self.say("This source gives no comments for this article")

    def action_play(self) -> None:
        article = self.subject
        audio = [e for e in article.enclosures if e.type.startswith(("audio/", "video/"))] if article else []
        if not audio:
            self.say("No audio in this article")
            return
        try:
            launch(player_command(self.newsroom.config.words("player.command")), audio[0].url)
        except OpenError as error:
            self.say(str(error), serious=True)
        else:
            self.say(f"Playing {audio[0].title or audio[0].url}")

    # --- the viewer --------------------------------------------------------------------------------

    def _widen(self, cells: int) -> None:
        measure = max(MIN_MEASURE, min(MAX_MEASURE, self.viewer.measure + cells))
        self.viewer.measure = measure
        self.say(f"Text {measure} columns wide")
        self.remember("measure", measure)

    def action_wider(self) -> None:
        self._widen(4)

    def action_narrower(self) -> None:
        self._widen(-4)

    def action_outline(self) -> None:
        outline = self.viewer.outline if self.reading else ()
        if not outline:
            self.say("No subheads in this article" if self.reading else "Open an article first")
            return
        from tui_news.ui.screens.choose import ChooseScreen

        rows = [("  " * max(0, level - 1) + text, str(block)) for block, level, text in outline]

        def chosen(block: str | None) -> None:
            if block:
                self.viewer.go_to_block(int(block))

        self.app.push_screen(ChooseScreen("Outline", rows, "Enter goes there"), chosen)

    def action_info(self) -> None:
        article = self.subject
        if article is None:
            return
        source = self.newsroom.source(article.source)
        rows = [
            ("Headline", article.headline), ("Source", self.newsroom.source_name(article.source)),
            ("Section", " › ".join(source.section) if source else ""), ("Agency", article.agency),
            ("Authors", ", ".join(article.authors)), ("Editor", article.editor), ("Place", article.place),
            ("Published", long_time(article.published)), ("Updated", long_time(article.updated)),
            ("First seen", long_time(article.fetched)), ("Language", article.language),
            ("Charset", article.charset), ("Text", "full" if article.full else "as the feed gives it"),
            ("Tags", ", ".join(article.tags)), ("Link", article.url), ("Comments", article.comments_url),
            ("Id", article.id), *(("Note", note) for note in article.notes),
        ]  # fmt: skip
        from tui_news.ui.screens.sheet import TextSheet, table

        self.app.push_screen(
            TextSheet("About this article", table([(name, value) for name, value in rows if value]))
        )

    # --- search ------------------------------------------------------------------------------------

    def action_search(self) -> None:
        if self.reading:
            self.ask("Find in this article:", self._find)
        else:
            self.ask(
                "Search all articles:",
                self._search,
                placeholder='words, "a phrase", -word, source:bbc, tag:space, is:unread, after:2d',
            )

    def _find(self, value: str | None) -> None:
        if value is None:
            return
        count = self.viewer.find(value)
        if count:
            self.say(
                f"Hit 1 of {count} · {self.news.key_of('next_unread')} next · "
                f"{self.news.key_of('previous_unread')} previous"
            )
        elif value:
            self.say(f"“{value}” is not in this article")

    def _search(self, value: str | None) -> None:
        if value and value.strip():
            self.go(View(query=value.strip()))
            self.say(f"{len(self.headlines.articles)} found · {self.news.key_of('back')} goes back")

    def action_back(self) -> None:
        if self.reading and self.viewer.hits:
            self.viewer.find("")
            self.say("")
            return
        super().action_back()
