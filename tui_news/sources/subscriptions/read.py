"""Reads `sources.toml`: each good entry becomes a source or section, each bad one a line that names it."""

from __future__ import annotations

from itertools import pairwise

from tui_news.config.files import FileError, read_text
from tui_news.config.toml_text import KeyPath, TomlError, line_of, parse, scan
from tui_news.i18n import _, mark
from tui_news.model import SectionPath, Source, source_id
from tui_news.paths import Places
from tui_news.sources.subscriptions.addresses import canonical_url, has_credentials, web_url
from tui_news.sources.subscriptions.kept import (
    MAX_RULES,
    MAX_SEARCHES,
    Rule,
    SavedSearch,
    read_rule,
    read_search,
)
from tui_news.sources.subscriptions.tree import SectionNode, order, tree
from tui_news.text.clean import clean_line

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from dataclasses import dataclass, field
    from typing import Any, Final
else:
    from tui_news.records import dataclass, field

LIMIT: Final = 4_000_000
MAX_DEPTH: Final = 16
"""Sections nested deeper are cut there: no newspaper is, and every path is shown whole."""
MAX_SOURCES: Final = 20_000
MAX_PROBLEMS: Final = 100
TABLES: Final = ("source", "section", "search", "rule")
KINDS: Final = ("feed", "page", "sitemap")
FULL_TEXT: Final = ("auto", "always", "never")
_PLAIN: Final = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"


@dataclass(frozen=True, slots=True)
class Subscriptions:
    """The sources that the reader follows, and their sections."""

    sources: tuple[Source, ...] = ()
    sections: tuple[SectionPath, ...] = ()
    """All sections in their order, parents before what is below them."""
    problems: tuple[str, ...] = ()
    """What is wrong with the file, one line each: file, line, key and what is allowed."""
    titles: Mapping[SectionPath, str] = field(default_factory=dict)
    """Sections that are shown under another name than the last part of their path."""
    searches: tuple[SavedSearch, ...] = ()
    """Saved searches, each a section of its own."""
    rules: tuple[Rule, ...] = ()
    """What is done by itself with articles, in this order."""
    default: bool = False
    """True while there is no file: the sources are the catalogue's selection."""

    @classmethod
    def load(cls, places: Places) -> Subscriptions:
        """Read `sources.toml`; without one, the default selection, unwritten. Never raises."""
        path = places.sources_file
        try:
            text = read_text(path, LIMIT)
        except FileError as error:
            return cls(problems=(_("{error}; no sources were read", error=error),))
        return default_subscriptions() if text is None else cls.of_text(text, path.name)

    @classmethod
    def of_text(cls, text: str, name: str = "sources.toml") -> Subscriptions:
        """The subscriptions that a file's text gives; `name` is the file's name in problems."""
        return read_entries(text, name).subscriptions

    def get(self, id: str) -> Source | None:
        return next((source for source in self.sources if source.id == id), None)

    def find(self, url: str) -> Source | None:
        """The source at this address, however it is spelt."""
        wanted = canonical_url(url)
        return next((source for source in self.sources if canonical_url(source.url) == wanted), None)

    def tree(self) -> list[SectionNode]:
        return tree(self.sources, self.sections, self.titles)


def default_subscriptions() -> Subscriptions:
    """What a reader starts with: the catalogue's default selection for the locale's language."""
    from tui_news.sources.catalog import default_selection

    sources = tuple(default_selection())
    return Subscriptions(sources, order((), [source.section for source in sources]), default=True)


@dataclass(frozen=True, slots=True)
class Entries:
    """A file as read: the subscriptions, and which entry of the file each source and section is."""

    subscriptions: Subscriptions
    source_at: Mapping[str, int]
    """Source id to its place among the `[[source]]` tables."""
    section_at: Mapping[SectionPath, int]
    """Declared section to its place among the `[[section]]` tables."""
    section_of: tuple[tuple[int, SectionPath], ...]
    """Places of `[[source]]` tables with their sections, skipped entries included where they have one."""
    search_at: Mapping[SectionPath, int]
    """A saved search's section to its place among the `[[search]]` tables."""
    rule_at: tuple[int, ...]
    """The place of each rule among the `[[rule]]` tables."""
    broken: bool = False
    """The file is no TOML as a whole; what could be read was."""


class _Problems:
    def __init__(self, name: str) -> None:
        self.name = name
        self.found: list[tuple[KeyPath, str]] = []

    def add(self, path: KeyPath, message: str) -> None:
        self.found.append((path, message))


def read_entries(text: str, name: str = "sources.toml") -> Entries:
    """Read a file's text; see `Subscriptions.of_text`."""
    problems = _Problems(name)
    broken: tuple[str, ...] = ()
    lines: dict[KeyPath, int] | None = None
    try:
        data = parse(text)
    except TomlError as error:
        message = clean_line(str(error), 200)
        data, lines = _salvage(text)
        broken = (
            _(
                "{name}:{line}: not TOML: {message}; this entry is skipped, the others are read",
                name=name,
                line=error.line,
                message=message,
            ),
        )
    for key in data:
        if key not in TABLES:
            allowed = ", ".join(f"[[{name}]]" for name in TABLES)
            problems.add(
                (key,),
                _("{key} is not known here; allowed are {allowed}", key=clean_line(key, 40), allowed=allowed),
            )
    titles: dict[SectionPath, str] = {}
    section_at: dict[SectionPath, int] = {}
    for index, entry in _entries(data, "section", problems):
        path = _section_entry(index, entry, problems, titles)
        if path and path not in section_at:
            section_at[path] = index
    sources: list[Source] = []
    source_at: dict[str, int] = {}
    section_of: list[tuple[int, SectionPath]] = []
    addresses: dict[str, str] = {}
    for index, entry in _entries(data, "source", problems):
        source = _source_entry(index, entry, problems)
        if source is None:
            if path := section_path(entry.get("section", "")):
                section_of.append((index, path))
            continue
        section_of.append((index, source.section))
        address = canonical_url(source.url)
        if source.id in source_at or address in addresses:
            other = addresses.get(address, source.id)
            problems.add(
                ("source", index, "url"),
                _("the same source stands above as {other}; this one is skipped", other=other),
            )
            continue
        addresses[address] = source.id
        source_at[source.id] = index
        sources.append(source)
    sections = order(tuple(section_at), [path for _at, path in section_of if path])
    searches, search_at = _searches(data, problems, sections)
    rules, rule_at = _rules(data, problems)
    found = broken + _messages(text, problems, lines)
    return Entries(
        Subscriptions(tuple(sources), sections, found, titles, searches, rules),
        source_at,
        section_at,
        tuple(section_of),
        search_at,
        rule_at,
        bool(broken),
    )


def _searches(
    data: dict[str, Any], problems: _Problems, sections: tuple[SectionPath, ...]
) -> tuple[tuple[SavedSearch, ...], dict[SectionPath, int]]:
    searches: list[SavedSearch] = []
    places: dict[SectionPath, int] = {}
    for index, entry in _entries(data, "search", problems, MAX_SEARCHES):
        search = read_search(entry, _teller(problems, "search", index), section_path)
        if search is None:
            continue
        if search.path in places or search.path in sections:
            what = _(
                "there is a section {path} already; name this search otherwise", path="/".join(search.path)
            )
            problems.add(("search", index, "name"), what)
            continue
        places[search.path] = index
        searches.append(search)
    return tuple(searches), places


def _rules(data: dict[str, Any], problems: _Problems) -> tuple[tuple[Rule, ...], tuple[int, ...]]:
    rules: list[Rule] = []
    places: list[int] = []
    for index, entry in _entries(data, "rule", problems, MAX_RULES):
        rule = read_rule(entry, _teller(problems, "rule", index))
        if rule is not None:
            rules.append(rule)
            places.append(index)
    return tuple(rules), tuple(places)


def _teller(problems: _Problems, table: str, index: int) -> Callable[[str, str], None]:
    return lambda key, message: problems.add((table, index, key), message)


def _messages(text: str, problems: _Problems, lines: dict[KeyPath, int] | None) -> tuple[str, ...]:
    if not problems.found:
        return ()
    marks = scan(text) if lines is None else []
    out: list[str] = []
    for path, message in problems.found[:MAX_PROBLEMS]:
        line = line_of(marks, path) if lines is None else lines.get(path[:2], 1)
        out.append(f"{problems.name}:{line}: {message}")
    if (more := len(problems.found) - MAX_PROBLEMS) > 0:
        out.append(_("{name}: and {count} more", name=problems.name, count=more))
    return tuple(out)


def _entries(
    data: dict[str, Any], name: str, problems: _Problems, most: int = MAX_SOURCES
) -> list[tuple[int, dict[str, Any]]]:
    entries = data.get(name, [])
    if not isinstance(entries, list):
        problems.add((name,), _("{name} is written [[{name}]], in two pairs of brackets", name=name))
        return []
    found: list[tuple[int, dict[str, Any]]] = []
    for index, entry in enumerate(entries[:most]):
        if isinstance(entry, dict):
            found.append((index, entry))
        else:
            problems.add((name,), _("{name} is a list of tables, each written [[{name}]]", name=name))
    if len(entries) > most:
        problems.add((name, most), _("only the first {most} are read", most=most))
    return found


def _section_entry(
    index: int, entry: dict[str, Any], problems: _Problems, titles: dict[SectionPath, str]
) -> SectionPath:
    for key in entry:
        if key not in ("path", "title"):
            problems.add(
                ("section", index, key),
                _("section.{key} is not known; allowed are path and title", key=clean_line(key, 40)),
            )
    path = section_path(entry.get("path", ""))
    if not path:
        problems.add(
            ("section", index, "path"),
            _('section.path: needed is a text such as "World/Asia" or a list of texts'),
        )
        return ()
    title = entry.get("title", "")
    if not isinstance(title, str):
        problems.add(("section", index, "title"), _("section.title: allowed is a text"))
    elif title := clean_line(title, 80):
        titles[path] = title
    return path


def section_path(value: Any) -> SectionPath:
    """A section from a text with slashes or a list of names; () for what is neither or empty."""
    if isinstance(value, str):
        value = value[:2_000].split("/")
    if not isinstance(value, (list, tuple)) or not all(isinstance(part, str) for part in value[:MAX_DEPTH]):
        return ()
    return tuple(name for part in value[:MAX_DEPTH] if (name := clean_line(part, 80)))


# --- one source: key, what is allowed, and the check that gives the value or None -------------------


def _text(limit: int) -> Callable[[Any], Any]:
    return lambda value: clean_line(value, limit) if isinstance(value, str) else None


def _word(marks: str, limit: int) -> Callable[[Any], Any]:
    """A word of letters, digits and some marks, which does not begin with one."""

    def check(value: Any) -> Any:
        right = isinstance(value, str) and len(value) <= limit and not value.strip(_PLAIN + marks)
        return value if right and value[:1] not in tuple(marks) else None

    return check


def _language(value: Any) -> Any:
    if not isinstance(value, str) or not value.isascii():
        return None
    first, *more = value.replace("_", "-").split("-")
    right = first.isalpha() and 2 <= len(first) <= 8 and len(more) <= 4
    return value if not value or (right and all(part.isalnum() and len(part) <= 8 for part in more)) else None


def _one_of(choices: tuple[str, ...]) -> Callable[[Any], Any]:
    return lambda value: value if value in choices else None


def _section(value: Any) -> Any:
    path = section_path(value)
    return path if path or not value else None


def _interval(value: Any) -> Any:
    whole = isinstance(value, int) and not isinstance(value, bool)
    return value if whole and 0 <= value <= 1_000_000 else None


def _tags(value: Any) -> Any:
    if not isinstance(value, list) or not all(isinstance(tag, str) for tag in value):
        return None
    return tuple(dict.fromkeys(tag for item in value[:50] if (tag := clean_line(item, 60))))


SELECTORS: Final = ("item", "link", "headline", "date", "summary", "author", "next")


def _selectors(value: Any) -> Any:
    if not isinstance(value, dict) or not set(value) <= set(SELECTORS):
        return None
    if not all(isinstance(css, str) and clean_line(css, 500) == css for css in value.values()):
        return None
    return tuple((part, value[part]) for part in SELECTORS if value.get(part))


FIELDS: Final[dict[str, tuple[str, Callable[[Any], Any]]]] = {
    "title": (mark("a text"), _text(200)),
    "section": (mark('a text such as "World/Asia" or a list of texts'), _section),
    "kind": (mark("one of {choices}"), _one_of(KINDS)),
    "id": (mark("letters, digits, dots, - and _, 64 at most"), _word("._-", 64)),
    "site": (mark("a text"), _text(60)),
    "language": (mark('a language such as "en" or "zh-Hans"'), _language),
    "charset": (mark('a charset such as "gb18030"'), _word("._:+-", 40)),
    "interval": (mark("a whole number of minutes, 0 for the general setting"), _interval),
    "full_text": (mark("one of {choices}"), _one_of(FULL_TEXT)),
    "paused": (mark("true or false"), lambda value: value if isinstance(value, bool) else None),
    "insecure": (mark("true or false"), lambda value: value if isinstance(value, bool) else None),
    "home": (mark("an http or https address"), lambda value: web_url(value) if value else ""),
    "tags": (mark("a list of texts"), _tags),
    "selectors": (mark("a table of CSS selectors for {choices}"), _selectors),
}
"""The keys of a source besides `url`: what is allowed in words, and what checks it."""
_CHOICES: Final[dict[str, tuple[str, ...]]] = {
    "kind": tuple(KINDS), "full_text": tuple(FULL_TEXT), "selectors": SELECTORS,
}  # fmt: skip


def allowed_for(key: str) -> str:
    """What may stand for a key of `FIELDS`, in the reader's words."""
    text = FIELDS[key][0]
    return _(text, choices=", ".join(_CHOICES[key])) if key in _CHOICES else _(text)


def _source_entry(index: int, entry: dict[str, Any], problems: _Problems) -> Source | None:
    """The source, without the values that are not allowed; None when it has no address or id to go by."""
    url = web_url(entry.get("url"))
    if not url:
        title = entry.get("title")
        called = f" ({clean_line(title, 40)})" if isinstance(title, str) and title else ""
        what = (
            mark("source.url{called} is not an http or https address; this source is skipped")
            if entry.get("url")
            else mark("source.url{called} is needed, an http or https address; this source is skipped")
        )
        problems.add(("source", index, "url"), _(what, called=called))
        return None
    if has_credentials(url):
        problems.add(
            ("source", index, "url"),
            _(
                "source.url holds a password that anyone who reads this file can use; `tui-news sources "
                "password {id}` moves it to a safe place",
                id=clean_line(entry.get("id") or source_id(url), 64),
            ),
        )
    values: dict[str, Any] = {}
    for key, value in entry.items():
        if key == "url":
            continue
        if key not in FIELDS:
            allowed = ", ".join(("url", *FIELDS))
            problems.add(
                ("source", index, key),
                _(
                    "source.{key} is not known; allowed are {allowed}",
                    key=clean_line(key, 40),
                    allowed=allowed,
                ),
            )
            continue
        checked = FIELDS[key][1](value)
        if checked is None or (key == "home" and value and not checked):
            problems.add(
                ("source", index, key),
                _("source.{key}: allowed is {allowed}; left out", key=key, allowed=allowed_for(key)),
            )
        elif checked or key in ("paused", "insecure"):
            values[key] = checked
    return Source(**{"id": source_id(url), **values, "url": url})


def _salvage(text: str) -> tuple[dict[str, Any], dict[KeyPath, int]]:
    """What can be read of a file that is not TOML as a whole: each table by itself."""
    import re

    data: dict[str, Any] = {name: [] for name in TABLES}
    lines: dict[KeyPath, int] = {}
    rows = text.splitlines(keepends=True)
    starts = [
        index for index, row in enumerate(rows) if re.match(rf"[ \t]*\[\[?[ \t]*({'|'.join(TABLES)})\b", row)
    ]
    for start, end in pairwise((*starts, len(rows))):
        try:
            piece = parse("".join(rows[start:end]))
        except TomlError:
            continue
        for name in TABLES:
            entries = piece.get(name, [])
            for entry in entries if isinstance(entries, list) else ():
                lines[(name, len(data[name]))] = start + 1
                data[name].append(entry)
    return data, lines
