"""The source catalogue: well-known sources by category and language, to follow with one key."""

from __future__ import annotations

from typing import ClassVar

from rich.text import Text
from textual.app import ComposeResult
from textual.binding import Binding, BindingType
from textual.containers import Vertical
from textual.content import Content
from textual.widgets import DataTable, Input, Static

from tui_news.cache.errors import CacheError
from tui_news.model import Source
from tui_news.newsroom import Newsroom
from tui_news.newsroom.follow import FollowError, follow, unfollow
from tui_news.sources.catalog import CatalogEntry, catalog, search_catalog
from tui_news.text.width import fit
from tui_news.ui.screens.modal import Modal


class CatalogScreen(Modal[list[Source] | None]):
    """A table of the catalogue. Gives back the sources that were followed."""

    BINDINGS: ClassVar[list[BindingType]] = [
        Binding("escape,q,h,left,C", "close", show=False),
        Binding("j", "cursor(1)", show=False),
        Binding("k", "cursor(-1)", show=False),
        Binding("space", "follow", show=False),
        Binding("slash,f", "search", show=False),
        Binding("c,tab", "category(1)", show=False, priority=True),
        Binding("shift+tab", "category(-1)", show=False, priority=True),
        Binding("L", "language(1)", show=False),
    ]

    def __init__(self, newsroom: Newsroom) -> None:
        super().__init__()
        self._newsroom = newsroom
        self._categories = ["", *dict.fromkeys(entry.category for entry in catalog())]
        self._languages = ["", *dict.fromkeys(entry.language for entry in catalog())]
        self._category = ""
        self._language = ""
        self._query = ""
        self._entries: list[CatalogEntry] = []
        self._followed: list[Source] = []
        self._table: DataTable[Text] = DataTable(cursor_type="row", cell_padding=1)
        self._heading = Static(classes="sheet-title")
        self._about = Static(id="detail")
        self._field = Input(placeholder="search the catalogue", compact=True, id="narrow")

    def compose(self) -> ComposeResult:
        with Vertical(classes="sheet wide-sheet"):
            yield self._heading
            yield self._field
            yield self._table
            yield self._about
            yield Static(
                Content("Space follows · Tab category · L language · / search · Esc closes"),
                classes="sheet-hint",
            )

    def on_mount(self) -> None:
        self._field.cursor_blink = False
        self._field.display = False
        self._table.add_columns(Text(""), Text("Source"), Text("Category"), Text("Language"))
        self._fill()
        self._table.focus()

    def _fill(self) -> None:
        self._entries = list(
            search_catalog(self._query, language=self._language or None, category=self._category or None)
        )
        self._table.clear()
        urls = {source.url for source in self._newsroom.subscriptions.sources}
        for entry in self._entries:
            self._table.add_row(
                Text("✓" if entry.url in urls else " "),
                Text(fit(entry.name, 36)),
                Text(entry.category),
                Text(entry.language),
            )
        parts = [self._category or "all categories", self._language or "all languages"]
        if self._query:
            parts.append(f"“{self._query}”")
        title = f"Source catalogue · {' · '.join(parts)} · {len(self._entries)}"
        self._heading.update(Content(title))
        self._detail()

    @property
    def _current(self) -> CatalogEntry | None:
        row = self._table.cursor_row
        return self._entries[row] if 0 <= row < len(self._entries) else None

    def _detail(self) -> None:
        entry = self._current
        text = f"{entry.description}\n{entry.url}" if entry else "Nothing found · Esc, then Tab or L widens"
        self._about.update(Content(text))

    def on_data_table_row_highlighted(self) -> None:
        self._detail()

    def on_data_table_row_selected(self) -> None:
        self.action_follow()

    def action_cursor(self, step: int) -> None:
        if step > 0:
            self._table.action_cursor_down()
        else:
            self._table.action_cursor_up()

    def action_follow(self) -> None:
        entry = self._current
        if entry is None:
            return
        row = self._table.cursor_row
        source = next((own for own in self._newsroom.subscriptions.sources if own.url == entry.url), None)
        try:
            if source is None:
                self._followed += follow(self._newsroom, [entry.source()])
            else:
                unfollow(self._newsroom, source)
                self._followed = [own for own in self._followed if own.id != source.id]
        except (FollowError, CacheError) as error:
            self._about.update(Content.styled(str(error), "$text-error"))
            return
        self._fill()
        self._table.move_cursor(row=row)

    def action_category(self, step: int) -> None:
        index = self._categories.index(self._category)
        self._category = self._categories[(index + step) % len(self._categories)]
        self._fill()

    def action_language(self, step: int) -> None:
        index = self._languages.index(self._language)
        self._language = self._languages[(index + step) % len(self._languages)]
        self._fill()

    def action_search(self) -> None:
        self._field.display = True
        self._field.focus()

    def on_input_changed(self, event: Input.Changed) -> None:
        self._query = event.value
        self._fill()

    def on_input_submitted(self) -> None:
        self._table.focus()

    def action_close(self) -> None:
        if self._field.has_focus or self._query:
            self._field.value = ""
            self._field.display = False
            self._table.focus()
        else:
            self.dismiss(self._followed)
