"""A story: who tells it and when, why it is one, and two of its versions beside or under each other."""

from __future__ import annotations

from collections.abc import Sequence
from typing import ClassVar

from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Horizontal, Vertical, VerticalScroll
from textual.content import Content
from textual.widgets import OptionList, Static
from textual.widgets.option_list import Option

from tui_news.i18n import _, many
from tui_news.model import Article
from tui_news.newsroom import Newsroom, now
from tui_news.newsroom.why import shared_words
from tui_news.portal.versions import compare
from tui_news.text.when import short_time
from tui_news.text.width import pad
from tui_news.ui.keys import bindings
from tui_news.ui.screens.modal import Modal

TEXT = 6_000
"""Characters of a report that are shown here; Enter opens it whole."""


class StoryScreen(Modal[str | None]):
    """Lists the reports of a story; the one under the cursor is shown beside the first, or all of them one
    after the other. Gives back the id of the report to open."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("down", "up", "top", "bottom", "open", "back", "quit", "space", "mark_all")),
        Binding("v", "view", show=False),
        Binding("d", "differences", show=False),
        Binding("tab", "base", show=False),
    ]

    def __init__(self, newsroom: Newsroom, articles: Sequence[Article], current: str, *, wide: bool) -> None:
        super().__init__()
        self._newsroom = newsroom
        self._articles = sorted(articles, key=lambda a: (a.when is not None, a.when, a.id))
        self._base = 0
        at = next((i for i, article in enumerate(self._articles) if article.id == current), 0)
        self._at = at if at else min(1, len(self._articles) - 1)
        self._beside = wide
        self._marked = False
        self._options = OptionList(id="reports", markup=False)
        self._left, self._right = Static(id="left"), Static(id="right")

    def compose(self) -> ComposeResult:
        sources = {article.source for article in self._articles}
        title = many(len(sources), "{count} source tells this story", "{count} sources tell this story")
        with Vertical(classes="sheet wide-sheet story-sheet"):
            yield Static(Content(title), classes="sheet-title")
            yield Static(Content(self._why()), id="story-why")
            yield self._options
            with VerticalScroll(classes="sheet-body"), Horizontal(id="versions"):
                yield self._left
                yield self._right
            yield Static(
                Content(
                    _(
                        "Enter opens · v beside or in turn · d differences · Tab compare with this · "
                        "A all read · Esc closes"
                    )
                ),
                classes="sheet-hint",
            )

    def _why(self) -> str:
        words = " · ".join(shared_words(self._articles))
        first, last = self._articles[0].when, self._articles[-1].when
        present = now()
        times = f"{short_time(first, present)} – {short_time(last, present)}"
        return _("One story by what they share: {words} ({times})", words=words or "—", times=times)

    def on_mount(self) -> None:
        self._list()
        self._options.focus()
        self._show()

    def _list(self) -> None:
        self._options.clear_options()
        present = now()
        for index, article in enumerate(self._articles):
            read = self._newsroom.state(article.id).read
            sign = "= " if index == self._base else "  "
            self._options.add_option(
                Option(
                    Content.assemble(
                        (sign, "$primary"),
                        (pad(short_time(article.when, present), 7), "$news-muted"),
                        (pad(self._newsroom.source_name(article.source), 20) + " ", "$secondary"),
                        (article.headline, "$news-muted" if read else "bold"),
                    ),
                    id=str(index),
                )
            )
        self._options.highlighted = self._at

    # --- the texts ----------------------------------------------------------------------------------

    def _text(self, article: Article) -> str:
        body = "\n\n".join(block.text for block in article.blocks if block.text)
        return (body or article.deck)[:TEXT]

    def _head(self, article: Article) -> list[Content | tuple[str, str]]:
        name = self._newsroom.source_name(article.source)
        return [
            (f"{name} · {short_time(article.when, now())}\n", "$secondary"),
            (f"{article.headline}\n\n", "bold"),
        ]

    def _whole(self, article: Article) -> Content:
        return Content.assemble(*self._head(article), Content(self._text(article)))

    def _marked_up(self, base: Article, other: Article) -> Content:
        """The other report, with what it has and the base has not set off."""
        parts: list[Content | tuple[str, str]] = self._head(other)
        for piece in compare(self._text(base), self._text(other)):
            if piece.sign == "=":
                parts.append(Content(piece.text))
            elif piece.sign == "+":
                parts.append((piece.text, "bold $primary"))
        return Content.assemble(*parts)

    def _show(self) -> None:
        base, other = self._articles[self._base], self._articles[self._at]
        if self._beside and base is not other:
            self._left.display = True
            self._left.update(self._whole(base))
            self._right.update(self._marked_up(base, other) if self._marked else self._whole(other))
        elif self._beside:
            self._left.display = False
            self._right.update(self._whole(other))
        else:
            self._left.display = False
            after = [*self._articles[self._at :], *self._articles[: self._at]]
            parts: list[Content] = []
            for article in after[:9]:
                text = (
                    self._marked_up(base, article)
                    if self._marked and article is not base
                    else self._whole(article)
                )
                parts += [text, Content("\n\n")]
            self._right.update(Content.assemble(*parts))
        self.query_one(VerticalScroll).scroll_home(animate=False)

    # --- keys ---------------------------------------------------------------------------------------

    def _go(self, index: int) -> None:
        self._at = max(0, min(index, len(self._articles) - 1))
        self._options.highlighted = self._at
        self._show()

    def action_down(self) -> None:
        self._go(self._at + 1)

    def action_up(self) -> None:
        self._go(self._at - 1)

    def action_top(self) -> None:
        self._go(0)

    def action_bottom(self) -> None:
        self._go(len(self._articles) - 1)

    def action_space(self) -> None:
        scroll = self.query_one(VerticalScroll)
        if scroll.scroll_offset.y >= scroll.max_scroll_y and self._at < len(self._articles) - 1:
            self._go(self._at + 1)
        else:
            scroll.scroll_relative(y=max(1, scroll.size.height - 1), animate=False)

    def action_view(self) -> None:
        self._beside = not self._beside
        self._show()

    def action_differences(self) -> None:
        self._marked = not self._marked
        self._show()

    def action_base(self) -> None:
        self._base = self._at
        self._list()
        self._show()

    def action_mark_all(self) -> None:
        unread = [a.id for a in self._articles if not self._newsroom.state(a.id).read]
        if unread:
            self._newsroom.mark(unread, "story read", read=True)
        self._list()

    def action_open(self) -> None:
        self.dismiss(self._articles[self._at].id)

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        self.dismiss(self._articles[int(event.option.id or 0)].id)

    def action_back(self) -> None:
        self.dismiss(None)

    def action_quit(self) -> None:
        self.dismiss(None)
