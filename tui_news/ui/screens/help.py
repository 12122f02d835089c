"""Help: every action with the keys it really has now."""

from __future__ import annotations

from collections.abc import Mapping

from textual.content import Content

from tui_news.i18n import _
from tui_news.text.width import pad
from tui_news.ui.keys import ACTIONS, GROUPS, shown
from tui_news.ui.screens.sheet import TextSheet

KEY_WIDTH = 20


class HelpScreen(TextSheet):
    """The keys by group."""

    def __init__(self, keys: Mapping[str, str]) -> None:
        super().__init__(_("tui-news · keys"), help_text(keys))


def help_text(keys: Mapping[str, str]) -> Content:
    """The help as text; `keys` maps action ids to Textual's key names."""
    parts: list[Content | tuple[str, str] | str] = []
    for group in GROUPS:
        parts.append((f"{_(group)}\n", "bold $accent"))
        for action in ACTIONS:
            if action.group == group and keys.get(action.id):
                names = " ".join(shown(key) for key in keys[action.id].split(","))
                parts += [(pad(names, KEY_WIDTH), "bold"), f" {_(action.help)}\n"]
        if group == "Sections and lists":
            parts += [(pad("1 … 9", KEY_WIDTH), "bold"), f" {_('that section')}\n"]
        if group == "Comments":
            parts += [
                (pad("1 … 9", KEY_WIDTH), "bold"),
                f" {_('so many levels of answers, 9 all; remembered')}\n",
            ]
        parts.append("\n")
    parts += [
        (_("The mouse works everywhere.") + " ", ""),
        (_("Keys are changed in config.toml under [keys]; the preset “newsboat” is set by ui.preset."), ""),
        ("\n", ""),
    ]
    return Content.assemble(*parts)
