"""The sources with their state: status, latency, last success, next try, and what went wrong."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from functools import partial
from typing import ClassVar

from rich.text import Text
from textual.binding import Binding, BindingType
from textual.content import Content
from textual.widget import Widget
from textual.widgets import DataTable, Static

from tui_news.cache.errors import CacheError
from tui_news.i18n import _, mark
from tui_news.model import FeedStatus, Source
from tui_news.newsroom import Newsroom, arrange, now
from tui_news.newsroom.follow import FollowError, pause
from tui_news.text.address import host_of
from tui_news.text.when import ago
from tui_news.text.width import fit
from tui_news.ui.keys import bindings
from tui_news.ui.screens.sheet import Sheet

COLUMNS = (
    "", mark("Source"), mark("Status"), mark("Latency"), mark("Success"), mark("Next try"), mark("Held"),
)  # fmt: skip


class SourcesScreen(Sheet[list[Source]]):
    """A table of sources, those in error first. Gives back the sources to refresh, if any."""

    BINDINGS: ClassVar[list[BindingType]] = [
        *bindings(("sources", "refresh", "refresh_all", "pause", "rename", "remove", "take_back")),
        Binding("exclamation_mark", "certificate", show=False),
    ]
    frame = "sheet wide-sheet"

    def __init__(self, newsroom: Newsroom, keys: Callable[[str], str]) -> None:
        super().__init__(
            _("Sources"),
            _(
                "{refresh} refresh · {refresh_all} refresh failed · {pause} pause · {rename} rename · "
                "{remove} remove · {take_back} undo · Esc closes",
                refresh=keys("refresh"),
                refresh_all=keys("refresh_all"),
                pause=keys("pause"),
                rename=keys("rename"),
                remove=keys("remove"),
                take_back=keys("take_back"),
            ),
        )
        self._newsroom = newsroom
        self._key = keys
        self._sources: list[Source] = []
        self.rows = self._table = DataTable[Text](cursor_type="row", cell_padding=1)
        self._about = Static(id="detail")

    def body(self) -> Iterable[Widget]:
        yield self._table
        yield self._about

    def on_mount(self) -> None:
        self._table.add_columns(*(Text(_(name) if name else "") for name in COLUMNS))
        self._fill()
        self._table.focus()

    def _fill(self) -> None:
        row = self._table.cursor_row
        self._table.clear()
        cache = self._newsroom.cache
        self._sources = sorted(
            self._newsroom.subscriptions.sources, key=lambda source: (not cache.status(source.id).error,)
        )
        counts = cache.counts([source.id for source in self._sources])
        name_width = max(12, min(40, self.app.size.width - 59))
        for source in self._sources:
            status = cache.status(source.id)
            count = counts.get(source.id)
            self._table.add_row(
                Text(_sign(source, status), style="bold"),
                Text(fit(self._newsroom.source_name(source.id), name_width)),
                Text(_state(source, status)),
                Text(f"{status.latency * 1000:.0f} ms" if status.checked else "", justify="right"),
                Text(ago(status.succeeded, now())),
                Text(_next(source, status)),
                Text(str(count.total) if count else "0", justify="right"),
            )
        self._table.move_cursor(row=min(row, max(0, len(self._sources) - 1)))
        self._detail()

    @property
    def _current(self) -> Source | None:
        row = self._table.cursor_row
        return self._sources[row] if 0 <= row < len(self._sources) else None

    def _detail(self) -> None:
        source = self._current
        detail = self._about
        if source is None:
            detail.update(Content(_("No sources yet · C opens the catalogue, a adds an address.")))
            return
        status = self._newsroom.cache.status(source.id)
        section = " › ".join(source.section) or _("no section")
        where = f"{source.address}\n{section} · {source.kind} · id {source.id}"
        if source.insecure:
            where += "\n" + _("Its certificate is not checked; ! checks it again.")
        elif "`tui-news sources certificate" in status.error:
            where += "\n" + _("! takes any certificate of this source's host.")
        damaged = "\n" + _("The feed is damaged; what could be read was kept.") if status.damaged else ""
        error = Content.styled(f"\n{status.error}", "$text-error") if status.error else Content(damaged)
        detail.update(Content.assemble(Content(where), error))

    def on_data_table_row_highlighted(self) -> None:
        self.unsure()
        self._detail()

    def action_refresh(self) -> None:
        if self._current:
            self.dismiss([self._current])

    def on_data_table_row_selected(self) -> None:
        self.action_refresh()

    def action_refresh_all(self) -> None:
        failed = [source for source in self._sources if self._newsroom.cache.status(source.id).error]
        if failed:
            self.dismiss(failed)

    def action_pause(self) -> None:
        if source := self._current:
            paused = not (source.paused or self._newsroom.cache.status(source.id).gone)
            self._change(partial(pause, self._newsroom, source, paused))

    def action_remove(self) -> None:
        source = self._current
        if source is None:
            return
        if not self.sure(("remove", source.id)):
            name = self._newsroom.source_name(source.id)
            key = self._key("remove")
            self._about.update(
                Content(
                    _(
                        "Remove “{name}” and its cached articles? {key} again does it, any other key does "
                        "not.",
                        name=name,
                        key=key,
                    )
                )
            )
            return
        self._change(partial(arrange.remove_source, self._newsroom, source))

    def action_certificate(self) -> None:
        """Take any certificate of this source's host: the second press is the reader's yes to it."""
        source = self._current
        if source is None:
            return
        if source.insecure:
            self._change(partial(self._newsroom.trust.take_certificate, source, False))
        elif not source.url.startswith("https:"):
            self._about.update(Content(_("This source is not asked over https, so it has no certificate.")))
        elif not self.sure(("certificate", source.id)):
            self._about.update(
                Content(
                    _(
                        "Take any certificate of {host}? Anyone on the way could then read and change what "
                        "it sends, and take a password that is sent there. ! again does it.",
                        host=host_of(source.url),
                    )
                )
            )
        else:
            self._change(partial(self._newsroom.trust.take_certificate, source, True))

    def action_rename(self) -> None:
        source = self._current
        if source is None:
            return
        old = self._newsroom.source_name(source.id)

        def done(name: str) -> None:
            if name.strip() != old:
                self._change(partial(arrange.rename_source, self._newsroom, source, name.strip()))

        self.ask(_("New name (empty for the feed's own):"), done, value=old)

    def action_take_back(self) -> None:
        self._change(lambda: arrange.take_back(self._newsroom))

    def _change(self, change: Callable[[], object]) -> None:
        """Change the sources; what cannot be written is said in place of the source's details."""
        try:
            change()
        except (FollowError, CacheError) as error:
            self._about.update(Content.styled(str(error), "$text-error"))
        else:
            self._fill()

    def action_sources(self) -> None:
        self.dismiss(None)


def _sign(source: Source, status: FeedStatus) -> str:
    if source.paused or status.gone:
        return "‖"
    return "✗" if status.error else "✓" if status.succeeded else " "


def _state(source: Source, status: FeedStatus) -> str:
    if source.paused:
        return _("paused")
    if status.gone:
        return _("gone (410)")
    if not status.checked:
        return _("not asked yet")
    if status.damaged:
        return _("{status} damaged", status=status.status)
    return str(status.status) if status.status else _("no answer")


def _next(source: Source, status: FeedStatus) -> str:
    if source.paused or status.gone:
        return "—"
    if status.next_try is None or status.next_try <= now():
        return _("due")
    return ago(status.next_try, now())
