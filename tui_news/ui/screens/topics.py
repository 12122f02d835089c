"""Hot topics and tags as a list: each opens its articles, is followed, or is muted."""

from __future__ import annotations

from typing import ClassVar, NamedTuple

from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widgets import OptionList

from tui_news.i18n import _, many
from tui_news.newsroom import Newsroom
from tui_news.newsroom.phrases import choices
from tui_news.portal.front import Front, Phrase
from tui_news.text.width import pad
from tui_news.ui.screens.choose import Choosing

NAME_WIDTH = 36


class Choice(NamedTuple):
    """What the reader wants with a phrase: `open`, `followed` or `muted`."""

    what: str
    phrase: Phrase


class TopicsScreen(Choosing[Choice]):
    """All topics and tags; Enter opens, M follows, m mutes."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("M", "phrase('followed')", show=False),
        Binding("m", "phrase('muted')", show=False),
    ]

    def __init__(self, newsroom: Newsroom, front: Front) -> None:
        self._followed, self._muted = choices(newsroom, "followed"), choices(newsroom, "muted")
        topics = [p for block in front.blocks if block.kind == "topics" for p in block.phrases]
        tags = [p for block in front.blocks if block.kind == "tags" for p in block.phrases]
        known = {phrase.text for phrase in (*topics, *tags)}
        own = [Phrase(text) for text in (*self._followed, *self._muted) if text not in known]
        self._listed: list[tuple[str, Phrase | None]] = []
        for title, phrases in ((_("Hot topics"), topics), (_("Tags"), tags), (_("Yours"), own)):
            if phrases:
                self._listed.append((title, None))
                self._listed += [(phrase.text, phrase) for phrase in phrases]
        super().__init__(
            _("Hot topics and tags"),
            _("Enter opens · M follows · m mutes · / narrows down · Esc closes"),
            [(text, phrase is not None) for text, phrase in self._listed],
        )

    def label(self, index: int) -> Content:
        phrase = self._listed[index][1]
        assert phrase is not None
        sign = "♥ " if phrase.text in self._followed else "✕ " if phrase.text in self._muted else "  "
        told = many(phrase.count, "{count} article", "{count} articles") if phrase.count else ""
        if phrase.sources > 1:
            told += " · " + many(phrase.sources, "{count} source", "{count} sources")
        return Content.assemble((sign, "$primary"), pad(phrase.text, NAME_WIDTH), (f" {told}", "$news-muted"))

    def _chosen(self) -> Phrase | None:
        at = self._options.highlighted
        if at is None:
            return None
        id = self._options.get_option_at_index(at).id
        return self._listed[int(id)][1] if id is not None else None

    def action_phrase(self, what: str) -> None:
        phrase = self._chosen()
        if phrase is not None:
            self.dismiss(Choice(what, phrase))

    def on_option_list_option_selected(self, event: OptionList.OptionSelected) -> None:
        phrase = self._listed[int(event.option.id or 0)][1]
        if phrase is not None:
            self.dismiss(Choice("open", phrase))
