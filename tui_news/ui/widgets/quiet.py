"""Widgets that look the same with and without the focus."""

from __future__ import annotations

from textual import events


class QuietFocus:
    """Goes before the widget's own class: when the focus comes or goes, nothing is styled or drawn again.

    Textual works out the styles of the widget and draws it whole, which for a screen of text costs as much
    as opening the article. No style of ours says `:focus` or `:focus-within`.
    """

    has_focus: bool

    def watch_has_focus(self, _has_focus: bool) -> None:
        """In place of the widget's own, which applies the style sheet."""

    def _on_focus(self, event: events.Focus) -> None:
        event.prevent_default()
        self.has_focus = True

    def _on_blur(self, event: events.Blur) -> None:
        event.prevent_default()
        self.has_focus = False
