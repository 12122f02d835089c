"""The source catalogue: well-known sources and searches by category and language, to follow or to ask."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import ClassVar

from rich.text import Text
from textual.binding import BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Static

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, mark
from tui_news.model import Source
from tui_news.newsroom import Newsroom
from tui_news.newsroom.arrange import remove_source
from tui_news.newsroom.follow import FollowError, follow
from tui_news.newsroom.scopes import LABELS
from tui_news.newsroom.websearch import chosen
from tui_news.sources.catalog import (
    CATEGORY_NAMES,
    LANGUAGES,
    CatalogEntry,
    catalog,
    search_catalog,
    searches,
)
from tui_news.text.width import fit
from tui_news.ui.keys import bindings
from tui_news.ui.screens.sheet import Sheet


class CatalogScreen(Sheet[list[Source]]):
    """A table of the catalogue. Gives back the sources that were followed; `asked` is the search that the
    reader wants to put a question to."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("catalog", "category", "language", "next_section", "previous_section"))
    ]
    frame = "sheet wide-sheet"
    narrowing = mark("search the catalogue")

    def __init__(self, newsroom: Newsroom, keys: Callable[[str], str]) -> None:
        super().__init__(
            _("Source catalogue"),
            _(
                "{space} follows · {next_section} category · {language} language · {narrow} search · "
                "Esc closes",
                space=keys("space"),
                next_section=keys("next_section"),
                language=keys("language"),
                narrow=keys("narrow"),
            ),
        )
        self._newsroom = newsroom
        self._key = keys
        self._categories = ["", *dict.fromkeys(entry.category for entry in (*catalog(), *searches()))]
        self._languages = ["", *dict.fromkeys(entry.language for entry in catalog())]
        self._chosen = {search.url for search in chosen(newsroom)}
        self.asked: CatalogEntry | None = None
        self._category = ""
        self._language = ""
        self._query = ""
        self._entries: list[CatalogEntry] = []
        self._followed: list[Source] = []
        self.rows = self._table = DataTable[Text](cursor_type="row", cell_padding=1)
        self._about = Static(id="detail")

    def body(self) -> Iterable[Widget]:
        yield self._table
        yield self._about

    def on_mount(self) -> None:
        self._table.add_columns(Text(""), Text(_("Source")), Text(_("Category")), Text(_("Language")))
        self._fill()
        self._table.focus()

    def outcome(self) -> list[Source]:
        return self._followed

    def _fill(self) -> None:
        self._entries = list(
            search_catalog(self._query, language=self._language or None, category=self._category or None)
        )
        self._table.clear()
        urls = {source.url for source in self._newsroom.subscriptions.sources}
        for entry in self._entries:
            self._table.add_row(
                Text("✓" if entry.url in urls or entry.url in self._chosen else " "),
                Text(fit(entry.name, 36)),
                Text(
                    _(CATEGORY_NAMES[entry.category])
                    + (f" · {_(LABELS[entry.scope])}" if entry.scope else "")
                ),
                Text(LANGUAGES[entry.language]),
            )
        category, language = CATEGORY_NAMES.get(self._category, ""), LANGUAGES.get(self._language, "")
        parts = [_(category) if category else _("all categories"), language or _("all languages")]
        if self._query:
            parts.append(f"“{self._query}”")
        title = _("Source catalogue · {chosen} · {count}", chosen=" · ".join(parts), count=len(self._entries))
        self.heading.update(Content(title))
        self._detail()

    @property
    def _current(self) -> CatalogEntry | None:
        row = self._table.cursor_row
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _detail(self) -> None:
        entry = self._current
        if entry is None:
            text = _("Nothing found · Esc, then Tab or L widens")
        elif entry.kind == "search":
            key = self._key
            how = (
                _("asked with others by {search} {web}", search=key("search"), web=key("ask_web"))
                if entry.url in self._chosen
                else _("asked alone; [[search.web]] in config.toml chooses others")
            )
            text = f"{entry.description} · {how}\n" + _("{space} asks it", space=key("space"))
        else:
            text = f"{entry.description}\n{entry.url}"
        self._about.update(Content(text))

    def on_data_table_row_highlighted(self) -> None:
        self._detail()

    def on_data_table_row_selected(self) -> None:
        self.action_space()

    def action_space(self) -> None:
        entry = self._current
        if entry is None:
            return
        if entry.kind == "search":
            self.asked = entry
            self.dismiss(self._followed)
            return
        row = self._table.cursor_row
        source = next((own for own in self._newsroom.subscriptions.sources if own.url == entry.url), None)
        try:
            if source is None:
                self._followed += follow(self._newsroom, [entry.source()])
            else:
                remove_source(self._newsroom, source)
                self._followed = [own for own in self._followed if own.id != source.id]
        except (FollowError, CacheError) as error:
            self._about.update(Content.styled(str(error), "$text-error"))
            return
        self._fill()
        self._table.move_cursor(row=row)

    def action_category(self) -> None:
        self._next_category(1)

    def action_next_section(self) -> None:
        self._next_category(1)

    def action_previous_section(self) -> None:
        self._next_category(-1)

    def _next_category(self, step: int) -> None:
        index = self._categories.index(self._category)
        self._category = self._categories[(index + step) % len(self._categories)]
        self._fill()

    def action_language(self) -> None:
        index = self._languages.index(self._language)
        self._language = self._languages[(index + 1) % len(self._languages)]
        self._fill()

    def narrow(self, wanted: str) -> None:
        self._query = wanted
        self._fill()

    def action_catalog(self) -> None:
        self.dismiss(self._followed)
