"""Changes `sources.toml`: each verb reads the file, changes what it must, and replaces it at once.

Without a file the default selection is written first, so that nothing of what the reader saw is lost.
All verbs give the new `Subscriptions` and raise `SubscriptionsError` when nothing was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from tui_news.config.files import FileError, read_text
from tui_news.config.secrets import split_credentials
from tui_news.config.toml_text import KeyPath, TomlError, set_values
from tui_news.config.writing import edit_lock, replace_text
from tui_news.i18n import _
from tui_news.model import SectionPath, Source, source_id
from tui_news.paths import Places
from tui_news.sources.subscriptions import versions
from tui_news.sources.subscriptions.addresses import canonical_url, web_url
from tui_news.sources.subscriptions.pieces import Piece, append, pieces, refill, without
from tui_news.sources.subscriptions.read import (
    FIELDS,
    LIMIT,
    MAX_SOURCES,
    Entries,
    Subscriptions,
    default_subscriptions,
    read_entries,
    section_path,
)
from tui_news.sources.subscriptions.values import (
    SubscriptionsError,
    check,
    checked_source,
    source_block,
    written,
)
from tui_news.text.clean import clean_line

HEADER: Final = (
    "# The sources that tui-news reads, yours to edit. The program keeps your comments and your order.\n"
    '# A section is a path such as "World/Asia"; a list keeps names with slashes: ["A/B", "C"].\n'
    "# Optional keys: " + ", ".join(FIELDS) + ".\n\n"
)


class AlreadyFollowed(SubscriptionsError):  # noqa: N818 - an answer rather than a failure
    """The source is there; `id` is its own."""

    def __init__(self, source: Source) -> None:
        where = f" in {'/'.join(source.section)}" if source.section else ""
        super().__init__(f"{source.name} is followed already{where}")
        self.id = source.id


Secret = tuple[str, str, str]
"""A source's id, a name, a password."""


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: new sources, those that were there, and those that could not be taken."""

    added: tuple[Source, ...] = ()
    already: tuple[Source, ...] = ()
    problems: tuple[str, ...] = ()
    secrets: tuple[Secret, ...] = ()
    """Passwords that stood in addresses. They are kept apart from the file."""


_Change = Callable[[str, Entries], str]
_Item = TypeVar("_Item")


def edit_file(
    places: Places, what: str | Callable[[Entries], str], change: _Change, *, fresh: str | None = None
) -> Subscriptions:
    """Change the file; `what` was done, in words, for `take_back`. Where there is none yet it begins as
    `fresh`, else as the default selection."""
    name = places.sources_file.name
    try:
        with edit_lock(places.config):
            old = read_text(places.sources_file, LIMIT)
            begin = default_text() if fresh is None else fresh
            text = begin if old is None else old
            entries = read_entries(text, name)
            if entries.broken:
                raise SubscriptionsError(
                    _(
                        "{what}; mend it first",
                        what=entries.subscriptions.problems[0].partition(";")[0].partition("；")[0],
                    )
                )
            if text and not text.endswith("\n"):
                text += "\n"
            changed = change(text, entries)
            outcome = read_entries(changed, name)
            if outcome.broken:
                raise SubscriptionsError(
                    _("{name} is written in a way that cannot be changed; edit it by hand", name=name)
                )
            if len(changed.encode()) > LIMIT:
                raise SubscriptionsError(
                    _("{name} would be longer than {limit} MB", name=name, limit=LIMIT // 1000000)
                )
            if changed != old:
                replace_text(places.sources_file, changed)
                done = what if isinstance(what, str) else what(entries)
                if done:
                    versions.keep(places, done, begin if old is None else old, changed)
    except FileError as error:
        raise SubscriptionsError(str(error)) from error
    except TomlError as error:
        raise SubscriptionsError(f"{name}:{error.line}: {clean_line(str(error), 200)}") from error
    return outcome.subscriptions


def default_text() -> str:
    """The default selection as a file."""
    sources = default_subscriptions().sources
    return HEADER + "\n".join(source_block(source) for source in sources)


def write_default(places: Places) -> Subscriptions:
    """Write the default selection as `sources.toml`, unless there is such a file."""
    return edit_file(places, "", lambda text, entries: text)


def take_back(places: Places) -> tuple[Subscriptions, str]:
    """Undo the last change that was made here, also one before a restart: the sources, and what it was.

    Raises SubscriptionsError when there is none, or when the file was changed by hand since.
    """
    found = versions.last(places)
    if found is None:
        raise SubscriptionsError(_("no change of the sources is left to undo"))
    what, before, after = found

    def change(text: str, entries: Entries) -> str:
        if text != after:
            raise SubscriptionsError(
                _(
                    "{name} was changed since “{what}”; edit it by hand to undo that",
                    name=places.sources_file.name,
                    what=what,
                )
            )
        return before

    subscriptions = edit_file(places, "", change)
    versions.forget_last(places)
    return subscriptions, what


def last_change(places: Places) -> str:
    """What `take_back` would take back, in words; '' when there is nothing."""
    found = versions.last(places)
    return found[0] if found else ""


# --- sources ---------------------------------------------------------------------------------------


def add(places: Places, source: Source) -> Subscriptions:
    """Follow a source. Raises AlreadyFollowed when its address is there, however it is spelt."""
    subscriptions, result = add_all(places, [source])
    if result.already:
        raise AlreadyFollowed(result.already[0])
    if result.problems:
        raise SubscriptionsError(result.problems[0])
    return subscriptions


def import_sources(places: Places, sources: Iterable[Source]) -> ImportResult:
    """Follow all of these that are not there yet, in one write; a second import adds nothing."""
    return add_all(places, sources)[1]


def add_all(places: Places, sources: Iterable[Source]) -> tuple[Subscriptions, ImportResult]:
    """As `import_sources`, with the new subscriptions."""
    result = ImportResult()

    def change(text: str, entries: Entries) -> str:
        nonlocal result
        result = sort_out(entries, sources)
        return append(text, [source_block(source) for source in result.added])

    def what(entries: Entries) -> str:
        added = result.added
        more = f" and {len(added) - 1} more" if len(added) > 1 else ""
        return f"followed {added[0].name}{more}" if added else ""

    subscriptions = edit_file(places, what, change)
    return subscriptions, replace(result, problems=(*result.problems, *keep_secrets(places, result.secrets)))


def keep_secrets(places: Places, secrets: Iterable[Secret]) -> list[str]:
    """Put passwords where they are safe; what could not be kept, a line each."""
    from tui_news.config.secrets import SecretError, Secrets

    store = Secrets(places)
    problems: list[str] = []
    for id, user, password in secrets:
        try:
            store.put(id, user, password)
        except SecretError as error:
            problems.append(f"{id}: {error}")
    return problems


def sort_out(entries: Entries, sources: Iterable[Source]) -> ImportResult:
    """Which of these sources a file lacks, in the form in which it takes them."""
    added: list[Source] = []
    already: list[Source] = []
    problems: list[str] = []
    known = {canonical_url(source.url): source for source in entries.subscriptions.sources}
    ids = set(entries.source_at)
    secrets: list[Secret] = []
    for source in sources:
        url, user, password = split_credentials(web_url(source.url))
        if source.id == source_id(source.url):
            source = replace(source, id=source_id(url))
        if not url:
            problems.append(
                _("{name}: only http and https addresses are followed", name=clean_line(source.name, 100))
            )
        elif there := known.get(canonical_url(url)):
            already.append(there)
            if user or password:
                secrets.append((there.id, user, password))
        elif len(known) >= MAX_SOURCES:
            problems.append(
                _(
                    "{name}: {count} sources are the most",
                    name=clean_line(source.name, 100),
                    count=MAX_SOURCES,
                )
            )
        else:
            checked = checked_source(replace(source, url=url))
            # A source that moved keeps the id of its old address; its successor there needs another.
            for attempt in range(1, len(ids) + 2):
                if checked.id not in ids:
                    break
                checked = replace(checked, id=source_id(f"{url} {attempt}"))
            ids.add(checked.id)
            if user or password:
                secrets.append((checked.id, user, password))
            known[canonical_url(url)] = checked
            added.append(checked)
    return ImportResult(tuple(added), tuple(already), tuple(problems), tuple(secrets))


def remove(places: Places, id: str) -> Subscriptions:
    """Follow a source no longer: its table goes, with the comment right above it."""

    def change(text: str, entries: Entries) -> str:
        return without(text, _piece(text, "source", _place(entries, id)))

    return edit_file(places, _of("removed", id), change)


def update(places: Places, id: str, /, **changes: Any) -> Subscriptions:
    """Change keys of a source (`model.Source`'s fields). With a new `url` its id stays what it was."""
    return update_all(places, {id: changes}, _of("changed", id))


def update_all(
    places: Places, changes: Mapping[str, Mapping[str, Any]], what: str | Callable[[Entries], str]
) -> Subscriptions:
    """As `update`, for several sources at once: their ids to what changes. `what` is for `take_back`."""

    def change(text: str, entries: Entries) -> str:
        todo: list[tuple[KeyPath, str, Any]] = []
        for id, own in changes.items():
            todo += _values_of(text, entries, id, own)
        return set_values(text, todo)

    secrets: list[Secret] = []
    for id, own in changes.items():
        if isinstance(own.get("url"), str):
            url, user, password = split_credentials(own["url"])
            changes = {**changes, id: {**own, "url": url}}
            if user or password:
                secrets.append((id, user, password))
    subscriptions = edit_file(places, what, change)
    if problems := keep_secrets(places, secrets):
        raise SubscriptionsError(problems[0])
    return subscriptions


def _values_of(
    text: str, entries: Entries, id: str, changes: Mapping[str, Any]
) -> list[tuple[KeyPath, str, Any]]:
    """What is to be set in the table of a source."""
    index = _place(entries, id)
    tables(text, [("source", index)])
    table: KeyPath = ("source", index)
    todo: list[tuple[KeyPath, str, Any]] = []
    for key, value in changes.items():
        if key == "url":
            url = web_url(value)
            if not url:
                raise SubscriptionsError(_("url: allowed is an http or https address"))
            other = entries.subscriptions.find(url)
            if other and other.id != id:
                raise AlreadyFollowed(other)
            if source_id(url) != id:
                todo.append((table, "id", id))
            todo.append((table, "url", url))
        elif key in FIELDS and key != "id":
            todo.append((table, key, written(key, check(key, value))))
        else:
            raise SubscriptionsError(
                _("{key}: no key of a source that can be changed", key=clean_line(key, 40))
            )
    return todo


def move(places: Places, id: str, section: SectionPath | str) -> Subscriptions:
    """Put a source into another section; a text with slashes is a path."""
    return update_all(places, {id: {"section": section_path(section)}}, _of("moved", id))


def pause(places: Places, id: str, paused: bool = True) -> Subscriptions:
    """Ask a source no longer, or again."""
    return update_all(places, {id: {"paused": paused}}, _of("paused" if paused else "resumed", id))


def reorder(places: Places, id: str, offset: int) -> Subscriptions:
    """Move a source up (negative) or down among those of its section, as far as they go."""

    def change(text: str, entries: Entries) -> str:
        _place(entries, id)
        source = entries.subscriptions.get(id)
        siblings = [
            own.id for own in entries.subscriptions.sources if source and own.section == source.section
        ]
        wanted = shifted(siblings, id, offset)
        slots = tables(text, [("source", entries.source_at[own]) for own in siblings])
        return refill(text, slots, [slots[siblings.index(own)] for own in wanted])

    return edit_file(places, _of("moved", id), change)


# --- helpers ---------------------------------------------------------------------------------------


def _of(verb: str, id: str) -> Callable[[Entries], str]:
    """What was done to a source, by the name it has."""

    def what(entries: Entries) -> str:
        source = entries.subscriptions.get(id)
        return f"{verb} {source.name if source else id}"

    return what


def shifted(items: list[_Item], item: _Item, offset: int) -> list[_Item]:
    rest = [other for other in items if other != item]
    rest.insert(max(0, min(items.index(item) + offset, len(rest))), item)
    return rest


def _place(entries: Entries, id: str) -> int:
    if id not in entries.source_at:
        raise SubscriptionsError(_("no source has the id {id}", id=clean_line(id, 60)))
    return entries.source_at[id]


def _piece(text: str, name: str, index: int) -> Piece:
    return tables(text, [(name, index)])[0]


def tables(text: str, wanted: Sequence[tuple[str, int]]) -> list[Piece]:
    """Where these tables stand. Raises when one of them is written as an inline list."""
    found = pieces(text)
    for name, index in wanted:
        if (name, index) not in found:
            raise SubscriptionsError(
                _("sources.toml: write each {name} as a [[{name}]] table; edit it by hand", name=name)
            )
    return [found[place] for place in wanted]
