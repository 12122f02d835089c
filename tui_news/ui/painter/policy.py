"""What the painter may rely on: the terminal's abilities, guessed from its environment."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

from rich.color import ColorSystem

from tui_news.early import fills

TYPE_CHECKING = False
if TYPE_CHECKING:
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass

__all__ = ["Policy"]

# An update below this many bytes travels in one packet and one read, so a terminal shows it whole anyway;
# the pair of mode changes would cost 16 bytes on every key. 1,448 bytes go into a segment of TCP over
# Ethernet, and up to 60 of them are SSH's.
_SYNC_FROM = 1380


@dataclass(frozen=True, slots=True)
class Policy:
    """Which sequences the painter may use.

    `colors` is the richest colour system to write (None: none at all); `erase_colored` whether erasing fills
    with the current background; `links` whether OSC 8 is written; `sync_from` the size in bytes from which
    an update is wrapped in synchronized output, where the terminal has it; `ambiguous_wide` whether the
    terminal draws East Asian ambiguous characters two cells wide; `slow` whether the line is slow;
    `linefeed` whether a line feed arrives as one, and no carriage return is added on the way; `columns`
    whether the terminal can scroll a part of its width (it has answered that it knows DECLRMM).
    """

    colors: ColorSystem | None = ColorSystem.TRUECOLOR
    erase_colored: bool = True
    links: bool = True
    sync_from: int = _SYNC_FROM
    ambiguous_wide: bool = False
    slow: bool = False
    linefeed: bool = False
    columns: bool = False

    @classmethod
    def detect(cls, environ: Mapping[str, str], colors: ColorSystem | None) -> Policy:
        """The policy for this environment and the colour system that Rich found."""
        term = environ.get("TERM", "")
        policy = cls(colors=colors, erase_colored=fills(environ), links=term != "linux")
        return policy.lean() if environ.get("TUI_NEWS_SLOW", "") not in ("", "0") else policy

    def lean(self) -> Policy:
        """The same for a slow line: 256 colours (11 bytes in place of up to 19), no link targets."""
        colors = ColorSystem.EIGHT_BIT if self.colors is ColorSystem.TRUECOLOR else self.colors
        return replace(self, colors=colors, links=False, slow=True)
