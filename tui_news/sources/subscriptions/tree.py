"""The order of sections and the tree of them, of any depth, without recursion."""

from __future__ import annotations

from tui_news.model import SectionPath, Source

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from dataclasses import dataclass
else:
    from tui_news.records import dataclass


@dataclass(frozen=True, slots=True)
class SectionNode:
    """A section with what is below it. The whole newspaper has no node; its tree is a list of them."""

    path: SectionPath
    title: str
    children: tuple[SectionNode, ...] = ()
    source_ids: tuple[str, ...] = ()
    """Its own sources, in their order."""
    all_ids: tuple[str, ...] = ()
    """Its own sources and all below it, its own first."""
    query: str = ""
    """What a saved search asks for; it has no sources of its own."""


def paths_of(node: SectionNode) -> list[SectionPath]:
    """A section and all below it, in the order of the tree, depth first."""
    found: list[SectionPath] = []
    waiting = [node]
    while waiting:
        node = waiting.pop()
        found.append(node.path)
        waiting.extend(reversed(node.children))
    return found


def order(declared: Sequence[SectionPath], used: Iterable[SectionPath]) -> tuple[SectionPath, ...]:
    """All sections, parents included, each parent right before what is below it.

    Siblings stand in the order in which they are declared; one that is only a part of other paths
    stands where the first of them does; those only used by sources come behind.
    """
    rank: dict[SectionPath, int] = {}
    for place, path in enumerate(declared):
        if path:
            rank.setdefault(path, place)
    place = len(declared)
    for path in (*declared, *used):
        # A parent that nobody declares takes the place of the first path through it.
        for end in range(1, len(path) + 1):
            rank.setdefault(path[:end], rank.get(path, place))
        place += 1
    below: dict[SectionPath, list[SectionPath]] = {}
    for path in rank:
        below.setdefault(path[:-1], []).append(path)
    for siblings in below.values():
        siblings.sort(key=rank.__getitem__)
    ordered: list[SectionPath] = []
    waiting = list(reversed(below.get((), [])))
    while waiting:
        path = waiting.pop()
        ordered.append(path)
        waiting.extend(reversed(below.get(path, [])))
    return tuple(ordered)


def tree(
    sources: Iterable[Source],
    sections: Iterable[SectionPath] = (),
    titles: Mapping[SectionPath, str] | None = None,
    queries: Mapping[SectionPath, str] | None = None,
) -> list[SectionNode]:
    """The top-level sections, each with its children, in the order of `sections`.

    `titles` names sections otherwise than by the last part of their path, `queries` are saved searches. A
    source without a section
    hangs in no node.
    """
    own: dict[SectionPath, list[str]] = {}
    for source in sources:
        if source.section:
            own.setdefault(source.section, []).append(source.id)
    children: dict[SectionPath, list[SectionNode]] = {}
    # From the last to the first: what is below a section stands behind it, so it is ready when wanted.
    for path in reversed(order(tuple(sections), own)):
        below = tuple(reversed(children.pop(path, [])))
        ids = tuple(own.get(path, ()))
        everything = list(ids)
        for child in below:
            everything.extend(child.all_ids)
        title = (titles or {}).get(path) or path[-1]
        children.setdefault(path[:-1], []).append(
            SectionNode(path, title, below, ids, tuple(everything), (queries or {}).get(path, ""))
        )
    return list(reversed(children.get((), [])))
