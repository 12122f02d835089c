"""Changes `sources.toml`: each verb reads the file, changes what it must, and replaces it at once.

Without a file the default selection is written first, so that nothing of what the reader saw is lost.
All verbs give the new `Subscriptions` and raise `SubscriptionsError` when nothing was changed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import Any, Final, TypeVar

from tui_news.config.files import FileError, edit_lock, read_text, replace_text
from tui_news.config.toml_text import KeyPath, TomlError, block, set_values
from tui_news.model import SectionPath, Source, source_id
from tui_news.paths import Places
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
from tui_news.text.clean import clean_line

HEADER: Final = (
    "# The sources that tui-news reads, yours to edit. The program keeps your comments and your order.\n"
    '# A section is a path such as "World/Asia"; a list keeps names with slashes: ["A/B", "C"].\n'
    "# Optional keys: " + ", ".join(FIELDS) + ".\n\n"
)


class SubscriptionsError(Exception):
    """Nothing was changed; the message is one plain line."""


class AlreadyFollowed(SubscriptionsError):  # noqa: N818 - an answer rather than a failure
    """The source is there; `id` is its own."""

    def __init__(self, source: Source) -> None:
        where = f" in {'/'.join(source.section)}" if source.section else ""
        super().__init__(f"{source.name} is followed already{where}")
        self.id = source.id


@dataclass(frozen=True, slots=True)
class ImportResult:
    """What an import did: new sources, those that were there, and those that could not be taken."""

    added: tuple[Source, ...] = ()
    already: tuple[Source, ...] = ()
    problems: tuple[str, ...] = ()


_Change = Callable[[str, Entries], str]
_Item = TypeVar("_Item")


def _edit(places: Places, change: _Change) -> Subscriptions:
    name = places.sources_file.name
    try:
        with edit_lock(places.config):
            old = read_text(places.sources_file, LIMIT)
            text = default_text() if old is None else old
            entries = read_entries(text, name)
            if entries.broken:
                raise SubscriptionsError(f"{entries.subscriptions.problems[0].split(';')[0]}; mend it first")
            if text and not text.endswith("\n"):
                text += "\n"
            changed = change(text, entries)
            outcome = read_entries(changed, name)
            if outcome.broken:
                raise SubscriptionsError(
                    f"{name} is written in a way that cannot be changed; edit it by hand"
                )
            if len(changed.encode()) > LIMIT:
                raise SubscriptionsError(f"{name} would be longer than {LIMIT // 1_000_000} MB")
            if changed != old:
                replace_text(places.sources_file, changed)
    except FileError as error:
        raise SubscriptionsError(str(error)) from error
    except TomlError as error:
        raise SubscriptionsError(f"{name}:{error.line}: {clean_line(str(error), 200)}") from error
    return outcome.subscriptions


def default_text() -> str:
    """The default selection as a file."""
    sources = default_subscriptions().sources
    return HEADER + "\n".join(block("source", _values(source)) for source in sources)


def write_default(places: Places) -> Subscriptions:
    """Write the default selection as `sources.toml`, unless there is such a file."""
    return _edit(places, lambda text, entries: text)


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
    added: list[Source] = []
    already: list[Source] = []
    problems: list[str] = []

    def change(text: str, entries: Entries) -> str:
        known = {canonical_url(source.url): source for source in entries.subscriptions.sources}
        ids = set(entries.source_at)
        for source in sources:
            url = web_url(source.url)
            if not url:
                problems.append(f"{clean_line(source.name, 100)}: only http and https addresses are followed")
            elif there := known.get(canonical_url(url)):
                already.append(there)
            elif len(known) >= MAX_SOURCES:
                problems.append(f"{clean_line(source.name, 100)}: {MAX_SOURCES} sources are the most")
            else:
                checked = _checked(replace(source, url=url))
                # A source that moved keeps the id of its old address; its successor there needs another.
                for attempt in range(1, len(ids) + 2):
                    if checked.id not in ids:
                        break
                    checked = replace(checked, id=source_id(f"{url} {attempt}"))
                ids.add(checked.id)
                known[canonical_url(url)] = checked
                added.append(checked)
        return append(text, [block("source", _values(source)) for source in added])

    return _edit(places, change), ImportResult(tuple(added), tuple(already), tuple(problems))


def remove(places: Places, id: str) -> Subscriptions:
    """Follow a source no longer: its table goes, with the comment right above it."""

    def change(text: str, entries: Entries) -> str:
        return without(text, _piece(text, "source", _place(entries, id)))

    return _edit(places, change)


def update(places: Places, id: str, /, **changes: Any) -> Subscriptions:
    """Change keys of a source (`model.Source`'s fields). With a new `url` its id stays what it was."""

    def change(text: str, entries: Entries) -> str:
        index = _place(entries, id)
        _piece(text, "source", index)
        table: KeyPath = ("source", index)
        todo: list[tuple[KeyPath, str, Any]] = []
        for key, value in changes.items():
            if key == "url":
                url = web_url(value)
                if not url:
                    raise SubscriptionsError("url: allowed is an http or https address")
                other = entries.subscriptions.find(url)
                if other and other.id != id:
                    raise AlreadyFollowed(other)
                if source_id(url) != id:
                    todo.append((table, "id", id))
                todo.append((table, "url", url))
            elif key in FIELDS and key != "id":
                todo.append((table, key, _written(key, _check(key, value))))
            else:
                raise SubscriptionsError(f"{clean_line(key, 40)}: no key of a source that can be changed")
        return set_values(text, todo)

    return _edit(places, change)


def move(places: Places, id: str, section: SectionPath | str) -> Subscriptions:
    """Put a source into another section; a text with slashes is a path."""
    return update(places, id, section=section_path(section))


def pause(places: Places, id: str, paused: bool = True) -> Subscriptions:
    """Ask a source no longer, or again."""
    return update(places, id, paused=paused)


def reorder(places: Places, id: str, offset: int) -> Subscriptions:
    """Move a source up (negative) or down among those of its section, as far as they go."""

    def change(text: str, entries: Entries) -> str:
        _place(entries, id)
        source = entries.subscriptions.get(id)
        siblings = [
            own.id for own in entries.subscriptions.sources if source and own.section == source.section
        ]
        wanted = _shifted(siblings, id, offset)
        slots = _pieces(text, [("source", entries.source_at[own]) for own in siblings])
        return refill(text, slots, [slots[siblings.index(own)] for own in wanted])

    return _edit(places, change)


# --- sections --------------------------------------------------------------------------------------


def add_section(places: Places, path: SectionPath | str, title: str = "") -> Subscriptions:
    """Declare a section, also one without sources."""

    def change(text: str, entries: Entries) -> str:
        wanted = section_path(path)
        if not wanted:
            raise SubscriptionsError("a section needs a name")
        if wanted in entries.section_at:
            return text
        return _declare(text, [wanted], clean_line(title, 80))

    return _edit(places, change)


def remove_section(places: Places, path: SectionPath) -> Subscriptions:
    """Take a section's declaration out. Raises when a source stands in it or below it."""

    def change(text: str, entries: Entries) -> str:
        _known(entries, path)
        if any(own[: len(path)] == path for _, own in entries.section_of):
            raise SubscriptionsError(f"{'/'.join(path)} is not empty; move or remove its sources first")
        gone = [at for own, at in entries.section_at.items() if own[: len(path)] == path]
        for piece in sorted(
            _pieces(text, [("section", index) for index in gone]), key=lambda own: -own.start
        ):
            text = without(text, piece)
        return text

    return _edit(places, change)


def rename_section(places: Places, path: SectionPath, new: SectionPath | str) -> Subscriptions:
    """Give a section another name (a text) or another place (a path); all below it goes with it."""
    name = (*path[:-1], clean_line(new, 80)) if isinstance(new, str) else section_path(new)

    def change(text: str, entries: Entries) -> str:
        _known(entries, path)
        if not path or not name or not name[-1]:
            raise SubscriptionsError("a section needs a name")
        if name[: len(path)] == path and name != path:
            raise SubscriptionsError(f"{'/'.join(path)} cannot be put below itself")
        todo: list[tuple[KeyPath, str, Any]] = []
        for own, at in entries.section_at.items():
            if own[: len(path)] == path:
                todo.append((("section", at), "path", _path_value(name + own[len(path) :])))
                if own == path:
                    todo.append((("section", at), "title", None))
        todo += [
            (("source", at), "section", _path_value(name + own[len(path) :]))
            for at, own in entries.section_of
            if own[: len(path)] == path
        ]
        _pieces(text, [(str(table[0]), int(table[1])) for table, _, _ in todo])
        return set_values(text, todo)

    return _edit(places, change)


def move_section(places: Places, path: SectionPath, offset: int) -> Subscriptions:
    """Move a section up (negative) or down among its siblings, as far as they go."""

    def change(text: str, entries: Entries) -> str:
        _known(entries, path)
        siblings = [own for own in entries.subscriptions.sections if own[:-1] == path[:-1]]
        wanted = _shifted(siblings, path, offset)
        if wanted == siblings:
            return text
        # The file's order of declarations is the order: so each sibling needs one.
        text = _declare(text, [own for own in siblings if own not in entries.section_at])
        at = read_entries(text).section_at
        found = dict(zip(siblings, _pieces(text, [("section", at[own]) for own in siblings]), strict=True))
        slots = sorted(found.values(), key=lambda piece: piece.start)
        return refill(text, slots, [found[own] for own in wanted])

    return _edit(places, change)


# --- helpers ---------------------------------------------------------------------------------------


def _shifted(items: list[_Item], item: _Item, offset: int) -> list[_Item]:
    rest = [other for other in items if other != item]
    rest.insert(max(0, min(items.index(item) + offset, len(rest))), item)
    return rest


def _place(entries: Entries, id: str) -> int:
    if id not in entries.source_at:
        raise SubscriptionsError(f"no source has the id {clean_line(id, 60)}")
    return entries.source_at[id]


def _known(entries: Entries, path: SectionPath) -> None:
    if path not in entries.subscriptions.sections:
        raise SubscriptionsError(f"there is no section {clean_line('/'.join(path), 100)}")


def _piece(text: str, name: str, index: int) -> Piece:
    return _pieces(text, [(name, index)])[0]


def _pieces(text: str, wanted: Sequence[tuple[str, int]]) -> list[Piece]:
    """Where these tables stand. Raises when one of them is written as an inline list."""
    found = pieces(text)
    for name, index in wanted:
        if (name, index) not in found:
            raise SubscriptionsError(
                f"sources.toml: write each {name} as a [[{name}]] table; edit it by hand"
            )
    return [found[place] for place in wanted]


def _declare(text: str, paths: list[SectionPath], title: str = "") -> str:
    """Declarations behind the last one, else before the first source."""
    if not paths:
        return text
    blocks = [
        block("section", {"path": _path_value(path), **({"title": title} if title else {})}) for path in paths
    ]
    found = pieces(text)
    sections = [piece for (name, _), piece in found.items() if name == "section"]
    if sections:
        at = max(piece.end for piece in sections)
        return text[:at] + "\n" + "\n".join(blocks) + text[at:]
    if found:
        at = min(piece.lead for piece in found.values())
        return text[:at] + "\n".join(blocks) + "\n" + text[at:]
    return append(text, blocks)


def _check(key: str, value: Any) -> Any:
    allowed, check = FIELDS[key]
    checked = check(list(value) if isinstance(value, tuple) else value)
    if checked is None or (key == "home" and value and not checked):
        raise SubscriptionsError(f"{key}: allowed is {allowed}")
    return checked


def _checked(source: Source) -> Source:
    """The source as the file can hold it: a value that is not allowed falls back to the default."""
    values: dict[str, Any] = {}
    for key in FIELDS:
        try:
            values[key] = _check(key, getattr(source, key))
        except SubscriptionsError:
            continue
    values["id"] = values.get("id") or source_id(source.url)
    return Source(url=source.url, **values)


def _values(source: Source) -> dict[str, Any]:
    """A source's table: what is at its default is left out."""
    values: dict[str, Any] = {"url": source.url}
    if source.id and source.id != source_id(source.url):
        values["id"] = source.id
    for key in FIELDS:
        written = _written(key, getattr(source, key))
        if key != "id" and written is not None:
            values[key] = written
    return values


def _written(key: str, value: Any) -> Any:
    """A value as the file has it; None for a default."""
    if key == "section":
        return _path_value(value) if value else None
    if value == Source.__dataclass_fields__[key].default:
        return None
    if key == "selectors":
        return dict(value)
    return list(value) if isinstance(value, tuple) else value


def _path_value(path: SectionPath) -> str | list[str]:
    joined = "/".join(path)
    return joined if section_path(joined) == path else list(path)
