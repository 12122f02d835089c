"""Reads TOML as untrusted text and edits it in place, so that a reader's comments and order stay.

`tomllib` says what a file means; `scan` says where each key stands, for messages that name a line and
for edits that replace one value and nothing else. Neither is handed what would cost it dear: nesting
and dotted keys are bounded first (tomllib recurses on the one and is quadratic in the other).
"""

from __future__ import annotations

from tui_news.i18n import _
from tui_news.text.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from dataclasses import dataclass
    from typing import Any, Final
else:
    from tui_news.records import dataclass

KeyPath = tuple[str | int, ...]
"""Keys from the top; a number is the place in an array of tables."""

MAX_DEPTH: Final = 32
_HEADER = late(r"[ \t]*\[")
_KEY_PART = late(r"""[ \t]*(?:([A-Za-z0-9_-]+)|"((?:\\.|[^"\\\n])*)"|'([^'\n]*)')[ \t]*""")
_IN_VALUE = late(r"[\"'\[\]{}#\n.,=]")
_BLANK = late(r"[ \t\r]*(?:#[^\n]*)?(?:\n|\Z)")
_AT_LINE = late(r"\s*\(at (?:line (\d+), column \d+|end of document)\)\s*$")


class TomlError(ValueError):
    """The text is no TOML that can be used; `line` is where, counted from 1."""

    def __init__(self, message: str, line: int) -> None:
        super().__init__(message)
        self.line = line


@dataclass(frozen=True, slots=True)
class Mark:
    """Where a statement stands: a `[header]`, or a `key = value`."""

    path: KeyPath
    line: int
    start: int
    """Offset of the beginning of its first line."""
    end: int
    """Offset behind its last line, newline included."""
    value: tuple[int, int] | None = None
    """Offsets of the value; None for a header."""
    table: KeyPath = ()
    """The table it stands in."""
    array: bool = False
    """A `[[header]]`."""


def parse(text: str) -> dict[str, Any]:
    """What the text means. Raises TomlError with one plain line."""
    plain = _plain(text)
    if plain is not None:
        return plain
    import tomllib

    scan(text)
    try:
        return tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        message = str(error)
        where = _AT_LINE.search(message)
        line = int(where[1]) if where and where[1] else text.count("\n") + 1
        raise TomlError(_AT_LINE.sub("", message), line) from error
    except (ValueError, RecursionError, OverflowError) as error:  # such as a number of 5,000 digits
        raise TomlError(_("a value that cannot be read ({name})", name=type(error).__name__), 1) from error


def _plain(text: str) -> dict[str, Any] | None:
    """What a text means that holds nothing but `[name]` and `[[name]]` tables, each of keys with texts,
    numbers and flags.

    None for any other. Nearly all `sources.toml` are such and most `config.toml`, and every start reads both:
    tomllib would be a fifth of the time of `tui-news headlines`.
    """
    data: dict[str, Any] = {}
    table: dict[str, Any] | None = None
    single: set[str] = set()
    lines = text.replace("\r\n", "\n").split("\n")
    # TOML has no controls but the tab in texts and comments, and no lone carriage return.
    if not "".join(lines).replace("\t", "").isprintable():
        return None
    for line in lines:
        line = line.strip(" \t")
        if not line or line[0] == "#":
            continue
        if line[0] == "[":
            array = line.startswith("[[")
            header, closed, rest = line[1 + array :].partition("]]" if array else "]")
            if not closed or not _is_bare(header) or (header in data and (not array or header in single)):
                return None
            table = {}
            if array:
                data.setdefault(header, []).append(table)
            else:
                data[header] = table
                single.add(header)
        else:
            key, _, rest = line.partition("=")
            key = key.rstrip(" \t")
            if table is None or not _is_bare(key) or key in table:
                return None
            value, rest = _plain_value(rest.lstrip(" \t"))
            if value is None:
                return None
            table[key] = value
        rest = rest.lstrip(" \t")
        if rest and rest[0] != "#":
            return None
    return data


def _is_bare(key: str) -> bool:
    return key.isascii() and key.replace("_", "").replace("-", "").isalnum()


def _plain_value(text: str) -> tuple[str | int | None, str]:
    """A text without escapes, a flag or a whole number, and what stands behind it; None for any other."""
    if text[:1] == '"':
        value, quote, rest = text[1:].partition('"')
        return (value if quote and "\\" not in value else None), rest
    word = text.partition("#")[0].rstrip(" \t")
    if word in ("true", "false"):
        return word == "true", ""
    whole = word.isascii() and word.isdecimal() and len(word) < 19 and (word[0] != "0" or word == "0")
    return (int(word) if whole else None), ""


def scan(text: str) -> list[Mark]:
    """The statements in their order. Raises TomlError where no statement can be made out."""
    marks: list[Mark] = []
    arrays: dict[KeyPath, int] = {}
    table: KeyPath = ()
    position, line, size = 0, 1, len(text)
    while position < size:
        if blank := _BLANK.match(text, position):
            position, line = blank.end(), line + 1
            continue
        start, array, header = position, False, _HEADER.match(text, position)
        if header:
            position = header.end()
            array = text.startswith("[", position)
            keys, position = _key(text, position + array, line)
            closing = "]]" if array else "]"
            if not text.startswith(closing, position):
                raise TomlError(_("a table's name that is not closed with {closing}", closing=closing), line)
            position += len(closing)
            table = _resolve(keys, arrays, array)
            path: KeyPath = table
            value = None
        else:
            keys, position = _key(text, position, line)
            if not text.startswith("=", position):
                raise TomlError(_("a key without = and a value"), line)
            begin = position + 1
            while text.startswith((" ", "\t"), begin):
                begin += 1
            position = _skip_value(text, begin, line)
            path = table + keys
            value = (begin, begin + len(text[begin:position].rstrip()))
        rest = _BLANK.match(text, position)
        if rest is None:
            raise TomlError(
                _("something more on the line than a value"), line + text.count("\n", start, position)
            )
        position = rest.end()
        marks.append(Mark(path, line, start, position, value, table, array))
        line += text.count("\n", start, position)
    return marks


def _resolve(keys: tuple[str, ...], arrays: dict[KeyPath, int], array: bool) -> KeyPath:
    """A header's path with the number of the array item that each name stands for just now."""
    path: KeyPath = ()
    for index, key in enumerate(keys):
        path = (*path, key)
        if array and index == len(keys) - 1:
            arrays[path] = arrays.get(path, -1) + 1
        if path in arrays:
            path = (*path, arrays[path])
    return path


def _key(text: str, position: int, line: int) -> tuple[tuple[str, ...], int]:
    import json

    parts: list[str] = []
    while True:
        part = _KEY_PART.match(text, position)
        if part is None:
            raise TomlError(_("a key that is no TOML key (letters, digits, - and _, or quoted)"), line)
        bare, basic, literal = part.groups()
        if basic is not None:
            try:
                parts.append(str(json.loads(f'"{basic}"')))
            except ValueError:
                parts.append(basic)
        else:
            parts.append(bare if bare is not None else literal)
        position = part.end()
        if len(parts) > MAX_DEPTH:
            raise TomlError(_("a key of more than {count} parts", count=MAX_DEPTH), line)
        if not text.startswith(".", position):
            return tuple(parts), position
        position += 1


def _skip_value(text: str, position: int, line: int) -> int:
    """The offset behind a value: where its line ends, or a comment begins."""
    depth = dots = 0
    start = position
    while match := _IN_VALUE.search(text, position):
        char, at = match[0], match.start()
        position = match.end()
        if char in "\"'":
            long = char * 3
            close = _closing(text, position + 2, long) if text.startswith(long, at) else -1
            if not text.startswith(long, at):
                close = _closing(text, position, char)
            if close < 0:
                raise TomlError(_("a string that never ends"), line + text.count("\n", start, at))
            position = close
        elif char in "[{":
            depth += 1
            if depth > MAX_DEPTH:
                raise TomlError(
                    _("lists nested deeper than {count}", count=MAX_DEPTH),
                    line + text.count("\n", start, at),
                )
        elif char in "]}":
            depth -= 1
        elif char in "#\n":
            if depth <= 0:
                return at
            if char == "#":
                newline = text.find("\n", at)
                position = len(text) if newline < 0 else newline
        elif char == ".":
            dots += 1
            if dots > MAX_DEPTH:
                raise TomlError(
                    _("a key of more than {count} parts", count=MAX_DEPTH),
                    line + text.count("\n", start, at),
                )
        if char in ",={\n":
            dots = 0
    return len(text)


def _closing(text: str, position: int, quote: str) -> int:
    """The offset behind the closing quote, or -1. A short string ends on its own line."""
    stop = len(text) if len(quote) == 3 else text.find("\n", position)
    stop = len(text) if stop < 0 else stop
    while True:
        at = text.find(quote, position, stop)
        if at < 0:
            return -1
        if quote[0] == '"' and _is_escaped(text, at, position):
            # From behind the escaped quote; what lies before it holds no further closing one.
            position = at + 1
            continue
        end = at + len(quote)
        # A long string may end in one or two quotes of its own.
        while len(quote) == 3 and end < at + 5 and text.startswith(quote[0], end):
            end += 1
        return end


def _is_escaped(text: str, at: int, floor: int) -> bool:
    back = at
    while back > floor and text[back - 1] == "\\":
        back -= 1
    return (at - back) % 2 == 1


def line_of(marks: list[Mark], path: KeyPath) -> int:
    """The line of a key, else of the nearest table around it, else 1."""
    lines = {mark.path: mark.line for mark in reversed(marks)}
    for end in range(len(path), 0, -1):
        if path[:end] in lines:
            return lines[path[:end]]
    return 1


# --- edits: each gives the new text; whoever calls it parses the outcome before writing it ---------


def render(value: Any) -> str:
    """A value as TOML writes it on one line."""
    import tomlkit

    if isinstance(value, dict):
        return "{ " + ", ".join(f"{bare_key(key)} = {render(item)}" for key, item in value.items()) + " }"
    if isinstance(value, (list, tuple)):
        return "[" + ", ".join(render(item) for item in value) + "]"
    return str(tomlkit.item(value).as_string())


def set_value(text: str, table: KeyPath, key: str, value: Any) -> str:
    """The text with `key` of an existing or new table set; a comment behind an old value stays."""
    return set_values(text, [(table, key, value)])


def set_values(text: str, changes: Iterable[tuple[KeyPath, str, Any]]) -> str:
    """As `set_value`, for many keys at once; None as a value takes the key out."""
    marks = scan(text)
    by_path = {mark.path: mark for mark in marks if mark.value}
    last: dict[KeyPath, Mark] = {}
    for mark in marks:
        if mark.value or mark.path == mark.table:
            last[mark.table] = mark
    splices: list[tuple[int, int, str]] = []
    added: dict[KeyPath, dict[str, str]] = {}
    for table, key, value in changes:
        old = by_path.get((*table, key))
        if old and old.value:
            splices.append((old.start, old.end, "") if value is None else (*old.value, render(value)))
        elif value is not None:
            added.setdefault(table, {})[key] = render(value)
    splices += [_new_keys(text, marks, last.get(table), table, keys) for table, keys in added.items()]
    # From the end to the beginning: what is still to be done keeps its offsets.
    splices.sort(key=lambda splice: splice[0], reverse=True)
    for start, end, written in splices:
        text = text[:start] + written + text[end:]
    return text


def _new_keys(
    text: str, marks: list[Mark], last: Mark | None, table: KeyPath, keys: Mapping[str, str]
) -> tuple[int, int, str]:
    """Where new keys of a table go, and their lines: behind its last one, else in a new table."""
    newline = "\r\n" if "\r\n" in text else "\n"
    dotted = [mark for mark in marks if mark.value and mark.path[: len(table)] == table and not mark.table]
    head = prefix = ""
    if last and table:
        at = last.end
    elif dotted:
        at = dotted[-1].end
        prefix = "".join(f"{bare_key(str(part))}." for part in table)
    else:
        at = len(text)
        head = f"[{'.'.join(bare_key(str(part)) for part in table)}]{newline}" if table else ""
    before = text[:at]
    lead = "" if not before or before.endswith("\n") else newline
    if head and before and not before.endswith(newline * 2):
        lead += newline
    lines = "".join(f"{prefix}{bare_key(key)} = {written}{newline}" for key, written in keys.items())
    return at, at, lead + head + lines


def bare_key(key: str) -> str:
    """A TOML key, quoted when it must be."""
    import re

    return key if re.fullmatch(r"[A-Za-z0-9_-]+", key) else render(key)


def block(name: str, values: Mapping[str, Any]) -> str:
    """A `[[name]]` table as text, newline at its end."""
    lines = [f"[[{name}]]", *(f"{bare_key(key)} = {render(value)}" for key, value in values.items())]
    return "\n".join(lines) + "\n"
