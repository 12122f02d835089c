"""How the reader wants text to be set, on the screen and on paper alike."""

from __future__ import annotations

from tui_news.config import Config
from tui_news.typeset.lines import Options


def text_setting(config: Config) -> Options:
    """The settings of `[text]` that hold wherever the text is shown."""
    return Options(
        justify=config.flag("text.justify"),
        hyphenate=config.flag("text.hyphenate"),
        bidi="reorder" if config.text("text.bidi") == "reorder" else "terminal",
        ambiguous_wide=config.flag("ui.ambiguous_wide"),
    )
