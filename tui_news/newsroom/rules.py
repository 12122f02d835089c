"""Rules of the reader's: what is hidden, marked or tagged by itself, when it comes and, on demand, before."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, NamedTuple

from tui_news.cache import CacheError
from tui_news.i18n import _
from tui_news.model import Article
from tui_news.newsroom import now
from tui_news.newsroom.follow import FollowError
from tui_news.newsroom.views import View
from tui_news.portal.query import Query, QueryError, Subject
from tui_news.portal.stopwords import STOP_WORDS
from tui_news.sources import subscriptions as edit
from tui_news.sources.subscriptions import Rule, Subscriptions, SubscriptionsError
from tui_news.text.clean import clean_line

if TYPE_CHECKING:
    from tui_news.cache import Step
    from tui_news.newsroom import Newsroom

BATCH = 25
"""New articles that are looked at before keys have their turn."""
BODY_LIMIT = 100_000
"""Characters of a text that rules look at."""
TAGS_MEMORY = "rule_tags"
"""Where the names of all tags that rules ever gave are remembered."""
_WORD = re.compile(r"[^\W\d_]{4,}")


class Compiled(NamedTuple):
    """A rule, ready to be held against articles."""

    rule: Rule
    query: Query


@dataclass(frozen=True, slots=True)
class Applied:
    """What rules did to cached articles: how many each way."""

    hidden: int = 0
    shown: int = 0
    read: int = 0
    starred: int = 0
    tagged: int = 0
    step: Step | None = None

    def __bool__(self) -> bool:
        return any((self.hidden, self.shown, self.read, self.starred, self.tagged))


def told(done: Applied) -> str:
    """What rules did, in words; nothing when they did nothing."""
    from tui_news.i18n import counted, many

    return ", ".join(
        counted(
            (done.hidden, many(done.hidden, "{count} article hidden", "{count} articles hidden")),
            (done.shown, many(done.shown, "{count} article shown again", "{count} articles shown again")),
            (done.read, many(done.read, "{count} article marked read", "{count} articles marked read")),
            (done.starred, many(done.starred, "{count} article starred", "{count} articles starred")),
            (done.tagged, many(done.tagged, "{count} article tagged", "{count} articles tagged")),
        )
    )


def compiled(rules: Iterable[Rule]) -> list[Compiled]:
    """The rules whose query can be understood; ages count from now."""
    moment = now()
    found = []
    for rule in rules:
        try:
            found.append(Compiled(rule, Query.parse(rule.match, now=moment)))
        except QueryError:
            continue  # `problems` names it.
    return found


def problems(subscriptions: Subscriptions) -> tuple[str, ...]:
    """Queries of rules and saved searches that cannot be understood, a line each."""
    asked = [(f"rule {rule}", rule.match) for rule in subscriptions.rules]
    asked += [(f"search {search.name}", search.query) for search in subscriptions.searches]
    found = []
    for what, text in asked:
        try:
            if not Query.parse(text, now=now()).terms:
                found.append(_("sources.toml: {what}: it asks for nothing; it is skipped", what=what))
        except QueryError as error:
            found.append(f"sources.toml: {what}: {error}")
    return tuple(found)


def checked(text: str) -> str:
    """A rule's query. Raises QueryError when it asks for nothing, as one that matches everything would."""
    if not Query.parse(text, now=now()).terms:
        raise QueryError(_("a rule needs something to look for: words, author:NAME, source:NAME …"))
    return text


def matching(newsroom: Newsroom, article: Article, rules: Sequence[Compiled]) -> list[Rule]:
    """The rules that an article answers."""
    subject = Subject(
        article,
        newsroom.state(article.id),
        newsroom.source_name(article.source),
        newsroom.section_name(article.source),
        lambda: _text(newsroom, article.id),
    )
    return [rule for rule, query in rules if query.terms and query.holds(subject)]


def _text(newsroom: Newsroom, id: str) -> str:
    article = newsroom.article(id)
    return "\n".join(block.text for block in article.blocks)[:BODY_LIMIT] if article else ""


def why_hidden(newsroom: Newsroom, article: Article) -> str:
    """Which rule hides an article, in words; '' when it is not hidden."""
    if not newsroom.state(article.id).hidden:
        return ""
    rules = compiled(rule for rule in newsroom.subscriptions.rules if "hide" in rule.do)
    found = matching(newsroom, article, rules)
    return (
        _("hidden by rule {rule}", rule=found[0]) if found else _("hidden by a rule that is no longer there")
    )


# --- what has just come --------------------------------------------------------------------------------


async def sort_in(newsroom: Newsroom, source: str, new: Sequence[str], changed: Sequence[str]) -> None:
    """Do with articles that a source has just given what the rules say. Is no step of undo. Raises
    `CacheError`."""
    import asyncio

    rules = compiled(newsroom.subscriptions.rules)
    if not rules:
        return
    hide: list[str] = []
    marks: dict[str, list[str]] = {"read": [], "star": []}
    tags: dict[str, tuple[str, ...]] = {}
    for number, id in enumerate((*new, *changed)):
        if number % BATCH == BATCH - 1:
            await asyncio.sleep(0)
        article = newsroom.cache.article(id)
        if article is None:
            continue
        found = matching(newsroom, article, rules)
        do = {one for rule in found for one in rule.do}
        if "hide" in do:
            hide.append(id)
        if number < len(new):
            # What the reader has marked otherwise since is his own word.
            for mark, ids in marks.items():
                if mark in do:
                    ids.append(id)
        own = _tags(found)
        if own or number >= len(new):
            tags[id] = own
    cache = newsroom.cache
    groups: list[tuple[list[str], Mapping[str, bool | str | int]]] = [
        (hide, {"hidden": True}), (marks["read"], {"read": True}), (marks["star"], {"starred": True}),
    ]  # fmt: skip
    if any(ids for ids, _rest in groups):
        cache.mark_all(groups, "", quiet=True)
    if any(tags.values()):
        _remember_tags(newsroom)
    if tags:
        cache.put_tags(source, tags)


def _tags(rules: Iterable[Rule]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(tag for rule in rules for tag in rule.tags))


def _remember_tags(newsroom: Newsroom) -> list[str]:
    """The names of all tags that rules give or ever gave."""
    known = newsroom.cache.get_memory(TAGS_MEMORY)
    before = [str(name) for name in known] if isinstance(known, list) else []
    names = list(dict.fromkeys((*before, *_tags(newsroom.subscriptions.rules))))
    if names != before:
        newsroom.cache.put_memory(TAGS_MEMORY, names)
    return names


# --- what is cached ------------------------------------------------------------------------------------


def find_all(newsroom: Newsroom, query: Query) -> list[str]:
    """The ids of the cached articles that a query matches, hidden ones included."""
    found = newsroom.finder.find(View(hidden=True), query)
    return [article.id for article in found] if isinstance(found, list) else list(found.ids)


def count(newsroom: Newsroom, match: str) -> int:
    """How many cached articles a rule of this query would match. Raises QueryError."""
    return len(find_all(newsroom, Query.parse(checked(match), now=now())))


def apply(newsroom: Newsroom, what: str = "rule: applied to what is cached") -> Applied:
    """Make the cached articles what the rules say, as one step of undo: hidden are those that a rule hides,
    and no others; tags are those that rules give. Raises `CacheError`."""
    rules = compiled(newsroom.subscriptions.rules)
    hidden = set(newsroom.cache.listing(newsroom.source_ids(View()), hidden=True).ids)
    found = [(rule, find_all(newsroom, query)) for rule, query in rules if query.terms]
    wanted = {id for rule, ids in found if "hide" in rule.do for id in ids}
    return _do(newsroom, found, what, show=sorted(hidden - wanted), tag_all=True)


def save(newsroom: Newsroom, rule: Rule) -> Applied:
    """Keep a rule and do what it says with what is cached; undo takes both back. Raises FollowError when it
    cannot be kept, `CacheError` when the articles cannot be marked."""
    query = Query.parse(checked(rule.match), now=now())
    what = label(rule)
    try:
        newsroom.reload(edit.add_rule(newsroom.places, rule, what))
    except SubscriptionsError as error:
        raise FollowError(str(error)) from error
    return _do(newsroom, [(rule, find_all(newsroom, query))], what, always=True)


def label(rule: Rule) -> str:
    """What the step of undo is called that a new rule makes."""
    return clean_line(f"rule: {rule}", 110)


def remove(newsroom: Newsroom, rule: Rule) -> Applied:
    """Take a rule out, and with it what it hid and tagged. Raises FollowError and `CacheError`."""
    what = clean_line(f"rule: removed {rule}", 110)
    try:
        newsroom.reload(edit.remove_rule(newsroom.places, rule, what))
    except SubscriptionsError as error:
        raise FollowError(str(error)) from error
    return apply(newsroom, what)


def _do(
    newsroom: Newsroom,
    found: Sequence[tuple[Rule, Sequence[str]]],
    what: str,
    *,
    show: Sequence[str] = (),
    always: bool = False,
    tag_all: bool = False,
) -> Applied:
    def of(do: str) -> list[str]:
        return list(dict.fromkeys(id for rule, ids in found if do in rule.do for id in ids))

    state = newsroom.state
    # What the reader marked himself is not taken out of his sight.
    hide = [id for id in of("hide") if not ((now_ := state(id)).hidden or now_.keep)]
    read = [id for id in of("read") if not state(id).read]
    star = [id for id in of("star") if not state(id).starred]
    step = None
    if hide or show or read or star or always:
        step = newsroom.cache.mark_all(
            [(hide, {"hidden": True}), (show, {"hidden": False}), (read, {"read": True}),
             (star, {"starred": True})],
            what,
            always=always,
        )  # fmt: skip
    tagged = _tag(newsroom, found, everything=tag_all)
    return Applied(len(hide), len(show), len(read), len(star), tagged, step)


def _tag(newsroom: Newsroom, found: Sequence[tuple[Rule, Sequence[str]]], *, everything: bool) -> int:
    """Give articles the tags of rules; with `everything` take away those that no rule gives any more."""
    wanted: dict[str, list[str]] = {}
    for rule, ids in found:
        for id in ids if rule.tags else ():
            wanted.setdefault(id, []).extend(rule.tags)
    cache = newsroom.cache
    if everything:
        for name in _remember_tags(newsroom):
            query = Query.parse(f'tag:"{name}"', now=now())
            for id in find_all(newsroom, query):
                wanted.setdefault(id, [])
    elif wanted:
        _remember_tags(newsroom)
        for id, tags in wanted.items():
            tags[:0] = cache.tags(id)
    by_source: dict[str, dict[str, tuple[str, ...]]] = {}
    for id, tags in wanted.items():
        article = cache.article(id)
        if article is not None:
            by_source.setdefault(article.source, {})[id] = tuple(dict.fromkeys(tags))
    return sum(cache.put_tags(source, tags) for source, tags in by_source.items())


def take_back(newsroom: Newsroom, what: str) -> None:
    """Take the change of `sources.toml` back that came with a step. Raises `CacheError` when it was edited by
    hand since: then it stays."""
    from tui_news.newsroom import arrange

    if edit.last_change(newsroom.places) != what:
        return
    before = newsroom.subscriptions.rules
    try:
        arrange.take_back(newsroom)
    except FollowError as error:
        raise CacheError(_("What it did to articles is undone; {error}", error=error)) from error
    if _tags(before) != _tags(newsroom.subscriptions.rules):
        rules = [(rule, find_all(newsroom, q)) for rule, q in compiled(newsroom.subscriptions.rules)]
        _tag(newsroom, rules, everything=True)


# --- made from an article ------------------------------------------------------------------------------


def proposals(newsroom: Newsroom, article: Article) -> Iterator[tuple[str, str]]:
    """Queries that a rule may be made of, with what each is about: the article's authors, its source with a
    word of its headline, its tags."""
    for author in (*article.authors[:3], article.agency):
        if author:
            yield "author", f"author:{_quoted(author)}"
    name = newsroom.source_name(article.source)
    own = newsroom.source(article.source)
    named = own is not None and name != own.url
    alike = [s.id for s in newsroom.sources if name.casefold() in newsroom.source_name(s.id).casefold()]
    source = f"source:{_quoted(name) if named and alike == [article.source] else article.source}"
    words = [word for word in _WORD.findall(article.headline) if word.casefold() not in STOP_WORDS]
    for word in sorted(dict.fromkeys(words), key=len, reverse=True)[:3]:
        yield "source and word", f"{source} title:{word.casefold()}"
    if not words and article.headline:
        yield "source and headline", f"{source} title:{_quoted(article.headline[:40])}"
    yield "source", source
    for tag in article.tags[:5]:
        yield "tag", f"tag:{_quoted(tag)}"


def _quoted(text: str) -> str:
    text = " ".join(text.replace('"', " ").split())
    return text if re.fullmatch(r"[\w.-]+", text) else f'"{text}"'
