"""What a reader sees of a case, whichever program shows it."""

from __future__ import annotations

import re
from dataclasses import dataclass, field

from tests.hostile.stage import Asked
from tests.terminal import hostile_bytes

HONEST_OSC = {2, 8, 11, 22}
"""Title, links, background colour and pointer shape, which the app itself sends."""
LINK = re.compile(rb"\x1b\]8;(?:id=[0-9]+)?;(?:(?:https?://|mailto:)[\x21-\x7e]*)?\x1b\\")
"""A link as the app writes it: of a kind that it lets through, percent-encoded."""


@dataclass
class Seen:
    """Everything that came of one case."""

    code: int = 0
    """The exit status of the refresh, the reading or the import."""
    seconds: float = 0.0
    memory: float = 0.0
    """The most that the process held, MB."""
    titles: list[str] = field(default_factory=list)
    """Headlines in the cache, the good one from before not among them."""
    kept: bool = True
    """Whether the good one is still there."""
    error: str = ""
    damaged: bool = False
    output: bytes = b""
    """All that was written to stdout and stderr of a pipe."""
    raw: bytes = b""
    """All that was written to the terminal."""
    screen: str = ""
    """The screens that were looked at."""
    window: str = ""
    """The window's title at the end."""
    answered: float = 0.0
    """The longest that a key took on the terminal, seconds."""
    alive: bool = True
    asked: list[Asked] = field(default_factory=list)
    """The requests after the seeding."""
    text: str = ""
    """What `read` printed."""
    config: str = ""
    """`sources.toml` afterwards."""
    opened: list[str] = field(default_factory=list)
    """The addresses that were handed to the reader's browser."""

    def escapes(self) -> dict[str, list[bytes]]:
        """Bytes that steer a terminal, wherever they were written."""
        piped = re.sub(rb"\x1b\[[0-9]*m", b"", self.output)
        found = hostile_bytes(LINK.sub(b"", self.raw), osc=HONEST_OSC - {8})
        if b"\x1b" in piped:
            found["escape in a pipe"] = re.findall(rb"\x1b.{0,20}", piped)[:3]
        for kind, bytes_ in hostile_bytes(piped.replace(b"\t", b" ")).items():
            found.setdefault(kind, bytes_)
        return found
