"""Saved searches and rules of `sources.toml`: what each entry may hold, and what it becomes."""

from __future__ import annotations

from tui_news.i18n import _
from tui_news.model import SectionPath
from tui_news.text.clean import clean_line
from tui_news.text.late import late

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass
    from typing import Any, Final, TypeAlias
else:
    from tui_news.records import dataclass

MAX_SEARCHES: Final = 200
MAX_RULES: Final = 500
QUERY_LIMIT: Final = 500
NAME_LIMIT: Final = 80
DOES: Final = "hide, read, star or tag:NAME"
_DO = late(r"hide|read|star|tag:.{1,60}")
_Problem: TypeAlias = "Callable[[str, str], None]"
"""Called with the key and what is wrong with it."""


@dataclass(frozen=True, slots=True)
class SavedSearch:
    """A query that is a section of its own."""

    name: str
    query: str
    section: SectionPath = ()
    """The section that it stands in; the empty one is the top."""

    @property
    def path(self) -> SectionPath:
        """Its own place in the tree."""
        return (*self.section, self.name)


@dataclass(frozen=True, slots=True)
class Rule:
    """What is done by itself with articles that a query matches."""

    match: str
    do: tuple[str, ...]
    """Each of `hide`, `read`, `star`, `tag:NAME`."""

    @property
    def tags(self) -> tuple[str, ...]:
        """The tags that it gives."""
        return tuple(one[4:] for one in self.do if one.startswith("tag:"))

    def __str__(self) -> str:
        return f"{' '.join(self.do)} “{self.match}”"


def read_search(
    entry: Mapping[str, Any], problem: _Problem, section_path: Callable[[Any], SectionPath]
) -> SavedSearch | None:
    """A `[[search]]` entry; None, with a problem told, when it is none."""
    for key in entry:
        if key not in ("name", "query", "section"):
            problem(
                key,
                _("search.{key} is not known; allowed are name, query and section", key=clean_line(key, 40)),
            )
    query, section = _text(entry.get("query"), QUERY_LIMIT), section_path(entry.get("section", ""))
    name = _text(entry.get("name"), NAME_LIMIT)
    if not query or not name:
        problem(
            "query" if name else "name", _("search: needed are a name and a query, as texts; it is skipped")
        )
        return None
    if entry.get("section") and not section:
        problem("section", _('search.section: allowed is a text such as "World/Asia" or a list of texts'))
    return SavedSearch(name, query, section)


def read_rule(entry: Mapping[str, Any], problem: _Problem) -> Rule | None:
    """A `[[rule]]` entry; None, with a problem told, when it is none."""
    for key in entry:
        if key not in ("match", "do"):
            problem(key, _("rule.{key} is not known; allowed are match and do", key=clean_line(key, 40)))
    match = _text(entry.get("match"), QUERY_LIMIT)
    if not match:
        problem("match", _("rule.match: needed is a query as a text; this rule is skipped"))
        return None
    do = read_do(entry.get("do"))
    if not do:
        problem("do", _("rule.do: allowed is {does}, or a list of them; this rule is skipped", does=DOES))
        return None
    return Rule(match, do)


def read_do(value: Any) -> tuple[str, ...]:
    """What a rule does; () for what is not allowed."""
    given = [value] if isinstance(value, str) else value
    if not isinstance(given, (list, tuple)) or not 0 < len(given) <= 20:
        return ()
    done = [" ".join(clean_line(one, 80).split()) if isinstance(one, str) else "" for one in given]
    return tuple(dict.fromkeys(done)) if all(_DO.fullmatch(one) for one in done) else ()


def _text(value: Any, limit: int) -> str:
    return clean_line(value, limit) if isinstance(value, str) else ""
