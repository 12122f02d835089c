"""A source as `sources.toml` holds it: which values are allowed, and how they are written."""

from __future__ import annotations

from typing import Any

from tui_news.config.toml_text import block
from tui_news.i18n import _
from tui_news.model import SectionPath, Source, source_id
from tui_news.sources.subscriptions.read import FIELDS, allowed_for, section_path


class SubscriptionsError(Exception):
    """Nothing was changed; the message is one plain line."""


def source_block(source: Source) -> str:
    """A source as a table of the file."""
    return block("source", source_values(source))


def check(key: str, value: Any) -> Any:
    if isinstance(value, tuple):
        value = dict(value) if key == "selectors" else list(value)
    checked = FIELDS[key][1](value)
    if checked is None or (key == "home" and value and not checked):
        raise SubscriptionsError(_("{key}: allowed is {allowed}", key=key, allowed=allowed_for(key)))
    return checked


def checked_source(source: Source) -> Source:
    """The source as the file can hold it: a value that is not allowed falls back to the default."""
    values: dict[str, Any] = {}
    for key in FIELDS:
        try:
            values[key] = check(key, getattr(source, key))
        except SubscriptionsError:
            continue
    values["id"] = values.get("id") or source_id(source.url)
    return Source(url=source.url, **values)


def source_values(source: Source) -> dict[str, Any]:
    """A source's table: what is at its default is left out."""
    values: dict[str, Any] = {"url": source.url}
    if source.id and source.id != source_id(source.url):
        values["id"] = source.id
    for key in FIELDS:
        value = written(key, getattr(source, key))
        if key != "id" and value is not None:
            values[key] = value
    return values


def written(key: str, value: Any) -> Any:
    """A value as the file has it; None for a default."""
    if key == "section":
        return path_value(value) if value else None
    if value == Source.__dataclass_fields__[key].default:
        return None
    if key == "selectors":
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def path_value(path: SectionPath) -> str | list[str]:
    joined = "/".join(path)
    return joined if section_path(joined) == path else list(path)
