"""The themes: light and dark, high contrast, one in the terminal's own 16 colours, one without colour."""

from __future__ import annotations

from textual.theme import Theme

_ANSI = {
    "ansi": True,
    "foreground": "ansi_default",
    "background": "ansi_default",
    "surface": "ansi_default",
    "panel": "ansi_default",
}

# What Textual's own widgets use and does not make from these colours: a cursor is the reverse of the text,
# which shows in every terminal.
_ANSI_VARIABLES = {
    "ansi-background": "ansi_default",
    "ansi-foreground": "ansi_default",
    "border-blurred": "ansi_default",
    "block-cursor-foreground": "ansi_default",
    "block-cursor-background": "ansi_default",
    "block-cursor-text-style": "reverse",
    "block-cursor-blurred-background": "ansi_default",
    "block-hover-background": "ansi_default",
    "input-cursor-background": "ansi_default",
    "input-cursor-foreground": "ansi_default",
    "input-cursor-text-style": "reverse",
    "input-selection-background": "ansi_default",
    "input-selection-foreground": "ansi_default",
    "screen-selection-background": "ansi_default",
    "screen-selection-foreground": "ansi_default",
    **dict.fromkeys(
        ("scrollbar", "scrollbar-hover", "scrollbar-active", "scrollbar-background", "scrollbar-corner-color",
         "scrollbar-background-hover", "scrollbar-background-active"), "ansi_default",
    ),
}  # fmt: skip

# `variables` are the newspaper's own: muted (times, decks), rule, unread, link, mark (search hits).


def _own(muted: str, rule: str, link: str, hit: str, hit_text: str) -> dict[str, str]:
    return {
        "news-muted": muted,
        "news-rule": rule,
        "news-link": link,
        "news-hit": hit,
        "news-hit-text": hit_text,
        # Without colours a hit is the reverse of the text.
        "news-hit-style": "reverse" if hit == "ansi_default" else "none",
    }


# The default's are all of the 256 that terminals have by number: the painter writes them with 8 bytes less.
# (Textual takes #d8 of some for #d7.)
THEMES: tuple[Theme, ...] = (
    Theme(
        "ink", primary="#d8af5f", secondary="#87afd7", accent="#d8af5f", foreground="#e4e4e4",
        background="#1c1c1c", surface="#262626", panel="#303030", success="#87af87", warning="#d8af5f",
        error="#d88787", variables=_own("#9e9e9e", "#4e4e4e", "#87afd7", "#875f00", "#ffffd7"),
    ),
    Theme(
        "paper", primary="#8a2f1c", secondary="#2f5573", accent="#8a2f1c", foreground="#26221c",
        background="#f6f1e6", surface="#efe8d8", panel="#e4dbc6", success="#3f6b2f", warning="#8a5a10",
        error="#a3261a", dark=False, variables=_own("#6d665a", "#c4b99f", "#1f5688", "#f0d890", "#26221c"),
    ),
    Theme(
        "dusk", primary="#88c0d0", secondary="#b48ead", accent="#88c0d0", foreground="#d8dee9",
        background="#242933", surface="#2e3440", panel="#3b4252", success="#a3be8c", warning="#ebcb8b",
        error="#d08080", variables=_own("#929cb0", "#4c566a", "#8fc7d6", "#5e5230", "#fff4d0"),
    ),
    Theme(
        "salmon", primary="#7a1f3d", secondary="#0d6680", accent="#7a1f3d", foreground="#33302e",
        background="#fff1e5", surface="#f7e4d4", panel="#f0d8c4", success="#3b6e3b", warning="#8a5a10",
        error="#b0241c", dark=False, variables=_own("#716a64", "#d9c3b0", "#0d5f78", "#ffd98a", "#33302e"),
    ),
    Theme(
        "contrast-dark", primary="#ffff00", secondary="#00ffff", accent="#ffff00", foreground="#ffffff",
        background="#000000", surface="#000000", panel="#202020", success="#00ff00", warning="#ffff00",
        error="#ff8080", variables=_own("#d8d8d8", "#909090", "#80d8ff", "#ffff00", "#000000"),
    ),
    Theme(
        "contrast-light", primary="#00008b", secondary="#5a005a", accent="#00008b", foreground="#000000",
        background="#ffffff", surface="#ffffff", panel="#e0e0e0", success="#004d00", warning="#6a3d00",
        error="#a00000", dark=False, variables=_own("#303030", "#606060", "#00008b", "#ffe000", "#000000"),
    ),
    Theme(
        "sixteen", primary="ansi_yellow", secondary="ansi_cyan", accent="ansi_yellow", success="ansi_green",
        warning="ansi_yellow", error="ansi_red",
        variables=_ANSI_VARIABLES
        | _own("ansi_bright_black", "ansi_bright_black", "ansi_cyan", "ansi_yellow", "ansi_black"),
        **_ANSI,  # type: ignore[arg-type]
    ),
    Theme(
        "mono", primary="ansi_default", secondary="ansi_default", accent="ansi_default",
        success="ansi_default", warning="ansi_default", error="ansi_default",
        variables=_ANSI_VARIABLES
        | _own("ansi_default", "ansi_default", "ansi_default", "ansi_default", "ansi_default"),
        **_ANSI,  # type: ignore[arg-type]
    ),
)  # fmt: skip

NAMES = tuple(theme.name for theme in THEMES)
