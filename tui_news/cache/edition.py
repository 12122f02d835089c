"""The prepared edition: the newest heads and the counts in one small file, so that a start costs the
same at 100,000 articles as at 1,000. Derived: it may be thrown away at any time."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from tui_news.cache.codec import dumps, frame, loads, unframe
from tui_news.cache.journal import replace_file

EDITION_FORMAT = 1
SIZE = 400

Signature = tuple[int, int]


@dataclass(slots=True)
class Edition:
    """What was true when it was made, and of which files."""

    heads: list[dict[str, Any]] = field(default_factory=list)
    """Head records, newest first."""
    complete: bool = True
    """True when no article is older than these."""
    counts: dict[str, tuple[int, int]] = field(default_factory=dict)
    """Total and unread of each source."""
    files: dict[str, Signature] = field(default_factory=dict)
    """Size and time of change of each heads journal, by file name."""
    state_gen: str = ""
    state_end: int = 0

    @property
    def floor(self) -> int:
        """Every article newer than this is in it."""
        return -(1 << 62) if self.complete or not self.heads else int(self.heads[-1]["_t"])

    def save(self, path: Path) -> None:
        """Write it. Raises `CacheError`."""
        value = {
            "edition": EDITION_FORMAT, "complete": self.complete, "counts": self.counts, "files": self.files,
            "gen": self.state_gen, "end": self.state_end,
        }  # fmt: skip
        replace_file(path, (frame(dumps(value)), *[frame(dumps(head)) for head in self.heads]), sync=False)

    @classmethod
    def load(cls, path: Path) -> Edition | None:
        """None when the file is absent or damaged."""
        try:
            lines = path.read_bytes().split(b"\n")
        except OSError:
            return None
        if lines.pop():
            return None
        payloads = [unframe(line) for line in lines]
        if not payloads or None in payloads:
            return None
        try:
            value = loads(payloads[0] or b"")
            if value["edition"] != EDITION_FORMAT:
                return None
            return cls(
                loads(b"[" + b",".join(payloads[1:]) + b"]"),  # type: ignore[arg-type]
                bool(value["complete"]),
                {str(k): (int(a), int(b)) for k, (a, b) in value["counts"].items()},
                {str(k): (int(a), int(b)) for k, (a, b) in value["files"].items()},
                str(value["gen"]),
                int(value["end"]),
            )
        except (ValueError, KeyError, TypeError):
            return None
