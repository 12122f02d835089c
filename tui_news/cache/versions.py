"""What the reader read of an article that has changed since: kept in its head record, as long as it is kept.

A head's `_v` is `{"t": when the change was met, "h": headline, "d": deck as they were read, "f": 1 when that
text was the page's, "b": place of that text when it was another, "r": when it was read, "s": when the reader
saw that it had changed, "l": [[until when, headline], ...]}`; times are milliseconds since 1970. The text is
the very record that the article had: nothing is written twice, and a compaction takes it along, as `{"was",
"blocks"}`.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from typing import TYPE_CHECKING, Any, Final

from tui_news.model import WITHDRAWN, Block, Withdrawn, block_from_dict
from tui_news.text.substance import substance

if TYPE_CHECKING:
    from dataclasses import dataclass, field
else:
    from tui_news.records import dataclass, field

MAX_HEADLINES: Final = 8
"""Former headlines that are kept, the last ones."""
LOOK: Final = 600_000
"""What changes within ten minutes after the reader has looked belongs to that look: an entry that has changed
has its page fetched again when it is opened."""
_EXCERPT: Final = 40

Texts = Callable[[Mapping[str, Any]], "list[Any] | None"]
"""Blocks in their JSON form by a record that says in `_b` where they stand; None when they are lost."""


@dataclass(frozen=True, slots=True)
class Past:
    """What became of an article. Times are milliseconds since 1970, 0 for unknown or never."""

    read: int = 0
    """When the former version was read."""
    changed: int = 0
    """When it was first met in another form."""
    seen: int = 0
    """When the reader saw that."""
    headline: str = ""
    """As it was read; this and the next three only where `changed`."""
    deck: str = ""
    full: bool = False
    """That text was the whole article, read from its page."""
    blocks: tuple[Block, ...] | None = None
    """The text as it was read; None when that has not changed, or is lost."""
    headlines: Sequence[tuple[int, str]] = field(default_factory=tuple)
    """Former headlines, oldest first, with the time until which each stood."""
    withdrawn: Withdrawn = ""
    since: int = 0
    """When it was withdrawn, or found so."""
    comment: str = ""
    """What its source says to that."""

    @property
    def unseen(self) -> bool:
        """Whether the reader does not know yet."""
        return bool(self.changed and not self.seen)


def text_of(blocks: Sequence[Any] | None) -> str:
    """Blocks in their JSON form as plain text; '' for what is none."""
    try:
        return "\n".join(block_from_dict(block).text for block in blocks or ())
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return ""


def differ(one: str, other: str) -> bool:
    """Whether two texts say different things."""
    return one != other and substance(one) != substance(other)


def note(
    old: Mapping[str, Any], doc: dict[str, Any], blocks: Sequence[Any] | None, texts: Texts, moment: int
) -> bool:
    """Note in `doc`, which replaces the head record `old` of an article that was read, what was read of it.
    `blocks` is its new text, None when it stays. True when it says something else than what was read."""
    headline, deck = str(old.get("headline", "")), str(old.get("deck", ""))
    before = dict(old["_v"]) if isinstance(old.get("_v"), dict) else {}
    renamed = differ(headline, str(doc.get("headline", "")))
    rewritten = False
    was = now = ""
    if blocks is not None and old.get("_b") and bool(old.get("full")) == bool(doc.get("full")):
        was, now = substance(text_of(texts(old))), substance(text_of(blocks))
        rewritten = was != now
    redecked = differ(deck, str(doc.get("deck", ""))) and not (
        rewritten and _opens(deck, was) and _opens(str(doc.get("deck", "")), now)
    )
    if not (renamed or rewritten or redecked):
        if before:
            doc["_v"] = before
        return False
    if before and ("s" not in before or 0 <= moment - before["s"] < LOOK):
        kept = {name: value for name, value in before.items() if name != "s"}
    else:
        kept = {"h": headline, "d": deck, "l": before.get("l", [])}
        if old.get("full"):
            kept["f"] = 1
        if "s" in before:
            kept["r"] = before["s"]
    kept["t"] = moment
    if renamed:
        kept["l"] = [*kept.get("l", []), [moment, headline]][-MAX_HEADLINES:]
    if rewritten and "b" not in kept:
        kept["b"] = old["_b"]
    elif rewritten and now == substance(text_of(texts({"id": old["id"], "_b": kept["b"]}))):
        del kept["b"]
    doc["_v"] = kept
    if "b" in kept or differ(str(kept["h"]), str(doc.get("headline", ""))):
        return True
    if differ(str(kept["d"]), str(doc.get("deck", ""))):
        return True
    kept["s"] = moment  # it says again what was read: there is nothing to be seen
    return False


def _opens(deck: str, text: str) -> bool:
    """Whether a deck is the beginning of the text, cut short."""
    said = substance(deck.removesuffix("…"))
    return said[-_EXCERPT:] in text[: len(said) + 400]


def records_of(past: Past) -> dict[str, Any]:
    """The inverse of `past_of`: `_v` without the place of the text, and `_w`."""
    found: dict[str, Any] = {}
    if past.changed:
        kept = {
            "t": past.changed, "h": past.headline, "d": past.deck, "f": int(past.full), "r": past.read,
            "s": past.seen, "l": [list(one) for one in past.headlines][-MAX_HEADLINES:],
        }  # fmt: skip
        found["_v"] = {name: value for name, value in kept.items() if value or name in "thd"}
    if past.withdrawn:
        found["_w"] = {"k": past.withdrawn, "t": past.since}
        if past.comment:
            found["_w"]["c"] = past.comment
    return found


def past_of(head: Mapping[str, Any], texts: Texts) -> Past | None:
    """What became of the article of a head record; None when it is as it was."""
    kept, fate = head.get("_v"), head.get("_w")
    try:
        values: dict[str, Any] = {}
        if isinstance(kept, dict):
            values = {
                "read": int(kept.get("r", 0)), "changed": int(kept["t"]), "seen": int(kept.get("s", 0)),
                "headline": str(kept.get("h", "")), "deck": str(kept.get("d", "")),
                "full": bool(kept.get("f")),
                "headlines": tuple((int(until), str(text)) for until, text in kept.get("l", ())),
            }  # fmt: skip
            found = texts({"id": head["id"], "_b": kept["b"]}) if kept.get("b") else None
            if found is not None:
                values["blocks"] = tuple(map(block_from_dict, found))
        if isinstance(fate, dict) and fate.get("k") in WITHDRAWN:
            values |= {"withdrawn": fate["k"], "since": int(fate["t"]), "comment": str(fate.get("c", ""))}
    except (KeyError, TypeError, ValueError, IndexError, AttributeError):
        return None
    return Past(**values) if values else None
