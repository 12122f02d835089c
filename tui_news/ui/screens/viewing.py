"""How the open article is looked at: width, margins, spacing, focus, outline, finding in it, facts."""

from __future__ import annotations

from dataclasses import replace
from typing import ClassVar

from textual import on
from textual.binding import BindingType
from textual.timer import Timer

from tui_news.i18n import _, many
from tui_news.model import Article
from tui_news.text.when import long_time
from tui_news.typeset.article import Page
from tui_news.ui.keys import bindings
from tui_news.ui.screens.moving import Moving
from tui_news.ui.widgets.article_column import MAX_MARGIN, MAX_MEASURE, MIN_MEASURE
from tui_news.ui.widgets.article_view import ArticleView
from tui_news.ui.widgets.bars import Breadcrumb

SPACINGS = 3
"""None, one or two blank lines between lines."""
FOCUS_SECONDS = 4.0
"""How long a message stays where there is no status line."""


class Viewing(Moving):
    """The viewer's own verbs. What is done with articles is in `reading`."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(
            (
                "info", "outline", "wider", "narrower", "smaller_margins", "larger_margins", "spacing",
                "focus_mode", "table_left", "table_right",
            )
        )
    ]  # fmt: skip

    _focused = False
    _message_timer: Timer | None = None

    def begin(self) -> None:
        super().begin()
        self.viewer.moved = self._moved
        self._name_keys()
        self._focused = self.newsroom.cache.get_memory("focus") is True

    @property
    def subject(self) -> Article | None:
        """The article that a key means: the open one, else the one under the cursor."""
        if self.reading and self.viewer.article:
            return self.viewer.article
        return self.headlines.current

    def page_of(self, article: Article, notice: str = "") -> Page:
        return Page(article, self.newsroom.source_name(article.source), self.trail_of(article), notice)

    # --- progress ----------------------------------------------------------------------------------

    def _moved(self) -> None:
        if self.reading:
            self.query_one("#breadcrumb", Breadcrumb).tell(self.progress)

    @property
    def progress(self) -> str:
        """How long the open article takes, and how much of it has been on screen."""
        minutes = self.viewer.minutes
        percent = f"{self.viewer.percent:>3}%"
        if minutes >= 60:
            hours, minutes = divmod(minutes, 60)
            return _("{hours} h {minutes} min · {percent}", hours=hours, minutes=minutes, percent=percent)
        return _("{minutes} min · {percent}", minutes=minutes, percent=percent) if minutes else percent

    def show_bars(self) -> None:
        super().show_bars()
        self._moved()

    # --- looks -------------------------------------------------------------------------------------

    def _widen(self, cells: int) -> None:
        measure = max(MIN_MEASURE, min(MAX_MEASURE, self.viewer.measure + cells))
        self.viewer.measure = measure
        self.say(_("Text {measure} columns wide", measure=measure))
        self.remember("measure", measure)

    def action_wider(self) -> None:
        self._widen(4)

    def action_narrower(self) -> None:
        self._widen(-4)

    def _margins(self, cells: int) -> None:
        """Change the margins from what they are on screen: where the text is narrower than the window,
        a smaller least margin would change nothing."""
        before = self.viewer.margin
        margin = max(0, min(MAX_MARGIN, before + cells))
        self.viewer.margin = margin
        self.say(_("Margins of {margin} columns at least", margin=margin))
        self.remember("margin", margin)

    def action_smaller_margins(self) -> None:
        self._margins(-2)

    def action_larger_margins(self) -> None:
        self._margins(2)

    def action_spacing(self) -> None:
        spacing = (self.viewer.spacing + 1) % SPACINGS
        self.viewer.spacing = spacing
        self.say(
            (_("Lines set close"), _("One blank line between lines"), _("Two blank lines between lines"))[
                spacing
            ]
        )
        self.remember("spacing", spacing)

    def _name_keys(self) -> None:
        keys = f"{self.news.key_of('table_left')} {self.news.key_of('table_right')}"
        self.viewer.setting = replace(self.viewer.setting, sideways=keys)

    def _sideways(self, step: int) -> None:
        moved = self.viewer.shift_tables(step) if self.reading else None
        if moved is None:
            self.say(
                _("No table on screen that is wider than the window")
                if self.reading
                else _("Open an article first · {open}", open=self.news.key_of("open"))
            )

    def action_table_right(self) -> None:
        self._sideways(1)

    def action_table_left(self) -> None:
        self._sideways(-1)

    @on(ArticleView.Sideways)
    def _wheel_sideways(self, event: ArticleView.Sideways) -> None:
        if self.reading:
            self.viewer.shift_tables(event.step)

    # --- focus mode --------------------------------------------------------------------------------

    @property
    def alone(self) -> bool:
        """Whether nothing but the article's text is on screen."""
        return self._focused and self.reading

    def action_focus_mode(self) -> None:
        if not self.reading:
            self.say(_("Open an article first · {open}", open=self.news.key_of("open")))
            return
        self._focused = not self._focused
        self.remember("focus", self._focused)
        self.show_pane()
        self.say(
            _("{focus_mode} brings the bars back", focus_mode=self.news.key_of("focus_mode"))
            if self._focused
            else ""
        )

    def show_pane(self) -> None:
        alone = self.alone
        # What is not there yet cannot be hidden: the screen may be asked before it is composed.
        if alone != self.has_class("focus"):
            self.set_class(alone, "focus")
        super().show_pane()
        if alone:
            self.headlines.display = False
        if not self.asking:
            self.status.display = not alone or bool(self.status.message)
        self._moved()

    def say(self, message: str, *, serious: bool = False) -> None:
        super().say(message, serious=serious)
        if not self.alone or self.asking:
            return
        self.status.display = bool(message)
        if self._message_timer is not None:
            self._message_timer.stop()
        if message:
            self._message_timer = self.set_timer(FOCUS_SECONDS, self._quiet)

    def _quiet(self) -> None:
        if self.alone and not self.asking:
            self.say("")

    # --- outline, facts ----------------------------------------------------------------------------

    def action_outline(self) -> None:
        outline = self.viewer.outline if self.reading else ()
        if not outline:
            self.say(_("No subheads in this article") if self.reading else _("Open an article first"))
            return
        from tui_news.ui.screens.choose import ChooseScreen

        rows = [("  " * max(0, level - 1) + text, str(block)) for block, level, text in outline]

        def chosen(block: str | None) -> None:
            if block:
                self.viewer.go_to_block(int(block))

        self.app.push_screen(ChooseScreen(_("Outline"), rows, _("Enter goes there")), chosen)

    def action_info(self) -> None:
        article = self.subject
        if article is None:
            return
        source = self.newsroom.source(article.source)
        rows = [
            (_("Headline"), article.headline), (_("Source"), self.newsroom.source_name(article.source)),
            (_("Section"), " › ".join(source.section) if source else ""), (_("Agency"), article.agency),
            (_("Authors"), ", ".join(article.authors)), (_("Editor"), article.editor),
            (_("Place"), article.place),
            (_("Published"), long_time(article.published)), (_("Updated"), long_time(article.updated)),
            (_("First seen"), long_time(article.fetched)), (_("Language"), article.language),
            (_("Charset"), article.charset),
            (_("Text"), _("full") if article.full else _("as the feed gives it")),
            (_("Reading time"), self._reading_time()), (_("Tags"), ", ".join(article.tags)),
            (_("Link"), article.url), (_("Comments"), article.comments_url),
            (_("Id"), article.id), (_("Hidden"), self._why_hidden(article.id)),
            *((_("Note"), note) for note in article.notes),
        ]  # fmt: skip
        from tui_news.ui.screens.sheet import TextSheet, table

        self.app.push_screen(
            TextSheet(_("About this article"), table([(name, value) for name, value in rows if value]))
        )

    def _why_hidden(self, id: str) -> str:
        """Which rule hides an article."""
        if not self.newsroom.state(id).hidden or (article := self.newsroom.article(id)) is None:
            return ""
        from tui_news.newsroom.rules import why_hidden

        return why_hidden(self.newsroom, article)

    def _reading_time(self) -> str:
        minutes = self.viewer.minutes if self.reading else 0
        if minutes >= 60:
            hours, minutes = divmod(minutes, 60)
            return _("{hours} h {minutes} min", hours=hours, minutes=minutes)
        return many(minutes, "{count} minute", "{count} minutes") if minutes else ""

    # --- finding in the text -----------------------------------------------------------------------

    def find_in_text(self, value: str | None) -> None:
        if value is None:
            return
        count = self.viewer.find(value)
        if count:
            self._say_hit(self.viewer.found.index + 1, count)
        elif value:
            self.say(_("“{text}” is not in this article", text=value))

    @on(ArticleView.PreviousHit)
    def _previous_hit(self) -> None:
        self.to_hit(-1)

    def to_hit(self, step: int) -> bool:
        """Go to another hit of the search in the text; False when there is none."""
        if not (self.reading and self.viewer.hits):
            return False
        self._say_hit(*self.viewer.next_hit(step))
        return True

    def _say_hit(self, number: int, count: int) -> None:
        key = self.news.key_of
        self.say(
            _(
                "Hit {number} of {count} · {next_unread} next · N previous · {back} ends the search",
                number=number,
                count=count,
                next_unread=key("next_unread"),
                back=key("back"),
            )
        )

    def action_back(self) -> None:
        if self.reading and self.viewer.hits:
            self.viewer.find("")
            self.say("")
            return
        reading = self.reading
        super().action_back()
        if reading and not self.reading:
            self.show_bars()
