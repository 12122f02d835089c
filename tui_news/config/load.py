"""Reads `config.toml`: what is right is taken, what is wrong is named and its default used."""

from __future__ import annotations

from tui_news.config.files import FileError, read_text
from tui_news.config.settings import (
    BY_KEY,
    SETTINGS,
    TABLES,
    Value,
    WebSearch,
    check_search,
    words,
)
from tui_news.config.toml_text import KeyPath, TomlError, bare_key, block, line_of, parse, render, scan
from tui_news.i18n import _
from tui_news.paths import Places
from tui_news.text.clean import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping
    from dataclasses import dataclass, field
    from typing import Any, Final
else:
    from tui_news.records import dataclass, field

LIMIT: Final = 1_000_000
MAX_PROBLEMS: Final = 50
MAX_SEARCHES: Final = 50


@dataclass(frozen=True, slots=True)
class Config:
    """The reader's settings. `own` holds those that the file gives; all others are at their default."""

    own: Mapping[str, Value] = field(default_factory=dict)
    keys: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    """Keys for actions, as the file names them; the screen checks both."""
    own_searches: tuple[WebSearch, ...] | None = None
    """The reader's searches of the open web; None when the file has no `search.web`, and the catalogue's are
    asked."""
    problems: tuple[str, ...] = ()
    """What is wrong with the file, one line each: file, line, key and what is allowed."""

    def get(self, key: str) -> Value:
        """A setting's value. Raises KeyError for a key that is not in `SETTINGS`."""
        return self.own[key] if key in self.own else BY_KEY[key].default

    def _of_its_kind(self, key: str) -> Any:
        return self.get(key)

    def integer(self, key: str) -> int:
        value: int = self._of_its_kind(key)
        return value

    def flag(self, key: str) -> bool:
        value: bool = self._of_its_kind(key)
        return value

    def text(self, key: str) -> str:
        value: str = self._of_its_kind(key)
        return value

    def words(self, key: str) -> tuple[str, ...]:
        value: tuple[str, ...] = self._of_its_kind(key)
        return value

    def to_toml(self) -> str:
        """All settings as a `config.toml` that gives this very configuration, help in comments."""
        lines: list[str] = []
        table = ""
        for setting in SETTINGS:
            name, _, key = setting.key.partition(".")
            if name != table:
                lines += ["", f"[{name}]"] if lines else [f"[{name}]"]
                table = name
            value = self.get(setting.key)
            written = render(list(value) if isinstance(value, tuple) else value)
            lines.append(f"{key} = {written}  # {setting.help}; {setting.allowed}")
        if self.keys:
            lines += ["", "[keys]"]
            lines += [f"{bare_key(action)} = {render(list(own))}" for action, own in self.keys.items()]
        text = "\n".join(lines) + "\n"
        if self.own_searches is None:
            return text
        for search in self.own_searches:
            text += "\n" + block("search.web", search.table)
        return text if self.own_searches else text + "\n[search]\nweb = []\n"


def load_config(places: Places) -> Config:
    """Read the reader's `config.toml`. Never raises: what is wrong stands in `problems`."""
    path = places.config_file
    try:
        text = read_text(path, LIMIT)
    except FileError as error:
        return Config(problems=(_("{error}; all settings are at their defaults", error=error),))
    if text is None:
        return Config()
    return config_of(text, path.name)


def config_of(text: str, name: str = "config.toml") -> Config:
    """The configuration that a file's text gives; `name` is the file's name in problems."""
    try:
        data = parse(text)
    except TomlError as error:
        message = clean_line(str(error), 200)
        return Config(
            problems=(
                _(
                    "{name}:{line}: not TOML: {message}; all settings are at their defaults",
                    name=name,
                    line=error.line,
                    message=message,
                ),
            )
        )
    own: dict[str, Value] = {}
    keys: dict[str, tuple[str, ...]] = {}
    searches: list[WebSearch] | None = None
    wrong: list[tuple[KeyPath, str]] = []
    for path, value in _statements(data, wrong):
        key = ".".join(path)
        if path[0] == "keys":
            try:
                keys[clean_line(path[1], 40)] = words(value)
            except ValueError:
                wrong.append(
                    (path, _('{key}: allowed is a list of keys such as ["o", "Enter"]', key=_shown(key)))
                )
        elif key == "search.web":
            searches = _searches(value, wrong)
        elif setting := BY_KEY.get(key):
            try:
                own[key] = setting.check(value)
            except ValueError:
                default = _written(setting.default)
                wrong.append(
                    (
                        path,
                        _(
                            "{key}: {value} is not {allowed}; using {default}",
                            key=key,
                            value=_written(value),
                            allowed=setting.allowed,
                            default=default,
                        ),
                    )
                )
        else:
            wrong.append((path, _unknown(path)))
    problems: tuple[str, ...] = ()
    if wrong:
        marks = scan(text)
        problems = tuple(
            f"{name}:{line_of(marks, path)}: {message}" for path, message in wrong[:MAX_PROBLEMS]
        )
        if len(wrong) > MAX_PROBLEMS:
            problems += (_("{name}: and {count} more", name=name, count=len(wrong) - MAX_PROBLEMS),)
    return Config(own, keys, None if searches is None else tuple(searches), problems)


def _statements(
    data: dict[str, Any], wrong: list[tuple[KeyPath, str]]
) -> Iterator[tuple[tuple[str, str], Any]]:
    for table, content in data.items():
        if table not in TABLES:
            wrong.append(((table,), _unknown_table(table)))
        elif not isinstance(content, dict):
            wrong.append(((table,), _("{table} is a table: write [{table}] and its keys below", table=table)))
        else:
            for key, value in content.items():
                yield (table, key), value


def _searches(value: Any, wrong: list[tuple[KeyPath, str]]) -> list[WebSearch] | None:
    if not isinstance(value, list):
        wrong.append(
            (("search", "web"), _("search.web: allowed is a list of tables with name, url and scope"))
        )
        return None
    found: list[WebSearch] = []
    for index, entry in enumerate(value[:MAX_SEARCHES]):
        try:
            found.append(check_search(entry))
        except ValueError as error:
            wrong.append((("search", "web", index), _("search.web: allowed is {error}", error=error)))
    if len(value) > MAX_SEARCHES:
        wrong.append(
            (
                ("search", "web"),
                _("search.web: only the first {count} are used", count=MAX_SEARCHES),
            )
        )
    return found


def _unknown_table(table: str) -> str:
    known = [key for key in BY_KEY if key.partition(".")[2] == table]
    hint = _("; did you mean {key}?", key=known[0]) if known else ""
    import difflib

    close = difflib.get_close_matches(table[:40], TABLES, 1)
    hint = hint or (_("; did you mean {key}?", key=close[0]) if close else "")
    return _(
        "{table} is no table{hint} (tables: {tables})",
        table=_shown(table),
        hint=hint,
        tables=", ".join(TABLES),
    )


def _unknown(path: tuple[str, str]) -> str:
    table, key = path
    siblings = [other.partition(".")[2] for other in BY_KEY if other.startswith(table + ".")]
    siblings += ["web"] if table == "search" else []
    import difflib

    close = difflib.get_close_matches(key[:40], siblings, 1)
    hint = _("; did you mean {key}?", key=f"{table}.{close[0]}") if close else ""
    return _(
        "{key} is no setting{hint} (in [{table}]: {siblings})",
        key=_shown(f"{table}.{key}"),
        hint=hint,
        table=table,
        siblings=", ".join(siblings),
    )


def _shown(key: str) -> str:
    return clean_line(key, 60) or "(empty)"


def _written(value: Any) -> str:
    """A value in a message, as TOML writes it, short."""
    if isinstance(value, bool):
        return str(value).lower()
    if isinstance(value, str):
        return f'"{clean_line(value, 40)}"'
    if isinstance(value, (int, float)):
        return f"{value:.10g}" if isinstance(value, float) or abs(value) > 10**12 else str(value)
    if isinstance(value, (list, tuple)):
        return _("a list") if value else _("an empty list")
    return _("a table") if isinstance(value, dict) else _("a date or time")
