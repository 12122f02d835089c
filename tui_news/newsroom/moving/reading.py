"""One line of an export as what it stands for: every value checked, every text cleaned."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, Final, NamedTuple, cast

from tui_news.cache.codec import parse_id
from tui_news.cache.foreign import checked
from tui_news.cache.latest import Change, Value
from tui_news.cache.merging import last_time
from tui_news.cache.versions import MAX_HEADLINES, Past
from tui_news.cache.withdrawn import COMMENT_LIMIT
from tui_news.config.toml_text import block
from tui_news.i18n import _
from tui_news.model import BLOCK_KINDS, WITHDRAWN, Article, Block, Enclosure, Run
from tui_news.sources.subscriptions.read import FIELDS as SOURCE_FIELDS
from tui_news.text.clean import clean_block, clean_body, clean_line, clean_url, is_web_url

if TYPE_CHECKING:
    from tui_news.model import Withdrawn

MAX_BLOCKS: Final = 20_000
_SOURCE = re.compile(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}")
_KINDS: Final = frozenset(BLOCK_KINDS)
_LINES: Final = ("headline", "kicker", "agency", "place", "editor", "language", "charset")
_LISTS: Final = ("authors", "breadcrumb", "tags", "notes")
_URLS: Final = ("url", "comments_url", "comments_feed", "picture")
_TIMES: Final = ("published", "updated", "fetched")
_ENTRIES: Final = {
    "source": ("url", *SOURCE_FIELDS), "section": ("path", "title"), "search": ("name", "query", "section"),
    "rule": ("match", "do"),
}  # fmt: skip


class LineError(Exception):
    """A line that is left out; the message says what is wrong with it."""


class StepLine(NamedTuple):
    """A step of undo."""

    what: str
    time: int
    changes: list[tuple[str, Value, Value, list[int]]]


def _ids(value: object) -> list[int]:
    if not isinstance(value, list):
        raise LineError(_("ids are needed, as a list"))
    found = [parse_id(text) if isinstance(text, str) else None for text in value]
    ids = [id for id in found if id is not None]
    if len(ids) != len(found):
        raise LineError(_("an id is not 12 hex digits"))
    return ids


def _time(value: object) -> int:
    if isinstance(value, bool) or not isinstance(value, int) or not 0 < value < last_time():
        raise LineError(_("its time is not in milliseconds since 1970, or too far in the future"))
    return value


def value_of(name: object, value: object) -> Value:
    """What a field of the reader's state holds, cleaned. Raises LineError."""
    found = checked(name, value)
    if found is None:
        raise LineError(
            _("{name} is no field, or its value is not of its kind", name=clean_line(str(name), 40))
        )
    return found


def change_of(line: dict[str, Any]) -> Change:
    """A `state` line."""
    name = line.get("field")
    return Change(
        cast(str, name), _time(line.get("time")), value_of(name, line.get("value")), _ids(line.get("ids"))
    )


def step_of(line: dict[str, Any]) -> StepLine:
    """A `step` line."""
    what, changes = line.get("what"), line.get("changes")
    if not isinstance(what, str) or not isinstance(changes, list) or len(changes) > 1_000:
        raise LineError(_("a step needs what it was and its changes"))
    found = []
    for change in changes:
        if not isinstance(change, dict):
            raise LineError(_("a change is no object"))
        name = change.get("field")
        old, new = value_of(name, change.get("from")), value_of(name, change.get("to"))
        found.append((cast(str, name), old, new, _ids(change.get("ids"))))
    return StepLine(clean_line(what, 200), _time(line.get("time")), found)


# --- sources, sections, searches, rules ------------------------------------------------------------


def entry_of(kind: str, line: dict[str, Any]) -> str:
    """A table of `sources.toml`; what is not allowed in it is told when that is read."""
    values = {name: line[name] for name in _ENTRIES[kind] if name in line}
    for name, value in values.items():
        if not _plain(value):
            raise LineError(_("{name} is not of a kind that it can be", name=name))
    return block(kind, values)


def _plain(value: object) -> bool:
    if isinstance(value, str):
        return len(value) < 10_000
    if isinstance(value, int):
        return abs(value) < 1 << 53
    if isinstance(value, list):
        return len(value) < 1_000 and all(isinstance(one, str) and len(one) < 10_000 for one in value)
    if isinstance(value, dict):
        return len(value) < 50 and all(
            isinstance(name, str) and isinstance(one, str) and len(name) + len(one) < 10_000
            for name, one in value.items()
        )
    return False


# --- articles --------------------------------------------------------------------------------------


def article_of(line: dict[str, Any]) -> Article:
    """An `article` line. Raises LineError when it has no id or source; what else is wrong is left out."""
    id, source = line.get("id"), line.get("source")
    if not isinstance(id, str) or parse_id(id) is None:
        raise LineError(_("an article's id is not 12 hex digits"))
    if not isinstance(source, str) or not _SOURCE.fullmatch(source):
        raise LineError(_("an article's source is none"))
    fields: dict[str, Any] = {name: clean_line(_text(line.get(name))) for name in _LINES}
    fields["deck"] = clean_body(_text(line.get("deck")), 20_000)
    fields.update({name: _url(line.get(name)) for name in _URLS})
    fields.update({name: _texts(line.get(name)) for name in _LISTS})
    fields.update({name: _moment(line.get(name)) for name in _TIMES})
    count = line.get("comments")
    blocks = line.get("blocks")
    return Article(
        id,
        source,
        comments=count if isinstance(count, int) and 0 <= count < 1 << 31 else None,
        enclosures=tuple(_enclosures(line.get("enclosures"))),
        related=_runs(line.get("related"))[:100],
        full=line.get("full") is True,
        blocks=tuple(_block(one) for one in blocks[:MAX_BLOCKS]) if isinstance(blocks, list) else (),
        **fields,
    )


def past_of(line: dict[str, Any]) -> Past | None:
    """What became of an `article` line's article; None when it says nothing of that. Raises LineError."""
    given = line.get("past")
    if not isinstance(given, dict):
        return None
    times = {name: _number(given.get(name), last_time() - 1) for name in ("changed", "read", "seen", "since")}
    former = given.get("headlines")
    headlines = [
        (_number(one[0], last_time() - 1), clean_line(one[1]))
        for one in (former if isinstance(former, list) else ())
        if isinstance(one, list) and len(one) == 2 and isinstance(one[1], str)
    ]
    blocks, kind = given.get("blocks"), given.get("withdrawn")
    past = Past(
        **times,
        headline=clean_line(_text(given.get("headline"))),
        deck=clean_body(_text(given.get("deck")), 20_000),
        full=given.get("full") is True,
        blocks=tuple(_block(one) for one in blocks[:MAX_BLOCKS]) if isinstance(blocks, list) else None,
        headlines=tuple(headlines[-MAX_HEADLINES:]),
        withdrawn=cast("Withdrawn", kind) if kind in WITHDRAWN else "",
        comment=clean_line(_text(given.get("comment")), COMMENT_LIMIT),
    )
    return past if past.changed or past.withdrawn else None


def _text(value: object) -> str:
    return value if isinstance(value, str) else ""


def _texts(value: object) -> tuple[str, ...]:
    given = value[:100] if isinstance(value, list) else ()
    return tuple(text for one in given if (text := clean_line(_text(one))))


def _url(value: object) -> str:
    url = clean_url(_text(value))
    return url if is_web_url(url) else ""


def _moment(value: object) -> datetime | None:
    try:
        moment = datetime.fromisoformat(_text(value))
        # Such a time must bear being put into any other zone.
        moment.astimezone(UTC)
    except (ValueError, OverflowError):
        return None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _number(value: object, most: int) -> int:
    return min(max(value, 0), most) if isinstance(value, int) and not isinstance(value, bool) else 0


def _enclosures(value: object) -> list[Enclosure]:
    found = []
    for one in value[:50] if isinstance(value, list) else ():
        if isinstance(one, list) and one and (url := _url(one[0])):
            rest: list[Any] = ["", 0, 0, ""]
            rest[: len(one) - 1] = one[1:5]
            kind, length, duration, title = rest[:4]
            found.append(
                Enclosure(
                    url, clean_line(_text(kind), 100), _number(length, 1 << 50), _number(duration, 1 << 30),
                    clean_line(_text(title)),
                )
            )  # fmt: skip
    return found


def _block(value: object) -> Block:
    if not isinstance(value, dict) or value.get("k") not in _KINDS:
        raise LineError(_("a piece of an article's text is none"))
    rows = value.get("rows")
    return clean_block(
        Block(
            value["k"],
            _runs(value.get("r")),
            _number(value.get("l"), 100),
            _number(value.get("o"), 1_000_000),
            _text(value.get("src")),
            _text(value.get("alt")),
            tuple(tuple(map(_runs, row)) for row in rows[:10_000] if isinstance(row, list))
            if isinstance(rows, list)
            else (),
            value.get("h") is True,
        )
    )


def _runs(value: object) -> tuple[Run, ...]:
    """Runs of text, cleaned with the block that they stand in."""
    found = []
    for one in value if isinstance(value, list) else ():
        if isinstance(one, str):
            found.append(Run(one))
        elif isinstance(one, list) and 0 < len(one) < 4 and all(isinstance(part, str) for part in one):
            marks = one[1] if len(one) > 1 and not one[1].strip("escx") else ""
            found.append(Run(one[0], marks, one[2] if len(one) > 2 else ""))
    return tuple(found)
