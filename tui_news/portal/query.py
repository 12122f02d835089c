"""The query language: words, "phrases", -words, and fields (`source:`, `tag:`, `is:unread`, `after:2d` ...).

The same language searches the cache and filters a list. Every term must hold. Text is compared after
folding (`text.fold`), so that full-width Latin finds half-width and Simplified finds Traditional; a term
in Chinese, Japanese or Korean matches anywhere, a Latin one from the beginning of a word. A space in a
phrase is one space: a phrase does not run over the end of a line.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from tui_news.i18n import _
from tui_news.model import Article, ReaderState
from tui_news.portal import QueryError as QueryError
from tui_news.text.fold import UNSPACED, fold
from tui_news.text.late import late

__all__ = [
    "FIELDS", "STANDINGS", "STATES", "Query", "QueryError", "Subject", "Term", "fold", "marked",
    "parse_moment", "source_holds",
]  # fmt: skip

FIELDS = ("source", "section", "tag", "author", "is", "after", "before", "title", "lang", "has")
STANDINGS = ("changed", "withdrawn", "unlisted")
"""What became of an article."""
STATES = ("unread", "read", "starred", "later", "debate", "noted", "hidden", *STANDINGS)
CARRIES = ("audio", "comments", "picture")

_TERM = late(r'(-?)(?:(\w+):)?(?:"([^"]*)"?|(\S+))')
_AGE = late(r"(\d{1,5})\s*(m|min|h|d|w|y)")
_UNITS = {"m": 1, "min": 1, "h": 60, "d": 1440, "w": 10080, "y": 525600}
_WORD = late(rf"[^\W{UNSPACED}]")
_WORD_START = rf"(?<![^\W{UNSPACED}])"


def parse_moment(text: str, now: datetime) -> datetime:
    """A point in time: an age (`2h`, `3d`, `1w`), or a date or time in ISO 8601.

    Raises QueryError on anything else.
    """
    if age := _AGE.fullmatch(text.strip()):
        try:
            return now - timedelta(minutes=int(age[1]) * _UNITS[age[2]])
        except OverflowError:
            return datetime.min.replace(tzinfo=now.tzinfo)
    try:
        moment = datetime.fromisoformat(text.strip())
    except ValueError:
        raise QueryError(
            _("“{text}” is no time; write 90m, 2h, 3d, 1w or a date such as 2026-05-01", text=text)
        ) from None
    # A bare date is the reader's own day.
    return moment if moment.tzinfo else moment.astimezone()


@dataclass(frozen=True, slots=True)
class Term:
    """One condition. `field` is empty for text."""

    value: str
    field: str = ""
    negated: bool = False
    moment: datetime | None = None

    @property
    def pattern(self) -> re.Pattern[str]:
        """What finds this term in folded text."""
        start = _WORD_START if _WORD.match(self.value) else ""
        return re.compile(start + re.escape(self.value))


@dataclass(frozen=True, slots=True)
class Query:
    """A parsed query; the empty one matches everything."""

    terms: tuple[Term, ...]

    @classmethod
    def parse(cls, text: str, now: datetime) -> Query:
        """Read a query. `now` is what ages such as `after:2d` count from. Raises QueryError."""
        terms = []
        for match in _TERM.finditer(text):
            minus, field, phrase, word = match.groups()
            value = phrase if phrase is not None else word
            name = (field or "").lower()
            if field and name not in FIELDS:
                # Not ours: text with a colon in it, such as 12:30 or re:mark.
                name, value = "", f"{field}:{value}"
            moment = None
            if name in ("after", "before"):
                moment = parse_moment(value, now)
            elif name == "is" and value.lower() not in STATES:
                raise QueryError(
                    _(
                        "is:{value} is not known; allowed: {all}",
                        value=value,
                        all=", ".join("is:" + s for s in STATES),
                    )
                )
            elif name == "has" and value.lower() not in CARRIES:
                raise QueryError(
                    _(
                        "has:{value} is not known; allowed: {all}",
                        value=value,
                        all=", ".join("has:" + c for c in CARRIES),
                    )
                )
            if value := " ".join(fold(value).split()):
                terms.append(Term(value, name, bool(minus), moment))
        return cls(tuple(terms))

    @property
    def words(self) -> tuple[str, ...]:
        """The text terms that must occur: what a hit is marked by."""
        return tuple(term.value for term in self.terms if not term.negated and term.field in ("", "title"))

    @property
    def hidden(self) -> bool:
        """Whether hidden articles are asked for, which no other query finds."""
        return any(term.field == "is" and term.value == "hidden" and not term.negated for term in self.terms)

    def matches(
        self,
        article: Article,
        state: ReaderState,
        *,
        source_name: str = "",
        section: str = "",
        body: Callable[[], str] | None = None,
    ) -> bool:
        """Whether every term holds. `body` is called only when the head does not decide a text term."""
        return self.holds(Subject(article, state, source_name, section, body))

    def holds(self, subject: Subject) -> bool:
        """Whether every term holds."""
        for term in self.terms:
            if term.field:
                holds = _field_holds(
                    term, subject.article, subject.state, subject.source_name, subject.section
                )
            else:
                holds = any(term.pattern.search(text) for text in subject.texts())
            if holds == term.negated:
                return False
        return True


class Subject:
    """An article that queries are held against; its texts are folded once for all of them."""

    def __init__(
        self,
        article: Article,
        state: ReaderState,
        source_name: str = "",
        section: str = "",
        body: Callable[[], str] | None = None,
    ) -> None:
        self.article = article
        self.state = state
        self.source_name = source_name
        self.section = section
        self._body = body
        self._head: str | None = None
        self._text: str | None = None

    def texts(self) -> Iterator[str]:
        """The head, then, if that is not enough, the text."""
        if self._head is None:
            own = self.article
            self._head = fold("\n".join((own.headline, own.kicker, own.deck, *own.tags)))
        yield self._head
        if self._body is not None:
            if self._text is None:
                self._text = fold(self._body())
            yield self._text


def _field_holds(term: Term, article: Article, state: ReaderState, source_name: str, section: str) -> bool:
    value = term.value
    match term.field:
        case "source" | "section":
            return source_holds(term, article.source, source_name, section)
        case "tag":
            return any(value == fold(tag) for tag in article.tags)
        case "author":
            return any(value in fold(author) for author in (*article.authors, article.agency))
        case "title":
            return term.pattern.search(fold(article.headline)) is not None
        case "lang":
            return fold(article.language).startswith(value)
        case "after":
            return bool(article.when and term.moment and article.when >= term.moment)
        case "before":
            return bool(article.when and term.moment and article.when < term.moment)
        case "has":
            return _carries(value, article)
        case _:
            return value in article.standing if value in STANDINGS else _is(value, state)


def source_holds(term: Term, source: str, name: str, section: str) -> bool:
    """Whether a `source:` or `section:` term (not looking at its minus) fits a source's id, name, section."""
    if term.field == "section":
        return term.value in fold(section)
    return term.value in fold(name) or term.value == source


def _carries(what: str, article: Article) -> bool:
    if what == "audio":
        return any(enclosure.type.startswith("audio/") for enclosure in article.enclosures)
    if what == "comments":
        return bool(article.comments)
    return bool(article.picture)


def _is(what: str, state: ReaderState) -> bool:
    match what:
        case "unread":
            return not state.read
        case "noted":
            return bool(state.note)
        case _:
            return bool(getattr(state, what))


def marked(text: str, words: tuple[str, ...]) -> list[tuple[int, int]]:
    """Where the words of a query stand in a text, as ranges of its characters, for showing the hits.

    Folding may change a text's length (ﬁ becomes fi); positions are mapped back character by character.
    """
    if not words:
        return []
    folded: list[str] = []
    origin: list[int] = []
    for index, char in enumerate(text):
        piece = fold(char)
        folded.append(piece)
        origin.extend([index] * len(piece))
    haystack = "".join(folded)
    found: list[tuple[int, int]] = []
    for word in words:
        pattern = Term(word).pattern
        found.extend(
            (origin[hit.start()], origin[hit.end() - 1] + 1)
            for hit in pattern.finditer(haystack)
            if hit.end() > hit.start()
        )
    merged: list[tuple[int, int]] = []
    for start, end in sorted(found):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
