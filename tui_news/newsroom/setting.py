"""How the reader wants text to be set, on the screen and on paper alike."""

from __future__ import annotations

from tui_news.config import Config
from tui_news.i18n import _
from tui_news.typeset.hyphens import installed
from tui_news.typeset.lines import Options


def text_setting(config: Config) -> Options:
    """The settings of `[text]` that hold wherever the text is shown."""
    return Options(
        justify=config.flag("text.justify"),
        hyphenate=config.flag("text.hyphenate"),
        bidi="reorder" if config.text("text.bidi") == "reorder" else "terminal",
        ambiguous_wide=config.flag("ui.ambiguous_wide"),
    )


def lacking(config: Config) -> list[str]:
    """What a setting of `[text]` needs and does not find, one line each with the next step."""
    if config.flag("text.hyphenate") and not installed():
        return [
            _(
                "text.hyphenate divides no word: pyphen is missing; "
                "`pip install 'tui-news[hyphens]'` or `pip install pyphen` brings it"
            )
        ]
    return []
