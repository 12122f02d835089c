"""Records as they come from the disk: what is no value of its field is left out, all text is clean.

Everything was cleaned before it was written. But a file may have been edited, or come with a backup or from
another machine: its checksum proves that it is whole, not that it is ours. What is sound costs a look.
"""

from __future__ import annotations

from datetime import datetime

from tui_news.model import BLOCK_KINDS

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any

_TEXTS = frozenset(
    {
        "id", "source", "url", "headline", "kicker", "deck", "agency", "place", "editor", "comments_url",
        "comments_feed", "comments_post", "language", "charset", "picture",
    }
)  # fmt: skip
_LISTS = frozenset({"authors", "breadcrumb", "tags", "notes", "_k"})
_TIMES = frozenset({"published", "updated", "fetched"})
_NUMBERS = frozenset({"comments", "_t", "_f", "_g", "_a"})
WIDEST = 1 << 64
_DEEPEST = 12
_FARTHEST = 1_000_000_000


def line(text: str) -> str:
    """A text of one line, as it was cleaned when it came in."""
    if text.isprintable() or _is_printed(text):
        return text
    from tui_news.text.clean import BODY_LIMIT, clean_line

    return clean_line(text, BODY_LIMIT)


def _is_printed(text: str) -> bool:
    """Whether what is not printable, as Python sees it, are only ideographic spaces and joiners within emoji:
    they are in every other newspaper, and the cleaner's tables take longer to load than all that is read."""
    text = text.replace("\u3000", "")
    if "\u200d" in text:
        parts = text.split("\u200d")
        ends = [*[part[-1:] for part in parts[:-1]], *[part[:1] for part in parts[1:]]]
        if not all(map(_is_emoji, ends)):
            return False
        text = "".join(parts)
    return text.isprintable()


def _is_emoji(char: str) -> bool:
    return "\U0001f300" <= char <= "\U0001faff"


def body(text: str) -> str:
    """A text of several lines, as it was cleaned when it came in."""
    if text.isprintable() or text.replace("\n", "").isprintable():
        return text
    from tui_news.text.clean import clean_body

    return clean_body(text)


def number(value: object, most: int = WIDEST) -> bool:
    """Whether a value is a whole number that a column holds."""
    return type(value) is int and -most < value < most


def head(record: dict[str, Any]) -> dict[str, Any]:
    """A head record, as it is or without what is none of an article's values."""
    wrong: dict[str, Any] = {}
    for name, value in record.items():
        if name in _TEXTS:
            if type(value) is not str:
                wrong[name] = None
            elif not value.isprintable():
                wrong[name] = line(value)
        elif name in _LISTS:
            if type(value) is not list or not all(type(each) is str and each.isprintable() for each in value):
                wrong[name] = _texts(value)
        elif name in _TIMES:
            if type(value) is not str or not _is_time(value):
                wrong[name] = None
        elif name in _NUMBERS:
            if not number(value):
                wrong[name] = None
        elif name == "_b":
            if not _is_place(value):
                wrong[name] = [0, 0]  # lost: it is looked for
        elif name != "full" and name != "_o":
            wrong[name] = _CHECKS[name](value) if name in _CHECKS else value
    if not wrong:
        return record
    return {
        name: value
        for name, old in record.items()
        if (value := wrong.get(name) if name in wrong else old) is not None
    }


def blocks(value: Any) -> list[Any]:
    """A body's blocks in their JSON form, without what is none. Raises TypeError where there are none."""
    if type(value) is not list:
        raise TypeError("no blocks")
    return [_block(block) for block in value if type(block) is dict and "k" in block]


def _block(block: dict[str, Any]) -> dict[str, Any]:
    if len(block) == 2 and block["k"] == "paragraph" and type(runs := block.get("r")) is list:  # noqa: SIM102
        # Most of a text: a paragraph of plain runs.
        if all(type(run) is str and run.isprintable() for run in runs):
            return block
    kind = block["k"]
    found: dict[str, Any] = {"k": kind if kind in BLOCK_KINDS else "paragraph", "r": _runs(block.get("r"))}
    for name, most in (("l", _DEEPEST), ("o", _FARTHEST)):
        if number(block.get(name)):
            found[name] = min(max(0, block[name]), most)
    for name in ("src", "alt"):
        if type(text := block.get(name)) is str:
            found[name] = line(text)
    if type(rows := block.get("rows")) is list:
        found["rows"] = [[_runs(cell) for cell in row] for row in rows if type(row) is list]
    if block.get("h"):
        found["h"] = True
    if type(anchors := block.get("a")) is list:
        found["a"] = _texts(anchors)
    return found


def _runs(value: Any) -> list[Any]:
    found: list[Any] = []
    for run in value if type(value) is list else ():
        if type(run) is str:
            found.append(body(run))
        elif type(run) is list and run and all(type(part) is str for part in run):
            found.append([body(run[0]), *map(line, run[1:3])])
    return found


def _texts(value: Any) -> list[str] | None:
    return [line(each) for each in value if type(each) is str] if type(value) is list else None


def _is_time(text: str) -> bool:
    try:
        datetime.fromisoformat(text)
    except ValueError:
        return False
    return True


def _is_place(value: Any) -> bool:
    return (
        type(value) is list and len(value) == 2 and all(number(part, 1 << 53) and part >= 0 for part in value)
    )


def _enclosures(value: Any) -> list[Any] | None:
    if type(value) is not list:
        return None
    return [
        [line(each[0]), line(each[1]), each[2], each[3], line(each[4])]
        for each in value
        if type(each) is list
        and len(each) == 5
        and all(type(each[at]) is str for at in (0, 1, 4))
        and all(each[at] is None or number(each[at], 1 << 53) for at in (2, 3))
    ]


def _past(value: Any) -> dict[str, Any] | None:
    """What is told of a former version, `_v`, or of an article's end, `_w`."""
    if type(value) is not dict:
        return None
    found: dict[str, Any] = {}
    for name, each in value.items():
        if type(each) is str:
            found[name] = body(each)
        elif name == "b":
            if _is_place(each):
                found[name] = each
        elif name == "l":
            rows = each if type(each) is list else []
            found[name] = [
                [row[0], line(row[1])]
                for row in rows
                if type(row) is list and len(row) == 2 and number(row[0], 1 << 53) and type(row[1]) is str
            ]
        elif number(each, 1 << 53):
            found[name] = each
    return found


_CHECKS: dict[str, Callable[[Any], Any]] = {
    "enclosures": _enclosures,
    "related": _runs,
    "_v": _past,
    "_w": _past,
}
