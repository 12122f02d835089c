"""Shows and changes single settings: `tui-news config get|set|show`. Comments in the file stay."""

from __future__ import annotations

import json
import shlex
from typing import Any, Final

from tui_news.config.files import FileError, read_text
from tui_news.config.load import LIMIT, Config, config_of
from tui_news.config.settings import BY_KEY, SETTINGS, Setting, Value, check_search, parse_value, words
from tui_news.config.toml_text import TomlError, parse, scan, set_value
from tui_news.config.writing import edit_lock, replace_text
from tui_news.i18n import _
from tui_news.paths import Places
from tui_news.text.clean import clean_line

HEADER: Final = (
    "# Settings of tui-news. `tui-news config show` lists all of them with what is allowed.\n"
    "# What stands here is yours: the program changes single values and keeps your comments.\n"
)
SEARCH_KEY: Final = "search.web"


class ConfigError(Exception):
    """A setting could not be read or changed; the message is one plain line."""


def config_get(places: Places, key: str) -> str:
    """A setting's value in force, as text: what `config set` takes. Raises ConfigError for no such key."""
    from tui_news.config.load import load_config

    config = load_config(places)
    if key.startswith("keys."):
        return shlex.join(config.keys.get(key[5:], ()))
    if key == SEARCH_KEY:
        return _searches_text(config)
    return shown(config.get(_setting(key).key))


def config_set(places: Places, key: str, value_text: str) -> Config:
    """Write one setting into `config.toml`, which is made when there is none.

    Lists are written as words on a command line; an empty text for `keys.<action>` gives the action its
    default keys back. Raises ConfigError when the key or the value is not allowed, or the file cannot be
    read or written; the file is then as it was.
    """
    table, _dot, name = key.partition(".")
    value = _value(key, value_text)
    try:
        with edit_lock(places.config):
            text = read_text(places.config_file, LIMIT)
            text = HEADER if text is None else text
            parse(text)
            if key == SEARCH_KEY:
                text = _without_search_tables(text)
            changed = set_value(text, (table,), name, value)
            if not _holds(changed, table, name, value):
                raise ConfigError(
                    _(
                        "{name}: {key} stands where it cannot be changed; edit it by hand",
                        name=places.config_file.name,
                        key=key,
                    )
                )
            replace_text(places.config_file, changed)
    except FileError as error:
        raise ConfigError(str(error)) from error
    except TomlError as error:
        message = clean_line(str(error), 200)
        raise ConfigError(
            _(
                "{name}:{line}: not TOML: {message}; mend it first",
                name=places.config_file.name,
                line=error.line,
                message=message,
            )
        ) from error
    return config_of(changed, places.config_file.name)


def config_show(config: Config) -> list[tuple[str, str, bool, str]]:
    """All settings: key, value as text, whether it is the default, help with what is allowed."""
    rows = [
        (setting.key, shown(config.get(setting.key)), setting.key not in config.own,
         f"{setting.help} ({setting.allowed})")
        for setting in SETTINGS
    ]  # fmt: skip
    rows += [
        (f"keys.{action}", shlex.join(own), False, "keys of an action (a list of keys)")
        for action, own in config.keys.items()
    ]
    own = config.own_searches is not None
    rows.append(
        (SEARCH_KEY, _searches_text(config), not own, "searches of the open web; empty: the catalogue's")
    )
    return rows


def shown(value: Value) -> str:
    """A value as `config set` takes it."""
    if isinstance(value, bool):
        return str(value).lower()
    return shlex.join(value) if isinstance(value, tuple) else str(value)


def _searches_text(config: Config) -> str:
    if config.own_searches is None:
        return ""
    return json.dumps([own.table for own in config.own_searches], ensure_ascii=False)


def _holds(text: str, table: str, name: str, value: Any) -> bool:
    """Whether the changed text says what it should; a `table = {...}` on one line cannot be added to."""
    try:
        return bool(parse(text).get(table, {}).get(name) == value)
    except TomlError:
        return False


def _setting(key: str) -> Setting:
    if setting := BY_KEY.get(key):
        return setting
    import difflib

    close = difflib.get_close_matches(key[:60], [*BY_KEY, SEARCH_KEY], 1, 0.5)
    hint = _("did you mean {key}?", key=close[0]) if close else _("`tui-news config show` lists all of them")
    raise ConfigError(_("{key} is no setting; {hint}", key=clean_line(key, 60) or "(empty)", hint=hint))


def _value(key: str, text: str) -> Any:
    """What to write, as TOML data; None to take the key out. Raises ConfigError."""
    try:
        if key.startswith("keys.") and len(key) > 5 and clean_line(key, 60) == key:
            return list(words(text)) or None
        if key == SEARCH_KEY:
            if not text.strip():
                return None
            try:
                entries = json.loads(text)
            except (ValueError, RecursionError):
                raise ValueError(_("a JSON list of {name, url, scope}")) from None
            if not isinstance(entries, list) or len(entries) > 50:
                raise ValueError(_("a JSON list of {name, url, scope}"))
            return [check_search(entry).table for entry in entries]
        value = parse_value(_setting(key), text)
    except ValueError as error:
        raise ConfigError(
            _(
                "{key}: {text} is not {error}",
                key=clean_line(key, 60),
                text=repr(clean_line(text, 60)),
                error=error,
            )
        ) from error
    return list(value) if isinstance(value, tuple) else value


def _without_search_tables(text: str) -> str:
    """The text without its `[[search.web]]` tables: the list that replaces them is written inline."""
    for mark in reversed(scan(text)):
        if mark.table[:2] == ("search", "web"):
            text = text[: mark.start] + text[mark.end :]
    return text
