"""Changes the sections of `sources.toml`, as `edit` changes its sources."""

from __future__ import annotations

from typing import Any

from tui_news.config.toml_text import KeyPath, block, set_values
from tui_news.i18n import _
from tui_news.model import SectionPath
from tui_news.paths import Places
from tui_news.sources.subscriptions.edit import edit_file, shifted, tables
from tui_news.sources.subscriptions.pieces import append, pieces, refill, without
from tui_news.sources.subscriptions.read import Entries, Subscriptions, read_entries, section_path
from tui_news.sources.subscriptions.values import SubscriptionsError, path_value
from tui_news.text.clean import clean_line

# --- sections --------------------------------------------------------------------------------------


def add_section(places: Places, path: SectionPath | str, title: str = "") -> Subscriptions:
    """Declare a section, also one without sources."""

    def change(text: str, entries: Entries) -> str:
        wanted = section_path(path)
        if not wanted:
            raise SubscriptionsError(_("a section needs a name"))
        if wanted in entries.section_at:
            return text
        return declare(text, [wanted], clean_line(title, 80))

    return edit_file(places, f"new section {'/'.join(section_path(path))}", change)


def remove_section(places: Places, path: SectionPath, *, with_sources: bool = False) -> Subscriptions:
    """Take a section and those below it out. Raises when a source stands there, but `with_sources`."""

    def change(text: str, entries: Entries) -> str:
        _known(entries, path)
        sources = [at for at, own in entries.section_of if own[: len(path)] == path]
        if sources and not with_sources:
            raise SubscriptionsError(
                _("{path} is not empty; move or remove its sources first", path="/".join(path))
            )
        gone = [("section", at) for own, at in entries.section_at.items() if own[: len(path)] == path]
        gone += [("source", at) for at in sources]
        for piece in sorted(tables(text, gone), key=lambda own: -own.start):
            text = without(text, piece)
        return text

    return edit_file(places, f"removed section {'/'.join(path)}", change)


def rename_section(places: Places, path: SectionPath, new: SectionPath | str) -> Subscriptions:
    """Give a section another name (a text) or another place (a path); all below it goes with it."""
    name = (*path[:-1], clean_line(new, 80)) if isinstance(new, str) else section_path(new)

    def change(text: str, entries: Entries) -> str:
        _known(entries, path)
        if not path or not name or not name[-1]:
            raise SubscriptionsError(_("a section needs a name"))
        if name[: len(path)] == path and name != path:
            raise SubscriptionsError(_("{path} cannot be put below itself", path="/".join(path)))
        todo: list[tuple[KeyPath, str, Any]] = []
        for own, at in entries.section_at.items():
            if own[: len(path)] == path:
                todo.append((("section", at), "path", path_value(name + own[len(path) :])))
                if own == path:
                    todo.append((("section", at), "title", None))
        todo += [
            (("source", at), "section", path_value(name + own[len(path) :]))
            for at, own in entries.section_of
            if own[: len(path)] == path
        ]
        tables(text, [(str(table[0]), int(table[1])) for table, _key, _value in todo])
        return set_values(text, todo)

    return edit_file(places, f"renamed section {'/'.join(path)}", change)


def move_section(places: Places, path: SectionPath, offset: int) -> Subscriptions:
    """Move a section up (negative) or down among its siblings, as far as they go."""

    def change(text: str, entries: Entries) -> str:
        _known(entries, path)
        siblings = [own for own in entries.subscriptions.sections if own[:-1] == path[:-1]]
        wanted = shifted(siblings, path, offset)
        if wanted == siblings:
            return text
        # The file's order of declarations is the order: so each sibling needs one.
        text = declare(text, [own for own in siblings if own not in entries.section_at])
        at = read_entries(text).section_at
        found = dict(zip(siblings, tables(text, [("section", at[own]) for own in siblings]), strict=True))
        slots = sorted(found.values(), key=lambda piece: piece.start)
        return refill(text, slots, [found[own] for own in wanted])

    return edit_file(places, f"moved section {'/'.join(path)}", change)


def _known(entries: Entries, path: SectionPath) -> None:
    if path not in entries.subscriptions.sections:
        raise SubscriptionsError(_("there is no section {path}", path=clean_line("/".join(path), 100)))


def declare(text: str, paths: list[SectionPath], title: str = "") -> str:
    """Declarations behind the last one, else before the first source."""
    if not paths:
        return text
    blocks = [
        block("section", {"path": path_value(path), **({"title": title} if title else {})}) for path in paths
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
