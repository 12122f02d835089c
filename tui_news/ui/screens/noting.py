"""Writing a note on an article."""

from __future__ import annotations

from tui_news.i18n import _
from tui_news.text.width import fit
from tui_news.ui.screens.writing import WritingSheet


class NoteScreen(WritingSheet[str]):
    """Gives back the note as it is to be, empty for none; None when it stays as it was."""

    def __init__(self, headline: str, note: str) -> None:
        super().__init__(_("Note · {headline}", headline=fit(headline, 60)), note)
        self._before = note
        self._sure = False

    def on_mount(self) -> None:
        super().on_mount()
        self.hint(
            _("{finish} keeps it · {editor} your editor · Esc leaves it as it was · empty removes it",
              finish=self.key_of("finish"), editor=self.key_of("editor"))
        )  # fmt: skip

    def finish(self) -> None:
        self.dismiss(self.area.text)

    def action_back(self) -> None:
        if self.area.text != self._before and not self._sure:
            self._sure = True
            self.say(
                _(
                    "Not kept yet · {finish} keeps it · Esc again throws it away",
                    finish=self.key_of("finish"),
                ),
                serious=True,
            )
            return
        self.dismiss(None)

    def on_text_area_changed(self) -> None:
        if self._sure:
            self._sure = False
            self.say("")
