"""The front page as data: what stands on it, in which block and why; and its JSON form for the disk."""

from __future__ import annotations

from tui_news.model import SectionPath

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence
    from dataclasses import dataclass
    from typing import Any
else:
    from tui_news.records import dataclass

SECONDARY = 7
STRIP = 5
COLUMN = 8
MAX_STRIPS = 40


@dataclass(frozen=True, slots=True)
class Item:
    """One story on the page, by the article that stands for it."""

    id: str
    headline: str
    source: str = ""
    """The name of its source."""
    section: SectionPath = ()
    kicker: str = ""
    deck: str = ""
    author: str = ""
    when: float = 0.0
    """Seconds; of its latest report."""
    comments: int = 0
    story: tuple[str, ...] = ()
    """The ids of all its reports, when there are several."""
    sources: int = 1
    reasons: tuple[tuple[str, float, float], ...] = ()
    """Kind, points and value of each reason for its place."""
    kind: str = "news"
    """news, blog, leisure or forum."""
    score: float = 0.0
    origin: str = ""
    """The id of its source."""


@dataclass(frozen=True, slots=True)
class Phrase:
    """A hot topic or a tag: the ids of its articles, how many sources, how often it is usual."""

    text: str
    articles: tuple[str, ...] = ()
    sources: int = 0
    score: float = 0.0
    usual: float = 0.0
    count: int = 0
    """How many articles there are, of which `articles` may be the newest only."""


@dataclass(frozen=True, slots=True)
class Block:
    """A part of the page. `kind`: lead, second, strip, followed, blogs, leisure, discussed, topics, tags."""

    kind: str
    title: str = ""
    section: SectionPath = ()
    items: tuple[Item, ...] = ()
    phrases: tuple[Phrase, ...] = ()


@dataclass(frozen=True, slots=True)
class Front:
    """The page: when it was made (seconds), and its blocks in reading order."""

    made: float
    blocks: tuple[Block, ...] = ()

    def items(self) -> list[Item]:
        """All stories on it, in reading order."""
        return [item for block in self.blocks for item in block.items]


def arrange(
    items: Iterable[Item],
    *,
    made: float,
    sections: Sequence[tuple[SectionPath, str]],
    topics: Sequence[Phrase] = (),
    tags: Sequence[Phrase] = (),
    followed: Sequence[tuple[str, Sequence[Item]]] = (),
    discussed: Sequence[Item] = (),
) -> Front:
    """Put stories in their places: the best on top, each once, a strip for each section with what is left.

    `sections` are the top-level ones with their titles, in the reader's order; `followed` phrases with the
    stories that they name; `discussed` the most discussed, the most discussed first.
    """
    ranked = sorted(items, key=lambda item: (-item.score, -item.when, item.id))
    news = [item for item in ranked if item.kind == "news"] or ranked
    used: set[str] = set()

    def take(pool: Iterable[Item], count: int) -> tuple[Item, ...]:
        chosen: list[Item] = []
        for item in pool:
            if len(chosen) == count:
                break
            if item.id not in used:
                used.add(item.id)
                chosen.append(item)
        return tuple(chosen)

    blocks: list[Block] = []
    if lead := take(news, 1):
        blocks.append(Block("lead", items=lead))
    if second := take(_spread(news, used), SECONDARY):
        blocks.append(Block("second", items=second))
    if topics:
        blocks.append(Block("topics", phrases=tuple(topics)))
    for title, pool in followed:
        if strip := take(sorted(pool, key=lambda item: -item.score), STRIP):
            blocks.append(Block("followed", title, items=strip))
    for path, title in sections[:MAX_STRIPS]:
        pool = [item for item in ranked if item.section[:1] == path and item.kind in ("news", "forum")]
        if strip := take(pool, STRIP):
            blocks.append(Block("strip", title, path, items=strip))
    for kind, name in (("blog", "blogs"), ("leisure", "leisure")):
        # A column is the newest of each, not the most told.
        column = sorted((i for i in ranked if i.kind == kind), key=lambda item: (-item.when, item.id))
        if chosen := take(column, COLUMN):
            blocks.append(Block(name, section=chosen[0].section[:1], items=chosen))
    if discussed:
        # A ranking of its own: what stands elsewhere too is not left out of it.
        blocks.append(Block("discussed", items=tuple(discussed[:COLUMN])))
    if tags:
        blocks.append(Block("tags", phrases=tuple(tags)))
    return Front(made, tuple(blocks))


def _spread(ranked: Sequence[Item], used: set[str]) -> list[Item]:
    """The ranked stories with no section holding more than half of the first places."""
    first: list[Item] = []
    later: list[Item] = []
    held: dict[SectionPath, int] = {}
    for item in ranked:
        if item.id in used:
            continue
        section = item.section[:1]
        if held.get(section, 0) >= SECONDARY // 2:
            later.append(item)
        else:
            held[section] = held.get(section, 0) + 1
            first.append(item)
    return first + later


# --- the JSON form ---------------------------------------------------------------------------------

FORMAT = 1


def to_json(front: Front) -> dict[str, Any]:
    """The page for the disk; a few times 10 KB."""

    def item(one: Item) -> list[Any]:
        return [
            one.id, one.headline, one.source, one.section, one.kicker, one.deck, one.author, one.when,
            one.comments, one.story, one.sources, one.reasons, one.kind, one.score, one.origin,
        ]  # fmt: skip

    return {
        "front": FORMAT,
        "made": front.made,
        "blocks": [
            [
                block.kind, block.title, block.section, [item(one) for one in block.items],
                [[p.text, p.articles, p.sources, p.score, p.usual, p.count] for p in block.phrases],
            ]
            for block in front.blocks
        ],
    }  # fmt: skip


def _item(data: list[Any]) -> Item:
    id, headline, source, section, kicker, deck, author, when, comments = data[:9]
    story, sources, why, kind, score, origin = data[9:]
    return Item(
        id, headline, source, tuple(section), kicker, deck, author, float(when), int(comments), tuple(story),
        int(sources), tuple((str(k), float(p), float(v)) for k, p, v in why), kind, float(score), origin,
    )  # fmt: skip


def from_json(data: Any) -> Front | None:
    """The inverse of `to_json`; None for anything else."""
    try:
        if data["front"] != FORMAT:
            return None
        blocks = []
        for kind, title, section, items, phrases in data["blocks"]:
            told = tuple(
                Phrase(t, tuple(ids), int(n), float(s), float(u), int(c)) for t, ids, n, s, u, c in phrases
            )
            blocks.append(Block(kind, title, tuple(section), tuple(map(_item, items)), told))
        return Front(float(data["made"]), tuple(blocks))
    except (KeyError, TypeError, ValueError):
        return None
