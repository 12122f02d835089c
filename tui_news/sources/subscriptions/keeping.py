"""Changes the saved searches and rules of `sources.toml`, as `edit` changes its sources."""

from __future__ import annotations

from typing import Any

from tui_news.config.toml_text import block, set_values
from tui_news.model import SectionPath
from tui_news.paths import Places
from tui_news.sources.subscriptions.edit import SubscriptionsError, edit_file, path_value, tables
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
from tui_news.sources.subscriptions.read import Entries, Subscriptions
from tui_news.text.clean import clean_line


def add_search(places: Places, search: SavedSearch) -> Subscriptions:
    """Keep a search as a section. Raises when its place is taken."""
    name, query = clean_line(search.name, NAME_LIMIT), clean_line(search.query, QUERY_LIMIT)
    kept = SavedSearch(name, query, search.section)

    def change(text: str, entries: Entries) -> str:
        if not name or not query:
            raise SubscriptionsError("a saved search needs a name and a query")
        if len(entries.search_at) >= MAX_SEARCHES:
            raise SubscriptionsError(f"{MAX_SEARCHES} saved searches are the most")
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
            raise SubscriptionsError("a saved search needs a name")
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
            raise SubscriptionsError(f"a rule needs a query and what to do: {DOES}")
        if Rule(match, do) in entries.subscriptions.rules:
            return text
        if len(entries.rule_at) >= MAX_RULES:
            raise SubscriptionsError(f"{MAX_RULES} rules are the most")
        value = do[0] if len(do) == 1 else list(do)
        return append(text, [block("rule", {"match": match, "do": value})])

    return edit_file(places, what or f"rule: {Rule(match, do)}", change)


def remove_rule(places: Places, rule: Rule, what: str = "") -> Subscriptions:
    """Take a rule out."""

    def change(text: str, entries: Entries) -> str:
        rules = entries.subscriptions.rules
        if rule not in rules:
            raise SubscriptionsError(f"there is no rule {rule}")
        return without(text, tables(text, [("rule", entries.rule_at[rules.index(rule)])])[0])

    return edit_file(places, what or f"removed rule: {rule}", change)


def _search_values(search: SavedSearch) -> dict[str, Any]:
    values: dict[str, Any] = {"name": search.name, "query": search.query}
    if search.section:
        values["section"] = path_value(search.section)
    return values


def _at(entries: Entries, path: SectionPath) -> int:
    if path not in entries.search_at:
        raise SubscriptionsError(f"there is no saved search {clean_line('/'.join(path), 100)}")
    return entries.search_at[path]


def _free(entries: Entries, path: SectionPath) -> None:
    if path in entries.search_at or path in entries.subscriptions.sections:
        raise SubscriptionsError(
            f"there is a section {clean_line('/'.join(path), 100)} already; name it otherwise"
        )
