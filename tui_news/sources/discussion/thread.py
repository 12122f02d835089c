"""A thread: its comments, who answers whom, and its form in the cache. No recursion on outside data."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from tui_news.model import Block, block_from_dict, block_to_dict

MAX_COMMENTS: Final = 5_000
"""Of a longer thread so many are read, and a note says so."""
MAX_BODY: Final = 100_000
"""Characters of HTML of one comment."""


class DiscussionError(ValueError):
    """The answer holds no comments that can be read; one plain line."""


@dataclass(frozen=True, slots=True)
class Comment:
    """One comment, cleaned. `parent` is the id of the comment it answers, empty for the article itself."""

    id: str
    parent: str = ""
    author: str = ""
    when: datetime | None = None
    score: int | None = None
    """Points or likes, where the site tells them."""
    url: str = ""
    blocks: tuple[Block, ...] = ()
    gone: bool = False
    """Deleted by its writer or the site; it stays because of what answers it."""

    @property
    def text(self) -> str:
        return "\n".join(block.text for block in self.blocks)


@dataclass(frozen=True, slots=True)
class Node:
    """A comment at its place in the tree, which is kept as a list in reading order."""

    comment: Comment
    depth: int
    parent: int
    """Index of the node that it answers, -1 for the article."""
    below: int
    """How many comments answer it, directly or not: the next `below` nodes."""


@dataclass(frozen=True, slots=True)
class Thread:
    """The discussion of one article."""

    kind: str
    """feed, wordpress, hackernews, lobsters, discourse, lemmy."""
    comments: tuple[Comment, ...] = ()
    """In the order in which the site lists them."""
    page: str = ""
    """Where it is read in a browser."""
    title: str = ""
    total: int | None = None
    """How many there are, as the site says."""
    fetched: datetime | None = None
    notes: tuple[str, ...] = ()
    reply_kind: str = ""
    """How one is written (`wordpress`, `commentapi`); empty when the site offers no open way."""
    reply_url: str = ""
    reply_post: str = ""
    """The post's number at the site, where the way needs it."""

    @property
    def count(self) -> int:
        """How many comments it has: as the site says, or as came, whichever is more."""
        return max(len(self.comments), self.total or 0)


def nodes(comments: Sequence[Comment]) -> list[Node]:
    """The comments in reading order: each before its answers, answers in the order they are listed in.

    One that answers an unknown comment stands at the top; of a circle the first does. Linear in their number.
    """
    unique = {comment.id: comment for comment in reversed(comments)}
    ordered = [comment for comment in comments if unique.get(comment.id) is comment]
    answers: dict[str, list[Comment]] = {}
    for comment in ordered:
        known = comment.parent in unique and comment.parent != comment.id
        answers.setdefault(comment.parent if known else "", []).append(comment)
    order: list[tuple[Comment, int, int]] = []
    placed: set[str] = set()
    # What stands in a circle hangs below no top; it is looked at after all that does.
    for start in (*answers.get("", ()), *ordered):
        waiting = [(start, 0, -1)]
        while waiting:
            comment, depth, above = waiting.pop()
            if comment.id in placed:
                continue
            placed.add(comment.id)
            at = len(order)
            order.append((comment, depth, above))
            waiting += [(answer, depth + 1, at) for answer in reversed(answers.get(comment.id, ()))]
    below = [0] * len(order)
    for at in range(len(order) - 1, -1, -1):
        above = order[at][2]
        if above >= 0:
            below[above] += below[at] + 1
    return [Node(comment, depth, above, below[at]) for at, (comment, depth, above) in enumerate(order)]


# --- the form in which the cache keeps it ------------------------------------------------------------

_TEXTS = ("page", "title", "reply_kind", "reply_url", "reply_post")


def comment_to_dict(comment: Comment) -> dict[str, Any]:
    """A comment in its JSON form."""
    data: dict[str, Any] = {"id": comment.id}
    for name in ("parent", "author", "url"):
        if value := getattr(comment, name):
            data[name] = value
    if comment.when:
        data["when"] = comment.when.isoformat()
    if comment.score is not None:
        data["score"] = comment.score
    if comment.gone:
        data["gone"] = True
    if comment.blocks:
        data["blocks"] = [block_to_dict(block) for block in comment.blocks]
    return data


def comment_from_dict(data: Mapping[str, Any]) -> Comment:
    """The inverse; what it raises is what `thread_from_dict` raises."""
    when = data.get("when")
    return Comment(
        str(data["id"]),
        str(data.get("parent", "")),
        str(data.get("author", "")),
        datetime.fromisoformat(when) if when else None,
        data.get("score"),
        str(data.get("url", "")),
        tuple(block_from_dict(block) for block in data.get("blocks", ())),
        bool(data.get("gone", False)),
    )


def thread_to_dict(thread: Thread) -> dict[str, Any]:
    """A thread in its JSON form."""
    data: dict[str, Any] = {"kind": thread.kind, "comments": [comment_to_dict(c) for c in thread.comments]}
    data |= {name: value for name in _TEXTS if (value := getattr(thread, name))}
    if thread.total is not None:
        data["total"] = thread.total
    if thread.fetched:
        data["fetched"] = thread.fetched.isoformat()
    if thread.notes:
        data["notes"] = list(thread.notes)
    return data


def thread_from_dict(data: Mapping[str, Any]) -> Thread:
    """The inverse. Raises KeyError, TypeError, ValueError or AttributeError on what never was one."""
    fetched = data.get("fetched")
    return Thread(
        str(data["kind"]),
        tuple(comment_from_dict(comment) for comment in data["comments"]),
        total=data.get("total"),
        fetched=datetime.fromisoformat(fetched) if fetched else None,
        notes=tuple(map(str, data.get("notes", ()))),
        **{name: str(data.get(name, "")) for name in _TEXTS},
    )


def unseen(comments: Iterable[Comment], seen: frozenset[str] | None) -> frozenset[str]:
    """The ids of the comments that have come since the last visit; none on the first one."""
    return frozenset() if seen is None else frozenset(c.id for c in comments if c.id not in seen)
