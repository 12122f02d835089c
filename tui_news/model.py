"""The types that every room shares: sources, sections, articles and their blocks, the reader's state.

All of them are frozen; nothing here touches network, disk or screen. `to_dict`/`from_dict` give the
JSON form in which the cache keeps an article: keys with their default value are left out, unknown
keys are ignored, so that an older program can read a newer file.
"""

from __future__ import annotations

from datetime import datetime

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable
    from dataclasses import dataclass
    from typing import Any, Literal, TypeAlias
else:
    from tui_news.records import dataclass

# Literal types as texts: `typing` takes 3 ms to load and is for the type checker alone.
SourceKind: TypeAlias = "Literal['feed', 'page', 'sitemap']"
BlockKind: TypeAlias = "Literal['paragraph', 'subhead', 'item', 'quote', 'pre', 'table', 'picture', 'rule']"
FullText: TypeAlias = "Literal['auto', 'always', 'never']"
BLOCK_KINDS = ("paragraph", "subhead", "item", "quote", "pre", "table", "picture", "rule")
Withdrawn: TypeAlias = "Literal['', 'deleted', 'gone', 'moved', 'unlisted']"
"""How an article was withdrawn: its feed says that it is deleted (RFC 6721), its page is gone (404, 410) or
leads to another one; `unlisted`: its feed has dropped it and still lists older ones, which may mean that."""
WITHDRAWN = ("deleted", "gone", "moved", "unlisted")
Standing: TypeAlias = "Literal['changed', 'withdrawn', 'unlisted']"

SectionPath = tuple[str, ...]
"""A section's place in the tree, outermost first; the empty tuple is the whole newspaper."""

# The marks of a run, one letter each, in `Run.marks`.
EMPHASIS, STRONG, CODE, STRIKE = "e", "s", "c", "x"
DELETED, INSERTED = "d", "i"
"""What a former version had and what it had not: in comparisons only, never in an article from outside."""


@dataclass(frozen=True, slots=True)
class Run:
    """Text with one look: `marks` holds letters of the constants above, `href` an absolute URL, or `#name`
    for the block of the same article that has this anchor (footnotes)."""

    text: str
    marks: str = ""
    href: str = ""


Cell = tuple[Run, ...]


@dataclass(frozen=True, slots=True)
class Block:
    """One typed piece of an article's text.

    `level` is a subhead's rank (1-6), an item's or a quote's depth (1 and up), else 0. `ordinal` numbers
    an item of an ordered list (0: bulleted). A picture has `src`, `alt` and its caption in `runs`. A
    table has `rows` of cells; with `header` the first row is its head. A `pre` keeps its newlines. `anchors`
    are the names under which the article's own links lead to it.
    """

    kind: BlockKind
    runs: tuple[Run, ...] = ()
    level: int = 0
    ordinal: int = 0
    src: str = ""
    alt: str = ""
    rows: tuple[tuple[Cell, ...], ...] = ()
    header: bool = False
    anchors: tuple[str, ...] = ()

    @property
    def text(self) -> str:
        """The block's text without marks; a table's cells joined by tabs, its rows by newlines."""
        if self.rows:
            return "\n".join(
                "\t".join("".join(run.text for run in cell) for cell in row) for row in self.rows
            )
        return "".join(run.text for run in self.runs)


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that an entry carries (RSS enclosure, media:content, JSON Feed attachment)."""

    url: str
    type: str = ""
    length: int = 0
    """Bytes as declared by the feed; 0 when it does not say."""
    duration: int = 0
    """Seconds; 0 when the feed does not say."""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Article:
    """An entry of a source, as text that has been cleaned (`text.clean`). Lists carry it without `blocks`."""

    id: str
    source: str
    url: str = ""
    headline: str = ""
    kicker: str = ""
    deck: str = ""
    agency: str = ""
    place: str = ""
    authors: tuple[str, ...] = ()
    editor: str = ""
    published: datetime | None = None
    """Aware, in the zone that the source gave; None when it gave no date that can be believed."""
    updated: datetime | None = None
    breadcrumb: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    comments_url: str = ""
    comments_feed: str = ""
    comments: int | None = None
    """How many comments there are, as the source says; None when it does not."""
    comments_post: str = ""
    """Where the source takes a comment by the CommentAPI (`wfw:comment`)."""
    enclosures: tuple[Enclosure, ...] = ()
    language: str = ""
    charset: str = ""
    picture: str = ""
    related: tuple[Run, ...] = ()
    notes: tuple[str, ...] = ()
    """What the reader should know of how this was read (a wrong charset overruled, text cut short)."""
    full: bool = False
    """True when `blocks` holds the whole article and not a feed's summary."""
    fetched: datetime | None = None
    """When it was first seen; lists sort by `published`, else by this."""
    blocks: tuple[Block, ...] = ()
    changed: bool = False
    """It says something else than when the reader read it, and he has not looked since. Known to the cache
    alone, as are the next two: not a part of the JSON form."""
    withdrawn: Withdrawn = ""
    stale: bool = False
    """Its feed's entry has changed since its page was read."""

    @property
    def standing(self) -> tuple[Standing, ...]:
        """What became of it since, as lists and queries name it."""
        found: tuple[Standing, ...] = ("changed",) if self.changed else ()
        if not self.withdrawn:
            return found
        return (*found, "unlisted" if self.withdrawn == "unlisted" else "withdrawn")

    @property
    def when(self) -> datetime | None:
        """The time it is sorted and shown by."""
        return self.published or self.updated or self.fetched

    def without_body(self) -> Article:
        """The same article as lists carry it."""
        if not self.blocks:
            return self
        from dataclasses import replace

        return replace(self, blocks=())


@dataclass(frozen=True, slots=True)
class Source:
    """One place that news comes from, as `sources.toml` says."""

    id: str
    url: str
    title: str = ""
    section: SectionPath = ()
    kind: SourceKind = "feed"
    site: str = ""
    """The group of sources (an edition) that it belongs to; empty for the main one."""
    language: str = ""
    charset: str = ""
    interval: int = 0
    """Minutes between refreshes; 0 takes the general setting."""
    full_text: FullText = "auto"
    paused: bool = False
    home: str = ""
    """The site's own page."""
    tags: tuple[str, ...] = ()
    selectors: tuple[tuple[str, str], ...] = ()
    """CSS that overrides what is found on a `page` source, by part: item, link, headline, date, summary,
    author, next."""

    insecure: bool = False
    """Its host's certificate is not checked: the reader has said so."""

    @property
    def name(self) -> str:
        """What lists call it."""
        return self.title or self.address

    @property
    def address(self) -> str:
        """Its URL as it may be shown: without name and password."""
        scheme, colon, rest = self.url.partition("://")
        host, slash, path = rest.partition("/")
        return f"{scheme}{colon}{host.rpartition('@')[2]}{slash}{path}" if "@" in host else self.url


@dataclass(frozen=True, slots=True)
class FeedStatus:
    """What the last tries at a source gave; the fetcher's memory, kept over restarts."""

    source: str
    etag: str = ""
    last_modified: str = ""
    checked: datetime | None = None
    succeeded: datetime | None = None
    next_try: datetime | None = None
    hold: datetime | None = None
    """Until when the server wants to be left alone (429, Retry-After); not even the reader overrides it."""
    status: int = 0
    """HTTP status of the last answer; 0 when there was none."""
    latency: float = 0.0
    """Seconds that the last fetch took."""
    received: int = 0
    """Bytes of the last answer as they came over the line."""
    failures: int = 0
    """Tries in a row that failed."""
    error: str = ""
    """One line that says what went wrong and what to do; empty after a success."""
    gone: bool = False
    """The server said 410: not asked again until the reader resumes it."""
    damaged: bool = False
    """The last answer was a feed cut short or broken; what could be read was kept."""
    title: str = ""
    """The feed's own title."""
    home: str = ""
    moved: str = ""
    """Where permanent redirects led; the service writes it to `sources.toml`."""


@dataclass(frozen=True, slots=True)
class ReaderState:
    """What the reader has done with an article. Kept apart from articles and never dropped by retention."""

    read: bool = False
    starred: bool = False
    later: bool = False
    debate: bool = False
    note: str = ""
    position: int = 0
    """Index of the block that was at the top when the reader left."""
    hidden: bool = False
    """Lists leave it out: a rule of the reader's did this. `is:hidden` finds it."""

    @property
    def keep(self) -> bool:
        """True when retention must never drop the article."""
        return self.starred or self.later or self.debate or bool(self.note)


UNTOUCHED = ReaderState()


def digest(data: bytes, size: int) -> bytes:
    """`size` bytes of BLAKE2b (RFC 7693)."""
    try:
        from _blake2 import blake2b  # hashlib loads OpenSSL first, 3 ms of every start
    except ImportError:  # a Python built without hashes of its own
        from hashlib import blake2b
    return blake2b(data, digest_size=size).digest()


def source_id(url: str) -> str:
    """The id of a source that `sources.toml` gives none: stable for a URL, short enough to type."""
    return digest(url.strip().encode("utf-8", "replace"), 5).hex()


def article_id(source: str, guid: str = "", permalink: str = "", headline: str = "", date: str = "") -> str:
    """A stable id of 12 hex digits: the entry's guid scoped to its source, else its canonical permalink,
    else a hash of headline and date (DESIGN, The model)."""
    if guid:
        key = f"{source}\0guid\0{guid}"
    elif permalink:
        key = f"{source}\0link\0{permalink}"
    else:
        key = f"{source}\0text\0{headline}\0{date}"
    return digest(key.encode("utf-8", "replace"), 6).hex()


def paragraphs(text: str) -> tuple[Block, ...]:
    """Plain text as paragraph blocks, split at blank lines."""
    return tuple(
        Block("paragraph", (Run(" ".join(part.split("\n")).strip()),))
        for part in text.split("\n\n")
        if part.strip()
    )


# --- the JSON form ---------------------------------------------------------------------------------


def _runs_out(runs: Iterable[Run]) -> list[Any]:
    return [run.text if not run.marks and not run.href else [run.text, run.marks, run.href] for run in runs]


def _runs_in(data: Any) -> tuple[Run, ...]:
    return tuple([Run(item) if isinstance(item, str) else Run(*map(str, item[:3])) for item in data or ()])


def block_to_dict(block: Block) -> dict[str, Any]:
    """A block in its JSON form: `{"k": kind, "r": runs, ...}`, a plain run being a bare string."""
    data: dict[str, Any] = {"k": block.kind}
    if block.runs:
        data["r"] = _runs_out(block.runs)
    if block.level:
        data["l"] = block.level
    if block.ordinal:
        data["o"] = block.ordinal
    if block.src:
        data["src"] = block.src
    if block.alt:
        data["alt"] = block.alt
    if block.rows:
        data["rows"] = [[_runs_out(cell) for cell in row] for row in block.rows]
    if block.header:
        data["h"] = True
    if block.anchors:
        data["a"] = list(block.anchors)
    return data


def block_from_dict(data: dict[str, Any]) -> Block:
    """The inverse of `block_to_dict`. Raises KeyError or TypeError on what never was a block."""
    if len(data) == 2 and (runs := data.get("r")):
        # Most of a text: a book's paragraphs come by here.
        return Block(data["k"], _runs_in(runs))
    return Block(
        data["k"],
        _runs_in(data.get("r")),
        int(data.get("l", 0)),
        int(data.get("o", 0)),
        data.get("src", ""),
        data.get("alt", ""),
        tuple(tuple(_runs_in(cell) for cell in row) for row in data.get("rows", ())),
        bool(data.get("h", False)),
        tuple(map(str, data.get("a", ()))),
    )


_TEXT_FIELDS = (
    "url", "headline", "kicker", "deck", "agency", "place", "editor", "comments_url", "comments_feed",
    "comments_post", "language", "charset", "picture",
)  # fmt: skip
_TUPLE_FIELDS = ("authors", "breadcrumb", "tags", "notes")
_TIME_FIELDS = ("published", "updated", "fetched")


def article_to_dict(article: Article) -> dict[str, Any]:
    """An article in its JSON form, body included when it has one."""
    data: dict[str, Any] = {"id": article.id, "source": article.source}
    for name in _TEXT_FIELDS:
        if value := getattr(article, name):
            data[name] = value
    for name in _TUPLE_FIELDS:
        if value := getattr(article, name):
            data[name] = list(value)
    for name in _TIME_FIELDS:
        if value := getattr(article, name):
            data[name] = value.isoformat()
    if article.comments is not None:
        data["comments"] = article.comments
    if article.enclosures:
        data["enclosures"] = [[e.url, e.type, e.length, e.duration, e.title] for e in article.enclosures]
    if article.related:
        data["related"] = _runs_out(article.related)
    if article.full:
        data["full"] = True
    if article.blocks:
        data["blocks"] = [block_to_dict(block) for block in article.blocks]
    return data


def article_from_dict(data: dict[str, Any], **known: Any) -> Article:
    """The inverse of `article_to_dict`; `known` are fields that the JSON form has not. Raises KeyError,
    TypeError or ValueError on what never was one."""
    fields: dict[str, Any] = {name: data[name] for name in _TEXT_FIELDS if name in data}
    for name in _TUPLE_FIELDS:
        if name in data:
            fields[name] = tuple(data[name])
    for name in _TIME_FIELDS:
        if name in data:
            fields[name] = datetime.fromisoformat(data[name])
    if "enclosures" in data:
        fields["enclosures"] = tuple(Enclosure(*item[:5]) for item in data["enclosures"])
    if "related" in data:
        fields["related"] = _runs_in(data["related"])
    if "blocks" in data:
        fields["blocks"] = tuple(block_from_dict(block) for block in data["blocks"])
    return Article(
        id=data["id"],
        source=data["source"],
        comments=data.get("comments"),
        full=bool(data.get("full", False)),
        **fields,
        **known,
    )
