"""An export taken in: each line checked and cleaned, merged without doubles, undone as one."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, BinaryIO, Final

from tui_news.cache import CacheError
from tui_news.cache.codec import loads, pack_ids
from tui_news.cache.latest import Change
from tui_news.i18n import _
from tui_news.model import Article
from tui_news.newsroom import now
from tui_news.newsroom.moving.lines import VERSION, MoveError, unpacked
from tui_news.newsroom.moving.reading import LineError, article_of, change_of, entry_of, past_of, step_of
from tui_news.sources.subscriptions import Subscriptions, SubscriptionsError, import_all
from tui_news.text.clean import clean_line

if TYPE_CHECKING:
    from tui_news.cache.versions import Past
    from tui_news.newsroom import Newsroom

MAX_LINES: Final = 5_000_000
MAX_NAMED: Final = 20
"""Problems that are named one by one."""
_BATCH: Final = 200
"""Articles that are held in memory before they are stored."""
_KINDS: Final = {
    "state": "state", "step": "history", "article": "articles", "source": "sources", "section": "sources",
    "search": "searches", "rule": "rules",
}  # fmt: skip
"""The part that a line belongs to, by its type."""


@dataclass(slots=True)
class Taken:
    """What an import did, or with `dry` would do."""

    lines: int = 0
    fields: dict[str, int] = field(default_factory=dict)
    """Articles whose state changed, by field."""
    steps: int = 0
    articles: int = 0
    sources: int = 0
    sections: int = 0
    searches: int = 0
    rules: int = 0
    problems: list[str] = field(default_factory=list)
    bad: int = 0
    """Lines that were left out."""
    whole: bool = False
    """The file came to its end."""

    def __bool__(self) -> bool:
        return bool(
            self.fields or self.articles or self.sources or self.sections or self.searches or self.rules
        )

    def problem(self, text: str) -> None:
        """Something that the reader should know."""
        self.bad += 1
        if self.bad <= MAX_NAMED:
            self.problems.append(text)


def take(
    newsroom: Newsroom, stream: BinaryIO, name: str, *, dry: bool = False, without: Collection[str] = ()
) -> Taken:
    """Merge an export. Raises MoveError when it is none, `CacheError` when it cannot be kept."""
    return _Import(newsroom, name, dry, without).run(stream)


class _Import:
    def __init__(self, newsroom: Newsroom, name: str, dry: bool, without: Collection[str]) -> None:
        self.newsroom = newsroom
        self.name = name
        self.dry = dry
        self.without = without
        self.taken = Taken()
        self.changes: list[Change] = []
        self.steps: list[dict[str, Any]] = []
        self.entries: list[str] = []
        self.articles: dict[str, list[Article]] = {}
        self.pasts: dict[str, Past] = {}
        self.held = 0

    def run(self, stream: BinaryIO) -> Taken:
        """Read all of it, then merge."""
        lines = self._lines(stream)
        self._head(next(lines, b""))
        for line in lines:
            self._line(line)
        self._store()
        self._finish()
        return self.taken

    def _lines(self, stream: BinaryIO) -> Iterator[bytes]:
        """The lines that are not too long. What is damaged ends them, and is told."""
        try:
            for number, line in unpacked(stream):
                self.taken.lines = number
                if number > MAX_LINES:
                    raise MoveError(
                        _("it has more than {lines} lines; the rest is not read", lines=MAX_LINES)
                    )
                if line is None:
                    self.taken.problem(_("line {line}: longer than any of ours; skipped", line=number))
                else:
                    yield line
        except MoveError as error:
            if not self.taken.lines:
                raise MoveError(f"{self.name}: {error}") from error
            self.taken.bad += 1
            self.taken.problems.append(str(error))
        except OSError as error:
            raise MoveError(f"{self.name}: {error.strerror or error}") from error

    def _head(self, line: bytes) -> None:
        try:
            head = loads(line)
        except ValueError:
            head = None
        if not isinstance(head, dict) or head.get("tui-news") != "export":
            raise MoveError(
                _(
                    "{name}: not an export of tui-news; `tui-news export FILE` makes one; lists of feeds go "
                    "into `tui-news sources import`",
                    name=self.name,
                )
            )
        version = head.get("version")
        if isinstance(version, int) and version > VERSION:
            self.taken.problems.append(
                _(
                    "written by a newer tui-news (version {version} of the format, this one knows {known}); "
                    "what is known is taken",
                    version=version,
                    known=VERSION,
                )
            )

    def _line(self, line: bytes) -> None:
        if not line.strip():
            return
        number = self.taken.lines
        try:
            value = loads(line)
            if not isinstance(value, dict):
                raise LineError(_("not an object"))
            self._take(str(value.get("type", "")), value)
        except (LineError, ValueError) as error:
            said = str(error) if isinstance(error, LineError) else _("not JSON")
            self.taken.problem(
                _("line {line}: {problem}; skipped", line=number, problem=clean_line(said, 200))
            )

    def _take(self, kind: str, value: dict[str, Any]) -> None:
        if kind == "end":
            self.taken.whole = True
            return
        part = _KINDS.get(kind)
        if part is None:
            raise LineError(_("“{name}” is not known to this version", name=clean_line(kind, 40)))
        if part in self.without:
            return
        if kind == "state":
            self.changes.append(change_of(value))
        elif kind == "step":
            step = step_of(value)
            self.steps.append(
                {"w": step.what, "t": step.time,
                 "c": [[name, old, new, pack_ids(ids)] for name, old, new, ids in step.changes]}
            )  # fmt: skip
        elif kind == "article":
            article = article_of(value)
            if (past := past_of(value)) is not None:
                self.pasts[article.id] = past
            self.articles.setdefault(article.source, []).append(article)
            self.held += 1
            if self.held >= _BATCH:
                self._store()
        else:
            self.entries.append(entry_of(kind, value))

    def _store(self) -> None:
        """Put the articles that are held where they belong."""
        for source, articles in self.articles.items():
            told = self.newsroom.cache.restore(source, articles, now=now(), pasts=self.pasts, dry=self.dry)
            self.taken.articles += len(told.new) + len(told.changed)
        self.articles, self.pasts, self.held = {}, {}, 0

    def _finish(self) -> None:
        taken, newsroom = self.taken, self.newsroom
        if not taken.whole and taken.lines:
            taken.problem("the file is not complete: its last line is missing; what is there is taken")
        if taken.bad > MAX_NAMED:
            taken.problems.append(f"and {taken.bad - MAX_NAMED} more lines that were left out")
        what = clean_line(f"import: {self.name}", 100)
        added = self._arrange(what) if self.entries else False
        fresh = not newsroom.cache.history(1)
        try:
            merged = newsroom.cache.merge(
                self.changes, what=what, always=added, steps=self.steps, dry=self.dry
            )
        except CacheError as error:
            if added:
                raise CacheError(_("{error} The sources were taken all the same.", error=error)) from error
            raise
        taken.fields = dict(merged.fields)
        taken.steps = len(self.steps) if fresh else 0

    def _arrange(self, what: str) -> bool:
        """Take over sources, sections, searches and rules; whether there was anything new."""
        taken, newsroom = self.taken, self.newsroom
        own = Subscriptions.of_text("\n".join(self.entries), self.name)
        for problem in own.problems:
            # Its line is that of a text which nobody sees.
            taken.problem(problem.split(":", 2)[-1].strip())
        try:
            if self.dry:
                from tui_news.sources.subscriptions.keeping import lacking

                added = lacking(newsroom.places, own)
            else:
                subscriptions, added = import_all(newsroom.places, own, what)
                newsroom.reload(subscriptions)
        except SubscriptionsError as error:
            raise MoveError(f"{self.name}: {error}") from error
        for problem in added.problems:
            taken.problem(problem)
        taken.sources, taken.sections = len(added.sources), len(added.sections)
        taken.searches, taken.rules = len(added.searches), len(added.rules)
        return bool(added)
