"""Catch-up: what is new since the reader last looked, story after story, with Space alone."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import Static

from tui_news.i18n import _, many
from tui_news.newsroom import Newsroom
from tui_news.newsroom.catchup import since_last
from tui_news.newsroom.told import told_by
from tui_news.portal.catchup import Entry, fitting
from tui_news.text.when import short_time
from tui_news.ui.keys import bindings
from tui_news.ui.screens.modal import Modal

MINUTES = 5.0


class CatchUpScreen(Modal[str | None]):
    """First how much there is; then each story on a page of its own. Gives back the id of what to open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("space", "open", "back", "quit", "down", "up", "star", "later")),
        Binding("5", "five", show=False),
        Binding("k,K,up", "before", show=False),
    ]

    def __init__(self, newsroom: Newsroom, now: datetime) -> None:
        super().__init__()
        self._newsroom, self._now = newsroom, now
        self._since, self._all, self._articles = since_last(newsroom, now)
        self._entries: list[Entry] = self._all
        self._at = -1
        self._body = Static()

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet"):
            yield Static(Content(_("Catch up")), classes="sheet-title")
            with VerticalScroll(classes="sheet-body"):
                yield self._body
            yield Static(id="catch-hint", classes="sheet-hint")

    def on_mount(self) -> None:
        self._show()

    def _show(self) -> None:
        self._body.update(self._page())
        hint = (
            _("Space begins · 5 what fits into five minutes · Esc closes")
            if self._at < 0
            else _("Space next · k before · Enter opens · s star · L later · Esc closes")
        )
        if not self._all or self._at >= len(self._entries):
            hint = _("Space or Esc closes")
        self.query_one("#catch-hint", Static).update(Content(hint))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    def _page(self) -> Content:
        if not self._all:
            return Content(_("Nothing is new since you last looked."))
        if self._at < 0:
            return self._summary()
        if self._at >= len(self._entries):
            return Content(_("That was all. You are up to date."))
        entry = self._entries[self._at]
        article = entry.article
        whole = self._newsroom.article(article.id) or article
        place = f"{self._at + 1}/{len(self._entries)}"
        who = self._newsroom.source_name(article.source)
        meta = f"{place} · {who} · {short_time(article.when, self._now)}"
        if entry.sources > 1:
            meta += " · " + told_by(entry.sources)
        text = whole.deck or "\n\n".join(b.text for b in whole.blocks[:2])[:700]
        parts: list[Content | tuple[str, str]] = [(f"{meta}\n\n", "$news-muted")]
        if article.kicker:
            parts.append((f"{article.kicker}\n", "$secondary"))
        parts += [(f"{article.headline}\n\n", "bold $primary"), Content(text)]
        others = [one for id in entry.reports if id != article.id and (one := self._newsroom.article(id))]
        for other in others[:5]:
            parts.append((f"\n\n{self._newsroom.source_name(other.source)}: ", "$secondary"))
            parts.append(Content(other.headline))
        return Content.assemble(*parts)

    def _summary(self) -> Content:
        since = short_time(self._since, self._now) if self._since else _("your first visit")
        articles = many(self._articles, "{count} new since {since}", "{count} new since {since}", since=since)
        stories = many(len(self._all), "{count} story", "{count} stories")
        whole = sum(entry.minutes for entry in self._all)
        fits = fitting(self._all, MINUTES)
        lines = [
            (f"{articles}, {stories}.\n\n", "bold"),
            (_("All headlines and decks: about {minutes} minutes.", minutes=max(1, round(whole))) + "\n", ""),
            (
                many(
                    len(fits),
                    "Five minutes: {count} story.",
                    "Five minutes: the {count} first stories that fit.",
                ),
                "",
            ),
        ]
        return Content.assemble(*lines)

    def action_space(self) -> None:
        scroll = self.query_one(VerticalScroll)
        if self._at >= 0 and scroll.scroll_offset.y < scroll.max_scroll_y:
            scroll.scroll_relative(y=max(1, scroll.size.height - 1), animate=False)
            return
        if not self._all or self._at >= len(self._entries):
            self.dismiss(None)
            return
        self._leave()
        self._at += 1
        self._show()

    action_down = action_space

    def _leave(self) -> None:
        """What was shown counts as read, all of its reports."""
        if 0 <= self._at < len(self._entries):
            unread = [id for id in self._entries[self._at].reports if not self._newsroom.state(id).read]
            if unread:
                self._newsroom.mark(unread, "caught up", read=True)

    def action_before(self) -> None:
        self._at = max(-1, self._at - 1)
        self._show()

    action_up = action_before

    def action_five(self) -> None:
        if self._at < 0 and self._all:
            self._entries = fitting(self._all, MINUTES) or self._all[:1]
            self.action_space()

    def _current(self) -> str:
        return self._entries[self._at].article.id if 0 <= self._at < len(self._entries) else ""

    def action_star(self) -> None:
        if id := self._current():
            self._newsroom.mark([id], "starred", starred=not self._newsroom.state(id).starred)

    def action_later(self) -> None:
        if id := self._current():
            self._newsroom.mark([id], "kept for later", later=not self._newsroom.state(id).later)

    def action_open(self) -> None:
        if id := self._current():
            self._leave()
            self.dismiss(id)
        else:
            self.action_space()

    def action_back(self) -> None:
        self.dismiss(None)

    def action_quit(self) -> None:
        self.dismiss(None)
