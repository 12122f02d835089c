"""What goes into the index and what it answers with."""

from __future__ import annotations

from typing import NamedTuple

AUDIO, COMMENTS, PICTURE = 1, 2, 4
CHANGED, WITHDRAWN, UNLISTED = 8, 16, 32
CARRIES = {
    "audio": AUDIO, "comments": COMMENTS, "picture": PICTURE, "changed": CHANGED, "withdrawn": WITHDRAWN,
    "unlisted": UNLISTED,
}  # fmt: skip


class IndexGone(Exception):  # noqa: N818 - it is no error to be shown: the caller looks through the articles
    """The index cannot be used now: absent, locked, damaged or not to be made here."""


class Version(NamedTuple):
    """Which record of an article was indexed: its journal's generation and its place in it."""

    gen: str
    place: int


class Known(NamedTuple):
    """What the index knows of an article."""

    version: Version
    stamp: int


class Mark(NamedTuple):
    """How far a source is covered: size and time of change of its journal."""

    size: int
    changed: int


class Entry(NamedTuple):
    """An article to be indexed. Texts are folded."""

    source: str
    number: int
    """Its id as a number of 48 bits."""
    version: Version
    stamp: int
    """Equal as long as nothing that is searched has changed (63 bits)."""
    time: int
    """What lists sort by, microseconds since 1970."""
    moment: int | None
    """What `after:` and `before:` look at; None when it has no time."""
    title: str
    deck: str
    tags: tuple[str, ...]
    authors: tuple[str, ...]
    language: str
    carries: int
    body: str


class Condition(NamedTuple):
    """One term of a query. `field` is '' (any text), title, tag, author, lang, has, after or before; `value`
    a folded text with single spaces, or microseconds since 1970."""

    field: str
    value: str | int
    negated: bool = False


Hit = tuple[int, int, str, int]
"""An article that answers: its time, its number, its source, and what the index calls it. It sorts so."""
