"""Changes the saved searches and rules of `sources.toml`, as `edit` changes its sources."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from tui_news.config.files import FileError, read_text
from tui_news.config.toml_text import block, set_values
from tui_news.i18n import _
from tui_news.model import SectionPath, Source
from tui_news.paths import Places
from tui_news.sources.subscriptions.edit import (
    HEADER,
    edit_file,
    sort_out,
    tables,
)
from tui_news.sources.subscriptions.kept import (
    DOES,
    MAX_RULES,
    MAX_SEARCHES,
    NAME_LIMIT,
    QUERY_LIMIT,
    Rule,
    SavedSearch,
    read_do,
)
from tui_news.sources.subscriptions.pieces import append, without
from tui_news.sources.subscriptions.read import LIMIT, Entries, Subscriptions, read_entries
from tui_news.sources.subscriptions.sections import declare
from tui_news.sources.subscriptions.values import SubscriptionsError, path_value, source_block
from tui_news.text.clean import clean_line


@dataclass(frozen=True, slots=True)
class Added:
    """What an import brought that was not there."""

    sources: tuple[Source, ...] = ()
    sections: tuple[SectionPath, ...] = ()
    searches: tuple[SavedSearch, ...] = ()
    rules: tuple[Rule, ...] = ()
    problems: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return bool(self.sources or self.sections or self.searches or self.rules)


def add_search(places: Places, search: SavedSearch) -> Subscriptions:
    """Keep a search as a section. Raises when its place is taken."""
    name, query = clean_line(search.name, NAME_LIMIT), clean_line(search.query, QUERY_LIMIT)
    kept = SavedSearch(name, query, search.section)

    def change(text: str, entries: Entries) -> str:
        if not name or not query:
            raise SubscriptionsError(_("a saved search needs a name and a query"))
        if len(entries.search_at) >= MAX_SEARCHES:
            raise SubscriptionsError(_("{count} saved searches are the most", count=MAX_SEARCHES))
        _free(entries, kept.path)
        return append(text, [block("search", _search_values(kept))])

    return edit_file(places, f"kept search {name}", change)


def remove_search(places: Places, path: SectionPath) -> Subscriptions:
    """Keep a search no longer."""

    def change(text: str, entries: Entries) -> str:
        return without(text, tables(text, [("search", _at(entries, path))])[0])

    return edit_file(places, f"removed search {'/'.join(path)}", change)


def rename_search(places: Places, path: SectionPath, new: SectionPath) -> Subscriptions:
    """Give a saved search another name, or put it into another section."""
    name = clean_line(new[-1], NAME_LIMIT) if new else ""

    def change(text: str, entries: Entries) -> str:
        index = _at(entries, path)
        if not name:
            raise SubscriptionsError(_("a saved search needs a name"))
        if (wanted := (*new[:-1], name)) == path:
            return text
        _free(entries, wanted)
        tables(text, [("search", index)])
        section = path_value(new[:-1]) if new[:-1] else None
        table = ("search", index)
        return set_values(text, [(table, "name", name), (table, "section", section)])

    return edit_file(places, f"renamed search {'/'.join(path)}", change)


def add_rule(places: Places, rule: Rule, what: str = "") -> Subscriptions:
    """Add a rule behind the others; one that is there already stays alone."""
    match, do = clean_line(rule.match, QUERY_LIMIT), read_do(list(rule.do))

    def change(text: str, entries: Entries) -> str:
        if not match or not do:
            raise SubscriptionsError(_("a rule needs a query and what to do: {does}", does=DOES))
        if Rule(match, do) in entries.subscriptions.rules:
            return text
        if len(entries.rule_at) >= MAX_RULES:
            raise SubscriptionsError(_("{count} rules are the most", count=MAX_RULES))
        return append(text, [_rule_block(Rule(match, do))])

    return edit_file(places, what or f"rule: {Rule(match, do)}", change)


def remove_rule(places: Places, rule: Rule, what: str = "") -> Subscriptions:
    """Take a rule out."""

    def change(text: str, entries: Entries) -> str:
        rules = entries.subscriptions.rules
        if rule not in rules:
            raise SubscriptionsError(_("there is no rule {rule}", rule=rule))
        return without(text, tables(text, [("rule", entries.rule_at[rules.index(rule)])])[0])

    return edit_file(places, what or f"removed rule: {rule}", change)


def import_all(places: Places, own: Subscriptions, what: str) -> tuple[Subscriptions, Added]:
    """Take over the sources, sections, searches and rules of `own` that are not there yet, as one change. A
    second import adds nothing."""
    added = Added()

    def change(text: str, entries: Entries) -> str:
        nonlocal added
        added = _lacking(entries, own)
        for path in added.sections:
            text = declare(text, [path], own.titles.get(path, ""))
        blocks = [source_block(source) for source in added.sources]
        blocks += [block("search", _search_values(search)) for search in added.searches]
        return append(text, [*blocks, *(_rule_block(rule) for rule in added.rules)])

    return edit_file(places, what, change, fresh=HEADER), added


def lacking(places: Places, own: Subscriptions) -> Added:
    """What `import_all` would add."""
    try:
        text = read_text(places.sources_file, LIMIT)
    except FileError as error:
        raise SubscriptionsError(str(error)) from error
    return _lacking(read_entries(HEADER if text is None else text), own)


def _lacking(entries: Entries, own: Subscriptions) -> Added:
    known = entries.subscriptions
    # The same id is the same source, also where its address holds a password that an export leaves out.
    result = sort_out(entries, [source for source in own.sources if source.id not in entries.source_at])
    sections = tuple(path for path in own.sections if path not in known.sections)
    taken = {*known.sections, *own.sections, *entries.search_at}
    searches = [search for search in own.searches if search.path not in taken]
    rules = [rule for rule in own.rules if rule not in known.rules]
    return Added(
        result.added,
        sections,
        tuple(searches[: max(0, MAX_SEARCHES - len(entries.search_at))]),
        tuple(rules[: max(0, MAX_RULES - len(entries.rule_at))]),
        result.problems,
    )


def _rule_block(rule: Rule) -> str:
    return block("rule", {"match": rule.match, "do": rule.do[0] if len(rule.do) == 1 else list(rule.do)})


def _search_values(search: SavedSearch) -> dict[str, Any]:
    values: dict[str, Any] = {"name": search.name, "query": search.query}
    if search.section:
        values["section"] = path_value(search.section)
    return values


def _at(entries: Entries, path: SectionPath) -> int:
    if path not in entries.search_at:
        raise SubscriptionsError(_("there is no saved search {path}", path=clean_line("/".join(path), 100)))
    return entries.search_at[path]


def _free(entries: Entries, path: SectionPath) -> None:
    if path in entries.search_at or path in entries.subscriptions.sections:
        raise SubscriptionsError(
            _("there is a section {path} already; name it otherwise", path=clean_line("/".join(path), 100))
        )
