"""The prepared edition: the newest heads and the counts in one small file, so that a start costs the
same at 100,000 articles as at 1,000. Derived: it may be thrown away at any time."""

from __future__ import annotations

from tui_news.cache import sound
from tui_news.cache.codec import dumps, frame, loads, parse_id, unframe
from tui_news.cache.files import replace_file
from tui_news.folders import plain

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path
    from typing import Any

EDITION_FORMAT = 1
SIZE = 400

Signature = tuple[int, int]
Pair = tuple[int, int]


class Edition:
    """What was true when it was made, and of which files.

    `payloads` are head records, newest first, decoded only when they are asked for; `floor` is the time
    above which no article is missing; `counts` are total and unread of each source; `files` the size and
    time of change of each heads journal; `gen` and `end` where the reader's journal stood.
    """

    def __init__(
        self,
        payloads: Sequence[bytes],
        floor: int,
        counts: Mapping[str, Pair],
        files: Mapping[str, Signature],
        gen: str,
        end: int,
    ) -> None:
        self.payloads = payloads
        self.floor = floor
        self.counts = counts
        self.files = files
        self.gen = gen
        self.end = end

    def heads(self, count: int) -> list[dict[str, Any]]:
        """The newest head records."""
        payloads = self.payloads[:count]
        try:
            found = loads(b"[" + b",".join(payloads) + b"]")
        except ValueError:
            found = list(map(_value, payloads))
        return [sound.head(head) for head in found if _is_head(head)]

    def source_of(self, id: str) -> str | None:
        """The source of an article that is in it; None when it is not."""
        needle = b'"id":"%b"' % id.encode("ascii", "replace")
        for payload in self.payloads:
            if needle in payload:
                head = _value(payload)
                if _is_head(head) and head["id"] == id:
                    return str(head["source"])
        return None

    def save(self, path: Path) -> None:
        """Write it. Raises `CacheError`."""
        value = {
            "edition": EDITION_FORMAT, "floor": self.floor, "counts": self.counts, "files": self.files,
            "gen": self.gen, "end": self.end, "heads": len(self.payloads),
        }  # fmt: skip
        replace_file(path, (frame(dumps(value)), *map(frame, self.payloads)), sync=False)

    @classmethod
    def load(cls, path: Path) -> Edition | None:
        """None when the file is absent or damaged."""
        try:
            with open(path, "rb", buffering=0, opener=plain) as file:
                lines = file.readall().split(b"\n")
        except OSError:
            return None
        if lines.pop() or not lines:
            return None
        payloads: list[bytes] = []
        for line in lines:
            payload = unframe(line)
            if payload is None:
                return None
            payloads.append(payload)
        try:
            value = loads(payloads[0])
            if value["edition"] != EDITION_FORMAT or value["heads"] != len(payloads) - 1:
                return None
            return cls(
                payloads[1:],
                int(value["floor"]),
                {str(k): (int(a), int(b)) for k, (a, b) in value["counts"].items()},
                {str(k): (int(a), int(b)) for k, (a, b) in value["files"].items()},
                str(value["gen"]),
                int(value["end"]),
            )
        except (ValueError, KeyError, TypeError, AttributeError, OverflowError):
            return None


def _value(payload: bytes) -> Any:
    try:
        return loads(payload)
    except ValueError:
        return None


def _is_head(value: Any) -> bool:
    """Whether it is a head record, as far as a list needs it."""
    if not isinstance(value, dict) or not sound.number(value.get("_t")):
        return False
    id, source = value.get("id"), value.get("source")
    return isinstance(id, str) and parse_id(id) is not None and isinstance(source, str)
